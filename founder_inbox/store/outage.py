"""Updates about an outage: who gets which, each person each one once, and what they reported."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.hours.error_lines import error_lines
from founder_inbox.core.outage.matching import Report
from founder_inbox.core.times import from_text, to_text
from founder_inbox.store.database import Store

_MOST = 500


@dataclass(frozen=True, slots=True)
class OutageMail:
    """One person's update. `state` is the outbox's, empty where no mail could be made.

    `answer` is what the server said, or why none could be made.
    """

    round: str
    person: str
    ticket: str
    outbox: int | None
    state: str
    answer: str
    not_before: datetime | None


def add_outage_mail(
    store: Store, round_: str, person: str, ticket: str, outbox: int | None, trouble: str | None
) -> None:
    """Note that this person's update was put into the outbox, or why it was not.

    One that could not be made before is made now. Raises sqlite3.IntegrityError where this person
    has it already. Inside `write()`.
    """
    store.run(
        "delete from outage_mail where round = ? and person = ? and outbox is null", round_, person
    )
    store.run(
        "insert into outage_mail (round, person, ticket, outbox, trouble) values (?, ?, ?, ?, ?)",
        round_,
        person,
        ticket,
        outbox,
        trouble,
    )


def outage_mails(store: Store, rounds: Sequence[str]) -> list[OutageMail]:
    """Everybody's mails of some updates, in the order written."""
    rows = store.rows(
        """
        select round, person, outage_mail.ticket, outage_mail.outbox, trouble, not_before,
               outbox.state, outbox.answer
          from outage_mail left join outbox on outbox.id = outage_mail.outbox
         where round in (select value from json_each(?)) order by outage_mail.rowid
        """,
        json.dumps(list(rounds)),
    )
    return [
        OutageMail(
            row["round"],
            row["person"],
            row["ticket"],
            row["outbox"],
            row["state"] or "",
            row["answer"] or row["trouble"] or "",
            from_text(row["not_before"]) if row["not_before"] else None,
        )
        for row in rows
    ]


def reports_since(store: Store, since: datetime) -> list[Report]:
    """The latest customer's mail since a moment of each ticket that is not done, oldest first."""
    rows = store.rows(
        """
        select ticket.id as name, wrote.at, wrote.sender_address, wrote.topic, wrote.lane_reasons,
               substr(wrote.new_text, 1, 4000) as words, max(wrote.at) as latest
          from message as wrote join ticket on ticket.key = wrote.ticket
         where wrote.at > ? and wrote.role = 'customer' and ticket.status <> 'closed'
         group by ticket.key order by latest limit ?
        """,
        to_text(since),
        _MOST,
    )
    return [
        Report(
            row["name"],
            row["sender_address"],
            from_text(row["at"]),
            row["topic"] == "outage",
            tuple(str(reason) for reason in json.loads(row["lane_reasons"])),
            error_lines(row["words"]),
        )
        for row in rows
    ]
