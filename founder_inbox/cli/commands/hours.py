"""The door from the command line: is support open, open early, close."""

from datetime import datetime

import click

from founder_inbox.app import door
from founder_inbox.app.workspace import Workspace
from founder_inbox.cli.context import answer, data_command, workspace
from founder_inbox.cli.shapes import door_shape
from founder_inbox.core.hours.door import OVERRIDE_MINUTES, Door
from founder_inbox.core.hours.time_words import describe_moment
from founder_inbox.system import clock


@data_command("hours")
@click.argument("act", type=click.Choice(["open", "close"]), required=False)
@click.option("--minutes", type=int, metavar="N", help="How long to open early: 10, 20 or 30.")
@click.option("--reason", metavar="TEXT", help="Why; you will read it at the end of the week.")
@click.pass_context
def hours(ctx: click.Context, act: str | None, minutes: int | None, reason: str | None) -> None:
    """Is support open, and when next.

    hours open --minutes 10 --reason "…" opens outside the hours; it is written down.
    hours close ends this window now; what is not sent waits for the next one.
    """
    if act == "open" and (minutes is None or reason is None):
        lengths = ", ".join(map(str, OVERRIDE_MINUTES))
        ctx.fail(f"Opening early needs --minutes N ({lengths}) and --reason TEXT.")
    if act != "open" and (minutes is not None or reason is not None):
        ctx.fail("--minutes and --reason belong to: hours open")
    with workspace() as ws:
        now = clock.now()
        if act == "open":
            door.open_early(ws, minutes or 0, reason or "", now)
        elif act == "close":
            door.close_door(ws, now)
        stands = door.door_now(ws, now)
        answer(lambda: door_shape(stands, ws.hours.timezone), lambda: _page(ws, stands, now))


def _page(ws: Workspace, stands: Door, now: datetime) -> str:
    zone = ws.hours.zone
    if not (stands.is_open and stands.window):
        return f"Support is closed. It opens {door.opening_words(ws, stands, now)}."
    until = describe_moment(stands.window.end, now, zone)
    words = f"Support is open until {until}, {door.describe(ws, stands, now)}."
    if stands.override:
        words += f"\nOpened early: {stands.override.reason}"
    if stands.next_window:
        words += f"\nAfter that: {describe_moment(stands.next_window.start, now, zone)}."
    return words
