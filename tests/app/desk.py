"""A machine at work without a server: mails are put into its database as a sync would have."""

from datetime import UTC, datetime, timedelta

from founder_inbox.app.queue import merging, triage
from founder_inbox.app.queue.tickets import (
    Choice,
    TicketView,
    find_ticket,
    list_tickets,
    view_ticket,
)
from founder_inbox.app.reading.intake import take_in_all
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.sync.mailbox import Fetched, Flags
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.store import mailboxes
from tests.app.letters import letter

NOW = datetime(2026, 11, 23, 9, 15, tzinfo=UTC)
TOM, EVE = "Tom Okafor <tom@okafor.test>", "Eve <eve@evil.test>"


class Desk:
    """One machine: a database, and mails put into it as a sync would have."""

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws
        self.now = NOW

    def receive(self, *raws: tuple[float, bytes], role: str = "inbox") -> None:
        """Mails with the hours that have passed since they came."""
        name = role.upper()
        box = mailboxes.mailbox_named(self.ws.store, name)
        box = box or mailboxes.add_mailbox(self.ws.store, name, role, 1)
        first = mailboxes.count_known(self.ws.store, box) + 1
        flags = Flags(seen=False, answered=False, flagged=False)
        mails = [
            Fetched(first + i, raw, len(raw), NOW - timedelta(hours=hours), flags)
            for i, (hours, raw) in enumerate(raws)
        ]
        mailboxes.add_fetched(self.ws.store, box, mails)
        take_in_all(self.ws, self.now)

    def ticket(self, name: str) -> Ticket:
        return find_ticket(self.ws.store, name)

    def view(self, name: str) -> TicketView:
        return view_ticket(self.ws.store, self.ticket(name))

    def all(self) -> list[Ticket]:
        return list_tickets(self.ws.store, Choice(None, everything=True), self.now, None)

    def merge(self, one: str, into: str, *, different: bool = False) -> Ticket:
        return merging.merge(
            self.ws, [self.ticket(one)], self.ticket(into), self.tick(), different_people=different
        )

    def split(self, name: str, message: str) -> Ticket:
        ticket = self.ticket(name)
        mail = merging.message_named(self.ws, ticket, message)
        return merging.split(self.ws, ticket, mail, self.tick())

    def undo(self) -> triage.Undone:
        return triage.undo(self.ws, self.tick())

    def tick(self) -> datetime:
        self.now += timedelta(seconds=30)
        return self.now

    def mails(self) -> dict[str, list[str]]:
        """The Message-IDs in each ticket, bare."""
        rows = self.ws.store.rows(
            "select ticket.id, message_id from message join ticket on ticket.key = message.ticket "
            "order by at, message_id"
        )
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(row["id"], []).append(row["message_id"].partition("@")[0].strip("<"))
        return found

    def picture(self) -> list[object]:
        """Everything that a merge or split may change, but the journal."""
        tables = {
            "ticket": "key, id, root, subject, status, lane, customer_address, messages, tags, "
            "customer_messages, opened_at, moved_at, quick_fix, assignee, waiting_since",
            "ticket_alias": "*",
            "message_ref": "*",
            "message": "id, ticket",
            "thread": "*",
            "filed": "*",
            "draft": "*",
            "outbox": "id, ticket, state, seen",
        }
        return [
            [tuple(row) for row in self.ws.store.rows(f"select {what} from {name} order by 1")]
            for name, what in tables.items()
        ]


def mail(
    name: str, subject: str = "Export", *, refs: str = "", sender: str = TOM, text: str = ""
) -> bytes:
    return letter(
        subject,
        text or f"Words of {name}, and how do I export?",
        sender=sender,
        message_id=f"<{name}@x.test>",
        references=" ".join(f"<{ref}@x.test>" for ref in refs.split()),
    )
