"""Which words of a shown ticket are marked, and on which of them the reader stands."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from founder_inbox.core.tickets.hits import NOTHING, Span, Wanted, by_line, find_hits
from founder_inbox.tui.ticket.ticket_lines import Lines, Run


class HitMarks:
    """The hits in a ticket's lines."""

    def __init__(self) -> None:
        self._wanted = NOTHING
        self._words: list[str] = []
        self._spans: list[Span] = []
        self._lines: dict[int, list[Span]] = {}
        self._here: dict[int, list[Span]] = {}
        self._at = 0

    @property
    def count(self) -> int:
        """How many hits there are."""
        return len(self._spans)

    @property
    def number(self) -> int:
        """The number of the hit the reader stands on, from 1."""
        return self._at + 1

    def look(self, wanted: Wanted, lines: Lines) -> None:
        """Find what is wanted in these lines; the reader stays on a hit that is still there."""
        same, self._wanted = wanted == self._wanted, wanted
        self._words, self._spans = [], []
        if wanted.marks_text:
            self._words = ["".join(text for text, _ in runs) for runs in lines.runs]
            self._spans = find_hits(wanted.text, "\n".join(self._words))
        self._lines = by_line(self._words, self._spans)
        self._at = min(self._at, max(self.count - 1, 0)) if same else 0
        self._stand()

    def step(self, steps: int) -> int | None:
        """Go some hits on, round at the end; the line it stands on, None where nothing is."""
        if not self._spans:
            return None
        self._at = (self._at + steps) % self.count
        self._stand()
        return min(self._here, default=0)

    def marked(self, number: int, runs: Sequence[Run]) -> Iterator[tuple[str, str, str]]:
        """The runs of a line, cut where hits begin and end: text, its style, the mark's style."""
        spans = self._lines.get(number)
        if not spans:
            yield from ((text, style, "") for text, style in runs)
            return
        here = self._here.get(number, [])
        begin = 0
        for text, style in runs:
            end = begin + len(text)
            cuts = {begin, end} | {at for span in spans for at in span if begin < at < end}
            for start, stop in pairwise(sorted(cuts)):
                mark = "hit_here" if _inside(start, here) else "hit" * _inside(start, spans)
                yield text[start - begin : stop - begin], style, mark
            begin = end

    def _stand(self) -> None:
        here = self._spans[self._at : self._at + 1]
        self._here = by_line(self._words, here)


def _inside(at: int, spans: list[Span]) -> bool:
    return any(start <= at < end for start, end in spans)
