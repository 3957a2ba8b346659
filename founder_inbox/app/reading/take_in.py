"""Mail in: raw bytes become messages, find their ticket and their lane."""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from founder_inbox.app.reading.forgetting import forget_again, is_forgotten
from founder_inbox.app.reading.parser import ParserUnavailable, Reading, Readings
from founder_inbox.app.reading.placement import place
from founder_inbox.app.reading.project import project_filed, project_tickets
from founder_inbox.app.reading.rehome import rehome
from founder_inbox.app.reading.taken_in import TakenIn
from founder_inbox.app.reading.verdicts import say_sorted
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.lanes import sorter as lanes
from founder_inbox.core.letters.own_ids import original_ids
from founder_inbox.core.mime import quotes, skeleton
from founder_inbox.core.mime.answerable import bears_loop_mark
from founder_inbox.core.mime.version import PARSER_VERSION
from founder_inbox.core.model import Direction, Lane, Mail, MailKind, Verdict
from founder_inbox.core.tickets import threading
from founder_inbox.core.tickets.facts import Role
from founder_inbox.core.tickets.identity import root_of
from founder_inbox.core.tickets.roles import role_of
from founder_inbox.store import mailboxes, messages, threads, unreadable
from founder_inbox.store.mailboxes import RawMail
from founder_inbox.store.parts import left_of_raw
from founder_inbox.store.threads import thread_of_message
from founder_inbox.store.verdicts import follow_lines
from founder_inbox.store.voices import (
    Voices,
    customers_of_ticket,
    texts_sent_in_ticket,
    voices_of_ticket,
)

# Quotes are compared with what is already in the ticket, while that is cheap.
COMPARED_MESSAGES = 30
# Files a mail; says as which message, and whether its thread is new. None: it was forgotten.
File = Callable[[Reading], tuple[int, bool] | None]
UNSORTED = Verdict(Lane.HOWTO, None, (), sure=False)


def take_in(ws: Workspace, batch: Sequence[RawMail], now: datetime) -> TakenIn:
    """Understand one batch: whoever waits for the parser holds no transaction."""
    # The newest batch first, so that it is on screen first; inside it questions before answers.
    in_order = sorted(batch, key=lambda raw: (raw.received_at, raw.id))

    def file(reading: Reading) -> tuple[int, bool] | None:
        raw = in_order[reading.place]
        if is_forgotten(ws.store, reading.mail):
            forget_again(ws.store, raw.id, now)
            return None
        filed = _file(ws, raw, _of_own_list(ws, reading.mail))
        if reading.failure is not None:
            unreadable.note(ws.store, raw.id, PARSER_VERSION, reading.failure, now)
        return filed

    return file_as_read(ws, in_order, file, now)


def _of_own_list(ws: Workspace, mail: Mail) -> Mail:
    """Where support is a list (a Google group, say) its marks do not make a customer a machine."""
    ours = mail.posted_to and mail.posted_to in {own.casefold() for own in ws.household.own}
    return replace(mail, kind=MailKind.CUSTOMER) if ours else mail


def file_as_read(ws: Workspace, raws: Sequence[RawMail], file: File, now: datetime) -> TakenIn:
    """Have mails read, and file each in a transaction that waits for none of them."""
    total = TakenIn()
    messages_filed: set[int] = set()

    def file_whole(reading: Reading) -> tuple[int, bool] | None:
        filed = file(_with_left_parts(ws, raws[reading.place], reading))
        if filed is not None:
            messages_filed.add(filed[0])
        return filed

    try:
        with ws.parser.parse_all([raw.body for raw in raws]) as readings:
            while reading := readings.wait():
                total |= _file_ready(ws, file_whole, reading, readings, now)
    except ParserUnavailable as trouble:
        total = replace(total, trouble=trouble)
    # Once for them all, and not with each: lines of the journal go to every machine.
    say_sorted(ws.store, messages_filed, now)
    return total


def _file_ready(
    ws: Workspace, file: File, first: Reading, more: Readings, now: datetime
) -> TakenIn:
    """File, in one transaction, a mail and those that are read by then."""
    filed: dict[int, bool] = {}
    reading: Reading | None = first
    ws.learned.now()  # what takes a moment to learn is learned before others are kept waiting
    with ws.store.write_again():
        while reading is not None:
            if (found := file(reading)) is not None:
                filed[found[0]] = found[1] or filed.get(found[0], False)
            reading = more.ready()
        return _bring_home(ws, filed, now)


def _bring_home(ws: Workspace, filed: dict[int, bool], now: datetime) -> TakenIn:
    """Put filed messages (each with whether its thread is new) where merges and splits say."""
    moved = rehome(ws.store, {thread_of_message(ws.store, m).key for m in filed}, now)
    homes = {message: messages.ticket_of_message(ws.store, message) for message in filed}
    follow_lines(ws.store, filed)
    new = {homes[message] for message, is_new in filed.items() if is_new}
    filed_in = Counter(homes.values())
    project_tickets(ws.store, moved, now)
    project_filed(ws.store, {key: filed_in[key] for key in filed_in.keys() - moved}, now)
    return TakenIn(frozenset(new), frozenset({*homes.values(), *moved} - new))


def _with_left_parts(ws: Workspace, raw: RawMail, reading: Reading) -> Reading:
    """What the database knows of a large mail; the mail's own bytes are not asked about it."""
    if raw.complete or reading.failure is not None:
        return reading
    mail, left = reading.mail, left_of_raw(ws.store, raw.id)
    if not left:
        mail = replace(mail, warnings=(*mail.warnings, skeleton.TOO_LARGE))
    return replace(reading, mail=skeleton.with_left_parts(mail, raw.body, left) if left else mail)


def _file(ws: Workspace, raw: RawMail, mail: Mail) -> tuple[int, bool]:
    """File one mail under its thread; returns the message, and whether the thread is new."""
    known = _known_message(ws, raw, mail)
    if known is not None:
        return _another_copy(ws, raw, mail, known), False
    placed = place(ws, mail, raw.received_at, in_sent=raw.role == "sent")
    mail = placed.mail
    is_new = placed.thread is None
    thread = _new_thread(ws, raw, mail) if placed.thread is None else placed.thread
    is_joined = False
    for other in placed.others:
        if _same_customer(ws, thread, other):
            threads.join_threads(ws.store, thread, other)
            is_joined = True
    ticket = threads.thread_with_key(ws.store, thread).ticket
    voices = Voices() if is_new else _voices(ws, ticket, mail)
    compared = 0 < voices.messages <= COMPARED_MESSAGES
    texts = texts_sent_in_ticket(ws.store, ticket) if compared else []
    made = new_message(ws, raw, mail, voices, texts, joined=not is_new)
    message = messages.add_message(ws.store, ticket, made, thread)
    mailboxes.mark_understood(ws.store, raw.id, message, PARSER_VERSION)
    about = [bounce.message_id] if (bounce := mail.bounce) and bounce.message_id else []
    messages.tie_ids(ws.store, thread, [*threading.ids_to_keep(mail), *about])
    settle_id(ws, thread, raw, anew=is_joined)
    return message, is_new


def _voices(ws: Workspace, ticket: int, mail: Mail) -> Voices:
    voices = voices_of_ticket(ws.store, ticket, COMPARED_MESSAGES + 1)
    if mail.sender.address.casefold() in ws.household.teammates:
        customers = customers_of_ticket(ws.store, ticket)
        return replace(voices, customers=customers)
    return voices


def _known_message(ws: Workspace, raw: RawMail, mail: Mail) -> int | None:
    own = messages.outgoing_with_id(ws.store, mail.message_id)
    if own is None and raw.role == "sent":
        before = (messages.outgoing_with_id(ws.store, id_) for id_ in original_ids(raw.body))
        own = next((message for message in before if message is not None), None)
    is_own_copy = own is not None and (
        raw.role == "sent" or mail.sender.address.casefold() in ws.household.own
    )
    return own if is_own_copy else messages.message_with_key(ws.store, _key(mail))


def _another_copy(ws: Workspace, raw: RawMail, mail: Mail, message: int) -> int:
    if raw.role == "sent":
        messages.make_outgoing(ws.store, message, Role.US)
        # Where the provider replaced our Message-ID, answers name the new one.
        home = threads.thread_of_message(ws.store, message)
        messages.tie_ids(ws.store, home.key, [mail.message_id])
    mailboxes.mark_understood(ws.store, raw.id, message, PARSER_VERSION)
    return message


def _new_thread(ws: Workspace, raw: RawMail, mail: Mail) -> int:
    root = root_of(mail.message_id, mail.references)
    return threads.create_thread(ws.store, root, raw.received_at)


def new_message(
    ws: Workspace,
    raw: RawMail,
    mail: Mail,
    voices: Voices,
    known: list[str],
    *,
    joined: bool,
) -> messages.NewMessage:
    """The mail as a message of a ticket where these have spoken before, in these words."""
    direction, role = role_of(
        mail, raw.role == "sent", ws.household, voices.customers, joined=joined
    )
    if raw.role == "sent" and bears_loop_mark(raw.body):
        role = Role.MACHINE  # an automatic answer is none of ours, on whatever machine it was made
    # What we wrote twice quotes nothing: two machines may have said the same.
    if known and direction is Direction.IN:
        mail = _resplit(mail, known)
    is_forged = direction is Direction.IN and role is Role.MACHINE
    if is_forged and mail.sender.address.casefold() in ws.household.own:
        warning = "Says it is from you, but it did not leave from your Sent mailbox."
        mail = replace(mail, kind=MailKind.AUTOMATIC, warnings=(*mail.warnings, warning))
    bounce = mail.bounce
    return messages.NewMessage(
        key=_key(mail),
        mail=mail,
        at=raw.received_at,
        direction=direction,
        role=role,
        verdict=_verdict(ws, mail, role, answered=voices.answered),
        # Only a mail that we really sent, in this ticket, can fail: the store looks for it.
        bounce_of=bounce.message_id if bounce else None,
        delivery_failed=bool(bounce and bounce.permanent),
    )


def _resplit(mail: Mail, known: list[str]) -> Mail:
    parts = quotes.split(mail.text, known, mail.sender.name)
    return replace(
        mail,
        new_text=parts.new_text,
        quoted=parts.quoted,
        signature=parts.signature,
        interleaved=parts.interleaved,
    )


def _verdict(ws: Workspace, mail: Mail, role: Role, *, answered: bool) -> Verdict:
    """Sort what can decide where a ticket stands; our own words and the team's never do."""
    if role not in {Role.CUSTOMER, Role.MACHINE}:
        return UNSORTED
    return lanes.classify(
        mail.subject,
        quotes.said(mail.new_text, mail.signature),
        ws.rules,
        kind=mail.kind,
        answered_before=answered,
        learned=ws.learned.now(),
    )


def settle_id(ws: Workspace, thread: int, raw: RawMail, *, anew: bool) -> None:
    """The oldest mail's root names the thread, so that every machine gets the same id."""
    if anew or messages.begins_thread(ws.store, thread, raw.received_at):
        message_id, references = messages.oldest_of_thread(ws.store, thread)
        threads.rename_to_root(ws.store, thread, root_of(message_id, references))


def _same_customer(ws: Workspace, one: int, other: int) -> bool:
    """Whether two threads may be joined: nobody must see another customer's words."""
    if one == other:
        return False
    customers = [messages.first_person(ws.store, key).casefold() for key in (one, other)]
    return len(set(customers) - {""}) <= 1


def _key(mail: Mail) -> str:
    """One mail, however many copies: Message-ID, sender and text (ids alone repeat)."""
    words = "\0".join((mail.message_id, mail.sender.address.casefold(), mail.text))
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:32]
