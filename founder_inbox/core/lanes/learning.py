"""What the founder's own corrections teach the sorter (`t` + digit, `lane TICKET LANE`).

The shipped model stays as it is; on its scores comes a sum learned from the corrected texts,
and from mail that was dealt with where it lay: softmax regression that begins at the shipped
answer, so that a few corrections move what is like them and next to nothing else.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from founder_inbox.core.lanes.evidence import gather
from founder_inbox.core.lanes.guess import LANES, Guess, guess, shares
from founder_inbox.core.lanes.reasons import is_telling
from founder_inbox.core.lanes.rules import Rules
from founder_inbox.core.model import Lane

STRIDES = (7919, 6101, 3571, 1297, 9241, 4409)  # one for each round through the lessons
MIXING = 10007
RATE = 1.0
HOLD = 0.999  # of a weight, each time it is looked at
DIGITS = 3
SMALLEST = 0.05  # what moves the scores by less is forgotten again
LEAST = 1e-6
TELLING = 8  # so many of the features that count most make a mail like another one
ALIKE = 2  # of which the other must have so many
LONG_WORD = 4
SHOWN = 2  # words that are named

Row = tuple[float, ...]


@dataclass(frozen=True, slots=True, order=True)
class Lesson:
    """A mail (subject and new text) and its right lane.

    `moved`: the founder moved it there; else it was dealt with where the sorter had put it, which
    keeps what is learned from running away.
    """

    subject: str
    text: str
    lane: Lane
    moved: bool = True


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What was learned: weights by feature in LANES' order, and who had that feature.

    `moved` names for each feature the corrections it stood in; `lanes` is where those went.
    """

    weights: Mapping[str, Row] = field(default_factory=dict)
    moved: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    lanes: tuple[Lane, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything was learned."""
        return bool(self.weights)


@dataclass(frozen=True, slots=True)
class Leaning:
    """Where what was learned would put a mail, how likely that is, and how many were like it."""

    lane: Lane
    likely: float
    like: int
    words: tuple[str, ...]


def learn(lessons: Iterable[Lesson], rules: Rules) -> Adjustment:
    """Learn from lessons; the same ones in any order teach the same."""
    ordered = [one for one in sorted(set(lessons)) if one.lane in LANES]
    examples = [made for one in ordered if (made := _example(one, rules)) is not None]
    if not any(example.moved for example in examples):
        return Adjustment()
    learned = _descend(examples)
    weights = {name: row for name, row in learned.items() if max(row) - min(row) >= SMALLEST}
    moved: dict[str, list[int]] = {}
    lanes = [LANES[example.wanted] for example in examples if example.moved]
    for number, example in enumerate(example for example in examples if example.moved):
        for name in example.names:
            if name in weights:
                moved.setdefault(name, []).append(number)
    return Adjustment(weights, {name: tuple(n) for name, n in moved.items()}, tuple(lanes))


def lean(learned: Adjustment, opinion: Guess, among: Sequence[Lane]) -> Leaning | None:
    """Say where what was learned would put a mail; None where no moved mail was like it.

    `opinion` is the shipped model's, `among` the lanes to choose from.
    """
    known = [name for name in opinion.names if name in learned.weights]
    likely = dict(zip(LANES, _likely(opinion, learned.weights, known), strict=True))
    lane = max(among, key=lambda one: likely[one])
    at = LANES.index(lane)
    gains = {name: _gain(learned.weights[name], at) for name in known}
    telling = sorted((name for name in known if gains[name] > 0), key=lambda n: (-gains[n], n))
    shared = Counter(
        number
        for name in telling[:TELLING]
        for number in learned.moved.get(name, ())
        if learned.lanes[number] is lane
    )
    like = sum(count >= min(ALIKE, len(telling)) for count in shared.values())
    if not like:
        return None
    long = (name for name in telling if name.isalpha() and len(name) >= LONG_WORD)
    words = tuple(filter(is_telling, long))
    return Leaning(lane, likely[lane], like, words[:SHOWN])


def to_text(learned: Adjustment) -> str:
    """Write down what was learned, for a cache."""
    return msgspec.json.encode(learned).decode()


def from_text(text: str) -> Adjustment:
    """Read what `to_text` wrote; nothing learned where it can't be read."""
    try:
        return msgspec.json.decode(text, type=Adjustment)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return Adjustment()


@dataclass(frozen=True, slots=True)
class _Example:
    names: tuple[str, ...]
    likely: tuple[float, ...]
    wanted: int
    moved: bool


def _example(lesson: Lesson, rules: Rules) -> _Example | None:
    opinion = guess(gather(lesson.subject, lesson.text, rules))
    if opinion is None or not opinion.names:
        return None
    wanted = LANES.index(lesson.lane)
    return _Example(opinion.names, _logs(opinion), wanted, lesson.moved)


def _logs(opinion: Guess) -> tuple[float, ...]:
    return tuple(math.log(max(opinion.likely[lane], LEAST)) for lane in LANES)


def _descend(examples: list[_Example]) -> dict[str, Row]:
    """Walk down the slope from the shipped answer, in an order that is always the same."""
    names = sorted({name for example in examples for name in example.names})
    number = {name: at for at, name in enumerate(names)}
    rows = [[0.0] * len(names) for _ in LANES]
    lessons = [([number[name] for name in one.names], one) for one in examples]
    for epoch, stride in enumerate(STRIDES):
        rate = RATE / (1 + epoch / 2)
        # Another order each time, without lanes in a row: as good as chance, and no chance.
        for at in sorted(range(len(lessons)), key=lambda number: number * stride % MIXING):
            _step(rows, *lessons[at], rate)
    columns = zip(*rows, strict=True)
    return {
        name: tuple(round(weight, DIGITS) for weight in column)
        for name, column in zip(names, columns, strict=True)
    }


def _step(rows: list[list[float]], known: list[int], example: _Example, rate: float) -> None:
    """Move towards the wanted lane by what was missing; what is learned fades a little."""
    size = math.sqrt(len(known))
    sums = [
        log + sum(map(row.__getitem__, known)) / size
        for log, row in zip(example.likely, rows, strict=True)
    ]
    for lane, (row, share) in enumerate(zip(rows, shares(sums), strict=True)):
        move = rate * ((lane == example.wanted) - share) / size
        for at in known:
            row[at] = row[at] * HOLD + move


def _likely(opinion: Guess, weights: Mapping[str, Row], names: Sequence[str]) -> list[float]:
    """How likely each lane is, in LANES' order, with what was learned on top."""
    size = math.sqrt(len(opinion.names)) or 1.0
    gains = [sum(weights[name][lane] for name in names) / size for lane in range(len(LANES))]
    return shares([log + gain for log, gain in zip(_logs(opinion), gains, strict=True)])


def _gain(row: Row, at: int) -> float:
    """How much a feature speaks for a lane rather than for the next best."""
    return row[at] - max(weight for lane, weight in enumerate(row) if lane != at)
