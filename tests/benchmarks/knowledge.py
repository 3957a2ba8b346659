"""What support teaches, on a hundred thousand tickets: each screen's reading, and forgetting one.

The tickets are those of `counting`, searchable; 500 of them are in ideas, 300 in causes.
"""

import json
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from founder_inbox.app.data.forget import forget, look
from founder_inbox.app.knowledge.asked import look_up
from founder_inbox.app.knowledge.causes import list_causes, minutes_a_month
from founder_inbox.app.knowledge.ideas import list_ideas
from founder_inbox.app.metrics.digest import read_digest
from founder_inbox.app.queue.customer import known_of, people_at, person_of
from founder_inbox.app.queue.tickets import find_ticket, search_keys
from founder_inbox.app.syncing.forgetting import finish_file
from founder_inbox.app.workspace import Workspace, open_workspace
from founder_inbox.core.metrics.periods import Span
from founder_inbox.core.times import to_text
from founder_inbox.store.people import known_people
from tests.benchmarks.counting import CONFIG, NOW, SIZE, fill
from tests.benchmarks.figures import Figure, median, milliseconds
from tests.benchmarks.world import World

_CUSTOMER = "c7@x.test"
_WEEK = Span(NOW.date() - timedelta(days=7), NOW.date())


def measure(world: World) -> list[Figure]:
    """Everything that a key or a command shows of it."""
    folder = world.folder / "knowledge"
    folder.mkdir()
    config = Path(folder / "config.toml")
    config.write_text(CONFIG.replace('"data"', json.dumps(str(folder / "data"))))
    with open_workspace(str(config)) as ws:
        fill(ws, SIZE)
        _teach(ws)
        return [*(_figure(what, act) for what, act in _acts(ws)), *_forgetting(ws)]


def _acts(ws: Workspace) -> list[tuple[str, Callable[[], object]]]:
    ticket = find_ticket(ws.store, f"t{SIZE - 1}")  # a how-to question
    return [
        ("ideas", lambda: list_ideas(ws)),
        ("causes, with minutes", lambda: (list_causes(ws), minutes_a_month(ws, NOW))),
        ("a customer's card", lambda: known_of(ws, person_of(ws, _CUSTOMER), NOW)),
        ("asked before, one ticket", lambda: look_up(ws, ticket, NOW)),
        ("to whom?, a letter more", lambda: known_people(ws.store, "c7")),
        ("company:, a letter more", lambda: search_keys(ws.store, "company:x.tes", NOW)),
        ("everybody of a company", lambda: people_at(ws, "x.test", NOW)),
        ("a week's digest", lambda: read_digest(ws, _WEEK, NOW, masked=False)),
        ("what forgetting would erase", lambda: look(ws, _CUSTOMER)),
    ]


def _figure(what: str, act: Callable[[], object]) -> Figure:
    return median(what, milliseconds(act, 5), "ms", f"{SIZE:,} tickets, warm")


def _forgetting(ws: Workspace) -> list[Figure]:
    started = time.perf_counter()
    plan = forget(ws, _CUSTOMER, NOW)
    erased = time.perf_counter()
    finish_file(ws)
    written = time.perf_counter()
    how = f"{plan.mails} mails of one customer"
    return [
        Figure("forgetting, erased", (erased - started) * 1000, "ms", 1, how),
        Figure("the file written anew", (written - erased) * 1000, "ms", 1, "once, after it"),
    ]


def _teach(ws: Workspace) -> None:
    """Make the mails searchable, and some of them the origin of ideas and causes."""
    with ws.store.write():
        ws.store.run(
            "update message set sender_address = (select customer_address from ticket "
            "where key = message.ticket) where direction = 'in'"
        )
        ws.store.run(
            "update message set new_text = 'How do I export list ' || (id % 40) || ' as a file '"
            "|| 'for project ' || (id % 300) || '? Open Settings, then press Export.'"
        )
        ws.store.run(
            "insert into search (rowid, subject, sender, recipients, new_text, rest) "
            "select id, subject, ' ' || sender_address, '', new_text, '' from message"
        )
        ws.store.run("insert into thread select key, id, root, key from ticket")
        ws.store.run("insert into filed select id, ticket from message")
        for number in range(500):
            first = number < 50
            data = {"title": f"Idea {number}", "words": "w", "problem": "p"}
            _line(ws, number, "idea_logged" if first else "idea_voted",
                  data if first else {"idea": _id(number % 50), "words": "w"})  # fmt: skip
        for number in range(500, 800):
            first = number < 560
            data = {"kind": "bug", "what": f"Cause {number}"}
            _line(ws, number, "cause_named" if first else "cause_linked",
                  data if first else {"cause": _id(500 + number % 60)})  # fmt: skip


def _line(ws: Workspace, number: int, kind: str, data: dict[str, str]) -> None:
    ws.store.insert(
        "event",
        {
            "id": _id(number), "at": to_text(NOW), "actor": ws.actor,
            "ticket": f"t{SIZE - 1 - number * 7}", "kind": kind, "data": json.dumps(data),
        },
    )  # fmt: skip


def _id(number: int) -> str:
    return f"{int(NOW.timestamp() * 1000) + 1:012x}-{number:04x}-00000000"
