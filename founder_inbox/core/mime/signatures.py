"""How a mail is signed: a delimiter, a farewell, a name with phone numbers, a phone's advert.

Cautious on purpose: what could be a sentence of the letter stays in the letter. A list of facts
that the text announced with a colon is no signature, and a postscript is never folded.
"""

import re

from founder_inbox.core.mime.signature_words import (
    CLOSING,
    LEGAL,
    MOBILE,
    POSTSCRIPT,
    THANKS,
)

_DELIMITER = re.compile(r"--\s{0,2}$|—\s?$")
_LIST_FOOTER = re.compile(r"_{20,}$")
_RULE = re.compile(r"[-_=*~—─]{3,}$")
_LINK = r"(?:\s?[<(\[]\S{1,300})?"
_MOBILE = re.compile(rf"[\[*_]{{0,2}}(?:{MOBILE})[\])*_]{{0,2}}{_LINK}[.!]?$", re.IGNORECASE)
_LEGAL = re.compile(rf"[*_>\s|-]{{0,6}}(?:{LEGAL})", re.IGNORECASE | re.DOTALL)
_END = r"[\s,.;!–—-]{0,5}"
_CLOSING = re.compile(rf"[*_]{{0,2}}(?:{CLOSING})(?P<rest>{_END}(?:\b.{{0,50}})?)$", re.IGNORECASE)
_THANKS = re.compile(rf"[*_]{{0,2}}(?:{THANKS})(?P<rest>{_END}(?:\b.{{0,40}})?)$", re.IGNORECASE)
_POSTSCRIPT = re.compile(POSTSCRIPT, re.IGNORECASE)
_CONTACT = re.compile(
    r"[\w.+-]{1,60}@[\w-]{1,60}\.\w|(?:https?://|www\.)\S|(?:\+|\(0?|\b0|\b\d)[\d()/ .-]{6,20}\d"
    r"|\b(?:tel|phone|fon|mobil\w{0,4}|cell|fax|skype|twitter|linkedin|t|m|f|e)\b ?[.:]",
    re.IGNORECASE,
)
_NAME_WORD = r"(?:[^\W\d_][\w'’.-]{0,24}|\([^()]{1,20}\))"
_NAME = re.compile(rf"{_NAME_WORD}(?:[ ,]{{1,2}}{_NAME_WORD}){{0,4}}[.,]?$")
_PARTICLES = frozenset({
    "von", "van", "de", "der", "den", "da", "di", "del", "della", "du", "la", "le", "el", "al",
    "bin", "ibn", "dos", "das", "and", "und", "et", "y", "e", "&", "zu", "af",
})  # fmt: skip
_DASHED = re.compile(r"[-–—/~]{1,2}\s?(?=[^\W\d_])")
_WINDOW = 20
_MAX_LINES = 12
_MAX_LINE = 76
_MAX_LEGAL = 6


def signature_start(lines: list[str], sender: str = "") -> int:
    """Where the signature begins, past the end where there is none.

    `sender` is the author's name, which lets a bare "Ana" at the end be told from a word.
    """
    found = _by_delimiter(lines)
    if found is not None:
        return found
    end = _above_adverts(lines)
    names = _names(sender)
    found = _by_farewell(lines, end, names)
    if found is None:
        found = _by_name(lines, end, names)
    start = end if found is None else found
    return start if any(line.strip() for line in lines[:start]) else len(lines)


def _by_delimiter(lines: list[str]) -> int | None:
    for i in range(len(lines) - 1, max(0, len(lines) - _WINDOW - 1), -1):
        starts = _DELIMITER.match(lines[i]) or _LIST_FOOTER.match(lines[i])
        if starts and any(line.strip() for line in lines[:i]):
            has_more = any(_POSTSCRIPT.match(line.strip()) for line in lines[i:])
            return None if has_more else _with_farewell(lines, i)
    return None


def _with_farewell(lines: list[str], i: int) -> int:
    """The farewell just above a delimiter belongs to it."""
    found = _by_farewell(lines, i, frozenset())
    return i if found is None or not any(line.strip() for line in lines[:found]) else found


def _above_adverts(lines: list[str]) -> int:
    """Where adverts of phones and lawyers at the end begin."""
    end = _trimmed(lines, len(lines))
    while end:
        last = lines[end - 1].strip()
        start = end
        if _MOBILE.match(last[:200]) or _RULE.match(last[:80]):
            start = end - 1
        else:
            top = _paragraph(lines, end)
            if _LEGAL.match("\n".join(lines[top : top + _MAX_LEGAL])[:600].strip()):
                start = top
        if start == end:
            break
        end = _trimmed(lines, start)
    return end if any(line.strip() for line in lines[:end]) else len(lines)


def _trimmed(lines: list[str], end: int) -> int:
    while end and not lines[end - 1].strip():
        end -= 1
    return end


def _paragraph(lines: list[str], end: int) -> int:
    """Where the paragraph that ends at `end` begins."""
    top = end
    while top and lines[top - 1].strip() and end - top < 40:
        top -= 1
    return top


def _by_farewell(lines: list[str], end: int, names: frozenset[str]) -> int | None:
    """Where "Best regards" begins, with nothing but a name and its details below."""
    found = None
    filled = 0
    for i in range(end - 1, max(-1, end - _WINDOW), -1):
        line = lines[i].strip()
        if not line:
            continue
        if _says_farewell(lines, i, end, names):
            found = i
        elif found is not None or not _may_sign(line):
            break
        filled += 1
        if filled > _MAX_LINES:
            break
    return found


def _says_farewell(lines: list[str], i: int, end: int, names: frozenset[str]) -> bool:
    line = lines[i].strip()[:160]
    below = next((x.strip() for x in lines[i + 1 : end] if x.strip()), "")
    signed = not below or _is_name(below, names) or _CONTACT.search(below[:200]) is not None
    signed = signed or _CLOSING.match(below[:160]) is not None
    closing = _CLOSING.match(line)
    if closing:
        rest = closing["rest"].strip(" ,.;!–—-*_")
        return (signed and not rest) or (bool(rest) and _is_name(rest, names))
    thanks = _THANKS.match(line)
    if not thanks:
        return False
    # Thanks alone are what the mail says; thanks above a name are how it ends.
    rest = thanks["rest"].strip(" ,.;!–—-*_")
    return (bool(below) and signed and not rest) or (
        bool(rest) and _is_own(rest, names) and thanks["rest"].strip()[:1] in {",", ".", "-", "–"}
    )


def _by_name(lines: list[str], end: int, names: frozenset[str]) -> int | None:
    """Where the author's own name begins the end, or a name with phone and address below."""
    found = None
    contacts = filled = 0
    for i in range(end - 1, max(-1, end - _WINDOW), -1):
        line = lines[i].strip()
        if not line:
            continue
        if not _may_sign(line) or filled >= _MAX_LINES:
            break
        contact = _CONTACT.search(line) is not None
        whole = end - i == filled + 1
        if _opens_end(lines, i, end, names) or (
            whole and contacts >= 2 and _is_block(lines, i) and _is_name(line, names)
        ):
            found = i
        contacts += contact
        filled += 1
    return found


def _opens_end(lines: list[str], i: int, end: int, names: frozenset[str]) -> bool:
    """Whether the author's name, or a dash and a name, stands here and ends the letter."""
    line, above = lines[i].strip(), lines[i - 1].strip() if i else ""
    if _is_block(lines, i) and end - i <= 2 and _is_dashed_name(line):
        return True
    own = _is_own(line, names) and not _is_statement(lines, i, end)
    return own and i > 0 and (not above or above[-1] in ".!?") and not _announces(lines, i)


def _is_block(lines: list[str], i: int) -> bool:
    """Whether a paragraph of its own begins here, that no colon announced."""
    return i > 0 and not lines[i - 1].strip() and not _announces(lines, i)


def _is_statement(lines: list[str], i: int, end: int) -> bool:
    """Whether the lines below a name go on as a letter does after its greeting."""
    return lines[i].rstrip()[-1:] in {",", ":"} and end - i > 1


def _announces(lines: list[str], i: int) -> bool:
    """Whether the words above end with a colon: then the lines are facts somebody asked for."""
    above = next((x.rstrip() for x in reversed(lines[max(0, i - 4) : i]) if x.strip()), "")
    return above.endswith((":", "："))


def _may_sign(line: str) -> bool:
    """Whether a line could stand in a signature: short, and no sentence."""
    if _POSTSCRIPT.match(line) or line.endswith("?"):
        return False
    if len(line) > _MAX_LINE:
        return _CONTACT.search(line[:200]) is not None and len(line) < 2 * _MAX_LINE
    words = line.split()
    sentence = len(words) > 5 and line[-1:] in ".!" and _CONTACT.search(line) is None
    return not sentence and (len(words) <= 9 or _CONTACT.search(line) is not None)


def _names(sender: str) -> frozenset[str]:
    """The words of a name that count, folded in case."""
    words = re.findall(r"[^\W\d_]{2,40}", sender[:200].casefold())
    initials = "".join(word[0] for word in words)
    return frozenset([*words, initials, initials[::-1]] if len(words) > 1 else words)


def _is_own(line: str, names: frozenset[str]) -> bool:
    """Whether a line is the sender's name or a part of it, maybe with a number to call."""
    contact = _CONTACT.search(line[:80])
    line = line[: contact.start()] if contact and contact.start() else line
    words = re.findall(r"[^\W\d_]+", line[:80].casefold())
    if not words or len(words) > 5 or not names:
        return False
    known = sum(word in names for word in words)
    initials = sum(len(word) == 1 for word in words)
    return known > 0 and known + initials == len(words) and not re.search(r"[\d?:@]", line)


def _is_dashed_name(line: str) -> bool:
    """Whether a line is "-Ana Ruiz" or "/Ana"."""
    match = _DASHED.match(line)
    return (
        match is not None
        and _is_name(line[match.end() :], frozenset())
        and (len(line.split()) <= 3 and not line[match.end() - 1].isspace())
    )


def _is_name(line: str, names: frozenset[str]) -> bool:
    """Whether a line reads like a name: few words, each with a capital."""
    line = _DASHED.sub("", line.strip("*_ ")[:80], count=1)
    if _is_own(line, names):
        return True
    if not _NAME.match(line) or len(line) > 50:
        return False
    words = line.rstrip(".,").replace(",", " ").split()
    return all(not word[0].islower() or word.lower() in _PARTICLES for word in words)
