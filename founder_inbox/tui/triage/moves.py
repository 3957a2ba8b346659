"""Moving about: in the list, in a ticket, between lists, through a search."""

from typing import TYPE_CHECKING

from founder_inbox.core.display import safe_line
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.model import Lane
from founder_inbox.tui.queue.desk import Place, Section
from founder_inbox.tui.triage.decisions import mark_read

if TYPE_CHECKING:
    from founder_inbox.tui.main_screen import MainScreen


def search_for(screen: "MainScreen", text: str) -> None:
    """Show what a search finds; one that can't be read yet leaves the list, and is explained."""
    if screen.finding.open:
        screen.finding.look_for(text)
        return
    screen.desk.go(Place.SEARCH, text)
    if screen.desk.trouble:
        screen.footer.say(screen.desk.trouble)
    else:
        screen.footer.show_search()
    screen.queue.show_list()
    screen.queue.move_to(0)
    screen.show_ticket()
    screen.show_header()


def leave_search(screen: "MainScreen", *, taken: bool) -> None:
    """Keep what was found, or go back to where the search began."""
    from founder_inbox.tui.queue.search_bar import SearchBar

    if screen.finding.open:
        screen.finding.leave(taken=taken)
        return
    screen.query_one(SearchBar).close()
    screen.queue.focus()
    if not taken or not screen.desk.query:
        place, key = screen.before_search
        screen.desk.go(place)
        screen.reread(key)
    screen.show_keys()


def step_in_search(screen: "MainScreen", steps: int) -> None:
    """Arrows while one types: among the results, or from hit to hit."""
    if screen.finding.open:
        screen.finding.step(steps)
    else:
        screen.queue.move_by(steps)


def step(screen: "MainScreen", steps: int) -> None:
    """Move the cursor, or scroll the open ticket."""
    if screen.reading:
        screen.talk.scroll_lines(steps)
    else:
        screen.queue.move_by(steps)


def page(screen: "MainScreen", pages: int) -> None:
    """A screenful up or down."""
    if screen.reading:
        screen.talk.scroll_lines(pages * screen.talk.page)
    else:
        screen.queue.move_by(pages * screen.queue.page)


def to_edge(screen: "MainScreen", *, last: bool) -> None:
    """To the first or last line."""
    if screen.reading:
        screen.talk.scroll_lines(10**6 if last else -(10**6))
    else:
        screen.queue.move_to(len(screen.desk.keys) - 1 if last else 0)


def open_ticket(screen: "MainScreen") -> None:
    """Open the ticket under the cursor."""
    screen.open_ticket()


def go_back(screen: "MainScreen") -> None:
    """Out of what is looked for, the ticket, the selection, the list; at last to the door."""
    if screen.reading and screen.finding.forget():
        screen.show_keys()
    elif screen.reading:
        screen.leave_ticket()
        screen.door_watch.finished()
    elif screen.queue.selected:
        screen.queue.select_none()
        screen.show_keys()
    elif screen.desk.place is not Place.QUEUE:
        go_to(screen, Place.QUEUE)
    elif screen.read_only:
        screen.door_watch.to_the_door()
    else:
        screen.say("ctrl+q leaves. Drafts are kept.")


def next_ticket(screen: "MainScreen", steps: int) -> None:
    """To a neighbour, with the ticket staying open."""
    screen.queue.move_by(steps)
    screen.show_ticket()
    if screen.reading:
        mark_read(screen)


def jump_to(screen: "MainScreen", section: Section) -> None:
    """To the first ticket of a lane."""
    if screen.desk.place is not Place.QUEUE:
        go_to(screen, Place.QUEUE)
    if section is Section.FEATURE and not screen.desk.ideas:
        screen.say("Ideas wait for the next window: this one is nearly over.")
        return
    start = screen.desk.start_of(section)
    if start is None:
        waits = screen.desk.counts.lanes[_LANE_OF[section]] > 0 and screen.desk.later > 0
        screen.say("The rest of them is for the next windows." if waits else _NONE_IN[section])
        return
    screen.queue.move_to(start)


def go_to_owed(screen: "MainScreen") -> None:
    """To the first one who is owed an update."""
    if screen.desk.place is not Place.QUEUE:
        go_to(screen, Place.QUEUE)
    start = screen.desk.start_of(Section.OWED)
    if start is None:
        screen.say("Nobody is waiting for a word from you.")
        return
    screen.queue.move_to(start)


_LANE_OF = {
    Section.THANKS: Lane.THANKS,
    Section.URGENT: Lane.URGENT,
    Section.HOWTO: Lane.HOWTO,
    Section.FEATURE: Lane.FEATURE,
}
_NONE_IN = {
    Section.THANKS: "No thank-yous right now.",
    Section.URGENT: "Nothing urgent. Breathe.",
    Section.HOWTO: "Nobody is stuck.",
    Section.FEATURE: "No new ideas.",
}


def go_to(screen: "MainScreen", place: Place, query: str = "") -> None:
    """Show another list; `query` is what a list of its own is made from."""
    screen.leave_ticket()
    screen.queue.selected.clear()
    screen.desk.go(place, query)
    screen.queue.show_list()
    screen.queue.move_to(0)
    screen.show_ticket()
    screen.show_header()
    screen.show_keys()


def select(screen: "MainScreen") -> None:
    """Select the ticket under the cursor."""
    screen.queue.toggle_selected()
    screen.show_keys()


def select_all(screen: "MainScreen") -> None:
    """Select the section under the cursor, or all of a list without any; again selects none."""
    queue = screen.queue
    if queue.selected:
        queue.select_none()
        screen.show_keys()
        return
    count, more = queue.select_section()
    screen.show_keys()
    if count:
        first = "The first " if more else ""
        screen.say(f"{first}{counted(count, 'ticket')} selected; esc selects none.")


def open_search(screen: "MainScreen") -> None:
    """Begin to search: in the open ticket, else everything."""
    if screen.reading:
        screen.finding.begin()
    else:
        search_everything(screen)


def search_everything(screen: "MainScreen") -> None:
    """Begin to search everything ever synced."""
    from founder_inbox.app.queue.searches import saved_searches
    from founder_inbox.tui.queue.search_bar import EVERYWHERE, SearchBar

    desk = screen.desk
    screen.leave_ticket()
    if desk.place is not Place.SEARCH:
        screen.before_search = (desk.place, screen.current.key if screen.current else None)
        search_for(screen, "")
    names = ", ".join(search.name for search in saved_searches(desk.ws))
    hint = f"{EVERYWHERE}   saved ({screen.keymap.first_key('saved_searches')}): {names}"
    screen.query_one(SearchBar).open(desk.query, safe_line(hint) if names else EVERYWHERE)
    screen.footer.show_search()
