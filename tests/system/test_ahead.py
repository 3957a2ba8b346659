"""One thing is got while another is used, never more, and nothing goes on behind our back."""

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from founder_inbox.system.ahead import one_ahead


def never() -> None:
    raise AssertionError("nobody was waited for")


def test_the_next_is_got_while_one_is_used_and_no_further() -> None:
    begun = [threading.Event() for _ in range(4)]

    def source() -> Iterator[int]:
        for number, event in enumerate(begun):
            event.set()
            yield number

    with closing(one_ahead(source(), never)) as items:
        assert next(items) == 0
        assert begun[1].wait(10)
        assert not begun[2].is_set()
        assert list(items) == [1, 2, 3]


def test_what_fails_while_getting_fails_when_its_turn_comes() -> None:
    def source() -> Iterator[int]:
        yield 1
        raise KeyError("line")

    with closing(one_ahead(source(), never)) as items:
        assert next(items) == 1
        with pytest.raises(KeyError, match="line"):
            next(items)


def test_leaving_early_cuts_what_is_being_waited_for_and_leaves_no_thread() -> None:
    before = threading.active_count()
    line = threading.Event()

    def source() -> Iterator[int]:
        yield 1
        line.wait(10)
        yield 2

    with closing(one_ahead(source(), line.set)) as items:
        next(items)

    assert line.is_set()
    assert threading.active_count() == before


def test_nothing_gives_nothing() -> None:
    with closing(one_ahead(iter(()), never)) as items:
        assert list(items) == []
