"""Whole rounds against a server that does what no good server does: nothing is lost or doubled."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from founder_inbox.app.queue.tickets import Choice, list_tickets
from founder_inbox.app.sending import reply
from founder_inbox.app.syncing.sync import SyncReport, connect, sync_round
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.model import Status
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.mail.imap import LineBroken, ServerRefused
from founder_inbox.store import actions
from founder_inbox.store.mailboxes import all_mailboxes, known_uids, raw_of_message
from founder_inbox.store.sync_state import read_sync_state
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.servers.account import Account
from tests.servers.scripted import OK, ScriptedServer, Step, Then

Sync = Callable[..., SyncReport]


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        running.inbox.mails = {
            uid: letter(f"Question {uid}", message_id=f"<{uid}@x.test>") for uid in (3, 5, 9)
        }
        yield running
        assert running.steps == []
        assert running.surprises == []
        assert running.asked(".*(ENVELOPE|BODYSTRUCTURE|EXPUNGE)") == 0


@pytest.fixture
def ws(server: ScriptedServer, open_scripted: Callable[[ScriptedServer], Workspace]) -> Workspace:
    return open_scripted(server)


def tickets(ws: Workspace) -> list[Ticket]:
    return list_tickets(ws.store, Choice(everything=True), clock.now(), None)


def here(ws: Workspace) -> set[int]:
    return set(known_uids(ws.store, all_mailboxes(ws.store)[0]))


def trouble(ws: Workspace, role: str = "inbox") -> str:
    [row] = [row for row in all_mailboxes(ws.store) if row.role == role]
    return row.trouble or ""


def later(ws: Workspace, sync: Sync) -> SyncReport:
    with ws.store.write():
        ws.store.run("update mailbox set checked_at = '2020-01-01T00:00:00Z'")
    return sync(ws)


def test_a_plain_server_is_synced(ws: Workspace, server: ScriptedServer, sync: Sync) -> None:
    assert sync(ws).fetched == 3
    assert sync(ws).fetched == 0
    assert here(ws) == {3, 5, 9}


def test_a_list_shorter_than_the_count_removes_nothing(
    ws: Workspace, server: ScriptedServer, sync: Sync
) -> None:
    sync(ws)
    for listed in (b"* SEARCH\r\n", b"* SEARCH 9\r\n", b""):
        server.steps = [Step("UID SEARCH", listed + OK)] * 3
        report = later(ws, sync)
        assert (report.removed, here(ws)) == (0, {3, 5, 9})
        assert "Nothing was removed here" in (report.question or "")
        assert f"INBOX: {trouble(ws)}" == report.question
        assert read_sync_state(ws.store).error == report.question

    assert sync(ws).question is None
    assert trouble(ws) == ""
    assert read_sync_state(ws.store).error is None


def test_a_mail_that_cannot_be_fetched_is_named_and_comes_in_later(
    ws: Workspace, server: ScriptedServer, sync: Sync
) -> None:
    no = b"{tag} NO it is damaged\r\n"
    server.steps = [
        Step("UID FETCH 3,5,9 .*BODY", no),
        Step("UID FETCH 9 ", None),
        Step("UID FETCH 3,5 ", no),
        Step("UID FETCH 5 ", no),
        Step("UID FETCH 3 ", None),
    ]
    report = sync(ws)
    assert report.fetched == 2
    assert "INBOX: 1 mail on the server could not be fetched (UID 5)" in (report.question or "")
    assert len(tickets(ws)) == 2

    assert sync(ws).fetched == 1
    assert trouble(ws) == ""


def test_a_mail_that_vanishes_while_it_is_fetched_is_no_trouble(
    ws: Workspace, server: ScriptedServer, sync: Sync
) -> None:
    server.steps = [
        Step(r"UID FETCH 3,5,9 .*BODY", server.inbox.shown(3, "FLAGS BODY.PEEK[]") + OK),
        Step(r"UID SEARCH UID 5:\*", b"* SEARCH 9\r\n" + OK),
    ]
    report = sync(ws)

    assert "(UID 9)" in (report.question or "")


def test_a_sequence_that_goes_back_makes_us_look_at_all_flags(
    ws: Workspace, server: ScriptedServer, sync: Sync
) -> None:
    server.offers = "IDLE CONDSTORE ENABLE"
    server.inbox.modseq = 900
    sync(ws)
    server.inbox.modseq = 12
    server.inbox.flags = {3: r"\Seen", 9: r"\Flagged"}

    assert sync(ws).updated == 2
    assert server.asked(".*CHANGEDSINCE") == 0
    server.inbox.modseq = 13
    server.steps = [Step(r"UID FETCH 3:\* \(UID FLAGS\) \(CHANGEDSINCE 12\)", OK)]
    assert sync(ws).updated == 0


def test_a_server_that_loses_its_memory_of_changes_is_read_as_one_without(
    ws: Workspace, server: ScriptedServer, sync: Sync
) -> None:
    server.offers = "IDLE CONDSTORE ENABLE"
    server.inbox.modseq = 900
    sync(ws)
    server.inbox.modseq = 0
    server.inbox.flags = {5: r"\Seen"}

    assert sync(ws).updated == 1
    assert sync(ws).updated == 0


def test_a_date_that_makes_no_sense_does_not_close_a_ticket(
    ws: Workspace, server: ScriptedServer, sync: Sync
) -> None:
    server.inbox.date = "31-Dec-9999 23:59:59 -2359"
    server.inbox.mails[11] = letter("Dated", date=clock.now() - timedelta(days=2))
    sync(ws)

    by_subject = {ticket.state.subject: ticket.state for ticket in tickets(ws)}
    assert {state.status for state in by_subject.values()} == {Status.OPEN}
    arrived = by_subject["Dated"].opened_at
    assert arrived is not None
    assert timedelta(days=1) < clock.now() - arrived < timedelta(days=3)


def test_a_mailbox_with_a_new_number_and_other_mails_is_read_anew(
    ws: Workspace, server: ScriptedServer, sync: Sync
) -> None:
    sync(ws)
    mails = server.inbox.mails
    server.inbox.mails = {3: mails[9], 5: mails[3], 12: letter("New", message_id="<n@x.test>")}
    server.inbox.uidvalidity += 1

    assert sync(ws).fetched == 1
    assert len(tickets(ws)) == 4
    assert here(ws) == {3, 5, 12}
    for ticket in tickets(ws):
        found = ws.store.row("select id from message where ticket = ?", ticket.key)
        assert found is not None
        raw = raw_of_message(ws.store, found["id"]) or b""
        assert ticket.state.subject.encode() in raw


@pytest.mark.parametrize("step", ["UID SEARCH", "UID FETCH .*SIZE", "UID FETCH .*BODY", "LIST"])
def test_a_busy_server_costs_time_and_no_mail(
    ws: Workspace, server: ScriptedServer, sync: Sync, step: str
) -> None:
    busy = b"{tag} BAD Request is throttled. Suggested Backoff Time: 60000 milliseconds\r\n"
    server.steps = [Step(step, busy)]

    with pytest.raises(ServerRefused) as refused:
        sync(ws)
    assert refused.value.wait == 60
    assert sync(ws).fetched == 3


def test_a_sent_mailbox_that_is_refused_does_not_hold_up_the_inbox(
    ws: Workspace, server: ScriptedServer, sync: Sync
) -> None:
    sync(ws)
    server.inbox.mails[12] = letter("New", message_id="<n@x.test>")
    server.steps = [Step("EXAMINE .?Sent", b"{tag} NO [NOPERM] not for you\r\n")]
    report = sync(ws)

    assert report.fetched == 1
    assert "not for you" in (report.question or "")
    assert "not for you" in trouble(ws, "sent")
    assert sync(ws).question is None
    assert trouble(ws, "sent") == ""


def answered(ws: Workspace, customer: Account, server: ScriptedServer, sync: Sync) -> None:
    """A reply has left, and its Sent copy is due."""
    server.inbox.mails = {1: letter(sender=f"Tom <{customer.address}>")}
    sync(ws)
    reply.queue_reply(ws, tickets(ws)[0], "It works again.", clock.now(), hold=False)
    assert sync(ws).sent == 1
    with ws.store.write():
        ws.store.run("update action set not_before = created_at")
        ws.store.run("update outbox set moved_at = '2026-01-01T00:00:00Z'")


def test_a_sent_copy_whose_answer_never_came_is_not_filed_twice(
    ws: Workspace, server: ScriptedServer, teammate: Account, sync: Sync
) -> None:
    answered(ws, teammate, server, sync)
    server.steps = [Step("APPEND", None, Then.CLOSE)]

    # Done, and cut before the answer; the search finds nothing, as some servers' does.
    with pytest.raises(LineBroken):
        sync(ws)
    sync(ws)
    sync(ws)

    assert server.asked("APPEND") == 1
    assert len(server.boxes["Sent"].mails) == 1
    assert actions.count_actions(ws.store, "queued") == 0
    assert tickets(ws)[0].state.messages == 2


def test_what_a_server_will_never_do_is_asked_once_and_shown(
    ws: Workspace, server: ScriptedServer, teammate: Account, sync: Sync
) -> None:
    answered(ws, teammate, server, sync)
    server.steps = [Step("APPEND", b"{tag} NO [OVERQUOTA] the mailbox is full\r\n")]
    sync(ws)
    sync(ws)

    assert server.asked("APPEND") == 1
    assert actions.count_actions(ws.store, "failed") == 1


def test_what_was_asked_of_one_mail_stays_in_order(
    ws: Workspace, server: ScriptedServer, sync: Sync
) -> None:
    sync(ws)
    [first, other] = tickets(ws)[:2]
    for ticket, on in ((first, True), (first, False), (other, True)):
        actions.queue_flagged(ws.store, ticket.key, on, clock.now())
    server.steps = [Step(r"UID STORE \d+ \+FLAGS.* \(.Flagged\)", b"{tag} NO try again\r\n")]
    sync(ws)
    sync(ws)  # the refused one waits its two minutes, and what came after it waits with it

    stores = [command for command in server.commands if "STORE" in command]
    assert [("+" in command) for command in stores] == [True, True]
    assert actions.count_actions(ws.store, "queued") == 2


def test_what_the_server_insists_on_reaches_the_founder(
    ws: Workspace, server: ScriptedServer, sync: Sync
) -> None:
    server.steps = [Step("LOGIN", b"* OK [ALERT] Mailbox 95% full\r\n" + OK)]
    sync(ws)

    assert "Mailbox 95% full" in (read_sync_state(ws.store).error or "")
    sync(ws)
    assert read_sync_state(ws.store).error is None


def test_a_mail_that_kills_the_line_holds_up_no_other_and_is_left_after_three_times(
    ws: Workspace, server: ScriptedServer, sync: Sync
) -> None:
    server.steps = [Step("UID FETCH 3,5,9 .*BODY", b"", Then.CLOSE)]
    with pytest.raises(LineBroken):
        sync(ws)
    assert here(ws) == set()
    server.inbox.mails[11] = letter("New", message_id="<n@x.test>")
    for _ in range(2):
        server.steps = [
            Step("UID FETCH 9 .*BODY", None),
            Step("UID FETCH 5 .*BODY", b"", Then.CLOSE),
        ][len(here(ws)) // 2 :]
        with pytest.raises(LineBroken):
            sync(ws)
        assert here(ws) == {9, 11}

    report = sync(ws)
    assert here(ws) == {3, 9, 11}
    assert "could not be fetched (UID 5)" in (report.question or "")
    assert sync(ws).fetched == 0
    assert sync(ws, full=True).fetched == 1
    assert trouble(ws) == ""


def test_a_reply_leaves_while_a_long_import_goes_on(
    ws: Workspace, server: ScriptedServer, teammate: Account, sync: Sync
) -> None:
    server.inbox.mails = {1: letter(sender=f"Tom <{teammate.address}>")}
    sync(ws)
    reply.queue_reply(ws, tickets(ws)[0], "It works again.", clock.now())
    for number in range(2, 300):
        server.inbox.mails[number] = letter(f"Q {number}", message_id=f"<{number}@x.test>")
    server.steps = [Step("UID FETCH .*BODY", None), Step("UID FETCH .*BODY", b"", Then.CLOSE)]

    def now() -> datetime:
        """The time to take it back is over when the first batch has come in."""
        return clock.now() + timedelta(minutes=1 if len(here(ws)) > 1 else 0)

    session = connect(ws)
    with pytest.raises(LineBroken):
        sync_round(ws, session, now)
    session.drop()

    assert len(teammate.messages()) == 1


def test_a_mailbox_that_is_numbered_anew_at_every_connection_is_left_after_five_times(
    ws: Workspace, server: ScriptedServer, sync: Sync
) -> None:
    sync(ws)

    def renumber() -> str:
        box = server.inbox
        box.uidvalidity += 1
        uids, raws = list(box.mails), list(box.mails.values())
        box.mails = dict(zip(uids, [*raws[1:], raws[0]], strict=True))
        return sync(ws).question or ""

    assert [renumber() for _ in range(5)] == [""] * 5
    before = len(server.commands)
    assert "another number (UIDVALIDITY) from the server 6 times in a row" in renumber()
    assert "Tell your provider" in trouble(ws)
    assert not [c for c in server.commands[before:] if "FETCH" in c]

    assert sync(ws).question is None  # it kept its number, and is taken up again
    assert here(ws) == {3, 5, 9}
    assert trouble(ws) == ""
    assert len(tickets(ws)) == 3
