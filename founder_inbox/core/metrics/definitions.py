"""What each figure means, in words: one table for the screen, the command and docs/metrics.md."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a figure's number is."""

    COUNT = "count"
    DURATION = "duration"
    SHARE = "share"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure: its name in JSON, its label on the screen, and its exact meaning."""

    name: str
    label: str
    unit: Unit
    meaning: str
    behind: str


DEFINITIONS = (
    Definition(
        "windows_missed", "Windows missed", Unit.COUNT,
        "Support windows that ended between a case's first mail and our first answer, added up "
        "over all cases that came in. The goal is 0. Without an answer yet it counts until now; "
        "closed without one, until the close. Today's support hours are used for the past, too.",
        "who waited over a window, the longest first",
    ),
    Definition(
        "created", "Came in", Unit.COUNT,
        "Cases that began: a customer's mail that asks for something. Thank-yous, machines' mails, "
        "spam, what was deleted unanswered and tickets that we began don't count. A mail more than "
        "seven days after the close begins a new case; earlier it resumes the old one.",
        "the tickets of these cases",
    ),
    Definition(
        "closed", "Closed", Unit.COUNT,
        "Cases whose close held: nothing has opened them again since. What the first import "
        "filed as done was closed by nobody and does not count.",
        "the tickets that were closed",
    ),
    Definition(
        "unanswered", "No answer yet", Unit.COUNT,
        "Cases that came in, are not closed, and have had no answer of ours so far.",
        "these tickets",
    ),
    Definition(
        "first_answer", "First answer", Unit.DURATION,
        "From the arrival of a case's first mail at the server to the moment the server accepted "
        "our first answer, by the clock. A teammate's answer is ours. Automatic replies, words in "
        "between (“still on it”), introductions, an outage's note to everybody and mails that did "
        "not arrive are no answers. After a merge the earliest mail counts.",
        "the answered tickets, the longest first",
    ),
    Definition(
        "first_answer_open", "… of it in support hours", Unit.DURATION,
        "The same, counting only the time in which support was open. It is 0 when question and "
        "answer lie outside the hours, so read it together with the line above.",
        "the answered tickets, the longest first",
    ),
    Definition(
        "resolution", "Resolution", Unit.DURATION,
        "Of cases closed in the period: from the first mail to our last answer before the close "
        "that held. A thank-you after it adds nothing; without an answer there is no resolution.",
        "the resolved tickets, the longest first",
    ),
    Definition(
        "waiting", "Customer waited", Unit.DURATION,
        "Of cases closed in the period: all the time in which a mail of theirs lay here "
        "unanswered, put off or with the teammate included, until the answer or the close.",
        "the closed tickets, the longest wait first",
    ),
    Definition(
        "replies", "Replies to solve", Unit.COUNT,
        "Answers of ours in a case closed in the period. Cases without an answer are left out.",
        "the closed tickets, the most replies first",
    ),
    Definition(
        "solved_in_one", "Solved in one", Unit.SHARE,
        "Closed cases with exactly one answer of ours, of all closed cases with an answer.",
        "those that took more than one",
    ),
    Definition(
        "level_one", "Level one", Unit.SHARE,
        "Closed cases that were never handed off, of all closed cases. The target is 80 %.",
        "those that were handed off",
    ),
    Definition(
        "asked_before", "Asked before", Unit.SHARE,
        "How-to tickets whose question had been answered to another customer before, of all in "
        "which it was looked for. It is counted for the whole span, not by day, week or month.",
        "those that had been asked before",
    ),
    Definition(
        "quick_fixes", "Quick fixes", Unit.COUNT,
        "Quick fixes that went live.",
        "their tickets, the longest from asked to live first",
    ),
    Definition(
        "asked_to_live", "Asked to live", Unit.DURATION,
        "Of these quick fixes: from the unanswered mail that asked for it to the moment it went "
        "live.",
        "their tickets, the longest from asked to live first",
    ),
    Definition(
        "minutes", "Minutes a week", Unit.MINUTES,
        "Your time on tickets. The time before an act belongs to its ticket, ten minutes at most; "
        "the first act after an hour without any has none, unless a session began before it. "
        "By lane and by customer it is the ticket's, as they are now.",
        "where the time went, the most first",
    ),
)  # fmt: skip

BY_NAME = {definition.name: definition for definition in DEFINITIONS}

GENERAL = (
    "A middle value is the median: half took less. The second is the 90th percentile: nine of ten "
    "took less. There are no averages. n is how many it is taken from, and under n = 5 no "
    "median and no share is shown; counts always are.",
    "What came in belongs to the day its first mail arrived, what was closed to the day of the "
    "close that held. Days are those of your support hours' zone; weeks begin on Monday.",
    "The last value is that of the period before, of the same length.",
)
