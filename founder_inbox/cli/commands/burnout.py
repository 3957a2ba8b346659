"""What the last seven days say about the founder, in counted facts."""

import click

from founder_inbox.app.burnout import read_burnout
from founder_inbox.cli.context import answer, data_command, workspace
from founder_inbox.cli.shapes import reading_shape
from founder_inbox.core.hours.burnout import AMBER, RED, Level, Reading
from founder_inbox.system import clock

_WORDS = {
    Level.CALM: "Calm: the last seven days look like support with an end.",
    Level.AMBER: "Amber: this week asked more of you than it should.",
    Level.RED: "Red: this is too much. Please let go of something today.",
}


@data_command("burnout")
@click.option("--explain", is_flag=True, help="With the points behind it.")
def burnout(explain: bool) -> None:
    """What the last seven days did to you. It never leaves this machine."""
    with workspace() as ws:
        reading = read_burnout(ws, clock.now())
        answer(lambda: reading_shape(reading), lambda: _page(reading, explain=explain))


def _page(reading: Reading, *, explain: bool) -> str:
    lines = [_WORDS[reading.level]]
    for signal in reading.signals:
        points = f" ({signal.points})" if explain else ""
        lines.append(f"- {signal.sentence}{points}")
    if reading.advice:
        lines += ["What helps:", *(f"- {advice}" for advice in reading.advice)]
    if explain:
        lines.append(
            f"{reading.points} points in seven days; amber from {AMBER}, red from {RED}. "
            "They are counted from your journal: openings, sessions, replies, tickets."
        )
    return "\n".join(lines)
