"""How well mail is sorted: the confusion table behind `classify --report`."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from founder_inbox.core.model import Lane


@dataclass(frozen=True, slots=True)
class LaneScore:
    """One lane: mails that belong there, of those found, and of all put there those right."""

    lane: Lane
    mails: int
    recall: float | None
    precision: float | None


@dataclass(frozen=True, slots=True)
class Confusion:
    """Counts of (right lane, chosen lane), the share sorted rightly, and each lane's scores."""

    counts: dict[tuple[Lane, Lane], int]
    overall: float | None
    scores: tuple[LaneScore, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A share that sorting should reach; `share` is None where nothing was counted."""

    name: str
    share: float | None
    wanted: float

    @property
    def is_reached(self) -> bool:
        """Whether it does."""
        return self.share is not None and self.share >= self.wanted


def confusion(pairs: Iterable[tuple[Lane, Lane]]) -> Confusion:
    """Count pairs of (right lane, chosen lane); shares are None where nothing was counted."""
    counts = Counter(pairs)
    right = sum(count for (wanted, chosen), count in counts.items() if wanted is chosen)
    return Confusion(
        dict(counts),
        _share(right, sum(counts.values())),
        tuple(_score(lane, counts) for lane in Lane),
    )


def _score(lane: Lane, counts: Counter[tuple[Lane, Lane]]) -> LaneScore:
    mails = sum(count for (wanted, _), count in counts.items() if wanted is lane)
    chosen = sum(count for (_, put), count in counts.items() if put is lane)
    right = counts[lane, lane]
    return LaneScore(lane, mails, _share(right, mails), _share(right, chosen))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def format_confusion(table: Confusion) -> str:
    """Lay the table out in columns of plain text, a line for each lane that occurs."""
    shown = [lane for lane in Lane if any(lane in pair for pair in table.counts)]
    lines = ["right lane".ljust(12) + "".join(lane.rjust(11) for lane in shown) + "    found"]
    for score in table.scores:
        if score.lane in shown:
            cells = (str(table.counts.get((score.lane, lane), 0)) for lane in shown)
            row = "".join(cell.rjust(11) for cell in cells)
            lines.append(score.lane.ljust(12) + row + _percent(score.recall).rjust(9))
    precisions = (score.precision for score in table.scores if score.lane in shown)
    lines.append("right of all" + "".join(_percent(share).rjust(11) for share in precisions))
    lines.append(f"overall {_percent(table.overall)}")
    return "\n".join([*lines, "", *_bars(table)])


def bars(table: Confusion) -> tuple[Bar, ...]:
    """What sorting has to reach, beside what it reaches here."""
    scores = {score.lane: score for score in table.scores}
    return (
        Bar("right of all mails", table.overall, 0.85),
        Bar("right of what was put under thanks", scores[Lane.THANKS].precision, 0.98),
        Bar("found of what is urgent", scores[Lane.URGENT].recall, 0.95),
    )


def _bars(table: Confusion) -> Iterator[str]:
    for bar in bars(table):
        verdict = "-" if bar.share is None else "reached" if bar.is_reached else "missed"
        share, wanted = _percent(bar.share), f"{bar.wanted:.0%}"
        yield f"{bar.name.ljust(36)}{share.rjust(7)}   bar {wanted}  {verdict}"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"
