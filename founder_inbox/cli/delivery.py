"""Sending from the command line: the undo time as a countdown, delivery, and what became of it."""

import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from math import ceil

from founder_inbox.app.hours.door import door_now, opening_words
from founder_inbox.app.sending.outbox import item_named
from founder_inbox.app.syncing.turns import deliver_now
from founder_inbox.app.workspace import Workspace
from founder_inbox.cli.context import answer, say
from founder_inbox.cli.pages import item_words
from founder_inbox.cli.shapes import item_shape
from founder_inbox.core.display import safe_line
from founder_inbox.errors import FounderInboxError
from founder_inbox.store.outbox import OutboxItem
from founder_inbox.system import clock

INTERRUPTED = 130


def hold(until: datetime, take_back: Callable[[], str]) -> bool:
    """Count the undo time down on standard error; False when Ctrl+C took the mail back.

    `take_back` does so and says it in words. Nothing is shown where the time is over already.
    """
    end = clock.monotonic() + (until - clock.now()).total_seconds()
    if end <= clock.monotonic():
        return True
    try:
        while (left := end - clock.monotonic()) > 0:
            sys.stderr.write(f"\rGoes out in {ceil(left)} s. Ctrl+C takes it back. ")
            sys.stderr.flush()
            clock.wait(min(left, 1.0))
    except KeyboardInterrupt:
        say(f"\n{take_back()}")
        return False
    sys.stderr.write("\r" + " " * 48 + "\r")
    return True


def deliver(
    ws: Workspace, numbers: Sequence[int]
) -> tuple[list[OutboxItem], FounderInboxError | None]:
    """Hand the mails over now; how they stand afterwards, and what was in the way."""
    trouble = deliver_now(ws, numbers, clock.now)
    return [item_named(ws.store, number) for number in numbers], trouble


def send(ws: Workspace, item: OutboxItem, take_back: Callable[[], str]) -> int:
    """Let a mail go if support is open, else say when it goes; prints, and returns the exit code.

    On a terminal its undo time is counted down, see `hold`.
    """
    door = door_now(ws, clock.now())
    if not door.is_open:
        opening = opening_words(ws, door, clock.now())
        return tell(item, f"It waits in the outbox and leaves when support opens: {opening}.")
    if not hold(item.not_before, take_back):
        return INTERRUPTED
    [left], trouble = deliver(ws, [item.id])
    words, code = outcome(ws, [left], trouble)
    return tell(left, words, code)


def tell(item: OutboxItem, words: str, code: int = 0) -> int:
    """Print a mail of ours as it stands; returns `code`."""
    answer(lambda: item_shape(item), lambda: words)
    return code


def outcome(
    ws: Workspace, items: Sequence[OutboxItem], trouble: FounderInboxError | None
) -> tuple[str, int]:
    """What became of mails, in words for people, and the exit code that says the same."""
    now = clock.now()
    lines, code = [], 0
    for item in items:
        to = safe_line(", ".join(item.recipients))
        words = item_words(item, now, ws.hours.zone)
        lines.append(f"{words.capitalize()}: {safe_line(item.subject)} to {to}")
        if item.state in {"failed", "uncertain"} or (item.state == "held" and item.answer):
            code = 1
            stands = "failed" if item.state == "failed" else f"is {item.state}"
            say(f"The mail to {to} {stands}: {item.answer or 'no reason was given'}")
        elif item.state == "queued" and item.answer:
            code = 1
            say(f"The mail to {to} waits: {_sentence(item.answer)} It is tried again by itself.")
    if trouble is not None and any(item.state != "sent" for item in items):
        code = trouble.exit_code
    return "\n".join(lines), code


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."
