"""One line for a prompt: no network, no mail library, a tenth of a second."""

from founder_inbox.app.health.status import Glance, look
from founder_inbox.cli.context import answer, data_command, given_config
from founder_inbox.cli.plain import Json
from founder_inbox.core.times import to_text_or_none
from founder_inbox.system import clock


@data_command("status")
def status() -> None:
    """One line for your prompt or status bar. It never goes to the network."""
    glance = look(given_config(), clock.now())
    answer(lambda: _shape(glance), lambda: glance.line)


def _shape(glance: Glance) -> dict[str, Json]:
    """Outside the hours `lanes` and `owed` are null: nothing that pulls."""
    return {
        "line": glance.line,
        "open": glance.is_open,
        "until": to_text_or_none(glance.until),
        "next": to_text_or_none(glance.next),
        "lanes": None if glance.lanes is None else dict(glance.lanes),
        "owed": glance.owed,
        "outbox": glance.outbox,
        "failed": glance.failed,
        "sync": glance.sync,
        "fire": glance.fire or None,
        "synced_at": to_text_or_none(glance.synced_at),
    }
