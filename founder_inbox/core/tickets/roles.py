"""Who speaks in a mail, seen from us: decided by where it lay and who signed it."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from founder_inbox.core.model import Direction, Mail, MailKind
from founder_inbox.core.tickets.facts import Role, Then


@dataclass(frozen=True, slots=True)
class Household:
    """Our own addresses and the teammates', all folded."""

    own: frozenset[str]
    teammates: frozenset[str]


def role_of(
    mail: Mail, in_sent: bool, household: Household, customers: AbstractSet[str], joined: bool
) -> tuple[Direction, Role]:
    """The direction and role of a mail.

    `in_sent`: it lies in Sent, the only place that proves that it is ours; a From line proves
    nothing. `customers`: who is a customer in the ticket it joins; `joined`: it joins one.
    """
    written_to = {a.address.casefold() for a in (*mail.to, *mail.cc)}
    sender = mail.sender.address.casefold()
    if in_sent:
        only_team = bool(written_to) and written_to <= household.teammates | household.own
        return Direction.OUT, Role.INTERNAL if only_team and joined else Role.US
    if sender in household.own:
        return Direction.IN, Role.MACHINE
    if joined and sender in household.teammates:
        to_customer = bool(written_to & customers) and mail.kind is MailKind.CUSTOMER
        return (Direction.OUT, Role.US) if to_customer else (Direction.IN, Role.TEAMMATE)
    if mail.kind is MailKind.CUSTOMER:
        return Direction.IN, Role.CUSTOMER
    return Direction.IN, Role.MACHINE


def role_of_own(then: Then) -> Role:
    """The role of a mail that we put into the outbox: a machine's answer is not ours."""
    return {Then.INTERNAL: Role.INTERNAL, Then.AUTOMATIC: Role.MACHINE}.get(then, Role.US)
