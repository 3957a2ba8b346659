"""A child process that answers in frames."""

import os
import signal
import sys
from collections.abc import Iterator

import pytest

from founder_inbox.system.own_process import bare_environment
from founder_inbox.system.worker import Worker, WorkerGone

ECHO = """
import sys
while head := sys.stdin.buffer.read(4):
    data = sys.stdin.buffer.read(int.from_bytes(head, "big"))
    if data == b"end":
        sys.exit(7)
    if data != b"nothing":
        sys.stdout.buffer.write(head + data)
        sys.stdout.buffer.flush()
"""


@pytest.fixture
def echo() -> Iterator[Worker]:
    worker = Worker([sys.executable, "-c", ECHO], bare_environment())
    yield worker
    worker.end()


def test_answers_come_in_the_order_of_the_questions(echo: Worker) -> None:
    questions = [b"a" * length for length in (0, 1, 70_000, 3_000_000, 2)]
    for question in questions:
        echo.send(question[:1], question[1:])

    assert [echo.receive(20) for _ in questions] == questions


def test_more_can_be_sent_than_the_pipes_hold_while_nobody_reads(echo: Worker) -> None:
    large = bytes(5_000_000)
    for _ in range(4):
        echo.send(large)

    assert [echo.receive(20) == large for _ in range(4)] == [True] * 4


def test_no_answer_in_time_is_none_and_the_next_question_still_works(echo: Worker) -> None:
    echo.send(b"nothing")
    assert echo.receive(0.01) is None

    echo.send(b"here")
    assert echo.receive(20) == b"here"


def test_a_child_that_ends_says_how_after_its_last_answer(echo: Worker) -> None:
    echo.send(b"last")
    echo.send(b"end")

    assert echo.receive(20) == b"last"
    with pytest.raises(WorkerGone) as gone:
        echo.receive(20)
    assert gone.value.code == 7


def test_a_child_that_is_killed_says_by_what(echo: Worker) -> None:
    os.kill(echo.pid, signal.SIGKILL)

    with pytest.raises(WorkerGone) as gone:
        echo.receive(20)
    assert gone.value.code == -signal.SIGKILL


def test_a_length_out_of_all_proportion_ends_the_child() -> None:
    shout = (
        "import sys; sys.stdout.buffer.write(b'\\xff' * 9); sys.stdout.flush(); sys.stdin.read()"
    )
    worker = Worker([sys.executable, "-c", shout], bare_environment())

    with pytest.raises(WorkerGone, match="nonsense"):
        worker.receive(20)


def test_what_can_not_be_started_is_gone_at_once() -> None:
    with pytest.raises(WorkerGone, match="No such file"):
        Worker(["/nonexistent/program"], {})


def test_a_child_has_a_session_of_its_own_and_ends_for_good(echo: Worker) -> None:
    assert os.getsid(echo.pid) != os.getsid(0)

    echo.end()
    with pytest.raises(ProcessLookupError):
        os.kill(echo.pid, 0)


def test_no_secret_of_our_environment_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "hunter2")

    assert "hunter2" not in bare_environment().values()
    assert "PYTHONPATH" in bare_environment()
