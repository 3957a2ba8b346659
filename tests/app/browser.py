"""A real browser without a window: Chromium and what is made of it, by its debugging pipe.

The protocol is JSON with a zero byte after each message, in on descriptor 3, out on 4
(Chrome DevTools Protocol, --remote-debugging-pipe).
"""

import json
import os
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self

NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("chrome-headless-shell", "microsoft-edge", "brave-browser"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
NONE_HERE = (
    "No Chromium and no Chrome is here: the FAQ page's search was not tried in a browser. "
    "Install one (Debian: apt install chromium), and this test does."
)
PATIENCE = 60.0
_OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync")
# The pipe's ends come as whatever numbers they have here.
_START = """
import fcntl, os, sys
ours, theirs = (fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3])
os.dup2(ours, 3)
os.dup2(theirs, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


def browsers() -> list[str]:
    """The browsers that are installed, each once."""
    found = (shutil.which(name) for name in NAMES)
    return list({str(Path(path).resolve()): path for path in found if path}.values())


class Browser:
    """One browser with one page."""

    def __init__(self, program: str, folder: Path) -> None:
        theirs_in, self._out = os.pipe()
        self._in, theirs_out = os.pipe()
        given = (f"--user-data-dir={folder}", "--remote-debugging-pipe", "about:blank")
        ends = (str(theirs_in), str(theirs_out))
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, *ends, program, *_OPTIONS, *given],
            pass_fds=(theirs_in, theirs_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._read = b""
        self._number = 0
        self._session: str | None = None

    def open(self, url: str) -> None:
        """Show a page, and wait until it has loaded."""
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        attached = self._call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self._call("Page.enable")
        self._call("Page.navigate", url=url)
        while self._next().get("method") != "Page.loadEventFired":
            pass

    def value(self, script: str) -> Any:  # noqa: ANN401 - whatever the script gives
        """What a script's expression is on the page."""
        found = self._call("Runtime.evaluate", expression=script, returnByValue=True)
        return found["result"].get("value")

    def type(self, text: str) -> None:
        """Press a key for each letter, where the focus is."""
        for letter in text:
            self._call("Input.dispatchKeyEvent", type="keyDown", text=letter, key=letter)
            self._call("Input.dispatchKeyEvent", type="keyUp", key=letter)

    def press(self, key: str) -> None:
        """Press a key that writes nothing."""
        self._call("Input.dispatchKeyEvent", type="keyDown", key=key)
        self._call("Input.dispatchKeyEvent", type="keyUp", key=key)

    def _call(self, method: str, **params: object) -> dict[str, Any]:
        self._number += 1
        message: dict[str, object] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != self._number:
            pass
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    def _next(self) -> dict[str, Any]:
        deadline = time.monotonic() + PATIENCE
        while b"\0" not in self._read:
            left = max(deadline - time.monotonic(), 0)
            assert select.select([self._in], [], [], left)[0], "the browser says nothing"
            piece = os.read(self._in, 1 << 16)
            assert piece, "the browser has ended"
            self._read += piece
        first, _, self._read = self._read.partition(b"\0")
        message: dict[str, Any] = json.loads(first)
        return message

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        os.close(self._out)
        os.close(self._in)
        try:
            self._process.wait(10)  # without its pipe it ends
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
