"""Ideas with real tickets: voters are customers, their order, and each told once."""

from collections.abc import Callable

import pytest

from founder_inbox.app.knowledge import ideas as use
from founder_inbox.app.queue.tickets import Choice, list_tickets
from founder_inbox.core.knowledge.ideas import IdeaState
from founder_inbox.core.model import Lane
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.errors import BadInput, NotFound
from founder_inbox.store import events, outbox
from founder_inbox.store.ideas import write_voters
from tests.app.desk import Desk
from tests.app.letters import letter

WISH = "It would be great if you could add a dark mode. Just an idea!"


def wish(desk: Desk, who: str, text: str = WISH, hours: float = 5, sender: str = "") -> Ticket:
    """A mail with a wish; returns its ticket."""
    raw = letter(
        f"Idea of {who}",
        text,
        sender=sender or f"{who} Long <{who.lower()}@{who.lower()}.test>",
        message_id=f"<{who}@x.test>",
    )
    desk.receive((hours, raw))
    return next(t for t in desk.all() if t.state.subject == f"Idea of {who}")


@pytest.fixture
def desk(open_desk: Callable[[str], Desk]) -> Desk:
    return open_desk("desk")


def subjects(desk: Desk) -> list[str]:
    found = list_tickets(desk.ws.store, Choice(lane=Lane.FEATURE), desk.now, None)
    return [ticket.state.subject for ticket in found]


def test_a_voter_is_a_customer_and_the_most_wanted_stands_first(desk: Desk) -> None:
    lone = wish(desk, "Lou", "It would be nice to have an API for templates.", 50)
    tom, eve = wish(desk, "Tom"), wish(desk, "Eve", hours=4)
    again = wish(desk, "Again", sender="Tom <TOM@tom.test>", hours=3)
    assert subjects(desk)[0] == "Idea of Lou"

    use.log_idea(desk.ws, lone, "Templates", "", "", desk.tick())
    dark = use.log_idea(desk.ws, tom, "Dark mode", use.their_words(desk.ws, tom), "", desk.tick())
    for ticket in (eve, again):
        use.vote(desk.ws, ticket, dark.idea, "dark", desk.tick())

    assert [len(one.voters) for one in use.list_ideas(desk.ws)] == [2, 1]
    assert subjects(desk) == ["Idea of Tom", "Idea of Eve", "Idea of Again", "Idea of Lou"]
    with pytest.raises(BadInput, match="is in the idea “Dark mode”"):
        use.vote(desk.ws, eve, dark.idea, "dark", desk.tick())
    desk.undo()
    desk.undo()
    assert subjects(desk)[0] == "Idea of Lou"


def test_an_idea_that_is_moved_to_another_lane_jumps_no_queue_there(desk: Desk) -> None:
    from founder_inbox.app.queue.triage import move_to_lane

    old = wish(desk, "Old", "How do I export my list?", 50)
    tom = wish(desk, "Tom")
    use.log_idea(desk.ws, tom, "Dark mode", "", "", desk.tick())
    move_to_lane(desk.ws, [desk.ticket(tom.id)], Lane.HOWTO, desk.tick())

    found = list_tickets(desk.ws.store, Choice(lane=Lane.HOWTO), desk.now, None)
    assert [ticket.id for ticket in found] == [old.id, tom.id]


def test_each_voter_gets_one_mail_with_their_own_words_and_never_a_second(desk: Desk) -> None:
    tom, eve = wish(desk, "Tom"), wish(desk, "Eve", "Please add a night theme, idea of mine.")
    dark = use.log_idea(desk.ws, tom, "Dark mode", "a dark mode", "", desk.tick())
    use.vote(desk.ws, eve, dark.idea, "a night theme", desk.tick())
    wanted = use.find_idea(desk.ws, dark.idea.name)

    told = use.tell_voters(
        desk.ws, wanted, IdeaState.SHIPPED, "It is under Settings.", "", desk.tick()
    )

    bodies = {one.person: one.body for one in told}
    assert bodies.keys() == {"tom@tom.test", "eve@eve.test"}
    assert "Hi Eve," in bodies["eve@eve.test"]
    assert "“a night theme”" in bodies["eve@eve.test"]
    assert "It is under Settings." in bodies["tom@tom.test"]
    after = use.find_idea(desk.ws, dark.idea.name)
    assert after.idea.state is IdeaState.SHIPPED
    with pytest.raises(BadInput, match="Everybody who asked for it has been told"):
        use.letters_about(desk.ws, after, IdeaState.SHIPPED, "Now.", "", desk.now)

    late = wish(desk, "Late", hours=1)
    use.vote(desk.ws, late, after.idea, "dark", desk.tick())
    again = use.letters_about(
        desk.ws, use.find_idea(desk.ws, dark.idea.name), IdeaState.SHIPPED, "Now.", "", desk.now
    )
    assert [one.person for one in again] == ["late@late.test"]


def test_undo_takes_mails_and_state_back_and_they_can_be_told_after_all(desk: Desk) -> None:
    tom = wish(desk, "Tom")
    dark = use.log_idea(desk.ws, tom, "Dark mode", "dark", "eyes", desk.tick())
    use.tell_voters(desk.ws, dark, IdeaState.DECLINED, "I am alone.", "Use f.lux.", desk.tick())
    assert outbox.live_items(desk.ws.store)

    desk.undo()

    assert not outbox.live_items(desk.ws.store)
    back = use.find_idea(desk.ws, dark.idea.name)
    assert back.idea.state is IdeaState.CONSIDERING
    assert use.letters_about(desk.ws, back, IdeaState.SHIPPED, "Now.", "", desk.now)


def test_a_voter_nobody_can_write_to_is_named_and_the_others_are_told(desk: Desk) -> None:
    tom = wish(desk, "Tom")
    nobody = wish(desk, "Nobody", sender="nobody")
    dark = use.log_idea(desk.ws, tom, "Dark mode", "dark", "", desk.tick())
    use.vote(desk.ws, nobody, dark.idea, "dark", desk.tick())
    wanted = use.find_idea(desk.ws, dark.idea.name)

    written = use.tell_voters(desk.ws, wanted, IdeaState.SHIPPED, "Now.", "", desk.tick())

    assert [bool(one.trouble) for one in written] == [False, True]
    queued = events.events_of_kinds(desk.ws.store, EventKind.QUEUED)
    assert [event.ticket for event in queued] == [tom.id]


def test_what_can_not_be_is_said(desk: Desk) -> None:
    tom = wish(desk, "Tom")
    with pytest.raises(BadInput, match="An idea needs a title"):
        use.log_idea(desk.ws, tom, " ", "", "", desk.tick())
    with pytest.raises(NotFound, match="no idea 'zzz'"):
        use.find_idea(desk.ws, "zzz")
    dark = use.log_idea(desk.ws, tom, "Dark mode", "", "", desk.tick())
    with pytest.raises(BadInput, match="Declined why"):
        use.change_idea(desk.ws, dark.idea, desk.tick(), state="declined")
    with pytest.raises(BadInput, match="begins with https"):
        use.change_idea(desk.ws, dark.idea, desk.tick(), url="javascript:1")
    with pytest.raises(BadInput, match="one and the same"):
        use.join_ideas(desk.ws, dark.idea, dark.idea, desk.tick())
    with pytest.raises(BadInput, match="What can they do instead"):
        use.letters_about(desk.ws, dark, IdeaState.DECLINED, "No.", "", desk.now)
    with pytest.raises(BadInput, match="when an idea is shipped or declined"):
        use.letters_about(desk.ws, dark, IdeaState.PLANNED, "No.", "", desk.now)


def test_an_idea_that_looks_alike_is_found_among_two_thousand(desk: Desk) -> None:
    tom = wish(desk, "Tom")
    with desk.ws.store.write():
        for number in range(2_000):
            data = {
                "title": f"Wish {number} about topic {number % 97}",
                "words": "",
                "problem": "x",
            }
            at = desk.tick()
            events.append_event(
                desk.ws.store, at, "Ana", f"gone{number}", EventKind.IDEA_LOGGED, {**data}
            )
    dark = use.log_idea(desk.ws, tom, "Dark mode for the editor", "", "", desk.tick())

    [first, *_] = use.similar_ideas(desk.ws, "please add a dark mode to the editor")
    assert first.idea.id == dark.idea.id
    assert len(use.list_ideas(desk.ws)) == 2_001
    write_voters(desk.ws.store, {})
    assert use.idea_in(desk.ws, tom) is not None
