"""Mail in: look at each mailbox, fetch in batches, and only then judge what is gone.

What a mailbox has no longer is decided after every mailbox was looked at: a mail that was moved
must not look like a loss in between.
"""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from founder_inbox.app.reading.project import project_tickets
from founder_inbox.app.reading.taken_in import TakenIn
from founder_inbox.app.syncing.archive import follow_archive, is_archive_due
from founder_inbox.app.syncing.elsewhere import Changed
from founder_inbox.app.syncing.fetch import (
    fetch_mails,
    forget_failures,
    recognise_mails,
    still_missing,
)
from founder_inbox.app.syncing.renumbering import Unsteady, row_for
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_line
from founder_inbox.core.sync import plan as sync_plan
from founder_inbox.core.sync.mailbox import Flags
from founder_inbox.core.sync.uids import within
from founder_inbox.mail.imap import ImapSession, Selected, ServerRefused
from founder_inbox.store import mailboxes
from founder_inbox.store.mailboxes import MailboxRow

# Without CONDSTORE only the newest are looked at every time, all of them now and then.
SHALLOW = 400
DEEP_EVERY = timedelta(minutes=10)
# Equal counts prove little: so often all UIDs are compared although nothing seems to have changed.
ALL_THE_SAME = timedelta(days=1)
LOOKS = 3
NONE: frozenset[int] = frozenset()
NOTHING: Callable[[], object] = lambda: None  # noqa: E731 - a name for a callback
Now = Callable[[], datetime]


@dataclass(slots=True)
class Pulled:
    """What came in from a mailbox; summed up over a round."""

    fetched: int = 0
    updated: int = 0
    removed: int = 0
    taken: TakenIn = field(default_factory=TakenIn)
    question: str | None = None
    changed: list[Changed] = field(default_factory=list)

    def add(self, other: "Pulled") -> None:
        """Count another mailbox in."""
        self.fetched += other.fetched
        self.updated += other.updated
        self.removed += other.removed
        self.taken |= other.taken
        self.question = self.question or other.question
        self.changed += other.changed


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at a mailbox, before anything in it is judged gone.

    `server` is None where the answers did not add up. `deep`: all UIDs and flags were compared.
    """

    row: MailboxRow
    selected: Selected
    known: AbstractSet[int]
    server: AbstractSet[int] | None
    deep: bool
    missing: frozenset[int] = NONE


@dataclass(frozen=True, slots=True)
class _Told:
    """What a server told by itself: new UIDs, all of them, and the flags that have changed."""

    new: AbstractSet[int]
    server: AbstractSet[int]
    flags: Mapping[int, Flags]


def pull_mailboxes(
    ws: Workspace,
    session: ImapSession,
    names: Mapping[str, str],
    now: Now,
    *,
    full: bool,
    between: Callable[[], object] = NOTHING,
    archive: str | None = None,
) -> Pulled:
    """Make our picture of mailboxes, by role, equal to the server's. Repeatable at any point.

    Raises ServerUnreachable when the line breaks; what was stored until then stays. A mailbox
    other than the inbox that the server refuses is noted, and the others go on. `between` is
    called after each batch of mails: a long import must not hold up what else there is to do.
    `archive` is looked into when a mail is missing elsewhere, and now and then.
    """
    total = Pulled()
    looks: list[_Look] = []
    for role, name in names.items():
        try:
            pulled, look = _look(ws, session, name, role, now, between, full=full)
        except ServerRefused as refusal:
            if refusal.wait or (role == "inbox" and not isinstance(refusal, Unsteady)):
                raise
            mailboxes.say_trouble(ws.store, name, str(refusal))
            total.question = total.question or str(refusal)
            continue
        total.add(pulled)
        looks += [look] if look else []
    missed = any(look.server is not None and look.known - look.server for look in looks)
    if archive and (full or missed or is_archive_due(ws, archive, now())):
        total.add(_follow(ws, session, archive, now, between))
    for look in looks:
        total.add(_settle(ws, look, now(), confirmed=full))
    return total


def _follow(
    ws: Workspace, session: ImapSession, name: str, now: Now, between: Callable[[], object]
) -> Pulled:
    try:
        fetched = follow_archive(ws, session, name, now, between)
    except ServerRefused as refusal:
        if refusal.wait:
            raise
        mailboxes.say_trouble(ws.store, name, str(refusal))
        return Pulled(question=str(refusal))
    return Pulled(fetched.mails, taken=fetched.taken)


def _look(
    ws: Workspace,
    session: ImapSession,
    name: str,
    role: str,
    now: Now,
    between: Callable[[], object],
    *,
    full: bool,
) -> tuple[Pulled, _Look | None]:
    """Fetch what is new and take over flags; None when nothing has changed at all."""
    selected = session.open(name)
    row = row_for(ws, session, name, role, selected, now(), insists=full)
    unchanged = _is_unchanged(row, selected, mailboxes.count_known(ws.store, row))
    if unchanged and not full and not _is_due(row, now(), ALL_THE_SAME):
        return Pulled(), None
    known = mailboxes.known_uids(ws.store, row)
    deep = full or _is_due(row, now(), DEEP_EVERY)
    told = None if deep else _resync(session, row, selected, known.keys())
    selected, new, server = (
        (selected, told.new, told.server)
        if told is not None
        else _compare(session, row, selected, known.keys(), deep=deep)
    )
    wanted = sync_plan.plan_mailbox(new | known.keys(), known.keys()).fetch
    if full:
        forget_failures(ws, row)
    if row.uidnext == 1 and recognise_mails(ws, session, row, wanted, now()):
        here = mailboxes.known_uids(ws.store, row).keys()
        wanted = tuple(uid for uid in wanted if uid not in here)
    fetched = fetch_mails(ws, session, row, wanted, now, between)
    missing = still_missing(ws, session, row, wanted) if fetched.mails < len(wanted) else NONE
    flags = (
        _flags(session, row, selected, known, deep=deep, full=full) if told is None else told.flags
    )
    updated = _take_over(ws, row, known, flags, now())
    pulled = Pulled(fetched.mails, updated, taken=fetched.taken)
    if role == "inbox":
        pulled.changed.append(_changed(row, known, flags))
    return pulled, _Look(row, selected, known.keys(), server, deep and server is not None, missing)


def _resync(
    session: ImapSession, row: MailboxRow, selected: Selected, known: AbstractSet[int]
) -> _Told | None:
    """Everything that happened, in one answer, where the server can say it and its count agrees.

    None where it can't or does not add up: then its UIDs are listed, as with any other server.
    """
    remembers = 0 < row.highestmodseq <= selected.highestmodseq
    if not session.resyncs or not remembers or row.trouble:
        return None
    changes = session.changes_since(row.highestmodseq)
    if changes is None:
        session.resyncs = False  # it can't spell it; not asked again on this connection
        return None
    server = known | changes.flags.keys()
    server -= within(changes.vanished, server)
    if len(server) != selected.exists:
        return None
    return _Told(server - known, server, changes.flags)


def _compare(
    session: ImapSession,
    row: MailboxRow,
    selected: Selected,
    known: AbstractSet[int],
    *,
    deep: bool,
) -> tuple[Selected, AbstractSet[int], AbstractSet[int] | None]:
    """New UIDs and, where the answers add up, all of them; compared only when there is reason.

    A list that is shorter than the server's own count proves nothing about what is missing in it.
    """
    if not deep and known and not row.trouble:
        new = set(session.uids(row.uidnext)) - known
        if len(known) + len(new) == selected.exists:
            return selected, new, new | known
    for _ in range(LOOKS):
        server = set(session.uids())
        if len(server) == selected.exists:
            return selected, server - known, server
        again = session.open(row.name)  # somebody may have written or removed one meanwhile
        if again.uidvalidity != row.uidvalidity:
            raise ServerRefused(
                f"{_name(row)} was renumbered just now. It is looked at again soon."
            )
        selected = again
    return selected, server - known, None


def _is_unchanged(row: MailboxRow, selected: Selected, known: int) -> bool:
    if selected.highestmodseq == 0 or row.trouble:
        return False
    ours = (row.uidnext, row.highestmodseq, row.messages)
    server = (selected.uidnext, selected.highestmodseq, selected.exists)
    return sync_plan.is_unchanged(ours, server, known)


def _is_due(row: MailboxRow, now: datetime, every: timedelta) -> bool:
    """Whether the last comparison of all UIDs is that long ago."""
    return row.checked_at is None or not timedelta(0) <= now - row.checked_at < every


def _flags(
    session: ImapSession,
    row: MailboxRow,
    selected: Selected,
    known: Mapping[int, Flags],
    *,
    deep: bool,
    full: bool,
) -> Mapping[int, Flags]:
    """The flags as the server has them now, as far as they may have changed.

    A modification sequence that went back means that the server has lost its memory.
    """
    if not known:
        return {}
    if 0 < row.highestmodseq <= selected.highestmodseq and not full:
        return session.flags_since(min(known), row.highestmodseq)
    everything = full or deep or row.highestmodseq or selected.highestmodseq
    return session.flags(sorted(known) if everything else sorted(known)[-SHALLOW:])


def _take_over(
    ws: Workspace,
    row: MailboxRow,
    known: Mapping[int, Flags],
    server: Mapping[int, Flags],
    now: datetime,
) -> int:
    """Take over what other clients did to flags; returns how many mails changed."""
    changed = [uid for uid, flags in server.items() if uid in known and known[uid] != flags]
    tickets: set[int] = set()
    with ws.store.write():
        for uid in changed:
            ticket = mailboxes.set_flags(ws.store, row, uid, server[uid])
            tickets |= {ticket} if ticket is not None else set()
        project_tickets(ws.store, tickets, now)
    return len(changed)


def _changed(row: MailboxRow, known: Mapping[int, Flags], server: Mapping[int, Flags]) -> Changed:
    """What others may have done in the inbox, to be judged when new mail is understood."""
    both = {uid: (known[uid], flags) for uid, flags in server.items() if uid in known}
    return Changed(
        row.name,
        None if row.checked_at is None else row.uidnext,
        tuple(uid for uid, (ours, theirs) in both.items() if ours.flagged != theirs.flagged),
        tuple(uid for uid, (ours, theirs) in both.items() if ours.answered < theirs.answered),
    )


def _settle(ws: Workspace, look: _Look, now: datetime, *, confirmed: bool) -> Pulled:
    """Note what is gone, check that both sides are equal now, and move the bookmark."""
    row, server = look.row, look.server
    trouble: str | None = (
        f"The server counts {look.selected.exists:,} mails and lists another number. "
        "Nothing was removed here; it is compared again with the next sync."
    )
    pulled = Pulled()
    with ws.store.write():
        if server is not None:
            moved = mailboxes.lying_elsewhere(ws.store, row, look.known - server)
            plan = sync_plan.plan_mailbox(server, look.known, moved=moved, confirmed=confirmed)
            gone = mailboxes.mark_gone(ws.store, row, plan.gone, now)
            project_tickets(ws.store, gone, now)
            pulled.removed = len(set(plan.gone) - moved)
            trouble = plan.question or _unequal(ws, look, server)
        pulled.question = f"{_name(row)}: {trouble}" if trouble else None
        _bookmark(ws, look, trouble, now)
    return pulled


def _unequal(ws: Workspace, look: _Look, server: AbstractSet[int]) -> str | None:
    if not look.deep and not look.missing:
        return None
    here = mailboxes.known_uids(ws.store, look.row).keys()
    # What vanished while it was being fetched is nothing to worry about.
    expected = (server & here) | look.missing
    return sync_plan.differences(expected, here)


def _name(row: MailboxRow) -> str:
    return safe_line(row.name, 60)


def _bookmark(ws: Workspace, look: _Look, trouble: str | None, now: datetime) -> None:
    mailboxes.save_mailbox(
        ws.store,
        replace(
            look.row,
            uidnext=look.selected.uidnext,
            highestmodseq=look.selected.highestmodseq,
            messages=look.selected.exists,
            trouble=trouble,
        ),
        now if look.deep else None,
    )
