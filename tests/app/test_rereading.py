"""Mails that an older parser read are read anew, in place."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from founder_inbox.app.queue import triage
from founder_inbox.app.queue.tickets import Choice, find_ticket, list_tickets, view_ticket
from founder_inbox.app.reading.intake import can_read_anew
from founder_inbox.app.reading.parser import MailParser, ParserUnavailable
from founder_inbox.app.reading.project import project_tickets
from founder_inbox.app.reading.rereading import read_anew
from founder_inbox.app.syncing.sync import SyncReport
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.mime.reader import parse
from founder_inbox.core.mime.version import PARSER_VERSION
from founder_inbox.core.model import Lane, Verdict
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Role
from founder_inbox.core.tickets.query import parse_query
from founder_inbox.store.messages import NewMessage
from founder_inbox.store.rereading import mark_read, older_readings, rewrite_message
from founder_inbox.store.search import search_tickets
from founder_inbox.store.unreadable import all_unreadable
from founder_inbox.system import clock
from tests.app import poison
from tests.app.letters import letter
from tests.servers.account import Account

Sync = Callable[..., SyncReport]
GIBBERISH = "Gibberish"
WORDS = "The invoice is wrong, I was charged twice."


@pytest.fixture
def ours(ws: Workspace, account: Account, sync: Sync) -> Workspace:
    """A workspace with one mail whose message an older parser made: other words, other lane."""
    account.append(letter("Invoice", WORDS, message_id="<invoice@okafor.test>"))
    sync(ws)
    older(ws)
    return ws


def older(ws: Workspace) -> None:
    """Make of every mail what a parser of long ago could have, which understood no word."""
    for raw in older_readings(ws.store, PARSER_VERSION + 1, 200):
        words = {"text": GIBBERISH, "new_text": GIBBERISH, "quoted": "", "signature": ""}
        mail = replace(parse(raw.raw.body), **words)  # type: ignore[arg-type]
        new = NewMessage(
            key=f"older-{raw.message}",
            mail=mail,
            at=raw.raw.received_at,
            direction=raw.direction,
            role=Role.CUSTOMER,
            verdict=Verdict(Lane.HOWTO, None, (), sure=False),
        )
        rewrite_message(ws.store, raw.message, new, keep_standing=False)
        mark_read(ws.store, raw.raw.id, PARSER_VERSION - 1)
        project_tickets(ws.store, [raw.ticket], clock.now())
    with ws.store.write():
        ws.store.run("delete from sorted_mail")  # nobody has sorted these words yet


def only(ws: Workspace) -> Ticket:
    [found] = list_tickets(ws.store, Choice(everything=True), clock.now(), None)
    return found


def texts(ws: Workspace) -> list[str]:
    return [e.text.strip() for e in view_ticket(ws.store, only(ws)).history if e.message]


def found(ws: Workspace, words: str) -> int:
    return len(search_tickets(ws.store, parse_query(words, clock.now())))


def test_a_round_reads_older_results_anew_in_the_same_ticket(ours: Workspace, sync: Sync) -> None:
    before = only(ours)
    sync(ours)

    after = only(ours)
    assert (after.id, after.key, texts(ours)) == (before.id, before.key, [WORDS])
    assert (after.state.verdict.lane, after.state.unread) == (Lane.URGENT, before.state.unread)
    assert not can_read_anew(ours)
    assert ours.store.rows("select count(*) from message")[0][0] == 1


def test_the_search_finds_the_new_words_and_no_longer_the_old(ours: Workspace) -> None:
    assert (found(ours, "gibberish"), found(ours, "charged")) == (1, 0)
    read_anew(ours, clock.now())

    assert (found(ours, "gibberish"), found(ours, "charged")) == (0, 1)


def test_the_same_mail_coming_again_is_still_known(
    ours: Workspace, account: Account, sync: Sync
) -> None:
    sync(ours)
    account.append(letter("Invoice", WORDS, message_id="<invoice@okafor.test>", x_new="header"))
    sync(ours)

    assert ours.store.rows("select count(*) from message")[0][0] == 1


def test_a_ticket_somebody_dealt_with_does_not_jump(ours: Workspace, sync: Sync) -> None:
    triage.close(ours, [only(ours)], clock.now())
    sync(ours)

    after = find_ticket(ours.store, only(ours).id)
    assert (after.state.status, after.state.verdict.lane) == ("closed", Lane.HOWTO)
    assert texts(ours) == [WORDS]


def test_a_round_reads_a_bounded_number_and_the_next_goes_on(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append_many([letter(f"No {i}", message_id=f"<{i}@x.test>") for i in range(120)])
    sync(ws)
    older(ws)

    read_anew(ws, clock.now(), 70)
    assert ws.store.rows(f"select count(*) from raw where parser < {PARSER_VERSION}")[0][0] == 50
    assert can_read_anew(ws)
    read_anew(ws, clock.now(), 70)
    assert not can_read_anew(ws)


def test_a_mail_that_could_not_be_read_is_read_by_a_newer_parser_in_its_ticket(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    fragile = replace(ws, own_parser=MailParser(poison.poison_command()))
    account.append(letter("Invoice", f"{WORDS} {poison.ENDS.decode()}", to="a@b.test, c@d.test"))
    sync(fragile)
    fragile.parser.end()
    before = only(ws)
    assert len(all_unreadable(ws.store)) == 1

    with ws.store.write():
        ws.store.run(f"update raw set parser = {PARSER_VERSION - 1}")
    sync(ws)

    after = only(ws)
    assert (after.id, after.key) == (before.id, before.key)
    assert after.state.verdict.lane is Lane.URGENT
    [entry] = view_ticket(ws.store, after).history
    assert "could not be read" not in " ".join(entry.warnings)
    assert all_unreadable(ws.store) == []
    assert found(ws, "charged") == 1


def test_what_an_older_parser_could_read_is_not_given_up_for_a_newer_one_that_can_not(
    ours: Workspace,
) -> None:
    fragile = replace(ours, own_parser=MailParser(poison.poison_command(breaks_at="charged")))
    read_anew(fragile, clock.now())
    fragile.parser.end()

    assert texts(ours) == [GIBBERISH]
    assert all_unreadable(ours.store) == []
    assert ours.store.rows("select parser from raw")[0][0] == PARSER_VERSION


def test_where_no_mail_can_be_read_what_is_there_stays(ours: Workspace) -> None:
    broken = replace(ours, own_parser=MailParser(poison.poison_command("dies")))

    assert isinstance(read_anew(broken, clock.now()).trouble, ParserUnavailable)
    assert not can_read_anew(broken)
    assert texts(ours) == [GIBBERISH]
    assert can_read_anew(ours)
