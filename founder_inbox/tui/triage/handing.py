"""Handing a ticket to the other level: with one key, with a choice, and back with advice."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from founder_inbox.app.queue import triage
from founder_inbox.app.queue.levels import level_one
from founder_inbox.core.acts import Act
from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.levels import LevelOne, level_words
from founder_inbox.system.team import Teammate
from founder_inbox.tui.queue.desk import Place
from founder_inbox.tui.triage import moves
from founder_inbox.tui.triage.decisions import decide
from founder_inbox.tui.widgets.dialog import Dialog, Hint
from founder_inbox.tui.widgets.prompts import TextPrompt
from founder_inbox.tui.widgets.text import content

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen

_MOST = 9
_GAP = SafeLine("   ")


def hand_off(screen: "MainScreen") -> None:
    """Hand to the teammate at once; at level two send it back with advice."""
    from founder_inbox.app.sending.hand_off import teammate_for

    ticket = _ticket(screen)
    if ticket is None:
        return
    if screen.desk.ws.config.level == 2:
        _send_back(screen, ticket)
    else:
        _hand(screen, ticket, teammate_for(screen.desk.ws, ticket), "")


def hand_off_to(screen: "MainScreen") -> None:
    """Choose the teammate, where there are several, and say why."""
    from founder_inbox.app.sending.hand_off import USUAL_REASON, last_reasons, teammate_for

    ticket = _ticket(screen)
    if ticket is None:
        return
    if screen.desk.ws.config.level == 2:
        _send_back(screen, ticket)
        return
    mates = screen.desk.ws.config.teammates
    reasons = last_reasons(screen.desk.ws)
    used = " · ".join(reasons) if reasons != (USUAL_REASON,) else ""

    def chosen(mate: Teammate | None) -> None:
        if mate is None:
            return
        prompt = TextPrompt(
            f"Why does it go to {mate.name}?",
            f"Used before: {used}" if used else "",
            value=reasons[0],
            known=reasons,
            verb="hand off",
        )

        def said(why: str | None) -> None:
            if why:
                _hand(screen, ticket, mate, why)

        screen.app.push_screen(prompt, said)

    if len(mates) == 1:
        chosen(mates[0])
    else:
        usual = teammate_for(screen.desk.ws, ticket)
        screen.app.push_screen(TeammatePrompt(mates, usual), chosen)


def show_handed_off(screen: "MainScreen") -> None:
    """The list of what is with the teammate, and how much level one closes by itself."""
    moves.go_to(screen, Place.HANDED_OFF)
    now = screen.desk.now()

    def counted(found: object) -> None:
        words = level_words(found) if isinstance(found, LevelOne) else ()
        if words and screen.desk.place is Place.HANDED_OFF:
            screen.say(" ".join(words[:2]))

    screen.writer.submit(lambda ws: level_one(ws, now), counted, lambda _: None)


def _ticket(screen: "MainScreen") -> Ticket | None:
    tickets = screen.targets()[:1]
    ws = screen.desk.ws
    if not tickets:
        screen.say("There is no ticket here.", trouble=True)
    elif ws.teammate is None and ws.config.level == 1:
        words = "There is no teammate yet: [[teammates]] in the configuration names one."
        screen.say(words, trouble=True)
    else:
        return tickets[0]
    return None


def _hand(screen: "MainScreen", ticket: Ticket, mate: Teammate, why: str) -> None:
    from founder_inbox.app.sending import hand_off as handing

    now = screen.desk.now()
    decide(
        screen,
        lambda ws, _tickets: handing.hand_off(ws, ticket, why, now, mate.name),
        f"Handed to {mate.name}{_when_it_leaves(screen)}",
        leaves=True,
    )


def _send_back(screen: "MainScreen", ticket: Ticket) -> None:
    def answered(advice: str | None) -> None:
        now = screen.desk.now()
        if advice:
            decide(
                screen,
                lambda ws, _tickets: triage.take_back(ws, ticket, now, advice),
                "Back at level one, with your advice",
                leaves=True,
            )

    hint = "What should level one do? It becomes a note; no customer sees it."
    screen.app.push_screen(
        TextPrompt("Send back with advice", hint, several_lines=True, verb="send back"), answered
    )


def _when_it_leaves(screen: "MainScreen") -> str:
    """What a hand-off written outside the hours says about its mail."""
    session = screen.session
    return "" if session.may(Act.SEND) else f", whose mail leaves {session.opening()}"


class TeammatePrompt(Dialog[Teammate | None]):
    """Asks for a teammate: one digit; `enter` takes whose topic it is."""

    DEFAULT_CSS = """
    TeammatePrompt > .box { width: 56; }
    """
    BINDINGS: ClassVar = [("enter", "usual", "Take"), ("q", "leave", "Back")]
    heading = "Hand off to whom?"

    def __init__(self, mates: Sequence[Teammate], usual: Teammate) -> None:
        super().__init__()
        self._mates = tuple(mates[:_MOST])
        self._usual = usual

    def body(self) -> ComposeResult:
        """Lay out the teammates with their digits, and what they know best."""
        for number, mate in enumerate(self._mates, 1):
            yield Static(
                content(
                    (SafeLine(f" {number}  "), "bold $text-accent"),
                    (safe_line(mate.name, 40), "bold" if mate == self._usual else ""),
                    (_GAP, ""),
                    (safe_line(", ".join(mate.topics), 60), "$text-muted"),
                )
            )

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        name = safe_line(self._usual.name, 30)
        return (
            (f"1-{len(self._mates)}", "hand off", ""),
            ("enter", name, "screen.usual"),
            ("esc", "back", "screen.leave"),
        )

    def on_key(self, event: events.Key) -> None:
        """Take a digit."""
        if event.key.isdecimal() and 1 <= int(event.key) <= len(self._mates):
            event.stop()
            self.dismiss(self._mates[int(event.key) - 1])

    def action_usual(self) -> None:
        """Take whose topic it is."""
        self.dismiss(self._usual)
