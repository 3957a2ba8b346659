"""What the syncing process is doing, for the header and for `status`."""

from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.times import from_text_or_none, to_text
from founder_inbox.store.database import Store

_BUSY = frozenset({"connecting", "fetching", "sending"})


@dataclass(frozen=True, slots=True)
class SyncState:
    """`doing` is one of idle, connecting, fetching, sending, offline, refused."""

    pid: int
    doing: str
    progress: str
    synced_at: datetime | None
    error: str | None


def read_sync_state(store: Store) -> SyncState:
    """The present state."""
    row = store.row("select * from sync_state where id = 1")
    if row is None:
        return SyncState(0, "idle", "", None, None)
    return SyncState(
        row["pid"], row["doing"], row["progress"], from_text_or_none(row["synced_at"]), row["error"]
    )


def say(store: Store, pid: int, doing: str, progress: str = "", error: str | None = None) -> None:
    """Say what the syncing process does now."""
    with store.write_again():
        store.run(
            "update sync_state set pid = ?, doing = ?, progress = ?, error = ? where id = 1",
            pid,
            doing,
            progress,
            error,
        )


def say_synced(store: Store, pid: int, now: datetime) -> None:
    """A round ended well."""
    with store.write():
        store.run(
            "update sync_state set pid = ?, doing = 'idle', progress = '', error = null, "
            "synced_at = ? where id = 1",
            pid,
            to_text(now),
        )


def note_stopped(store: Store) -> None:
    """The process that said it was at something has been stopped; what was wrong is still so."""
    if read_sync_state(store).doing not in _BUSY:
        return  # nothing to wait for a lock for: whoever ends a process wants it gone
    with store.write():
        store.run("update sync_state set doing = 'idle', progress = '' where id = 1")


def forget_words(store: Store) -> None:
    """Leave out what the last round had to say; the next one says it again where it still holds."""
    with store.write():
        store.run("update sync_state set progress = '', error = null where id = 1")
