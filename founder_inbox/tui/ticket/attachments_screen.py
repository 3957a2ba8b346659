"""A ticket's files: what there is and where, opening and saving them. What to do, `app` decides."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from founder_inbox.app.reading import attachments
from founder_inbox.app.reading.attachments import TicketFile
from founder_inbox.app.syncing.sync_status import sync_trouble
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.sizes import size_words
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.store.parts import PartState
from founder_inbox.tui.widgets.dialog import Hint
from founder_inbox.tui.widgets.list_dialog import ListDialog
from founder_inbox.tui.widgets.prompts import ConfirmPrompt, TextPrompt
from founder_inbox.tui.widgets.text import content

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen

LOOK_SECONDS = 0.5
Then = Callable[[TicketFile], None]
Outcome = TypeVar("Outcome")


class AttachmentsScreen(ListDialog[None]):
    """The files as a list. One on the server is asked for, and what was wanted follows."""

    DEFAULT_CSS = """
    AttachmentsScreen {
        & > .box { width: 92%; max-width: 110; }
        OptionList { height: auto; max-height: 60vh; }
        .said { margin-top: 1; }
    }
    """
    BINDINGS: ClassVar = [
        ("s", "save", "Save"),
        ("S,a", "save_all", "Save all"),
    ]
    heading = "Files"

    def __init__(self, main: "MainScreen", ticket: Ticket) -> None:
        super().__init__()
        self._main = main
        self._ticket = ticket
        self._files: list[TicketFile] = []
        self._waiting: dict[int, Then] = {}

    def body(self) -> ComposeResult:
        """Lay out the list and a line for what happens."""
        yield OptionList(markup=False)
        yield Static(classes="said")

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys."""
        return (
            ("enter", "open", "screen.open"),
            ("s", "save", "screen.save"),
            ("a", "save all", "screen.save_all"),
            ("esc", "back", "screen.leave"),
        )

    def on_mount(self) -> None:
        """Show what there is, and follow what is fetched."""
        self._look()
        if not self._files:
            self.say("This ticket has no files.")
        self.set_interval(LOOK_SECONDS, self._look)

    @on(OptionList.OptionSelected)
    def action_open(self) -> None:
        """Open the file under the cursor, once it is here."""
        self._get(self._chosen(), self._ask_and_open)

    def action_save(self) -> None:
        """Save the file under the cursor, once it is here."""
        self._ask_folder(self._chosen())

    def action_save_all(self) -> None:
        """Save every file, each as soon as it is here."""
        self._ask_folder(self._files)

    def action_leave(self) -> None:
        """Stop waiting for files; the next time, leave."""
        if not self._waiting:
            self.dismiss(None)
            return
        files = [file for file in self._files if _number(file) in self._waiting]
        self._waiting.clear()
        self._work(partial(_ask_no_more, files), lambda _: self.say("Not fetched."))

    def _chosen(self) -> list[TicketFile]:
        at = self.options.highlighted
        return [self._files[at]] if at is not None and at < len(self._files) else []

    def _ask_folder(self, files: list[TicketFile]) -> None:
        if not files:
            return

        def chosen(answer: str | None) -> None:
            if answer:
                self._get(files, partial(self._save, Path(answer).expanduser()))

        heading = f"Save {counted(len(files), 'file')} in which folder?"
        folder = str(attachments.default_folder(self._main.desk.ws))
        self.app.push_screen(TextPrompt(heading, value=folder), chosen)

    def _get(self, files: list[TicketFile], then: Then) -> None:
        """Do `then` with each file: with those that are here now, with the others when they are."""
        away = [file for file in files if not file.here]
        for file in files:
            if file.here:
                then(file)
        if away:
            self._waiting |= {_number(file): then for file in away}
            self._work(partial(_ask_for, away), lambda _: self._look())

    def _save(self, folder: Path, file: TicketFile) -> None:
        self._work(
            lambda ws: attachments.save_file(ws, file, folder),
            lambda path: self.say(f"Saved: {path}"),
        )

    def _ask_and_open(self, file: TicketFile) -> None:
        def look(why: str | None) -> None:
            if not self.is_attached:
                return
            if why is None:
                self._open(file)
                return
            words = f"{safe_line(why)} Open it only if you know who sent it, and why."
            prompt = ConfirmPrompt("Open this?", words, yes="open it", no="leave it", grave=True)
            self.app.push_screen(prompt, lambda yes: self._open(file) if yes else None)

        self._work(lambda ws: attachments.why_ask_first(ws, file), look)

    def _open(self, file: TicketFile) -> None:
        def opened(instead: Path | None) -> None:
            name = file.attachment.name
            self.say(
                f"There is no desktop here to open it with. Saved: {instead}"
                if instead
                else f"Opened: {name}"
            )

        self._work(lambda ws: attachments.open_file(ws, file), opened)

    def _work(self, work: Callable[[Workspace], Outcome], done: Callable[[Outcome], None]) -> None:
        self._main.writer.submit(work, done, partial(self.say, trouble=True))

    def _look(self) -> None:
        """Draw the files as they stand, and go on with those that came."""
        if not self.is_attached:
            return
        self._files = attachments.files_of(self._main.desk.ws, self._ticket)
        options = self.options
        here = options.highlighted or 0
        options.clear_options()
        options.add_options([Option(self._row(file)) for file in self._files])
        options.highlighted = min(here, len(self._files) - 1) if self._files else None
        self._go_on()

    def _go_on(self) -> None:
        for file in self._files:
            if file.part is None or file.part.id not in self._waiting:
                continue
            if file.here:
                self._waiting.pop(file.part.id)(file)
            elif file.part.state is PartState.FAILED:
                self._waiting.pop(file.part.id)
                self.say(f"{file.attachment.name}: {file.part.answer}", trouble=True)
        if self._waiting and (sync_trouble(self._main.desk.ws.store)):
            self.say("No connection. It comes as soon as the server can be reached.")

    def _row(self, file: TicketFile) -> Content:
        sender = safe_line(file.sender.name, 30) or safe_line(file.sender.address, 30)
        about = f"{size_words(file.attachment.size)} · {safe_line(file.attachment.type, 40)}"
        return content(
            (safe_line(file.attachment.name, 60), "bold"),
            (SafeLine(f"\n  {about} · from {sender} · "), "$text-muted"),
            (SafeLine(_where(file)), "$text-muted" if file.here else "$text-accent"),
        )


def _where(file: TicketFile) -> str:
    part = file.part
    if part is None or file.here:
        return "here"
    if part.state is PartState.WANTED:
        return f"fetching {size_words(part.got)} of {size_words(part.size)}"
    return "can't be had" if part.state is PartState.FAILED else "on the server"


def _number(file: TicketFile) -> int:
    return file.part.id if file.part else 0


def _ask_for(files: list[TicketFile], ws: Workspace) -> None:
    attachments.ask_for(ws, files)


def _ask_no_more(files: list[TicketFile], ws: Workspace) -> None:
    attachments.ask_no_more(ws, files)
