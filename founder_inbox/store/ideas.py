"""Who votes for an idea, and the ideas' order in their lane."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from founder_inbox.store.database import Store


@dataclass(frozen=True, slots=True)
class Person:
    """A ticket's row and id as they are now, and its customer."""

    key: int
    ticket: str
    name: str
    address: str


def people_in(store: Store, tickets: Sequence[str]) -> dict[str, Person]:
    """The customer of each ticket, by the id given; ids that are gone are left out."""
    rows = store.rows(
        """
        select given.value as given, ticket.key, ticket.id, customer_name, customer_address
          from json_each(?) as given
          left join ticket_alias on ticket_alias.id = given.value
          join main.ticket as ticket
            on ticket.key = coalesce(ticket_alias.ticket,
                                     (select key from main.ticket where id = given.value))
        """,
        json.dumps(list(dict.fromkeys(tickets))),
    )
    return {
        row["given"]: Person(row["key"], row["id"], row["customer_name"], row["customer_address"])
        for row in rows
    }


def write_voters(store: Store, voters: Mapping[int, int]) -> None:
    """How many want what each of these tickets wishes for; every other ticket has none."""
    rows = store.rows("select key, voters from main.ticket where voters > 0")
    before = {row["key"]: row["voters"] for row in rows}
    changed = {key: 0 for key in before if key not in voters}
    changed |= {key: many for key, many in voters.items() if before.get(key, 0) != many}
    if not changed:
        return
    with store.write():
        for key, many in changed.items():
            store.run(
                "update main.ticket set voters = ?1, idea_rank = iif(lane = 'feature', -?1, 0) "
                "where key = ?2",
                many,
                key,
            )
