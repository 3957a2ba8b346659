"""The tone check: precision on good replies, recall on bad ones, and each rule's edges."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.tone.check import check_draft
from founder_inbox.core.tone.checklist import apology_steps
from founder_inbox.core.tone.checks import CHECKS
from founder_inbox.core.tone.findings import Finding
from founder_inbox.core.tone.harsh import find_harsh
from founder_inbox.core.tone.phrases import parse_phrases
from founder_inbox.core.tone.rulebook import CHECK_NAMES, parse_rulebook
from founder_inbox.core.tone.synonyms import parse_synonyms
from founder_inbox.errors import ConfigError
from founder_inbox.system.resources import read_replies, read_tone, read_tone_rules

BOOK = parse_rulebook(read_tone_rules())
HARSH = parse_phrases(read_tone("harsh"))
_LANGUAGES = ("_en", "_de")
SETS = Path(__file__).parent / "tone_sets"
GROUPS = parse_synonyms({"synonyms.toml": 'groups = [["project", "workspace"]]'})


def check(text: str, theirs: str = "", language: str | None = None) -> tuple[Finding, ...]:
    harsh = find_harsh(text, HARSH)
    return check_draft(text, BOOK, theirs=theirs, language=language, synonyms=GROUPS, harsh=harsh)


def rules(text: str, theirs: str = "") -> set[str]:
    return {finding.rule for finding in check(text, theirs)}


def replies(*names: str) -> list[tuple[str, str]]:
    """The replies of some sets, each with its title."""
    parts = [
        part
        for name in names
        for part in (SETS / f"{name}.txt").read_text(encoding="utf-8").split("=== ")[1:]
    ]
    return [(part.partition("\n")[0], part.partition("\n")[2].strip() + "\n") for part in parts]


def test_of_sixty_good_replies_at_most_two_findings_are_made() -> None:
    good = replies("good_en", "good_de")
    found = [(title, finding.text) for title, text in good for finding in check(text)]

    assert len(good) >= 60
    assert len(found) <= 2, found


def test_of_sixty_bad_replies_eleven_of_twelve_are_found_by_the_right_rule() -> None:
    bad = replies("bad_en", "bad_de")
    missed = [(title, text) for title, text in bad if title not in rules(text)]

    assert len(bad) >= 60
    assert len(missed) * 12 <= len(bad), missed


def test_replies_written_before_the_rules_were_tuned_are_judged_as_well() -> None:
    unseen = sorted(path.stem for path in SETS.glob("*_*.txt") if path.stem[-3:] not in _LANGUAGES)
    good = replies(*(name for name in unseen if name.endswith("_good")))
    found = [(title, finding.text) for title, text in good for finding in check(text)]
    bad = replies(*(name for name in unseen if name.endswith("_bad")))
    missed = [(title, text) for title, text in bad if title.split()[0] not in rules(text)]

    assert len(good) > 200
    assert len(found) * 30 <= len(good), found
    assert len(bad) > 200
    assert len(missed) * 12 <= len(bad), missed


def test_the_canned_replies_that_ship_pass() -> None:
    for name, text in read_replies(Path("/nowhere")).items():
        body = text.split("---", 2)[2].lstrip()
        found = check(body, language=name.split(".")[1])
        assert not found, (name, found)


def test_places_are_those_of_the_draft() -> None:
    for _, text in replies("bad_en", "bad_de"):
        assert all(text[f.start : f.end] == f.text and f.text for f in check(text))


def test_every_finding_says_why_and_where_that_is_from() -> None:
    for rule in BOOK.rules:
        assert rule.why
        assert rule.instead
        assert rule.source.startswith(("handbook ch. ", "the essay"))


@pytest.mark.parametrize(
    "text",
    [
        "Hi Nils,\n\nI gave you the 9 dollars back, and it will not happen again.\n\nJo",
        "Hi Inconvenience,\n\nit works again.\n\nJo",
        "Hi Ana,\n\n> sorry for the inconvenience\n\nThat line is gone now.\n\nJo",
        "Hi Ana,\n\nyou wrote “you should have told me”. True.\n\nJo",
        "Hi Ana,\n\nit works again.\n\nJo\nHead of Feedback",
        "It works again.\n\n-- \nsorry for the inconvenience",
        "It is {{ ask.what: feedback or inconvenience? }}.",
        "I'm sorry you feel that way.",
        "Es tut mir leid, dass Sie das so empfinden.",
    ],
)
def test_what_is_not_the_founders_own_words_is_not_judged(text: str) -> None:
    assert not check(text)


def test_curly_apostrophes_line_breaks_and_capitals_make_no_difference() -> None:
    assert "you-should-have" in rules("YOU SHOULD\nHAVE asked.")
    assert "you-should-have" in rules("You should’ve asked.")


def test_policy_is_fine_with_what_one_can_do_and_for_privacy() -> None:
    assert "policy" in rules("It is our policy.")
    assert "policy" not in rules("It is our policy. Here is what I can do: a free month.")
    assert "policy" not in rules("Our privacy policy lists them.")


def test_a_fix_that_is_coming_is_fine_with_a_way_round() -> None:
    assert "coming-soon" in rules("It will be fixed in the next release.")
    assert "coming-soon" not in rules("It will be fixed in the next release. Until then use CSV.")


def test_i_do_not_know_needs_a_date() -> None:
    assert "dont-know" in rules("I don't know yet.")
    assert "dont-know" not in rules("I don't know yet. I'll write by Thursday noon.")
    assert "dont-know" in rules("Das weiß ich noch nicht.")
    assert "dont-know" not in rules("Das weiß ich noch nicht, Sie hören bis 12 Uhr von mir.")


def test_a_no_names_what_is_missing() -> None:
    (found,) = check("I'm sorry, we can't do that.")

    assert found.rule == "no"
    assert found.why.startswith("Missing: because, instead.")


def test_the_provider_may_be_named_by_those_who_take_the_blame() -> None:
    assert "blame-third-party" in rules("Our hosting provider had an outage.")
    assert "blame-third-party" not in rules("Our hosting provider had an outage. That's on me.")


def test_one_exclamation_mark_is_free_and_so_is_the_greetings() -> None:
    assert not rules("Hi Ana!\n\nThat is wonderful to read!\n\nJo")
    assert "over-cheer" in rules("Wow!!! Amazing!!! You rock!")


def test_a_link_needs_words_unless_it_is_the_thing_itself() -> None:
    assert "bare-link" in rules("Please see https://example.com/faq")
    assert "bare-link" not in rules("Here is the invoice: https://example.com/i/7")


def test_their_word_for_a_thing_is_to_be_used() -> None:
    (found,) = check("The workspace is back.", "My project is gone!")

    assert found.text == "workspace"
    assert "They say “project”" in found.why
    assert not check("The project, a workspace, is back.", "My project is gone!")
    assert not check("The workspace is back.")


def test_a_few_words_more_are_fine_where_commas_come_soon() -> None:
    clause = "one two three four five six seven eight nine"

    assert "long-sentence" not in rules(f"{clause}, {clause}, {clause}.")
    assert "long-sentence" in rules(f"{clause}, {clause}, {clause}, {clause}.")


def test_steps_are_an_answer_beside_a_link() -> None:
    assert "bare-link" not in rules("Open Settings, then press Export: https://example.com/x")


def test_an_address_of_somebody_else_sends_away_and_our_own_does_not() -> None:
    assert "transfer" in rules("Vlad can help with that, his mail is vlad@example.com.")
    assert "transfer" not in rules("Write to me at jo@example.com any time.")
    assert "transfer" not in rules("The invoice went to vlad@example.com at noon.")


def test_a_day_before_it_is_no_date_for_what_is_not_known() -> None:
    assert "dont-know" in rules("You wrote on Monday. I don't know why it fails.")
    assert "dont-know" not in rules("I don't know why it fails. I'll write on Monday.")


def test_words_of_two_lists_make_a_find_in_one_sentence_or_one_clause() -> None:
    lists = '[words]\nred = ["red"]\ntea = ["tea"]\n[a]\nwhy = "x"\n'
    sentence = parse_rulebook({"m.toml": lists + 'together = ["red tea"]'})
    clause = parse_rulebook({"m.toml": lists + 'in_clause = ["red tea"]'})

    (found,) = check_draft("We drink tea, and it is red.", sentence)
    assert found.text == "tea, and it is red"
    assert not check_draft("We drink tea. It is red.", sentence)
    assert not check_draft("We drink tea, and it is red.", clause)
    assert check_draft("The tea is red, and hot.", clause)


def test_a_guard_does_not_reach_over_a_comma() -> None:
    book = parse_rulebook(
        {"m.toml": '[a]\nwhy = "x"\nphrases = ["tea"]\nunless_sentence = ["a b"]'}
    )

    assert check_draft("a, b tea", book)
    assert not check_draft("a b tea", book)


def test_a_colon_or_a_dash_is_where_one_breathes() -> None:
    half = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"

    assert "long-sentence" in rules(f"{half} and {half}.")
    assert "long-sentence" not in rules(f"{half}: {half}.")


def test_a_wall_of_text_is_marked_and_a_list_is_none() -> None:
    row = "This is a short sentence about the page that you see there. "

    assert "long-paragraph" in rules(row * 8)
    assert "long-paragraph" not in rules("\n".join(f"{n}. {row}" for n in range(1, 9)))


def test_every_check_has_a_name_that_files_know() -> None:
    assert CHECKS.keys() == CHECK_NAMES


def test_a_silenced_rule_says_nothing() -> None:
    text = "Sorry for the inconvenience."

    assert check_draft(text, BOOK)
    assert not check_draft(text, BOOK, silenced=frozenset({"inconvenience"}))


def test_the_apology_ticks_itself() -> None:
    title, text = replies("good_en")[0]
    steps = {
        s.name: s.done
        for s in apology_steps(text, BOOK, (), theirs="my last two rows lost, export broken")
    }

    assert title == "bug apology"
    assert steps == {
        "listened": True,
        "thanks-first": True,
        "sorry": True,
        "cause-and-fix": True,
        "offer": False,
        "thanks-last": True,
    }
    assert not apology_steps("Here is your file.", BOOK, ())


def test_blame_takes_the_tick_from_sorry() -> None:
    text = "I'm sorry. Our hosting provider was down."
    steps = {step.name: step.done for step in apology_steps(text, BOOK, check(text))}

    assert not steps["sorry"]


OWN = '[the-airline]\nwhy = "They wrote it to me."\nphrases = ["your … concern|concerns"]\n'


def test_the_founders_own_rules_join_ours_and_win_by_name() -> None:
    own = {"tone/mine.toml": OWN, "tone/en.toml": '[feedback]\nwhy = "Mine."\nphrases = ["input"]'}
    book = parse_rulebook(read_tone_rules(), own)

    (found,) = check_draft("We noted your valuable concerns.", book)
    assert (found.rule, found.source) == ("the-airline", "tone/mine.toml")
    assert not check_draft("Thanks for the feedback.", book, language="en")
    assert check_draft("Thanks for the input.", book, language="en")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[a]\nwhy = \n", "line 2"),
        (OWN + "\n[b]\nphrases = ['x']\n", "mine.toml, line 5: [b] has no why"),
        (OWN + '[b]\nwhy = "x"\n', "mine.toml, line 4: [b] has no phrases"),
        (OWN + '[b]\nwhy = "x"\nphrases = "x"\n', "mine.toml, line 6: [b] phrases is not a list"),
        (OWN + '[b]\nwhy = "x"\nphrases = ["… x"]\n', "mine.toml, line 6: [b] the phrase '… x'"),
        (OWN + '[b]\nwhy = "x"\nphrases = ["Big"]\n', "has capitals"),
        (OWN + '[b]\nwhy = "x"\nfrases = ["x"]\n', "mine.toml, line 6: [b] knows no 'frases'"),
        (OWN + '[b]\nwhy = 3\nphrases = ["x"]\n', "mine.toml, line 5: [b] why is not a text"),
        (OWN + '[b]\nwhy = "x"\nphrases = ["x"]\nseverity = "bad"\n', "neither warning nor hint"),
        ("phrases = ['x']\n", "mine.toml, line 1: phrases is no section"),
        ('language = "tlh"\n', "mine.toml, line 1: language 'tlh'"),
        ('[Loud]\nwhy = "x"\nphrases = ["x"]\n', "is no rule's name"),
        ('[b]\nwhy = "x"\ncheck = "nothing"\n', "mine.toml, line 3: [b] has no check 'nothing'"),
        ('[b]\nwhy = "x"\nphrases = ["x"]\nneeds = ["love"]\n', "there is no word list 'love'"),
        ('[b]\nwhy = "x"\n\ntogether = ["love x"]\n', "line 4: there is no word list 'love'"),
    ],
)
def test_a_mistake_in_an_own_file_names_file_and_line(text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=r"mine\.toml") as caught:
        parse_rulebook(read_tone_rules(), {"mine.toml": text})

    assert words in str(caught.value)


@pytest.mark.parametrize(
    "text", ["groups = 3", 'groups = [["one"]]', 'groups = [["a b", "c"]]', "["]
)
def test_a_mistake_in_the_synonyms_is_named(text: str) -> None:
    with pytest.raises(ConfigError, match=r"mine\.toml"):
        parse_synonyms({"mine.toml": text})


@given(st.text(max_size=400))
def test_any_text_is_judged_without_a_word_of_complaint(text: str) -> None:
    for finding in check(text):
        assert text[finding.start : finding.end] == finding.text


@pytest.mark.parametrize(
    "piece", ["you should ", "{{", '"', "¤", "a.b.", "\n\n", "- \n", "sorry if ", "İ", "A A ", "!"]
)
def test_a_hostile_draft_takes_no_longer_than_its_length(piece: str) -> None:
    begin = time.process_time()
    check(piece * (20_000 // len(piece)))

    assert time.process_time() - begin < 3
