"""Which mail a machine may answer: one line per rule, and two of us never talk to each other."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.away.auto_reply import (
    MOST_AN_HOUR,
    RULES,
    Answered,
    Away,
    No,
    People,
    Yes,
    may_auto_reply,
)
from founder_inbox.core.letters.compose import Draft, build
from founder_inbox.core.mime import reader
from founder_inbox.core.mime.answerable import MailFacts, bears_loop_mark, read_facts
from founder_inbox.core.model import Address, MailKind
from tests.app.letters import letter

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
BEGAN = NOW - timedelta(days=3)
AWAY = Away(BEGAN, BEGAN - timedelta(days=90))
PEOPLE = People(frozenset({"support@acme.test"}), frozenset({"vlad@acme.test"}))
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

PLAIN = MailFacts(
    kind=MailKind.CUSTOMER,
    sender="tom@okafor.test",
    return_path="tom@okafor.test",
    received_at=NOW - HOUR,
    date=NOW - HOUR,
    written_to=frozenset({"support@acme.test"}),
    fields=frozenset({"from", "to", "subject"}),
)


def decide(facts: MailFacts, history: list[Answered] | None = None) -> Yes | No:
    return may_auto_reply(facts, history or [], PEOPLE, AWAY, NOW)


def reason(facts: MailFacts, history: list[Answered] | None = None) -> str:
    answer = decide(facts, history)
    return answer.reason if isinstance(answer, No) else ""


def test_a_plain_mail_from_a_customer_is_answered_to_its_return_path() -> None:
    assert decide(PLAIN) == Yes("tom@okafor.test")
    forwarded = replace(PLAIN, return_path="srs0=ab=xy=okafor.test=tom@forward.test")
    assert decide(forwarded) == Yes("srs0=ab=xy=okafor.test=tom@forward.test")


REFUSED: list[tuple[str, MailFacts]] = [
    ("loop mark", replace(PLAIN, fields=frozenset({"x-founder-inbox-loop"}))),
    ("a machine sent it", replace(PLAIN, auto_submitted="auto-generated")),
    ("a machine sent it", replace(PLAIN, auto_submitted="auto-replied")),
    ("a machine sent it", replace(PLAIN, auto_submitted="something-new")),
    ("failed delivery", replace(PLAIN, kind=MailKind.BOUNCE)),
    ("automatic mail", replace(PLAIN, kind=MailKind.AUTOMATIC)),
    ("bulk mail", replace(PLAIN, kind=MailKind.BULK)),
    ("through a list", replace(PLAIN, fields=frozenset({"list-id"}))),
    ("through a list", replace(PLAIN, fields=frozenset({"list-unsubscribe"}))),
    ("a machine signed it", replace(PLAIN, fields=frozenset({"x-autoreply"}))),
    ("precedence is bulk", replace(PLAIN, precedence="bulk")),
    ("precedence is bulk", replace(PLAIN, precedence="junk")),
    ("precedence is bulk", replace(PLAIN, precedence="list")),
    ("no automatic answer", replace(PLAIN, suppress=frozenset({"oof", "autoreply"}))),
    ("no automatic answer", replace(PLAIN, suppress=frozenset({"all"}))),
    ("invitation", replace(PLAIN, type="text/calendar")),
    ("report", replace(PLAIN, type="multipart/report")),
    ("spam", replace(PLAIN, is_spam=True)),
    ("no Return-Path", replace(PLAIN, return_path=None)),
    ("sender is null", replace(PLAIN, return_path="")),
    ("nobody wrote it", replace(PLAIN, sender="")),
    ("nobody reads", replace(PLAIN, sender="no-reply@okafor.test")),
    ("nobody reads", replace(PLAIN, return_path="bounces+17@mail.okafor.test")),
    ("nobody reads", replace(PLAIN, return_path="owner-list@okafor.test")),
    ("nobody reads", replace(PLAIN, return_path="list-request@okafor.test")),
    ("nobody reads", replace(PLAIN, sender="mailer-daemon@okafor.test")),
    ("from ourselves", replace(PLAIN, sender="support+x@acme.test")),
    ("from ourselves", replace(PLAIN, return_path="support@acme.test")),
    ("from a teammate", replace(PLAIN, sender="vlad@acme.test")),
    ("not addressed to us", replace(PLAIN, written_to=frozenset({"else@acme.test"}))),
    ("not addressed to us", replace(PLAIN, written_to=frozenset())),
    ("older than the break", replace(PLAIN, received_at=BEGAN - HOUR)),
    ("older than the break", replace(PLAIN, date=BEGAN - 2 * DAY)),
]


@pytest.mark.parametrize(("words", "facts"), REFUSED)
def test_each_rule_keeps_a_mail_from_being_answered(words: str, facts: MailFacts) -> None:
    assert words in reason(facts)


def test_every_rule_has_a_line_in_the_table_above() -> None:
    told = {reason(facts) for _, facts in REFUSED}
    by_history = {"this sender had an answer already", RULES[-1][0]}
    by_import = {"it came before the first import"}

    assert told | by_history | by_import == {words for words, _ in RULES}


def test_auto_submitted_no_is_a_person() -> None:
    assert isinstance(decide(replace(PLAIN, auto_submitted="no")), Yes)


def test_nothing_from_before_the_first_import_is_answered() -> None:
    for imported in (None, NOW - timedelta(minutes=1)):
        away = Away(BEGAN, imported)
        assert isinstance(may_auto_reply(PLAIN, [], PEOPLE, away, NOW), No)


@pytest.mark.parametrize(
    ("ago", "answered_again"),
    [(HOUR, False), (2 * DAY, False), (6 * DAY, False), (8 * DAY, True)],
)
def test_a_sender_is_answered_once_a_break_and_once_a_week(
    ago: timedelta, answered_again: bool
) -> None:
    history = [Answered(NOW - ago, "Tom+news@okafor.test")]
    assert isinstance(decide(PLAIN, history), Yes) is answered_again


def test_in_a_break_of_a_month_a_sender_is_still_answered_once() -> None:
    away = Away(NOW - 30 * DAY, NOW - 90 * DAY)
    history = [Answered(NOW - 20 * DAY, PLAIN.sender)]
    assert isinstance(may_auto_reply(PLAIN, history, PEOPLE, away, NOW), No)


def test_a_flood_ends_at_the_cap_and_the_next_hour_is_free_again() -> None:
    full = [Answered(NOW - HOUR / 2, f"c{n}@x.test") for n in range(MOST_AN_HOUR)]
    assert "within an hour" in reason(PLAIN, full)
    assert isinstance(decide(PLAIN, full[1:]), Yes)
    earlier = [replace(answer, at=NOW - 2 * HOUR) for answer in full]
    assert isinstance(decide(PLAIN, earlier), Yes)


def facts_of(raw: bytes) -> MailFacts:
    return read_facts(raw, reader.parse(raw).kind, NOW)


def delivered(raw: bytes, envelope: str) -> bytes:
    return f"Return-Path: <{envelope}>\r\n".encode() + raw


@pytest.mark.parametrize(
    ("headers", "answered"),
    [
        ({}, True),
        ({"Auto_Submitted": "no"}, True),
        ({"Auto_Submitted": "auto-generated (by cron); x=y"}, False),
        ({"X_Auto_Response_Suppress": "DR, OOF, AutoReply"}, False),
        ({"Precedence": "Bulk"}, False),
        ({"List_Id": "<news.okafor.test>"}, False),
        ({"X_Spam_Flag": "YES"}, False),
        ({"X_Founder_Inbox_Loop": "okafor.test"}, False),
        ({"Resent_To": "support@acme.test", "to": "tom@okafor.test"}, True),
        ({"to": "undisclosed-recipients:;"}, False),
        ({"to": "Someone <else@acme.test>", "Cc": "Help <SUPPORT@Acme.test>"}, True),
    ],
)
def test_the_facts_are_read_from_the_raw_mail(headers: dict[str, str], answered: bool) -> None:
    raw = delivered(letter(date=NOW, **headers), "tom@okafor.test")
    assert isinstance(decide(facts_of(raw)), Yes) is answered


@pytest.mark.parametrize("path", ["<tom@okafor.test>", "tom@okafor.test", " < tom@okafor.test > "])
def test_a_return_path_is_read_however_it_is_spelled(path: str) -> None:
    raw = f"Return-Path: {path}\r\n".encode() + letter()
    assert read_facts(raw, MailKind.CUSTOMER, NOW).return_path == "tom@okafor.test"


def test_a_null_sender_is_not_a_missing_one() -> None:
    assert facts_of(delivered(letter(), "")).return_path == ""
    assert facts_of(letter()).return_path is None


@given(st.binary(max_size=400))
def test_the_facts_of_any_bytes_can_be_read(raw: bytes) -> None:
    read_facts(raw, MailKind.CUSTOMER, NOW)
    bears_loop_mark(raw)


def away_reply(sender: str, to: str, subject: str, body: str) -> bytes:
    """An automatic reply as we write it."""
    draft = Draft(
        sender=Address("Ana", sender),
        to=(Address("", to),),
        subject=f"Auto: {subject}",
        body=body,
        in_reply_to="<one@okafor.test>",
        references=("<one@okafor.test>",),
        automatic=True,
    )
    return build(draft, "<0123456789abcdef@acme.test>", NOW)


def test_our_own_reply_says_what_it_is() -> None:
    head = away_reply("support@acme.test", "tom@okafor.test", "Export", "Away.").decode()
    for line in (
        "Auto-Submitted: auto-replied",
        "Precedence: auto_reply",
        "X-Auto-Response-Suppress: All",
        "X-Founder-Inbox-Loop: acme.test",
        "In-Reply-To: <one@okafor.test>",
        "Subject: Auto: Export",
    ):
        assert f"{line}\r\n" in head


LINES = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=60)


@given(subject=LINES, body=LINES.map(lambda t: f"x{t}"), refused_null=st.booleans())
def test_what_an_automatic_reply_looks_like_is_never_answered(
    subject: str, body: str, refused_null: bool
) -> None:
    """Also where the server refused the null sender, and where either header was taken out."""
    raw = away_reply("other@example.test", "support@acme.test", subject, body)
    raw = delivered(raw, "other@example.test" if refused_null else "")
    assert isinstance(decide(facts_of(raw)), No)
    for name in (b"Auto-Submitted", b"X-Founder-Inbox-Loop", b"Precedence"):
        kept = b"\r\n".join(x for x in raw.split(b"\r\n") if not x.startswith(name))
        assert isinstance(decide(facts_of(kept)), No)


@given(subject=LINES, null=st.booleans())
def test_two_of_us_facing_each_other_exchange_one_mail_at_most(subject: str, null: bool) -> None:
    addresses = ("support@acme.test", "help@other.test")
    sent = 0
    raw = delivered(letter("Hello", sender=addresses[1], to=addresses[0], date=NOW), addresses[1])
    for me, other in cycle([addresses, addresses[::-1]]):
        people = People(frozenset({me}), frozenset())
        if isinstance(may_auto_reply(facts_of(raw), [], people, AWAY, NOW), No) or sent > 5:
            break
        sent += 1
        raw = delivered(away_reply(me, other, subject, "Away."), "" if null else me)
    assert sent == 1
