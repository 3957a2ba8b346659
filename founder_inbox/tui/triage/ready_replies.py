"""Replies that a key begins: a canned one with what is known in it, and questions for the rest."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from founder_inbox.app.queue import updates
from founder_inbox.core.tickets.facts import Then
from founder_inbox.errors import FounderInboxError

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen


def begin_with(
    screen: "MainScreen",
    name: str,
    values: Callable[[str], dict[str, str]],
    then: Then = Then.WAIT,
) -> None:
    """Open the composer with a canned reply; `values` gives, in its language, what is known.

    What it still asks is asked; `then` is what becomes of the ticket when it is sent.
    """
    from founder_inbox.app.sending import canned
    from founder_inbox.core.letters.canned import asks
    from founder_inbox.tui.widgets.ask_form import AskForm

    ws, ticket, replying = screen.desk.ws, screen.current, screen.replying
    if ticket is None or screen.writing:
        return
    try:
        chosen = canned.find_reply(ws, name, canned.ticket_language(ws, ticket))
    except FounderInboxError as error:
        screen.say(str(error), trouble=True)
        return
    replying.begin(then=then)
    if not screen.writing:
        return
    known = values(chosen.language)
    questions = [ask for ask in asks(chosen) if ask.name not in known]

    def answered(answers: dict[str, str] | None) -> None:
        replying.put_in(ticket, chosen, None if answers is None else known | answers)

    screen.app.push_screen(AskForm(questions), answered)


def begin_update(screen: "MainScreen") -> None:
    """No news is still news: an update with the next date; the ticket stays ours."""
    ticket, ws, now = screen.current, screen.desk.ws, screen.desk.now()
    if ticket is None:
        screen.say("There is no ticket here.", trouble=True)
        return

    def known(language: str) -> dict[str, str]:
        return {updates.DATE: updates.next_news_words(ws, ticket, now, language)}

    begin_with(screen, updates.UPDATE, known, Then.UPDATE)


def begin_reply(screen: "MainScreen") -> None:
    """A reply; where it is time to ask whether a fix held, with that question in it."""
    from founder_inbox.app.knowledge.causes import check_in_answers

    ticket, now = screen.current, screen.desk.now()
    answers = check_in_answers(screen.desk.ws, ticket, now) if ticket else None
    if answers is None:
        screen.replying.begin()
    else:
        begin_with(screen, "checkin", lambda _language: answers, Then.CLOSE)
