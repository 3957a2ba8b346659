"""Paperplane, the made-up company of the demo: its people and what they wrote.

Paperplane sends newsletters for people who would rather write them: Ana builds it and does the
support, Vlad helps with whatever smells of servers, Marissa with money. The words lie in
`mails/*.toml`; `mailbag` turns them into mail.
"""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import msgspec

from founder_inbox.core.model import Lane
from founder_inbox.demo.letters import File, Form

NAME = "Paperplane"
DOMAIN = "paperplane.test"
SUPPORT = f"support@{DOMAIN}"
ALIASES = (f"help@{DOMAIN}", f"hello@{DOMAIN}")
FOUNDER = (f"Ana from {NAME}", SUPPORT)
TEAMMATE = f"vlad@{DOMAIN}"
BILLING = f"marissa@{DOMAIN}"
FOLDERS = ("Sent", "Archive", "Junk", "Trash", "Drafts")
ZONE = "Europe/Berlin"

_PARTS = ("thanks", "urgent", "howto", "feature", "automatic", "later")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with an address. `answers` make a customer lively: what comes back, in order."""

    name: str
    address: str
    zone: str = "Europe/Berlin"
    language: str = "en"
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail of a thread: `ago` before the start ("2d 4h"), or `after` so many seconds.

    `ours` is Ana's; `bounce_of` names the thread whose last mail of ours was not delivered.
    """

    text: str = ""
    ago: str = ""
    after: float = 0
    ours: bool = False
    page: str = ""
    files: tuple[str, ...] = ()
    bounce_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """What was written about one thing, oldest first; `lane` is where a reader would put it."""

    key: str
    person: str
    lane: Lane
    subject: str
    mails: tuple[Letter, ...]
    to: str = SUPPORT
    form: Form = Form.PLAIN
    charset: str = "utf-8"
    encoding: str = "8bit"
    folder: str = "INBOX"
    seen: bool = False
    headers: dict[str, str] = field(default_factory=dict)


@cache
def people() -> dict[str, Person]:
    """Everybody, by the short name the threads use."""
    return msgspec.convert(_data("people.toml"), dict[str, Person])


@cache
def threads() -> tuple[Thread, ...]:
    """Every thread, those of the first load and those that trickle in."""
    found: list[Thread] = []
    for name in _PARTS:
        found += msgspec.convert(_data(f"{name}.toml")["threads"], list[Thread])
    return tuple(found)


@cache
def outage_threads() -> tuple[Thread, ...]:
    """What people write when Paperplane is down."""
    return tuple(msgspec.convert(_data("outage.toml")["threads"], list[Thread]))


def attachment(name: str) -> File:
    """Read a file from `mails/files`."""
    return File(name, (files(__package__) / "mails" / "files" / name).read_bytes())


def _data(name: str) -> dict[str, object]:
    return tomllib.loads((files(__package__) / "mails" / name).read_text("utf-8"))
