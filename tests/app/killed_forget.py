"""Forgetting in a process of its own, killed at a statement: `CONFIG WORD`."""

import os
import signal
import sqlite3
import sys
from typing import Any

from founder_inbox.app.data.forget import forget
from founder_inbox.app.syncing.turns import forget_now
from founder_inbox.app.workspace import open_workspace
from founder_inbox.system import clock


def kill_at(word: str) -> None:
    """SIGKILL when any connection is given the first statement with this word in it."""
    connect = sqlite3.connect

    def look(statement: str) -> None:
        if word in statement:
            os.kill(os.getpid(), signal.SIGKILL)

    def listened(*given: Any, **more: Any) -> sqlite3.Connection:  # noqa: ANN401 - as sqlite3 has it
        connection: sqlite3.Connection = connect(*given, **more)
        connection.set_trace_callback(look)
        return connection

    sqlite3.connect = listened  # type: ignore[assignment]


def main() -> None:
    """Erase Tom, here and on the server."""
    config, word = sys.argv[1:]
    kill_at(word)
    with open_workspace(config) as ws:
        forget(ws, "tom@okafor.test", clock.now())
        forget_now(ws, clock.now)


if __name__ == "__main__":
    main()
