"""The thank-you sweep: every thank-you on one screen, with all its words, one key each.

It decides nothing: what is done is done by the writer, and the list is shown again from what is
true whenever that fails or is taken back.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from founder_inbox.app.hours.veil import behind_veil
from founder_inbox.app.queue import triage
from founder_inbox.app.session import sweep
from founder_inbox.app.session.sweep import ShortAnswer
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import SafeLine, safe_line, safe_text
from founder_inbox.core.hours.time_words import describe_age
from founder_inbox.core.keymap import key_name
from founder_inbox.core.keys import BY_ID
from founder_inbox.core.tickets.sweep import OVER, ThankYou, sweep_line
from founder_inbox.tui.ticket.ticket_lines import wrap
from founder_inbox.tui.widgets.dialog import Dialog, Hint, KeyHints, offered
from founder_inbox.tui.widgets.text import Piece, content

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen


class SweepScreen(Dialog[None]):
    """Shows `found`; `main` does what its keys say."""

    DEFAULT_CSS = """
    SweepScreen {
        & > .box { width: 96; height: 92%; overflow-y: hidden; }
        #thanks {
            height: 1fr;
            scrollbar-size-vertical: 1;
            scrollbar-color: $secondary;
            scrollbar-background: $surface;
        }
        .thanks { padding-left: 2; margin-bottom: 1; }
        .thanks.-current { border-left: outer $accent; padding-left: 1; }
        .said { margin-top: 1; color: $text-success; height: auto; }
        .keys { padding-top: 0; }
    }
    """
    BINDINGS: ClassVar = [("escape", "leave", "Back")]
    heading = "Thank-yous"

    def __init__(self, main: "MainScreen", found: Sequence[ThankYou]) -> None:
        super().__init__()
        self._main = main
        self._total = len(found)
        self._left = list(found)
        self._cursor = 0
        self._offered: list[ShortAnswer] = []

    def body(self) -> ComposeResult:
        """Lay out the thank-yous, what was done last, and what is left."""
        with VerticalScroll(id="thanks", can_focus=False):
            for place, thanks in enumerate(self._left):
                yield _Card(thanks, self._main.desk.now(), place)
        yield Static(classes="said")

    def on_mount(self) -> None:
        """Stand on the first."""
        self._show()

    def on_key(self, event: events.Key) -> None:
        """The keys of the queue, as the founder has bound them; digits pick an offered line."""
        if event.key == "escape":
            return
        event.stop()
        event.prevent_default()
        pressed = key_name(event.key, event.character)
        if self._offered:
            offered, self._offered = self._offered, []
            if pressed.isdigit() and 0 < int(pressed) <= len(offered):
                self._answer(offered[int(pressed) - 1])
            else:
                self._show()
            return
        action = self._main.keymap.action_for(pressed) or ""
        if action == "open" and not self._left:
            action = "back"
        acts: dict[str, Callable[[], None]] = {
            "down": partial(self._step, 1),
            "up": partial(self._step, -1),
            "done": self._close,
            "canned": self._offer,
            "undo": self._undo,
            "back": self.action_leave,
        }
        if action in acts:
            acts[action]()

    def action_pick(self, pressed: str) -> None:
        """What a click on a key's word does."""
        self.post_message(events.Key(pressed, pressed))

    async def on_click(self, event: events.Click) -> None:
        """Stand on the thank-you that was clicked."""
        if isinstance(event.widget, _Card):
            self._cursor = self._cards.index(event.widget)
            self._show()

    @property
    def _cards(self) -> list["_Card"]:
        return [card for card in self.query(_Card) if card.display]

    @property
    def _current(self) -> ThankYou | None:
        return self._left[self._cursor] if self._left else None

    def _step(self, steps: int) -> None:
        self._cursor = max(0, min(self._cursor + steps, len(self._left) - 1))
        self._show()

    def _close(self) -> None:
        thanks, now = self._current, self._main.desk.now()
        if thanks is None or not self._may("done"):
            return
        ticket = thanks.ticket
        self._write(lambda ws: triage.close(ws, [ticket], now))
        self._drop(f"Done: {_name_of(thanks)} · {self._key('undo')} takes it back")

    def _offer(self) -> None:
        """Ask which line goes back."""
        thanks, now = self._current, self._main.desk.now()
        if thanks is None or not self._may("canned"):
            return
        ticket = thanks.ticket

        def show(offered: list[ShortAnswer]) -> None:
            self._offered = offered
            if offered:
                self._show()
            else:
                self._show("No canned reply has the key one-line.", trouble=True)

        self._main.writer.submit(
            lambda ws: sweep.short_answers(ws, ticket, now), show, self._failed
        )

    def _answer(self, answer: ShortAnswer) -> None:
        thanks, now = self._current, self._main.desk.now()
        if thanks is None:
            return
        ticket = thanks.ticket
        self._write(lambda ws: sweep.answer_thanks(ws, ticket, answer, now))
        self._drop(f"On its way to {_name_of(thanks)} · {self._key('undo')} takes it back")

    def _undo(self) -> None:
        now = self._main.desk.now()
        if self._may("undo"):
            self._main.writer.submit(
                lambda ws: triage.undo(ws, now).words, self._read_again, self._failed
            )

    def _write(self, work: Callable[[Workspace], object]) -> None:
        self._main.writer.submit(work, lambda _: None, self._failed)

    def _failed(self, words: str) -> None:
        self._read_again(words, trouble=True)

    def _read_again(self, words: str, *, trouble: bool = False) -> None:
        """Show what is true now, and say what happened."""
        read_thanks(self._main, partial(self._put, words, trouble))

    def _put(self, words: str, trouble: bool, found: list[ThankYou]) -> None:
        if not self.is_attached:
            return
        self._left = found
        self._total = max(self._total, len(found))
        self._cursor = max(0, min(self._cursor, len(found) - 1))
        box, now = self.query_one("#thanks", VerticalScroll), self._main.desk.now()

        async def fill() -> None:
            await box.remove_children()
            await box.mount(*(_Card(thanks, now, n) for n, thanks in enumerate(found)))
            self._show(f"{words.rstrip('.')}.", trouble=trouble)

        self.call_next(fill)

    def _drop(self, said: str) -> None:
        """The current one is done; on to the next."""
        card = self._cards[self._cursor]
        del self._left[self._cursor]
        self._cursor = max(0, min(self._cursor, len(self._left) - 1))
        card.display = False
        card.remove()
        self._main.door_watch.finished()
        self._show(said)

    def _may(self, action: str) -> bool:
        need = BY_ID[action].needs
        if self._main.session.may(need):
            return True
        self._show(self._main.session.refusal(need), trouble=True)
        return False

    def _show(self, said: str = "", *, trouble: bool = False) -> None:
        """Draw the cursor, what was said, and the keys that matter now."""
        cards = self._cards
        for place, card in enumerate(cards):
            card.set_class(place == self._cursor, "-current")
        if cards:
            cards[self._cursor].scroll_visible(animate=False)
        style = "bold $text-error" if trouble else ""
        words: list[Piece] = [(safe_line(said, 400), style)] if said else []
        if not self._left:
            words += [SafeLine("\n" if said else ""), (SafeLine(OVER), "bold $text-success")]
        shown = _offers(self._offered) if self._offered else content(*words)
        self.query_one(".said", Static).update(shown)
        bar = f"   {sweep_line(len(self._left), self._total)}" if self._left else ""
        title = content(SafeLine(self.heading), (SafeLine(bar), "not bold $text-muted"))
        self.query_one(".title", Static).update(title)
        self.query_one(KeyHints).show(*self.hints())

    def _key(self, action: str) -> str:
        return self._main.keymap.first_key(action)

    def hints(self) -> tuple[Hint, ...]:
        """The keys, in the order of use."""
        if self._offered:
            numbers = range(1, len(self._offered) + 1)
            lines = [(f"{n}", "", f"screen.pick('{n}')") for n in numbers]
            return (*lines, ("esc", "none of them", "screen.leave"))
        if not self._left:
            return (("esc", "to the queue", "screen.leave"),)
        done, canned, undo = (self._key(name) for name in ("done", "canned", "undo"))
        return (
            (done, "done", f"screen.pick('{done}')"),
            (canned, "one line", f"screen.pick('{canned}')"),
            (undo, "undo", f"screen.pick('{undo}')"),
            ("esc", "back", "screen.leave"),
        )

    def action_leave(self) -> None:
        """Out of the choice of a line first, then back to the queue."""
        if self._offered:
            self._offered = []
            self._show()
        else:
            self.dismiss(None)


class _Card(Static):
    """One thank-you with all its words."""

    def __init__(self, thanks: ThankYou, now: datetime, place: int) -> None:
        super().__init__(classes="thanks", markup=False)
        self.set_class(place == 0, "-current")
        self._thanks = thanks
        self._now = now
        self._width = 0

    def on_resize(self) -> None:
        """Break the lines where there is room, as in the ticket."""
        if self.content_size.width != self._width:
            self._width = self.content_size.width
            self.update(content(*_pieces(self._thanks, self._now, self._width)))


def _pieces(thanks: ThankYou, now: datetime, width: int) -> list[Piece]:
    facts = thanks.ticket.state
    age = describe_age(facts.last_customer_at, now) if facts.last_customer_at else ""
    return [
        (safe_line(_name_of(thanks), 60), "bold $text-accent"),
        (SafeLine(f"  {safe_line(facts.subject, 80)}"), "bold"),
        (SafeLine(f"  {age}\n"), "$text-muted"),
        safe_text("\n".join(wrap(safe_text(thanks.text or "(no words)"), width))),
    ]


def _offers(answers: Sequence[ShortAnswer]) -> Content:
    return content().join(_offer(number, answer) for number, answer in enumerate(answers, 1))


def _offer(number: int, answer: ShortAnswer) -> Content:
    key = (SafeLine(f"{number}  "), "bold $text-accent")
    words = content(key, safe_line(answer.words, 200), SafeLine("\n"))
    return offered(words, f"screen.pick('{number}')")


def _name_of(thanks: ThankYou) -> str:
    customer = thanks.ticket.state.customer
    return customer.name or customer.address


def read_thanks(main: "MainScreen", then: Callable[[list[ThankYou]], None]) -> None:
    """Read the thank-yous as they may be seen now, off the screen's thread."""
    now, veil = main.desk.now(), main.session.veil()

    def read(ws: Workspace) -> list[ThankYou]:
        with behind_veil(ws.store, veil, now):
            return sweep.thank_yous(ws, now)

    main.writer.submit(read, then, partial(main.say, trouble=True))


def open_sweep(main: "MainScreen") -> None:
    """Show the sweep, where there is anything in it."""

    def show(found: list[ThankYou]) -> None:
        if found:
            main.app.push_screen(SweepScreen(main, found), lambda _: main.reread())
        else:
            main.say("No thank-yous right now.")

    read_thanks(main, show)
