"""Mail as it leaves: each one is read back by Python's email package and looked at byte by byte."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import compat32
from email.policy import default as modern
from email.utils import getaddresses
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.display import safe_filename, safe_line, safe_text
from founder_inbox.core.letters.compose import (
    Draft,
    File,
    build,
    check,
    envelope,
    kept_references,
    needs_smtputf8,
    own_words,
)
from founder_inbox.core.letters.fields import Field, ascii_address, ascii_domain, is_message_id
from founder_inbox.core.mime import reader
from founder_inbox.core.model import Address
from founder_inbox.errors import BadInput

NOW = datetime(2026, 11, 20, 9, 12, tzinfo=UTC)
ME = Address("Ana from Acme", "support@acme.test")
TOM = Address("Tom Okafor", "tom@okafor.example")
OUR_ID = "<0123456789abcdef@acme.test>"
EXCHANGE_ID = "<AM0PR04MB1234567890ABCDEFABCDEF0123456789ABCDEF01234567@eurprd04.prod.outlook.com>"
ALLOWED = {str(field).lower() for field in Field}


def draft(
    *,
    sender: Address = ME,
    to: tuple[Address, ...] = (TOM,),
    cc: tuple[Address, ...] = (),
    subject: str = "Re: Charged twice",
    body: str = "Hi Tom,\n\nit is fixed.",
    in_reply_to: str | None = None,
    references: tuple[str, ...] = (),
    attachments: tuple[File, ...] = (),
    automatic: bool = False,
) -> Draft:
    return Draft(
        sender=sender,
        to=to,
        cc=cc,
        subject=subject,
        body=body,
        in_reply_to=in_reply_to,
        references=references,
        attachments=attachments,
        automatic=automatic,
    )


def built(mail: Draft, *, smtputf8: bool = False) -> bytes:
    return build(mail, OUR_ID, NOW, smtputf8=smtputf8)


def read(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=modern)
    assert isinstance(message, EmailMessage)
    return message


def field_names(raw: bytes) -> list[str]:
    """Split by hand, as a server would: what stands at a line's start before a colon."""
    head = raw.partition(b"\r\n\r\n")[0]
    lines = [line for line in head.split(b"\r\n") if line[:1] not in (b" ", b"\t")]
    return [line.partition(b":")[0].decode().lower() for line in lines]


def line_of(raw: bytes, name: str) -> bytes:
    head = raw.partition(b"\r\n\r\n")[0] + b"\r\n"
    start = head.lower().index(b"\r\n" + name.lower().encode() + b":") + 2
    end = start
    while True:
        end = head.index(b"\r\n", end) + 2
        if head[end : end + 1] != b" ":
            return head[start:end]


def sound(raw: bytes) -> bool:
    """Only CR LF, no line over 998 bytes, no field that is not ours, each at most once."""
    bare = raw.replace(b"\r\n", b"")
    names = field_names(raw)
    return (
        b"\r" not in bare
        and b"\n" not in bare
        and b"\0" not in raw
        and max(map(len, raw.split(b"\r\n"))) <= 998
        and set(names) <= ALLOWED
        and len(names) == len(set(names))
    )


def body_of(raw: bytes) -> str:
    part = read(raw).get_body(("plain",))
    assert part is not None
    text = part.get_content()
    assert isinstance(text, str)
    return text


def people(raw: bytes, name: str) -> list[tuple[str, str]]:
    """Read as compat32, which joins encoded words as RFC 2047, 6.2 says; Python 3.11's new
    address parser leaves a space between them."""
    header = message_from_bytes(raw, policy=compat32)[name]
    pairs = getaddresses([header])
    return [(str(make_header(decode_header(one))) if one else "", spec) for one, spec in pairs]


def test_a_plain_mail_is_plain() -> None:
    raw = built(draft(in_reply_to="<a@b.example>", references=("<r@b.example>", "<a@b.example>")))

    assert raw == (
        b"Date: Fri, 20 Nov 2026 09:12:00 +0000\r\n"
        b"From: Ana from Acme <support@acme.test>\r\n"
        b"To: Tom Okafor <tom@okafor.example>\r\n"
        b"Subject: Re: Charged twice\r\n"
        b"Message-ID: <0123456789abcdef@acme.test>\r\n"
        b"X-Founder-Inbox: <0123456789abcdef@acme.test>\r\n"
        b"In-Reply-To: <a@b.example>\r\n"
        b"References: <r@b.example> <a@b.example>\r\n"
        b"MIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: 7bit\r\n"
        b"\r\n"
        b"Hi Tom,\r\n\r\nit is fixed.\r\n"
    )


def test_the_date_keeps_its_zone_and_must_have_one() -> None:
    berlin = timezone(timedelta(hours=1))

    raw = build(draft(), OUR_ID, NOW.astimezone(berlin))

    assert line_of(b"\r\n" + raw, "Date") == b"Date: Fri, 20 Nov 2026 10:12:00 +0100\r\n"
    with pytest.raises(ValueError, match="time zone"):
        build(draft(), OUR_ID, datetime(2026, 11, 20))  # noqa: DTZ001 - the mistake under test


def test_long_exchange_ids_stay_whole_and_unencoded() -> None:
    references = tuple(f"<{number:02}{EXCHANGE_ID[1:]}" for number in range(30))

    raw = built(draft(in_reply_to=EXCHANGE_ID, references=references))

    assert len(EXCHANGE_ID) >= 80
    assert line_of(raw, "In-Reply-To") == b"In-Reply-To: " + EXCHANGE_ID.encode() + b"\r\n"
    assert b"=?" not in raw
    written = line_of(raw, "References").split()[1:]
    assert written == [id_.encode() for id_ in (references[0], *references[-19:])]
    assert sound(raw)


def test_ids_that_are_none_are_dropped() -> None:
    bad = ("", "abc", "<a b@c>", "<a@b\r\nBcc: x@y>", "<ä@b>", "<=?utf-8?q?a?=@b>", "<" + "x" * 2000 + "@b>", "<a<b@c>")  # fmt: skip  # noqa: E501 - a table

    raw = built(draft(in_reply_to=bad[3], references=(*bad, "<ok@b.example>", "<ok@b.example>")))

    assert "in-reply-to" not in field_names(raw)
    assert line_of(raw, "References") == b"References: <ok@b.example>\r\n"
    assert not any(map(is_message_id, bad))
    assert kept_references(bad) == ()


@pytest.mark.parametrize("evil", ["\r\nBcc: eve@evil.example", "\nX: y", "\rX: y", "\0", "\x1b[2J", "\x85X: y", "\u2028X"])  # fmt: skip  # noqa: E501 - a table
@pytest.mark.parametrize("place", ["subject", "sender", "to", "cc", "address", "file", "id"])
def test_no_value_can_begin_another_header(place: str, evil: str) -> None:
    mails = {
        "subject": draft(subject=f"Re: a{evil}"),
        "sender": draft(sender=Address(f"Ana{evil}", ME.address)),
        "to": draft(to=(Address(f"Tom{evil}", TOM.address),)),
        "cc": draft(cc=(Address(f"Tom{evil}", TOM.address),)),
        "address": draft(to=(Address("Tom", f"tom{evil}@okafor.example"),)),
        "file": draft(attachments=(File(f"a{evil}.txt", "text/plain", b""),)),
        "id": draft(),
    }
    message_id = f"<a{evil}@acme.test>" if place == "id" else OUR_ID

    with pytest.raises(BadInput):
        build(mails[place], message_id, NOW, smtputf8=True)


def test_an_encoded_line_break_stays_text() -> None:
    """CVE-2024-6923: a subject read raw as an encoded word must not become a header."""
    raw = built(draft(subject="Re: =?utf-8?q?a=0D=0ABcc:_eve@evil.example?="))

    assert sound(raw)
    assert read(raw)["Subject"] == "Re: =?utf-8?q?a=0D=0ABcc:_eve@evil.example?="


PRINTED = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))


@given(
    st.text(PRINTED, max_size=200),
    st.text(PRINTED, max_size=80),
    st.text(max_size=400),
    st.text(PRINTED, min_size=1, max_size=60),
)
def test_any_text_without_controls_comes_back_as_it_was(
    subject: str, name: str, body: str, file: str
) -> None:
    mail = draft(
        subject=subject,
        to=(Address(name, TOM.address),),
        body=body,
        attachments=(File(file, "image/png", b"\x89PNG"),),
    )

    raw = built(mail)

    assert sound(raw)
    assert raw.isascii()
    message = read(raw)
    (attachment,) = message.iter_attachments()
    assert str(message["Subject"]).split() == subject.split()
    assert people(raw, "To")[0][0].split() == name.split()
    assert attachment.get_content() == b"\x89PNG"
    # get_filename() would take brackets or quotes off a name that has them.
    assert attachment["Content-Disposition"].params["filename"].split() == file.split()


PLAIN = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), max_size=40)


@given(
    subject=PLAIN,
    name=PLAIN,
    body=st.lists(PLAIN.filter(str.strip), min_size=1, max_size=5),
    file=st.from_regex(r"[a-zäß日][\w äß日-]{0,60}\.pdf", fullmatch=True),
    both=st.booleans(),
    attached=st.booleans(),
)
def test_pythons_reader_and_ours_read_the_same_out_of_any_mail(
    subject: str, name: str, body: list[str], file: str, both: bool, attached: bool
) -> None:
    files = (File(file, "application/pdf", b"%PDF\x00\xff"),) if attached else ()
    mail = draft(
        subject=subject,
        to=(Address(name, TOM.address),),
        body="\n".join(body),
        attachments=files,
    )
    # The same words: a plain part that says less than the other is taken for a stand-in.
    html = f"<p>{'<br>'.join(map(escape, body))}</p>" if both else ""
    raw = built(replace(mail, html=html))
    theirs, ours = read(raw), reader.parse(raw)
    text = theirs.get_body(("plain",))

    assert sound(raw)
    assert text is not None
    assert ours.message_id == theirs["Message-ID"] == OUR_ID
    assert ours.date == theirs["Date"].datetime
    assert ours.subject.split() == safe_line(str(theirs["Subject"]), 1_000).split()
    assert [person.address for person in ours.to] == [TOM.address]
    assert ours.to[0].name.split() == safe_line(people(raw, "To")[0][0]).split()
    assert ours.text.split() == safe_text(text.get_content()).split()
    names = [str(part.get_filename()) for part in theirs.iter_attachments()]
    assert [a.name for a in ours.attachments] == [safe_filename(found) for found in names]
    assert [a.size for a in ours.attachments] == [6] * len(files)


@pytest.mark.parametrize(
    "name",
    ["Jürgen Weiß", "王小明", "O'Brien, Tom", 'Tom "T" O', "a\\b", "Dr. Tom",
     "Tom <eve@evil.example>", "x" * 120, "é" * 100, "Tom (Acme); Eve", "=?utf-8?q?a?=", ""],
)  # fmt: skip
def test_names_come_back_as_they_were(name: str) -> None:
    raw = built(draft(to=(Address(name, TOM.address), ME), cc=(Address(name, "eve@b.example"),)))

    assert sound(raw)
    assert people(raw, "To") == [(name, TOM.address), (ME.name, ME.address)]
    assert people(raw, "Cc") == [(name, "eve@b.example")]


@pytest.mark.parametrize(
    "subject",
    [
        "Übergrößen " * 12,
        "二重請求されました " * 9,
        "x" * 300,
        "a  b",
        " a",
        "👩‍👩‍👧 " * 20,
        "Re: [x] y: z",
    ],
)
def test_subjects_come_back_as_they_were(subject: str) -> None:
    raw = built(draft(subject=subject))

    assert sound(raw)
    assert read(raw)["Subject"] == subject
    assert max(map(len, line_of(raw, "Subject").split(b"\r\n"))) <= 78


@pytest.mark.parametrize(
    "body",
    [
        "short",
        "From here on\n.\n..dots\nFrom there",
        "word " * 400,
        "x" * 3000,
        "Grüße aus München, es läuft.",
        "二重に請求されました。ご確認ください。" * 30,
        "trailing \nspaces\t\n-- \nAna",
        "a=b =_ --=_x",
        "tab\tand  two",
    ],
)
def test_bodies_come_back_as_they_were(body: str) -> None:
    for attachments in ((), (File("a.txt", "text/plain", b"a"),)):
        raw = built(draft(body=body, attachments=attachments))

        assert sound(raw)
        assert raw.isascii()
        assert body_of(raw).replace("\r\n", "\n") == body + "\n"
        assert max(map(len, raw.split(b"\r\n"))) <= 100
        assert b"\r\nFrom " not in raw.partition(b"\r\n\r\n")[2]
        assert b"\r\n." not in raw.partition(b"\r\n\r\n")[2]


@given(st.lists(st.text(PRINTED, min_size=1, max_size=200), min_size=1, max_size=8))
def test_any_body_comes_back_line_by_line(lines: list[str]) -> None:
    raw = built(draft(body="\n".join(lines)))

    assert sound(raw)
    assert body_of(raw).replace("\r\n", "\n").split("\n") == [*lines, ""]


def test_a_paragraph_is_one_line_for_its_reader_and_short_ones_on_the_way() -> None:
    paragraph = "Open Settings and choose the project. " * 60

    raw = built(draft(body=paragraph.strip()))

    assert body_of(raw).replace("\r\n", "\n") == paragraph.strip() + "\n"
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert "format" not in dict(read(raw)["content-type"].params)


def test_bare_returns_and_controls_of_a_quoted_mail_do_not_reach_the_wire() -> None:
    raw = built(draft(body="ok\n> a\r.\r\n> b\0\x1b[2J\x0c\ud800 c"))

    assert sound(raw)
    assert body_of(raw).replace("\r\n", "\n") == "ok\n> a\n.\n> b[2J c\n"


@pytest.mark.parametrize(
    "name",
    ["invoice.pdf", "Rechnung März.pdf", "請求書" * 20 + ".pdf", 'a"b\\c.txt', "a;b=c.txt",
     "x" * 200 + ".txt", "50%.txt"],
)  # fmt: skip
def test_attachments_come_back_with_name_type_and_bytes(name: str) -> None:
    data = bytes(range(256)) * 50

    raw = built(draft(body="See attached.", attachments=(File(name, "application/pdf", data),)))

    (attachment,) = read(raw).iter_attachments()
    assert sound(raw)
    assert attachment.get_filename() == name
    assert attachment.get_content_type() == "application/pdf"
    assert attachment.get_payload(decode=True) == data
    assert body_of(raw).strip() == "See attached."


@pytest.mark.parametrize("kind", ["", "pdf", "message/rfc822", "multipart/mixed", "a/b\r\nBcc: x", "text/plain; charset=x"])  # fmt: skip  # noqa: E501 - a table
def test_an_odd_type_becomes_plain_bytes(kind: str) -> None:
    raw = built(draft(attachments=(File("a.eml", kind, b"From: x\n\ny"),)))

    (attachment,) = read(raw).iter_attachments()
    assert attachment.get_content_type() == "application/octet-stream"
    assert attachment.get_content() == b"From: x\n\ny"
    assert sound(raw)


def test_there_is_no_bcc_and_a_reply_is_never_marked_automatic() -> None:
    assert "Bcc" not in {str(field) for field in Field}
    assert "auto-submitted" not in field_names(built(draft()))


def test_mail_that_no_person_wrote_says_so() -> None:
    message = read(built(draft(automatic=True)))

    assert message["Auto-Submitted"] == "auto-replied"
    assert message["X-Auto-Response-Suppress"] == "All"


def test_domains_of_all_scripts_leave_as_a_labels() -> None:
    raw = built(draft(to=(Address("", "tom@München.example"), Address("", "a@日本.example"))))

    assert people(raw, "To") == [
        ("", "tom@xn--mnchen-3ya.example"),
        ("", "a@xn--wgv71a.example"),
    ]
    assert ascii_domain("straße.example") == "xn--strae-oqa.example"
    assert ascii_domain("[192.0.2.1]") == "[192.0.2.1]"


def test_a_local_part_outside_ascii_needs_a_server_that_takes_it() -> None:
    mail = draft(to=(Address("", "jörg@b.example"),))

    with pytest.raises(BadInput, match="before the @"):
        built(mail)
    with pytest.raises(BadInput):
        envelope(mail)
    assert "jörg@b.example".encode() in built(mail, smtputf8=True)
    assert envelope(mail, smtputf8=True)[1] == ("jörg@b.example",)
    assert needs_smtputf8(mail)
    assert not needs_smtputf8(draft())


@pytest.mark.parametrize(
    "address",
    ["", "tom", "@b.example", "tom@", "tom@b..example", "a b@c.example", "a@b c",
     "a@-b.example", "<a@b.example>", "a,b@c.example", "x" * 65 + "@b.example",
     "a@" + "b" * 64 + ".example",
     "a@b@c.example", 'a"b@c.example'],
)  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(BadInput):
        ascii_address(address)


@pytest.mark.parametrize("address", ["a.b+c@d.example", '"a b"@c.example', "a..b@docomo.example", "_@x", "o'b@c.example"])  # fmt: skip  # noqa: E501 - a table
def test_odd_but_real_addresses_pass(address: str) -> None:
    assert ascii_address(address) == address


def test_each_recipient_stands_in_the_envelope_once() -> None:
    mail = draft(to=(TOM, Address("T", "TOM@okafor.example")), cc=(TOM, ME))

    assert envelope(mail) == (ME.address, (TOM.address, ME.address))


@pytest.mark.parametrize(
    ("mail", "said"),
    [
        (draft(to=()), "no one to send this to"),
        (draft(body=" \n\n"), "empty"),
        (draft(body="\n\nOn Fri, Tom wrote:\n> hello\n> there"), "empty"),
        (draft(body="By {{ ask.date: When? }}"), "{{ ask.date: When? }} is not filled in"),
        (draft(body="By {{ half\n\n> x"), "{{ half is not filled in"),
    ],
)
def test_three_things_stop_a_mail(mail: Draft, said: str) -> None:
    with pytest.raises(BadInput) as caught:
        check(mail)

    assert said in str(caught.value)


def test_what_the_customer_wrote_does_not_stop_a_mail() -> None:
    check(draft(body="It is 49.\n\nOn Fri, {{x}} wrote:\n> {{7*7}}", subject="Re: {{ x }}"))


def test_own_words_are_what_is_neither_quoted_nor_introduces_a_quote() -> None:
    body = "Yes.\nYou asked:\n> a\nOn Fri, Tom wrote:\n> b\nBye"

    assert own_words(body) == "Yes.\nYou asked:\nBye"
