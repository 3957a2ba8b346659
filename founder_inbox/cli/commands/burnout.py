"""What the last seven days say about the founder, in counted facts."""

import click

from founder_inbox.app.session.burnout import read_burnout, read_hire
from founder_inbox.app.session.jar import praise_words_for
from founder_inbox.cli.context import answer, data_command, workspace
from founder_inbox.cli.shapes import reading_shape
from founder_inbox.core.hours.burnout import AMBER, HOW_COUNTED, RED, Level, Reading
from founder_inbox.core.hours.hiring import Hire
from founder_inbox.system import clock

_WORDS = {
    Level.CALM: "Calm: the last seven days look like support with an end.",
    Level.AMBER: "Amber: this week asked more of you than it should.",
    Level.RED: "Red: this is too much. Please let go of something today.",
}


@data_command("burnout")
@click.option("--explain", is_flag=True, help="With the points behind it.")
def burnout(explain: bool) -> None:
    """What the last seven days did to you. Nobody else is told."""
    with workspace() as ws:
        reading = read_burnout(ws, clock.now())
        hire = read_hire(ws, clock.now())
        answer(
            lambda: reading_shape(reading, hire),
            lambda: _page(
                reading, hire, praise_words_for(ws, reading, clock.now()), explain=explain
            ),
        )


def _page(reading: Reading, hire: Hire | None, praise: str, *, explain: bool) -> str:
    lines = [_WORDS[reading.level]]
    lines += [f"- {signal.sentence}" for signal in reading.signals]
    if reading.advice:
        lines += ["What helps:", *(f"- {advice}" for advice in reading.advice)]
    lines += [hire.sentence] if hire else []
    lines += ["", f"From the thank-you jar: {praise}"] if praise else []
    return "\n".join([*lines, *(_sum(reading) if explain else ())])


def _sum(reading: Reading) -> list[str]:
    """The points signal by signal, those of none too, and what they are for."""
    points = {signal.name: signal.points for signal in reading.signals}
    rows = [f"{points.get(name, 0):>4}  {how}" for name, how in HOW_COUNTED.items()]
    return [
        "",
        "How it is worked out, from the last seven days of your journal on this machine:",
        *rows,
        f"{reading.points:>4}  in all; amber from {AMBER}, red from {RED}",
        "Nothing of it is sent anywhere.",
    ]
