"""Hostile mails of every kind, from a real server to a real server: in, answered, handed off."""

from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256

import pytest

from founder_inbox.app.queue.tickets import Choice, list_tickets, view_ticket
from founder_inbox.app.sending.hand_off import hand_off
from founder_inbox.app.sending.reply import queue_reply
from founder_inbox.app.sending.send import deliver_due
from founder_inbox.app.syncing.sync import SyncReport
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.model import LARGE
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.errors import FounderInboxError
from founder_inbox.system import clock
from tests.app.desk import Desk
from tests.app.letters import letter
from tests.hostile.kinds import ALL, QUICK, HostileMail, variant, variants
from tests.hostile.outgoing import check_ours
from tests.hostile.shown import CONTROLS
from tests.servers.account import Account
from tests.servers.dovecot import DovecotServer
from tests.servers.proxy import ImapProxy
from tests.servers.smtp import SmtpServer

Sync = Callable[..., SyncReport]
WORDS = "Hi,\n\nopen Lists and press Export.\n\nAna"
# Every command a round with the server may give, whatever lies in the mailbox.
ASKED = {
    "APPEND", "CAPABILITY", "AUTHENTICATE", "LOGIN", "LIST", "NAMESPACE", "ENABLE", "EXAMINE",
    "SELECT", "UID FETCH", "UID SEARCH", "UNSELECT", "CLOSE", "LOGOUT", "STATUS", "CREATE", "ID",
    "NOOP", "UID STORE", "SUBSCRIBE",
}  # fmt: skip


def tickets(ws: Workspace) -> list[Ticket]:
    return list_tickets(ws.store, Choice(everything=True), clock.now(), None)


@pytest.fixture
def proxy(dovecot: DovecotServer) -> Iterator[ImapProxy]:
    with ImapProxy(dovecot) as running:
        yield running


def test_all_kinds_come_in_whole_and_stop_no_other_mail(
    account: Account, proxy: ImapProxy, open_at: Callable[[int], Workspace], sync: Sync
) -> None:
    # APPEND takes no NUL and no empty mail; those are read in other tests.
    made = [m for m in variants(ALL, 1) if m.raw and b"\0" not in m.raw]
    first, last = (letter(n, message_id=f"<{n}@x.test>") for n in ("First", "Last"))
    account.append_many([first, *(m.raw for m in made), last])
    ws = open_at(proxy.imaps_port)

    report = sync(ws)
    again = sync(ws)

    assert (report.trouble, report.fetched) == (None, len(made) + 2)
    assert (again.fetched, again.tickets_new, again.tickets_updated) == (0, 0, 0)
    assert ws.store.rows("select * from unreadable") == []
    assert ws.store.rows("select * from raw where message is null") == []
    here = {row["sha256"] for row in ws.store.rows("select sha256 from raw")}
    there = account.messages()
    assert len(there) == len(made) + 2
    # Of a large one the words are fetched; of all others every byte, as the server has it.
    assert {sha256(m.raw).hexdigest() for m in there if len(m.raw) <= LARGE} <= here
    assert {"First", "Last"} <= {ticket.state.subject for ticket in tickets(ws)}
    assert {verb(command) for command in proxy.commands} <= ASKED


def verb(command: bytes) -> str:
    """The name of an IMAP command; a continuation has none and is a literal's or a login's."""
    words = command.split()
    name = words[0].upper().decode("latin-1") if words else ""
    return f"UID {words[1].upper().decode('latin-1')}" if name == "UID" else name


def attempt(act: Callable[[], object]) -> bool:
    """Whether it was done; a refusal is words for the founder."""
    words = ""
    try:
        act()
    except FounderInboxError as refusal:
        words = str(refusal)
    assert CONTROLS.search(words) is None
    assert len(words) < 600
    return not words


def test_answers_and_hand_offs_to_all_kinds_are_ours_to_the_last_byte(
    open_desk: Callable[[str], Desk],
) -> None:
    desk = open_desk("one")
    kinds = {kind: maker for kind, maker in QUICK.items() if kind not in ("archives", "noise")}
    desk.receive(*((2, mail.raw) for mail in variants(kinds, 2)))
    answered = handed = 0
    for ticket in desk.all():
        answer = partial(queue_reply, desk.ws, ticket, WORDS, desk.tick(), everyone=True)
        answered += attempt(answer)
        handed += attempt(partial(hand_off, desk.ws, ticket, "Your part.", desk.tick()))
    rows = desk.ws.store.rows("select mime from outbox")

    assert answered > 70
    assert handed > 70
    assert len(rows) >= answered + handed
    for row in rows:
        check_ours(row["mime"])


def test_the_answers_arrive_as_they_were_written(
    ws: Workspace, account: Account, sync: Sync, smtp_server: SmtpServer
) -> None:
    """Dots, bare line ends and 8-bit text pass a real line, and nobody else gets a copy."""
    kinds = ("SMTP smuggling", "header injection by subject", "header injection by name", "odd ids")
    made = [variant_without_nul(kind, seed) for kind in kinds for seed in range(3)]
    account.append_many([mail.raw for mail in made])
    sync(ws)
    for ticket in tickets(ws):
        quoted = "\n".join(f"> {line}" for line in lines_of(ws, ticket))
        words = f"{WORDS}\n\n.\n..x\n{quoted}"
        attempt(partial(queue_reply, ws, ticket, words, clock.now(), hold=False))

    report = deliver_due(ws, clock.now, looked=True)

    assert report.trouble is None
    assert report.sent == len(smtp_server.received) >= 8
    written = {row["mime"] for row in ws.store.rows("select mime from outbox")}
    for received in smtp_server.received:
        check_ours(received.content)
        assert received.content in written
        assert all(address.endswith("@evil.test") for address in received.recipients)


def variant_without_nul(kind: str, seed: int) -> HostileMail:
    """APPEND takes none."""
    return next(
        m for m in (variant(kind, seed + more) for more in (0, 50, 90)) if b"\0" not in m.raw
    )


def lines_of(ws: Workspace, ticket: Ticket) -> list[str]:
    return view_ticket(ws.store, ticket).history[0].text.splitlines()
