"""While the door is shut the screens show the mailbox as it was when it last closed."""

from datetime import timedelta

from founder_inbox.app.hours import door as doors
from founder_inbox.app.hours.veil import behind_veil, veil_of
from founder_inbox.app.queue import tickets as reading
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.model import Status
from founder_inbox.core.tickets.outbox import OutboxState
from founder_inbox.store import outbox
from founder_inbox.store.sync_state import say_synced
from founder_inbox.tui.door.wrap_up import WrapUp
from founder_inbox.tui.queue.header import Header
from tests.tui.company import LETTERS, MONDAY, Company, Letter
from tests.tui.conftest import Session, Start

NOON = MONDAY + timedelta(hours=3)
EVENING = MONDAY.replace(hour=17, minute=0)
# 11:10, an hour after the door closed.
NEWCOMER = Letter("Mia <mia@new.test>", "Where is my invoice", "Where is my invoice?", -2)
AGAIN = Letter(
    "Paul <paul@letters.test>",
    "Re: How do I change the sender name?",
    "Zebra crossing: it still says the old name.",
    -2,
    reply_to="<letter-6@customers.test>",
)


def header(session: Session) -> str:
    return str(session.app.main.query_one(Header).visual)


async def test_mail_that_comes_while_the_door_is_shut_is_shown_when_it_opens(
    start: Start, company: Company
) -> None:
    company.clock.moment = NOON
    async with start() as session:
        await session.press("r")
        before, counts = session.subjects(), header(session)
        company.receive(session.ws, NEWCOMER, AGAIN)
        await session.settle()

        assert session.subjects() == before
        assert header(session) == counts

        company.clock.moment = EVENING
        await session.look()
        assert NEWCOMER.subject in session.subjects()
        await session.press("/", *"zebra", "enter")
        assert session.subjects() == ["How do I change the sender name?"]


async def test_search_conversation_and_customer_keep_quiet_about_new_mail(
    start: Start, company: Company
) -> None:
    company.clock.moment = NOON
    async with start(size=(200, 50)) as session:
        another = Letter("Paul <paul@letters.test>", "One more thing", "And one more.", -2)
        company.receive(session.ws, NEWCOMER, AGAIN, another)
        await session.press("r", "/", *"zebra", "enter")
        assert session.subjects() == []
        await session.press("escape", "/", *"sender", "enter", "enter")

        assert "1 mail in 1 ticket" in session.text
        assert "Zebra" not in session.text
        assert "One more thing" not in session.text


async def test_a_closed_ticket_that_a_mail_opens_again_stays_where_it_was(
    start: Start, company: Company
) -> None:
    async with start() as session:
        await session.press("/", *"sender", "enter", "e")
        await session.settle()
        company.clock.moment = NOON
        await session.look()
        assert isinstance(session.app.screen, WrapUp)
        await session.press("enter")
        company.receive(session.ws, AGAIN)

        await session.press("r", "g", "i")
        assert AGAIN.subject.removeprefix("Re: ") not in session.subjects()
        await session.press("g", "e")
        assert session.subjects() == ["How do I change the sender name?"]
        assert session.ticket.state.status is Status.CLOSED

        company.clock.moment = EVENING
        await session.look()
        await session.press("g", "i")
        assert "How do I change the sender name?" in session.subjects()


async def test_the_header_says_nothing_of_the_sync_while_the_door_is_shut(
    start: Start, company: Company
) -> None:
    company.clock.moment = NOON
    async with start() as session:
        say_synced(session.ws.store, 1, NOON)
        await session.press("r")
        assert "synced" not in session.text

        company.clock.moment = EVENING
        await session.look()
        assert "synced 5 h ago" in session.text or "synced 4 h ago" in session.text


async def test_opening_early_shows_what_came(start: Start, company: Company) -> None:
    company.clock.moment = NOON
    async with start() as session:
        company.receive(session.ws, NEWCOMER)
        doors.open_early(session.ws, 10, "the invoices are on fire", NOON)
        await session.look()

        assert NEWCOMER.subject in session.subjects()
        assert session.sync.asked == 1


async def test_a_reply_to_what_was_seen_is_held_when_the_customer_wrote_meanwhile(
    start: Start, company: Company
) -> None:
    company.clock.moment = NOON
    async with start() as session:
        company.receive(session.ws, AGAIN)
        await session.press("r", "/", *"sender", "enter", "r")
        await session.type("In the settings")
        await session.press("ctrl+s")
        assert "Waits until support opens: today 17:00" in session.text
        assert "Zebra" not in session.text
        await session.press("enter")

        (item,) = outbox.live_items(session.ws.store)
        assert (item.state, item.not_before, item.seen) == (OutboxState.HELD, EVENING, 1)
        assert b"letter-6" in item.mime
        assert b"Zebra" not in item.mime


async def test_what_the_founder_did_behind_the_veil_stays_in_sight(
    start: Start, company: Company
) -> None:
    company.clock.moment = NOON
    async with start() as session:
        await session.press("r", "/", *"sender", "enter", "m")
        await session.type("ask Vlad")
        await session.press("ctrl+s")
        company.receive(session.ws, AGAIN)
        await session.settle()
        await session.press("enter")

        assert "ask Vlad" in session.text
        assert "Zebra" not in session.text


async def test_after_the_window_the_ticket_in_hand_does_not_change_any_more(
    start: Start, company: Company
) -> None:
    async with start() as session:
        await session.press("/", *"sender", "enter", "enter")
        company.clock.moment = MONDAY.replace(hour=10, minute=5)
        late = Letter(AGAIN.sender, AGAIN.subject, AGAIN.text, -0.9, reply_to=AGAIN.reply_to)
        await session.look()
        company.receive(session.ws, late)
        await session.settle()

        assert "How do I change the sender name?" in session.text
        assert "Zebra" not in session.text


def test_the_figures_behind_the_veil_are_those_of_what_is_seen(
    ws: Workspace, company: Company
) -> None:
    company.receive(ws, *LETTERS)
    company.clock.moment = NOON
    before = reading.count_queue(ws.store, NOON)
    company.receive(ws, NEWCOMER, AGAIN)
    with behind_veil(ws.store, veil_of(ws, doors.door_now(ws, NOON), NOON), NOON):
        assert reading.count_queue(ws.store, NOON) == before
        assert len(reading.list_keys(ws.store, reading.Choice(), NOON)) == before.to_go
    assert reading.count_queue(ws.store, NOON).to_go == before.to_go + 1


def test_behind_the_veil_only_the_reading_connection_is_blind(
    ws: Workspace, company: Company
) -> None:
    company.clock.moment = NOON
    company.receive(ws, NEWCOMER)
    veil = veil_of(ws, doors.door_now(ws, NOON), NOON)
    with behind_veil(ws.store, veil, NOON):
        assert reading.list_tickets(ws.store, reading.Choice(), NOON, None) == []

    (ticket,) = reading.list_tickets(ws.store, reading.Choice(), NOON, None)
    assert ticket.state.subject == NEWCOMER.subject
