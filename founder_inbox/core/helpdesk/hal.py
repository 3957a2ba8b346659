"""Conversations of Help Scout and of FreeScout, whose API took Help Scout's form.

Sources: Help Scout, Mailbox API 2.0, "List Conversations" and "List Threads"; FreeScout, API &
Webhooks module, "Get Conversation" and "List Conversations". Both with `embed=threads`.
"""

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

_STATES = {
    "active": State.OPEN,
    "open": State.OPEN,
    "pending": State.PENDING,
    "closed": State.CLOSED,
}
# What a thread of each type is; those of "chat" by who wrote it, all others are no words.
_VOICES = {
    "customer": Voice.CUSTOMER,
    "message": Voice.US,
    "reply": Voice.US,
    "note": Voice.NOTE,
    "phone": Voice.NOTE,
    "forwardparent": Voice.NOTE,
}
_CHATS = frozenset({"chat", "beaconchat"})
_UNSAID = frozenset({"draft", "underreview", "deleted"})


def is_conversation(record: Record) -> bool:
    """Whether an object looks like one of these."""
    return "mailboxId" in record and "subject" in record and "number" in record


def read_conversation(record: Record) -> Found:
    """One conversation with its threads."""
    number = values.text(record.get("id"))
    embedded = values.record(record.get("_embedded"))
    # FreeScout names the customer so; with Help Scout it is `primaryCustomer`.
    desk = "Help Scout" if "primaryCustomer" in record else "FreeScout"
    if values.text(record.get("state")) in {"deleted", "draft"} or record.get("status") == "spam":
        return LeftOut()
    if not number:
        return Broken("it has no id")
    if not isinstance(embedded.get("threads"), list):
        return Broken("its threads are missing; ask for them with embed=threads")
    state = _STATES.get(values.text(record.get("status")))
    if state is None:
        return Broken(f"its status “{values.line(record.get('status'), 40)}” is not known")
    threads = values.items(embedded["threads"])[: values.MOST_ENTRIES]
    entries = [entry for thread in threads if (entry := _entry(values.record(thread)))]
    return Conversation(
        desk=desk,
        id=number,
        subject=values.line(record.get("subject")),
        customer=_person(record.get("primaryCustomer") or record.get("customer")),
        state=state,
        entries=tuple(sorted(entries, key=lambda entry: (entry.at, entry.id))),
        tags=tuple(filter(None, map(_tag, _tags(record, embedded)))),
        assignee=_person(record.get("assignee")),
    )


def _entry(thread: Record) -> Entry | None:
    """A thread that says something; None for drafts and for lines about the conversation."""
    at, body = values.time(thread.get("createdAt")), values.text(thread.get("body"))
    voice = _voice(thread)
    if at is None or voice is None or values.text(thread.get("state")) in _UNSAID:
        return None
    files = values.items(values.record(thread.get("_embedded")).get("attachments"))
    if not body.strip() and not files:
        return None
    author = thread.get("createdBy") or thread.get("customer")
    if voice is Voice.CUSTOMER:
        author = thread.get("customer") or author
    return Entry(
        id=values.text(thread.get("id")),
        voice=voice,
        at=at,
        author=_person(author),
        text=body,
        html=True,
        to=values.people(thread.get("to")),
        cc=values.people(thread.get("cc")),
        files=tuple(filter(None, map(_file_name, files))),
    )


def _voice(thread: Record) -> Voice | None:
    kind = values.text(thread.get("type"))
    if kind in _CHATS:
        by = values.text(values.record(thread.get("createdBy")).get("type"))
        return Voice.CUSTOMER if by == "customer" else Voice.US
    return _VOICES.get(kind)


def _person(value: Value) -> Address:
    """Help Scout says `first` and `last`, FreeScout `firstName` and `lastName`."""
    record = values.record(value)
    names = (
        record.get("first", record.get("firstName")),
        record.get("last", record.get("lastName")),
    )
    name = " ".join(filter(None, (values.line(part, 100) for part in names)))
    return Address(name, values.line(record.get("email"), 320))


def _tags(record: Record, embedded: Record) -> list[Value]:
    return [*values.items(record.get("tags")), *values.items(embedded.get("tags"))]


def _tag(value: Value) -> str:
    tag = values.record(value)
    return values.line(tag.get("tag") or tag.get("name") or value, 60)


def _file_name(value: Value) -> str:
    file = values.record(value)
    return values.line(file.get("filename") or file.get("fileName"), 120)
