"""Where a password comes from."""

import sys
from collections.abc import Sequence

import pytest

from founder_inbox.errors import LoginRefused
from founder_inbox.system.secrets import password_for, password_from_command

SECRET = "correct horse ✓"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_the_first_line_a_command_prints_is_the_password() -> None:
    assert password_for("ana", python(f"print({SECRET!r}); print('login: ana')")) == SECRET
    assert password_for("ana", python(f"print({SECRET!r}, end='')")) == SECRET
    assert password_for("ana", python("print('  spaces stay ')")) == "  spaces stay "
    assert password_for("ana", python("print('dos', end='\\r\\n')")) == "dos"


def test_only_a_line_break_ends_the_password() -> None:
    assert password_for("ana", python(r"print('a\x0bb\x1cc\u2028d')")) == "a\x0bb\x1cc\u2028d"


@pytest.mark.parametrize(
    "command",
    [
        python(f"print({SECRET!r}); raise SystemExit(1)"),
        python(f"import sys; sys.exit({SECRET!r})"),
        python("pass"),
        python("print()"),
        ["/nonexistent/program"],
        ["/"],
        [""],
        ["echo", "a\0b"],
    ],
)
def test_a_command_that_gives_none_is_refused_without_a_word_of_its_output(
    command: Sequence[str],
) -> None:
    with pytest.raises(LoginRefused, match="No password for ana") as refused:
        password_from_command(list(command), "ana")

    assert "untouched" in str(refused.value)
    assert "horse" not in str(refused.value)


def test_a_command_reads_nothing_from_the_terminal() -> None:
    assert password_for("ana", python("import sys; print(repr(sys.stdin.read()))")) == "''"


def test_without_a_keyring_it_says_what_to_set() -> None:
    with pytest.raises(LoginRefused, match=r"no usable keyring.*password_command"):
        password_for("ana", None)
