"""Large mails come in with their words; the files stay on the server until somebody wants them."""

from collections.abc import Callable, Iterator

import pytest

from founder_inbox.app.queue.tickets import Choice, list_tickets, view_ticket
from founder_inbox.app.syncing.sync import SyncReport
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.mime.reader import parse
from founder_inbox.core.tickets.entry import Entry
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.servers import large_mail
from tests.servers.account import Account
from tests.servers.dovecot import DovecotServer
from tests.servers.large_mail import WORDS, attached, file_bytes, mail, multipart, part, with_files
from tests.servers.proxy import BARE, OUTLOOK, STRONG, ImapProxy

Sync = Callable[..., SyncReport]
PROFILES = {profile.name: profile for profile in (STRONG, OUTLOOK, BARE)}


@pytest.fixture(params=PROFILES)
def proxy(request: pytest.FixtureRequest, dovecot: DovecotServer) -> Iterator[ImapProxy]:
    with ImapProxy(dovecot, PROFILES[request.param]) as running:
        yield running


@pytest.fixture
def ws(proxy: ImapProxy, open_at: Callable[[int], Workspace]) -> Workspace:
    return open_at(proxy.imaps_port)


def only_mail(ws: Workspace) -> Entry:
    [ticket] = list_tickets(ws.store, Choice(everything=True), clock.now(), None)
    [entry] = view_ticket(ws.store, ticket).history
    return entry


NESTED = multipart(
    "outer",
    [
        multipart(
            "inner",
            [
                WORDS,
                multipart(
                    "deep",
                    [
                        part("text/html", b"<p>Hi, here they are.</p>"),
                        part("image/png", large_mail.encoded(file_bytes(90_000)),
                             "Content-Transfer-Encoding: base64", "Content-ID: <logo>"),
                    ],
                    "related",
                ),
            ],
            "alternative",
        ),
        attached("plan.pdf", file_bytes(400_000)),
        part("message/rfc822", with_files(("inside.zip", file_bytes(200_000)))),
        part("text/plain; name=log.txt", b"line\r\n" * 40_000,
             "Content-Disposition: attachment"),
        b"\r\nNo header, then words.",
    ],
)  # fmt: skip
CASES = {
    "300 KB": with_files(("a.pdf", file_bytes(230_000))),
    "5 MB": with_files(("a.pdf", file_bytes(3_000_000)), ("b.pdf", file_bytes(700_000, 2))),
    "nested": mail(NESTED),
    "a text of 2 MB": mail(part("text/plain", b"All work and no play.\r\n" * 100_000)),
    "one file alone": mail(attached("a.pdf", file_bytes(300_000))),
    "no names": mail(
        multipart("outer", [WORDS, part("image/jpeg", large_mail.encoded(file_bytes(300_000)),
                                        "Content-Transfer-Encoding: base64")])
    ),
    "junk in the base64": mail(
        multipart("outer", [WORDS, attached("a.pdf", file_bytes(300_000)) + b"\r\n*** junk ***"])
    ),
    "no Message-ID": with_files(("a.pdf", file_bytes(300_000)), message_id=None),
    "a forwarded mail alone": mail(
        multipart("o", [part("message/rfc822", with_files(("x.zip", file_bytes(300_000))))])
    ),
    "a calendar": mail(
        multipart("outer", [
            WORDS,
            part("text/calendar; method=REQUEST",
                 b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Call\r\n"
                 b"DTSTART:20261124T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"),
            attached("a.pdf", file_bytes(300_000)),
        ])
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_large_mail_reads_as_if_it_were_here_as_a_whole(
    ws: Workspace, account: Account, sync: Sync, proxy: ImapProxy, name: str
) -> None:
    whole = parse(CASES[name])
    account.append(CASES[name])
    account.append(letter(message_id="<neighbour@x.test>", references="<large@okafor.test>"))

    report = sync(ws)

    assert report.fetched == 2
    [row] = ws.store.rows("select * from message where message_id = ?", whole.message_id)
    shown = next(
        entry
        for ticket in list_tickets(ws.store, Choice(everything=True), clock.now(), None)
        for entry in view_ticket(ws.store, ticket).history
        if entry.message == row["id"]
    )
    assert shown.text == whole.text
    assert [(f.name, f.type, f.part) for f in shown.attachments] == [
        (f.name, f.type, f.part) for f in whole.attachments
    ]
    for ours, true in zip(shown.attachments, whole.attachments, strict=True):
        assert ours.size == pytest.approx(true.size, rel=0.01, abs=80)
    assert proxy.conversations[-1].sent < max(len(CASES[name]) // 3, 3_000_000)
