"""A ticket's id is the same on every machine."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.tickets.identity import ALPHABET, clean, root_of, ticket_id


def crockford(data: bytes) -> str:
    """Crockford's base32 written out the plain way: five bits a character from the left."""
    bits = "".join(f"{byte:08b}" for byte in data)
    whole = len(bits) // 5 * 5
    return "".join(ALPHABET[int(bits[n : n + 5], 2)] for n in range(0, whole, 5))


def test_known_ids_never_change() -> None:
    assert ticket_id("<one@okafor.test>") == "72ety9g"
    assert ticket_id("<one@okafor.test>", 9) == "72ety9gy0"


@given(st.text(max_size=60), st.integers(7, 51))
def test_an_id_is_the_beginning_of_the_hash_in_crockfords_base32(root: str, length: int) -> None:
    root = root.encode("utf-8", "replace").decode()
    whole = crockford(hashlib.sha256(root.encode()).digest())

    assert ticket_id(root) == whole[:7]
    assert ticket_id(root, length) == whole[:length]


def test_the_alphabet_is_crockfords_in_lower_case() -> None:
    assert len(ALPHABET) == 32
    assert not set("ilou") & set(ALPHABET)
    assert sorted(ALPHABET.lower()) == list(ALPHABET)


def test_the_root_is_the_first_reference_even_of_a_mail_never_seen() -> None:
    assert root_of("<own@x>", ("<first@x>", "<second@x>")) == "<first@x>"
    assert root_of("<own@x>", ()) == "<own@x>"


@given(st.text(max_size=30))
def test_a_typed_id_is_read_the_way_people_read_letters(text: str) -> None:
    assert clean("#" + text.upper()) in {clean(text.upper()), clean("#" + text.upper())}
    assert not set("oil") & set(clean(text))


def test_a_typed_id_loses_its_mark_and_its_mistaken_letters() -> None:
    assert clean("  #K7O3IL ") == "k70311"
