"""Outage mode from the command line: who says it is down, telling everybody, the end."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from founder_inbox.app.hours.opening import require_open
from founder_inbox.app.outages import outage as use
from founder_inbox.app.outages import outage_update as update
from founder_inbox.app.outages import post_mortem as after
from founder_inbox.app.outages.outage_mails import Told, told_in
from founder_inbox.app.workspace import Workspace
from founder_inbox.cli.arguments import named
from founder_inbox.cli.context import answer, data_command, say, workspace
from founder_inbox.cli.outage_pages import (
    board_page,
    board_shape,
    findings_page,
    findings_shape,
    letters_page,
    letters_shape,
    result_page,
    result_shape,
)
from founder_inbox.core.outage.incident import Part
from founder_inbox.core.outage.letters import LABELS
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.errors import BadInput
from founder_inbox.system import clock

ACTS = ("status", "open", "link", "unlink", "note", "update", "over", "stop", "go-on",
        "post-mortem")  # fmt: skip


@data_command("outage")
@click.argument("act", type=click.Choice(ACTS), default="status")
@click.argument("tickets", metavar="[TICKET]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All the tickets that look alike.")
@click.option(
    "--set", "values", metavar="KEY=VALUE", multiple=True, help="What is said; may be repeated."
)
@click.option("--language", metavar="CODE", default=None, help="Which language that is; en unsaid.")
@click.option("--preview", is_flag=True, help="Show the mails; nobody is written to.")
@click.option("--quiet", is_flag=True, help="With over: nobody is written to.")
@click.option("--check", metavar="FILE", help="With post-mortem: hear how a file of yours sounds.")
@click.pass_context
def outage(
    ctx: click.Context,
    act: str,
    tickets: tuple[str, ...],
    everything: bool,
    values: tuple[str, ...],
    language: str | None,
    preview: bool,
    quiet: bool,
    check: str | None,
) -> int:
    """It is down: what we know, who says so, and telling each of them.

    outage shows how it stands, and which tickets look alike. outage open, and outage link TICKET,
    confirm the ones that are about it; with --all every one. outage note keeps what you --set:
    known, data (is it safe), meanwhile (what to do now), status (the page), next (when they hear
    from you again); for the end back, lost, cause, prevent.

    outage update writes to each person alone, by name and in their language where you have said
    it in that, a few seconds apart; nobody gets an update twice. outage stop takes back what has
    not left, outage go-on writes to those who are missing. outage over tells all that it is over.
    outage post-mortem writes a draft beside your configuration.
    """
    with workspace() as ws:
        if values:
            _keep(ctx, ws, values, language or "en")
        if act in {"open", "link", "unlink"}:
            return _confirm(ctx, ws, act, tickets, everything=everything)
        if tickets or everything:
            ctx.fail(f"outage {act} takes no tickets; outage link does.")
        if act in {"update", "over"}:
            return _tell(ws, act, preview=preview, quiet=quiet)
        if act == "post-mortem":
            return _post_mortem(ws, language, check)
        if act == "stop":
            return _stop(ws)
        if act == "go-on":
            update.go_on(ws, clock.now())
            return _deliver(ws)
        if act == "note" and not values:
            ctx.fail('Say what to keep: outage note --set known="…" --set data=safe')
        _show(ws)
        return 0


def _keep(ctx: click.Context, ws: Workspace, values: Sequence[str], language: str) -> None:
    for value in values:
        name, equals, text = value.partition("=")
        if not equals or name.strip() not in LABELS:
            ctx.fail(f"--set {value!r}: write KEY=VALUE, the key one of {', '.join(LABELS)}")
    if language not in use.languages_offered(ws):
        known = ", ".join(use.languages_offered(ws))
        raise BadInput(f"There are no outage letters in {language!r}. There are in: {known}.")
    for name, _, text in (value.partition("=") for value in values):
        use.keep_fact(ws, language, name.strip(), " ".join(text.split()))


def _confirm(
    ctx: click.Context, ws: Workspace, act: str, given: Sequence[str], *, everything: bool
) -> int:
    now = clock.now()
    require_open(ws, now)
    chosen: list[Ticket] = named(ws, given)
    if act == "unlink":
        if not chosen:
            ctx.fail("Which one? outage unlink TICKET")
        use.unlink(ws, chosen, now)
    elif act == "link" and not chosen and not everything:
        ctx.fail("Which ones? outage link TICKET…, or outage link --all")
    else:
        use.begin(ws, now)
        alike = use.board(ws, now).offers if everything else ()
        use.link(ws, [*chosen, *(offer.ticket for offer in alike)], now)
    _show(ws)
    return 0


def _show(ws: Workspace) -> None:
    board = use.board(ws, clock.now())
    zone = ws.hours.zone
    answer(lambda: board_shape(board), lambda: board_page(board, clock.now(), zone))


def _tell(ws: Workspace, act: str, *, preview: bool, quiet: bool) -> int:
    now = clock.now()
    if act == "over" and quiet:
        update.end_quietly(ws, now)
        _show(ws)
        return 0
    part = Part.OVER if act == "over" else use.require_outage(ws).first_part
    if preview:
        written = update.letters_for(ws, part, now)
        answer(lambda: letters_shape(written), lambda: letters_page(written))
        return 0
    update.send_update(ws, part, now)
    return _deliver(ws)


def _deliver(ws: Workspace) -> int:
    """Let the mails leave one after the other; Ctrl+C ends the waiting, not the mails."""
    from founder_inbox.app.syncing.turns import deliver_now

    trouble = None
    try:
        tried = set[int]()
        while waiting := {
            o.outbox: o.leaves for o in _told(ws) if o.waits and o.outbox not in tried
        }:
            at = min(leaves for leaves in waiting.values() if leaves)
            clock.wait(max((at - clock.now()).total_seconds(), 0.0))
            due = [n for n, leaves in waiting.items() if n and leaves and leaves <= clock.now()]
            # Each once: what the server puts off is tried again by the app or sync.
            tried |= {*due}
            trouble = deliver_now(ws, due, clock.now)
            if trouble is not None:
                break
    except KeyboardInterrupt:
        say("The rest leaves by itself while the app or sync runs. outage stop takes it back.")
    told = _told(ws)
    answer(lambda: result_shape(told), lambda: result_page(told))
    if trouble is not None:
        say(str(trouble))
        return trouble.exit_code
    return int(any(one.needs_founder for one in told))


def _on_their_way(ws: Workspace, tried: set[int]) -> dict[int, datetime]:
    return {
        one.outbox: one.leaves
        for one in _told(ws)
        if one.waits and one.outbox and one.leaves and one.outbox not in tried
    }


def _told(ws: Workspace) -> list[Told]:
    found = update.last_told(ws)
    return told_in(ws, found, use.linked_tickets(ws, found))


def _stop(ws: Workspace) -> int:
    update.stop(ws, clock.now())
    told = _told(ws)
    answer(lambda: result_shape(told), lambda: result_page(told))
    return 0


def _post_mortem(ws: Workspace, language: str | None, check: str | None) -> int:
    if check:
        found = after.check_file(Path(check))
        answer(lambda: findings_shape(found), lambda: findings_page(found))
        return int(bool(found))
    incident = after.last_outage(ws)
    path = after.save_post_mortem(ws, incident, language or after.spoken_language(incident))
    heard = after.check_file(path)
    words = f"A draft is in {path}\n{findings_page(heard)}"
    answer(lambda: {"file": str(path), "findings": findings_shape(heard)}, lambda: words)
    return 0
