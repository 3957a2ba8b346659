"""What was said in another help desk, as the mail it was, or would have been."""

import base64
import html
import re
from email.utils import format_datetime

from founder_inbox.core.display import safe_line
from founder_inbox.core.helpdesk.conversation import Conversation, Entry, Voice
from founder_inbox.core.letters.fields import (
    Field,
    address_field,
    folded,
    id_field,
    is_message_id,
    text_field,
)
from founder_inbox.core.model import Address
from founder_inbox.errors import BadInput

_NOBODY = "unknown@import.founder-inbox.invalid"
_LETTERS = re.compile(r"[^a-z0-9]+")


def message_id_of(conversation: Conversation, entry: Entry) -> str:
    """The mail's own id where the help desk kept it; else one that is the same in every import."""
    if is_message_id(entry.message_id):
        return entry.message_id
    if is_message_id(f"<{entry.message_id}>"):
        return f"<{entry.message_id}>"
    names = (_LETTERS.sub("-", part.casefold())[:40] for part in (conversation.id, entry.id))
    desk = _LETTERS.sub("", conversation.desk.casefold())
    return f"<{desk}.{'.'.join(names)}@import.founder-inbox.invalid>"


def mail_of(conversation: Conversation, entry: Entry, ours: Address) -> bytes:
    """The mail with CRLF. It answers the conversation's first one. `ours` is the account."""
    own, first = message_id_of(conversation, entry), _first_id(conversation)
    customer = conversation.customer if conversation.customer.address else Address("", _NOBODY)
    if entry.voice is Voice.US:
        sender, to = Address(entry.author.name, ours.address), entry.to or (customer,)
    else:
        sender = entry.author if entry.author.address else customer
        to = (ours,)
    kind = "html" if entry.html else "plain"
    body = base64.encodebytes(_text(entry, conversation.desk).encode()).replace(b"\n", b"\r\n")
    return b"".join(
        [
            folded(Field.DATE, [format_datetime(entry.at)]),
            _people(Field.FROM, (sender,)) or _people(Field.FROM, (Address("", _NOBODY),)),
            _people(Field.TO, to),
            _people(Field.CC, entry.cc),
            text_field(Field.SUBJECT, conversation.subject),
            id_field(Field.MESSAGE_ID, [own]),
            b"" if own == first else id_field(Field.REFERENCES, [first]),
            folded(Field.MIME_VERSION, ["1.0"]),
            folded(Field.CONTENT_TYPE, [f"text/{kind};", "charset=utf-8"]),
            folded(Field.TRANSFER_ENCODING, ["base64"]),
            b"\r\n",
            body,
        ]
    )


def _first_id(conversation: Conversation) -> str:
    mails = (entry for entry in conversation.entries if entry.voice is not Voice.NOTE)
    return message_id_of(conversation, next(mails, conversation.entries[0]))


def _text(entry: Entry, desk: str) -> str:
    """Its words, and the names of the files that the export does not hold.

    Said without a no: the sorter reads it, too.
    """
    words = entry.text.encode(errors="replace").decode()
    if not entry.files:
        return words
    names = ", ".join(entry.files)
    if entry.html:
        return f"{words}<p>[Attached in {desk}: {html.escape(names)}]</p>"
    return f"{words}\n\n[Attached in {desk}: {names}]\n"


def _people(name: Field, people: tuple[Address, ...]) -> bytes:
    """The field, without those that are no address; nothing where nobody is left."""
    fine: list[Address] = []
    for person in people[:100]:
        clean = Address(safe_line(person.name, 200), person.address.strip())
        try:
            address_field(name, [clean], smtputf8=True)
        except BadInput:
            continue
        fine.append(clean)
    return address_field(name, fine, smtputf8=True) if fine else b""
