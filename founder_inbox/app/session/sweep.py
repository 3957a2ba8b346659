"""The thank-you sweep: what is in it, and the one-line answers."""

from dataclasses import dataclass
from datetime import datetime

from founder_inbox.app.queue.tickets import list_tickets
from founder_inbox.app.sending.canned import fill_reply, load_replies, ticket_language, used_reply
from founder_inbox.app.sending.reply import queue_reply
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.letters import canned, letter
from founder_inbox.core.letters.canned import CannedReply
from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Then
from founder_inbox.core.tickets.sweep import ThankYou, words_since_answer
from founder_inbox.errors import BadInput
from founder_inbox.store import messages
from founder_inbox.store.drafts import draft_of
from founder_inbox.store.tickets import Choice

THANKS = Choice(Status.OPEN, Lane.THANKS)
SHORT = "one-line"
"""The key in a canned reply's front matter that offers it here."""
OFFERED = 3
_MOST = 100
_LOOKED_AT = 30


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """A canned reply of one line, as it would leave."""

    reply: CannedReply
    words: str


def thank_yous(ws: Workspace, now: datetime) -> list[ThankYou]:
    """The open thank-yous in queue order, a hundred at most, each with its whole words."""
    return [
        ThankYou(ticket, _words_of(ws, ticket))
        for ticket in list_tickets(ws.store, THANKS, now, _MOST)
    ]


def short_answers(ws: Workspace, ticket: Ticket, now: datetime) -> list[ShortAnswer]:
    """Three lines to choose from, in the customer's language. Raises BadInput for a broken file."""
    language = ticket_language(ws, ticket) or "en"
    known = [reply for reply in load_replies(ws) if SHORT in reply.keys]
    names = list(dict.fromkeys(reply.name for reply in known))
    found = [canned.pick(known, name, language) for name in names]
    filled = [(reply, fill_reply(ws, ticket, reply, {}, now)) for reply in found if reply]
    fitting = [ShortAnswer(reply, f.text.strip()) for reply, f in filled if not f.missing]
    return fitting[:OFFERED]


def answer_thanks(ws: Workspace, ticket: Ticket, answer: ShortAnswer, now: datetime) -> None:
    """Queue the line with greeting and signature; the ticket is done when it has left.

    Raises BadInput when it must not leave, or when a draft is kept, which would be lost.
    """
    if draft_of(ws.store, ticket.id):
        raise BadInput(
            "A draft is kept for this one, so nothing was sent. Open it to go on with it."
        )
    name, signature = ticket.state.customer.name, ws.config.account.signature
    body = letter.letter(answer.words, name, signature, answer.reply.language)
    queue_reply(ws, ticket, body, now, then=Then.CLOSE)
    used_reply(ws, answer.reply, now)


def _words_of(ws: Workspace, ticket: Ticket) -> str:
    history = messages.messages_of_ticket(ws.store, ticket.key, _LOOKED_AT)
    said = [(mail.direction, mail.new_text or mail.text) for mail in history]
    return words_since_answer(said)
