"""How a mail stands in the columns of its message: people, lists and attachments as JSON."""

import json
from collections.abc import Mapping, Sequence

from founder_inbox.core.model import Address, Attachment, Mail, Verdict
from founder_inbox.core.times import to_text_or_none

# The order of mails. Of those that arrived in one second the one with fewer References came
# first, then the Date header decides, then the Message-ID: every machine shows the same.
_ORDER = ("at", 'json_array_length("references")', "coalesce(date, '9')", "message_id")
OLDEST_FIRST = ", ".join(_ORDER)
NEWEST_FIRST = ", ".join(f"{what} desc" for what in _ORDER)


def people_text(people: Sequence[Address]) -> str:
    """People as their column has them."""
    return json.dumps([[p.name, p.address] for p in people], ensure_ascii=False)


def read_people(text: str) -> tuple[Address, ...]:
    """The people in such a column."""
    return tuple(Address(name, address) for name, address in json.loads(text))


def attachments_text(attachments: Sequence[Attachment]) -> str:
    """Attachments as their column has them."""
    return json.dumps(
        [{"name": a.name, "type": a.type, "size": a.size, "part": a.part} for a in attachments],
        ensure_ascii=False,
    )


def word_columns(mail: Mail) -> Mapping[str, object]:
    """What a mail says, by column."""
    return {
        "message_id": mail.message_id,
        "date": to_text_or_none(mail.date),
        "sender_name": mail.sender.name,
        "sender_address": mail.sender.address,
        "reply_to": people_text(mail.reply_to),
        "recipients_to": people_text(mail.to),
        "recipients_cc": people_text(mail.cc),
        "subject": mail.subject,
        "references": json.dumps(mail.references),
        "text": mail.text,
        "new_text": mail.new_text,
        "quoted": mail.quoted,
        "signature": mail.signature,
        "interleaved": mail.interleaved,
        "attachments": attachments_text(mail.attachments),
        "warnings": json.dumps(mail.warnings, ensure_ascii=False),
    }


def verdict_columns(verdict: Verdict) -> Mapping[str, object]:
    """Where a mail was sorted, by column."""
    return {
        "lane": verdict.lane,
        "topic": verdict.topic,
        "lane_reasons": json.dumps(verdict.reasons, ensure_ascii=False),
        "lane_sure": verdict.sure,
    }
