"""Mails nobody thought of, built by Hypothesis: all that reads mail keeps its word."""

import pytest
from hypothesis import HealthCheck, given, settings

from founder_inbox.app.reading.parser_frames import encode_mail
from founder_inbox.core.mime.reader import parse
from tests.hostile import examined
from tests.hostile.kinds import variant
from tests.hostile.outgoing import check_ours, header_names
from tests.hostile.strategies import mails


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mails)
def test_any_mail_is_read_shown_sorted_and_answered(raw: bytes) -> None:
    examined.examine(raw)


@settings(max_examples=100, deadline=None)
@given(mails)
def test_a_mail_is_understood_the_same_each_time(raw: bytes) -> None:
    assert encode_mail(parse(raw)) == encode_mail(parse(bytes(bytearray(raw))))


@pytest.mark.parametrize(
    "written",
    [
        b"Subject: a\r\nBcc: victim@x.test\r\n\r\nwords\r\n",
        b"Subject: a\r\n\r\nwords\n.\n",
        b"Subject: a\r\n\r\nwords\r.\r",
        b"Subject: " + b"a" * 1_000 + b"\r\n\r\nwords\r\n",
        b"Subject: a\r\n\r\n\xff\r\n",
        b"Subject: a\r\nSubject: b\r\n\r\nwords\r\n",
    ],
)
def test_a_mail_of_ours_that_breaks_the_rules_is_noticed(written: bytes) -> None:
    with pytest.raises(AssertionError):
        check_ours(written)


def test_the_heads_of_parts_are_looked_at_too() -> None:
    raw = (
        b'Subject: a\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'
        b"X-Evil: 1\r\n\r\nTo: these are words\r\n--b--\r\n"
    )

    assert header_names(raw) == {"subject", "content-type", "x-evil"}


def test_what_is_wrong_with_a_mail_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The examination can fail: with a cleaner that lets escapes pass it does."""
    monkeypatch.setattr("founder_inbox.core.mime.reader.safe_line", str)
    found = 0
    for seed in range(9):
        try:
            examined.examine(variant("escape in a subject, q", seed).raw)
        except AssertionError:
            found += 1

    assert found >= 5
