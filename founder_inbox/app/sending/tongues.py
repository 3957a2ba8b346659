"""One thing said to many, to each in their language where the founder wrote it in that one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from founder_inbox.app.sending.canned import ticket_language
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.letters.language import language_of
from founder_inbox.core.tickets.entry import Ticket

# The same words, once or once in each language; which one it is their words say.
Words = str | Sequence[str]
_USUAL = "en"


def by_language(words: Words) -> dict[str, str]:
    """What was written, by its language; English where that can't be told, the first of each."""
    found: dict[str, str] = {}
    for text in [words] if isinstance(words, str) else words:
        if text.strip():
            found.setdefault(language_of(text) or _USUAL, text)
    return found


def words_for(said: Mapping[str, str], language: str) -> tuple[str, str]:
    """What somebody gets, and its language: theirs, else English, else the first. "" for nothing.

    The language is "en" then.
    """
    for wanted in (language, _USUAL, *said):
        if wanted in said:
            return wanted, said[wanted]
    return _USUAL, ""


def tongue_of(ws: Workspace, ticket: Ticket) -> str:
    """The language a ticket's customer writes; English where that can't be told."""
    return ticket_language(ws, ticket) or _USUAL


def missing_tongues(ws: Workspace, tickets: Iterable[Ticket], words: Words) -> Counter[str]:
    """How many of these customers write another language than the words are there in."""
    said = by_language(words)
    return Counter(tongue for ticket in tickets if (tongue := tongue_of(ws, ticket)) not in said)
