"""The thread that writes: in order, with errors as words, and nothing lost at the end."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from founder_inbox.app.workspace import Workspace
from founder_inbox.errors import BadInput
from founder_inbox.system.paths import Paths
from founder_inbox.tui.widgets.writer import Writer


def at_once(outcome: Callable[[], None]) -> None:
    outcome()


def refuse(_ws: Workspace) -> None:
    raise BadInput("A tag needs a name.")


def stumble(_ws: Workspace) -> None:
    raise ZeroDivisionError("secret@customer.test")


def test_work_is_done_in_order_and_the_rest_before_the_end(ws: Workspace) -> None:
    done: list[int] = []
    writer = Writer(ws, at_once)
    for number in range(20):
        writer.submit(lambda _ws, n=number: n, done.append, done.clear)  # type: ignore[misc, arg-type]
    writer.close()

    assert done == list(range(20))


def test_an_error_comes_back_as_its_words_and_the_next_work_is_done(ws: Workspace) -> None:
    said: list[str] = []
    writer = Writer(ws, at_once)
    writer.submit(refuse, lambda _: None, said.append)
    writer.submit(stumble, lambda _: None, said.append)
    writer.submit(lambda _ws: "done", said.append, said.append)
    writer.close()

    assert said[0] == "A tag needs a name."
    assert "secret@customer.test" not in said[1]
    assert said[2] == "done"


def test_where_nothing_can_be_written_all_work_fails_with_the_reason(
    ws: Workspace, tmp_path: Path
) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("not a folder")
    said: list[str] = []
    writer = Writer(replace(ws, paths=Paths(ws.paths.config, blocked)), at_once)
    writer.submit(lambda _ws: "done", said.append, said.append)
    writer.close()

    assert "Can't write" in said[0]
