"""What Ana has done before the demo begins: a promise that is due, a quick fix, ideas, a cause."""

from datetime import datetime, timedelta
from pathlib import Path

from founder_inbox.app.knowledge.asked import look_up
from founder_inbox.app.knowledge.causes import name_cause
from founder_inbox.app.knowledge.ideas import log_idea, their_words
from founder_inbox.app.queue.promises import add_promise
from founder_inbox.app.queue.quick_fix import flag
from founder_inbox.app.queue.tickets import Choice, list_tickets
from founder_inbox.app.workspace import Workspace, open_workspace
from founder_inbox.core.hours.when import When
from founder_inbox.core.knowledge.article import article_text
from founder_inbox.core.knowledge.causes import CauseKind
from founder_inbox.core.model import Status
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.system.files import write_only_new

# Subjects in the company's mail (demo/mails).
PROMISED = "Logo is invisible at night"
QUICK_FIX = "Typo on the pricing page"
_MINUTES = 5
# Subject, title, the problem behind it, and who else asked.
IDEAS = (
    (
        "Sugerencia: modo oscuro en el editor",
        "Dark mode in the editor",
        "Writes at night, and the white page is too bright.",
    ),
    ("Show the reading time?", "Reading time", "Busy readers want to know if it fits a coffee."),
    ("Idea: an RSS feed for the archive", "An RSS feed of the archive", ""),
)
# A bug, what it was, and who else it hit: `g b` lists it, and `f` there writes to them all.
CAUSE = (
    "[x] export gives [object Object]",
    "The export wrote objects instead of names",
    ("How do I export my readers?",),
)
ARTICLE = "change-the-sender-name"
_ARTICLE_TITLE = "Where can I change the sender name?"
_ARTICLE_BODY = """1. Open Settings, then Sender.
2. Write the name as readers should see it.
3. Press Save. The next letter carries it.

Letters that have gone out keep the old name."""


def prepare(config: Path, now: datetime) -> None:
    """Record them in the demo's journal, as if she had pressed the keys.

    What has not been synced yet is left as it is.
    """
    with open_workspace(str(config)) as ws:
        found = list_tickets(ws.store, Choice(everything=True), now, None)
        if ticket := _about(found, PROMISED):
            due = now - timedelta(minutes=5)
            add_promise(ws, ticket, When(due, "today"), now - timedelta(hours=1))
        if ticket := _about(found, QUICK_FIX):
            flag(ws, [ticket], now, _MINUTES)
        for subject, title, problem in IDEAS:
            if ticket := _about(found, subject):
                words = their_words(ws, ticket)
                log_idea(ws, ticket, title, words, problem, now - timedelta(hours=2))
        if ticket := _about(found, CAUSE[0]):
            others = [other for subject in CAUSE[2] if (other := _about(found, subject))]
            name_cause(
                ws, ticket, CauseKind.BUG, CAUSE[1], now - timedelta(minutes=30), others=others
            )
        _write_article(ws, now)
        # What the first sync could not know: the year came after it.
        for ticket in found:
            if ticket.state.status is Status.OPEN:
                look_up(ws, ticket, now)


def _write_article(ws: Workspace, now: datetime) -> None:
    """One article is published, so that the question about it shows what an FAQ is for."""
    day = now.astimezone(ws.hours.zone).date()
    text = article_text(_ARTICLE_TITLE, "en", [_ARTICLE_TITLE], _ARTICLE_BODY, day, draft=False)
    path = ws.paths.faq / f"{ARTICLE}.md"
    if not path.exists():
        write_only_new(path, text)


def _about(tickets: list[Ticket], subject: str) -> Ticket | None:
    return next((ticket for ticket in tickets if ticket.state.subject == subject), None)
