"""Three machines at once on one mailbox, each command a process of its own, and a telephone.

The founder's laptop and desktop, and the teammate's machine at level two, with clocks that differ
by minutes, spells without a line, and SIGKILL at any point. In the end all three show the same.
"""

import collections
import random
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from tests.faults.invariants import HOUR, decide, sync, wrong_here
from tests.faults.program import Running
from tests.faults.switch import Order
from tests.faults.world import Machine, World, message_id
from tests.servers.dovecot import DovecotServer
from tests.servers.smtp import SmtpServer

# Who has which level, and by how many minutes whose clock is wrong.
SEATS = {"laptop": (1, 0), "desktop": (1, 6), "teammate": (2, -4)}
FLAGS = (r"\Seen", r"\Flagged", r"\Answered")
LANES = ("urgent", "howto", "feature", "thanks")
ROUNDS = (3, 6)
MOST_POINTS = 120
# Beyond any pause before another try, and any look for the copy in Sent.
HOURS_AT_REST = 3


class Table:
    """Three machines side by side, for as long as the block runs."""

    def __init__(self, dovecot: DovecotServer, smtp: SmtpServer, folder: Path) -> None:
        self.dovecot = dovecot
        self.smtp = smtp
        self._folder = folder
        self._stack = ExitStack()
        self.machines: dict[str, Machine] = {}

    def __enter__(self) -> Self:
        for name in SEATS:
            folder = self._folder / name
            folder.mkdir()
            machine = Machine(self.dovecot, self.smtp, folder)
            self.machines[name] = self._stack.enter_context(machine)
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()


class Trio:
    """One mailbox, three machines, and a die."""

    def __init__(self, table: Table, seed: int) -> None:
        self.dice = random.Random(seed)
        self.story = [f"seed {seed}"]
        self.smtp = table.smtp
        table.smtp.reset()
        account, teammate = table.dovecot.user(), table.dovecot.user()
        self.worlds: list[World] = []
        for name, (level, minutes) in SEATS.items():
            world = table.machines[name].seat(f"script-{seed}", account, teammate, level)
            world.ahead = minutes * 60.0
            self.worlds.append(world)
        self._offline = dict.fromkeys(SEATS, 0)
        self._tokens = 0

    def play(self) -> None:
        """All sit down, work at the same time, and go on."""
        for _ in range(3):
            self.worlds[0].arrive()
        for world in self.worlds:
            sync(world)
        for _ in range(self.dice.randint(*ROUNDS)):
            begun = [self._begin(*pair) for pair in zip(SEATS, self.worlds, strict=True)]
            self._elsewhere()
            for world, what, running in begun:
                world.ended.append(running.wait())
                self.story.append(f"{what} -> {world.ended[-1].code} {world.ended[-1].err[-200:]}")

    def _begin(self, name: str, world: World) -> tuple[World, str, Running]:
        """The next command there, perhaps with its end in it."""
        if self._offline[name] == 0 and self.dice.random() < 0.2:
            self._offline[name] = self.dice.randint(1, 3)
        self._offline[name] = max(self._offline[name] - 1, 0)
        arguments, stdin = self._command(world, online=self._offline[name] == 0)
        place = self.dice.randint(1, MOST_POINTS) if self.dice.random() < 0.3 else 0
        running = world.start(*arguments, order=Order(at=place), stdin=stdin)
        return world, f"{name}: {' '.join(arguments)}, killed at {place}", running

    def _command(self, world: World, *, online: bool) -> tuple[Sequence[str], str]:
        known = world.tickets()
        if not known or (online and self.dice.random() < 0.4):
            return (("sync",) if online else ("list",)), ""
        ticket = self.dice.choice(known)
        self._tokens += 1
        token = f"token{self._tokens:03d}x"
        commands: list[tuple[str, ...]] = [
            ("close", ticket),
            ("reopen", ticket),
            ("snooze", ticket, "in 3 days"),
            ("lane", ticket, self.dice.choice(LANES)),
            ("tag", ticket, self.dice.choice(["vip", "billing"])),
            ("note", ticket, f"Remember {token}, please."),
            ("undo",),
        ]
        if online:
            commands += [("reply", ticket, "--body-file", "-", "--json")] * 2
            commands += [("handoff", ticket, "--note", "Please look."), ("takeback", ticket)]
        chosen = self.dice.choice(commands)
        return chosen, f"It works again, {token}.\n" if chosen[0] == "reply" else ""

    def _elsewhere(self) -> None:
        """A customer writes, or a telephone reads, flags or answers, while they work."""
        world = self.worlds[0]
        if self.dice.random() < 0.5:
            known = list(world.ledger.mails)
            world.arrive(answers=self.dice.choice(["", *known]))
        client = world.account.client()
        client.select_folder("INBOX")
        uids = client.search()
        if uids:
            client.add_flags([self.dice.choice(uids)], [self.dice.choice(FLAGS)], silent=True)
        client.logout()

    def settle(self) -> None:
        """Everybody has their rounds, in turns; what must be asked is asked once."""
        for _ in range(HOURS_AT_REST):
            self._all_sync()
        while sum(decide(world) for world in self.worlds):
            assert self.worlds[0].ahead < 40 * HOUR, "a mail that never leaves"
            self._all_sync()
        for _ in range(HOURS_AT_REST):
            self._all_sync()

    def _all_sync(self) -> None:
        for world in self.worlds:
            sync(world)
            world.ahead += HOUR

    def wrong(self) -> Iterator[str]:
        """What is not as it must be. Call `settle` first."""
        for name, world in zip(SEATS, self.worlds, strict=True):
            world.ledger.mails = self.worlds[0].ledger.mails
            yield from (f"{name}: {sentence}" for sentence in wrong_here(world))
        first, *others = [_shown(world) for world in self.worlds]
        for name, other in zip(list(SEATS)[1:], others, strict=True):
            yield from (f"laptop and {name}: {words}" for words in _differences(first, other))
        lying = collections.Counter(
            message_id(mail.raw)
            for folder in ("INBOX", "Sent", "Archive")
            for mail in self.worlds[0].on_server(folder)
        )
        yield from (f"{name} lies there {n} times" for name, n in lying.items() if n > 1)
        came = collections.Counter(message_id(mail.content) for mail in self.smtp.received)
        yield from (f"{name} left {n} times" for name, n in came.items() if n > 1)

    def close(self) -> None:
        """Nobody works here any more."""
        self.worlds[0].account.close()
        self.worlds[0].teammate.close()


def _shown(world: World) -> dict[str, Any]:
    """What `show --json` says of every ticket; drafts stay where they were typed."""
    return {
        ticket: world.run("show", ticket, "--json").json | {"draft": None}
        for ticket in world.tickets()
    }


def _differences(one: dict[str, Any], other: dict[str, Any]) -> Iterator[str]:
    for name in sorted(one.keys() ^ other.keys()):
        yield f"only one has ticket {name}"
    for name in sorted(one.keys() & other.keys()):
        a, b = one[name], other[name]
        yield from (f"{name} {key}: {_unlike(a[key], b[key])}" for key in a if a[key] != b[key])


def _unlike(one: object, other: object) -> str:
    """Of two lists only what is not in both."""
    if not (isinstance(one, list) and isinstance(other, list)):
        return f"{one!r} / {other!r}"
    here = [entry for entry in one if entry not in other]
    there = [entry for entry in other if entry not in one]
    return f"{here!r} / {there!r}" if here or there else "another order"


def run_trio(table: Table, seed: int) -> list[str]:
    """Play one; what is wrong afterwards, with its story first. Nothing is: an empty list."""
    trio = Trio(table, seed)
    try:
        trio.play()
        trio.settle()
        found = list(trio.wrong())
    finally:
        trio.close()
    return [*trio.story, *(f"WRONG: {sentence}" for sentence in found)] if found else []
