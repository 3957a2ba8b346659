"""The week as Markdown, for your notes or your team."""

from datetime import timedelta

import click

from founder_inbox.app.metrics.digest import read_digest
from founder_inbox.cli.commands.stats import day_of
from founder_inbox.cli.context import answer, data_command, workspace
from founder_inbox.core.metrics.digest import digest_page
from founder_inbox.core.metrics.periods import before, week_of
from founder_inbox.system import clock


@data_command("digest")
@click.option("--week", metavar="D", help="The week that day is in; else the last whole one.")
@click.option("--mask", is_flag=True, help="Without names, addresses and numbers.")
def digest(week: str | None, mask: bool) -> None:
    """What a week of support said: figures, their words, ideas, thanks, as Markdown.

    For example: founder-inbox digest --mask > week.md
    """
    with workspace() as ws:
        now = clock.now()
        today = now.astimezone(ws.hours.zone).date()
        span = week_of(day_of(week, "--week")) if week else before(week_of(today))
        page = digest_page(read_digest(ws, span, now, masked=mask)).rstrip("\n")
        answer(
            lambda: {
                "from": span.first.isoformat(),
                "to": (span.after - timedelta(days=1)).isoformat(),
                "masked": mask,
                "markdown": page,
            },
            lambda: page,
        )
