"""Sending what is due and a round with the server, as a process that ends at a point of its way.

Run as `python -m tests.app.killed_reply CONFIG NUMBER`: the points are every commit of the
database and, until the mail is delivered, before and after every piece that is sent to the
server. At point NUMBER the process kills itself (SIGKILL); with 0 it goes on to the end and prints
how many there were.
"""

import os
import signal
import socket
import ssl
import sys
from collections.abc import Callable
from typing import Any

from founder_inbox.app.sending.outbox import settle_interrupted
from founder_inbox.app.sending.send import deliver_due
from founder_inbox.app.syncing.sync import connect, prepare, sync_round
from founder_inbox.app.workspace import open_workspace
from founder_inbox.system import clock


class Points:
    """Counts them, and ends the process at one."""

    def __init__(self, fatal: int) -> None:
        self.fatal = fatal
        self.passed = 0
        self.delivered = False

    def reach(self) -> None:
        self.passed += 1
        if self.passed == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(self, sql: str) -> None:
        if sql.lower().startswith("commit"):
            self.reach()

    def around(self, send: Callable[..., Any]) -> Callable[..., Any]:
        def sends(*args: object, **kwargs: object) -> object:
            if self.delivered:
                return send(*args, **kwargs)
            self.reach()
            done = send(*args, **kwargs)
            self.reach()
            return done

        return sends


def main() -> None:
    """Settle, deliver, and a round, as the syncing process does after a start."""
    config, fatal = sys.argv[1], int(sys.argv[2])
    points = Points(fatal)
    for kind in (ssl.SSLSocket, socket.socket):
        kind.sendall = points.around(kind.sendall)  # type: ignore[method-assign]
    with open_workspace(config) as ws:
        ws.store.connection.set_trace_callback(points.statement)
        settle_interrupted(ws.store, clock.now())
        deliver_due(ws, clock.now)
        points.delivered = True
        prepare(ws, clock.now())
        session = connect(ws)
        sync_round(ws, session, clock.now)
        session.close()
    sys.stdout.write(str(points.passed))


if __name__ == "__main__":
    main()
