"""A misspelled word is named beside the draft, put right with one key, or kept with another."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from founder_inbox.system import speller
from tests.tui.company import Company
from tests.tui.conftest import Session, Start

WORDS = "the refund is on its way and you will receive a message from us"


@pytest.fixture(autouse=True)
def dictionary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A small one of our own."""
    (tmp_path / "en_US.aff").write_text("SET UTF-8\nTRY esianrtolcdugmphbyfvkwz\n")
    (tmp_path / "en_US.dic").write_text("\n".join(["99", *WORDS.split()]) + "\n")
    monkeypatch.setenv("DICPATH", str(tmp_path))
    speller.dictionaries.cache_clear()
    yield
    speller.dictionaries.cache_clear()


async def judged(session: Session, words: str, *, there: bool = True) -> None:
    """Until the margin says it, or says it no more."""
    for _ in range(200):
        await session.settle()
        if (words in session.text) is there:
            return
    raise AssertionError(session.text)


async def test_a_misspelled_word_is_put_right_with_one_key(start: Start) -> None:
    async with start() as session:
        await session.press("2", "r")
        await session.type("You will recieve the refund.")
        await judged(session, "recieve”")
        await judged(session, "→ receive")
        await session.press("f7")
        assert "You will receive the refund." in session.text
        await judged(session, "→ receive", there=False)


async def test_a_word_that_is_right_is_kept_for_ever(start: Start, company: Company) -> None:
    async with start() as session:
        await session.press("2", "r")
        await session.type("You will recieve the refund.")
        await judged(session, "recieve”")
        await session.press("f9")
        await judged(session, "→ receive", there=False)
        assert (company.folder / "words.txt").read_text() == "recieve\n"


async def test_it_can_be_switched_off(start: Start, company: Company) -> None:
    config = company.folder / "config.toml"
    config.write_text(config.read_text() + "\n[sending]\nspelling = false\n")
    async with start() as session:
        await session.press("2", "r")
        await session.type("You will recieve the refund, you should have read the manual.")
        await judged(session, "should have")
        assert "→ receive" not in session.text
        await session.press("f7")
        assert "no misspelled word" in session.text
