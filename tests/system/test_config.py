"""Every mistake in the configuration is named."""

import contextlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.errors import ConfigError
from founder_inbox.system import clock
from founder_inbox.system.config import parse_config, port_of, read_config

GOOD = """\
[account]
address = "support@acme.test"
name = "Ana from Acme"
aliases = ["Help@acme.test"]

[imap]
host = "mail.acme.test"
username = "support@acme.test"
password_command = ["pass", "show", "acme/mail"]

[smtp]
host = "mail.acme.test"
port = 465
security = "tls"

[hours]
timezone = "Europe/Berlin"
windows = ["mon-fri 09:00-10:00", "mon-fri 17:00-18:00"]
days_off = ["2026-12-24..2027-01-02"]
enforcement = "firm"

[[teammates]]
name = "Vlad"
address = "vlad@acme.test"

[quick_fix]
minutes = 20

[sending]
undo_seconds = 10
"""

# What is replaced in GOOD, by what, and what the sentence has to say.
MISTAKES: list[tuple[str, str, str]] = [
    ('name = "Ana', 'nmae = "Ana', r"line 3: unknown key nmae. Did you mean name\?"),
    ("[imap]", "[imp]", r"line 6: unknown key \[imp\]. Did you mean imap\?"),
    ("[quick_fix]", "[quickfix]", r"Did you mean quick_fix\?"),
    ("[smtp]\nhost", "[smtp]\nhots", r"line 12: unknown key hots. Did you mean host\?"),
    ('name = "Vlad"', 'nam = "Vlad"', r"line 23: unknown key nam. Did you mean name\?"),
    ("port = 465", 'port = "465"', r"line 13, smtp.port: Expected a whole number, got text"),
    ("port = 465", "port = 0x1ffff", r"line 13, smtp.port: a port is 1 to 65535"),
    ("port = 465", "port = -1", r"line 13, smtp.port: a port is 1 to 65535"),
    ("port = 465", "port = 99999999999999999999999", r"smtp.port"),
    ('"tls"', '"tsl"', r"line 14, smtp.security.*Did you mean tls\?"),
    ('"tls"', '"none"', r"line 14, smtp.security.*password readable to mail.acme.test"),
    ('"firm"', '"film"', r"line 20, hours.enforcement.*Did you mean firm\?"),
    ('username = "support@acme.test"', 'password = "geheim"', r"line 8: a password doesn't belong"),
    ("mon-fri 17:00-18:00", "mon-fri 17-25", r"line 18, hours.windows.*17-25"),
    ("Europe/Berlin", "Europe/Berln", r"hours.timezone.*Berln"),
    ("2026-12-24..2027-01-02", "Christmas", r"hours.days_off.*Christmas"),
    ('address = "support@acme.test"', 'address = "support"', r"line 2, account.address"),
    ('"Help@acme.test"', '"x y@z"', r"line 4, account.aliases"),
    ("vlad@acme.test", "vlad", r"teammates.address"),
    ('host = "mail.acme.test"\nport', 'host = "https://mail"\nport', r"line 12, smtp.host"),
    ('host = "mail.acme.test"\nport', 'host = ""\nport', r"line 12, smtp.host"),
    ('host = "mail.acme.test"\nusername', "username", r"imap.host is missing"),
    ("undo_seconds = 10", 'format = "bothe"', r"sending.format.*Did you mean both"),
    ("undo_seconds = 10", "hot_seconds = 7200", r"line 30, sending.hot_seconds.*0 to 3600"),
    ("undo_seconds = 10", "undo_seconds = 7200", r"line 30, sending.undo_seconds.*0 to 600"),
    ("minutes = 20", "minutes = 0", r"line 27, quick_fix.minutes"),
    ("[account]\n", "[account\n", r"not valid TOML.*line 1"),
    (GOOD, "", r"account is missing"),
    ('aliases = ["Help@acme.test"]', 'aliases = "help@acme.test"', r"line 4, account.aliases"),
    ('["pass", "show", "acme/mail"]', "[]", r"line 9, imap.password_command"),
    ("[hours]", '[oauth]\nclient_id = ""\n[hours]', r"oauth.client_id: it is empty"),
    ("[hours]", '[oauth]\nclient_id = "a"\ntenant = "a/b"\n[hours]', r"'a/b' is no tenant"),
    ("[hours]", '[oauth]\nclient_id = "a"\ntoken_url = "http://x.y"\n[hours]', r"with https://"),
    ("[hours]", '[oauth]\nclient_id = "a"\nprovider = "gogle"\n[hours]', r"mean google\?"),
    ("[smtp]", 'token_command = ["x"]\n[smtp]', r"password_command is set, too; keep one"),
    ("[smtp]\n", '[smtp]\npassword_file = ""\n', r"smtp.password_file: it names no file"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "says"), MISTAKES, ids=[m[2] for m in MISTAKES])
def test_a_mistake_is_named_with_line_and_what_is_allowed(old: str, new: str, says: str) -> None:
    assert old in GOOD
    with pytest.raises(ConfigError) as error:
        parse_config(GOOD.replace(old, new, 1), "config.toml")

    assert re.search(says, str(error.value), re.DOTALL)
    assert "config.toml" in str(error.value)
    assert "geheim" not in str(error.value)


def test_a_good_file_is_read_with_what_is_usual_filled_in() -> None:
    config = parse_config(GOOD, "config.toml")

    assert (port_of("imap", config.imap), port_of("smtp", config.smtp)) == (993, 465)
    assert config.addresses == {"support@acme.test", "help@acme.test"}
    assert config.domain == "acme.test"
    assert config.teammates[0].name == "Vlad"
    assert config.sending.undo_seconds == 10


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_an_open_line_is_accepted_on_this_machine_only(host: str) -> None:
    text = GOOD.replace('host = "mail.acme.test"\nport', f'host = "{host}"\nport')

    assert parse_config(text.replace('"tls"', '"none"'), "x").smtp.security == "none"
    with pytest.raises(ConfigError):
        parse_config(GOOD.replace('"tls"', '"none"'), "x")


def test_a_missing_file_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="founder-inbox demo"):
        read_config(tmp_path / "config.toml")


def test_a_file_that_can_not_be_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b'name = "Jos\xe9"')

    for path in (tmp_path, tmp_path / "latin.toml"):
        with pytest.raises(ConfigError, match="can't be read"):
            read_config(path)


def test_a_file_saved_by_notepad_is_read(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())

    assert read_config(tmp_path / "config.toml").account.name == "Ana from Acme"


def parsed_or_refused(text: str) -> None:
    with contextlib.suppress(ConfigError):
        assert parse_config(text, "config.toml").support_hours() is not None


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    parsed_or_refused(text)
    parsed_or_refused(GOOD + text)


VALUES = st.sampled_from(
    ["1", "-1", "9e99", "nan", "true", '""', '"x"', '"\\u0000"', "[]", "[1]", '["x"]', "{}",
     "{a=1}",
     "1979-05-27", "07:32:00", "99999999999999999999999", '"mon-sun 00:00-24:00"', '["mon 9-10"]',
     '"../../etc/passwd"', '"/etc/passwd"', '"localtime"', '["9999-12-31..0001-01-01"]']
)  # fmt: skip
KEYS = st.sampled_from(re.findall(r"^(\w+) =", GOOD, re.MULTILINE))


@given(KEYS, VALUES)
def test_any_value_in_any_place_is_read_or_refused_in_words(key: str, value: str) -> None:
    parsed_or_refused(
        re.sub(rf"^{key} = .*$", lambda _: f"{key} = {value}", GOOD, flags=re.MULTILINE)
    )


@given(st.sampled_from(re.findall(r"\[+(\w+)", GOOD)), VALUES)
def test_any_value_for_a_whole_section_is_read_or_refused_in_words(name: str, value: str) -> None:
    parsed_or_refused(f"{name} = {value}\n")


def test_deep_nesting_is_refused_in_words() -> None:
    parsed_or_refused("a = " + "[" * 50_000)
    parsed_or_refused("a = " + "{a=" * 50_000)


def test_days_off_come_from_a_calendar_file_beside_the_configuration(tmp_path: Path) -> None:
    days = f"{clock.now():%Y}1224"
    event = f"BEGIN:VEVENT\nDTSTART;VALUE=DATE:{days}\nEND:VEVENT\n"
    (tmp_path / "holidays.ics").write_text(f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n")
    path = tmp_path / "config.toml"
    path.write_text(GOOD.replace('["2026-12-24..2027-01-02"]', '["holidays.ics"]'))
    (off,) = read_config(path).support_hours().days_off
    assert f"{off.first:%Y%m%d}" == days

    (tmp_path / "holidays.ics").write_text("BEGIN:VCALENDAR\nnonsense\n")
    with pytest.raises(ConfigError, match=r"days_off: holidays.ics, line 2: 'nonsense'"):
        read_config(path)
    (tmp_path / "holidays.ics").unlink()
    with pytest.raises(ConfigError, match=r"holidays.ics can't be read"):
        read_config(path)
