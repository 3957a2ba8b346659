"""Disks that are full, databases that are read-only, locked, cut short or damaged."""

import random
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.faults.conftest import SEED
from tests.faults.invariants import explain, settle
from tests.faults.program import Ended
from tests.faults.switch import Order
from tests.faults.world import World

BROKEN = ("Traceback", "went wrong inside")
Full = Callable[[World], Iterator[Order]]


def no_more_pages(world: World) -> Iterator[Order]:
    """SQLite itself says that there is no room."""
    yield Order(pages=world.rows("pragma page_count")[0][0])


def no_longer_files(world: World) -> Iterator[Order]:
    """The kernel writes the beginning, and then no more."""
    yield Order(file_bytes=2_000)


def a_small_disk(world: World) -> Iterator[Order]:
    """A real one of two megabytes, filled to the brim; only root can have one."""
    moved = world.folder / "moved"
    world.data.rename(moved)
    world.data.mkdir(mode=0o700)
    disk = ["mount", "-t", "tmpfs", "-o", "size=4m,mode=0700", "tmpfs", str(world.data)]
    if subprocess.run(disk, capture_output=True, check=False).returncode:
        world.data.rmdir()
        moved.rename(world.data)
        yield from no_more_pages(world)
        return
    try:
        shutil.copytree(moved, world.data, dirs_exist_ok=True)
        filler = world.data / "filler"
        with filler.open("wb", buffering=0) as file:
            try:
                while file.write(b"x" * 4_096):
                    pass
            except OSError:
                pass
        filler.chmod(0o600)
        yield Order()
        filler.unlink()
        shutil.rmtree(moved)
        shutil.copytree(world.data, moved)
    finally:
        subprocess.run(["umount", str(world.data)], check=True)
        world.data.rmdir()
        moved.rename(world.data)


def fine(ended: Ended, *codes: int) -> None:
    assert ended.code in codes, ended
    assert not any(words in ended.err for words in BROKEN), ended


@pytest.mark.parametrize("way", [no_more_pages, no_longer_files, a_small_disk])
def test_on_a_full_disk_reading_goes_on_writing_says_so_and_with_room_all_is_well(
    world: World, way: Full
) -> None:
    world.arrive()
    assert world.run("sync").code == 0
    [ticket] = world.tickets()
    world.note(ticket, "token1x")
    with contextmanager(way)(world) as order:
        for _ in range(40):
            world.arrive()
        fine(world.run("list", "--json", order=order), 0)
        fine(world.run("show", ticket, order=order), 0)
        fine(world.run("status", order=order), 0)
        full = world.run("sync", order=order)
        fine(full, 73)
        assert "Make room" in full.err
        fine(world.run("note", ticket, "x" * 9_000, order=order), 73)
        fine(world.run("doctor", order=order), 0, 1, 73)
        world.ended.clear()

    settle(world)
    explain(world, way.__name__)


def test_a_database_that_may_only_be_read_is_read_and_nothing_is_claimed(world: World) -> None:
    world.arrive()
    assert world.run("sync").code == 0
    [ticket] = world.tickets()
    order = Order(read_only=True)

    fine(world.run("list", order=order), 0)
    fine(world.run("show", ticket, order=order), 0)
    for refused in (
        world.note(ticket, "token1x", order),
        world.reply(ticket, "token2x", order=order),
        world.run("close", ticket, order=order),
        world.run("sync", order=order),
    ):
        fine(refused, 73)
        assert "right to write" in refused.err
    assert world.machine.smtp.received == []

    settle(world)
    explain(world, "read-only")


def test_a_database_that_somebody_else_holds_is_said_in_words(world: World) -> None:
    world.arrive()
    assert world.run("sync").code == 0
    [ticket] = world.tickets()
    soon = Order(set={"founder_inbox.store.database:BUSY_SECONDS": 0.1})
    with closing(sqlite3.connect(world.database, isolation_level=None)) as other:
        other.execute("begin immediate")
        locked = world.note(ticket, "token1x", soon)
        read = world.run("show", ticket, order=soon)

    fine(locked, 73)
    assert "locked" in locked.err
    fine(read, 0)
    settle(world)
    explain(world, "locked")


def cut_to(share: float) -> Callable[[Path, random.Random], None]:
    def damage(path: Path, _dice: random.Random) -> None:
        size = path.stat().st_size
        with path.open("r+b") as file:
            file.truncate(int(size * share))

    return damage


def flip_bytes(path: Path, dice: random.Random) -> None:
    with path.open("r+b") as file:
        size = path.stat().st_size
        for _ in range(200):
            file.seek(dice.randrange(100, size))
            file.write(bytes([dice.randrange(256)]))


def blank_pages(path: Path, dice: random.Random) -> None:
    with path.open("r+b") as file:
        size = path.stat().st_size
        for _ in range(8):
            file.seek(dice.randrange(1, size // 4_096) * 4_096)
            file.write(bytes(4_096))


@pytest.mark.parametrize(
    "damage",
    [cut_to(0), cut_to(0.001), cut_to(0.3), cut_to(0.9), flip_bytes, blank_pages],
    ids=["empty", "stub", "third", "most", "bytes", "pages"],
)
def test_a_damaged_database_is_said_in_words_and_the_server_gives_all_back(
    world: World, damage: Callable[[Path, random.Random], None]
) -> None:
    dice = random.Random(SEED)
    first = world.arrive()
    world.arrive(answers=first)
    world.arrive()
    assert world.run("sync").code == 0
    ticket = world.tickets()[0]
    for beside in world.data.glob("inbox.db-*"):
        beside.unlink()
    damage(world.database, dice)

    for arguments in (
        ("list", "--status", "all"),
        ("show", ticket),
        ("search", "export"),
        ("status",),
        ("doctor",),
        ("note", ticket, "Words"),
        ("sync",),
        ("export", "--format", "json"),
        ("backup", str(world.folder / "copy.db")),
    ):
        ended = world.run(*arguments)
        fine(ended, 0, 1, 65, 66, 73)
        assert ended.code == 0 or ended.err.strip() or ended.out.strip(), ended

    aside = world.folder / "aside"
    aside.mkdir()
    for path in world.data.glob("inbox.db*"):
        path.rename(aside / path.name)
    world.ended.clear()
    settle(world)
    explain(world, "a new database beside the damaged one")
