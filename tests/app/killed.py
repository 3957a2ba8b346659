"""The sync as a process of its own, killed at a moment of its choosing.

Run as `python -m tests.app.killed CONFIG [SECONDS]`: one round, and SECONDS into it the end. Any
other word is looked for in the statements that the database is given: the end is right there.
"""

import os
import signal
import sys
import threading
from pathlib import Path

from founder_inbox.app.syncing.sync import connect, prepare, sync_round
from founder_inbox.app.workspace import Workspace, open_workspace
from founder_inbox.system import clock
from founder_inbox.system.locks import hold


def kill_after(seconds: float) -> None:
    """SIGKILL from within: as sudden as from outside, and at a moment that can be chosen."""
    kill = threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGKILL))
    kill.daemon = True
    kill.start()


def kill_at(ws: Workspace, word: str) -> None:
    """SIGKILL when the database is given the first statement with this word in it."""

    def look(statement: str) -> None:
        if word in statement:
            os.kill(os.getpid(), signal.SIGKILL)

    ws.store.connection.set_trace_callback(look)


def main() -> None:
    """One round with the server under the sync's lock."""
    config, *moment = sys.argv[1:]
    with open_workspace(config) as ws, hold(Path(ws.paths.data) / "sync.lock", "The sync"):
        prepare(ws, clock.now())
        session = connect(ws)
        if moment and moment[0][0].isdigit():
            kill_after(float(moment[0]))
        elif moment:
            kill_at(ws, moment[0])
        sync_round(ws, session, clock.now)
        session.close()


if __name__ == "__main__":
    main()
