"""Who speaks in a mail."""

import pytest

from founder_inbox.core.model import Address, Direction, Mail, MailKind
from founder_inbox.core.tickets.facts import Role
from founder_inbox.core.tickets.roles import Household, role_of

US, HELP, VLAD, TOM = "support@acme.test", "help@acme.test", "vlad@acme.test", "tom@okafor.test"
HOUSE = Household(frozenset({US, HELP}), frozenset({VLAD}))
IN, OUT = Direction.IN, Direction.OUT


def mail(sender: str, *to: str, kind: MailKind = MailKind.CUSTOMER) -> Mail:
    return Mail(
        message_id="<a@x>",
        references=(),
        sender=Address("", sender),
        reply_to=(),
        to=tuple(Address("", address) for address in to),
        cc=(),
        subject="Export",
        date=None,
        kind=kind,
        text="",
        new_text="",
        quoted="",
        signature="",
        attachments=(),
        bounce=None,
        warnings=(),
    )


CASES: list[tuple[str, Mail, bool, bool, tuple[Direction, Role]]] = [
    ("a customer begins", mail(TOM, US), False, False, (IN, Role.CUSTOMER)),
    ("a customer goes on", mail(TOM, US), False, True, (IN, Role.CUSTOMER)),
    ("a machine", mail(TOM, US, kind=MailKind.AUTOMATIC), False, False, (IN, Role.MACHINE)),
    ("a newsletter", mail(TOM, US, kind=MailKind.BULK), False, False, (IN, Role.MACHINE)),
    ("we, from Sent", mail(US, TOM), True, True, (OUT, Role.US)),
    ("we, from another program", mail("me@home.test", TOM), True, False, (OUT, Role.US)),
    ("we to the teammate in a ticket", mail(US, VLAD), True, True, (OUT, Role.INTERNAL)),
    ("we to the teammate, no ticket", mail(US, VLAD), True, False, (OUT, Role.US)),
    ("we to teammate and customer", mail(US, VLAD, TOM), True, True, (OUT, Role.US)),
    ("we to nobody named", mail(US), True, True, (OUT, Role.US)),
    ("claims to be us", mail(US, US), False, True, (IN, Role.MACHINE)),
    ("claims to be us in capitals", mail("SUPPORT@acme.test", US), False, True, (IN, Role.MACHINE)),
    ("claims to be our alias", mail(HELP, US), False, False, (IN, Role.MACHINE)),
    ("the teammate to us", mail(VLAD, US), False, True, (IN, Role.TEAMMATE)),
    ("the teammate to the customer", mail(VLAD, TOM, US), False, True, (OUT, Role.US)),
    ("the teammate to a stranger", mail(VLAD, "eve@evil.test"), False, True, (IN, Role.TEAMMATE)),
    (
        "the teammate's absence note to the customer",
        mail(VLAD, TOM, kind=MailKind.AUTOMATIC),
        False,
        True,
        (IN, Role.TEAMMATE),
    ),
    ("the teammate asks as a customer", mail(VLAD, US), False, False, (IN, Role.CUSTOMER)),
]


@pytest.mark.parametrize(
    ("case", "given", "sent", "joined", "role"), CASES, ids=[c[0] for c in CASES]
)
def test_a_mails_place_and_people_say_who_speaks(
    case: str, given: Mail, sent: bool, joined: bool, role: tuple[Direction, Role]
) -> None:
    assert role_of(given, sent, HOUSE, {TOM}, joined) == role
