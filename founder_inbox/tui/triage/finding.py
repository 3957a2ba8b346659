"""Looking for words inside the open ticket: as one types, then from hit to hit."""

from typing import TYPE_CHECKING

from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.tickets.hits import Wanted, wanted_words
from founder_inbox.tui.queue.search_bar import SearchBar
from founder_inbox.tui.triage import moves

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen

_HINT = "a word in this ticket; / once more searches everything"


class Finding:
    """What is looked for in the open ticket. `open`: it is being typed."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self._words: Wanted | None = None
        self.open = False

    @property
    def wanted(self) -> Wanted:
        """What is marked in the ticket: what is looked for in it, else the search's words."""
        return self._words or self._screen.desk.wanted

    @property
    def marks(self) -> bool:
        """Whether there are hits to go to in the open ticket."""
        return self._screen.talk.marks.count > 0

    def begin(self) -> None:
        """Ask for the words; asked for once more, search everything."""
        if self.open:
            self.look_for("/")
            return
        self.open = True
        self._screen.query_one(SearchBar).open(hint=_HINT)
        self._screen.footer.show_find()

    def look_for(self, text: str) -> None:
        """Mark what is typed so far, and say how often it is there."""
        screen = self._screen
        if text == "/":
            self._stop()
            moves.search_everything(screen)
            return
        self._words = wanted_words(text)
        screen.show_ticket()
        if not self._words.marks_text:
            screen.footer.show_find()
        elif self.marks:
            screen.say(counted(screen.talk.marks.count, "hit"))
        else:
            screen.say("Not in this ticket. An empty field and / searches everything.")

    def leave(self, *, taken: bool) -> None:
        """Typing is over: go from hit to hit, or mark nothing any more."""
        self._stop()
        if not taken or not self.marks:
            self.forget()
        self._screen.talk.focus()
        self._screen.footer.say("")
        self._screen.show_keys()

    def forget(self) -> bool:
        """Mark only the search's words again; False where nothing else was marked."""
        had, self._words = self._words is not None, None
        if had:
            self._screen.show_ticket()
        return had

    def step(self, steps: int) -> None:
        """To the next hit, or with -1 the one before; without hits to the next message."""
        screen = self._screen
        if screen.reading and screen.talk.step_hit(steps):
            marks = screen.talk.marks
            screen.say(f"hit {marks.number} of {marks.count}")
        else:
            screen.talk.step(steps)

    def _stop(self) -> None:
        self.open = False
        self._screen.query_one(SearchBar).close()
