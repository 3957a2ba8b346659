"""The entrance: help, options, errors and their exit codes."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from founder_inbox.cli.catalogue import COMMANDS
from tests.cli.conftest import ROOT, Cli, Founder, MakeFounder, program

HEAVY = {"textual", "sqlite_utils", "imapclient", "keyring", "pymap", "aiosmtpd", "smtplib"}


def test_help_shows_every_command_and_how_to_complete_them(cli: Cli) -> None:
    page = cli("--help")

    assert page.code == 0
    assert all(f"  {name} " in page.out for name in COMMANDS)
    assert "_FOUNDER_INBOX_COMPLETE" in page.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(cli: Cli, name: str) -> None:
    page = cli(name, "--help")

    assert page.code == 0
    assert f"founder-inbox {name}" in page.out


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["status"]])
def test_quick_commands_import_nothing_heavy(founder: Founder, arguments: list[str]) -> None:
    code = (
        "import sys; from founder_inbox.cli.main import run\n"
        "code = run(sys.argv[1:])\n"
        "print(code, *sorted(name for name in sys.modules if '.' not in name), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--config", str(founder.config), *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    ended, *names = done.stderr.split()

    assert ended == "0"
    assert "click" in names
    assert HEAVY & set(names) == set()


def test_a_misspelt_command_is_a_usage_error_that_names_the_nearest(cli: Cli) -> None:
    result = cli("serch", "x")

    assert (result.code, result.out) == (2, "")
    assert "Did you mean search?" in result.err


def test_config_may_stand_before_and_after_the_command(cli: Cli, founder: Founder) -> None:
    before = cli("--config", founder.config, "list", "--json")
    after = cli("list", "--json", "--config", founder.config)

    assert before.json == after.json
    assert len(after.json) == 1


def test_a_missing_config_says_where_it_looked_and_how_to_look_around(
    cli: Cli, tmp_path: Path
) -> None:
    result = cli("list", "--config", tmp_path / "none.toml")

    assert (result.code, result.out) == (78, "")
    assert str(tmp_path / "none.toml") in result.err
    assert "founder-inbox demo" in result.err


def test_a_typo_in_the_config_names_the_line_and_the_nearest_key(
    cli: Cli, founder: Founder
) -> None:
    text = founder.config.read_text()
    founder.config.write_text(text.replace("signature", "signatur"))
    result = cli("status", "--config", founder.config)

    assert result.code == 78
    assert "line 4" in result.err
    assert "Did you mean signature?" in result.err


def test_the_app_needs_a_terminal(cli: Cli, founder: Founder) -> None:
    result = cli("--config", founder.config)

    assert result.code == 2
    assert "needs a terminal" in result.err


def test_a_crash_is_one_sentence_and_the_traceback_goes_to_the_log(
    cli: Cli, founder: Founder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("founder_inbox.app.queue.tickets.wake_snoozed", lambda *_: 1 / 0)
    result = cli("list", "--config", founder.config)
    log = founder.config.parent / "data" / "founder-inbox.log"

    assert (result.code, result.out) == (1, "")
    assert "ZeroDivisionError" in result.err
    assert str(log) in result.err
    assert "Traceback" not in result.err
    assert "Traceback" in log.read_text()


def test_control_c_ends_with_130(tmp_path: Path) -> None:
    with program("classify", stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        # Once the input is read the program is beyond its start.
        os.write(process.stdin.fileno(), b'{"text": "hi"}\n' * 10_000)
        # A signal between two reads of Python's is noticed with the next one only.
        for _ in range(10):
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(1)
                break
        assert process.returncode == 130
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()


def test_a_reader_that_has_enough_causes_no_noise(founder: Founder) -> None:
    with program("replies", "--config", founder.config) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.wait(10) == 0
        assert process.stderr.read() == ""


def test_a_caller_without_standard_output_gets_no_traceback(founder: Founder) -> None:
    command = [sys.executable, "-m", "founder_inbox", "list", "--config", str(founder.config)]
    done = subprocess.run(
        ["sh", "-c", '"$@" >&-', "sh", *command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_a_data_folder_that_cannot_be_made_is_73(cli: Cli, make_founder: MakeFounder) -> None:
    founder = make_founder()
    (founder.config.parent / "data").write_text("a file stands in the way")
    result = cli("list", "--config", founder.config)

    assert result.code == 73
    assert result.out == ""
