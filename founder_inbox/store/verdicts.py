"""What was said first about where a mail stands: the same on every machine.

Lines of the kind `sorted` fill the table `sorted_mail` by a trigger, the lowest id first.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable
from datetime import datetime

from founder_inbox.core.tickets.journal import Json
from founder_inbox.core.times import to_text_or_none
from founder_inbox.store.database import Store

SORTED_TABLES = (
    """
    create table sorted_mail ( -- where mails stand, as the first machine that sorted them said
        mail text primary key,               -- as message.key; the mail may not be here yet
        event text not null,                 -- the line that says so: the lowest id counts
        lane text not null,                  -- as message.lane
        topic text,                          -- as message.topic
        reasons text not null,               -- as message.lane_reasons
        sure integer not null,               -- as message.lane_sure
        settled integer not null default 0   -- 1: the message was made equal to it, if it is here
    ) strict, without rowid
    """,
    "create index sorted_mail_unsettled on sorted_mail(mail) where settled = 0",
    """
    create trigger mails_sorted after insert on event when new.kind = 'sorted' begin
        insert into sorted_mail (mail, event, lane, topic, reasons, sure)
        select json_extract(value, '$.mail'), new.id, json_extract(value, '$.lane'),
               json_extract(value, '$.topic'), json_extract(value, '$.reasons'),
               json_extract(value, '$.sure')
          from json_each(new.data, '$.mails') where true
            on conflict (mail) do update
           set event = excluded.event, lane = excluded.lane, topic = excluded.topic,
               reasons = excluded.reasons, sure = excluded.sure, settled = 0
         where excluded.event < sorted_mail.event;
    end
    """,
)


def follow_lines(store: Store, messages: Iterable[int]) -> None:
    """Let these customers' mails stand where the journal says. Inside `write()`."""
    rows = store.rows(
        f"""
        select {_SAID} from json_each(?) join message on message.id = value
          join sorted_mail on mail = message.key where {_STANDS_ELSEWHERE}
        """,  # noqa: S608 - our own words
        json.dumps(list(messages)),
    )
    _follow(store, rows)


def follow_new_lines(store: Store) -> set[int]:
    """The same for every mail that new lines are about; returns the tickets. Inside `write()`."""
    rows = store.rows(
        f"""
        select {_SAID} from sorted_mail cross join message on mail = message.key
         where settled = 0 and {_STANDS_ELSEWHERE}
        """  # noqa: S608 - our own words
    )
    _follow(store, rows)
    store.run("update sorted_mail set settled = 1 where settled = 0")
    return {row["ticket"] for row in rows}


def unsaid_verdicts(
    store: Store, messages: Collection[int], quiet_before: datetime | None
) -> list[dict[str, Json]]:
    """Where those of these customers' mails stand that no line is about, as a line says it.

    Without mails from before that moment in closed tickets: nobody will look at their lane.
    """
    rows = store.rows(
        """
        select message.key, message.lane, message.topic, message.lane_reasons,
               message.lane_sure
          from json_each(?) join message on message.id = value
          join ticket on ticket.key = message.ticket
         where message.role = 'customer' and message.direction = 'in'
           and (ticket.status <> 'closed' or message.at >= ?)
           and message.key not in (select mail from sorted_mail)
         order by message.key
        """,
        json.dumps(list(messages)),
        to_text_or_none(quiet_before) or "",
    )
    return [
        {
            "mail": row["key"],
            "lane": row["lane"],
            "topic": row["topic"],
            "reasons": json.loads(row["lane_reasons"]),
            "sure": bool(row["lane_sure"]),
        }
        for row in rows
    ]


_SAID = """message.id, message.ticket, sorted_mail.lane, sorted_mail.topic,
               sorted_mail.reasons, sorted_mail.sure"""
_STANDS_ELSEWHERE = """message.role = 'customer' and message.direction = 'in'
           and (message.lane, message.topic, message.lane_reasons, message.lane_sure) is not
               (sorted_mail.lane, sorted_mail.topic, sorted_mail.reasons, sorted_mail.sure)"""


def _follow(store: Store, rows: Iterable[sqlite3.Row]) -> None:
    for row in rows:
        reasons = json.dumps(json.loads(row["reasons"]), ensure_ascii=False)
        store.run(
            "update message set lane = ?, topic = ?, lane_reasons = ?, lane_sure = ? where id = ?",
            row["lane"],
            row["topic"],
            reasons,
            row["sure"],
            row["id"],
        )
