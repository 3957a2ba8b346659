"""Sorting a text that is not in the mailbox, by the founder's own rules and moves if any."""

from collections.abc import Mapping

from founder_inbox.app.workspace import config_file, locate, open_workspace
from founder_inbox.core.lanes import sorter as lanes
from founder_inbox.core.lanes.learning import Adjustment
from founder_inbox.core.lanes.rules import parse_rules
from founder_inbox.core.lanes.sorter import NOTHING_LEARNED
from founder_inbox.core.mime import quotes
from founder_inbox.core.mime.addresses import read_addresses
from founder_inbox.core.mime.headers import Headers
from founder_inbox.core.mime.machine_mail import mail_kind
from founder_inbox.core.model import Address, MailKind, Verdict
from founder_inbox.system.paths import Paths
from founder_inbox.system.resources import read_lane_rules, read_lane_weights

HeaderValues = Mapping[str, str | list[str]]


class Sorter:
    """The lane rules, and what was learned. Needs no configuration and no database."""

    def __init__(self, given_config: str | None) -> None:
        """Read the rules beside the configuration, else ours. Raises ConfigError.

        What the founder's moves taught counts as soon as there is a mailbox.
        """
        path = config_file(given_config)
        own = Paths(path, path.parent).lanes
        self._rules = parse_rules(read_lane_rules(own), read_lane_weights())
        self._learned = _learned(given_config) if path.exists() else NOTHING_LEARNED

    def sort(self, subject: str, text: str, headers: HeaderValues) -> Verdict:
        """Which lane a mail belongs to, and why."""
        parts = quotes.split(text)
        words = quotes.said(parts.new_text, parts.signature)
        kind = kind_of(subject, headers)
        return lanes.classify(subject, words, self._rules, kind=kind, learned=self._learned)


def _learned(given_config: str | None) -> Adjustment:
    """What the mailbox's moves taught; nothing where no mailbox is there yet."""
    _, paths = locate(given_config)
    if not paths.database.exists():
        return NOTHING_LEARNED
    with open_workspace(given_config) as ws:
        return ws.learned.now()


def kind_of(subject: str, headers: HeaderValues) -> MailKind:
    """Person or machine, by the headers that are given."""
    fields = {name.strip().lower(): _values(value) for name, value in headers.items()}
    block = Headers(fields)
    sender = read_addresses(block.first("from")).addresses
    reply_to = tuple(read_addresses(block.first("reply-to")).addresses)
    media, _, params = block.first("content-type").partition(";")
    return mail_kind(
        block,
        sender[0] if sender else Address("", ""),
        subject or block.text("subject"),
        reply_to=reply_to,
        report="delivery-status" if "delivery-status" in params.lower() else "",
        type_=media.strip().lower(),
    )


def _values(value: str | list[str]) -> list[bytes]:
    values = [value] if isinstance(value, str) else value
    return [" ".join(text.splitlines()).encode("utf-8", "replace") for text in values]
