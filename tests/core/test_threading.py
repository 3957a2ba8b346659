"""Which ticket a mail belongs to."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.mime import reader as mime
from founder_inbox.core.model import Mail
from founder_inbox.core.tickets.threading import (
    MOST_REFERENCES,
    SubjectMatch,
    apart,
    bare_subject,
    by_ids,
    by_subject,
    candidate_ids,
    ids_to_keep,
    is_apart,
    named_tickets,
)
from tests.core.mail_files import shared_lines

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def mail(
    message_id: str = "<b@x>",
    references: str = "",
    subject: str = "Re: Export",
    to: str = "s@a.test",
) -> Mail:
    head = f"From: Tom <tom@x.test>\r\nTo: {to}\r\nMessage-ID: {message_id}\r\n"
    head += f"References: {references}\r\n" if references else ""
    return mime.parse((head + f"Subject: {subject}\r\n\r\nHi\r\n").encode())


REPLIES = [
    "Re: Export", "RE: Export", "re:Export", "Re[2]: Export", "Re (3): Export", "Re(3): Export",
    "AW: Export", "Antw: Export", "WG: AW: Export", "SV: Export", "VS: Export", "RES: Export",
    "RIF: Export", "R: Export", "Odp: Export", "YNT: Export", "Vá: Export", "回复: Export",
    "回复：Export", "返信: Export", "Fwd: Export", "FW: Re: Export", "TR: Export", "I: Export",
    "RV: Export", "Re: [list] Export", "Re: Aw: Re: Fwd:   Export", " Re : Export",
]  # fmt: skip


@pytest.mark.parametrize("subject", REPLIES)
def test_reply_marks_of_many_languages_are_no_part_of_the_subject(subject: str) -> None:
    assert bare_subject(subject) == ("export", True)


@pytest.mark.parametrize(
    "subject",
    [
        "Report: March",
        "Reset: how?",
        "Error: disk full",
        "Invoice 7: wrong",
        "[urgent] Export",
        "Firma: Frage",
    ],
)
def test_a_subject_that_only_looks_like_a_reply_keeps_its_words(subject: str) -> None:
    assert bare_subject(subject) == (subject.casefold(), False)


@given(st.text(max_size=200))
def test_a_bare_subject_stays_bare(subject: str) -> None:
    bare, _marked = bare_subject(subject)

    assert bare_subject(bare)[0] == bare or len(subject) > 60


def test_thousands_of_marks_do_no_harm() -> None:
    assert bare_subject("Re: " * 5_000)[1]
    assert bare_subject("[" * 20_000)[1] is False


def test_the_nearest_reference_wins_and_the_other_tickets_are_named_too() -> None:
    answer = mail(references="<a@x> <b1@x> <c@x>")

    assert by_ids(answer, {"<a@x>": 1, "<c@x>": 3}) == (3, (1,))
    assert by_ids(answer, {"<a@x>": 1, "<c@x>": 1}) == (1, ())
    assert by_ids(answer, {"<b@x>": 7}) == (7, ())
    assert by_ids(answer, {}) == (None, ())


@pytest.mark.parametrize(
    ("subject", "days", "joins"),
    [
        ("Re: Export", 13, True),
        ("Re: Export", -13, True),
        ("Re: Export", 15, False),
        ("Export", 1, False),
        ("Re:", 1, False),
    ],
)
def test_a_subject_alone_joins_only_a_reply_within_a_fortnight(
    subject: str, days: int, joins: bool
) -> None:
    match = SubjectMatch(9, NOW - timedelta(days=days))

    assert by_subject(mail(subject=subject), match, NOW) == (9 if joins else None)


def test_a_mail_that_quotes_us_needs_no_reply_mark_but_a_subject() -> None:
    match = SubjectMatch(9, NOW, quoted=True)

    assert by_subject(mail(subject="Export"), match, NOW) == 9
    assert by_subject(mail(subject=""), match, NOW) is None
    assert by_subject(mail(subject="Export"), match, NOW + timedelta(days=15)) is None


def test_mails_about_one_jira_issue_share_an_id_though_each_has_its_own() -> None:
    issue = "<JIRA.12911300.1446902881000@Atlassian.JIRA>"
    first = mail("<JIRA.12911300.1446902881000.65833.1447445412298@Atlassian.JIRA>")
    later = mail("<JIRA.12911300.1446902881000.65901.1447445499999@Atlassian.JIRA>")
    other = mail("<JIRA.12911300.1446902889999.1.2@Atlassian.JIRA>")

    assert issue in candidate_ids(first)
    assert issue in candidate_ids(later)
    assert issue not in candidate_ids(other)
    assert candidate_ids(mail("<x@y>", references=issue)) == [issue, "<x@y>"]


def test_a_mail_kept_apart_names_itself_alone() -> None:
    lonely = apart(mail(references="<a@x> <c@x>"))

    assert is_apart(lonely.message_id, lonely.references)
    assert lonely.references == ("<b@x>", "<a@x>", "<c@x>")
    assert ids_to_keep(lonely) == ["<b@x>"]
    assert apart(lonely) == lonely


def test_the_candidates_are_bounded_and_keep_the_root() -> None:
    many = [f"<{n}@x>" for n in range(500)]
    ids = candidate_ids(mail(references=" ".join(many)))

    assert len(ids) <= MOST_REFERENCES + 2
    assert ids[0] == "<499@x>"
    assert {"<0@x>", "<b@x>"} <= set(ids)


def tickets_of(mails: list[Mail]) -> list[set[int]]:
    """What filing these mails one after the other gives, as sets of 1-based places."""
    homes: dict[str, int] = {}
    tickets: dict[int, set[int]] = {}
    for number, one in enumerate(mails, 1):
        key, others = by_ids(one, homes)
        key = number if key is None else key
        joined = {n for other in others for n in tickets.pop(other, set())}
        tickets[key] = tickets.get(key, set()) | joined | {number}
        homes |= {known: key for known, home in homes.items() if home in others}
        homes |= dict.fromkeys(candidate_ids(one), key)
    return sorted(tickets.values(), key=min)


def conversations(expected: str) -> list[set[int]]:
    """The sets of message numbers in an IMAP THREAD answer such as `(3 2)(1)`."""
    sets: list[set[int]] = []
    depth = 0
    for token in expected.replace("(", " ( ").replace(")", " ) ").split():
        if token == "(":
            sets += [set()] if depth == 0 else []
        elif token != ")":
            sets[-1].add(int(token))
        depth += {"(": 1, ")": -1}.get(token, 0)
    return sorted(sets, key=min)


def by_headers_alone(case: Mapping[str, Any]) -> bool:
    """RFC 5256 also joins equal subjects, which we don't: a stranger may have the same."""
    return case["algorithm"] == "references" and "Subject:" not in "".join(case["messages"])


def connected(mails: list[Mail]) -> list[set[int]]:
    """The sets of mails that name each other, found by looking at all at once."""
    groups: list[tuple[set[str], set[int]]] = []
    for number, one in enumerate(mails, 1):
        ids, numbers = {one.message_id, *one.references}, {number}
        for group in [g for g in groups if g[0] & ids]:
            groups.remove(group)
            ids, numbers = ids | group[0], numbers | group[1]
        groups.append((ids, numbers))
    return sorted((numbers for _ids, numbers in groups), key=min)


OWN: dict[str, Any] = {
    "algorithm": "references",
    "search": "all",
    "messages": [
        "Message-ID: <a@b>\n\nbody\n",
        "Message-ID: <b@b>\nReferences: <a@b>\n\nbody\n",
        "Message-ID: <d@b>\nReferences: <c@b>\n\nbody\n",
        "Message-ID: <e@b>\nReferences: <d@b> <b@b>\n\nbody\n",
        "Message-ID: <f@b>\n\nbody\n",
    ],
    "expected": "(1 2 4 3)(5)",
}


def test_conversations_come_out_as_a_mail_server_threads_them() -> None:
    cases: list[dict[str, Any]] = [OWN]
    cases += [json.loads(line) for line in shared_lines("threads/imaptest.jsonl")]
    for case in filter(by_headers_alone, cases):
        tickets = tickets_of([mime.parse(text.encode()) for text in case["messages"]])
        for conversation in conversations(case["expected"]):
            assert any(conversation <= ticket for ticket in tickets), case


def test_filing_one_after_the_other_gives_the_same_tickets_as_looking_at_all_at_once() -> None:
    cases: list[dict[str, Any]] = [OWN]
    cases += [json.loads(line) for line in shared_lines("threads/imaptest.jsonl")]
    for case in cases:
        mails = [mime.parse(text.encode()) for text in case["messages"]]
        for order in (mails, mails[::-1]):
            assert tickets_of(order) == connected(order)


@pytest.mark.parametrize(
    ("subject", "named"),
    [
        ("Re: [#k7f3q2d] Export", ["k7f3q2d"]),
        ("about #K7F3Q2D and #m2m2m2m", ["k7f3q2d", "m2m2m2m"]),
        ("#1234 is broken", []),
        ("see page#k7f3q2d", []),
        ("#k7f3q2d-old", []),
        ("#ilouilo", []),
        ("", []),
    ],
)
def test_a_subject_names_tickets_by_their_id_alone(subject: str, named: list[str]) -> None:
    assert named_tickets(subject) == named
