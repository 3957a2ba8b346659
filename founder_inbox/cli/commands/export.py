"""export: all of the founder's data, for other programs and for whoever asks for theirs."""

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from founder_inbox.cli.context import ReaderGone, config_option, say, workspace
from founder_inbox.cli.plain import Json, as_json
from founder_inbox.cli.shapes import ticket_shape, view_shape
from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.tickets.csv_cells import cell
from founder_inbox.core.times import to_text
from founder_inbox.errors import BadInput
from founder_inbox.system import clock
from founder_inbox.system.files import write_whole

if TYPE_CHECKING:
    from founder_inbox.app.data.export import MailCounts
    from founder_inbox.app.workspace import Workspace

FORMATS = ("json", "csv", "mbox")
_VERSION = 1
_COLUMNS = (
    *("id", "subject", "customer_name", "customer_address", "status", "lane", "lane_reasons"),
    *("topic", "quick_fix", "assignee", "tags", "unread", "messages", "delivery_failed"),
    *("opened_at", "last_customer_at", "last_reply_at", "snoozed_until", "update_due_at"),
)


@click.command("export")
@config_option
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), required=True, help="What to write."
)
@click.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where; standard output if not said.",
)
@click.option("--customer", metavar="ADDRESS", help="Only the tickets this person is in.")
@click.option("--replace", is_flag=True, help="Take the place of a file that has this name.")
def export(format_: str, to: Path | None, customer: str | None, replace: bool) -> None:
    """Write everything for other programs. Nothing here changes by it.

    json: every ticket with its history, and the journal. csv: a line for each ticket. mbox: every
    mail as it came or left (mboxrd). With --customer: all that is known of one person, whom the
    law lets ask for it (GDPR, art. 15).
    """
    from founder_inbox.app.data.export import MailCounts

    if to is None and sys.stdout.isatty():
        raise click.UsageError("Name a file with --to FILE, or send the output into one.")
    if to is not None and to.exists() and not replace:
        raise BadInput(f"{to} is there already and stays as it is. --replace takes its place.")
    counts = MailCounts()
    with workspace() as ws:
        pieces = _pieces(ws, format_, customer, counts)
        if to is None:
            _print(pieces)
        else:
            write_whole(to, pieces)
            say(f"{safe_line(str(to))} is written.")
        if customer is not None:
            _say_whose(ws, customer)
    if counts.without_files:
        say(
            f"{counted(counts.without_files, 'large mail')} of {counts.mails}: the files are on "
            "the server and not in the export."
        )


def _say_whose(ws: "Workspace", person: str) -> None:
    """Who asks for theirs is not to get what others wrote (GDPR, art. 15, 4)."""
    from founder_inbox.app.data.export import keys_of, shared_tickets

    if shared := shared_tickets(ws, keys_of(ws, person)):
        named = ", ".join(f"#{ticket}" for ticket in shared[:5])
        many = counted(len(shared), "ticket")
        say(f"In {many} other customers wrote, too ({named}): take their mails out before you "
            "pass it on.")  # fmt: skip


def _pieces(
    ws: "Workspace", format_: str, person: str | None, counts: "MailCounts"
) -> Iterator[bytes]:
    from founder_inbox.app.data import export as source

    keys = source.keys_of(ws, person)
    if format_ == "mbox":
        return source.mbox_in_turn(ws, person, counts)
    lines = _csv(ws, keys) if format_ == "csv" else _json(ws, keys, person)
    return (line.encode("utf-8", "replace") for line in lines)


def _json(ws: "Workspace", keys: list[int], person: str | None) -> Iterator[str]:
    from founder_inbox.app.data.export import journal_in_turn, views_in_turn

    head: dict[str, Json] = {
        "format": "founder-inbox",
        "version": _VERSION,
        "exported_at": to_text(clock.now()),
        "account": ws.config.account.address,
        "customer": person,
    }
    yield as_json(head)[:-1]
    yield from _array("tickets", (view_shape(view) for view in views_in_turn(ws, keys)))
    journal = journal_in_turn(ws, person)
    yield from _array("journal", (cast("dict[str, Json]", dict(event)) for event in journal))
    yield "}\n"


def _array(name: str, values: Iterable[Json]) -> Iterator[str]:
    yield f', "{name}": ['
    for number, value in enumerate(values):
        yield ("," if number else "") + "\n" + as_json(value)
    yield "]"


def _csv(ws: "Workspace", keys: list[int]) -> Iterator[str]:
    from founder_inbox.app.data.export import tickets_in_turn

    yield _row(_COLUMNS)
    for ticket in tickets_in_turn(ws, keys):
        shape = ticket_shape(ticket)
        person = cast("dict[str, Json]", shape["customer"])
        shape |= {"customer_name": person["name"], "customer_address": person["address"]}
        shape["lane_reasons"] = "; ".join(cast("Sequence[str]", shape["lane_reasons"]))
        shape["tags"] = " ".join(cast("Sequence[str]", shape["tags"]))
        yield _row([cell(_clean(shape[name])) for name in _COLUMNS])


def _clean(value: Json) -> Json:
    return safe_line(value) if isinstance(value, str) else value


def _row(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _print(pieces: Iterable[bytes]) -> None:
    try:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise ReaderGone from None
