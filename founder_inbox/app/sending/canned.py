"""Canned replies: the founder's own and the shipped ones, filled for one ticket."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.letters import canned as replies
from founder_inbox.core.letters import letter
from founder_inbox.core.letters.canned import CannedReply
from founder_inbox.core.letters.language import language_of
from founder_inbox.core.letters.placeholders import Filled
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Role
from founder_inbox.errors import BadInput, NotFound
from founder_inbox.store import messages
from founder_inbox.store.drafts import count_use, uses_of_replies
from founder_inbox.system.resources import read_replies

# The automatic reply of a break: its values are known to no ticket, so nobody picks it by hand.
AWAY = "away"


def load_replies(ws: Workspace) -> list[CannedReply]:
    """Every canned reply. Raises BadInput naming the file and line that can't be read."""
    texts = read_replies(ws.paths.replies)
    return [_parsed(text, name) for name, text in texts.items()]


def ranked_replies(ws: Workspace, ticket: Ticket) -> list[CannedReply]:
    """The replies for a ticket: its lane and language first, then by use."""
    uses = uses_of_replies(ws.store)
    language = ticket_language(ws, ticket)
    lane = ticket.state.verdict.lane
    known = [reply for reply in load_replies(ws) if reply.name != AWAY]
    return list(replies.rank(known, lane, language, uses))


def find_reply(ws: Workspace, name: str, language: str | None) -> CannedReply:
    """The reply with a name, in the wanted language if there is one. Raises NotFound."""
    known = load_replies(ws)
    found = replies.pick(known, name, language)
    if found is None:
        # A name once, though there is a reply of it in each language.
        near = list(dict.fromkeys(reply.name for reply in replies.match(known, name)))[:3]
        hint = f" Near: {', '.join(near)}." if near else ""
        raise NotFound(
            f"There is no canned reply {name!r}.{hint} founder-inbox replies lists them all."
        )
    return found


def values_for(ws: Workspace, ticket: Ticket, now: datetime, language: str) -> dict[str, str]:
    """The variables of a canned reply for this ticket."""
    account = ws.config.account
    mate = ws.teammate
    return letter.values(
        letter.Occasion(
            customer_name=ticket.state.customer.name,
            subject=ticket.state.subject,
            ticket=ticket.id,
            company=product_name(ws),
            founder_name=account.signature or account.name,
            teammate=mate.name if mate else "",
            signature=account.signature,
            here=now.astimezone(ws.hours.zone),
            wrote_at=ticket.state.last_customer_at,
        ),
        language,
    )


def fill_reply(
    ws: Workspace, ticket: Ticket, reply: CannedReply, answers: Mapping[str, str], now: datetime
) -> Filled:
    """The reply with this ticket's values and the answers to its questions put in."""
    return replies.fill(reply, values_for(ws, ticket, now, reply.language) | dict(answers))


def used_reply(ws: Workspace, reply: CannedReply, now: datetime) -> None:
    """Count that a reply was used."""
    count_use(ws.store, reply.name, now)


def ticket_language(ws: Workspace, ticket: Ticket) -> str | None:
    """The language the customer writes, as far as it can be told."""
    history = messages.messages_of_ticket(ws.store, ticket.key, 20)
    theirs = " ".join(m.new_text[:2_000] for m in history if m.role is Role.CUSTOMER)
    return language_of(theirs)


def product_name(ws: Workspace) -> str:
    """The product's name: what follows "from" in the account's name, else its domain's word."""
    _, _, after = ws.config.account.name.partition(" from ")
    return after or ws.config.domain.partition(".")[0].capitalize()


@lru_cache(maxsize=512)
def _parsed(text: str, name: str) -> CannedReply:
    try:
        return replies.parse_reply(text, name)
    except BadInput as error:
        raise BadInput(f"replies/{error}") from None
