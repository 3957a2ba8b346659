"""Mails that lost their place when a mailbox was renumbered."""

from dataclasses import replace

import pytest

from founder_inbox.core.sync.mailbox import Fetched, Flags, Summary
from founder_inbox.store import mailboxes, places
from founder_inbox.store.database import Store
from founder_inbox.store.mailboxes import MailboxRow
from founder_inbox.store.places import lost_mails, place_again, tickets_at
from tests.store.conftest import NOON, at
from tests.store.filing import add_ticket, file_mail, make_mail

PLAIN = Flags(seen=False, answered=False, flagged=False)
SEEN = replace(PLAIN, seen=True)


@pytest.fixture
def inbox(store: Store) -> MailboxRow:
    """A mailbox of three mails that was given a new number."""
    before = mailboxes.add_mailbox(store, "INBOX", "inbox", 77)
    mailboxes.add_fetched(
        store, before, [Fetched(n, b"mail %d" % n, 100, at(n), PLAIN) for n in (1, 2, 3)]
    )
    key = add_ticket(store)
    for raw in mailboxes.not_understood(store, 10):
        mail = replace(make_mail(), message_id=f"<{raw.body[-1:].decode()}@x>")
        mailboxes.mark_understood(store, raw.id, file_mail(store, key, mail), 1)
    places.forget_uids(store, before, 78, NOON)
    now = mailboxes.mailbox_named(store, "INBOX")
    assert now is not None
    return now


def summary(uid: int, number: int, size: int = 100) -> Summary:
    return Summary(uid, size, at(number), f"<{number}@x>", SEEN)


def test_a_mail_is_recognised_by_id_size_and_arrival_together(
    store: Store, inbox: MailboxRow
) -> None:
    found = [summary(11, 1), summary(12, 2, size=101), replace(summary(13, 3), received_at=at(9))]

    assert place_again(store, inbox, found, lost_mails(store, inbox)) == 1
    assert mailboxes.known_uids(store, inbox) == {11: SEEN}
    assert len(lost_mails(store, inbox)) == 2
    assert len(tickets_at(store, inbox, [11])) == 1
    assert tickets_at(store, inbox, [12]) == set()


def test_two_that_look_alike_are_not_recognised(store: Store, inbox: MailboxRow) -> None:
    found = [summary(11, 1), summary(12, 1), summary(13, 2)]

    assert place_again(store, inbox, found, lost_mails(store, inbox)) == 1
    assert set(mailboxes.known_uids(store, inbox)) == {13}


def test_of_a_mailbox_that_was_not_renumbered_nothing_is_lost(
    store: Store, inbox: MailboxRow
) -> None:
    sent = mailboxes.add_mailbox(store, "Sent", "sent", 5)
    mailboxes.add_fetched(store, sent, [Fetched(1, b"mail 1", 100, at(1), PLAIN)])
    mailboxes.mark_gone(store, sent, [1], NOON)

    assert lost_mails(store, sent) == {}
    assert len(lost_mails(store, inbox)) == 3
