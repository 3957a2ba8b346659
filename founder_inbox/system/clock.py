"""The only place that asks what time it is."""

import time
from datetime import UTC, datetime
from pathlib import Path


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds that only go forward, for measuring spans."""
    return time.monotonic()


def wait(seconds: float) -> None:
    """Let `seconds` pass."""
    time.sleep(seconds)


def local_zone_name() -> str:
    """The machine's IANA zone, for `timezone = "local"`; UTC where it can't be told."""
    target = Path("/etc/localtime")
    if target.is_symlink():
        parts = str(target.resolve()).partition("zoneinfo/")
        if parts[2]:
            return parts[2]
    named = Path("/etc/timezone")
    return named.read_text(encoding="utf-8").strip() if named.is_file() else "UTC"
