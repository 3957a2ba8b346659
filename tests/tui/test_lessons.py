"""What support taught, on the screen: the FAQ, what was given, and the week."""

from pathlib import Path

import pytest

from founder_inbox.app.knowledge.article_writing import write_article
from founder_inbox.app.knowledge.articles import load_articles
from founder_inbox.app.knowledge.export import PAGE
from founder_inbox.app.queue.goodwill import give, read_asked
from founder_inbox.tui.knowledge.digest_screen import DigestScreen
from founder_inbox.tui.knowledge.faq_screen import ArticleScreen, FaqScreen, read_shelf
from founder_inbox.tui.knowledge.ledger_screen import LedgerScreen
from founder_inbox.tui.queue.desk import Place
from tests.tui.company import Company
from tests.tui.conftest import Start


async def test_an_article_is_read_published_and_exported(
    start: Start, company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with start(size=(80, 24)) as session:
        await session.press("3")
        write_article(session.ws, session.ticket, "export", company.clock())
        await session.press("g", "k")
        assert isinstance(session.app.screen, FaqScreen)
        assert "draft" in session.text
        assert "never used" in session.text

        await session.press("enter")
        assert isinstance(session.app.screen, ArticleScreen)
        await session.press("escape")
        await session.press("p")
        assert "answers offer it now" in session.text
        await session.press("p", "x")
        await session.type("s")
        await session.press("enter")

        [article] = load_articles(session.ws)
        assert not article.draft
        assert article.title in (tmp_path / "s" / PAGE).read_text()
        (company.folder / "faq" / "broken.md").write_text("---\ntitle\n")
        shelf = read_shelf(session.ws)
        assert [one.title for one in shelf.articles] == [article.title]
        assert "broken.md" in shelf.trouble


async def test_the_ledger_has_its_months_and_opens_the_ticket(
    start: Start, company: Company
) -> None:
    async with start(size=(80, 24)) as session:
        await session.press("g", "dollar_sign")
        assert "Nothing was given yet." in session.text
        await session.press("escape", "2")
        ticket = session.ticket
        give(
            session.ws, ticket, read_asked(session.ws, "20 EUR credit, the export"), company.clock()
        )
        await session.press("g", "dollar_sign")
        assert isinstance(session.app.screen, LedgerScreen)
        assert "20 EUR  in 1" in session.text
        await session.press("enter")

        assert session.app.desk.place is Place.FIGURE
        assert session.ticket.id == ticket.id


async def test_the_week_is_shown_masked_and_copied(start: Start) -> None:
    async with start() as session:
        await session.press("g", "r")
        assert isinstance(session.app.screen, DigestScreen)
        assert "# Support, " in session.text
        assert "Nils" in session.text
        await session.press("m")
        assert "Nils" not in session.text
        assert "A customer" in session.text
        await session.press("y")
        assert "# Support, " in session.app.clipboard
        await session.press("left")
        assert "A quiet week" in session.text
        await session.press("right", "right", "right")
        assert "23 Nov to 29 Nov" in session.text
        assert isinstance(session.app.screen, DigestScreen)
