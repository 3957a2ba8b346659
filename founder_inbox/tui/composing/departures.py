"""What became of the replies that were just sent: one sentence each, when the server has spoken."""

from typing import TYPE_CHECKING

from founder_inbox.app.sending.outbox import item_named
from founder_inbox.core.tickets.outbox import OutboxState
from founder_inbox.errors import NotFound
from founder_inbox.store.outbox import OutboxItem
from founder_inbox.tui.queue.footer import Footer

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen

_SETTLED = frozenset({OutboxState.SENT, OutboxState.FAILED, OutboxState.UNCERTAIN})


class Departures:
    """The mails of this session that have not arrived at the server yet."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self._names: dict[int, str] = {}
        self._said = ""

    def follow(self, item: OutboxItem, name: str, words: str) -> None:
        """Say `words` now, and later what became of the mail to `name`."""
        self._names[item.id] = name
        self._tell(words)

    def look(self) -> None:
        """Ask the outbox; cheap enough for twice a second."""
        for number, name in list(self._names.items()):
            try:
                item = item_named(self._screen.desk.ws.store, number)
            except NotFound:
                del self._names[number]
                continue
            if item.state in _SETTLED:
                del self._names[number]
                self._settled(item, name)

    def _settled(self, item: OutboxItem, name: str) -> None:
        if item.state == OutboxState.SENT:
            if self._screen.query_one(Footer).message in {"", self._said}:
                self._tell(f"Sent to {name}.")
        elif item.state == OutboxState.FAILED:
            self._tell(f"Not sent to {name}: {item.answer or 'refused'}", trouble=True)
        else:
            self._tell(f"To {name}: {item.answer or 'it may have arrived; g o shows it.'}")

    def _tell(self, words: str, *, trouble: bool = False) -> None:
        self._said = words
        self._screen.say(words, trouble=trouble)
