"""Starting the app and ending it."""

import logging
import sys
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from founder_inbox.system import clock

if TYPE_CHECKING:
    from founder_inbox.app.workspace import Workspace


def run_app(given_config: str | None, now: Callable[[], datetime] = clock.now) -> int:
    """Open the screens on the configured mailbox until the founder leaves; the exit code.

    Raises ConfigError, CannotWrite, and AlreadyRunning when it is open already.
    """
    from founder_inbox.tui.door.first_questions import OPEN_ANEW

    while (code := _run_once(given_config, now)) == OPEN_ANEW:
        pass
    return code


def _run_once(given_config: str | None, now: Callable[[], datetime]) -> int:
    from founder_inbox.app.syncing.sync_process import SyncProcess
    from founder_inbox.app.workspace import open_workspace
    from founder_inbox.core.keymap import resolve
    from founder_inbox.system.locks import hold
    from founder_inbox.system.log import start_log
    from founder_inbox.system.paths import APP_LOCK

    with open_workspace(given_config) as ws, hold(ws.paths.data / APP_LOCK, "The app"):
        resolve(ws.config.keys)
        start_log(ws.paths.log)
        sys.setswitchinterval(0.0005)
        from founder_inbox.tui.app import InboxApp

        app = InboxApp(ws, SyncProcess(str(ws.paths.config), ws.paths), now)
        app.writer.submit(_forget_opened, lambda _: None, lambda _: None)
        try:
            code = app.run()
        finally:
            app.end()
        if app.last_words:
            sys.stderr.write(app.last_words + "\n")
            logging.shutdown()
            return 1
        return code or 0


def run_setup(given_config: str | None, address: str = "") -> str | None:
    """Connect a mailbox on a screen: "ready", "demo", "failed", or None where the founder left."""
    from founder_inbox.app.workspace import config_file
    from founder_inbox.tui.setup_app import SetupApp

    app = SetupApp(config_file(given_config), address)
    wish = app.run()
    if app.last_words:
        sys.stderr.write(app.last_words + "\n")
        return "failed"
    return wish


def _forget_opened(ws: "Workspace") -> None:
    """The copies of files that the app before this one opened."""
    from founder_inbox.app.reading.attachments import forget_opened

    forget_opened(ws)
