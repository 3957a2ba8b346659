"""What the shell's tab key gets, as bash, zsh and fish ask for it."""

import os
import re
import shlex
import subprocess
import sys
import tomllib
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.app.letters import letter
from tests.cli.conftest import ROOT, Founder

SHELLS = ("bash", "zsh", "fish")


def complete(shell: str, *words: str | Path) -> list[str]:
    """The lines that the shell's function would be given for the last of these words."""
    line = shlex.join(["founder-inbox", *map(str, words)])
    asked = {
        "_FOUNDER_INBOX_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": line if words[-1] else line.removesuffix("''"),
        "COMP_CWORD": str(len(words)) if shell != "fish" else str(words[-1]),
    }
    return asked_for(asked).splitlines()


def asked_for(asked: dict[str, str]) -> str:
    """What the program says to a shell that asks so; it has to end well."""
    done = subprocess.run(
        [sys.executable, "-m", "founder_inbox"],
        env={**os.environ, **asked, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_has_a_function_to_load(shell: str) -> None:
    function = asked_for({"_FOUNDER_INBOX_COMPLETE": f"{shell}_source"})

    assert "_founder_inbox_completion" in function


@pytest.mark.parametrize("shell", SHELLS)
def test_commands_options_and_values_are_completed(shell: str) -> None:
    assert "list" in "\n".join(complete(shell, "li"))
    assert "--status" in "\n".join(complete(shell, "list", "--st"))
    assert "handed_off" in "\n".join(complete(shell, "list", "--status", "ha"))


def test_open_tickets_are_offered_by_their_ids_with_a_harmless_subject(founder: Founder) -> None:
    founder.receive(letter("Evil\x1b[2J subject", message_id="<e@x.test>"))

    bare = complete("bash", "--config", founder.config, "show", "")
    described = complete("zsh", "--config", founder.config, "show", "")

    assert len(bare) == 2
    assert all(re.fullmatch("plain,[0-9a-z]{7}", line) for line in bare), bare
    assert "Evil subject" in described
    assert "\x1b" not in "".join(described)
    begun = bare[0].removeprefix("plain,")[:3]
    assert bare[0] in complete("bash", "--config", founder.config, "close", f"#{begun}")


def test_without_a_configuration_nothing_is_offered_and_nothing_said(tmp_path: Path) -> None:
    assert complete("bash", "--config", tmp_path / "none.toml", "show", "") == [""]


def docs_block(after: str) -> str:
    """The block of the page on terminals that follows these words."""
    page = (ROOT / "docs" / "terminal.md").read_text(encoding="utf-8")
    return page.partition(after)[2].partition("```text\n")[2].partition("```")[0]


def commands_of_status_bars() -> dict[str, str]:
    """What the examples for tmux, starship and polybar run, read as these programs read it."""
    tmux = shlex.split(docs_block("tmux, in").splitlines()[1])
    starship = tomllib.loads(docs_block("starship, in"))["custom"]["support"]
    polybar = ConfigParser(interpolation=None)
    polybar.read_string(docs_block("polybar, in"))
    assert tmux[:3] == ["set", "-g", "status-right"]
    assert starship["when"] is True
    return {
        "tmux": tmux[3].removeprefix("#(").removesuffix(")"),
        "starship": starship["command"],
        "polybar": polybar["module/support"]["exec"],
    }


@pytest.mark.parametrize("bar", ["tmux", "starship", "polybar"])
def test_the_examples_for_status_bars_print_one_line(
    founder: Founder, tmp_path: Path, bar: str
) -> None:
    (folder := tmp_path / "bin").mkdir()
    command = folder / "founder-inbox"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m founder_inbox "$@"\n')
    command.chmod(0o755)
    env = {
        **os.environ,
        "PATH": f"{folder}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "FOUNDER_INBOX_CONFIG": str(founder.config),
    }

    # Each of these programs gives its example to a shell.
    done = subprocess.run(
        commands_of_status_bars()[bar], shell=True, env=env, capture_output=True, text=True,
        check=True,
    )  # fmt: skip

    assert done.stdout.count("\n") == 1
    assert done.stdout.startswith("open ")
    assert done.stderr == ""
