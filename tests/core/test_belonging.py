"""Which ticket a new one may belong to, and when nothing is said."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from founder_inbox.core.model import Address, Lane, Status, Verdict
from founder_inbox.core.tickets.belonging import Belonging, belongs_to
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import TicketState

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TOM = Address("Tom Okafor", "tom@okafor.test")


def ticket(key: int, subject: str, days_ago: float, **more: Any) -> Ticket:  # noqa: ANN401 - a state's fields
    moment = NOON - timedelta(days=days_ago)
    given: dict[str, Any] = {"opened_at": moment, "moved_at": moment, "customer": TOM}
    return Ticket(key, f"ticket{key}", TicketState(subject=subject, **(given | more)))


NEW = ticket(1, "The export is still empty", 0)


def test_the_same_person_with_a_similar_subject_is_named_with_the_reason() -> None:
    old = ticket(2, "Export is empty", 5, status=Status.WAITING)

    assert belongs_to(NEW, [ticket(3, "Invoice", 2), old, NEW]) == Belonging(
        "ticket2", "the same person wrote about something alike"
    )


def test_the_one_that_moved_last_is_named() -> None:
    found = belongs_to(NEW, [ticket(2, "Export is empty", 9), ticket(3, "Export is empty", 4)])

    assert found is not None
    assert found.ticket == "ticket3"


def test_the_same_name_from_another_address_needs_the_same_subject_and_a_full_name() -> None:
    private = Address("tom  okafor", "tom@home.test")
    same = ticket(2, "Re: The export is still empty", 3, customer=private)
    alike = ticket(3, "Export is empty", 3, customer=private)
    first_name = ticket(4, NEW.state.subject, 3, customer=Address("Tom", "tom@other.test"))

    found = belongs_to(NEW, [same])
    assert found is not None
    assert "another address" in found.reason
    assert belongs_to(NEW, [alike]) is None
    assert belongs_to(NEW, [first_name]) is None


@pytest.mark.parametrize(
    "other",
    [
        ticket(2, "Export is empty", 15),
        ticket(2, "Export is empty", 5, status=Status.CLOSED),
        ticket(2, "Export is empty", -1),
        ticket(2, "", 5),
        ticket(2, "My invoice", 5),
        ticket(2, "Export is empty", 5, customer=Address("Eve", "eve@evil.test")),
        ticket(2, "Export is empty", 5, verdict=Verdict(Lane.AUTOMATIC, None, (), sure=True)),
    ],
)
def test_what_is_old_done_later_or_somebody_elses_is_not_named(other: Ticket) -> None:
    assert belongs_to(NEW, [other]) is None


@pytest.mark.parametrize(
    "more",
    [
        {"last_reply_at": NOON},
        {"status": Status.CLOSED},
        {"verdict": Verdict(Lane.AUTOMATIC, None, (), sure=True)},
        {"customer": Address("", "")},
    ],
)
def test_nothing_is_said_about_what_is_answered_done_or_from_a_machine(
    more: dict[str, Any],
) -> None:
    new = ticket(1, "Export is empty", 0, **more)

    assert belongs_to(new, [ticket(2, "Export is empty", 5)]) is None
