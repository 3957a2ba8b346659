"""What another mail program did to a ticket's mails: each act once, whichever machines saw it."""

from collections.abc import Sequence
from enum import StrEnum

from founder_inbox.core.model import Status
from founder_inbox.core.tickets.facts import TicketState
from founder_inbox.core.tickets.journal import Event, EventKind

# Who acts there; nobody knows which program it was.
ANOTHER_PROGRAM = "another mail program"


class Did(StrEnum):
    """What was done there. An answer that lies in Sent is a mail, and none of these."""

    ARCHIVED = "archived"
    TRASHED = "trashed"
    JUNKED = "junked"
    DELETED = "deleted"
    MOVED_AWAY = "moved_away"
    BROUGHT_BACK = "brought_back"
    FLAGGED = "flagged"
    UNFLAGGED = "unflagged"
    ANSWERED = "answered"


LEFT_INBOX = frozenset({Did.ARCHIVED, Did.TRASHED, Did.JUNKED, Did.DELETED, Did.MOVED_AWAY})
# By these a ticket may be closed.
_SETTLES = frozenset({Did.ARCHIVED, Did.TRASHED, Did.JUNKED})
_OURS = frozenset({EventKind.CLOSED, EventKind.TRASHED, EventKind.SPAM})

WORDS: dict[str, str] = {
    Did.ARCHIVED: "moved to Archive",
    Did.TRASHED: "moved to Trash",
    Did.JUNKED: "moved to Junk",
    Did.DELETED: "deleted on the server; the text stays here",
    Did.MOVED_AWAY: "taken out of the inbox, with many others",
    Did.BROUGHT_BACK: "brought back to the inbox",
    Did.FLAGGED: "flagged, so it is a quick fix",
    Did.UNFLAGGED: "flag taken off, so it is no quick fix any more",
    Did.ANSWERED: "marked as answered; the answer itself is not in Sent",
}


def did_of(event: Event) -> Did | None:
    """What an event says was done there; None for any other, and for a later version's word."""
    word = event.data.get("did")
    return Did(str(word)) if event.kind is EventKind.ELSEWHERE and word in list(Did) else None


def settles(did: Did | None, state: TicketState) -> bool:
    """Whether that closes a ticket, as the same act here would.

    Archiving is done with what is open, and leaves what waits or is put off. Servers move mail to
    Junk by themselves, so somebody whom we have answered stays. Who is handed off stays there.
    """
    if did not in _SETTLES or state.status in {Status.CLOSED, Status.HANDED_OFF}:
        return False
    if did is Did.ARCHIVED:
        return state.status is Status.OPEN
    return did is Did.TRASHED or state.last_reply_at is None


def is_told(events: Sequence[Event], message_id: str) -> bool:
    """Whether the journal says already that this mail left the inbox, and not that it came back."""
    told = False
    for event in events:
        if event.data.get("mail") == message_id:
            did = did_of(event)
            told = did in LEFT_INBOX or (told and did is not Did.BROUGHT_BACK)
    return told


def last_move(events: Sequence[Event]) -> Did | None:
    """How a ticket left the inbox last, as far as nothing says that it came back."""
    moves = [did for event in events if (did := did_of(event)) in LEFT_INBOX | {Did.BROUGHT_BACK}]
    return moves[-1] if moves and moves[-1] in LEFT_INBOX else None


def may_be_ours(event: Event) -> bool:
    """Whether an event, undone or not, can have moved its ticket's mails out of the inbox."""
    return event.kind in _OURS or event.data.get("then") == "close"
