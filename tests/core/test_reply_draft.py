"""An answer to a mail: who gets it, what it is called, what it quotes, where it hangs."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.letters.compose import build, check, envelope
from founder_inbox.core.letters.fields import is_message_id
from founder_inbox.core.letters.reply_draft import (
    mailbox,
    quoted,
    reply_draft,
    reply_subject,
    thread_of,
)
from founder_inbox.core.model import Address, Mail, MailKind
from founder_inbox.errors import BadInput

ME = Address("Ana from Acme", "support@acme.test")
TOM = Address("Tom Okafor", "tom@okafor.example")
EVA = Address("Eva", "eva@okafor.example")
OWN = ("support@acme.test", "help@acme.test")
BERLIN = ZoneInfo("Europe/Berlin")
OUR_ID = "<fi.k7f3q2d.aaaaaaaaaaaaaaaa@acme.test>"


def mail(
    *,
    sender: Address = TOM,
    reply_to: tuple[Address, ...] = (),
    to: tuple[Address, ...] = (ME,),
    cc: tuple[Address, ...] = (),
    subject: str = "Charged twice",
    text: str = "I was charged twice.\n\nTom",
    date: datetime | None = datetime(2026, 11, 20, 8, 12, tzinfo=UTC),
    message_id: str = "<m1@okafor.example>",
    references: tuple[str, ...] = (),
) -> Mail:
    return Mail(
        message_id=message_id,
        references=references,
        sender=sender,
        reply_to=reply_to,
        to=to,
        cc=cc,
        subject=subject,
        date=date,
        kind=MailKind.CUSTOMER,
        text=text,
        new_text=text,
        quoted="",
        signature="",
        attachments=(),
        bounce=None,
        warnings=(),
    )


def sent_to(parent: Mail, *, everyone: bool = False) -> tuple[list[str], list[str]]:
    draft = reply_draft(parent, sender=ME, own=OWN, body="Hi", everyone=everyone)
    return [one.address for one in draft.to], [one.address for one in draft.cc]


def test_a_reply_goes_to_the_author_only() -> None:
    assert sent_to(mail(to=(ME, EVA), cc=(EVA,))) == ([TOM.address], [])


def test_a_reply_follows_reply_to() -> None:
    assert sent_to(mail(reply_to=(EVA, TOM))) == ([EVA.address, TOM.address], [])


def test_a_reply_to_that_names_only_us_is_passed_over() -> None:
    """A contact form: From is the person, Reply-To is our own address."""
    assert sent_to(mail(reply_to=(Address("", "HELP@acme.test"),))) == ([TOM.address], [])


def test_reply_all_leaves_our_own_addresses_and_doubles_out() -> None:
    own_with_tag = Address("", "support+shop@ACME.test")
    parent = mail(to=(ME, EVA, TOM), cc=(own_with_tag, EVA, Address("", "x@y.example")))

    assert sent_to(parent, everyone=True) == (
        [TOM.address],
        [EVA.address, "x@y.example"],
    )


def test_an_answer_to_our_own_mail_goes_to_whom_it_went() -> None:
    assert sent_to(mail(sender=ME, to=(TOM,))) == ([TOM.address], [])


def test_a_reply_to_nobody_is_stopped_before_it_leaves() -> None:
    draft = reply_draft(mail(sender=ME, to=(ME,)), sender=ME, own=OWN, body="Hi")

    with pytest.raises(BadInput, match="no one"):
        check(draft)


def test_a_name_that_is_an_address_is_not_repeated() -> None:
    draft = reply_draft(
        mail(sender=Address("boss@bank.example", TOM.address)), sender=ME, own=OWN, body="Hi"
    )

    assert draft.to == (Address("", TOM.address),)


@pytest.mark.parametrize(
    ("subject", "answered"),
    [
        ("Charged twice", "Re: Charged twice"),
        ("Re: Charged twice", "Re: Charged twice"),
        ("AW: RE[3]: Sv : re:Charged twice", "Re: Charged twice"),
        ("Fwd: Charged twice", "Re: Fwd: Charged twice"),
        ("回复：订单", "Re: 订单"),
        ("", "Re:"),
        ("Re: " * 5_000 + "x", "Re:"),
        ("a\r\nBcc: eve@evil.example", "Re: a Bcc: eve@evil.example"),
        ("Reports: a", "Re: Reports: a"),
    ],
)
def test_a_subject_gets_exactly_one_mark(subject: str, answered: str) -> None:
    assert reply_subject(subject) == answered


def test_the_quote_says_who_wrote_when_in_the_founders_zone() -> None:
    assert quoted(mail(), BERLIN, "en") == (
        "On Fri, 20 Nov 2026 at 09:12, Tom Okafor wrote:\n> I was charged twice.\n>\n> Tom"
    )
    assert quoted(mail(), UTC, "de").startswith(
        "Am Fr., 20. Nov. 2026 um 08:12 schrieb Tom Okafor:\n"
    )
    assert quoted(mail(date=None), UTC, None).startswith("Tom Okafor wrote:\n")
    assert quoted(mail(date=None), UTC, "de").startswith("Tom Okafor schrieb:\n")


def test_a_quote_of_a_quote_grows_by_one_mark_and_ends_somewhere() -> None:
    text = quoted(mail(text="a\n> b\n>> c\n" + "x\n" * 5_000), UTC, "en")

    assert text.split("\n")[1:4] == ["> a", ">> b", ">>> c"]
    assert text.endswith("\n> […]")
    assert len(text) < 10_000


def test_our_own_id_stands_in_the_thread_but_never_first_and_the_parent_last() -> None:
    first = thread_of(mail(), OUR_ID)
    later = thread_of(mail(references=("<r@x>", "<s@x>")), OUR_ID)
    again = thread_of(mail(references=("<r@x>", OUR_ID, "<s@x>")), OUR_ID)

    assert first == ("<m1@okafor.example>", OUR_ID)
    assert later == ("<r@x>", "<s@x>", OUR_ID, "<m1@okafor.example>")
    assert again == ("<r@x>", OUR_ID, "<s@x>", "<m1@okafor.example>")


def test_an_id_we_made_up_is_not_sent_back() -> None:
    parent = mail(message_id="<0123@missing.founder-inbox>")

    draft = reply_draft(parent, sender=ME, own=OWN, body="Hi", own_id=OUR_ID)

    assert draft.in_reply_to is None
    assert draft.references == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana@B.example", "ana@b.example"),
        ("ana+x@b.example", "ana@b.example"),
        ("a.n.a@gmail.com", "ana@googlemail.com"),
        ("ana@münchen.example", "ana@xn--mnchen-3ya.example"),
    ],
)
def test_two_spellings_of_one_mailbox_are_one(one: str, other: str) -> None:
    assert mailbox(one) == mailbox(other)


def test_two_mailboxes_stay_two() -> None:
    assert mailbox("a.na@b.example") != mailbox("ana@b.example")
    assert mailbox("ana@b.example") != mailbox("ana@c.example")


@given(st.text(max_size=300), st.text(max_size=100), st.text(max_size=300), st.text(max_size=60))
def test_whatever_a_customer_writes_can_be_answered(
    subject: str, name: str, text: str, reference: str
) -> None:
    parent = mail(
        sender=Address(name, TOM.address),
        subject=subject,
        text=text,
        references=(reference, f"<{reference}>"),
    )

    draft = reply_draft(parent, sender=ME, own=OWN, body="Hi there,\n\nyes.", own_id=OUR_ID)
    check(draft)
    raw = build(draft, "<0123456789abcdef@acme.test>", datetime(2026, 11, 20, tzinfo=UTC))

    assert envelope(draft) == (ME.address, (TOM.address,))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert raw.count(b"\r\nReferences: ") == 1


def test_hostile_mails_can_be_answered_or_are_refused_in_words() -> None:
    """The ids and subjects of the hostile collection, as far as it is at hand, and our own."""
    folder = Path(__file__).parents[2].parent / "shared" / "data" / "hostile"
    raws = [path.read_bytes() for path in sorted(folder.glob("*.eml"))]
    raws.append(
        b"Subject: =?utf-8?q?a=0D=0ABcc:_x?=\r\nMessage-ID: <a\r\n b@c>\r\n\r\nx {{7*7}}\r.\r"
    )

    for raw in raws:
        head, _, body = raw.decode("utf-8", "surrogateescape").partition("\r\n\r\n")
        parent = mail(subject=head[:2_000], text=body[:5_000], message_id=head[-300:])
        draft = reply_draft(parent, sender=ME, own=OWN, body="Hi")
        check(draft)
        built = build(draft, OUR_ID, datetime(2026, 11, 20, tzinfo=UTC))
        assert built.isascii()
        assert b"\r" not in built.replace(b"\r\n", b"")
        assert draft.in_reply_to is None or is_message_id(draft.in_reply_to)
