"""The founder's canned replies: listed, looked through, and an answer of theirs made into one."""

import click

from founder_inbox.app.queue.tickets import find_ticket
from founder_inbox.app.sending.canned import AWAY, load_replies
from founder_inbox.app.sending.saving_replies import check_replies, rewrite_reply, save_reply
from founder_inbox.app.workspace import Workspace
from founder_inbox.cli.context import answer, data_command, is_interactive, workspace
from founder_inbox.cli.shapes import reply_shape
from founder_inbox.cli.table import table, terminal_width
from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.time_words import times
from founder_inbox.core.letters.canned import asks
from founder_inbox.errors import BadInput
from founder_inbox.store.drafts import uses_of_replies


@data_command("replies")
@click.argument("act", type=click.Choice(["check", "save"]), required=False)
@click.argument("ticket", required=False)
@click.argument("message", required=False)
@click.option("--name", metavar="N", help="With save: the new reply's name.")
@click.option("--title", metavar="TEXT", default="", help="With save: what the picker shows.")
@click.option("--edit", is_flag=True, help="With save: open it in your editor.")
@click.option("--unused", is_flag=True, help="Only those that were never used.")
@click.pass_context
def replies(
    ctx: click.Context,
    act: str | None,
    ticket: str | None,
    message: str | None,
    name: str | None,
    title: str,
    edit: bool,
    unused: bool,
) -> int:
    """Your canned replies: Markdown files in replies/ beside your configuration.

    replies check looks through yours: what can't be read, unknown fields, names and keys that are
    there twice, a language that is missing.

    replies save TICKET [MESSAGE] --name N puts an answer you sent into your folder: without
    greeting and signature, with a field for the customer's name. MESSAGE is a mail's number as in
    show, else it is your last one. A file that is there is never written over.
    """
    if act == "save" and not (ticket and name):
        ctx.fail("Write replies save TICKET [MESSAGE] --name N")
    if act != "save" and (ticket or name or title or edit):
        ctx.fail("TICKET, --name, --title and --edit belong to: replies save")
    with workspace() as ws:
        if act == "check":
            return _check(ws)
        if act == "save":
            return _save(ws, ticket or "", message, name or "", title, edit=edit)
        _list(ws, unused=unused)
        return 0


def _list(ws: Workspace, *, unused: bool) -> None:
    uses = uses_of_replies(ws.store)
    known = sorted(load_replies(ws), key=lambda reply: (reply.name, reply.language))
    if unused:
        # A rule uses that one, and nobody counts.
        known = [reply for reply in known if reply.name not in uses and reply.name != AWAY]
    rows = [
        (
            reply.name,
            reply.language,
            safe_line(reply.title),
            ", ".join(ask.name.removeprefix("ask.") for ask in asks(reply)),
            f"used {times(uses[reply.name])}" if reply.name in uses else "never used",
        )
        for reply in known
    ]
    answer(
        lambda: [reply_shape(reply, uses.get(reply.name, 0)) for reply in known],
        lambda: table(rows, terminal_width(), flexible=(2, 3)) if rows else "Each was used.",
    )


def _check(ws: Workspace) -> int:
    found = check_replies(ws)
    lines = [f"{safe_line(one.file)}: {safe_line(one.words, 400)}." for one in found]
    answer(
        lambda: [{"file": o.file, "words": o.words, "grave": o.grave} for o in found],
        lambda: "\n".join(lines) or "Your replies are in order.",
    )
    return BadInput.exit_code if any(one.grave for one in found) else 0


def _save(
    ws: Workspace, given: str, message: str | None, name: str, title: str, *, edit: bool
) -> int:
    path = save_reply(ws, find_ticket(ws.store, given), name, message, title)
    if edit and is_interactive():
        edited = click.edit(path.read_text(encoding="utf-8"), extension=".md")
        if edited is not None:
            rewrite_reply(path, edited)
    answer(lambda: {"file": str(path), "name": name}, lambda: f"Saved: {path}")
    return 0
