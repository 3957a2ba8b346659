"""Promises in our own words: found where one is given, and nowhere else."""

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.hours.schedule import parse_hours
from founder_inbox.core.promises.due import due_for
from founder_inbox.core.promises.finder import find_promises

HOURS = parse_hours("Europe/Berlin", ["mon-fri 09:00-10:00", "mon-fri 17:00-18:00"], [])
NOW = datetime(2026, 11, 25, 8, 10, tzinfo=UTC)  # Wednesday, 09:10 in Berlin, in a window

# Sentence, the words of the promise, when it is due.
PROMISES = [
    ("I'll get back to you by Friday.", "by Friday", "Fri 27 Nov 09:00"),
    (
        "I will write again on Thursday before noon, whether it is fixed by then or not.",
        "on Thursday before noon",
        "Thu 26 Nov 09:00",
    ),
    ("We'll have it fixed by tomorrow.", "by tomorrow", "Thu 26 Nov 09:00"),
    ("I'm on it and will send you the corrected invoice tomorrow.", "tomorrow", "Thu 26 Nov 09:00"),
    ("You'll hear from me on Monday.", "on Monday", "Mon 30 Nov 09:00"),
    ("The fix will be live next week.", "next week", "Fri 4 Dec 09:00"),
    ("It should be fixed by Friday.", "by Friday", "Fri 27 Nov 09:00"),
    ("Let me look into it and get back to you tomorrow.", "tomorrow", "Thu 26 Nov 09:00"),
    ("I'll refund you today.", "today", "Wed 25 Nov 17:00"),
    ("I am going to ship this in 2 days.", "in 2 days", "Fri 27 Nov 09:00"),
    ("I’ll let you know by the end of the week.", "by the end of the week", "Fri 27 Nov 09:00"),
    ("More tomorrow.", "tomorrow", "Thu 26 Nov 09:00"),
    ("I promise you an answer within 24 hours.", "within 24 hours", "Thu 26 Nov 09:00"),
    ("We expect to have this ready by 3 December.", "by 3 December", "Thu 3 Dec 09:00"),
    ("Your refund will arrive by Dec 1.", "by Dec 1", "Tue 1 Dec 09:00"),
    ("I'll look at it first thing Monday morning.", "Monday morning", "Mon 30 Nov 09:00"),
    (
        "It isn't done yet. I will write again on Friday, even if there is no news.",
        "on Friday",
        "Fri 27 Nov 09:00",
    ),
    ("You can expect an update by Thursday at 3pm.", "by Thursday at 3pm", "Thu 26 Nov 09:00"),
    ("I'll get back to you soon.", "I'll get back to you", "Thu 26 Nov 09:00"),
    ("I'll be in touch.", "I'll be in touch", "Thu 26 Nov 09:00"),
    ("Ich melde mich morgen.", "morgen", "Thu 26 Nov 09:00"),
    ("Ich melde mich bis Freitag bei Ihnen.", "bis Freitag", "Fri 27 Nov 09:00"),
    (
        "Bis Freitag haben wir das behoben. Ich schicke Ihnen morgen eine Kopie.",
        "morgen",
        "Thu 26 Nov 09:00",
    ),
    ("Morgen schaue ich mir das an.", "Morgen", "Thu 26 Nov 09:00"),
    ("Sie hören am Montag von mir.", "am Montag", "Mon 30 Nov 09:00"),
    ("Der Fehler ist bis Freitag behoben.", "bis Freitag", "Fri 27 Nov 09:00"),
    ("Wir werden das nächste Woche veröffentlichen.", "nächste Woche", "Fri 4 Dec 09:00"),
    (
        "Ich schreibe am Donnerstag wieder, ob es bis dahin behoben ist oder nicht.",
        "am Donnerstag",
        "Thu 26 Nov 09:00",
    ),
    ("Du bekommst das Geld bis zum 1. Dezember zurück.", "bis zum 1. Dezember", "Tue 1 Dec 09:00"),
    ("Ich gebe dir Bescheid.", "Ich gebe dir Bescheid", "Thu 26 Nov 09:00"),
    ("In zwei Tagen melde ich mich wieder.", "In zwei Tagen", "Fri 27 Nov 09:00"),
    ("Ich kümmere mich noch heute darum.", "noch heute", "Wed 25 Nov 17:00"),
    ("Je reviens vers vous demain.", "demain", "Thu 26 Nov 09:00"),
    ("Je vous réponds d'ici vendredi.", "d'ici vendredi", "Fri 27 Nov 09:00"),
    ("Nous allons corriger cela la semaine prochaine.", "la semaine prochaine", "Fri 4 Dec 09:00"),
    ("Vous aurez le remboursement lundi.", "lundi", "Mon 30 Nov 09:00"),
    ("Te respondo mañana.", "mañana", "Thu 26 Nov 09:00"),
    ("Lo arreglaré antes del viernes.", "antes del viernes", "Fri 27 Nov 09:00"),
    ("Te aviso la semana que viene.", "la semana que viene", "Fri 4 Dec 09:00"),
    ("Vamos a publicarlo el lunes.", "el lunes", "Mon 30 Nov 09:00"),
    ("I'll send the file over this afternoon.", "this afternoon", "Wed 25 Nov 17:00"),
    (
        "I'll send you an update no later than Wednesday.",
        "no later than Wednesday",
        "Wed 25 Nov 17:00",
    ),
    (
        "I don't know yet, but I'll find out and tell you by Friday.",
        "by Friday",
        "Fri 27 Nov 09:00",
    ),
    (
        "I can't say when, but I'll write to you on Monday either way.",
        "on Monday",
        "Mon 30 Nov 09:00",
    ),
    ("Your data will be exported by tomorrow evening.", "by tomorrow evening", "Thu 26 Nov 09:00"),
    ("Ich weiß es noch nicht, aber ich melde mich bis Freitag.", "bis Freitag", "Fri 27 Nov 09:00"),
    ("Ich schicke dir die Rechnung am 27.11. zu.", "am 27.11.", "Fri 27 Nov 09:00"),
    (
        "Nous reviendrons vers vous avant la fin de la semaine.",
        "avant la fin de la semaine",
        "Fri 27 Nov 09:00",
    ),
    ("Te escribiré el 3 de diciembre.", "el 3 de diciembre", "Thu 3 Dec 09:00"),
    ("The import will be done in an hour.", "in an hour", "Wed 25 Nov 10:10"),
]
NONE = [
    "I can't promise it will be ready by Friday.",
    "If you send me the log, I'll fix it by Friday.",
    "Please send me the invoice by Friday.",
    "Could you test it tomorrow?",
    "I won't be able to fix this tomorrow.",
    "I wrote to you last Friday.",
    "Your trial ends on Friday.",
    "Your card will be charged tomorrow.",
    "Shall I call you tomorrow?",
    "You wrote “I will pay by Friday”.",
    "> I will do it by Friday.",
    "The newsletter goes out every Monday.",
    "Have a great weekend.",
    "I hope to have it by Friday.",
    "I'll need your answer by Friday.",
    "I'll be on holiday until Monday.",
    "It might be live next week.",
    "Let me know by Friday if you want it.",
    "I'll keep the old plan running until Friday.",
    "The Friday report will show it again.",
    "I'll let you know if anything changes.",
    "I'll let you know once it is live.",
    "Maybe I'll get to it tomorrow.",
    "It was fixed on Monday.",
    "Support is open Monday to Friday.",
    "You can reach me tomorrow from 9 to 10.",
    "Unless you object, I'll delete it tomorrow.",
    "It's been broken since Monday.",
    "Stripe will send you the receipt tomorrow.",
    "You said you'd pay by Friday.",
    "Guten Morgen, danke für die Nachricht.",
    "Ich kann nicht versprechen, dass es bis Freitag klappt.",
    "Wenn Sie mir das Log schicken, behebe ich es morgen.",
    "Bitte schicken Sie es mir bis Freitag.",
    "Ich bin bis Montag im Urlaub.",
    "Vielleicht schaffe ich es morgen.",
    "Ihr Abo endet am Freitag.",
    "Heute Morgen habe ich es behoben.",
    "Seit Montag läuft es wieder.",
    "Ich lasse den alten Tarif bis Freitag laufen.",
    "Je ne pourrai pas répondre avant lundi.",
    "Si vous m'envoyez le fichier, je vous réponds demain.",
    "Merci d'envoyer cela avant vendredi.",
    "Por favor, envíalo antes del viernes.",
    "No te puedo responder mañana.",
    "Si me lo mandas, te respondo mañana.",
    "Buenos días, gracias por escribir esta mañana.",
    "I'll explain how the Monday export works.",
    "Thanks for waiting until Monday.",
    "On Fri, 20 Nov 2026 Tom wrote:",
    "I would get back to you by Friday.",
    "We'll be at the conference next week.",
    "I'll check the logs from Friday.",
    "I'll check Friday's logs.",
    "Sorry about that. The export broke on Friday. I fixed it, and it works again.",
    "You asked, and it is live now, 14 minutes after you wrote.",
    "I will not rest until Friday.",
    "Can I get back to you on Monday?",
    "Ich kann es leider nicht vor Freitag machen.",
    "Sobald es behoben ist, melde ich mich.",
    "I'd be happy to call you on Monday.",
    "Tomorrow I'll be off.",
    "I'll give you a refund if it isn't fixed by Friday.",
]


def found(text: str, now: datetime = NOW) -> list[tuple[str, str]]:
    return [
        (promise.words, f"{promise.due.astimezone(HOURS.zone):%a %-d %b %H:%M}")
        for promise in find_promises(text, now, HOURS)
    ]


@pytest.mark.parametrize(("sentence", "words", "due"), PROMISES)
def test_a_promise_is_found_with_its_words_and_its_date(
    sentence: str, words: str, due: str
) -> None:
    assert found(sentence) == [(words, due)]


@pytest.mark.parametrize("sentence", NONE)
def test_what_is_no_promise_is_left_alone(sentence: str) -> None:
    assert found(sentence) == []


def test_there_are_forty_of_each() -> None:
    assert min(len(PROMISES), len(NONE)) >= 40


def test_the_words_are_those_of_the_text_in_their_place() -> None:
    text = "Hi Tom,\n\nI\u2019ll have it fixed by\nFriday.\n\nAna"
    [promise] = find_promises(text, NOW, HOURS)

    assert text[promise.start : promise.end] == "by\nFriday"
    assert promise.words == "by Friday"


def test_several_are_in_the_order_of_their_dates_and_each_date_once() -> None:
    text = "I'll fix it by Friday. I'll have a look tomorrow. On Friday you'll hear from me."

    assert found(text) == [("tomorrow", "Thu 26 Nov 09:00"), ("by Friday", "Fri 27 Nov 09:00")]


def test_without_a_date_it_is_the_next_day_with_a_window_and_counts_only_alone() -> None:
    saturday = datetime(2026, 11, 28, 12, tzinfo=UTC)
    [promise] = find_promises("I'll get back to you.", saturday, HOURS)

    assert not promise.has_date
    assert found("I'll get back to you.", saturday)[0][1] == "Mon 30 Nov 09:00"
    assert found("I'll get back to you. I'll know more on Friday.") == [
        ("on Friday", "Fri 27 Nov 09:00")
    ]


def test_quoted_words_are_nobodys_promise() -> None:
    for quoted in (
        "Fixed.\n\n> I'll do it by Friday.",
        "Fixed.\n\nOn Mon, 23 Nov 2026 at 09:10, Tom wrote:\nI'll pay by Friday.",
        "You wrote \u201cI'll pay by Friday\u201d.",
        "Fixed.\n\n-----Original Message-----\nI'll pay by Friday.",
    ):
        assert found(quoted) == []


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("I'll do it by Sunday.", "Fri 27 Nov 17:00"),
        ("I'll do it by Monday noon.", "Mon 30 Nov 09:00"),
        ("I'll do it by Monday 8am.", "Fri 27 Nov 17:00"),
        ("I'll do it today.", "Wed 25 Nov 17:00"),
        ("I'll do it today at 3pm.", "Wed 25 Nov 15:00"),
        ("I'll do it in 20 minutes.", "Wed 25 Nov 09:30"),
    ],
)
def test_it_is_due_in_the_last_chance_before_it_breaks(text: str, due: str) -> None:
    assert found(text)[0][1] == due


def test_today_in_the_last_window_is_due_before_that_ends() -> None:
    evening = datetime(2026, 11, 25, 16, 20, tzinfo=UTC)

    assert found("I'll do it today.", evening)[0][1] == "Wed 25 Nov 17:50"


def test_without_windows_a_day_begins_at_nine() -> None:
    never = parse_hours("Europe/Berlin", [], [])

    assert due_for(date(2026, 11, 27), None, NOW, never) == datetime(2026, 11, 27, 8, tzinfo=UTC)
    assert find_promises("I'll be in touch.", NOW, never)[0].due > NOW


def test_the_day_is_the_founders_and_not_utcs() -> None:
    late = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)  # Thursday in Berlin

    assert found("I'll do it tomorrow.", late) == [("tomorrow", "Fri 27 Nov 09:00")]


@given(st.text(max_size=400))
def test_no_text_is_too_strange(text: str) -> None:
    for promise in find_promises(text, NOW, HOURS):
        assert promise.due >= NOW
        assert 0 <= promise.start < promise.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "i'll " * 4_000,
        "by friday " * 2_000,
        "\u201c" * 20_000,
        "on " * 7_000,
        "i will x " * 60 + "tomorrow. " * 2_000,
    ],
)
def test_a_long_text_takes_no_time(text: str) -> None:
    start = time.process_time()
    find_promises(text, NOW, HOURS)

    assert time.process_time() - start < 2
