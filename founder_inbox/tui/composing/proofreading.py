"""What the composer hears of a draft while it is written: its tone, and its spelling."""

from functools import partial
from typing import TYPE_CHECKING

from founder_inbox.app.sending import spelling, tone
from founder_inbox.core.display import safe_line
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.errors import FounderInboxError
from founder_inbox.system.speller import Speller
from founder_inbox.tui.composing.composer import Composer

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen


class Proofreading:
    """Lets composers hear; `end` ends the spelling program."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self._speller = Speller()

    def listen(self, composer: Composer, ticket: Ticket | None) -> None:
        """Let it hear how an answer to a ticket sounds; a mistake in a rule is said there."""
        ws = self._screen.desk.ws
        try:
            checker = tone.tone_checker(ws, ticket)
        except FounderInboxError as error:
            composer.listen(None, str(error))
            return
        slips = spelling.spell_checker(ws, ticket, self._speller)

        def judge(text: str, but: frozenset[str]) -> tone.ToneReport:
            report = checker.check(text, also_silenced=but)
            return spelling.with_spelling(report, slips, text, but)

        composer.listen(judge)

    def silence(self, composer: Composer, mark: str) -> None:
        """Never speak of it again: a tone rule, or a word that is right."""
        word = mark.removeprefix(spelling.MARK)
        if word != mark:
            said = f"{word} is on your list, words.txt"
            self._screen.writer.submit(
                lambda ws: spelling.keep_word(ws, word),
                lambda _none: composer.say(safe_line(said)),
                partial(self._screen.say, trouble=True),
            )
            return
        self._screen.writer.submit(
            lambda ws: tone.silence_rule(ws, mark),
            lambda _rules: composer.say(
                safe_line(f"{mark}: never again; founder-inbox tone --unsilence brings it back")
            ),
            partial(self._screen.say, trouble=True),
        )

    def end(self) -> None:
        """End the spelling program."""
        self._speller.close()
