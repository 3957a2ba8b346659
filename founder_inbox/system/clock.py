"""The only place that asks what time it is."""

import os
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
    """The machine's IANA zone, for `timezone = "local"`: TZ, /etc/localtime, else UTC."""
    if named := _after_zoneinfo(os.environ.get("TZ", "").removeprefix(":")):
        return named
    target = Path("/etc/localtime")
    if target.is_symlink() and (linked := _after_zoneinfo(str(target.resolve()))):
        return linked
    file = Path("/etc/timezone")
    return file.read_text(encoding="utf-8").strip() if file.is_file() else "UTC"


def _after_zoneinfo(path: str) -> str:
    """The name in "/usr/share/zoneinfo/Europe/Berlin" or "Europe/Berlin"; empty for "EST5EDT,…"."""
    name = path.partition("zoneinfo/")[2] or path
    return "" if name.startswith("/") or "," in name else name
