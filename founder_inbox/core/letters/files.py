"""Files that go along with a mail: how much a mail can carry, and the word that promises one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from founder_inbox.core.sizes import size_words

MOST_ATTACHED = 25_000_000
"""Bytes of all files of one mail together; from here on most providers refuse it."""


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file that was chosen for a draft, and copied then; `size` in bytes. `id` is its row."""

    id: int
    name: str
    type: str
    size: int


# Not the customer's: "your attachment", "the screenshot you attached", "Ihr Anhang".
_THEIRS = (
    r"(?<!\byour )(?<!\byou )(?<!\byou've )(?<!\byou have )(?<!\bihr )(?<!\bihrem )(?<!\bihren )"
    r"(?<!\bdein )(?<!\bdeinem )(?<!\bdeinen )(?<!\bvotre )(?<!\bta )(?<!\btu )(?<!\bsu )"
    r"(?<!\bno )(?<!\bkein )(?<!\bkeinen )"
)
_PROMISE = re.compile(
    _THEIRS + r"\b("
    r"attach(?:ed|ing|ments?)?|enclosed|enclosing"  # English
    r"|anbei|angehängt|beigefügt|anhang|anhänge|in der anlage|als anlage"  # German
    r"|ci-joint(?:e?s?)|pi[èe]ces? jointes?|je joins|en annexe"  # French
    r"|adjunt(?:o|a|os|as|amos|ado|ada|ados|adas)"  # Spanish
    r")\b",
    re.IGNORECASE,
)


def promised_file(body: str) -> str:
    """The word in the founder's own lines that promises a file ("attached"), or ""."""
    from founder_inbox.core.letters.compose import own_words

    found = _PROMISE.search(own_words(body))
    return found[1] if found else ""


def reminder(body: str, files: Sequence[DraftFile]) -> str:
    """A sentence for a draft that speaks of a file and has none; "" for every other."""
    word = "" if files else promised_file(body)
    return f"You wrote “{word}”, and no file goes along." if word else ""


def files_words(files: Sequence[DraftFile]) -> str:
    """Name the files with their sizes: "invoice.pdf (34 KB), log.txt (820 bytes)"."""
    return ", ".join(f"{file.name} ({size_words(file.size)})" for file in files)
