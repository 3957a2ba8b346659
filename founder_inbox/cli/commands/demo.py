"""The demo: the real program on mail servers that live and end with it."""

import contextlib
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import click

from founder_inbox.cli.context import say
from founder_inbox.demo.config import config_text
from founder_inbox.demo.history import prepare
from founder_inbox.demo.mailbag import mails
from founder_inbox.demo.provider import Provider, start
from founder_inbox.demo.upload import load
from founder_inbox.demo.year import add_year
from founder_inbox.errors import BadInput, CannotWrite, FounderInboxError
from founder_inbox.system import clock
from founder_inbox.system.own_process import own_command, own_environment

_MARK = "# The demo's configuration."
_LOOK_EVERY = 0.2
_FIRST_SYNC_SECONDS = 60


@click.command("demo")
@click.option("--dir", "folder", metavar="D", help="Keep everything in D; else it is temporary.")
@click.option(
    "--serve", is_flag=True, help="Only run the servers; prints the configuration's path."
)
@click.option("--outage", is_flag=True, help="Three people have just written that it is down.")
def demo(folder: str | None, serve: bool, outage: bool) -> int:
    """Look around in a made-up company's mailbox, on mail servers that end with the demo.

    With --serve every command works on it: founder-inbox --config PATH sync
    """
    if not serve and not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise click.UsageError("The demo's app needs a terminal. In a script use demo --serve.")
    now = clock.now()
    with _ending_on_signals(), _folder(folder) as home, start(now) as provider:
        load(provider, mails(now, outage=outage))
        config = _write_config(home, provider)
        if serve:
            return _serve(config, provider)
        _sync(config)
        add_year(config, now)
        prepare(config, now)
        from founder_inbox.tui.run import run_app

        return run_app(str(config))


@contextlib.contextmanager
def _folder(given: str | None) -> Iterator[Path]:
    if given is None:
        home = Path(tempfile.mkdtemp(prefix="founder-inbox-demo-"))
        try:
            yield home
        finally:
            shutil.rmtree(home, ignore_errors=True)
        return
    home = Path(given).expanduser().absolute()
    _check_own(home)
    # The servers' mail is new each time, so an older demo's copy of it means nothing any more.
    shutil.rmtree(home / "data", ignore_errors=True)
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise CannotWrite(f"Can't make {home}: {error.strerror}.") from error
    yield home


def _check_own(home: Path) -> None:
    """Refuse a folder in which something else lives: the demo empties its own."""
    if not home.exists() or (home.is_dir() and not any(home.iterdir())):
        return
    with contextlib.suppress(OSError, UnicodeDecodeError):
        if (home / "config.toml").read_text(encoding="utf-8").startswith(_MARK):
            return
    raise BadInput(f"{home} is not empty and not an older demo's. Nothing in it was touched.")


def _write_config(home: Path, provider: Provider) -> Path:
    path = home / "config.toml"
    text = config_text(provider, home, now=clock.now(), zone=clock.local_zone_name())
    try:
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
    except OSError as error:
        raise CannotWrite(f"Can't write {path}: {error.strerror}.") from error
    return path


def _sync(config: Path) -> None:
    """The first round, in a process of its own so that the app stays free of the mail library."""
    with contextlib.suppress(subprocess.TimeoutExpired):  # the app's own syncing goes on with it
        subprocess.run(
            own_command("sync", "--config", str(config)),
            env=own_environment(),
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_FIRST_SYNC_SECONDS,
        )


def _serve(config: Path, provider: Provider) -> int:
    """Stay until a signal ends it: a script may start it in one shell and use it from others."""
    sys.stdout.write(f"{config}\n")
    sys.stdout.flush()
    say("The demo's servers run until Ctrl+C.")
    while provider.process.poll() is None:
        clock.wait(_LOOK_EVERY)
    raise FounderInboxError("The demo's mail servers ended by themselves. Start it again.")


class _Ended(SystemExit):
    """A signal asked for the end; on the way out everything that was started is ended."""


@contextlib.contextmanager
def _ending_on_signals() -> Iterator[None]:
    def end(number: int, _frame: FrameType | None) -> None:
        raise _Ended(0 if number != signal.SIGHUP else 129)

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, end)
    yield
