"""Customers in Junk, on the screen: named when support opens, brought back after a yes."""

from datetime import timedelta

from founder_inbox.app.syncing.junk import Found, keep_look, known_in_junk
from founder_inbox.core.sync.junk import JunkMail
from tests.tui.conftest import Start

WORDS = "1 mail from somebody you know lies in Junk"


async def test_a_known_customer_in_junk_is_named_listed_and_brought_back(start: Start) -> None:
    async with start() as session:
        now = session.app.main.desk.now()
        mail = JunkMail(1, 1, "<j@x.test>", "Tom", "tom@x.test", "Still empty", 9, now)
        keep_look(session.ws, Found(now - timedelta(hours=1), [mail]))
        assert WORDS in " ".join(session.app.main.session.begin())

        session.app.main.run("rescue")
        await session.settle()
        assert "Tom: Still empty" in session.text
        await session.press("escape")
        assert known_in_junk(session.ws) == [mail]

        session.app.main.run("rescue")
        await session.settle()
        await session.press("enter")
        assert "They come back into the inbox now." in session.text
        assert known_in_junk(session.ws) == []


async def test_where_nobody_known_lies_in_junk_it_says_so(start: Start) -> None:
    async with start() as session:
        session.app.main.run("rescue")
        await session.settle()
        assert "Nobody you know lies in Junk." in session.text
