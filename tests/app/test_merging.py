"""Merging tickets, splitting mails off, and taking both back: exactly, and alike on machines."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest

from founder_inbox.app.queue import merging, triage
from founder_inbox.app.queue.tickets import view_ticket
from founder_inbox.app.reading.rehome import rehome
from founder_inbox.app.sending import outbox, reply
from founder_inbox.app.sending.send import _accepted
from founder_inbox.core.hours.when import parse_when
from founder_inbox.core.letters.own_ids import OwnKind, own_id
from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets.entry import EntryKind
from founder_inbox.core.tickets.identity import ticket_id
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.errors import BadInput, FounderInboxError, NotFound
from founder_inbox.store import drafts
from founder_inbox.store.outbox import live_items
from founder_inbox.store.settings import set_setting, ticket_secret_of
from tests.app.desk import EVE, NOW, Desk, mail
from tests.app.letters import letter

A, B = ticket_id("<a1@x.test>"), ticket_id("<b1@x.test>")


@pytest.fixture
def desk(open_desk: Callable[[str], Desk]) -> Desk:
    """Tom's ticket with an answer to it, and a second one of his that is about the same."""
    made = open_desk("one")
    made.receive(
        (30, mail("a1", "Export is empty")),
        (20, mail("a2", "Re: Export is empty", refs="a1")),
        (10, mail("b1", "The export again")),
        (5, mail("b2", "Re: The export again", refs="b1")),
    )
    return made


def test_a_merge_makes_one_ticket_under_the_older_id_and_both_ids_work(desk: Desk) -> None:
    kept = desk.merge(A, B)

    assert kept.id == A
    assert desk.mails() == {A: ["a1", "a2", "b1", "b2"]}
    assert desk.ticket(B).key == desk.ticket(f"#{B[:5]}").key == kept.key
    assert (kept.state.messages, kept.state.customer_messages) == (4, 4)
    assert desk.ticket(A).state.subject == "Export is empty"


def test_undo_puts_everything_back_exactly(desk: Desk) -> None:
    triage.add_note(desk.ws, desk.ticket(B), "she called", desk.tick())
    triage.move_to_lane(desk.ws, [desk.ticket(B)], Lane.URGENT, desk.tick())
    reply.keep_draft(desk.ws, desk.ticket(A), "Hi Tom, a word", desk.tick())
    reply.keep_draft(desk.ws, desk.ticket(B), "Hi Tom, another", desk.tick())
    reply.queue_reply(desk.ws, desk.ticket(B), "Hi Tom,\n\nan answer.\n\nAna", desk.tick())
    reply.keep_draft(desk.ws, desk.ticket(B), "Hi Tom, another", desk.tick())
    before = desk.picture()

    desk.merge(B, A)
    assert desk.picture() != before
    undone = desk.undo()

    assert desk.picture() == before
    assert undone.words == "Taken back: the merge"
    assert desk.ticket(B).state.verdict.lane is Lane.URGENT


def test_notes_and_events_follow_into_the_merged_ticket_and_back(desk: Desk) -> None:
    triage.add_note(desk.ws, desk.ticket(B), "she called", desk.tick())
    triage.tag(desk.ws, [desk.ticket(B)], "vip", desk.tick())
    desk.merge(B, A)
    view = view_ticket(desk.ws.store, desk.ticket(A))

    words = [entry.text for entry in view.history]
    assert "she called" in words
    assert f"merged with #{B}" in words
    assert view.ticket.state.tags == {"vip"}
    desk.undo()
    assert desk.ticket(A).state.tags == frozenset()
    assert desk.ticket(B).state.tags == {"vip"}


def test_two_closed_tickets_are_one_closed_ticket_and_an_open_one_opens_both(desk: Desk) -> None:
    triage.close(desk.ws, [desk.ticket(A)], desk.tick())
    open_and_closed = desk.merge(B, A)
    desk.undo()
    triage.close(desk.ws, [desk.ticket(B)], desk.tick())
    both_closed = desk.merge(B, A)

    assert open_and_closed.state.status is Status.OPEN
    assert both_closed.state.status is Status.CLOSED
    desk.receive((0, mail("b3", refs="b1 b2")))
    assert desk.ticket(A).state.status is Status.OPEN


def test_an_answered_question_and_a_fresh_one_are_an_open_ticket_in_the_more_pressing_lane(
    desk: Desk,
) -> None:
    triage.move_to_lane(desk.ws, [desk.ticket(B)], Lane.URGENT, desk.tick())
    triage.close(desk.ws, [desk.ticket(A)], desk.tick())
    merged = desk.merge(A, B)
    triage.close(desk.ws, [desk.ticket(A)], desk.tick())

    assert (merged.state.status, merged.state.verdict.lane) == (Status.OPEN, Lane.URGENT)
    assert desk.ticket(A).state.status is Status.CLOSED


def test_tickets_that_were_quiet_at_the_first_import_stay_so(desk: Desk) -> None:
    set_setting(desk.ws.store, "quiet_before", "2026-11-23T09:00:00Z")
    desk.receive((40, mail("old1", "One")), (39, mail("old2", "Two")))
    one, two = ticket_id("<old1@x.test>"), ticket_id("<old2@x.test>")

    assert desk.merge(one, two).state.status is Status.CLOSED


def test_mail_that_comes_later_finds_the_merged_ticket_by_either_thread(desk: Desk) -> None:
    desk.merge(B, A)
    secret = ticket_secret_of(desk.ws.store)
    signed = own_id(OwnKind.REPLY, B, secret, "acme.test")
    desk.receive(
        (1, mail("b3", refs="b1 b2")),
        (0.5, letter("Re: Export", message_id="<b4@x.test>", references=signed)),
    )

    assert desk.mails() == {A: ["a1", "a2", "b1", "b2", "b3", "b4"]}
    desk.undo()
    assert desk.mails() == {A: ["a1", "a2"], B: ["b1", "b2", "b3", "b4"]}


def test_several_tickets_merge_as_one_act(desk: Desk) -> None:
    desk.receive((3, mail("c1", "Third")), (2, mail("d1", "Fourth")))
    c, d = (ticket_id(f"<{name}@x.test>") for name in ("c1", "d1"))
    before = desk.picture()
    tickets = [desk.ticket(name) for name in (B, c, d)]
    kept = merging.merge(desk.ws, tickets, desk.ticket(A), desk.tick())

    assert (kept.id, kept.state.messages) == (A, 6)
    assert len(desk.all()) == 1
    desk.undo()
    assert desk.picture() == before


def test_a_held_reply_stays_with_the_kept_ticket_and_leaves_although_mails_came_with_the_merge(
    desk: Desk,
) -> None:
    item = reply.queue_reply(desk.ws, desk.ticket(B), "Hi Tom,\n\nyes.\n\nAna", desk.tick())
    kept = desk.merge(B, A)
    [waiting] = live_items(desk.ws.store)

    assert waiting.seen == kept.state.customer_messages == 4
    shown = view_ticket(desk.ws.store, desk.ticket(A)).history
    assert [entry.state for entry in shown if entry.state] == ["held"]
    desk.undo()
    [waiting] = live_items(desk.ws.store)
    assert (waiting.id, waiting.seen) == (item.id, 2)
    desk.merge(B, A)
    assert outbox.cancel(desk.ws, item.id, desk.tick()).startswith("Hi Tom")
    assert view_ticket(desk.ws.store, desk.ticket(A)).draft == "Hi Tom,\n\nyes.\n\nAna"


def test_an_answer_that_left_while_merged_goes_back_with_the_mail_it_answers(desk: Desk) -> None:
    desk.merge(B, A)
    item = reply.queue_reply(desk.ws, desk.ticket(A), "Hi Tom,\n\nyes.\n\nAna", desk.tick())
    with desk.ws.store.write():
        _accepted(desk.ws, item, desk.tick(), copy=False)
        desk.ws.store.run("update outbox set state = 'sent'")
    desk.now += timedelta(minutes=5)
    desk.undo()

    assert len(desk.mails()[B]) == 3
    assert desk.ticket(B).state.status is Status.WAITING
    assert desk.ticket(A).state.status is Status.OPEN


def test_drafts_stand_one_below_the_other_and_what_becomes_of_them_is_one(desk: Desk) -> None:
    reply.keep_draft(desk.ws, desk.ticket(B), "Second part", desk.tick())
    reply.keep_draft(desk.ws, desk.ticket(A), "First part", desk.tick())
    kept = desk.merge(B, A)

    assert drafts.draft_of(desk.ws.store, A) == "First part\n\nSecond part"
    reply.keep_draft(desk.ws, kept, "First part\n\nSecond part", desk.tick())
    assert len(desk.ws.store.rows("select * from draft")) == 2
    reply.keep_draft(desk.ws, kept, "All of it", desk.tick())
    assert drafts.draft_of(desk.ws.store, A) == "All of it"
    reply.keep_draft(desk.ws, kept, "", desk.tick())
    assert drafts.draft_of(desk.ws.store, A) is None


def test_a_ticket_cant_be_merged_into_itself_nor_into_a_name_of_its_own(desk: Desk) -> None:
    with pytest.raises(BadInput, match="same ticket"):
        desk.merge(A, A)
    desk.merge(B, A)
    with pytest.raises(BadInput, match="same ticket"):
        desk.merge(B, A)
    with pytest.raises(NotFound, match="no ticket"):
        desk.merge(A, "zzzzzzz")


def test_different_people_are_merged_only_when_it_is_meant(desk: Desk) -> None:
    desk.receive((2, mail("e1", "Me too", sender=EVE)))
    eve = ticket_id("<e1@x.test>")
    before = desk.picture()

    with pytest.raises(BadInput, match=r"Eve would see what Tom Okafor wrote.*--different-people"):
        desk.merge(eve, A)
    assert desk.picture() == before
    assert desk.merge(eve, A, different=True).state.customer.address == "tom@okafor.test"


def test_one_person_in_two_spellings_is_no_stranger(desk: Desk) -> None:
    desk.receive((2, mail("t1", "From my phone", sender="tom <Tom+phone@Okafor.test>")))

    assert desk.merge(ticket_id("<t1@x.test>"), A).state.messages == 3


def test_the_plan_says_what_will_be(desk: Desk) -> None:
    reply.keep_draft(desk.ws, desk.ticket(B), "Half a", desk.tick())
    reply.queue_reply(desk.ws, desk.ticket(A), "Hi Tom,\n\nyes.\n\nAna", desk.tick())
    triage.record_act(desk.ws, desk.ticket(B), EventKind.HANDED_OFF, {"to": "Vlad"}, desk.tick())
    plan = merging.plan_merge(desk.ws, [desk.ticket(A)], desk.ticket(B))
    words = " ".join(plan.words)

    assert plan.kept.id == A
    assert f"#{B} leads there too" in words
    assert f"#{B} is with Vlad" in words
    assert "Drafts are put together" in words
    assert "outbox still goes" in words
    assert plan.strangers == ""


def test_a_mail_split_off_is_a_ticket_named_after_it_with_its_sender_as_the_customer(
    desk: Desk,
) -> None:
    desk.receive(
        (4, mail("e1", "Re: Export is empty", refs="a1 a2", sender=EVE)),
        (3, mail("e2", "Re: Export is empty", refs="a1 a2 e1", sender=EVE)),
    )
    made = desk.split(A, "3")

    assert made.id == ticket_id("<e1@x.test>")
    assert made.state.customer.address == "eve@evil.test"
    assert desk.mails() == {A: ["a1", "a2"], B: ["b1", "b2"], made.id: ["e1", "e2"]}
    history = view_ticket(desk.ws.store, desk.ticket(A)).history
    assert any(made.id in entry.text for entry in history)
    origin = f"split off from #{A}"
    assert [e.text for e in desk.view(made.id).history if e.kind is EntryKind.EVENT] == [origin]
    desk.merge(made.id, A, different=True)
    assert origin not in [entry.text for entry in desk.view(A).history]


def test_mail_that_comes_later_goes_where_the_mail_it_answers_went(desk: Desk) -> None:
    desk.receive((4, mail("e1", "Re: Export is empty", refs="a1 a2", sender=EVE)))
    before = desk.picture()
    made = desk.split(A, "<e1@x.test>")
    secret = ticket_secret_of(desk.ws.store)
    signed = own_id(OwnKind.REPLY, made.id, secret, "acme.test")
    desk.receive(
        (3, mail("e2", refs="a1 e1", sender=EVE)),
        (2, mail("a3", refs="a1 a2")),
        (1, letter("Re: x", message_id="<e3@x.test>", references=signed, sender=EVE)),
    )

    assert desk.mails()[made.id] == ["e1", "e2", "e3"]
    assert desk.mails()[A] == ["a1", "a2", "a3"]
    desk.undo()
    assert desk.mails()[A] == ["a1", "a2", "e1", "e2", "a3", "e3"]
    assert before != desk.picture()
    assert desk.ticket(made.id).id == A


def test_undoing_a_split_puts_messages_and_tickets_back(desk: Desk) -> None:
    before = desk.mails()
    states = {ticket.id: ticket.state for ticket in desk.all()}
    desk.split(A, "2")
    triage.close(desk.ws, [desk.ticket(A)], desk.tick())
    desk.undo()
    desk.undo()

    assert desk.mails() == before
    assert {ticket.id: ticket.state.messages for ticket in desk.all()} == {
        name: state.messages for name, state in states.items()
    }
    assert {ticket.id: ticket.state.status for ticket in desk.all()} == {
        name: state.status for name, state in states.items()
    }


def test_splitting_a_merged_ticket_where_the_other_began_gives_its_id_back(desk: Desk) -> None:
    desk.merge(B, A)

    assert desk.split(A, "<b1@x.test>").id == B
    assert desk.mails() == {A: ["a1", "a2"], B: ["b1", "b2"]}


def test_what_cant_be_split_is_refused_and_nothing_changes(desk: Desk) -> None:
    desk.receive((2, mail("c1", "Alone")))
    before = desk.picture()

    with pytest.raises(BadInput, match="Nothing would be left"):
        desk.split(ticket_id("<c1@x.test>"), "1")
    with pytest.raises(BadInput, match="began with that mail"):
        desk.split(A, "1")
    for wrong in ("0", "3", "<nobody@x.test>", "", "99999999999999999999"):
        with pytest.raises(NotFound, match="1 to 2"):
            desk.split(A, wrong)
    assert desk.picture() == before


def test_a_mail_before_all_others_can_come_later_and_be_refused_for_the_rest(desk: Desk) -> None:
    desk.receive((50, mail("z0", "Re: far", refs="far")), (49, mail("z1", refs="far z0")))
    ticket = ticket_id("<far@x.test>")

    with pytest.raises(BadInput, match="began with that mail"):
        desk.split(ticket, "1")
    assert desk.split(ticket, "2").id == ticket_id("<z1@x.test>")


def test_a_snooze_of_one_part_and_its_end_are_as_before_after_undo(desk: Desk) -> None:
    when = parse_when("in 3 days", desk.now, desk.ws.hours.zone, desk.ws.hours)
    triage.snooze(desk.ws, [desk.ticket(B)], when, desk.tick())
    desk.merge(A, B)
    desk.undo()

    assert desk.ticket(B).state.status is Status.SNOOZED
    assert desk.ticket(A).state.status is Status.OPEN


def test_a_fresh_ticket_says_which_one_it_may_belong_to_until_it_is_merged_or_split_off(
    desk: Desk,
) -> None:
    desk.receive((1, mail("c1", "Export still empty")))
    fresh = ticket_id("<c1@x.test>")
    guess = view_ticket(desk.ws.store, desk.ticket(fresh)).belongs_to

    assert guess is not None
    assert (guess.ticket, desk.mails()[fresh]) == (A, ["c1"])
    desk.merge(fresh, A)
    assert view_ticket(desk.ws.store, desk.ticket(A)).belongs_to is None
    made = desk.split(A, "2")
    assert view_ticket(desk.ws.store, made).belongs_to is None


def letters_by_chance(dice: random.Random) -> list[tuple[float, bytes]]:
    """Mails of three threads that answer each other, with the moment each came."""
    made: list[tuple[float, bytes]] = []
    for thread in "abc":
        ids: list[str] = []
        for number in range(1, dice.randrange(3, 6)):
            name = f"{thread}{number}"
            parent = ids[: dice.randrange(1, len(ids) + 1)] if ids else []
            made.append((100 - len(made), mail(name, f"About {thread}", refs=" ".join(parent))))
            ids.append(name)
    return made


def act_by_chance(desk: Desk, dice: random.Random) -> None:
    tickets = desk.all()
    one, other = dice.choice(tickets), dice.choice(tickets)
    try:
        match dice.choice(["merge", "split", "split", "undo"]):
            case "merge":
                desk.merge(one.id, other.id)
            case "split":
                desk.split(one.id, str(dice.randrange(1, 6)))
            case _:
                desk.undo()
    except FounderInboxError:
        return


@pytest.mark.parametrize("seed", range(12))
def test_another_machine_with_the_same_mails_and_events_has_the_same_tickets(
    open_desk: Callable[[str], Desk], seed: int
) -> None:
    dice = random.Random(seed)
    mails = letters_by_chance(dice)
    here, there = open_desk("here"), open_desk("there")
    half = dice.randrange(3, len(mails))
    here.receive(*mails[:half])
    for _ in range(10):
        act_by_chance(here, dice)
    here.receive(*mails[half:])
    for _ in range(4):
        act_by_chance(here, dice)

    rows = [tuple(row) for row in here.ws.store.rows("select * from event")]
    dice.shuffle(rows)
    dice.shuffle(mails)
    arriving: list[object] = [*rows, *mails]
    dice.shuffle(arriving)
    for thing in arriving:
        if isinstance(thing, tuple) and len(thing) == 2:
            there.receive(thing)
            continue
        with there.ws.store.write():
            marks = ", ".join("?" for _ in thing)  # type: ignore[attr-defined]
            there.ws.store.run(f"insert into event values ({marks})", *thing)  # type: ignore[misc]
            threads = [r["key"] for r in there.ws.store.rows("select key from thread")]
            rehome(there.ws.store, threads, NOW)

    assert there.mails() == here.mails()
    undo_all(here)
    for ids in here.mails().values():
        assert {name[0] for name in ids} == {ids[0][0]}


def undo_all(desk: Desk) -> None:
    try:
        while True:
            desk.undo()
    except FounderInboxError:
        return
