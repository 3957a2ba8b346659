"""The lane rules as the founder writes them (TOML), checked and compiled.

A table is a reason; under it the phrases in each language. `strength = "hint"` makes a rule
count a third: hints decide only together. `strength = "always"` is for trouble that nothing else
in the mail can talk away.
"""

import difflib
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from founder_inbox.core.lanes.patterns import Index, Phrase, build_index, parse_phrase
from founder_inbox.core.model import Topic
from founder_inbox.errors import ConfigError

MAX_PHRASES = 20_000
ALWAYS = 4
SURE = 3
HINT = 1

_STRENGTHS = {"always": ALWAYS, "sure": SURE, "hint": HINT}
_FIXED_KEYS = ("reason", "topic", "strength")
_LANGUAGES = ("en", "de", "es", "fr")


class Role(StrEnum):
    """What a rule speaks for: a lane, against pure thanks, or to be read over."""

    THANKS = "thanks"
    URGENT = "urgent"
    HOWTO = "howto"
    FEATURE = "feature"
    NOT_THANKS = "not_thanks"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason: `weight` is ALWAYS (nothing may overrule it), SURE (decides alone) or HINT."""

    role: Role
    topic: Topic | None
    reason: str
    weight: int


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules, their phrases in two indexes, and the shipped weights as text ("" for none)."""

    rules: tuple[Rule, ...]
    ignored: Index
    phrases: Index
    weights: str = ""


# A command, the app and its threads each open a workspace of their own, with the same few texts.
@lru_cache(maxsize=4)
def parse_rules(toml_text: str, weights: str = "") -> Rules:
    """Read the rules; `weights` is the text of `lanes/weights.txt`, read when first needed.

    ConfigError names the entry that is wrong and what is allowed there.
    """
    try:
        document = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"The lane rules are not valid TOML: {error}.") from error
    rules: list[Rule] = []
    phrases: list[Phrase] = []
    for name, tables in document.items():
        role = _role(name)
        if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
            raise ConfigError(f"Lane rules: write [[{name}]] with double brackets.")
        for number, table in enumerate(tables, 1):
            place = f"[[{name}]] number {number}"
            phrases.extend(_phrases(table, place, len(rules)))
            rules.append(_rule(role, table, place))
    if len(phrases) > MAX_PHRASES:
        raise ConfigError(f"Lane rules: more than {MAX_PHRASES} phrases.")
    ignored = [p for p in phrases if rules[p.rule].role is Role.IGNORE]
    others = [p for p in phrases if rules[p.rule].role is not Role.IGNORE]
    return Rules(tuple(rules), build_index(ignored), build_index(others), weights)


def _role(name: str) -> Role:
    try:
        return Role(name)
    except ValueError:
        raise ConfigError(f"Lane rules: {_unknown(name, tuple(Role))}") from None


def _unknown(name: str, allowed: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(name, allowed, 1)
    hint = f" Did you mean {str(near[0])!r}?" if near else ""
    return f"{name!r} is not known here; allowed: {', '.join(allowed)}.{hint}"


def _rule(role: Role, table: dict[str, object], place: str) -> Rule:
    reason = table.get("reason")
    if not isinstance(reason, str) or not reason.strip():
        raise ConfigError(f'Lane rules, {place}: needs a reason, such as "charged twice".')
    strength = table.get("strength", "sure")
    if strength not in _STRENGTHS:
        problem = _unknown(str(strength), tuple(_STRENGTHS))
        raise ConfigError(f"Lane rules, {place} ({reason}), strength: {problem}")
    if strength == "always" and role is not Role.URGENT:
        raise ConfigError(f'Lane rules, {place} ({reason}): only [[urgent]] can be "always".')
    return Rule(role, _topic(role, table, place), reason.strip(), _STRENGTHS[str(strength)])


def _topic(role: Role, table: dict[str, object], place: str) -> Topic | None:
    topic = table.get("topic")
    if role is not Role.URGENT:
        if topic is not None:
            raise ConfigError(f"Lane rules, {place}: only [[urgent]] has a topic.")
        return None
    if topic not in tuple(Topic):
        problem = _unknown(str(topic), tuple(Topic))
        raise ConfigError(f"Lane rules, {place}, topic: {problem}")
    return Topic(str(topic))


def _phrases(table: dict[str, object], place: str, rule: int) -> list[Phrase]:
    found: list[Phrase] = []
    for key, texts in table.items():
        if key in _FIXED_KEYS:
            continue
        if key not in _LANGUAGES and not (len(key) == 2 and key.isalpha()):
            raise ConfigError(f"Lane rules, {place}: {_unknown(key, _FIXED_KEYS + _LANGUAGES)}")
        if not isinstance(texts, list) or not all(isinstance(t, str) for t in texts):
            raise ConfigError(f'Lane rules, {place}, {key}: write a list such as ["refund*"].')
        found.extend(_phrase(text, f"{place}, {key}", rule) for text in texts)
    if not found:
        raise ConfigError(f"Lane rules, {place}: has no phrases, e.g. en = [...].")
    return found


def _phrase(text: str, place: str, rule: int) -> Phrase:
    try:
        return parse_phrase(text, rule)
    except ValueError as error:
        raise ConfigError(f'Lane rules, {place}: the phrase "{text}" {error}.') from None
