"""The tone rules of one or several TOML files: what each looks for, and what it says of it.

A section is a rule: `phrases`, `why`, `instead`, `source`, `severity`. What takes a find back:
`unless_before` (a word up to four words before), `unless_sentence` and `unless_mail` (a phrase in
the same sentence, anywhere in the mail). `needs` names word lists the mail has to hold instead,
of which `may_miss` may be missing, those in `must` never. `together` names word lists too, several
in a string: where each of them has a word in one sentence, the rule finds it as well; `in_clause`
is the same between two commas. `check` names a function of checks.py.
`[words.NAME]` is a word list. A rule of the same name in a later file replaces the earlier one.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from founder_inbox.core.tone.wording import BadPhrase, Phrases, parse_wording
from founder_inbox.errors import ConfigError


class Severity(StrEnum):
    """`warning`: a customer is likely to be hurt or stuck. `hint`: it could read better."""

    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class ToneRule:
    """One rule in one language (None: in any). `phrases` is empty where only `check` looks."""

    name: str
    language: str | None
    why: str
    instead: str
    source: str
    severity: Severity
    phrases: Phrases
    together: tuple[tuple[str, ...], ...]
    in_clause: tuple[tuple[str, ...], ...]
    check: str
    unless_before: frozenset[str]
    unless_sentence: Phrases
    unless_mail: Phrases
    needs: tuple[str, ...]
    must: tuple[str, ...]
    may_miss: int
    own: bool


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Rules in the order of the files; word lists by language and name."""

    rules: tuple[ToneRule, ...]
    words: Mapping[tuple[str | None, str], Phrases]

    def names(self) -> tuple[str, ...]:
        """Every rule's name, once."""
        return tuple(dict.fromkeys(rule.name for rule in self.rules))

    def for_language(self, language: str | None) -> tuple[ToneRule, ...]:
        """The rules for a draft; all of them where its language is unknown."""
        return tuple(
            rule for rule in self.rules if language is None or rule.language in (None, language)
        )

    def lists(self, name: str, language: str | None) -> tuple[Phrases, ...]:
        """The word lists of a name that apply to a language, or all."""
        return tuple(
            phrases
            for (of, called), phrases in self.words.items()
            if called == name and (language is None or of in (None, language))
        )


_TEXTS = frozenset({"why", "instead", "source", "severity", "check"})
_GUARDS = frozenset({"unless_before", "unless_sentence", "unless_mail"})
_TOGETHER = frozenset({"together", "in_clause"})
_LISTS = frozenset({"phrases", "needs", "must"}) | _TOGETHER | _GUARDS
_NUMBERS = frozenset({"may_miss"})
# The functions of checks.py, by the names that files know them under.
CHECK_NAMES = frozenset(
    {
        "address",
        "bare-link",
        "cheer",
        "long-paragraph",
        "long-sentence",
        "robot",
        "shouting",
        "they-say",
    }
)
_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")


def parse_rulebook(files: Mapping[str, str], own: Mapping[str, str] | None = None) -> Rulebook:
    """Read the shipped files (name to text), then the founder's `own`.

    A file called `en.toml` or `de-….toml` is for that language; `language = "de"` on top says so
    too. Raises ConfigError naming file and line.
    """
    rules: dict[tuple[str | None, str], ToneRule] = {}
    words: dict[tuple[str | None, str], Phrases] = {}
    for is_own, group in ((False, files), (True, own or {})):
        for name, text in group.items():
            _File(name, text, is_own).read(rules, words)
    return Rulebook(tuple(rules.values()), words)


class _File:
    def __init__(self, name: str, text: str, own: bool) -> None:
        self._name, self._text, self._own = name, text, own

    def read(
        self,
        rules: dict[tuple[str | None, str], ToneRule],
        words: dict[tuple[str | None, str], Phrases],
    ) -> None:
        try:
            table = tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            raise ConfigError(f"{self._name}: {error}. No rule of it is used.") from None
        language = table.pop("language", None) or _language_of(self._name)
        if language not in (None, "en", "de", "es", "fr"):
            raise self._wrong("language", f"language {language!r} is not en, de, es or fr")
        for name, phrases in self._section(table.pop("words", {}), "words").items():
            words[language, name] = self._phrases(name, {"phrases": phrases}, "phrases")
        for name, entry in table.items():
            rule = rules[language, name] = self._rule(name, self._section(entry, name), language)
            for key, named in (("needs", {*rule.needs, *rule.must}), ("together", _names(rule))):
                for needed in sorted(named):
                    if not any(called == needed for _, called in words):
                        raise self._wrong(name, f"there is no word list {needed!r}", key)

    def _rule(self, name: str, entry: Mapping[str, object], language: str | None) -> ToneRule:
        if not _NAME.fullmatch(name):
            raise self._wrong(name, f"[{name}] is no rule's name; use small letters and hyphens")
        for key, value in entry.items():
            self._check_value(name, key, value)
        if not entry.get("why"):
            raise self._wrong(name, f"[{name}] has no why: one sentence that says what it does")
        if not any(entry.get(key) for key in ("phrases", "check", *_TOGETHER)):
            raise self._wrong(name, f"[{name}] has no phrases to look for")
        check = str(entry.get("check", ""))
        if check and check not in CHECK_NAMES:
            raise self._wrong(name, f"[{name}] has no check {check!r}", "check")
        severity = str(entry.get("severity", Severity.HINT))
        if severity not in set(Severity):
            raise self._wrong(name, f"[{name}] severity {severity!r} is neither warning nor hint")
        miss = entry.get("may_miss", 0)
        return ToneRule(
            name,
            language,
            str(entry["why"]),
            str(entry.get("instead", "")),
            str(entry.get("source", self._name if self._own else "")),
            Severity(severity),
            self._phrases(name, entry, "phrases"),
            tuple(tuple(names.split()) for names in _texts(entry, "together")),
            tuple(tuple(names.split()) for names in _texts(entry, "in_clause")),
            check,
            frozenset(_texts(entry, "unless_before")),
            self._phrases(name, entry, "unless_sentence"),
            self._phrases(name, entry, "unless_mail"),
            tuple(_texts(entry, "needs")),
            tuple(_texts(entry, "must")),
            miss if isinstance(miss, int) else 0,
            self._own,
        )

    def _check_value(self, name: str, key: str, value: object) -> None:
        if key not in _TEXTS | _LISTS | _NUMBERS:
            raise self._wrong(name, f"[{name}] knows no {key!r}", key)
        if key in _TEXTS and not isinstance(value, str):
            raise self._wrong(name, f"[{name}] {key} is not a text in quotation marks", key)
        if key in _NUMBERS and not isinstance(value, int):
            raise self._wrong(name, f"[{name}] {key} is not a number", key)
        if key in _LISTS and not _is_list(value):
            raise self._wrong(name, f'[{name}] {key} is not a list: ["…", "…"]', key)

    def _phrases(self, name: str, entry: Mapping[str, object], key: str) -> Phrases:
        if not _is_list(entry.get(key, [])):
            raise self._wrong(name, f'{name} is not a list: ["…", "…"]')
        try:
            return parse_wording(_texts(entry, key), over_commas=key not in _GUARDS)
        except BadPhrase as error:
            raise self._wrong(name, f"[{name}] {error}", key) from None

    def _section(self, value: object, name: str) -> Mapping[str, object]:
        if isinstance(value, dict):
            return value
        raise self._wrong(name, f"{name} is no section; a rule begins with [{name}] on a line")

    def _wrong(self, name: str, words: str, key: str = "") -> ConfigError:
        return ConfigError(f"{self._name}, line {self._line(name, key)}: {words}.")

    def _line(self, name: str, key: str) -> int:
        """Find the line of a section, or of a key in it; 1 where it can't be told."""
        found = 0
        for number, row in enumerate(self._text.splitlines(), 1):
            begins = re.match(r"\s*\[?\s*\"?([\w.-]+)\"?\s*[]=]", row)
            if not begins:
                continue
            if not found and begins[1] in (name, f"words.{name}"):
                found = number
            elif found and key and begins[1] == key:
                return number
            elif found and row.lstrip().startswith("["):
                break
        return found or 1


def _names(rule: ToneRule) -> set[str]:
    return {name for names in (*rule.together, *rule.in_clause) for name in names}


def _language_of(file: str) -> str | None:
    match = re.match(r"(?:.*[/\\])?(en|de|es|fr)(?:[-.]|$)", file)
    return match[1] if match else None


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _texts(entry: Mapping[str, object], key: str) -> list[str]:
    value = entry.get(key)
    return [str(item) for item in value] if isinstance(value, list) else []
