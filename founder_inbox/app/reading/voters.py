"""Ideas as the journal has them, with how many people want each: the order of their lane."""

from founder_inbox.core.knowledge.ideas import Idea, ideas
from founder_inbox.core.letters.reply_draft import mailbox
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.store.database import Store
from founder_inbox.store.events import events_of_kinds
from founder_inbox.store.ideas import people_in, write_voters

KINDS = (
    EventKind.IDEA_LOGGED,
    EventKind.IDEA_VOTED,
    EventKind.IDEA_LEFT,
    EventKind.IDEA_CHANGED,
    EventKind.IDEA_JOINED,
    EventKind.IDEA_TOLD,
)


def read_ideas(store: Store) -> tuple[Idea, ...]:
    """Every idea, oldest first."""
    found = events_of_kinds(store, *KINDS)
    return ideas([*found, *events_of_kinds(store, EventKind.UNDONE)]) if found else ()


def recount_voters(store: Store) -> None:
    """Write down how many people want what each ticket wishes for."""
    known = read_ideas(store)
    people = people_in(store, [vote.ticket for idea in known for vote in idea.votes])
    counted: dict[int, int] = {}
    for idea in known:
        voters = [people[vote.ticket] for vote in idea.votes if vote.ticket in people]
        many = len({mailbox(voter.address) for voter in voters})
        counted |= {voter.key: max(many, counted.get(voter.key, 0)) for voter in voters}
    write_voters(store, counted)
