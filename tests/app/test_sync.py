"""Mail in, against a real Dovecot."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

from founder_inbox.app.queue.tickets import Choice, list_tickets, view_ticket
from founder_inbox.app.syncing.sync import SyncReport
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.identity import ticket_id
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.servers.account import Account
from tests.servers.config_file import ConfigFile
from tests.servers.dovecot import DovecotServer

Sync = Callable[..., SyncReport]


def tickets(ws: Workspace, *, everything: bool = True) -> list[Ticket]:
    return list_tickets(ws.store, Choice(everything=everything), clock.now(), None)


def test_a_first_sync_fetches_every_mail_and_a_second_fetches_nothing(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    for number in range(3):
        account.append(letter(f"Question {number}", message_id=f"<{number}@x.test>"))

    first, second = sync(ws), sync(ws)

    assert (first.fetched, first.tickets_new) == (3, 3)
    assert (second.fetched, second.updated, second.removed, second.tickets_new) == (0, 0, 0, 0)


def test_the_raw_mail_is_stored_byte_for_byte(ws: Workspace, account: Account, sync: Sync) -> None:
    from founder_inbox.store.mailboxes import raw_of_message

    raw = letter(text="naïve café\n" * 40)
    account.append(raw)
    sync(ws)

    [ticket] = tickets(ws)
    [entry] = view_ticket(ws.store, ticket).history
    assert entry.message is not None
    assert raw_of_message(ws.store, entry.message) == account.messages()[0].raw == raw


def test_an_answer_from_another_mail_program_joins_the_ticket_and_makes_it_wait(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append(letter())
    sync(ws)
    account.append(
        letter(
            "Re: Export is empty",
            "Hi Tom, it works again.",
            sender=account.address,
            to="tom@okafor.test",
            message_id="<answer@acme.test>",
            references="<one@okafor.test>",
        ),
        "Sent",
    )
    sync(ws)

    [ticket] = tickets(ws)
    assert ticket.state.status is Status.WAITING
    assert ticket.state.messages == 2
    assert ticket.state.customer.address == "tom@okafor.test"


def test_flags_set_by_another_mail_program_arrive(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    uid = account.append(letter())
    sync(ws)
    assert tickets(ws)[0].state.unread

    client = account.client()
    client.select_folder("INBOX")
    client.add_flags([uid], [rb"\Seen"], silent=True)
    report = sync(ws)

    assert report.updated == 1
    assert not tickets(ws)[0].state.unread


def test_a_mail_removed_on_the_server_is_noted_and_its_text_stays(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    uid = account.append(letter())
    account.append(letter("Another", message_id="<two@x.test>"))
    sync(ws)

    client = account.client()
    client.select_folder("INBOX")
    client.add_flags([uid], [rb"\Deleted"], silent=True)
    client.uid_expunge([uid])
    report = sync(ws)

    assert report.removed == 1
    assert len(tickets(ws)) == 2
    assert sync(ws).removed == 0


def test_when_most_of_a_mailbox_vanishes_it_stops_and_asks(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append_many([letter(f"Q {n}", message_id=f"<{n}@x.test>") for n in range(30)])
    sync(ws)
    client = account.client()
    client.select_folder("INBOX")
    uids = client.search("ALL")
    client.add_flags(uids[:25], [rb"\Deleted"], silent=True)
    client.uid_expunge(uids[:25])

    asked = sync(ws)
    assert asked.removed == 0
    assert asked.question is not None
    assert "25 of 30" in asked.question

    assert sync(ws, full=True).removed == 25
    assert sync(ws).question is None
    assert len(tickets(ws)) == 30


def test_a_renumbered_mailbox_brings_no_ticket_twice(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    for number in range(3):
        account.append(letter(f"Question {number}", message_id=f"<{number}@x.test>"))
    sync(ws)
    client = account.client()
    raws = [message.raw for message in account.messages()]
    client.create_folder("Elsewhere")
    client.select_folder("INBOX")
    client.add_flags(client.search("ALL"), [rb"\Deleted"], silent=True)
    client.expunge()
    with ws.store.write():
        ws.store.run("update mailbox set uidvalidity = uidvalidity - 1 where role = 'inbox'")
        ws.store.run("update location set uidvalidity = uidvalidity - 1")
    for raw in raws:
        account.append(raw)

    report = sync(ws)

    assert report.tickets_new == 0
    assert len(tickets(ws)) == 3
    assert sync(ws).fetched == 0


def test_old_mail_arrives_closed_with_the_first_import_and_new_mail_open(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    long_ago = clock.now() - timedelta(days=40)
    account.append(letter("Old", message_id="<old@x.test>"), at=long_ago)
    account.append(letter("New", message_id="<new@x.test>"))
    sync(ws)

    by_subject = {ticket.state.subject: ticket.state.status for ticket in tickets(ws)}
    assert by_subject == {"Old": Status.CLOSED, "New": Status.OPEN}


def test_a_reply_that_arrives_before_the_mail_it_answers_finds_home_later(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append(
        letter("Re: Export", message_id="<b@x.test>", references="<a@x.test>", text="Any news?")
    )
    sync(ws)
    before = tickets(ws)[0].id
    account.append(letter("Export", message_id="<a@x.test>"), at=clock.now() - timedelta(days=1))
    sync(ws)

    [ticket] = tickets(ws)
    assert ticket.id == before
    assert ticket.state.messages == 2


def test_two_mails_with_one_message_id_are_both_kept(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append(letter(text="The first text"))
    account.append(letter(text="Quite another text"))
    sync(ws)

    [ticket] = tickets(ws)
    assert ticket.state.messages == 2


def test_a_mail_that_claims_to_be_from_us_changes_no_status(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append(letter())
    account.append(
        letter(
            "Re: Export is empty",
            "Solved, you can close it.",
            sender=account.address,
            message_id="<forged@evil.test>",
            references="<one@okafor.test>",
        )
    )
    sync(ws)

    [ticket] = tickets(ws)
    assert ticket.state.status is Status.OPEN
    warnings = [w for entry in view_ticket(ws.store, ticket).history for w in entry.warnings]
    assert any("did not leave from your Sent" in warning for warning in warnings)


def test_a_mail_that_makes_no_sense_is_shown_and_kept(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append(b'From: "\r\nTo: <\r\nContent-Type: text/plain; name*\r\n\r\n\xff\xfe words\r\n')
    account.append(letter())
    report = sync(ws)

    assert report.tickets_new == 2
    assert sync(ws).fetched == 0


def test_machine_mail_stands_in_its_own_lane(ws: Workspace, account: Account, sync: Sync) -> None:
    account.append(letter("Weekly digest", message_id="<n@x.test>", List_Id="<news.x.test>"))
    sync(ws)

    assert tickets(ws)[0].state.verdict.lane is Lane.AUTOMATIC


def test_new_mail_is_fetched_without_marking_it_read_on_the_server(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append(letter())
    sync(ws)

    assert account.messages()[0].flags == frozenset()


def test_an_answer_filed_under_a_slow_clock_still_answers(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    now = clock.now()
    account.append(letter(), at=now)
    account.append(
        letter(
            "Re: Export is empty",
            "Hi Tom, it works again.",
            sender=account.address,
            to="tom@okafor.test",
            message_id="<answer@acme.test>",
            references="<one@okafor.test>",
        ),
        "Sent",
        at=now - timedelta(minutes=7),
    )
    sync(ws)

    [ticket] = tickets(ws)
    assert ticket.state.status is Status.WAITING
    assert ticket.state.subject == "Export is empty"


def test_a_conversation_of_one_second_has_one_id_in_whatever_order_it_comes(
    config_file: ConfigFile,
    dovecot: DovecotServer,
    open_with: Callable[[Path], Workspace],
    sync: Sync,
) -> None:
    now = clock.now()
    thread = [
        letter("Export", message_id="<a@x.test>", date=now - timedelta(minutes=3)),
        letter(
            "Re: Export", message_id="<b@x.test>", references="<a@x.test>", date=now, text="Two"
        ),
        # A program that cuts References short begins another root.
        letter(
            "Re: Export", message_id="<c@x.test>", references="<b@x.test>", date=now, text="Three"
        ),
    ]
    ids = set()
    for order in permutations(thread):
        with dovecot.user() as account, TemporaryDirectory() as folder:
            path = replace(config_file, folder=Path(folder))(account)
            ws = open_with(path)
            for raw in order:
                account.append(raw, at=now)
                sync(ws)
            [ticket] = tickets(ws)
            ids.add(ticket.id)

    assert ids == {ticket_id("<a@x.test>")}


def test_a_subject_with_a_ticket_s_id_joins_it_for_its_own_customer_alone(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append(letter())
    sync(ws)
    [ticket] = tickets(ws)
    about = f"One more thing about #{ticket.id}"
    account.append(letter(about, message_id="<two@okafor.test>"))
    account.append(letter(about, sender="eve@evil.test", message_id="<x@evil.test>"))
    sync(ws)

    found = {t.state.customer.address: t.state.messages for t in tickets(ws)}
    assert found == {"tom@okafor.test": 2, "eve@evil.test": 1}


def test_somebody_else_who_answers_in_a_ticket_is_marked_as_new_in_it(
    ws: Workspace, account: Account, sync: Sync
) -> None:
    account.append(letter())
    account.append(
        letter(
            "Re: Export is empty",
            "Tom is away, I take over.",
            sender="Lena Fox <lena@fox.test>",
            message_id="<lena@fox.test>",
            references="<one@okafor.test>",
        )
    )
    sync(ws)

    [ticket] = tickets(ws)
    words = "lena@fox.test is new in this ticket."
    history = view_ticket(ws.store, ticket).history
    assert [words in entry.warnings for entry in history] == [False, True]
