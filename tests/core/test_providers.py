"""Who files a copy of sent mail by itself, and how long to wait for it."""

from datetime import timedelta

import pytest

from founder_inbox.core.sync.providers import next_look, resync_is_safe, sent_rule

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("host", ["smtp.gmail.com", "SMTP.GMAIL.COM.", "smtp.protonmail.ch"])
def test_these_file_the_sent_copy_themselves(host: str) -> None:
    assert sent_rule(host).always


@pytest.mark.parametrize(
    "host",
    ["mail.acme.test", "notgmail.com", "gmail.com.evil.test", "localhost", "", "smtp.fastmail.com"],
)
def test_everywhere_else_the_copy_is_looked_for_and_then_ours_to_make(host: str) -> None:
    rule = sent_rule(host)
    assert not rule.always
    assert next_look(rule, None, timedelta(seconds=1)) == timedelta(seconds=20)
    assert next_look(rule, None, timedelta(seconds=21)) is None


@pytest.mark.parametrize("host", ["smtp.office365.com", "smtp-mail.outlook.com"])
def test_for_microsoft_the_copy_may_take_a_quarter_of_an_hour(host: str) -> None:
    rule = sent_rule(host)
    assert not rule.searches
    assert next_look(rule, None, MINUTE) == 2 * MINUTE
    assert next_look(rule, None, 14 * MINUTE) == 15 * MINUTE
    assert next_look(rule, None, 16 * MINUTE) is None


@pytest.mark.parametrize("host", ["smtp.mail.me.com", "smtp.mail.yahoo.com"])
def test_where_reports_differ_nothing_is_filed_in_the_first_minute(host: str) -> None:
    assert next_look(sent_rule(host), None, MINUTE) is not None


def test_a_server_that_filed_one_before_is_given_time() -> None:
    rule = sent_rule("mail.acme.test")
    assert next_look(rule, True, MINUTE) == 2 * MINUTE
    assert next_look(rule, False, MINUTE) is None


def test_a_provider_whose_vanished_emptied_databases_is_not_asked_for_it() -> None:
    assert not resync_is_safe("imap.mail.me.com")
    assert not resync_is_safe("P01-IMAP.MAIL.ME.COM.")
    assert resync_is_safe("imap.fastmail.com")
    assert resync_is_safe("acme.com")
