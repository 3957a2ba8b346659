"""Which promises are still to be kept, worked out from mails and events."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.model import Status
from founder_inbox.core.tickets.facts import MessageFact, OutgoingFact, Role, Then
from founder_inbox.core.tickets.journal import Event, EventKind
from founder_inbox.core.times import to_text
from tests.core.test_ticket_state import act, at, mail, state_of

DAY = 24 * 60


def promised(minute: float, due: float, name: str = "", words: str = "by Friday") -> Event:
    carrier = f"<{name}@x.test>" if name else None
    return act(minute, EventKind.PROMISED, due=to_text(at(due)), words=words, message_id=carrier)


def sent(minute: float, name: str, then: Then = Then.WAIT) -> Event:
    return act(minute, EventKind.SENT, message_id=f"<{name}@x.test>", then=then, seen=1)


def words_of(*facts: MessageFact | Event | OutgoingFact) -> list[str]:
    return [promise.words for promise in state_of(mail(0), *facts, now=5000).promises]


def test_a_promise_is_open_while_its_mail_waits_and_after_it_left() -> None:
    given_ = promised(5, 3 * DAY, "answer")

    assert words_of(given_) == ["by Friday"]
    assert words_of(given_, sent(6, "answer"), mail(7, Role.US, name="answer")) == ["by Friday"]


def test_it_is_due_at_its_own_date_also_while_it_is_the_customers_turn() -> None:
    state = state_of(mail(0), promised(5, 3 * DAY, "answer"), sent(6, "answer"))

    assert (state.status, state.update_due_at) == (Status.WAITING, at(3 * DAY))


def test_the_next_mail_to_the_customer_keeps_it() -> None:
    given_ = promised(5, 3 * DAY, "answer")

    assert words_of(given_, sent(6, "answer"), sent(9, "later")) == []
    assert words_of(given_, sent(6, "answer"), mail(9, Role.US, name="later")) == []


def test_a_mail_that_left_before_its_own_or_that_the_customer_never_sees_does_not() -> None:
    given_ = promised(5, 3 * DAY, "answer")

    assert words_of(given_, sent(6, "before"), sent(7, "answer")) == ["by Friday"]
    assert words_of(given_, sent(6, "answer"), sent(9, "brief", Then.INTERNAL)) == ["by Friday"]
    assert words_of(given_, sent(6, "answer"), sent(9, "away", Then.AUTOMATIC)) == ["by Friday"]
    assert words_of(given_, sent(6, "answer"), mail(9)) == ["by Friday"]


def test_saying_so_keeps_one_and_closing_settles_all() -> None:
    one, other = promised(5, DAY, "answer", "tomorrow"), promised(5.1, 3 * DAY, "answer")

    assert words_of(one, other, act(9, EventKind.KEPT, promise=one.id)) == ["by Friday"]
    assert words_of(one, other, act(9, EventKind.CLOSED, seen=1)) == []


def test_send_and_close_does_not_settle_the_promise_of_that_very_mail() -> None:
    state = state_of(mail(0), promised(5, 3 * DAY, "answer"), sent(6, "answer", Then.CLOSE))

    assert state.status is Status.CLOSED
    assert state.update_due_at == at(3 * DAY)


def test_a_promise_made_elsewhere_is_kept_by_the_next_mail() -> None:
    assert words_of(promised(5, DAY)) == ["by Friday"]
    assert words_of(sent(4, "before"), promised(5, DAY), sent(6, "after")) == []


def test_undoing_the_promise_or_what_kept_it_counts() -> None:
    given_ = promised(5, DAY)
    kept = act(6, EventKind.KEPT, promise=given_.id)

    assert words_of(given_, act(7, EventKind.UNDONE, events=[given_.id])) == []
    assert words_of(given_, kept, act(7, EventKind.UNDONE, events=[kept.id])) == ["by Friday"]


def test_what_another_version_wrote_says_nothing() -> None:
    assert words_of(act(5, EventKind.PROMISED, due="soon"), act(6, EventKind.PROMISED)) == []
    assert words_of(act(5, EventKind.KEPT), promised(6, DAY)) == ["by Friday"]


def test_a_word_in_between_leaves_the_answer_owed_and_resets_the_clock() -> None:
    state = state_of(mail(0), sent(DAY, "still-on-it", Then.UPDATE), now=DAY + 5)

    assert (state.status, state.waiting_since) == (Status.OPEN, at(0))
    assert state.update_due_at == at(DAY) + timedelta(days=3)
    assert state_of(mail(0), OutgoingFact(at(5), False, Then.UPDATE, 1)).status is Status.OPEN


@given(st.permutations(range(6)))
def test_the_same_facts_in_any_order_give_the_same_promises(order: list[int]) -> None:
    one, other = promised(5, DAY, "answer", "tomorrow"), promised(8, 3 * DAY)
    events = [
        one,
        other,
        sent(6, "answer"),
        act(9, EventKind.KEPT, promise=one.id),
        act(10, EventKind.UNDONE, events=[other.id]),
        promised(11, 4 * DAY, words="next week"),
    ]

    assert words_of(*(events[n] for n in order)) == words_of(*events) == ["next week"]
