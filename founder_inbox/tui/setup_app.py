"""The first start: one screen that asks for the address, tries the servers, and writes the config.

What to ask is decided in `app.setup.questions`; what is found and tried comes from `SetupWork`.
"""

import asyncio
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.filter import LineFilter, NoColor
from textual.widgets import Input, Static

from founder_inbox.core.checks import Check, State
from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.setup.places import parse_place
from founder_inbox.errors import BadInput
from founder_inbox.tui.app import ENDINGS, way_to
from founder_inbox.tui.setup_work import SetupWork
from founder_inbox.tui.widgets import theme
from founder_inbox.tui.widgets.dialog import ENTER, Hint, KeyHints
from founder_inbox.tui.widgets.text import ControlFilter, content, line
from founder_inbox.tui.widgets.text_fields import LineField

if TYPE_CHECKING:
    from founder_inbox.app.setup.find import Found
    from founder_inbox.core.setup.first_config import Answers

DEMO, READY = "demo", "ready"
_SIGNS = {
    State.OK: (SafeLine("✓ "), "$text-success"),
    State.NOTE: (SafeLine("· "), "$text-warning"),
    State.FAILED: (SafeLine("✗ "), "$text-error"),
}
_LEAVE: Hint = ("ctrl+q", "leave", "app.quit")
_AGAIN: Hint = ("esc", "another address", "app.begin")


class SecretField(LineField):
    """A password: drawn as dots, and pasted as it is, up to its line's end."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self.password = True

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.replace((event.text.splitlines() or [""])[0], *self.selection)


class SetupApp(App[str]):
    """Ends with "ready" when the configuration is written, with "demo", or with nothing.

    `find` looks for servers, the real way by default.
    """

    CSS = """
    Screen { background: $background; color: $foreground; }
    #column { padding: 1 2; scrollbar-size-vertical: 1; }
    #column > * { max-width: 86; }
    .title { text-style: bold; color: $text-primary; }
    .label { margin-top: 1; text-style: bold; }
    #found, #checks, #said { margin-top: 1; height: auto; }
    #said { color: $text-warning; }
    #column LineField { background: $boost; }
    .ask, .-empty { display: none; }
    .ask.-shown { display: block; }
    #keys { dock: bottom; padding: 0 2; background: $surface; }
    """
    TITLE = "founder-inbox"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = [
        Binding("ctrl+q", "quit", show=False, priority=True),
        Binding("ctrl+d", "demo", show=False, priority=True),
        Binding("escape", "begin", show=False),
    ]

    def __init__(
        self, config: Path, address: str = "", find: "Callable[[str], Found] | None" = None
    ) -> None:
        super().__init__()
        self.animation_level = "none"
        self.work = SetupWork(config, self._deliver, find)
        self._address = address
        self._found: Found | None = None
        self._answers: Answers | None = None
        self._password = ""
        self._turn = 0
        self.last_words = ""
        for one in (theme.DARK, theme.LIGHT, theme.CONTRAST):
            self.register_theme(one)
        self.theme = theme.first_theme(None, os.environ)

    def compose(self) -> ComposeResult:
        """Lay out every question, one below the other; those whose turn it is are shown."""
        with VerticalScroll(id="column"):
            yield Static(line("Support is an hour, not a day."), classes="title")
            yield Static(line("Let us connect the mailbox your customers write to."))
            yield Static(line("Its address"), classes="label")
            yield LineField(self._address, placeholder="support@acme.test", id="address")
            yield Static(id="found", classes="-empty")
            for name, label in _FIELDS.items():
                yield Static(line(label), classes=f"label ask {_ASKED_WITH[name]}")
                field = SecretField(id=name) if name == "password" else LineField(id=name)
                field.set_classes(f"ask {_ASKED_WITH[name]}")
                yield field
            yield Static(id="checks", classes="-empty")
            yield Static(id="said", classes="-empty")
        yield KeyHints()

    def on_mount(self) -> None:
        """Begin with the address; one that was given is looked for at once."""
        if not self.is_headless:
            for ending in ENDINGS:
                asyncio.get_running_loop().add_signal_handler(ending, self.exit, None)
        self.query_one(KeyHints).id = "keys"
        self.action_begin()
        if self._address:
            self._look()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours of ours that Textual's own themes lack."""
        return theme.PLAIN

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Put the last barrier behind Textual's own filters."""
        own = (NoColor(), ControlFilter()) if self.no_color else (ControlFilter(),)
        return [*super().get_line_filters(), *own]

    async def action_quit(self) -> None:
        """Leave; nothing is written."""
        self.exit(None)

    def action_demo(self) -> None:
        """Look around in the demo first."""
        self.exit(DEMO)

    def action_begin(self) -> None:
        """Ask for the address; what was on its way before means nothing any more."""
        self._turn += 1
        self._show("")
        for name in ("found", "checks", "said"):
            self._write(name)
        self.query_one("#address", LineField).focus()
        demo: Hint = ("ctrl+d", "try it with made-up tickets", "app.demo")
        self._keys(("enter", "find its servers", ENTER), demo, _LEAVE)

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        {
            "address": self._look,
            "imap": lambda: self.query_one("#smtp", LineField).focus(),
            "smtp": self._servers_named,
            "agree": self._agreed,
            "password": lambda: self.query_one("#name", LineField).focus(),
            "token": self._try,
            "name": self._try,
            "user": self._try,
            "file": self._in_a_file,
        }[message.input.id or ""]()

    def _look(self) -> None:
        self.action_begin()
        address = self._value("address")
        self._say(f"Looking for the servers of {address} …")
        self.work.find(address, self._current(self._show_found), self._current(self._say))

    def _show_found(self, found: "Found") -> None:
        from founder_inbox.app.setup.questions import next_question

        self._found = found
        self._ask(next_question(found).ask, next_question(found).lines)

    def _ask(self, ask: str, lines: Sequence[str]) -> None:
        """Show what was found, and the fields of the next question."""
        self._say("")
        self._write("found", *lines)
        self._show(ask)
        first = next(iter(self.query(f"LineField.{ask}").results(LineField)), None)
        (first or self.query_one("#address", LineField)).focus()
        self._keys(("enter", "go on", ENTER), *([_AGAIN] if first else []), _LEAVE)

    def _servers_named(self) -> None:
        from founder_inbox.app.setup.find import Found
        from founder_inbox.app.setup.questions import after_agreement
        from founder_inbox.core.setup.places import Servers
        from founder_inbox.core.setup.providers import provider_of_host

        try:
            imap = parse_place("imap", self._value("imap"))
            smtp = parse_place("smtp", self._value("smtp"))
        except BadInput as error:
            self._say(str(error))
            return
        address = self._value("address")
        servers = Servers(imap, smtp, address, "named by you")
        self._found = Found(provider_of_host(imap.host), servers, "named by you")
        question = after_agreement(self._found, [f"IMAP {imap} · SMTP {smtp}"])
        self._ask(question.ask, question.lines)

    def _agreed(self) -> None:
        from founder_inbox.app.setup.questions import after_agreement

        assert self._found is not None  # noqa: S101 - it was shown
        question = after_agreement(self._found, [f"Servers: {self._found.source}"])
        self._ask(question.ask, question.lines)

    def _try(self) -> None:
        from founder_inbox.app.setup import questions

        found = self._found
        if found is None or found.servers is None:
            return
        answers = questions.first_answers(self._value("address"), found.servers)
        answers = replace(answers, name=self._value("name"))
        if username := self._value("user"):
            answers = replace(answers, username=username, smtp_username="")
        self._password = ""
        if command := self._value("token"):
            try:
                answers = questions.with_token(answers, command)
            except BadInput as error:
                self._say(str(error))
                return
        else:
            typed = self.query_one("#password", LineField).value
            self._password = questions.typed_password(typed, found)
            if not self._password:
                self.query_one("#password", LineField).focus()
                return
        self._run(answers, found)

    def _run(self, answers: "Answers", found: "Found") -> None:
        self._write("checks")
        self._say("Trying each step; the mail to yourself may take a minute …")
        self._keys(_AGAIN, _LEAVE)
        self.work.try_all(
            answers, found, self._password, self._current(self._show_check),
            self._current(self._tried), self._current(self._ask_for_token_file),
            self._current(self._say),
        )  # fmt: skip

    def _show_check(self, check: Check) -> None:
        place = self.query_one("#checks", Static)
        words = content(
            _SIGNS[check.state],
            (safe_line(f"{check.name}:"), "bold"),
            SafeLine(" "),
            safe_line(check.words, 600),
        )
        if check.advice:
            words += content(SafeLine("\n"), (safe_line(f"  {check.advice}", 600), "$text-muted"))
        before = place.content if "-empty" not in place.classes else None
        place.update(content(SafeLine("")) + before + "\n" + words if before else words)  # type: ignore[operator] # it is ours
        place.remove_class("-empty")
        place.scroll_visible()

    def _tried(self, answers: "Answers", password: str, wrong: list[Check]) -> None:
        self._answers = answers
        if not wrong:
            self._finish(password)
            return
        self._say("Nothing was written yet. Mend it, and press enter to try again.")
        self._keys(("enter", "try again", ENTER), _AGAIN, _LEAVE)
        field = "#token" if self._value("token") else "#password"
        self.query_one(field, LineField).focus()

    def _finish(self, password: str) -> None:
        assert self._answers is not None  # noqa: S101 - it was tried
        assert self._found is not None  # noqa: S101 - and found
        self._say("All of it works. Writing it down …")
        self.work.finish(
            self._answers, password, self._found.source, partial(self.exit, READY),
            self._current(self._ask_for_file), self._current(self._say),
        )  # fmt: skip

    def _ask_for_file(self) -> None:
        from founder_inbox.app.setup.finish import PASSWORD_FILE

        path = self.work.config.parent / PASSWORD_FILE
        self._ask(
            "file",
            [
                "All of it works, but this machine has no keyring to keep the password in.",
                f"It can lie in a file that only you may read: {path}",
            ],
        )

    def _ask_for_token_file(self, answers: "Answers") -> None:
        from founder_inbox.app.setup.finish import TOKEN_FILE

        self._answers = answers
        path = self.work.config.parent / TOKEN_FILE
        words = "This machine has no keyring to keep your sign-in in."
        self._ask("file", [words, f"It can lie in a file that only you may read: {path}"])

    def _in_a_file(self) -> None:
        from founder_inbox.app.setup.finish import in_a_file

        if self._value("file").casefold() not in {"yes", "y"}:
            self._say("Type yes to allow it, or leave; nothing is written then.")
            return
        assert self._answers is not None  # noqa: S101 - it was tried
        self._answers = in_a_file(self._answers)
        if self._answers.access.sign_in:
            assert self._found is not None  # noqa: S101 - and found
            self._run(self._answers, self._found)
        else:
            self._finish(self._password)

    def _show(self, ask: str) -> None:
        for widget in self.query(".ask"):
            widget.set_class(bool(ask) and widget.has_class(ask), "-shown")

    def _write(self, name: str, *lines: str) -> None:
        place = self.query_one(f"#{name}", Static)
        place.update(content(SafeLine("\n")).join(line(words) for words in lines))
        place.set_class(not lines, "-empty")

    def _say(self, words: str) -> None:
        self._write("said", *([words] if words else []))

    def _keys(self, *hints: Hint) -> None:
        self.query_one(KeyHints).show(*hints)

    def _value(self, name: str) -> str:
        return self.query_one(f"#{name}", LineField).value.strip()

    def _current(self, then: Callable[..., None]) -> Callable[..., None]:
        """The same, unless the founder has begun anew in the meantime."""
        turn = self._turn

        def run(*values: object) -> None:
            if turn == self._turn:
                then(*values)

        return run

    def _handle_exception(self, error: Exception) -> None:
        """Textual would print local variables, that is the password; the way there is enough."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self.last_words = (
            "Something went wrong in here, and the screen had to close. Nothing was written. "
            f"{type(error).__name__} at\n{way_to(error)}"
        )
        self._close_messages_no_wait()

    def _deliver(self, outcome: Callable[[], None]) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(partial(self.call_later, outcome))


# Every field by its id, and the question it belongs to.
_FIELDS = {
    "imap": "IMAP server",
    "smtp": "SMTP server",
    "agree": "Enter if they are your provider's",
    "token": "Client id, or a command for the access token",
    "password": "Password",
    "name": "Your name as customers see it (may stay empty)",
    "user": "User name, if it is not the usual one (may stay empty)",
    "file": "Keep it there? Type yes",
}
_ASKED_WITH = {
    "imap": "servers", "smtp": "servers", "agree": "agree", "token": "token",
    "password": "password", "name": "password",
    "user": "password", "file": "file",
}  # fmt: skip
