"""Which mails in the inbox carry another keyword than their ticket's status asks for."""

from collections.abc import Mapping
from dataclasses import dataclass

from founder_inbox.core.model import Status
from founder_inbox.store.database import Store


@dataclass(frozen=True, slots=True)
class Tagged:
    """A customer's mail in the inbox: its row there, its UID, its keywords, its ticket's status."""

    location: int
    uidvalidity: int
    uid: int
    keywords: str
    status: Status


def to_tell(store: Store, wanted: Mapping[Status, str], prefix: str, limit: int) -> list[Tagged]:
    """Mails that lack their ticket's keyword, or have one of ours that is another's."""
    named = " ".join("when ? then ?" for _ in wanted)
    marks = ", ".join("?" for _ in wanted)
    pairs = [text for pair in wanted.items() for text in pair]
    rows = store.rows(
        rf"""
        with named as (
          select location.id, location.uidvalidity, uid, keywords, ticket.status,
                 ' ' || lower(keywords) || ' ' as has,
                 lower(case ticket.status {named} else '' end) as wanted
            from ticket join message on message.ticket = ticket.key
            join raw on raw.message = message.id join location on location.raw = raw.id
            join mailbox on mailbox.id = location.mailbox
           where (ticket.status in ({marks}) or location.id in (
                    select id from location where keywords like ? and gone_at is null))
             and message.direction = 'in' and mailbox.role = 'inbox'
             and location.gone_at is null and location.uidvalidity = mailbox.uidvalidity
             and keywords not like '%\Deleted%')
        select * from named
         where (wanted <> '' and instr(has, ' ' || wanted || ' ') = 0)
            or instr(replace(has, ' ' || wanted || ' ', ' '), ' ' || lower(?)) > 0
         order by id desc limit ?
        """,  # noqa: S608 - only question marks
        *pairs,
        *wanted,
        f"%{prefix}%",
        prefix,
        limit,
    )
    return [
        Tagged(row["id"], row["uidvalidity"], row["uid"], row["keywords"], Status(row["status"]))
        for row in rows
    ]


def note_keywords(store: Store, location: int, keywords: str) -> None:
    """What the server was told is what we know."""
    with store.write():
        store.run("update location set keywords = ? where id = ?", keywords, location)
