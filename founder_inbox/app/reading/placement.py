"""Where a mail is filed: by what we signed, by ids, by what a subject says, else a new thread.

In this order, and with less trust from step to step; a mail whose sender's domain does not stand
by it joins nobody's ticket unless that address is known there.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.letters.handoff import hand_off_mark
from founder_inbox.core.letters.own_ids import is_genuine, parse_own_id
from founder_inbox.core.model import Mail, MailKind
from founder_inbox.core.relays import is_relay
from founder_inbox.core.tickets import threading
from founder_inbox.core.tickets.quoting import quotes_any
from founder_inbox.store import messages, threads, tickets
from founder_inbox.store.settings import ticket_secret_of
from founder_inbox.store.threads import Thread
from founder_inbox.store.voices import texts_sent_in_ticket, was_there

UNPROVEN = (
    "It names mails of another ticket, but its sender's domain does not stand by it (DMARC), and "
    "that address is not known there. So it stands alone."
)


@dataclass(frozen=True, slots=True)
class Placed:
    """The mail, its thread (None: a new one), and other threads that its ids name.

    The mail may come back changed: with an id more, by which it belongs, or kept apart.
    """

    mail: Mail
    thread: int | None = None
    others: tuple[int, ...] = ()


def place(ws: Workspace, mail: Mail, at: datetime, *, in_sent: bool) -> Placed:
    """Find the thread of a mail that came in at a moment; what lies in Sent is ours."""
    placed = _by_ids(ws, mail, in_sent=in_sent)
    if placed.thread is not None and not in_sent and _is_unproven(ws, mail, placed.thread):
        kept = threading.apart(mail)
        return Placed(replace(kept, warnings=(*kept.warnings, UNPROVEN)))
    if placed.thread is None and mail.kind is MailKind.CUSTOMER:
        return _by_likeness(ws, mail, at)
    return placed


def _by_ids(ws: Workspace, mail: Mail, *, in_sent: bool) -> Placed:
    signed = _by_own_id(ws, mail, in_sent=in_sent)
    if signed is not None:
        return _under(ws, mail, signed)
    about = mail.bounce.message_id if mail.bounce else None
    ids = threading.candidate_ids(mail)
    homes = messages.threads_of(ws.store, [about, *ids] if about else ids)
    if about in homes:
        return Placed(mail, homes[about])
    return Placed(mail, *threading.by_ids(mail, homes))


def _by_own_id(ws: Workspace, mail: Mail, *, in_sent: bool) -> Thread | None:
    """The thread of the ticket that our signed id in References names, or a teammate's mark.

    What lies in Sent is ours whoever signed it: another machine has a secret of its own.
    """
    secret = ticket_secret_of(ws.store)
    for reference in reversed(mail.references):
        own = parse_own_id(reference)
        if own and (in_sent or is_genuine(own, secret)):
            return threads.threads_named(ws.store, [own.ticket]).get(own.ticket)
    mark = hand_off_mark(mail.subject, mail.references, secret)
    from_team = mail.sender.address.casefold() in ws.household.teammates
    if mark and (mark.proven or from_team or in_sent):
        return threads.threads_named(ws.store, [mark.ticket]).get(mark.ticket)
    return None


def _under(ws: Workspace, mail: Mail, thread: Thread) -> Placed:
    """What names only the ticket of a mail that was split off answers that mail.

    So it goes wherever that mail is, also when the split is taken back.
    """
    if threads.holds_mail(ws.store, thread.key):
        return Placed(mail, thread.key)
    mail = replace(mail, references=(*mail.references, thread.root))
    return Placed(mail, *threading.by_ids(mail, messages.threads_of(ws.store, [thread.root])))


def _is_unproven(ws: Workspace, mail: Mail, thread: int) -> bool:
    if not mail.unproven or mail.kind is MailKind.BOUNCE:
        return False
    address = mail.sender.address
    if address.casefold() in ws.household.own | ws.household.teammates:
        return False
    ticket = threads.thread_with_key(ws.store, thread).ticket
    return not was_there(ws.store, ticket, address)


def _by_likeness(ws: Workspace, mail: Mail, at: datetime) -> Placed:
    """A ticket of the same sender: named in the subject, or a conversation of Outlook's.

    Last, one with the same subject. Nobody else's, and none by way of a contact form, whose mails
    all come from one address.
    """
    if is_relay(mail.sender, mail.reply_to):
        return Placed(mail)
    named = _own_ticket_named(ws, mail)
    if named is not None:
        return _under(ws, mail, named)
    if mail.conversation:
        homes = messages.threads_of(ws.store, [mail.conversation])
        if homes:
            return Placed(mail, homes[mail.conversation])
    match = tickets.subject_match(ws.store, mail.sender.address, mail.subject)
    if match is None:
        return Placed(mail)
    ours = texts_sent_in_ticket(ws.store, match.ticket) if mail.quoted else []
    match = replace(match, quoted=quotes_any(mail.text, ours))
    return Placed(mail, threading.by_subject(mail, match, at))


def _own_ticket_named(ws: Workspace, mail: Mail) -> Thread | None:
    """The thread of a ticket of this very customer that the subject names by its id."""
    for thread in threads.threads_named(ws.store, threading.named_tickets(mail.subject)).values():
        ticket = tickets.ticket_with_key(ws.store, thread.ticket)
        theirs = ticket.state.customer.address.casefold() if ticket else ""
        if theirs and theirs == mail.sender.address.casefold():
            return thread
    return None
