"""A notice that a mail did not arrive counts only where a mail of ours left."""

from collections.abc import Callable

from tests.app.desk import TOM, Desk
from tests.app.letters import letter
from tests.core.mail_files import own_mail

BOUNCE = own_mail("bounce_with_report")


def about(message_id: str) -> bytes:
    """The notice, about another mail."""
    assert b"<our-reply@acme.test>" in BOUNCE
    return BOUNCE.replace(b"<our-reply@acme.test>", message_id.encode())


def test_a_notice_about_the_customer_s_own_mail_fails_nothing(
    open_desk: Callable[[str], Desk],
) -> None:
    desk = open_desk("one")
    desk.receive((3, letter("Export", sender=TOM, message_id="<tom@x.test>")))
    desk.receive((2, about("<tom@x.test>")))

    [ticket] = [t for t in desk.all() if t.state.subject == "Export"]
    assert not ticket.state.delivery_failed


def test_a_notice_about_a_mail_of_ours_that_left_says_so(open_desk: Callable[[str], Desk]) -> None:
    desk = open_desk("one")
    desk.receive((3, letter("Export", sender=TOM, message_id="<tom@x.test>")))
    ours = letter(
        "Re: Export",
        sender="Ana <support@acme.test>",
        to="tom@okafor.test",
        message_id="<ours@acme.test>",
        references="<tom@x.test>",
    )
    desk.receive((2, ours), role="sent")
    desk.receive((1, about("<ours@acme.test>")))

    [ticket] = [t for t in desk.all() if t.state.subject == "Export"]
    assert ticket.state.delivery_failed
