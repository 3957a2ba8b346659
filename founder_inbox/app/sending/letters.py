"""What a reply, an introduction and a hand-off have in common: people, thread, outbox."""

import secrets
from dataclasses import replace
from datetime import datetime

from founder_inbox.app.hours.opening import door_for_sending, opening_words
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.letters import compose
from founder_inbox.core.letters.compose import Draft
from founder_inbox.core.letters.own_ids import OwnKind, new_message_id, own_id
from founder_inbox.core.model import Address, Direction, Mail, MailKind
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Role, Then
from founder_inbox.core.tickets.outbox import release_at
from founder_inbox.errors import BadInput
from founder_inbox.store import messages, outbox
from founder_inbox.store.messages import Message
from founder_inbox.store.settings import ticket_secret_of
from founder_inbox.store.threads import free_id

# Where no opening is known the mail waits until one is configured.
FAR_AWAY = datetime.fromisoformat("9999-12-31T00:00:00+00:00")

# Nothing the customer writes meanwhile stops these.
_UNCROSSED = frozenset({Then.INTERNAL, Then.AUTOMATIC})


def parent_of(ws: Workspace, ticket: Ticket) -> Mail:
    """The mail that a reply answers: the customer's last one, else the last there is.

    Only as many of the customer's mails count as `ticket` knows of: what came since was not seen.
    Raises BadInput for a ticket without a mail.
    """
    history = messages.messages_of_ticket(ws.store, ticket.key)
    shown = [m for m in history if m.role is not Role.INTERNAL]
    theirs = [m for m in shown if m.role is Role.CUSTOMER]
    if not shown:
        raise BadInput(f"#{ticket.id} has no mail to answer.")
    seen = theirs[: ticket.state.customer_messages] or theirs
    return mail_of((seen or shown)[-1])


def mail_of(message: Message) -> Mail:
    """A stored message as the mail it was understood from."""
    return Mail(
        message_id=message.message_id,
        references=message.references,
        sender=message.sender,
        reply_to=message.reply_to,
        to=message.to,
        cc=message.cc,
        subject=message.subject,
        date=message.date or message.at,
        kind=MailKind(message.kind),
        text=message.text,
        new_text=message.new_text,
        quoted=message.quoted,
        signature=message.signature,
        attachments=message.attachments,
        bounce=None,
        warnings=message.warnings,
        interleaved=message.interleaved,
    )


def sender_for(ws: Workspace, parent: Mail) -> Address:
    """We answer from the address that was written to, where it is one of ours."""
    written_to = [a.address for a in (*parent.to, *parent.cc)]
    ours = next((a for a in written_to if a.casefold() in ws.household.own), None)
    return Address(ws.config.account.name, ours or ws.config.account.address)


def own_reference(ws: Workspace, ticket: Ticket, kind: OwnKind) -> str:
    """Our signed id for References: it brings the answer home when all else is stripped."""
    return own_id(kind, ticket.id, ticket_secret_of(ws.store), ws.config.domain)


def put_in_outbox(
    ws: Workspace,
    ticket: Ticket | None,
    draft: Draft,
    then: Then,
    now: datetime,
    *,
    body: str,
    undo_seconds: int,
    written: str,
    by_rule: bool = False,
) -> int:
    """Build the mail once and for all, and hold it; returns the outbox id.

    `body` is what comes back into the editor, `written` what the founder wrote of it and what
    must have no open field. What a rule wrote leaves at once, whatever the door says.
    Without `ticket` it begins one of its own, which appears when the mail was accepted.
    Raises BadInput.
    """
    compose.check(draft, written)
    if ws.config.sending.format == "both" and then is not Then.AUTOMATIC:
        draft = _with_html(draft, written)
    smtputf8 = compose.needs_smtputf8(draft)
    message_id = new_message_id(ws.config.domain, secrets.token_hex(16))
    local = now.astimezone(ws.hours.zone)
    mime = compose.build(draft, message_id, local, smtputf8=smtputf8)
    sender, recipients = compose.envelope(draft, smtputf8=smtputf8)
    return outbox.add_to_outbox(
        ws.store,
        outbox.NewOutboxItem(
            ticket=ticket.id if ticket else free_id(ws.store, message_id),
            message_id=message_id,
            mime=mime,
            sender=sender,
            recipients=recipients,
            subject=safe_line(draft.subject),
            body=body,
            then=then,
            seen=ticket.state.customer_messages if ticket and then not in _UNCROSSED else None,
            not_before=now if by_rule else leaves_at(ws, now, undo_seconds),
            by_rule=by_rule,
        ),
        now,
    )


def _with_html(draft: Draft, written: str) -> Draft:
    """The draft with its text as HTML too, where all above the quoted text is a person's words."""
    from founder_inbox.app.sending.html_letter import html_letter

    words = written.rstrip()
    if not draft.body.startswith(words):
        return draft
    return replace(draft, html=html_letter(words, draft.body[len(words) :]))


def leaves_at(ws: Workspace, now: datetime, undo_seconds: int) -> datetime:
    """When a mail written now may go: after the undo time, outside the hours at the opening."""
    door = door_for_sending(ws, now)
    start = door.next_window.start if door.next_window else None
    at = release_at(
        now, door_open=door.may_send, next_window_start=start, undo_seconds=undo_seconds
    )
    return at or FAR_AWAY


def hold_words(ws: Workspace, now: datetime, undo_seconds: int) -> str:
    """What happens when it is sent now: "goes out in 10 seconds", "waits until today 17:00"."""
    door = door_for_sending(ws, now)
    if not door.may_send:
        return f"waits until support opens: {opening_words(ws, door, now)}"
    if undo_seconds == 0:
        return "goes out at once"
    return f"goes out in {duration_words(undo_seconds)}; z takes it back"


def duration_words(seconds: int) -> str:
    """A hold in words: "10 seconds", from two minutes on "5 minutes"."""
    if seconds < 120:
        return counted(seconds, "second")
    return counted(round(seconds / 60), "minute")


def customers_of(ws: Workspace, ticket: Ticket) -> list[str]:
    """Every address that wrote as a customer in a ticket."""
    history = messages.messages_of_ticket(ws.store, ticket.key)
    wrote = {m.sender.address for m in history if m.role is Role.CUSTOMER}
    asked = {r.address for m in history if m.role is Role.CUSTOMER for r in m.reply_to}
    return sorted(wrote | asked | {ticket.state.customer.address} - {""})


def is_ours(message: Message) -> bool:
    """Whether a message is one of our answers."""
    return message.direction is Direction.OUT and message.role is Role.US
