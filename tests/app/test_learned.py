"""A correction counts from the next mail on, and an undone one no more."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from founder_inbox.app.queue import triage
from founder_inbox.app.queue.tickets import Choice, list_tickets
from founder_inbox.app.reading.intake import take_in_all
from founder_inbox.app.reading.learned import LEARNED, LEARNED_FROM, Learned
from founder_inbox.app.reading.sorting import Sorter
from founder_inbox.app.workspace import Workspace, open_workspace
from founder_inbox.core.model import Lane
from founder_inbox.core.sync.mailbox import Fetched, Flags
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.store import mailboxes
from founder_inbox.store.database import open_store
from founder_inbox.store.settings import get_setting, set_setting
from tests.app.letters import letter
from tests.tui.company import Company

NOW = datetime(2026, 11, 23, 9, 15, tzinfo=UTC)
NEVER_SEEN = Flags(seen=False, answered=False, flagged=False)
LEAFLETS = (
    "Dirigible leaflet, cyan edition",
    "The cyan dirigible leaflet",
    "Cyan dirigible leaflet, first edition",
    "Leaflet of the dirigible in cyan",
)
ANOTHER = "Dirigible leaflet, cyan"


class Post:
    """A workspace and its postman."""

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws
        self._numbers = count(1)
        self._box = mailboxes.add_mailbox(ws.store, "INBOX", "inbox", 1)

    def bring(self, text: str) -> Ticket:
        """A mail comes in and makes a ticket."""
        number = next(self._numbers)
        at = NOW + timedelta(minutes=number)
        raw = letter("Hello", text, sender=f"u{number}@x.test", message_id=f"<{number}@x.test>")
        mailboxes.add_fetched(
            self.ws.store, self._box, [Fetched(number, raw, len(raw), at, NEVER_SEEN)]
        )
        take_in_all(self.ws, at)
        found = list_tickets(self.ws.store, Choice(None, everything=True), at, None)
        return next(t for t in found if t.state.customer.address == f"u{number}@x.test")

    def move(self, ticket: Ticket, lane: Lane) -> None:
        """The founder moves it."""
        triage.move_to_lane(self.ws, [ticket], lane, self.now())

    def now(self) -> datetime:
        return NOW + timedelta(minutes=next(self._numbers))


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    company = Company(tmp_path)
    company.write_config()
    with open_workspace(company.config) as ws:
        yield Post(ws)


def teach(post: Post) -> None:
    for text in LEAFLETS:
        post.move(post.bring(text), Lane.FEATURE)


def test_a_mail_like_those_that_were_moved_goes_where_they_went(post: Post) -> None:
    assert post.bring(ANOTHER).state.verdict.lane is not Lane.FEATURE
    teach(post)

    verdict = post.bring(ANOTHER).state.verdict
    assert verdict.lane is Lane.FEATURE
    assert verdict.reasons[0] == "like 4 you moved here"


def test_what_is_undone_is_unlearned(post: Post) -> None:
    teach(post)
    for _ in LEAFLETS:
        triage.undo(post.ws, post.now())

    assert not post.ws.learned.now()
    assert "dirigible" not in (get_setting(post.ws.store, LEARNED) or "")
    assert post.bring(ANOTHER).state.verdict.lane is not Lane.FEATURE


def test_no_correction_makes_a_thank_you(post: Post) -> None:
    for text in LEAFLETS:
        post.move(post.bring(text), Lane.THANKS)

    assert post.bring(ANOTHER).state.verdict.lane is not Lane.THANKS


def test_what_was_learned_is_kept_and_made_anew_only_when_it_is_stale(post: Post) -> None:
    teach(post)
    learned = post.ws.learned.now()
    origin = get_setting(post.ws.store, LEARNED_FROM)
    again = open_store(post.ws.paths.database)

    assert Learned(again, post.ws.rules).now() == learned
    set_setting(post.ws.store, LEARNED, "{broken")
    assert not Learned(again, post.ws.rules).now()
    post.move(post.bring("A dirigible leaflet in cyan"), Lane.FEATURE)
    assert post.ws.learned.now()
    assert get_setting(post.ws.store, LEARNED_FROM) != origin
    again.close()


def test_mail_answered_or_closed_where_it_lay_weighs_against_what_was_moved(post: Post) -> None:
    for text in LEAFLETS[:3]:
        triage.close(post.ws, [post.bring(text)], post.now())
    post.move(post.bring(LEAFLETS[3]), Lane.FEATURE)

    assert post.bring(ANOTHER).state.verdict.lane is not Lane.FEATURE


def test_texts_on_the_command_line_are_sorted_with_what_was_learned(
    post: Post, tmp_path: Path
) -> None:
    plain = Sorter(str(tmp_path / "none.toml")).sort("Hello", ANOTHER, {})
    for text in LEAFLETS:
        post.move(post.bring(text), Lane.FEATURE)
    learned = Sorter(str(post.ws.paths.config)).sort("Hello", ANOTHER, {})

    assert plain.lane is not Lane.FEATURE
    assert learned.lane is Lane.FEATURE
    assert "you moved here" in " ".join(learned.reasons)
