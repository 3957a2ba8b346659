"""The registry of keys: every action once, every key once, the founder's wishes checked."""

import os
from pathlib import Path

import pytest

from founder_inbox.core.keymap import key_name, resolve
from founder_inbox.core.keys import ACTIONS, BY_ID
from founder_inbox.core.keys_page import keys_page
from founder_inbox.errors import ConfigError

PAGE = Path(__file__).resolve().parents[2] / "docs" / "keys.md"


def test_every_action_has_a_name_of_its_own_and_words() -> None:
    assert len(BY_ID) == len(ACTIONS)
    assert all(action.label and action.help.strip() for action in ACTIONS)


@pytest.mark.parametrize(
    ("pressed", "action"),
    [
        ("j", "down"),
        ("down", "down"),
        ("e", "done"),
        ("H", "hand_off"),
        ("h", "snooze"),
        ("g i", "go_queue"),
        ("t 2", "to_urgent"),
        (":", "palette"),
        ("ctrl+p", "palette"),
        ("~", None),
    ],
)
def test_the_contract_s_keys_start_their_actions(pressed: str, action: str | None) -> None:
    assert resolve({}).action_for(pressed) == action


def test_the_first_key_of_a_sequence_is_a_prefix_and_nothing_else() -> None:
    keymap = resolve({})

    assert keymap.is_prefix("g")
    assert keymap.is_prefix("t")
    assert not keymap.is_prefix("e")
    assert ("i", BY_ID["go_queue"]) in keymap.following("g")


def test_a_wish_replaces_the_keys_of_an_action() -> None:
    keymap = resolve({"done": ["d", "ctrl+e"], "undo": "U"})

    assert keymap.action_for("d") == keymap.action_for("ctrl+e") == "done"
    assert keymap.action_for("e") is None
    assert keymap.shown("done") == "d, ctrl+e"


def test_an_empty_wish_takes_all_keys_away() -> None:
    keymap = resolve({"canned": []})

    assert keymap.action_for(";") is None
    assert keymap.first_key("canned") == ""


def test_arrows_enter_and_escape_stay_where_they_are() -> None:
    keymap = resolve({"down": "n", "next_message": "Z", "open": "V"})

    assert keymap.action_for("down") == "down"
    assert keymap.action_for("enter") == "open"


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        ({"dones": "d"}, "Did you mean done?"),
        ({"done": "r"}, "both done and reply|both reply and done"),
        ({"done": "g"}, "'g' to both done and"),
        ({"done": "enter"}, "enter is kept"),
        ({"done": "hyper+x"}, "is not a key"),
        ({"done": "a b c"}, "is not a key"),
        ({"leave_composer": "x"}, "can't be changed"),
        ({"silence_here": "x"}, "would be typed into the mail"),
        ({"review": "g s"}, "would be typed into the mail"),
    ],
)
def test_a_wish_that_can_t_be_is_named(wishes: dict[str, str], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        resolve(wishes)


def test_a_key_is_spelled_as_people_say_it() -> None:
    assert key_name("number_sign", "#") == "#"
    assert key_name("space", " ") == "space"
    assert key_name("ctrl+p", "\x10") == "ctrl+p"
    assert key_name("pagedown", None) == "pagedown"


def test_the_page_of_keys_is_true() -> None:
    """FOUNDER_INBOX_FRAMES=update writes it anew."""
    if os.environ.get("FOUNDER_INBOX_FRAMES") == "update":
        PAGE.write_text(keys_page(), encoding="utf-8")

    assert PAGE.read_text(encoding="utf-8") == keys_page()
