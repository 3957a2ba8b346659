"""A real database file for each test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from founder_inbox.store.database import Store, open_store

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def at(minutes: float) -> datetime:
    """That many minutes after noon."""
    return NOON + timedelta(minutes=minutes)


@pytest.fixture
def opened() -> Iterator[Callable[[Path], Store]]:
    """Opens databases; closes them when the test ends."""
    with ExitStack() as stack:

        def open_one(path: Path) -> Store:
            store = open_store(path)
            stack.callback(store.close)
            return store

        yield open_one


@pytest.fixture
def store(tmp_path: Path, opened: Callable[[Path], Store]) -> Store:
    """An empty database."""
    return opened(tmp_path / "data" / "inbox.db")
