"""Reading on a thread of its own: told once, and ended when nobody waits for it."""

import threading
from collections.abc import Callable

from founder_inbox.app.workspace import Workspace
from founder_inbox.errors import BadInput
from founder_inbox.tui.widgets.reader import Reader

# Counts for minutes, in one query.
ENDLESS = """
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000000000)
    select max(i) from n
"""


def at_once(outcome: Callable[[], None]) -> None:
    outcome()


def find(_ws: Workspace) -> str:
    return "read"


def refuse(_ws: Workspace) -> str:
    raise BadInput("That is no day.")


def stumble(_ws: Workspace) -> str:
    raise ZeroDivisionError("secret@customer.test")


def test_what_was_read_comes_back_and_so_do_errors_in_words(ws: Workspace) -> None:
    said: list[str] = []
    reader = Reader(ws, at_once)
    for work in (find, refuse, stumble):
        reader.read(work, said.append, said.append)
        reader.settle()

    assert said[:2] == ["read", "That is no day."]
    assert "secret" not in said[2]


def test_a_long_query_ends_when_it_is_cancelled_and_tells_nothing(ws: Workspace) -> None:
    begun = threading.Event()
    said: list[object] = []

    def endless(own: Workspace) -> object:
        begun.set()
        return own.store.rows(ENDLESS)

    reader = Reader(ws, at_once)
    reader.read(endless, said.append, said.append)
    begun.wait()
    reader.cancel()
    while reader.runs:  # an interruption before the query began ends nothing
        reader.cancel()
    assert said == []


def test_a_newer_reading_takes_the_place_of_the_one_before(ws: Workspace) -> None:
    said: list[str] = []
    may_go = threading.Event()

    def slow(_ws: Workspace) -> str:
        may_go.wait()
        return "first"

    reader = Reader(ws, at_once)
    reader.read(slow, said.append, said.append)
    first = reader.thread
    reader.read(lambda _ws: "second", said.append, said.append)
    reader.settle()
    may_go.set()
    assert first is not None
    first.join()

    assert said == ["second"]
