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
        with candidate as (
          -- Two short lists: whose turn it is not, and what was told before.
          select location.id
            from ticket join message on message.ticket = ticket.key
            join raw on raw.message = message.id join location on location.raw = raw.id
           where ticket.status in ({marks})
          union select id from location where keywords <> '' and keywords like ?),
        named as (
          select location.id, location.uidvalidity, uid, keywords, ticket.status,
                 ' ' || lower(keywords) || ' ' as has,
                 lower(case ticket.status {named} else '' end) as wanted
            from candidate join location on location.id = candidate.id
            join raw on raw.id = location.raw join message on message.id = raw.message
            join ticket on ticket.key = message.ticket
            join mailbox on mailbox.id = location.mailbox
           where message.direction = 'in' and mailbox.role = 'inbox'
             and location.gone_at is null and location.uidvalidity = mailbox.uidvalidity
             and keywords not like '%\Deleted%')
        select * from named
         where (wanted <> '' and instr(has, ' ' || wanted || ' ') = 0)
            or instr(replace(has, ' ' || wanted || ' ', ' '), ' ' || lower(?)) > 0
         order by id desc limit ?
        """,  # noqa: S608 - only question marks
        *wanted,
        f"%{prefix}%",
        *pairs,
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
