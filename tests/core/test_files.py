"""The word that promises a file, and sizes."""

import pytest

from founder_inbox.core.letters.files import DraftFile, files_words, promised_file, reminder
from founder_inbox.core.sizes import size_words

PDF = DraftFile(1, "invoice.pdf", "application/pdf", 34_400)


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("The invoice is attached.", "attached"),
        ("I am attaching it.", "attaching"),
        ("Please find enclosed", "enclosed"),
        ("Die Rechnung findest du im Anhang.", "Anhang"),
        ("Anbei die Rechnung.", "Anbei"),
        ("Ich habe sie angehängt.", "angehängt"),
        ("Vous trouverez la facture ci-jointe.", "ci-jointe"),
        ("La facture est en pièce jointe.", "pièce jointe"),
        ("Te mando la factura adjunta.", "adjunta"),
        ("I looked at your attachment.", ""),
        ("The screenshot you attached helps.", ""),
        ("Danke für Ihren Anhang!", ""),
        ("It is fixed.", ""),
        ("Done.\n\nOn Mon, Tom wrote:\n> it is attached", ""),
        ("unattached and reattached", ""),
    ],
)
def test_a_promise_is_heard_in_the_founders_own_words(body: str, word: str) -> None:
    assert promised_file(body) == word


def test_the_reminder_is_for_drafts_without_a_file() -> None:
    assert reminder("It is attached.", []) == "You wrote “attached”, and no file goes along."
    assert reminder("It is attached.", [PDF]) == ""
    assert reminder("It is fixed.", []) == ""


def test_the_reminder_reads_a_long_text_at_once() -> None:
    assert promised_file("your attach " * 20_000) == ""


def test_files_are_named_with_their_sizes() -> None:
    assert files_words([PDF, PDF]) == "invoice.pdf (34 KB), invoice.pdf (34 KB)"


@pytest.mark.parametrize(
    ("size", "words"),
    [
        *((0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1_000, "1 KB")),
        *((999_499, "999 KB"), (999_500, "1.0 MB"), (25_000_000, "25.0 MB")),
    ],
)
def test_sizes_are_said_as_people_say_them(size: int, words: str) -> None:
    assert size_words(size) == words
