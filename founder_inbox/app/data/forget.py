"""The right to be forgotten (GDPR, art. 17): what is erased, what stays and why, and doing it.

A ticket that only this person wrote in goes as a whole. Where other customers wrote, too, their
mails and yours to them stay: what they wrote is theirs. One line `forgotten` says what went, by
hashes, and is what every other machine follows.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from founder_inbox.app.data.own_files import read_own_files
from founder_inbox.app.queue.faq_files import take_back_articles
from founder_inbox.app.queue.tickets import load_tickets
from founder_inbox.app.reading.attachments import forget_opened
from founder_inbox.app.reading.forgetting import follow
from founder_inbox.app.reading.voters import read_ideas
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_line
from founder_inbox.core.knowledge.article import parse_article, without_asked
from founder_inbox.core.knowledge.causes import causes
from founder_inbox.core.sharing.forgotten import mark_of, read_forgotten
from founder_inbox.core.tickets.facts import Role
from founder_inbox.core.tickets.journal import Event, EventKind, Json, effective
from founder_inbox.core.times import from_text_or_none
from founder_inbox.errors import AlreadyRunning, BadInput, NotFound
from founder_inbox.store import erasing, events, forgotten, outbox, whose
from founder_inbox.store.outbox import OutboxItem
from founder_inbox.system.files import write_whole

_OURS = frozenset({Role.US, Role.TEAMMATE, Role.INTERNAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is here of one person. `whole` tickets go, of `shared` ones only their mails.

    `places`: mails by mailbox on the server. `own_files` name them and stay; `copies` are whole
    databases that were set aside. `others`: other people's mails that went to them, too. `kept`:
    ideas and causes they began that others share; of these only their words go.
    """

    address: str
    name: str
    whole: tuple[str, ...]
    shared: tuple[str, ...]
    mails: int
    notes: int
    lines: int
    kept: int
    drafts: int
    waiting: int
    places: Mapping[str, int]
    others: int
    articles: tuple[str, ...]
    own_files: tuple[str, ...]
    copies: tuple[Path, ...]


@dataclass(slots=True)
class _Theirs:
    """The same as rows of the database."""

    plan: Plan
    mails: list[whose.Mail] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    emptied: list[str] = field(default_factory=list)
    drafts: tuple[str, ...] = ()
    outbox: tuple[int, ...] = ()
    articles: list[Event] = field(default_factory=list)


def look(ws: Workspace, given: str) -> Plan:
    """What forgetting an address would erase; changes nothing.

    Raises BadInput for what is no customer's address, NotFound for who is not here.
    """
    return _find(ws, given).plan


def forget(ws: Workspace, given: str, now: datetime) -> Plan:
    """Erase it here, for good, and leave word for the server and other machines.

    One transaction: all of it or nothing. Returns what was erased. The server's part and the
    file's follow (`app.syncing.forgetting`). Raises as `look`, and AlreadyRunning while a mail to
    them is leaving.
    """
    theirs = _find(ws, given)
    with ws.store.write():
        theirs = _find(ws, given)
        leaving = [outbox.outbox_item(ws.store, number) for number in theirs.outbox]
        if any(_is_leaving(item) for item in leaving):
            raise AlreadyRunning(
                "A mail to them is leaving this moment. Nothing was erased; try again in a minute."
            )
        ids = [mail.message_id for mail in theirs.mails]
        line = _say(ws, theirs, now)
        forgotten.note_forgotten(ws.store, line.id, theirs.plan.address, ids)
        erasing.erase_loose(ws.store, theirs.drafts, theirs.outbox)
        follow(ws.store, read_forgotten(line.id, line.data), now, ids)
    _tidy_articles(ws, theirs)
    forget_opened(ws)
    return theirs.plan


def _say(ws: Workspace, theirs: _Theirs, now: datetime) -> Event:
    marks = {
        mark_of(mail.message_id, mail.sender, from_text_or_none(mail.date)) for mail in theirs.mails
    }
    data: dict[str, Json] = {
        "mails": [*sorted(marks)],
        "keys": [*sorted({mail.key for mail in theirs.mails})],
        "tickets": [*sorted(theirs.names)],
        "lines": [*sorted(theirs.lines)],
        "emptied": [*sorted(theirs.emptied)],
    }
    return events.append_event(ws.store, now, ws.actor, None, EventKind.FORGOTTEN, data)


def _find(ws: Workspace, given: str) -> _Theirs:
    address = _checked(ws, given)
    keys = whose.tickets_with(ws.store, address)
    mails = {key: whose.mails_in(ws.store, key) for key in keys}
    alone = [key for key in keys if _is_alone(mails[key], address)]
    shared = [key for key in keys if key not in alone]
    others = {key: _customers(mails[key]) - {address} for key in shared}
    theirs = [m for key in alone for m in mails[key]]
    theirs += [m for key in shared for m in mails[key] if _is_theirs(m, address, others[key])]
    shared = [key for key in shared if any(mail.ticket == key for mail in theirs)]
    names = whose.names_of(ws.store, alone)
    loose = whose.loose_ends(ws.store, address, names)
    if not keys and not any((loose.lines, loose.drafts, loose.outbox)):
        raise NotFound(f"Nobody here has the address {safe_line(address, 80)}. Nothing was erased.")
    gone, emptied = _ideas_and_causes(ws, names)
    tickets = {ticket.key: ticket for ticket in load_tickets(ws.store, [*alone, *shared])}
    articles = [e for key in alone for e in _articles(ws, key)]
    kinds = whose.count_lines(ws.store, names)
    people = (tickets[key].state.customer for key in alone if key in tickets)
    name = next((p.name for p in people if p.name and p.address.casefold() == address), "")
    plan = Plan(
        address=address,
        name=name,
        whole=tuple(tickets[key].id for key in alone if key in tickets),
        shared=tuple(tickets[key].id for key in shared if key in tickets),
        mails=len(theirs),
        notes=kinds.get("note", 0),
        lines=sum(kinds.values()) + len({*loose.lines, *gone}) - len(emptied),
        kept=len(emptied),
        drafts=whose.count_drafts(ws.store, names) + len(loose.drafts),
        waiting=sum(_is_live(outbox.outbox_item(ws.store, n)) for n in loose.outbox),
        places=whose.places_of(ws.store, [mail.id for mail in theirs]),
        others=whose.others_naming(ws.store, address, [*alone, *shared]),
        articles=tuple(str(event.data.get("file", "")) for event in articles),
        own_files=tuple(_naming(ws, address, name)),
        copies=tuple(sorted(ws.paths.data.glob(f"{ws.paths.database.stem}-before-*.db"))),
    )
    lines = [*loose.lines, *gone]
    return _Theirs(plan, theirs, names, lines, emptied, loose.drafts, loose.outbox, articles)


def _checked(ws: Workspace, given: str) -> str:
    address = given.strip().casefold()
    if "@" not in address or any(c.isspace() for c in address):
        raise BadInput(f"{safe_line(given, 80)!r} is no mail address. Nothing was erased.")
    if address in {own.casefold() for own in ws.household.own} | ws.household.teammates:
        raise BadInput(f"{safe_line(address, 80)} is one of you. Only customers are forgotten.")
    return address


def _customers(mails: Iterable[whose.Mail]) -> set[str]:
    return {mail.person for mail in mails if mail.role == Role.CUSTOMER}


def _is_alone(mails: list[whose.Mail], address: str) -> bool:
    return _customers(mails) <= {address}


def _is_theirs(mail: whose.Mail, address: str, others: set[str]) -> bool:
    """In a ticket with others: what they wrote, and what was written to nobody else of these."""
    if address in {mail.person, mail.sender.casefold()}:
        return True
    return mail.role in _OURS and address in mail.to and not (mail.to & others)


def _ideas_and_causes(ws: Workspace, names: list[str]) -> tuple[list[str], list[str]]:
    """Lines that go although others named them later, and those that others still need."""
    gone = set(names)
    kinds = (EventKind.CAUSE_NAMED, EventKind.CAUSE_LINKED, EventKind.CAUSE_UNLINKED)
    found = causes(events.events_of_kinds(ws.store, *kinds, EventKind.UNDONE))
    wanted = {idea.id: {vote.ticket for vote in idea.votes} for idea in read_ideas(ws.store)}
    wanted |= {cause.id: set(cause.tickets) for cause in found}
    began = {
        event.id
        for event in events.events_of_kinds(ws.store, EventKind.IDEA_LOGGED, EventKind.CAUSE_NAMED)
        if event.ticket in gone
    }
    kept = sorted(id_ for id_ in began if wanted.get(id_, set()) - gone)
    return whose.words_of_idea(ws.store, sorted(began - {*kept})), kept


def _articles(ws: Workspace, key: int) -> list[Event]:
    found = effective(events.events_of_ticket(ws.store, key))
    return [event for event in found if event.kind is EventKind.FAQ_WRITTEN]


def _naming(ws: Workspace, address: str, name: str) -> list[str]:
    """The founder's own files with the address in them, or the whole name."""
    wanted = [address.encode(), *([name.casefold().encode()] if " " in name.strip() else [])]
    files = read_own_files(ws.paths).items()
    return [file for file, body in files if any(word in _folded(body) for word in wanted)]


def _folded(body: bytes) -> bytes:
    return body.decode("utf-8", "replace").casefold().encode()


def _is_live(item: OutboxItem | None) -> bool:
    return item is not None and item.state != "sent"


def _is_leaving(item: OutboxItem | None) -> bool:
    return item is not None and item.state == "sending"


def _tidy_articles(ws: Workspace, theirs: _Theirs) -> None:
    """An article nobody has touched goes; out of the others goes what the customer asked."""
    take_back_articles(ws, theirs.articles)
    for name in theirs.plan.articles:
        path = ws.paths.faq / Path(name).name
        with suppress(OSError, UnicodeDecodeError, BadInput):
            text = path.read_text(encoding="utf-8")
            parse_article(text, path.name)  # what is no article is not written to
            if (left := without_asked(text)) != text:
                write_whole(path, [left.encode()])
