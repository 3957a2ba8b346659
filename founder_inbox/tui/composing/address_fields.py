"""Above the text of a mail that answers nobody: to whom, out of known people, and about what."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from founder_inbox.core.letters.recipients import last_typed, with_person
from founder_inbox.core.model import Address
from founder_inbox.tui.widgets.letter_head import show_address
from founder_inbox.tui.widgets.text import content, line
from founder_inbox.tui.widgets.text_fields import LineField


class AddressFields(Vertical):
    """Two lines to fill and a short list of people. Hidden until `begin`."""

    DEFAULT_CSS = """
    AddressFields {
        height: auto;
        display: none;
        padding: 0 1;
        &.-shown { display: block; }
        .row { height: 1; }
        .label { width: 9; color: $text-muted; }
        LineField { width: 1fr; padding: 0; }
        OptionList {
            border: none; padding: 0; margin-left: 9; height: auto; max-height: 6; display: none;
            background: $surface;
        }
        OptionList.-shown { display: block; }
        OptionList > .option-list--option-highlighted { background: $primary-muted; }
    }
    """
    BINDINGS: ClassVar = [
        Binding("tab", "take", "Take or go on", priority=True),
        Binding("down", "move(1)", "Down", priority=True),
        Binding("up", "move(-1)", "Up", priority=True),
    ]

    class Changed(Message):
        """A line was changed."""

    class PeopleTyped(Message):
        """Somebody is being named: `show_people` shows who it may be."""

        def __init__(self, line: str) -> None:
            super().__init__()
            self.line = line

    class Taken(Message):
        """The first person was chosen from those offered."""

        def __init__(self, person: Address) -> None:
            super().__init__()
            self.person = person

    class Finished(Message):
        """Both lines are left: the text is next."""

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[Address, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out the two lines and the list between them."""
        with Horizontal(classes="row"):
            yield Static(line("To"), classes="label")
            yield LineField(placeholder="A name or an address", id="people")
        options = OptionList(markup=False)
        options.can_focus = False
        yield options
        with Horizontal(classes="row"):
            yield Static(line("Subject"), classes="label")
            yield LineField(id="subject")

    @property
    def people(self) -> str:
        """To whom, as typed."""
        return self.query_one("#people", LineField).value

    @property
    def subject(self) -> str:
        """About what, as typed."""
        return self.query_one("#subject", LineField).value

    def begin(self, people: str, subject: str) -> None:
        """Show the lines with what was kept."""
        self.add_class("-shown")
        for name, value in (("#people", people), ("#subject", subject)):
            field = self.query_one(name, LineField)
            with field.prevent(Input.Changed):
                field.value = value
            field.cursor_position = len(value)
        self._forget_people()

    def hide(self) -> None:
        """A reply goes to who wrote: there is nothing to fill."""
        self.remove_class("-shown")

    @property
    def is_used(self) -> bool:
        """Whether there are lines to fill."""
        return self.has_class("-shown")

    def focus_first(self) -> bool:
        """Put the cursor into the first empty line; False where both are filled."""
        for name, value in (("#people", self.people), ("#subject", self.subject)):
            if self.is_used and not value.strip():
                self.query_one(name, LineField).focus()
                return True
        return False

    def show_people(self, typed: str, people: Sequence[Address]) -> None:
        """Offer these, if the line still is what was typed."""
        if typed != self.people or not self.query_one("#people").has_focus:
            return
        self._found = tuple(people)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(content(show_address(person))) for person in people])
        options.highlighted = 0 if people else None
        options.set_class(bool(people), "-shown")

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        self.post_message(self.Changed())
        if message.input.id == "people":
            self._forget_people()
            self.post_message(self.PeopleTyped(message.value))

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self.action_take()

    @on(OptionList.OptionSelected)
    def _clicked(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self._take(message.option_index)

    def action_take(self) -> None:
        """Take the offered person; where none is, go on to the next line."""
        at = self.query_one(OptionList).highlighted
        if self._found and at is not None:
            self._take(at)
        elif self.query_one("#people").has_focus:
            self.query_one("#subject").focus()
        else:
            self.post_message(self.Finished())

    def action_move(self, rows: int) -> None:
        """Move among the offered people; where there are none, between the lines."""
        options = self.query_one(OptionList)
        if self._found:
            at = (options.highlighted or 0) + rows
            options.highlighted = min(max(at, 0), len(self._found) - 1)
        elif rows < 0:
            self.query_one("#people").focus()
        else:
            self.action_take()

    def _take(self, index: int) -> None:
        field = self.query_one("#people", LineField)
        if last_typed(field.value) == field.value.strip():
            self.post_message(self.Taken(self._found[index]))
        field.value = with_person(field.value, self._found[index])
        field.cursor_position = len(field.value)
        field.focus()
        self._forget_people()

    def _forget_people(self) -> None:
        self._found = ()
        self.query_one(OptionList).remove_class("-shown")
