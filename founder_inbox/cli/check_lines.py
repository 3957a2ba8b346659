"""One thing looked at, as a line and as JSON: the same in `setup` and `doctor`."""

from founder_inbox.cli.plain import Json
from founder_inbox.core.checks import Check, State

_SIGNS = {State.OK: "✓ ok   ", State.NOTE: "· note ", State.FAILED: "✗ wrong"}


def check_line(check: Check) -> str:
    """The line for people, with what to do below it."""
    advice = f"\n         {check.advice}" if check.advice else ""
    return f"{_SIGNS[check.state]} {check.name}: {check.words}{advice}"


def check_shape(check: Check) -> dict[str, Json]:
    """The JSON object."""
    return {
        "name": check.name,
        "state": check.state.value,
        "words": check.words,
        "advice": check.advice or None,
        "code": check.code,
    }
