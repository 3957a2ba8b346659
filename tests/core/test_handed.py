"""A ticket with a teammate: whose it is, what they still have to hear, when it comes back."""

from datetime import UTC, datetime, timedelta

import pytest

from founder_inbox.core.model import Lane, Topic, Verdict
from founder_inbox.core.tickets.facts import Role, TicketState
from founder_inbox.core.tickets.handed import (
    Heard,
    by_topic,
    is_given_up,
    last_hand_off,
    reasons_given,
    untold,
)
from founder_inbox.core.tickets.journal import Event, EventKind, Json, next_id

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MATE = "vlad@acme.test"


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


def act(minute: int, kind: EventKind, actor: str = "Ana", **data: Json) -> Event:
    return Event(next_id(None, at(minute), "7a3f09bc"), at(minute), actor, "k7f3q2d", kind, data)


def wrote(minute: int, *people: str, blocked: bool = False) -> Heard:
    return Heard(f"<{minute}@x.test>", at(minute), Role.CUSTOMER, people, blocked)


def state(lane: Lane = Lane.HOWTO, topic: Topic | None = None, *tags: str) -> TicketState:
    return TicketState(verdict=Verdict(lane, topic, (), sure=True), tags=frozenset(tags))


HANDED = act(10, EventKind.HANDED_OFF, to="Vlad", address=MATE, told=1)
NO_WISHES: list[str] = []


@pytest.mark.parametrize(
    ("found", "place"),
    [
        (state(Lane.URGENT, Topic.BILLING), 1),
        (state(Lane.URGENT, Topic.BUG), None),
        (state(Lane.FEATURE), 2),
        (state(Lane.HOWTO, None, "Import"), 2),
        (state(Lane.HOWTO), None),
    ],
)
def test_a_topic_a_lane_or_a_tag_chooses_the_teammate(
    found: TicketState, place: int | None
) -> None:
    assert by_topic(found, [NO_WISHES, ["Billing"], ["feature", "tag:import"]]) == place


def test_the_first_of_two_who_know_a_topic_gets_it() -> None:
    assert by_topic(state(Lane.URGENT, Topic.BILLING), [["billing"], ["billing"]]) == 0


def test_the_last_hand_off_counts_and_an_undone_one_does_not() -> None:
    again = act(20, EventKind.HANDED_OFF, to="Marissa", address="m@acme.test")
    undone = act(21, EventKind.UNDONE, events=[again.id])

    assert last_hand_off([HANDED, again]) == again
    assert last_hand_off([HANDED, again, undone]) == HANDED
    assert last_hand_off([undone]) is None


def test_what_the_customer_wrote_since_is_told_once() -> None:
    mails = [wrote(0), wrote(12), wrote(15)]
    passed = act(13, EventKind.PASSED_ON, message_id="<12@x.test>")

    assert untold(mails, [HANDED], HANDED, MATE) == ["<12@x.test>", "<15@x.test>"]
    assert untold(mails, [HANDED, passed], HANDED, MATE) == ["<15@x.test>"]


def test_a_mail_that_crossed_the_hand_off_is_told_though_it_arrived_before() -> None:
    assert untold([wrote(0), wrote(9)], [HANDED], HANDED, MATE) == ["<9@x.test>"]


def test_after_a_merge_the_time_decides_for_the_count_says_nothing() -> None:
    merged = act(11, EventKind.MERGED, other="2222222")

    assert untold([wrote(0), wrote(9), wrote(12)], [HANDED, merged], HANDED, MATE) == [
        "<12@x.test>"
    ]


def test_who_is_blocked_or_wrote_to_the_teammate_already_is_not_passed_on() -> None:
    mails = [wrote(0), wrote(12, blocked=True), wrote(13, "support@acme.test", "VLAD@acme.test")]

    assert untold(mails, [HANDED], HANDED, MATE) == []


def test_our_own_and_the_teams_mails_are_no_news_to_the_teammate() -> None:
    ours = [Heard("<a@x>", at(12), Role.US), Heard("<b@x>", at(13), Role.TEAMMATE)]

    assert untold([wrote(0), *ours], [HANDED], HANDED, MATE) == []


def test_it_comes_back_after_two_whole_windows_and_not_before() -> None:
    ended = [(at(-60), at(5)), (at(60), at(120)), (at(600), at(660))]

    assert is_given_up(ended, at(0), 2)
    assert not is_given_up(ended[:2], at(0), 2)
    assert not is_given_up(ended, at(0), 3)


def test_without_a_limit_it_never_comes_back_by_itself() -> None:
    assert not is_given_up([(at(m), at(m + 1)) for m in range(50)], at(0), 0)


def test_the_last_used_reasons_come_first_each_once_and_none_of_a_rule() -> None:
    given = [
        act(1, EventKind.HANDED_OFF, note="It is the server."),
        act(2, EventKind.HANDED_OFF, note="It is about money."),
        act(3, EventKind.HANDED_OFF, note="It is  the server."),
        act(4, EventKind.HANDED_OFF, "founder-inbox", note="Ana is away."),
        act(5, EventKind.HANDED_OFF, note=""),
    ]

    assert reasons_given(given, "founder-inbox") == ("It is the server.", "It is about money.")
