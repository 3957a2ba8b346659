"""Times as text: RFC 3339 in UTC with seconds, the form in JSON, in SQLite and in the journal."""

from datetime import UTC, datetime


def to_text(moment: datetime) -> str:
    """`2026-11-22T09:00:00Z`. `moment` must be aware. Sorts in the order of time."""
    # strftime's %Y has no leading zeros on every system.
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def to_text_or_none(moment: datetime | None) -> str | None:
    """The same, with None for "not known"."""
    return None if moment is None else to_text(moment)


def from_text(text: str) -> datetime:
    """The aware UTC time in an RFC 3339 text. Raises ValueError for anything else."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"no time zone in {text!r}")
    return moment.astimezone(UTC)


def from_text_or_none(text: str | None) -> datetime | None:
    """The same, with None for "not known"."""
    return None if text is None else from_text(text)
