"""The first configuration is one that is read, says what each line is, and holds no password."""

import tomllib
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.setup.first_config import (
    Access,
    Answers,
    config_text,
    hours_text,
    teammate_text,
)
from founder_inbox.core.setup.places import Place
from founder_inbox.system.config import parse_config

ANSWERS = Answers(
    "support@acme.test",
    "Ana from Acme",
    Place("imap.acme.test", 993, "tls"),
    Place("smtp.acme.test", 587, "starttls"),
    "support@acme.test",
)


def test_what_is_written_is_what_was_answered() -> None:
    text = config_text(ANSWERS, "found by a test")
    config = parse_config(text, "config.toml")

    assert config.account.address == "support@acme.test"
    assert (config.account.name, config.account.signature) == ("Ana from Acme", "Ana")
    assert (config.imap.host, config.imap.port, config.imap.security) == (
        "imap.acme.test", 993, "tls",
    )  # fmt: skip
    assert (config.smtp.port, config.smtp.security) == (587, "starttls")
    assert "# found by a test" in text
    assert "keyring" in text


def test_another_user_name_for_sending_is_written_there() -> None:
    config = parse_config(config_text(replace(ANSWERS, smtp_username="ana"), ""), "config.toml")

    assert (config.imap.username, config.smtp.username) == ("support@acme.test", "ana")


def test_each_way_to_a_password_is_written() -> None:
    ways = {
        "password_command": Access(password_command=("pass", "show", 'a"b')),
        "token_command": Access(token_command=("oama", "access")),
        "password_file": Access(password_file="mail-password"),
    }
    for key, access in ways.items():
        config = parse_config(config_text(replace(ANSWERS, access=access), ""), "config.toml")
        assert getattr(config.imap, key)
        assert getattr(config.smtp, key) is None


def test_hours_and_teammate_can_be_in_it_or_come_later() -> None:
    first = config_text(ANSWERS, "")
    later = "\n".join(
        [
            first,
            hours_text("Europe/Berlin", ["mon-fri 09:00-10:00"]),
            teammate_text("Vlad", "v@a.b"),
        ]
    )
    at_once = config_text(
        replace(
            ANSWERS, windows=("mon-fri 09:00-10:00",), timezone="Europe/Berlin",
            teammate=("Vlad", "v@a.b"),
        ),
        "",
    )  # fmt: skip

    assert "[hours]" not in first
    assert parse_config(later, "c") == parse_config(at_once, "c")


TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)


@given(TEXTS, TEXTS)
def test_any_words_are_written_so_that_they_are_read_back(name: str, found: str) -> None:
    text = config_text(replace(ANSWERS, name=name), found)

    assert tomllib.loads(text)["account"].get("name", "") == name
