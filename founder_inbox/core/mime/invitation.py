"""Calendar invitations in mail (RFC 5545, RFC 5546)."""

import re


def invitation_line(calendar: str, method: str = "") -> str:
    """One line that says what an invitation is about, when and where.

    `method` is the MIME parameter, used where the calendar names none.
    """
    text = re.sub(r"\r?\n[ \t]", "", calendar[:64_000])
    event = text[max(0, text.find("BEGIN:VEVENT")) :]
    found = {name: _property(event, name) for name in ("SUMMARY", "DTSTART", "LOCATION")}
    method = (_property(text, "METHOD") or method).upper()
    word = {"CANCEL": "Cancelled event", "REPLY": "Answer to an invitation"}.get(
        method, "Invitation"
    )
    said = [
        value for value in (found["SUMMARY"], _when(found["DTSTART"]), found["LOCATION"]) if value
    ]
    return f"[{word}: {' · '.join(said)}]" if said else f"[{word}]"


def _property(text: str, name: str) -> str:
    match = re.search(rf"^{name}(?:;[^:\n]{{0,200}})?:([^\r\n]{{0,300}})", text, re.MULTILINE)
    return re.sub(r"\\([,;\\])", r"\1", match[1]).replace("\\n", " ").strip() if match else ""


def _when(value: str) -> str:
    match = re.match(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d))?\d{0,2}(Z?)", value)
    if not match:
        return value
    day = f"{match[1]}-{match[2]}-{match[3]}"
    return f"{day} {match[4]}:{match[5]}{' UTC' if match[6] else ''}" if match[4] else day
