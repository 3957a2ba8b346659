"""Who gets an update about an outage, and how each one's stands: a person once, not a ticket."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from founder_inbox.app.sending.letters import parent_of
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.letters.reply_draft import mailbox, recipients
from founder_inbox.core.outage.incident import Incident
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.outbox import OutboxState
from founder_inbox.errors import BadInput
from founder_inbox.store.outage import OutageMail, outage_mails
from founder_inbox.store.settings import machine_of

_WAITING = {OutboxState.HELD.value, OutboxState.QUEUED.value, OutboxState.SENDING.value}
# No mail could be made for them; the reason says why.
UNMADE = "unmade"
# Nobody has written to them in this update yet.
MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Told:
    """One person and one update. `state` is the outbox's, else `unmade` or `missing`.

    `outbox` is the mail's id there, `answer` the server's words or why there is no mail, `leaves`
    when it is due.
    """

    person: str
    ticket: Ticket | None
    state: str
    outbox: int | None = None
    answer: str = ""
    leaves: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether it leaves by itself."""
        return self.state in _WAITING and not self.needs_founder

    @property
    def needs_founder(self) -> bool:
        """Whether it is stuck until somebody looks at it."""
        return self.state in {OutboxState.FAILED, OutboxState.UNCERTAIN, UNMADE}


def person_of(ws: Workspace, ticket: Ticket) -> str:
    """The mailbox an answer to this ticket reaches. Raises BadInput where there is none."""
    to, _ = recipients(parent_of(ws, ticket), ws.household.own, everyone=False)
    if not to:
        raise BadInput(f"#{ticket.id} has nobody to write to.")
    return mailbox(to[0].address)


def people_of(ws: Workspace, tickets: Sequence[Ticket]) -> dict[str, Ticket]:
    """Each person once, with the ticket they wrote in last; in the order given.

    Who can't be reached stands under the ticket's own id, so that it is not forgotten.
    """
    found: dict[str, Ticket] = {}
    for ticket in tickets:
        try:
            person = person_of(ws, ticket)
        except BadInput:
            person = f"#{ticket.id}"
        known = found.get(person)
        if known is None or _wrote_later(ticket, known):
            found[person] = ticket
    return found


def told_in(ws: Workspace, found: Incident, linked: Sequence[Ticket]) -> list[Told]:
    """How the last update stands with everybody: those it went to, and those it did not reach."""
    if not found.rounds:
        return []
    people = people_of(ws, linked)
    mails = {mail.person: mail for mail in outage_mails(ws.store, [found.rounds[-1].id])}
    told = [_told(mails[person], people.get(person)) for person in mails]
    last = found.rounds[-1]
    # Another machine of the founder's wrote to them; its outbox is not ours to see.
    elsewhere = set(last.tickets) if last.machine != machine_of(ws.store) else set[str]()
    missing = [
        Told(person, ticket, OutboxState.SENT if ticket.id in elsewhere else MISSING)
        for person, ticket in people.items()
        if person not in mails and not person.startswith("#")
    ]
    return [*told, *missing]


def told_before(ws: Workspace, found: Incident) -> frozenset[str]:
    """Who has got any update of this outage."""
    mails = outage_mails(ws.store, [said.id for said in found.rounds])
    return frozenset(mail.person for mail in mails if mail.outbox is not None)


def _told(mail: OutageMail, ticket: Ticket | None) -> Told:
    state = mail.state or UNMADE
    return Told(mail.person, ticket, state, mail.outbox, mail.answer, mail.not_before)


def _wrote_later(one: Ticket, other: Ticket) -> bool:
    mine, theirs = one.state.last_customer_at, other.state.last_customer_at
    return mine is not None and (theirs is None or mine > theirs)
