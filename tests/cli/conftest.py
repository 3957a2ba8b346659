"""The command line as a user meets it: arguments in; exit code, data and words out."""

import io
import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from founder_inbox.app.reading.intake import take_in_all
from founder_inbox.app.workspace import open_workspace
from founder_inbox.cli.main import run
from founder_inbox.core.sync.mailbox import Fetched, Flags
from founder_inbox.store import mailboxes
from founder_inbox.system import clock
from tests.app.letters import letter

ROOT = Path(__file__).resolve().parents[2]
ALWAYS = ("mon-sun 00:00-24:00",)


@dataclass(frozen=True, slots=True)
class Result:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever JSON holds
        """The one JSON value on standard output."""
        return json.loads(self.out)


Cli = Callable[..., Result]


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs a command in this process, without a terminal."""
    before = logging.getLogger().handlers[:]

    def call(*arguments: str | Path, stdin: str = "") -> Result:
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = run([str(argument) for argument in arguments])
        for handler in logging.getLogger().handlers:
            if handler not in before:
                handler.close()
        logging.getLogger().handlers[:] = before
        return Result(code, _read(out), _read(err))

    return call


def _read(stream: io.TextIOWrapper) -> str:
    stream.flush()
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode()


def _hear_signals() -> None:
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


def program(*arguments: str | Path, **options: Any) -> subprocess.Popen[str]:  # noqa: ANN401 - Popen's
    """The real program in a process of its own, which hears every signal whoever runs the tests."""
    command = [sys.executable, "-m", "founder_inbox", *map(str, arguments)]
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(
        command,
        preexec_fn=_hear_signals,  # noqa: PLW1509 - the child has one thread, and runs no code of ours yet
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        **(pipes | options),
    )


@dataclass(frozen=True, slots=True)
class Founder:
    """A founder's folder without any server: `config` names ports where nobody listens."""

    config: Path

    def receive(
        self, *raws: bytes, ago: timedelta = timedelta(hours=2), role: str = "inbox"
    ) -> None:
        """Put mails into the database as a sync would have."""
        now = clock.now()
        flags = Flags(seen=False, answered=False, flagged=False)
        with open_workspace(str(self.config)) as ws:
            box = mailboxes.mailbox_named(ws.store, role.upper())
            box = box or mailboxes.add_mailbox(ws.store, role.upper(), role, 1)
            first = mailboxes.count_known(ws.store, box) + 1
            mails = [
                Fetched(first + i, raw, len(raw), now - ago + timedelta(seconds=i), flags)
                for i, raw in enumerate(raws)
            ]
            mailboxes.add_fetched(ws.store, box, mails)
            take_in_all(ws, now)


MakeFounder = Callable[..., Founder]


def zone_of_noon(now: datetime) -> ZoneInfo:
    """A zone where it is past noon: no test is to fail because it runs at night."""
    ahead = 12 - now.hour
    return ZoneInfo(f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT")


NOON = zone_of_noon(clock.now())


@pytest.fixture
def make_founder(tmp_path: Path) -> MakeFounder:
    """Writes a configuration with the windows that are asked for."""

    def make(windows: Sequence[str] = ALWAYS, extra: str = "") -> Founder:
        path = tmp_path / "config.toml"
        server = 'host = "127.0.0.1"\nport = 9\nsecurity = "none"\npassword_command = ["echo", "x"]'
        path.write_text(
            f"""[account]
address = "support@acme.test"
name = "Ana from Acme"
signature = "Ana"
[imap]
{server}
[smtp]
{server}
[hours]
timezone = "{NOON.key}"
windows = {json.dumps(list(windows))}
[[teammates]]
name = "Vlad"
address = "vlad@acme.test"
[storage]
dir = {json.dumps(str(tmp_path / "data"))}
{extra}"""
        )
        return Founder(path)

    return make


@pytest.fixture
def founder(make_founder: MakeFounder) -> Founder:
    """A founder whose support is always open, with one ticket: Tom's export is empty."""
    made = make_founder()
    made.receive(letter())
    return made


@pytest.fixture
def closed_founder(make_founder: MakeFounder) -> Founder:
    """The same outside the hours: support opens in some hours."""
    made = make_founder([hours_away(6, zone=NOON)])
    made.receive(letter())
    return made


def hours_away(hours: int, now: datetime | None = None, zone: tzinfo = UTC) -> str:
    """A window of one hour that begins `hours` from now, every day, in a zone's own time."""
    start = (now or clock.now()).astimezone(zone) + timedelta(hours=hours)
    end = start + timedelta(hours=1)
    return f"mon-sun {start:%H:%M}-{end:%H:%M}"


@pytest.fixture
def only_id(cli: Cli) -> Callable[[Path], str]:
    """The id of the only ticket."""

    def find(config: Path) -> str:
        [ticket] = cli("list", "--status", "all", "--config", config, "--json").json
        found: str = ticket["id"]
        return found

    return find
