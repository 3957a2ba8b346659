"""Mails to several people: shown one by one, and sent when they are agreed to."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from founder_inbox.app.sending.mailing import Letter
from founder_inbox.app.workspace import Workspace
from founder_inbox.tui.outages.outage_review import OutageReview

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen


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
