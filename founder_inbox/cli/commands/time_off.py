"""Days off from the command line: the door stays closed until they are over."""

from datetime import date

import click

from founder_inbox.app import time_off as days
from founder_inbox.app.opening import door_now, opening_words
from founder_inbox.cli.context import answer, data_command, workspace
from founder_inbox.core.hours.hours_text import DaysOff
from founder_inbox.system import clock

_WORDS = ("until", "end")


@data_command("break")
@click.argument("act", type=click.Choice(_WORDS), required=False)
@click.argument("day", metavar="DATE", required=False)
@click.pass_context
def time_off(ctx: click.Context, act: str | None, day: str | None) -> None:
    """Take days off, or end them.

    break until 2026-12-01 keeps the door closed through that day; break end opens it again at
    the next window; break alone says how it stands. Mail keeps coming in, silently.
    """
    if (act == "until") != (day is not None):
        ctx.fail("Write: break until DATE, with a date such as 2026-12-01; or: break end")
    with workspace() as ws:
        now = clock.now()
        if day is not None:
            days.take_days_off(ws, _date(ctx, day), now)
        elif act == "end":
            days.end_days_off(ws, now)
        taken = days.days_off(ws, now)
        opening = opening_words(ws, door_now(ws, now), now)
        answer(lambda: _shape(taken), lambda: _page(taken, opening))


def _date(ctx: click.Context, day: str) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError:
        ctx.fail(f"{day!r} is not a date; write it as 2026-12-01.")


def _shape(taken: DaysOff | None) -> dict[str, str | None]:
    return {
        "from": taken.first.isoformat() if taken else None,
        "until": taken.last.isoformat() if taken else None,
    }


def _page(taken: DaysOff | None, opening: str) -> str:
    if taken is None:
        return "No break is set; the support hours are as configured."
    return f"Days off through {taken.last:%A %d %B %Y}. Support opens {opening}."
