"""Which way a call took through the program: pairs of lines, one after the other."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import founder_inbox

_PACKAGE = str(Path(founder_inbox.__file__).parent)
# What reads mail: the rest runs unwatched, at full speed.
_WATCHED = ("/core/", "/mail/", "/app/reading/", "/cli/shapes", "/tui/ticket/")
OFTEN, SELDOM = 300, 8
Edge = tuple[str, int, int]


class Watch:
    """Looks on while calls run. Functions that showed nothing new for long it looks at less often.

    Watching every line costs ten times the call itself, and most lines are the same each time.
    """

    def __init__(self) -> None:
        self._watched: dict[str, bool] = {}
        self._known: dict[CodeType, set[Edge]] = {}
        self._dull: dict[CodeType, int] = {}

    def edges_of(self, act: Callable[[], None]) -> set[Edge]:
        """Run it and return the edges it took; what it raises passes through."""
        edges = set[Edge]()
        before = sys.gettrace()
        sys.settrace(lambda frame, _event, _arg: self._enter(frame, edges))
        try:
            act()
        finally:
            sys.settrace(before)
        return edges

    def _enter(self, frame: FrameType, edges: set[Edge]) -> Callable[..., Any] | None:
        code = frame.f_code
        file = code.co_filename
        if file not in self._watched:
            self._watched[file] = is_watched(file)
        if not self._watched[file]:
            return None
        calls = self._dull[code] = self._dull.get(code, 0) + 1
        if calls > OFTEN and calls % SELDOM:
            return None
        known = self._known.setdefault(code, set())
        last = 0

        def step(frame: FrameType, event: str, _arg: object) -> Any:  # noqa: ANN401 - sys.settrace's
            nonlocal last
            if event == "line":
                edge = (file, last, frame.f_lineno)
                last = frame.f_lineno
                if edge not in known:
                    known.add(edge)
                    self._dull[code] = 0
                edges.add(edge)
            return step

        return step


def is_watched(file: str) -> bool:
    """Whether a source file is one that foreign mail runs through."""
    return file.startswith(_PACKAGE) and any(part in file for part in _WATCHED)
