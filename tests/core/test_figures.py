"""Every definition against the forty tickets that were worked out by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from founder_inbox.core.hours.schedule import windows_between
from founder_inbox.core.metrics.cases import Case, cases_of
from founder_inbox.core.metrics.figures import (
    AskedBefore,
    Figures,
    FixDone,
    Record,
    Share,
    Spread,
    read_figures,
    spread,
)
from founder_inbox.core.metrics.openings import Openings
from founder_inbox.core.metrics.periods import Span
from founder_inbox.core.model import Lane
from tests.core.forty import BERLIN, FIXES, FORTY, HOURS, NOW, at

OCTOBER = Span(date(2026, 10, 1), date(2026, 11, 1))
MARCH = Span(date(2026, 3, 1), date(2026, 4, 1))
CASES = [case for ticket in FORTY for case in cases_of(ticket)]
OPENINGS = Openings(tuple(windows_between(HOURS, at("3-1", "00:00"), NOW)))


def minutes(found: float | None) -> float | None:
    return None if found is None else found / 60


def figures(span: Span) -> Figures:
    return read_figures(Record(CASES, FIXES), *span.instants(BERLIN), OPENINGS, NOW)


FOUND = figures(OCTOBER)


def test_thirty_four_cases_came_in_and_all_but_one_were_closed() -> None:
    # 40 tickets, without 10, 11 and 14 (nothing asked), 27 and 28 (thrown away), 30 (we began)
    # and 40 (March); 7 is two cases. Only 34 is still open.
    assert (len(FORTY), FOUND.created, FOUND.closed) == (40, 34, 33)


def test_windows_missed_are_added_up() -> None:
    # 2: 1, 17: 1, 18: 3, 20: 2, 32: 1, 33: 1, 34: 1, 35: 2
    assert (FOUND.windows_missed, FOUND.late) == (12, 8)
    assert FOUND.behind["windows_missed"][0] == "t18"
    assert set(FOUND.behind["windows_missed"][1:3]) == {"t20", "t35"}


def test_the_first_answer_is_by_the_clock() -> None:
    # 5, nine of 10, 15, 15, four of 20, three of 30, 35, 40, 60, 120, 440, 485, 490, 500, 800,
    # 1420, 1620, 2290, 3755: of 32 the 16th is 20 and the 17th 30, the 29th (0.9 x 32 up) 1420.
    assert FOUND.first_answer == Spread(32, 25 * 60, 1420 * 60)
    assert FOUND.behind["first_answer"][:3] == ("t5", "t38", "t18")


def test_beside_it_stands_the_part_in_support_hours() -> None:
    # 0, 0, three of 5, ten of 10, 15, six of 20, three of 30, 35, 40, 65, 70, 80, 100, 180:
    # the 16th is 15 and the 17th 20, the 29th 70.
    assert FOUND.first_answer_open == Spread(32, 17.5 * 60, 70 * 60)


def test_the_resolution_ends_with_the_last_answer_before_the_close_that_held() -> None:
    # 5, six of 10, 15, four of 20, four of 30, 35, 40, 40, 60, 60, 120, 440, 485, 490, 500, 505,
    # 800, 1420, 1620, 2290, 3755: the 16th is 30 and the 17th 35, the 29th 1420. 35 has none.
    assert FOUND.resolution == Spread(32, 32.5 * 60, 1420 * 60)


def test_waiting_is_what_the_customer_sat_through() -> None:
    # 5, six of 10, 15, 15, six of 20, three of 30, 35, 40, 60, 120, 340, 440, 485, 490, 500, 570,
    # 800, 1420, 1620, 2290, 3755: of 33 the 17th is 30, the 30th 1420.
    assert FOUND.waiting == Spread(33, 30 * 60, 1420 * 60)


def test_replies_to_solve_and_solved_in_one() -> None:
    # 6, 8, 23 and 36 took two answers, 35 none: 28 of 32 took one; the 29th in order took two.
    assert FOUND.replies == Spread(32, 1, 2)
    assert FOUND.solved_in_one == Share(28, 32)
    assert FOUND.solved_in_one.share == 0.875
    assert set(FOUND.behind["solved_in_one"]) == {"t6", "t8", "t23", "t36"}


def test_level_one_is_what_was_never_handed_off() -> None:
    # 18, and 19 although it was taken back.
    assert FOUND.level_one == Share(31, 33)
    assert set(FOUND.behind["level_one"]) == {"t18", "t19"}


def test_a_quick_fix_counts_and_one_alone_has_no_median() -> None:
    assert (FOUND.quick_fixes, FOUND.asked_to_live) == (1, Spread(1, None, None))
    assert FOUND.behind["quick_fixes"] == ("t31",)


def test_who_has_no_answer_yet_is_named() -> None:
    assert (FOUND.unanswered, FOUND.behind["unanswered"]) == (1, ("t34",))


def test_the_night_of_the_clock_change_has_its_true_length() -> None:
    found = {case.ticket: case for case in CASES}
    waits = [(found[t].answered or NOW) - found[t].began for t in ("t38", "t39", "t40")]

    assert waits == [timedelta(minutes=minutes) for minutes in (2290, 60, 2170)]
    assert OCTOBER.instants(BERLIN)[1] - OCTOBER.instants(BERLIN)[0] == timedelta(days=31, hours=1)


def test_under_five_no_median_is_shown_and_counts_are() -> None:
    found = figures(MARCH)

    assert (found.created, found.closed, found.windows_missed) == (1, 1, 0)
    assert (found.first_answer, found.level_one.share) == (Spread(1, None, None), None)


@pytest.mark.parametrize(("many", "is_shown"), [(4, False), (5, True)])
def test_from_five_on_it_is_shown(many: int, is_shown: bool) -> None:
    assert (spread([60.0] * many).median is not None) is is_shown
    assert (Share(1, many).share is not None) is is_shown


def test_an_empty_mailbox_has_figures_of_nothing() -> None:
    found = read_figures(Record(()), *OCTOBER.instants(BERLIN), Openings(()), NOW)

    assert (found.created, found.closed, found.windows_missed, found.late) == (0, 0, 0, 0)
    assert found.first_answer == found.resolution == found.waiting == Spread(0, None, None)


def test_a_clock_that_was_set_back_makes_no_negative_times() -> None:
    late, early = at("6", "12:00"), at("5", "09:00")
    case = Case("t", "c", Lane.HOWTO, late, answered=early, closed=late, resolved=early, replies=1)
    found = read_figures(Record([case] * 5), *OCTOBER.instants(BERLIN), OPENINGS, NOW)

    assert found.first_answer == found.resolution == found.first_answer_open == Spread(5, 0, 0)
    assert found.windows_missed == 0


def test_a_mail_from_the_future_has_missed_nothing() -> None:
    case = Case("t", "c", Lane.HOWTO, NOW + timedelta(days=1))
    end = datetime(2027, 1, 1, tzinfo=UTC)

    assert read_figures(Record([case]), NOW, end, OPENINGS, NOW).windows_missed == 0


def test_asked_before_and_fixes_are_taken_as_they_are_given() -> None:
    fixes = [FixDone(at("6", f"09:0{n}"), f"t{n}", timedelta(minutes=n)) for n in range(5)]
    found = read_figures(
        Record([], fixes), *OCTOBER.instants(BERLIN), OPENINGS, NOW, asked_before=AskedBefore(3, 8)
    )

    assert found.asked_before == Share(3, 8)
    assert found.asked_to_live == Spread(5, 120, 240)


def test_the_order_of_facts_changes_nothing() -> None:
    turned = [
        replace(ticket, mails=ticket.mails[::-1], events=ticket.events[::-1]) for ticket in FORTY
    ]

    assert [cases_of(ticket) for ticket in turned] == [cases_of(ticket) for ticket in FORTY]
