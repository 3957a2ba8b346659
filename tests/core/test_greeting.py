"""Greeting, language, and the letter around a reply."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.letters.greeting import first_name, greeting, has_greeting, without_greeting
from founder_inbox.core.letters.language import language_of
from founder_inbox.core.letters.letter import Occasion, elapsed, letter, values
from founder_inbox.core.letters.placeholder_tags import VARIABLES

NOW = datetime(2026, 11, 20, 9, 26, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Ana Ruiz", "Ana"),
        ("Ruiz, Ana", "Ana"),
        ("van der Berg, Ana", "Ana"),
        ("Ana Ruiz, PhD", "Ana"),
        ("Dr. Ana Ruiz", "Ana"),
        ("Prof. Dr. Jürgen Weiß", "Jürgen"),
        ("ana", "Ana"),
        ("ana ruiz", "Ana"),
        ("TOM OKAFOR", "Tom"),
        ("jean-luc picard", "Jean-Luc"),
        ("JEAN-LUC PICARD", "Jean-Luc"),
        ("DeShawn Miller", "DeShawn"),
        ("“Ana Ruiz”", "Ana"),
        ("Ana Ruiz (Acme)", "Ana"),
        ("Ana from Acme", "Ana"),
        ("Tom Okafor via Stripe", "Tom"),
        ("Σοφία Παππά", "Σοφία"),
        ("Иван Петров", "Иван"),
        ("Siobhán O'Brien", "Siobhán"),
        ("  Ana\t Ruiz ", "Ana"),
    ],
)
def test_the_first_name_is_found_in_the_names_people_put_into_mails(name: str, first: str) -> None:
    assert first_name(name) == first


@pytest.mark.parametrize(
    "name",
    [
        "", "  ", "Acme GmbH", "ruiz studio", "Support", "The Acme Team", "ana@ruiz.studio",
        "ana_ruiz", "ana.ruiz", "tom1984", "A. Ruiz", "J", "Mr Okafor", "Frau Müller",
        "Frau Dr. Weiß", "王小明", "山田 太郎", "김민수", "Ana Ruiz, Acme", "IBM Germany",
        "DUPONT Marie", "GitHub", "ACME", "No Reply", "noreply", "{{ first_name }}",
        "\x1b[31mAna", "Аna Ruiz", "-- --",
        ", ,", "one two three four five six seven", "x" * 5000,
    ],
)  # fmt: skip
def test_no_first_name_is_better_than_a_wrong_one(name: str) -> None:
    assert first_name(name) is None


@given(st.text(max_size=300))
def test_any_text_may_be_a_name(name: str) -> None:
    first = first_name(name)

    assert first is None or (first.replace("-", "").replace("'", "").replace("’", "").isalpha())


def test_the_greeting_speaks_the_customers_language() -> None:
    assert greeting("Ana Ruiz", "en") == "Hi Ana,"
    assert greeting("Acme GmbH", "en") == "Hi there,"
    assert greeting("Ruiz, Ana", "de") == "Hallo Ana,"
    assert greeting("", "de") == "Hallo,"
    assert greeting("Ana", "es") == "Hola Ana,"
    assert greeting("", "fr") == "Bonjour,"
    assert greeting("Ana", None) == greeting("Ana", "ja") == "Hi Ana,"


@pytest.mark.parametrize(
    "text",
    ["Hi Ana,\n\nyes.", "Hallo,\nja", "Dear Ms Ruiz:\nyes", "Hey Tom!", "Hi Ana, it is fixed."],
)
def test_a_greeting_that_is_there_is_seen(text: str) -> None:
    assert has_greeting(text)


@pytest.mark.parametrize(
    "text", ["", "History is kept.", "It works. Hi!", "Hidden files are shown"]
)
def test_a_text_without_a_greeting_is_seen_as_such(text: str) -> None:
    assert not has_greeting(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Hi Tom, done.", "done."),
        ("Hi Tom,\n\nit is done.\n\nAna", "it is done.\n\nAna"),
        ("Hi Tom,\n\n", ""),
        ("It works.\nHi!", "It works.\nHi!"),
    ],
)
def test_what_is_said_after_the_greeting_counts(text: str, left: str) -> None:
    assert without_greeting(text) == left


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hi, how do I export the list? I can not find it.", "en"),
        ("Hallo, wie kann ich die Liste exportieren? Ich finde es nicht.", "de"),
        ("Hola, no puedo exportar la lista, ¿cómo lo hago? Gracias", "es"),
        ("Bonjour, je ne trouve pas le bouton pour exporter, merci", "fr"),
        ("", None),
        ("OK 👍", None),
        ("こんにちは、エクスポートできません", None),
    ],
)
def test_the_language_is_guessed_from_small_words(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_a_long_text_is_judged_by_its_beginning() -> None:
    assert language_of("wie geht das mit der Liste " + "the and is " * 10_000) == "en"
    assert language_of("x " * 2_000 + "the and is " * 100) is None


def occasion(name: str = "Ana Ruiz", wrote_at: datetime | None = None) -> Occasion:
    return Occasion(
        customer_name=name,
        subject="Charged twice",
        ticket="k7f3q2d",
        company="Acme",
        founder_name="Vera",
        teammate="Vlad",
        signature="Vera",
        here=NOW,
        wrote_at=wrote_at,
    )


def test_every_variable_has_a_value_and_unknown_ones_are_empty() -> None:
    known = values(occasion(wrote_at=NOW - timedelta(minutes=14)), "en")
    unknown = values(occasion(name="Acme GmbH"), "de")

    assert set(known) == set(unknown) == set(VARIABLES)
    assert (known["first_name"], known["elapsed"]) == ("Ana", "14 minutes")
    assert (known["weekday"], known["today"]) == ("Friday", "20 November 2026")
    assert (unknown["first_name"], unknown["elapsed"]) == ("", "")
    assert (unknown["weekday"], unknown["today"]) == ("Freitag", "20. November 2026")


@pytest.mark.parametrize(
    ("span", "english", "german"),
    [
        (timedelta(seconds=5), "1 minute", "1 Minute"),
        (timedelta(minutes=119), "119 minutes", "119 Minuten"),
        (timedelta(minutes=120), "2 hours", "2 Stunden"),
        (timedelta(hours=47), "47 hours", "47 Stunden"),
        (timedelta(hours=49), "2 days", "2 Tagen"),
        (timedelta(minutes=-3), "1 minute", "1 Minute"),
    ],
)
def test_a_time_span_is_said_in_its_unit(span: timedelta, english: str, german: str) -> None:
    assert elapsed(span, "en") == english
    assert elapsed(span, "de") == german


def test_a_letter_gets_greeting_and_name_only_where_they_are_missing() -> None:
    whole = letter("It is fixed.\n", "Ana Ruiz", "Vera", "en")

    assert whole == "Hi Ana,\n\nIt is fixed.\n\nVera"
    assert letter(whole, "Ana Ruiz", "Vera", "en") == whole
    assert letter("Ok.", "", "", None) == "Hi there,\n\nOk."
