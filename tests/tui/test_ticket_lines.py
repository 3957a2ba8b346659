"""A ticket's history becomes lines: quotations folded, but never around answers."""

from datetime import UTC, datetime

from founder_inbox.core.model import Address, Direction
from founder_inbox.core.tickets.entry import Entry, EntryKind
from founder_inbox.core.tickets.facts import Role
from founder_inbox.tui.ticket.ticket_lines import Reader, ticket_lines

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
TEXT = "> Was it twice?\nYes.\n> In November?\nNo."


def drawn(*, interleaved: bool) -> str:
    entry = Entry(
        kind=EntryKind.MESSAGE,
        at=NOW,
        sender=Address("Ana", "ana@x.test"),
        text=TEXT,
        direction=Direction.IN,
        new_text="Yes.\nNo.",
        quoted="> Was it twice?\n> In November?",
        interleaved=interleaved,
    )
    lines = ticket_lines([entry], Reader(60, NOW, UTC))
    return "\n".join("".join(words for words, _ in run) for run in lines.runs)


def test_a_quotation_is_folded_into_one_line() -> None:
    assert "2 quoted lines" in drawn(interleaved=False)
    assert "twice" not in drawn(interleaved=False)


def test_answers_are_shown_among_the_questions_they_answer() -> None:
    shown = [line.strip() for line in drawn(interleaved=True).split("\n")]
    assert shown[1:] == TEXT.split("\n")


def test_an_automatic_reply_is_not_said_to_be_the_founder_s() -> None:
    def head(role: Role) -> str:
        mail = Entry(
            kind=EntryKind.MESSAGE,
            at=NOW,
            sender=Address("Ana", "support@acme.test"),
            text="I am away.",
            direction=Direction.OUT,
            role=role,
        )
        runs = ticket_lines([mail], Reader(60, NOW, UTC)).runs
        return "".join(words for words, _ in runs[0])

    assert "Automatic reply" in head(Role.MACHINE)
    assert "You" not in head(Role.MACHINE)
    assert "You" in head(Role.US)
