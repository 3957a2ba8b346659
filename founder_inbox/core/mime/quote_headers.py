"""The lines mail programs write before a quotation: "On … wrote:", a rule, a block of fields."""

import re

from founder_inbox.core.mime.quote_words import ABOVE, FORWARDED, LABELS, OPENS, ORIGINAL, WROTE

_WROTE_AT_END = re.compile(
    rf"(?:^|[\s>)\]\"',，님的]|(?<=\d))(?:{WROTE})(?:\s\([^()]{{4,60}}\))?\s{{0,3}}[:：]?$",
    re.IGNORECASE,
)
_OPENED = re.compile(rf"(?:{OPENS})[\s\d,]", re.IGNORECASE)
_VERB = re.compile(rf"(?<!\w)(?:{WROTE})(?!\w)", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}[:.]\d\d|\d{4}|\d{1,2}[./-]\d{1,2}|\d{1,2}\. ")
_DIGIT = re.compile(r"\d")
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d|(?:19|20)\d\d")
_ADDRESS = re.compile(r"[<(\[\"]?(?:mailto:)?[^\s<>()@]{1,120}@[^\s<>()@]{1,120}")
_ORIGINAL = re.compile(rf"(?:{ORIGINAL}|.{{1,100}} wrote)$", re.IGNORECASE)
_ABOVE = re.compile(rf"[\W_]{{0,12}}(?:{ABOVE})", re.IGNORECASE)
_RULE_SIGNS = " \t-_=*>:#"
_RULE = re.compile(r"\s{0,8}[-_=*—─]{3,}\s{0,8}$")
_MAX_HEADER = 400
_MAX_LABEL = 22
_FORWARD = re.compile(rf"(?:{FORWARDED})", re.IGNORECASE)
_NAMED_ONLY = re.compile(
    r".{1,120}<[^<>\s]{3,120}> \[[\d/ :.-]{6,30}\]:?$"  # mutt
    r"|(?:Quoting|Zitat von|Citando a?|En réponse à) .{1,160}@.{1,120}:$"  # Horde
)


def is_forward(line: str) -> bool:
    """Whether what follows was forwarded, which is to be read, not folded."""
    line = line.strip()
    marked = line[:1] in {"-", "_", "*"} or line[-1:] in {":", "-", "："}
    return marked and _FORWARD.match(line.strip(_RULE_SIGNS)) is not None


def header_lines(lines: list[str], i: int) -> int:
    """How many lines from `i` on are "On <date>, <name> wrote:" (0 if they are not)."""
    if not _may_announce(lines[i]):
        return 0
    opens = _opens(lines[i])
    joined = ""
    for count, line in enumerate(lines[i : i + 5], 1):
        text = line.strip()
        joined = f"{joined} {text}".strip()
        broken_off = _is_broken_off(lines[i + count - 2]) or text[:1] == "<"
        if len(joined) > _MAX_HEADER or (count > 1 and text and _opens(line) and not broken_off):
            return 0
        if not text and not (count > 1 and lines[i + count : i + count + 1] == ["<"]):
            return 0
        if _is_header(joined.strip("-_ *")):
            return count
        if not opens:
            return 0
    return 0


def _may_announce(line: str) -> bool:
    """Whether a line has any of what the first line of a header must have; most lines have not."""
    bare = line.strip(" \t*_-")
    return bool(line.strip()) and (
        _DIGIT.search(line) is not None
        or line.strip().strip("-_ *").endswith((":", "："))
        or _OPENED.match(bare) is not None
    )


def _is_broken_off(line: str) -> bool:
    """Whether a line can't be the end of a sentence, so that the next one goes on with it."""
    return line.rstrip()[-1:] in {",", "<", "(", "-"}


def _opens(line: str) -> bool:
    """Whether a line could be the first of several that announce a quotation."""
    line = line.strip(" \t*_-")
    dated = _DATE.search(line[:40]) is not None
    return (
        (line[:1].isdigit() and dated)
        or _OPENED.match(line) is not None
        or (dated and _DATE.search(line) is not None and _ADDRESS.search(line) is not None)
    )


def _is_header(text: str) -> bool:
    """Whether the text is the line before a quotation, in any of the languages, or by its shape."""
    ends = text.endswith((":", "："))
    if not text:
        return False
    if _WROTE_AT_END.search(text[-90:]):
        return ends or _DATE.search(text) is not None
    if _NAMED_ONLY.match(text):
        return True
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
    told = _VERB.search(text) is not None or _WROTE_AT_END.search(text[-90:]) is not None
    opened = _OPENED.match(text) is not None or text[:1].isdigit()
    return (dated and (named or (told and opened))) or (named and (told or opened))


def begins_tail(lines: list[str], i: int) -> bool:
    """Whether a rule or a block of header fields begins here, with all below it quoted."""
    line = lines[i].strip()
    ruled = line[:2] in {"--", "__", "==", "**"} and len(line) <= _MAX_HEADER
    if ruled and _ORIGINAL.match(line.strip(_RULE_SIGNS)):
        return True
    return bool(line) and (_ABOVE.match(line[:200]) is not None or block_lines(lines, i) > 0)


def block_lines(lines: list[str], i: int) -> int:
    """How many lines from `i` on are a quoted mail's fields (From, Sent, To, Subject), or 0."""
    first = _label(lines[i])
    if first not in {"from", "date"}:
        return 0
    kinds: set[str] = set()
    seen = end = 0
    for count, line in enumerate(lines[i : i + 14], 1):
        kind = _label(line)
        if kind == "from" in kinds:
            break
        kinds |= {kind} if kind else set()
        seen, end = (seen + 1, count) if kind else (seen, end)
        if not line.strip() and seen > 1:
            break
    block = " ".join(lines[i : i + 14])[:2000]
    sure = len(kinds) >= 3 or (
        len(kinds) == 2 and (bool(_ADDRESS.search(block)) or bool(_CLOCK.search(block)))
    )
    return end if sure else 0


def _label(line: str) -> str:
    """The field a line of a quoted header block names; empty for any other line."""
    label, colon, _ = line.strip(" \t*_>")[: _MAX_LABEL + 6].replace("：", ":").partition(":")
    return LABELS.get(label.strip(" \t*_\u00a0").lower(), "") if colon else ""


def with_rule_above(lines: list[str], i: int) -> int:
    """Where the quotation begins when a drawn line and empty ones stand above its header."""
    above = i
    while above and not lines[above - 1].strip():
        above -= 1
    return above - 1 if above and _RULE.match(lines[above - 1]) else i
