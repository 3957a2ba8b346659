"""What figures cost: a hundred thousand tickets of three years, two mails and a close each."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from founder_inbox.app.metrics.stats import read_stats
from founder_inbox.app.workspace import Workspace, open_workspace
from founder_inbox.core.metrics.periods import By, usual_span
from founder_inbox.core.times import to_text
from tests.benchmarks.figures import Figure, median, milliseconds
from tests.benchmarks.world import World

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SIZE = 100_000
_SPAN = timedelta(days=3 * 365)
CONFIG = """
[account]
address = "support@acme.test"
[imap]
host = "127.0.0.1"
security = "none"
[smtp]
host = "127.0.0.1"
security = "none"
[hours]
timezone = "Europe/Berlin"
windows = ["mon-fri 09:00-10:00", "mon-fri 17:00-18:00"]
[storage]
dir = "data"
"""


def measure(world: World) -> list[Figure]:
    """The screen's three spans, and a year by month."""
    folder = world.folder / "counting"
    folder.mkdir()
    config = Path(folder / "config.toml")
    config.write_text(CONFIG.replace('"data"', json.dumps(str(folder / "data"))))
    with open_workspace(str(config)) as ws:
        fill(ws, SIZE)
        return [_figure(ws, by) for by in By]


def _figure(ws: Workspace, by: By) -> Figure:
    span = usual_span(by, NOW.date())
    taken = milliseconds(lambda: read_stats(ws, span, by, NOW), 3)
    what = f"figures of {span.days} days, of {SIZE:,} tickets"
    return median(what, taken, "ms", f"with the {span.days} days before, by {by.value}")


def fill(ws: Workspace, size: int) -> None:
    """Tickets one after the other, evenly over three years up to now."""
    step = _SPAN / size
    with ws.store.write():
        for number in range(size):
            asked = NOW - _SPAN + step * number
            _add(ws, number, asked, asked + timedelta(hours=3 + number % 40))


def _add(ws: Workspace, number: int, asked: datetime, answered: datetime) -> None:
    closed = min(answered + timedelta(minutes=5), NOW)
    lane = ("howto", "urgent", "feature")[number % 3]
    zeros = ("lane_sure", "lane_rank", "topic_rank", "quick_fix", "delivery_failed", "unread")
    texts = dict.fromkeys(("subject", "customer_name", "bare_subject"), "s")
    ticket = {
        **dict.fromkeys(zeros, 0),
        **texts,
        "tags": "[]",
        "lane_reasons": "[]",
        "status": "closed",
        "lane": lane,
        "id": f"t{number}",
        "root": f"<{number}@x>",
        "messages": 2,
        "customer_messages": 1,
        "customer_address": f"c{number % 900}@x.test",
        "opened_at": to_text(asked),
        "moved_at": to_text(closed),
    }
    key = ws.store.insert("ticket", ticket)
    for direction, role, at in (("in", "customer", asked), ("out", "us", min(answered, NOW))):
        message = {
            "ticket": key, "key": f"{number}{role}", "message_id": f"<{number}{role}@x>",
            "at": to_text(at), "direction": direction, "role": role, "kind": "customer",
            "lane": lane, "text": "words " * 60, "new_text": "words " * 60,
        }  # fmt: skip
        ws.store.insert("message", _whole(message))
    event = {
        "id": f"{int(closed.timestamp() * 1000):012x}-{number % 65536:04x}-00000000",
        "at": to_text(closed), "actor": ws.actor, "ticket": f"t{number}", "kind": "closed",
        "data": "{}",
    }  # fmt: skip
    ws.store.insert("event", event)


_EMPTY = ("sender_name", "sender_address", "subject", "quoted", "signature")
_LISTS = ("reply_to", "recipients_to", "recipients_cc", "references", "attachments", "warnings")


def _whole(message: dict[str, object]) -> dict[str, object]:
    blank = dict.fromkeys(_EMPTY, "") | dict.fromkeys(_LISTS, "[]") | {"lane_reasons": "[]"}
    return {**blank, "interleaved": 0, "delivery_failed": 0, "lane_sure": 1, **message}
