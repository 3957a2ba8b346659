"""Figures as lines: what is good, what is not, and where the time went."""

from dataclasses import replace
from datetime import UTC, datetime

from founder_inbox.core.metrics.figures import Figures, Record, Share, Spread, read_figures
from founder_inbox.core.metrics.lines import (
    Line,
    height_words,
    lines_of,
    minutes_a_week,
    series_of,
    time_words,
)
from founder_inbox.core.metrics.openings import Openings
from founder_inbox.core.metrics.time_spent import NOTHING_SPENT, Spent
from founder_inbox.core.model import Lane

START, END = datetime(2026, 11, 16, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC)
NOTHING = read_figures(Record(()), START, END, Openings(()), END)
SPENT = Spent(
    5400.0, {Lane.URGENT: 3600.0, Lane.HOWTO: 1790.0, Lane.THANKS: 10.0}, {"a@b.test": 1}, {}
)


def lines(now: Figures, before: Figures = NOTHING) -> dict[str, Line]:
    return {line.name: line for line in lines_of(now, before, 2.0, 0.0)}


def test_the_headline_comes_first_and_is_bad_from_one_on() -> None:
    assert next(iter(lines(NOTHING))) == "windows_missed"
    assert not lines(NOTHING)["windows_missed"].is_bad
    assert lines(replace(NOTHING, windows_missed=1))["windows_missed"].is_bad


def test_level_one_is_bad_below_its_target() -> None:
    shares = [Share(8, 10), Share(7, 10), Share(0, 4)]
    found = [lines(replace(NOTHING, level_one=share))["level_one"] for share in shares]

    assert [(line.value, line.is_bad) for line in found] == [
        ("80 %", False), ("70 %", True), ("–", False),
    ]  # fmt: skip


def test_what_nobody_looked_for_has_no_line() -> None:
    assert "asked_before" not in lines(NOTHING)
    assert "asked_before" not in lines(replace(NOTHING, asked_before=Share(0, 0)))
    assert lines(replace(NOTHING, asked_before=Share(2, 8)))["asked_before"].value == "25 %"


def test_beside_a_figure_stands_the_one_before() -> None:
    now = replace(NOTHING, first_answer=Spread(7, 1500, 7200), spent=SPENT, created=3)
    found = lines(now, replace(NOTHING, first_answer=Spread(9, 3000, 9000), created=4))

    line = found["first_answer"]
    assert (line.value, line.p90, line.n, line.before) == ("25 min", "2 h 00 min", "7", "50 min")
    assert (found["created"].value, found["created"].before) == ("3", "4")
    assert (found["minutes"].value, found["minutes"].before) == ("45", "–")
    assert minutes_a_week(600, 0) is None


def test_heights_are_said_in_their_unit() -> None:
    series = [replace(NOTHING, level_one=Share(9, 10), spent=SPENT), NOTHING]

    assert series_of("level_one", series) == [0.9, None]
    assert series_of("minutes", series) == [90, 0]
    assert series_of("first_answer", series) == [None, None]
    assert height_words("level_one", 0.9) == "90 %"
    assert height_words("waiting", 60) == "1 min"
    assert height_words("created", 3) == "3"
    assert height_words("created", None) == "–"


def test_where_the_time_went_is_one_line() -> None:
    assert time_words(SPENT) == "urgent 1 h 00 min, howto 30 min; most for a@b.test"
    assert time_words(NOTHING_SPENT) == ""
