"""Text we sent, to be found again in an answer however a mail program has wrapped it."""

import re
from collections.abc import Sequence
from itertools import pairwise

_WORD = re.compile(r"\w+")
_RUN = 3
_ENOUGH = 4
_MAX_TEXT = 200_000


class KnownText:
    """The words of texts, by runs of three, so that line breaks do not matter."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Take in the texts; linear in their length."""
        self._runs: set[tuple[str, ...]] = set()
        self._pairs: set[tuple[str, ...]] = set()
        self._lines: set[tuple[str, ...]] = set()
        for text in texts:
            text = text[:_MAX_TEXT]  # noqa: PLW2901 - the part that is looked at
            words = _words(text)
            self._runs |= {tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)}
            self._pairs |= set(pairwise(words))
            self._lines |= {tuple(_words(line)) for line in text.split("\n")}

    def __bool__(self) -> bool:
        return bool(self._runs)

    def says(self, line: str) -> bool:
        """Whether a line of four words or more stands in the texts, all of it."""
        words = _words(line)
        if len(words) < _ENOUGH:
            return False
        return all(tuple(words[i : i + _RUN]) in self._runs for i in range(len(words) - _RUN + 1))

    def has_line(self, line: str) -> bool:
        """Whether the texts have this line; an empty one is no line."""
        words = tuple(_words(line))
        return bool(words) and words in self._lines

    def goes_on(self, line: str) -> bool:
        """Whether a short line beside a known one is of the texts, too."""
        words = tuple(_words(line))
        return bool(words) and (
            words in self._lines
            or (1 < len(words) <= _RUN and (words in self._pairs or words in self._runs))
        )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
