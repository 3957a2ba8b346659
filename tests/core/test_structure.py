"""What servers say of a mail's structure, sound and otherwise."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.mime.structure import (
    MAX_LEAVES,
    TEXT_BYTES,
    Node,
    bytes_to_fetch,
    read_structure,
)

TEXT = (b"TEXT", b"PLAIN", (b"CHARSET", b"utf-8"), None, None, b"7BIT", 120, 4, None, None)
HTML = (b"text", b"html", None, None, None, b"quoted-printable", 3_000_000, 1)
FILE = (
    b"application", b"pdf", (b"NAME*0*", b"a.pdf"), None, None, b"BASE64", 4_000_000, None,
    (b"ATTACHMENT", (b"FILENAME", b"a.pdf")), None,
)  # fmt: skip
MAIL = (
    b"message", b"rfc822", None, None, None, b"7bit", 900_000, (), TEXT, 40, None,
    (b"inline", None),
)  # fmt: skip
ATOMS = (
    st.none() | st.integers() | st.binary(max_size=12) | st.sampled_from([b"text", b"plain", TEXT])
)
ANSWERS: st.SearchStrategy[Any] = st.recursive(
    ATOMS, lambda inner: st.lists(inner, max_size=9) | st.lists(inner, max_size=9).map(tuple)
)


def test_parts_get_the_numbers_that_imap_gives_them() -> None:
    inner = ([TEXT, HTML], b"alternative")
    root = read_structure(([inner, FILE, MAIL], b"mixed", (b"boundary", b"x")))

    assert root is not None
    assert (root.section, root.type) == ("", "multipart/mixed")
    assert [(leaf.section, leaf.type, leaf.size) for leaf in root.leaves()] == [
        ("1.1", "text/plain", 120),
        ("1.2", "text/html", 3_000_000),
        ("2", "application/pdf", 4_000_000),
        ("3", "message/rfc822", 900_000),
    ]
    assert [node.section for node in root.inner()] == ["1", "1.1", "1.2", "2", "3"]
    [file] = [leaf for leaf in root.leaves() if leaf.section == "2"]
    assert (file.encoding, file.disposition, file.named) == ("base64", "attachment", True)


def test_texts_are_fetched_up_to_a_limit_and_files_are_not() -> None:
    inner = ([TEXT, HTML], b"alternative")
    root = read_structure(([inner, FILE, MAIL], b"mixed"))

    assert root is not None
    assert bytes_to_fetch(root) == {"1.1": 120, "1.2": TEXT_BYTES, "2": 0, "3": 64 * 1024}


def test_a_mail_of_one_part_has_the_number_one() -> None:
    assert read_structure(FILE) == Node("1", "application/pdf", "base64", 4_000_000,
                                        "attachment", named=True)  # fmt: skip


def test_many_texts_together_stay_within_the_limit() -> None:
    root = read_structure(([HTML] * 50, b"mixed"))

    assert root is not None
    assert sum(bytes_to_fetch(root).values()) == 3 * TEXT_BYTES


@pytest.mark.parametrize(
    "answer",
    [
        None,
        (),
        [],
        b"text",
        (b"text", b"plain"),
        (b"text", b"plain", None, None, None, b"7bit", None),
        (b"text", b"plain", None, None, None, b"7bit", -1),
        (b"text", b"plain", None, None, None, b"7bit", 1 << 60),
        (None, b"plain", None, None, None, b"7bit", 1),
        ([], b"mixed"),
        ([TEXT, None], b"mixed"),
        ((TEXT, TEXT), b"mixed"),
        ([TEXT] * (MAX_LEAVES + 1), b"mixed"),
    ],
)
def test_a_structure_that_does_not_add_up_is_none(answer: object) -> None:
    assert read_structure(answer) is None


def test_one_that_is_nested_too_deeply_is_none() -> None:
    answer: object = TEXT
    for _ in range(500):
        answer = ([answer], b"mixed")

    assert read_structure(answer) is None


@given(ANSWERS)
def test_no_answer_raises_and_what_is_read_is_bounded(answer: object) -> None:
    root = read_structure(answer)

    if root is not None:
        leaves = list(root.leaves())
        fetched = bytes_to_fetch(root)
        assert len(leaves) <= MAX_LEAVES
        assert len({leaf.section for leaf in leaves}) == len(leaves)
        assert all(0 <= fetched[leaf.section] <= min(leaf.size, TEXT_BYTES) for leaf in leaves)
