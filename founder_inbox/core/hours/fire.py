"""What may come through a shut door: a fire, and only if the founder asked for it (`fire = true`).

One sentence without names and subjects, and never a sound (handbook ch. 17).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

OUTAGE_SENDERS = 3
WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Cry:
    """A customer's mail that may be about a fire. `at` is its arrival (UTC).

    `by_rule`: urgent by a phrase of the rules, not by a guess; `known`: we answered them before.
    `errors` are its error lines (`error_lines`).
    """

    sender: str
    at: datetime
    outage: bool
    by_rule: bool
    known: bool
    errors: frozenset[str] = frozenset()


def outage_reporters(cries: Sequence[Cry], now: datetime) -> frozenset[str]:
    """Who reports an outage: three people within the hour, or nobody (handbook ch. 5).

    They use the words of one, or the same error line.
    """
    recent = [cry for cry in cries if now - WITHIN < cry.at <= now]
    people = {cry.sender.casefold() for cry in recent if cry.outage}
    sharing = defaultdict[str, set[str]](set)
    for cry in recent:
        for line in cry.errors:
            sharing[line].add(cry.sender.casefold())
    alike = [people] + [group for group in sharing.values() if len(group) >= OUTAGE_SENDERS]
    found = frozenset().union(*alike)
    return found if len(found) >= OUTAGE_SENDERS else frozenset()


def find_fire(cries: Sequence[Cry], now: datetime) -> str:
    """Return the one sentence for the door, empty when nothing burns.

    A fire is an outage that three people report within the hour, or an urgent mail by rule from
    a known customer in that time.
    """
    recent = [cry for cry in cries if now - WITHIN < cry.at <= now]
    if people := outage_reporters(cries, now):
        return f"{number_words(len(people))} people report an outage within the hour."
    if any(cry.by_rule and cry.known for cry in recent):
        return "A customer you know reports something urgent."
    return ""


def number_words(count: int) -> str:
    """A number as a sentence begins with it: "Three", "12"."""
    return _NUMBERS.get(count, str(count))


_NUMBERS = {3: "Three", 4: "Four", 5: "Five", 6: "Six", 7: "Seven", 8: "Eight", 9: "Nine"}
