"""The first configuration file, and what is added to one later; never a line of it is rewritten."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from founder_inbox.core.setup.places import Place


@dataclass(frozen=True, slots=True)
class Access:
    """How the password is come by; none of them set: the keyring. Never the password itself.

    `sign_in` holds the settings of [oauth] where one signs in on the provider's page.
    """

    password_command: tuple[str, ...] = ()
    token_command: tuple[str, ...] = ()
    password_file: str = ""
    sign_in: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """What a first configuration is written from. `fingerprint`: of a server on this machine.

    `smtp_username` is empty where it is the same as `username`.
    """

    address: str
    name: str
    imap: Place
    smtp: Place
    username: str
    access: Access = Access()
    fingerprint: str = ""
    ca_file: str = ""
    windows: tuple[str, ...] = ()
    timezone: str = ""
    teammate: tuple[str, str] | None = None
    smtp_username: str = ""


def config_text(answers: Answers, found: str) -> str:
    """A whole configuration with a word beside each line; `found`: where the servers came from."""
    parts = [
        "# founder-inbox: your mailbox and your hours. Yours to change; no program rewrites it.\n"
        "# Every setting is in docs/guide.md; founder-inbox doctor says whether all is well.\n",
        _section(
            "[account]",
            _line("address", answers.address, "the mailbox customers write to"),
            *_person(answers.name),
        ),
        _server("[imap]", answers.imap, answers, found),
        _server("[smtp]", answers.smtp, answers, "the login is that of [imap]"),
    ]
    if answers.access.sign_in:
        lines = (_line(key, value, "") for key, value in answers.access.sign_in)
        parts.append(_section("[oauth]", "# Sign in with: founder-inbox login", *lines))
    if answers.windows:
        parts.append(hours_text(answers.timezone or "local", answers.windows))
    if answers.teammate:
        parts.append(teammate_text(*answers.teammate))
    return "\n".join(parts)


def hours_text(timezone: str, windows: Sequence[str]) -> str:
    """The section with the support hours."""
    return _section(
        "[hours]",
        _line("timezone", timezone, 'an IANA name, or "local" for the machine\'s'),
        _line("windows", list(windows), "any number; outside of them the door is closed"),
        '# enforcement = "strict"   # then there is no opening early',
    )


def teammate_text(name: str, address: str) -> str:
    """One more teammate."""
    return _section(
        "[[teammates]]",
        _line("name", name, "who one key hands off to"),
        _line("address", address, ""),
    )


def _person(name: str) -> tuple[str, ...]:
    if not name:
        return ('# name = "Ana from Acme"               # shown as sender: a person',)
    return (
        _line("name", name, 'shown as sender: a person, not "Support Team"'),
        _line("signature", name.partition(" ")[0], "under each reply"),
    )


def _server(header: str, place: Place, answers: Answers, comment: str) -> str:
    lines = [
        _line("host", place.host, comment),
        _line("port", place.port, ""),
        _line("security", place.security, ""),
    ]
    if header == "[imap]":
        lines += [_line("username", answers.username, ""), _access(answers.access)]
    elif answers.smtp_username:
        lines.append(_line("username", answers.smtp_username, "another one than for [imap]"))
    if answers.fingerprint:
        lines.append(_line("fingerprint", answers.fingerprint, "exactly this certificate"))
    if answers.ca_file:
        lines.append(_line("ca_file", answers.ca_file, ""))
    return _section(header, *lines)


def _access(access: Access) -> str:
    if access.token_command:
        return _line("token_command", list(access.token_command), "prints an access token")
    if access.password_command:
        return _line("password_command", list(access.password_command), "prints the password")
    if access.password_file:
        return _line("password_file", access.password_file, "only you can read it")
    if access.sign_in:
        return "# No password: you are signed in on the provider's page, see [oauth]."
    return '# The password is in the keyring of this machine, under "founder-inbox".'


def _section(header: str, *lines: str) -> str:
    return "\n".join([header, *(line for line in lines if line)]) + "\n"


def _line(key: str, value: str | int | list[str], comment: str) -> str:
    """One setting; a JSON string or list of strings is TOML too, but for DEL."""
    text = f"{key} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007f")
    # A comment may hold no control character, and what was found is foreign.
    return f"{text:<38} # {''.join(c for c in comment if c.isprintable())}" if comment else text
