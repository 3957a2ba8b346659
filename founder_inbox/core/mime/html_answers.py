"""Answers in another colour: Outlook's way to write into a quotation, told by words in the text.

A terminal and the plain text have no colours, so a line says its own: "[red] Yes, on Tuesday."
"""

import re
from collections.abc import Mapping, Sequence

from founder_inbox.core.mime.inline_answers import says_inline
from founder_inbox.core.mime.quote_headers import begins_tail, header_lines

_QUOTED = re.compile(r"(?:> ?){0,8}")
_LETTERS = re.compile(r"\w")
_MAX_TONES = 2


def mark_answers(lines: Sequence[str], toned: Mapping[int, tuple[int, str]]) -> list[str]:
    """The lines of a page with its coloured answers marked, on lines of their own.

    `toned` gives by line the letter from which on it is coloured, and the colour. Only lines
    below the beginning of a quotation count, and only where they are the exception there, or the
    words above announce them: a quoted newsletter is colourful all over.
    """
    start = quotation_start(lines) if toned else None
    if start is None:
        return list(lines)
    inside = {n: told for n, told in toned.items() if n >= start and _is_answer(lines[n], told[0])}
    if not says_inline("\n".join(lines[:start])) and not _are_exceptions(lines[start:], inside):
        return list(lines)
    out: list[str] = []
    for number, line in enumerate(lines):
        if number not in inside:
            out.append(line)
            continue
        begins, tone = inside[number]
        if begins and (question := line[:begins].rstrip()).strip("> "):
            out.append(question)
        marks = _QUOTED.match(line)
        answer = line[max(begins, marks.end() if marks else 0) :]
        out.append(f"[{tone}] {answer.strip()}")
    return out


def quotation_start(lines: Sequence[str]) -> int | None:
    """The line at which a quotation begins, None where there is none."""
    text = list(lines)
    for i, line in enumerate(text):
        if line.startswith(">") or begins_tail(text, i) or header_lines(text, i):
            return i
    return None


def _is_answer(line: str, begins: int) -> bool:
    """Whether a coloured piece has words, in a quotation of the first level."""
    marks = _QUOTED.match(line)
    first_level = marks is None or marks[0].count(">") <= 1
    return first_level and _LETTERS.search(line, begins) is not None


def _are_exceptions(quotation: Sequence[str], inside: Mapping[int, tuple[int, str]]) -> bool:
    written = sum(1 for line in quotation if line.strip("> "))
    few = len(inside) * 3 <= written * 2
    return few and len({tone for _, tone in inside.values()}) <= _MAX_TONES
