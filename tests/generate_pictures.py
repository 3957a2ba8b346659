"""Draws the pictures of the docs: `python -m tests.generate_pictures`.

The app itself, on the demo's mail and at a fixed moment, so that the pictures stay true. Each is
an SVG of the terminal; fonts are the reader's own, nothing is loaded from anywhere.
"""

import asyncio
import re
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from founder_inbox.app.syncing.sync import prepare
from founder_inbox.app.workspace import Workspace, open_workspace
from founder_inbox.core.sync.mailbox import Fetched, Flags
from founder_inbox.demo import mailbag
from founder_inbox.store import mailboxes
from founder_inbox.store.sync_state import say_synced
from founder_inbox.tui.app import InboxApp
from tests.tui.company import CONFIG, Clock
from tests.tui.conftest import NoSync, Session

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
MOMENT = datetime(2026, 11, 23, 9, 22, tzinfo=UTC)
ROLES = {"INBOX": "inbox", "Sent": "sent"}
_REMOTE_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


class Picture(NamedTuple):
    """A file name, the terminal's size, the keys that lead there, and how late it is."""

    name: str
    size: tuple[int, int]
    keys: Sequence[str]
    later: timedelta = timedelta()


_ANSWER = "I have just given you the 9 dollars back, and it will not happen again."
ALL = (
    Picture("queue", (120, 36), ["2", "j"]),
    Picture("wide", (200, 50), ["2", "j"]),
    Picture("narrow", (80, 24), ["3"]),
    Picture("ticket", (80, 24), ["2", "j", "enter"]),
    Picture("reply", (120, 36), ["2", "j", "r", *("space" if c == " " else c for c in _ANSWER)]),
    Picture("review", (120, 36), ["2", "j", "r", *"Done", "ctrl+s"]),
    Picture("canned", (120, 36), ["2", "j", "semicolon"]),
    Picture("help", (120, 36), ["question_mark"]),
    Picture("search", (120, 36), ["slash", *"export"]),
    Picture("sweep", (120, 36), ["g", "t"]),
    Picture("quick-fix", (80, 24), ["3", "t", "m"]),
    Picture("snooze", (120, 36), ["3", "b", *"fri"]),
    Picture("door", (120, 36), [], timedelta(hours=4)),
)


def main() -> None:
    """Draw every picture anew."""
    PICTURES.mkdir(exist_ok=True)
    for picture in ALL:
        path = PICTURES / f"{picture.name}.svg"
        path.write_text(asyncio.run(draw(picture)), encoding="utf-8")
        print(path.relative_to(PICTURES.parent.parent))  # noqa: T201 - a command for people


async def draw(picture: Picture) -> str:
    """The SVG of one picture."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.toml"
        config.write_text(_config(), encoding="utf-8")
        clock = Clock(MOMENT + picture.later)
        with open_workspace(str(config)) as ws:
            _receive(ws, MOMENT)
            app = InboxApp(ws, NoSync(), clock)
            try:
                async with app.run_test(size=picture.size) as pilot:
                    session = Session(app, pilot, ws, NoSync())
                    await session.settle()
                    await session.press(*picture.keys)
                    return _self_contained(app.export_screenshot(title="founder-inbox"))
            finally:
                app.end()


def _config() -> str:
    hours = '["mon-fri 09:00-10:00", "mon-fri 17:00-18:00"]'
    text = CONFIG.format(hours=hours, keys="")
    return text.replace("support@acme.test", "support@paperplane.test").replace(
        "Ana from Acme", "Ana from Paperplane"
    )


def _receive(ws: Workspace, now: datetime) -> None:
    for name, role in ROLES.items():
        mailbox = mailboxes.add_mailbox(ws.store, name, role, 1)
        there = [mail for mail in mailbag.mails(now) if mail.folder == name]
        mailboxes.add_fetched(
            ws.store,
            mailbox,
            [
                Fetched(uid, mail.raw, len(mail.raw), mail.at, _flags(mail.flags))
                for uid, mail in enumerate(there, 1)
            ],
        )
    prepare(ws, now)
    say_synced(ws.store, 0, now - timedelta(minutes=1))


def _flags(names: Sequence[str]) -> Flags:
    return Flags("\\Seen" in names, "\\Answered" in names, "\\Flagged" in names)


def _self_contained(svg: str) -> str:
    """Without fonts from the network, and with the spaces that renderers would fold."""
    return _REMOTE_FONT.sub("", svg).replace("<text ", '<text xml:space="preserve" ')


def words_in(svg: str) -> list[str]:
    """The text of a picture, line by line, whatever its colours."""
    return re.findall(r"<text [^>]*>([^<]+)</text>", svg)


if __name__ == "__main__":
    main()
