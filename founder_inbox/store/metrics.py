"""The facts that figures are worked out from, read in portions, so that any mailbox fits."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from founder_inbox.core.metrics.cases import MailFact, TicketFacts
from founder_inbox.core.metrics.time_spent import Act
from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets.facts import Role
from founder_inbox.core.tickets.journal import Event, EventKind
from founder_inbox.core.times import from_text, to_text
from founder_inbox.store.database import Store

PORTION = 500
# Looked up in a table: an Enum's own way is slow, and a year has many mails.
_LANES = {lane.value: lane for lane in Lane}
_ROLES = {role.value: role for role in Role}
_KINDS = {kind.value: kind for kind in EventKind}
# What decides about a ticket's cases; everything else in its journal is left unread.
_DECIDES = (
    EventKind.CLOSED,
    EventKind.TRASHED,
    EventKind.SPAM,
    EventKind.REOPENED,
    EventKind.ELSEWHERE,
    EventKind.LANE,
    EventKind.HANDED_OFF,
    EventKind.MERGED,
    EventKind.SENT,
    EventKind.UNDONE,
)
_NO_WORK = (
    *(EventKind.SENT, EventKind.PASSED_ON, EventKind.AUTO_REPLIED, EventKind.SESSION_ENDED),
    *(EventKind.IMPORTED, EventKind.CLOCK_SET_BACK, EventKind.ELSEWHERE),
)


def tickets_since(store: Store, since: datetime) -> Iterator[TicketFacts]:
    """Every ticket in which something happened since a moment, with all its mails and acts."""
    keys = [
        int(row["key"])
        for row in store.rows(
            "select key from ticket where moved_at >= ? order by key", to_text(since)
        )
    ]
    for start in range(0, len(keys), PORTION):
        yield from _portion(store, keys[start : start + PORTION])


def acts_since(store: Store, since: datetime, actor: str) -> list[Act]:
    """What the founder did on tickets since a moment, and when sessions began, in their order.

    Undone acts were work too, and so was undoing them.
    """
    rows = store.rows(
        """
        select event.at, event.kind, ticket.id, ticket.lane, ticket.customer_address
          from event
          left join ticket_alias on ticket_alias.id = event.ticket
          left join ticket on ticket.key = coalesce(ticket_alias.ticket,
               (select key from ticket as named where named.id = event.ticket))
         where event.at >= ? and event.actor = ?
               and event.kind not in (select value from json_each(?))
               and (ticket.key is not null or event.kind = 'session_started')
         order by event.at
        """,
        to_text(since),
        actor,
        json.dumps(_NO_WORK),
    )
    return [
        Act(from_text(row["at"]), row["id"], Lane(row["lane"]), row["customer_address"].casefold())
        if row["id"] is not None
        else Act(from_text(row["at"]), None)
        for row in rows
    ]


def _portion(store: Store, keys: Sequence[int]) -> Iterator[TicketFacts]:
    wanted = json.dumps(keys)
    mails, events = _mails(store, wanted), _events(store, wanted)
    rows = store.rows(
        """
        select key, id, customer_address, lane, status from ticket
         where key in (select value from json_each(?)) order by key
        """,
        wanted,
    )
    for row in rows:
        yield TicketFacts(
            row["id"],
            row["customer_address"].casefold(),
            Lane(row["lane"]),
            Status(row["status"]),
            mails[row["key"]],
            tuple(events[row["key"]].values()),
        )


def _mails(store: Store, keys: str) -> dict[int, list[MailFact]]:
    rows = store.rows(
        """
        select ticket, message_id, at, role, lane, outbox,
               case when delivery_failed then bounce_of end as undelivered,
               outbox is not null and outbox in (
                   select outbox from outage_mail where outbox is not null) as bulk
          from message where ticket in (select value from json_each(?))
        """,
        keys,
    )
    found: dict[int, list[MailFact]] = defaultdict(list)
    for row in rows:
        fact = MailFact(
            row["message_id"],
            from_text(row["at"]),
            _ROLES[row["role"]],
            _LANES[row["lane"]],
            bool(row["bulk"]),
            row["undelivered"],
        )
        found[row["ticket"]].append(fact)
    return found


def _events(store: Store, keys: str) -> dict[int, dict[str, Event]]:
    """By the ticket they belong to now, under whichever id they were recorded."""
    rows = store.rows(
        """
        with names as (
            select key, id from ticket where key in (select value from json_each(?1))
             union
            select ticket, id from ticket_alias where ticket in (select value from json_each(?1)))
        select names.key as key, event.* from names join event on event.ticket = names.id
         where event.kind in (select value from json_each(?2))
        """,
        keys,
        json.dumps(_DECIDES),
    )
    found: dict[int, dict[str, Event]] = defaultdict(dict)
    for row in rows:
        event = Event(
            row["id"],
            from_text(row["at"]),
            row["actor"],
            row["ticket"],
            _KINDS[row["kind"]],
            json.loads(row["data"]),
        )
        found[row["key"]][event.id] = event
    return found
