"""demo --serve: the loop on servers of its own, and nothing left behind."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from founder_inbox.system import clock
from tests.cli.conftest import ROOT, Cli, program


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A running demo in `tmp_path`/demo, and its configuration."""
    with program("demo", "--serve", "--dir", tmp_path / "demo") as process:
        assert process.stdout is not None
        yield process, Path(process.stdout.readline().strip())
        process.terminate()


def test_every_command_works_on_a_served_demo(
    cli: Cli, serving: tuple[subprocess.Popen[str], Path]
) -> None:
    _, config = serving
    synced = cli("sync", "--config", config, "--json").json
    tickets = cli("list", "--config", config, "--json").json
    words = "Thank you for telling us, that made our day."
    sent = cli(
        "reply", tickets[1]["id"], "--body-file", "-", "--config", config, "--json", stdin=words
    )
    again = cli("sync", "--config", config, "--json").json

    assert synced["fetched"] > 50
    assert len(tickets) > 30
    assert (sent.code, sent.json["state"]) == (0, "sent")
    assert again["fetched"] < 5
    assert cli("status", "--config", config).out.startswith("open ")
    assert cli("doctor", "--config", config).code == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_and_takes_the_temporary_folder_along(number: signal.Signals) -> None:
    with program("demo", "--serve") as process:
        assert process.stdout is not None
        config = Path(process.stdout.readline().strip())
        assert config.is_file()
        process.send_signal(number)
        process.wait(10)

    assert not config.parent.exists()


def test_it_outlives_the_shell_that_started_it_and_ends_when_told(cli: Cli) -> None:
    line = f"'{sys.executable}' -m founder_inbox demo --serve & echo $!"
    shell = subprocess.Popen(
        ["sh", "-c", line],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with shell:
        assert shell.stdout is not None
        pid = int(shell.stdout.readline())
        config = Path(shell.stdout.readline().strip())
        assert shell.wait() == 0
        assert cli("sync", "--config", config).code == 0

        os.kill(pid, signal.SIGTERM)
        # The pipe ends when its last writer, the demo, is gone.
        assert select.select([shell.stdout], [], [], 15)[0]
        assert shell.stdout.read() == ""

    assert not config.parent.exists()


def test_it_ends_with_its_servers_when_it_is_killed(
    cli: Cli, serving: tuple[subprocess.Popen[str], Path]
) -> None:
    process, config = serving
    assert cli("sync", "--config", config).code == 0
    process.kill()
    deadline = clock.monotonic() + 15
    while cli("sync", "--config", config).code != 69:
        assert clock.monotonic() < deadline


def test_a_folder_with_something_else_in_it_is_refused_untouched(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("mine")
    result = cli("demo", "--serve", "--dir", tmp_path)

    assert result.code == 65
    assert [path.name for path in tmp_path.iterdir()] == ["precious"]


def test_the_demos_app_needs_a_terminal(cli: Cli) -> None:
    assert cli("demo").code == 2
