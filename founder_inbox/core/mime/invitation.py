"""Calendar invitations in mail (RFC 5545, RFC 5546), as one line to read."""

import re
from dataclasses import dataclass

_MAX = 64_000
_NAME = re.compile(r"[A-Za-z-]{1,40}(?=[;:])")
_PARAM = re.compile(r';([A-Za-z-]{1,40})=("[^"]{0,300}"|[^;:"]{0,300})')
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(?:\d\d)?)?(Z?)$")
_METHODS = {
    "CANCEL": "Cancelled event",
    "REPLY": "Answer to an invitation",
    "COUNTER": "Another time proposed",
    "DECLINECOUNTER": "Another time declined",
    "ADD": "Added to an event",
    "PUBLISH": "Event",
}
_ANSWERS = {"ACCEPTED": "accepts", "DECLINED": "declines", "TENTATIVE": "may come"}
_REPEATS = {
    "SECONDLY": "again and again",
    "MINUTELY": "again and again",
    "HOURLY": "every hour",
    "DAILY": "every day",
    "WEEKLY": "every week",
    "MONTHLY": "every month",
    "YEARLY": "every year",
}


@dataclass(frozen=True, slots=True)
class _Property:
    """One line of a calendar: its value and its parameters, names in capitals."""

    value: str
    params: dict[str, str]


def invitation_line(calendar: str, method: str = "") -> str:
    """One line that says what an invitation is about, when, where, and from whom.

    `method` is the MIME parameter, used where the calendar names none. Times stay in the zone
    the calendar names, which is told: the reader's is added where it is shown (`event_times`).
    """
    whole, event, events = _read(re.sub(r"\r?\n[ \t]", "", calendar[:_MAX]))
    method = (_text(whole, "METHOD") or method).upper()
    if _text(event, "STATUS").upper() == "CANCELLED":
        method = "CANCEL"
    said = [
        _answer(event) if method == "REPLY" else "",
        _text(event, "SUMMARY"),
        _when(event),
        _repeats(event),
        _text(event, "LOCATION"),
        f"from {_person(event['ORGANIZER'])}" if "ORGANIZER" in event and method != "REPLY" else "",
        f"and {events - 1} more" if events > 1 and "RRULE" not in event else "",
    ]
    again = method in {"", "REQUEST"} and _text(event, "SEQUENCE") not in {"", "0"}
    word = "Updated invitation" if again else _METHODS.get(method, "Invitation")
    told = " · ".join(part for part in said if part)
    return f"[{word}: {told}]" if told else f"[{word}]"


def _read(text: str) -> tuple[dict[str, _Property], dict[str, _Property], int]:
    """The calendar's own properties, those of its first event, and how many events there are."""
    whole: dict[str, _Property] = {}
    event: dict[str, _Property] = {}
    inside: list[str] = []
    events = 0
    for line in text.split("\n")[:4000]:
        named = _NAME.match(line)
        if not named:
            continue
        params, value = _parted(line[named.end() : 2000])
        name = named[0].upper()
        if name == "BEGIN":
            inside = [*inside, value.upper()][:20]
            events += value.upper() == "VEVENT"
        elif name == "END":
            inside = inside[:-1]
        elif inside[-1:] == ["VEVENT"] and events == 1:
            event.setdefault(name, _Property(value, _params(params)))
        elif len(inside) <= 1:
            whole.setdefault(name, _Property(value, {}))
    return whole, event, events


def _parted(rest: str) -> tuple[str, str]:
    """What stands before the colon that begins the value (none in quotes does), and the value."""
    quoted = False
    for i, sign in enumerate(rest):
        if sign == '"':
            quoted = not quoted
        elif sign == ":" and not quoted:
            return rest[:i], rest[i + 1 :].strip()
    return rest, ""


def _params(text: str) -> dict[str, str]:
    return {name.upper(): value.strip('"') for name, value in _PARAM.findall(text)}


def _text(properties: dict[str, _Property], name: str) -> str:
    found = properties.get(name)
    text = found.value[:300] if found else ""
    text = re.sub(r"\\([nN,;\\])", lambda m: " " if m[1] in "nN" else m[1], text)
    return " ".join(text.split())


def _person(someone: _Property) -> str:
    address = re.sub(r"^mailto:", "", someone.value, flags=re.IGNORECASE)
    return (someone.params.get("CN") or address)[:100].strip()


def _answer(event: dict[str, _Property]) -> str:
    attendee = event.get("ATTENDEE")
    if attendee is None:
        return ""
    said = _ANSWERS.get(attendee.params.get("PARTSTAT", "").upper(), "answers")
    return f"{_person(attendee)} {said}"


def _when(event: dict[str, _Property]) -> str:
    start = event.get("DTSTART")
    if start is None:
        return ""
    begins = _MOMENT.match(start.value)
    if not begins:
        return start.value[:40]
    day = "-".join(begins.group(1, 2, 3))
    ends = _MOMENT.match(event["DTEND"].value) if "DTEND" in event else None
    if not begins[4]:
        return f"{day}{_last_day(day, ends)}, all day"
    until = f"–{ends[4]}:{ends[5]}" if ends and ends[4] else ""
    if ends and ends[4] and (last := "-".join(ends.group(1, 2, 3))) != day:
        until = f" to {last} {ends[4]}:{ends[5]}"
    zone = "UTC" if begins[6] else start.params.get("TZID", "")[:60]
    return f"{day} {begins[4]}:{begins[5]}{until}{f' {zone}' if zone else ''}"


def _last_day(day: str, ends: re.Match[str] | None) -> str:
    """The end of an event of several days; its DTEND is the day after."""
    if not ends:
        return ""
    year, month, after = ends.group(1, 2, 3)
    last = f"{year}-{month}-{int(after) - 1:02}" if after != "01" else f"before {year}-{month}-01"
    return "" if last <= day else f" to {last}"


def _repeats(event: dict[str, _Property]) -> str:
    rule = _text(event, "RRULE").upper()
    match = re.search(r"FREQ=([A-Z]{1,12})", rule)
    return _REPEATS.get(match[1], "repeated") if match else ""
