"""Undoing transfer encodings in pieces gives what undoing them at once would."""

import base64
import binascii
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from founder_inbox.core.mime.headers import decode_base64
from founder_inbox.core.mime.transfer import decode_pieces

CUTS = st.lists(st.integers(0, 400), max_size=6)


def pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    places = [0, *sorted(cuts), len(data)]
    return [data[a:b] for a, b in pairwise(places)]


def decoded(data: bytes, cuts: list[int], encoding: str) -> bytes:
    return b"".join(decode_pieces(pieces(data, cuts), encoding))


@given(st.binary(max_size=300), CUTS, st.sampled_from([b"\r\n", b"\n", b" *** ", b"-\xff"]))
def test_base64_comes_out_whole_whatever_junk_stands_between_its_lines(
    data: bytes, cuts: list[int], junk: bytes
) -> None:
    flat = base64.b64encode(data)
    lines = junk.join(flat[at : at + 20] for at in range(0, len(flat), 20))

    assert decoded(lines, cuts, "base64") == data


@given(st.binary(max_size=200), CUTS)
@example(b"QQ==QUJD", [2, 3])
@example(b"QUI=\r\n-- ", [3])
@example(b"=", [])
@example(b"Q", [])
@example(b"QQ=Q", [3])
def test_no_bytes_are_too_broken_and_where_they_are_cut_does_not_matter(
    data: bytes, cuts: list[int]
) -> None:
    for encoding in ("base64", "quoted-printable", "8bit", "x-unheard-of"):
        assert decoded(data, cuts, encoding) == decoded(data, [], encoding)


@given(st.text("QUJDe=\r\n", max_size=60))
def test_padding_ends_base64_as_it_does_when_decoded_at_once(text: str) -> None:
    data = text.encode()
    try:
        binascii.a2b_base64(data)
    except binascii.Error:
        return  # told apart only by what is made of damage

    assert decoded(data, [], "base64") == decode_base64(data)


@given(st.text(max_size=100), CUTS)
def test_quoted_printable_comes_out_whole(text: str, cuts: list[int]) -> None:
    data = text.replace("\r", "").encode()
    quoted = binascii.b2a_qp(data, istext=False)

    assert decoded(quoted, cuts, "quoted-printable") == data


def test_a_line_of_quoted_printable_without_an_end_is_not_gathered_for_ever() -> None:
    quoted = b"=41b=43" * 30_000

    out = list(decode_pieces(pieces(quoted, list(range(0, 210_000, 1_000))), "quoted-printable"))

    assert b"".join(out) == b"AbC" * 30_000
    assert max(map(len, out)) < 70_000
