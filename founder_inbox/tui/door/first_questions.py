"""After setup, once the first ticket was seen: when support is open, and who helps.

Asked once. The answers go to the end of the configuration, and the app opens anew with them.
"""

from collections.abc import Callable
from email.utils import parseaddr
from typing import TYPE_CHECKING

from founder_inbox.app.setup.later import add, asks_for_hours
from founder_inbox.core.letters.placeholders import Ask
from founder_inbox.store.settings import get_setting, set_setting

if TYPE_CHECKING:
    from founder_inbox.app.workspace import Workspace
    from founder_inbox.tui.main_screen import MainScreen


OPEN_ANEW = -1  # the configuration has become another one
_ASKED = "hours_asked"
_USUAL = "mon-fri 09:00-10:00"
_LATER = "As you like. Later: founder-inbox setup --hours, or write [hours] into the configuration."
_ASKS = (
    Ask("windows", f"When is support open? For example: {_USUAL}", _USUAL, True),
    Ask("more", "A second window a day", "mon-fri 17:00-18:00", True),
    Ask("teammate", "Who takes a ticket over with H", "Vlad <vlad@acme.test>", True),
)


class FirstQuestions:
    """Waits until the first ticket was read and left. `open_anew` ends this app for another."""

    def __init__(self, main: "MainScreen", ws: "Workspace", open_anew: Callable[[], None]) -> None:
        self._main = main
        self._open_anew = open_anew
        self._wait = asks_for_hours(ws.paths.config) and not get_setting(ws.store, _ASKED)
        self._read = False

    def look(self) -> None:
        """Ask when the founder comes back from the first ticket; call it now and then."""
        if not self._wait:
            return
        if self._main.reading or not self._read:
            self._read = self._read or self._main.reading
        elif self._main.is_current and not self._main.writing:
            self._wait = False
            self._ask()

    def _ask(self) -> None:
        from founder_inbox.tui.widgets.ask_form import AskForm

        self._main.app.push_screen(
            AskForm(_ASKS, "You have seen your first ticket. Two questions", "keep"), self._keep
        )

    def _keep(self, answers: dict[str, str] | None) -> None:
        say = self._main.say
        windows = [words for key in ("windows", "more") if answers and (words := answers[key])]
        name, address = parseaddr(answers["teammate"] if answers else "")
        mate = (name or address.partition("@")[0].capitalize(), address) if address else None

        def work(ws: "Workspace") -> bool:
            add(ws.paths.config, "local", windows, mate)
            set_setting(ws.store, _ASKED, "yes")
            return bool(windows or mate)

        def done(added: bool) -> None:
            if added:
                self._open_anew()
            else:
                say(_LATER)

        def failed(words: str) -> None:
            say(words, trouble=True)
            self._read, self._wait = False, True  # once more, after the next ticket

        self._main.writer.submit(work, done, failed)
