"""Where a password comes from."""

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from founder_inbox.errors import CannotWrite, LoginRefused
from founder_inbox.system.config import Server
from founder_inbox.system.secrets import Secret, keep_in_file, password_from_command, secret_for

SECRET = "correct horse ✓"


def password_for(username: str, command: list[str] | None) -> str:
    way = Server(host="mail.acme.test", password_command=command)
    return secret_for(username, way, Path()).words


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


def in_file(path: Path) -> str:
    way = Server(host="mail.acme.test", password_file=path.name)
    return secret_for("ana", way, path.parent).words


def test_a_password_file_is_written_for_its_owner_alone_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "mail-password"
    keep_in_file(path, SECRET)
    keep_in_file(path, SECRET + "2")

    assert in_file(path) == SECRET + "2"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_password_file_that_others_may_read_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "mail-password"
    path.write_text(SECRET)
    path.chmod(0o640)
    with pytest.raises(LoginRefused, match="chmod 600") as refused:
        in_file(path)

    assert "horse" not in str(refused.value)


def test_a_password_file_that_is_missing_or_empty_is_said(tmp_path: Path) -> None:
    with pytest.raises(LoginRefused, match=r"can't be read.*password_file"):
        in_file(tmp_path / "mail-password")
    keep_in_file(tmp_path / "mail-password", "")
    with pytest.raises(LoginRefused, match="is empty"):
        in_file(tmp_path / "mail-password")


def test_a_password_that_can_not_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match="Nothing was saved"):
        keep_in_file(tmp_path / "file" / "mail-password", SECRET)


def test_a_secret_does_not_show_itself() -> None:
    assert SECRET not in repr(Secret(SECRET))
