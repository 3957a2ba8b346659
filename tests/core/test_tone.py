"""How words sound: harsh ones in a draft, anger in a customer's mail, praise worth keeping."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.tone.harsh import find_harsh
from founder_inbox.core.tone.heat import heat_of
from founder_inbox.core.tone.phrases import parse_phrases
from founder_inbox.core.tone.praise import Praise, best_praise, choose, praises
from founder_inbox.system.resources import read_tone

HARSH = parse_phrases(read_tone("harsh"))
HEAT = parse_phrases(read_tone("heat"))
PRAISE = parse_phrases(read_tone("praise"))
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def harsh(draft: str) -> list[tuple[str, str]]:
    return [(finding.rule, finding.text) for finding in find_harsh(draft, HARSH)]


@pytest.mark.parametrize(
    ("draft", "rule", "text"),
    [
        ("Well, you should have read the page.", "blame", "you should have read"),
        ("You should’ve checked that first.", "blame", "You should’ve checked"),
        ("You should really have looked.", "blame", ""),
        ("Did you even look at it?", "blame", "Did you even"),
        ("Why didn't you just ask?", "blame", "Why didn't you just"),
        ("You obviously didn't follow the steps.", "blame", "You obviously didn't"),
        ("That's your problem.", "blame", "That's your problem"),
        ("It is your own fault.", "blame", "your own fault"),
        ("Just read the manual.", "blame", "Just read the"),
        ("How many times do I have to say it", "blame", "How many times do I"),
        ("As I already said,\nit is off.", "blame", "As I already said"),
        ("Sie hätten das vorher lesen müssen.", "blame", "Sie hätten das vorher lesen müssen"),
        ("Haben Sie das überhaupt probiert?", "blame", "Haben Sie das überhaupt"),
        ("Da sind Sie selbst schuld.", "blame", "selbst schuld"),
        ("Wie oft soll ich das noch erklären?", "blame", "Wie oft soll ich"),
        ("You people never listen.", "contempt", "You people"),
        ("Please calm down.", "contempt", "calm down"),
        ("Stop wasting my time.", "contempt", "Stop wasting"),
        ("That is a stupid question.", "contempt", "stupid question"),
        ("You're just lazy.", "contempt", "You're just lazy"),
        ("Das ist mir egal.", "contempt", "ist mir egal"),
        ("So eine dumme Frage.", "contempt", "dumme Frage"),
        ("Only an idiot would do that.", "insult", "idiot"),
        ("Sie Vollidiot!", "insult", "Vollidiot"),
        ("Honestly, you are being ridiculous.", "contempt", "you are being ridiculous"),
        ("What the fuck do you want", "swearing", "fuck"),
        ("So ein Scheiß.", "swearing", "Scheiß"),
        ("I WILL NOT DO THAT for you.", "shouting", "I WILL NOT DO THAT"),
        ("DAS IST NICHT UNSER Fehler.", "shouting", "DAS IST NICHT UNSER"),
        ("Where is it??", "impatience", "??"),
        ("Really?!", "impatience", "?!"),
    ],
)
def test_harsh_words_are_found_where_they_stand(draft: str, rule: str, text: str) -> None:
    assert harsh(draft) == ([(rule, text)] if text else [])
    assert all(draft[f.start : f.end] == f.text and f.why for f in find_harsh(draft, HARSH))


@pytest.mark.parametrize(
    "draft",
    [
        "That was a stupid bug of mine, I'm sorry.",
        "I was an idiot: I deleted the index.",
        "What an idiot of me to forget that.",
        "It is not your fault at all.",
        "That wasn't your fault, it was ours.",
        "You should have received a mail by now; did you get it?",
        "You should have access again.",
        "You could have both plans at once.",
        "Your problem is solved: the export works again.",
        "Ihr Problem ist gelöst.",
        "Das ist nicht Ihre Schuld.",
        "Blödsinn von mir, tut mir leid.",
        "Once again, sorry for the wait.",
        "Please do NOT delete the folder yet.",
        "We read CSV, JSON and XML.",
        "Set HTTP PROXY HOST in the settings.",
        "It speaks IMAP SMTP POP HTTP and more.",
        "Did you read my last mail in your inbox, or is it in spam?",
        "Did you get it? Does it work?",
        "Thank you!! Great find!",
        "> you should have read the page\n\nYou are right.",
        'You wrote "are you stupid" and I understand why.',
        "Sie schrieben: „Ihr seid Idioten“. Das verstehe ich.",
        "Read the first line again: it names the file.",
        "Those prices are ridiculous, I agree.",
        "Calm colours are in Settings.",
        "",
    ],
)
def test_kind_and_plain_words_are_left_alone(draft: str) -> None:
    assert harsh(draft) == []


def test_findings_come_in_order_and_do_not_overlap() -> None:
    draft = "YOU SHOULD HAVE READ IT, idiot?!"
    found = find_harsh(draft, HARSH)

    assert [f.start for f in found] == sorted(f.start for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert {f.rule for f in found} == {"shouting", "insult", "impatience"}


def heat(text: str) -> tuple[bool, tuple[str, ...]]:
    found = heat_of(text, HEAT, PRAISE)
    return found.is_hot, found.reasons


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("You are incompetent idiots.", ("an insult",)),
        ("I will dispute the charge with my bank.", ("a threat",)),
        ("Next you hear from my lawyer.", ("a threat",)),
        ("This is unacceptable. I am fed up.", ("anger",)),
        ("This is the third time I write and it is ridiculous.", ("anger",)),
        ("WHERE IS MY MONEY, ANSWER ME!!!", ("capitals", "!!!")),
        ("Unacceptable!!!", ("anger", "!!!")),
        ("Ihr seid Betrüger!", ("an insult",)),
        ("Ich schalte meinen Anwalt ein.", ("a threat",)),
        ("Eine Frechheit, ich bin wütend.", ("anger",)),
        ("C'est une arnaque, je vais porter plainte.", ("an insult", "a threat")),
        ("C'est inacceptable et honteux.", ("anger",)),
        ("Esto es una estafa.", ("an insult",)),
        ("Es inaceptable, estoy harta.", ("anger",)),
    ],
)
def test_an_angry_mail_is_hot_and_says_why(text: str, reasons: tuple[str, ...]) -> None:
    assert heat(text) == (True, reasons)


@pytest.mark.parametrize(
    "text",
    [
        "How do I cancel my account?",
        "I was charged twice, please refund one of them.",
        "Your site is down, error 502 on every page. My customers can't order.",
        "I am a lawyer and use it as a lawyer every day.",
        "THANK YOU SO MUCH, THIS IS AMAZING!!!",
        "Thanks!!! You rock!",
        "It is a bit ridiculous how often I lose my password.",
        "Please help, it's urgent!",
        "FAQ: API? CSV?",
        "Ich bin Anwalt und habe eine Frage.",
        "",
    ],
)
def test_a_plain_or_happy_mail_is_not_hot(text: str) -> None:
    assert heat(text)[0] is False


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "Hi Ana,\n\nthe fix works, thank you so much! You made my week.\n\nRosa",
            "the fix works, thank you so much!",
        ),
        ("That was quick. Thanks a lot, Ana!", "That was quick."),
        ("Best support\nI ever had, really.", "Best support I ever had, really."),
        (
            "Großartig, Sie haben mir den Abend gerettet!",
            "Großartig, Sie haben mir den Abend gerettet!",
        ),
        ("C'est génial, bravo à vous.", "C'est génial, bravo à vous."),
        ("Thanks, that works.", ""),
        ("I love it, but the export is slow.", ""),
        ("It would be amazing if it had a dark mode.", ""),
        ("This is not great support.", ""),
        ("Isn't that perfect?", ""),
        ("Great app: https://example.test/great", ""),
        ("Wow", ""),
        ("Great job " * 40, ""),
    ],
)
def test_the_sentence_to_keep_is_one_they_wrote(text: str, sentence: str) -> None:
    assert best_praise(text, PRAISE) == sentence
    assert all(found in " ".join(text.split()) for found in praises(text, PRAISE))


def praise(key: str, days_ago: int) -> Praise:
    return Praise(key, "k7f3q2d", "Rosa", NOON - timedelta(days=days_ago), f"Sentence {key}.")


JAR = [praise("a", 3), praise("b", 2), praise("c", 1)]


@pytest.mark.parametrize(
    ("jar", "shown", "key"),
    [
        ([], [], None),
        (JAR, [], "c"),
        (JAR, ["c"], "b"),
        (JAR, ["c", "b", "a"], "c"),
        (JAR, ["b", "c", "a", "b"], "c"),
        (JAR[:1], [], "a"),
        (JAR[:1], ["a"], None),
        (JAR[:2], ["b", "a"], "b"),
        (JAR[:1], ["a", "gone"], "a"),
    ],
)
def test_no_sentence_is_shown_twice_in_a_row(
    jar: list[Praise], shown: list[str], key: str | None
) -> None:
    chosen = choose(jar, shown)
    assert (chosen.key if chosen else None) == key


@given(st.text(max_size=400))
def test_any_text_can_be_looked_at(text: str) -> None:
    for finding in find_harsh(text, HARSH):
        assert text[finding.start : finding.end] == finding.text
    assert heat_of(text, HEAT, PRAISE).points >= 0
    assert best_praise(text, PRAISE) in " ".join(text.split())


@pytest.mark.parametrize(
    "text", ["you " * 9_000, "A " * 30_000, "!" * 60_000, "> " * 30_000, '"' * 60_000]
)
def test_a_hostile_text_takes_no_time(text: str) -> None:
    import time

    begin = time.process_time()
    find_harsh(text, HARSH)
    heat_of(text, HEAT, PRAISE)
    best_praise(text, PRAISE)

    assert time.process_time() - begin < 1
