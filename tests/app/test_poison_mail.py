"""A mail that breaks the parser is filed as far as it can be, and stops nobody else."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from founder_inbox.app.queue.tickets import Choice, list_tickets, view_ticket
from founder_inbox.app.reading.parser import MailParser, ParserUnavailable
from founder_inbox.app.syncing.sync import SyncReport
from founder_inbox.app.syncing.sync_status import sync_trouble
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.mime.version import PARSER_VERSION
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.store.unreadable import all_unreadable, count_waiting
from founder_inbox.system import clock
from tests.app import poison
from tests.app.letters import letter
from tests.servers.account import Account

Sync = Callable[..., SyncReport]


@pytest.fixture
def fragile(ws: Workspace) -> Iterator[Workspace]:
    """The workspace with a parser that some mails break."""
    parser = MailParser(poison.poison_command(), patience=1.0)
    yield replace(ws, own_parser=parser)
    parser.end()


@pytest.fixture
def broken(ws: Workspace) -> Iterator[Workspace]:
    """The workspace with a parser that dies at every mail."""
    parser = MailParser(poison.poison_command("dies"))
    yield replace(ws, own_parser=parser)
    parser.end()


def tickets(ws: Workspace) -> list[Ticket]:
    return list_tickets(ws.store, Choice(everything=True), clock.now(), None)


def ticket(ws: Workspace, subject: str) -> Ticket:
    [found] = [t for t in tickets(ws) if t.state.subject == subject]
    return found


def bad(marker: bytes = poison.ENDS, number: int = 1, **fields: str) -> bytes:
    words = {"subject": f"Bad {number}", "message_id": f"<bad{number}@x.test>"} | fields
    return letter(text=f"I was charged twice. {marker.decode()}", **words)  # type: ignore[arg-type]


def good(number: int) -> bytes:
    return letter(f"Good {number}", message_id=f"<good{number}@x.test>")


def test_poison_among_mails_is_filed_with_a_warning_and_the_others_as_ever(
    fragile: Workspace, account: Account, sync: Sync
) -> None:
    kinds = [bad(marker, number) for number, marker in enumerate(poison.ALL)]
    account.append_many([good(1), kinds[0], good(2), *kinds[1:], good(3)])

    report = sync(fragile)

    assert (report.trouble, report.fetched, report.tickets_new) == (None, 8, 8)
    [entry] = view_ticket(fragile.store, ticket(fragile, "Good 3")).history
    assert "could not be read" not in " ".join(entry.warnings)
    state = ticket(fragile, "Bad 0").state
    assert (state.status, state.customer.address) == ("open", "tom@okafor.test")
    [entry] = view_ticket(fragile.store, ticket(fragile, "Bad 0")).history
    assert "reading it took too long" in entry.warnings[0]
    assert entry.text.startswith("I was charged twice.")
    assert len(all_unreadable(fragile.store)) == 5


def test_poison_in_a_batch_holds_back_neither_the_batch_before_nor_the_one_behind(
    fragile: Workspace, account: Account, sync: Sync
) -> None:
    account.append_many([bad(number=n) if n in {40, 70} else good(n) for n in range(130)])

    report = sync(fragile)

    assert (report.trouble, report.fetched, report.tickets_new) == (None, 130, 130)
    assert len(all_unreadable(fragile.store)) == 2
    assert count_waiting(fragile.store) == 0


def test_a_mail_that_failed_is_not_tried_again_by_the_same_parser(
    fragile: Workspace, account: Account, sync: Sync
) -> None:
    account.append(bad())
    sync(fragile)
    fragile.parser.end()

    again = sync(fragile)

    assert (again.tickets_new, again.tickets_updated, fragile.parser.pid) == (0, 0, None)
    [row] = fragile.store.rows("select parser from unreadable")
    assert row["parser"] == PARSER_VERSION


def test_an_answer_that_can_not_be_read_still_finds_its_ticket(
    fragile: Workspace, account: Account, sync: Sync
) -> None:
    account.append(good(1))
    account.append(bad(references="<good1@x.test>"))
    sync(fragile)

    [found] = tickets(fragile)
    assert found.state.messages == 2


def test_two_unreadable_mails_are_two_though_they_claim_one_id(
    fragile: Workspace, account: Account, sync: Sync
) -> None:
    account.append(bad(number=1))
    account.append(bad(poison.LIES, number=1))
    sync(fragile)

    assert len(all_unreadable(fragile.store)) == 2
    assert fragile.store.rows("select count(*) from message")[0][0] == 2


def test_where_no_mail_can_be_read_they_wait_and_the_sync_says_so(
    broken: Workspace, ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append_many([good(number) for number in range(60)])

    report = sync(broken)

    assert isinstance(report.trouble, ParserUnavailable)
    assert (report.fetched, report.tickets_new) == (60, 0)
    assert "does not work" in str(sync_trouble(broken.store))
    assert count_waiting(broken.store) == 60
    assert all_unreadable(broken.store) == []

    mended = sync(ws)
    assert (mended.trouble, len(tickets(ws)), count_waiting(ws.store)) == (None, 60, 0)
    assert sync_trouble(ws.store) is None
