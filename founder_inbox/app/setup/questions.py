"""What setup has to ask next, and in which words: decided by what was found."""

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from founder_inbox.app.setup.find import Found
from founder_inbox.core.setup.first_config import Access, Answers
from founder_inbox.core.setup.places import Login, Servers
from founder_inbox.errors import BadInput

_CLIENTS = (
    (re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"), "microsoft"),
    (re.compile(r"[\w-]{1,100}\.apps\.googleusercontent\.com"), "google"),
)


class Ask(StrEnum):
    """One question. `address` after an answer: that mailbox can't be used, so another one."""

    ADDRESS = "address"
    SERVERS = "servers"
    AGREE = "agree"
    PASSWORD = "password"  # noqa: S105 - a question's name
    TOKEN = "token"  # noqa: S105 - the same


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and the lines to be read before: what was found, and what it needs."""

    ask: Ask
    lines: tuple[str, ...]


def next_question(found: Found) -> Question:
    """What to ask once somebody has looked for the servers."""
    provider, servers = found.provider, found.servers
    if provider is not None and provider.login is Login.NONE:
        return Question(Ask.ADDRESS, (provider.words, "Another address may do."))
    if servers is None:
        return Question(
            Ask.SERVERS,
            (
                f"{found.source.capitalize()}.",
                "Your provider's help names both servers; look for IMAP and SMTP there.",
            ),
        )
    lines = [f"Found: {found.source}", _places(servers)]
    if not servers.vouched:
        lines.append(
            "Only the name service says so, and they belong to another domain. Are they your "
            "provider's? Your password goes there."
        )
        return Question(Ask.AGREE, tuple(lines))
    return after_agreement(found, lines)


def after_agreement(found: Found, before: Sequence[str] = ()) -> Question:
    """What to ask once the servers are certain."""
    provider, servers = found.provider, found.servers
    login = provider.login if provider else servers.login if servers else Login.OWN
    lines = [*before, *([provider.words] if provider else [])]
    if provider and provider.page:
        lines.append(provider.page)
    if login is Login.SIGN_IN:
        lines.append(
            "Paste the id of your client there (docs/guide.md, Signing in here, makes one), or a "
            "command that prints an access token."
        )
        return Question(Ask.TOKEN, tuple(lines))
    return Question(Ask.PASSWORD, tuple(lines))


def first_answers(address: str, servers: Servers) -> Answers:
    """What is known before the password."""
    return Answers(
        address,
        "",
        servers.imap,
        servers.smtp,
        servers.username,
        smtp_username=servers.smtp_username,
    )


def with_token(answers: Answers, typed: str) -> Answers:
    """The same, signed in with a client's id, or logged in with what a command prints.

    Raises BadInput for a command with an open quotation mark.
    """
    for form, provider in _CLIENTS:
        if form.fullmatch(typed):
            sign_in = (("provider", provider), ("client_id", typed))
            return replace(answers, access=Access(sign_in=sign_in))
    try:
        command = tuple(shlex.split(typed))
    except ValueError as error:
        raise BadInput("A quotation mark is open in the command.") from error
    return replace(answers, access=Access(token_command=command))


def typed_password(typed: str, found: Found) -> str:
    """A password as it is meant: pages show app passwords in groups of letters."""
    if found.provider is not None and found.provider.login is Login.APP:
        return "".join(typed.split())
    return typed


def _places(servers: Servers) -> str:
    return f"IMAP {servers.imap} · SMTP {servers.smtp}"
