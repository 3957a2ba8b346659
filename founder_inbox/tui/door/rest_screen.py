"""Red: what stands in the way of the session once, with three acts of one key each."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from founder_inbox.app.session.rest import Rest, RestOffer
from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.hours.time_words import counted
from founder_inbox.tui.widgets.dialog import Dialog, Hint, offered
from founder_inbox.tui.widgets.text import content, line

_NO_TEAMMATE = (
    "There is no teammate yet. Add [[teammates]] with a name and an address to the configuration."
)
_NO_HOWTO = "No how-to ticket is open, so there is nothing to hand off there."


class RestScreen(Dialog[Rest]):
    """Shows an offer; the result is what was chosen. Nothing of the queue is seen behind it."""

    DEFAULT_CSS = """
    RestScreen {
        background: $background;
        & > .box { border: round $error; }
        .sentence { color: $text; }
        .lighter { margin-top: 1; text-style: bold; }
        .said { color: $text-warning; display: none; margin-top: 1; }
        .said.-shown { display: block; }
    }
    """
    BINDINGS: ClassVar = [
        ("h", "hand_off", "Hand off the how-to lane"),
        ("d", "choose('days_off')", "Days off"),
        ("n", "choose('not_today')", "Not today"),
        ("c", "choose('go_on')", "Go on"),
        ("escape", "choose('go_on')", "Go on"),
    ]
    heading = "This week is too much"

    def __init__(self, offer: RestOffer, opening: str) -> None:
        """`opening` is the next window in words."""
        super().__init__()
        self._offer = offer
        self._opening = opening

    def body(self) -> ComposeResult:
        """Lay out the reasons, then the acts."""
        for signal in self._offer.reading.signals:
            yield Static(line(f"• {signal.sentence}"), classes="sentence")
        yield Static(line("One key makes it lighter:"), classes="lighter")
        yield Static(_act("h", self._hand_off_words(), "screen.hand_off"))
        yield Static(_act("d", "take days off; you say until when", "screen.choose('days_off')"))
        yield Static(
            _act("n", f"not today; support opens {self._opening}", "screen.choose('not_today')")
        )
        yield Static(classes="said")

    def hints(self) -> tuple[Hint, ...]:
        """Return the quiet way on."""
        return (("c", "go on all the same", "screen.choose('go_on')"),)

    def action_hand_off(self) -> None:
        """Hand off, or say what is missing."""
        if not self._offer.teammate or not self._offer.howto:
            said = self.query_one(".said", Static)
            said.update(line(_NO_HOWTO if self._offer.teammate else _NO_TEAMMATE))
            said.add_class("-shown")
        else:
            self.dismiss(Rest.HAND_OFF)

    def action_choose(self, chosen: str) -> None:
        """Choose one of the other ways."""
        self.dismiss(Rest(chosen))

    def _hand_off_words(self) -> str:
        offer = self._offer
        if not offer.teammate:
            return "hand off the how-to lane: no teammate is configured yet"
        if not offer.howto:
            return f"hand the how-to lane to {offer.teammate}: it is empty"
        return f"hand the how-to lane to {offer.teammate}: {counted(offer.howto, 'ticket')}"


def _act(key: str, words: str, action: str) -> Content:
    letter = (SafeLine(f" {key} "), "bold $text-accent")
    return offered(content(letter, SafeLine(f" {safe_line(words)}")), action)
