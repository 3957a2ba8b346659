"""Who in the made-up company's world answers, to whom, and when nobody does."""

from datetime import UTC, datetime

import pytest

from founder_inbox.demo.answers import Answers, account_of
from founder_inbox.demo.company import FOUNDER, SUPPORT, TEAMMATE, people

from .waiting import parsed, text_of

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MARTA = people()["marta"].address


def _mail(*headers: str, sender: str = f"Ana <{SUPPORT}>", text: str = "Hola Marta") -> bytes:
    head = (f"From: {sender}", "Message-ID: <one@paperplane.test>", "Subject: Re: Cobro", *headers)
    return "\r\n".join((*head, "", text, "")).encode()


def test_a_lively_customer_answers_in_her_language_within_four_to_eight_seconds() -> None:
    answer = Answers().to(MARTA, _mail())
    assert answer is not None
    assert 4 <= answer.seconds <= 8
    assert "¡Qué rapidez!" in answer.text


def test_an_answer_belongs_to_the_thread_and_quotes_what_it_answers() -> None:
    answer = Answers().to(MARTA, _mail("References: <root@ruizceramica.test>"))
    assert answer is not None
    message = parsed(answer.render(NOON))
    assert message["Subject"] == "Re: Cobro"
    assert message["In-Reply-To"] == "<one@paperplane.test>"
    assert message["References"] == "<root@ruizceramica.test> <one@paperplane.test>"
    assert f"{FOUNDER[0]} <{FOUNDER[1]}> escribió:\n> Hola Marta" in text_of(message)


def test_a_customer_answers_twice_and_then_has_said_enough() -> None:
    answers = Answers()
    given = [answers.to(MARTA, _mail()) for _ in range(4)]
    assert [answer is not None for answer in given] == [True, True, False, False]


@pytest.mark.parametrize("header", ["Auto-Submitted: auto-replied", "Precedence: bulk"])
def test_nobody_answers_a_machine(header: str) -> None:
    assert Answers().to(MARTA, _mail(header)) is None


def test_customers_do_not_answer_each_other() -> None:
    assert Answers().to(MARTA, _mail(sender="tom@okaforbees.test")) is None


def test_a_stranger_and_a_quiet_customer_do_not_answer() -> None:
    assert Answers().to("stranger@nowhere.test", _mail()) is None
    assert Answers().to(people()["nadia"].address, _mail()) is None


def test_the_teammate_answers_to_where_the_hand_off_asks_for_it() -> None:
    answer = Answers().to(TEAMMATE, _mail("Reply-To: support+k7f3q2d@paperplane.test"))
    assert answer is not None
    assert answer.seconds == 8
    assert answer.recipient == "support+k7f3q2d@paperplane.test"


def test_the_teammate_does_not_run_out_of_answers_in_a_day() -> None:
    answers = Answers()
    assert all(answers.to(TEAMMATE, _mail()) for _ in range(20))
    assert answers.to(TEAMMATE, _mail()) is None


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"From: <<>>,;\r\n\r\n"])
def test_a_mail_from_nobody_is_left_alone(raw: bytes) -> None:
    assert Answers().to(MARTA, raw) is None


@pytest.mark.parametrize(
    "rest",
    [
        b"\r\n",
        b"Date: yesterday\r\nSubject: =?nope?q?=FF?=\r\n\r\n\xff",
        b"Date: Mon, 1 Jan 0001 00:00:00 +0000\r\nSubject: \xff\xfe\r\n\r\n",
        b"Date: Fri, 31 Dec 9999 23:59:59 -0800\r\n\r\n",
        b"Content-Type: text/plain; charset=klingon\r\n\r\nhi",
        b"Content-Type: multipart/mixed\r\nReferences: \xff <a@b> \xfe\r\n\r\nhi",
        b"Content-Transfer-Encoding: base64\r\n\r\n====",
    ],
)
def test_a_strange_mail_of_ours_is_answered_all_the_same(rest: bytes) -> None:
    answer = Answers().to(MARTA, b"From: support@paperplane.test\r\n" + rest)
    assert answer is not None
    assert parsed(answer.render(NOON))["From"] == f"Marta Ruiz <{MARTA}>"


@pytest.mark.parametrize(
    ("address", "account"),
    [
        ("Support@Paperplane.test", SUPPORT),
        ("support+k7f3q2d@paperplane.test", SUPPORT),
        ("help@paperplane.test", SUPPORT),
        ("tom+bees@okaforbees.test", "tom@okaforbees.test"),
    ],
)
def test_aliases_and_plus_addresses_reach_their_account(address: str, account: str) -> None:
    assert account_of(address) == account
