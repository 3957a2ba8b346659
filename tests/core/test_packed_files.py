"""Files inside other parts: Outlook's winmail.dat, uuencode. Listed and saved like any other."""

import binascii
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.mime.body import TNEF, TNEF_EMPTY, TNEF_SHUT
from founder_inbox.core.mime.reader import attachment_bytes, parse
from founder_inbox.core.mime.tnef import tnef_files

_PDF = b"%PDF-1.4 an invoice"


def attribute(level: int, number: int, data: bytes) -> bytes:
    return struct.pack("<BII", level, number, len(data)) + data + b"\0\0"


def winmail(*files: tuple[str, str, bytes]) -> bytes:
    """A winmail.dat with files of a short name, a long one, and their content."""
    out = struct.pack("<IH", 0x223E9F78, 1) + attribute(1, 0x00089006, b"\0\0\1\0")
    for short, long, content in files:
        named = long.encode("utf-16-le") + b"\0\0"
        properties = struct.pack("<IIII", 1, 0x3707001F, 1, len(named)) + named
        out += attribute(2, 0x00069002, b"\1\0" + b"\0" * 12)
        out += attribute(2, 0x00018010, short.encode() + b"\0")
        out += attribute(2, 0x0006800F, content)
        out += attribute(2, 0x00069005, properties) if long else b""
    return out


def mail_with(data: bytes, type_: str = "application/ms-tnef", name: str = "winmail.dat") -> bytes:
    head = (
        "From: ana@ruiz.test\nContent-Type: multipart/mixed; boundary=b\n\n"
        "--b\n\nHere it is.\n--b\n"
        f"Content-Type: {type_}; name={name}\nContent-Transfer-Encoding: base64\n\n"
    )
    return head.encode() + binascii.b2a_base64(data) + b"--b--\n"


def uuencoded(name: str, data: bytes) -> str:
    lines = [binascii.b2a_uu(data[i : i + 45]).decode() for i in range(0, len(data), 45)]
    return f"begin 644 {name}\n{''.join(lines)}`\nend\n"


@pytest.mark.parametrize("type_", ["application/ms-tnef", "application/octet-stream"])
def test_the_files_inside_winmail_dat_are_listed_and_saved(type_: str) -> None:
    data = winmail(("INVOIC~1.PDF", "Invoice für März.pdf", _PDF), ("a.txt", "", b"words"))
    raw = mail_with(data, type_)
    mail = parse(raw)
    names = [file.name for file in mail.attachments]
    assert names == ["winmail.dat", "Invoice für März.pdf", "a.txt"]
    assert [file.size for file in mail.attachments[1:]] == [len(_PDF), 5]
    assert [attachment_bytes(raw, f.part) for f in mail.attachments] == [data, _PDF, b"words"]
    assert TNEF in mail.warnings


@pytest.mark.parametrize(("data", "said"), [(winmail(), TNEF_EMPTY), (b"not TNEF", TNEF_SHUT)])
def test_a_winmail_dat_without_files_says_so(data: bytes, said: str) -> None:
    mail = parse(mail_with(data))
    assert said in mail.warnings
    assert len(mail.attachments) == 1


def test_a_name_inside_winmail_dat_leads_nowhere_and_none_appears_twice() -> None:
    raw = mail_with(winmail(("x", "../../etc/passwd", b"1"), ("y", "winmail.dat", b"2")))
    names = [file.name for file in parse(raw).attachments]
    assert len(set(names)) == 3
    assert not any("/" in name or name.startswith(".") for name in names)


@given(st.binary(max_size=200), st.integers(0, 200), st.binary(max_size=4))
def test_no_winmail_dat_makes_it_raise(tail: bytes, at: int, put: bytes) -> None:
    data = winmail(("a.txt", "long name.txt", b"words"))
    for broken in (data[:6] + tail, data[:at] + put + data[at + len(put) :], data[:at]):
        for file in tnef_files(broken) or ():
            assert 0 <= file.start <= file.end <= len(broken)


def test_a_winmail_dat_of_a_thousand_files_names_a_hundred() -> None:
    files = tnef_files(winmail(*[(f"{n}.txt", "", b"x") for n in range(1000)]))
    assert files is not None
    assert len(files) == 100


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_file_written_into_the_text_is_saved_like_any_other(newline: str) -> None:
    data = bytes(range(256)) * 3
    text = f"Hi\n\n{uuencoded('plan.bin', data)}and\n{uuencoded('plan.bin', _PDF)}bye\n"
    raw = f"From: ana@ruiz.test\n\n{text}".replace("\n", newline).encode()
    mail = parse(raw)
    assert mail.text.replace("\r", "").split("\n") == [
        "Hi", "", "[File in the text: plan.bin]", "and", "[File in the text: plan.bin]", "bye",
    ]  # fmt: skip
    assert [file.name for file in mail.attachments] == ["plan.bin", "plan-2.bin"]
    assert [file.size for file in mail.attachments] == [len(data), len(_PDF)]
    assert [attachment_bytes(raw, file.part) for file in mail.attachments] == [data, _PDF]


def test_a_part_sent_in_uuencode_is_decoded() -> None:
    raw = (
        "From: a@b.test\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhi\n--b\n"
        "Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: x-uuencode\n\n"
        f"{uuencoded('a.pdf', _PDF)}\n--b--\n"
    ).encode()
    (file,) = parse(raw).attachments
    assert attachment_bytes(raw, file.part) == _PDF


def test_a_file_longer_than_the_text_that_is_read_is_named_and_saved_whole() -> None:
    data = b"0123456789" * 90_000
    raw = f"From: a@b.test\n\nHi\n{uuencoded('large.bin', data)}".encode()
    mail = parse(raw)
    assert mail.text == "Hi\n[File in the text: large.bin]"
    assert attachment_bytes(raw, mail.attachments[0].part) == data


@pytest.mark.parametrize("number", [500, 1000, 1001, 2000, 10**9])
def test_a_number_without_a_file_is_empty(number: int) -> None:
    assert attachment_bytes(b"From: a@b.test\n\nbegin the day\nend\n", number) == b""
