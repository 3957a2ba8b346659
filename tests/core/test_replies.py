"""Canned replies: read, filled, ranked, found; and the set that ships."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import founder_inbox
from founder_inbox.core.letters.canned import (
    CannedReply,
    asks,
    fill,
    match,
    parse_reply,
    pick,
    rank,
    unfilled,
)
from founder_inbox.core.letters.letter import day, elapsed
from founder_inbox.core.letters.placeholder_tags import VARIABLES
from founder_inbox.core.model import Lane
from founder_inbox.errors import BadInput

HEAD = "---\nname: a\n---\n"
EMPTY_WORDS = (
    *("inconvenience", "feedback", "policy", "unfortunately", "patience", "sorry if", "asap"),
    *("unannehmlichkeit", "leider", "geduld", "richtlinie", "falls sie sich"),
)
SHIPPED = sorted((Path(founder_inbox.__file__).parent / "replies").glob("*.md"))


def reply(body: str, front: str = "name: test", source: str = "test.md") -> CannedReply:
    return parse_reply(f"---\n{front}\n---\n{body}\n", source)


def refusal(text: str, source: str = "test.md") -> str:
    with pytest.raises(BadInput) as caught:
        parse_reply(text, source)
    return str(caught.value)


def test_a_reply_knows_its_name_title_lanes_keys_and_language() -> None:
    front = "name: ack-bug\ntitle: A bug\nlanes: urgent, howto\nkeys: bug, broken\nlanguage: de"

    found = reply("Danke.", front)

    assert (found.name, found.title, found.language) == ("ack-bug", "A bug", "de")
    assert found.lanes == (Lane.URGENT, Lane.HOWTO)
    assert found.keys == ("bug", "broken")
    assert found.body == "Danke."


def test_a_reply_without_a_name_is_called_like_its_file() -> None:
    assert reply("Hi.", "language: de", "replies/glad.de.md").name == "glad"


def test_a_windows_file_reads_like_any_other() -> None:
    found = parse_reply("\ufeff---\r\nname: a\r\n---\r\nOne\r\nTwo\r\n", "a.md")

    assert found.body == "One\nTwo"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hello", "test.md, line 1: a reply begins with a line ---"),
        ("---\nname: a\nHello", "test.md, line 1: the --- that ends"),
        ("---\nname a\n---\nHi", "line 2: “name a” is not key: value"),
        ("---\nname: a\nlanguge: de\n---\nHi", "there is no key “languge”; did you mean language?"),
        ("---\nlane: urgnt\n---\nHi", "line 2: there is no lane “urgnt”; did you mean urgent?"),
        ("---\nname: A B\n---\nHi", "line 2: “A B” is not a name"),
        ("---\nname: a\nname: b\n---\nHi", "line 3: name stands here twice"),
        ("---\nlanguage: german\n---\nHi", "“german” is not a language"),
        (HEAD + "\n", "the reply has no text"),
        (HEAD + "Hi\n{{ fist_name }}", "line 5: there is no variable “fist_name”; did you"),
        (HEAD + "Hi {{ first_name", "line 4: a {{ is not closed"),
        (HEAD + "Hi {{ first_name\n}}", "line 4: a {{ is not closed"),
        (HEAD + "{{ if elapsed }}x", "line 4: this {{ if }} has no {{ end }}"),
        (HEAD + "x {{ end }}", "this {{ end }} has no {{ if }}"),
        (HEAD + "{{ if ticket }}{{ if today }}{{ end }}", "an {{ if }} stands inside another"),
        (HEAD + "{{ if ticket }}{{ else }}{{ else }}{{ end }}", "a second {{ else }}"),
        (HEAD + "{{ ask.date }}", "ask.date has no question"),
        (HEAD + "{{ if ask.date }}x{{ end }}", "ask.date has no question"),
        (HEAD + "{{ ask.subject: What? }}", "has the name of a variable"),
        (HEAD + "{{ today: What? }}", "today is a variable"),
        (HEAD + "{{ }}", "“” is not a name"),
        (HEAD + "{{ what }}", "a question is written {{ ask.what: … }}"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_file_line_and_what_is_right(text: str, said: str) -> None:
    assert said in refusal(text)


def test_variables_are_filled_and_fall_back_when_not_known() -> None:
    canned = reply("Hi {{ first_name | there }}, {{ product|our app }} is back.")

    assert fill(canned, {"first_name": "Ana", "product": " "}).text == "Hi Ana, our app is back."
    assert fill(canned, {}).text == "Hi there, our app is back."


def test_what_is_missing_is_named_once_and_stays_visible() -> None:
    filled = fill(reply("By {{ ask.date: When? }}. Yes, {{ ask.date }}, {{ ticket }}."), {})

    assert filled.missing == ("ask.date", "ticket")
    assert filled.text == "By {{ ask.date: When? }}. Yes, {{ ask.date }}, {{ ticket }}."
    assert len(unfilled(filled.text)) == 3


def test_an_answer_is_found_under_its_short_name_too() -> None:
    canned = reply("By {{ ask.date: When? }}.")

    assert fill(canned, {"date": "Friday"}).text == "By Friday."
    assert fill(canned, {"ask.date": "Monday", "date": "Friday"}).text == "By Monday."


def test_the_founder_is_asked_each_question_once_and_may_skip_optional_ones() -> None:
    canned = reply(
        "{{ ask.a: First? }} {{ ask.a }}\n{{ if ask.b }}\n{{ ask.b: Second? }}\n{{ end }}\n"
        "{{ ask.c: Third? | none }}"
    )

    found = [(ask.name, ask.question, ask.fallback, ask.optional) for ask in asks(canned)]

    assert found == [
        ("ask.a", "First?", None, False),
        ("ask.b", "Second?", None, True),
        ("ask.c", "Third?", "none", True),
    ]


def test_a_part_is_shown_only_when_its_value_is_known_and_leaves_no_gap() -> None:
    canned = reply("One.\n\n{{ if ask.offer }}\nTake {{ ask.offer: What? }}.\n\n{{ end }}\nTwo.")

    assert fill(canned, {}).text == "One.\n\nTwo."
    assert fill(canned, {}).missing == ()
    assert fill(canned, {"ask.offer": "a month"}).text == "One.\n\nTake a month.\n\nTwo."


def test_else_and_not_show_the_other_side() -> None:
    canned = reply(
        "{{ if elapsed }}After {{ elapsed }}{{ else }}Soon{{ end }}{{ if not today }}!{{ end }}"
    )

    assert fill(canned, {"elapsed": "2 hours", "today": "now"}).text == "After 2 hours"
    assert fill(canned, {}).text == "Soon!"


@given(st.text(max_size=60))
def test_a_value_is_never_read_as_a_tag(name: str) -> None:
    value = name + "{{ first_name }}{{ if today }}{{ ask.x: y }}"

    filled = fill(reply("<{{ subject }}>"), {"subject": value, "first_name": "Eve"})

    assert filled.text == f"<{value.strip()}>".strip("\n")
    assert filled.missing == ()


def test_many_tags_are_refused_and_long_texts_are_read_in_one_pass() -> None:
    assert "more than 500 fields" in refusal(HEAD + "" + "{{ ticket }}" * 501)
    assert "longer than" in refusal(HEAD + "" + "{" * 60_000)


def test_open_fields_are_found_in_own_lines_and_not_in_quoted_ones() -> None:
    text = "Hi {{ name }}\nand {{ half\n> {{7*7}} said the customer\n}}"

    assert unfilled(text) == ("{{ name }}", "{{ half")


def test_replies_are_ranked_by_language_lane_and_use() -> None:
    german = reply("x", "name: de\nlanguage: de\nlanes: urgent")
    other = reply("x", "name: other\nlanes: thanks")
    anywhere = reply("x", "name: anywhere")
    seldom = reply("x", "name: seldom\nlanes: urgent")
    often = reply("x", "name: often\nlanes: urgent")
    all_of_them = [german, other, anywhere, seldom, often]

    ranked = rank(all_of_them, Lane.URGENT, "en", {"often": 4, "other": 90})
    in_german = rank(all_of_them, Lane.URGENT, "de", {})
    unknown = rank(all_of_them, Lane.URGENT, None, {})

    assert [one.name for one in ranked] == ["often", "seldom", "anywhere", "other", "de"]
    assert in_german[0] is german
    assert unknown[-1] is german


def test_the_picker_finds_letters_in_order_and_prefers_words_and_runs() -> None:
    bug = reply("x", "name: ack-bug\ntitle: A bug: what I see\nkeys: broken")
    bill = reply("x", "name: ack-billing\ntitle: A billing mistake\nkeys: money")
    back = reply("x", "name: comeback\ntitle: Unrelated biography unit gains")
    all_of_them = [back, bill, bug]

    assert [one.name for one in match(all_of_them, "bug")] == ["ack-bug", "comeback"]
    assert match(all_of_them, "MON")[0] is bill
    assert match(all_of_them, "") == tuple(all_of_them)
    assert match(all_of_them, "zzz") == ()


def test_a_reply_is_picked_in_the_customers_language_else_in_english() -> None:
    english, german = reply("x", "name: a"), reply("x", "name: a\nlanguage: de")

    assert pick([english, german], "a", "de") is german
    assert pick([german, english], "a", "fr") is english
    assert pick([german, english], "a", None) is english
    assert pick([german], "a", "fr") is german
    assert pick([german], "b", "de") is None


def shipped() -> list[CannedReply]:
    return [parse_reply(path.read_text("utf-8"), path.name) for path in SHIPPED]


def test_at_least_24_replies_ship_each_in_english_and_german() -> None:
    names = {(one.name, one.language) for one in shipped()}

    english = {name for name, language in names if language == "en"}
    assert len(english) >= 24
    assert english == {name for name, language in names if language == "de"}
    assert len(names) == len(SHIPPED)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_reply_reads_whole_and_leaves_nothing_open(path: Path) -> None:
    canned = parse_reply(path.read_text("utf-8"), path.name)
    known = dict.fromkeys(VARIABLES, "Ana")

    without_options = fill(
        canned, known | {ask.name: "so" for ask in asks(canned) if not ask.optional}
    )
    with_all = fill(canned, known | {ask.name: "so" for ask in asks(canned)})

    assert path.name == f"{canned.name}.{canned.language}.md"
    for filled in (without_options, with_all):
        assert filled.missing == ()
        assert unfilled(filled.text) == ()
        assert "\n\n\n" not in filled.text
        assert "  " not in filled.text
        assert " ." not in filled.text
        assert filled.text == filled.text.strip()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_reply_speaks_like_a_person(path: Path) -> None:
    text = path.read_text("utf-8").lower()

    for word in EMPTY_WORDS:
        assert word not in text
    assert text.count("!") <= 1


def test_each_language_of_a_shipped_reply_asks_the_same_and_fits_the_same_lanes() -> None:
    english = {one.name: one for one in shipped() if one.language == "en"}
    german = {one.name for one in shipped() if one.language == "de"}

    assert german == english.keys()
    for other in shipped():
        assert other.lanes == english[other.name].lanes
        assert {ask.name for ask in asks(other)} == {ask.name for ask in asks(english[other.name])}


@pytest.mark.parametrize("name", ["update", "quickfix", "quickfix-later"])
@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_what_a_key_writes_by_itself_is_there_in_four_languages(name: str, language: str) -> None:
    found = pick(shipped(), name, language)

    assert found is not None
    assert found.language == language


@pytest.mark.parametrize(
    ("language", "today", "span"),
    [
        ("en", "23 November 2026", "2 hours"),
        ("de", "23. November 2026", "2 Stunden"),
        ("fr", "23 novembre 2026", "2 heures"),
        ("es", "23 de noviembre de 2026", "2 horas"),
        ("pl", "23 November 2026", "2 hours"),
    ],
)
def test_dates_and_spans_are_said_in_the_language_of_the_reply(
    language: str, today: str, span: str
) -> None:
    assert day(datetime(2026, 11, 23, 9, tzinfo=UTC), language) == today
    assert elapsed(timedelta(hours=2), language) == span


def test_an_answer_that_ends_its_sentence_makes_no_second_full_stop() -> None:
    canned = reply("I fixed {{ ask.what: What? }}. See {{ ask.where: Where? }}.")
    answers = {"what": "the export.", "where": "../docs.."}

    assert fill(canned, answers).text == "I fixed the export. See ../docs..."
