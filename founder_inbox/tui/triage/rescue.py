"""Mail in Junk from people we know: shown, and brought back when the founder says so."""

from functools import partial
from typing import TYPE_CHECKING

from founder_inbox.app.syncing.junk import bring_from_junk, known_in_junk
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.sync.junk import JunkMail
from founder_inbox.tui.widgets.prompts import ConfirmPrompt

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen

_SHOWN = 8
_NOBODY = "Nobody you know lies in Junk."


def show_junk(screen: "MainScreen") -> None:
    """List them and ask; after a yes they come with the next round."""
    trouble = partial(screen.say, trouble=True)
    now = screen.desk.now()

    def show(mails: list[JunkMail]) -> None:
        if not mails:
            screen.say(_NOBODY)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                screen.writer.submit(lambda ws: bring_from_junk(ws, mails, now), brought, trouble)

        prompt = ConfirmPrompt("In Junk", _words(mails), yes="bring them back", no="leave them")
        screen.app.push_screen(prompt, answered)

    def brought(_none: None) -> None:
        screen.say("They come back into the inbox now.")
        screen.door_watch.sync.nudge()

    def read(ws: Workspace) -> list[JunkMail]:
        return known_in_junk(ws)

    screen.writer.submit(read, show, trouble)


def _words(mails: list[JunkMail]) -> str:
    lines = [f"{mail.name or mail.address}: {mail.subject}" for mail in mails[:_SHOWN]]
    more = len(mails) - _SHOWN
    lines += [f"and {counted(more, 'mail')} more"] if more > 0 else []
    return "\n".join([*lines, "", "You have answered them before."])
