"""One round with the server: mail in, mail understood, mail out, acts told."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta

from founder_inbox.app.hours.opening import door_now
from founder_inbox.app.hours.time_off import break_of_level_one
from founder_inbox.app.knowledge.asked import look_up_new
from founder_inbox.app.logins import open_imap
from founder_inbox.app.reading.intake import read_older, take_in_all
from founder_inbox.app.reading.project import remember_first_import, wake_snoozed
from founder_inbox.app.sending.claims import claim_what_rules_wrote
from founder_inbox.app.sending.outbox import settle_interrupted
from founder_inbox.app.sending.send import deliver_due
from founder_inbox.app.syncing.elsewhere import note_elsewhere
from founder_inbox.app.syncing.first_import import finish_first_import
from founder_inbox.app.syncing.forgetting import erase_on_server, finish_file
from founder_inbox.app.syncing.forgetting_journal import rewrite_journal
from founder_inbox.app.syncing.keywords import tell_keywords
from founder_inbox.app.syncing.parts import bring_parts
from founder_inbox.app.syncing.pull import NOTHING, Pulled, pull_mailboxes
from founder_inbox.app.syncing.push import push_actions, settle_uncertain
from founder_inbox.app.syncing.rescue import look_into_junk
from founder_inbox.app.syncing.share import has_to_go_up, share_journal
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.model import Status
from founder_inbox.core.times import to_text
from founder_inbox.errors import FounderInboxError
from founder_inbox.mail.imap import ImapSession, ServerRefused
from founder_inbox.store.actions import try_again
from founder_inbox.store.mailboxes import mailbox_named
from founder_inbox.store.sync_state import note_stopped, say, say_synced
from founder_inbox.store.tickets import Choice, queue_keys

# Mail older than this arrives closed with the first import.
QUIET_AFTER = timedelta(days=14)
SYNCED_ROLES = ("inbox", "sent")
INBOX = "INBOX"
Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a round did (contract, `sync`); `trouble` is a sentence when something stayed undone."""

    fetched: int
    updated: int
    removed: int
    sent: int
    tickets_new: int
    tickets_updated: int
    trouble: FounderInboxError | None = None
    question: str | None = None
    arrived_closed: int = 0  # at the end of the first import


def prepare(ws: Workspace, now: datetime) -> None:
    """What a new syncing process does first: tidy up after one that was killed."""
    note_stopped(ws.store)
    settle_interrupted(ws.store, now)
    remember_first_import(ws.store, ws.actor, now, to_text(now - QUIET_AFTER))
    take_in_all(ws, now)
    finish_file(ws)


def connect(ws: Workspace) -> ImapSession:
    """Log in to the IMAP server. Raises ServerUnreachable and LoginRefused."""
    say(ws.store, os.getpid(), "connecting")
    return open_imap(ws)


def sync_round(
    ws: Workspace,
    session: ImapSession,
    now: Now,
    *,
    full: bool = False,
    undisturbed: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> SyncReport:
    """One whole round. Raises ServerUnreachable when the line breaks in the middle.

    `undisturbed` is entered while mail leaves: the end of the process waits for it.
    """
    roles, sent = session.roles(), 0
    trouble: FounderInboxError | None = None

    def deliver(*, looked: bool = False) -> None:
        nonlocal sent, trouble
        with undisturbed():
            report = deliver_due(ws, now, looked=looked)
        sent, trouble = sent + report.sent, report.trouble or trouble

    if full:
        try_again(ws.store, now())
    # The journal before the mail: what was done elsewhere is known when mail is understood.
    shared = share_journal(ws, session, now, full=full)
    remains = tend_forgotten(ws, session, roles, now)
    try:
        pushed = push_actions(ws, session, roles, now)
        # News before answers: a reply that the customer has crossed must not leave unseen.
        pulled = pull_all(ws, session, roles, now, full=full, between=deliver)
    finally:
        deliver()
    bring_parts(ws, session, roles, deliver)
    # Those of an earlier round that nobody could read then, too.
    taken = pulled.taken | take_in_all(ws, now())
    unread = taken.trouble or read_older(ws, now()).trouble
    _look_elsewhere(ws, session, roles, pulled, now)
    look_up_new(ws, now())
    _act_by_rule(ws, now)
    if claim_what_rules_wrote(ws, now()):
        shared.add(share_journal(ws, session, now))
    deliver(looked=True)
    tell_keywords(ws, session, roles)
    if has_to_go_up(ws, now()):
        shared.add(share_journal(ws, session, now))
    remains.append(finish_file(ws))
    say_synced(ws.store, os.getpid(), now())
    words = [str(unread or ""), pulled.question or "", *pushed.words, *shared.words, *remains]
    _say_what_remains(ws, session, [text for text in words if text])
    return SyncReport(
        pulled.fetched,
        pulled.updated,
        pulled.removed,
        sent,
        len(taken.new),
        len(taken.updated),
        trouble or unread,
        pulled.question,
        finish_first_import(ws),
    )


def tend_forgotten(
    ws: Workspace, session: ImapSession, roles: dict[str, str], now: Now
) -> list[str]:
    """What is left to do, with the server, for people who asked to be forgotten.

    Before mail comes in: what is still there is not fetched again. Returns what it would not do.
    """
    said = erase_on_server(ws, session, roles, now())
    try:
        if rewrite_journal(ws, session, now()):
            said += share_journal(ws, session, now).words
    except ServerRefused as refusal:
        if refusal.wait:
            raise
        said.append(str(refusal))
    return said


def _look_elsewhere(
    ws: Workspace, session: ImapSession, roles: dict[str, str], pulled: Pulled, now: Now
) -> None:
    """What others did to known mails, what became of ours, and customers' mails in Junk."""
    note_elsewhere(ws, session, roles, pulled.changed, now)
    settle_uncertain(ws, session, roles, now)
    look_into_junk(ws, session, roles, now())


def _act_by_rule(ws: Workspace, now: Now) -> None:
    """What happens by itself once new mail is here."""
    may_see_new = door_now(ws, now()).may_see_new
    if may_see_new:  # until then nothing changes on the screens
        wake_snoozed(ws.store, now())
    away = break_of_level_one(ws, now()) is not None
    if away:
        from founder_inbox.app.session.away import act_while_away

        act_while_away(ws, now())
    if (may_see_new or away) and queue_keys(ws.store, Choice(Status.HANDED_OFF)):
        from founder_inbox.app.sending.with_teammate import tend_handed_off

        tend_handed_off(ws, now(), away=not may_see_new)


def _say_what_remains(ws: Workspace, session: ImapSession, words: list[str]) -> None:
    """A round that ended well may still have something to say: ours, or the server's alerts."""
    host = session.server.host
    alerts = [f"{host} wants you to know: {alert}" for alert in session.alerts]
    session.alerts.clear()
    if words or alerts:
        say(ws.store, os.getpid(), "idle", "", " ".join([*words, *alerts]))


def pull_all(
    ws: Workspace,
    session: ImapSession,
    roles: dict[str, str],
    now: Now,
    *,
    full: bool = False,
    between: Callable[[], object] = NOTHING,
) -> Pulled:
    """Mail in from every mailbox that is synced."""
    names = {role: roles[role] for role in SYNCED_ROLES if role in roles}
    # At Google that is All Mail, where everything lies anyway.
    archive = None if "all" in roles else roles.get("archive")
    return pull_mailboxes(ws, session, names, now, full=full, between=between, archive=archive)


def has_moved_on(ws: Workspace, session: ImapSession) -> bool:
    """Open the inbox and tell whether something came since the round looked."""
    selected = session.open(INBOX)
    row = mailbox_named(ws.store, INBOX)
    return row is not None and (row.uidnext, row.messages) != (selected.uidnext, selected.exists)


def sent_has_moved_on(ws: Workspace, session: ImapSession) -> bool:
    """Whether something came into Sent since the round looked; the open mailbox stays open."""
    name = session.roles().get("sent")
    row = mailbox_named(ws.store, name) if name else None
    if name is None or row is None:
        return False
    there = session.status(name)
    return there is not None and there != (row.uidnext, row.messages)


def say_offline(ws: Workspace, error: FounderInboxError, doing: str) -> None:
    """Write down for the header and `status` why there is no connection."""
    say(ws.store, os.getpid(), doing, "", str(error))
