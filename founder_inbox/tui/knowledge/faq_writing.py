"""`K`: a ticket becomes the draft of an FAQ article; its name is asked, the editor offered."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from founder_inbox.app.knowledge import article_writing, articles
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.knowledge.article import checked_name, name_from
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.errors import BadInput, CannotWrite
from founder_inbox.tui.widgets.external_editor import edit_outside
from founder_inbox.tui.widgets.prompts import ConfirmPrompt, TextPrompt

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen


def write_article(screen: "MainScreen") -> None:
    """Ask for the name of the file, with one that fits the subject."""
    ticket = screen.current
    if ticket is None:
        screen.say("There is no ticket here.", trouble=True)
        return

    def named(name: str | None) -> None:
        if name is not None:
            _write(screen, ticket, name.strip())

    prompt = TextPrompt(
        "Make an FAQ article",
        "Small letters, digits, hyphens. Names, addresses, numbers and keys are masked.",
        value=name_from(article_writing.suggested_title(ticket)),
        check=_checked,
        verb="write",
    )
    screen.app.push_screen(prompt, named)


def _checked(name: str) -> str:
    """Read the name as a file would be read. Raises BadInput."""
    return f"It will be faq/{checked_name(name.strip())}.md, a draft until you publish it."


def _write(screen: "MainScreen", ticket: Ticket, name: str) -> None:
    now = screen.desk.now()

    def work(ws: Workspace) -> Path:
        return article_writing.write_article(ws, ticket, name, now)

    screen.writer.submit(work, partial(_written, screen), partial(screen.say, trouble=True))


def _written(screen: "MainScreen", path: Path) -> None:
    screen.say(f"A draft is in {path}")

    def answered(wants: bool | None) -> None:
        if wants:
            _edit(screen, path)

    words = (
        f"{path.name} is in your folder faq. Read what is masked, and write in its place what is "
        "true for everybody. Open it in your editor?"
    )
    prompt = ConfirmPrompt("A draft is written", words, yes="edit", no="leave it so")
    screen.app.push_screen(prompt, answered)


def _edit(screen: "MainScreen", path: Path) -> None:
    edited = edit_outside(screen.app, path.read_text(encoding="utf-8"))
    if edited is None:
        return
    try:
        articles.rewrite_article(path, edited)
    except (BadInput, CannotWrite) as error:
        screen.say(f"{error} The article stays as it was written.", trouble=True)
