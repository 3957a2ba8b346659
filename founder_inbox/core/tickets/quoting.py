"""Whether a mail has words in it that we wrote: rewrapped, behind ">", or plainly pasted."""

import re
from collections.abc import Iterable

RUN = 8
"""So many words in a row are no accident."""

_WORD = re.compile(r"[^\W_]{1,60}")
_MOST_WORDS = 4_000


def runs(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of eight words in a text, folded; signs and line ends don't count."""
    words = [match[0].casefold() for match in _WORD.finditer(text[: _MOST_WORDS * 20])]
    words = words[:_MOST_WORDS]
    return frozenset(tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def quotes_any(text: str, ours: Iterable[str]) -> bool:
    """Whether a text has a run of words from any of `ours`."""
    here = runs(text)
    return bool(here) and any(here & runs(one) for one in ours)


def probes(quoted: str, most: int = 4) -> list[str]:
    """A few passages of a quotation by which what it quotes can be searched: eight words each.

    Taken from its longest lines, since these say most.
    """
    lines = [_WORD.findall(line) for line in quoted[:50_000].split("\n")[:400]]
    long = [words for words in lines if len(words) >= RUN]
    long.sort(key=lambda words: -len(words))
    return list(dict.fromkeys(" ".join(words[:RUN]) for words in long))[:most]
