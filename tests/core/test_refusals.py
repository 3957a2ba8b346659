"""What a server means by NO, BAD and BYE."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.sync.refusals import LONGEST_WAIT, read_refusal


@pytest.mark.parametrize(
    ("text", "words", "wait", "final", "login"),
    [
        ("select failed: [NONEXISTENT] Mailbox doesn't exist",
         "[NONEXISTENT] Mailbox doesn't exist", 0, True, False),
        ("FETCH command error: BAD [b'Request is throttled. Suggested Backoff Time: 1500 "
         "milliseconds']",
         "Request is throttled. Suggested Backoff Time: 1500 milliseconds", 1.5, False, False),
        ("[OVERQUOTA] full", "[OVERQUOTA] full", 0, True, False),
        ("[inuse] locked", "[inuse] locked", 30, False, False),
        ("append failed: Maximum number of connections exceeded",
         "Maximum number of connections exceeded", LONGEST_WAIT, False, False),
        ("b'[AUTHENTICATIONFAILED] no'", "[AUTHENTICATIONFAILED] no", 0, False, True),
        ("socket error: EOF", "socket error: EOF", 0, False, False),
        ("", "", 0, False, False),
    ],
)  # fmt: skip
def test_known_answers_are_understood(
    text: str, words: str, wait: float, final: bool, login: bool
) -> None:
    refusal = read_refusal(text)

    assert (refusal.words, refusal.wait) == (words, wait)
    assert (refusal.final, refusal.login) == (final, login)


@given(st.text())
def test_any_words_give_a_line_and_a_bounded_wait(text: str) -> None:
    refusal = read_refusal(text)

    assert "\n" not in refusal.words
    assert "\x1b" not in refusal.words
    assert 0 <= refusal.wait <= LONGEST_WAIT


@given(st.integers(0, 10**12))
def test_no_server_sends_us_away_for_more_than_five_minutes(milliseconds: int) -> None:
    words = f"Request is throttled. Suggested Backoff Time: {milliseconds} milliseconds"

    assert 1 <= read_refusal(words).wait <= LONGEST_WAIT
