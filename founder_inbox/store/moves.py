"""Moving mails on the server: what is asked for, what is taken back, and where they lie then."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.times import from_text, to_text
from founder_inbox.store.actions import queue
from founder_inbox.store.database import Store

# The mailboxes a mail is moved out of, by where it goes; what lies elsewhere was put there by hand.
SOURCES = {"archive": ("inbox",), "trash": ("inbox", "archive"), "junk": ("inbox", "archive")}
_NOT_DELETED = "location.keywords not like '%\\Deleted%'"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mail lies on the server."""

    mailbox: str
    role: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class WantedMail:
    """What tells a mail from others. `message_id` may be one that we made up ourselves."""

    message_id: str
    subject: str
    size: int
    received_at: datetime


def queue_move(store: Store, ticket: int, target: str, now: datetime) -> int:
    """Queue a move of a ticket's mails to the mailbox with the role `target`; returns how many.

    A move that brings a mail back and has not begun is dropped first: the two cancel out.
    """
    with store.write():
        _cancel(store, ticket, "return", SOURCES)
        roles = ", ".join(f"'{role}'" for role in SOURCES[target])
        needed = f"mailbox.role in ({roles}) and {_NOT_DELETED}"
        return queue(store, ticket, "move", target, needed, now)


def queue_return(store: Store, ticket: int, roles: Collection[str], now: datetime) -> int:
    """Take back a ticket's moves to mailboxes with these roles; returns how many mails it is about.

    What the server was not told yet is dropped, the rest is queued to come back to the inbox.
    """
    with store.write():
        cancelled = _cancel(store, ticket, "move", roles)
        moved = _last_moves(store, ticket, roles)
        for raw, target in moved:
            store.run(
                "insert into action (raw, kind, target, created_at, not_before) "
                "values (?, 'return', ?, ?, ?)",
                raw,
                target,
                to_text(now),
                to_text(now),
            )
    return cancelled + len(moved)


def _cancel(store: Store, ticket: int, kind: str, roles: Collection[str]) -> int:
    """Drop moves that nobody has begun: beginning one is counted before it is done."""
    marks = ", ".join("?" for _ in roles)
    return store.changed(
        f"""
        update action set state = 'cancelled' where kind = ? and state = 'queued'
           and attempts = 0 and target in ({marks}) and raw in (
               select raw.id from raw join message on message.id = raw.message
                where message.ticket = ?)
        """,  # noqa: S608 - only question marks
        kind,
        *roles,
        ticket,
    )


def _last_moves(store: Store, ticket: int, roles: Collection[str]) -> list[tuple[int, str]]:
    """Raw mails whose last move, done or begun, went to one of these roles."""
    marks = ", ".join("?" for _ in roles)
    rows = store.rows(
        f"""
        select raw, target from action where id in (
               select max(action.id) from action join raw on raw.id = action.raw
                 join message on message.id = raw.message
                where message.ticket = ? and action.kind in ('move', 'return')
                  and action.state in ('queued', 'done') group by action.raw)
           and kind = 'move' and target in ({marks})
        """,  # noqa: S608 - only question marks
        ticket,
        *roles,
    )
    return [(int(row["raw"]), str(row["target"])) for row in rows]


def wanted_mail(store: Store, raw: int) -> WantedMail | None:
    """What tells a mail from others, to look for it where it may have gone."""
    row = store.row(
        "select message_id, subject, size, received_at from raw "
        "join message on raw.message = message.id where raw.id = ?",
        raw,
    )
    if row is None:
        return None
    arrived = from_text(row["received_at"])
    return WantedMail(row["message_id"], row["subject"], row["size"], arrived)


def places_of(store: Store, raw: int) -> list[Place]:
    """Where a mail lies now."""
    rows = store.rows(
        r"""
        select mailbox.name, mailbox.role, location.uidvalidity, location.uid
          from location join mailbox on mailbox.id = location.mailbox
         where location.raw = ? and location.gone_at is null
           and location.uidvalidity = mailbox.uidvalidity
           and location.keywords not like '%\Deleted%'
         order by mailbox.id, location.uid
        """,
        raw,
    )
    return [Place(row["name"], row["role"], row["uidvalidity"], row["uid"]) for row in rows]


def note_moved(
    store: Store, raw: int, place: Place, now: datetime, *, still_marked: bool = False
) -> None:
    """A mail has left its place; `still_marked`: it stands there, marked as deleted."""
    change = "gone_at = ?1"
    if still_marked:  # counted as what the server has, and never again as where the mail lies
        change = r"keywords = trim(keywords || ' \Deleted')"
    with store.write():
        store.run(
            f"""
            update location set {change} where raw = ?2 and uidvalidity = ?3 and uid = ?4
               and mailbox = (select id from mailbox where name = ?5) and gone_at is null
            """,  # noqa: S608 - one of the two above
            to_text(now),
            raw,
            place.uidvalidity,
            place.uid,
            place.mailbox,
        )


def note_arrived(store: Store, raw: int, name: str, role: str, uidvalidity: int, uid: int) -> None:
    """The server said where a moved mail lies now; a mailbox renumbered meanwhile is left alone."""
    with store.write():
        # What is moved to the inbox or out of it is not looked at again from the beginning.
        store.run(
            "insert or ignore into mailbox (name, role, uidvalidity, uidnext) values (?, ?, ?, ?)",
            name,
            role,
            uidvalidity,
            uid + 1,
        )
        store.run(
            """
            insert into location (mailbox, uidvalidity, uid, raw, seen)
            select id, uidvalidity, ?1, ?2,
                   coalesce((select seen from location where raw = ?2 order by id desc limit 1), 1)
              from mailbox where name = ?3 and uidvalidity = ?4
            on conflict do update set raw = excluded.raw, gone_at = null, keywords = ''
            """,
            uid,
            raw,
            name,
            uidvalidity,
        )
