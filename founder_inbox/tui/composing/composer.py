"""The composer under a ticket: the words of one reply, and nothing that decides about them.

It keeps no draft itself: it says when there is one to keep (`Changed`, soon after), when the
founder goes away (`Left`) and when they want to see the mail as it will leave
(`ReviewRequested`).
"""

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from founder_inbox.core.display import SafeLine, safe_line, safe_text
from founder_inbox.core.keymap import Keymap
from founder_inbox.core.letters.greeting import greeting
from founder_inbox.tui.composing.address_fields import AddressFields
from founder_inbox.tui.composing.draft_text import field_names, open_fields, writing_place
from founder_inbox.tui.widgets.dialog import KeyHints
from founder_inbox.tui.widgets.external_editor import edit_outside
from founder_inbox.tui.widgets.letter_head import LetterHead, Unaddressed, head_lines, sender_line
from founder_inbox.tui.widgets.rebinding import composer_hints, next_field_hint
from founder_inbox.tui.widgets.text import content, line
from founder_inbox.tui.widgets.text_fields import TextField
from founder_inbox.tui.widgets.tone_margin import Check, ToneMargin

__all__ = ["Composer", "edit_outside", "field_names", "writing_place"]

# From here on the tone check stands beside the text, and below it in several lines.
_WIDE = 100
_HIGH = 18


class Composer(Widget):
    """To, From, subject; the text; a line that says what is still open. Starts empty: `open`."""

    DEFAULT_CSS = """
    Composer {
        height: 1fr;
        layout: vertical;
        background: $surface;
        border-top: solid $primary;
        &.-addressed > .head { height: 1; }
        & > .head { height: 2; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & > .facts { height: 1; padding: 0 1; color: $text-muted; display: none; }
        & > .page { height: 1fr; min-height: 3; }
        & TextField { height: 1fr; width: 1fr; margin: 1 0; }
        &.-wide > .page { layout: horizontal; }
        & > .files { height: 1; padding: 0 1; display: none; text-wrap: nowrap; }
        & > .files { text-overflow: ellipsis; }
        & > .open-fields { height: 1; padding: 0 1; display: none; text-overflow: ellipsis; }
        & > .foot { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & > .-shown { display: block; }
    }
    """
    BINDINGS: ClassVar = [
        Binding("ctrl+s", "review", "Review", id="composer.review", priority=True),
        Binding("ctrl+e", "edit_outside", "Editor", id="composer.editor", priority=True),
        Binding("ctrl+o", "canned", "Canned reply", id="composer.canned", priority=True),
        Binding("ctrl+l", "attach", "Attach", id="composer.attach", priority=True),
        Binding("ctrl+t", "take_five", "Take five", id="composer.take_five", priority=True),
        Binding("ctrl+n", "next_field", "Next field", id="composer.next_field", priority=True),
        Binding("ctrl+g", "next_finding", "Next finding", id="composer.finding", priority=True),
        Binding("ctrl+up,alt+up", "read(-3)", "Read up", id="composer.read_up", priority=True),
        Binding("ctrl+down,alt+down", "read(3)", "Read on", id="composer.read", priority=True),
        Binding("f7", "take_spelling", "Spelling", id="composer.take_spelling", priority=True),
        Binding("f8", "silence(False)", "Not here", id="composer.silence_here", priority=True),
        Binding("f9", "silence(True)", "Never", id="composer.silence_forever", priority=True),
        Binding("escape", "leave", "Leave", id="composer.leave"),
    ]

    class _Said(Message):
        """What all messages of the composer carry."""

        def __init__(self, composer: "Composer") -> None:
            super().__init__()
            self.composer = composer
            self.body = composer.body

        @property
        def control(self) -> "Composer":
            """The composer that speaks."""
            return self.composer

    class Changed(_Said):
        """The text was changed a moment ago: keep the draft, also while one types on."""

    class ReviewRequested(_Said):
        """Show the mail as it will leave."""

    class Left(_Said):
        """The founder goes back to the ticket; the draft is to be kept."""

    class CannedRequested(_Said):
        """Show the canned replies; `insert` puts the chosen one where the request was typed."""

    class FilesRequested(_Said):
        """Choose files that go along; `show_files` shows what was chosen."""

    class ReadRequested(_Said):
        """Scroll what is answered by some lines."""

        def __init__(self, composer: "Composer", lines: int) -> None:
            super().__init__(composer)
            self.lines = lines

    class TakeFiveRequested(_Said):
        """Put the ticket aside for five minutes, with this draft."""

    class SilenceRequested(_Said):
        """The founder never wants to hear of a tone rule again."""

        def __init__(self, composer: "Composer", rule: str) -> None:
            super().__init__(composer)
            self.rule = rule

    class EditorRequested(_Said):
        """Open the text in the founder's own editor: `edit_outside`, then `rewrite`."""

    def __init__(
        self,
        keymap: Keymap | None = None,
        *,
        pause: float = 1.0,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._keymap = keymap
        self._hints = composer_hints(keymap)
        self._pause = pause
        self._timer: Timer | None = None
        self._kept = ""
        self._kept_address = True
        self._typed: tuple[tuple[int, int], str] | None = None

    def compose(self) -> ComposeResult:
        """Lay out head, facts, text, open fields and keys."""
        yield Static(classes="head")
        yield AddressFields()
        yield Static(classes="facts")
        with Vertical(classes="page"):
            yield TextField()
            yield ToneMargin(self._keymap)
        yield Static(classes="files")
        yield KeyHints(classes="open-fields")
        yield KeyHints(*self._hints, classes="foot")

    @property
    def field(self) -> TextField:
        """The text area."""
        return self.query_one(TextField)

    @property
    def address(self) -> AddressFields:
        """To whom and about what, where that is to be said."""
        return self.query_one(AddressFields)

    @property
    def margin(self) -> ToneMargin:
        """What the tone check says."""
        return self.query_one(ToneMargin)

    @property
    def body(self) -> str:
        """The draft as it stands."""
        return self.field.text

    def open(self, head: LetterHead, body: str, facts: str = "", files: str = "") -> None:
        """Begin with a draft; `facts` is one line about the customer ("waiting 19 h").

        `files` names what goes along.
        """
        text, place = writing_place(safe_text(body))
        self.query_one(".head", Static).update(head_lines(head))
        self.address.hide()
        self.remove_class("-addressed")
        self._show_facts(facts)
        self.show_files(files)
        self._forget_pause()
        self._kept = text
        self._kept_address = True
        self._typed = None
        self.field.load_text(text)
        self.field.move_cursor(place)
        self.say("")
        self._show_fields()
        self.field.focus()

    def open_addressed(self, head: Unaddressed, body: str, files: str, below: str) -> None:
        """Begin with a mail that answers nobody; `below` says what goes along under the text."""
        self.open(head, body, below, files)
        self.add_class("-addressed")
        self.query_one(".head", Static).update(sender_line(head.sender))
        self.address.begin(head.people, head.subject)
        self.address.focus_first()

    def listen(self, check: Check | None, trouble: str = "") -> None:
        """Judge how the draft sounds from now on, or say why that can't be done."""
        self.margin.begin(check, self.body, trouble)

    def on_resize(self, event: events.Resize) -> None:
        """Put the margin where there is room for it."""
        self.set_class(event.size.width >= _WIDE, "-wide")
        self.margin.fit(wide=event.size.width >= _WIDE, high=event.size.height >= _HIGH)

    def insert(self, text: str) -> None:
        """Put text at the cursor, as one undoable step; what opened the picker goes away.

        Where words stand before the cursor it becomes a paragraph of its own, except after `::`.
        The first field that is still open in it is selected: typing fills it.
        """
        within = self._typed is not None
        self._take_back_typed()
        start, _ = self.field.selected_span()
        before = self.body[:start].rpartition("\n")[2]
        text = safe_text(text if within or not before.strip() else f"\n\n{text}")
        self.field.put(text)
        self._select_field(start, start + len(text))
        self.field.focus()

    def rewrite(self, text: str) -> None:
        """Put what came back from the editor in place of the draft; undo brings it back."""
        self.field.select_all()
        self.field.put(text)
        self.field.focus()

    def show_files(self, files: str) -> None:
        """Name what goes along, "" for nothing."""
        place = self.query_one(".files", Static)
        place.update(content((SafeLine("attached: "), "$text-muted"), safe_line(files, 2_000)))
        place.set_class(bool(files), "-shown")

    def say(self, words: str) -> None:
        """Show a few words beside the keys ("draft kept"); they go with the next change."""
        before = line(words, "$text-success") if words else None
        self.query_one(".foot", KeyHints).show(*self._hints, before=before)

    def focus(self, scroll_visible: bool = True) -> "Composer":
        """Put the cursor into the text."""
        self.field.focus(scroll_visible)
        return self

    def action_review(self) -> None:
        """Ask for the review."""
        self._hand_over(self.ReviewRequested(self))

    def action_leave(self) -> None:
        """Go back to the ticket."""
        self._hand_over(self.Left(self))

    def action_edit_outside(self) -> None:
        """Ask for the founder's own editor."""
        self._hand_over(self.EditorRequested(self))

    def action_attach(self) -> None:
        """Ask for files to send along."""
        self._hand_over(self.FilesRequested(self))

    def action_read(self, lines: int) -> None:
        """Ask for more of what is answered; the cursor stays in the words."""
        self.post_message(self.ReadRequested(self, lines))

    def action_take_five(self) -> None:
        """Ask to be left alone with it for five minutes."""
        self._hand_over(self.TakeFiveRequested(self))

    def action_canned(self) -> None:
        """Ask for the canned replies."""
        self._hand_over(self.CannedRequested(self))

    def action_next_field(self) -> None:
        """Select the next `{{ … }}`, from the first again after the last."""
        _, end = self.field.selected_span()
        if not self._select_field(end, len(self.body)):
            self._select_field(0, end)

    def action_next_finding(self) -> None:
        """Select the next words that the tone check found."""
        start, _ = self.field.selected_span()
        selected = self.field.selection.start != self.field.selection.end
        if finding := self.margin.next_after(start if selected else start - 1):
            self.field.select_span(finding.start, finding.end)
        else:
            self.say("nothing found")

    def action_take_spelling(self) -> None:
        """Put the likely word in the place of a misspelled one."""
        if slip := self.margin.slip_in(self.body):
            self.field.select_span(slip.start, slip.end)
            self.field.put(slip.instead)
        else:
            self.say("no misspelled word")

    def action_silence(self, for_ever: bool) -> None:
        """Silence the shown rule or word, for this mail or for ever."""
        if (rule := self.margin.silence()) and for_ever:
            self.post_message(self.SilenceRequested(self, rule))
        elif rule:
            self.say(safe_line(f"{rule}: not in this mail"))

    @on(TextField.CannedTyped)
    def _canned_typed(self, message: TextField.CannedTyped) -> None:
        message.stop()
        self._typed = (self.field.cursor_location, message.typed)
        self.action_canned()

    @on(AddressFields.Changed)
    def _address_changed(self, message: AddressFields.Changed) -> None:
        message.stop()
        self._kept_address = False
        self._keep_soon()

    @on(AddressFields.Taken)
    def _person_taken(self, message: AddressFields.Taken) -> None:
        """Greet the first person by name, as long as the greeting is as it was begun."""
        message.stop()
        first = self.body.partition("\n")[0]
        if first == greeting("", None):
            name = greeting(message.person.name, None)
            self.field.replace(name, (0, 0), (0, len(first)), maintain_selection_offset=True)

    @on(AddressFields.Finished)
    def _address_finished(self, message: AddressFields.Finished) -> None:
        message.stop()
        self.field.focus()

    @on(TextField.Changed)
    def _text_changed(self, message: TextField.Changed) -> None:
        message.stop()
        self._show_fields()
        self.margin.changed(self.body)
        self._keep_soon()

    def _keep_soon(self) -> None:
        """Say after a pause that there is something to keep."""
        if self._is_kept():
            self._forget_pause()
            return
        self.say("")
        if self._timer is None:
            self._timer = self.set_timer(self._pause, self._pause_made)

    def _is_kept(self) -> bool:
        return self.body == self._kept and self._kept_address

    def _pause_made(self) -> None:
        self._timer = None
        if not self._is_kept():
            self._hand_over(self.Changed(self))

    def _hand_over(self, message: _Said) -> None:
        """Post a message that carries the text, which is thereby the parent's to keep."""
        self._forget_pause()
        self._kept = message.body
        self._kept_address = True
        self.post_message(message)

    def _forget_pause(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _take_back_typed(self) -> None:
        typed, self._typed = self._typed, None
        if typed is None or self.field.cursor_location != typed[0]:
            return
        row, column = typed[0]
        start = (row, column - len(typed[1]))
        if self.field.get_text_range(start, typed[0]) == typed[1]:
            self.field.move_cursor(start)
            self.field.move_cursor(typed[0], select=True)

    def _select_field(self, begin: int, end: int) -> bool:
        """Select the first open field between two indexes of the text."""
        for start, stop in open_fields(self.body):
            if begin <= start and stop <= end:
                self.field.select_span(start, stop)
                return True
        return False

    def _show_fields(self) -> None:
        names = field_names(self.body)
        count = SafeLine(f"{len(names)} field{'s' if len(names) > 1 else ''} to fill: ")
        listed = safe_line(", ".join(names))
        words = content((count, "bold $text-warning"), (listed, "$text-warning"))
        place = self.query_one(".open-fields", KeyHints)
        place.show(*next_field_hint(self._keymap), before=words)
        place.set_class(bool(names), "-shown")

    def _show_facts(self, facts: str) -> None:
        place = self.query_one(".facts", Static)
        place.update(line(facts))
        place.set_class(bool(facts), "-shown")
