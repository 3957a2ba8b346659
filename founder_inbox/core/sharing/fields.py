"""Whether a line of the journal from another machine can be read: its frame, and its kind's fields.

A kind or a field that this version does not know is kept. A known kind that lacks what every
version wrote is refused, so that nothing behind has to ask twice.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from founder_inbox.core.model import Lane, Topic
from founder_inbox.core.times import from_text, to_text

LONGEST_TEXT = 200
_ID = re.compile(r"[0-9a-f]{12}-[0-9a-f]{4}-[0-9a-f]{8}")
_TICKET = re.compile(r"[0-9a-hjkmnp-tv-z]{7,52}")
_MAIL = re.compile(r"[0-9a-f]{32}")
_KIND = re.compile(r"[a-z][a-z0-9_]{0,39}")


def is_frame(record: Mapping[str, Any]) -> bool:
    """Whether id, time, actor, ticket, kind and data are what they have to be."""
    ticket = record.get("ticket")
    return (
        _matches(_ID, record.get("id"))
        and _is_time(record.get("at"))
        and isinstance(record.get("actor"), str)
        and len(record["actor"]) <= LONGEST_TEXT
        and (ticket is None or _matches(_TICKET, ticket))
        and _matches(_KIND, record.get("kind"))
        and isinstance(record.get("data"), dict)
    )


def has_its_fields(kind: str, data: Mapping[str, Any]) -> bool:
    """Whether a known kind has the fields that others rely on; an unknown one always does."""
    needed = _NEEDED.get(kind, {})
    return all(check(data.get(name)) for name, check in needed.items())


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_time(value: object) -> bool:
    if not isinstance(value, str) or len(value) > 40:
        return False
    try:
        return to_text(from_text(value)) != ""
    except (ValueError, OverflowError):
        return False


def _is_time_or_none(value: object) -> bool:
    return value is None or _is_time(value)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _is_sorted_mails(value: object) -> bool:
    return isinstance(value, list) and all(_is_sorted_mail(mail) for mail in value)


def _is_sorted_mail(mail: object) -> bool:
    return (
        isinstance(mail, dict)
        and _matches(_MAIL, mail.get("mail"))
        and mail.get("lane") in list(Lane)
        and (mail.get("topic") is None or mail.get("topic") in list(Topic))
        and _is_texts(mail.get("reasons"))
        and isinstance(mail.get("sure"), bool)
    )


_NEEDED: dict[str, dict[str, Callable[[object], bool]]] = {
    "snoozed": {"until": _is_time},
    "parked": {"until": _is_time},
    "lane": {"lane": lambda value: value in list(Lane)},
    "promised": {"due": _is_time},
    "kept": {"promise": _is_text},
    "note": {"text": _is_text},
    "customer_note": {"address": _is_text, "text": _is_text},
    "goodwill": {"amount": _is_text, "currency": _is_text, "given": _is_text},
    "handed_off": {"to": _is_text},
    "sent": {"message_id": _is_text},
    "undone": {"events": _is_texts},
    "merged": {"other": _is_text, "roots": _is_texts},
    "split": {"message_id": _is_text, "into": _is_text},
    "sorted": {"mails": _is_sorted_mails},
    "imported": {"quiet_before": _is_time},
    "unblocked": {"address": _is_text},
    "search_saved": {"name": _is_text, "query": _is_text},
    "search_forgotten": {"name": _is_text},
    "rescued": {"message_ids": _is_texts},
    "override_opened": {"minutes": _is_number, "reason": _is_text, "until": _is_time},
    "door_closed": {"until": _is_time},
    "session_started": {"window_end": _is_time_or_none},
    "session_ended": {"started": _is_time, "window_end": _is_time_or_none},
    "clock_set_back": {"seconds": _is_number},
    "mood": {"score": lambda value: value in range(1, 6)},
    "rest": {"chosen": _is_text, "window_end": _is_time},
    "auto_replied": {"to": _is_text},
    "outage_linked": {"outage": _is_text},
    "outage_unlinked": {"outage": _is_text},
    "outage_update": {"outage": _is_text},
    "outage_over": {"outage": _is_text},
    "backlog": {"portions": _is_list},
    "forgotten": dict.fromkeys(("mails", "keys", "tickets", "lines", "emptied"), _is_texts),
}
