"""Who a mail goes to, from whom, about what: the lines above a draft and in the review."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from textual.content import Content

from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.core.model import Address
from founder_inbox.tui.widgets.text import content


class LetterHead(Protocol):
    """What `app.reply`'s ReplyStart and Preview have in common."""

    @property
    def sender(self) -> Address:
        """The address it is answered from."""

    @property
    def to(self) -> Sequence[Address]:
        """The recipients."""

    @property
    def cc(self) -> Sequence[Address]:
        """Who gets a copy."""

    @property
    def subject(self) -> str:
        """The subject as it will leave."""


@dataclass(frozen=True, slots=True)
class Unaddressed:
    """The head of a mail whose people are still to be named; `people` as typed so far."""

    sender: Address
    people: str
    subject: str
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()


def sender_line(sender: Address) -> Content:
    """Make the line above a mail whose people are named below it."""
    return content((SafeLine("from "), "$text-muted"), (show_address(sender), "$text-muted"))


def show_address(address: Address) -> SafeLine:
    """Write name and address: the address is always there, a name can pretend."""
    name = safe_line(address.name, 80)
    return safe_line(f"{name} <{address.address}>" if name else address.address)


def show_addresses(addresses: Sequence[Address]) -> SafeLine:
    """Write several addresses with commas."""
    return safe_line(", ".join(map(show_address, addresses)), 2_000)


def head_lines(head: LetterHead) -> Content:
    """Make the two lines above a draft: to whom and from whom; the subject."""
    copies = SafeLine(f", cc {show_addresses(head.cc)}" if head.cc else "")
    return content(
        (SafeLine("to "), "$text-muted"),
        (show_addresses(head.to), "bold"),
        copies,
        (SafeLine("  from "), "$text-muted"),
        (show_address(head.sender), "$text-muted"),
        SafeLine("\n"),
        (safe_line(head.subject), "$text-accent"),
    )
