"""The made-up company's mail: well formed, connected, fresh, and spread over the lanes."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import getaddresses

import pytest

from founder_inbox.core.model import Lane
from founder_inbox.demo.company import DOMAIN, SUPPORT, people, threads
from founder_inbox.demo.mailbag import SampleMail, arriving, later_threads, mails

from .conftest import NOW
from .waiting import parsed, text_of

SAMPLE = mails(NOW)


def _by_key(key: str) -> list[SampleMail]:
    return [mail for mail in SAMPLE if mail.thread == key]


@pytest.mark.parametrize("mail", SAMPLE, ids=lambda mail: f"{mail.thread}-{mail.at:%d%H%M}")
def test_each_mail_is_read_without_a_defect(mail: SampleMail) -> None:
    message = parsed(mail.raw)
    assert [part.defects for part in message.walk() if part.defects] == []
    assert message["Message-ID"]
    assert message["Subject"]
    body = message.get_body(("plain", "html"))
    assert body is not None
    assert "\N{REPLACEMENT CHARACTER}" not in body.get_content()


@pytest.mark.parametrize("mail", SAMPLE, ids=lambda mail: f"{mail.thread}-{mail.at:%d%H%M}")
def test_each_mail_keeps_to_the_limits_of_rfc_5322(mail: SampleMail) -> None:
    head, _, body = mail.raw.partition(b"\r\n\r\n")
    assert head.isascii()
    assert body
    assert not re.search(rb"(?<!\r)\n", mail.raw)
    assert max(map(len, mail.raw.split(b"\r\n"))) <= 998


def test_every_address_is_in_the_domain_nobody_can_own() -> None:
    for mail in SAMPLE:
        message = parsed(mail.raw)
        written = getaddresses([str(message["From"]), str(message["To"])])
        assert all(address.endswith(".test") for _, address in written), written


def test_the_same_start_gives_the_same_bytes() -> None:
    assert mails(NOW) == SAMPLE


def test_ids_stay_the_same_from_start_to_start() -> None:
    def ids(sample: tuple[SampleMail, ...]) -> set[str]:
        return {parsed(mail.raw)["Message-ID"] for mail in sample}

    assert ids(mails(NOW + timedelta(days=90))) == ids(SAMPLE)
    assert len(ids(SAMPLE)) == len(SAMPLE)


def test_a_later_start_moves_every_date_along() -> None:
    later = mails(NOW + timedelta(days=90))
    assert [b.at - a.at for a, b in zip(SAMPLE, later, strict=True)] == [timedelta(days=90)] * len(
        SAMPLE
    )


def test_the_date_header_is_the_time_of_arrival_in_the_writers_zone() -> None:
    for mail in SAMPLE:
        assert parsed(mail.raw)["Date"].datetime == mail.at
    (tokyo,) = _by_key("bunko")
    assert parsed(tokyo.raw)["Date"].endswith("+0900")


def test_most_mail_is_of_the_last_three_days_and_some_is_old() -> None:
    ages = [NOW - mail.at for mail in SAMPLE]
    assert min(ages) > timedelta(0)
    assert sum(age < timedelta(days=3) for age in ages) > 0.7 * len(ages)
    assert {mail.folder for mail in SAMPLE if NOW - mail.at > timedelta(days=14)} == {
        "Archive",
        "Sent",
    }


def test_the_lanes_are_as_full_as_in_a_real_inbox() -> None:
    there = Counter(thread.lane for thread in threads() if not thread.mails[0].after)
    assert there == {
        Lane.THANKS: 6,
        Lane.URGENT: 12,
        Lane.HOWTO: 20,
        Lane.FEATURE: 10,
        Lane.AUTOMATIC: 8,
    }


def test_some_customers_owe_us_the_next_mail() -> None:
    waiting = [thread.key for thread in threads() if thread.mails[-1].ours]
    assert sorted(waiting) == ["dark-images", "from-name", "pause", "poll", "reading-time"]


def test_a_reply_refers_to_every_mail_before_it_and_quotes_the_last() -> None:
    conversation = [parsed(mail.raw) for mail in _by_key("third-time")]
    ids = [message["Message-ID"] for message in conversation]
    assert len(ids) == 5
    for index, message in enumerate(conversation[1:], start=1):
        assert str(message["References"]).split() == ids[:index]
        assert message["In-Reply-To"] == ids[index - 1]
    last = text_of(conversation[-1])
    assert "wrote:\n> Hi Greg,\n>\n> you are right" in last


def test_our_own_replies_lie_in_sent_and_leave_an_answered_mark() -> None:
    conversation = _by_key("third-time")
    assert [mail.folder for mail in conversation] == ["INBOX", "Sent", "INBOX", "Sent", "INBOX"]
    assert [mail.flags for mail in conversation] == [
        ("\\Seen", "\\Answered"),
        ("\\Seen",),
        ("\\Seen", "\\Answered"),
        ("\\Seen",),
        (),
    ]


@pytest.mark.parametrize(
    ("key", "content"),
    [
        ("bunko", "アナ様"),
        ("convent", "große Schrift"),
        ("lastschrift", "108 €"),
        ("two-writers", "¿Cómo la añado"),
        ("bilingual", "안녕하세요"),
        ("twice", "cobrado dos veces"),
    ],
)
def test_old_charsets_and_wide_scripts_survive(key: str, content: str) -> None:
    (mail,) = _by_key(key)
    assert content in parsed(mail.raw).get_content()


@pytest.mark.parametrize(
    ("key", "types"),
    [
        ("merci", ["text/plain"]),
        ("thousand", ["text/html"]),
        ("cancelled", ["multipart/alternative", "text/plain", "text/html"]),
        ("import-csv", ["multipart/mixed", "text/plain", "text/csv"]),
    ],
)
def test_mail_comes_in_every_wrapping(key: str, types: list[str]) -> None:
    (mail,) = _by_key(key)
    assert [part.get_content_type() for part in parsed(mail.raw).walk()] == types


def test_the_attached_picture_is_a_picture() -> None:
    (mail,) = _by_key("question-marks")
    (picture,) = parsed(mail.raw).iter_attachments()
    assert picture.get_filename() == "run-club.png"
    assert picture.get_content().startswith(b"\x89PNG\r\n\x1a\n")


def test_the_bounce_names_the_mail_of_ours_that_did_not_arrive() -> None:
    (bounce,) = (parsed(mail.raw) for mail in _by_key("bounce"))
    assert bounce.get_content_type() == "multipart/report"
    _, report, original = bounce.iter_parts()
    per_recipient = list(report.iter_parts())[1]
    assert per_recipient["Final-Recipient"] == "rfc822; gustav@oldmill.test"
    assert per_recipient["Status"] == "5.1.1"
    sent = [
        parsed(mail.raw)["Message-ID"] for mail in _by_key("from-name") if mail.folder == "Sent"
    ]
    assert parsed(original.get_content().encode())["Message-ID"] == sent[0]


def test_machines_say_that_they_are_machines() -> None:
    marks = ("Auto-Submitted", "List-Id")
    for mail in SAMPLE:
        marked = any(mark in parsed(mail.raw) for mark in marks)
        assert marked == (mail.lane is Lane.AUTOMATIC), mail.thread


def test_everybody_in_the_list_writes_or_works_here() -> None:
    writers = {thread.person for thread in threads()}
    assert set(people()) - writers == {"vlad", "marissa"}
    assert writers <= set(people())


def test_new_mail_keeps_coming_while_the_demo_runs() -> None:
    seconds = [after for after, _ in later_threads()]
    assert seconds[:3] == [45, 120, 300]
    at = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
    for _, thread in later_threads():
        message = parsed(arriving(thread, at))
        assert message["To"] == SUPPORT
        assert message["Date"].datetime == at
        assert not str(message["From"]).endswith(f"@{DOMAIN}>")
