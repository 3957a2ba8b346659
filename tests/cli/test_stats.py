"""`founder-inbox stats`: figures of a span as words, JSON and CSV."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from founder_inbox.cli.catalogue import COMMANDS
from founder_inbox.core.metrics.definitions import DEFINITIONS
from founder_inbox.system import clock
from tests.cli.conftest import NOON, Cli, Founder, MakeFounder

TODAY = clock.now().astimezone(NOON).date()


def test_one_ticket_is_counted_and_medians_wait_for_five(cli: Cli, founder: Founder) -> None:
    found = cli("stats", "--by", "day", "--json", "--config", founder.config).json

    assert (found["by"], found["to"], found["timezone"]) == ("day", TODAY.isoformat(), NOON.key)
    assert len(found["buckets"]) == 14
    assert (found["period"]["created"], found["period"]["closed"]) == (1, 0)
    assert found["period"]["first_answer"] == {"n": 0, "median": None, "p90": None}
    assert found["before"]["created"] == 0
    assert sum(bucket["created"] for bucket in found["buckets"]) == 1


def test_the_tickets_behind_a_figure_are_named(
    cli: Cli, founder: Founder, only_id: Callable[[Path], str]
) -> None:
    ticket = only_id(founder.config)
    cli("close", ticket, "--config", founder.config)
    found = cli("stats", "--json", "--config", founder.config).json["period"]

    assert found["tickets"]["created"] == found["tickets"]["closed"] == [ticket]
    assert found["level_one"] == {"part": 1, "n": 1, "share": None}
    assert found["closed"] == 1


def test_an_empty_mailbox_has_a_page_of_nothing(cli: Cli, make_founder: MakeFounder) -> None:
    result = cli("stats", "--config", make_founder().config)

    assert result.code == 0
    assert "Windows missed" in result.out.splitlines()[3]
    assert "First answer" in result.out


def test_the_page_has_a_line_for_each_figure(cli: Cli, founder: Founder) -> None:
    page = cli("stats", "--config", founder.config).out

    labels = [each.label for each in DEFINITIONS if each.name != "asked_before"]
    assert [label for label in labels if label not in page] == []


@pytest.mark.parametrize(("by", "rows"), [("day", 14), ("week", 12), ("month", 12)])
def test_csv_has_a_row_for_each_bucket(cli: Cli, founder: Founder, by: str, rows: int) -> None:
    page = cli("stats", "--csv", "--by", by, "--config", founder.config).out
    found = list(csv.DictReader(io.StringIO(page)))

    assert len(found) == rows
    assert sum(int(row["created"]) for row in found) == 1
    assert {row["first_answer_median"] for row in found} == {""}


def test_only_the_days_asked_for_are_counted(cli: Cli, founder: Founder) -> None:
    before = (TODAY - timedelta(days=30)).isoformat(), (TODAY - timedelta(days=3)).isoformat()
    found = cli(
        "stats", "--from", before[0], "--to", before[1], "--json", "--config", founder.config
    ).json

    assert (found["from"], found["to"], found["period"]["created"]) == (*before, 0)


def test_days_ahead_have_nothing_yet(cli: Cli, founder: Founder) -> None:
    result = cli(
        "stats", "--from", "2150-01-01", "--to", "2150-01-31", "--json", "--config", founder.config
    )

    assert (result.code, result.json["period"]["created"]) == (0, 0)
    assert result.json["period"]["spent"]["seconds_a_week"] is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--from", "yesterday"], "Write it as 2026-11-02"),
        (["--to", "0001-01-01"], "too far away"),
        (["--from", "2026-11-02", "--to", "2026-11-01"], "swap them"),
    ],
)
def test_what_is_no_span_is_refused(
    cli: Cli, founder: Founder, given: list[str], said: str
) -> None:
    result = cli("stats", *given, "--config", founder.config)

    assert (result.code, result.out) == (65, "")
    assert said in result.err


def test_two_forms_at_once_are_wrong_usage(cli: Cli, founder: Founder) -> None:
    assert cli("stats", "--csv", "--json", "--config", founder.config).code == 2


def test_figures_are_free_at_a_closed_door(cli: Cli, closed_founder: Founder) -> None:
    assert "stats" in COMMANDS
    assert cli("stats", "--config", closed_founder.config).code == 0
