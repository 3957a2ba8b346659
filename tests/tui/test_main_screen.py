"""The list and the ticket under the keys, at both usual sizes."""

import pytest
from textual.events import Key

from founder_inbox.app.queue import tickets, triage
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.keys import ACTIONS, Group
from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets.facts import TicketState
from founder_inbox.store.drafts import draft_of
from founder_inbox.tui.acts import ACTS
from tests.tui.company import Company, Letter
from tests.tui.conftest import Session, Start

SIZES = [(80, 24), (120, 40)]


def status_of(session: Session, subject: str) -> Status:
    return state_of(session, subject).status


def state_of(session: Session, subject: str) -> TicketState:
    everything = tickets.list_tickets(
        session.ws.store, tickets.Choice(None, everything=True), session.app.now(), None
    )
    return next(t.state for t in everything if t.state.subject == subject)


async def test_the_queue_stands_in_the_handbook_s_order(start: Start) -> None:
    async with start() as session:
        assert session.subjects() == [
            "Thanks!",
            "Thank you so much",
            "Charged twice this month",
            "Everything is down",
            "Wie exportiere ich meine Liste?",
            "使い方について",
            "How do I change the sender name?",
            "Idea: a dark mode",
        ]


@pytest.mark.parametrize("size", SIZES)
async def test_done_goes_on_to_the_next_and_undo_comes_back(
    start: Start, size: tuple[int, int]
) -> None:
    async with start(size=size) as session:
        await session.press("j", "e")

        assert session.subject == "Charged twice this month"
        assert status_of(session, "Thank you so much") is Status.CLOSED
        assert "Done: Thank you so much · z takes it back" in session.text

        await session.press("z")

        assert session.subject == "Thank you so much"
        assert status_of(session, "Thank you so much") is Status.OPEN


async def test_done_in_an_open_ticket_shows_the_next_one(start: Start) -> None:
    async with start(size=(80, 24)) as session:
        await session.press("2", "enter")
        assert "I was charged twice in November" in session.text

        await session.press("e")

        assert "error 502 on every page" in session.text


async def test_keys_typed_fast_keep_their_order(start: Start) -> None:
    async with start() as session:
        await session.pilot.press("2", "j", "t", "3", "g", "s", "g", "i", "4")
        await session.settle()

        assert state_of(session, "Everything is down").verdict.lane is Lane.HOWTO
        assert session.subject == "Idea: a dark mode"


@pytest.mark.parametrize(
    ("key", "subject"),
    [
        ("1", "Thanks!"),
        ("2", "Charged twice this month"),
        ("3", "Wie exportiere ich meine Liste?"),
        ("4", "Idea: a dark mode"),
    ],
)
async def test_a_digit_jumps_to_its_lane(start: Start, key: str, subject: str) -> None:
    async with start() as session:
        await session.press("G", key)

        assert session.subject == subject


async def test_a_jump_to_an_empty_lane_says_so_kindly(start: Start) -> None:
    question = Letter("a@b.test", "How do I log in?", "How do I log in?")
    async with start(letters=(question,)) as session:
        await session.press("2")

        assert "Nothing urgent. Breathe." in session.text


async def test_actions_take_all_selected_and_undo_takes_all_back(start: Start) -> None:
    async with start() as session:
        await session.press("x", "x", "e")

        assert session.subject == "Charged twice this month"
        assert status_of(session, "Thanks!") is Status.CLOSED
        assert status_of(session, "Thank you so much") is Status.CLOSED

        await session.press("z")

        assert status_of(session, "Thanks!") is Status.OPEN
        assert status_of(session, "Thank you so much") is Status.OPEN


async def test_later_shows_what_it_understood_and_puts_off(start: Start) -> None:
    async with start() as session:
        await session.press("3", "b")
        await session.type("in 3 days")
        assert "Thursday 26 Nov" in session.text

        await session.press("enter")

        assert status_of(session, "Wie exportiere ich meine Liste?") is Status.SNOOZED
        await session.press("g", "s")
        assert session.subjects() == ["Wie exportiere ich meine Liste?"]


async def test_a_note_is_seen_in_the_ticket_and_says_that_no_customer_sees_it(
    start: Start,
) -> None:
    async with start() as session:
        await session.press("2", "m")
        await session.type("refund by card")
        await session.press("ctrl+s")

        assert "Note · no customer sees it" in session.text
        assert "┊ refund by card" in session.text


async def test_a_quick_fix_is_flagged_and_taken_off(start: Start) -> None:
    async with start() as session:
        await session.press("3", "Q")
        assert state_of(session, "Wie exportiere ich meine Liste?").quick_fix
        assert " fix " in session.text

        await session.press("t", "q")
        assert not state_of(session, "Wie exportiere ich meine Liste?").quick_fix


async def test_one_key_hands_off_and_undo_takes_it_back(start: Start) -> None:
    async with start() as session:
        await session.press("2", "H")

        assert state_of(session, "Charged twice this month").assignee == "Vlad"
        assert "with Vlad 1" in session.text
        assert "Handed to Vlad" in session.text

        await session.press("z")
        assert status_of(session, "Charged twice this month") is Status.OPEN


async def test_taking_back_from_the_teammate_reopens(start: Start, company: Company) -> None:
    async with start() as session:
        await session.press("2", "H")
        company.clock.pass_by(minutes=1)
        await session.press("g", "h", "E")

        assert status_of(session, "Charged twice this month") is Status.OPEN


async def test_a_reply_goes_to_the_outbox_and_undo_brings_it_back_into_the_editor(
    start: Start,
) -> None:
    async with start() as session:
        await session.press("2", "r")
        await session.type("Refunded")
        await session.press("ctrl+s", "enter")

        assert status_of(session, "Charged twice this month") is Status.WAITING
        assert "It goes out in 10 seconds; z takes it back." in session.text
        assert "outbox 1" in session.text

        await session.press("z")
        assert status_of(session, "Charged twice this month") is Status.OPEN
        assert "Refunded" in session.text
        assert session.app.main.writing


async def test_single_keys_are_letters_while_one_writes(start: Start) -> None:
    async with start() as session:
        await session.press("2", "r")
        await session.type("ejxz")
        await session.press("escape")

        assert session.subject == "Charged twice this month"
        assert "ejxz" in (draft_of(session.ws.store, session.ticket.id) or "")
        assert "draft kept" in session.text


async def test_a_canned_reply_asks_and_is_put_in_with_the_customer_s_name(start: Start) -> None:
    async with start() as session:
        await session.press("1", ";")
        await session.type("glad")
        await session.press("enter")
        await session.type("the bees")
        await session.press("enter")

        assert session.app.main.writing
        assert "Hi Tom," in session.text
        assert "the bees" in session.text
        assert "{{" not in session.text


async def test_search_finds_while_typing_and_escape_goes_back(start: Start) -> None:
    async with start() as session:
        await session.press("2", "slash")
        await session.type("dark")
        assert session.subjects() == ["Idea: a dark mode"]

        await session.press("escape")

        assert session.subject == "Charged twice this month"
        assert len(session.subjects()) == 8


async def test_a_search_that_can_t_be_read_says_why_and_keeps_the_list(start: Start) -> None:
    async with start() as session:
        await session.press("slash")
        await session.type("before:never")

        assert session.app.is_running
        assert session.app.desk.trouble in " ".join(session.text.split())


async def test_quotes_are_folded_until_space(start: Start, company: Company, ws: Workspace) -> None:
    quoted = Letter(
        "Ana Ruiz <ana@ruiz.test>",
        "Re: Charged twice this month",
        "Any news?\n\nOn Mon, 23 Nov 2026 at 08:00, Ana from Acme <support@acme.test> wrote:\n"
        "> We look into it.\n> Ana\n",
        1,
        reply_to="<letter-3@customers.test>",
    )
    async with start() as session:
        company.receive(ws, quoted)
        await session.settle()
        await session.press("2", "enter")
        assert "quoted lines (space)" in session.text
        assert "We look into it." not in session.text

        await session.press("space")
        assert "We look into it." in session.text


async def test_the_cursor_stays_on_its_ticket_when_mail_comes_in_above(
    start: Start, company: Company, ws: Workspace
) -> None:
    async with start() as session:
        await session.press("3")
        company.receive(ws, Letter("z@z.test", "Refund!", "I was charged twice. Refund!", 1))
        await session.settle()

        assert session.subject == "Wie exportiere ich meine Liste?"
        assert "Refund!" in session.subjects()


async def test_a_change_by_another_process_appears(start: Start, ws: Workspace) -> None:
    async with start() as session:
        first = tickets.list_tickets(ws.store, tickets.Choice(), session.app.now(), 1)
        triage.close(ws, first, session.app.now())
        await session.settle()

        assert "Thanks!" not in session.subjects()


async def test_opening_marks_as_read(start: Start) -> None:
    async with start() as session:
        await session.press("2", "enter")

        assert not state_of(session, "Charged twice this month").unread


async def test_an_error_is_one_line_in_place(start: Start) -> None:
    async with start() as session:
        await session.press("z")

        assert "There is nothing to take back." in session.text


async def test_help_is_searched_and_enter_does_it(start: Start) -> None:
    async with start() as session:
        await session.press("question_mark")
        await session.type("jump to the ideas")
        await session.press("enter")

        assert session.subject == "Idea: a dark mode"


async def test_the_palette_does_what_its_command_says(start: Start) -> None:
    async with start() as session:
        await session.press("ctrl+p")
        await session.type("jump to the ideas")
        await session.pilot.pause(0.5)
        await session.press("enter")
        await session.press("enter")

        assert session.subject == "Idea: a dark mode"


async def test_the_mouse_opens_too(start: Start) -> None:
    async with start(size=(80, 24)) as session:
        await session.pilot.click("#queue", offset=(20, 4))
        await session.pilot.click("#queue", offset=(20, 4))
        await session.settle()

        assert session.app.main.reading
        assert session.subject == "Charged twice this month"


async def test_keys_of_the_configuration_count(start: Start, company: Company) -> None:
    company.write_config(keys='done = "d"')
    async with start() as session:
        await session.press("e")
        assert session.subject == "Thanks!"

        await session.press("d")
        assert session.subject == "Thank you so much"


def test_every_action_of_the_main_screen_does_something() -> None:
    elsewhere = {Group.COMPOSER, Group.REVIEW}
    assert {a.id for a in ACTIONS if a.group not in elsewhere} == set(ACTS)


async def test_the_footer_s_and_the_header_s_words_can_be_clicked(start: Start) -> None:
    async with start() as session:
        await session.press("j")
        await session.pilot.click("#header", offset=(45, 1))
        await session.settle()
        assert session.subject == "Wie exportiere ich meine Liste?"

        await session.pilot.click("#footer", offset=(3, 0))
        await session.settle()
        assert status_of(session, "Wie exportiere ich meine Liste?") is Status.CLOSED


async def test_words_typed_while_the_composer_opens_are_not_lost(start: Start) -> None:
    async with start() as session:
        await session.press("2")
        for letter in "rHello":
            session.app.post_message(Key(letter, letter))
        await session.settle()

        assert "Hello" in session.text


async def test_the_outbox_lists_what_is_on_its_way_and_takes_it_back(start: Start) -> None:
    async with start() as session:
        await session.press("2", "r")
        await session.type("Refunded")
        await session.press("ctrl+s", "enter", "g", "o")
        assert "waits in the outbox" in session.text
        assert "Re: Charged twice this month" in session.text

        await session.press("c", "escape")

        assert status_of(session, "Charged twice this month") is Status.OPEN
        await session.press("2", "enter")
        assert "draft kept" in session.text
