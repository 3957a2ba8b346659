"""What is new in a reply, what it quotes, and how it is signed: folded, never deleted.

Evidence, strongest first: ">" lines, the line or header block a mail program writes before a
quotation, and text of the ticket we already hold. Where new words follow a quotation only the
quoted lines leave `new_text`; where answers stand between quotations `interleaved` says so and
the whole text should be shown. If nothing new is left, everything is new.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from founder_inbox.core.mime.quote_headers import (
    begins_tail,
    header_lines,
    is_forward,
    is_sure,
    with_rule_above,
)

_QUOTED = re.compile(r"[ \t]{0,3}>")
_CODE_PROMPT = re.compile(r"[ \t]{0,3}>>>(?:$| )")
_DELIMITER = re.compile(r"--\s{0,2}$|—\s?$")
_LIST_FOOTER = re.compile(r"_{20,}$")
_MOBILE = re.compile(
    r"(?:sent (?:from|via|with) (?:my |a )?[\w .'-]{2,40}|get outlook for \w{2,12}"
    r"|von meinem [\w .-]{2,30} gesendet|gesendet von (?:meinem |mail )?[\w .-]{2,30}"
    r"|envoyé de(?:puis)? mon [\w .-]{2,30}|enviado desde mi [\w .-]{2,30}"
    r"|inviato da(?:l mio)? [\w .-]{2,30}|verzonden vanaf mijn [\w .-]{2,30})"
    r"(?:\s?[<(\[]\S{1,200})?$",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\[(\d{1,3})\] (?:https?://|mailto:)")
_SIGNATURE_LINES = 20


@dataclass(frozen=True, slots=True)
class Parts:
    """A text in three: each keeps its lines in order. `interleaved`: answers stand in the quote."""

    new_text: str
    quoted: str
    signature: str
    interleaved: bool = False


def split(text: str, known: Sequence[str] = ()) -> Parts:
    """Part `text`; `known` are earlier texts of the same ticket, in any order.

    Linear in the text's length, at most 200 KB of it looked at.
    """
    lines, notes = _without_notes(text[:200_000].split("\n"))
    quoted = _quoted_lines(lines, known)
    if not any(line.strip() and not q for line, q in zip(lines, quoted, strict=True)):
        return Parts(text, "", "")
    interleaved = _is_interleaved(lines, quoted)
    new = [line for line, q in zip(lines, quoted, strict=True) if not q]
    new, signature = _sign_off(new)
    if not any(line.strip() for line in new):
        return Parts(text, "", "")
    old = [line for line, q in zip(lines, quoted, strict=True) if q]
    new_text = _joined(new)
    mine = [note for note in notes if note[: note.index("]") + 1] in new_text]
    if mine:
        new_text = "\n".join([new_text, "", *mine])
    rest = [note for note in notes if note not in mine]
    return Parts(new_text, _joined([*old, *rest]), _joined(signature), interleaved)


def _joined(lines: list[str]) -> str:
    """Lines as text without empty ones at the ends or where a quotation was taken out."""
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n")


def _without_notes(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines, and the link notes that the HTML renderer wrote below them."""
    end = len(lines)
    while end and _NOTE.match(lines[end - 1]):
        end -= 1
    return lines[:end], lines[end:]


def _quoted_lines(lines: list[str], known: Sequence[str]) -> list[bool]:
    """For each line whether it is quoted (a header before the quotation belongs to it)."""
    quoted = _marked(lines)
    written, skip = False, 0
    for i, line in enumerate(lines):
        if quoted[i]:
            continue
        if is_forward(line) and not any(quoted[:i]):
            return [False] * len(lines)
        if i >= skip and begins_tail(lines, i):
            if written:
                start = with_rule_above(lines, i)
                return [*quoted[:start], *([True] * (len(lines) - start))]
            skip = i + 12
        header = header_lines(lines, i)
        if header:
            below = next(
                (j for j in range(i + header, min(len(lines), i + header + 4)) if lines[j].strip()),
                None,
            )
            if below is not None and quoted[below]:
                quoted[i:below] = [True] * (below - i)
            elif any(quoted[i + header : i + header + 8]):
                quoted[i : i + header] = [True] * header
            elif written and is_sure(lines[i : i + header]):
                return [*quoted[:i], *([True] * (len(lines) - i))]
        written = written or (bool(line.strip()) and not quoted[i])
    known_from = _known_from(lines, quoted, known)
    return [q or i >= known_from for i, q in enumerate(quoted)]


def _marked(lines: list[str]) -> list[bool]:
    """Lines that begin with ">", unless all of them are a Python prompt or decoration."""
    marked = [_QUOTED.match(line) is not None for line in lines]
    shown = [line for line, q in zip(lines, marked, strict=True) if q]
    if all(_CODE_PROMPT.match(line) for line in shown):
        return [False] * len(lines)
    for i in range(1, len(lines) - 1):
        # A long link that a mail program broke in two falls out of the quotation.
        if marked[i - 1] and marked[i + 1] and not marked[i]:
            alone = lines[i].strip()
            marked[i] = bool(alone) and " " not in alone and "://" in lines[i - 1]
    return marked


def _is_interleaved(lines: list[str], quoted: list[bool]) -> bool:
    """Whether something new stands between two quoted lines."""
    states = [q for line, q in zip(lines, quoted, strict=True) if line.strip("> \t")]
    if True not in states:
        return False
    first = states.index(True)
    last = len(states) - states[::-1].index(True)
    return False in states[first:last]


def _known_from(lines: list[str], quoted: list[bool], known: Sequence[str]) -> int:
    """Where an end begins that consists of lines we already hold; past the end if none does.

    Language-free: this finds quotations that no mark announces.
    """
    held = {_bare(line) for text in known for line in text[:200_000].split("\n")} - {""}
    best, hits, misses, weight = len(lines), 0, 0, 0
    if not held:
        return best
    for i in range(len(lines) - 1, -1, -1):
        bare = _bare(lines[i])
        if not bare or quoted[i]:
            continue
        if bare in held:
            hits, weight = hits + 1, weight + len(bare)
            if weight >= 40 and misses * 4 <= hits:
                best = i
        else:
            misses += 1
            if misses > 3 and misses * 4 > hits:
                break
    return best


def _bare(line: str) -> str:
    return " ".join(line.lstrip("> \t").split())


def _sign_off(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines, and the signature at their end: "-- ", a list's footer, "Sent from my …"."""
    for i in range(len(lines) - 1, max(0, len(lines) - _SIGNATURE_LINES - 1), -1):
        starts = _DELIMITER.match(lines[i]) or _LIST_FOOTER.match(lines[i])
        if starts and any(line.strip() for line in lines[:i]):
            return lines[:i], lines[i:]
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    if (
        end > 1
        and _MOBILE.match(lines[end - 1].strip())
        and any(x.strip() for x in lines[: end - 1])
    ):
        return lines[: end - 1], lines[end - 1 :]
    return lines, []
