"""`docs/metrics.md`: every figure with its exact definition, from the table that ships."""

from founder_inbox.core.metrics.definitions import DEFINITIONS, GENERAL

_HEAD = """\
# Metrics

The figures of the handbook (ch. 11), on the screen with `g m` and as `founder-inbox stats`.
The headline is **windows missed**, and its goal is 0: it is fair to both sides, because whoever
answers in the next opening has missed nothing, whatever the clock says.

Nothing leaves this machine, and nobody is compared with anybody.

"""
_TAIL = """
## Where they come from

Mails count from the moment they arrived at the server (INTERNALDATE), ours from the moment it
accepted them; what people did is in the [journal](journal.md). Whoever has the same facts gets the
same figures, in whatever order they came in: nothing is stored besides.

A ticket is made of **cases**. One begins with the first mail that asks for something and ends with
the close that held. Written to again within seven days it is the same case, later the next one.
Which mail only thanks is the sorter's word, and yours where you moved the ticket to another lane.
A close that had not seen the customer's last mail is none, like one that was undone.

Every definition is proven on forty tickets with figures worked out by hand
(`tests/core/forty.py`): reopened, merged, split, handed off, put off over a window, answered
outside the hours and over both changes of the clocks, among others.

## As data

`founder-inbox stats --json` has the span as `period`, the one before as `before`, and the days,
weeks or months as `buckets`. `period.tickets` names the tickets behind each figure. Durations are
seconds; null means that it is not known, or taken from fewer than five. `--csv` has one row for
each day, week or month.
"""


def metrics_page() -> str:
    """The whole page."""
    lines = ["## The figures", ""]
    for each in DEFINITIONS:
        lines += [f"### {each.label.removeprefix('… of it ').capitalize()}", "", each.meaning, ""]
        if each.behind:
            lines += [f"Enter on the line shows {each.behind}.", ""]
    lines += ["## How to read them", "", *GENERAL]
    return _HEAD + "\n".join(lines) + "\n" + _TAIL
