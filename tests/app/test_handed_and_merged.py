"""A ticket with a teammate that is merged or split meanwhile: their answer finds its way."""

from datetime import timedelta

import pytest

from founder_inbox.app.queue import merging, triage
from founder_inbox.app.queue.tickets import Choice, find_ticket, list_tickets, view_ticket
from founder_inbox.app.sending import hand_off
from founder_inbox.core.model import Status
from founder_inbox.core.tickets.entry import EntryKind, Ticket
from founder_inbox.store import messages
from tests.app.letters import letter
from tests.app.test_handed_off import REASON, MakeTeam, Team, make_team

__all__ = ["make_team"]
ANSWER = "It is the index."


@pytest.fixture
def team(make_team: MakeTeam) -> Team:
    return make_team()


def asks(team: Team, subject: str, number: int, references: str = "") -> None:
    """The customer writes, five minutes later."""
    team.moment += timedelta(minutes=5)
    raw = letter(
        subject,
        f"Words number {number}.",
        to=team.account.address,
        message_id=f"<{number}@okafor.test>",
        references=references,
        date=team.moment,
    )
    team.account.append(raw, at=team.moment)
    team.sync()


def everything(team: Team) -> list[Ticket]:
    return list_tickets(team.ws.store, Choice(everything=True), team.moment, None)


def again(team: Team, ticket: Ticket) -> Ticket:
    return find_ticket(team.ws.store, ticket.id)


def hand(team: Team, ticket: Ticket) -> None:
    hand_off.hand_off(team.ws, again(team, ticket), REASON, team.moment)
    team.sync(seconds=30)


def mate_answers(team: Team, about: Ticket) -> None:
    """The teammate writes to us; nothing but the mark in the subject says about what."""
    team.moment += timedelta(minutes=1)
    raw = letter(
        f"Re: [hand-off #{about.id}] whatever",
        ANSWER,
        sender=f"Vladimir <{team.mate.address}>",
        to=team.account.address,
        message_id="<answer@vlad.test>",
        date=team.moment,
    )
    team.account.append(raw, at=team.moment)
    team.sync()


def notes(team: Team, ticket: Ticket) -> list[str]:
    history = view_ticket(team.ws.store, again(team, ticket)).history
    return [entry.text for entry in history if entry.kind is EntryKind.NOTE]


def status(team: Team) -> Status:
    return team.ticket.state.status


def two_tickets(team: Team) -> tuple[Ticket, Ticket]:
    old = team.ticket
    asks(team, "The colour is wrong", 7)
    [new] = [ticket for ticket in everything(team) if ticket.id != old.id]
    return old, new


@pytest.mark.parametrize("handed_is_older", [True, False])
def test_merged_with_an_open_one_it_is_open_and_the_answer_comes_into_it(
    team: Team, handed_is_older: bool
) -> None:
    old, new = two_tickets(team)
    handed, beside = (old, new) if handed_is_older else (new, old)
    hand(team, handed)
    merging.merge(team.ws, [again(team, handed)], again(team, beside), team.moment)
    assert (team.ticket.id, team.ticket.state.status) == (old.id, Status.OPEN)

    mate_answers(team, handed)

    state = team.ticket.state
    assert (state.status, state.back_from) == (Status.OPEN, team.ws.config.teammates[0].name)
    assert notes(team, old) == [ANSWER]


@pytest.mark.parametrize("handed_is_older", [True, False])
def test_merged_with_a_closed_one_it_stays_with_the_teammate_and_comes_back(
    team: Team, handed_is_older: bool
) -> None:
    old, new = two_tickets(team)
    handed, beside = (old, new) if handed_is_older else (new, old)
    triage.close(team.ws, [again(team, beside)], team.moment)
    hand(team, handed)
    merging.merge(team.ws, [again(team, handed)], again(team, beside), team.moment)
    assert status(team) is Status.HANDED_OFF

    asks(team, "Re: The colour is wrong", 8, "<7@okafor.test>")
    team.sync(seconds=30)
    assert status(team) is Status.HANDED_OFF
    assert [m["Subject"] for m in team.got() if "Words number 8" in str(m)]

    team.sync(days=3)
    assert status(team) is Status.OPEN


def test_the_merge_taken_back_after_the_answer_leaves_it_where_it_was_asked(team: Team) -> None:
    old, new = two_tickets(team)
    hand(team, new)
    merging.merge(team.ws, [again(team, new)], again(team, old), team.moment)
    mate_answers(team, new)

    triage.undo(team.ws, team.moment)

    assert notes(team, old) == []
    assert notes(team, new) == [ANSWER]
    assert again(team, new).state.back_from == team.ws.config.teammates[0].name


def test_a_mail_split_off_is_ours_and_the_answer_comes_to_what_was_handed_off(team: Team) -> None:
    handed = team.ticket
    asks(team, "Re: Export is empty", 2, "<1@okafor.test>")
    hand(team, handed)
    history = messages.messages_of_ticket(team.ws.store, again(team, handed).key)
    [second] = [m for m in history if m.message_id == "<2@okafor.test>"]

    apart = merging.split(team.ws, again(team, handed), second, team.moment)
    assert (again(team, apart).state.status, again(team, handed).state.status) == (
        Status.OPEN,
        Status.HANDED_OFF,
    )
    mate_answers(team, handed)

    assert notes(team, handed) == [ANSWER]
    assert notes(team, apart) == []
    assert again(team, apart).state.back_from is None


def test_the_mail_that_was_handed_off_split_away_keeps_its_answer_with_the_history(
    team: Team,
) -> None:
    """The mark names the ticket, and the ticket is where its history is."""
    old, new = two_tickets(team)
    kept = merging.merge(team.ws, [again(team, new)], again(team, old), team.moment)
    hand(team, kept)
    history = messages.messages_of_ticket(team.ws.store, kept.key)
    [colour] = [m for m in history if m.message_id == "<7@okafor.test>"]
    apart = merging.split(team.ws, again(team, kept), colour, team.moment)

    mate_answers(team, kept)

    assert notes(team, kept) == [ANSWER]
    assert again(team, kept).state.back_from == team.ws.config.teammates[0].name
    assert again(team, apart).state.status is Status.OPEN
