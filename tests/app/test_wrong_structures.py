"""A server that is wrong about the parts of a large mail: its words are here all the same."""

from collections.abc import Callable, Iterator

import pytest

from founder_inbox.app.queue.tickets import Choice, list_tickets, view_ticket
from founder_inbox.app.syncing.sync import SyncReport
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.tickets.entry import Entry
from founder_inbox.system import clock
from tests.servers.large_mail import attached, file_bytes, mail, multipart, part
from tests.servers.scripted import OK, ScriptedServer, Step

Sync = Callable[..., SyncReport]
FILE = '("APPLICATION" "PDF" ("NAME" "a.pdf") NIL NIL "BASE64" 314000 NIL ("ATTACHMENT" NIL) NIL)'
WORDS = b"The export stops at row 4,000. " * 10
RAW = mail(
    multipart(
        "b", [part("text/plain; charset=utf-8", WORDS), attached("a.pdf", file_bytes(230_000))]
    )
)


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        running.inbox.mails = {4: RAW}
        yield running
        assert running.steps == []


@pytest.fixture
def ws(server: ScriptedServer, open_scripted: Callable[[ScriptedServer], Workspace]) -> Workspace:
    return open_scripted(server)


def text(size: int) -> str:
    return f'("TEXT" "PLAIN" ("CHARSET" "utf-8") NIL NIL "7BIT" {size} 10 NIL NIL NIL)'


def told(structure: str) -> Step:
    line = f"* 1 FETCH (UID 4 BODYSTRUCTURE {structure})\r\n"
    return Step(".*BODYSTRUCTURE", line.encode() + OK)


def said(item: str, content: bytes | None) -> Step:
    value = b"NIL" if content is None else b"{%d}\r\n%b" % (len(content), content)
    name = item.encode()
    return Step(".*", b"* 1 FETCH (UID 4 %b %b)\r\n" % (name, value) + OK)


def only_mail(ws: Workspace) -> Entry:
    [ticket] = list_tickets(ws.store, Choice(everything=True), clock.now(), None)
    [entry] = view_ticket(ws.store, ticket).history
    return entry


HEADER = RAW.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
HEADS = b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
FILE_HEAD = (
    b'Content-Type: application/pdf; name="a.pdf"\r\nContent-Transfer-Encoding: base64\r\n'
    b'Content-Disposition: attachment; filename="a.pdf"\r\n\r\n'
)


def in_parts(structure: str, words: bytes | None) -> list[Step]:
    """What a server that can do it in parts is asked, and says."""
    about = b'INTERNALDATE "01-Mar-2026 09:30:00 +0000" FLAGS () BODY[HEADER]<0>'
    header = b"* 1 FETCH (UID 4 %b {%d}\r\n%b)\r\n" % (about, len(HEADER), HEADER)
    heads = b"* 1 FETCH (UID 4 BODY[1.MIME]<0> {%d}\r\n%b BODY[2.MIME]<0> {%d}\r\n%b)\r\n" % (
        len(HEADS),
        HEADS,
        len(FILE_HEAD),
        FILE_HEAD,
    )
    return [
        told(structure),
        Step(".*HEADER", header + OK),
        Step(".*MIME", heads + OK),
        said("BODY[1]<0>", words),
    ]


@pytest.mark.parametrize("size", [12, len(WORDS), len(WORDS) + 500])
def test_words_are_whole_whatever_size_the_server_gives_them(
    server: ScriptedServer, ws: Workspace, sync: Sync, size: int
) -> None:
    server.steps = in_parts(f'({text(size)}{FILE} "MIXED" NIL NIL NIL)', WORDS)

    assert sync(ws).fetched == 1
    entry = only_mail(ws)
    assert entry.text.split() == WORDS.decode().split()
    assert [file.name for file in entry.attachments] == ["a.pdf"]
    assert server.asked(r".*BODY\.PEEK\[\] ") == server.asked(r".*BODY\.PEEK\[\]\)") == 0


@pytest.mark.parametrize("words", [None, b""])
def test_a_part_that_is_not_there_means_that_the_mail_is_fetched_whole(
    server: ScriptedServer, ws: Workspace, sync: Sync, words: bytes | None
) -> None:
    server.steps = in_parts(f'({text(310)}{FILE} "MIXED" NIL NIL NIL)', words)

    assert sync(ws).fetched == 1
    assert only_mail(ws).text.split() == WORDS.decode().split()


@pytest.mark.parametrize(
    "structure",
    [
        "NIL",
        "()",
        text(-3),
        '("TEXT" "PLAIN")',
        f'({text(5)}{text(5)}{text(5)} "MIXED")',
        f'({FILE}{text(310)} "MIXED" NIL NIL NIL)',
        "(" * 60 + text(5) + ' "MIXED")' * 60,
    ],
)
def test_a_structure_of_another_mail_or_of_none_is_not_believed(
    server: ScriptedServer, ws: Workspace, sync: Sync, structure: str
) -> None:
    server.steps = [told(structure)]

    assert sync(ws).fetched == 1
    assert only_mail(ws).text.split() == WORDS.decode().split()
