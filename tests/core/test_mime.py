"""A raw mail is understood, whatever its bytes are."""

from datetime import UTC, datetime
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from founder_inbox.core.mime.reader import attachment_bytes, leaves, parse
from founder_inbox.core.model import Address, Mail, MailKind
from tests.core.mail_files import all_mails, own_mail, own_mails

HEAD = b"From: a@b.test\nSubject: s\nMessage-ID: <i@b.test>\nDate: Mon, 2 Nov 2026 09:15:00 +0000\n"


def mail(name: str) -> Mail:
    return parse(own_mail(name))


def test_a_letter_split_over_two_encoded_words_is_whole() -> None:
    understood = mail("encoded_word_splits_a_letter")
    assert understood.subject == "Rechnung für November"
    assert understood.sender == Address("Jürgen Müller", "juergen@example.test")
    assert understood.date == datetime(2026, 11, 2, 8, 15, tzinfo=UTC)
    assert understood.warnings == ()


def test_a_reply_names_its_people_and_its_thread_in_order() -> None:
    understood = mail("reply_with_long_references")
    assert understood.reply_to == (Address("", "ana.private@ruiz.test"),)
    assert understood.cc[0] == Address("Okafor, Tom", "tom@okafor.test")
    assert [a.address for a in understood.cc[1:]] == ["a@x.test", "b@x.test"]
    assert understood.references == (
        "<first@acme.test>", "<ours@acme.test>", "<second@acme.test>",
    )  # fmt: skip
    assert understood.message_id.startswith("<DB7PR04")


def test_a_reply_is_parted_into_new_words_quotation_and_signature() -> None:
    understood = mail("reply_with_long_references")
    assert understood.new_text == "Yes, twice in November."
    assert understood.quoted.startswith("On Mon, 2 Nov 2026")
    assert understood.quoted.endswith("> Ana")
    assert understood.signature == "-- \nAna Ruiz\nLisbon".replace("-- ", "--")
    assert not understood.interleaved


def test_versions_that_disagree_show_the_html_and_a_warning() -> None:
    understood = mail("alternative_versions_disagree")
    assert "9999" in understood.text
    assert any("different things" in w for w in understood.warnings)


def test_a_plain_version_that_only_points_to_the_html_is_passed_over() -> None:
    understood = mail("plain_version_is_a_notice")
    assert understood.text == "The export is empty."
    assert understood.warnings == ()


def test_attachments_have_safe_names_and_their_bytes() -> None:
    raw = own_mail("attachments_with_hostile_names")
    understood = parse(raw)
    assert [a.name for a in understood.attachments] == ["résumé.pdf", "rf", "résumé-2.pdf"]
    assert [a.size for a in understood.attachments] == [5, 6, 3]
    assert attachment_bytes(raw, understood.attachments[0].part) == b"hello"
    assert attachment_bytes(raw, understood.attachments[1].part) == b"hello"
    assert attachment_bytes(raw, 99) == b""
    assert any("rf is damaged" in w for w in understood.warnings)
    assert understood.text.strip() == "see the files"
    assert len(leaves(raw)) == 4


def test_a_bounce_names_the_recipient_and_our_mail() -> None:
    understood = mail("bounce_with_report")
    assert understood.kind is MailKind.BOUNCE
    assert understood.bounce is not None
    assert understood.bounce.recipient == "gone@ruiz.test"
    assert understood.bounce.message_id == "<our-reply@acme.test>"
    assert understood.bounce.permanent
    assert understood.bounce.diagnostic.startswith("550 5.1.1")


def test_a_delay_is_a_bounce_that_is_not_final() -> None:
    bounce = mail("delayed_notice").bounce
    assert bounce is not None
    assert not bounce.permanent


def test_an_invitation_is_told_in_one_line() -> None:
    understood = mail("invitation")
    assert understood.text == (
        "[Invitation: Call about the export · 2026-11-03 14:00 UTC · Room 1, Lisbon]"
    )
    assert understood.attachments[0].name == "attachment-1.ics"


def test_an_encrypted_mail_says_what_it_is() -> None:
    understood = mail("encrypted")
    assert any(w.startswith("Encrypted") for w in understood.warnings)
    assert [a.name for a in understood.attachments] == ["attachment-1.bin", "encrypted.asc"]


def test_words_after_an_unclosed_boundary_are_kept() -> None:
    assert mail("unclosed_boundary").text.split() == ["first", "last", "words"]


def test_a_mail_where_nothing_fits_is_shown_with_warnings() -> None:
    understood = mail("nothing_fits")
    assert understood.message_id.endswith("@missing.founder-inbox>")
    assert understood.date is None
    assert "caf\\xe9" in understood.text
    assert "\x1b" not in understood.text
    told = " ".join(understood.warnings)
    for word in (
        "From is malformed",
        "To is malformed",
        "Subject",
        "Message-ID",
        "date",
        "charset",
    ):
        assert word in told


def test_an_id_made_from_the_content_is_the_same_for_both_line_endings() -> None:
    raw = own_mail("nothing_fits")
    assert parse(raw).message_id == parse(raw.replace(b"\n", b"\r\n")).message_id


def test_flowed_lines_are_joined_and_quotations_stay() -> None:
    understood = mail("flowed_with_delsp")
    assert understood.text == "The export is empty since Monday.\n\n> quoted words\nThanks"


def test_an_html_reply_folds_its_quotation_and_keeps_its_own_link() -> None:
    understood = mail("gmail_html_reply")
    assert understood.new_text == "It is here [1], still empty.\n\n[1] https://acme.test/export"
    assert "Where do you see [2] it?" in understood.quoted
    assert "pixel" not in understood.text
    assert any("not loaded" in w for w in understood.warnings)


def test_a_mail_ending_in_bare_carriage_returns_is_read() -> None:
    assert parse(b"Subject: old mac\r\rhello\r").subject == "old mac"


def test_an_address_in_in_reply_to_is_no_thread() -> None:
    raw = b"From: a@b.test\nIn-Reply-To: <a@b.test>\nReferences: <x@y.test>\n\nhi"
    assert parse(raw).references == ("<x@y.test>",)


def test_endless_references_keep_the_first_and_the_last() -> None:
    ids = b" ".join(b"<%d@x.test>" % n for n in range(5000))
    found = parse(b"References: " + ids + b"\n\nhi").references
    assert len(found) == 80
    assert (found[0], found[-1]) == ("<0@x.test>", "<4999@x.test>")


def test_an_injected_line_in_a_folded_id_never_becomes_an_id() -> None:
    raw = b'Message-ID: <a"\r\n X1 STORE 1:* +FLAGS (\\Deleted)\r\n "@x.test>\r\n\r\nhi'
    assert "STORE" not in parse(raw).message_id


def test_raw_eight_bit_headers_are_read() -> None:
    assert parse("Subject: Größe\n\n".encode()).subject == "Größe"
    assert parse("Subject: Größe\n\n".encode("latin-1")).subject == "Größe"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    for raw in (data, HEAD + data, HEAD + b"Content-Type: " + data + b"\n\n" + data):
        understood = parse(raw)
        assert understood.message_id.startswith("<")
        for number in range(len(leaves(raw))):
            attachment_bytes(raw, number)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(sorted(own_mails().values())),
    st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=6)), max_size=6),
)
def test_no_damage_to_a_mail_makes_it_raise(own: bytes, changes: list[tuple[int, bytes]]) -> None:
    raw = bytearray(own)
    for position, piece in changes:
        raw[position % len(raw) : position % len(raw) + len(piece)] = piece
    assert parse(bytes(raw)).message_id.endswith(">")


def test_every_mail_there_is_parses_in_time_into_safe_text() -> None:
    slowest = 0.0
    for name, raw in all_mails():
        started = perf_counter()
        understood = parse(raw)
        slowest = max(slowest, perf_counter() - started)
        shown = understood.subject + understood.text + understood.sender.name
        assert "\x1b" not in shown, name
        assert shown.encode().decode() == shown, name
    assert slowest < 2.0


HOSTILE = {
    "commas": b"To: " + b"," * 20_000 + b"\n\n",
    "quotes": b"From: " + b'"' * 30_000 + b"\nCc: " + b"<" * 30_000 + b"\n\n",
    "comments": b"From: " + b"(" * 30_000 + b"\n\n",
    "words": b"Subject: " + b"=?utf-8?q?a?= " * 12_000 + b"\n\n",
    "parameters": b"Content-Type: text/plain" + b";" * 100_000 + b"\n\nx",
    "sections": b"Content-Type: text/plain" + b"; a*0*=x'" * 4000 + b"\n\nx",
    "nesting": b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(5000)
    ),
    "parts": HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 100_000,
    "dashes": HEAD + b'Content-Type: multipart/mixed; boundary="-"\n\n' + b"-" * 3_000_000,
    "headers": b"X: y\n" * 200_000,
    "lines": HEAD + b"\n" + b"\n" * 3_000_000,
    "escapes": HEAD + b"\n" + b"\x1b]" * 1_000_000,
    "lists": HEAD + b"Content-Type: text/html\n\n" + b"<ul><li>" * 20_000,
    "fonts": HEAD + b"Content-Type: text/html\n\n" + b"<font color=1>" * 900 + b"<p>x" * 50_000,
    "comments in HTML": HEAD + b"Content-Type: text/html\n\n" + b"<!--" * 24_000,
    "parameters of a calendar": HEAD
    + b"Content-Type: text/calendar\n\nBEGIN:VEVENT\nA"
    + b";B=CC" * 100_000,
    "comments of an address": b"From: " + b"(a" * 100_000 + b"\n\nx",
    "carriage returns": HEAD + b"\n" + b"a\r" * 200_000,
    "files in the text": HEAD + b"\n" + b"begin 644 x\nM1TE\n=ybegin name=x\n" * 10_000,
    "boundaries": HEAD + b"Content-Type: multipart/mixed\n\n" + b"--a\n" * 100_000,
    "style sheets": HEAD + b"Content-Type: text/html\n\n" + b"<style>.a{display:none" * 20_000,
    "rules": HEAD + b"Content-Type: text/html\n\n<style>" + b".a{display:none}" * 30_000,
    "fillers": HEAD + b"Content-Type: text/html\n\n" + b"&zwnj;&nbsp;&nbsp;" * 20_000,
    "forwarded mails": HEAD
    + b"Content-Type: multipart/mixed; boundary=b\n\n"
    + b"--b\nContent-Type: message/rfc822\n\nA: b\n\nx\n" * 10_000,
    "farewells": HEAD + b"\n" + b"x\n\nBest regards\nAna Ruiz\n" * 10_000,
    "a long farewell": HEAD + b"\nhi\n\nsent from my " + b"a " * 100_000,
    "quotations": HEAD + b"\n" + b"On 12:30 a@b wrote:\n> q\nanswer\n" * 50_000,
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_sizes_cost_little(raw: bytes) -> None:
    """Each of these costs Python's own parser seconds or its stack; two seconds is our ceiling."""
    started = perf_counter()
    parse(raw)
    assert perf_counter() - started < 2.0


def test_a_mail_that_is_only_a_forwarded_mail_shows_it() -> None:
    raw = (
        HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n"
    )
    inner = "From: ana@ruiz.test\nSubject: Größe\nContent-Type: text/plain; charset=koi8-r\n\n"
    text = parse(raw + inner.encode() + "счёт".encode("koi8-r") + b"\n--b--\n").text
    assert "Subject: Größe" in text
    assert "счёт" in text


def test_words_nested_too_deep_are_still_shown() -> None:
    raw = HEAD + b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(60)
    )
    assert "needle" in parse(raw + b"\nneedle\n").text


def test_a_forwarded_mail_beside_the_text_is_shown_and_named() -> None:
    raw = (
        HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nPlease see below.\n--b\n"
        b"Content-Type: message/rfc822\n\nFrom: tom@okafor.test\nSubject: Empty export\n\n"
        b"It is empty.\n--b--\n"
    )
    understood = parse(raw)
    assert understood.text.startswith("Please see below.\n\n---------- Forwarded message")
    assert "It is empty." in understood.new_text
    assert [a.name for a in understood.attachments] == ["Empty export.eml"]


@pytest.mark.parametrize(
    ("type_", "said"),
    [
        ("application/pkcs7-mime; smime-type=enveloped-data", "[Encrypted mail: it can't be read"),
        ("application/pkcs7-mime; smime-type=signed-data", "[Signed mail in one sealed piece"),
    ],
)
def test_a_sealed_mail_says_what_it_is_in_place_of_its_text(type_: str, said: str) -> None:
    raw = HEAD + f"Content-Type: {type_}; name=smime.p7m\n".encode()
    assert parse(raw + b"Content-Transfer-Encoding: base64\n\nMIIB\n").text.startswith(said)


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("iso-8859-1", "caf\x92s \x93x\x94".encode("latin-1"), "caf’s “x”"),
        ("us-ascii", "Größe".encode(), "Größe"),
        ("us-ascii", "Größe".encode("latin-1"), "Größe"),
        ("gb2312", "你好，我公司".encode(), "你好，我公司"),
        ("gb2312", "镕".encode("gb18030"), "镕"),
        (
            "iso-8859-1",
            "Grüße aus Österreich, schöne Tage".encode(),
            "Grüße aus Österreich, schöne",
        ),
        ("koi8-r", "счёт".encode("koi8-r"), "счёт"),
        ("windows-1251", "счёт".encode("cp1251"), "счёт"),
        ("iso-2022-jp", b"\x1b$B-b\x1b(B41 \x1b$B-j\x1b(B", "№41 ㈱"),
        ("iso-2022-jp", "日本語".encode("iso2022_jp"), "日本語"),
        ("shift_jis", "①日本".encode("cp932"), "①日本"),
        ("utf-7", b"Gr+APwA3w-e", "Grüße"),
        ("utf-16", "Größe".encode("utf-16"), "Größe"),
        ("euc-kr", "한국어".encode("cp949"), "한국어"),
        ("x-unknown", "Größe".encode(), "Größe"),
        ("unicode_escape", rb"a\x1b[31m", r"a\x1b[31m"),
        ('"utf-8', "Größe".encode(), "Größe"),
        ('utf-8"', "Größe".encode(), "Größe"),
    ],
)
def test_letters_come_out_whatever_charset_is_claimed(charset: str, data: bytes, text: str) -> None:
    raw = HEAD + f"Content-Type: text/plain; charset={charset}\n\n".encode() + data
    assert text in parse(raw).text


def test_raw_letters_in_a_header_are_read_by_the_charset_of_the_body() -> None:
    head = "Subject: счёт\nContent-Type: text/plain; charset=koi8-r\n\n".encode("koi8-r")
    assert parse(head).subject == "счёт"


@pytest.mark.parametrize(
    ("source", "subject"),
    [
        ("=?utf-8?q?Gr=C3=B6=C3=9Fe?= =?utf-8?q?_zwei?=", "Größe zwei"),
        ("=?utf-8?b?R3LDtg==?=\n =?utf-8?b?w59l?=", "Größe"),
        ("=?utf-8?b?R3LD?= =?utf-8?b?tsOfZQ==?=", "Größe"),
        ("=?iso-8859-1*de?q?Gr=F6=DFe?=", "Größe"),
        ("=?UTF-8?Q?a_b?= c =?UTF-8?Q?d?=", "a b c d"),
        ("=?utf-8?q?no end", "=?utf-8?q?no end"),
        ("=?utf-8?q?two words?=", "two words"),
        ("a=?utf-8?q?b?=c", "abc"),
    ],
)
def test_encoded_words_are_read_as_they_are_written_in_the_wild(source: str, subject: str) -> None:
    assert parse(f"Subject: {source}\n\nx".encode()).subject == subject


def test_the_boundary_is_found_where_the_header_names_another() -> None:
    body = (
        b"--real\nContent-Type: text/plain\n\nhello\n--real\nContent-Type: image/png\n\nx\n--real--"
    )
    for boundary in (b"; boundary=wrong", b"", b'; boundary=""'):
        understood = parse(HEAD + b"Content-Type: multipart/mixed" + boundary + b"\n\n" + body)
        assert understood.text == "hello"
        assert [a.type for a in understood.attachments] == ["image/png"]


def test_a_boundary_that_begins_like_another_is_told_apart() -> None:
    raw = (
        HEAD + b"Content-Type: multipart/mixed; boundary=ab\n\n--ab\n"
        b"Content-Type: multipart/mixed; boundary=abc\n\n--abc\n\ninner\n--abc--\n"
        b"--ab\n\nouter\n--ab--"
    )
    assert parse(raw).text.split() == ["inner", "outer"]


def test_words_said_to_be_base64_are_words() -> None:
    raw = (
        HEAD + b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nThis is no code.\n"
    )
    assert parse(raw).text.strip() == "This is no code."


def test_a_picture_said_to_be_text_is_a_file() -> None:
    raw = HEAD + b"Content-Type: text/plain\n\nGIF89a\x01\x00\x01\x00\x80"
    assert [a.type for a in parse(raw).attachments] == ["text/plain"]
    assert "GIF" not in parse(raw).text


def test_a_file_written_into_the_text_is_named() -> None:
    block = "begin 644 ../../up.gif\nM1TE&.#EA$P`3`*$``/___P```(\nM1TE&.#EA\n`\nend\n"
    understood = parse(HEAD + b"\n" + f"See this:\n{block}Bye".encode())
    assert understood.text == "See this:\n[File in the text: up.gif]\nBye"
    assert [file.name for file in understood.attachments] == ["up.gif"]
    yenc = parse(HEAD + b"\n=ybegin line=128 size=3 name=a.bin\nabc\n=yend size=3\n")
    assert any("old way" in w for w in yenc.warnings)
    for text in ("begin 644 words\nof a sentence\nend", "begin 644 x\nend", "=ybegin name=x\ny"):
        assert parse(HEAD + b"\n" + text.encode()).text == text


def test_of_several_words_in_angle_brackets_the_address_is_taken() -> None:
    assert parse(b"From: <shop.test postmaster@shop.test>\n\nx").sender.address == (
        "postmaster@shop.test"
    )
    assert parse(b"From: Ana <ana @ ruiz . test>\n\nx").sender.address == "ana@ruiz.test"


def test_where_the_boundary_is_a_guess_what_stands_before_it_is_text_too() -> None:
    raw = (
        b'From: a@x.test\r\nContent-Type: multipart/mixed; boundary=""\r\n\r\n'
        b"--nope\r\n\r\nfirst words\r\n--b\r\nContent-Type: text/plain\r\n\r\nsecond\r\n--b\r\n"
    )
    text = parse(raw).text

    assert "first words" in text
    assert "second" in text
