"""`founder-inbox digest`: a week of support as Markdown, with names or without."""

from datetime import timedelta

import pytest

from founder_inbox.system import clock
from tests.cli.conftest import NOON, Cli, Founder, MakeFounder

TODAY = clock.now().astimezone(NOON).date()


def test_the_weeks_words_are_there_and_masked_on_request(cli: Cli, founder: Founder) -> None:
    week = (clock.now() - timedelta(hours=2)).astimezone(NOON).date().isoformat()
    open_ = cli("digest", "--week", week, "--config", founder.config)
    masked = cli("digest", "--week", week, "--mask", "--json", "--config", founder.config).json

    assert open_.code == 0
    assert "1 question came in" in open_.out
    assert "Tom (#" in open_.out
    assert "Tom" not in masked["markdown"]
    assert "A customer (#" in masked["markdown"]
    assert masked["masked"] is True


def test_without_a_week_it_is_the_last_whole_one(cli: Cli, make_founder: MakeFounder) -> None:
    found = cli("digest", "--json", "--config", make_founder().config).json
    monday = TODAY - timedelta(days=TODAY.weekday() + 7)

    assert (found["from"], found["to"]) == (
        monday.isoformat(),
        (monday + timedelta(days=6)).isoformat(),
    )
    assert "A quiet week: nothing came in." in found["markdown"]


@pytest.mark.parametrize("week", ["monday", "0001-01-01"])
def test_what_is_no_day_is_refused(cli: Cli, founder: Founder, week: str) -> None:
    assert cli("digest", "--week", week, "--config", founder.config).code == 65
