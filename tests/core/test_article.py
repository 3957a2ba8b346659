"""An article's file: what the founder wrote stays, and mistakes are named with their line."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.knowledge.article import (
    article_text,
    exported,
    name_from,
    parse_article,
    published,
)
from founder_inbox.core.knowledge.offers import article_offer
from founder_inbox.core.letters.canned import asks, fill
from founder_inbox.errors import BadInput

DAY = date(2026, 11, 23)
OWN = """---
title: 'Export: how?'
weight: 3
tags:
  - lists
asked:
  - one
url: /help/export/
---
Steps with {{ braces }}.
"""


def test_what_is_written_can_be_read_again() -> None:
    text = article_text('A "title": yes', "de", ["Wie?"], "1. Hier", DAY)
    article = parse_article(text, "wie.md")
    assert (article.title, article.language, article.draft) == ('A "title": yes', "de", True)
    assert (article.asked, article.body) == (("Wie?",), "1. Hier")


def test_keys_of_a_site_generator_stay_and_customers_questions_go() -> None:
    with pytest.raises(BadInput, match="asked is a list"):
        parse_article(OWN.replace("asked:\n  - one", "asked: one"), "x.md")
    text = exported(parse_article(OWN, "x.md"))
    assert "weight: 3\ntags:\n  - lists\nurl: /help/export/\n---" in text
    assert "one" not in text


def test_publishing_changes_one_line_only() -> None:
    text = article_text("T", "en", [], "Body\n\n---\n\nmore", DAY)
    assert published(text) == text.replace("draft: true\n", "").replace(
        "language: en\n", "language: en\ndraft: false\n"
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1: does not begin"),
        ("---\ntitle: x\n", "no second line"),
        ("---\ntitle: x\n---\n", "has no text"),
        ("---\nlanguage: en\n---\nText", "has no title"),
        ("---\ntitle: x\nlanguage: english\n---\nText", "line 3: “english” is not a language"),
        ("---\ntitle: x\ndraft: maybe\n---\nText", "line 3: draft is true or false"),
        ("---\ntitle: x\nurl: javascript:alert(1)\n---\nText", "line 3: url is not a link"),
        ("x" * 100_001, "is longer than"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        parse_article(text, "x.md")


@given(st.text(max_size=200), st.text(max_size=20))
def test_any_file_is_an_article_or_a_mistake(text: str, source: str) -> None:
    with suppress(BadInput):
        assert parse_article(f"---\n{text}", source).title is not None


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("How do I export my list?", "how-do-i-export-my-list"),
        ("Wie ändere ich Größe & Maß?", "wie-aendere-ich-groesse-mass"),
        ("???", "article"),
        ("FAQ", "faq-article"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_a_name_comes_from_the_title(title: str, name: str) -> None:
    assert name_from(title) == name


def test_what_is_still_masked_is_asked_before_it_can_leave_and_braces_are_no_fields() -> None:
    body = "Use [key] of {{ x }} here."
    text = f"---\ntitle: T\n---\n{body}\n"
    reply = article_offer(parse_article(text, "x.md"), "").reply
    [question] = asks(reply)
    assert question.name == "ask.key_1"
    assert fill(reply, {"key_1": "K"}).text == "Use K of { { x } } here."
