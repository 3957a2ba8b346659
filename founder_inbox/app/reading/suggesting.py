"""What a new ticket may belong to, found in the database: said with its reason, no more."""

from collections import Counter
from collections.abc import Sequence

from founder_inbox.core.letters.own_ids import parse_own_id
from founder_inbox.core.model import Direction
from founder_inbox.core.tickets.belonging import Belonging, belongs_to, is_fresh
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.quoting import probes, runs
from founder_inbox.core.tickets.threading import is_apart
from founder_inbox.store import messages, tickets
from founder_inbox.store.database import Store
from founder_inbox.store.messages import Message
from founder_inbox.store.search import sent_with_words
from founder_inbox.store.threads import holds_mail, threads_named

_LOOKED_AT = 5


def suggest(store: Store, ticket: Ticket, theirs: Sequence[Ticket]) -> Belonging | None:
    """The ticket that a fresh one may go on with; `theirs` are those of the same customer.

    Nothing for what was split off by hand, which would go back where it came from.
    """
    if not is_fresh(ticket) or not holds_mail(store, ticket.key):
        return None
    asked = messages.messages_of_ticket(store, ticket.key, _LOOKED_AT)
    found = _named_without_proof(store, ticket, asked) or _quoted(store, ticket, asked)
    if found is not None:
        return found
    about = tickets.tickets_about(store, ticket.state.subject)
    return belongs_to(ticket, [*theirs, *about])


def _named_without_proof(
    store: Store, ticket: Ticket, asked: Sequence[Message]
) -> Belonging | None:
    for mail in asked:
        if not is_apart(mail.message_id, mail.references):
            continue
        ids = [id_ for id_ in reversed(mail.references) if id_ != mail.message_id]
        signed = [own.ticket for id_ in ids if (own := parse_own_id(id_))]
        named = threads_named(store, [*signed, *ids])
        for name in (*signed, *ids):
            if name in named and named[name].ticket != ticket.key:
                return _belonging(store, named[name].ticket, "it answers a mail there, unproven")
    return None


def _quoted(store: Store, ticket: Ticket, asked: Sequence[Message]) -> Belonging | None:
    """The ticket that most of what is quoted was written in; none where several fit alike."""
    quoted = "\n".join(
        mail.text for mail in asked if mail.direction is Direction.IN and mail.quoted
    )
    here = runs(quoted)
    shared: Counter[int] = Counter()
    for home, text in sent_with_words(store, probes(quoted)) if here else ():
        if home != ticket.key:
            shared[home] = max(shared[home], len(here & runs(text)))
    best = shared.most_common(2)
    if not best or not best[0][1] or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return _belonging(store, best[0][0], "it quotes what you wrote there")


def _belonging(store: Store, key: int, reason: str) -> Belonging | None:
    other = tickets.ticket_with_key(store, key)
    return Belonging(other.id, reason) if other else None
