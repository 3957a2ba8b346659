"""Drafts: every word that was typed and has not been sent, one per ticket."""

from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.times import from_text, to_text
from founder_inbox.store.database import Store


def save_draft(
    store: Store, ticket: str, body: str, now: datetime, *, everyone: bool = False
) -> None:
    """Keep a draft; an empty one is removed. `everyone`: it goes to all people of the mail."""
    with store.write():
        store.run("delete from draft_to_all where draft = ?", ticket)
        if everyone and body.strip():
            store.run("insert into draft_to_all (draft) values (?)", ticket)
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
    """The draft for a ticket, or None. Drafts of merged tickets stand one below the other."""
    rows = store.rows(
        """
        select body from draft where ticket = ?1 or ticket in (
                 select ticket_alias.id from ticket_alias
                   join ticket on ticket.key = ticket_alias.ticket where ticket.id = ?1)
         order by ticket <> ?1, updated_at
        """,
        ticket,
    )
    return "\n\n".join(row["body"] for row in rows) if rows else None


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft by its name; `body` is "" where there are only files."""

    name: str
    body: str
    updated_at: datetime
    files: int


def all_drafts(store: Store) -> list[DraftRow]:
    """Every draft with words or files, the last touched first."""
    rows = store.rows(
        """
        select name, max(body) as body, max(at) as at, sum(files) as files from (
            select ticket as name, body, updated_at as at, 0 as files from draft
            union all
            select draft, '', added_at, 1 from draft_file where outbox is null)
         group by name order by at desc, name
        """
    )
    return [DraftRow(r["name"], r["body"], from_text(r["at"]), r["files"]) for r in rows]


def names_of_drafts(store: Store) -> frozenset[str]:
    """The names of all drafts, for the marks in the list."""
    rows = store.rows(
        "select ticket as name from draft union select draft from draft_file where outbox is null"
    )
    return frozenset(row["name"] for row in rows)


def goes_to_all(store: Store, ticket: str) -> bool:
    """Whether the draft for a ticket was begun to everybody on the mail."""
    return store.row("select 1 from draft_to_all where draft = ?", ticket) is not None


def replace_draft(
    store: Store, ticket: str, body: str, now: datetime, *, everyone: bool = False
) -> None:
    """Keep what became of the text that `draft_of` gave; unchanged it stays as it lies."""
    if body == draft_of(store, ticket) and everyone == goes_to_all(store, ticket):
        return
    with store.write():
        store.run(
            """
            delete from draft where ticket in (
                select ticket_alias.id from ticket_alias
                  join ticket on ticket.key = ticket_alias.ticket where ticket.id = ?)
            """,
            ticket,
        )
        save_draft(store, ticket, body, now, everyone=everyone)


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
