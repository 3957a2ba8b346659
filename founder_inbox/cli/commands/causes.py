"""Causes: what let bugs happen, what they took, and telling everybody that one is fixed."""

from collections.abc import Callable
from dataclasses import dataclass

import click

from founder_inbox.app.knowledge import causes as use
from founder_inbox.app.queue.tickets import find_ticket
from founder_inbox.app.workspace import Workspace
from founder_inbox.cli.arguments import named
from founder_inbox.cli.context import answer, data_command, workspace
from founder_inbox.cli.knowledge_shapes import cause_shape, letters_shape, month_shape
from founder_inbox.cli.mailing_page import letters_page
from founder_inbox.cli.table import table, terminal_width
from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.knowledge.causes import KIND_WORDS, CauseKind
from founder_inbox.system import clock

_EMPTY = "No cause is written down yet. C on a ticket, or founder-inbox causes add TICKET, does it."


@dataclass(frozen=True, slots=True)
class _Said:
    """What the command line said."""

    more: tuple[str, ...]
    kind: str | None
    what_it_was: str | None
    link: str | None
    test: bool | None
    text: tuple[str, ...]
    yes: bool


@data_command("causes")
@click.argument(
    "act",
    type=click.Choice(["list", "show", "add", "set", "hit", "link", "unlink", "fixed", "minutes"]),
    required=False,
)
@click.argument("what", required=False)
@click.argument("more", nargs=-1)
@click.option(
    "--cause",
    "kind",
    type=click.Choice([kind.value for kind in CauseKind]),
    help="What let it happen; a bug if not said.",
)
@click.option("--what", "what_it_was", metavar="TEXT", help="With add: else the subject.")
@click.option("--link", metavar="LINK", help='The commit, the issue; with set "" takes it away.')
@click.option("--test/--no-test", default=None, help="A test keeps it from coming back.")
@click.option(
    "--text",
    metavar="TEXT",
    multiple=True,
    help="With fixed: what changed, plainly; once for each language.",
)
@click.option("--yes", is_flag=True, help="With fixed: send; without it they are only shown.")
@click.pass_context
def causes(
    ctx: click.Context,
    /,
    act: str | None,
    what: str | None,
    more: tuple[str, ...],
    **options: str | bool | tuple[str, ...] | None,
) -> int:
    """What let bugs happen, so that they don't happen again.

    causes add TICKET [OTHER...] --cause docs --what "..." names one; causes hit TICKET lists who
    else wrote the same. causes set CAUSE changes what stands there, causes link and unlink CAUSE
    TICKET... whom it hit.

    causes fixed CAUSE --text "..." shows one mail for everybody it hit, in their language where a
    --text is in it, else in English, and with --yes sends them;
    three days later their tickets come back with the question whether it held, unless they write
    first. causes minutes says what each kind took, by month.
    """
    chosen = act or "list"
    if (what is None) != (chosen in {"list", "minutes"}) or (
        bool(more) != (chosen in {"link", "unlink"}) and chosen != "add"
    ):
        ctx.fail(f"Write {_USAGE[chosen]}")
    said = _Said(more, **options)  # type: ignore[arg-type] # click's options, by the names above
    with workspace() as ws:
        _ACTS[chosen](ws, what or "", said)
    return 0


def _list(ws: Workspace, _what: str, _said: _Said) -> None:
    found = use.list_causes(ws)
    rows = [
        (
            hit.cause.name,
            KIND_WORDS[hit.cause.kind],
            counted(len(hit.people), "ticket"),
            "fixed" if hit.cause.fixed_at else "",
            hit.cause.what,
        )
        for hit in found
    ]
    answer(
        lambda: [cause_shape(hit) for hit in found],
        lambda: table(rows, terminal_width(), flexible=(4,)) if rows else _EMPTY,
    )


def _show(ws: Workspace, what: str, _said: _Said) -> None:
    hit = use.find_cause(ws, what)
    cause = hit.cause
    lines = [f"{cause.what} ({cause.name}) · {KIND_WORDS[cause.kind]}"]
    lines += [f"Link: {cause.link}"] if cause.link else []
    lines += ["A test keeps it from coming back."] if cause.test else []
    lines += [f"#{who.ticket} {safe_line(who.name or who.address)}" for who in hit.people]
    answer(lambda: cause_shape(hit), lambda: "\n".join(lines))


def _add(ws: Workspace, what: str, said: _Said) -> None:
    ticket, others = find_ticket(ws.store, what), named(ws, said.more)
    made = use.name_cause(
        ws,
        ticket,
        CauseKind(said.kind or CauseKind.BUG),
        said.what_it_was or "",
        clock.now(),
        link=said.link or "",
        test=bool(said.test),
        others=[other for other in others if other.key != ticket.key],
    )
    hit = use.find_cause(ws, made.name)
    words = f"Written down as {made.name}: {KIND_WORDS[made.kind]}, {made.what}"
    answer(lambda: cause_shape(hit), lambda: words)


def _set(ws: Workspace, what: str, said: _Said) -> None:
    made = use.change_cause(
        ws,
        use.find_cause(ws, what).cause,
        clock.now(),
        kind=CauseKind(said.kind) if said.kind else None,
        what=said.what_it_was,
        link=said.link,
        test=said.test,
    )
    hit = use.find_cause(ws, made.name)
    words = f"Changed: {made.name} is {KIND_WORDS[made.kind]}, {made.what}"
    answer(lambda: cause_shape(hit), lambda: words)


def _hit(ws: Workspace, what: str, _said: _Said) -> None:
    found = use.others_hit(ws, find_ticket(ws.store, what), clock.now())
    rows = [f"#{t.id} {safe_line(t.state.customer.name)}: {t.state.subject}" for t in found]
    answer(lambda: [t.id for t in found], lambda: "\n".join(rows) or "It hit nobody else so far.")


def _link(ws: Workspace, what: str, said: _Said) -> None:
    _relink(ws, what, said, use.link_cause)


def _unlink(ws: Workspace, what: str, said: _Said) -> None:
    _relink(ws, what, said, use.unlink_cause)


def _relink(ws: Workspace, what: str, said: _Said, change: Callable[..., None]) -> None:
    found = use.find_cause(ws, what)
    change(ws, found.cause, named(ws, said.more), clock.now())
    hit = use.find_cause(ws, found.cause.name)
    words = f"{hit.cause.what}: {counted(len(hit.people), 'ticket')}."
    answer(lambda: cause_shape(hit), lambda: words)


def _fixed(ws: Workspace, what: str, said: _Said) -> None:
    hit, now = use.find_cause(ws, what), clock.now()
    written = (use.tell_fixed if said.yes else use.letters_about)(ws, hit, said.text, now)
    answer(
        lambda: letters_shape(written, sent=said.yes),
        lambda: letters_page(written, sent=said.yes),
    )


def _minutes(ws: Workspace, _what: str, _said: _Said) -> None:
    found = use.minutes_a_month(ws, clock.now())
    lines = [
        f"{month.first:%Y-%m}  "
        + ", ".join(
            f"{KIND_WORDS[kind]} {round(time.total_seconds() / 60)} min"
            for kind, time in month.spent.items()
        )
        for month in found
    ]
    empty = "No time has gone into a named cause yet."
    answer(lambda: [month_shape(month) for month in found], lambda: "\n".join(lines) or empty)


_ACTS: dict[str, Callable[[Workspace, str, _Said], None]] = {
    "list": _list,
    "show": _show,
    "add": _add,
    "set": _set,
    "hit": _hit,
    "link": _link,
    "unlink": _unlink,
    "fixed": _fixed,
    "minutes": _minutes,
}
_USAGE = {
    "list": "causes, or causes list",
    "show": "causes show CAUSE",
    "add": "causes add TICKET [OTHER...]",
    "set": "causes set CAUSE --what TEXT",
    "hit": "causes hit TICKET",
    "link": "causes link CAUSE TICKET...",
    "unlink": "causes unlink CAUSE TICKET...",
    "fixed": "causes fixed CAUSE --text TEXT",
    "minutes": "causes minutes",
}
