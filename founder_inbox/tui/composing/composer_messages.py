"""What the composer asks of the main screen: each is one message, and `replying` does it."""

from functools import partial
from typing import TYPE_CHECKING

from textual.screen import Screen

if TYPE_CHECKING:
    from founder_inbox.tui.composing.address_fields import AddressFields
    from founder_inbox.tui.composing.composer import Composer
    from founder_inbox.tui.composing.replying import Replying
    from founder_inbox.tui.ticket.ticket_view import Conversation


class ComposerMessages(Screen[None]):
    """The part of the main screen that hears the composer."""

    @property
    def replying(self) -> "Replying":
        """The way of a reply."""
        raise NotImplementedError

    @property
    def talk(self) -> "Conversation":
        """The conversation."""
        raise NotImplementedError

    def on_composer_changed(self, message: "Composer.Changed") -> None:
        """Keep the draft."""
        self.replying.keep(message.body)

    def on_composer_left(self, message: "Composer.Left") -> None:
        """Back to the ticket."""
        self.replying.leave(message.body)

    def on_address_fields_people_typed(self, message: "AddressFields.PeopleTyped") -> None:
        """Offer who may be meant."""
        self.replying.complete(message.line)

    def on_composer_review_requested(self, message: "Composer.ReviewRequested") -> None:
        """Show the mail as it will leave."""
        self.replying.review(message.body)

    def on_composer_take_five_requested(self, message: "Composer.TakeFiveRequested") -> None:
        """Put the ticket aside, the draft with it."""
        self.replying.take_five(message.body)

    def on_composer_silence_requested(self, message: "Composer.SilenceRequested") -> None:
        """Hear no more of a tone rule."""
        self.replying.proofreading.silence(message.composer, message.rule)

    def on_composer_canned_requested(self, message: "Composer.CannedRequested") -> None:
        """Pick a canned reply."""
        self.call_next(partial(self.replying.choose_canned, message.body))

    def on_composer_files_requested(self, message: "Composer.FilesRequested") -> None:
        """Choose files that go along."""
        self.replying.choose_files(message.body)

    def on_composer_read_requested(self, message: "Composer.ReadRequested") -> None:
        """Scroll what is answered."""
        self.talk.scroll_lines(message.lines)

    def on_composer_editor_requested(self, message: "Composer.EditorRequested") -> None:
        """Write in the founder's own editor."""
        self.replying.edit_outside(message.body)
