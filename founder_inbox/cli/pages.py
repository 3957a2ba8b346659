"""Tickets, mails and outbox as plain text for people."""

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from founder_inbox.app.queue.tickets import TicketView
from founder_inbox.cli.table import fit, indent, table, terminal_width
from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.time_words import counted, describe_age, describe_moment
from founder_inbox.core.mime.event_times import in_your_time
from founder_inbox.core.model import Address, Attachment, Status
from founder_inbox.core.sizes import size_words
from founder_inbox.core.tickets.entry import Entry, EntryKind, Ticket
from founder_inbox.core.tickets.queue_order import has_missed_window
from founder_inbox.store.outbox import OutboxItem
from founder_inbox.store.waiting import WaitingMail

_NAME_CELLS = 22
_NOBODY = "(no sender)"


def queue_page(
    tickets: Sequence[Ticket], now: datetime, before: datetime | None, *, statuses: bool
) -> str:
    """A list of tickets; with `statuses` each says whose turn it is.

    Who has waited since before `before` has missed a window.
    """
    rows = [_row(ticket, now, before, statuses=statuses) for ticket in tickets]
    return table(rows, terminal_width(), flexible=(2, 3, len(rows[0]) - 1) if rows else ())


def _row(
    ticket: Ticket, now: datetime, before: datetime | None, *, statuses: bool
) -> tuple[str, ...]:
    state = ticket.state
    since = state.waiting_since or state.moved_at or now
    return (
        f"#{ticket.id}",
        lane_words(ticket),
        fit(_short(state.customer), _NAME_CELLS).rstrip(),
        safe_line(state.subject) or "(no subject)",
        *([status_words(ticket)] if statuses else []),
        describe_age(since, now),
        marks(ticket, before),
    )


def marks(ticket: Ticket, before: datetime | None = None) -> str:
    """What is special about a ticket, in words."""
    state = ticket.state
    said = {
        "not delivered": state.delivery_failed,
        "new": state.unread,
        "missed a window": has_missed_window(state, before),
        "quick fix": state.quick_fix,
        f"back from {state.back_from}": state.back_from is not None,
    }
    words = [word for word, holds in said.items() if holds]
    return ", ".join([*words, *sorted(safe_line(tag) for tag in state.tags)])


def lane_words(ticket: Ticket) -> str:
    """Such as "urgent: billing" or "howto"."""
    verdict = ticket.state.verdict
    return f"{verdict.lane}: {verdict.topic}" if verdict.topic else verdict.lane


def status_words(ticket: Ticket) -> str:
    """Whose turn it is."""
    state = ticket.state
    if state.status is Status.HANDED_OFF:
        return f"with {safe_line(state.assignee or 'the team')}"
    return state.status


def ticket_page(view: TicketView, now: datetime, zone: tzinfo, *, quoted: bool) -> str:
    """A ticket to read: who and what, then its history, quotes folded unless `quoted`."""
    state = view.ticket.state
    head = [
        f"#{view.ticket.id}  {safe_line(state.subject) or '(no subject)'}",
        f"{person(state.customer)} · {status_words(view.ticket)} · {lane_words(view.ticket)}"
        + (f" · {marks(view.ticket)}" if marks(view.ticket) else ""),
    ]
    if state.verdict.reasons:
        head.append(f"Why this lane: {', '.join(state.verdict.reasons)}")
    if state.status is Status.SNOOZED and state.snoozed_until:
        head.append(f"Back {describe_moment(state.snoozed_until, now, zone)}")
    head += [
        f"Promised “{safe_line(p.words)}”: due {describe_moment(p.due, now, zone)}"
        for p in state.promises
    ]
    if hint := view.promise_hint:
        due = describe_moment(hint.due, now, zone)
        head.append(f"You wrote “{safe_line(hint.words)}”, due {due}: promises add keeps it")
    if view.fix_hint:
        head.append(f"A quick fix? {view.fix_hint.reason[0].upper()}{view.fix_hint.reason[1:]}")
    if view.others:
        head.append(f"{counted(len(view.others), 'other ticket')} of theirs")
    if view.belongs_to:
        guess = view.belongs_to
        head.append(
            f"Belongs to #{guess.ticket}? {guess.reason[0].upper()}{guess.reason[1:]}: "
            f"founder-inbox merge {view.ticket.id} {guess.ticket}"
        )
    parts = ["\n".join(head), *(_entry(e, now, zone, quoted=quoted) for e in view.history)]
    if view.draft:
        parts.append(f"Draft, not sent:\n{indent(view.draft)}")
    return "\n\n".join(parts)


def _entry(entry: Entry, now: datetime, zone: tzinfo, *, quoted: bool) -> str:
    who = _short(entry.sender)
    number = f"{entry.number} · " if entry.number else ""
    who += f" on {safe_line(entry.elsewhere, 40)}" if entry.elsewhere and not entry.state else ""
    title = f"── {number}{describe_moment(entry.at, now, zone)} · {who}"
    if entry.kind is EntryKind.EVENT:
        return f"{title}: {safe_line(entry.text)}"
    if entry.kind is EntryKind.NOTE:
        return f"{title} · note, only for you\n{indent(entry.text)}"
    if entry.to:
        title += f" to {', '.join(person(a) for a in entry.to[:5])}"
    if entry.state:
        where = f" on {safe_line(entry.elsewhere, 40)}" if entry.elsewhere else ""
        title += f" · {entry.state}{where}, not sent yet"
    lines = [title, indent(in_your_time(_words(entry, quoted=quoted), zone))]
    lines += [f"  ⚠ {warning}" for warning in entry.warnings]
    lines += [f"  📎 {file_words(a)}" for a in entry.attachments]
    return "\n".join(lines)


def _words(entry: Entry, *, quoted: bool) -> str:
    if quoted or entry.interleaved:
        return entry.text.strip("\n") or "(no text)"
    text = entry.new_text.strip("\n") or "(nothing new)"
    hidden = len(entry.quoted.strip().splitlines())
    return f"{text}\n⋯ {counted(hidden, 'quoted line')} (--quoted)" if hidden else text


def person(someone: Address) -> str:
    """Such as "Ana Ruiz <ana@ruiz.test>"."""
    name = safe_line(someone.name)
    return f"{name} <{safe_line(someone.address)}>" if name else _short(someone)


def _short(someone: Address) -> str:
    return safe_line(someone.name or someone.address) or _NOBODY


def file_words(attachment: Attachment) -> str:
    """Such as "invoice.pdf, 120 kB"."""
    return f"{safe_line(attachment.name)}, {size_words(attachment.size)}"


def outbox_page(items: Iterable[OutboxItem], now: datetime, zone: tzinfo) -> str:
    """What is on its way, and what the server said."""
    rows = [
        (
            str(item.id),
            f"#{item.ticket}" if item.ticket else "",
            item_words(item, now, zone),
            safe_line(", ".join(item.recipients)),
            safe_line(item.subject),
            safe_line(item.answer or "", 500),
        )
        for item in items
    ]
    return table(rows, terminal_width(), flexible=(3, 4, 5))


def elsewhere_page(mails: Iterable[tuple[WaitingMail, str]]) -> str:
    """What waits in the outbox of other machines, each with the machine's name."""
    rows = [
        (
            f"#{mail.ticket}" if mail.ticket else "",
            f"{mail.state} on {safe_line(name, 40)}",
            safe_line(", ".join(mail.recipients)),
            safe_line(mail.subject),
        )
        for mail, name in mails
    ]
    return table(rows, terminal_width(), flexible=(2, 3)) if rows else ""


def item_words(item: OutboxItem, now: datetime, zone: tzinfo) -> str:
    """A mail's state in a few words: "waits until today 17:00", "sent"."""
    if item.state in {"held", "queued"} and item.not_before > now:
        if item.not_before.year > now.year + 5:
            return "waits for you"
        return f"waits until {describe_moment(item.not_before, now, zone)}"
    return {"held": "held", "queued": "about to leave", "sending": "leaving now"}.get(
        item.state, item.state
    )
