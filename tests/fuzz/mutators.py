"""Ways to change a mail a little; several are applied one after the other."""

import base64
import quopri
from collections.abc import Callable, Sequence
from random import Random

from tests.hostile.people import BREAKS, IDS, INJECTED, SENDERS
from tests.hostile.shapes import DATES, NAMES, PAGES
from tests.hostile.terminal import ESCAPES, MARKUP

LARGEST = 20_000
Mutator = Callable[[bytes, Random, Sequence[bytes]], bytes]

TOKENS = [
    text.encode("utf-8", "replace")[:300]
    for group in (ESCAPES, MARKUP, SENDERS, BREAKS, INJECTED, IDS, DATES, NAMES, PAGES)
    for text in group
] + [
    b"\r\n", b"\r\n\r\n", b"\n\n", b"\r", b"--", b"=?utf-8?b?", b"=?utf-8?q?=0D=0A?=", b"?=",
    b"; ", b'"',
    b"Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n", b"--B--",
    b"Content-Type: message/rfc822",
    b"Content-Type: text/html; charset=utf-16", b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Transfer-Encoding: quoted-printable\r\n", b"charset=iso-2022-jp", b"charset=utf-7",
    b"Content-Disposition: attachment; filename*0*=utf-8''%00", b"Content-ID: <x>",
    b"format=flowed; delsp=yes",
    b"Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: x;a@b\r\nAction: failed\r\n",
    b"Content-Type: text/calendar; method=REQUEST\r\n", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
    b"DTSTART;TZID=W. Europe Standard Time:20261124T100000\r\n", b"DTSTART:20261124T250000Z\r\n",
    b"RRULE:FREQ=DAILY;COUNT=99999999\r\n", b"DURATION:P99999999999D\r\n", b"SUMMARY:\r\n\r\n",
    b"END:VEVENT\r\n",
    b"Content-Type: application/ms-tnef\r\n", b"\x78\x9f\x3e\x22", b"begin 644 x\r\n", b"end\r\n",
    b"> ", b"-- \r\n",
    b"On Mon, 2 Nov 2026, Ana wrote:\r\n> x\r\n",
    b"-----Original Message-----\r\nFrom: Ana\r\nSent: x\r\n",
    b"-----BEGIN PGP MESSAGE-----\r\n", b"-----BEGIN PGP SIGNED MESSAGE-----\r\n",
    b"Von: Ana\r\nGesendet: x\r\n",
    b"<table><tr><td>", b"</table>", b"<blockquote>", b"<div style='display:none'>",
    b"<a href=x>", b"<img alt=x>",
    b"<style>p{display:none}</style>", b"&#27;", b"&#x202e;", b"<pre>", b"<br>", b"<ul><li>",
    b"<!--", b"-->",
    b"Auto-Submitted: auto-replied\r\n", b"List-Id: <x>\r\n", b"Return-Path: <>\r\n",
    b"Reply-To: ", b"Cc: ",
    b"References: <a@b> <c@d>\r\n", b"In-Reply-To: <a@b>\r\n", b"Thread-Index: AdXyz\r\n",
    b"Thread-Topic: x\r\n",
    b"X-Forefront-Antispam-Report: x\r\n", b"Authentication-Results: x; dmarc=fail\r\n",
    b"X-Original-To: x\r\n",
    b"\xff\xfe", b"\xef\xbb\xbf", b"\xc2\x9b", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x00",
    b"\x1b$B", b"~{",
    b"2147483648", b"-1", b"99999999999999999999", b"0", b"\xc2\xa0", b"\xe2\x80\x8b",
    b"\xf0\x9f\x91\xa8\xe2\x80\x8d",
]  # fmt: skip


def change(raw: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """A mail made from this one, and perhaps from parts of others; never larger than LARGEST."""
    for _ in range(random.choice((1, 1, 2, 3, 5))):
        raw = random.choice(MUTATORS)(raw, random, others)[:LARGEST]
    return raw


def _place(raw: bytes, random: Random) -> int:
    """Somewhere, more often in the head."""
    end = raw.find(b"\r\n\r\n") if random.random() < 0.4 else len(raw)
    return random.randint(0, max(0, end if end > 0 else len(raw)))


def _span(raw: bytes, random: Random) -> tuple[int, int]:
    start = _place(raw, random)
    return start, min(len(raw), start + random.choice((1, 2, 8, 40, 300, 3_000)))


def _flip(raw: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    changed = bytearray(raw or b"x")
    for _ in range(random.choice((1, 2, 9))):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _insert(raw: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    at = _place(raw, random)
    return raw[:at] + random.choice(TOKENS) * random.choice((1, 1, 1, 2, 30)) + raw[at:]


def _replace(raw: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    start, end = _span(raw, random)
    return raw[:start] + random.choice(TOKENS) + raw[end:]


def _drop(raw: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    start, end = _span(raw, random)
    return raw[:start] + raw[end:]


def _repeat(raw: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    start, end = _span(raw, random)
    return raw[:end] + raw[start:end] * random.choice((1, 3, 50)) + raw[end:]


def _cut(raw: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    return raw[: _place(raw, random)]


def _splice(raw: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    other = random.choice(others) if others else raw
    start, end = _span(other, random)
    at = _place(raw, random)
    return raw[:at] + other[start:end] + raw[at:]


def _lines(raw: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Lines of the mail put elsewhere, or a line of another mail taken in."""
    lines = raw.split(b"\r\n")
    other = (random.choice(others) if others else raw).split(b"\r\n")
    lines.insert(
        random.randint(0, len(lines)), random.choice((random.choice(lines), random.choice(other)))
    )
    if random.random() < 0.3:
        lines.pop(random.randrange(len(lines)))
    return b"\r\n".join(lines)


def _value(raw: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    """Another value for one of the head's fields."""
    head, end, body = raw.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    at = random.randrange(len(lines))
    lines[at] = lines[at].partition(b":")[0] + b": " + random.choice(TOKENS)
    return b"\r\n".join(lines) + end + body


def _encode(raw: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    """Some of it in an encoding, as it would be in a part or in an encoded word."""
    start, end = _span(raw, random)
    piece = raw[start:end]
    word = b"=?utf-8?b?" + base64.b64encode(piece) + b"?="
    ways = (base64.encodebytes(piece), quopri.encodestring(piece), word,
            b"".join(b"%%%02X" % byte for byte in piece),
            b"".join(b"&#%d;" % byte for byte in piece),
            piece.decode("latin-1").encode("utf-16-le"),
            piece.decode("latin-1").encode("utf-7"))  # fmt: skip
    return raw[:start] + random.choice(ways) + raw[end:]


def _ends(raw: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    return raw.replace(b"\r\n", random.choice((b"\n", b"\r", b"\n\r", b"\r\n\r\n", b"\r\n ")))


def _wrap(raw: bytes, random: Random, _others: Sequence[bytes]) -> bytes:
    """The mail inside a mail."""
    kind = random.choice(
        (b"message/rfc822", b"multipart/digest; boundary=W", b"multipart/report; boundary=W")
    )
    return (
        b"From: w@x.test\r\nContent-Type: " + kind + b"\r\n\r\n--W\r\n\r\n" + raw + b"\r\n--W--\r\n"
    )


MUTATORS: tuple[Mutator, ...] = (
    *(_insert, _insert, _insert, _replace, _replace, _drop, _repeat, _splice, _splice),
    *(_flip, _cut, _lines, _lines, _value, _value, _encode, _ends, _wrap),
)
