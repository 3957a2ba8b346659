"""The error lines in a mail, in a form in which two people's are the same."""

import re

_LOOKED_AT = 4_000
_MOST_LINES = 60
_LONGEST = 160
_ERROR = re.compile(
    r"\b(?:error|exception|traceback|fatal|failed|failure|fehler\w{0,20}|refused|denied|timeout"
    r"|e[-_]?\d{3,6}|(?:http[ /]{0,2}|code |status )?[45]\d\d)\b",
    re.IGNORECASE,
)
# What differs from one person to the next: ids, times, addresses, numbers but for status codes.
_OWN = re.compile(
    r"\b0x[0-9a-f]{2,32}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{12,64}\b"
    r"|\b\d{1,4}[-:./]\d{1,2}(?:[-:./]\d{1,4}){0,3}\b|\b\d{4,20}\b",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[^\w#]{1,40}")
_FEWEST_WORDS = 2


def error_lines(text: str) -> frozenset[str]:
    """The lines of a mail that look like a program's error, without what is one person's own.

    A sentence about an error is no error line: it has more than twelve words.
    """
    found = set[str]()
    for row in text[:_LOOKED_AT].splitlines()[:_MOST_LINES]:
        line = row.strip()[:_LONGEST]
        if not line or line.startswith(">") or not _ERROR.search(line):
            continue
        words = _MARKS.sub(" ", _OWN.sub("#", line).casefold()).split()
        if _FEWEST_WORDS <= len(words) <= 12:
            found.add(" ".join(words))
    return frozenset(found)
