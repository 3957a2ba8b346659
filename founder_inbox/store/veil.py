"""A connection that sees the mailbox as it was at a moment: views of its own before the tables.

`ticket` and `message` without a schema's name mean the temporary views while they hang (SQLite
looks into `temp` first), so every query of `store/` is answered behind the veil without knowing
of it. Writing tickets or messages fails meanwhile; events, drafts and outbox are as ever.
"""

from datetime import datetime

from founder_inbox.core.tickets.facts import TicketState
from founder_inbox.core.times import to_text
from founder_inbox.store.database import Store
from founder_inbox.store.message_columns import OLDEST_FIRST
from founder_inbox.store.tickets import UPDATE_STATE, state_values


def hang(store: Store, moment: datetime) -> list[int]:
    """Hide the mail that came in after `moment`; returns the tickets whose state has to be made.

    Those are the ones where something happened since; `put_state` is wanted for each of them.
    """
    since = to_text(moment)
    signature = _signature(store, since)
    if store.veil == signature:
        return []
    take_down(store)
    if store.veil_kept != signature:
        return _hang_anew(store, since, signature)
    _add_ticket_view(store)
    _add_message_view(store, since)
    store.veil = signature
    return []


def take_down(store: Store) -> None:
    """See everything again; what was worked out is kept for the next time."""
    if store.veil is not None:
        store.connection.execute("drop view if exists temp.ticket")
        store.connection.execute("drop view if exists temp.message")
        store.veil = None


def put_state(store: Store, key: int, state: TicketState) -> None:
    """How a ticket stood then; one that nobody knew of then is not shown at all."""
    if state.opened_at is None:
        store.run("delete from temp.ticket_then where key = ?", key)
    else:
        store.run(
            UPDATE_STATE.replace("update ticket", "update temp.ticket_then"),
            *state_values(state),
            key,
        )


def _hang_anew(store: Store, since: str, signature: tuple[object, ...]) -> list[int]:
    store.connection.execute("drop table if exists temp.ticket_then")
    store.connection.execute(
        f"""
        create temp table ticket_then as
        select * from main.ticket
         where key in (select ticket from main.message where at > :since)
           -- later ones only if the founder began them: what was answered by itself is hidden
           and (opened_at <= :since
                or (select direction from main.message as first
                     where first.ticket = ticket.key
                     order by {OLDEST_FIRST} limit 1) = 'out')
            or id in (select ticket from main.outbox
                       where state in ('held', 'queued', 'sending', 'failed', 'uncertain'))
           and opened_at > :since
           and not exists (select 1 from main.message as any_ where any_.ticket = ticket.key)
        """,  # noqa: S608 - our own columns
        {"since": since},
    )
    store.connection.execute("create unique index temp.ticket_then_key on ticket_then(key)")
    # By key alone, which every index of `ticket` has: lists and counts need not read the rows.
    store.connection.execute("drop table if exists temp.ticket_hidden")
    store.connection.execute("create temp table ticket_hidden (key integer primary key)")
    store.connection.execute(
        "insert into temp.ticket_hidden select key from main.ticket where opened_at > ? "
        "union select key from temp.ticket_then",
        (since,),
    )
    _add_ticket_view(store)
    _add_message_view(store, since)
    store.veil = store.veil_kept = signature
    return [int(row["key"]) for row in store.rows("select key from temp.ticket_then")]


def _add_ticket_view(store: Store) -> None:
    store.connection.execute(
        """
        create temp view ticket as
        select * from main.ticket where key not in (select key from temp.ticket_hidden)
        union all select * from temp.ticket_then
        """
    )


def _add_message_view(store: Store, since: str) -> None:
    # Views take no parameters; `since` comes from `to_text`: digits and a few marks.
    store.connection.execute(
        f"create temp view message as select * from main.message "  # noqa: S608 - as above
        f"where at <= '{since}' or direction = 'out' and role != 'machine'"
    )


def _signature(store: Store, since: str) -> tuple[object, ...]:
    """What the work depends on: the moment, and the newest mail, event and outgoing mail."""
    row = store.row(
        """
        select (select max(id) from main.message) as message, (select max(id) from event) as event,
               (select max(id) from outbox) as outgoing
        """
    )
    return (since, *(tuple(row) if row else ()))
