"""The JSON of the command line (docs/reference.md): records in, plain values out.

Times are RFC 3339 in UTC, null is "not known" or "none". Keys are only ever added.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from founder_inbox.core.times import to_text, to_text_or_none

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    # Only names for the type checker: a command imports what it needs, and no mail library.
    from founder_inbox.app.queue.promises import OpenPromise
    from founder_inbox.app.queue.tickets import TicketView
    from founder_inbox.app.syncing.sync import SyncReport
    from founder_inbox.cli.plain import Json
    from founder_inbox.core.hours.burnout import Reading
    from founder_inbox.core.hours.door import Door, Override
    from founder_inbox.core.hours.hiring import Hire
    from founder_inbox.core.hours.schedule import Window
    from founder_inbox.core.letters.canned import CannedReply
    from founder_inbox.core.model import Address, Attachment, Mail, Verdict
    from founder_inbox.core.sync.junk import JunkMail
    from founder_inbox.core.tickets.entry import Entry, Ticket
    from founder_inbox.core.tickets.facts import FixClock
    from founder_inbox.core.tickets.quick_fix import FixFigures
    from founder_inbox.core.tone.praise import Praise
    from founder_inbox.store.outbox import OutboxItem
    from founder_inbox.store.waiting import WaitingMail

Object = dict[str, "Json"]


def address_shape(person: "Address") -> Object:
    """A mailbox; the name may be empty."""
    return {"name": person.name, "address": person.address}


def addresses_shape(people: "Sequence[Address]") -> "list[Json]":
    """Several mailboxes."""
    return [address_shape(person) for person in people]


def attachment_shape(attachment: "Attachment") -> Object:
    """A file in a mail; `size` in bytes."""
    return {"name": attachment.name, "type": attachment.type, "size": attachment.size}


def ticket_shape(ticket: "Ticket") -> Object:
    """A ticket as in lists."""
    state = ticket.state
    return {
        "id": ticket.id,
        "subject": state.subject,
        "customer": address_shape(state.customer),
        "status": state.status.value,
        "lane": state.verdict.lane.value,
        "lane_reasons": list(state.verdict.reasons),
        "topic": state.verdict.topic.value if state.verdict.topic else None,
        "quick_fix": state.quick_fix,
        "assignee": state.assignee,
        "tags": sorted(state.tags),
        "unread": state.unread,
        "messages": state.messages,
        "delivery_failed": state.delivery_failed,
        "opened_at": to_text_or_none(state.opened_at),
        "last_customer_at": to_text_or_none(state.last_customer_at),
        "last_reply_at": to_text_or_none(state.last_reply_at),
        "snoozed_until": to_text_or_none(state.snoozed_until),
        "update_due_at": to_text_or_none(state.update_due_at),
        "promises": [{"due": to_text(p.due), "words": p.words} for p in state.promises],
        "quick_fix_clock": _clock_shape(state.fix_clock) if state.quick_fix else None,
    }


def _clock_shape(clock: "FixClock") -> Object:
    """A quick fix's clock: `minutes` is the estimate, `worked` seconds before `started_at`."""
    return {
        "minutes": clock.minutes,
        "worked": int(clock.worked.total_seconds()),
        "started_at": to_text_or_none(clock.started_at),
    }


def open_promise_shape(open_: "OpenPromise", now: "datetime") -> Object:
    """A promise and its ticket."""
    promise = open_.promise
    return {
        "ticket": open_.ticket.id,
        "subject": open_.ticket.state.subject,
        "customer": address_shape(open_.ticket.state.customer),
        "due": to_text(promise.due),
        "is_due": promise.due <= now,
        "words": promise.words,
        "since": to_text(promise.since),
    }


def figures_shape(figures: "FixFigures") -> Object:
    """Quick fixes of thirty days; the medians in seconds."""

    def seconds(span: "timedelta | None") -> int | None:
        return None if span is None else int(span.total_seconds())

    return {
        "finished": figures.finished,
        "asked_to_live": seconds(figures.asked_to_live),
        "worked": seconds(figures.worked),
    }


def view_shape(view: "TicketView") -> Object:
    """A ticket with its history, oldest first, and the draft that waits for it."""
    return ticket_shape(view.ticket) | {
        "history": [entry_shape(entry) for entry in view.history],
        "draft": view.draft,
        "quick_fix_hint": view.fix_hint.reason if view.fix_hint else None,
        "belongs_to": None
        if view.belongs_to is None
        else {"ticket": view.belongs_to.ticket, "reason": view.belongs_to.reason},
    }


def entry_shape(entry: "Entry") -> Object:
    """One mail, note or event.

    `state` is the outbox's for a mail that has not left, else null; `number` a mail's, for split.
    """
    return {
        "kind": entry.kind.value,
        "direction": entry.direction.value if entry.direction else None,
        "message_id": entry.message_id,
        "at": to_text(entry.at),
        "from": address_shape(entry.sender),
        "to": addresses_shape(entry.to),
        "cc": addresses_shape(entry.cc),
        "subject": entry.subject or None,
        "text": entry.text,
        "new_text": entry.new_text,
        "attachments": [attachment_shape(a) for a in entry.attachments],
        "warnings": list(entry.warnings),
        "state": entry.state or None,
        "number": entry.number,
        "new_sender": entry.new_sender,
        "machine": entry.machine or None,
    }


def item_shape(item: "OutboxItem") -> Object:
    """A mail of ours on its way."""
    return {
        "id": item.id,
        "ticket": item.ticket,
        "state": item.state,
        "to": list(item.recipients),
        "subject": item.subject,
        "not_before": to_text(item.not_before),
        "attempts": item.attempts,
        "answer": item.answer,
        "code": item.code,
        "message_id": item.message_id,
        "then": item.then.value,
        "created_at": to_text(item.created_at),
        "moved_at": to_text(item.moved_at),
        "machine": None,
        "machine_name": None,
    }


def waiting_shape(mail: "WaitingMail", machine: str) -> Object:
    """A mail that waits on another machine, with the keys of one in this outbox."""
    return {
        "id": None,
        "ticket": mail.ticket,
        "state": mail.state,
        "to": list(mail.recipients),
        "subject": mail.subject,
        "not_before": to_text(mail.not_before),
        "attempts": None,
        "answer": mail.answer,
        "code": None,
        "message_id": mail.message_id,
        "then": mail.then.value,
        "created_at": to_text(mail.created_at),
        "moved_at": to_text(mail.at),
        "machine": mail.machine,
        "machine_name": machine,
    }


def window_shape(window: "Window | None") -> Object | None:
    """One opening."""
    return {"start": to_text(window.start), "end": to_text(window.end)} if window else None


def door_shape(
    door: "Door", timezone: str, fire: str = "", wrapped: "Sequence[str] | None" = None
) -> Object:
    """Whether support is open, and when next.

    `fire` is a sentence or null, `wrapped` what a window closed with.
    """
    return {
        "open": door.is_open,
        "state": door.state.value,
        "window": window_shape(door.window),
        "next": window_shape(door.next_window),
        "override": override_shape(door.override),
        "timezone": timezone,
        "fire": fire or None,
        "wrap_up": None if wrapped is None else list(wrapped),
    }


def override_shape(override: "Override | None") -> Object | None:
    """An opening outside the hours."""
    if override is None:
        return None
    return {
        "start": to_text(override.start),
        "until": to_text(override.until),
        "minutes": override.minutes,
        "reason": override.reason,
    }


def reading_shape(reading: "Reading", hire: "Hire | None" = None) -> Object:
    """What the last seven days say, how that is worked out, and whether it is time to hire."""
    from founder_inbox.core.hours.burnout import AMBER, HOW_COUNTED, RED

    return {
        "level": reading.level.value,
        "points": reading.points,
        "signals": [
            {"name": signal.name, "points": signal.points, "sentence": signal.sentence}
            for signal in reading.signals
        ],
        "advice": list(reading.advice),
        "thresholds": {"amber": AMBER, "red": RED},
        "rules": dict(HOW_COUNTED),
        "hire": hire_shape(hire),
    }


def hire_shape(hire: "Hire | None") -> Object | None:
    """That it is time to hire, with the weeks that say so."""
    if hire is None:
        return None
    return {
        "sentence": hire.sentence,
        "weeks": [
            {
                "from": week.first.isoformat(),
                "came": week.came,
                "closed": week.closed,
                "hours": round(week.hours, 1),
            }
            for week in hire.weeks
        ],
    }


def praise_shape(praise: "Praise") -> Object:
    """One sentence of the thank-you jar."""
    return {
        "sentence": praise.sentence,
        "name": praise.name,
        "at": to_text(praise.at),
        "ticket": praise.ticket,
    }


def junk_shape(mail: "JunkMail") -> Object:
    """A mail in Junk from somebody we know."""
    return {
        "from": {"name": mail.name, "address": mail.address},
        "subject": mail.subject,
        "at": to_text_or_none(mail.received_at),
        "message_id": mail.message_id,
    }


def sync_shape(report: "SyncReport", seconds: float) -> Object:
    """What a round with the server did."""
    return {
        "fetched": report.fetched,
        "updated": report.updated,
        "removed": report.removed,
        "sent": report.sent,
        "tickets_new": report.tickets_new,
        "tickets_updated": report.tickets_updated,
        "arrived_closed": report.arrived_closed,
        "seconds": round(seconds, 3),
    }


def verdict_shape(verdict: "Verdict") -> Object:
    """Which lane, and why."""
    return {
        "lane": verdict.lane.value,
        "topic": verdict.topic.value if verdict.topic else None,
        "reasons": list(verdict.reasons),
        "sure": verdict.sure,
    }


def mail_shape(mail: "Mail") -> Object:
    """How a raw mail is understood."""
    return {
        "message_id": mail.message_id,
        "references": list(mail.references),
        "from": address_shape(mail.sender),
        "reply_to": addresses_shape(mail.reply_to),
        "to": addresses_shape(mail.to),
        "cc": addresses_shape(mail.cc),
        "subject": mail.subject,
        "date": to_text_or_none(mail.date),
        "kind": mail.kind.value,
        "text": mail.text,
        "new_text": mail.new_text,
        "quoted": mail.quoted,
        "signature": mail.signature,
        "attachments": [attachment_shape(a) for a in mail.attachments],
        "warnings": list(mail.warnings),
    }


def reply_shape(reply: "CannedReply", uses: int) -> Object:
    """A canned reply, with what it asks before it can leave."""
    from founder_inbox.core.letters.canned import asks

    return {
        "name": reply.name,
        "title": reply.title,
        "language": reply.language,
        "lanes": [lane.value for lane in reply.lanes],
        "keys": list(reply.keys),
        "uses": uses,
        "asks": [
            {"name": ask.name, "question": ask.question, "optional": ask.optional}
            for ask in asks(reply)
        ],
        "source": reply.source,
    }
