"""Draws the pictures of the docs: `python -m tests.generate_pictures [NAME ...]`.

The app itself, on the demo's mail and at a fixed moment, so that the pictures stay true. Each is
an SVG of the terminal; fonts are the reader's own, nothing is loaded from anywhere.
"""

import asyncio
import re
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from founder_inbox.app.syncing.sync import prepare
from founder_inbox.app.workspace import Workspace, open_workspace
from founder_inbox.core.sync.mailbox import Fetched, Flags
from founder_inbox.demo import mailbag
from founder_inbox.demo.history import prepare as prepare_demo
from founder_inbox.demo.year import add_year
from founder_inbox.store import mailboxes
from founder_inbox.store.settings import set_setting
from founder_inbox.store.sync_state import say_synced
from founder_inbox.tui.app import InboxApp
from founder_inbox.tui.setup_app import SetupApp
from tests.tui.company import CONFIG, Clock
from tests.tui.conftest import NoSync, Session
from tests.tui.weeks import make_red

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
MOMENT = datetime(2026, 11, 23, 9, 22, tzinfo=UTC)
ROLES = {"INBOX": "inbox", "Sent": "sent"}
_REMOTE_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_CLIPPED = re.compile(r' clip-path="url\(#terminal-\d+-line-\d+\)"')
_LINE_CLIP = re.compile(r'<clipPath id="terminal-\d+-line-\d+">.*?</clipPath>\s*', re.DOTALL)


class Picture(NamedTuple):
    """A file name, the terminal's size, the keys that lead there, how late it is, which screen.

    With `year` the demo's year lies behind her, with `red` a hard week.
    """

    name: str
    size: tuple[int, int]
    keys: Sequence[str]
    later: timedelta = timedelta()
    screen: str = "MainScreen"
    year: bool = False
    red: bool = False


def typed(text: str) -> list[str]:
    """The keys that write a text."""
    return ["space" if letter == " " else letter for letter in text]


WIDE, HALF, SMALL = (120, 36), (100, 30), (80, 24)
EVENING = timedelta(hours=4)
_ANSWER = typed("Yes, the same key works for both. Add the record to the second domain, too.")
_DRAFT = ["2", "j", "r", *typed("It is back")]
ALL = (
    Picture("queue", WIDE, ["2", "j"]),
    Picture("wide", (200, 50), ["2", "j"]),
    Picture("narrow", SMALL, ["3"]),
    Picture("too-small", (50, 12), [], screen="TooSmall"),
    Picture("ticket", SMALL, ["2", "j", "enter"]),
    Picture("reply", WIDE, ["2", "j", "r", *_ANSWER]),
    Picture("tone", WIDE, ["2", "j", "r", *typed("We apologize for the inconvenience.")]),
    Picture("review", WIDE, ["2", "j", "r", *"Done", "ctrl+s"], screen="ReviewScreen"),
    Picture("canned", WIDE, ["2", "j", "semicolon"], screen="CannedPicker"),
    Picture("canned-question", SMALL, ["3", "semicolon", *"dontknow", "enter"], screen="AskForm"),
    Picture("help", WIDE, ["question_mark"], screen="HelpScreen"),
    Picture("search", WIDE, ["slash", *"export"]),
    Picture("saved-searches", SMALL, ["slash", *"export", "ctrl+s", *"Exports", "enter",
            "escape", "escape", "g", "slash"], screen="SavedSearches"),
    Picture("sweep", WIDE, ["g", "t"], screen="SweepScreen"),
    Picture("quick-fix", SMALL, ["3", "t", "m"], screen="TextPrompt"),
    Picture("snooze", WIDE, ["3", "b", *"fri"], screen="TextPrompt"),
    Picture("forward", SMALL, ["2", "j", "enter", "f"], screen="ForwardPrompt"),
    Picture("spam", SMALL, ["3", "exclamation_mark"], screen="SpamPrompt"),
    Picture("merge", SMALL, ["2", "j", "M", *"invoice"], screen="MergePicker"),
    Picture("attachments", SMALL, ["slash", *typed("has:attachment"), "enter", "v"],
            screen="AttachmentsScreen"),
    Picture("files", SMALL, [*_DRAFT, "ctrl+l"], screen="FilesScreen"),
    Picture("drafts", SMALL, [*_DRAFT, "escape", "escape", "g", "d"], screen="DraftsScreen"),
    Picture("outbox", SMALL, ["2", "j", "H", "g", "o"], screen="OutboxScreen"),
    Picture("customer", SMALL, ["2", "j", "i"], screen="CustomerScreen"),
    Picture("forget", SMALL, ["2", "j", "i", "D"], screen="ForgetScreen"),
    Picture("hand-off", SMALL, ["2", "j", "g", "H"], screen="TeammatePrompt"),
    Picture("idea", SMALL, ["4", "F", "tab", "tab", *typed("Writes at night, and it glares")],
            screen="IdeaForm"),
    Picture("ideas", SMALL, ["g", "f"], screen="IdeasScreen", year=True),
    Picture("cause", SMALL, ["2", "j", "C"], screen="CauseForm"),
    Picture("causes", SMALL, ["2", "j", "C", "1", "enter", "g", "b"], screen="CausesScreen"),
    Picture("outage", HALF, ["O"], screen="OutageScreen"),
    Picture("outage-review", HALF, ["O", *typed("The editor shows an error since 09:10."), "down",
            *"safe", "down", "down", "down", *"10:30", "tab", "a", "ctrl+s"],
            screen="OutageReview"),
    Picture("delete", SMALL, ["3", "x", "x", "number_sign"], screen="ConfirmPrompt"),
    Picture("jar", SMALL, ["1", "e", "e", "e", "g", "j"], screen="JarScreen"),
    Picture("faq", SMALL, ["g", "k"], screen="FaqScreen", year=True),
    Picture("article", SMALL, ["g", "k", "enter"], screen="ArticleScreen", year=True),
    Picture("ledger", SMALL, ["g", "dollar_sign"], screen="LedgerScreen", year=True),
    Picture("digest", WIDE, ["g", "r"], screen="DigestScreen", year=True),
    Picture("metrics", HALF, ["g", "m"], screen="MetricsScreen", year=True),
    Picture("handed-most", SMALL, ["2", "H", "3", "H", "g", "m", "u"], screen="HandedScreen"),
    Picture("definitions", SMALL, ["g", "m", "question_mark"], screen="DefinitionsScreen"),
    Picture("wrap-up", SMALL, ["1", "e", "e", "2", "j", "H", "colon", *typed("end session"),
            "enter"], screen="WrapUp"),
    Picture("door", WIDE, [], EVENING, "DoorScreen"),
    Picture("open-early", SMALL, ["o"], EVENING, "OverrideForm"),
    Picture("red", SMALL, [], screen="RestScreen", red=True),
)  # fmt: skip


def main() -> None:
    """Draw every picture anew, or those that are named."""
    PICTURES.mkdir(exist_ok=True)
    for picture in ALL:
        if sys.argv[1:] and picture.name not in sys.argv[1:]:
            continue
        path = PICTURES / f"{picture.name}.svg"
        path.write_text(asyncio.run(draw(picture)), encoding="utf-8")
        print(path.relative_to(PICTURES.parent.parent))  # noqa: T201 - a command for people
    if not sys.argv[1:] or "setup" in sys.argv[1:]:
        (PICTURES / "setup.svg").write_text(asyncio.run(draw_setup()), encoding="utf-8")


async def draw(picture: Picture) -> str:
    """The SVG of one picture. Raises AssertionError where the keys lead to another screen."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.toml"
        config.write_text(_config(), encoding="utf-8")
        clock = Clock(MOMENT + picture.later)
        with open_workspace(str(config)) as ws:
            # Ids are made of it: drawn twice, a picture is the same.
            set_setting(ws.store, "machine", "1f2e3d4c")
            _receive(ws, MOMENT)
            if picture.year:
                add_year(config, MOMENT)
                prepare_demo(config, MOMENT)
            if picture.red:
                make_red(ws, MOMENT)
            app = InboxApp(ws, NoSync(), clock)
            try:
                async with app.run_test(size=picture.size) as pilot:
                    session = Session(app, pilot, ws, NoSync())
                    await session.settle()
                    await session.press(*picture.keys)
                    assert type(app.screen).__name__ == picture.screen, picture.name
                    return lean(app.export_screenshot(title="founder-inbox"))
            finally:
                app.end()


async def draw_setup() -> str:
    """The SVG of the first start, with an address typed whose provider is known."""
    with tempfile.TemporaryDirectory() as folder:
        app = SetupApp(Path(folder) / "config.toml", "paperplane@gmail.com")
        async with app.run_test(size=SMALL) as pilot:
            while not app.query("#password.-shown"):
                await pilot.pause(0.01)
            await pilot.pause()
            return lean(app.export_screenshot(title="founder-inbox"))


def _config() -> str:
    hours = '["mon-fri 09:00-10:00", "mon-fri 17:00-18:00"]'
    text = CONFIG.format(hours=hours, keys="")
    text += '\n[[teammates]]\nname = "Mira"\naddress = "mira@acme.test"\ntopics = ["billing"]\n'
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


def lean(svg: str) -> str:
    """A picture that loads nothing, keeps the spaces that renderers fold, and is half as big.

    Rich clips each line and names everything by a hash of the content; without both a small
    change of a screen is a small change of its picture.
    """
    svg = _LINE_CLIP.sub("", _CLIPPED.sub("", _REMOTE_FONT.sub("", svg)))
    svg = re.sub(r"terminal-\d+-", "t-", svg)
    svg = re.sub(r"(\d+\.\d)\d{3,}", r"\1", svg)
    return svg.replace("<text ", '<text xml:space="preserve" ')


def words_in(svg: str) -> list[str]:
    """The text of a picture, line by line, whatever its colours."""
    return re.findall(r"<text [^>]*>([^<]+)</text>", svg)


if __name__ == "__main__":
    main()
