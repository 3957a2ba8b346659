"""Telling everybody about an outage, as a process of its own that is killed at a statement.

Run as `python -m tests.app.killed_outage CONFIG WORD`: the end is where WORD is given to the
database for the second time, so that somebody has been told already and somebody has not.
"""

import os
import signal
import sys

from founder_inbox.app.outages import outage, outage_update
from founder_inbox.app.sending.outbox import settle_interrupted
from founder_inbox.app.sending.send import deliver_due
from founder_inbox.app.workspace import Workspace, open_workspace
from founder_inbox.core.outage.incident import Part
from founder_inbox.system import clock


def kill_at_second(ws: Workspace, word: str) -> None:
    """SIGKILL when the database is given the second statement with this word in it."""
    seen = 0

    def look(statement: str) -> None:
        nonlocal seen
        seen += word in statement
        if seen == 2:
            os.kill(os.getpid(), signal.SIGKILL)

    ws.store.connection.set_trace_callback(look)


def tell(ws: Workspace) -> None:
    """The first word to everybody, unless they were told, and what is due leaves."""
    settle_interrupted(ws.store, clock.now())
    if outage.require_outage(ws).rounds:
        outage_update.go_on(ws, clock.now())
    else:
        outage_update.send_update(ws, Part.OPEN, clock.now())
    deliver_due(ws, clock.now)


def main() -> None:
    """Open the workspace, and tell."""
    config, *word = sys.argv[1:]
    with open_workspace(config) as ws:
        if word:
            kill_at_second(ws, word[0])
        tell(ws)


if __name__ == "__main__":
    main()
