"""Tickets of Zammad: from the ticket lists and the articles of its REST API.

Source: Zammad's documentation, REST API, "Tickets" (also with `expand=true`) and "Articles".
Which number is which state is each installation's own; the names come with `expand=true`.
"""

from collections.abc import Iterable, Mapping

from founder_inbox.core.helpdesk import values
from founder_inbox.core.helpdesk.conversation import (
    Broken,
    Conversation,
    Entry,
    Found,
    LeftOut,
    State,
    Voice,
)
from founder_inbox.core.helpdesk.values import Record, Value
from founder_inbox.core.model import Address

DESK = "Zammad"
_STATES = {
    "new": State.OPEN,
    "open": State.OPEN,
    "pending reminder": State.PENDING,
    "pending close": State.PENDING,
    "closed": State.CLOSED,
}
# As a new installation numbers them.
_NUMBERED = {"1": "new", "2": "open", "3": "pending reminder", "4": "closed", "5": "merged",
             "6": "removed", "7": "pending close"}  # fmt: skip
_SENDERS = {"1": "Agent", "2": "Customer", "3": "System"}
_NO_WORK = frozenset({"merged", "removed"})


def is_ticket(record: Record) -> bool:
    """Whether an object looks like a ticket."""
    return {"number", "title", "group_id"} <= record.keys()


def is_article(record: Record) -> bool:
    """Whether an object looks like an article."""
    return {"ticket_id", "body", "content_type"} <= record.keys()


def read_ticket(
    ticket: Record, articles: Iterable[Record], users: Mapping[str, Record], tags: Iterable[Value]
) -> Found:
    """One ticket with its articles; `users` by id, where the API gave them along."""
    number = values.text(ticket.get("id"))
    name = values.text(ticket.get("state"))
    name = (name or _NUMBERED.get(values.text(ticket.get("state_id")), "")).casefold()
    if name in _NO_WORK:
        return LeftOut()
    if not number:
        return Broken("it has no id")
    if name not in _STATES:
        return Broken("its state is not known; ask for it with expand=true")
    customer = _user(ticket.get("customer"), users.get(values.text(ticket.get("customer_id"))))
    entries = [entry for article in articles if (entry := _entry(article, customer))]
    if not entries:
        return Broken("its articles are missing; save those of each ticket beside it")
    return Conversation(
        desk=DESK,
        id=number,
        subject=values.line(ticket.get("title")),
        customer=customer,
        state=_STATES[name],
        entries=tuple(sorted(entries, key=lambda entry: (entry.at, int(entry.id or 0)))),
        tags=tuple(filter(None, (values.line(tag, 60) for tag in tags))),
        assignee=_user(ticket.get("owner"), users.get(values.text(ticket.get("owner_id")))),
    )


def _entry(article: Record, customer: Address) -> Entry | None:
    at, number = values.time(article.get("created_at")), values.text(article.get("id"))
    voice = _voice(article)
    body = values.text(article.get("body"))
    if at is None or voice is None or not (number.isdecimal() and len(number) < 20):
        return None
    files = values.items(article.get("attachments"))
    if not body.strip() and not files:
        return None
    return Entry(
        id=number,
        voice=voice,
        at=at,
        author=_author(article, customer if voice is Voice.CUSTOMER else Address("", "")),
        text=body,
        html=values.text(article.get("content_type")).startswith("text/html"),
        to=values.people(article.get("to")),
        cc=values.people(article.get("cc")),
        files=tuple(filter(None, (values.line(_file(f).get("filename"), 120) for f in files))),
        message_id=values.text(article.get("message_id")).strip()[:900],
    )


def _voice(article: Record) -> Voice | None:
    """Nothing of what Zammad itself wrote, such as "we have received your mail"."""
    sender = values.text(article.get("sender"))
    sender = sender or _SENDERS.get(values.text(article.get("sender_id")), "")
    if article.get("internal") is True:
        return Voice.NOTE
    return {"Customer": Voice.CUSTOMER, "Agent": Voice.US}.get(sender)


def _author(article: Record, otherwise: Address) -> Address:
    """The From as the article has it: a mailbox, or a mere name."""
    given = values.line(article.get("from"))
    if found := values.people(given):
        return found[0]
    return Address(given.strip('" ') or otherwise.name, otherwise.address)


def _user(login: Value, known: Record | None) -> Address:
    """A user by the address that `expand=true` gives, or by their record."""
    record = known or {}
    names = (values.line(record.get(part), 100) for part in ("firstname", "lastname"))
    address = values.line(record.get("email") or login, 320)
    name = " ".join(name for name in names if name not in {"", "-"})
    return Address(name, address if "@" in address else "")


def _file(value: Value) -> Record:
    return values.record(value)
