"""Causes with real tickets: who else was hit, everybody told, and did it hold."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from founder_inbox.app.knowledge import causes as use
from founder_inbox.app.queue.triage import add_note, close
from founder_inbox.app.reading.project import wake_snoozed
from founder_inbox.app.sending.tongues import missing_tongues
from founder_inbox.core.knowledge.causes import CauseKind
from founder_inbox.core.model import Status
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.identity import ticket_id
from founder_inbox.errors import BadInput, NotFound
from founder_inbox.store import outbox
from tests.app.desk import NOW, Desk
from tests.app.letters import letter

ERROR = "It does not work.\n\nTypeError: list is undefined at export.js\n"


def trouble(desk: Desk, who: str, text: str = ERROR, hours: float = 5, sender: str = "") -> Ticket:
    """A mail about trouble; returns its ticket."""
    raw = letter(
        f"Trouble of {who}",
        text,
        sender=sender or f"{who} Long <{who.lower()}@{who.lower()}.test>",
        message_id=f"<{who}-{hours}@x.test>",
    )
    desk.receive((hours, raw))
    return next(t for t in desk.all() if t.state.subject == f"Trouble of {who}")


@pytest.fixture
def desk(open_desk: Callable[[str], Desk]) -> Desk:
    return open_desk("desk")


def test_who_shows_the_same_error_line_is_found_and_nobody_else(desk: Desk) -> None:
    tom, eve = trouble(desk, "Tom"), trouble(desk, "Eve", f"Hello,\n{ERROR}")
    trouble(desk, "Lou", "The export is slow on Mondays, I think. Can you look?")
    assert [t.id for t in use.others_hit(desk.ws, tom, NOW)] == [eve.id]


def test_between_two_days_a_cause_counts_its_minutes_and_each_customer_once(desk: Desk) -> None:
    tom, eve = trouble(desk, "Tom"), trouble(desk, "Eve")
    again = trouble(desk, "Eve", hours=2)
    made = use.name_cause(desk.ws, tom, CauseKind.SLIP, "A typo", desk.tick(), others=[eve, again])
    desk.now += timedelta(minutes=4)
    close(desk.ws, [desk.ticket(tom.id)], desk.tick())

    [toll] = use.causes_between(desk.ws, NOW - timedelta(days=1), desk.now + timedelta(days=1))
    assert (toll.cause.id, toll.customers) == (made.id, 2)
    assert timedelta(minutes=4) <= toll.spent < timedelta(minutes=6)
    assert use.causes_between(desk.ws, desk.now + timedelta(days=1), desk.now) == []


def test_a_cause_with_others_is_one_act_and_leaves_tickets_as_they_are(desk: Desk) -> None:
    tom, eve = trouble(desk, "Tom"), trouble(desk, "Eve")
    close(desk.ws, [tom], desk.tick())

    made = use.name_cause(
        desk.ws, desk.ticket(tom.id), CauseKind.SLIP, "", desk.tick(), test=True, others=[eve]
    )

    [hit] = use.list_causes(desk.ws)
    assert (hit.cause.what, hit.cause.test) == ("Trouble of Tom", True)
    assert [person.ticket for person in hit.people] == [tom.id, eve.id]
    assert desk.ticket(tom.id).state.status is Status.CLOSED
    with pytest.raises(BadInput, match=f"has a cause already: Trouble of Tom .{made.name}"):
        use.name_cause(desk.ws, eve, CauseKind.BUG, "x", desk.tick())
    desk.undo()
    assert use.list_causes(desk.ws) == []


def fixed(desk: Desk, *tickets: Ticket) -> list[str]:
    """The cause is named and everybody told; who was."""
    first, *others = tickets
    made = use.name_cause(
        desk.ws, first, CauseKind.BUG, "the empty export", desk.tick(), others=others
    )
    hit = use.find_cause(desk.ws, made.name)
    told = use.tell_fixed(desk.ws, hit, "The export is full again.", desk.tick())
    return [one.person for one in told if not one.trouble]


def test_everybody_hit_is_told_once_and_asked_three_days_later(desk: Desk) -> None:
    tom, eve = trouble(desk, "Tom"), trouble(desk, "Eve")
    assert fixed(desk, tom, eve) == ["tom@tom.test", "eve@eve.test"]
    [first, _] = outbox.live_items(desk.ws.store)
    assert "The export is full again." in first.body
    assert desk.ticket(tom.id).state.status is Status.SNOOZED
    [hit] = use.list_causes(desk.ws)
    with pytest.raises(BadInput, match="Everybody it hit has been told"):
        use.letters_about(desk.ws, hit, "Again.", desk.now)

    later = desk.now + use.CHECK_IN + timedelta(minutes=1)
    wake_snoozed(desk.ws.store, later)
    back = desk.ticket(tom.id)
    assert back.state.status is Status.OPEN
    assert use.check_in_answers(desk.ws, back, later) == {
        "ask.what": "“the empty export”",
        "ask.days": "",
    }


def test_each_hears_it_in_their_language_where_it_was_written_in_that_one(desk: Desk) -> None:
    said = {
        "Tom": "The export is empty and I can not see my readers. Can you help?",
        "Eva": "Der Export ist leer und ich kann meine Leser nicht sehen. Bitte helfen Sie mir.",
        "Luc": "Le fichier est vide et je ne vois pas mes lecteurs. Pouvez-vous m'aider ?",
        "Sol": "El archivo está vacío y no puedo ver mis lectores. ¿Me puede ayudar?",
    }
    for number, (name, text) in enumerate(said.items()):
        sender = f"{name} <{name.lower()}@x.test>"
        desk.receive((9 - number, letter(name, text, sender=sender, message_id=f"<{name}@x.test>")))
    first, *others = (desk.ticket(ticket_id(f"<{name}@x.test>")) for name in said)
    made = use.name_cause(
        desk.ws, first, CauseKind.BUG, "the empty export", desk.tick(), others=others
    )
    hit = use.find_cause(desk.ws, made.name)
    texts = ("It is full again.", "Der Export ist wieder voll.", "El archivo está completo.")
    written = {one.person: one for one in use.letters_about(desk.ws, hit, texts, desk.now)}

    assert {name: written[f"{name.lower()}@x.test"].language for name in said} == {
        "Tom": "en", "Eva": "de", "Luc": "en", "Sol": "es",
    }  # fmt: skip
    assert "Der Export ist wieder voll." in written["eva@x.test"].body
    assert "Hola Sol" in written["sol@x.test"].body
    assert "It is full again." in written["luc@x.test"].body
    assert dict(missing_tongues(desk.ws, [first, *others], texts)) == {"fr": 1}


def test_who_writes_first_is_not_asked(desk: Desk) -> None:
    tom = trouble(desk, "Tom")
    fixed(desk, tom)
    answer = letter(
        "Re: Trouble of Tom",
        "It is still empty, sorry.",
        sender="Tom Long <tom@tom.test>",
        message_id="<still@x.test>",
        references="<Tom-5@x.test>",
    )
    desk.receive((-24, answer))

    back = desk.ticket(tom.id)
    assert back.state.status is Status.OPEN
    assert use.check_in_answers(desk.ws, back, desk.now + timedelta(days=9)) is None


def test_undo_takes_mails_and_check_in_back(desk: Desk) -> None:
    tom = trouble(desk, "Tom")
    fixed(desk, tom)
    desk.undo()
    assert outbox.live_items(desk.ws.store) == []
    assert desk.ticket(tom.id).state.status is Status.OPEN
    assert use.letters_about(desk.ws, use.list_causes(desk.ws)[0], "Now.", desk.now)


def test_nobody_to_write_to_is_said_and_nothing_is_changed(desk: Desk) -> None:
    nobody = trouble(desk, "Nobody", sender="nobody")
    with pytest.raises(BadInput, match="Nobody was written to"):
        fixed(desk, nobody)
    assert desk.ticket(nobody.id).state.status is Status.OPEN
    with pytest.raises(BadInput, match="What changed, in plain words"):
        use.letters_about(desk.ws, use.list_causes(desk.ws)[0], " ", desk.now)
    with pytest.raises(NotFound, match="no cause 'zzz'"):
        use.find_cause(desk.ws, "zzz")


def test_minutes_are_counted_in_their_month(desk: Desk) -> None:
    tom = trouble(desk, "Tom")
    add_note(desk.ws, tom, "one", desk.tick())
    desk.now += timedelta(minutes=4)
    add_note(desk.ws, tom, "two", desk.now)
    use.name_cause(desk.ws, tom, CauseKind.DOCS, "x", desk.tick())

    [month] = use.minutes_a_month(desk.ws, desk.now)
    assert f"{month.first:%Y-%m}" == "2026-11"
    assert month.spent == {CauseKind.DOCS: timedelta(minutes=4, seconds=30)}
