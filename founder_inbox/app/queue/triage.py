"""Triage: each act is events in the journal, and what the server must be told, in one go."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from founder_inbox.app.queue.drafts import restore_draft
from founder_inbox.app.queue.faq_files import take_back_articles
from founder_inbox.app.queue.temper import note_harsh
from founder_inbox.app.queue.tickets import find_ticket
from founder_inbox.app.queue.undone_words import UNDONE_WORDS
from founder_inbox.app.reading.project import project_tickets
from founder_inbox.app.reading.voters import KINDS as IDEA_KINDS
from founder_inbox.app.reading.voters import recount_voters
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_text
from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets import tags
from founder_inbox.core.tickets.elsewhere import Did, last_move
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.handed import Why
from founder_inbox.core.tickets.journal import MACHINE, UNDOABLE, Event, EventKind, Json
from founder_inbox.core.tickets.outbox import OutboxState
from founder_inbox.core.times import to_text
from founder_inbox.errors import BadInput, FounderInboxError
from founder_inbox.store import actions, events, moves, outbox
from founder_inbox.store.drafts import draft_of
from founder_inbox.store.elsewhere import queue_bring_back
from founder_inbox.store.outgoing import Outgoing, outgoing_as
from founder_inbox.store.search import known_tags
from founder_inbox.store.settings import machine_of
from founder_inbox.store.tickets import key_of_id, keys_of_customer, ticket_with_key

if TYPE_CHECKING:
    from founder_inbox.core.hours.when import When

# How many of the journal's newest lines `undo` looks through for an act that can be taken back:
# few first; an act on many tickets has a line for each.
UNDO_DEPTHS = (400, 4_000, 40_000)
# So long after a mail has left undo still answers that it can't be called back.
SAID_SO_FOR = timedelta(minutes=2)
LEFT = frozenset({OutboxState.SENDING, OutboxState.SENT, OutboxState.UNCERTAIN})
# The mailboxes an act moves a ticket's mails to; undoing it brings them back.
MOVED_TO = {
    EventKind.CLOSED: "archive",
    EventKind.TRASHED: "trash",
    EventKind.SPAM: "junk",
}
BINS = ("trash", "junk")
_BIN_OF = {Did.TRASHED: "trash", Did.JUNKED: "junk"}
LONGEST_NOTE = 100_000
# How long `park` puts a ticket aside (handbook ch. 6).
TAKE_FIVE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: words for the screen, the tickets, and a draft that came back.

    `outgoing`: that draft is not an answer but this forward or new mail.
    """

    words: str
    tickets: tuple[str, ...]
    draft: str | None = None
    outgoing: Outgoing | None = None


def close(ws: Workspace, tickets: Sequence[Ticket], now: datetime) -> None:
    """Done. A customer's mail that nobody has seen yet opens the ticket again by itself."""
    with ws.store.write():
        for ticket in tickets:
            actions.queue_seen(ws.store, ticket.key, now, ticket.state.messages)
            if ticket.state.quick_fix:  # what is done is no quick fix any more, on the phone too
                actions.queue_flagged(ws.store, ticket.key, False, now)
        record(ws, tickets, EventKind.CLOSED, seen_by_actor, now)
        for ticket in tickets:
            if ws.archives:
                moves.queue_move(ws.store, ticket.key, "archive", now)


def reopen(ws: Workspace, tickets: Sequence[Ticket], now: datetime) -> None:
    """Back into the queue; what was deleted or spam comes back to the inbox on the server too."""
    with ws.store.write():
        record(ws, tickets, EventKind.REOPENED, lambda _: {}, now)
        for ticket in tickets:
            moves.queue_return(ws.store, ticket.key, BINS, now)
            _bring_back(ws, ticket, now)


def _bring_back(ws: Workspace, ticket: Ticket, now: datetime) -> None:
    """What another mail program deleted or called spam comes back to the inbox, too."""
    did = last_move(events.events_of_ticket(ws.store, ticket.key))
    if did in _BIN_OF:
        queue_bring_back(ws.store, ticket.key, _BIN_OF[did], now)


def snooze(ws: Workspace, tickets: Sequence[Ticket], when: "When", now: datetime) -> None:
    """Out of sight until `when`, or until the customer writes."""
    data: dict[str, Json] = {
        "until": to_text(when.at),
        "words": when.words,
        "if_no_answer": when.if_no_answer,
        "asked": when.asked,
    }
    record(ws, tickets, EventKind.SNOOZED, lambda ticket: data | seen_by_actor(ticket), now)


def park(ws: Workspace, tickets: Sequence[Ticket], now: datetime) -> datetime:
    """Take five: out of sight for five minutes, then back in its place; returns when.

    The draft stays. Raises BadInput for a ticket that is not open.
    """
    shut = next((ticket for ticket in tickets if ticket.state.status is not Status.OPEN), None)
    if shut is not None:
        raise BadInput(f"#{shut.id} is {shut.state.status}, so there is nothing to take five from.")
    until = now + TAKE_FIVE
    with ws.store.write():
        for ticket in tickets:
            note_harsh(ws, ticket, draft_of(ws.store, ticket.id) or "", now)
        record(
            ws,
            tickets,
            EventKind.PARKED,
            lambda ticket: {"until": to_text(until)} | seen_by_actor(ticket),
            now,
        )
    return until


def move_to_lane(ws: Workspace, tickets: Sequence[Ticket], lane: Lane, now: datetime) -> None:
    """Into another lane; recorded with the old one, so that the sorter can learn."""
    record(
        ws,
        tickets,
        EventKind.LANE,
        lambda ticket: {"lane": lane, "from": ticket.state.verdict.lane},
        now,
    )


def add_note(ws: Workspace, ticket: Ticket, text: str, now: datetime) -> None:
    """An internal note: it lives in the journal, from where no way leads to SMTP."""
    if not text.strip():
        raise BadInput("The note is empty, so nothing was written down.")
    clean = safe_text(text.strip(), LONGEST_NOTE)
    record(ws, [ticket], EventKind.NOTE, lambda _: {"text": clean}, now)


def tag(ws: Workspace, tickets: Sequence[Ticket], name: str, now: datetime) -> str:
    """Put a tag on, or take it off where all of them have it; returns what was done in words.

    It is spelled as it is known already. Raises BadInput for an empty one.
    """
    word = tags.spelled(name, known_tags(ws.store))
    off = tags.comes_off(word, [ticket.state.tags for ticket in tickets])
    changing = [ticket for ticket in tickets if (word in ticket.state.tags) is off]
    record(ws, changing, EventKind.TAGGED, lambda _: {"remove" if off else "add": word}, now)
    return f"No longer tagged {word}" if off else f"Tagged {word}"


def all_tags(ws: Workspace) -> list[str]:
    """Every tag in use, the most used first."""
    return known_tags(ws.store)


def take_back(ws: Workspace, ticket: Ticket, now: datetime, advice: str = "") -> None:
    """A handed-off ticket is level one's again; at level two that is sending it back.

    `advice` becomes a note, taken back together with it. Raises BadInput when it was not handed
    off, and at level two without advice.
    """
    if ticket.state.assignee is None:
        raise BadInput(f"#{ticket.id} is not handed off; it is {ticket.state.status}.")
    if ws.config.level == 2 and not advice.strip():
        raise BadInput("Say what level one should do (--note TEXT); it stays with you until then.")
    with ws.store.write():
        data: dict[str, Json] = {"from": ticket.state.assignee}
        if ws.config.level == 2:
            data["why"] = Why.ADVICE
        first = record_act(ws, ticket, EventKind.TAKEN_BACK, data, now)
        if advice.strip():
            clean = safe_text(advice.strip(), LONGEST_NOTE)
            record_act(ws, ticket, EventKind.NOTE, {"text": clean, "act": first.id}, now)


def mark_read(ws: Workspace, ticket: Ticket, now: datetime) -> None:
    """The founder has opened it: read here and, with the next sync, on the server."""
    if ticket.state.unread:
        with ws.store.write():
            actions.queue_seen(ws.store, ticket.key, now, ticket.state.messages)
            project_tickets(ws.store, [ticket.key], now)


def undo(ws: Workspace, now: datetime) -> Undone:
    """Take back the last act that can be taken back. Raises FounderInboxError if there is none."""
    here = machine_of(ws.store)
    for depth in UNDO_DEPTHS:
        # What was done on another machine, or by a teammate, is theirs to take back.
        recent = events.last_events(ws.store, depth, machine=here)
        last = _last_in_reach(ws, recent, now)
        if last is not None:
            return undo_act(ws, events.events_of_act(ws.store, act_of(last)), now)
        if len(recent) < depth:
            break
    raise FounderInboxError("There is nothing to take back.")


def _last_in_reach(ws: Workspace, recent: Sequence[Event], now: datetime) -> Event | None:
    """The newest of these lines that can be taken back and was not yet."""
    undone = {
        str(target)
        for event in recent
        if event.kind is EventKind.UNDONE
        for target in _list(event.data.get("events"))
    }
    gone = {act_of(e) for e in recent if _is_out_of_reach(ws, e, now)}
    in_reach = (
        e
        for e in recent
        if e.kind in UNDOABLE and e.id not in undone and act_of(e) not in gone and not _by_itself(e)
    )
    return next(in_reach, None)


def _by_itself(event: Event) -> bool:
    """Whether a ticket came back from the teammate without anybody's doing."""
    return event.kind is EventKind.TAKEN_BACK and event.actor == MACHINE


def undo_act(ws: Workspace, act: Sequence[Event], now: datetime) -> Undone:
    """Take back the events of one act, and its mails where they have not left yet."""
    from founder_inbox.app.queue.merging import take_back_moves

    ids = sorted({event.ticket for event in act if event.ticket})
    with ws.store.write():
        draft, own = _unsend(ws, act, now)
        for ticket in ids:
            events.append_event(
                ws.store,
                now,
                ws.actor,
                ticket,
                EventKind.UNDONE,
                {"events": [e.id for e in act if e.ticket == ticket]},
            )
        if general := [e.id for e in act if not e.ticket]:
            events.append_event(
                ws.store, now, ws.actor, None, EventKind.UNDONE, {"events": [*general]}
            )
        take_back_moves(ws, act, now)
        # A new mail's ticket is not there before it has left.
        ids = [ticket for ticket in ids if key_of_id(ws.store, ticket)]
        keys = [key for key in (key_of_id(ws.store, ticket) for ticket in ids) if key]
        _undo_on_server(ws, act, now)
        take_back_articles(ws, act)
        if any(event.kind in IDEA_KINDS for event in act):
            recount_voters(ws.store)
        project_tickets(ws.store, [*keys, *_of_blocked(ws, act)], now)
        _flag_again(ws, keys, now)
    kind = act[-1].kind
    return Undone(
        f"Taken back: {UNDONE_WORDS.get(kind, kind.replace('_', ' '))}", tuple(ids), draft, own
    )


def _flag_again(ws: Workspace, keys: Sequence[int], now: datetime) -> None:
    """A quick fix that is one again by undo is flagged on the server again."""
    for key in keys:
        ticket = ticket_with_key(ws.store, key)
        if ticket is not None and ticket.state.quick_fix:
            actions.queue_flagged(ws.store, key, True, now)


def record_act(
    ws: Workspace,
    ticket: Ticket,
    kind: EventKind,
    data: Mapping[str, Json],
    now: datetime,
    *,
    actor: str | None = None,
) -> Event:
    """Record one event for one ticket and work out its state anew; `actor`: else the founder."""
    return record(ws, [ticket], kind, lambda _: dict(data), now, actor)[0]


def tickets_named(ws: Workspace, given: Sequence[str]) -> list[Ticket]:
    """The tickets that ids or prefixes name. Raises NotFound and BadInput."""
    return [find_ticket(ws.store, text) for text in given]


def record(
    ws: Workspace,
    tickets: Sequence[Ticket],
    kind: EventKind,
    data: Callable[[Ticket], dict[str, Json]],
    now: datetime,
    actor: str | None = None,
) -> list[Event]:
    """One act on several tickets: the events share the first one's id as `act`."""
    recorded: list[Event] = []
    with ws.store.write():
        for ticket in tickets:
            shared: dict[str, Json] = {"act": recorded[0].id} if recorded else {}
            recorded.append(
                events.append_event(
                    ws.store, now, actor or ws.actor, ticket.id, kind, data(ticket) | shared
                )
            )
        project_tickets(ws.store, [ticket.key for ticket in tickets], now)
    return recorded


def seen_by_actor(ticket: Ticket) -> dict[str, Json]:
    """How many customer mails the acting person had before their eyes."""
    return {"seen": ticket.state.customer_messages}


def act_of(event: Event) -> str:
    """The id of the line that began what was done in one go."""
    return str(event.data.get("act", event.id))


def _list(value: "Json") -> list[Json]:
    return value if isinstance(value, list) else []


def _unsend(
    ws: Workspace, act: Sequence[Event], now: datetime
) -> tuple[str | None, Outgoing | None]:
    """Take held mails out of the outbox. Raises FounderInboxError when one has left already."""
    draft, own = None, None
    for event in act:
        for number in _list(event.data.get("outbox")):
            item = outbox.outbox_item(ws.store, int(str(number)))
            if item is None:
                continue
            if item.state in LEFT:
                raise FounderInboxError(
                    f"That mail is {item.state} already and can't be called back. "
                    "Write a second one instead; the first stays in the ticket."
                )
            own = outgoing_as(ws.store, item.id) or own
            restore_draft(ws.store, item, now)
            outbox.delete_item(ws.store, item.id)
            if event.kind in {EventKind.QUEUED, EventKind.FORWARDED} and not item.to_all:
                draft = item.body
    return draft, own


def _is_out_of_reach(ws: Workspace, event: Event, now: datetime) -> bool:
    """Whether an act's mail left a while ago: what was done before it can be undone again.

    Right after it left, undo says so instead of taking back something else; but nobody watched
    what a rule did.
    """
    if event.actor != MACHINE and now - event.at < SAID_SO_FOR:
        return False
    numbers = [int(str(number)) for number in _list(event.data.get("outbox"))]
    items = [outbox.outbox_item(ws.store, number) for number in numbers]
    return any(item is not None and item.state in LEFT for item in items)


def _undo_on_server(ws: Workspace, act: Sequence[Event], now: datetime) -> None:
    """Take back what the server was or would have been told."""
    for event in act:
        key = key_of_id(ws.store, event.ticket) if event.ticket else None
        if key is None:
            continue
        if event.kind is EventKind.QUICK_FIX:
            actions.queue_flagged(ws.store, key, not event.data.get("on", True), now)
        elif event.kind is EventKind.QUICK_FIX_FINISHED:
            actions.queue_flagged(ws.store, key, True, now)
        elif event.kind in MOVED_TO:
            moves.queue_return(ws.store, key, [MOVED_TO[event.kind]], now)


def _of_blocked(ws: Workspace, act: Sequence[Event]) -> list[int]:
    """The tickets of addresses that an undone act had blocked: they count again."""
    addresses = {str(event.data["block"]) for event in act if event.data.get("block")}
    return [key for address in addresses for key in keys_of_customer(ws.store, address)]
