"""Files for a draft: copied when chosen, gone with the mail, back when it is taken back."""

import os
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from pathlib import Path

import pytest

from founder_inbox.app.queue import triage
from founder_inbox.app.sending import draft_files, outbox, reply
from founder_inbox.app.sending.draft_files import attach, attached, media_type
from founder_inbox.app.sending.path_completion import common_beginning, complete_path
from founder_inbox.core.letters.files import MOST_ATTACHED
from founder_inbox.core.mime import reader
from founder_inbox.errors import BadInput, FounderInboxError, NotFound
from tests.app.desk import Desk, mail

OpenDesk = Callable[[str], Desk]
WORDS = "Hi Tom,\n\nit is attached.\n\nAna"


@pytest.fixture
def desk(open_desk: OpenDesk) -> Desk:
    """One ticket of Tom's."""
    fresh = open_desk("one")
    fresh.receive((3, mail("a")))
    return fresh


@pytest.fixture
def ticket(desk: Desk) -> str:
    [ticket] = desk.all()
    return ticket.id


def put(folder: Path, name: str, data: bytes = b"words") -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


def sent(desk: Desk, number: int) -> EmailMessage:
    parsed = message_from_bytes(outbox.item_named(desk.ws.store, number).mime, policy=modern)
    assert isinstance(parsed, EmailMessage)
    return parsed


def test_a_file_is_copied_at_once_and_may_be_gone_a_second_later(
    desk: Desk, ticket: str, tmp_path: Path
) -> None:
    path = put(tmp_path, "Rechnung für Tom.pdf", b"%PDF-1.7 \x00\xff")
    attach(desk.ws, ticket, path, desk.now)
    Path(path).unlink()

    item = reply.queue_reply(desk.ws, desk.ticket(ticket), WORDS, desk.now)

    [part] = sent(desk, item.id).iter_attachments()
    assert part.get_filename() == "Rechnung für Tom.pdf"
    assert part.get_content_type() == "application/pdf"
    assert part.get_content() == b"%PDF-1.7 \x00\xff"
    [ours] = reader.parse(item.mime).attachments
    assert (ours.name, ours.type, ours.size) == ("Rechnung für Tom.pdf", "application/pdf", 11)


def test_a_taken_back_reply_has_its_files_again_and_a_sent_one_keeps_them_in_the_mail_only(
    desk: Desk, ticket: str, tmp_path: Path
) -> None:
    attach(desk.ws, ticket, put(tmp_path, "a.txt"), desk.now)
    reply.queue_reply(desk.ws, desk.ticket(ticket), WORDS, desk.tick())
    assert attached(desk.ws, ticket) == ()

    triage.undo(desk.ws, desk.tick())
    assert [file.name for file in attached(desk.ws, ticket)] == ["a.txt"]

    item = reply.queue_reply(desk.ws, desk.ticket(ticket), WORDS, desk.tick())
    outbox.cancel(desk.ws, item.id, desk.tick())
    assert [file.name for file in attached(desk.ws, ticket)] == ["a.txt"]


def test_the_draft_keeps_its_files_in_the_order_chosen_until_they_are_taken_off(
    desk: Desk, ticket: str, tmp_path: Path
) -> None:
    for name in ("b.txt", "a.txt", "b.txt"):
        attach(desk.ws, ticket, put(tmp_path, name), desk.now)
    first = attached(desk.ws, ticket)[0]
    draft_files.detach(desk.ws, ticket, first.id)

    assert [file.name for file in attached(desk.ws, ticket)] == ["a.txt", "b.txt"]
    assert (tmp_path / "b.txt").exists()
    assert reply.begin_reply(desk.ws, desk.ticket(ticket)).files == attached(desk.ws, ticket)


def test_a_file_of_another_draft_is_not_taken_off(desk: Desk, ticket: str, tmp_path: Path) -> None:
    file = attach(desk.ws, ticket, put(tmp_path, "a.txt"), desk.now)
    draft_files.detach(desk.ws, "another", file.id)

    assert attached(desk.ws, ticket) == (file,)


def test_what_can_not_go_along_is_refused_in_words(desk: Desk, ticket: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, error, words in (
        ("nowhere.pdf", NotFound, "There is no file"),
        ("", BadInput, "is a folder"),
        ("pipe", BadInput, "not a file"),
        ("a\0b", BadInput, "can't be read"),
        ("x" * 300, BadInput, "can't be read"),
    ):
        with pytest.raises(error, match=words):
            attach(desk.ws, ticket, f"{tmp_path}/{path}", desk.now)
    assert attached(desk.ws, ticket) == ()


def test_all_files_together_have_a_limit(desk: Desk, ticket: str, tmp_path: Path) -> None:
    huge, half = tmp_path / "huge.mov", tmp_path / "half.mov"
    for path, size in ((huge, MOST_ATTACHED + 1), (half, MOST_ATTACHED * 3 // 5)):
        with path.open("wb") as file:
            file.truncate(size)

    with pytest.raises(BadInput, match=r"huge\.mov has 25\.0 MB, and a mail carries 25\.0 MB"):
        attach(desk.ws, ticket, str(huge), desk.now)
    attach(desk.ws, ticket, str(half), desk.now)
    with pytest.raises(BadInput, match=r"10\.0 MB are left"):
        attach(desk.ws, ticket, str(half), desk.now)
    assert len(attached(desk.ws, ticket)) == 1


def test_of_several_all_are_attached_or_none(desk: Desk, ticket: str, tmp_path: Path) -> None:
    with pytest.raises(FounderInboxError):
        draft_files.attach_all(
            desk.ws, ticket, [put(tmp_path, "a.txt"), str(tmp_path / "no.txt")], desk.now
        )
    assert attached(desk.ws, ticket) == ()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", b"%PDF", "application/pdf"),
        ("a.txt", b"words", "text/plain"),
        ("a.csv", b"a,b", "text/csv"),
        ("a.png", b"\x89PNG", "image/png"),
        ("a.bat", b"del *", "application/octet-stream"),
        ("a.ksh", b"rm", "application/octet-stream"),
        ("a.py", b"import os", "application/octet-stream"),
        ("a.txt", b"#!/bin/sh\nrm", "application/octet-stream"),
        ("a.txt", b"MZ\x90", "application/octet-stream"),
        ("a.txt", b"a\0b", "application/octet-stream"),
        ("a.tar.gz", b"\x1f\x8b", "application/gzip"),
        ("README", b"words", "application/octet-stream"),
    ],
)
def test_a_file_says_what_it_is_and_a_program_never_says_text(
    name: str, data: bytes, kind: str
) -> None:
    assert media_type(name, data) == kind


def test_a_path_is_completed_with_files_before_folders(tmp_path: Path) -> None:
    for name in ("Invoice.pdf", "invoice 2.pdf", ".hidden"):
        put(tmp_path, name)
    (tmp_path / "In").mkdir()

    found = complete_path(f"{tmp_path}/in", Path("/"))
    names = [match.text.removeprefix(f"{tmp_path}/") for match in found]
    assert names == ["invoice 2.pdf", "Invoice.pdf", "In/"]
    assert [match.size for match in found] == [5, 5, None]
    relative = [match.text for match in complete_path("Inv", tmp_path)]
    assert relative == ["invoice 2.pdf", "Invoice.pdf"]
    assert [match.shown for match in complete_path(f"{tmp_path}/.h", Path("/"))] == [".hidden"]
    assert common_beginning(complete_path(f"{tmp_path}/inv", Path("/"))) == f"{tmp_path}/"
    assert common_beginning([]) == ""


@pytest.mark.parametrize("typed", ["/no/such/", "~nobody-of-that-name/", "a\0b/", "x" * 5000])
def test_a_path_that_leads_nowhere_has_no_completion(typed: str) -> None:
    assert complete_path(typed, Path("/")) == []


def test_an_odd_name_is_completed_and_drawn_safely(tmp_path: Path) -> None:
    put(tmp_path, "a\x1b[31m\n.txt")

    [match] = complete_path(f"{tmp_path}/", Path("/"))
    assert match.path.exists()
    assert match.shown == "a .txt"
