"""The process that reads foreign mail: the same answers, its limits, and its end."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.app.reading.parser import (
    BREAKS_US,
    LARGEST_MAIL,
    ORDINARY,
    TOO_HUNGRY,
    TOO_LARGE,
    TOO_SLOW,
    MailParser,
    ParserUnavailable,
    Unreadable,
    parser_command,
    process_parser,
)
from founder_inbox.core.mime.reader import attachment_bytes, parse
from founder_inbox.system import clock
from tests.app import poison
from tests.app.letters import letter
from tests.core.mail_files import all_mails, own_mail

MakeParser = Callable[..., MailParser]
LATIN = st.text(alphabet=st.characters(max_codepoint=255)).map(lambda s: s.encode("latin-1"))

PARENT = """
import sys
from founder_inbox.app.reading.parser import process_parser
process_parser().prove()
print(process_parser().pid, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def make_parser() -> Iterator[MakeParser]:
    """Parsers of other commands, ended with the test."""
    with ExitStack() as stack:

        def make(command: list[str] | None = None, patience: float = 20.0) -> MailParser:
            parser = MailParser(command, patience=patience)
            stack.callback(parser.end)
            return parser

        yield make


def until(true: Callable[[], bool]) -> None:
    deadline = clock.monotonic() + 20
    while not true():
        assert clock.monotonic() < deadline
        clock.wait(0.01)


def is_gone(pid: int) -> bool:
    """Whether a process has ended; a container may lack somebody who buries it."""
    words = ["ps", "-o", "stat=", "-p", str(pid)]
    state = subprocess.run(words, check=False, capture_output=True, text=True)
    return state.stdout.strip()[:1] in {"", "Z"}


def test_mails_of_all_kinds_read_the_same_in_the_process_as_here() -> None:
    mails = list(all_mails())[::5]
    with process_parser().parse_all([raw for _, raw in mails]) as readings:
        while reading := readings.wait():
            name, raw = mails[reading.place]
            assert (reading.failure, reading.mail) == (None, parse(raw)), name


@given(st.binary(max_size=400) | st.builds(lambda a, b: a + b"\nContent-Type: " + b, LATIN, LATIN))
def test_any_bytes_read_the_same_in_the_process_as_here(raw: bytes) -> None:
    assert process_parser().parse(raw) == parse(raw)


def test_attachments_come_out_the_same() -> None:
    raw = own_mail("attachments_with_hostile_names")
    parts = [a.part for a in parse(raw).attachments]

    assert [process_parser().attachment(raw, part) for part in parts] == [
        attachment_bytes(raw, part) for part in parts
    ]
    assert process_parser().attachment(raw, 2**32 - 1) == b""


def test_the_answers_come_in_order_and_the_process_is_kept() -> None:
    raws = [letter(f"Question {number}") for number in range(120)]
    process_parser().prove()
    pid = process_parser().pid
    with process_parser().parse_all(raws) as readings:
        found = [readings.wait() for _ in raws]
        assert readings.wait() is None

    assert [r.mail.subject for r in found if r] == [f"Question {number}" for number in range(120)]
    assert process_parser().pid == pid


def test_answers_that_nobody_waits_for_any_more_do_not_come_later() -> None:
    with process_parser().parse_all([letter("Old")] * 9) as readings:
        readings.wait()

    assert process_parser().parse(letter("New")).subject == "New"


def subjects(parser: MailParser, raws: list[bytes]) -> list[str]:
    with parser.parse_all(raws) as readings:
        return [reading.mail.subject for reading in iter(readings.wait, None)]


def numbered(name: str, count: int) -> list[bytes]:
    return [letter(f"{name} {number}") for number in range(count)]


def test_what_was_read_ahead_answers_the_questions_it_was_read_for() -> None:
    one, two = numbered("One", 60), numbered("Two", 60)
    parser = process_parser()
    parser.prove()
    pid = parser.pid
    parser.read_ahead(one)
    parser.read_ahead(two)

    assert subjects(parser, one) == [f"One {number}" for number in range(60)]
    assert subjects(parser, two) == [f"Two {number}" for number in range(60)]
    assert parser.pid == pid


def test_another_question_gets_its_own_answer_and_not_one_that_was_read_ahead() -> None:
    ahead = numbered("Ahead", 9)
    parser = process_parser()
    parser.read_ahead(ahead)
    assert parser.parse(letter("Between")).subject == "Between"
    assert subjects(parser, ahead) == [f"Ahead {number}" for number in range(9)]

    parser.read_ahead(ahead)
    raw = own_mail("attachments_with_hostile_names")
    part = parse(raw).attachments[0].part
    assert parser.attachment(raw, part) == attachment_bytes(raw, part)
    assert subjects(parser, ahead) == [f"Ahead {number}" for number in range(9)]


def test_a_mail_that_breaks_the_process_takes_none_of_those_read_ahead_with_it(
    make_parser: MakeParser,
) -> None:
    parser = make_parser(poison.poison_command())
    one = [letter("One"), letter("Bad", poison.ENDS.decode()), letter("Two")]
    two = numbered("Next", 5)
    parser.read_ahead(one)
    parser.read_ahead(two)

    assert subjects(parser, one) == ["One", "Two", "Bad"]
    assert subjects(parser, two) == [f"Next {number}" for number in range(5)]


def test_nothing_is_read_ahead_where_no_mail_can_be_read(make_parser: MakeParser) -> None:
    parser = make_parser(["/nonexistent"])
    parser.read_ahead([letter()])
    with pytest.raises(ParserUnavailable, match="does not work"):
        subjects(parser, [letter()])


def test_a_mail_over_the_limit_is_left_out_ahead_and_said_with_the_others(
    make_parser: MakeParser,
) -> None:
    parser = make_parser()
    raws = [letter("Before"), bytes(LARGEST_MAIL + 1), letter("Behind")]
    parser.read_ahead(raws)
    with parser.parse_all(raws) as readings:
        found = {r.place: r.failure for r in iter(readings.wait, None)}

    assert found == {0: None, 1: TOO_LARGE, 2: None}


def test_ctrl_c_at_the_terminal_does_not_reach_the_process() -> None:
    process_parser().prove()
    pid = process_parser().pid
    assert pid is not None
    os.kill(pid, signal.SIGINT)

    process_parser().prove()
    assert process_parser().pid == pid
    assert os.getsid(pid) != os.getsid(0)


def test_a_mail_that_needs_more_memory_than_allowed_fails_and_the_next_is_read(
    make_parser: MakeParser,
) -> None:
    parser = make_parser(parser_command(megabytes=100))
    with pytest.raises(Unreadable, match=TOO_HUNGRY):
        parser.parse(ORDINARY + b"x" * 80_000_000)  # no room for the bytes alone
    with pytest.raises(Unreadable, match=TOO_HUNGRY):
        parser.attachment(ORDINARY[:-9] + b"eHh4" * 10_000_000, 1)  # only when decoded

    assert parser.parse(letter("Next")).subject == "Next"


def test_a_mail_that_takes_too_much_of_the_processor_fails_and_the_next_is_read(
    make_parser: MakeParser,
) -> None:
    parser = make_parser(parser_command(seconds=0.02))
    slow = (
        b"Content-Type: text/html\n\n" + b"<table><tr><td><a href=http://x.test>x</a><b>" * 40_000
    )
    with pytest.raises(Unreadable, match=TOO_SLOW):
        parser.parse(slow)

    assert parser.parse(letter("Next")).subject == "Next"


def test_a_mail_over_the_limit_is_not_even_tried(make_parser: MakeParser) -> None:
    parser = make_parser(["/nonexistent"])
    with pytest.raises(Unreadable, match=TOO_LARGE):
        parser.parse(bytes(LARGEST_MAIL + 1))
    with pytest.raises(Unreadable, match=TOO_LARGE):
        parser.attachment(bytes(LARGEST_MAIL + 1), 0)


@pytest.mark.parametrize(
    ("marker", "reason"),
    [
        (poison.HANGS, TOO_SLOW),
        (poison.ENDS, BREAKS_US),
        (poison.STARVES, TOO_HUNGRY),
        (poison.SHOUTS, BREAKS_US),
        (poison.LIES, BREAKS_US),
    ],
)
def test_whatever_a_mail_does_to_the_process_its_neighbours_are_read_before_it_fails(
    make_parser: MakeParser, marker: bytes, reason: str
) -> None:
    parser = make_parser(poison.poison_command(), patience=1.0)
    raws = [letter("One"), letter("Bad", marker.decode()), letter("Two"), letter("Three")]
    with parser.parse_all(raws) as readings:
        found = [readings.wait() for _ in raws]
        assert readings.wait() is None

    assert [r.mail.subject for r in found if r] == ["One", "Two", "Three", "Bad"]
    assert [r.failure for r in found if r] == [None, None, None, reason]
    assert found[-1] is not None
    assert reason in found[-1].mail.warnings[0]


def test_many_bad_mails_in_a_row_are_each_their_own_fault(make_parser: MakeParser) -> None:
    parser = make_parser(poison.poison_command())
    raws = [letter(f"Bad {i}", poison.ENDS.decode()) for i in range(5)]
    with parser.parse_all(raws) as readings:
        found = [readings.wait() for _ in raws]

    assert [r.failure for r in found if r] == [BREAKS_US] * 5


@pytest.mark.parametrize("way", ["dies", "mute", "stranger"])
def test_where_no_mail_can_be_read_no_mail_is_blamed(make_parser: MakeParser, way: str) -> None:
    parser = make_parser(poison.poison_command(way))
    with (
        pytest.raises(ParserUnavailable, match="does not work"),
        parser.parse_all([letter()] * 9) as some,
    ):
        some.wait()

    assert not parser.works
    with pytest.raises(ParserUnavailable):
        parser.prove()
    assert parser.pid is None


def test_a_program_that_can_not_be_started_is_said_in_words(make_parser: MakeParser) -> None:
    with pytest.raises(ParserUnavailable, match="No such file") as error:
        make_parser(["/nonexistent/python"]).parse(letter())

    assert "Mail is fetched and kept" in str(error.value)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_the_process_ends_with_its_parent_however_that_ends(how: signal.Signals) -> None:
    command = [sys.executable, "-c", PARENT]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert not is_gone(child)
        parent.send_signal(how)
        parent.wait()
        until(lambda: is_gone(child))


def test_a_command_that_is_done_leaves_no_process_behind() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PARENT], input="", capture_output=True, text=True, check=True
    )

    assert done.stderr == ""
    until(lambda: is_gone(int(done.stdout)))
