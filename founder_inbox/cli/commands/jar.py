"""The thank-you jar: what customers wrote, to be read again."""

import click

from founder_inbox.app.session.jar import praise_jar, praise_words
from founder_inbox.cli.context import answer, data_command, workspace
from founder_inbox.cli.shapes import praise_shape
from founder_inbox.system import clock

_EMPTY = "The jar is empty yet. Praise from thank-yous that you closed collects in it."


@data_command("jar")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, metavar="N")
def jar(limit: int) -> None:
    """Sentences of praise from thank-yous that you closed, the newest first, as written."""
    with workspace() as ws:
        found, now = praise_jar(ws)[:limit], clock.now()
        answer(
            lambda: [praise_shape(praise) for praise in found],
            lambda: "\n".join(praise_words(praise, now, ws) for praise in found) or _EMPTY,
        )
