"""Who files a copy of sent mail by itself."""

import pytest

from founder_inbox.core.sync.providers import files_sent_mail


@pytest.mark.parametrize(
    "host", ["smtp.gmail.com", "SMTP.GMAIL.COM.", "smtp.office365.com", "smtp.protonmail.ch"]
)
def test_these_file_the_sent_copy_themselves(host: str) -> None:
    assert files_sent_mail(host)


@pytest.mark.parametrize(
    "host", ["mail.acme.test", "notgmail.com", "gmail.com.evil.test", "localhost", ""]
)
def test_everywhere_else_the_copy_is_ours_to_make(host: str) -> None:
    assert not files_sent_mail(host)
