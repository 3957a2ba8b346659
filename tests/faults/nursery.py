"""A process that has imported the program and forks a child for every command line.

A fork is a process like any other, killed and stopped like any other, and begins in a hundredth
of the time. Run as `python -m tests.faults.nursery`; one request in JSON a line on standard input,
for each the child's id and how it ended on standard output.
"""

import atexit
import contextlib
import gc
import json
import os
import sys
import traceback
from importlib import import_module
from typing import IO, Any

from tests.faults.switch import put_on, read_order

_WARM = (
    *("founder_inbox.cli.main", "founder_inbox.cli.pages", "founder_inbox.cli.shapes"),
    *("founder_inbox.app.syncing.sync", "founder_inbox.app.syncing.turns", "sqlite_utils"),
    *("founder_inbox.app.syncing.watch", "founder_inbox.mail.imap", "founder_inbox.mail.smtp"),
    *("founder_inbox.store.migrations", "founder_inbox.core.mime.reader", "ssl", "keyring"),
    *("founder_inbox.app.reading.sorting", "founder_inbox.app.session.away", "email.policy"),
    *("founder_inbox.app.sending.with_teammate", "founder_inbox.app.sending.hand_off"),
    *("founder_inbox.core.lanes.rules", "founder_inbox.system.log", "logging.handlers"),
    *("founder_inbox.app.data.export", "founder_inbox.app.data.restore"),
)


def warm() -> None:
    """Import what commands import late."""
    from founder_inbox.cli.catalogue import COMMANDS

    for name in (*_WARM, *(f"founder_inbox.cli.commands.{c.module}" for c in COMMANDS.values())):
        import_module(name)


def become(request: dict[str, Any]) -> None:
    """In the child: be the program on that command line. Never returns.

    What an interpreter does at its very end, taking apart all it has imported, is left out.
    """
    os.setpgid(0, 0)
    for number, path in enumerate((request["stdin"], request["out"], request["err"])):
        flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        opened = os.open(path, flags, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    os.umask(0o022)
    order = read_order(request["order"])
    switch = put_on(order)
    sys.argv = ["founder-inbox", *request["arguments"]]
    code = _run()
    switch.tell()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def _run() -> int:
    from founder_inbox.__main__ import main

    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    except BaseException:  # noqa: BLE001 - as an interpreter ends with whatever was raised
        traceback.print_exc()
    return 1


def serve(requests: IO[str], answers: IO[str]) -> None:
    """Fork, wait, tell; until the requests end."""
    for line in requests:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            become(request)
        _say(answers, {"pid": child})
        while True:
            _, how = os.waitpid(child, os.WUNTRACED)
            if not os.WIFSTOPPED(how):
                break
            _say(answers, {"stopped": child})
        _say(answers, {"code": os.waitstatus_to_exitcode(how)})


def _say(answers: IO[str], words: dict[str, int]) -> None:
    answers.write(json.dumps(words) + "\n")
    answers.flush()


def main() -> None:
    """Keep the two pipes for ourselves: the children have files of their own."""
    requests = os.fdopen(os.dup(0), "r", encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    for number in (0, 1):
        os.dup2(os.open(os.devnull, os.O_RDWR), number)
    warm()
    gc.freeze()
    serve(requests, answers)


if __name__ == "__main__":
    main()
