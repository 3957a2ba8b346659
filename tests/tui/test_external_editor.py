"""Writing in the founder's own editor: real processes, a private file, a draft that survives."""

import sys
import tempfile
from pathlib import Path

import pytest

from founder_inbox.errors import BadInput
from founder_inbox.tui.widgets.external_editor import edit_outside, editor_command, run_editor
from tests.tui.stage import CONTROLS, Stage


def editor(tmp_path: Path, code: str) -> list[str]:
    """A small editor in Python; `file` is what it was given."""
    script = tmp_path / "editor.py"
    head = "import sys\nfrom pathlib import Path\nfile = Path(sys.argv[-1])\n"
    script.write_text(head + code + "\n", "utf-8")
    return [sys.executable, str(script)]


def test_what_was_written_comes_back(tmp_path: Path) -> None:
    code = "file.write_text(file.read_text('utf-8') + ' and ü\\n', 'utf-8')"

    assert run_editor(editor(tmp_path, code), "draft") == "draft and ü"


def test_a_file_replaced_as_some_editors_do_comes_back(tmp_path: Path) -> None:
    code = "new = file.with_suffix('.new'); new.write_text('new'); new.replace(file)"

    assert run_editor(editor(tmp_path, code), "draft") == "new"


def test_the_file_is_the_founder_s_alone_and_gone_afterwards(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    code = (
        f"seen = Path({str(seen)!r})\n"
        "modes = [oct(path.stat().st_mode & 0o777) for path in (file, file.parent)]\n"
        "seen.write_text(' '.join([*modes, str(file)]))"
    )
    run_editor(editor(tmp_path, code), "draft")

    mode, folder_mode, path = seen.read_text().split(" ")
    assert (mode, folder_mode) == ("0o600", "0o700")
    assert not Path(path).exists()
    assert not Path(path).parent.exists()


def test_control_characters_stay_in_the_editor(tmp_path: Path) -> None:
    code = "file.write_bytes(b'a\\x1b[2Jb\\r\\nc\\x9b31m\\xff\\xe2\\x80\\xaed\\n')"
    text = run_editor(editor(tmp_path, code), "draft")

    assert text.startswith("ab\nc")
    assert CONTROLS.search(text) is None


@pytest.mark.parametrize(
    "code",
    [
        "file.write_text('new'); sys.exit(1)",
        "file.unlink()",
        "file.write_text('')",
        "file.write_text(' \\n')",
    ],
)
def test_an_editor_that_fails_or_leaves_no_words_changes_nothing(tmp_path: Path, code: str) -> None:
    with pytest.raises(BadInput, match="Your draft is as it was"):
        run_editor(editor(tmp_path, code), "draft")


@pytest.mark.parametrize("letter", ["x", "\U0001f600"])
def test_a_file_too_long_for_a_draft_is_refused_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, letter: str
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    code = f"file.write_text({letter!r} * 200_001, encoding='utf-8')"

    with pytest.raises(BadInput, match=r"200,000 characters.*Your draft is as it was") as refusal:
        run_editor(editor(tmp_path, code), "draft")

    kept = Path(str(refusal.value).rpartition(" is in ")[2].removesuffix("."))
    assert kept.read_text(encoding="utf-8") == letter * 200_001
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_the_longest_draft_comes_back_whole(tmp_path: Path) -> None:
    code = "file.write_text('\U0001f600' * 199_999 + '\\n', encoding='utf-8')"

    assert run_editor(editor(tmp_path, code), "draft") == "\U0001f600" * 199_999


def test_an_editor_that_is_not_there_changes_nothing(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="Your draft is as it was"):
        run_editor([str(tmp_path / "no-such-editor")], "draft")


@pytest.mark.parametrize(
    ("environment", "command"),
    [
        ({"VISUAL": "code --wait", "EDITOR": "vi"}, ["code", "--wait"]),
        ({"VISUAL": " ", "EDITOR": "'/opt/my editor' -n"}, ["/opt/my editor", "-n"]),
    ],
)
def test_visual_goes_before_editor_and_may_have_options(
    environment: dict[str, str], command: list[str]
) -> None:
    assert editor_command(environment) == command


def test_an_editor_setting_that_can_t_be_read_says_so() -> None:
    with pytest.raises(BadInput, match="EDITOR"):
        editor_command({"EDITOR": "vi 'oops"})


async def test_a_terminal_that_can_t_be_left_keeps_the_draft_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VISUAL", "true")
    stage = Stage()
    async with stage.run_test() as pilot:
        assert edit_outside(stage, "draft") is None
        await pilot.pause()

        assert any("Your draft is as it was" in n.message for n in stage._notifications)
