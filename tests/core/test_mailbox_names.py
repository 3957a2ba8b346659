"""Mailboxes by name, where the server does not say what they are for."""

import pytest

from founder_inbox.core.sync.mailbox_names import role_by_name


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Sent", "sent"),
        ("SENT ITEMS", "sent"),
        ("INBOX.Sent", "sent"),
        ("INBOX/Gesendete Objekte", "sent"),
        ("[Gmail]/Sent Mail", "sent"),
        ("Éléments envoyés", "sent"),
        ("送信済み", "sent"),
        ("Archive", "archive"),
        ("Архив", "archive"),
        ("Junk E-mail", "junk"),
        ("Spam", "junk"),
        ("Gelöschte Elemente", "trash"),
        ("Удаленные", "trash"),
        ("Entwürfe", "drafts"),
        ("Sent to clients", None),
        ("Archive 2024", None),
        ("Sent/2024", None),
        ("INBOX", None),
        ("", None),
    ],
)
def test_only_the_last_part_of_a_name_counts_and_only_as_a_whole(
    name: str, role: str | None
) -> None:
    assert role_by_name(name) == role
