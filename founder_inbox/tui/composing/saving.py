"""`y`: an answer that was sent becomes a canned reply; its name is asked, the editor offered."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from founder_inbox.app.sending import saving_replies
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.letters.canned import parse_reply
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Role
from founder_inbox.errors import BadInput, CannotWrite, FounderInboxError
from founder_inbox.tui.widgets.external_editor import edit_outside
from founder_inbox.tui.widgets.prompts import ConfirmPrompt, TextPrompt

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen


def save_answer(screen: "MainScreen") -> None:
    """Save the answer in sight where it is ours, else the ticket's last one."""
    ticket = screen.current
    if ticket is None:
        screen.say("There is no ticket here.", trouble=True)
        return
    seen = screen.talk.mails_in_sight()[:1] if screen.reading else []
    given = next((e.message_id for e in seen if e.role is Role.US and not e.state), None)
    ask_name(screen, ticket, given)


def ask_name(
    screen: "MainScreen", ticket: Ticket, given: str | None = None, name: str = ""
) -> None:
    """Ask for the reply's name, offering `name`, and save the answer of the ticket under it."""
    try:
        saving_replies.answer_to_save(screen.desk.ws, ticket, given)
    except FounderInboxError as error:
        screen.say(str(error), trouble=True)
        return

    def named(chosen: str | None) -> None:
        if chosen is not None:
            _save(screen, ticket, chosen.strip(), given)

    hint = "Small letters, digits, hyphens: export-empty. Greeting and names are left out."
    prompt = TextPrompt("Keep as a canned reply", hint, value=name, check=_checked, verb="save")
    screen.app.push_screen(prompt, named)


def _checked(name: str) -> str:
    """Read the name as a file would be read. Raises BadInput."""
    parse_reply(f"---\nname: {name.strip()}\n---\nText.\n", "The name")
    return f"It will be found as {name.strip()}."


def _save(screen: "MainScreen", ticket: Ticket, name: str, given: str | None) -> None:
    def work(ws: Workspace) -> Path:
        return saving_replies.save_reply(ws, ticket, name, given)

    screen.writer.submit(work, partial(_saved, screen), partial(screen.say, trouble=True))


def _saved(screen: "MainScreen", path: Path) -> None:
    screen.say(f"Saved: {path}")

    def asked(wants: bool | None) -> None:
        if wants:
            _edit(screen, path)

    words = f"{path.name} is in your folder of replies. Open it in your editor?"
    screen.app.push_screen(ConfirmPrompt("Saved", words, yes="edit", no="leave it so"), asked)


def _edit(screen: "MainScreen", path: Path) -> None:
    edited = edit_outside(screen.app, path.read_text(encoding="utf-8"))
    if edited is None:
        return
    try:
        saving_replies.rewrite_reply(path, edited)
    except (BadInput, CannotWrite) as error:
        screen.say(f"{error} The reply stays as it was saved.", trouble=True)
