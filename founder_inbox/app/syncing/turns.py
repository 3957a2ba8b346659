"""A command's turn with the server: one process at a time, the syncing one or this one."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from founder_inbox.app.logins import open_imap
from founder_inbox.app.sending.outbox import settle_interrupted
from founder_inbox.app.sending.send import SendReport, deliver_due
from founder_inbox.app.syncing.forgetting import finish_file
from founder_inbox.app.syncing.parts import bring_parts
from founder_inbox.app.syncing.share import share_journal
from founder_inbox.app.syncing.sync import (
    SyncReport,
    connect,
    prepare,
    say_offline,
    sync_round,
    tend_forgotten,
)
from founder_inbox.app.syncing.sync_process import SYNC_LOCK
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.tickets.outbox import OutboxState
from founder_inbox.errors import (
    AlreadyRunning,
    CannotWrite,
    FounderInboxError,
    LoginRefused,
    ServerUnreachable,
)
from founder_inbox.store.forgotten import work_left
from founder_inbox.store.outbox import OutboxItem, due_items, outbox_item
from founder_inbox.store.parts import PartState, part_row
from founder_inbox.store.sharing import knows_others
from founder_inbox.store.sync_state import read_sync_state, say
from founder_inbox.system import clock
from founder_inbox.system.locks import hold

PATIENCE = 15.0
_LOOK_EVERY = 0.2
_WAITING = frozenset({OutboxState.HELD, OutboxState.QUEUED})
Now = Callable[[], datetime]


def sync_lock(ws: Workspace) -> Path:
    """The file whose lock says who talks with the server."""
    return ws.paths.data / SYNC_LOCK


def sync_once(ws: Workspace, now: Now, *, full: bool) -> SyncReport:
    """One round, start to end. Raises AlreadyRunning, LoginRefused and ServerUnreachable."""
    with hold(sync_lock(ws), "The sync"):
        prepare(ws, now())
        try:
            session = connect(ws)
            try:
                report = sync_round(ws, session, now, full=full)
            except BaseException:  # an interrupt, too: a goodbye in the middle would only wait
                session.drop()
                raise
            session.close()
            return report
        except (LoginRefused, ServerUnreachable) as error:
            say_offline(ws, error, "refused" if isinstance(error, LoginRefused) else "offline")
            raise


def deliver_now(
    ws: Workspace, numbers: Sequence[int], now: Now, patience: float = PATIENCE
) -> FounderInboxError | None:
    """Hand over what is due, or wait until the syncing process has done so with `numbers`.

    Returns what was in the way of the server, if anything; the mails then wait and are tried
    again. Gives up waiting after `patience` seconds.
    """
    deadline = clock.monotonic() + patience
    while True:
        try:
            with hold(sync_lock(ws), "The sync"):
                settle_interrupted(ws.store, now())
                return _deliver(ws, numbers, now).trouble
        except AlreadyRunning:
            if _settled(ws, numbers) or clock.monotonic() >= deadline:
                return None
        clock.wait(_LOOK_EVERY)


def _deliver(ws: Workspace, numbers: Sequence[int], now: Now) -> SendReport:
    """Send, and where there are other machines ask and tell them: two must not answer one mail."""
    if not (ws.config.journal.share and knows_others(ws.store) and due_items(ws.store, now())):
        return deliver_due(ws, now, named=numbers)
    try:
        session = open_imap(ws)
    except FounderInboxError:  # what they did is not known then, and the mail need not wait
        return deliver_due(ws, now, named=numbers)
    try:
        share_journal(ws, session, now)
        report = deliver_due(ws, now, named=numbers)
        share_journal(ws, session, now)
    except ServerUnreachable:
        session.drop()
        return deliver_due(ws, now, named=numbers)
    session.close()
    return report


def bring_now(
    ws: Workspace,
    numbers: Sequence[int],
    progress: Callable[[], object],
    patience: float = PATIENCE,
) -> FounderInboxError | None:
    """Fetch the parts that are wanted, or wait until the syncing process has, with `numbers`.

    Returns what was in the way of the server, if anything. `progress` is called as pieces come;
    `patience` is how long the syncing process may bring nothing, in seconds.
    """
    deadline, got = clock.monotonic() + patience, -1
    while True:
        try:
            with hold(sync_lock(ws), "The sync"):
                return _bring(ws, progress)
        except AlreadyRunning as busy:
            found = [row for number in numbers if (row := part_row(ws.store, number))]
            if not any(row.state is PartState.WANTED for row in found):
                return None
            if sum(row.got for row in found) != got:
                deadline, got = clock.monotonic() + patience, sum(row.got for row in found)
                progress()
            if clock.monotonic() >= deadline:
                error = read_sync_state(ws.store).error
                return ServerUnreachable(error) if error else busy
        clock.wait(_LOOK_EVERY)


def _bring(ws: Workspace, progress: Callable[[], object]) -> FounderInboxError | None:
    try:
        session = connect(ws)
        try:
            bring_parts(ws, session, session.roles(), progress)
        except ServerUnreachable:
            session.drop()
            raise
        session.close()
    except (LoginRefused, ServerUnreachable) as error:
        say_offline(ws, error, "refused" if isinstance(error, LoginRefused) else "offline")
        return error
    say(ws.store, 0, "idle")
    return None


def forget_now(ws: Workspace, now: Now, patience: float = PATIENCE) -> FounderInboxError | None:
    """Do the server's part of forgetting, or wait until the syncing process has; then the file's.

    Returns what was in the way of the server, if anything: its part waits then.
    """
    deadline, trouble = clock.monotonic() + patience, None
    while any(work.on_server for work in work_left(ws.store)):
        try:
            with hold(sync_lock(ws), "The sync"):
                trouble = _forget(ws, now)
            break
        except AlreadyRunning as busy:
            trouble = busy
            if clock.monotonic() >= deadline:
                break
        clock.wait(_LOOK_EVERY)
    else:
        trouble = None
    words = finish_file(ws)
    return trouble or (CannotWrite(words) if words else None)


def _forget(ws: Workspace, now: Now) -> FounderInboxError | None:
    try:
        session = connect(ws)
        try:
            share_journal(ws, session, now)
            said = tend_forgotten(ws, session, session.roles(), now)
        except ServerUnreachable:
            session.drop()
            raise
        session.close()
    except (LoginRefused, ServerUnreachable) as error:
        say_offline(ws, error, "refused" if isinstance(error, LoginRefused) else "offline")
        return error
    say(ws.store, 0, "idle")
    return ServerUnreachable(" ".join(said)) if said else None


def _settled(ws: Workspace, numbers: Sequence[int]) -> bool:
    items = (outbox_item(ws.store, number) for number in numbers)
    return all(item is None or _is_settled(item) for item in items)


def _is_settled(item: OutboxItem) -> bool:
    """Whether the syncing process has tried: it is on its way no longer, or waits with a reason."""
    if item.state in _WAITING:
        return item.answer is not None
    return item.state != OutboxState.SENDING
