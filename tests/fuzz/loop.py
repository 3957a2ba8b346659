"""The loop: take a mail that is known, change it, look what it does, keep what reaches new code."""

import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.core.mail_files import all_mails
from tests.fuzz.edges import Edge, Watch
from tests.fuzz.mutators import LARGEST, change
from tests.hostile.kinds import QUICK, variants

SECONDS_OF_CPU = 10
PROMISED_SECONDS = 0.5
MOST_REAL = 400
TRIES_TO_SHORTEN = 400
Examine = Callable[[bytes], None]


@dataclass(slots=True)
class Seen:
    """What a loop has come by: inputs worth keeping, edges, and what went wrong by its place."""

    corpus: list[bytes] = field(default_factory=list)
    edges: set[Edge] = field(default_factory=set)
    tried: int = 0
    faults: dict[str, bytes] = field(default_factory=dict)


def seeds() -> list[bytes]:
    """Mails to begin with: of every kind, our own, and real ones where they lie beside."""
    made = [mail.raw for mail in variants(QUICK, 2)]
    there = [raw for _, raw in all_mails()]
    small = [raw for raw in dict.fromkeys(there) if len(raw) <= LARGEST]
    return [*(raw for raw in made if len(raw) <= LARGEST), *small[:: len(small) // MOST_REAL + 1]]


def fuzz(
    examine: Examine,
    understand: Examine,
    start: Sequence[bytes],
    seen: Seen,
    random: Random,
    *,
    until: Callable[[], bool],
    before_each: Callable[[bytes], object] = lambda _raw: None,
) -> None:
    """Try the mails of `start`, then changed ones, until it is time. `seen` grows meanwhile.

    `examine` raises where something is wrong; which way a mail takes is watched in `understand`.
    """
    watch = Watch()

    def attempt(raw: bytes) -> None:
        before_each(raw)
        seen.tried += 1
        try:
            check_cost(raw, examine)
            found = watch.edges_of(lambda: understand(raw))
        except Exception as error:  # noqa: BLE001 - whatever is raised is what is looked for
            place = place_of(error)
            if place not in seen.faults:
                seen.faults[place] = shortened(raw, place, examine)
            return
        if not found <= seen.edges:
            seen.edges |= found
            seen.corpus.append(raw)

    for raw in start:
        if until():
            return
        attempt(raw)
    while not until():
        # The latest reached what was hard to reach.
        recent = seen.corpus[-200:] if random.random() < 0.5 else seen.corpus
        attempt(change(random.choice(recent or list(start)), random, seen.corpus))


def check_cost(raw: bytes, examine: Examine) -> None:
    """Raise what it raises, and where a mail takes longer than reading one may."""
    begun = time.process_time()
    examine(raw)
    assert time.process_time() - begun < PROMISED_SECONDS, "it takes too long"


def place_of(error: BaseException) -> str:
    """What went wrong and where, the same for all mails that break the same line."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/founder_inbox/" in frame.filename] or frames
    words = (
        str(error).splitlines()[0][:80] if isinstance(error, AssertionError) and str(error) else ""
    )
    last = ours[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno} {words}".rstrip()


def shortened(raw: bytes, place: str, examine: Examine) -> bytes:
    """The mail without what it does not need to go wrong in the same place."""
    tries, size = TRIES_TO_SHORTEN, max(1, len(raw) // 2)
    while size and tries:
        at = 0
        while at < len(raw) and tries:
            tries -= 1
            less = raw[:at] + raw[at + size :]
            if _breaks(less, place, examine):
                raw = less
            else:
                at += size
        size //= 2
    return raw


def _breaks(raw: bytes, place: str, examine: Examine) -> bool:
    try:
        check_cost(raw, examine)
    except Exception as error:  # noqa: BLE001 - the same as above
        return place_of(error) == place
    return False


def work(folder: Path, seed: str, seconds: float, examine: Examine, understand: Examine) -> None:
    """One process's share: `folder` gets what is being tried, what was kept and what went wrong.

    A mail that takes too long ends the process, as the kernel ends a parser; whoever started us
    finds it in `current`.
    """
    current, end = folder / "current", time.monotonic() + seconds
    seen = Seen()

    def before_each(raw: bytes) -> None:
        current.write_bytes(raw)
        signal.setitimer(signal.ITIMER_PROF, SECONDS_OF_CPU)

    def is_over() -> bool:
        return time.monotonic() > end

    fuzz(examine, understand, seeds(), seen, Random(seed), until=is_over, before_each=before_each)
    signal.setitimer(signal.ITIMER_PROF, 0)
    for number, (place, raw) in enumerate(seen.faults.items()):
        (folder / f"fault-{number}.eml").write_bytes(raw)
        (folder / f"fault-{number}.txt").write_text(place + "\n")
    sys.stdout.write(f"{seen.tried} {len(seen.edges)} {len(seen.corpus)}\n")
    current.unlink(missing_ok=True)
