"""Mails to several people: shown one by one, and sent when they are agreed to."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from founder_inbox.app.sending.mailing import Letter
from founder_inbox.app.sending.tongues import missing_tongues
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.tui.outages.outage_review import OutageReview
from founder_inbox.tui.widgets.prompts import TextPrompt

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen


LANGUAGES = {"en": "English", "de": "German", "fr": "French", "es": "Spanish"}


def ask_in_tongues(
    main: "MainScreen",
    heading: str,
    first: str,
    tickets: Callable[[Workspace], Sequence[Ticket]],
    then: Callable[[tuple[str, ...]], None],
    failed: Callable[[str], None],
) -> None:
    """Ask for the same words in each further language that those who get them write.

    `heading` says what is asked for; `then` gets `first` with what was written. An empty answer
    leaves them with English, or with the first.
    """

    def ask(said: tuple[str, ...], left: list[tuple[str, int]]) -> None:
        if not left:
            then(said)
            return
        (language, many), *rest = left

        def answered(text: str | None) -> None:
            if text is not None:
                ask((*said, text) if text else said, rest)

        hint = f"{heading} Empty: they get what you wrote: {first}"
        prompt = TextPrompt(
            f"And in {LANGUAGES[language]}, for {many} of them?", hint, may_be_empty=True
        )
        main.app.push_screen(prompt, answered)

    def missing(ws: Workspace) -> list[tuple[str, int]]:
        found = missing_tongues(ws, tickets(ws), first).most_common()
        return [(language, many) for language, many in found if language in LANGUAGES]

    main.writer.submit(missing, lambda left: ask((first,), left), failed)


def review_letters(
    main: "MainScreen",
    work: Callable[[Workspace], list[Letter]],
    send: Callable[[Workspace], object],
    sent: Callable[[int], None],
    failed: Callable[[str], None],
    *,
    closes: bool = True,
) -> None:
    """Write the letters, show them, and `send` them when the founder agrees.

    `closes`: their tickets close as the server accepts them.
    """
    from founder_inbox.tui.widgets.tone_margin import letter_checker

    def show(written: list[Letter]) -> None:
        def answered(agreed: bool | None) -> None:
            if agreed:
                good = sum(not one.trouble for one in written)
                main.writer.submit(send, lambda _done: sent(good), failed)

        pace = main.desk.ws.config.sending.pace_seconds
        checker = letter_checker(main.desk.ws)
        main.app.push_screen(OutageReview(written, pace, checker, over=closes), answered)

    main.writer.submit(work, show, failed)
