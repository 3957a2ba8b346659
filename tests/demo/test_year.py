"""The year before the demo begins."""

from pathlib import Path

from founder_inbox.app.knowledge.articles import uses_of_articles
from founder_inbox.app.knowledge.asked import look_up
from founder_inbox.app.knowledge.causes import list_causes, minutes_a_month
from founder_inbox.app.knowledge.ideas import list_ideas
from founder_inbox.app.metrics.stats import read_stats
from founder_inbox.app.queue.goodwill import ledger
from founder_inbox.app.queue.tickets import load_tickets
from founder_inbox.app.session.jar import praise_jar
from founder_inbox.app.workspace import open_workspace
from founder_inbox.core.metrics.periods import By, usual_span
from founder_inbox.core.model import Status
from founder_inbox.demo.past import QUESTIONS
from founder_inbox.demo.year import add_year
from founder_inbox.store.tickets import Choice, all_keys, count_queue, queue_keys

from .conftest import NOW
from .test_history import config, receive

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


def test_the_year_taught_ideas_causes_and_answers_and_filled_the_jar(config: Path) -> None:
    with open_workspace(str(config)) as ws:
        receive(ws)
    add_year(config, NOW)

    with open_workspace(str(config)) as ws:
        ideas = list_ideas(ws)
        assert {str(one.idea.state) for one in ideas} == {"planned", "shipped", "declined"}
        assert all(len(one.voters) > 5 for one in ideas)
        assert {str(hit.cause.kind) for hit in list_causes(ws)} >= {"bug", "slip", "third_party"}
        assert all(len(hit.people) > 5 for hit in list_causes(ws))
        assert len(minutes_a_month(ws, NOW)) == 6
        assert len(praise_jar(ws)) > 5
        assert uses_of_articles(ws).total() > 5
        asked = {t.state.subject: t for t in load_tickets(ws.store, all_keys(ws.store))}
        found = look_up(ws, asked["How to import my reader list"], NOW)
        assert found.times > 2
        assert found.offers
