"""A mail of ours that says what an earlier one said is read like the first."""

from collections.abc import Callable

from tests.app.desk import Desk
from tests.app.letters import letter

QUESTION = letter("Export?", "How do I export my list?")
WORDS = "Hi Tom,\n\nI have asked Vlad to take over.\n\nYou will get a mail from Vlad by Wednesday."


def introduction(message_id: str) -> bytes:
    quote = "On Mon, 23 Nov 2026 at 11:43, Tom Okafor wrote:\n> How do I export my list?"
    return letter(
        "Re: Export?",
        f"{WORDS}\n\nAna\n\n{quote}\n",
        sender="Ana from Acme <support@acme.test>",
        to="tom@okafor.test",
        message_id=message_id,
        references="<one@okafor.test>",
    )


def test_two_machines_that_introduced_at_once_show_both_mails_alike(
    open_desk: Callable[[str], Desk],
) -> None:
    shown: list[list[str]] = []
    for order in (("<a@acme.test>", "<b@acme.test>"), ("<b@acme.test>", "<a@acme.test>")):
        desk = open_desk(order[0].strip("<>"))
        desk.receive((5, QUESTION))
        for message_id in order:
            desk.receive((4, introduction(message_id)), role="sent")
        [ticket] = desk.all()
        entries = desk.view(ticket.id).history
        shown.append([e.new_text for e in entries if e.message_id in order])

    assert shown == [[WORDS, WORDS], [WORDS, WORDS]]
