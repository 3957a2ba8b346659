"""A large mail without its heavy parts reads as the whole does, or is not used."""

from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.mime.reader import leaves, parse
from founder_inbox.core.mime.skeleton import build_skeleton, decoded_size, with_left_parts
from founder_inbox.core.mime.structure import Node
from founder_inbox.core.model import LeftPart

HEADER = (
    b"From: Tom <tom@x.test>\r\nSubject: Files\r\n"
    b'Content-Type: multipart/mixed; boundary="outer"\r\n\r\n'
)
FILE_HEAD = (
    b'Content-Type: application/pdf; name="a.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
)
TREE = Node(
    "",
    "multipart/mixed",
    children=(Node("1", "text/plain", size=5), Node("2", "application/pdf", "base64", 780_000)),
)
HEADS = {"1": b"\r\n", "2": FILE_HEAD}


def test_what_was_left_out_is_empty_and_written_down() -> None:
    built = build_skeleton(HEADER, TREE, HEADS, {"1": b"Hello"})

    assert built is not None
    raw, left = built
    mail = with_left_parts(parse(raw), raw, left)
    assert left == (LeftPart(1, "2", 780_000, "base64"),)
    assert mail.text == "Hello"
    assert [(f.name, f.size, f.part) for f in mail.attachments] == [("a.pdf", 570_000, 1)]
    assert not [warning for warning in mail.warnings if "damaged" in warning]


def test_a_text_that_contains_the_boundary_makes_no_skeleton() -> None:
    assert build_skeleton(HEADER, TREE, HEADS, {"1": b"x\r\n--outer\r\n\r\ny"}) is None


def test_a_structure_that_the_header_knows_nothing_of_makes_no_skeleton() -> None:
    assert build_skeleton(b"Subject: Files\r\n\r\n", TREE, HEADS, {"1": b"Hello"}) is None


def test_a_size_is_told_as_the_file_will_have_it() -> None:
    assert decoded_size(LeftPart(1, "2", 78_000_000, "base64")) == 57_000_000
    assert decoded_size(LeftPart(1, "2", 1_000, "8bit")) == 1_000


@given(st.binary(max_size=200), st.binary(max_size=80), st.binary(max_size=120))
def test_whatever_a_server_gives_the_parts_stay_where_they_are(
    header: bytes, head: bytes, text: bytes
) -> None:
    for top in (header, HEADER.rstrip() + b"\r\n" + header):
        built = build_skeleton(top, TREE, {"1": head, "2": FILE_HEAD}, {"1": text})
        if built is not None:
            raw, left = built
            assert [leaf.end - leaf.start for leaf in leaves(raw)] == [len(text), 0]
            assert left[-1].leaf == 1
            with_left_parts(parse(raw), raw, left)
