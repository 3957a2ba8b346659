"""The copy in Sent: the server's own, late or under another name, or else ours, and only one."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from founder_inbox.app.queue.tickets import Choice, list_tickets
from founder_inbox.app.sending import reply
from founder_inbox.app.syncing.push import push_actions
from founder_inbox.app.syncing.sync import SyncReport, connect
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.model import Status
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.store import actions
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.servers.account import Account
from tests.servers.scripted import ScriptedServer
from tests.servers.smtp import SmtpServer

Sync = Callable[..., SyncReport]


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        yield running
        assert running.surprises == []


@pytest.fixture
def ws(server: ScriptedServer, open_scripted: Callable[[ScriptedServer], Workspace]) -> Workspace:
    return open_scripted(server)


def tickets(ws: Workspace) -> list[Ticket]:
    return list_tickets(ws.store, Choice(everything=True), clock.now(), None)


def answer(
    ws: Workspace, server: ScriptedServer, customer: Account, sync: Sync, smtp: SmtpServer
) -> bytes:
    """Answer a question; the mail as it left."""
    number = server.inbox.uidnext
    raw = letter(f"Q {number}", sender=f"T <{customer.address}>", message_id=f"<{number}@x.test>")
    server.inbox.mails[number] = raw
    sync(ws)
    [ticket] = [t for t in tickets(ws) if t.state.subject == f"Q {number}"]
    reply.queue_reply(ws, ticket, "It works again.", clock.now(), hold=False)
    assert sync(ws).sent == 1
    return smtp.received[-1].content


def push(ws: Workspace, **later: float) -> int:
    """Tell the server what is due that much later; how often a copy was filed so far."""
    session = connect(ws)
    moment: datetime = clock.now() + timedelta(**later)
    push_actions(ws, session, session.roles(), lambda: moment)
    session.close()
    return actions.count_actions(ws.store, "queued")


def test_a_copy_under_another_message_id_is_known_and_answers_to_it_find_their_ticket(
    ws: Workspace,
    server: ScriptedServer,
    teammate: Account,
    sync: Sync,
    smtp_server: SmtpServer,
) -> None:
    left = answer(ws, server, teammate, sync, smtp_server)
    ours = re.search(rb"Message-ID: (<.*>)", left)
    assert ours is not None
    theirs = left.replace(b"\r\nMessage-ID: " + ours[1], b"\r\nMessage-ID: <new@outlook.test>")
    assert theirs != left
    server.boxes["Sent"].mails[1] = theirs

    assert push(ws, seconds=30) == 0
    assert server.asked("APPEND") == 0
    sync(ws)
    server.inbox.mails[9] = letter(
        "Re: Q", message_id="<again@x.test>", references="<new@outlook.test>"
    )
    sync(ws)
    [ticket] = tickets(ws)
    assert ticket.state.messages == 3


def test_a_copy_that_names_the_id_it_had_when_it_left_is_known(
    ws: Workspace,
    server: ScriptedServer,
    teammate: Account,
    sync: Sync,
    smtp_server: SmtpServer,
) -> None:
    left = answer(ws, server, teammate, sync, smtp_server)
    ours = re.search(rb"Message-ID: (<.*>)", left)
    assert ours is not None
    bare = re.sub(rb"(?m)^(Message-ID|X-Founder-Inbox): .*\r\n", b"", left)
    named = b"Message-ID: <n@outlook.test>\r\nX-Microsoft-Original-Message-ID:\r\n " + ours[1]
    server.boxes["Sent"].mails[1] = named + b"\r\n" + bare
    sync(ws)

    [ticket] = tickets(ws)
    assert (ticket.state.messages, ticket.state.status) == (2, Status.WAITING)


def test_a_server_that_files_copies_is_remembered_and_given_a_quarter_of_an_hour(
    ws: Workspace,
    server: ScriptedServer,
    teammate: Account,
    sync: Sync,
    smtp_server: SmtpServer,
) -> None:
    server.boxes["Sent"].mails[1] = answer(ws, server, teammate, sync, smtp_server)
    assert push(ws, seconds=30) == 0

    answer(ws, server, teammate, sync, smtp_server)
    for minutes in (1, 3, 7):
        assert push(ws, minutes=minutes) == 1
    assert server.asked("APPEND") == 0
    assert push(ws, minutes=16) == 0
    assert len(server.boxes["Sent"].mails) == 2


def test_a_server_that_files_none_is_not_waited_for(
    ws: Workspace,
    server: ScriptedServer,
    teammate: Account,
    sync: Sync,
    smtp_server: SmtpServer,
) -> None:
    for number in (1, 2):
        answer(ws, server, teammate, sync, smtp_server)
        assert push(ws, seconds=21) == 0
        assert len(server.boxes["Sent"].mails) == number
