"""Ideas are what the journal says, in whatever order it is read."""

from datetime import UTC, datetime, timedelta
from random import Random

from founder_inbox.core.knowledge.ideas import Idea, IdeaState, ideas
from founder_inbox.core.tickets.journal import Event, EventKind, Json

START = datetime(2026, 11, 23, 9, tzinfo=UTC)


def event(number: int, kind: EventKind, ticket: str | None = None, **data: Json) -> Event:
    at = START + timedelta(minutes=number)
    return Event(f"{number:012x}-0000-abcdef01", at, "Ana", ticket, kind, data)


FIRST = event(1, EventKind.IDEA_LOGGED, "t1", title="Dark mode", words="dark please", problem="")
SECOND = event(2, EventKind.IDEA_LOGGED, "t2", title="Night", words="at night", problem="eyes")
HISTORY = [
    FIRST,
    SECOND,
    event(3, EventKind.IDEA_VOTED, "t3", idea=FIRST.id, words="me too"),
    event(4, EventKind.IDEA_VOTED, "t3", idea=FIRST.id, words="again"),
    event(5, EventKind.IDEA_CHANGED, idea=FIRST.id, state="planned", url="https://x.test/1"),
    event(6, EventKind.IDEA_JOINED, idea=SECOND.id, into=FIRST.id),
    event(7, EventKind.IDEA_VOTED, "t4", idea=SECOND.id, words="late"),
    event(8, EventKind.IDEA_LEFT, "t1", idea=FIRST.id),
]


def only(events: list[Event]) -> Idea:
    [found] = ideas(events)
    return found


def test_votes_are_kept_once_and_follow_a_joined_idea() -> None:
    found = only(HISTORY)
    assert [(vote.ticket, vote.words) for vote in found.votes] == [
        ("t2", "at night"),
        ("t3", "me too"),
        ("t4", "late"),
    ]
    assert (found.title, found.state, found.problem) == ("Dark mode", IdeaState.PLANNED, "eyes")
    assert found.url == "https://x.test/1"


def test_the_same_lines_in_any_order_give_the_same_ideas() -> None:
    expected = ideas(HISTORY)
    for seed in range(20):
        mixed = HISTORY[:]
        Random(seed).shuffle(mixed)
        assert ideas(mixed) == expected


def test_an_idea_without_a_problem_waits_for_the_answer_to_why() -> None:
    assert only([FIRST]).state is IdeaState.ASKED_WHY
    told = event(3, EventKind.IDEA_CHANGED, idea=FIRST.id, problem="writes at night")
    assert only([FIRST, told]).state is IdeaState.CONSIDERING


def test_what_is_undone_does_not_count_nor_what_hangs_on_it() -> None:
    undone = event(9, EventKind.UNDONE, events=[FIRST.id])
    assert [idea.title for idea in ideas([*HISTORY, undone])] == ["Night"]
    unjoined = event(9, EventKind.UNDONE, events=[HISTORY[5].id])
    assert len(ideas([*HISTORY, unjoined])) == 2


def test_joining_in_a_circle_and_lines_of_another_version_change_nothing() -> None:
    lines = [
        *HISTORY,
        event(10, EventKind.IDEA_JOINED, idea=FIRST.id, into=SECOND.id),
        event(11, EventKind.IDEA_CHANGED, idea=FIRST.id, state="unheard of"),
        event(12, EventKind.IDEA_TOLD, idea=FIRST.id, state="shipped", tickets="none"),
        event(13, EventKind.IDEA_VOTED, "t9", idea="nobody's"),
    ]
    found = only(lines)
    assert found.state is IdeaState.PLANNED
    assert len(found.votes) == 3
    assert found.told == ()
