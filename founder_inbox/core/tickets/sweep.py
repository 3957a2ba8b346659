"""The thank-you sweep (handbook ch. 4): a warm-up, half a minute for each."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from founder_inbox.core.model import Direction
from founder_inbox.core.tickets.entry import Ticket

SECONDS_EACH = 30
LONGEST = 2_000
OVER = "That was nice. On to the rest."
_BAR = 10


@dataclass(frozen=True, slots=True)
class ThankYou:
    """One thank-you: the ticket, and all its customer wrote since we last did."""

    ticket: Ticket
    text: str


def words_since_answer(mails: Sequence[tuple[Direction, str]]) -> str:
    """What came in after the last mail of ours, of a ticket's mails, the oldest first."""
    texts: list[str] = []
    for direction, text in mails:
        if direction is Direction.OUT:
            texts.clear()
        elif text.strip():
            texts.append(text.strip())
    return "\n\n".join(texts)[:LONGEST]


def sweep_line(left: int, total: int) -> str:
    """A bar with what is left and how long that takes: "▕███░░▏ 6 left, about 3 min"."""
    done = round((1 - left / total) * _BAR) if total else _BAR
    minutes = math.ceil(left * SECONDS_EACH / 60)
    bar = f"▕{'█' * done}{'░' * (_BAR - done)}▏"
    return f"{bar} {left} left, about {minutes} min"
