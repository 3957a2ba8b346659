"""A ticket's files."""

from pathlib import Path

import click

from founder_inbox.app.attachments import TicketFile, files_of, save_file
from founder_inbox.app.tickets import find_ticket
from founder_inbox.cli.arguments import ticket_argument
from founder_inbox.cli.context import answer, data_command, workspace
from founder_inbox.cli.pages import size_words
from founder_inbox.cli.plain import Json
from founder_inbox.cli.shapes import attachment_shape
from founder_inbox.cli.table import table, terminal_width
from founder_inbox.core.display import safe_line
from founder_inbox.core.times import to_text


@data_command("attachments")
@ticket_argument
@click.option("--save", metavar="DIR", help="Save them there; nothing is overwritten.")
def attachments(ticket: str, save: str | None) -> None:
    """List a ticket's files, or save them. Nothing is ever opened."""
    with workspace() as ws:
        files = files_of(ws, find_ticket(ws.store, ticket))
        folder = Path(save).expanduser() if save else None
        saved = [save_file(ws, file, folder) if folder else None for file in files]
        pairs = list(zip(files, saved, strict=True))
        answer(
            lambda: [_shape(file, path) for file, path in pairs],
            lambda: _page(pairs) or "This ticket has no files.",
        )


def _shape(file: TicketFile, path: Path | None) -> dict[str, Json]:
    return attachment_shape(file.attachment) | {
        "message_id": file.entry.message_id,
        "at": to_text(file.entry.at),
        "saved": str(path) if path else None,
    }


def _page(pairs: list[tuple[TicketFile, Path | None]]) -> str:
    rows = [
        (
            safe_line(str(path) if path else file.attachment.name),
            safe_line(file.attachment.type),
            size_words(file.attachment.size),
            safe_line(file.entry.sender.name or file.entry.sender.address),
        )
        for file, path in pairs
    ]
    # A path is to be copied, so it is never cut.
    return table(rows, terminal_width(), flexible=(3,) if any(p for _, p in pairs) else (0, 3))
