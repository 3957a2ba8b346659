"""What was looked at and how it stands: the record that setup and doctor show."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a thing stands. A note is good to know and spoils nothing."""

    OK = "ok"
    NOTE = "note"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `code` is the exit code of a failure (contract, section 4).

    `names` are in its words and in no report for others.
    """

    name: str
    state: State
    words: str
    advice: str = ""
    code: int = 0
    names: tuple[str, ...] = ()
