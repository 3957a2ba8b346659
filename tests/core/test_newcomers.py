from datetime import UTC, datetime, timedelta

from founder_inbox.core.model import Address, Direction
from founder_inbox.core.tickets.entry import Entry, EntryKind
from founder_inbox.core.tickets.facts import Role
from founder_inbox.core.tickets.newcomers import mark_newcomers

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ANA, LEN, US = "ana@ruiz.test", "len@fox.test", "support@acme.test"


def mail(number: int, sender: str, *to: str, role: Role = Role.CUSTOMER) -> Entry:
    return Entry(
        kind=EntryKind.MESSAGE,
        at=NOON + timedelta(minutes=number),
        sender=Address("", sender),
        text="",
        direction=Direction.IN if role is Role.CUSTOMER else Direction.OUT,
        role=role,
        to=tuple(Address("", address) for address in to),
    )


def newcomers(*history: Entry) -> list[str]:
    return [entry.sender.address for entry in mark_newcomers(history) if entry.warnings]


def test_who_comes_into_a_ticket_later_is_named_once() -> None:
    history = (mail(0, ANA, US), mail(1, LEN, US), mail(2, LEN.upper(), US), mail(3, ANA, US))

    assert newcomers(*history) == [LEN]
    assert mark_newcomers(history)[1].warnings == ("len@fox.test is new in this ticket.",)


def test_the_first_writer_and_whoever_was_copied_in_are_no_strangers() -> None:
    ours = mail(1, US, ANA, LEN, role=Role.US)

    assert newcomers(mail(0, ANA, US), ours, mail(2, LEN, US)) == []


def test_notes_and_acts_stay_as_they_are() -> None:
    note = Entry(kind=EntryKind.NOTE, at=NOON, sender=Address("", LEN), text="hm")

    assert mark_newcomers([mail(0, ANA, US), note])[1] is note
