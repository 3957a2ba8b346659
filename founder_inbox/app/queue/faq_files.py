"""The file of an FAQ article goes with the act that wrote it, unless somebody wrote in it since."""

from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import PurePath

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.tickets.journal import Event, EventKind


def fingerprint(text: str) -> str:
    """What tells whether an article still is as it was written."""
    return sha256(text.encode()).hexdigest()


def take_back_articles(ws: Workspace, act: Sequence[Event]) -> None:
    """Remove the articles that an act wrote; one that was changed, or is gone, stays as it is."""
    for event in act:
        name = PurePath(str(event.data.get("file", ""))).name
        if event.kind is not EventKind.FAQ_WRITTEN or not name:
            continue
        path = ws.paths.faq / name
        with suppress(OSError, UnicodeDecodeError):
            if fingerprint(path.read_text(encoding="utf-8")) == event.data.get("sha256"):
                path.unlink()
