"""Every kind of hostile mail is read: harmless, whole, and the same each time."""

import pytest

from founder_inbox.app.reading.parser_frames import decode_mail, encode_mail
from founder_inbox.core.mime.reader import attachment_bytes, parse
from tests.hostile.kinds import ALL, QUICK, variant
from tests.hostile.shown import CONTROLS, SURROGATES, shown

# Their words are cut off, encrypted, elsewhere, or hidden as a browser would hide them.
MAY_LOSE_WORDS = {"nothing", "sealed", "cut off", "noise", "boundaries", "pages", "damaged heads"}
VARIANTS = 8


@pytest.mark.parametrize("kind", QUICK)
def test_a_kind_is_read_without_a_control_character_and_with_its_words(kind: str) -> None:
    for seed in range(VARIANTS):
        made = variant(kind, seed)
        mail = parse(made.raw)
        everything = shown(mail)

        assert CONTROLS.search(everything) is None, seed
        assert SURROGATES.search(everything) is None, seed
        assert all("/" not in file.name.lstrip("-.") for file in mail.attachments), seed
        if kind in MAY_LOSE_WORDS:
            assert mail.warnings or mail.text.strip() or mail.attachments, seed
        else:
            assert made.canary in everything, seed
        assert decode_mail(encode_mail(mail)) == mail
        assert parse(made.raw) == mail


@pytest.mark.parametrize("kind", QUICK)
def test_the_files_of_a_kind_are_taken_out_and_harm_nothing(kind: str) -> None:
    for seed in range(VARIANTS):
        raw = variant(kind, seed).raw
        for file in parse(raw).attachments:
            assert len(attachment_bytes(raw, file.part)) < 20_000_000


def test_a_seed_makes_the_same_mail_each_time() -> None:
    assert [variant(kind, 7) for kind in ALL] == [variant(kind, 7) for kind in ALL]


def test_the_catalogue_has_not_shrunk() -> None:
    assert (len(QUICK), len(ALL)) >= (60, 135)
