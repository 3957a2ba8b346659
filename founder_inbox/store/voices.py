"""Who has spoken in a ticket, and in which words."""

from dataclasses import dataclass

from founder_inbox.core.model import Address
from founder_inbox.core.relays import writer
from founder_inbox.store.database import Store
from founder_inbox.store.message_columns import read_people


@dataclass(frozen=True, slots=True)
class Voices:
    """How many mails a ticket has, whether we wrote one, and its customers' addresses, folded."""

    messages: int = 0
    answered: bool = False
    customers: frozenset[str] = frozenset()


def voices_of_ticket(store: Store, key: int, count_to: int) -> Voices:
    """Who has spoken in a ticket; its mails are counted up to a number. Cheap however long it is.

    The customers are asked for apart (`customers_of_ticket`): few mails need to know them.
    """
    row = store.row(
        """
        select (select count(*) from (select 1 from message where ticket = ?1 limit ?2)) as n,
               exists (select 1 from message where ticket = ?1 and direction = 'out'
                          and role in ('us', 'internal', 'teammate', 'customer')) as answered
        """,
        key,
        count_to,
    )
    return Voices(row["n"], bool(row["answered"])) if row else Voices()


def customers_of_ticket(store: Store, key: int) -> frozenset[str]:
    """The addresses of a ticket's customers, folded; reads all of its mails."""
    rows = store.rows(
        "select distinct sender_address, reply_to from message "
        "where ticket = ? and role = 'customer'",
        key,
    )
    return frozenset(
        writer(Address("", row["sender_address"]), read_people(row["reply_to"])).address.casefold()
        for row in rows
    )


def was_there(store: Store, ticket: int, address: str) -> bool:
    """Whether a mail of a ticket came from this address or went to it; reads all of its mails."""
    rows = store.rows(
        "select sender_address, reply_to, recipients_to, recipients_cc from message "
        "where ticket = ?",
        ticket,
    )
    wanted = address.casefold()
    for row in rows:
        people = (
            person
            for column in ("reply_to", "recipients_to", "recipients_cc")
            for person in read_people(row[column])
        )
        there = {row["sender_address"], *(person.address for person in people)}
        if wanted in {one.casefold() for one in there}:
            return True
    return False


def texts_sent_in_ticket(store: Store, key: int) -> list[str]:
    """What we wrote in a ticket, with how it is signed: the best help to tell quotes apart."""
    rows = store.rows(
        "select new_text, signature from message where ticket = ? and direction = 'out'", key
    )
    return [f"{row[0]}\n{row[1]}" for row in rows]
