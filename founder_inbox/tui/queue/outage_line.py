"""The line above the queue while people say it is down, or an outage is open."""

from datetime import datetime
from typing import TYPE_CHECKING

from textual.widgets import Static

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_line
from founder_inbox.tui.widgets.text import clickable, content

if TYPE_CHECKING:
    from founder_inbox.core.outage.standing import Standing


class OutageLine(Static):
    """One sentence; a click does what its key does. `short` is what the header says of it."""

    def __init__(self) -> None:
        super().__init__(id="outage", markup=False)
        self.short = ""
        self._shown = ("", False)
        self.display = False

    def show(self, standing: "Standing | None") -> None:
        """Say how it stands; None: nothing burns."""
        self.short = standing.short if standing else ""
        said = (standing.line, standing.presses) if standing else ("", False)
        if said == self._shown:
            return
        self._shown = said
        self.display = bool(said[0])
        style = "bold $text-error" if said[1] else "$text-warning"
        self.update(clickable(content((safe_line(said[0], 300), style)), "outage"))


def read_standing(ws: Workspace, now: datetime, key: str) -> "Standing | None":
    """How it stands, read on any thread; without a `key` nothing is said: support is closed."""
    if not key:
        return None
    from founder_inbox.app.outages.outage import outage_standing

    return outage_standing(ws, now, key)
