"""Which tickets are about the outage, and why one may think so."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from founder_inbox.core.display import safe_line


@dataclass(frozen=True, slots=True)
class Report:
    """What a ticket's latest mail says: `outage` by the rules, with their words; its error lines.

    `sender` is the customer's address, `at` the mail's arrival (UTC).
    """

    ticket: str
    sender: str
    at: datetime
    outage: bool
    reasons: tuple[str, ...]
    errors: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """A ticket that is offered, and the reason in words."""

    ticket: str
    reason: str


def find_matches(reports: Sequence[Report], linked: Collection[str]) -> tuple[Match, ...]:
    """The reports that are not linked yet and look like this outage, in the order given.

    An error line counts where a second person, or a ticket of this outage, has it too.
    """
    told = [report for report in reports if report.ticket in linked]
    common = set[str]().union(*(report.errors for report in told))
    people = Counter(
        line
        for _sender, line in {
            (report.sender.casefold(), line) for report in reports for line in report.errors
        }
    )
    common |= {line for line, count in people.items() if count > 1}
    offered = ((r.ticket, _reason(r, common)) for r in reports if r.ticket not in linked)
    return tuple(Match(ticket, reason) for ticket, reason in offered if reason)


def _reason(report: Report, common: Collection[str]) -> str:
    if report.outage:
        return safe_line(report.reasons[0] if report.reasons else "says it is down", 80)
    shared = sorted(report.errors & set(common))
    return safe_line(f"the same error: {shared[0]}", 80) if shared else ""
