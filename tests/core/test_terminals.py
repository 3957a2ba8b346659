"""What is said of a terminal: what it can show, and which keys somebody else takes."""

import pytest

from founder_inbox.core.checks import State
from founder_inbox.core.terminals import Terminal, look_at_terminal

PLAIN = {"TERM": "xterm-256color"}


def names(found: Terminal) -> list[tuple[str, State]]:
    return [(check.name, check.state) for check in look_at_terminal(found)]


def test_a_good_terminal_is_one_line() -> None:
    [check] = look_at_terminal(Terminal("utf-8", 80, 24, {"COLORTERM": "truecolor"}, 2))

    assert check.state is State.OK
    assert check.words == "80 x 24, utf-8, 16 million colours"


@pytest.mark.parametrize(
    ("encoding", "columns", "lines", "state"),
    [
        ("utf-8", 80, 24, State.OK),
        ("UTF8", 60, 15, State.OK),
        ("ascii", 80, 24, State.NOTE),
        ("utf-8", 59, 24, State.NOTE),
        ("utf-8", 80, 14, State.NOTE),
    ],
)
def test_encoding_and_size_are_judged(
    encoding: str, columns: int, lines: int, state: State
) -> None:
    assert names(Terminal(encoding, columns, lines, PLAIN)) == [("terminal", state)]


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"NO_COLOR": "1", "COLORTERM": "truecolor"}, "no colours, as NO_COLOR says"),
        ({"TERM": "xterm-256color"}, "256 colours"),
        ({"TERM": "dumb"}, "no colours"),
        ({"TERM": "vt100"}, "few colours"),
    ],
)
def test_the_colours_are_told(environment: dict[str, str], says: str) -> None:
    [check] = look_at_terminal(Terminal("utf-8", 80, 24, environment))

    assert check.words.endswith(says)


@pytest.mark.parametrize(
    ("environment", "key"),
    [
        ({"TMUX": "/tmp/tmux-0/default,1,0"}, "ctrl+b"),
        ({"STY": "1.pts"}, "ctrl+a"),
        ({"TERM_PROGRAM": "vscode"}, "ctrl+p"),
        ({"TERM_PROGRAM": "Apple_Terminal"}, "alt"),
    ],
)
def test_keys_that_somebody_takes_are_named(environment: dict[str, str], key: str) -> None:
    ok, note = look_at_terminal(Terminal("utf-8", 80, 24, environment))

    assert (ok.state, note.name, note.state) == (State.OK, "keys", State.NOTE)
    assert key in note.words
    assert note.advice


def test_an_emoji_of_another_width_is_said() -> None:
    assert ("emoji", State.NOTE) in names(Terminal("utf-8", 80, 24, PLAIN, 1))
    assert names(Terminal("utf-8", 80, 24, PLAIN, None)) == [("terminal", State.OK)]
