"""A round with the server, or the process that keeps syncing."""

import click

from founder_inbox.app.health.status import look
from founder_inbox.app.syncing.first_import import arrival_words
from founder_inbox.app.syncing.junk import known_in_junk
from founder_inbox.app.syncing.sync import SyncReport
from founder_inbox.app.syncing.turns import sync_lock, sync_once
from founder_inbox.app.syncing.watch import Watch
from founder_inbox.app.workspace import Workspace
from founder_inbox.cli.context import answer, data_command, given_config, say, workspace
from founder_inbox.cli.failure import explain
from founder_inbox.cli.shapes import sync_shape
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.sync.junk import junk_words
from founder_inbox.store.sync_state import note_stopped, read_sync_state
from founder_inbox.system import clock
from founder_inbox.system.locks import hold
from founder_inbox.system.log import start_log
from founder_inbox.system.notifier import notify

INTERRUPTED = 130


@data_command("sync")
@click.option("--full", is_flag=True, help="Compare everything, and believe a mailbox gone empty.")
@click.option("--watch", is_flag=True, help="Go on, until it is told to stop.")
@click.option(
    "--notify",
    "say_open",
    is_flag=True,
    help="With --watch: say on the desktop that support opens.",
)
@click.option("--until-eof", is_flag=True, hidden=True)
def sync(full: bool, watch: bool, say_open: bool, until_eof: bool) -> int:
    """Fetch new mail and changes, send what is due, tell the server what you did."""
    if say_open and not watch:
        raise click.UsageError("--notify goes with --watch.")
    with workspace() as ws:
        start_log(ws.paths.log)
        if watch:
            return _watch(ws, until_eof=until_eof, say_open=say_open)
        started = clock.monotonic()
        try:
            report = sync_once(ws, clock.now, full=full)
        except KeyboardInterrupt:
            say(_stopped(ws))
            return INTERRUPTED
        seconds = clock.monotonic() - started
        answer(lambda: sync_shape(report, seconds), lambda: _page(report, seconds))
        if words := arrival_words(report.arrived_closed):
            say(words)
        if report.question:
            say(report.question)
        if junk := junk_words(len(known_in_junk(ws))):
            say(junk)
        if report.trouble is not None:
            say(explain(report.trouble))
            return report.trouble.exit_code
        return 0


def _stopped(ws: Workspace) -> str:
    """How far it came; what the process was doing stands there until then."""
    state = read_sync_state(ws.store)
    note_stopped(ws.store)
    came = state.doing == "fetching" and state.progress
    stopped = f"Stopped after {state.progress} mails." if came else "Stopped."
    return f"{stopped} What came in stays; the next sync goes on there."


def _watch(ws: Workspace, *, until_eof: bool, say_open: bool) -> int:
    def opened() -> None:
        notify("Your support hour begins", look(given_config(), clock.now()).line)

    with hold(sync_lock(ws), "The sync"):
        watch = Watch(ws, clock.now, until_eof=until_eof, opened=opened if say_open else None)
        watch.listen()
        watch.run()
    return 0


def _page(report: SyncReport, seconds: float) -> str:
    done = {
        counted(report.fetched, "new mail"): report.fetched,
        f"{report.updated} changed": report.updated,
        f"{report.removed} gone from the server": report.removed,
        f"{report.sent} sent": report.sent,
        counted(report.tickets_new, "new ticket"): report.tickets_new,
        counted(report.tickets_updated, "ticket") + " with news": report.tickets_updated,
    }
    words = ", ".join(text for text, number in done.items() if number) or "Nothing new"
    return f"{words} ({seconds:.1f} s)"
