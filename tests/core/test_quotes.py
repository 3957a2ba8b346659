"""What is new in a reply is told from what it quotes, and nothing is lost."""

import json
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.mime.quotes import split
from tests.core.mail_files import shared_lines

HEADERS = [
    "On Mon, 2 Nov 2026 at 08:00, Ana <ana@x.test> wrote:",
    "On Nov 2, 2026, at 8:00 AM, Somebody <\nsomebody.with.a.long.name@x.test>\nwrote:",
    "Am 02.11.2026 um 08:00 schrieb Ana Ruiz:",
    "Le 2 nov. 2026 à 08:00, Ana <ana@x.test> a écrit :",
    "El lun, 2 nov 2026 a las 8:00, Ana (<ana@x.test>) escribió:",
    "Il giorno lun 2 nov 2026 alle 08:00 Ana <ana@x.test> ha scritto:",
    "Em seg., 2 de nov. de 2026 às 08:00, Ana <ana@x.test> escreveu:",
    "Op 2 nov. 2026 om 08:00 schreef Ana <ana@x.test>:",
    "Den mån 2 nov. 2026 kl 08:00 skrev Ana <ana@x.test>:",
    "W dniu 2 listopada 2026 08:00 użytkownik Ana <ana@x.test> napisał:",
    "пн, 2 нояб. 2026 г. в 08:00, Ana <ana@x.test>:",
    "2026年11月2日(月) 8:00 Ana <ana@x.test>:",
    "Vào 08:00 2 tháng 11, 2026, Ana <ana@x.test> đã viết:",
]
BLOCKS = [
    "-----Original Message-----\nFrom: Ana\nSent: Monday",
    "From: Ana <ana@x.test>\nSent: Monday, 2 November 2026 08:00\nTo: me\nSubject: Hi",
    "Von: Ana <ana@x.test>\nGesendet: Montag, 2. November 2026 08:00\nAn: ich\nBetreff: Hi",
    "De : Ana <ana@x.test>\nEnvoyé : lundi 2 novembre 2026 08:00\nÀ : moi\nObjet : Salut",
    "________________________________\nFrom: Ana <ana@x.test>\nSent: Monday\nSubject: Hi",
    "发件人: Ana <ana@x.test>\n发送时间: 2026年11月2日\n收件人: me\n主题: Hi",
]


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("quotation", ["> Was it twice?\n> Ana", "Was it twice?\nAna"])
def test_a_quotation_below_the_answer_is_folded_in_many_languages(
    header: str, quotation: str
) -> None:
    parts = split(f"Yes, twice.\n\n{header}\n\n{quotation}\n")
    assert parts.new_text == "Yes, twice."
    assert parts.quoted.startswith(header.split("\n", maxsplit=1)[0])


@pytest.mark.parametrize("block", BLOCKS)
def test_all_below_a_block_of_fields_is_folded(block: str) -> None:
    assert split(f"Yes, twice.\n\n{block}\n\nWas it twice?\n").new_text == "Yes, twice."


def test_an_answer_below_its_quotation_is_what_is_new() -> None:
    parts = split("On Mon, Ana wrote:\n> Was it twice?\n\nYes.")
    assert (parts.new_text, parts.interleaved) == ("Yes.", False)


def test_answers_between_quotations_are_all_kept_and_marked() -> None:
    parts = split("On Mon, Ana wrote:\n> one?\nFirst answer.\n> two?\nSecond answer.\n")
    assert parts.new_text == "First answer.\nSecond answer."
    assert parts.interleaved


def test_a_forwarded_mail_is_there_to_be_read() -> None:
    text = "FYI\n\n---------- Forwarded message ----------\nFrom: a@x.test\nDate: Mon\n\nInvoice 7"
    assert split(text).new_text == text


@pytest.mark.parametrize(
    "text",
    [
        "> only a quotation\n> here",
        "From: me\nHello there",
        "I wrote:\nSELECT 1",
        "On Monday it broke.\nOn Tuesday too.",
        ">>> print(1)\n1\n>>> print(2)",
        "Date: the 5th would be fine\nfor us",
        "",
    ],
)
def test_what_is_no_reply_stays_whole(text: str) -> None:
    assert split(text).new_text == text
    assert split(text).quoted == ""


def test_a_signature_is_set_apart_and_a_sentence_like_one_is_not() -> None:
    assert split("Hi\n-- \nAna\nLisbon").signature == "--\nAna\nLisbon"
    assert split("Hi\n\nSent from my iPhone").signature == "Sent from my iPhone"
    text = "Hi\n\nSent from my desk, is much easier than my mobile phone."
    assert split(text).new_text == text


def test_lines_of_the_ticket_are_known_without_any_mark() -> None:
    earlier = "We refunded the second charge today.\nIt takes two days to arrive."
    parts = split(f"Thank you!\n\n{earlier}", [earlier])
    assert parts.new_text == "Thank you!"
    assert parts.quoted == earlier


def test_link_notes_go_with_the_words_they_belong_to() -> None:
    header = "On 2 Nov 2026 08:00, Ana <a@x.test> wrote:"
    notes = "[1] https://a.test\n[2] https://b.test"
    parts = split(f"See [1]\n\n{header}\n> or [2]\n\n{notes}")
    assert parts.new_text == "See [1]\n\n[1] https://a.test"
    assert parts.quoted.endswith("[2] https://b.test")


@given(st.lists(st.sampled_from(["> q", "word", "", "-- ", *HEADERS, "From: a@b.test", "To: x"])))
def test_no_word_is_ever_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    parts = split(text)
    kept = "\n".join([parts.new_text, parts.quoted, parts.signature])
    assert sorted(kept.split()) == sorted(text.split())


@pytest.mark.parametrize(
    "text",
    ["On " * 60_000, "\n" * 200_000, "From: a@b\n" * 20_000, "-" * 200_000, "a@" * 90_000 + ":"],
)
def test_no_text_takes_long(text: str) -> None:
    started = perf_counter()
    split(text, [text])
    assert perf_counter() - started < 2.0


def test_real_replies_come_out_as_people_marked_them() -> None:
    """Two suites whose rule is ours: quotations go, everything else stays (bar: 95 %)."""
    right = wrong = 0
    for line in shared_lines("quotes/talon.jsonl") + shared_lines("quotes/willdurand.jsonl"):
        case = json.loads(line)
        parts = split(case["text"])
        wanted = case["expected"].split()
        if wanted in (parts.new_text.split(), f"{parts.new_text}\n{parts.signature}".split()):
            right += 1
        else:
            wrong += 1
    assert wrong * 20 <= right + wrong
