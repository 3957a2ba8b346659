"""At red, before a session begins: ask once in a window, and do what was chosen."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from founder_inbox.app.session import rest
from founder_inbox.app.session.rest import Rest, RestOffer
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.time_words import describe_opening

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen


class RestWatch:
    """Asks when it is time to ask. `resume` looks at the door again when it is answered."""

    def __init__(self, screen: "MainScreen", resume: Callable[[], None]) -> None:
        self._screen = screen
        self._resume = resume
        self._asking = False

    def stands_in_the_way(self) -> bool:
        """Whether the session has to wait for an answer; asks if it was not asked yet."""
        if self._asking:
            return True
        desk = self._screen.desk
        offer = rest.rest_offer(desk.ws, self._screen.session.door, desk.now())
        if offer is not None:
            self._asking = True
            self._ask(offer)
        return offer is not None

    def _ask(self, offer: RestOffer) -> None:
        from founder_inbox.tui.door.rest_screen import RestScreen

        desk = self._screen.desk
        opening = describe_opening(offer.following, desk.now(), desk.ws.hours.zone)
        self._screen.app.push_screen(
            RestScreen(offer, opening), lambda chosen: self._chosen(offer, chosen)
        )

    def _chosen(self, offer: RestOffer, chosen: Rest | None) -> None:
        now, window = self._screen.desk.now(), offer.window
        if chosen is Rest.HAND_OFF:
            self._do(offer, lambda ws: rest.hand_off_howto(ws, window, now))
        elif chosen is Rest.DAYS_OFF:
            self._ask_until(offer)
        elif chosen is Rest.NOT_TODAY:
            self._do(offer, lambda ws: rest.not_today(ws, window, now))
        else:
            self._do(offer, lambda ws: rest.go_on(ws, window, now))

    def _ask_until(self, offer: RestOffer) -> None:
        from founder_inbox.tui.widgets.prompts import TextPrompt

        hours, now = self._screen.desk.ws.hours, self._screen.desk.now()

        def last_day(text: str) -> date:
            from founder_inbox.core.hours.when import parse_when

            return parse_when(text, now, hours.zone, hours).at.astimezone(hours.zone).date()

        def answered(text: str | None) -> None:
            if text is None:
                self._ask(offer)
            else:
                last = last_day(text)
                self._do(
                    offer,
                    lambda ws: rest.rest_until(ws, last, offer.window, now),
                    partial(self._screen.app.notify, severity="warning", markup=False),
                )

        prompt = TextPrompt(
            "Days off until",
            "friday · in 3 days · 1 dec. The door stays closed through that day.",
            check=lambda text: f"Days off through {last_day(text):%A %d %B %Y}",
            verb="take them",
        )
        self._screen.app.push_screen(prompt, answered)

    def _do(
        self,
        offer: RestOffer,
        work: Callable[[Workspace], str | None],
        say: Callable[[str], None] | None = None,
    ) -> None:
        def done(words: str | None) -> None:
            self._asking = False
            self._resume()
            if words:
                self._screen.reread()
                (say or self._screen.say)(words)

        def failed(words: str) -> None:
            self._screen.app.notify(words, markup=False)
            self._ask(offer)

        self._screen.writer.submit(work, done, failed)
