"""What is out of all proportion: mail that does not stop, a ticket without end, a huge mail.

`python -m tests.benchmarks load`; `--minutes 10` lets mail come in for so long.
"""

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from founder_inbox.app.reading.intake import take_in_all
from founder_inbox.app.workspace import open_workspace
from founder_inbox.core.sync.mailbox import Fetched, Flags
from founder_inbox.store import mailboxes
from founder_inbox.store.database import Store, open_store
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.benchmarks.figures import Figure, median, worst
from tests.benchmarks.reading import fill
from tests.benchmarks.spent import run
from tests.benchmarks.terminal import Terminal
from tests.benchmarks.world import World
from tests.servers.account import Account
from tests.servers.large_mail import attached, file_bytes, mail, multipart, part
from tests.tui.company import Company

A_SECOND = 50
LONG_TICKET = 2_000
REPLIES = 2_000
SIZES = (10_000, 50_000, 100_000)
PRESSES = 20
FLAGS = Flags(seen=False, answered=False, flagged=False)
PROGRAM = [sys.executable, "-m", "founder_inbox"]


def measure(world: World, minutes: float = 1) -> list[Figure]:
    """Everything, one after the other."""
    return [
        *_stream(world, minutes),
        *_long_ticket(world),
        *_large_mail(world),
        *_memory(world),
    ]


def _stream(world: World, minutes: float) -> list[Figure]:
    """Fifty mails a second while the syncing process listens: how far it is behind."""
    with world.dovecot.user() as account:
        config = world.config_for(account)
        run([*PROGRAM, "--config", config, "sync"])
        watching = subprocess.Popen(
            [*PROGRAM, "--config", str(config), "sync", "--watch"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        try:
            posted = [0]
            poster = threading.Thread(target=_post, args=(account, minutes * 60, posted))
            poster.start()
            behind, memory = _watch(config, watching.pid, posted, poster)
            caught_up = _until_level(config, posted)
        finally:
            watching.terminate()
            watching.wait(30)
    half = len(memory) // 2
    how = f"{posted[0]:,} mails in {minutes:g} min, sync --watch, Dovecot on loopback with TLS"
    return [
        median("mails behind while 50 a second come in", behind, "mails", how),
        worst("  95 of 100", behind, "mails", "the same"),
        median("  all there after the last", [caught_up], "s", "the same"),
        median("  memory, first half", memory[:half], "MiB", "RSS, with its parser"),
        median("  memory, second half", memory[half:], "MiB", "the same"),
    ]


def _post(account: Account, seconds: float, posted: list[int]) -> None:
    """Fifty mails each second, at once, in tickets of five."""
    client = account.client()
    begun = time.monotonic()
    for batch in count():
        if time.monotonic() - begun > seconds:
            return
        raws = [_arriving(batch * A_SECOND + n) for n in range(A_SECOND)]
        client.multiappend("INBOX", raws)
        posted[0] += A_SECOND
        time.sleep(max(0.0, begun + batch + 1 - time.monotonic()))


def _arriving(number: int) -> bytes:
    ticket = number // 5
    return letter(
        f"Re: Export {ticket}",
        f"Hi, number {number}: how do I export my list? It gives me an empty file.\n" * 8,
        sender=f"Customer {ticket} <c{ticket}@customers.test>",
        message_id=f"<{number}@customers.test>",
        references=f"<root{ticket}@customers.test>",
    )


def _watch(
    config: Path, process: int, posted: list[int], poster: threading.Thread
) -> tuple[list[float], list[float]]:
    """Once a second: mails on the server and not here, and the memory of the process."""
    behind, memory = [], []
    while poster.is_alive():
        poster.join(1)
        behind.append(float(posted[0] - _here(config)))
        memory.append(sum(_rss(each) for each in (process, *_children(process))))
    return behind, memory


def _until_level(config: Path, posted: list[int]) -> float:
    begun = time.monotonic()
    while _here(config) < posted[0]:
        if time.monotonic() - begun > 300:
            raise TimeoutError("mails stay behind")
        time.sleep(0.2)
    return time.monotonic() - begun


def _here(config: Path) -> int:
    store = open_store(config.parent / "data" / "inbox.db")
    try:
        return int(store.rows("select count(*) from raw where message is not null")[0][0])
    finally:
        store.close()


def _long_ticket(world: World) -> list[Figure]:
    """A ticket of 2,000 mails and a folder of 2,000 canned replies, in a terminal."""
    # Without a server: one that has none of these mails would be asked about.
    config = _offline(world.folder / "long")
    _write_replies(config.parent / "replies")
    with open_workspace(str(config)) as ws:
        _receive(ws.store, LONG_TICKET)
        take_in_all(ws, clock.now())
    with Terminal([*PROGRAM, "--config", str(config)]) as terminal:
        terminal.wait_for(b"Export")
        terminal.settle(1)
        before = terminal.memory()
        opened = [_answered(terminal, "\r", "\x1b") for _ in range(5)]
        _press_through(terminal, "\r")
        scrolled = [_answered(terminal, "k") for _ in range(PRESSES)]
        _press_through(terminal, "\x1b")
        replied = [_answered(terminal, "r", "\x1b") for _ in range(5)]
        picked = [_answered(terminal, ";", "\x1b\x1b") for _ in range(5)]
        _press_through(terminal, ";")
        typed = [_answered(terminal, key) for key in "answer"]
        after = terminal.memory()
    how = f"a ticket of {LONG_TICKET:,} mails, 120x40 terminal, first change on the screen"
    there = f"{REPLIES:,} of the founder's own, the same terminal"
    return [
        median("open a long ticket", opened, "ms", how),
        median("  scroll in it", scrolled, "ms", "the same"),
        median("  reply to it", replied, "ms", "the same"),
        median("  memory before", [before], "MiB", "RSS of the app alone"),
        median("  memory after", [after], "MiB", "the same, canned replies included"),
        median("canned replies: the picker", picked, "ms", there),
        median("  a letter in it", typed, "ms", "the same"),
    ]


def _offline(folder: Path) -> Path:
    """A configuration whose door is always open and whose servers do not answer."""
    folder.mkdir()
    company = Company(folder)
    company.write_config(hours='["mon-sun 00:00-24:00"]')
    return Path(company.config)


def _receive(store: Store, mails: int) -> None:
    box = mailboxes.add_mailbox(store, "INBOX", "inbox", 1)
    now = clock.now()
    found = []
    for number in range(mails):
        words = "\n".join(f"Line {line} of mail {number}: it is empty." for line in range(6))
        raw = letter(
            "Re: Export",
            f"Hi, how do I export my list as CSV?\n{words}",
            message_id=f"<{number}@x.test>",
            references="<root@x.test>",
            date=now,
        )
        found.append(Fetched(number + 1, raw, len(raw), now, FLAGS))
    mailboxes.add_fetched(store, box, found)


def _write_replies(folder: Path) -> None:
    folder.mkdir()
    for number in range(REPLIES):
        head = (
            f"---\nname: answer-{number}\ntitle: Answer {number} about exports\nlanguage: en\n---\n"
        )
        (folder / f"answer-{number}.md").write_text(f"{head}Open Lists and press {number}.\n")


def _answered(terminal: Terminal, key: str, back: str = "") -> float:
    """Milliseconds from the key to the first change; `back` undoes it."""
    terminal.settle(0.3, 5)
    pressed = terminal.press(key)
    taken = (terminal.wait_for_change(10) - pressed) * 1000
    _press_through(terminal, back)
    return taken


def _large_mail(world: World) -> list[Figure]:
    """A mail of 50 MB comes in; beside it the same sync without it."""
    file = attached("film.mp4", file_bytes(37_000_000), "video/mp4")
    words = part("text/plain; charset=utf-8", b"Hi, here is the film.\r\n")
    large = mail(multipart("b", [words, file]))
    with world.dovecot.user() as account:
        config = world.config_for(account)
        account.append(letter(message_id="<small@x.test>"))
        small = run([*PROGRAM, "--config", config, "sync"])
        shutil.rmtree(config.parent / "data")
        account.append(large)
        with_it = run([*PROGRAM, "--config", config, "sync"])
    how = f"a mail of {len(large) / 1e6:.0f} MB and a small one, whole command"
    return [
        median("sync with a huge mail", [with_it.wall], "s", how),
        median("  its memory", [with_it.memory], "MiB", "largest process"),
        median("  without it", [small.memory], "MiB", "the same"),
    ]


def _memory(world: World) -> list[Figure]:
    """The app's memory with ever larger mailboxes: after the start, and after scrolling far."""
    figures = []
    for size in SIZES:
        config = _offline(world.folder / f"many{size}")
        store = open_store(config.parent / "data" / "inbox.db")
        fill(store, size)
        store.close()
        with Terminal([*PROGRAM, "--config", str(config)]) as terminal:
            terminal.wait_for(b"Question")
            terminal.settle(1)
            begun = terminal.memory()
            _press_through(terminal, ["\x04"] * 40 + ["G", "g", "g", "/", *"export", "\x1b"])
            after = terminal.memory()
        how = f"{size:,} open tickets"
        figures += [
            median(f"the app's memory at {size:,}", [begun], "MiB", f"RSS, {how}"),
            median("  after paging, end, search", [after], "MiB", "the same"),
        ]
    return figures


def _press_through(terminal: Terminal, keys: Sequence[str]) -> None:
    for key in keys:
        terminal.settle(0.2, 3)
        terminal.press(key)
    terminal.settle(0.2, 3)


def _rss(process: int) -> float:
    try:
        text = Path(f"/proc/{process}/status").read_text("utf-8")
    except OSError:
        return 0.0
    line = next((line for line in text.splitlines() if line.startswith("VmRSS")), "VmRSS: 0 kB")
    return int(line.split()[1]) / 1024


def _children(process: int) -> list[int]:
    try:
        return [
            int(c) for c in Path(f"/proc/{process}/task/{process}/children").read_text().split()
        ]
    except OSError:
        return []
