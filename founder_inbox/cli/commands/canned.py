"""The founder's canned replies."""

from founder_inbox.app.canned import load_replies
from founder_inbox.cli.context import answer, data_command, workspace
from founder_inbox.cli.shapes import reply_shape
from founder_inbox.cli.table import table, terminal_width
from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.time_words import times
from founder_inbox.core.letters.canned import asks
from founder_inbox.store.drafts import uses_of_replies


@data_command("replies")
def replies() -> None:
    """Your canned replies: Markdown files in replies/ beside your configuration."""
    with workspace() as ws:
        known = sorted(load_replies(ws), key=lambda reply: (reply.name, reply.language))
        uses = uses_of_replies(ws.store)
        rows = [
            (
                reply.name,
                reply.language,
                safe_line(reply.title),
                ", ".join(ask.name.removeprefix("ask.") for ask in asks(reply)),
                f"used {times(uses[reply.name])}" if reply.name in uses else "",
            )
            for reply in known
        ]
        answer(
            lambda: [reply_shape(reply, uses.get(reply.name, 0)) for reply in known],
            lambda: table(rows, terminal_width(), flexible=(2, 3)),
        )
