"""Ideas: logged with the customers' words, joined, decided, and everybody told once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from founder_inbox.app.knowledge.named import one_named
from founder_inbox.app.queue.triage import record, record_act
from founder_inbox.app.reading.voters import read_ideas, recount_voters
from founder_inbox.app.sending.canned import fill_reply, find_reply, used_reply
from founder_inbox.app.sending.mailing import Letter, as_letter, put_out
from founder_inbox.app.sending.tongues import Words, by_language, tongue_of, words_for
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_line
from founder_inbox.core.knowledge.ideas import SETTLED, TOLD_IN, Idea, IdeaState
from founder_inbox.core.knowledge.questions import asking_sentences, most_alike
from founder_inbox.core.knowledge.terms import terms
from founder_inbox.core.letters.reply_draft import mailbox
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Role, Then
from founder_inbox.core.tickets.journal import EventKind, Json
from founder_inbox.errors import BadInput
from founder_inbox.store import events, messages
from founder_inbox.store.ideas import people_in
from founder_inbox.store.outbox import outbox_item
from founder_inbox.store.settings import machine_of
from founder_inbox.store.tickets import ticket_with_key

_LONGEST = 1_000
_LETTERS = {IdeaState.SHIPPED: "shipped", IdeaState.DECLINED: "no-idea-fit"}


@dataclass(frozen=True, slots=True)
class Voter:
    """One customer, in however many tickets; `words` are their first, `ticket` their last."""

    address: str
    name: str
    ticket: str
    key: int
    words: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """An idea with the people who want it."""

    idea: Idea
    voters: tuple[Voter, ...]


def list_ideas(ws: Workspace) -> list[Wanted]:
    """Every idea: what is to be decided first, then by voters, then the latest changed."""
    known = read_ideas(ws.store)
    people = people_in(ws.store, [vote.ticket for idea in known for vote in idea.votes])
    found = []
    for idea in known:
        voters: dict[str, Voter] = {}
        for vote in idea.votes:
            if (who := people.get(vote.ticket)) is not None:
                person = mailbox(who.address)
                before = voters.get(person)
                words = before.words if before else vote.words
                voters[person] = Voter(who.address, who.name, who.ticket, who.key, words)
        found.append(Wanted(idea, tuple(voters.values())))
    return sorted(
        found,
        key=lambda one: (
            one.idea.state in SETTLED,
            -len(one.voters),
            -one.idea.changed_at.timestamp(),
            one.idea.id,
        ),
    )


def find_idea(ws: Workspace, given: str) -> Wanted:
    """The idea that a name, or its beginning, says. Raises NotFound and BadInput."""
    return one_named(given, list_ideas(ws), lambda one: one.idea.name, "idea")


def their_words(ws: Workspace, ticket: Ticket) -> str:
    """What the customer wishes for: the sentences of their first mail that ask."""
    history = messages.messages_of_ticket(ws.store, ticket.key, 20)
    first = next((m for m in history if m.role is Role.CUSTOMER), None)
    return safe_line(" ".join(asking_sentences(first.new_text)) if first else "", 500)


def similar_ideas(ws: Workspace, text: str) -> list[Wanted]:
    """Ideas that a wish may belong to, the most alike first."""
    known = list_ideas(ws)
    pairs = ((frozenset(terms(f"{one.idea.title}\n{one.idea.problem}")), one) for one in known)
    return most_alike(frozenset(terms(text)), pairs)


def log_idea(
    ws: Workspace, ticket: Ticket, title: str, words: str, problem: str, now: datetime
) -> Wanted:
    """Write a new idea down. Raises BadInput without a title, or where it is in one already."""
    _require_free(ws, ticket)
    if not title.strip():
        raise BadInput("An idea needs a title: a few words you know it by.")
    data = {
        "title": safe_line(title, 200),
        "words": safe_line(words, _LONGEST),
        "problem": safe_line(problem, _LONGEST),
    }
    event = record_act(ws, ticket, EventKind.IDEA_LOGGED, {**data}, now)
    recount_voters(ws.store)
    return next(one for one in list_ideas(ws) if one.idea.id == event.id)


def vote(ws: Workspace, ticket: Ticket, idea: Idea, words: str, now: datetime) -> None:
    """The ticket's customer wants that, too. Raises BadInput where it is in an idea already."""
    _require_free(ws, ticket)
    data: dict[str, Json] = {"idea": idea.id, "words": safe_line(words, _LONGEST)}
    record_act(ws, ticket, EventKind.IDEA_VOTED, data, now)
    recount_voters(ws.store)


def leave_idea(ws: Workspace, ticket: Ticket, now: datetime) -> None:
    """The ticket is about something else. Raises BadInput where it is in no idea."""
    found = idea_in(ws, ticket)
    if found is None:
        raise BadInput(f"#{ticket.id} is in no idea.")
    record_act(ws, ticket, EventKind.IDEA_LEFT, {"idea": found.id}, now)
    recount_voters(ws.store)


def idea_in(ws: Workspace, ticket: Ticket) -> Idea | None:
    """The idea that a ticket is about."""
    known = read_ideas(ws.store)
    people = people_in(ws.store, [vote.ticket for idea in known for vote in idea.votes])
    theirs = {given for given, person in people.items() if person.key == ticket.key}
    return next((i for i in known if any(v.ticket in theirs for v in i.votes)), None)


def change_idea(ws: Workspace, idea: Idea, now: datetime, **said: str) -> Idea:
    """Change `state`, `title`, `problem`, `reason` or `url`. Raises BadInput.

    Who declines says why: it is what the voters are told.
    """
    url = said.get("url", "")
    if url and not url.startswith(("https://", "http://")):
        raise BadInput("The tracker's link begins with https://.")
    if said.get("state") == IdeaState.DECLINED and not (said.get("reason") or idea.reason).strip():
        raise BadInput("Declined why? One sentence, as you would tell those who asked.")
    data: dict[str, Json] = {
        name: text if name == "state" else safe_line(text, _LONGEST) for name, text in said.items()
    }
    events.append_event(
        ws.store, now, ws.actor, None, EventKind.IDEA_CHANGED, {"idea": idea.id, **data}
    )
    return _again(ws, idea)


def join_ideas(ws: Workspace, idea: Idea, into: Idea, now: datetime) -> Idea:
    """Two are one: the votes of `idea` go to `into`. Raises BadInput for one and the same."""
    if idea.id == into.id:
        raise BadInput("That is one and the same idea.")
    data: dict[str, Json] = {"idea": idea.id, "into": into.id}
    events.append_event(ws.store, now, ws.actor, None, EventKind.IDEA_JOINED, data)
    recount_voters(ws.store)
    return _again(ws, into)


def letters_about(
    ws: Workspace, wanted: Wanted, state: IdeaState, text: Words, instead: Words, now: datetime
) -> list[Letter]:
    """One mail for each voter who was not told yet, quoting their words, in their language.

    `text` says what they can do now, or why not; `instead` another way; both may be there in
    several languages. Raises BadInput.
    """
    if state not in TOLD_IN:
        raise BadInput("Voters are written to when an idea is shipped or declined.")
    said, others = by_language(text), by_language(instead)
    if not said:
        raise BadInput("What do they hear? What they can do now, or why not.")
    if state is IdeaState.DECLINED and not others:
        raise BadInput("What can they do instead? Another way, even with another product.")
    written = []
    for voter, ticket in voters_to_tell(ws, wanted, state):
        language, words = words_for(said, tongue_of(ws, ticket))
        reply = find_reply(ws, _LETTERS[state], language)
        answers = {"words": voter.words or wanted.idea.title, "change": words}
        answers |= {"reason": words, "instead": words_for(others, language)[1]}
        filled = fill_reply(ws, ticket, reply, answers, now).text
        written.append(as_letter(ws, mailbox(voter.address), ticket, filled, reply.language))
    if not written:
        raise BadInput("Everybody who asked for it has been told.")
    return written


def voters_to_tell(ws: Workspace, wanted: Wanted, state: IdeaState) -> list[tuple[Voter, Ticket]]:
    """Who has not been told how it ended, each with their ticket."""
    told = _told(ws, wanted.idea, state)
    found = ((voter, ticket_with_key(ws.store, voter.key)) for voter in wanted.voters)
    return [
        (voter, ticket)
        for voter, ticket in found
        if ticket is not None and mailbox(voter.address) not in told
    ]


def tell_voters(
    ws: Workspace, wanted: Wanted, state: IdeaState, text: Words, instead: Words, now: datetime
) -> list[Letter]:
    """Put the mails into the outbox, and the idea into its state, as one act. Raises BadInput.

    Tickets close when their mail was accepted. Who can't be written to is told nothing.
    """
    with ws.store.write():
        written = letters_about(ws, wanted, state, text, instead, now)
        if all(one.trouble for one in written):
            raise BadInput(f"Nobody was written to: {written[0].trouble}")
        numbers = put_out(ws, written, Then.CLOSE, now)
        good = [one.ticket for one in written if one.ticket.id in numbers]
        acts = record(
            ws,
            good,
            EventKind.QUEUED,
            lambda t: {"outbox": [numbers[t.id]], "then": Then.CLOSE},
            now,
        )
        act = acts[0].id
        data: dict[str, Json] = {"idea": wanted.idea.id, "state": state, "act": act}
        mails: dict[str, Json] = {"tickets": [*numbers], "outbox": [*numbers.values()]}
        events.append_event(ws.store, now, ws.actor, None, EventKind.IDEA_TOLD, data | mails)
        reason: dict[str, Json] = {
            "reason": safe_line(words_for(by_language(text), "en")[1], _LONGEST)
        }
        events.append_event(ws.store, now, ws.actor, None, EventKind.IDEA_CHANGED, data | reason)
        used_reply(ws, find_reply(ws, _LETTERS[state], written[0].language or "en"), now)
    return written


def solved_share(ideas: Sequence[Wanted]) -> tuple[int, int]:
    """Of the ideas that are settled, how many were solved by what exists; the book says half."""
    settled = [one.idea.state for one in ideas if one.idea.state in SETTLED]
    return settled.count(IdeaState.SOLVED), len(settled)


def _told(ws: Workspace, idea: Idea, state: IdeaState) -> set[str]:
    """The mailboxes that were told of that state; a mail taken out of the outbox told nobody."""
    here = machine_of(ws.store)
    tickets = [
        ticket
        for told in idea.told
        if told.state is state
        for ticket, number in told.mails
        if told.machine != here or outbox_item(ws.store, number) is not None
    ]
    return {mailbox(person.address) for person in people_in(ws.store, tickets).values()}


def _require_free(ws: Workspace, ticket: Ticket) -> None:
    known = idea_in(ws, ticket)
    if known is not None:
        raise BadInput(f"#{ticket.id} is in the idea “{known.title}” ({known.name}) already.")


def _again(ws: Workspace, idea: Idea) -> Idea:
    return next((one.idea for one in list_ideas(ws) if one.idea.id == idea.id), idea)
