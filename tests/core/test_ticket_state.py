"""What a ticket's mails and events add up to, whatever order they come in."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.model import (
    Address,
    Direction,
    Lane,
    MailKind,
    Status,
    Topic,
    Verdict,
)
from founder_inbox.core.tickets.facts import MessageFact, OutgoingFact, Role, Then, TicketState
from founder_inbox.core.tickets.journal import Event, EventKind, Json, next_id
from founder_inbox.core.tickets.state import project
from founder_inbox.core.times import to_text

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TOM = Address("Tom", "tom@okafor.test")
HOWTO = Verdict(Lane.HOWTO, None, ("asks",), sure=True)
THANKS = Verdict(Lane.THANKS, None, ("thanks us",), sure=True)
URGENT = Verdict(Lane.URGENT, Topic.BILLING, ("charged twice",), sure=True)
MACHINE = Verdict(Lane.AUTOMATIC, None, ("sent by a machine",), sure=True)


def at(minute: float) -> datetime:
    return NOON + timedelta(minutes=minute)


def mail(
    minute: float,
    role: Role = Role.CUSTOMER,
    verdict: Verdict = HOWTO,
    *,
    name: str = "",
    subject: str = "Export",
    person: Address = TOM,
    kind: MailKind = MailKind.CUSTOMER,
    seen: bool = True,
    failed: bool = False,
    references: Sequence[str] = (),
) -> MessageFact:
    out = role in {Role.US, Role.INTERNAL}
    return MessageFact(
        message_id=f"<{name or minute}@x.test>",
        at=at(minute),
        direction=Direction.OUT if out else Direction.IN,
        role=role,
        kind=kind,
        verdict=verdict,
        person=person,
        subject=subject,
        seen=seen,
        delivery_failed=failed,
        references=tuple(f"<{name}@x.test>" for name in references),
    )


def act(minute: float, kind: EventKind, **data: Json) -> Event:
    return Event(next_id(None, at(minute), "7a3f09bc"), at(minute), "Ana", "k7f3q2d", kind, data)


def park(minute: float, until: float, seen: int = 9) -> Event:
    return act(minute, EventKind.PARKED, until=to_text(at(until)), seen=seen)


def snooze(minute: float, until: float, **data: Json) -> Event:
    return act(minute, EventKind.SNOOZED, until=to_text(at(until)), **data)


def state_of(
    *facts: MessageFact | Event | OutgoingFact, now: float = 100, quiet: float | None = None
) -> TicketState:
    return project(
        [f for f in facts if isinstance(f, MessageFact)],
        [f for f in facts if isinstance(f, Event)],
        [f for f in facts if isinstance(f, OutgoingFact)],
        quiet_before=None if quiet is None else at(quiet),
        now=at(now),
    )


CLOSED, REOPENED = act(5, EventKind.CLOSED), act(6, EventKind.REOPENED)
HANDED = act(5, EventKind.HANDED_OFF, to="Vlad")

STATUSES: list[tuple[str, Status, Sequence[MessageFact | Event | OutgoingFact]]] = [
    ("a customer wrote", Status.OPEN, [mail(0)]),
    ("we answered", Status.WAITING, [mail(0), mail(1, Role.US)]),
    ("the customer answered us", Status.OPEN, [mail(0), mail(1, Role.US), mail(2)]),
    ("we wrote first", Status.WAITING, [mail(0, Role.US)]),
    (
        "an answer waits in the outbox",
        Status.WAITING,
        [mail(0), OutgoingFact(at(1), False, Then.WAIT)],
    ),
    ("an answer was refused", Status.OPEN, [mail(0), OutgoingFact(at(1), True, Then.WAIT)]),
    (
        "a hand-off waits in the outbox",
        Status.OPEN,
        [mail(0), OutgoingFact(at(1), False, Then.INTERNAL)],
    ),
    ("closed", Status.CLOSED, [mail(0), CLOSED]),
    ("closed and opened again", Status.OPEN, [mail(0), CLOSED, REOPENED]),
    ("closed, then the customer wrote", Status.OPEN, [mail(0), CLOSED, mail(6)]),
    (
        "closed, then a machine wrote",
        Status.CLOSED,
        [mail(0), CLOSED, mail(6, Role.MACHINE, MACHINE, kind=MailKind.AUTOMATIC)],
    ),
    (
        "answered and closed",
        Status.CLOSED,
        [
            mail(0),
            mail(5, Role.US, name="a"),
            act(5, EventKind.SENT, message_id="<a@x.test>", then="close"),
        ],
    ),
    (
        "forwarded, as another machine finds it in Sent",
        Status.OPEN,
        [
            mail(0),
            mail(5, Role.US, name="f"),
            act(6, EventKind.SENT, message_id="<f@x.test>", then="internal"),
        ],
    ),
    (
        "a forward was refused",
        Status.OPEN,
        [mail(0), mail(1, Role.US), OutgoingFact(at(2), True, Then.INTERNAL)],
    ),
    (
        "closed with a mail that only Sent shows",
        Status.CLOSED,
        [
            mail(0),
            act(4, EventKind.SENT, message_id="<a@x.test>", then="close"),
            mail(5, Role.US, name="a"),
        ],
    ),
    (
        "an internal mail was sent",
        Status.OPEN,
        [
            mail(0),
            mail(5, Role.INTERNAL),
            act(5, EventKind.SENT, message_id="<5@x.test>", then="internal"),
        ],
    ),
    ("snoozed", Status.SNOOZED, [mail(0), snooze(5, 200)]),
    ("parked", Status.SNOOZED, [mail(0), park(5, 200)]),
    ("parked, then the customer wrote", Status.OPEN, [mail(0), park(5, 200), mail(6)]),
    ("parked without having seen the last mail", Status.OPEN, [mail(0), mail(4), park(5, 9, 1)]),
    ("the snooze is over", Status.OPEN, [mail(0), snooze(5, 100)]),
    ("snoozed, then the customer wrote", Status.OPEN, [mail(0), snooze(5, 200), mail(6)]),
    (
        "snoozed, then the customer said thanks",
        Status.SNOOZED,
        [mail(0), snooze(5, 200), mail(6, verdict=THANKS)],
    ),
    ("snoozed, then we wrote", Status.WAITING, [mail(0), snooze(5, 200), mail(6, Role.US)]),
    ("handed off", Status.HANDED_OFF, [mail(0), HANDED]),
    ("handed off, then the customer wrote", Status.HANDED_OFF, [mail(0), HANDED, mail(6)]),
    (
        "handed off, then we told the customer",
        Status.HANDED_OFF,
        [mail(0), HANDED, mail(6, Role.US)],
    ),
    (
        "handed off, and we tell the customer soon",
        Status.HANDED_OFF,
        [mail(0), HANDED, OutgoingFact(at(6), False, Then.WAIT)],
    ),
    ("the teammate answered", Status.OPEN, [mail(0), HANDED, mail(6, Role.TEAMMATE)]),
    (
        "the teammate is out of office",
        Status.HANDED_OFF,
        [mail(0), HANDED, mail(6, Role.TEAMMATE, kind=MailKind.AUTOMATIC)],
    ),
    ("taken back", Status.OPEN, [mail(0), HANDED, act(6, EventKind.TAKEN_BACK)]),
    (
        "it came back by a rule when somebody had taken it back and answered",
        Status.WAITING,
        [
            mail(0),
            HANDED,
            act(6, EventKind.TAKEN_BACK),
            mail(7, Role.US),
            act(8, EventKind.TAKEN_BACK, why="no_answer"),
        ],
    ),
    (
        "the hand-off was refused and the customer introduced",
        Status.OPEN,
        [
            mail(0),
            HANDED,
            OutgoingFact(at(6), True, Then.INTERNAL),
            act(7, EventKind.SENT, message_id="<i@x>", then="introduction", seen=1),
        ],
    ),
    (
        "level two answered",
        Status.WAITING,
        [mail(0), HANDED, act(7, EventKind.SENT, message_id="<i@x>", then="wait", level=2)],
    ),
    (
        "closed, and then the teammate answered",
        Status.OPEN,
        [mail(0), HANDED, act(6, EventKind.CLOSED), mail(7, Role.TEAMMATE)],
    ),
    (
        "our answer bounced",
        Status.OPEN,
        [
            mail(0),
            mail(1, Role.US),
            mail(2, Role.MACHINE, MACHINE, failed=True, kind=MailKind.BOUNCE),
        ],
    ),
    (
        "our answer bounced after closing",
        Status.OPEN,
        [
            mail(0),
            mail(1, Role.US),
            CLOSED,
            mail(6, Role.MACHINE, MACHINE, failed=True, kind=MailKind.BOUNCE),
        ],
    ),
    (
        "an undone close",
        Status.OPEN,
        [mail(0), CLOSED, act(6, EventKind.UNDONE, events=[CLOSED.id])],
    ),
    (
        "closed without having seen the last mail",
        Status.OPEN,
        [mail(0), mail(4), act(5, EventKind.CLOSED, seen=1)],
    ),
    ("closed having seen all", Status.CLOSED, [mail(0), mail(4), act(5, EventKind.CLOSED, seen=2)]),
    (
        "snoozed without having seen the last mail",
        Status.OPEN,
        [mail(0), mail(4), snooze(5, 200, seen=1)],
    ),
    ("only a note", Status.OPEN, [mail(0), act(5, EventKind.NOTE, text="a friend")]),
]


@pytest.mark.parametrize(("case", "status", "facts"), STATUSES, ids=[c[0] for c in STATUSES])
def test_the_status_follows_from_the_facts(
    case: str, status: Status, facts: Sequence[MessageFact | Event | OutgoingFact]
) -> None:
    assert state_of(*facts).status is status


def test_an_open_ticket_waits_since_the_first_mail_that_nobody_answered() -> None:
    facts = [mail(0), mail(1, Role.US), mail(2), mail(3)]

    assert state_of(*facts).waiting_since == at(2)
    assert state_of(*facts[:2]).waiting_since is None


def test_an_answer_that_bounced_is_on_top_until_we_write_again() -> None:
    bounce = mail(2, Role.MACHINE, MACHINE, failed=True, kind=MailKind.BOUNCE)

    bounced = state_of(mail(0), mail(1, Role.US), bounce)
    assert bounced.delivery_failed
    assert bounced.waiting_since == at(0)
    assert not state_of(mail(0), mail(1, Role.US), bounce, mail(3, Role.US)).delivery_failed


def test_the_first_customer_is_the_customer_whoever_else_writes() -> None:
    friend = Address("Eve", "eve@evil.test")
    vlad = Address("Vlad", "vlad@acme.test")
    state = state_of(mail(0, person=vlad, role=Role.TEAMMATE), mail(1), mail(2, person=friend))

    assert state.customer == TOM
    assert (state.messages, state.customer_messages) == (3, 2)


def test_the_subject_is_that_of_the_oldest_mail() -> None:
    assert state_of(mail(3, subject="Re: Export"), mail(0, subject="Export")).subject == "Export"


def test_a_lane_chosen_by_hand_stays_until_the_customer_writes_something_new() -> None:
    moved = act(5, EventKind.LANE, lane="feature")

    state = state_of(mail(0, verdict=URGENT), moved)
    assert (state.verdict.lane, state.verdict.topic) == (Lane.FEATURE, None)
    assert state_of(mail(0), moved, mail(6, Role.US)).verdict.lane is Lane.FEATURE


def test_moving_to_urgent_keeps_what_it_is_about() -> None:
    state = state_of(mail(0, verdict=URGENT), act(5, EventKind.LANE, lane="urgent"))

    assert (state.verdict.topic, state.verdict.sure) == (Topic.BILLING, True)


def test_tags_and_the_quick_fix_flag_come_and_go() -> None:
    tagged = [act(1, EventKind.TAGGED, add="vip"), act(2, EventKind.TAGGED, add="beta")]
    flagged = act(3, EventKind.QUICK_FIX, on=True)

    assert state_of(mail(0), *tagged, flagged).tags == {"vip", "beta"}
    assert state_of(mail(0), flagged).quick_fix
    assert not state_of(mail(0), flagged, act(4, EventKind.QUICK_FIX, on=False)).quick_fix
    assert not state_of(mail(0), flagged, CLOSED).quick_fix
    assert state_of(mail(0), *tagged, act(4, EventKind.TAGGED, remove="vip")).tags == {"beta"}


def test_a_ticket_back_from_the_teammate_says_from_whom_until_we_answer() -> None:
    answered: list[MessageFact | Event] = [mail(0), HANDED, mail(6, Role.TEAMMATE)]

    assert (state_of(*answered).back_from, state_of(*answered).assignee) == ("Vlad", None)
    assert state_of(*answered, mail(7, Role.US)).back_from is None


def test_unread_is_a_mail_that_no_mail_program_has_shown() -> None:
    assert state_of(mail(0), mail(1, seen=False)).unread
    assert not state_of(mail(0), mail(1)).unread


def test_old_mail_arrives_closed_unless_somebody_acted_on_it() -> None:
    assert state_of(mail(0), quiet=1).status is Status.CLOSED
    assert state_of(mail(0), mail(2), quiet=1).status is Status.OPEN
    assert state_of(mail(0), act(0.5, EventKind.REOPENED), quiet=1).status is Status.OPEN


def test_the_customer_is_owed_a_word_after_the_lanes_limit() -> None:
    assert state_of(mail(0, verdict=URGENT)).update_due_at == at(24 * 60)
    assert state_of(mail(0, verdict=THANKS)).update_due_at is None
    assert state_of(mail(0), mail(1, Role.US)).update_due_at is None


def test_two_mails_of_the_same_second_are_read_alike_on_every_machine() -> None:
    one, two = mail(0, name="a", subject="First"), mail(0, name="b", subject="Second")

    assert state_of(one, two) == state_of(two, one)


MINUTES = st.integers(0, 8)
MAILS = st.builds(
    mail,
    MINUTES,
    st.sampled_from(Role),
    st.sampled_from([HOWTO, THANKS, URGENT]),
    name=st.sampled_from("abcde"),  # ids repeat: some programs send one twice
    references=st.lists(st.sampled_from("abcde"), max_size=3),
    subject=st.sampled_from(["Export", "Re: Export", "Billing"]),
    kind=st.sampled_from([MailKind.CUSTOMER, MailKind.AUTOMATIC]),
    seen=st.booleans(),
    failed=st.booleans(),
)
ACTS = st.one_of(
    st.builds(act, MINUTES, st.just(EventKind.CLOSED), seen=st.integers(0, 3)),
    st.builds(act, MINUTES, st.sampled_from([EventKind.REOPENED, EventKind.TAKEN_BACK])),
    st.builds(snooze, MINUTES, st.integers(5, 200)),
    st.builds(park, MINUTES, st.integers(5, 200)),
    st.builds(act, MINUTES, st.just(EventKind.HANDED_OFF), to=st.just("Vlad")),
    st.builds(act, MINUTES, st.just(EventKind.LANE), lane=st.sampled_from(list(map(str, Lane)))),
    st.builds(act, MINUTES, st.just(EventKind.TAGGED), add=st.sampled_from(["a", "b"])),
)
SENDING = st.builds(OutgoingFact, MINUTES.map(at), st.booleans(), st.sampled_from(Then))
FACTS = st.tuples(
    st.lists(MAILS, min_size=1, max_size=5),
    st.lists(ACTS, max_size=4, unique_by=lambda event: event.id),
    st.lists(SENDING, max_size=2),
)


@given(FACTS, st.randoms(use_true_random=False))
def test_the_same_facts_give_the_same_state_in_any_order(
    facts: tuple[list[MessageFact], list[Event], list[OutgoingFact]], chance: Random
) -> None:
    given_order = state_of(*facts[0], *facts[1], *facts[2])
    mails, acts, sending = facts
    for part in (mails, acts, sending):
        chance.shuffle(part)

    assert state_of(*mails, *acts, *sending) == given_order


@given(FACTS)
def test_what_has_to_be_answered_always_says_since_when(
    facts: tuple[list[MessageFact], list[Event], list[OutgoingFact]],
) -> None:
    state = state_of(*facts[0], *facts[1], *facts[2])

    assert state.status is not Status.OPEN or state.waiting_since is not None
    assert (state.status is Status.SNOOZED) == (state.snoozed_until is not None)
    assert state.status is not Status.HANDED_OFF or state.assignee is not None
    assert state.messages == len(facts[0])


WORDS = st.sampled_from(["lane", "until", "to", "then", "seen", "message_id", "add", "on", "x"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "urgent", "close", "2026"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORDS, inner, max_size=2),
    max_leaves=3,
)


@given(st.sampled_from(EventKind), st.dictionaries(WORDS, JSON, max_size=3))
def test_an_event_of_another_version_breaks_no_ticket(
    kind: EventKind, data: dict[str, Json]
) -> None:
    state = state_of(mail(0, name="a"), act(5, kind, **data), mail(6, Role.US, name="a"))

    assert state.messages == 2
