"""What is new in a reply, what it quotes, and how it is signed: folded, never deleted.

Evidence, strongest first: text we sent in the ticket, ">" lines, the line or header block a mail
program writes before a quotation. Where new words follow a quotation only the quoted lines leave
`new_text`; where answers stand between quotations `interleaved` says so and the whole text should
be shown. If nothing new is left, everything is new.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from founder_inbox.core.mime.inline_answers import answers_in, says_inline
from founder_inbox.core.mime.known_text import KnownText
from founder_inbox.core.mime.quote_headers import (
    begins_tail,
    block_lines,
    header_lines,
    is_forward,
    is_sure,
    with_rule_above,
)
from founder_inbox.core.mime.signatures import signature_start

_QUOTED = re.compile(r"[ \t]{0,3}>")
_CODE_PROMPT = re.compile(r"[ \t]{0,3}>>>(?:$| )")
_NOTE = re.compile(r"\[(\d{1,3})\] (?:https?://|mailto:)")
_GLUED = re.compile(r"(?<=[^\s-])(?=-{2,3} ?On .{6,200} wrote:$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parts:
    """A text in three: each keeps its lines in order. `interleaved`: answers stand in the quote."""

    new_text: str
    quoted: str
    signature: str
    interleaved: bool = False


@dataclass(frozen=True, slots=True)
class _Reply:
    """The lines of a mail, and what helps to tell them apart."""

    lines: list[str]
    known: KnownText
    sender: str


def split(text: str, known: Sequence[str] = (), sender: str = "") -> Parts:
    """Part `text`; `known` are texts we sent in the ticket, `sender` is who wrote this one.

    Linear in the text's length, at most 200 KB of it looked at.
    """
    lines, notes = _without_notes(_GLUED.sub("\n", text[:200_000]).split("\n"))
    quoted, inline = _quoted_lines(_Reply(lines, KnownText(known), sender))
    if not any(line.strip() and not q for line, q in zip(lines, quoted, strict=True)):
        return Parts(text, "", "")
    interleaved = inline or _is_interleaved(lines, quoted)
    new = [line for line, q in zip(lines, quoted, strict=True) if not q]
    # In an unmarked quotation that is shown whole the end may be signed by somebody else.
    start = len(new) if inline and not any(quoted) else signature_start(new, sender)
    new, signature = new[:start], new[start:]
    if not any(line.strip() for line in new):
        return Parts(text, "", "")
    old = [line for line, q in zip(lines, quoted, strict=True) if q]
    new_text = _joined(new)
    mine = [note for note in notes if note[: note.index("]") + 1] in new_text]
    if mine:
        new_text = "\n".join([new_text, "", *mine])
    rest = [note for note in notes if note not in mine]
    return Parts(new_text, _joined([*old, *rest]), _joined(signature), interleaved)


def said(new_text: str, signature: str) -> str:
    """The words to sort a mail by: what is new, and the thanks of its farewell ("Thanks, Ana")."""
    return f"{new_text}\n{signature.partition(chr(10))[0]}".rstrip()


def _joined(lines: list[str]) -> str:
    """Lines as text without empty ones at the ends or where a quotation was taken out."""
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n")


def _without_notes(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines, and the link notes that the HTML renderer wrote below them."""
    end = len(lines)
    while end and _NOTE.match(lines[end - 1]):
        end -= 1
    return lines[:end], lines[end:]


def _quoted_lines(reply: _Reply) -> tuple[list[bool], bool]:
    """For each line whether it is quoted (its header belongs to it); whether answers are inside."""
    lines = reply.lines
    quoted = _marked(lines)
    written, skip = False, 0
    for i, line in enumerate(lines):
        if quoted[i]:
            continue
        if is_forward(line) and not any(quoted[:i]):
            return [False] * len(lines), False
        if i >= skip and begins_tail(lines, i):
            if _is_pasted(lines, i):
                skip = i + 12
                continue
            start = with_rule_above(lines, i)
            head = _head_end(lines, i)
            if _is_marked_below(lines, quoted, head):
                quoted[start:head] = [True] * (head - start)
                skip = head
                continue
            if written:
                return _tail(reply, quoted, start, head)
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
                return _tail(reply, quoted, i, i + header)
        written = written or (bool(line.strip()) and not quoted[i])
    return _with_known(reply, quoted), False


def _is_pasted(lines: list[str], i: int) -> bool:
    """Whether the words above announce what follows: then it is shown to us on purpose."""
    above = next((x.rstrip() for x in reversed(lines[max(0, i - 3) : i]) if x.strip()), "")
    return above.endswith(":") and " " in above and not header_lines([above], 0)


def _head_end(lines: list[str], i: int) -> int:
    """Where the fields of a header block end; a rule above them belongs to them."""
    for start in range(i, min(len(lines), i + 3)):
        count = block_lines(lines, start)
        if count:
            return start + count
    return i + 1


def _is_marked_below(lines: list[str], quoted: list[bool], head: int) -> bool:
    """Whether the first words below a header block have a ">"."""
    below = next((j for j in range(head, min(len(lines), head + 4)) if lines[j].strip()), None)
    return below is not None and quoted[below]


def _tail(reply: _Reply, quoted: list[bool], start: int, head: int) -> tuple[list[bool], bool]:
    """The lines from `start` on are quoted, but for answers that stand among them."""
    lines = reply.lines
    folded = [*quoted[:start], *([True] * (len(lines) - start))]
    top = "\n".join(line for line, q in zip(lines[:start], quoted[:start], strict=True) if not q)
    answers = answers_in(lines[head:], reply.known, reply.sender)
    if answers:
        for number in answers:
            folded[head + number] = False
        return folded, True
    if says_inline(top) and any(line.strip() for line in lines[head:]):
        return quoted, True
    return folded, False


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


def _with_known(reply: _Reply, quoted: list[bool]) -> list[bool]:
    """Lines we sent are quoted, marked or not: this finds what no mark announces."""
    lines, known = reply.lines, reply.known
    if not known:
        return quoted
    out = [q or known.says(line) for line, q in zip(lines, quoted, strict=True)]
    # Short lines of ours ("Hi Ana,") count only beside longer ones.
    for order in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for i in order:
            near = next(
                (j for j in (i + step, i + 2 * step) if 0 <= j < len(lines) and lines[j].strip()),
                None,
            )
            if near is not None and out[near] and not out[i]:
                out[i] = known.goes_on(lines[i])
    return out
