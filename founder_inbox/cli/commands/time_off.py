"""Days off from the command line: the door stays closed until they are over."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import click

from founder_inbox.app.hours import time_off as days
from founder_inbox.app.hours.opening import door_now, opening_words
from founder_inbox.app.hours.time_off import Break
from founder_inbox.app.session.away import begin_break
from founder_inbox.app.session.coming_back import backlog_now, show_whole_backlog
from founder_inbox.app.workspace import Workspace
from founder_inbox.cli.context import answer, data_command, workspace
from founder_inbox.core.hours.days_off_words import Asked, parse_break
from founder_inbox.system import clock

_WRITE = "Write: break until DATE, break from DATE until DATE, break end or break all; "
_WRITE += 'DATE as 2026-12-01, "friday" or "in 2 weeks".'


@data_command("break")
@click.argument("words", nargs=-1, metavar="[until DATE|from DATE until DATE|end|all]")
@click.option(
    "--auto-reply/--no-auto-reply",
    default=None,
    help="For this break: one automatic reply to each sender, or none.",
)
@click.pass_context
def time_off(ctx: click.Context, words: tuple[str, ...], auto_reply: bool | None) -> None:
    """Take days off, or end them.

    break until 2026-12-01 keeps the door closed through that day; friday and in 2 weeks are dates,
    too. break end opens it again at the next window; break alone says how it stands. Mail keeps
    coming in, silently; what is urgent by rule goes to the first teammate.

    Back from days off, the queue is split over several windows; break all shows it as usual.
    """
    act = words[0].casefold() if words else ""
    takes = act in {"until", "from"}
    if (words and not takes and words not in {("end",), ("all",)}) or (takes and len(words) < 2):
        ctx.fail(_WRITE)
    if auto_reply is not None and not takes:
        ctx.fail("--auto-reply belongs to: break until DATE")
    with workspace() as ws:
        now = clock.now()
        if takes:
            _take(ws, words, auto_reply, now)
        elif act == "end":
            days.end_days_off(ws, now)
        elif act == "all":
            show_whole_backlog(ws, now)
        taken = days.break_taken(ws, now)
        answer(lambda: _shape(ws, taken, now), lambda: _page(ws, taken, now))


def _take(ws: Workspace, words: Sequence[str], auto_reply: bool | None, now: datetime) -> None:
    asked: Asked = parse_break(" ".join(words), now, ws.hours)
    if auto_reply is not None:
        asked = replace(asked, auto_reply=auto_reply)
    if trouble := begin_break(ws, asked, now):
        click.echo(trouble, err=True)


def _shape(ws: Workspace, taken: Break | None, now: datetime) -> dict[str, str | bool | None]:
    return {
        "from": taken.days.first.isoformat() if taken else None,
        "until": taken.days.last.isoformat() if taken else None,
        "back_on": days.back_on(ws, taken, now).isoformat() if taken else None,
        "auto_reply": taken.auto_reply if taken else False,
        "handoff_urgent": bool(taken and ws.teammate and ws.config.break_.handoff_urgent),
    }


def _page(ws: Workspace, taken: Break | None, now: datetime) -> str:
    if taken is None:
        split = backlog_now(ws, now)
        more = f" {split} break all shows everything as usual." if split else ""
        return f"No break is set; the support hours are as configured.{more}"
    first, last = taken.days.first, taken.days.last
    begins = "" if taken.began <= now else f"from {first:%A %d %B %Y} "
    back = days.back_on(ws, taken, now)
    opens = opening_words(ws, door_now(ws, now), now)
    support = f"Support opens {opens}" if not begins else f"You are back on {back:%A %d %B %Y}"
    return "\n".join(
        [f"Days off {begins}through {last:%A %d %B %Y}. {support}.", *_rules(ws, taken)]
    )


def _rules(ws: Workspace, taken: Break) -> list[str]:
    """What happens meanwhile, so that nobody has to look it up."""
    mate = ws.teammate if ws.config.break_.handoff_urgent else None
    urgent = f"What is urgent by rule goes to {mate.name}." if mate else "Nothing is handed off."
    replies = (
        "Each sender gets one automatic reply."
        if taken.auto_reply
        else ("Nobody gets an automatic reply.")
    )
    return [f"{urgent} {replies}"]
