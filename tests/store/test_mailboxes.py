"""What we know of the server: bookmarks, raw mails, places."""

import hashlib
from dataclasses import replace

import pytest

from founder_inbox.core.sync.mailbox import Fetched, Flags
from founder_inbox.store import mailboxes, places
from founder_inbox.store.actions import queue_seen
from founder_inbox.store.database import Store
from founder_inbox.store.mailboxes import MailboxRow
from founder_inbox.store.moves import places_of
from tests.store.conftest import NOON, at
from tests.store.filing import add_ticket, file_mail, make_mail

PLAIN = Flags(seen=False, answered=False, flagged=False)
SEEN = Flags(seen=True, answered=False, flagged=False, keywords="$Forwarded")


def fetched(uid: int, body: bytes = b"", flags: Flags = PLAIN) -> Fetched:
    return Fetched(uid, body or b"mail %d" % uid, 7, NOON, flags)


@pytest.fixture
def inbox(store: Store) -> MailboxRow:
    return mailboxes.add_mailbox(store, "INBOX", "inbox", 77)


def understand(store: Store) -> list[int]:
    """Turn every waiting raw mail into a message of one new ticket; the raws in order."""
    key = add_ticket(store)
    raws = mailboxes.not_understood(store, 100)
    for raw in raws:
        message = file_mail(store, key, make_mail())
        mailboxes.mark_understood(store, raw.id, message, 1)
    return [raw.id for raw in raws]


def test_a_new_mailbox_begins_with_nothing(store: Store, inbox: MailboxRow) -> None:
    assert mailboxes.mailbox_named(store, "INBOX") == inbox
    assert (inbox.uidnext, inbox.highestmodseq, inbox.messages, inbox.trouble) == (1, 0, 0, None)
    assert mailboxes.mailbox_named(store, "Sent") is None
    assert mailboxes.all_mailboxes(store) == [inbox]


def test_fetching_the_same_mails_again_adds_nothing(store: Store, inbox: MailboxRow) -> None:
    mails = [fetched(1), fetched(2)]

    assert mailboxes.add_fetched(store, inbox, mails) == 2
    assert mailboxes.add_fetched(store, inbox, mails) == 0
    assert mailboxes.add_fetched(store, inbox, [*mails, fetched(3)]) == 1
    assert set(mailboxes.known_uids(store, inbox)) == {1, 2, 3}


def test_one_mail_in_two_places_is_kept_once(store: Store, inbox: MailboxRow) -> None:
    sent = mailboxes.add_mailbox(store, "Sent", "sent", 5)
    mailboxes.add_fetched(store, inbox, [fetched(1, b"same")])
    mailboxes.add_fetched(store, sent, [fetched(9, b"same")])

    [raw] = mailboxes.not_understood(store, 10)
    assert (raw.body, raw.role, raw.received_at) == (b"same", "sent", NOON)
    assert {(p.mailbox, p.uid) for p in places_of(store, raw.id)} == {("INBOX", 1), ("Sent", 9)}


def test_flags_come_back_as_the_server_gave_them(store: Store, inbox: MailboxRow) -> None:
    mailboxes.add_fetched(store, inbox, [fetched(1), fetched(2, flags=SEEN)])

    assert mailboxes.known_uids(store, inbox) == {1: PLAIN, 2: SEEN}
    mailboxes.set_flags(store, inbox, 1, SEEN)
    assert mailboxes.known_uids(store, inbox)[1] == SEEN
    assert mailboxes.set_flags(store, inbox, 99, SEEN) is None


def test_a_flag_that_waits_to_be_told_keeps_our_value(store: Store, inbox: MailboxRow) -> None:
    mailboxes.add_fetched(store, inbox, [fetched(1)])
    understand(store)
    ticket = add_ticket(store)
    store.run("update message set ticket = ?", ticket)

    assert queue_seen(store, ticket, NOON) == 1
    flagged = Flags(seen=False, answered=True, flagged=True)
    assert mailboxes.set_flags(store, inbox, 1, flagged) == ticket
    assert mailboxes.known_uids(store, inbox)[1] == Flags(seen=True, answered=True, flagged=True)


def test_what_is_gone_is_marked_and_comes_back_when_it_comes_back(
    store: Store, inbox: MailboxRow
) -> None:
    mailboxes.add_fetched(store, inbox, [fetched(1), fetched(2)])
    [raw, *_] = understand(store)

    assert len(mailboxes.mark_gone(store, inbox, [1, 2, 99], at(5))) == 1
    assert mailboxes.known_uids(store, inbox) == {}
    assert places_of(store, raw) == []
    assert mailboxes.not_understood(store, 10) == []

    assert mailboxes.add_fetched(store, inbox, [fetched(1, flags=SEEN)]) == 1
    assert mailboxes.known_uids(store, inbox) == {1: SEEN}


def test_a_renumbered_mailbox_forgets_places_and_keeps_mails(
    store: Store, inbox: MailboxRow
) -> None:
    mailboxes.add_fetched(store, inbox, [fetched(1)])
    [raw] = understand(store)
    places.forget_uids(store, inbox, 78, at(5))

    now = mailboxes.mailbox_named(store, "INBOX")
    assert now is not None
    assert (now.uidvalidity, now.uidnext, now.highestmodseq) == (78, 1, 0)
    assert mailboxes.known_uids(store, now) == {}
    mailboxes.add_fetched(store, now, [fetched(4, b"mail 1")])
    assert mailboxes.not_understood(store, 10) == []
    assert [place.uid for place in places_of(store, raw)] == [4]


def test_bytes_are_kept_as_they_came(store: Store, inbox: MailboxRow) -> None:
    body = bytes(range(256)) * 50 + b"\r\n.\r\n"
    mailboxes.add_fetched(store, inbox, [fetched(1, body)])
    [raw] = mailboxes.not_understood(store, 10)
    assert raw.body == body

    key = add_ticket(store)
    message = file_mail(store, key, make_mail())
    assert mailboxes.raw_of_message(store, message) is None
    mailboxes.mark_understood(store, raw.id, message, 1)
    assert mailboxes.raw_of_message(store, message) == body


def test_the_newest_waiting_mail_comes_first(store: Store, inbox: MailboxRow) -> None:
    mails = [Fetched(n, b"%d" % n, 1, at(n % 3), PLAIN) for n in range(6)]
    mailboxes.add_fetched(store, inbox, mails)

    assert [raw.body for raw in mailboxes.not_understood(store, 3)] == [b"5", b"2", b"4"]


def test_a_bookmark_is_kept_with_what_it_stands_for_or_not_at_all(
    store: Store, inbox: MailboxRow
) -> None:
    def fetch_and_fail() -> None:
        with store.write():
            mailboxes.add_fetched(store, inbox, [fetched(1)])
            mailboxes.save_mailbox(store, replace(inbox, uidnext=2, messages=1), NOON)
            raise LookupError

    with pytest.raises(LookupError):
        fetch_and_fail()

    assert mailboxes.mailbox_named(store, "INBOX") == inbox
    assert mailboxes.known_uids(store, inbox) == {}


def test_a_new_number_that_changed_nothing_keeps_every_place(
    store: Store, inbox: MailboxRow
) -> None:
    mailboxes.add_fetched(store, inbox, [fetched(1), fetched(2, flags=SEEN)])
    understand(store)
    places.forget_uids(store, inbox, 78, at(5))
    other = mailboxes.mailbox_named(store, "INBOX")
    assert other is not None
    mailboxes.add_fetched(store, other, [fetched(1, b"mail 2"), fetched(7)])
    mailboxes.renumber(store, other, 77)

    now = mailboxes.mailbox_named(store, "INBOX")
    assert now is not None
    assert (now.uidvalidity, now.highestmodseq, now.checked_at) == (77, 0, None)
    assert set(mailboxes.known_uids(store, now)) == {1, 7}
    [raw] = store.rows("select sha256 from raw join location on raw.id = raw where uid = 1")
    assert raw["sha256"] == hashlib.sha256(b"mail 2").hexdigest()


def test_a_number_that_comes_back_may_mean_another_mail(store: Store, inbox: MailboxRow) -> None:
    mailboxes.add_fetched(store, inbox, [fetched(1)])
    mailboxes.mark_gone(store, inbox, [1], at(5))
    mailboxes.add_fetched(store, inbox, [fetched(1, b"another")])

    [row] = store.rows("select sha256 from location join raw on raw.id = location.raw")
    assert row["sha256"] == hashlib.sha256(b"another").hexdigest()


def test_a_mail_lies_elsewhere_only_where_the_server_still_has_it(
    store: Store, inbox: MailboxRow
) -> None:
    sent = mailboxes.add_mailbox(store, "Sent", "sent", 5)
    mailboxes.add_fetched(store, inbox, [fetched(n, b"%d" % (n % 3)) for n in range(1, 6)])
    mailboxes.add_fetched(store, sent, [fetched(8, b"0"), fetched(9, b"1")])
    mailboxes.mark_gone(store, sent, [9], at(5))

    assert mailboxes.lying_elsewhere(store, inbox, [3]) == {3}
    assert mailboxes.lying_elsewhere(store, inbox, [1]) == {1}
    assert mailboxes.lying_elsewhere(store, inbox, [1, 4]) == set()
    assert mailboxes.lying_elsewhere(store, inbox, [2, 99]) == {2}


def test_the_newest_message_ids_are_known_without_those_we_made_up(
    store: Store, inbox: MailboxRow
) -> None:
    mailboxes.add_fetched(store, inbox, [fetched(n) for n in range(1, 5)])
    understand(store)
    for uid, message_id in ((1, "<1@x>"), (2, "<0a@missing.founder-inbox>"), (3, "<3@x>")):
        store.run(
            "update message set message_id = ? where id = (select message from raw "
            "join location on raw = raw.id where uid = ?)",
            message_id,
            uid,
        )
    mailboxes.mark_gone(store, inbox, [4], at(5))

    assert mailboxes.message_ids_of(store, inbox, 10) == {1: "<1@x>", 3: "<3@x>"}
    assert mailboxes.message_ids_of(store, inbox, 1) == {3: "<3@x>"}


def test_trouble_is_said_of_one_mailbox_until_it_is_over(store: Store, inbox: MailboxRow) -> None:
    mailboxes.say_trouble(store, "INBOX", "It is odd.")
    mailboxes.say_trouble(store, "No such", "Never mind.")

    assert [row.trouble for row in mailboxes.all_mailboxes(store)] == ["It is odd."]
    mailboxes.say_trouble(store, "INBOX", None)
    assert mailboxes.all_mailboxes(store) == [inbox]
