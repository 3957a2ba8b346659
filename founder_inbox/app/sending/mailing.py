"""Several people written to in one act: a mail for each, reviewed before, paced as they leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from founder_inbox.app.sending import letters
from founder_inbox.app.sending.reply import draft_reply
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.letters import compose, letter
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Then
from founder_inbox.core.tickets.outbox import OutboxState
from founder_inbox.errors import BadInput
from founder_inbox.store import actions
from founder_inbox.store.outbox import move_item


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person gets; with `trouble` there is no mail, and it says why."""

    person: str
    ticket: Ticket
    language: str
    body: str
    trouble: str = ""


def as_letter(ws: Workspace, person: str, ticket: Ticket, words: str, language: str) -> Letter:
    """The words with greeting and signature; what stands in the way of sending is its trouble."""
    try:
        to = letters.parent_of(ws, ticket).sender.name
        body = letter.letter(words, to, ws.config.account.signature, language)
        compose.check(draft_reply(ws, ticket, body, False), body)
    except BadInput as error:
        return Letter(person, ticket, language, words, str(error))
    return Letter(person, ticket, language, body)


def put_out(
    ws: Workspace,
    written: Sequence[Letter],
    then: Then,
    now: datetime,
    first_at: datetime | None = None,
) -> dict[str, int]:
    """Put the mails into the outbox, a few seconds apart; each ticket's id with the mail's number.

    Outside the hours they wait for the next window, unless the first is to leave `first_at`.
    Inside `write()`.
    """
    numbers: dict[str, int] = {}
    leaves = first_at or letters.leaves_at(ws, now, ws.config.sending.undo_seconds)
    # A provider that sees a burst takes it for spam.
    pace = timedelta(seconds=ws.config.sending.pace_seconds)
    for one in (one for one in written if not one.trouble):
        number = letters.put_in_outbox(
            ws,
            one.ticket,
            draft_reply(ws, one.ticket, one.body, False),
            then,
            now,
            body=one.body,
            undo_seconds=0,
            written=one.body,
        )
        move_item(ws.store, number, OutboxState.HELD, now, not_before=leaves)
        numbers[one.ticket.id] = number
        if leaves != letters.FAR_AWAY:
            leaves += pace
        actions.queue_seen(ws.store, one.ticket.key, now, one.ticket.state.messages)
    return numbers
