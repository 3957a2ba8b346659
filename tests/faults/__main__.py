"""`python -m tests.faults --scripts 1000 --seed 1`: random scripts against the real program.

Prints the seed of each script that went wrong, with its story, and how it stands in the end. One
script again: `python -m tests.faults --scripts 1 --seed N`. With `--trio` three machines at once
play them. With `--points` instead every point of every journey is tried; `--every N` tries each
N-th.
"""

import argparse
import logging
import shutil
import ssl
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TypeAlias

import trustme

from tests.faults.journeys import JOURNEYS
from tests.faults.points import count, try_points
from tests.faults.scripts import run_script
from tests.faults.trio import Table, run_trio
from tests.faults.world import Machine
from tests.servers.dovecot import DovecotServer
from tests.servers.smtp import SmtpServer

# The story of a seed's script, if it went wrong.
Play: TypeAlias = Callable[[int], list[str]]


@contextmanager
def servers() -> Iterator[tuple[DovecotServer, SmtpServer]]:
    """Real ones, for as long as the block runs."""
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost", DovecotServer.host)
    pem = certificate.private_key_and_cert_chain_pem.bytes()
    with DovecotServer(pem, authority.cert_pem.bytes()) as dovecot:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(dovecot.folder / "server.pem")
        with SmtpServer(dovecot, context) as smtp:
            yield dovecot, smtp


def try_scripts(play: Play, folder: Path, first: int, number: int) -> Iterator[str]:
    """So many, from that seed on; the stories of those that went wrong."""
    failed: list[int] = []
    for seed in range(first, first + number):
        try:
            story = play(seed)
        except AssertionError as error:
            story = [f"seed {seed}", f"WRONG: {error}"]
        if story:
            failed.append(seed)
            yield "\n".join(story) + "\n\n"
        for left in folder.rglob(f"script-{seed}"):
            shutil.rmtree(left, ignore_errors=True)
    yield f"{number} scripts, {len(failed)} went wrong: {failed}\n"


def try_journeys(machine: Machine, every: int) -> Iterator[str]:
    """Each journey, ended and failing at its points."""
    for journey in JOURNEYS:
        number = len(count(machine, journey))
        yield f"{journey.name}: {number} points\n"
        for act in ("kill", "fail", "full"):
            for sentence in try_points(machine, journey, act, range(1, number + 1, every)):
                yield f"WRONG: {sentence}\n"


def main() -> int:
    """The exit code is 1 if anything was wrong in the end."""
    ask = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    ask.add_argument("--scripts", type=int, default=100, help="how many (100)")
    ask.add_argument("--seed", type=int, default=int(time.time()), help="of the first one")
    ask.add_argument("--trio", action="store_true", help="three machines at once play them")
    ask.add_argument("--points", action="store_true", help="every point of every journey instead")
    ask.add_argument("--every", type=int, default=1, help="with --points: each N-th only")
    given = ask.parse_args()
    logging.disable()  # what aiosmtpd thinks of itself
    say = sys.stdout.write
    say(f"Seed {given.seed}\n")
    wrong = False
    started = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="faults"))
    with servers() as (dovecot, smtp), ExitStack() as stack:
        told: Iterator[str]
        if given.trio:
            table = stack.enter_context(Table(dovecot, smtp, folder))
            told = try_scripts(partial(run_trio, table), folder, given.seed, given.scripts)
        else:
            machine = stack.enter_context(Machine(dovecot, smtp, folder))
            play = partial(run_script, machine)
            told = try_scripts(play, folder, given.seed, given.scripts)
            if given.points:
                told = try_journeys(machine, given.every)
        for words in told:
            wrong = wrong or "WRONG" in words
            say(words)
            sys.stdout.flush()
    shutil.rmtree(folder, ignore_errors=True)
    say(f"{time.monotonic() - started:.0f} s\n")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
