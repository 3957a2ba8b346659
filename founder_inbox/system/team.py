"""The part of the configuration that is about teammates and handing off to them."""

import difflib
import re
from collections.abc import Collection, Iterator, Sequence

import msgspec

MOST_WINDOWS = 50
TOPICS = ("billing", "outage", "bug", "security", "thanks", "urgent", "howto", "feature")
_TAG = re.compile(r"tag:\S{1,60}", re.IGNORECASE)
_ADDRESS = re.compile(r"[^@\s<>,\"]+@[^@\s<>,\"]+")


class Teammate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A level-two teammate; the first is who one key hands off to, unless a topic says otherwise.

    `topics` are what they know best: what an urgent mail is about, a lane, or "tag:WORD".
    """

    name: str
    address: str
    topics: list[str] = []


class HandOff(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a hand-off goes: `introduce` the teammate to the customer or not.

    `windows`: after so many without an answer the ticket comes back by itself; 0: never.
    """

    introduce: bool = True
    windows: int = 2


def mistakes(
    mates: Sequence[Teammate], hand_off: HandOff, own: Collection[str]
) -> Iterator[tuple[str, str]]:
    """What can't be, each with its key; `own` are the founder's addresses, folded."""
    for mate in mates:
        if not _ADDRESS.fullmatch(mate.address):
            yield "teammates.address", f"{mate.address!r} is not a mail address"
        elif mate.address.casefold() in own:
            what = f"{mate.address} is your own; name the address where they read their mail"
            yield "teammates.address", what
        for topic in mate.topics:
            if topic.casefold() not in TOPICS and not _TAG.fullmatch(topic):
                near = difflib.get_close_matches(topic.casefold(), TOPICS, n=1, cutoff=0.5)
                hint = f" Did you mean {near[0]}?" if near else ""
                what = f"{topic!r} is no topic.{hint} Allowed: {', '.join(TOPICS)}, tag:WORD"
                yield "teammates.topics", what
    if not 0 <= hand_off.windows <= MOST_WINDOWS:
        yield "handoff.windows", f"allowed are 0 to {MOST_WINDOWS} windows"
