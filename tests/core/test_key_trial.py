"""Which keys are tried in a terminal, and what is said of those that don't arrive."""

from founder_inbox.core.key_trial import advice, keys_to_try


def test_keys_that_a_terminal_may_take_are_tried_and_no_letter_is() -> None:
    keys = [tried.key for tried in keys_to_try()]

    assert {"escape", "enter", "up", "ctrl+p", "ctrl+s", "ctrl+z", "ctrl+q", "f7"} <= set(keys)
    assert [key for key in keys if len(key) == 1] == []
    assert len(keys) == len(set(keys))


def test_each_key_that_did_not_arrive_has_another_way_there() -> None:
    keys = {tried.key for tried in keys_to_try()}
    assert list(advice(keys)) == []

    assert list(advice(keys - {"ctrl+p"})) == ["ctrl+p (commands): : does the same."]
    assert list(advice(keys - {"f7"})) == [
        'f7 (fix spelling): no other key does it; choose one in [keys]: take_spelling = "…"'
    ]
    [enter] = advice(keys - {"enter"})
    assert enter.endswith("nothing else does all of it; another terminal is needed.")
    assert list(advice(keys - {"ctrl+up"})) == ["ctrl+up (read up): alt+up does the same."]
    [both] = (words for words in advice(keys - {"ctrl+up", "alt+up"}) if "ctrl+up" in words)
    assert "no other key does it" in both
