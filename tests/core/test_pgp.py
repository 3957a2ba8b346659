"""What somebody signed is read without the armour around it."""

import pytest

from founder_inbox.core.mime.body import SIGNED
from founder_inbox.core.mime.pgp import without_armour
from founder_inbox.core.mime.reader import parse

_SIGNATURE = "-----BEGIN PGP SIGNATURE-----\n\niQEzBAEB\n=abcd\n-----END PGP SIGNATURE-----"
_SIGNED = f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nHi\n- -- \nAna\n{_SIGNATURE}\n"


def test_signed_words_stand_without_armour_and_with_a_warning() -> None:
    mail = parse(f"From: ana@ruiz.test\n\n{_SIGNED}".encode())
    assert mail.new_text == "Hi"
    assert mail.signature == "-- \nAna".replace("-- ", "--")
    assert SIGNED in mail.warnings


@pytest.mark.parametrize(
    "text",
    [
        "words",
        _SIGNED.replace("\n", "\n> ").replace("-----BEGIN PGP SIGNED", "> -----BEGIN PGP SIGNED"),
        _SIGNED.replace("-----END PGP SIGNATURE-----", ""),
        _SIGNED.replace("Hash: SHA256", "no field"),
        "-----BEGIN PGP SIGNED MESSAGE-----",
        f"{_SIGNATURE}\n-----BEGIN PGP SIGNED MESSAGE-----\n\nHi",
    ],
)
def test_what_is_damaged_or_quoted_stays_as_it_is(text: str) -> None:
    assert without_armour(text) == (text, False)
