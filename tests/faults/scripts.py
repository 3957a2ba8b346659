"""Random scripts: what a founder, other mail programs, servers, lines, disks and clocks do.

A script is chosen by its seed alone; every sentence of its story says what was done and how it
ended, so that a failure can be read, and run again with `python -m tests.faults --seed N`.
"""

import fcntl
import random
import signal
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing

from imapclient import IMAPClient

from tests.faults.invariants import HOUR, settle, wrong
from tests.faults.program import Ended, Running
from tests.faults.switch import Order
from tests.faults.wire import Act, Trouble, Way
from tests.faults.world import IMPATIENT, JOURNAL, Machine, World, message_id

STEPS = (4, 8)
# Lines no server should say, or not then; none of them is a mail's.
JUNK = (
    b"* OK still here\r\n",
    b"* OK [ALERT] The cellar is full\r\n",
    b"* 5 FETCH (FLAGS (\\Deleted))\r\n",
    b"* 0 RECENT\r\n",
    b"* BYE Too busy\r\n",
    b"* BAD what\r\n",
    b"* (((((((((\r\n",
    b"\xff\xfe\x00\x9b31m\r\n",
    b"+ go on\r\n",
    b"\r\n",
    b'* LIST () "/" "../../../etc/passwd"\r\n',
    b"* STATUS INBOX (UIDNEXT 4294967295)\r\n",
    b"* FLAGS ()\r\n",
    b"* 1 FETCH (UID 99999 FLAGS (\\Seen))\r\n",
    b"A1 OK done long ago\r\n",
    b"* ENABLED\r\n",
    b'* OK [CAPABILITY IMAP4rev1 X"] look\r\n',
)
TRASH = "Trash"
# About as many points as these have; a place beyond the last one is no trouble.
MOST_POINTS = {"sync": 70, "full": 90, "reply": 36, "handoff": 48}


class Script:
    """One world and a die."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.dice = random.Random(seed)
        self.story: list[str] = [f"seed {seed}"]
        self.locked: threading.Timer | None = None
        self._tokens = 0

    def play(self) -> None:
        """Do all of it."""
        for _ in range(self.dice.randint(1, 4)):
            self.world.arrive()
        self._tell("sync", self.world.run("sync"))
        for _ in range(self.dice.randint(*STEPS)):
            if self.dice.random() < 0.4:
                self.happen()
            else:
                self.act()

    # What happens elsewhere.

    def happen(self) -> None:
        """Something on the server, or to the clock."""
        events: list[Callable[[], object]] = [self.world.arrive] * 3
        events += [self.customer_answers] * 3 + [self.flag, self.flag, self.expunge, self.move]
        events += [self.copy, self.renumber, self.drop_mailbox, self.rename_mailbox, self.clock]
        event = self.dice.choice(events)
        try:
            done = event()
        except IMAPClient.Error as refused:  # the mailbox was renamed or removed before
            done = str(refused)
        self.story.append(f"{event.__name__} {done or ''}")

    def customer_answers(self) -> str:
        """Somebody answers a mail of theirs, or of ours."""
        known = [message_id(mail.content) for mail in self.world.machine.smtp.received]
        known += list(self.world.ledger.mails)
        return self.world.arrive(answers=self.dice.choice(known)) if known else "nothing"

    def _pick(self, client: IMAPClient, folder: str) -> int:
        """A mail in that folder, opened for writing; 0 where there is none."""
        if not client.folder_exists(folder):
            return 0
        client.select_folder(folder)
        uids = client.search("ALL")
        return int(self.dice.choice(uids)) if uids else 0

    def flag(self) -> str:
        client = self.world.account.connection()
        uid = self._pick(client, "INBOX")
        flags = self.dice.sample([r"\Seen", r"\Flagged", r"\Answered"], 2)
        if uid:
            client.set_flags([uid], flags)
        client.unselect_folder()
        return f"{uid} {flags}"

    def expunge(self) -> str:
        """Another mail program removes a mail: the ticket keeps it if we had seen it."""
        client = self.world.account.connection()
        uid = self._pick(client, "INBOX")
        if uid:
            self._may_be_unknown(client, uid)
            client.delete_messages([uid], silent=True)
            client.expunge([uid])
        client.unselect_folder()
        return str(uid)

    def move(self) -> str:
        client = self.world.account.connection()
        uid = self._pick(client, "INBOX")
        to = self.dice.choice(["Archive", TRASH])
        if uid:
            self._may_be_unknown(client, uid)
            client.move([uid], to)
        client.unselect_folder()
        return f"{uid} to {to}"

    def copy(self) -> str:
        """The same mail a second time: still one message."""
        client = self.world.account.connection()
        uid = self._pick(client, "INBOX")
        if uid:
            client.copy([uid], "INBOX")
        client.unselect_folder()
        return str(uid)

    def renumber(self) -> str:
        """A mailbox that is made anew from a backup: other UIDs, another UIDVALIDITY."""
        client = self.world.account.connection()
        name = self.dice.choice(["Sent", "Archive", JOURNAL])
        if not client.folder_exists(name):
            return "nothing"
        client.rename_folder(name, "old")
        client.create_folder(name)
        client.select_folder("old")
        uids = client.search("ALL")
        self.dice.shuffle(uids)
        for uid in uids:
            client.copy([uid], name)
        client.unselect_folder()
        client.delete_folder("old")
        return name

    def drop_mailbox(self) -> str:
        name = self.dice.choice(["Archive", "Sent", "Junk", JOURNAL])
        client = self.world.account.connection()
        if name == "Sent":
            self.world.ledger.copies_lost = True
        client.delete_folder(name)
        return name

    def rename_mailbox(self) -> str:
        name = self.dice.choice(["Archive", "Sent"])
        client = self.world.account.connection()
        if name == "Sent":
            self.world.ledger.copies_lost = True
        client.rename_folder(name, f"{name} of old {len(self.story)}")
        return name

    def clock(self) -> str:
        """It is put right, or wrong."""
        self.world.ahead += self.dice.choice([-30, -3, -1 / 60, 1 / 60, 1, 3, 26]) * HOUR
        self.world.latest = max(self.world.latest, self.world.ahead)
        return f"{self.world.ahead:.0f}"

    def _may_be_unknown(self, client: IMAPClient, uid: int) -> None:
        raw = client.fetch([uid], ["BODY.PEEK[]"])[uid][b"BODY[]"]
        self.world.ledger.maybe.add(message_id(raw))

    # What the founder does, and what goes wrong with it.

    def act(self) -> None:
        """One command under one trouble."""
        kind = self.dice.choice(
            ["sync"] * 6 + ["reply"] * 4 + ["note", "note", "close", "tag", "lane", "handoff"]
            + ["takeback", "undo", "reopen", "retry", "full", "list", "snooze", "trash"]
        )  # fmt: skip
        known = self.world.tickets(everything=self.dice.random() < 0.5)
        known = known or self.world.tickets()
        if not known and kind not in {"sync", "full", "undo", "list"}:
            kind = "sync"
        ticket = self.dice.choice(known) if known else ""
        order, words = self.trouble(kind)
        ended = self._do(kind, ticket, order)
        self.locked = None
        wires = (self.world.machine.imap_wire, self.world.machine.smtp_wire)
        for wire in wires:
            wire.trouble = None
        self._tell(f"{kind} {ticket} under {words}", ended)

    def _do(self, kind: str, ticket: str, order: Order) -> Ended:
        world = self.world
        self._tokens += 1
        token = f"token{self._tokens:03d}x"
        if kind == "note":
            return world.note(ticket, token, order)
        if kind == "reply":
            more = ["--close"] if self.dice.random() < 0.4 else []
            return world.reply(ticket, token, *more, order=order)
        commands = {
            "full": ("sync", "--full"),
            "close": ("close", ticket),
            "reopen": ("reopen", ticket),
            "tag": ("tag", ticket, "later"),
            "lane": ("lane", ticket, self.dice.choice(["thanks", "urgent", "howto", "feature"])),
            "handoff": ("handoff", ticket, "--note", "Please look."),
            "takeback": ("takeback", ticket),
            "snooze": ("snooze", ticket, "tomorrow"),
            "trash": ("delete", ticket),
            "retry": ("outbox", "send"),
        }
        arguments = commands.get(kind, (kind,))
        if self.beside:
            return self._beside(world.start(*arguments, order=order), ticket)
        if self.suspended:
            return self._suspend(world.start(*arguments, order=order))
        return world.run(*arguments, order=order)

    suspended = False
    beside = False

    def _beside(self, running: Running, ticket: str) -> Ended:
        """The founder does something else meanwhile; a process that stands still goes on then."""
        stopped = running.wait_stopped()
        token = f"token{self._tokens:03d}y"
        other = self.world.start(
            *("reply", ticket, "--body-file", "-", "--json"),
            stdin=f"And {token}.\n",
            program=self.world.machine.second,
        )
        if stopped is None:
            running.go_on()
        ended = stopped or running.wait()
        second = other.wait()
        self.world.ledger.replies[token] = second.out.startswith("{")
        self._tell(f"beside it: reply {ticket}", second)
        self.world.ended += [ended, second]
        return ended

    def _suspend(self, running: Running) -> Ended:
        """The lid is shut in the middle; the world goes on."""
        ended = running.wait_stopped()
        if ended is None:
            self.happen()
            if self.dice.random() < 0.5:
                self.world.machine.imap_wire.hang_up()
                self.world.machine.smtp_wire.hang_up()
            running.go_on()
            ended = running.wait()
        self.world.ended.append(ended)
        return ended

    def trouble(self, kind: str) -> tuple[Order, str]:
        """What goes wrong with the next command."""
        self.suspended = self.beside = False
        talks = kind in {"sync", "full", "reply", "handoff", "retry"}
        choices = [self._nothing, self._kill, self._kill, self._kill, self._fail, self._full]
        choices += [self._lock, self._pages, self._files, self._leap]
        choices += [self._line] * 8 + [self._lid] * 2 if talks else []
        choices += [self._two] * 4 if kind in {"sync", "full", "close", "lane"} else []
        return self.dice.choice(choices)(kind)

    def _nothing(self, _kind: str) -> tuple[Order, str]:
        return Order(), "no trouble"

    def _place(self, kind: str) -> int:
        return self.dice.randint(
            1, {"sync": 70, "full": 90, "reply": 36, "handoff": 48}.get(kind, 9)
        )

    def _kill(self, kind: str) -> tuple[Order, str]:
        place = self._place(kind)
        return Order(at=place, act="kill"), f"SIGKILL at point {place}"

    def _fail(self, kind: str) -> tuple[Order, str]:
        place = self._place(kind)
        return Order(at=place, act="fail", set=IMPATIENT), f"a failure at point {place}"

    def _full(self, kind: str) -> tuple[Order, str]:
        place = self._place(kind)
        return Order(at=place, act="full"), f"failing from point {place}"

    def _lid(self, kind: str) -> tuple[Order, str]:
        self.suspended = kind not in {"reply", "note"}
        place = self._place(kind)
        return Order(at=place, act="stop", set=IMPATIENT), f"SIGSTOP at point {place}"

    def _two(self, kind: str) -> tuple[Order, str]:
        self.beside = bool(self.world.tickets())
        place = self._place(kind)
        return Order(at=place, act="stop"), f"another process from point {place}"

    def _leap(self, kind: str) -> tuple[Order, str]:
        place, leap = self._place(kind), self.dice.choice([-26, -1, 1, 26]) * HOUR
        return Order(leap_at=place, leap=leap), f"a clock that leaps {leap:.0f} s at point {place}"

    def _pages(self, _kind: str) -> tuple[Order, str]:
        pages = self.world.rows("pragma page_count")[0][0] + self.dice.randint(0, 4)
        return Order(pages=pages), f"a database that may have {pages} pages"

    def _files(self, _kind: str) -> tuple[Order, str]:
        size = self.dice.choice([0, 1_000, 20_000, 100_000]) + 1
        return Order(file_bytes=size), f"files of at most {size} bytes"

    def _lock(self, _kind: str) -> tuple[Order, str]:
        """Another process is at the database, for a moment."""
        seconds = self.dice.choice([0.02, 0.15])
        if self.dice.random() < 0.5:
            file = (self.world.data / "inbox.lock").open("rb")
            fcntl.flock(file, fcntl.LOCK_EX)
            threading.Timer(seconds, file.close).start()
            return Order(), f"a lock for {seconds} s"
        with closing(sqlite3.connect(self.world.database, check_same_thread=False)) as other:
            other.execute("pragma journal_mode = wal")
        holder = sqlite3.connect(self.world.database, check_same_thread=False, isolation_level=None)
        holder.execute("begin immediate")
        threading.Timer(seconds, holder.close).start()
        return Order(), f"somebody else's transaction for {seconds} s"

    def _line(self, kind: str) -> tuple[Order, str]:
        machine = self.world.machine
        to_smtp = kind in {"reply", "handoff", "retry"} or self.dice.random() < 0.2
        wire = machine.smtp_wire if to_smtp else machine.imap_wire
        act = self.dice.choice(list(Act))
        way = self.dice.choice(list(Way))
        sealed = act is Act.GARBLE or self.dice.random() < 0.2
        junk = b""
        if act is Act.JUNK:
            way, sealed, junk = Way.DOWN, False, self.dice.choice(JUNK)
            if to_smtp:
                junk = self.dice.choice([b"250-hello\r\n", b"\xff\xfe\r\n"])
        if act is Act.DRIP:
            sealed = False
        lengths = {Way.UP: 700, Way.DOWN: 4_000} if not to_smtp else {Way.UP: 1_600, Way.DOWN: 400}
        at = self.dice.randrange(lengths[way])
        wire.trouble = Trouble(act, way, at, sealed, junk)
        name = "SMTP" if to_smtp else "IMAP"
        return Order(set=IMPATIENT), f"{name}: {wire.trouble}"

    def _tell(self, what: str, ended: Ended) -> None:
        end = signal.Signals(-ended.code).name if ended.code < 0 else str(ended.code)
        said = (ended.err.strip().splitlines() or [""])[-1]
        self.story.append(f"{what} -> {end} {said[:300]}")


def run_script(machine: Machine, seed: int) -> list[str]:
    """Play one; what is wrong afterwards, with its story first. Nothing is: an empty list."""
    with machine.world(f"script-{seed}") as world:
        script = Script(world, seed)
        script.play()
        settle(world)
        if found := wrong(world):
            return [*script.story, *(f"WRONG: {sentence}" for sentence in found)]
    return []
