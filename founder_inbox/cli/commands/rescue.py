"""Lost customers in Junk: who was found there, and their mails back into the inbox."""

import click

from founder_inbox.app.syncing.junk import bring_from_junk, known_in_junk
from founder_inbox.cli.context import answer, data_command, workspace
from founder_inbox.cli.shapes import junk_shape
from founder_inbox.cli.table import table, terminal_width
from founder_inbox.core.hours.time_words import counted, describe_moment
from founder_inbox.core.sync.junk import JunkMail
from founder_inbox.system import clock


@data_command("rescue")
@click.option("--bring", is_flag=True, help="Move them to the inbox with the next sync.")
def rescue(bring: bool) -> None:
    """Mail in Junk from people you have answered before; --bring moves it to the inbox.

    A sync looks once a day at the last 14 days there. Nothing leaves Junk by itself.
    """
    with workspace() as ws:
        now, zone = clock.now(), ws.hours.zone
        mails = known_in_junk(ws)
        if bring and mails:
            bring_from_junk(ws, mails, now)

        def page() -> str:
            if not mails:
                return "Nobody you know lies in Junk."
            rows = [_row(mail, describe_moment(mail.received_at, now, zone)) for mail in mails]
            listed = table(rows, terminal_width(), flexible=(0, 1))
            to_do = (
                f"{counted(len(mails), 'mail')} will be in the inbox with the next sync."
                if bring
                else "Bring them into the inbox: founder-inbox rescue --bring"
            )
            return f"{listed}\n{to_do}"

        answer(
            lambda: {
                "found": [junk_shape(mail) for mail in mails],
                "brought": len(mails) if bring else 0,
            },
            page,
        )


def _row(mail: JunkMail, when: str) -> tuple[str, str, str]:
    return (mail.name or mail.address, mail.subject, when)
