"""What is copied is what is read, and a program put aside comes back."""

from tests.tui.company import Letter
from tests.tui.conftest import Start


async def test_a_mail_an_address_and_an_id_are_copied(start: Start) -> None:
    async with start() as session:
        await session.press("2", "enter", "Y")
        assert session.app.clipboard.startswith("Hi, I was charged twice")
        assert "Copied 4 lines." in session.text
        session.app.main.run("copy_address")
        assert session.app.clipboard == "ana@ruiz.test"
        session.app.main.run("copy_id")
        assert session.app.clipboard == f"#{session.ticket.id}"


async def test_what_is_copied_does_nothing_to_a_shell(start: Start) -> None:
    evil = Letter("Eve <eve@evil.test>", "Hi", "ls\x1b[201~\x07\x9d52;c;x\x9c\u202eend")
    async with start(letters=(evil,)) as session:
        await session.press("Y")
        assert not set(session.app.clipboard) & set("\x1b\x07\x9d\x9c\u202e")


async def test_with_no_ticket_there_is_nothing_to_copy(start: Start) -> None:
    async with start(letters=()) as session:
        await session.press("Y")
        assert "no words here" in session.text
