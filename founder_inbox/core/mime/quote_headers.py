"""The lines mail programs write before a quotation: "On … wrote:", a rule, a block of fields."""

import re

from founder_inbox.core.mime.quote_words import FORWARDED, LABELS, OPENS, ORIGINAL, WROTE

_WROTE_AT_END = re.compile(rf"(?:^|[\s>)\]\"',])(?:{WROTE})\s{{0,3}}[:：]?$", re.IGNORECASE)
_OPENED = re.compile(rf"(?:{OPENS})[\s\d,]", re.IGNORECASE)
_VERB = re.compile(rf"(?<!\w)(?:{WROTE})(?!\w)", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}[:.]\d\d|\d{4}|\d{1,2}[./-]\d{1,2}|\d{1,2}\. ")
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d|(?:19|20)\d\d")
_ADDRESS = re.compile(r"[<(\[\"]?(?:mailto:)?[^\s<>()@]{1,120}@[^\s<>()@]{1,120}")
_ORIGINAL = re.compile(rf"(?:{ORIGINAL}|.{{1,100}} wrote)$", re.IGNORECASE)
_RULE_SIGNS = " \t-_=*>:"
_RULE = re.compile(r"\s{0,8}[-_=*—─]{3,}\s{0,8}$")
_LABEL = re.compile(
    r"\s{0,4}\*{0,2}([^\W\d_][\w'’/ -]{0,18}?)\s{0,2}\*{0,2}\s?[:：]\*{0,2}(?:\s|$)"
)
_MAX_HEADER = 400
_FORWARD = re.compile(rf"(?:{FORWARDED})", re.IGNORECASE)


def is_forward(line: str) -> bool:
    """Whether what follows was forwarded, which is to be read, not folded."""
    line = line.strip()
    marked = line[:1] in {"-", "_", "*"} or line[-1:] in {":", "-"}
    return marked and _FORWARD.match(line.strip(_RULE_SIGNS)) is not None


def header_lines(lines: list[str], i: int) -> int:
    """How many lines from `i` on are "On <date>, <name> wrote:" (0 if they are not)."""
    if not lines[i].strip():
        return 0
    opens = _opens(lines[i])
    joined = ""
    for count, line in enumerate(lines[i : i + 4], 1):
        joined = f"{joined} {line.strip()}".strip()
        if len(joined) > _MAX_HEADER or not line.strip() or (count > 1 and _opens(line)):
            return 0
        if _is_header(joined.strip("-_ *")):
            return count
        if not opens:
            return 0
    return 0


def _opens(line: str) -> bool:
    """Whether a line could be the first of several that announce a quotation."""
    line = line.strip()
    dated = line[:1].isdigit() and _DATE.match(line) is not None
    return dated or _OPENED.match(line) is not None


def _is_header(text: str) -> bool:
    """Whether the text is the line before a quotation, in any of the languages, or by its shape."""
    ends = text.endswith((":", "："))
    if not text:
        return False
    if _WROTE_AT_END.search(text[-30:]):
        return ends or _DATE.search(text) is not None
    if ends and _DATE.search(text) and (_VERB.search(text) or _ADDRESS.search(text)):
        return True
    return (
        text.endswith((">", ")"))
        and text[:1].isdigit()
        and _CLOCK.match(text) is not None
        and _ADDRESS.search(text) is not None
    )


def is_sure(header: list[str]) -> bool:
    """Whether a header alone, without ">" below it, proves that a quotation begins."""
    text = " ".join(line.strip() for line in header).strip("-_ *")
    dated = _CLOCK.search(text) is not None
    named = _ADDRESS.search(text) is not None
    told = _VERB.search(text) is not None
    opened = _OPENED.match(text) is not None
    return (dated and (named or (told and opened))) or (named and told)


def begins_tail(lines: list[str], i: int) -> bool:
    """Whether a rule or a block of header fields begins here, with all below it quoted."""
    line = lines[i].strip()
    ruled = line[:2] in {"--", "__", "==", "**"} and len(line) <= _MAX_HEADER
    if ruled and _ORIGINAL.match(line.strip(_RULE_SIGNS)):
        return True
    return bool(line) and _is_block(lines, i)


def _is_block(lines: list[str], i: int) -> bool:
    """Whether a quoted mail's fields begin here (From, Sent, To, Subject in some language)."""
    first = _label(lines[i])
    if first not in {"from", "date"}:
        return False
    kinds: set[str] = set()
    seen = 0
    for line in lines[i : i + 12]:
        kind = _label(line)
        kinds |= {kind} if kind else set()
        seen += 1 if kind else 0
        if not line.strip() and seen > 1:
            break
    block = " ".join(lines[i : i + 12])[:2000]
    return len(kinds) >= 3 or (
        len(kinds) == 2 and (bool(_ADDRESS.search(block)) or bool(_CLOCK.search(block)))
    )


def _label(line: str) -> str:
    match = _LABEL.match(line[:80])
    return LABELS.get(match[1].lower().strip(), "") if match else ""


def with_rule_above(lines: list[str], i: int) -> int:
    """Where the quotation begins when a drawn line and empty ones stand above its header."""
    above = i
    while above and not lines[above - 1].strip():
        above -= 1
    return above - 1 if above and _RULE.match(lines[above - 1]) else i
