"""A long ticket begins with its newest words."""

from dataclasses import replace

from tests.tui.company import LETTERS, Letter
from tests.tui.conftest import Start

LONG = tuple(
    Letter(
        "Lee Whitcombe <lee@whitcombe.test>",
        "Everything is down",
        f"It is down, and this is mail {number} about it.\n\n" + "More.\n" * 9,
        20 - number,
        reply_to="<letter-1@customers.test>" if number else "",
    )
    for number in range(12)
)


async def test_the_first_ticket_on_the_screen_begins_with_its_newest_mail(start: Start) -> None:
    async with start(letters=LONG) as session:
        assert "this is mail 11 about it" in session.text
        assert "this is mail 0 about it" not in session.text


async def test_so_does_a_long_one_after_a_short_one(start: Start) -> None:
    async with start(letters=(*LONG, *LETTERS)) as session:
        for _ in range(len(LETTERS)):
            if session.subject == LONG[0].subject:
                break
            await session.press("j")

        assert "this is mail 11 about it" in session.text
        assert "this is mail 0 about it" not in session.text


async def test_a_smaller_window_still_shows_the_newest_words_but_not_to_who_has_scrolled(
    start: Start,
) -> None:
    async with start(size=(200, 60), letters=LONG) as session:
        await session.pilot.resize_terminal(120, 24)
        await session.settle()
        assert "this is mail 11 about it" in session.text

        await session.press("enter", "home")
        await session.pilot.resize_terminal(120, 20)
        await session.settle()
        assert "this is mail 0 about it" in session.text


async def test_quotes_unfold_around_the_newest_words(start: Start) -> None:
    quote = "\n\nOn Monday Ana wrote:\n" + "> quoted\n" * 12
    letters = tuple(replace(letter, text=letter.text + quote) for letter in LONG)
    async with start(letters=letters) as session:
        await session.press("space")
        assert "this is mail 11 about it" in session.text
        assert "> quoted" in session.text
        await session.press("space")
        assert "this is mail 11 about it" in session.text
        assert "> quoted" not in session.text
