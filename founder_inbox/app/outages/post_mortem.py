"""The post-mortem of an outage: a draft as a file of the founder's, heard by rules of its own."""

from functools import lru_cache
from pathlib import Path

from founder_inbox.app.outages.outage import BEFORE, linked_tickets, outages
from founder_inbox.app.outages.outage_mails import people_of
from founder_inbox.app.sending.canned import product_name
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.outage.incident import Incident
from founder_inbox.core.outage.post_mortem import Numbers, lacks_sorry, post_mortem
from founder_inbox.core.tone.check import check_draft
from founder_inbox.core.tone.findings import Finding
from founder_inbox.core.tone.rulebook import Rulebook, parse_rulebook
from founder_inbox.errors import BadInput, FounderInboxError
from founder_inbox.system.files import write_new
from founder_inbox.system.resources import read_post_mortem_rules, read_tone_rules

# The rules for mails that are true of a public text, too; others are about one person's answer.
_OF_MAILS = frozenset(
    {
        *("blame-third-party", "blame-customer", "downplay", "empty-words", "inconvenience"),
        *("sorry-if", "angry-word", "over-cheer"),
    }
)


def last_outage(ws: Workspace) -> Incident:
    """The newest outage, over or not. Raises FounderInboxError when there never was one."""
    known = outages(ws)
    if not known:
        raise FounderInboxError("There was no outage yet, so there is nothing to write about.")
    return known[-1]


def draft_post_mortem(ws: Workspace, found: Incident, language: str) -> str:
    """The draft in Markdown, with what was said to customers, when, and to how many."""
    tickets = linked_tickets(ws, found)
    wrote = [
        t.state.opened_at
        for t in tickets
        if t.state.opened_at and t.state.opened_at >= found.opened_at - BEFORE
    ]
    numbers = Numbers(len(people_of(ws, tickets)), min(wrote, default=None))
    return post_mortem(found, numbers, product_name(ws), ws.hours.zone, language)


def save_post_mortem(ws: Workspace, found: Incident, language: str) -> Path:
    """Write the draft into `post-mortems/` beside the configuration, never over another file.

    Raises CannotWrite.
    """
    day = found.opened_at.astimezone(ws.hours.zone)
    text = draft_post_mortem(ws, found, language)
    return write_new(ws.paths.post_mortems, f"{day:%Y-%m-%d}-outage", ".md", text)


def check_post_mortem(text: str, language: str | None = None) -> tuple[Finding, ...]:
    """What stands in the text that should not, and a missing sorry (handbook ch. 5)."""
    own = {"small-number", "joke", "finger-pointing"}
    others = frozenset(_rules().names()) - _OF_MAILS - own
    found = check_draft(text, _rules(), language=language, silenced=others)
    return (*lacks_sorry(text), *found)


def check_file(path: Path) -> tuple[Finding, ...]:
    """The same for a file. Raises BadInput where it can't be read."""
    try:
        return check_post_mortem(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} can't be read: {error}.") from error


def spoken_language(found: Incident) -> str:
    """The language most of it was told in: the first of the last update's, else English."""
    return next(iter(found.rounds[-1].facts), "en") if found.rounds else "en"


@lru_cache(maxsize=1)
def _rules() -> Rulebook:
    return parse_rulebook(read_tone_rules() | read_post_mortem_rules())
