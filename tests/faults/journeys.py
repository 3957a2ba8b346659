"""What founders do, as command lines, each with a beginning and a promise of what must hold.

A journey is run once whole to count its points, and then once for every point, killed there or
with a failure there; what the process left is checked as after any other trouble.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from tests.faults.program import Ended
from tests.faults.switch import Order
from tests.faults.world import World


@dataclass(frozen=True, slots=True)
class Journey:
    """`begin` makes the world ready, `go` is the one command that meets its end.

    `at_least` is how many points it must have: fewer would mean that some are tried no longer.
    `check` says what is wrong besides, as soon as the command has ended.
    """

    name: str
    begin: Callable[[World], None]
    go: Callable[[World, Order], Ended]
    at_least: int
    fresh: bool = False
    check: Callable[[World], str] = lambda _: ""


def _mails(world: World) -> None:
    first = world.arrive()
    world.arrive()
    world.arrive(answers=first)


def _synced(world: World) -> None:
    _mails(world)
    assert world.run("sync").code == 0


def _acted(world: World) -> None:
    """Things to tell the server: a closed ticket, an answer, a flag, a note."""
    _synced(world)
    one, two = world.tickets()
    world.note(one, "token1x")
    assert world.reply(one, "token2x", "--close").code == 0
    assert world.run("quickfix", two).code == 0
    world.arrive()
    world.ahead += 60


def _in_doubt(world: World) -> None:
    """A reply that waits, and one that a killed process left on its way."""
    _synced(world)
    one, two = world.tickets()
    world.reply(one, "token1x", order=Order(at=1, act="fail", kinds=("send",)))
    world.ahead += 3_600
    world.reply(two, "token2x", order=Order(at=9, act="kill", kinds=("send",)))


def _reply(world: World, order: Order) -> Ended:
    return world.reply(world.tickets()[0], "token1x", "--close", order=order)


def _note(world: World, order: Order) -> Ended:
    return world.note(world.tickets()[0], "token1x", order)


def _hand_off(world: World, order: Order) -> Ended:
    return world.run("handoff", world.tickets()[0], "--note", "Please look.", order=order)


def _sync(world: World, order: Order) -> Ended:
    return world.run("sync", order=order)


def _close(world: World, order: Order) -> Ended:
    return world.run("close", *world.tickets(), order=order)


def _backed_up(world: World) -> None:
    """A backup, and words that came after it."""
    _synced(world)
    ticket = world.tickets()[0]
    world.note(ticket, "token1x")
    assert world.run("backup", str(world.folder / "copy.db")).code == 0
    world.note(ticket, "token2x")
    world.ledger.notes["token2x"] = False  # a restore sets them aside


def _back_up(world: World, order: Order) -> Ended:
    return world.run("backup", str(world.folder / "copy.db"), "--replace", order=order)


def _restore(world: World, order: Order) -> Ended:
    return world.run("restore", str(world.folder / "copy.db"), order=order)


def _is_whole_backup(world: World) -> str:
    """Whatever happens to a new backup, the name belongs to a whole one."""
    with closing(sqlite3.connect(world.folder / "copy.db")) as copy:
        words = [data for (data,) in copy.execute("select data from event where kind = 'note'")]
    return "" if any("token1x" in data for data in words) else "the backup is not whole"


def _is_kept_aside(world: World) -> str:
    """What was written after the backup is in the database, or in the one set aside."""
    for file in world.data.glob("inbox*.db"):
        with closing(sqlite3.connect(file)) as found:
            for (data,) in found.execute("select data from event where kind = 'note'"):
                if "token2x" in data:
                    return ""
    return "the words written after the backup are nowhere"


JOURNEYS = (
    Journey("first-start", _mails, _sync, 200, fresh=True),
    Journey("reply", _synced, _reply, 30),
    Journey("note", _synced, _note, 6),
    Journey("close", _synced, _close, 6),
    Journey("handoff", _synced, _hand_off, 40),
    Journey("tell-the-server", _acted, _sync, 100),
    Journey("in-doubt", _in_doubt, _sync, 50),
    Journey("backup", _backed_up, _back_up, 15, check=_is_whole_backup),
    Journey("restore", _backed_up, _restore, 30, check=_is_kept_aside),
)
