"""What counts as a fire."""

from datetime import UTC, datetime, timedelta

import pytest

from founder_inbox.core.hours.fire import Cry, find_fire

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
OUTAGE = "Three people report an outage within the hour."
URGENT = "A customer you know reports something urgent."


def cry(
    sender: str, ago: int = 10, *, outage: bool = True, rule: bool = True, known: bool = False
) -> Cry:
    return Cry(f"{sender}@x.test", NOON - timedelta(minutes=ago), outage, rule, known)


@pytest.mark.parametrize(
    ("cries", "said"),
    [
        pytest.param([], "", id="quiet"),
        pytest.param([cry("a"), cry("b")], "", id="two people"),
        pytest.param([cry("a"), cry("b"), cry("B"), cry("b")], "", id="two people, four mails"),
        pytest.param([cry("a"), cry("b"), cry("c", 59)], OUTAGE, id="three people"),
        pytest.param([cry("a"), cry("b"), cry("c", 60)], "", id="one of them an hour ago"),
        pytest.param([cry("a"), cry("b"), cry("c", -5)], "", id="one of them later"),
        pytest.param([cry(n) for n in "abcd"], OUTAGE.replace("Three", "Four"), id="four people"),
        pytest.param([cry("a", outage=False, known=True)], URGENT, id="a known customer"),
        pytest.param([cry("a", outage=False)], "", id="a stranger"),
        pytest.param([cry("a", outage=False, rule=False, known=True)], "", id="only a guess"),
    ],
)
def test_three_people_or_a_known_customer_make_a_fire(cries: list[Cry], said: str) -> None:
    assert find_fire(cries, NOON) == said
