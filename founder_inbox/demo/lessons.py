"""What Ana learned in the year: ideas and their voters, causes and whom they hit, the FAQ used."""

from collections.abc import Sequence

from founder_inbox.app.knowledge.causes import link_cause, name_cause
from founder_inbox.app.knowledge.ideas import change_idea, list_ideas, log_idea, vote
from founder_inbox.app.queue.triage import record_act
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.knowledge.causes import Cause, CauseKind
from founder_inbox.core.knowledge.ideas import Idea, IdeaState
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.demo.past import Past

# In whose answers Ana put the article of the FAQ.
_ARTICLE = "change-the-sender-name"
_ARTICLE_FOR = "Where do I change the address people answer to?"


def add_lessons(ws: Workspace, done: Sequence[tuple[Past, Ticket]]) -> None:
    """Record them, each at the time she was through with the question. Inside `write()`."""
    ideas: dict[str, Idea] = {}
    causes: dict[str, Cause] = {}
    for past, ticket in done:
        letter = past.letter
        if letter.idea:
            _wish(ws, past, ticket, ideas)
        if letter.cause:
            known = causes.get(letter.subject)
            if known is None:
                kind, what = letter.cause
                causes[letter.subject] = name_cause(ws, ticket, CauseKind(kind), what, past.done)
            else:
                link_cause(ws, known, [ticket], past.done)
        if letter.subject == _ARTICLE_FOR:
            used = {"article": _ARTICLE, "answer": ""}
            record_act(ws, ticket, EventKind.ANSWERED_AGAIN, {**used}, past.answered)
    _decide(ws, done, ideas)


def _wish(ws: Workspace, past: Past, ticket: Ticket, ideas: dict[str, Idea]) -> None:
    letter = past.letter
    known = ideas.get(letter.subject)
    if known is not None:
        vote(ws, ticket, known, past.words, past.done)
        return
    title, problem, *_ = letter.idea
    logged = log_idea(ws, ticket, title, past.words, problem, past.done)
    ideas[letter.subject] = logged.idea


def _decide(ws: Workspace, done: Sequence[tuple[Past, Ticket]], ideas: dict[str, Idea]) -> None:
    """What became of each idea, after the last who asked for it."""
    current = {wanted.idea.id: wanted.idea for wanted in list_ideas(ws)}
    for subject, idea in ideas.items():
        last = [past for past, _ in done if past.letter.subject == subject][-1]
        state, *why = last.letter.idea[2:]
        reason = {"reason": why[0]} if why else {}
        change_idea(ws, current[idea.id], last.done, state=IdeaState(state), **reason)
