"""The way back from a backup. What is there now is set aside, never thrown away."""

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from founder_inbox.app.data.own_files import CONFIG, PutBack, put_back
from founder_inbox.app.reading.forgetting import follow_forgotten
from founder_inbox.app.syncing.sync_process import SYNC_LOCK
from founder_inbox.core.tickets.outbox import OutboxState
from founder_inbox.errors import CannotWrite, NotFound
from founder_inbox.store import backup as copies
from founder_inbox.store import outbox
from founder_inbox.store.database import Store, open_store
from founder_inbox.store.erasing import clean_file
from founder_inbox.store.forgotten import ForgottenLine, lines_of, take_over, work_left
from founder_inbox.store.settings import new_machine
from founder_inbox.store.waiting import adopt_waiting
from founder_inbox.system.files import write_whole
from founder_inbox.system.locks import hold
from founder_inbox.system.paths import APP_LOCK, Paths

_ON_ITS_WAY = (OutboxState.HELD, OutboxState.QUEUED, OutboxState.SENDING)
_MAY_HAVE_LEFT = (
    "It waited here when the backup was made, and may have left since. It is looked for in Sent "
    "and is not sent again by itself."
)
_BESIDE = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, where the database that was there now lies, and what became of the files.

    `uncertain`: replies that were on their way when the backup was made.
    """

    contents: copies.Contents
    set_aside: Path | None
    files: PutBack
    uncertain: int


def bring_config(source: Path, place: Path) -> Path | None:
    """On a machine without a configuration: write the backup's; None where there is one.

    Raises NotFound and BadInput for a backup that is no good, CannotWrite.
    """
    if place.exists():
        return None
    if not source.is_file():
        raise NotFound(f"There is no file {source}.")
    copies.verify(source)
    body = copies.own_files(source).get(CONFIG)
    return None if body is None else write_whole(place, [body])


def restore(
    paths: Paths, source: Path, now: datetime, tell: Callable[[int, int], None]
) -> Restored:
    """Put a backup in the place of the database.

    It is read through, copied and brought to today's schema before anything is moved. Raises
    NotFound, BadInput when it is no good, AlreadyRunning when the app or a sync is at work, and
    CannotWrite; then all is as it was.
    """
    if not source.is_file():
        raise NotFound(f"There is no file {source}.")
    contents = copies.verify(source)
    with hold(paths.data / APP_LOCK, "The app"), hold(paths.data / SYNC_LOCK, "The sync"):
        beside = paths.data / "restoring"
        shutil.rmtree(beside, ignore_errors=True)
        try:
            uncertain = _prepare(
                source, beside / paths.database.name, _who_was_forgotten(paths), now, tell
            )
            set_aside = _swap(beside / paths.database.name, paths.database, now)
        except OSError as error:
            raise CannotWrite(
                f"{paths.data} can't be written: {error.strerror}. Your database is as it was."
            ) from error
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    return Restored(contents, set_aside, put_back(paths, copies.own_files(source)), uncertain)


def _prepare(
    source: Path,
    copy: Path,
    forgotten: Sequence[ForgottenLine],
    now: datetime,
    tell: Callable[[int, int], None],
) -> int:
    copies.copy_file(source, copy, tell)
    store = open_store(copy)
    try:
        with store.write():
            adopt_waiting(store, *new_machine(store))
            uncertain = _doubt_what_waited(store, now)
            take_over(store, forgotten)
            follow_forgotten(store, now)
        if work_left(store):
            clean_file(store)
        return uncertain
    finally:
        store.close()


def _who_was_forgotten(paths: Paths) -> Sequence[ForgottenLine]:
    """Whoever was forgotten since the backup stays so, where the database can be read."""
    if not paths.database.exists():
        return ()
    with suppress(CannotWrite):
        store = open_store(paths.database)
        try:
            return lines_of(store)
        finally:
            store.close()
    return ()


def _doubt_what_waited(store: Store, now: datetime) -> int:
    """Nothing that waited may leave by itself: it may have left between backup and restore."""
    waited = [item for state in _ON_ITS_WAY for item in outbox.items_in_state(store, state)]
    for item in waited:
        outbox.move_item(store, item.id, OutboxState.UNCERTAIN, now, answer=_MAY_HAVE_LEFT)
    return len(waited)


def _swap(new: Path, place: Path, now: datetime) -> Path | None:
    """The new file takes its place; returns where the one before lies now, if there was one."""
    aside = place.with_name(f"{place.stem}-before-{now:%Y%m%d-%H%M%S}{place.suffix}")
    there = place.exists()
    if there:
        # Linked first: whenever this is cut off, what was there is whole under one of its names.
        for ending in _BESIDE:
            if (part := place.with_name(place.name + ending)).exists():
                os.link(part, aside.with_name(aside.name + ending))
    for ending in _BESIDE[1:]:
        place.with_name(place.name + ending).unlink(missing_ok=True)
    new.replace(place)
    return aside if there else None
