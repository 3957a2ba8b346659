"""The door from the command line: is support open, open early, close."""

from datetime import datetime
from pathlib import Path

import click

from founder_inbox.app.hours import door
from founder_inbox.app.hours.fire import fire_words
from founder_inbox.app.hours.set_back import check_against_records, set_back_words
from founder_inbox.app.hours.time_off import hours_with_days_off
from founder_inbox.app.session.sessions import wrap_up_words
from founder_inbox.app.workspace import Workspace
from founder_inbox.cli.context import answer, data_command, say, wants_json, workspace
from founder_inbox.cli.shapes import door_shape
from founder_inbox.core.hours.calendar import write_calendar
from founder_inbox.core.hours.door import OVERRIDE_MINUTES, Door
from founder_inbox.core.hours.time_words import describe_moment
from founder_inbox.errors import CannotWrite
from founder_inbox.system import clock


@data_command("hours")
@click.argument("act", type=click.Choice(["open", "close"]), required=False)
@click.option("--minutes", type=int, metavar="N", help="How long to open early: 10, 20 or 30.")
@click.option("--reason", metavar="TEXT", help="Why; you will read it at the end of the week.")
@click.option(
    "--ics",
    type=click.Path(dir_okay=False, allow_dash=True),
    is_flag=False,
    flag_value="-",
    metavar="[FILE]",
    help="Write the windows as an iCalendar file, to standard output without FILE.",
)
@click.pass_context
def hours(
    ctx: click.Context, act: str | None, minutes: int | None, reason: str | None, ics: str | None
) -> None:
    """Is support open, and when next.

    hours open --minutes 10 --reason "…" opens outside the hours; it is written down.
    hours close ends this window now and says what was done in it; what is not sent waits.
    hours --ics support.ics writes the windows for your own calendar, days off left out.
    """
    if ics is not None:
        if act or minutes is not None or reason is not None or wants_json():
            ctx.fail("--ics stands alone: hours --ics FILE")
        _export(ics)
        return
    if act == "open" and (minutes is None or reason is None):
        lengths = ", ".join(map(str, OVERRIDE_MINUTES))
        ctx.fail(f"Opening early needs --minutes N ({lengths}) and --reason TEXT.")
    if act != "open" and (minutes is not None or reason is not None):
        ctx.fail("--minutes and --reason belong to: hours open")
    with workspace() as ws:
        now = clock.now()
        if act == "open":
            door.open_early(ws, minutes or 0, reason or "", now)
        wrapped = _close(ws, now) if act == "close" else None
        stands = door.door_now(ws, now)
        burning = fire_words(ws, stands, now)
        answer(
            lambda: door_shape(stands, ws.hours.timezone, burning, wrapped),
            lambda: "\n".join(
                filter(
                    None, (*(wrapped or ()), _page(ws, stands, now), burning, _set_back(ws, now))
                )
            ),
        )


def _close(ws: Workspace, now: datetime) -> list[str]:
    """End the window; what was done in it, in sentences. An app that runs wraps up by itself."""
    stands = door.require_open(ws, now)
    words = wrap_up_words(ws, stands.window, now) if stands.window else []
    door.close_door(ws, now)
    return words


def _set_back(ws: Workspace, now: datetime) -> str:
    check_against_records(ws, now)
    return set_back_words(ws, now)


def _export(target: str) -> None:
    """The windows as a calendar, to a file or to standard output. Raises CannotWrite."""
    with workspace() as ws:
        now = clock.now()
        calendar = write_calendar(hours_with_days_off(ws, now), now, ws.config.domain).encode()
    if target == "-":
        click.echo(calendar, nl=False)
        return
    try:
        Path(target).write_bytes(calendar)
    except OSError as error:
        raise CannotWrite(f"Can't write {target}: {error.strerror}. Name another file.") from error
    say(f"Your support hours are in {target}; import it into your calendar.")


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
