"""A ticket's history as lines to draw: wrapped, quotes folded, each line with its style's name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from rich.cells import cell_len

from founder_inbox.core.display import SafeLine, safe_line, safe_text, steady_text
from founder_inbox.core.hours.time_words import counted, describe_moment
from founder_inbox.core.mime.event_times import in_your_time
from founder_inbox.core.model import Attachment, Direction
from founder_inbox.core.sizes import size_words
from founder_inbox.core.tickets.entry import Entry, EntryKind
from founder_inbox.core.tickets.facts import Role
from founder_inbox.tui.widgets.text import content

# Reading is easier when a line is not too long.
LONGEST_LINE = 84

Run = tuple[str, str]
"""A piece of text and the name of its style."""

SENT_STATES = {
    "held": "waits in the outbox",
    "queued": "goes out next",
    "sending": "is being sent",
    "failed": "did not leave",
    "uncertain": "may not have arrived",
}


@dataclass(frozen=True, slots=True)
class Lines:
    """What to draw, and at which lines messages and notes begin."""

    runs: tuple[tuple[Run, ...], ...]
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """How the history is read: width in cells, the founder's moment and zone, folds."""

    width: int
    now: datetime
    zone: tzinfo
    unfolded: bool = False


def ticket_lines(history: Sequence[Entry], reader: Reader) -> Lines:
    """The whole conversation, oldest first."""
    runs: list[tuple[Run, ...]] = []
    starts: list[int] = []
    for number, entry in enumerate(history):
        if number:
            runs.append(())
        if entry.kind is not EntryKind.EVENT:
            starts.append(len(runs))
        runs += _entry(entry, reader)
    return Lines(tuple(runs), tuple(starts))


def _entry(entry: Entry, reader: Reader) -> Iterator[tuple[Run, ...]]:
    if entry.kind is EntryKind.EVENT:
        yield _event(entry, reader)
        return
    bar, style = _LOOK[_voice(entry)]
    yield _head(entry, reader)
    whole = entry.interleaved or not (entry.new_text or entry.quoted)
    text = safe_text(in_your_time(entry.text if whole else entry.new_text, reader.zone))
    for words in wrap(text.strip("\n") or "(no text)", reader.width - 2):
        yield ((bar, "bar_" + style), (words, style))
    yield from _folded(entry, bar, style, reader)
    for attachment in entry.attachments:
        yield ((bar, "bar_" + style), (_attachment(attachment), "file"))
    for warning in entry.warnings:
        for words in wrap(f"! {safe_line(warning)}", reader.width - 2):
            yield ((bar, "bar_" + style), (words, "alarm"))


def _voice(entry: Entry) -> str:
    if entry.kind is EntryKind.NOTE:
        return "note"
    return "us" if entry.direction is Direction.OUT else "them"


# The bar before each line tells the voices apart without colour.
_LOOK = {"them": ("  ", "them"), "us": ("│ ", "us"), "note": ("┊ ", "note")}


def _head(entry: Entry, reader: Reader) -> tuple[Run, ...]:
    when = describe_moment(entry.at, reader.now, reader.zone)
    who = safe_line(entry.sender.name, 60) or safe_line(entry.sender.address, 60) or "somebody"
    if entry.kind is EntryKind.NOTE:
        from_teammate = entry.role is Role.TEAMMATE
        by = f" by {who}" if _where(entry) else ""
        words = f"{who}, to us alone" if from_teammate else f"Note{by} · no customer sees it"
        return _spread((words, "note_head"), (when, "muted"), reader.width)
    if entry.direction is Direction.OUT:
        state = SENT_STATES.get(entry.state, "")
        where = f" on {place}" if (place := _where(entry)) else ""
        words = _us(entry) + (f" · {state}{where}" if state else "")
        style = "alarm" if entry.state in {"failed", "uncertain"} else "us_head"
        return _spread((words, style), (when, "muted"), reader.width)
    return _spread((who, "them_head"), (when, "muted"), reader.width)


def _us(entry: Entry) -> str:
    """Who spoke, if it was not the founder, and to whom, where it is not the customer."""
    if entry.role is Role.MACHINE:
        return "Automatic reply"
    if entry.role is not Role.INTERNAL or not entry.to:
        return "You"
    person = entry.to[0]
    return f"You, to {safe_line(person.name, 40) or safe_line(person.address, 40)} alone"


def _spread(left: Run, right: Run, width: int) -> tuple[Run, ...]:
    room = width - cell_len(right[0]) - 1
    text = content(SafeLine(left[0])).truncate(max(room, 1), ellipsis=True, pad=True).plain
    return ((text, left[1]), (" ", ""), right)


def _event(entry: Entry, reader: Reader) -> tuple[Run, ...]:
    when = describe_moment(entry.at, reader.now, reader.zone)
    words, who, where = safe_line(entry.text), safe_line(entry.sender.name, 40), _where(entry)
    by = "" if who in words else f"{who} "
    place = f" · {by}on {where}" if where else ""
    return _spread((f"· {words}{place}", "muted"), (when, "muted"), reader.width)


def _where(entry: Entry) -> str:
    """The machine it was done on, or waits on, where it is another one."""
    return safe_line(entry.elsewhere, 40)


def _folded(entry: Entry, bar: str, style: str, reader: Reader) -> Iterator[tuple[Run, ...]]:
    quoted = safe_text(entry.quoted).strip("\n")
    signature = safe_text(entry.signature).strip("\n")
    if entry.interleaved or not (quoted or signature):
        return
    if not reader.unfolded:
        lines = len(quoted.splitlines())
        parts = [counted(lines, "quoted line")] if lines else []
        parts += ["signature"] if signature else []
        yield ((bar, "bar_" + style), (f"⋯ {', '.join(parts)} (space)", "fold"))
        return
    for text in filter(None, (signature, quoted)):
        for words in wrap(text, reader.width - 2):
            yield ((bar, "bar_" + style), (words, "fold"))


def _attachment(attachment: Attachment) -> str:
    name = safe_line(attachment.name, 80) or "no name"
    return f"attached: {name} · {size_words(attachment.size)}"


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells; words stay whole where they fit.

    Mail is often broken at 72 characters: where that is too wide for here, the paragraph is
    joined first, so that no word stands alone on its line.
    """
    lines: list[str] = []
    for row in _joined(steady_text(text).split("\n"), width):
        if cell_len(row) <= width:
            lines.append(row.rstrip())
        else:
            wrapped = content(SafeLine(row)).wrap(max(width, 8))
            lines += [part.plain.rstrip() for part in wrapped]
    return lines


_BROKEN_AT = range(55, 100)
_STANDS_ALONE = re.compile(r"\s|[-*•>|#+=]|\d{1,3}[.)]\s")


def _joined(rows: list[str], width: int) -> Iterator[str]:
    """The rows, with those put together that a mail program has broken too wide for here."""
    group: list[str] = []
    for row in rows:
        if group and not _goes_on(group[-1], row):
            yield from _together(group, width)
            group = []
        group.append(row)
    yield from _together(group, width)


def _goes_on(before: str, row: str) -> bool:
    return len(before) in _BROKEN_AT and bool(row) and not _STANDS_ALONE.match(row)


def _together(group: list[str], width: int) -> list[str]:
    too_wide = any(cell_len(row) > width for row in group)
    return [" ".join(row.strip() for row in group)] if too_wide and len(group) > 1 else group
