"""Forward and new mail in the app: people are completed, and tickets stay as they are."""

import pytest

from founder_inbox.app.sending.outgoing import begin_new, outgoing_named
from founder_inbox.core.model import Status
from founder_inbox.store.outbox import live_items
from founder_inbox.store.outgoing import unfinished
from founder_inbox.tui.composing.composer import Composer
from founder_inbox.tui.composing.forward_prompt import ForwardPrompt
from founder_inbox.tui.widgets.review import ReviewScreen
from tests.tui.company import LETTERS, MONDAY, Letter
from tests.tui.conftest import Session, Start

SIZES = [(80, 24), (120, 40)]
AGAIN = Letter(
    "Ana Ruiz <ana@ruiz.test>",
    "Re: Charged twice this month",
    "And a third time, just now.",
    1,
    reply_to="<letter-3@customers.test>",
)


def composer(session: Session) -> Composer:
    return session.app.main.query_one(Composer)


@pytest.mark.parametrize("size", SIZES)
async def test_a_ticket_is_forwarded_to_somebody_known_and_stays_open(
    start: Start, size: tuple[int, int]
) -> None:
    async with start(size=size) as session:
        await session.press("2", "f")
        subject = session.subject
        await session.type("pau")
        assert "Paul <paul@letters.test>" in session.text
        await session.press("tab")
        assert composer(session).address.people == "Paul <paul@letters.test>, "
        await session.press("enter", "enter")
        assert composer(session).field.has_focus
        await session.type("What do you think?")
        await session.press("ctrl+s")
        assert isinstance(session.app.screen, ReviewScreen)
        assert f"Fwd: {subject}" in session.text
        assert "send and close" not in session.text
        await session.press("e", "enter")

        [item] = live_items(session.ws.store)
        assert item.recipients == ("paul@letters.test",)
        assert b"I was charged twice" in item.mime
        assert subject in session.subjects()
        assert session.ticket.state.status is Status.OPEN


@pytest.mark.parametrize("key", ["f", "c"])
async def test_z_brings_it_back_into_the_composer_as_it_was(start: Start, key: str) -> None:
    async with start() as session:
        await session.press("2", key)
        await session.type("kim@books.test")
        await session.press("enter", *"A", "enter", *"Look", "ctrl+s", "enter")
        assert len(live_items(session.ws.store)) == 1
        await session.press("z")

        assert live_items(session.ws.store) == []
        assert composer(session).address.people == "kim@books.test"
        assert composer(session).address.subject.endswith("A")
        assert "Look" in composer(session).body


async def test_in_a_long_ticket_f_asks_whether_all_of_it_is_meant(start: Start) -> None:
    async with start(letters=(*LETTERS, AGAIN)) as session:
        await session.press("/", *"charged", "enter", "enter", "f")
        assert isinstance(session.app.screen, ForwardPrompt)
        assert "The whole ticket: 2 mails, without your notes." in session.text
        await session.press("m")

        [mail] = unfinished(session.ws.store)
        assert mail.message is not None


@pytest.mark.parametrize("size", SIZES)
async def test_c_writes_to_somebody_and_the_list_is_there_again(
    start: Start, size: tuple[int, int]
) -> None:
    async with start(size=size) as session:
        await session.press("c")
        assert "A name or an address" in session.text
        await session.type("kim@books.test")
        await session.press("enter")
        await session.type("Lunch")
        await session.press("enter")
        await session.type("Shall we?")
        await session.press("ctrl+s")
        assert "To       kim@books.test" in session.text
        await session.press("enter")

        [item] = live_items(session.ws.store)
        assert (item.subject, item.body) == ("Lunch", "Hi there,\n\nShall we?\n\nAna")
        assert session.app.main.focused is session.app.main.queue


async def test_a_new_mail_can_be_written_when_the_queue_is_empty(start: Start) -> None:
    async with start(size=(80, 24), letters=()) as session:
        await session.press("c")
        await session.type("kim@books.test")

        assert composer(session).address.people == "kim@books.test"


async def test_what_is_typed_is_kept_on_leaving(start: Start) -> None:
    async with start() as session:
        await session.press("c")
        await session.type("kim@books.test")
        await session.press("enter", *"Lunch", "escape")

        [mail] = unfinished(session.ws.store)
        assert (mail.people, mail.subject) == ("kim@books.test", "Lunch")
        assert "The draft is kept" in session.text
        assert not session.app.main.writing


async def test_an_address_that_is_none_is_said_in_the_review_and_nothing_leaves(
    start: Start,
) -> None:
    async with start() as session:
        await session.press("c")
        await session.type("nobody")
        await session.press("enter", *"Lunch", "enter")
        await session.type("Shall we?")
        await session.press("ctrl+s")
        assert "“nobody” is not a mail address." in session.text
        await session.press("enter")

        assert live_items(session.ws.store) == []
        assert composer(session).body.count("Shall we?") == 1


async def test_canned_replies_and_five_minutes_are_for_answers(start: Start) -> None:
    async with start() as session:
        await session.press("c", "enter", "enter", "slash")
        assert "canned replies answer a ticket" in session.text
        await session.press("ctrl+t")
        assert "only an answer can be put aside" in session.text
        assert session.app.main.writing


async def test_a_reply_after_a_new_mail_has_no_lines_to_fill(start: Start) -> None:
    async with start() as session:
        await session.press("c", "escape", "2", "r", *"Done")

        assert not composer(session).address.is_used
        assert "Done" in composer(session).body


async def test_two_new_mails_wait_side_by_side(start: Start) -> None:
    async with start() as session:
        for name in ("a@b.test", "c@d.test"):
            await session.press("c")
            await session.type(name)
            await session.press("escape")

        assert [mail.people for mail in unfinished(session.ws.store)] == ["c@d.test", "a@b.test"]
        assert outgoing_named(session.ws, begin_new(session.ws, MONDAY).mail.draft)


async def test_who_is_chosen_is_greeted_by_name_until_the_greeting_is_changed(start: Start) -> None:
    async with start() as session:
        await session.press("c", *"rosa", "tab")
        assert composer(session).body.startswith("Hi Rosa,\n")
        await session.press(*"tom", "tab")

        assert composer(session).body.startswith("Hi Rosa,\n")
        assert composer(session).address.people.count("@") == 2


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_answered_stays_in_sight_and_is_scrolled_from_the_composer(
    start: Start, size: tuple[int, int]
) -> None:
    long = "\n".join(f"line {n} of a long mail" for n in range(60))
    async with start(size=size, letters=(Letter("Mia <mia@zebra.test>", "How?", long),)) as session:
        await session.press("r")
        assert "line 1 of a long mail" in session.text
        await session.press("ctrl+down", "alt+down", "ctrl+down", *"Ok")
        assert "line 1 of" not in session.text
        assert "line 10 of a long mail" in session.text
        await session.press("ctrl+up", "alt+up", "ctrl+up")

        assert "line 1 of a long mail" in session.text
        assert "Ok" in composer(session).body
