"""Address lists are read whatever stands in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.mime.addresses import read_addresses
from founder_inbox.core.model import Address


@pytest.mark.parametrize(
    ("header", "found", "damaged"),
    [
        ("a@B.Test", [("", "a@b.test")], False),
        ("Ana Ruiz <a@b.test>", [("Ana Ruiz", "a@b.test")], False),
        ('"Ruiz, Ana" <a@b.test>, c@d.test', [("Ruiz, Ana", "a@b.test"), ("", "c@d.test")], False),
        ("a@b.test (Ana)", [("Ana", "a@b.test")], False),
        ("=?utf-8?Q?Ruiz,_Ana?= <a@b.test>", [("Ruiz, Ana", "a@b.test")], False),
        ("undisclosed-recipients:;", [], False),
        ("Team: a@b.test;, e@f.test", [("", "a@b.test"), ("", "e@f.test")], False),
        ("<@relay.test:a@b.test>", [("", "a@b.test")], False),
        ("boss@x.test <me@evil.test>", [("boss@x.test", "me@evil.test")], True),
        ("alice@x.test(<me@evil.test>", [("<me@evil.test>", "alice@x.test")], True),
        ("John Doe j@x.test", [("John Doe", "j@x.test")], True),
        ("a@", [("a@", "")], True),
        ('"', [], True),
    ],
)  # fmt: skip
def test_a_list_is_read_as_its_writer_meant(
    header: str, found: list[tuple[str, str]], damaged: bool
) -> None:
    read = read_addresses(header)
    names = [Address(name, address) for name, address in found]
    assert list(read.addresses) == names
    assert read.damaged is damaged


@given(st.text(alphabet='ab@<>(),;:" \\=?.[]', max_size=80))
def test_no_list_makes_it_raise(header: str) -> None:
    assert all(a.address == "" or "@" in a.address for a in read_addresses(header).addresses)
