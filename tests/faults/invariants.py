"""What must be true after every trouble, once the line holds and the program has its rounds."""

import collections
import re
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from datetime import timedelta

from founder_inbox.app.reading.project import project_tickets
from founder_inbox.app.workspace import open_workspace
from founder_inbox.system import clock
from tests.faults.program import Ended
from tests.faults.world import SYNCED, World, message_id, sha

# docs/reference.md; a process that is told to end ends by that signal, or with 130.
CODES = frozenset({0, 1, 2, 65, 66, 69, 73, 75, 77, 78, 130, -2, -9, -15, -1})
HOUR = 3_600.0
ROUNDS = (0.0, 30.0)
_NOTHING = ("fetched", "updated", "removed", "sent", "tickets_new", "tickets_updated")
_BROKEN = ("Traceback", "went wrong inside")


def settle(world: World) -> None:
    """The line holds, the clock goes on, the program has its rounds; the founder is asked once."""
    machine = world.machine
    machine.imap_wire.trouble = machine.smtp_wire.trouble = None
    before = max(world.ahead, world.latest - 30 * HOUR)  # what was put off then is due again
    for hours in ROUNDS:
        world.ahead = before + hours * HOUR
        sync(world)
    while decide(world) and world.ahead < before + 40 * HOUR:
        world.ahead += HOUR
        sync(world)
    for _ in range(2):  # the copy in Sent is looked for a little later
        world.ahead += HOUR
        sync(world)


def sync(world: World) -> None:
    """One round, which must come to its end."""
    ended = world.run("sync", "--json")
    assert ended.code == 0, ended


def decide(world: World) -> bool:
    """What the founder is asked about mails that have not left; whether there was anything."""
    rows = world.rows("select id, message_id, state from outbox where state != 'sent'")
    came = {message_id(mail.content) for mail in world.machine.smtp.received}
    for number, name, state in rows:
        known = state == "uncertain" and name in came
        world.run("outbox", "arrived" if known else "retry", str(number))
    return bool(rows)


def wrong(world: World) -> list[str]:
    """Every sentence that is not true. Call `settle` first."""
    found = [*_store(world), *_mails(world), *_words(world), *_replies(world), *_sent(world)]
    found += [*_processes(world), *_files(world), *_derived(world), *_again(world)]
    return found


def wrong_here(world: World) -> list[str]:
    """The sentences that must be true of one of several machines on a mailbox."""
    found = [*_store(world), *_mails(world), *_words(world)]
    return [*found, *_processes(world), *_files(world), *_derived(world)]


def _store(world: World) -> Iterator[str]:
    if world.rows("pragma integrity_check") != [("ok",)]:
        yield "the database is damaged"
    if broken := world.rows("pragma foreign_key_check"):
        yield f"the database points at nothing: {broken}"
    for what, sql in {
        "raw mail that nobody understood": "select id from raw where message is null",
        "a mail that never left": "select id, state, answer from outbox where state != 'sent'",
        "a word for the server still unsaid": "select * from action where state = 'queued'",
        "an unreadable mail": "select * from unreadable",
        "a ticket that is not worked out": "select * from stale",
        "a line of the journal that has not gone up": "select * from journal_unshared",
    }.items():
        if rows := world.rows(sql):
            yield f"{what}: {rows}"


def _mails(world: World) -> Iterator[str]:
    for folder in SYNCED:
        there = {(mail.uid, sha(mail.raw)) for mail in world.on_server(folder)}
        here = world.rows(
            "select uid, sha256 from location join raw on raw.id = raw join mailbox on "
            "mailbox.id = mailbox where name = ? and gone_at is null and "
            "location.uidvalidity = mailbox.uidvalidity",
            folder,
        )
        if len(here) != len(set(here)) or set(here) != there:
            yield f"{folder}: the server has {sorted(there)}, the store {sorted(here)}"
    times = collections.Counter(name for (name,) in world.rows("select message_id from message"))
    for name, raw in world.ledger.mails.items():
        least = int(name not in world.ledger.maybe)
        if not least <= times[name] <= 1:
            yield f"mail {name} is there {times[name]} times"
        kept = world.rows("select count(*) from raw where sha256 = ?", sha(raw))
        if least and kept != [(1,)]:
            yield f"the bytes of {name} are kept {kept} times"
    if doubled := [name for name, number in times.items() if number > 1]:
        yield f"messages that are there more than once: {doubled}"


def _words(world: World) -> Iterator[str]:
    said = [data for (data,) in world.rows("select data from event where kind = 'note'")]
    for token, promised in world.ledger.notes.items():
        times = sum(token in data for data in said)
        if not int(promised) <= times <= 1:
            yield f"the note {token} (stored: {promised}) is there {times} times"
    own = "select body from outbox where then_do in ('wait', 'close')"  # others may quote it
    bodies = [body for (body,) in world.rows(own)]
    bodies += [body for (body,) in world.rows("select body from draft")]
    for token, promised in world.ledger.replies.items():
        times = sum(token in body for body in bodies)
        if not int(promised) <= times <= 1:
            yield f"the reply {token} (stored: {promised}) is there {times} times"


def _replies(world: World) -> Iterator[str]:
    came = collections.Counter(message_id(mail.content) for mail in world.machine.smtp.received)
    for name, state, step, answer in world.rows(
        "select message_id, state, step, answer from outbox"
    ):
        times = came.pop(name, 0)
        at_least, at_most = {"sent": (1, 1), "uncertain": (0, 1)}.get(state, (0, 0))
        if not at_least <= times <= at_most:
            yield f"mail {name} is {state} ({step}, {answer}) and arrived {times} times"
    for name, times in came.items():
        if name not in world.ledger.forgotten:
            yield f"{name} arrived {times} times and is not in the outbox"


def _sent(world: World) -> Iterator[str]:
    copies = collections.Counter(message_id(mail.raw) for mail in world.on_server("Sent"))
    for name, times in copies.items():
        if times > 1:
            yield f"{name} lies in Sent {times} times"
    for name, then in world.rows("select message_id, then_do from outbox where state = 'sent'"):
        lost = world.ledger.copies_lost or name in world.ledger.forgotten
        if not copies[name] and not lost:
            yield f"{name} ({then}) was sent and does not lie in Sent"


def _processes(world: World) -> Iterator[str]:
    for ended in world.ended:
        if ended.code not in CODES:
            yield f"an exit code that means nothing: {ended}"
        if any(words in ended.err for words in _BROKEN):
            yield f"it broke: {_short(ended)}"
        if "secret" in ended.out + ended.err:
            yield f"the password was printed: {_short(ended)}"
    for log in world.data.rglob("*.log*"):
        text = log.read_text(errors="replace")
        if "secret" in text or "@" in text or any(words in text for words in _BROKEN):
            yield f"the log says too much: {text[-2_000:]}"


def _short(ended: Ended) -> str:
    return f"{' '.join(ended.arguments)} -> {ended.code}: {ended.err[-1_500:]}"


def _files(world: World) -> Iterator[str]:
    for path in (world.data, *world.data.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            yield f"others may read {path.name} ({mode:o})"
        if re.search(r"unfinished|\.tmp|\.part$", path.name):
            yield f"left behind: {path.name}"


def _derived(world: World) -> Iterator[str]:
    """Worked out anew from mails, events and outbox, every ticket stands as it does now."""
    copy = world.folder / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(world.data, copy)
    text = world.config.read_text().replace(str(world.data), str(copy))
    config = world.folder / "copy.toml"
    config.write_text(text)
    config.chmod(0o600)
    moment = clock.now() + timedelta(seconds=world.ahead)
    with open_workspace(str(config)) as ws:
        before = [tuple(row) for row in ws.store.rows("select * from ticket order by key")]
        project_tickets(ws.store, [row[0] for row in before], moment)
        after = [tuple(row) for row in ws.store.rows("select * from ticket order by key")]
        if before != after:
            differ = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
            yield f"tickets that stand otherwise than their facts: {differ}"
        try:
            with ws.store.write():
                ws.store.run("insert into search(search) values ('integrity-check')")
        except sqlite3.DatabaseError as error:
            yield f"the search is damaged: {error}"
    shutil.rmtree(copy)


def _again(world: World) -> Iterator[str]:
    """The next run is a no-op, here and on the server."""
    here, there = world.dump(), world.server_dump()
    ended = world.run("sync", "--json")
    report = ended.json if ended.code == 0 else {}
    if ended.code or any(report[name] for name in _NOTHING):
        yield f"the next run does something: {_short(ended)} {report}"
    if world.server_dump() != there:
        yield f"the next run changes the server: {there} -> {world.server_dump()}"
    after = world.dump()
    if after != here:
        old, new = set(here.splitlines()), set(after.splitlines())
        yield f"the next run changes the store: -{sorted(old - new)} +{sorted(new - old)}"


def explain(world: World, story: str) -> None:
    """Fail with the story and all that is wrong, if anything is."""
    if found := wrong(world):
        lines = "\n".join(f"- {sentence}" for sentence in found)
        raise AssertionError(f"{story}\n{lines}")
