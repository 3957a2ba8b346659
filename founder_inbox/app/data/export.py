"""All of the founder's data in formats that other programs read, without holding it in memory."""

from collections.abc import Iterator, Mapping

from founder_inbox.app.queue.tickets import TicketView, load_tickets, view_ticket
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.mime.mbox import to_mboxrd
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Role
from founder_inbox.errors import NotFound
from founder_inbox.store import export
from founder_inbox.store.whose import mails_in

_BATCH = 200


class MailCounts:
    """How an export of mails went, counted as it goes: mails, and those that are not whole."""

    def __init__(self) -> None:
        self.mails = 0
        self.without_files = 0


def keys_of(ws: Workspace, person: str | None) -> list[int]:
    """The tickets to export, by when they began. Raises NotFound for a person in none."""
    keys = export.tickets_to_export(ws.store, person)
    if person is not None and not keys:
        raise NotFound(f"Nobody here has the address {person}. Nothing was exported.")
    return keys


def shared_tickets(ws: Workspace, keys: list[int]) -> list[str]:
    """The ids of those tickets in which several customers wrote."""
    return [
        ticket.id
        for ticket in tickets_in_turn(ws, keys)
        if len({m.person for m in mails_in(ws.store, ticket.key) if m.role == Role.CUSTOMER}) > 1
    ]


def tickets_in_turn(ws: Workspace, keys: list[int]) -> Iterator[Ticket]:
    """Tickets as in lists."""
    for start in range(0, len(keys), _BATCH):
        yield from load_tickets(ws.store, keys[start : start + _BATCH])


def views_in_turn(ws: Workspace, keys: list[int]) -> Iterator[TicketView]:
    """Tickets with their whole history."""
    for ticket in tickets_in_turn(ws, keys):
        yield view_ticket(ws.store, ticket)


def journal_in_turn(ws: Workspace, person: str | None) -> Iterator[Mapping[str, object]]:
    """The journal's events."""
    return export.journal_to_export(ws.store, person)


def mbox_in_turn(ws: Workspace, person: str | None, counts: MailCounts) -> Iterator[bytes]:
    """Every mail as a piece of an mboxrd file."""
    for mail in export.mails_to_export(ws.store, person):
        counts.mails += 1
        counts.without_files += not mail.whole
        yield to_mboxrd(mail.body, mail.sender, mail.at)
