"""Search on the screen: hits are marked in the list and in the ticket, and one key apart."""

import pytest
from textual.geometry import Offset

from founder_inbox.tui.queue.desk import Place
from founder_inbox.tui.queue.search_bar import SearchBar
from tests.tui.company import Letter
from tests.tui.conftest import Session, Start

LONG = Letter(
    "Mia Sand <mia@sand.test>",
    "A long story",
    "\n\n".join(
        [
            "It began with an invoice in May.",
            *(f"Paragraph {number} says little." for number in range(60)),
            "Then came the second invoice.",
            *(f"Line {number} says less." for number in range(60)),
            "And so I ask about the third invoice, naïvely.",
        ]
    ),
    4,
)


def underlined(session: Session) -> list[str]:
    """What is marked as a hit on the screen, without asking for colours."""
    strips = session.app.screen._compositor.render_strips()
    return [
        segment.text
        for strip in strips
        for segment in strip
        if segment.style and segment.style.underline and segment.text.strip()
    ]


def here(session: Session) -> list[str]:
    """The hit the reader stands on."""
    talk = session.app.main.talk
    strips = [talk.render_line(y) for y in range(talk.size.height)]
    return [s.text for strip in strips for s in strip if s.style and s.style.reverse]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_a_hit_is_marked_in_the_list_with_its_line_and_not_by_colour_alone(
    start: Start, size: tuple[int, int]
) -> None:
    async with start(size=size) as session:
        await session.press("slash")
        await session.type("refund")

        assert session.subjects() == ["Charged twice this month"]
        assert "…" in session.text
        assert "refund" in underlined(session)


async def test_names_and_subjects_are_marked_where_they_were_looked_for(start: Start) -> None:
    async with start() as session:
        await session.press("slash")
        await session.type("from:ros subject:thank")

        assert underlined(session)[:2] == ["Ros", "Thank"]


async def test_the_row_below_belongs_to_its_ticket_for_keys_and_mouse(start: Start) -> None:
    async with start(size=(80, 24)) as session:
        await session.press("slash")
        await session.type("how")
        await session.press("enter")
        queue = session.app.main.queue
        assert len(session.subjects()) == 2
        assert queue.virtual_size.height == 4
        await session.press("j")
        second = session.subject
        await session.press("k")
        await session.pilot.click("#queue", offset=Offset(20, 3))
        await session.settle()

        assert session.subject == second


async def test_far_down_a_long_list_the_cursor_stays_in_view(start: Start) -> None:
    letters = tuple(
        Letter(f"P{n} <p{n}@x.test>", f"Question {n}", f"word number {n}") for n in range(40)
    )
    async with start(size=(80, 24), letters=letters) as session:
        await session.press("slash")
        await session.type("word")
        await session.press("enter", "end")
        assert session.subject in session.text
        await session.press("home", "pagedown", "pagedown")
        assert session.subject in session.text


async def test_a_found_ticket_opens_at_the_first_hit_and_n_and_p_go_on(start: Start) -> None:
    async with start(size=(80, 24), letters=(LONG,)) as session:
        await session.press("slash")
        await session.type("invoice")
        await session.press("enter", "enter")

        assert "It began with an invoice in May." in session.text
        assert "n next hit" in session.text
        await session.press("n")
        assert "Then came the second invoice." in session.text
        assert "hit 2 of 3" in session.text
        assert here(session) == ["invoice"]
        await session.press("n")
        assert "third invoice" in session.text
        await session.press("n")
        assert "hit 1 of 3" in session.text
        await session.press("p")
        assert "hit 3 of 3" in session.text


async def test_a_slash_in_a_ticket_looks_inside_it_as_one_types(start: Start) -> None:
    async with start(size=(80, 24), letters=(LONG,)) as session:
        await session.press("enter", "home", "slash")
        await session.type("naive")
        assert "naïvely" in session.text
        assert "1 hit" in session.text
        await session.press("enter")
        assert here(session) == ["naïve"]
        assert session.app.main.reading

        await session.press("escape")
        assert session.app.main.reading
        assert here(session) == []
        await session.press("escape")
        assert not session.app.main.reading


async def test_what_is_not_in_the_ticket_is_said_and_a_second_slash_searches_everything(
    start: Start,
) -> None:
    async with start(size=(80, 24)) as session:
        await session.press("2", "enter", "slash")
        await session.type("zebra")
        assert "Not in this ticket." in session.text
        await session.press("ctrl+u", "slash")
        await session.type("export")

        assert session.app.desk.place is Place.SEARCH
        assert session.subject == "Wie exportiere ich meine Liste?"


async def test_a_hit_in_a_folded_quote_unfolds_it(start: Start) -> None:
    quoting = Letter(
        "Q <q@x.test>", "Re: terms", "See below.\n\nOn Monday Ana wrote:\n> the walrus clause\n"
    )
    async with start(letters=(quoting,)) as session:
        await session.press("enter")
        assert "walrus" not in session.text
        await session.press("slash")
        await session.type("walrus")

        assert "walrus" in session.text


async def test_going_on_to_another_ticket_forgets_what_was_looked_for(start: Start) -> None:
    async with start(
        letters=(LONG, *(Letter("A <a@x.test>", "An invoice", "invoice"),))
    ) as session:
        await session.press("enter", "slash", *"invoice", "enter")
        assert underlined(session) or here(session)
        await session.press("escape", "escape", "j")

        assert underlined(session) == []


async def test_a_search_that_can_t_be_read_is_explained_and_loses_nothing(start: Start) -> None:
    async with start() as session:
        await session.press("slash")
        await session.type("export is:opne")

        assert "after is: comes one of" in session.text
        assert session.app.main.query_one(SearchBar).field.value == "export is:opne"
        assert session.subjects()
