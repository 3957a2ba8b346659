"""The goodwill ledger: credits, discounts and refunds given, by ticket and month (handbook ch. 8).

Amounts are exact decimals with a currency (ISO 4217); nothing is ever converted.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from founder_inbox.core.display import safe_line
from founder_inbox.core.tickets.journal import Event, EventKind, Json, effective
from founder_inbox.errors import BadInput

LONGEST_WHY = 200
_HIGHEST = Decimal(1_000_000)
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP"}
# Codes in small letters are few: "20 for the wait" names none.
_CODE = r"[€$£]|[A-Z]{3}\b|(?:eur|usd|gbp|chf|cad|aud|sek|nok|dkk|pln|jpy)\b"
_NUMBER = r"\d{1,7}(?:[.,]\d{1,2})?(?![.,]?\d)"
_AMOUNT = re.compile(rf"([€$£])?\s{{0,3}}({_NUMBER})\s{{0,3}}({_CODE})?")


class GiftKind(StrEnum):
    """What was given."""

    CREDIT = "credit"
    DISCOUNT = "discount"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed: "20 EUR credit for the lost export"."""

    amount: Decimal
    currency: str
    kind: GiftKind
    why: str


@dataclass(frozen=True, slots=True)
class Gift:
    """One line of the ledger; `at` is UTC."""

    at: datetime
    ticket: str
    amount: Decimal
    currency: str
    kind: GiftKind
    why: str


@dataclass(frozen=True, slots=True)
class Month:
    """One month's sum in one currency."""

    year: int
    month: int
    currency: str
    total: Decimal
    gifts: int


def parse_gift(text: str, currency: str) -> Asked:
    """Read amount, currency (else `currency`), what it is (else a credit), and why.

    Raises BadInput for what is no amount above zero.
    """
    found = _AMOUNT.match(text.strip())
    if found is None:
        said = safe_line(text, 40)
        raise BadInput(f"{said!r} begins with no amount. Write it as “20 EUR credit”.")
    sign, number, code = found.groups()
    named = code or sign or currency
    amount = _decimal(number)
    if not 0 < amount <= _HIGHEST:
        raise BadInput(f"{number} can't be given; allowed is above 0 and up to {_HIGHEST:,}.")
    kind, why = _kind_and_why(text.strip()[found.end() :])
    return Asked(amount, _SIGNS.get(named, named.upper()), kind, why)


def gift_data(asked: Asked) -> dict[str, Json]:
    """The fields of a `goodwill` event."""
    return {
        "amount": f"{asked.amount:.2f}",
        "currency": asked.currency,
        "given": asked.kind.value,
        "why": asked.why,
    }


def gifts_in(events: Iterable[Event]) -> list[Gift]:
    """The ledger, the oldest first, without what was taken back or can't be read."""
    return [gift for event in effective(events) if (gift := _gift(event)) is not None]


def months_of(gifts: Iterable[Gift], zone: tzinfo) -> list[Month]:
    """The sums by the founder's months and by currency, the newest month first."""
    found: dict[tuple[int, int, str], list[Decimal]] = defaultdict(list)
    for gift in gifts:
        local = gift.at.astimezone(zone)
        found[local.year, local.month, gift.currency].append(gift.amount)
    return [
        Month(year, month, currency, sum(amounts, Decimal()), len(amounts))
        for (year, month, currency), amounts in sorted(
            found.items(), key=lambda item: (-item[0][0], -item[0][1], item[0][2])
        )
    ]


def given_in_month(gifts: Iterable[Gift], currency: str, now: datetime, zone: tzinfo) -> Decimal:
    """What was given in the month of `now`."""
    here = now.astimezone(zone)
    return sum(
        (
            month.total
            for month in months_of(gifts, zone)
            if (month.year, month.month, month.currency) == (here.year, here.month, currency)
        ),
        Decimal(),
    )


def cap_words(given: Decimal, cap: Decimal, currency: str) -> str:
    """A sentence when the month's sum is over the cap; 0 is no cap."""
    if cap <= 0 or given <= cap:
        return ""
    return (
        f"That makes {money(given, currency)} this month, over your cap of {money(cap, currency)}."
    )


def money(amount: Decimal, currency: str) -> str:
    """Return "20 EUR", "19.50 EUR"."""
    whole = amount == amount.to_integral_value()
    return f"{amount:,.0f} {currency}" if whole else f"{amount:,.2f} {currency}"


def gift_words(gift: Gift | Asked) -> str:
    """Return "20 EUR credit: the export was lost"."""
    why = f": {gift.why}" if gift.why else ""
    return f"{money(gift.amount, gift.currency)} {gift.kind.value}{why}"


def sums_of(gifts: Sequence[Gift]) -> str:
    """What one customer was given in all: "40 EUR and 10 USD"; empty for nothing."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for gift in gifts:
        sums[gift.currency] += gift.amount
    return " and ".join(money(total, currency) for currency, total in sorted(sums.items()))


def event_words(data: Mapping[str, Json]) -> str:
    """The event in a ticket's history."""
    why = f": {data.get('why')}" if data.get("why") else ""
    return f"gave {data.get('amount')} {data.get('currency')} {data.get('given')}{why}"


def _gift(event: Event) -> Gift | None:
    if event.kind is not EventKind.GOODWILL:
        return None
    data = event.data
    try:
        amount = _decimal(str(data.get("amount")))
        kind = GiftKind(str(data.get("given")))
    except (BadInput, ValueError):
        return None  # of another version
    currency = safe_line(str(data.get("currency", "")), 8)
    why = safe_line(str(data.get("why", "")), LONGEST_WHY)
    return Gift(event.at, event.ticket or "", amount, currency, kind, why)


def _decimal(text: str) -> Decimal:
    try:
        found = Decimal(text[:20].replace(",", "."))
    except InvalidOperation:
        raise BadInput(f"{safe_line(text, 40)!r} is no amount.") from None
    if not found.is_finite() or abs(found) > _HIGHEST * 1000:
        raise BadInput(f"{safe_line(text, 40)!r} is no amount.")
    return found


def _kind_and_why(text: str) -> tuple[GiftKind, str]:
    first, _, rest = text.strip().partition(" ")
    word = first.casefold().rstrip(":,")
    if word in list(GiftKind):
        return GiftKind(word), _why(rest)
    return GiftKind.CREDIT, _why(text)


def _why(text: str) -> str:
    return safe_line(text.strip().lstrip(":,-– ").strip(), LONGEST_WHY)
