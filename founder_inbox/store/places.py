"""Mails whose place was lost when the server renumbered a mailbox, and finding them again."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from founder_inbox.core.sync.mailbox import Summary
from founder_inbox.core.times import from_text, to_text
from founder_inbox.store.database import Store
from founder_inbox.store.mailboxes import MailboxRow

Mark = tuple[str, int, datetime]


def forget_uids(store: Store, mailbox: MailboxRow, uidvalidity: int, now: datetime) -> set[int]:
    """The server renumbered the mailbox: old places are gone, mails and texts stay.

    Returns the tickets of mails that lay there unread.
    """
    with store.write():
        unread = store.rows(
            """
            select distinct message.ticket from location join raw on raw.id = location.raw
              join message on message.id = raw.message
             where location.mailbox = ? and location.gone_at is null and location.seen = 0
            """,
            mailbox.id,
        )
        store.run(
            "update location set gone_at = ? where mailbox = ? and gone_at is null",
            to_text(now),
            mailbox.id,
        )
        store.run(
            """
            update mailbox set uidvalidity = ?, uidnext = 1, highestmodseq = 0,
                   checked_at = null
             where id = ?
            """,
            uidvalidity,
            mailbox.id,
        )
    return {row["ticket"] for row in unread}


def lost_mails(store: Store, mailbox: MailboxRow) -> dict[Mark, int]:
    """Mails that lay there under an earlier UIDVALIDITY and lie nowhere there now.

    Their raw rows by Message-ID, size and arrival; what is not unique is left out.
    """
    rows = store.rows(
        """
        select distinct raw.id, raw.size, raw.received_at, message.message_id from location
          join raw on raw.id = location.raw join message on message.id = raw.message
         where location.mailbox = ? and location.uidvalidity <> ?
           and not exists (select 1 from location as other where other.raw = raw.id
                           and other.mailbox = location.mailbox and other.gone_at is null)
        """,
        mailbox.id,
        mailbox.uidvalidity,
    )
    marks = [(row["message_id"], row["size"], from_text(row["received_at"])) for row in rows]
    often = Counter(marks)
    return {mark: row["id"] for mark, row in zip(marks, rows, strict=True) if often[mark] == 1}


def held_mails(store: Store, found: Sequence[Summary]) -> dict[Mark, int]:
    """Which of these mails we hold: raw rows by mark, where Message-ID and size leave no doubt."""
    held: dict[Mark, int] = {}
    for mail in found:
        rows = store.rows(
            """
            select raw.id from raw join message on message.id = raw.message
             where message.message_id = ? and raw.size = ? and raw.complete = 1 limit 2
            """,
            mail.message_id,
            mail.size,
        )
        if mail.message_id and len(rows) == 1:
            held[(mail.message_id, mail.size, mail.received_at)] = int(rows[0]["id"])
    return held


def tickets_at(store: Store, mailbox: MailboxRow, uids: Iterable[int]) -> set[int]:
    """The tickets of mails at these UIDs, as far as the mails were understood before."""
    tickets: set[int] = set()
    for uid in uids:
        row = store.row(
            """
            select message.ticket from location join raw on raw.id = location.raw
              join message on message.id = raw.message
             where mailbox = ? and uidvalidity = ? and uid = ?
            """,
            mailbox.id,
            mailbox.uidvalidity,
            uid,
        )
        tickets |= {row["ticket"]} if row else set()
    return tickets


def place_again(
    store: Store, mailbox: MailboxRow, found: Sequence[Summary], lost: dict[Mark, int]
) -> int:
    """Give lost mails their new UIDs where they are recognised beyond doubt; returns how many.

    Flags are followed everywhere but in Archive: what was read before stays read there.
    """
    marks = [(mail.message_id, mail.size, mail.received_at) for mail in found]
    often = Counter(marks)
    placed = 0
    with store.write():
        for mail, mark in zip(found, marks, strict=True):
            if mark in lost and often[mark] == 1:
                placed += store.changed(
                    """
                    insert into location (mailbox, uidvalidity, uid, raw, seen, answered, flagged,
                                          keywords)
                    values (?1, ?2, ?3, ?4, max(?5, ?9 and coalesce((
                        select seen from location where raw = ?4 order by id desc limit 1), 0)),
                        ?6, ?7, ?8) on conflict do nothing
                    """,
                    mailbox.id,
                    mailbox.uidvalidity,
                    mail.uid,
                    lost[mark],
                    mail.flags.seen,
                    mail.flags.answered,
                    mail.flags.flagged,
                    mail.flags.keywords,
                    mailbox.role == "archive",
                )
    return placed
