"""The goodwill ledger: what was typed, sums by month, and the cap."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from founder_inbox.core.tickets.goodwill import (
    Asked,
    GiftKind,
    cap_words,
    gift_data,
    gift_words,
    gifts_in,
    given_in_month,
    money,
    months_of,
    parse_gift,
    sums_of,
)
from founder_inbox.core.tickets.journal import Event, EventKind, Json
from founder_inbox.errors import BadInput

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "amount", "currency", "kind", "why"),
    [
        ("20", "20", "EUR", "credit", ""),
        ("20 USD", "20", "USD", "credit", ""),
        ("€19,50 refund", "19.50", "EUR", "refund", ""),
        ("19.50€ refund charged twice", "19.50", "EUR", "refund", "charged twice"),
        ("$5 discount: for the wait", "5", "USD", "discount", "for the wait"),
        ("20 for the wait", "20", "EUR", "credit", "for the wait"),
        ("20 usd credit, the export was lost", "20", "USD", "credit", "the export was lost"),
    ],
)
def test_what_is_typed_is_understood(
    text: str, amount: str, currency: str, kind: str, why: str
) -> None:
    assert parse_gift(text, "EUR") == Asked(Decimal(amount), currency, GiftKind(kind), why)


@pytest.mark.parametrize(
    "text",
    ["", "credit", "0", "0.00 EUR", "-5", "9999999", "1.234,56", "12.345", "20.5.6", "x" * 999],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        parse_gift(text, "EUR")


def event(number: int, at: datetime, data: dict[str, Json]) -> Event:
    return Event(f"{number:012x}-0000-00000000", at, "Ana", f"t{number}", EventKind.GOODWILL, data)


def given(number: int, day: int, text: str, hour: int = 12) -> Event:
    at = datetime(2026, 11, day, hour, tzinfo=UTC)
    return event(number, at, gift_data(parse_gift(text, "EUR")))


def test_months_are_the_founders_and_each_currency_has_its_own_sum() -> None:
    late = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)  # already November in Berlin
    gifts = gifts_in(
        [
            given(1, 3, "10.10 EUR"),
            given(2, 9, "0.20 EUR"),
            given(3, 9, "5 USD"),
            event(4, late, gift_data(parse_gift("1", "EUR"))),
            event(5, datetime(2026, 9, 1, tzinfo=UTC), gift_data(parse_gift("7", "EUR"))),
        ]
    )
    months = [(m.year, m.month, m.currency, m.total, m.gifts) for m in months_of(gifts, BERLIN)]

    assert months == [
        (2026, 11, "EUR", Decimal("11.30"), 3),
        (2026, 11, "USD", Decimal(5), 1),
        (2026, 9, "EUR", Decimal(7), 1),
    ]
    now = datetime(2026, 11, 20, tzinfo=UTC)
    assert given_in_month(gifts, "EUR", now, BERLIN) == Decimal("11.30")
    assert sums_of(gifts) == "18.30 EUR and 5 USD"


def test_what_was_taken_back_and_what_another_version_wrote_is_left_out() -> None:
    first, second = given(1, 3, "10"), given(2, 4, "20 refund: twice")
    undone = Event(
        "000000000009-0000-00000000", first.at, "Ana", "t1", EventKind.UNDONE,
        {"events": [first.id]},
    )  # fmt: skip
    odd = [event(5, first.at, {"amount": wrong, "given": "credit"}) for wrong in ("NaN", "x", "")]

    assert [gift_words(gift) for gift in gifts_in([undone, second, *odd, first])] == [
        "20 EUR refund: twice"
    ]


def test_the_cap_speaks_only_when_it_is_passed() -> None:
    assert cap_words(Decimal(100), Decimal(100), "EUR") == ""
    assert cap_words(Decimal(500), Decimal(0), "EUR") == ""
    assert cap_words(Decimal("100.01"), Decimal(100), "EUR") == (
        "That makes 100.01 EUR this month, over your cap of 100 EUR."
    )


def test_money_is_exact_and_short() -> None:
    assert [money(Decimal(text), "EUR") for text in ("20.00", "19.5", "1234567")] == [
        "20 EUR", "19.50 EUR", "1,234,567 EUR",
    ]  # fmt: skip
