"""The outbox's table: never twice by itself, never silently unsent."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.tickets.outbox import (
    MOVES,
    Accepted,
    After,
    ForbiddenMove,
    LineLost,
    NotReached,
    OutboxEvent,
    OutboxState,
    Outcome,
    Permanent,
    Step,
    Temporary,
    after,
    check_cancel,
    move,
    on_start_up,
    outcome_of,
    release_at,
    retry_at,
)

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
QUEUED, FAILED = OutboxState.QUEUED, OutboxState.FAILED
SENT, UNCERTAIN = OutboxState.SENT, OutboxState.UNCERTAIN


@pytest.mark.parametrize(
    ("step", "outcome", "state", "retry"),
    [
        (Step.CONNECTING, NotReached("login refused"), QUEUED, True),
        (Step.CONNECTING, LineLost("cut at EHLO"), QUEUED, True),
        (Step.CONNECTING, Temporary(451, "greylisted"), QUEUED, True),
        (Step.CONNECTING, Permanent(550, "no such user"), FAILED, False),
        (Step.DATA, Accepted("queued as 1"), SENT, False),
        (Step.DATA, Temporary(452, "disk full"), QUEUED, True),
        (Step.DATA, Permanent(552, "too big"), FAILED, False),
        (Step.DATA, LineLost("cut after the dot"), UNCERTAIN, False),
        (Step.DATA, NotReached(), UNCERTAIN, False),
        (Step.CONNECTING, Accepted(), SENT, False),
    ],
)
def test_an_attempt_ends_where_the_servers_answer_puts_it(
    step: Step, outcome: Outcome, state: OutboxState, retry: bool
) -> None:
    assert after(step, outcome) == After(state, retry)


def test_only_the_moves_of_the_table_exist() -> None:
    for state, event in product(OutboxState, OutboxEvent):
        if (state, event) in MOVES:
            assert move(state, event) is MOVES[state, event]
        else:
            with pytest.raises(ForbiddenMove, match="This mail"):
                move(state, event)


def test_nothing_leads_out_of_sent() -> None:
    assert not [event for state, event in MOVES if state is SENT]


@given(st.lists(st.sampled_from(OutboxEvent), max_size=40))
def test_after_a_lost_line_only_the_founder_or_the_sent_folder_decides(
    events: list[OutboxEvent],
) -> None:
    state = UNCERTAIN
    for event in events:
        if (state, event) in MOVES:
            state = move(state, event)
            assert event in (OutboxEvent.FOUND, OutboxEvent.RETRIED)
            break

    assert state in (UNCERTAIN, SENT, QUEUED)


@pytest.mark.parametrize(
    ("code", "kind"),
    [(250, Accepted), (421, Temporary), (499, Temporary), (500, Permanent), (599, Permanent),
     (354, LineLost), (-1, LineLost), (0, LineLost), (999, LineLost)],
)  # fmt: skip
def test_a_reply_code_is_read_by_its_first_digit(code: int, kind: type) -> None:
    assert isinstance(outcome_of(code, "text"), kind)


def test_a_start_finds_a_broken_attempt_and_never_sends_a_doubtful_one_again() -> None:
    assert on_start_up(OutboxState.SENDING, Step.CONNECTING) is QUEUED
    assert on_start_up(OutboxState.SENDING, Step.DATA) is UNCERTAIN
    assert on_start_up(OutboxState.SENDING, None) is UNCERTAIN
    for state in OutboxState:
        if state is not OutboxState.SENDING:
            assert on_start_up(state, None) is state


def test_what_is_sent_or_on_its_way_can_not_be_taken_back() -> None:
    for state in OutboxState:
        if state in (SENT, OutboxState.SENDING):
            with pytest.raises(ForbiddenMove):
                check_cancel(state)
        else:
            check_cancel(state)


def test_attempts_are_spaced_wider_and_wider_but_never_given_up() -> None:
    pauses = [(retry_at(attempts, NOW) - NOW).total_seconds() / 60 for attempts in range(9)]

    assert pauses == [1, 1, 2, 5, 15, 30, 60, 60, 60]


def test_a_server_that_throttles_gets_ten_minutes_of_rest() -> None:
    assert retry_at(1, NOW, Temporary(421, "busy")) == NOW + timedelta(minutes=10)
    assert retry_at(1, NOW, Temporary(454, "4.7.0 slow down")) == NOW + timedelta(minutes=10)
    assert retry_at(6, NOW, Temporary(421, "busy")) == NOW + timedelta(hours=1)
    assert retry_at(1, NOW, Temporary(450, "later")) == NOW + timedelta(minutes=1)


def test_a_mail_is_held_for_the_undo_time_and_outside_the_hours_for_the_window() -> None:
    window = NOW + timedelta(hours=8)

    def held(door_open: bool, start: datetime | None) -> datetime | None:
        return release_at(NOW, door_open=door_open, next_window_start=start, undo_seconds=10)

    assert held(True, window) == NOW + timedelta(seconds=10)
    assert held(False, window) == window
    assert held(False, NOW + timedelta(seconds=3)) == NOW + timedelta(seconds=10)
    assert held(False, None) is None
