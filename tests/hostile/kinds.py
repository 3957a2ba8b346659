"""All kinds of hostile mail by name, and mails made of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tests.hostile import costly, people, shapes, terminal
from tests.hostile.pieces import Maker

QUICK: dict[str, Maker] = terminal.KINDS | people.KINDS | shapes.KINDS
ALL: dict[str, Maker] = QUICK | costly.KINDS


@dataclass(frozen=True, slots=True)
class HostileMail:
    """One mail; `canary` is a word in it that stays readable whatever else does not."""

    kind: str
    canary: str
    raw: bytes


def variant(kind: str, seed: int) -> HostileMail:
    """The mail of a kind that this seed makes, always the same."""
    random = Random(f"{kind} {seed}")
    canary = f"cnry{random.getrandbits(40):010x}"
    return HostileMail(kind, canary, ALL[kind](random, canary))


def variants(kinds: dict[str, Maker], count: int, seed: int = 0) -> Iterator[HostileMail]:
    """So many of each kind."""
    for kind in kinds:
        for number in range(count):
            yield variant(kind, seed + number)
