"""How much the founder's corrections help: `python -m tests.tools.measure_learning FILE`.

FILE has lines {"text", "subject", "lane", "id"?}. Half of them, by a hash, come in one after the
other; what is sorted wrongly is corrected, the rest left where it is. The other half is sorted
after 0, 200, 400 … of them.
Learning runs anew after every 50 mails; texts are only read, nothing is kept.
"""

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from founder_inbox.core.lanes.learning import Adjustment, Lesson, learn
from founder_inbox.core.lanes.rules import Rules, parse_rules
from founder_inbox.core.lanes.sorter import classify
from founder_inbox.core.model import Lane
from founder_inbox.system.resources import read_lane_rules, read_lane_weights

STEP = 50


class Text(NamedTuple):
    """One labelled text."""

    subject: str
    text: str
    lane: Lane


class Point(NamedTuple):
    """After so many mails: how many were corrected, and how the others are sorted then.

    `right` is the share of all, `urgent` that of the urgent ones which were found.
    """

    mails: int
    corrected: int
    right: float
    urgent: float
    false_thanks: int


def read_halves(path: Path) -> tuple[list[Text], list[Text]]:
    """The mails to learn from and those to measure on, in an order given by their hashes."""
    halves: tuple[list[tuple[str, Text]], list[tuple[str, Text]]] = ([], [])
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        words = hashlib.sha256(str(row.get("id") or row["text"]).encode()).hexdigest()
        text = Text(row.get("subject") or "", row["text"], Lane(row["lane"]))
        halves[int(words, 16) % 2].append((words, text))
    first, second = ([text for _, text in sorted(half)] for half in halves)
    return first, second


def walk(pool: Sequence[Text], others: Sequence[Text], rules: Rules, stops: int) -> list[Point]:
    """Let a founder correct mail after mail; a point for every `stops` mails."""
    learned, lessons = Adjustment(), list[Lesson]()
    points = [measure(others, rules, learned, 0, 0)]
    for at, mail in enumerate(pool, 1):
        sorted_to = classify(mail.subject, mail.text, rules, learned=learned).lane
        moved = sorted_to is not mail.lane
        lessons.append(Lesson(mail.subject, mail.text, mail.lane, moved))
        if at % STEP == 0:
            learned = learn(lessons, rules)
        if at % stops == 0 or at == len(pool):
            points.append(measure(others, rules, learned, at, sum(x.moved for x in lessons)))
    return points


def measure(
    others: Sequence[Text], rules: Rules, learned: Adjustment, mails: int, corrected: int
) -> Point:
    """Sort the other half with what is learned by now."""
    lanes = [classify(m.subject, m.text, rules, learned=learned).lane for m in others]
    pairs = list(zip(others, lanes, strict=True))
    right = [mail.lane is lane for mail, lane in pairs]
    found = [lane is Lane.URGENT for mail, lane in pairs if mail.lane is Lane.URGENT]
    false_thanks = sum(lane is Lane.THANKS is not mail.lane for mail, lane in pairs)
    return Point(mails, corrected, _share(right), _share(found), false_thanks)


def _share(yes: Sequence[bool]) -> float:
    return sum(yes) / max(len(yes), 1)


def main() -> None:
    """Print the curve."""
    rules = parse_rules(read_lane_rules(Path("none")), read_lane_weights())
    first, second = read_halves(Path(sys.argv[1]))
    for pool, others in ((first, second), (second, first)):
        for point in walk(pool, others, rules, 200):
            sys.stdout.write(as_line(point))


def as_line(point: Point) -> str:
    """A point of the curve in words."""
    return (
        f"{point.mails:5} mails, {point.corrected:4} corrected: {point.right:.3f} right, "
        f"{point.urgent:.3f} of what is urgent found, "
        f"{point.false_thanks} false thanks\n"
    )


if __name__ == "__main__":
    main()
