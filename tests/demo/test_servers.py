"""The demo's servers as a mail program sees them: keywords, delivery, refusals, lively people."""

import select
from email.message import EmailMessage
from smtplib import SMTP, SMTPAuthenticationError, SMTPException

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import LoginError

from founder_inbox.demo.company import FOLDERS, FOUNDER, SUPPORT, TEAMMATE, people
from founder_inbox.demo.mailbag import later_threads
from founder_inbox.demo.provider import Provider, start

from .conftest import NOW, Login
from .waiting import parsed, wait_for_mail


def _reply(to: str, message_id: str, **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = f"{FOUNDER[0]} <{FOUNDER[1]}>"
    message["To"] = to
    message["Subject"] = "Re: Hello"
    message["Message-ID"] = message_id
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("It is repaired.\n\nAna\n")
    return message


def test_the_support_mailbox_has_the_usual_folders(login: Login) -> None:
    names = [name for _, _, name in login(SUPPORT).list_folders()]
    assert sorted(names) == sorted(["INBOX", *FOLDERS])


def test_keywords_are_kept_and_found(login: Login) -> None:
    writer, reader = login(SUPPORT), login(SUPPORT)
    for message_id in ("<a@paperplane.test>", "<b@paperplane.test>"):
        writer.append("Drafts", _reply("tom@okaforbees.test", message_id).as_bytes())
    answer = writer.select_folder("Drafts")
    assert b"\\*" in answer[b"PERMANENTFLAGS"]
    first, second = writer.search()
    writer.add_flags(second, ["$Later"])
    reader.select_folder("Drafts", readonly=True)
    assert reader.search(["KEYWORD", "$Later"]) == [second]
    assert reader.search(["UNKEYWORD", "$Later"]) == [first]


def test_a_wrong_password_opens_neither_door(provider: Provider) -> None:
    with (
        IMAPClient(provider.host, provider.imap_port, ssl=False, timeout=10) as client,
        pytest.raises(LoginError),
    ):
        client.login(SUPPORT, "paper")
    with (
        SMTP(provider.host, provider.smtp_port, timeout=10) as line,
        pytest.raises(SMTPAuthenticationError),
    ):
        line.login(SUPPORT, "paper")


def test_both_usual_ways_to_log_in_to_smtp_work(provider: Provider) -> None:
    for mechanism in ("PLAIN", "LOGIN"):
        with SMTP(provider.host, provider.smtp_port, timeout=10) as line:
            line.user, line.password = provider.username, provider.password
            line.ehlo()
            authenticate = {"PLAIN": line.auth_plain, "LOGIN": line.auth_login}[mechanism]
            assert line.auth(mechanism, authenticate)[0] == 235


def test_nobody_sends_without_a_login(provider: Provider) -> None:
    with (
        SMTP(provider.host, provider.smtp_port, timeout=10) as line,
        pytest.raises(SMTPException, match="530"),
    ):
        line.send_message(_reply("tom@okaforbees.test", "<stranger@paperplane.test>"))


def test_an_address_that_bounces_is_refused_while_the_others_are_served(
    smtp: SMTP, login: Login
) -> None:
    message = _reply("bounce@nowhere.test, kim@nowhere.test", "<half@paperplane.test>")
    refused = smtp.send_message(message)
    assert refused["bounce@nowhere.test"][0] == 550
    mail = wait_for_mail(
        login("kim@nowhere.test"), ["HEADER", "Message-ID", "<half@paperplane.test>"]
    )
    assert mail["Delivered-To"] == "kim@nowhere.test"


def test_a_reply_reaches_the_customer_and_the_customer_answers(smtp: SMTP, login: Login) -> None:
    marta = people()["marta"]
    smtp.send_message(_reply(marta.address, "<fixed@paperplane.test>"))
    hers = wait_for_mail(login(marta.address), ["HEADER", "Message-ID", "<fixed@paperplane.test>"])
    assert hers["From"] == f"{FOUNDER[0]} <{FOUNDER[1]}>"
    answer = wait_for_mail(login(SUPPORT), ["HEADER", "In-Reply-To", "<fixed@paperplane.test>"])
    assert answer["From"] == f"{marta.name} <{marta.address}>"
    assert "> It is repaired." in answer.get_content()


def test_a_hand_off_comes_back_to_the_address_it_asked_for(smtp: SMTP, login: Login) -> None:
    token = "support+k7f3q2d@paperplane.test"
    smtp.send_message(_reply(TEAMMATE, "<over@paperplane.test>", Reply_To=token))
    answer = wait_for_mail(login(SUPPORT), ["HEADER", "In-Reply-To", "<over@paperplane.test>"])
    assert answer["To"] == token
    assert str(answer["From"]).startswith("Vlad")


def test_a_waiting_program_is_told_of_new_mail(smtp: SMTP, login: Login) -> None:
    oskar = people()["oskar"].address
    client = login(oskar)
    client.select_folder("INBOX")
    client.idle()
    smtp.send_message(_reply(oskar, "<pushed@paperplane.test>"))
    # IMAPClient's own look reads half a line where the other half is still on its way.
    assert select.select([client.socket()], [], [], 10)[0]
    _, told = client.idle_done()
    assert told


def test_new_mail_trickles_into_the_inbox_in_its_order() -> None:
    expected = [thread.subject for _, thread in later_threads()]
    with start(NOW, speed=2000) as lively:
        client = IMAPClient(lively.host, lively.imap_port, ssl=False, timeout=10)
        client.login(lively.username, lively.password)
        wait_for_mail(client, ["SUBJECT", expected[-1]])
        found = client.fetch(client.search(), ["BODY.PEEK[]"])
        client.logout()
    subjects = [parsed(found[uid][b"BODY[]"])["Subject"] for uid in sorted(found)]
    assert subjects == expected
