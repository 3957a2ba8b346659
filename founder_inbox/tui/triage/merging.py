"""`M`: choose the ticket to merge with, or a mail of the open one that goes its own way."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from founder_inbox.app.queue import merging
from founder_inbox.app.queue.merging import MergePlan
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.tickets.entry import Entry, Ticket
from founder_inbox.tui.triage.decisions import changed, failed
from founder_inbox.tui.widgets.dialog import DOWN, Dialog, Hint
from founder_inbox.tui.widgets.prompts import ConfirmPrompt
from founder_inbox.tui.widgets.text import content, line, paragraph
from founder_inbox.tui.widgets.text_fields import LineField

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen

_MOST_MAILS = 10
_NONE = "No other ticket fits. Type an id, a name or a word of it."
Choice = Ticket | Entry
"""The ticket to merge with, or the mail to split off."""


class MergePicker(Dialog[Choice | None]):
    """Picks a ticket of those that `find` gives for what is typed; `outlook` says what will be.

    `mails` are those that can be split off, the one in sight first.
    """

    DEFAULT_CSS = """
    MergePicker {
        & > .box { width: 92%; max-width: 100; }
        OptionList {
            border: none;
            padding: 0;
            margin-top: 1;
            height: auto;
            max-height: 10;
            background: $surface;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
        OptionList > .option-list--option-highlighted {
            background: $primary-muted;
            color: $foreground;
            text-style: bold;
        }
        OptionList:ansi > .option-list--option-highlighted {
            background: ansi_default;
            color: ansi_default;
            text-style: bold reverse;
        }
        .outlook { margin-top: 1; color: $text-muted; height: auto; min-height: 3; }
    }
    """
    BINDINGS: ClassVar = [
        ("down", "move(1)", "Down"),
        ("up", "move(-1)", "Up"),
        ("enter", "choose", "Do it"),
    ]

    def __init__(
        self,
        heading: str,
        find: Callable[[str], Sequence[Ticket]],
        outlook: Callable[[Choice], str],
        mails: Sequence[Entry] = (),
    ) -> None:
        super().__init__()
        self.heading = heading
        self._find = find
        self._outlook = outlook
        self._mails = tuple(mails)
        self._choices: list[Choice] = []

    def body(self) -> ComposeResult:
        """Lay out search, list and what will be."""
        yield LineField(placeholder="Find by id, person or words")
        options = OptionList(markup=False)
        options.can_focus = False
        yield options
        yield Static(classes="outlook")

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        return (
            ("enter", "do it", "screen.choose"),
            ("↑ ↓", "choose", DOWN),
            ("esc", "back", "screen.leave"),
        )

    def on_mount(self) -> None:
        """Show what is likely meant."""
        self._list("")
        self.query_one(LineField).focus()

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        self._list(message.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_choose()

    @on(OptionList.OptionSelected)
    def _clicked(self, message: OptionList.OptionSelected) -> None:
        self.query_one(OptionList).highlighted = message.option_index
        self.action_choose()

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self._say()

    def action_move(self, rows: int) -> None:
        """Move the choice; it stops at both ends."""
        options = self.query_one(OptionList)
        at = (options.highlighted or 0) + rows
        if 0 <= at < len(self._choices):
            options.highlighted = at

    def action_choose(self) -> None:
        """Take what is under the cursor."""
        if chosen := self._chosen():
            self.dismiss(chosen)

    def _chosen(self) -> Choice | None:
        at = self.query_one(OptionList).highlighted
        return self._choices[at] if at is not None and at < len(self._choices) else None

    def _list(self, typed: str) -> None:
        self._choices = list(self._find(typed))
        if not typed.strip():
            self._choices += self._mails[:_MOST_MAILS]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(_row(choice)) for choice in self._choices])
        options.highlighted = 0 if self._choices else None
        self._say()

    def _say(self) -> None:
        chosen = self._chosen()
        words = self._outlook(chosen) if chosen else _NONE
        self.query_one(".outlook", Static).update(paragraph(words))


def _row(choice: Choice) -> Content:
    if isinstance(choice, Entry):
        first = safe_line(choice.new_text or choice.text, 60)
        who = safe_line(choice.sender.name or choice.sender.address, 30)
        return line(f"Split off mail {choice.number}, {who}: {first}", "$text-accent")
    person = choice.state.customer
    return content(
        (SafeLine(f"#{safe_line(choice.id)} "), "$text-accent"),
        safe_line(choice.state.subject) or SafeLine("(no subject)"),
        (SafeLine(f"  {safe_line(person.name or person.address)}"), "$text-muted"),
        (SafeLine(f"  {choice.state.status.replace('_', ' ')}"), "$text-muted"),
    )


def open_merging(screen: "MainScreen") -> None:
    """Ask what to do with the selected tickets, or the one under the cursor."""
    tickets, ws = screen.targets(), screen.desk.ws
    if not tickets:
        screen.say("There is no ticket here.", trouble=True)
        return
    mails = screen.talk.mails_in_sight() if screen.reading and len(tickets) == 1 else []

    def find(typed: str) -> list[Ticket]:
        return merging.merge_candidates(ws, tickets, typed, screen.desk.now())

    def outlook(choice: Choice) -> str:
        if isinstance(choice, Entry):
            return "It becomes a ticket of its own, with the mails that answer it."
        plan = merging.plan_merge(ws, tickets, choice)
        return " ".join([*plan.words, *([_warning(plan)] if plan.strangers else [])])

    def chosen(choice: Choice | None) -> None:
        if isinstance(choice, Entry):
            _split(screen, tickets[0], choice)
        elif choice is not None:
            _merge(screen, tickets, choice)

    what = f"#{tickets[0].id}" if len(tickets) == 1 else f"{len(tickets)} tickets"
    screen.app.push_screen(MergePicker(f"Merge {what} with", find, outlook, mails), chosen)


def _warning(plan: MergePlan) -> str:
    names = [t.state.customer.name or t.state.customer.address for t in (plan.kept, *plan.others)]
    people = " and ".join(dict.fromkeys(names))
    return f"{people} would see what the other wrote, if you answer all."


def _merge(screen: "MainScreen", tickets: Sequence[Ticket], into: Ticket) -> None:
    plan, now = merging.plan_merge(screen.desk.ws, tickets, into), screen.desk.now()

    def go(agreed: bool | None = True) -> None:
        if agreed:
            screen.queue.selected.clear()
            said = f"Merged: #{plan.kept.id} · {screen.keymap.first_key('undo')} takes it back"
            screen.writer.submit(
                lambda ws: merging.merge(ws, tickets, into, now, different_people=True),
                partial(_done, screen, said),
                partial(failed, screen),
            )

    if plan.strangers:
        prompt = ConfirmPrompt("Different people", _warning(plan), yes="merge", grave=True)
        screen.app.push_screen(prompt, go)
    else:
        go()


def _split(screen: "MainScreen", ticket: Ticket, mail: Entry) -> None:
    now = screen.desk.now()

    def work(ws: Workspace) -> Ticket:
        message = merging.message_named(ws, ticket, str(mail.message_id))
        return merging.split(ws, ticket, message, now)

    said = f"A ticket of its own now · {screen.keymap.first_key('undo')} takes it back"
    screen.writer.submit(work, partial(_done, screen, said), partial(failed, screen))


def _done(screen: "MainScreen", said: str, ticket: Ticket) -> None:
    """Show the ticket that stays, or the new one."""
    changed(screen, said, None)
    screen.reread(ticket.key)
