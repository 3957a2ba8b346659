"""Files for a mail: a path is typed, the file system completes it, several can be chosen."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import ClassVar, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from founder_inbox.app.sending import draft_files
from founder_inbox.app.sending.path_completion import PathMatch, common_beginning, complete_path
from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.letters.files import MOST_ATTACHED, DraftFile
from founder_inbox.core.sizes import size_words
from founder_inbox.tui.widgets.dialog import Dialog, Hint
from founder_inbox.tui.widgets.text import content, line
from founder_inbox.tui.widgets.text_fields import LineField
from founder_inbox.tui.widgets.writer import Work, Writer

Outcome = TypeVar("Outcome")
Now = Callable[[], datetime]


class FilesScreen(Dialog[None]):
    """What goes along with `draft`. Whatever is chosen is copied before the next key."""

    DEFAULT_CSS = """
    FilesScreen {
        & > .box { width: 92%; max-width: 100; }
        OptionList { border: none; padding: 0; margin-top: 1; background: $surface; }
        OptionList { height: auto; max-height: 50vh; }
        OptionList > .option-list--option-highlighted { background: $primary-muted; }
        .said { margin-top: 1; color: $text-muted; }
        .said.-trouble { color: $text-warning; }
    }
    """
    BINDINGS: ClassVar = [
        ("down", "move(1)", "Down"),
        ("up", "move(-1)", "Up"),
        Binding("tab", "complete", "Complete", priority=True),
        Binding("delete,ctrl+d", "take_off", "Take off", priority=True),
    ]
    heading = "Files that go along"

    def __init__(self, writer: Writer, draft: str, files: Sequence[DraftFile], now: Now) -> None:
        super().__init__()
        self._writer = writer
        self._draft = draft
        self._files = list(files)
        self._now = now
        self._matches: list[PathMatch] = []

    def body(self) -> ComposeResult:
        """Lay out path, list, and a line for what happens."""
        yield LineField("~/", placeholder="A path; tab completes it")
        options = OptionList(markup=False)
        options.can_focus = False
        yield options
        yield Static(classes="said")

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        return (
            ("enter", "attach", "screen.choose"),
            ("tab", "complete", "screen.complete"),
            ("delete", "take off", "screen.take_off"),
            ("esc", "back", "screen.leave"),
        )

    def on_mount(self) -> None:
        """Show what is attached already, and the home folder."""
        self.query_one(LineField).focus()
        self._say(self._total())
        self._list()

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        self._look(message.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_choose()

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.action_choose()

    def action_move(self, rows: int) -> None:
        """Move the choice; it stops at both ends."""
        options = self.query_one(OptionList)
        at = (options.highlighted or 0) + rows
        if 0 <= at < options.option_count:
            options.highlighted = at

    def action_complete(self) -> None:
        """Fill in what all matches share, or the chosen one where they share no more."""
        shared = common_beginning(self._matches)
        chosen = self._chosen()
        if len(shared) > len(self.query_one(LineField).value):
            self._write(shared)
        elif isinstance(chosen, PathMatch):
            self._write(chosen.text)

    def action_choose(self) -> None:
        """Attach the chosen file, or go into the chosen folder."""
        chosen = self._chosen()
        typed = self.query_one(LineField).value.strip()
        if isinstance(chosen, DraftFile):
            self._say(f"{chosen.name} goes along; delete takes it off.")
        elif chosen is None and not typed:
            self.dismiss(None)
        elif chosen is not None and chosen.size is None:
            self._write(chosen.text)
        else:
            self._take(str(chosen.path) if chosen else typed)

    def action_take_off(self) -> None:
        """Take the chosen file off the draft; the founder's own file is not touched."""
        chosen = self._chosen()
        if not isinstance(chosen, DraftFile):
            self._say("Choose one of the attached files with ↑ first.")
            return

        def done(_none: None) -> None:
            self._files.remove(chosen)
            self._say(f"Taken off: {chosen.name}. {self._total()}")
            self._list()

        number = chosen.id
        self._submit(lambda ws: draft_files.detach(ws, self._draft, number), done)

    def _take(self, path: str) -> None:
        now = self._now()

        def done(file: DraftFile) -> None:
            self._files.append(file)
            self._say(f"Attached: {file.name}. {self._total()}")
            folder, slash, _ = self.query_one(LineField).value.rpartition("/")
            self._write(folder + slash)
            self._list()

        self._submit(lambda ws: draft_files.attach(ws, self._draft, path, now), done)

    def _total(self) -> str:
        total, most = sum(file.size for file in self._files), size_words(MOST_ATTACHED)
        return f"{size_words(total)} of {most}." if self._files else f"Up to {most} together."

    def _write(self, path: str) -> None:
        field = self.query_one(LineField)
        field.value = safe_line(path, 4_000) if path else "~/"
        field.cursor_position = len(field.value)

    @work(exclusive=True, group="paths")
    async def _look(self, typed: str) -> None:
        found = await asyncio.to_thread(complete_path, typed.strip(), Path.cwd())
        if self.is_attached and self.query_one(LineField).value == typed:
            self._matches = found
            self._list()

    def _submit(self, work: Work[Outcome], done: Callable[[Outcome], None]) -> None:
        def if_here(outcome: Outcome) -> None:
            if self.is_attached:
                done(outcome)

        self._writer.submit(work, if_here, partial(self._say, trouble=True))

    def _say(self, words: str, *, trouble: bool = False) -> None:
        if self.is_attached:
            said = self.query_one(".said", Static)
            said.set_class(trouble, "-trouble")
            said.update(line(words))

    def _list(self) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(_attached_row(file)) for file in self._files])
        options.add_options([Option(_match_row(match)) for match in self._matches])
        if options.option_count:
            first = len(self._files) if self._matches else 0
            options.highlighted = first

    def _chosen(self) -> DraftFile | PathMatch | None:
        rows: list[DraftFile | PathMatch] = [*self._files, *self._matches]
        at = self.query_one(OptionList).highlighted
        return rows[at] if at is not None and at < len(rows) else None


def _attached_row(file: DraftFile) -> Content:
    return content(
        (SafeLine("goes along  "), "$text-success"),
        (safe_line(file.name, 60), "bold"),
        (SafeLine(f"  {size_words(file.size)}"), "$text-muted"),
    )


def _match_row(match: PathMatch) -> Content:
    size = "" if match.size is None else f"  {size_words(match.size)}"
    return content(match.shown, (SafeLine(size), "$text-muted"))
