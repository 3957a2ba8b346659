"""What taking mail in changed."""

from dataclasses import dataclass

from founder_inbox.errors import FounderInboxError


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What taking mail in changed: keys of tickets; `trouble` when mails still wait."""

    new: frozenset[int] = frozenset()
    updated: frozenset[int] = frozenset()
    trouble: FounderInboxError | None = None

    def __or__(self, other: "TakenIn") -> "TakenIn":
        """Both together; a ticket that is new stays new."""
        new = self.new | other.new
        trouble = other.trouble or self.trouble
        return TakenIn(new, (self.updated | other.updated) - new, trouble)
