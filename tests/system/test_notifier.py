"""A notification says its words and nothing more, and a missing program is no trouble."""

import sys
from pathlib import Path

import pytest

from founder_inbox.system.notifier import notify

PROGRAM = "osascript" if sys.platform == "darwin" else "notify-send"


def stand_in(folder: Path, ends: int = 0) -> Path:
    """What the desktop's program would be: no desktop runs beside the tests."""
    said = folder / "said"
    program = folder / PROGRAM
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {said}\nexit {ends}\n')
    program.chmod(0o700)
    return said


def test_the_words_arrive_as_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = stand_in(tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert notify("Your hour", '-u x <b>2</b> urgent"; rm')
    *_, title, words = said.read_text().splitlines()
    assert title == "Your hour"
    plain = '-u x <b>2</b> urgent"; rm'
    assert words == (plain if sys.platform == "darwin" else '-u x &lt;b&gt;2&lt;/b&gt; urgent"; rm')


def test_where_none_can_be_shown_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not notify("a", "b")
    stand_in(tmp_path, ends=1)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert not notify("a", "b")
