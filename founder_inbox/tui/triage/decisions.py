"""Deciding about tickets: each is one use case, done by the writer, with the next ticket shown."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from founder_inbox.app.queue import triage
from founder_inbox.app.queue.triage import Undone
from founder_inbox.app.workspace import Workspace
from founder_inbox.core.hours.time_words import counted
from founder_inbox.core.model import Lane, Status
from founder_inbox.core.tickets import tags
from founder_inbox.core.tickets.entry import Ticket
from founder_inbox.tui.queue.desk import Place
from founder_inbox.tui.triage.customer_card import CustomerCard

if TYPE_CHECKING:
    from founder_inbox.core.hours.when import When
    from founder_inbox.tui.main_screen import MainScreen

Change = Callable[[Workspace, Sequence[Ticket]], object]


def mark_read(screen: "MainScreen") -> None:
    """The open ticket is read now."""
    ticket, now = screen.current, screen.desk.now()
    if ticket is not None and ticket.state.unread and not screen.read_only:
        write(screen, lambda ws: triage.mark_read(ws, ticket, now), lambda _: None)


def ask_when(
    screen: "MainScreen",
    heading: str,
    then: "Callable[[When], None]",
    otherwise: Callable[[], object] = lambda: None,
    verb: str = "put off",
) -> None:
    """Ask for a time in words, and show what was understood while it is typed."""
    from founder_inbox.tui.widgets.prompts import TextPrompt

    hours = screen.desk.ws.hours

    def understood(text: str) -> "When":
        from founder_inbox.core.hours.when import parse_when

        return parse_when(text, screen.desk.now(), hours.zone, hours)

    def answered(text: str | None) -> None:
        if text is None:
            otherwise()
        else:
            then(understood(text))

    hint = "tomorrow · fri 9 · in 3 days · next window · if no answer by monday"
    prompt = TextPrompt(heading, hint, check=lambda text: understood(text).words, verb=verb)
    screen.app.push_screen(prompt, answered)


def write(
    screen: "MainScreen", work: Callable[[Workspace], object], done: Callable[[object], None]
) -> None:
    """Let the writer do something; an error is said in place."""
    screen.writer.submit(work, done, partial(failed, screen))


def failed(screen: "MainScreen", words: str) -> None:
    """Say what went wrong, and show what is true."""
    screen.reread()
    screen.say(words, trouble=True)


def decide(screen: "MainScreen", change: Change, words: str, *, leaves: bool) -> None:
    """Change the selected tickets, or the one under the cursor, and show the next one."""
    tickets = screen.targets()
    if not tickets:
        screen.say("There is no ticket here.", trouble=True)
        return
    screen.queue.selected.clear()
    if leaves and screen.desk.place is not Place.SEARCH:
        screen.queue.drop({ticket.key for ticket in tickets})
    else:
        screen.queue.tick()
    if screen.reading:
        screen.show_ticket()
    else:
        screen.show_ticket_soon()
    if screen.reading and screen.session.is_over:
        screen.leave_ticket()
    elif screen.reading and leaves:
        mark_read(screen)
    what = tickets[0].state.subject if len(tickets) == 1 else counted(len(tickets), "ticket")
    said = f"{words}: {what} · {screen.keymap.first_key('undo')} takes it back"
    screen.say(said)
    write(screen, lambda ws: change(ws, tickets), partial(changed, screen, said))
    screen.door_watch.finished()


def changed(screen: "MainScreen", said: str, outcome: object) -> None:
    """Show what is true now, and say what was done."""
    screen.reread()
    screen.say(outcome if isinstance(outcome, str) else said)


def close(screen: "MainScreen") -> None:
    """Done."""
    from founder_inbox.tui.triage.cause_form import ask_cause

    now, closing = screen.desk.now(), screen.targets()
    decide(screen, lambda ws, tickets: triage.close(ws, tickets, now), "Done", leaves=True)
    if len(closing) == 1:
        ask_cause(screen, closing[0], closing=True)


def reopen(screen: "MainScreen") -> None:
    """Open again; what is with the teammate is taken back."""
    now = screen.desk.now()

    def change(ws: Workspace, tickets: Sequence[Ticket]) -> None:
        with_teammate = [t for t in tickets if t.state.status is Status.HANDED_OFF]
        others = [t for t in tickets if t.state.status is not Status.HANDED_OFF]
        for ticket in with_teammate:
            triage.take_back(ws, ticket, now)
        if others:
            triage.reopen(ws, others, now)

    decide(screen, change, "Open again", leaves=screen.desk.place is not Place.QUEUE)


def snooze(screen: "MainScreen") -> None:
    """Ask until when, and put off."""

    def chosen(when: "When") -> None:
        now = screen.desk.now()
        decide(
            screen,
            lambda ws, tickets: triage.snooze(ws, tickets, when, now),
            f"Put off until {when.words}",
            leaves=True,
        )

    if screen.targets():
        ask_when(screen, "Later", chosen)


def take_five(screen: "MainScreen") -> None:
    """Put aside for five minutes; it comes back by itself, in its place."""
    now = screen.desk.now()
    back = (now + triage.TAKE_FIVE).astimezone(screen.desk.ws.hours.zone)
    decide(
        screen,
        lambda ws, tickets: triage.park(ws, tickets, now),
        f"Breathe. Back at {back:%H:%M}",
        leaves=True,
    )


def promise(screen: "MainScreen") -> None:
    """Ask for the date of a promise; one that was found in a mail of ours stands there already."""
    from founder_inbox.app.queue import promises
    from founder_inbox.tui.widgets.prompts import TextPrompt

    ticket, hours = screen.current, screen.desk.ws.hours
    view = screen.desk.view(ticket) if ticket else None
    if ticket is None or view is None:
        screen.say("There is no ticket here.", trouble=True)
        return
    hint = view.promise_hint

    def understood(text: str) -> "When":
        from founder_inbox.core.hours.when import parse_when

        return parse_when(text, screen.desk.now(), hours.zone, hours)

    def answered(text: str | None) -> None:
        now = screen.desk.now()
        if text:
            when = understood(text)
            said = f"Kept in mind: {when.words} · {screen.keymap.first_key('undo')} takes it back"
            write(
                screen,
                lambda ws: promises.add_promise(ws, ticket, when, now, hint),
                lambda _: changed(screen, said, None),
            )

    prompt = TextPrompt(
        f"You wrote “{hint.words}”" if hint else "What date did you give?",
        "It is said first in the last window in which it can be kept.",
        value=f"{hint.due.astimezone(hours.zone):%Y-%m-%d %H:%M}" if hint else "",
        check=lambda text: understood(text).words,
        verb="keep in mind",
    )
    screen.app.push_screen(prompt, answered)


def keep_promises(screen: "MainScreen") -> None:
    """Say that the promises of a ticket are kept."""
    from founder_inbox.app.queue import promises

    ticket, now = screen.current, screen.desk.now()
    if ticket is None or not ticket.state.promises:
        screen.say("There is no promise in this ticket.")
        return
    said = f"Kept: {ticket.state.subject} · {screen.keymap.first_key('undo')} takes it back"
    write(
        screen,
        lambda ws: promises.keep_promises(ws, ticket, now),
        lambda _: changed(screen, said, None),
    )


def tag(screen: "MainScreen") -> None:
    """Ask for a tag, with those that are known, and put it on or take it off."""
    from founder_inbox.tui.widgets.prompts import TextPrompt

    now, on_each = screen.desk.now(), [ticket.state.tags for ticket in screen.targets()]

    def answered(name: str | None) -> None:
        if name:
            decide(
                *(screen, lambda ws, tickets: triage.tag(ws, tickets, name, now)),
                "Tag",
                leaves=False,
            )

    def ask(known: list[str]) -> None:
        hint = f"Known: {', '.join(known[:8])}." if known else "A word of yours."
        prompt = TextPrompt(
            "Tag",
            f"{hint} The same again takes it off.",
            check=lambda text: tags.understood(text, known, on_each),
            known=known,
            verb="tag",
        )
        screen.app.push_screen(prompt, answered)

    if on_each:
        screen.writer.submit(triage.all_tags, ask, partial(failed, screen))


def to_lane(screen: "MainScreen", lane: Lane) -> None:
    """Move to a lane."""
    now = screen.desk.now()
    decide(
        screen,
        lambda ws, tickets: triage.move_to_lane(ws, tickets, lane, now),
        f"Moved to {lane}",
        leaves=screen.desk.place is Place.QUEUE,
    )


def note(screen: "MainScreen") -> None:
    """Write an internal note."""
    from founder_inbox.tui.widgets.prompts import TextPrompt

    ticket = screen.current
    if ticket is None:
        return

    def answered(text: str | None) -> None:
        now = screen.desk.now()
        if text:
            said = "Noted. No customer sees it."
            write(
                screen,
                lambda ws: triage.add_note(ws, ticket, text, now),
                partial(changed, screen, said),
            )

    prompt = TextPrompt("Note", "Only for you and the team.", several_lines=True)
    screen.app.push_screen(prompt, answered)


def undo(screen: "MainScreen") -> None:
    """Take the last act back."""
    now = screen.desk.now()
    screen.writer.submit(
        lambda ws: triage.undo(ws, now), partial(_undone, screen), partial(failed, screen)
    )


def _undone(screen: "MainScreen", undone: Undone) -> None:
    from founder_inbox.app.queue.tickets import find_ticket

    store = screen.desk.ws.store
    key = find_ticket(store, undone.tickets[0]).key if undone.tickets else None
    screen.say(f"{undone.words}.")
    screen.query_one(CustomerCard).forget()

    def shown() -> None:
        if undone.outgoing is not None:
            screen.replying.resume(undone.outgoing)
        elif undone.draft is not None and screen.current and screen.current.key == key:
            screen.replying.begin()

    screen.reread(key, shown)
