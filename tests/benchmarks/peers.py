"""Beside the trusted ones, on the same mail in the same minutes: mbsync, then notmuch.

Both are Debian packages (`isync`, `notmuch`). Where they are missing ours is measured alone.
Every command is a fresh process with its imports, its login and its end, theirs and ours.
"""

import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from founder_inbox.app.queue.tickets import search_keys
from founder_inbox.store.database import open_store
from tests.benchmarks.figures import Figure, median, milliseconds, worst
from tests.benchmarks.letters import posted, source
from tests.benchmarks.reading import NOW
from tests.benchmarks.spent import Spent, run
from tests.benchmarks.syncing import post
from tests.benchmarks.world import World
from tests.servers.account import Account

ROUNDS = 3
NO_CHANGE_ROUNDS = 5
NEW = 100
# The same word for both; notmuch's language knows "and" by standing beside each other, too.
ASKED = ("export", "invoice", "password", "webhook report", "calendar", "upload avatar")


@dataclass(slots=True)
class Costs:
    """What each round cost, one list for each thing done."""

    first: list[Spent] = field(default_factory=list)
    nothing_new: list[Spent] = field(default_factory=list)
    hundred: list[Spent] = field(default_factory=list)
    search: list[float] = field(default_factory=list)
    search_command: list[Spent] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Program:
    """Commands that bring a mailbox here and make it searchable, and how to begin anew."""

    name: str
    sync: Sequence[Sequence[str | Path]]
    search: Callable[[str], Sequence[str | Path]]
    environment: dict[str, str]
    data: Path


def measure(world: World, size: int) -> list[Figure]:
    """Ours and theirs taking turns with that many mails."""
    mails = list(posted(size + ROUNDS * NEW))
    with world.dovecot.user() as account:
        post(account, mails[:size])
        config = world.config_for(account)
        programs = [_ours(config), *_theirs(world, account)]
        costs = {program.name: Costs() for program in programs}
        for _ in range(ROUNDS):
            for program in programs:
                shutil.rmtree(program.data, ignore_errors=True)
                costs[program.name].first.append(_sync(program))
        for _ in range(NO_CHANGE_ROUNDS):
            for program in programs:
                costs[program.name].nothing_new.append(_sync(program))
        for start in range(size, size + ROUNDS * NEW, NEW):
            post(account, mails[start : start + NEW])
            for program in programs:
                costs[program.name].hundred.append(_sync(program))
        for program in programs:
            for words in ASKED:
                command = program.search(words)
                costs[program.name].search_command.append(run(command, program.environment))
        _search_inside(config, costs[programs[0].name])
    return _figures(size, costs)


def _sync(program: Program) -> Spent:
    program.data.mkdir(parents=True, exist_ok=True)
    spent = Spent(0, 0, 0)
    for command in program.sync:
        spent += run(command, program.environment)
    return spent


def _ours(config: Path) -> Program:
    start: list[str | Path] = [sys.executable, "-m", "founder_inbox", "--config", config]
    return Program(
        "founder-inbox",
        [[*start, "sync"]],
        lambda words: [*start, "search", "--json", words],
        {},
        config.parent / "data",
    )


def _theirs(world: World, account: Account) -> list[Program]:
    if not (shutil.which("mbsync") and shutil.which("notmuch")):
        sys.stderr.write("mbsync and notmuch are not here: ours alone is measured.\n")
        return []
    place = world.folder / f"peers-{account.username.partition('@')[0]}"
    place.mkdir()
    mail = place / "mail"
    said = subprocess.run(["mbsync", "--version"], capture_output=True, text=True, check=True)
    # 1.5 renamed the word and warns about the old one.
    tls = "SSLType" if " 1.4" in said.stdout else "TLSType"
    dovecot = world.dovecot
    (place / "mbsyncrc").write_text(
        f"""\
IMAPStore far
Host localhost
Port {dovecot.imaps_port}
User {account.username}
Pass {account.password}
{tls} IMAPS
CertificateFile {dovecot.ca_file}
SystemCertificates no

MaildirStore near
Path {mail}/
Inbox {mail}/INBOX
SubFolders Verbatim

Channel all
Far :far:
Near :near:
Patterns INBOX Sent
Create Near
Sync Pull
SyncState *
"""
    )
    (place / "notmuch").write_text(
        f"[database]\npath={mail}\n[user]\nname=Ana\nprimary_email={account.address}\n"
        "[new]\ntags=inbox\n[search]\n[maildir]\nsynchronize_flags=false\n"
    )
    return [
        Program(
            "mbsync + notmuch",
            [["mbsync", "-q", "-c", place / "mbsyncrc", "-a"], ["notmuch", "new", "--quiet"]],
            lambda words: ["notmuch", "search", "--limit=200", words],
            {"NOTMUCH_CONFIG": str(place / "notmuch")},
            mail,
        )
    ]


def _search_inside(config: Path, costs: Costs) -> None:
    store = open_store(config.parent / "data" / "inbox.db")
    for words in ASKED:
        costs.search += milliseconds(partial(search_keys, store, words, NOW), 9)
    store.close()


def _figures(size: int, costs: dict[str, Costs]) -> list[Figure]:
    figures: list[Figure] = []
    how = f"{size:,} mails, {source()}, Dovecot on loopback with TLS, whole commands in turns"
    for name, cost in costs.items():
        walls = [spent.wall for spent in cost.first]
        commands = [spent.wall * 1000 for spent in cost.search_command]
        figures += [
            median(f"{name}: first sync of {size:,}", walls, "s", how),
            median("  speed", [size / wall for wall in walls], "mails/s", "the same"),
            median("  CPU", [spent.cpu for spent in cost.first], "s", "the same"),
            median("  peak memory", [s.memory for s in cost.first], "MiB", "largest process"),
            median("  nothing new", [s.wall for s in cost.nothing_new], "s", "whole command"),
            median(f"  {NEW} new", [s.wall for s in cost.hundred], "s", "whole command"),
            median("  search", commands, "ms", "whole command"),
            worst("  search, 95 of 100", commands, "ms", "whole command"),
        ]
        if cost.search:
            figures.append(worst("  search, 95 of 100", cost.search, "ms", "inside the app"))
    return figures + _ratios(costs)


def _ratios(costs: dict[str, Costs]) -> list[Figure]:
    ours, *others = costs.values()
    asked: dict[str, Callable[[Costs], list[Spent]]] = {
        "first sync": lambda cost: cost.first,
        "nothing new": lambda cost: cost.nothing_new,
        f"{NEW} new": lambda cost: cost.hundred,
        "search command": lambda cost: cost.search_command,
    }
    return [
        Figure(f"ours / theirs: {what}", _ratio(of(ours), of(theirs)), "x", len(of(ours)), "wall")
        for theirs in others
        for what, of in asked.items()
    ]


def _ratio(ours: list[Spent], theirs: list[Spent]) -> float:
    return statistics.median(o.wall / t.wall for o, t in zip(ours, theirs, strict=True))
