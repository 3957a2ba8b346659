"""Which mails look like a quick fix."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.model import Lane, Topic, Verdict
from founder_inbox.core.tickets.fix_hint import fix_hint

HOWTO = Verdict(Lane.HOWTO, None, (), sure=True)
BUG = Verdict(Lane.URGENT, Topic.BUG, ("broken",), sure=True)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("There is a typo on your pricing page: 'montly'.", "they name a typo"),
        ("You misspelled 'receive' in the welcome mail.", "they name a typo"),
        ("Auf der Preisseite ist ein Tippfehler.", "they name a typo"),
        ("Il y a une faute de frappe sur la page des prix.", "they name a typo"),
        ("La palabra «recibir» está mal escrita.", "they name a typo"),
        ("The link to the docs in the footer is broken.", "they name a broken link"),
        ("I found a dead link in your FAQ.", "they name a broken link"),
        ("Der Link zur Hilfe führt ins Leere.", "they name a broken link"),
        ("The button still says 'Sing up'.", "they name a label"),
        ("Die Überschrift sollte 'Rechnungen' heißen.", "they name a label"),
        ("The footer has the wrong year.", "they name a wrong text"),
        ("The German translation of 'Save' is wrong.", "they name a wrong text"),
        ("The text in the second column is cut off on my screen.", "they name something"),
    ],
)
def test_something_small_and_visible_is_suggested_with_its_reason(words: str, reason: str) -> None:
    for verdict in (HOWTO, BUG):
        hint = fix_hint("Hello", words, verdict)
        assert hint is not None
        assert hint.reason.startswith(reason)
        assert 0 < hint.minutes <= 20


@pytest.mark.parametrize(
    "words",
    [
        "How do I change the sender name?",
        "The export crashes, and there is a typo in the message.",
        "There are many typos on all pages.",
        "Could you link my two accounts?",
        "Which button do I press to export?",
        "I lost my data, and the text is wrong too: lost all data.",
        "A typo. " + "And then I did something else. " * 40,
        "",
    ],
)
def test_nothing_else_is(words: str) -> None:
    assert fix_hint("Hello", words, HOWTO) is None


@pytest.mark.parametrize("topic", [Topic.BILLING, Topic.OUTAGE, Topic.SECURITY])
def test_money_outages_and_security_are_never_quick(topic: Topic) -> None:
    verdict = Verdict(Lane.URGENT, topic, (), sure=True)

    assert fix_hint("Typo", "There is a typo on the invoice.", verdict) is None


def test_the_subject_counts_and_thank_yous_do_not() -> None:
    assert fix_hint("Typo on the pricing page", "See the second line.", HOWTO)
    thanks = Verdict(Lane.THANKS, None, (), sure=True)
    assert fix_hint("Thanks", "Thanks for fixing the typo!", thanks) is None


@given(st.text(max_size=900), st.text(max_size=60))
def test_no_text_is_too_strange(words: str, subject: str) -> None:
    hint = fix_hint(subject, words, HOWTO)
    assert hint is None or hint.reason
