"""Answers written into a quotation that has no ">" marks, as people do in Outlook.

They are told by a colour the HTML renderer wrote down, by the author's name or an arrow before
them, or because the lines around them are ours and they are not.
"""

import re

from founder_inbox.core.mime.known_text import KnownText
from founder_inbox.core.mime.quote_headers import block_lines, header_lines
from founder_inbox.core.mime.quote_words import INLINE

COLOUR_MARK = re.compile(r"^\[(?:red|blue|green|purple|orange|pink|highlighted)\] ", re.MULTILINE)
"""What the HTML renderer writes before a coloured line of a quotation."""

_INLINE = re.compile(INLINE, re.IGNORECASE)
_ARROW = re.compile(r"(?:[=~]{1,3}>|-{1,3}>|→|➔|➜|⇒|»{1,2}|<{2,4}|@{2,}|\*{2,3}(?=\s?\[))\s?\w")
_LABEL = re.compile(
    r"[*_\[(]{0,2}(?:answer|answered|reply|my (?:answer|reply|comment)|comment|antwort|kommentar"
    r"|réponse|respuesta|risposta|resposta|antwoord|svar|odpowiedź|ответ)\b[^:：]{0,12}[:：]",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"[*_]{0,2}(?:[\[(<{]([^\[\](){}<>]{1,40})[\])>}][:*_]{0,3}|([^\s:>]{1,30})[:>])\s?"
)
_MOSTLY = 3  # where more lines than this for each of ours are others, it is not our mail


def says_inline(top: str) -> bool:
    """Whether the words above a quotation say that the answers are in it."""
    return _INLINE.search(top[:4000]) is not None


def answers_in(lines: list[str], known: KnownText, sender: str) -> list[int]:
    """Which lines of an unmarked quotation (below its header) are answers, in order."""
    told = _marked_answers(lines, sender)
    if told:
        return told
    return _unknown_lines(lines, known) if known else []


def _marked_answers(lines: list[str], sender: str) -> list[int]:
    names = set(re.findall(r"[^\W\d_]{2,40}", sender.casefold()[:200]))
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", sender.casefold()[:200]))
    out: list[int] = []
    for i, line in enumerate(lines):
        text = line.strip()[:120]
        if not text:
            continue
        if block_lines(lines, i) or header_lines(lines, i):
            break
        if (
            COLOUR_MARK.match(text)
            or _ARROW.match(text)
            or _LABEL.match(text)
            or _is_named(text, names, initials)
        ):
            out += _paragraph(lines, i)
    return sorted(set(out))


def _is_named(text: str, names: set[str], initials: str) -> bool:
    """Whether a line begins with its author: "[Ana]", "Ana:", "[AR]"."""
    match = _NAMED.match(text)
    if not match or not names:
        return False
    words = re.findall(r"[^\W\d_]+", (match[1] or match[2]).casefold())
    return bool(words) and (
        all(word in names for word in words) or (len(initials) > 1 and words == [initials])
    )


def _paragraph(lines: list[str], i: int) -> list[int]:
    """The line and those right below it, up to an empty one or the next sign of a question."""
    end = i + 1
    while end < len(lines) and lines[end].strip() and len(lines[end - 1]) > 60:
        end += 1
    return list(range(i, end))


def _unknown_lines(lines: list[str], known: KnownText) -> list[int]:
    """Lines between ours that are not ours, where most are."""
    ours = [i for i, line in enumerate(lines) if known.says(line)]
    if len(ours) < 2:
        return []
    other = [
        i
        for i in range(ours[0], len(lines))
        if lines[i].strip() and not known.says(lines[i]) and not known.has_line(lines[i])
    ]
    # What follows our last line may be our signature; with answers above it, it is kept, too.
    between = [i for i in other if i < ours[-1]]
    return other if between and len(between) <= _MOSTLY * len(ours) else []
