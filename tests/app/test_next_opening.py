"""What was written while support was shut leaves at the next opening, in the order written."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from founder_inbox.app.hours import door
from founder_inbox.app.hours.time_off import end_days_off, take_days_off
from founder_inbox.app.queue.tickets import Choice, list_tickets
from founder_inbox.app.sending import hand_off, outbox, reply
from founder_inbox.app.syncing.sync import SyncReport, connect, prepare, sync_round
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.tickets.entry import Ticket
from tests.app.letters import letter
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.smtp import SmtpServer

NIGHT = datetime(2026, 11, 22, 21, 0, tzinfo=UTC)
OPENING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PEOPLE = ("tom", "ada", "lee")


@pytest.fixture
def ws(
    account: Account,
    teammate: Account,
    config_file: ConfigFile,
    open_with: Callable[[Path], Workspace],
) -> Workspace:
    """Open weekdays from nine to ten, with three questions that came on Sunday."""
    ws = open_with(config_file(account, windows=["mon-fri 09:00-10:00"], teammates=[teammate]))
    for name in PEOPLE:
        account.append(
            letter(f"A question of {name}", sender=f"{name}@x.test", message_id=f"<{name}@x.test>"),
            at=NIGHT - timedelta(hours=3),
        )
    round_at(ws, NIGHT)
    return ws


def round_at(ws: Workspace, now: datetime) -> SyncReport:
    """One round of `founder-inbox sync` at that moment."""
    prepare(ws, now)
    session = connect(ws)
    try:
        return sync_round(ws, session, lambda: now)
    finally:
        session.close()


def ticket_of(ws: Workspace, name: str) -> Ticket:
    tickets = list_tickets(ws.store, Choice(everything=True), NIGHT, None)
    return next(t for t in tickets if name in t.state.subject)


def write_all(ws: Workspace) -> None:
    """Three replies in an order of their own, and a hand-off between them."""
    for minute, name in enumerate(("lee", "tom")):
        answer(ws, name, NIGHT + timedelta(minutes=minute))
    hand_off.hand_off(ws, ticket_of(ws, "ada"), "Please look.", NIGHT + timedelta(minutes=3))


def answer(ws: Workspace, name: str, now: datetime) -> None:
    reply.queue_reply(ws, ticket_of(ws, name), f"Hi {name}, it is done.", now)


def subjects(smtp_server: SmtpServer) -> list[str]:
    """What left, in that order, by the one word that tells them apart."""
    return [
        next(
            word for word in (b"hand-off", *map(str.encode, PEOPLE)) if word in mail.content
        ).decode()
        for mail in smtp_server.received
    ]


def test_it_leaves_with_the_first_round_after_the_opening_in_the_order_written(
    ws: Workspace, smtp_server: SmtpServer
) -> None:
    write_all(ws)
    assert round_at(ws, OPENING - timedelta(minutes=1)).sent == 0

    assert round_at(ws, OPENING + timedelta(minutes=1)).sent == 4
    assert subjects(smtp_server)[:3] == ["lee", "tom", "hand-off"]


def test_days_off_taken_meanwhile_put_it_off_until_the_first_opening_after_them(
    ws: Workspace, smtp_server: SmtpServer
) -> None:
    write_all(ws)
    take_days_off(ws, date(2026, 11, 24), NIGHT + timedelta(hours=1))
    assert round_at(ws, OPENING + timedelta(minutes=1)).sent == 0

    back = OPENING + timedelta(days=2, minutes=1)
    assert round_at(ws, back).sent == 4
    assert subjects(smtp_server)[:2] == ["lee", "tom"]


def test_days_off_that_end_early_let_it_leave_at_the_opening_that_is_there_again(
    ws: Workspace, smtp_server: SmtpServer
) -> None:
    write_all(ws)
    take_days_off(ws, date(2026, 11, 27), NIGHT + timedelta(hours=1))
    round_at(ws, OPENING + timedelta(minutes=1))
    end_days_off(ws, OPENING + timedelta(hours=6))

    assert round_at(ws, OPENING + timedelta(days=1, minutes=1)).sent == 4


def test_what_an_early_opening_did_not_send_waits_again_when_it_is_over(
    ws: Workspace, smtp_server: SmtpServer
) -> None:
    door.open_early(ws, 10, "a customer can't work at all", NIGHT)
    late = NIGHT + timedelta(minutes=10)
    answer(ws, "tom", late - timedelta(seconds=3))

    assert round_at(ws, late + timedelta(minutes=40)).sent == 0
    assert round_at(ws, OPENING + timedelta(minutes=1)).sent == 1


def test_a_reply_that_the_customer_has_crossed_is_held_and_says_so(
    ws: Workspace, account: Account, smtp_server: SmtpServer
) -> None:
    answer(ws, "tom", NIGHT)
    account.append(
        letter(
            "Re: A question of tom",
            "It is solved, forget it.",
            sender="tom@x.test",
            message_id="<again@x.test>",
            references="<tom@x.test>",
        ),
        at=NIGHT + timedelta(hours=2),
    )

    report = round_at(ws, OPENING + timedelta(minutes=1))
    report_later = round_at(ws, OPENING + timedelta(minutes=3))

    assert (report.sent, report_later.sent) == (0, 0)
    [item] = outbox.list_outbox(ws.store)
    assert item.state == "held"
    assert "wrote" in (item.answer or "")
