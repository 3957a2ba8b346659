"""A hot mail or a harsh draft is held for five minutes, and the review says why, kindly."""

from datetime import timedelta

from founder_inbox.app.sending.outbox import list_outbox
from founder_inbox.app.session.burnout import read_burnout
from founder_inbox.core.model import Status
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.store.drafts import draft_of
from founder_inbox.store.events import events_since
from founder_inbox.tui.composing.composer import Composer
from founder_inbox.tui.widgets.review import ReviewScreen
from tests.tui.company import LETTERS, MONDAY, Company, Letter
from tests.tui.conftest import Session, Start

HOT = Letter(
    "Greg Hale <greg@hale.test>",
    "Charged again",
    "This is the third time. Unacceptable! Next you hear from my lawyer.",
    0.5,
)
LONG, SHORT = timedelta(minutes=5), timedelta(seconds=10)
HARSH = "Well, you should have read the page."


def harsh_drafts(session: Session) -> int:
    return len(events_since(session.ws.store, MONDAY - timedelta(days=9), EventKind.HARSH_DRAFT))


def held(session: Session) -> list[timedelta]:
    return [item.not_before - item.created_at for item in list_outbox(session.ws.store)]


async def write(session: Session, words: str, *first: str) -> None:
    await session.press(*first, "r")
    await session.type(words)
    await session.press("ctrl+s")


async def to(session: Session, subject: str) -> None:
    session.app.main.queue.move_to(session.subjects().index(subject))
    await session.settle()


async def test_a_hot_mail_is_answered_with_five_minutes_to_take_it_back(start: Start) -> None:
    async with start(letters=(HOT,)) as session:
        await write(session, "Sorry")
        assert "Their mail is a hot one (a threat, anger)." in session.text
        assert "or let Vlad take it" in session.text
        assert "Goes out in 5 minutes; z takes it back." in session.text
        await session.press("enter")

        assert held(session) == [LONG]
        assert "It goes out in 5 minutes; z takes it back." in session.text
        assert harsh_drafts(session) == 0
        await session.press("z")
        assert held(session) == []
        assert "Sorry" in session.app.main.query_one(Composer).body


async def test_a_harsh_draft_is_held_named_and_counted_once(start: Start) -> None:
    async with start() as session:
        await write(session, HARSH, "2")
        assert "“you should have read” may hurt." in session.text
        await session.press("enter")

        assert held(session) == [LONG]
        assert harsh_drafts(session) == 1
        await session.press("z", "ctrl+s", "enter")
        assert harsh_drafts(session) == 1

        names = [s.name for s in read_burnout(session.ws, session.app.now()).signals]
        assert "harsh_words" in names


async def test_the_journal_keeps_no_word_of_it(start: Start) -> None:
    async with start() as session:
        await write(session, HARSH, "2")
        await session.press("enter")

        since = MONDAY - timedelta(days=9)
        [event] = events_since(session.ws.store, since, EventKind.HARSH_DRAFT)
        assert event.data == {}


async def test_what_is_reworded_before_it_is_sent_was_never_harsh(start: Start) -> None:
    async with start() as session:
        await write(session, HARSH, "2")
        await session.press("escape")
        session.app.main.query_one(Composer).rewrite("Hi Ana,\n\nit is refunded.\n\nAna")
        await session.press("ctrl+s", "enter")

        assert held(session) == [SHORT]
        assert harsh_drafts(session) == 0


async def test_a_parked_harsh_draft_counts_and_is_not_counted_again(
    start: Start, company: Company
) -> None:
    async with start() as session:
        await session.press("2", "r")
        await session.type(HARSH)
        await session.press("ctrl+t")
        assert harsh_drafts(session) == 1

        company.clock.pass_by(minutes=5)
        await session.settle()
        await to(session, "Charged twice this month")
        await session.press("r", "ctrl+s", "enter")
        assert harsh_drafts(session) == 1
        assert draft_of(session.ws.store, session.ticket.id) is None


async def test_the_review_hands_off_with_one_key_and_keeps_the_draft(start: Start) -> None:
    async with start(letters=(HOT,)) as session:
        ticket = session.ticket
        await write(session, "Sorry")
        assert "H hand off" in session.text
        await session.press("H")

        assert "Handed to Vlad" in session.text
        assert "Sorry" in (draft_of(session.ws.store, ticket.id) or "")
        statuses = session.app.desk.counts.statuses
        assert statuses.get(Status.HANDED_OFF) == 1


async def test_a_calm_reply_to_a_calm_mail_leaves_as_usual(start: Start) -> None:
    async with start() as session:
        await write(session, "Refunded", "2")
        assert "H hand off" not in session.text
        await session.press("H")
        assert isinstance(session.app.screen, ReviewScreen)
        await session.press("enter")

        assert held(session) == [SHORT]


async def test_a_thank_you_in_capitals_is_not_hot(start: Start) -> None:
    loud = Letter("Rosa <rosa@pictures.test>", "Thanks", "THANK YOU SO MUCH, YOU ROCK!!!", 1)
    async with start(letters=(loud,)) as session:
        await write(session, "With pleasure")

        assert "Goes out in 10 seconds" in session.text


async def test_the_longer_hold_can_be_switched_off(start: Start, company: Company) -> None:
    path = company.folder / "config.toml"
    path.write_text(path.read_text() + "\n[sending]\nhot_seconds = 0\n")
    async with start(letters=(HOT, *LETTERS[:1])) as session:
        await to(session, "Charged again")
        await write(session, HARSH)
        assert "may hurt" not in session.text
        await session.press("enter")

        assert held(session) == [SHORT]
        assert harsh_drafts(session) == 1
