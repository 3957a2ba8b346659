"""Ideas: what customers wish for, the problem behind it, and who wants it (handbook ch. 3).

Worked out from the journal; the same lines in any order give the same ideas.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from founder_inbox.core.tickets.identity import ticket_id
from founder_inbox.core.tickets.journal import Event, EventKind, effective

_NAME = 5


class IdeaState(StrEnum):
    """Where an idea stands."""

    ASKED_WHY = "asked_why"
    SOLVED = "solved"
    CONSIDERING = "considering"
    PLANNED = "planned"
    SHIPPED = "shipped"
    DECLINED = "declined"


STATE_WORDS = {
    IdeaState.ASKED_WHY: "asked why",
    IdeaState.SOLVED: "solved already",
    IdeaState.CONSIDERING: "considering",
    IdeaState.PLANNED: "planned",
    IdeaState.SHIPPED: "shipped",
    IdeaState.DECLINED: "declined",
}
# In these everybody is told once, and nothing is left to decide.
TOLD_IN = frozenset({IdeaState.SHIPPED, IdeaState.DECLINED})
SETTLED = TOLD_IN | {IdeaState.SOLVED}


@dataclass(frozen=True, slots=True)
class Vote:
    """A ticket in which somebody wished for it, in their words."""

    ticket: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """Mails that told voters how it ended: each ticket with its mail's row in the outbox.

    `machine` wrote them: in its outbox they are.
    """

    state: IdeaState
    mails: tuple[tuple[str, int], ...]
    machine: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """One idea. `id` is its first event's, `name` what people say; `votes` oldest first."""

    id: str
    name: str
    title: str
    problem: str
    state: IdeaState
    opened_at: datetime
    changed_at: datetime
    reason: str = ""
    url: str = ""
    votes: tuple[Vote, ...] = ()
    told: tuple[Told, ...] = ()


def ideas(events: Iterable[Event]) -> tuple[Idea, ...]:
    """Every idea the events tell of, oldest first; what was joined is part of the other one."""
    found: dict[str, Idea] = {}
    into: dict[str, str] = {}
    for event in effective(events):
        if event.kind is EventKind.IDEA_LOGGED:
            found[event.id] = _logged(event)
            continue
        step = _STEPS.get(event.kind)
        id_ = _home(str(event.data.get("idea")), into)
        if event.kind is EventKind.IDEA_JOINED:
            _join(found, into, id_, _home(str(event.data.get("into")), into), event)
        elif step is not None and id_ in found:
            found[id_] = step(found[id_], event)
    return tuple(found.values())


def _home(id_: str, into: dict[str, str]) -> str:
    while id_ in into:
        id_ = into[id_]
    return id_


def _join(found: dict[str, Idea], into: dict[str, str], one: str, other: str, event: Event) -> None:
    if one == other or one not in found or other not in found:
        return
    gone, kept = found.pop(one), found[other]
    into[one] = other
    votes = sorted({*kept.votes, *gone.votes}, key=lambda vote: (vote.at, vote.ticket))
    found[other] = replace(
        kept,
        votes=_once(votes),
        told=(*kept.told, *gone.told),
        problem=kept.problem or gone.problem,
        url=kept.url or gone.url,
        changed_at=event.at,
    )


def _once(votes: Iterable[Vote]) -> tuple[Vote, ...]:
    """Each ticket's vote once: its first words stay."""
    kept: dict[str, Vote] = {}
    for vote in votes:
        kept.setdefault(vote.ticket, vote)
    return tuple(kept.values())


def _logged(event: Event) -> Idea:
    problem = str(event.data.get("problem") or "")
    vote = Vote(event.ticket or "", str(event.data.get("words") or ""), event.at)
    return Idea(
        id=event.id,
        name=ticket_id(event.id, _NAME),
        title=str(event.data.get("title") or "Untitled"),
        problem=problem,
        state=IdeaState.CONSIDERING if problem else IdeaState.ASKED_WHY,
        opened_at=event.at,
        changed_at=event.at,
        votes=(vote,) if vote.ticket else (),
    )


def _voted(idea: Idea, event: Event) -> Idea:
    if event.ticket is None:
        return idea
    vote = Vote(event.ticket, str(event.data.get("words") or ""), event.at)
    return replace(idea, votes=_once([*idea.votes, vote]))


def _left(idea: Idea, event: Event) -> Idea:
    return replace(idea, votes=tuple(v for v in idea.votes if v.ticket != event.ticket))


def _changed(idea: Idea, event: Event) -> Idea:
    said = {name: str(event.data[name]) for name in _TEXTS if event.data.get(name) is not None}
    state = str(event.data.get("state"))
    known = IdeaState(state) if state in list(IdeaState) else idea.state
    if known is idea.state is IdeaState.ASKED_WHY and said.get("problem"):
        known = IdeaState.CONSIDERING
    return replace(
        idea,
        state=known,
        changed_at=event.at,
        title=said.get("title") or idea.title,
        problem=said.get("problem", idea.problem),
        reason=said.get("reason", idea.reason),
        url=said.get("url", idea.url),
    )


def _told(idea: Idea, event: Event) -> Idea:
    state = str(event.data.get("state"))
    tickets, numbers = event.data.get("tickets"), event.data.get("outbox")
    if state not in list(IdeaState) or not isinstance(tickets, list):
        return idea
    rows = numbers if isinstance(numbers, list) else []
    mails = tuple(
        (str(ticket), number if isinstance(number, int) else 0)
        for ticket, number in zip(tickets, [*rows, *[0] * len(tickets)], strict=False)
    )
    told = Told(IdeaState(state), mails, event.id.rpartition("-")[2])
    return replace(idea, told=(*idea.told, told))


_TEXTS = ("title", "problem", "reason", "url")
_STEPS: dict[EventKind, Callable[[Idea, Event], Idea]] = {
    EventKind.IDEA_VOTED: _voted,
    EventKind.IDEA_LEFT: _left,
    EventKind.IDEA_CHANGED: _changed,
    EventKind.IDEA_TOLD: _told,
}
