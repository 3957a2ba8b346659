"""The year before the demo begins."""

from pathlib import Path

from founder_inbox.app.metrics.stats import read_stats
from founder_inbox.app.queue.goodwill import ledger
from founder_inbox.app.workspace import open_workspace
from founder_inbox.core.metrics.periods import By, usual_span
from founder_inbox.core.model import Status
from founder_inbox.demo.year import QUESTIONS, add_year
from founder_inbox.store.tickets import Choice, count_queue, queue_keys

from .conftest import NOW
from .test_history import config

__all__ = ["config"]


def test_a_year_of_questions_is_answered_and_closed(config: Path) -> None:
    assert add_year(config, NOW) == QUESTIONS

    with open_workspace(str(config)) as ws:
        found = read_stats(ws, usual_span(By.MONTH, NOW.date()), By.MONTH, NOW)
        assert found.whole.created == found.whole.closed == QUESTIONS
        assert all(figures.created for figures in found.series)
        assert found.whole.first_answer.median is not None
        assert found.whole.level_one.part < found.whole.level_one.n
        assert found.whole.quick_fixes >= 5
        assert 0 < found.whole.late < QUESTIONS / 2
        assert found.whole.spent.seconds > 0
        assert ledger(ws)
        assert queue_keys(ws.store, Choice(Status.OPEN)) == []
        recent = read_stats(ws, usual_span(By.DAY, NOW.date()), By.DAY, NOW)
        assert (recent.whole.created, recent.whole.closed) == (0, 0)
        assert count_queue(ws.store, NOW).to_go == 0
