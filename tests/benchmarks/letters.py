"""Mail for the benchmarks: the shared generator where it lies beside the checkout, else our own."""

import importlib.util
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.app.letters import letter

SHARED = Path(__file__).parents[3] / "shared" / "bench" / "make_mail.py"
START = datetime(2025, 1, 1, tzinfo=UTC)
WORDS = [
    "account", "billing", "export", "import", "report", "login", "widget", "dashboard",
    "webhook", "invoice", "customer", "calendar", "search", "filter", "template", "backup",
    "password", "profile", "label", "sync", "button", "upload", "avatar", "database",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Posted:
    """A mail as it is put on the server: CRLF bytes, arrival, whether we wrote it."""

    raw: bytes
    at: datetime
    ours: bool


def source() -> str:
    """Whose mail is measured, in words for the table."""
    return "shared generator" if SHARED.is_file() else "own generator"


def posted(count: int) -> Iterator[Posted]:
    """That many mails, the same ones every time."""
    yield from _shared(count) if SHARED.is_file() else _own(count)


def _shared(count: int) -> Iterator[Posted]:
    spec = importlib.util.spec_from_file_location("make_mail", SHARED)
    assert spec is not None
    assert spec.loader is not None
    generator: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generator)
    for raw, seconds, _flags, ours in generator.messages(count):
        at = datetime.fromtimestamp(seconds, UTC)
        yield Posted(raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), at, ours)


def _own(count: int) -> Iterator[Posted]:
    """Threads of one to six mails with quotations that grow."""
    chance = random.Random(1)
    thread, place, length, quoted = 0, 0, 1, ""
    for number in range(count):
        if place == length:
            thread, place, length, quoted = thread + 1, 0, chance.randint(1, 6), ""
        sentences = [
            " ".join(chance.choices(WORDS, k=9)) + "." for _ in range(chance.randint(3, 15))
        ]
        text = "\n".join(sentences) + quoted
        quoted = "\n\nOn Monday they wrote:\n> " + text.replace("\n", "\n> ")
        ours, customer = place % 2 == 1, f"user{thread}@customers.test"
        raw = letter(
            f"{'Re: ' if place else ''}Question {thread} about {WORDS[thread % len(WORDS)]}",
            text,
            sender="founder@example.test" if ours else customer,
            to=customer if ours else "founder@example.test",
            message_id=f"<{thread}.{place}@customers.test>",
            references=" ".join(f"<{thread}.{n}@customers.test>" for n in range(place)),
        )
        yield Posted(raw, START + timedelta(minutes=number), ours)
        place += 1
