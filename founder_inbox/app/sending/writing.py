"""A mail that is being written, whatever it is: the screens keep, show and send it all the same."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from founder_inbox.app.sending import outgoing, reply
from founder_inbox.app.sending.outgoing import Words
from founder_inbox.app.sending.reply import Preview
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.promises.finder import FoundPromise
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.core.tickets.facts import Then
from founder_inbox.store.outbox import OutboxItem
from founder_inbox.store.outgoing import Outgoing, OutgoingKind


class Writing(Protocol):
    """What can be done with a mail that is being written."""

    @property
    def draft(self) -> str:
        """The name under which words and files are kept."""

    @property
    def answers(self) -> Ticket | None:
        """The ticket that is answered by it, or None."""

    @property
    def only_sends(self) -> bool:
        """Whether there is nothing to decide about a ticket once it is sent."""

    @property
    def stays(self) -> bool:
        """Whether its ticket stays ours when it is sent: a word in between."""

    def promising(self, promises: tuple[FoundPromise, ...]) -> "Writing":
        """The same, with the promises in it that are to be kept in mind."""

    def keep(self, ws: Workspace, words: Words, now: datetime) -> None:
        """Save what is typed."""

    def preview(self, ws: Workspace, words: Words, now: datetime) -> Preview:
        """The mail as it would leave. Raises BadInput."""

    def queue(self, ws: Workspace, words: Words, now: datetime, then: Then) -> OutboxItem:
        """Put it into the outbox. Raises BadInput."""


@dataclass(frozen=True, slots=True)
class ReplyWriting:
    """An answer, with `everyone` to all of its mail's people.

    `then`: what sending it makes of the ticket, unless something else is chosen.
    """

    ticket: Ticket
    everyone: bool = False
    then: Then = Then.WAIT
    promises: tuple[FoundPromise, ...] = ()

    @property
    def draft(self) -> str:
        """The ticket's id."""
        return self.ticket.id

    @property
    def answers(self) -> Ticket | None:
        """The ticket."""
        return self.ticket

    @property
    def only_sends(self) -> bool:
        """It may close its ticket, or remind of it."""
        return False

    @property
    def stays(self) -> bool:
        """A word in between."""
        return self.then is Then.UPDATE

    def promising(self, promises: tuple[FoundPromise, ...]) -> "ReplyWriting":
        """The same, with these promises."""
        return replace(self, promises=promises)

    def keep(self, ws: Workspace, words: Words, now: datetime) -> None:
        """Save what is typed."""
        reply.keep_draft(ws, self.ticket, words.body, now, everyone=self.everyone)

    def preview(self, ws: Workspace, words: Words, now: datetime) -> Preview:
        """The mail as it would leave."""
        return reply.preview(ws, self.ticket, words.body, now, self.everyone)

    def queue(self, ws: Workspace, words: Words, now: datetime, then: Then) -> OutboxItem:
        """Put it into the outbox."""
        return reply.queue_reply(
            ws,
            self.ticket,
            words.body,
            now,
            then=self.then if then is Then.WAIT else then,
            everyone=self.everyone,
            promises=self.promises,
        )


@dataclass(frozen=True, slots=True)
class OutgoingWriting:
    """A forward or a new mail."""

    mail: Outgoing
    promises: tuple[FoundPromise, ...] = ()

    @property
    def draft(self) -> str:
        """Its own name."""
        return self.mail.draft

    @property
    def answers(self) -> Ticket | None:
        """None: it answers nobody."""
        return None

    @property
    def only_sends(self) -> bool:
        """A forward leaves its ticket as it is; a new mail waits for its answer."""
        return self.mail.kind is OutgoingKind.FORWARD

    @property
    def stays(self) -> bool:
        """It answers nobody."""
        return False

    def promising(self, promises: tuple[FoundPromise, ...]) -> "OutgoingWriting":
        """The same, with these promises."""
        return replace(self, promises=promises)

    def keep(self, ws: Workspace, words: Words, now: datetime) -> None:
        """Save what is typed."""
        outgoing.keep_outgoing(ws, self.mail, words, now)

    def preview(self, ws: Workspace, words: Words, now: datetime) -> Preview:
        """The mail as it would leave."""
        return outgoing.preview_outgoing(ws, self.mail, words, now)

    def queue(self, ws: Workspace, words: Words, now: datetime, then: Then) -> OutboxItem:
        """Put it into the outbox."""
        promises = self.promises
        return outgoing.queue_outgoing(ws, self.mail, words, now, then=then, promises=promises)
