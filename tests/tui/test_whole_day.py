"""A whole day at the door, in one go: shut, opening, work, the end, the wrap-up, opening early."""

from datetime import timedelta

from founder_inbox.app.hours.veil import veil_of
from founder_inbox.app.sending.due import due_to_leave
from founder_inbox.app.session.burnout import read_burnout
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.core.tickets.outbox import CROSSED
from founder_inbox.store.events import events_since
from founder_inbox.store.outbox import live_items
from founder_inbox.tui.door.door_screen import DoorScreen
from founder_inbox.tui.door.override_form import OverrideForm
from founder_inbox.tui.door.wrap_up import WrapUp
from founder_inbox.tui.main_screen import MainScreen
from founder_inbox.tui.queue.header import Header
from tests.tui.company import MONDAY, Company, Letter
from tests.tui.conftest import Session, Start

SENDER = "How do I change the sender name?"
TWICE = "Charged twice this month"
NEWCOMER = Letter("Mia Zebra <mia@zebra.test>", "Where is my invoice", "Zebra: no invoice.", -3)
ONE_MORE = Letter("Paul <paul@letters.test>", "One more thing", "And zebras too.", -3)
AGAIN = Letter(
    "Paul <paul@letters.test>",
    f"Re: {SENDER}",
    "Zebra crossing: it still says the old name.",
    -3,
    reply_to="<letter-6@customers.test>",
)
TRACES = ("zebra", "invoice", "one more thing", "new mail in", "synced")


async def at(session: Session, company: Company, hour: int, minute: int, second: int = 0) -> None:
    """Set the clock, and let the app look at the door as it does every second."""
    company.clock.moment = MONDAY.replace(hour=hour, minute=minute, second=second)
    await session.look()


def shows(session: Session, screen: type) -> bool:
    return type(session.app.screen) is screen


def written(session: Session, kind: EventKind) -> int:
    return len(events_since(session.ws.store, MONDAY - timedelta(days=1), kind))


def leaving(session: Session, company: Company) -> list[str]:
    """Whom the mails go to that would leave now, after new mail was looked for."""
    due = due_to_leave(session.ws, company.clock(), looked=True, named=())
    return [item.recipients[0] for item in due]


async def search(session: Session, word: str) -> None:
    await session.press("/")
    await session.type(word)
    await session.press("enter")


async def test_a_whole_day_at_the_door(start: Start, company: Company) -> None:
    company.clock.moment = MONDAY.replace(hour=12)
    async with start(size=(120, 40)) as session:
        rung: list[str] = []
        session.app.bell = lambda: rung.append("bell")  # type: ignore[method-assign] # Textual's own
        await shut(session, company)
        await opening(session, company)
        await work(session, company)
        await last_minutes(session, company, rung)
        await over(session, company)
        await early(session, company)
        assert rung == ["bell"]


async def shut(session: Session, company: Company) -> None:
    """Three mails come in, and no place on the screens knows of them."""
    header = session.app.main.query_one(Header)
    await session.press("r")
    before, counts = session.subjects(), str(header.visual).splitlines()[1]
    company.receive(session.ws, NEWCOMER, AGAIN, ONE_MORE)
    await at(session, company, 12, 20)
    assert (session.subjects(), str(header.visual).splitlines()[1]) == (before, counts)

    seen = [session.text]
    for place in ("i", "w", "s", "h", "d", "a", "o"):
        await session.press("g", place)
        seen.append(session.text)
    await session.press("escape", "g", "i")
    await search(session, "zebra")
    assert session.subjects() == []
    await session.press("escape")
    await search(session, "sender")
    await session.press("enter")  # the ticket, with its customer's card
    assert "change the sender name" in session.text
    seen.append(session.text)
    await session.press("ctrl+p")
    seen.append(session.text)
    await session.type("invoice")
    assert "Where is" not in session.text
    await session.press("escape")

    await session.press("r")  # a reply to what was seen
    await session.type("In the settings")
    await session.press("ctrl+s")
    assert "today 17:00" in session.text
    await session.press("enter")
    await session.press("escape", "escape", "escape")
    assert shows(session, DoorScreen)
    assert "1 reply waiting to leave then" in session.text
    seen.append(session.text)
    for text in seen:
        assert not [trace for trace in TRACES if trace in text.casefold()], text


async def opening(session: Session, company: Company) -> None:
    """Ten minutes before it says so; at five it is open, with the news in two sentences."""
    await at(session, company, 16, 50)
    session.app.screen.refresh_words()  # type: ignore[attr-defined] # it is the door
    await session.settle()
    assert shows(session, DoorScreen)
    assert "Support opens in a moment" in session.text
    assert "zebra" not in session.text.casefold()

    await at(session, company, 17, 0)
    assert shows(session, MainScreen)
    assert "Since today 10:00, 3 tickets came in, 1 urgent among them." in session.text
    assert "2 customers should hear from you." in session.text
    assert "10 to go" in session.text
    assert {NEWCOMER.subject, ONE_MORE.subject, SENDER} <= set(session.subjects())

    # The reply crossed Paul's second mail: it waits for the founder, beside that mail.
    assert leaving(session, company) == []
    [held] = live_items(session.ws.store)
    assert held.answer == CROSSED
    await session.press("g", "o")
    assert "They wrote again before this left." in session.text
    assert "leaves" not in session.text.partition("Outbox")[2].partition("They wrote")[0]
    await session.press("r", "escape")
    assert leaving(session, company) == ["paul@letters.test"]


async def work(session: Session, company: Company) -> None:
    """A thank-you closed, a reply, a hand-off, and one put aside to breathe."""
    await at(session, company, 17, 10)
    await session.press("g", "i", "1", "e")
    await session.press("2")
    assert session.subject == TWICE
    await session.press("B")
    assert TWICE not in session.subjects()
    assert session.subject == "Everything is down"
    await session.press("j")
    assert session.subject == NEWCOMER.subject
    await session.press("H")
    await search(session, "CSV")
    await session.press("r")
    await session.type("Under Export")
    await session.press("ctrl+s", "e")
    await at(session, company, 17, 16)
    await session.press("escape", "g", "i")
    assert TWICE in session.subjects()
    assert NEWCOMER.subject not in session.subjects()
    assert "jonas@brandt.test" in leaving(session, company)


async def last_minutes(session: Session, company: Company, rung: list[str]) -> None:
    """Ideas are offered until ten minutes before the end; at five the bell rings, once."""
    await at(session, company, 17, 49, 59)
    assert "Idea: a dark mode" in session.subjects()
    await at(session, company, 17, 50)
    assert "Idea: a dark mode" not in session.subjects()
    assert "ideas wait for the next one" in session.text

    await at(session, company, 17, 54, 59)
    assert rung == []
    for second in (0, 1):
        await at(session, company, 17, 55, second)
    assert rung == ["bell"]
    assert "Five minutes left." in session.text


async def over(session: Session, company: Company) -> None:
    """The ticket in hand is finished and sent, another is refused, and the wrap-up comes."""
    await session.press("2")
    assert session.subject == TWICE
    await session.press("enter")
    await at(session, company, 18, 2)
    assert shows(session, MainScreen)
    assert "Finish this one in peace" in session.text
    await session.press("]")
    assert session.subject == TWICE
    assert "the rest waits: tomorrow 09:00" in session.text

    await session.press("r")
    await session.type("Refunded")
    await session.press("ctrl+s")
    assert "Goes out in 10 seconds" in session.text
    await session.press("enter")
    await session.look()
    assert shows(session, WrapUp)
    assert "You answered" in session.text
    company.clock.pass_by(seconds=10)
    assert "ana@ruiz.test" in leaving(session, company)

    await session.press("4", "enter")
    assert shows(session, DoorScreen)
    assert "tomorrow 09:00" in session.text
    assert written(session, EventKind.MOOD) == 1
    assert veil_of(session.ws, session.app.main.session.door, company.clock()) is not None


async def early(session: Session, company: Company) -> None:
    """Opening early wants a reason, is counted, and a strict door has no such way in."""
    await at(session, company, 20, 0)
    late = Letter("Zoe <zoe@late.test>", "Late in the evening", "Hello there?", -10)
    company.receive(session.ws, late)
    await session.press("o")
    await session.type("because")
    await session.press("enter")
    assert shows(session, OverrideForm)
    await session.type(" my launch is tonight")
    await session.press("enter")
    await session.look()
    assert shows(session, MainScreen)
    assert late.subject in session.subjects()
    assert "opened early" in session.text
    counted = read_burnout(session.ws, company.clock()).signals
    assert "opened_outside" in [signal.name for signal in counted]

    await at(session, company, 20, 31)
    assert shows(session, WrapUp)
    await session.press("enter")
    assert shows(session, DoorScreen)
    assert written(session, EventKind.OVERRIDE_OPENED) == 1


async def test_a_strict_door_has_no_early_opening(start: Start, company: Company) -> None:
    company.write_config(strict=True)
    company.clock.moment = MONDAY.replace(hour=20)
    async with start() as session:
        await session.press("o")
        assert "you asked me to keep it so" in session.text
        assert "tomorrow 09:00" in session.text
        await session.press("enter")
        await session.look()
        assert shows(session, DoorScreen)
        assert written(session, EventKind.OVERRIDE_OPENED) == 0
