"""A word on the desktop, by the desktop's own program."""

import html
import shutil
import subprocess
import sys

_SECONDS = 10
_SCRIPT = "on run argv\ndisplay notification (item 2 of argv) with title (item 1 of argv)\nend run"


def notify(title: str, words: str) -> bool:
    """Show a notification; False where there is no program for it, or it fails.

    Waits for that program, ten seconds at most.
    """
    command = _command(title, words)
    if command is None:
        return False
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _command(title: str, words: str) -> list[str] | None:
    if sys.platform == "darwin":
        program = shutil.which("osascript")
        return [program, "-e", _SCRIPT, title, words] if program else None
    program = shutil.which("notify-send")
    # The words may be read as markup (Desktop Notifications Specification, "Markup").
    shown = html.escape(words, quote=False)
    return [program, "--app-name=founder-inbox", "--", title, shown] if program else None
