"""Spelling of a draft, in the founder's languages, by the program that the machine has."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from founder_inbox.app.sending.tone import ToneReport
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.letters.language import language_of
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tone.findings import Finding, without_overlaps
from founder_inbox.core.tone.spelling import (
    RULE,
    find_misspelled,
    fold,
    is_foreign,
    known_words,
    spelled_elsewhere,
    words_to_check,
)
from founder_inbox.errors import CannotWrite
from founder_inbox.store import messages
from founder_inbox.system.speller import Speller

MARK = f"{RULE}:"
_GUESSED = ("de", "fr", "es")


@dataclass(frozen=True, slots=True)
class SpellChecker:
    """Asks `speller` about a draft; `known`: words that are right here, folded."""

    speller: Speller
    known: frozenset[str]

    def check(self, text: str, silenced: Collection[str]) -> tuple[Finding, ...]:
        """Findings in a draft, in the order of the text; asks another program, so not on screen.

        `silenced` holds names as `mark_of` gives them. English words are right in any language,
        as product people write. Where the language can't be told, a word is right in any that
        has a dictionary here; a text that is in none of them is left alone.
        """
        language = language_of(text)
        own = frozenset(name.removeprefix(MARK) for name in silenced if name.startswith(MARK))
        words = words_to_check(text, self.known | own, language or "en")
        languages = ["en", *_GUESSED] if language is None else [language, "en"]
        judged = self.speller.suggestions([word.text for word in words], languages)
        if not judged or is_foreign(words, judged):
            return ()
        judged = {
            word: better for word, better in judged.items() if not self._is_from_overseas(word)
        }
        return tuple(find_misspelled(text, words, judged))

    def _is_from_overseas(self, word: str) -> bool:
        others = list(spelled_elsewhere(word))
        return len(self.speller.suggestions(others, ["en"])) < len(set(others))


def spell_checker(ws: Workspace, ticket: Ticket | None, speller: Speller) -> SpellChecker | None:
    """The checker for a ticket's answer; None where it is switched off."""
    if not ws.config.sending.spelling:
        return None
    account = ws.config.account
    right = [account.name, account.signature, account.address, *_kept_words(ws)]
    right += [f"{mate.name} {mate.address}" for mate in ws.config.teammates]
    if ticket is not None:
        customer = ticket.state.customer
        right += [customer.name, customer.address, ticket.state.subject]
        right += [m.text for m in messages.messages_of_ticket(ws.store, ticket.key, 20)]
    return SpellChecker(speller, known_words(right))


def with_spelling(
    report: ToneReport, checker: SpellChecker | None, text: str, silenced: Collection[str]
) -> ToneReport:
    """What the tone check found, with what is misspelled, in the order of the text."""
    if checker is None:
        return report
    slips = checker.check(text, silenced)
    return replace(report, findings=without_overlaps([*report.findings, *slips]))


def mark_of(finding: Finding) -> str:
    """The name by which a finding is silenced: its rule's, for a word that word's own."""
    return f"{MARK}{fold(finding.text)}" if finding.rule == RULE else finding.rule


def keep_word(ws: Workspace, word: str) -> None:
    """Put a word on the founder's own list, `words.txt` beside the config. Raises CannotWrite."""
    if word in _kept_words(ws):
        return
    try:
        with ws.paths.words.open("a", encoding="utf-8") as file:
            file.write(f"{word}\n")
    except OSError as error:
        raise CannotWrite(f"{ws.paths.words} can't be written: {error.strerror}.") from error


def _kept_words(ws: Workspace) -> list[str]:
    try:
        return ws.paths.words.read_text(encoding="utf-8", errors="replace")[:200_000].split()
    except OSError:
        return []
