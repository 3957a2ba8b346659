"""What the server has still to be told: a queue that survives being offline and crashes."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from founder_inbox.core.times import to_text
from founder_inbox.store.database import Store
from founder_inbox.store.message_columns import OLDEST_FIRST

MOST_ATTEMPTS = 10
# So long the founder is told that the server would not do something.
SAID_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do on the server, resolved to a place when it is done."""

    id: int
    raw: int | None
    outbox: int | None
    kind: str
    target: str
    attempts: int


@dataclass(frozen=True, slots=True)
class UntoldAction:
    """An act that the server would not do, and its words."""

    kind: str
    target: str
    subject: str
    answer: str


def queue_seen(store: Store, ticket: int, now: datetime, messages: int | None = None) -> int:
    """Mark a ticket's mails as read here and queue the same for the server; returns how many.

    With `messages` only so many of the oldest: what came after them was not before anybody's eyes.
    """
    # By its number and not by that of the row: the list of the oldest is made once for all.
    oldest = f"select id from message where ticket = {ticket:d} order by {OLDEST_FIRST}"  # noqa: S608 - numbers
    limit = "" if messages is None else f" and message.id in ({oldest} limit {messages:d})"
    return _queue_flag(store, ticket, "seen", "seen = 1", "location.seen = 0", now, limit)


def queue_answered(store: Store, ticket: int, now: datetime) -> int:
    """Queue the answered flag for the mails of a ticket that we have answered."""
    return _queue_flag(store, ticket, "answered", "answered = 1", "location.answered = 0", now)


def queue_flagged(store: Store, ticket: int, on: bool, now: datetime) -> int:
    """Queue the flag, our sign for a quick fix, on or off."""
    kind = "flagged" if on else "unflagged"
    return _queue_flag(
        store, ticket, kind, f"flagged = {on:d}", f"location.flagged = {not on:d}", now
    )


def queue_sent_copy(store: Store, outbox: int, now: datetime, not_before: datetime) -> None:
    """Queue the look into Sent, and the copy if the server didn't make one."""
    with store.write():
        store.run(
            "insert into action (outbox, kind, created_at, not_before) "
            "values (?, 'append_sent', ?, ?)",
            outbox,
            to_text(now),
            to_text(not_before),
        )


def due_actions(store: Store, now: datetime, limit: int = 200) -> list[Action]:
    """What may be done now, in the order it was asked for.

    What was asked of a mail later waits for what was asked of it before.
    """
    rows = store.rows(
        """
        select * from action where state = 'queued' and not_before <= ? and not exists (
                 select 1 from action as earlier
                  where earlier.raw = action.raw and earlier.id < action.id
                    and earlier.state = 'queued' and earlier.not_before > ?)
         order by id limit ?
        """,
        to_text(now),
        to_text(now),
        limit,
    )
    return [_action(row) for row in rows]


def wait_no_longer(store: Store, latest: datetime) -> int:
    """Try again at `latest` what was put off beyond that while the clock was ahead; how many."""
    with store.write():
        return store.changed(
            "update action set not_before = ? where state = 'queued' and not_before > ?",
            to_text(latest),
            to_text(latest),
        )


def finish_action(store: Store, action: int, answer: str | None = None) -> None:
    """The server has done it, or there is nothing left to do it on (`answer` says so)."""
    with store.write():
        store.run("update action set state = 'done', answer = ? where id = ?", answer, action)


def claim_action(store: Store, action: int) -> bool:
    """Count an attempt before it is made; False when it was taken back meanwhile.

    After a crash it is known that it may have happened.
    """
    with store.write():
        return bool(
            store.changed(
                "update action set attempts = attempts + 1 where id = ? and state = 'queued'",
                action,
            )
        )


def retry_action(store: Store, action: Action, answer: str, not_before: datetime) -> bool:
    """It did not work this time. After ten times it is given up, and the answer is False."""
    goes_on = action.attempts + 1 < MOST_ATTEMPTS
    with store.write():
        store.run(
            "update action set state = ?, answer = ?, not_before = ? where id = ?",
            "queued" if goes_on else "failed",
            answer,
            to_text(not_before),
            action.id,
        )
    return goes_on


def wait_until(store: Store, action: int, moment: datetime) -> None:
    """It is too early; that was no attempt."""
    with store.write():
        store.run(
            "update action set attempts = attempts - 1, not_before = ? where id = ?",
            to_text(moment),
            action,
        )


def put_off_action(store: Store, action: int, answer: str, not_before: datetime) -> None:
    """The line broke under it: that says nothing about it, but others go first."""
    with store.write():
        store.run(
            "update action set answer = ?, not_before = ? where id = ?",
            answer,
            to_text(not_before),
            action,
        )


def give_up_action(store: Store, action: int, answer: str) -> None:
    """The server will never do it; `doctor` shows it."""
    with store.write():
        store.run("update action set state = 'failed', answer = ? where id = ?", answer, action)


def try_again(store: Store, now: datetime) -> int:
    """Ask the server once more for what it would not do; returns how many acts that are."""
    with store.write():
        return store.changed(
            "update action set state = 'queued', attempts = 0, not_before = ? "
            "where state = 'failed'",
            to_text(now),
        )


def untold_actions(store: Store, now: datetime) -> list[UntoldAction]:
    """What the server would not do in the last days, newest first: it differs from what we show."""
    rows = store.rows(
        """
        select action.kind, action.target, action.answer, message.subject from action
          left join raw on raw.id = action.raw left join message on message.id = raw.message
         where action.state = 'failed' and action.created_at > ? order by action.id desc
        """,
        to_text(now - SAID_FOR),
    )
    return [
        UntoldAction(row["kind"], row["target"], row["subject"] or "", row["answer"] or "")
        for row in rows
    ]


def count_untold(store: Store, now: datetime) -> int:
    """How many changes the server would not take in the last days."""
    row = store.row(
        "select count(*) as n from action where state = 'failed' and created_at > ?",
        to_text(now - SAID_FOR),
    )
    return int(row["n"]) if row else 0


def count_actions(store: Store, state: str) -> int:
    """How many actions are in a state."""
    row = store.row("select count(*) as n from action where state = ?", state)
    return int(row["n"]) if row else 0


def queue(store: Store, ticket: int, kind: str, target: str, needed: str, now: datetime) -> int:
    """Queue an act for each mail of a ticket that lies where `needed`, a constant of ours, says."""
    with store.write():
        return store.changed(
            f"""
            insert into action (raw, kind, target, created_at, not_before)
            select distinct raw.id, ?, ?, ?, ?
              from message join raw on raw.message = message.id
              join location on location.raw = raw.id
              join mailbox on mailbox.id = location.mailbox
             where message.ticket = ? and location.gone_at is null and {needed}
            """,  # noqa: S608 - see above
            kind,
            target,
            to_text(now),
            to_text(now),
            ticket,
        )


def _queue_flag(
    store: Store, ticket: int, kind: str, change: str, needed: str, now: datetime, limit: str = ""
) -> int:
    which = f"message.direction = 'in'{limit}"
    with store.write():
        queued = queue(store, ticket, kind, "", f"{needed} and {which}", now)
        if queued:
            # `change` and `which` are put together from the constants above.
            store.run(
                f"update location set {change} where raw in "  # noqa: S608 - see above
                "(select raw.id from raw join message on message.id = raw.message "
                f"where message.ticket = ? and {which})",
                ticket,
            )
    return queued


def _action(row: sqlite3.Row) -> Action:
    return Action(row["id"], row["raw"], row["outbox"], row["kind"], row["target"], row["attempts"])
