"""Drafts: every word that was typed and has not been sent, one per ticket."""

from datetime import datetime

from founder_inbox.core.times import to_text
from founder_inbox.store.database import Store


def save_draft(store: Store, ticket: str, body: str, now: datetime) -> None:
    """Keep a draft; an empty one is removed."""
    with store.write():
        if not body.strip():
            store.run("delete from draft where ticket = ?", ticket)
            return
        store.run(
            "insert into draft (ticket, body, updated_at) values (?, ?, ?) "
            "on conflict (ticket) do update set body = excluded.body, "
            "updated_at = excluded.updated_at",
            ticket,
            body,
            to_text(now),
        )


def draft_of(store: Store, ticket: str) -> str | None:
    """The draft for a ticket, or None."""
    row = store.row("select body from draft where ticket = ?", ticket)
    return None if row is None else str(row["body"])


def count_use(store: Store, name: str, now: datetime) -> None:
    """A canned reply was used once more."""
    with store.write():
        store.run(
            "insert into canned_use (name, uses, used_at) values (?, 1, ?) "
            "on conflict (name) do update set uses = uses + 1, used_at = excluded.used_at",
            name,
            to_text(now),
        )


def uses_of_replies(store: Store) -> dict[str, int]:
    """How often each canned reply was used."""
    return {row["name"]: row["uses"] for row in store.rows("select name, uses from canned_use")}
