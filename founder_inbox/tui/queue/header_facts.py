"""What the header says, gathered from all who know a part of it."""

from typing import TYPE_CHECKING

from founder_inbox.app.sending.outbox import list_outbox
from founder_inbox.app.syncing.sync_status import count_untold, sync_words
from founder_inbox.core.hours.session import pace_line
from founder_inbox.tui.queue.desk import Place
from founder_inbox.tui.queue.header import HeaderFacts
from founder_inbox.tui.queue.outage_line import OutageLine

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen


def header_facts(screen: "MainScreen") -> HeaderFacts:
    """How things stand now."""
    desk, now = screen.desk, screen.desk.now()
    place = "" if desk.place is Place.QUEUE else f"{desk.place.value}  {len(desk.keys)}"
    return HeaderFacts(
        screen.session.door,
        desk.counts,
        sync_words(desk.ws.store, now, desk.ws.hours.zone, silent=desk.veil is not None),
        len(list_outbox(desk.ws.store)),
        desk.ws.usual_teammate or "the team",
        place,
        screen.read_only,
        screen.session.opening() if screen.read_only else "",
        count_untold(desk.ws.store, now),
        "" if screen.read_only else pace_line(desk.to_go, screen.session.pace),
        screen.query_one(OutageLine).short,
    )
