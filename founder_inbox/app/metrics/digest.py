"""What a week of support said: read from tickets, ideas, the jar and the ledger."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from founder_inbox.app.knowledge.causes import causes_between
from founder_inbox.app.knowledge.ideas import list_ideas, their_words
from founder_inbox.app.metrics.behind import tickets_behind
from founder_inbox.app.metrics.stats import read_stats
from founder_inbox.app.queue.goodwill import ledger
from founder_inbox.app.queue.tickets import load_tickets
from founder_inbox.app.session.jar import praise_jar
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_line
from founder_inbox.core.knowledge.causes import KIND_WORDS
from founder_inbox.core.knowledge.masking import mask
from founder_inbox.core.knowledge.said_names import names_of
from founder_inbox.core.letters.greeting import first_name
from founder_inbox.core.metrics.digest import Digest, Gained, Said, Took
from founder_inbox.core.metrics.periods import By, Span
from founder_inbox.core.model import Lane
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.goodwill import sums_of

_QUOTES = 8
_CAUSES = 5
_IDEAS = 10
_LONGEST = 200
SOMEBODY = "A customer"
_NAMES = {
    Lane.URGENT: "urgent",
    Lane.HOWTO: "how-to questions",
    Lane.FEATURE: "ideas",
}


def read_digest(ws: Workspace, week: Span, now: datetime, *, masked: bool) -> Digest:
    """The week's facts; `masked` leaves out who it was, in names and in the words."""
    stats = read_stats(ws, week, By.WEEK, now)
    start, end = week.instants(ws.hours.zone)
    came = load_tickets(ws.store, tickets_behind(ws, stats.whole.behind["created"]))
    given = [gift for gift in ledger(ws) if start <= gift.at < end]
    return Digest(
        week.first,
        week.after - timedelta(days=1),
        stats.whole,
        stats.previous,
        _about(came),
        _causes(ws, start, end, masked=masked),
        _said(ws, came, masked=masked),
        _ideas(ws, start, end, masked=masked),
        _thanks(ws, start, end, masked=masked),
        sums_of(given),
    )


def _about(came: Sequence[Ticket]) -> list[tuple[str, int]]:
    """What the week's tickets are about: an urgent one's topic, else its lane."""
    verdicts = (ticket.state.verdict for ticket in came)
    found = Counter(each.topic or _NAMES.get(each.lane, str(each.lane)) for each in verdicts)
    return sorted(((str(name), many) for name, many in found.items()), key=lambda e: (-e[1], e[0]))


def _said(ws: Workspace, came: Sequence[Ticket], *, masked: bool) -> list[Said]:
    """One sentence each: urgent ones first, then as they came."""
    ordered = sorted(came, key=lambda ticket: ticket.state.verdict.lane is not Lane.URGENT)
    found = []
    for ticket in ordered[:_QUOTES]:
        person = ticket.state.customer
        words = their_words(ws, ticket) or ticket.state.subject
        said = mask(words, names_of(person.name, person.address)) if masked else words
        name = SOMEBODY if masked else first_name(person.name) or SOMEBODY
        found.append(Said(safe_line(name), ticket.id, str(safe_line(said, _LONGEST))))
    return found


def _causes(ws: Workspace, start: datetime, end: datetime, *, masked: bool) -> list[Took]:
    """What let bugs happen that took time in the week, or were found in it."""
    return [
        Took(
            str(safe_line(mask(toll.cause.what) if masked else toll.cause.what, 100)),
            KIND_WORDS[toll.cause.kind],
            toll.customers,
            toll.spent,
        )
        for toll in causes_between(ws, start, end)[:_CAUSES]
    ]


def _ideas(ws: Workspace, start: datetime, end: datetime, *, masked: bool) -> list[Gained]:
    """The ideas somebody asked for in the week, with most voters first."""
    found = []
    for wanted in list_ideas(ws):
        new = sum(start <= vote.at < end for vote in wanted.idea.votes)
        if new:
            title = mask(wanted.idea.title) if masked else wanted.idea.title
            found.append(Gained(safe_line(title, 100), new, len(wanted.voters)))
    return sorted(found, key=lambda gained: (-gained.voters, -gained.new, gained.title))[:_IDEAS]


def _thanks(ws: Workspace, start: datetime, end: datetime, *, masked: bool) -> list[Said]:
    """What the jar took in during the week."""
    return [
        Said(
            SOMEBODY if masked else praise.name or SOMEBODY,
            praise.ticket,
            str(safe_line(mask(praise.sentence, [praise.name]) if masked else praise.sentence)),
        )
        for praise in praise_jar(ws)
        if start <= praise.at < end
    ][:_QUOTES]
