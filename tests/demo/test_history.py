"""What has happened in the demo before it begins."""

from datetime import timedelta
from pathlib import Path

import pytest

from founder_inbox.app.knowledge.asked import look_up
from founder_inbox.app.knowledge.causes import list_causes
from founder_inbox.app.knowledge.ideas import list_ideas
from founder_inbox.app.queue.promises import list_promises
from founder_inbox.app.queue.quick_fix import open_fixes
from founder_inbox.app.queue.tickets import load_tickets
from founder_inbox.app.reading.intake import take_in_all
from founder_inbox.app.workspace import Workspace, open_workspace
from founder_inbox.core.sync.mailbox import Fetched, Flags
from founder_inbox.demo.history import ARTICLE, CAUSE, IDEAS, PROMISED, QUICK_FIX, prepare
from founder_inbox.demo.mailbag import mails
from founder_inbox.store import mailboxes
from founder_inbox.store.tickets import all_keys

from .conftest import NOW

SENDER = "change the sender name"
CONFIG = """
[account]
address = "hello@paperplane.test"
[imap]
host = "127.0.0.1"
security = "none"
[smtp]
host = "127.0.0.1"
security = "none"
[hours]
timezone = "UTC"
[storage]
dir = "data"
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG, encoding="utf-8")
    return path


def receive(ws: Workspace) -> None:
    box = mailboxes.add_mailbox(ws.store, "INBOX", "inbox", 1)
    flags = Flags(seen=False, answered=False, flagged=False)
    inbox = [mail for mail in mails(NOW) if mail.folder == "INBOX"]
    fetched = [Fetched(n, m.raw, len(m.raw), m.at, flags) for n, m in enumerate(inbox, 1)]
    mailboxes.add_fetched(ws.store, box, fetched)
    take_in_all(ws, NOW)


def test_one_promise_is_due_and_one_quick_fix_is_flagged(config: Path) -> None:
    with open_workspace(str(config)) as ws:
        receive(ws)
    prepare(config, NOW)

    with open_workspace(str(config)) as ws:
        [promise] = list_promises(ws.store)
        [fix] = open_fixes(ws.store)
        assert promise.ticket.state.subject == PROMISED
        assert NOW - timedelta(hours=1) < promise.promise.due <= NOW
        assert (fix.state.subject, fix.state.fix_clock.minutes) == (QUICK_FIX, 5)


def test_ideas_are_logged_and_an_article_answers_a_question_that_waits(config: Path) -> None:
    with open_workspace(str(config)) as ws:
        receive(ws)
    prepare(config, NOW)

    with open_workspace(str(config)) as ws:
        assert {one.idea.title for one in list_ideas(ws)} == {title for _, title, _ in IDEAS}
        assert [one.cause.what for one in list_causes(ws)] == [CAUSE[1]]
        known = load_tickets(ws.store, all_keys(ws.store))
        [ticket] = [t for t in known if SENDER in t.state.subject]
        assert look_up(ws, ticket, NOW).offers[0].article == ARTICLE


def test_without_any_mail_yet_nothing_happens(config: Path) -> None:
    prepare(config, NOW)

    with open_workspace(str(config)) as ws:
        assert list_promises(ws.store) == []
        assert open_fixes(ws.store) == []
