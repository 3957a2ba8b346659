"""A ticket's files."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from founder_inbox.app.queue.tickets import find_ticket
from founder_inbox.app.reading.attachments import (
    TicketFile,
    as_now,
    ask_for,
    ask_no_more,
    files_of,
    save_file,
)
from founder_inbox.app.workspace import Workspace
from founder_inbox.cli.arguments import ticket_argument
from founder_inbox.cli.context import answer, data_command, say, workspace
from founder_inbox.cli.failure import explain
from founder_inbox.cli.plain import Json
from founder_inbox.cli.shapes import attachment_shape
from founder_inbox.cli.table import table, terminal_width
from founder_inbox.core.display import safe_line
from founder_inbox.core.sizes import size_words
from founder_inbox.core.times import to_text
from founder_inbox.errors import FounderInboxError

NOT_FETCHED = "It is still on the server. Run this again when the server can be reached."


@data_command("attachments")
@ticket_argument
@click.option("--save", metavar="DIR", help="Save them there; nothing is overwritten.")
def attachments(ticket: str, save: str | None) -> int:
    """List a ticket's files, or save them. Nothing is ever opened.

    Large files stay on the server until they are saved.
    """
    with workspace() as ws:
        files = files_of(ws, find_ticket(ws.store, ticket))
        trouble = _fetch(ws, files) if save else None
        files = [as_now(ws, file) for file in files]
        folder = Path(save).expanduser() if save else None
        saved = [save_file(ws, f, folder) if folder and f.here else None for f in files]
        pairs = list(zip(files, saved, strict=True))
        answer(
            lambda: [_shape(file, path) for file, path in pairs],
            lambda: _page(pairs) or "This ticket has no files.",
        )
        missing = [file for file in files if folder and not file.here]
        for file in missing:
            why = (file.part.answer if file.part else None) or NOT_FETCHED
            say(f"{safe_line(file.attachment.name)}: {safe_line(why)}")
        if trouble is not None and missing:
            say(explain(trouble))
            return trouble.exit_code
        return 1 if missing else 0


def _fetch(ws: Workspace, files: Sequence[TicketFile]) -> FounderInboxError | None:
    """Get what is on the server, with a line that says how far it is; what was in the way."""
    missing = [file for file in files if not file.here]
    if not missing:
        return None
    from founder_inbox.app.syncing.turns import (
        bring_now,  # with the mail library: only when it is needed
    )

    ask_for(ws, missing)
    try:
        numbers = [file.part.id for file in missing if file.part]
        return bring_now(ws, numbers, lambda: _show_progress(ws, missing))
    finally:
        ask_no_more(ws, missing)
        if sys.stderr.isatty():
            sys.stderr.write("\r" + " " * 60 + "\r")


def _show_progress(ws: Workspace, files: Sequence[TicketFile]) -> None:
    parts = [part for file in files if (part := as_now(ws, file).part) is not None]
    got, size = sum(part.got for part in parts), sum(part.size for part in parts)
    words = f"Fetching {size_words(got)} of {size_words(size)} …"
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{words:<60}")
        sys.stderr.flush()
    elif got >= size:
        say(words)


def _shape(file: TicketFile, path: Path | None) -> dict[str, Json]:
    return attachment_shape(file.attachment) | {
        "message_id": file.message_id,
        "at": to_text(file.at),
        "here": file.here,
        "saved": str(path) if path else None,
    }


def _page(pairs: list[tuple[TicketFile, Path | None]]) -> str:
    rows: list[tuple[str, ...]] = [
        (
            safe_line(str(path) if path else file.attachment.name),
            safe_line(file.attachment.type),
            size_words(file.attachment.size),
            safe_line(file.sender.name or file.sender.address),
            "" if file.here else "on the server",
        )
        for file, path in pairs
    ]
    if all(file.here for file, _ in pairs):
        rows = [row[:4] for row in rows]
    # A path is to be copied, so it is never cut.
    return table(rows, terminal_width(), flexible=(3,) if any(p for _, p in pairs) else (0, 3))
