"""Outage mode: what we know, who says so, telling each of them, and how that stands.

Everything is saved as it is typed or pressed. The use cases decide; this only shows and asks.
"""

from collections.abc import Callable
from datetime import datetime, tzinfo
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from founder_inbox.app.outages import outage, outage_update, post_mortem
from founder_inbox.app.outages.outage import Board
from founder_inbox.app.sending.mailing import Letter
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_line
from founder_inbox.core.outage.incident import Part
from founder_inbox.core.outage.letters import EXAMPLES, LABELS, fields_of
from founder_inbox.tui.outages.outage_review import OutageReview
from founder_inbox.tui.outages.outage_rows import head_words, languages_words, result_words, rows_of
from founder_inbox.tui.widgets.dialog import Dialog, Hint, KeyHints
from founder_inbox.tui.widgets.text import content, line
from founder_inbox.tui.widgets.text_fields import LineField
from founder_inbox.tui.widgets.tone_margin import letter_checker

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen

_LOOK_SECONDS = 1.0


class OutageScreen(Dialog[None]):
    """The fields of what is said, in one language at a time; below it everybody concerned."""

    DEFAULT_CSS = """
    OutageScreen {
        & > .box { width: 96%; max-width: 120; height: 94%; }
        .title { margin: 0; }
        .head { color: $text-warning; height: auto; margin-bottom: 1; }
        .row { height: 1; }
        .label { width: 21; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
        .row LineField { width: 1fr; }
        .fields { height: auto; }
        .speaks, .said { height: auto; color: $text-muted; }
        .said.-trouble { color: $text-error; }
        OptionList {
            border: none;
            padding: 0;
            margin-top: 1;
            height: 1fr;
            min-height: 3;
            background: $surface;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
        OptionList > .option-list--option-highlighted { background: $surface; }
        OptionList:focus > .option-list--option-highlighted {
            background: $primary-muted;
            text-style: bold;
        }
        OptionList:ansi:focus > .option-list--option-highlighted { text-style: bold reverse; }
        .keys { padding-top: 0; height: auto; }
    }
    """
    BINDINGS: ClassVar = [
        Binding("ctrl+s", "review", "Review", priority=True),
        Binding("ctrl+l", "language", "Language", priority=True),
        Binding("ctrl+o", "part", "It is over", priority=True),
        ("x", "confirm", "Confirm"),
        ("a", "confirm_all", "Confirm all"),
        ("s", "stop", "Stop"),
        ("g", "go_on", "Go on"),
        ("p", "post_mortem", "Post-mortem"),
        ("j", "move(1)", "Down"),
        ("k", "move(-1)", "Up"),
        ("down", "app.focus_next", "Next"),
        ("up", "app.focus_previous", "Previous"),
    ]
    heading = "Outage"

    def __init__(self, main: "MainScreen", board: Board, languages: tuple[str, ...]) -> None:
        super().__init__()
        self._main = main
        self._board = board
        self._languages = languages
        written = [language for language, _ in board.languages if language in languages]
        self._language = (written or list(languages) or ["en"])[0]
        self._over = False
        # What was typed here counts before the database says so.
        self._typing: dict[tuple[str, str], str] = {}

    def body(self) -> ComposeResult:
        """Lay out how it stands, the fields, the people."""
        yield Static(classes="head")
        with Vertical(classes="fields"):
            yield from self._rows()
        yield Static(classes="speaks")
        yield OptionList(markup=False)
        yield Static(classes="said")

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys that matter now."""
        told = [("g", "go on", "screen.go_on"), ("s", "stop", "screen.stop")]
        found = self._board.incident
        if found and found.over_at:
            return (
                ("p", "post-mortem", "screen.post_mortem"),
                *told,
                ("esc", "back", "screen.leave"),
            )
        return (
            ("ctrl+s", "tell all", "screen.review"),
            ("ctrl+o", "not over" if self._over else "it is over", "screen.part"),
            *((("ctrl+l", "language", "screen.language"),) if len(self._languages) > 1 else ()),
            ("esc", "back", "screen.leave"),
            ("tab", "list", "app.simulate_key('tab')"),
            ("x", "confirm", "screen.confirm"),
            ("a", "all", "screen.confirm_all"),
            *(told if found and found.rounds else ()),
        )

    def on_mount(self) -> None:
        """Begin in the first empty field, or with the people where all is said."""
        self._draw()
        empty = next((field for field in self.query(LineField) if not field.value), None)
        (empty or self.query_one(OptionList)).focus()
        self.set_interval(_LOOK_SECONDS, self._read)

    @property
    def stands(self) -> bool:
        """Whether there is something to draw on: the writer may report when it is gone already."""
        return self.is_attached and bool(self.query(".said"))

    @property
    def part(self) -> Part:
        """Which letter is being written."""
        if self._over:
            return Part.OVER
        found = self._board.incident
        return found.first_part if found and not found.over_at else Part.OPEN

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        name, text, language = (message.input.id or "")[6:], message.value, self._language
        if self._said(name) != text:
            self._typing[language, name] = text
            self._do(lambda ws: outage.keep_fact(ws, language, name, text), again=False)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.focus_next()

    def action_move(self, steps: int) -> None:
        """Move in the list."""
        options = self.query_one(OptionList)
        (options.action_cursor_down if steps > 0 else options.action_cursor_up)()

    def action_confirm(self) -> None:
        """Confirm the ticket under the cursor, or take it out again."""
        options = self.query_one(OptionList)
        if options.highlighted is None:
            return
        name, now = options.get_option_at_index(options.highlighted).id, self._now()
        linked = [ticket for ticket in self._board.linked if ticket.id == name]
        offered = [offer.ticket for offer in self._board.offers if offer.ticket.id == name]
        if linked:
            self._do(lambda ws: outage.unlink(ws, linked, now))
        elif offered:
            self._do(lambda ws: outage.link(ws, offered, now))

    def action_confirm_all(self) -> None:
        """Confirm every ticket that looks alike."""
        tickets, now = [offer.ticket for offer in self._board.offers], self._now()
        if tickets:
            self._do(lambda ws: outage.link(ws, tickets, now))
        else:
            self._say("No other ticket looks alike.")

    def action_language(self) -> None:
        """Say it in the next language."""
        if len(self._languages) > 1:
            at = self._languages.index(self._language) + 1
            self._language = self._languages[at % len(self._languages)]
            self._lay_out()

    def action_part(self) -> None:
        """What is said at the end, or back to how it stands."""
        self._over = not self._over
        self._lay_out()

    def action_review(self) -> None:
        """Show the mails as they would leave."""
        part, now = self.part, self._now()

        def read(ws: Workspace) -> list[Letter]:
            outage_update.require_may_tell(ws, now)
            return outage_update.letters_for(ws, part, now)

        def show(letters: list[Letter]) -> None:
            seconds = self._main.desk.ws.config.sending.pace_seconds
            review = OutageReview(
                letters, seconds, letter_checker(self._main.desk.ws), over=part is Part.OVER
            )
            self.app.push_screen(review, partial(self._reviewed, part))

        self._main.writer.submit(read, show, self._fail)

    def action_stop(self) -> None:
        """Take back what has not left."""
        now = self._now()
        words = "{} taken back. g writes to them after all."
        self._do(lambda ws: outage_update.stop(ws, now), words)

    def action_go_on(self) -> None:
        """Write to who is missing, and again to who was refused."""
        now = self._now()
        self._do(lambda ws: outage_update.go_on(ws, now), "{} more on their way.")

    def action_post_mortem(self) -> None:
        """Write the draft of a post-mortem."""
        language = self._language

        def work(ws: Workspace) -> str:
            path = post_mortem.save_post_mortem(ws, post_mortem.last_outage(ws), language)
            found = post_mortem.check_file(path)
            more = f" It stumbles over “{safe_line(found[0].text, 60)}”." if found else ""
            return f"A draft is in {path}.{more}"

        self._do(work, "{}")

    def _reviewed(self, part: Part, agreed: bool | None) -> None:
        if not agreed:
            return
        now = self._now()
        self._over = False
        self._typing.clear()

        def done(_told: object) -> None:
            self._read(self._lay_out)
            undo = self._main.keymap.first_key("undo")
            self._say(f"They leave one after the other. In the list {undo} takes them back.")

        self._main.writer.submit(
            lambda ws: outage_update.send_update(ws, part, now), done, self._fail
        )

    def _do(
        self, work: Callable[[Workspace], object], words: str = "", *, again: bool = True
    ) -> None:
        def done(outcome: object) -> None:
            if again:
                self._read()
            if words:
                self._say(words.format(outcome))

        self._main.writer.submit(work, done, self._fail)

    def _read(self, then: Callable[[], None] = lambda: None) -> None:
        """Look how it stands; the fields stay as they are being typed."""
        now = self._now()

        def show(board: Board) -> None:
            self._board = board
            self._draw()
            then()

        if self.stands:
            self._main.writer.submit(lambda ws: outage.board(ws, now), show, self._fail)

    def _lay_out(self) -> None:
        """Show other fields."""
        if not self.stands:
            return
        fields = self.query_one(".fields", Vertical)

        async def change() -> None:
            await fields.remove_children()
            await fields.mount(*self._rows())
            self.query(LineField).first().focus()
            self._draw()

        self.call_next(change)

    def _rows(self) -> list[Horizontal]:
        return [
            Horizontal(
                Static(line(LABELS[name]), classes="label"),
                LineField(self._said(name), placeholder=EXAMPLES[name], id=f"field-{name}"),
                classes="row",
            )
            for name in fields_of(self.part)
        ]

    def _said(self, name: str) -> str:
        typed = self._typing.get((self._language, name))
        return self._board.facts.get(self._language, {}).get(name, "") if typed is None else typed

    def _draw(self) -> None:
        if not self.stands:
            return
        zone = self._main.desk.ws.hours.zone
        self.query_one(".head", Static).update(_head(self._board, self._now(), zone))
        words = languages_words(self._board.languages, self._languages, self._language)
        self.query_one(".speaks", Static).update(line(words))
        options = self.query_one(OptionList)
        here = options.highlighted or 0
        rows = rows_of(self._board)
        options.clear_options()
        options.add_options([Option(row, id=name) for name, row in rows])
        options.highlighted = min(here, len(rows) - 1) if rows else None
        self.query_one(".keys", KeyHints).show(*self.hints())

    def _say(self, words: str, *, trouble: bool = False) -> None:
        if self.stands:
            place = self.query_one(".said", Static)
            place.update(line(words))
            place.set_class(trouble, "-trouble")

    def _fail(self, words: str) -> None:
        self._say(words, trouble=True)

    def _now(self) -> datetime:
        return self._main.desk.now()


def _head(board: Board, now: datetime, zone: tzinfo) -> Content:
    words = [head_words(board, now, zone), result_words(board.told)]
    return content(safe_line(" ".join(filter(None, words)), 300))


def open_outage_mode(main: "MainScreen") -> None:
    """Show outage mode; selected tickets are confirmed as being about it."""
    now, chosen = main.desk.now(), main.targets() if main.queue.selected else []

    def work(ws: Workspace) -> tuple[Board, tuple[str, ...]]:
        if chosen:
            outage.link(ws, chosen, now)
        return outage.board(ws, now), outage.languages_offered(ws)

    def show(found: tuple[Board, tuple[str, ...]]) -> None:
        main.queue.selected.clear()
        main.app.push_screen(OutageScreen(main, *found), lambda _: main.reread())

    main.writer.submit(work, show, partial(main.say, trouble=True))
