"""The goodwill ledger: what was given, by ticket and month."""

from typing import TYPE_CHECKING

import click

from founder_inbox.app.queue.goodwill import give, ledger, read_asked
from founder_inbox.app.queue.tickets import find_ticket
from founder_inbox.cli.context import answer, data_command, workspace
from founder_inbox.core.tickets.goodwill import Gift, Month, gift_words, money, months_of
from founder_inbox.core.times import to_text
from founder_inbox.errors import BadInput
from founder_inbox.system import clock

if TYPE_CHECKING:
    from founder_inbox.app.workspace import Workspace
    from founder_inbox.cli.shapes import Object


@data_command("goodwill")
@click.argument("ticket", required=False, metavar="[TICKET]")
@click.argument("given", nargs=-1, metavar="[AMOUNT CURRENCY credit|discount|refund WHY]")
def goodwill(ticket: str | None, given: tuple[str, ...]) -> None:
    """Note a credit, discount or refund on a ticket; without one: what was given, by month.

    For example: founder-inbox goodwill k7f3q2d 20 EUR credit the export was lost. No money moves
    by it. `month_cap` in [goodwill] warns when a month's sum is over it.
    """
    with workspace() as ws:
        if ticket is None:
            _ledger(ws)
            return
        if not given:
            raise BadInput("Say how much: founder-inbox goodwill TICKET 20 EUR credit, and why.")
        found = find_ticket(ws.store, ticket)
        words = give(ws, found, read_asked(ws, " ".join(given)), clock.now())
        answer(lambda: _gift(ledger(ws)[-1]), lambda: f"#{found.id} {words}")


def _ledger(ws: "Workspace") -> None:
    gifts = ledger(ws)
    months = months_of(gifts, ws.hours.zone)
    cap = ws.config.goodwill
    answer(
        lambda: {
            "months": [_month(month) for month in months],
            "given": [_gift(gift) for gift in reversed(gifts)],
            "month_cap": cap.month_cap or None,
            "currency": cap.currency,
        },
        lambda: _page(gifts, months) or "Nothing was given yet.",
    )


def _page(gifts: list[Gift], months: list[Month]) -> str:
    lines = [
        f"{each.year}-{each.month:02}  {money(each.total, each.currency)} in {each.gifts}"
        for each in months
    ]
    lines += [""] if gifts else []
    lines += [f"{gift.at:%Y-%m-%d}  #{gift.ticket}  {gift_words(gift)}" for gift in gifts[::-1]]
    return "\n".join(lines)


def _month(month: Month) -> "Object":
    return {
        "month": f"{month.year}-{month.month:02}",
        "currency": month.currency,
        "total": f"{month.total:.2f}",
        "count": month.gifts,
    }


def _gift(gift: Gift) -> "Object":
    return {
        "at": to_text(gift.at),
        "ticket": gift.ticket,
        "amount": f"{gift.amount:.2f}",
        "currency": gift.currency,
        "kind": gift.kind.value,
        "why": gift.why,
    }
