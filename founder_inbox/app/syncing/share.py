"""The journal between machines: what is new there comes in, what is new here goes up.

A message counts once, and only if it was appended (core/sharing/foreign.py). A line that goes up
is known to be there when it was read back from there, so a crash at any point repeats at most.
Nothing in the journal moves or deletes mail.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import msgspec

from founder_inbox.app.reading.shared_lines import settle_shared
from founder_inbox.app.sending.claims import claim_what_rules_wrote, give_up_lost
from founder_inbox.app.sending.waiting import tell_of_outbox
from founder_inbox.app.syncing.journal_box import (
    TRY_AGAIN,
    Exchanged,
    read_box,
    save_box,
    shared_now,
)
from founder_inbox.app.syncing.journal_mail import batch_in, is_believed, learn_machines, put_up
from founder_inbox.app.syncing.journal_snapshot import (
    SNAPSHOT_AFTER,
    start_from_snapshot,
    write_snapshot,
)
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.sharing import wire
from founder_inbox.core.sharing.foreign import Origin, origin_of, version_of
from founder_inbox.core.tickets.journal import WELLBEING
from founder_inbox.core.times import to_text
from founder_inbox.errors import FounderInboxError
from founder_inbox.mail.imap import ImapSession, Selected, ServerRefused
from founder_inbox.mail.imap_journal import (
    JournalMail,
    journal_bodies,
    journal_headers,
    journal_name,
    open_journal,
)
from founder_inbox.store import sharing
from founder_inbox.store.events import CLOCK_BEHIND, MOST_CORRECTED
from founder_inbox.store.settings import get_setting, machine_of, set_setting
from founder_inbox.store.sharing import Taken

log = logging.getLogger(__name__)
Now = Callable[[], datetime]

MOST_LINES = 500  # in one message
LARGEST_LINES = 512 * 1024
MOST_AT_ONCE = 20_000  # that go up in one exchange
MOST_NEW = 2_000  # messages that are read in one piece
# Smaller differences are the time that a message takes.
CLOCKS_AGREE = 3


def share_journal(
    ws: Workspace, session: ImapSession, now: Now, *, full: bool = False
) -> Exchanged:
    """Bring both sides together. What the server refuses is said once and tried again later.

    With `full` it is tried now, whatever it said before.

    Raises ServerUnreachable when the line breaks; what did not go up then waits.
    """
    done = Exchanged()
    box = read_box(ws.store)
    if not ws.config.journal.share or (box.rests(now()) and not full):
        return done
    try:
        _exchange(ws, session, now, done)
        save_box(ws.store, shared_now(read_box(ws.store), now()))
    except ServerRefused as refusal:
        if refusal.wait:
            raise
        _note_trouble(ws, str(refusal), now(), done)
    except _NotKept as trouble:
        _note_trouble(ws, str(trouble), now(), done)
    return done


def has_to_go_up(ws: Workspace, now: datetime) -> bool:
    """Whether something was done here since the last exchange that others have to know."""
    if not ws.config.journal.share:
        return False
    _keep_to_oneself(ws)
    claim_what_rules_wrote(ws, now)
    tell_of_outbox(ws, now)
    return sharing.count_unshared(ws.store) > 0


def _keep_to_oneself(ws: Workspace) -> None:
    """How the founder is doing goes nowhere where the configuration says so."""
    if not ws.config.journal.wellbeing:
        sharing.keep_here(ws.store, WELLBEING)


def has_news(ws: Workspace, session: ImapSession) -> bool:
    """Whether other machines have written since the last exchange; opens nothing."""
    box = read_box(ws.store)
    if not ws.config.journal.share or box.trouble:
        return False
    there = session.status(journal_name(session))
    return there is not None and there != (box.uidnext, sharing.count_mails(ws.store))


class _NotKept(FounderInboxError):
    """What was appended could not be read back as it was written."""


def _exchange(ws: Workspace, session: ImapSession, now: Now, done: Exchanged) -> None:
    name = journal_name(session)
    _look(ws, session, name, open_journal(session, name), now, done)
    _keep_to_oneself(ws)
    claim_what_rules_wrote(ws, now())
    tell_of_outbox(ws, now())
    records = sharing.unshared_records(ws.store, MOST_AT_ONCE)
    if records:
        _put_up(ws, session, name, records, now)
        # Read back: only then it is there, whoever else has written meanwhile.
        _look(ws, session, name, session.open(name), now, done)
        left = sharing.unshared_records(ws.store, MOST_AT_ONCE)
        ids = {record["id"] for record in left}
        done.went += sum(record["id"] not in ids for record in records)
        if all(record["id"] in ids for record in records):
            raise _NotKept(
                f"{session.server.host} (IMAP) does not keep the mailbox “{name}” as it was "
                "written. Everything is here, and stays on this machine alone."
            )
    give_up_lost(ws, now())
    write_snapshot(ws, session, name, now)


def _note_trouble(ws: Workspace, trouble: str, now: datetime, done: Exchanged) -> None:
    box = read_box(ws.store)
    words = f"What you do here can't reach your other machines: {trouble}"
    if box.said != trouble:
        log.warning("%s", words)
        done.words.append(words)
    if sharing.knows_others(ws.store):  # nobody could answer a claim now
        set_setting(ws.store, sharing.OTHERS, "")
    until = to_text(now + TRY_AGAIN)
    save_box(ws.store, msgspec.structs.replace(box, trouble=trouble, until=until, said=trouble))


# --- what comes in


def _look(
    ws: Workspace, session: ImapSession, name: str, selected: Selected, now: Now, done: Exchanged
) -> None:
    """Read every message that is new there; note those that are gone."""
    box = read_box(ws.store)
    if selected.uidvalidity != box.uidvalidity:
        if box.uidvalidity:
            log.warning("the journal's mailbox is a new one; everything goes up again")
        sharing.forget_mails(ws.store, None)
        box = msgspec.structs.replace(box, uidvalidity=selected.uidvalidity, uidnext=1)
        box = msgspec.structs.replace(box, snapshot_upto=0)
        save_box(ws.store, box)
    again = sharing.due_again(ws.store, now())
    known = sharing.known_mails(ws.store)
    unchanged = (selected.uidnext, selected.exists) == (box.uidnext, len(known))
    if unchanged and not again:
        return
    uids = session.uids() if selected.exists != len(known) or again else []
    if selected.exists == len(uids):
        gone = sorted(known.keys() - set(uids))
        if gone:
            log.warning(
                "%s of the journal gone; their lines go up again", counted(len(gone), "message")
            )
            sharing.forget_mails(ws.store, gone)
    new = sorted((set(uids) - known.keys()) | (set(again) & set(uids)))
    if len(new) > SNAPSHOT_AFTER and not known:
        came, new = start_from_snapshot(ws, session, box, new, now())
        done.came += came
    for start in range(0, len(new), MOST_NEW):
        _read(ws, session, name, new[start : start + MOST_NEW], now, done)
    box = read_box(ws.store)
    save_box(ws.store, msgspec.structs.replace(box, uidnext=selected.uidnext))


def _read(
    ws: Workspace, session: ImapSession, name: str, uids: Sequence[int], now: Now, done: Exchanged
) -> None:
    mails = {mail.uid: mail for mail in journal_headers(session, uids)}
    judged = {uid: origin_of(m.header, ws.config.addresses) for uid, m in mails.items()}
    ours = [
        m for m in mails.values() if judged[m.uid] is Origin.OURS and _may_be_read(ws, m, now())
    ]
    batches = [(uid, batch_in(ws, uid, raw)) for uid, raw in journal_bodies(session, ours)]
    taken: list[Taken] = []
    with ws.store.write():
        for uid, batch in batches:
            if batch is not None and is_believed(ws, uid, batch, now()):
                taken.append(sharing.take_in(ws.store, uid, batch.records))
                sharing.note_mail(ws.store, uid, "read", _refused_words(batch))
                _learn_clock(ws, mails[uid], batch)
                learn_machines(ws, batch)
                if batch.machine != machine_of(ws.store) and not sharing.knows_others(ws.store):
                    set_setting(ws.store, sharing.OTHERS, "yes")
        for uid, origin in judged.items():
            if origin is Origin.FOREIGN:
                sharing.note_mail(ws.store, uid, "ignored", "it is none of founder-inbox's")
        settle_shared(ws, taken, now())
    done.came += sum(one.lines for one in taken)
    _move_strangers(
        ws, session, name, [u for u, o in judged.items() if o is Origin.DELIVERED], done
    )


def _may_be_read(ws: Workspace, mail: JournalMail, now: datetime) -> bool:
    with ws.store.write():
        if mail.size > wire.LARGEST_MESSAGE:
            sharing.note_mail(ws.store, mail.uid, "ignored", "it is too large")
            return False
        if version_of(mail.header) > wire.VERSION:
            words = "a newer version of founder-inbox wrote it; this one waits for its update"
            sharing.note_mail(ws.store, mail.uid, "later", words, now + timedelta(days=1))
            return False
    return True


def _refused_words(batch: wire.Batch) -> str:
    return f"{counted(batch.refused, 'line')} in it can't be read" if batch.refused else ""


def _learn_clock(ws: Workspace, mail: JournalMail, batch: wire.Batch) -> None:
    """How far the server's clock is ahead of ours, from a message of ours that just arrived."""
    if batch.machine != machine_of(ws.store) or batch.written is None or batch.snapshot:
        return
    ahead = round((mail.received_at - batch.written).total_seconds())
    known = int(get_setting(ws.store, CLOCK_BEHIND) or 0)
    wanted = ahead if abs(ahead) > CLOCKS_AGREE else 0
    if abs(wanted) < MOST_CORRECTED.total_seconds() and abs(wanted - known) > CLOCKS_AGREE:
        set_setting(ws.store, CLOCK_BEHIND, str(wanted))


def _move_strangers(
    ws: Workspace, session: ImapSession, name: str, uids: list[int], done: Exchanged
) -> None:
    """What was delivered there goes to the inbox, where mail belongs; it is never read here."""
    if not uids:
        return
    words = f"{counted(len(uids), 'mail')} had been delivered into the mailbox “{name}”"
    log.warning("%s; moved to the inbox, nothing in it was believed", words)
    session.open_to_write(name)
    session.move(uids, "INBOX")
    box = read_box(ws.store)
    save_box(ws.store, msgspec.structs.replace(box, moved=box.moved + len(uids)))
    if not session.takes_away:
        with ws.store.write():
            for uid in uids:
                sharing.note_mail(
                    ws.store, uid, "ignored", "it was delivered, and copied to the inbox"
                )
    done.words.append(f"{words}. It is in the inbox now; nothing in it was believed.")
    session.open(name)


# --- what goes up


def _put_up(
    ws: Workspace, session: ImapSession, name: str, records: list[wire.Record], now: Now
) -> None:
    for batch in wire.split_batches(records, MOST_LINES, LARGEST_LINES):
        put_up(ws, session, name, batch, now())
