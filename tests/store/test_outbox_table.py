"""The outbox's rows, and the acts that wait for the server."""

from datetime import timedelta

from founder_inbox.core.sync.mailbox import Fetched, Flags
from founder_inbox.core.tickets.facts import Then
from founder_inbox.core.tickets.identity import ticket_id
from founder_inbox.store import actions, mailboxes, moves, outbox
from founder_inbox.store.database import Store
from founder_inbox.store.outbox import NewOutboxItem
from founder_inbox.store.threads import rename_to_root
from tests.store.conftest import NOON, at
from tests.store.filing import add_ticket, file_mail, make_mail

MIME = b"From: a\r\n\r\n.\r\n\x00\xff"


def put(store: Store, message_id: str = "<o@x>", ticket: str | None = None, due: float = 0) -> int:
    new = NewOutboxItem(
        ticket=ticket,
        message_id=message_id,
        mime=MIME,
        sender="support@acme.test",
        recipients=("tom@okafor.test", "ana@ruiz.studio"),
        subject="Re: Export ☕",
        body="It works.",
        then=Then.CLOSE,
        seen=1,
        not_before=at(due),
    )
    return outbox.add_to_outbox(store, new, NOON)


def test_a_mail_comes_back_as_it_was_put_in(store: Store) -> None:
    item = outbox.outbox_item(store, put(store, due=3))

    assert item is not None
    assert (item.mime, item.recipients) == (MIME, ("tom@okafor.test", "ana@ruiz.studio"))
    assert (item.state, item.step, item.attempts, item.then) == ("held", "", 0, Then.CLOSE)
    assert (item.subject, item.not_before, item.created_at) == ("Re: Export ☕", at(3), NOON)
    assert outbox.outbox_item(store, 99) is None


def test_what_is_due_comes_in_the_order_it_was_written(store: Store) -> None:
    late, one, two = put(store, "<1>", due=9), put(store, "<2>"), put(store, "<3>", due=-5)
    for state in ("sending", "sent", "failed", "uncertain"):
        outbox.move_item(store, put(store, f"<{state}>"), state, NOON)

    assert [item.id for item in outbox.due_items(store, NOON)] == [one, two]
    assert late in [item.id for item in outbox.due_items(store, at(9))]
    assert [item.state for item in outbox.live_items(store)][3:] == [
        "sending",
        "failed",
        "uncertain",
    ]
    assert [item.state for item in outbox.items_in_state(store, "sent")] == ["sent"]


def test_a_step_is_written_down_with_time_attempt_and_answer(store: Store) -> None:
    number = put(store)
    outbox.move_item(store, number, "sending", at(1), step="connecting", count_attempt=True)
    outbox.move_item(store, number, "queued", at(2), code=451, answer="later", not_before=at(9))

    item = outbox.outbox_item(store, number)
    assert item is not None
    assert (item.state, item.step, item.attempts) == ("queued", "", 1)
    assert (item.code, item.answer, item.not_before, item.moved_at) == (451, "later", at(9), at(2))


def test_outside_the_hours_everything_waits_and_then_goes(store: Store) -> None:
    put(store, "<1>", due=1)
    put(store, "<2>", due=100)
    outbox.move_item(store, put(store, "<3>", due=1), "failed", NOON)

    assert outbox.hold_until(store, at(60), at(60)) == 1
    assert outbox.due_items(store, at(59)) == []
    assert outbox.release_before(store, NOON, at(60)) == 1
    assert outbox.release_held(store, NOON, at(60)) == 1
    assert len(outbox.due_items(store, NOON)) == 2


def test_a_tickets_mails_are_found_under_any_of_its_ids(store: Store) -> None:
    key = add_ticket(store, make_mail(message_id="<b@x>"))
    put(store, ticket=ticket_id("<b@x>"))
    rename_to_root(store, key, "<a@x>")
    put(store, "<p@x>", ticket=ticket_id("<a@x>"))

    assert [i.message_id for i in outbox.outgoing_of_ticket(store, key)] == ["<o@x>", "<p@x>"]
    assert [fact.then for fact in outbox.outgoing_facts(store, key)] == [Then.CLOSE] * 2


def test_a_mail_taken_out_leaves_nothing_that_would_send_or_file_it(store: Store) -> None:
    number = put(store)
    actions.queue_sent_copy(store, number, NOON, NOON)
    outbox.delete_item(store, number)

    assert outbox.live_items(store) == []
    assert actions.due_actions(store, NOON) == []


def a_ticket_in_the_inbox(store: Store, seen: bool = False) -> int:
    inbox = mailboxes.add_mailbox(store, "INBOX", "inbox", 7)
    flags = Flags(seen=seen, answered=False, flagged=False)
    mailboxes.add_fetched(store, inbox, [Fetched(4, b"mail", 4, NOON, flags)])
    [raw] = mailboxes.not_understood(store, 9)
    key = add_ticket(store)
    mailboxes.mark_understood(store, raw.id, file_mail(store, key, make_mail()), 1)
    return key


def test_reading_is_told_to_the_server_once(store: Store) -> None:
    key = a_ticket_in_the_inbox(store)

    assert actions.queue_seen(store, key, NOON, messages=1) == 0
    assert actions.queue_seen(store, key, NOON, messages=2) == 1
    assert actions.queue_seen(store, key, NOON) == 0
    [action] = actions.due_actions(store, NOON)
    assert action.kind == "seen"
    actions.finish_action(store, action.id)
    assert actions.count_actions(store, "queued") == 0


def test_a_flag_put_on_and_off_is_told_in_that_order(store: Store) -> None:
    key = a_ticket_in_the_inbox(store)
    actions.queue_flagged(store, key, True, NOON)
    actions.queue_flagged(store, key, False, NOON)

    assert [action.kind for action in actions.due_actions(store, NOON)] == ["flagged", "unflagged"]


def test_only_what_lies_in_the_inbox_is_moved(store: Store) -> None:
    key = a_ticket_in_the_inbox(store)
    inbox = mailboxes.mailbox_named(store, "INBOX")
    assert inbox is not None

    assert moves.queue_move(store, key, "archive", NOON) == 1
    mailboxes.mark_gone(store, inbox, [4], NOON)
    assert moves.queue_move(store, key, "archive", NOON) == 0


def test_an_act_that_fails_is_put_off_and_given_up_after_ten_times(store: Store) -> None:
    actions.queue_seen(store, a_ticket_in_the_inbox(store), NOON)
    for _ in range(actions.MOST_ATTEMPTS):
        [action] = actions.due_actions(store, NOON)
        assert actions.claim_action(store, action.id)
        actions.retry_action(store, action, "no", NOON)

    assert actions.due_actions(store, NOON) == []
    assert actions.count_actions(store, "failed") == 1


def test_an_act_that_is_put_off_is_not_due_before_its_time(store: Store) -> None:
    actions.queue_seen(store, a_ticket_in_the_inbox(store), NOON)
    [action] = actions.due_actions(store, NOON)
    actions.retry_action(store, action, "no", NOON + timedelta(minutes=2))

    assert actions.due_actions(store, at(1.9)) == []
    assert len(actions.due_actions(store, at(2))) == 1
