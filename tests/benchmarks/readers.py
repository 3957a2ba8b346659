"""Beside terminal mail programs people trust, on the same mails: first screen, and key to paint.

neomutt with its header cache and aerc, both on a Maildir that is here already, ours on its
database; all of them started before, so that what they keep is warm. Where one is not installed it
is left out. They show mails, ours shows tickets.
"""

import contextlib
import mailbox
import shutil
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from founder_inbox.system import clock
from tests.benchmarks.figures import Figure, median, worst
from tests.benchmarks.letters import Posted, posted, source
from tests.benchmarks.screen import MINIMAL
from tests.benchmarks.syncing import one_round, post
from tests.benchmarks.terminal import Terminal
from tests.benchmarks.world import World

STARTS, PRESSES = 5, 40
MARK = b"Bench"
_NEOMUTT = """\
set spoolfile = "{mail}"
set folder = "{root}"
set header_cache = "{cache}"
set sort = reverse-date-received
set realname = "Ana"
set from = "ana@acme.test"
set wait_key = no
set quit = yes
set confirmcreate = no
"""
_AERC = """\
[bench]
source = maildir://{root}
default = INBOX
from = Ana <ana@acme.test>
"""


@dataclass(slots=True)
class Reader:
    """A program in a terminal, what shows that its list is there, and what was measured."""

    name: str
    command: Sequence[str]
    shows: bytes
    starts: list[float] = field(default_factory=list)
    presses: list[float] = field(default_factory=list)


def measure(world: World, size: int) -> list[Figure]:
    """Ours and theirs taking turns with that many mails."""
    mails = [_recent(mail, number, size) for number, mail in enumerate(posted(size))]
    with world.dovecot.user() as account:
        post(account, mails)
        config = world.config_for(account)
        one_round(config)
        readers = [
            Reader("smallest Textual app", MINIMAL, b"Question"),
            Reader("founder-inbox", _ours(config), MARK),
            *_theirs(world.folder / "readers", mails),
        ]
        for reader in readers:
            _start(reader)  # fills what they keep
        for _ in range(STARTS):
            for reader in readers:
                reader.starts.append(_start(reader))
        for reader in readers:
            reader.presses = _press(reader)
    return _figures(size, readers)


def _recent(mail: Posted, number: int, size: int) -> Posted:
    """The same mail as if it had come a minute after the one before, the last one just now."""
    raw = mail.raw.replace(b"\r\nSubject: ", b"\r\nSubject: " + MARK + b" ", 1)
    return Posted(raw, clock.now() - timedelta(minutes=size - number), mail.ours)


def _ours(config: Path) -> list[str]:
    return [sys.executable, "-m", "founder_inbox", "--config", str(config)]


def _theirs(place: Path, mails: Sequence[Posted]) -> list[Reader]:
    neomutt, aerc = shutil.which("neomutt"), shutil.which("aerc")
    for name, found in (("neomutt", neomutt), ("aerc", aerc)):
        if found is None:
            sys.stderr.write(f"{name} is not here and is left out.\n")
    root, cache = place / "mail", place / "cache"
    cache.mkdir(parents=True)
    root.mkdir()
    with contextlib.closing(mailbox.Maildir(root / "INBOX")) as maildir:
        for mail in mails:
            maildir.add(mail.raw.replace(b"\r\n", b"\n"))
    readers = []
    if neomutt:
        rc = place / "neomuttrc"
        rc.write_text(_NEOMUTT.format(mail=root / "INBOX", root=root, cache=cache / "headers"))
        readers.append(Reader("neomutt", [neomutt, "-n", "-F", str(rc)], MARK))
    if aerc:
        settings = place / "aerc"
        settings.mkdir()
        accounts = settings / "accounts.conf"
        accounts.write_text(_AERC.format(root=root))
        accounts.chmod(0o600)
        home = [f"XDG_{kind}_HOME={place}" for kind in ("CONFIG", "CACHE", "DATA", "STATE")]
        readers.append(Reader("aerc", ["/usr/bin/env", *home, aerc], MARK))
    return readers


def _start(reader: Reader) -> float:
    with Terminal(reader.command) as terminal:
        taken = (terminal.wait_for(reader.shows) - terminal.started) * 1000
        terminal.settle(0.5)
        return taken


def _press(reader: Reader) -> list[float]:
    taken = []
    with Terminal(reader.command) as terminal:
        terminal.wait_for(reader.shows)
        terminal.settle(0.5)
        for _ in range(PRESSES):
            pressed = terminal.press("j")
            taken.append((terminal.wait_for_change() - pressed) * 1000)
            terminal.settle(0.1, 2)
    return taken


def _figures(size: int, readers: Sequence[Reader]) -> list[Figure]:
    how = f"{size:,} mails, {source()}, 120x40 terminal, in turns"
    figures = []
    for reader in readers:
        figures += [
            median(f"{reader.name}: start until the list is painted", reader.starts, "ms", how),
            median("  j to paint", reader.presses, "ms", "first piece that changes a cell"),
            worst("  95 of 100", reader.presses, "ms", "the same"),
        ]
    ours = next(reader for reader in readers if reader.name == "founder-inbox")
    for other in readers:
        if other is ours:
            continue
        pairs = zip(ours.starts, other.starts, strict=True)
        start = statistics.median(mine / theirs for mine, theirs in pairs)
        key = statistics.median(ours.presses) / statistics.median(other.presses)
        figures += [
            Figure(f"ours / {other.name}: start", start, "x", STARTS, "wall"),
            Figure(f"ours / {other.name}: j to paint", key, "x", PRESSES, "wall"),
        ]
    return figures
