"""Filling canned replies: values in, questions out, and what is still open (`placeholder_tags`)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from founder_inbox.core.letters.placeholder_tags import ASK, Control, Field, Plain, tokens


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to the founder. `name` is the key for `fill`; an `optional` one may be empty."""

    name: str
    question: str
    fallback: str | None
    optional: bool


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its values, and the names that had none: these still stand there in `{{ }}`."""

    text: str
    missing: tuple[str, ...]


def render(text: str, values: Mapping[str, str]) -> Filled:
    """Put values in. `ask.date` is looked up as `ask.date`, then as `date`.

    A value that ends its own sentence makes no second full stop; inside it nothing changes.
    """
    written: list[str] = []
    missing: dict[str, None] = {}
    shown, ended = True, False
    for token in tokens(text):
        if isinstance(token, Control):
            shown = _shows(token, shown, values)
        elif shown:
            piece = _written(token, values, missing)
            again = isinstance(token, Plain) and ended and piece.startswith(".")
            written.append(piece[1:] if again and not piece.startswith("..") else piece)
            ended = isinstance(token, Field) and piece.endswith(".") and not piece.endswith("..")
    return Filled("".join(written).strip("\n"), tuple(missing))


def questions(text: str) -> tuple[Ask, ...]:
    """List the ask-me fields of a text, in order, each once."""
    seen: dict[str, list[tuple[Field, str]]] = {}
    inside = ""
    for token in tokens(text):
        if isinstance(token, Control):
            inside = token.name if token.word == "if" and not token.negated else ""
        elif isinstance(token, Field) and token.name.startswith(ASK):
            seen.setdefault(token.name, []).append((token, inside))
    return tuple(_ask(name, places) for name, places in seen.items())


def unfilled(text: str) -> tuple[str, ...]:
    """List what still stands in `{{ }}` in the founder's own lines, so that sending can refuse.

    Quoted lines (`> `) are the customer's and may say what they like.
    """
    own = (line for line in text.split("\n") if not line.startswith(">"))
    return tuple(tag for line in own for tag in _tags_in(line))


def _tags_in(line: str) -> Iterator[str]:
    at = line.find("{{")
    while at >= 0:
        end = line.find("}}", at)
        stop = len(line) if end < 0 else end + 2
        yield line[at:stop][:200]
        at = line.find("{{", stop)


def _shows(token: Control, shown: bool, values: Mapping[str, str]) -> bool:
    if token.word == "if":
        return bool(_value(token.name, values)) != token.negated
    return True if token.word == "end" else not shown


def _written(token: Plain | Field, values: Mapping[str, str], missing: dict[str, None]) -> str:
    if isinstance(token, Plain):
        return token.text
    value = _value(token.name, values) or token.fallback
    if value is None:
        missing[token.name] = None
        return token.source
    return value


def _value(name: str, values: Mapping[str, str]) -> str:
    value = values.get(name, "").strip()
    if not value and name.startswith(ASK):
        value = values.get(name.removeprefix(ASK), "").strip()
    return value


def _ask(name: str, places: list[tuple[Field, str]]) -> Ask:
    question = next(place.question for place, _ in places if place.question)
    fallback = next((place.fallback for place, _ in places if place.fallback is not None), None)
    optional = all(place.fallback is not None or inside == name for place, inside in places)
    return Ask(name, question, fallback, optional)
