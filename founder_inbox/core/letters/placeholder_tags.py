"""The small language of canned replies: variables, ask-me fields, conditional parts.

    {{ first_name }}                            a variable
    {{ first_name | there }}                    with words for when it is not known
    {{ ask.date: When do they hear from you? }} a question to the founder; asked once by its name
    {{ ask.offer: What do you offer? | }}       one that may stay empty
    {{ if ask.offer }} … {{ else }} … {{ end }} a part for when it is known (`if not` for when not)

A tag stands on one line; parts are not nested; `if`, `else` and `end` alone on a line leave no
empty line behind. Text is read once, from left to right: what a value contains is never read
as a tag again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

VARIABLES = {
    "first_name": "the customer's first name, when the mail tells it",
    "customer_name": "the customer's whole name as in the mail",
    "subject": "the ticket's subject",
    "product": "the name of the account or product",
    "company": "the same as product",
    "founder_name": "your name",
    "teammate": "the first teammate's name",
    "signature": "your signature from the config",
    "today": "today's date, in your time zone",
    "weekday": "today's weekday, in your time zone",
    "elapsed": "how long ago they wrote (14 minutes)",
    "worked": "in a quick fix: how long it took (9 minutes)",
    "ticket": "the ticket's id",
    "back_on": "in an automatic reply: the day you are back",
    "handed_to": "in an automatic reply: the teammate who has the ticket now, if one has",
}

_NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")
ASK = "ask."
_CONTROLS = ("if", "else", "end")
_MOST_TAGS = 500


class TagError(ValueError):
    """A tag that can't be understood: `line` counts from 1, the text says what is wrong."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line


@dataclass(frozen=True, slots=True)
class Plain:
    """Words that stand as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A place for a value. `fallback` is None when there must be one; `name` keeps `ask.`."""

    name: str
    question: str
    fallback: str | None
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Control:
    """`if`, `else` or `end`; only `if` has a name, and `negated` for `if not`."""

    word: str
    name: str = ""
    negated: bool = False
    line: int = 0


Token = Plain | Field | Control


def tokens(text: str) -> tuple[Token, ...]:
    """Read a text into its parts, or raise `TagError`. Linear in the text's length."""
    found = tuple(_scan(text))
    _check_parts(found)
    return found


def _scan(text: str) -> Iterator[Token]:
    at, line, count = 0, 1, 0
    while (start := text.find("{{", at)) >= 0:
        line += text.count("\n", at, start)
        count += 1
        end = _end_of_tag(text, start, line, count)
        token = _tag(text[start:end], line)
        alone = isinstance(token, Control) and _is_alone(text, start, end)
        yield Plain(text[at:start])
        yield token
        at = end + 1 if alone else end
        line += alone
    yield Plain(text[at:])


def _end_of_tag(text: str, start: int, line: int, count: int) -> int:
    if count > _MOST_TAGS:
        raise TagError(line, f"there are more than {_MOST_TAGS} fields in one reply")
    stop = text.find("\n", start)
    end = text.find("}}", start, len(text) if stop < 0 else stop)
    if end < 0:
        raise TagError(line, "a {{ is not closed with }} on the same line")
    return end + 2


def _is_alone(text: str, start: int, end: int) -> bool:
    return text[end : end + 1] == "\n" and (start == 0 or text[start - 1] == "\n")


def _tag(source: str, line: int) -> Token:
    inner = source[2:-2].strip()
    word, _, rest = inner.partition(" ")
    if word in _CONTROLS:
        return _control(word, rest.strip(), line)
    head, bar, fallback = inner.rpartition("|") if "|" in inner else (inner, "", "")
    name, _, question = head.partition(":")
    name = name.strip()
    _check_name(name, line)
    if question.strip() and not name.startswith(ASK):
        raise TagError(line, f"{name} is a variable; a question needs a name such as ask.{name}")
    return Field(name, question.strip(), fallback.strip() if bar else None, source, line)


def _control(word: str, rest: str, line: int) -> Control:
    if word != "if":
        if rest:
            raise TagError(line, f"{{{{ {word} }}}} stands alone, without “{rest}”")
        return Control(word, line=line)
    negated = rest.startswith("not ")
    name = rest.removeprefix("not ").strip()
    _check_name(name, line)
    return Control("if", name, negated, line)


def _check_name(name: str, line: int) -> None:
    asked = name.removeprefix(ASK)
    if not _NAME.fullmatch(asked):
        raise TagError(line, f"“{name}” is not a name: small letters, digits and _ only")
    if name.startswith(ASK):
        if asked in VARIABLES:
            raise TagError(line, f"{name} has the name of a variable; choose another one")
        return
    if name not in VARIABLES:
        near = get_close_matches(name, VARIABLES, 1)
        hint = (
            f"did you mean {near[0]}?" if near else f"a question is written {{{{ ask.{name}: … }}}}"
        )
        raise TagError(line, f"there is no variable “{name}”; {hint}")


@dataclass(slots=True)
class _Parts:
    """What `_check_parts` has seen so far."""

    open: Control | None = None
    has_else: bool = False
    asked: set[str] = field(default_factory=set)
    used: dict[str, int] = field(default_factory=dict)


def _check_parts(found: tuple[Token, ...]) -> None:
    seen = _Parts()
    for token in found:
        if isinstance(token, Control):
            _check_control(token, seen)
        elif isinstance(token, Field) and token.name.startswith(ASK):
            seen.used.setdefault(token.name, token.line)
            if token.question:
                seen.asked.add(token.name)
    if seen.open:
        raise TagError(seen.open.line, "this {{ if }} has no {{ end }}")
    for name, line in seen.used.items():
        if name not in seen.asked:
            raise TagError(line, f"{name} has no question: {{{{ {name}: What …? }}}}")


def _check_control(token: Control, seen: _Parts) -> None:
    if token.word == "if":
        if seen.open:
            raise TagError(
                token.line, "an {{ if }} stands inside another; end the first one before"
            )
        seen.open, seen.has_else = token, False
        if token.name.startswith(ASK):
            seen.used.setdefault(token.name, token.line)
        return
    if not seen.open:
        raise TagError(token.line, f"this {{{{ {token.word} }}}} has no {{{{ if }}}} before it")
    if token.word == "end":
        seen.open = None
    elif seen.has_else:
        raise TagError(token.line, "there is a second {{ else }} in one part")
    else:
        seen.has_else = True
