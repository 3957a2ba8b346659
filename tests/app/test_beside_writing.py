"""What only reads waits for nobody who writes, and keeps nobody from it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from founder_inbox.app.data.forget import look
from founder_inbox.app.knowledge.causes import list_causes, minutes_a_month
from founder_inbox.app.knowledge.ideas import list_ideas
from founder_inbox.app.metrics.digest import read_digest
from founder_inbox.app.metrics.stats import read_stats
from founder_inbox.app.queue.customer import known_of, people_at, person_of
from founder_inbox.app.queue.tickets import search_keys
from founder_inbox.app.session.jar import praise_jar
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.metrics.periods import By, Span
from tests.app.busy import somebody_writes
from tests.app.desk import NOW, Desk, mail

WEEK = Span(NOW.date() - timedelta(days=6), NOW.date() + timedelta(days=1))
TOM = "tom@okafor.test"
READINGS: dict[str, Callable[[Workspace], object]] = {
    "digest": lambda ws: read_digest(ws, WEEK, NOW, masked=True),
    "figures": lambda ws: read_stats(ws, WEEK, By.DAY, NOW),
    "causes": lambda ws: (list_causes(ws), minutes_a_month(ws, NOW)),
    "ideas": list_ideas,
    "the jar": praise_jar,
    "search": lambda ws: search_keys(ws.store, "export company:okafor", NOW),
    "card": lambda ws: (known_of(ws, person_of(ws, TOM), NOW), people_at(ws, "okafor.test", NOW)),
    "forget, to look": lambda ws: look(ws, TOM),
}


@pytest.mark.parametrize("what", READINGS)
def test_it_is_read_while_another_process_writes(
    open_desk: Callable[[str], Desk], what: str
) -> None:
    desk = open_desk("desk")
    desk.receive((5, mail("one")), (3, mail("two")))

    with somebody_writes(desk.ws) as gave_up:
        READINGS[what](desk.ws)

        assert not gave_up.is_set()
