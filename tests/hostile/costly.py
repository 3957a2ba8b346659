"""Mails of less than a megabyte that cost other readers seconds or a gigabyte."""

from random import Random

from tests.hostile.pieces import HTML, Maker, mail, multipart, part, words

HEADS: dict[str, tuple[str, str]] = {
    "commas": ("To", "," * 20_000),
    "dots": ("To", "a" + "." * 20_000 + "@b"),
    "quotes": ("Reply-To", '"' * 11_000),
    "groups": ("Cc", "x:;" * 20_000),
    "comments": ("From", "(" * 9_000),
    "angles": ("From", "<" * 20_000 + "a@b.test"),
    "backslashes": ("From", '"' + "\\" * 30_000),
    "addresses": ("To", ", ".join(f"Name {n} <a{n}@b.test>" for n in range(10_000))),
    "encoded words": ("Subject", "=?utf-8?q?a?= " * 12_000),
    "open encoded words": ("Subject", "=?utf-8?b?" * 12_000),
    "spaces": ("Subject", "a" + " " * 90_000 + "b"),
    "type semicolons": ("Content-Type", "text/plain" + ";" * 50_000),
    "type parameters": ("Content-Type", "text/plain; x=" + "a;" * 40_000),
    "type quotes": ("Content-Type", 'text/plain; a="' + '\\"' * 40_000),
    "numbered parameters": (
        "Content-Disposition",
        "attachment; " + "; ".join(f"filename*{n}*=%41" for n in range(8_000)),
    ),
    "references": ("References", "<" * 40_000 + "a@b>" * 9_000),
    "open references": ("References", " ".join("<a@b" for _ in range(40_000))),
    "re marks": ("Subject", "Re: " * 30_000 + "How do I"),
    "date": ("Date", "Mon, " * 20_000),
    "date comments": ("Date", "(" * 50_000),
    "results": ("Authentication-Results", "x; " + "dmarc=fail; " * 9_000),
    "received": ("Received", "from a by b; " * 9_000),
    "list post": ("List-Post", "<mailto:" * 9_000),
}
BODIES: dict[str, tuple[bytes, str]] = {
    "newlines": (b"text/plain", "\n" * 300_000),
    "carriage returns": (b"text/plain", "\r" * 300_000),
    "quotation marks": (b"text/plain", ">" * 400_000),
    "quoted lines": (b"text/plain", "> > > a\n" * 60_000),
    "attributions": (b"text/plain", "On Mon, Ana wrote:\n> x\n" * 15_000),
    "open attribution": (b"text/plain", "On " + "a" * 300_000),
    "original messages": (b"text/plain", "-----Original Message-----\nFrom: a\n" * 9_000),
    "signatures": (b"text/plain", "-- \nAna\n" * 40_000),
    "dashes": (b"text/plain", "-" * 400_000),
    "underscores": (b"text/plain", "_" * 200_000 + "\n" + "_" * 200_000),
    "links": (b"text/plain", "https://a.test/<" * 20_000),
    "spaces": (b"text/plain", " " * 400_000 + "x"),
    "marks": (b"text/plain", "e" + "\u0301" * 200_000),
    "escapes": (b"text/plain", "\x1b]" * 200_000),
    "introducers": (b"text/plain", "\x1b[" + "0" * 400_000),
    "uuencoded": (b"text/plain", "begin 644 x\n" * 20_000),
    "pgp": (b"text/plain", "-----BEGIN PGP MESSAGE-----\n" * 12_000),
    "promises": (b"text/plain", "by Friday I will refund you twice, urgent! " * 9_000),
    "one word": (b"text/plain", "a" * 900_000),
    "format flowed": (b"text/plain; format=flowed; delsp=yes", "a \n> b \n" * 60_000),
    "punycode": (b"text/plain; charset=punycode", "ab" * 90_000),
    "iso-2022": (b"text/plain; charset=iso-2022-jp", "\x1b$B" * 90_000),
    "utf-7": (b"text/plain; charset=utf-7", "+AGE-" * 90_000),
    "open tags": (HTML, "<a " * 30_000),
    "comments": (HTML, "<!--" * 24_000),
    "lists": (HTML, "<ul><li>" * 12_000),
    "attributes": (HTML, "<p " + " ".join(f"a{n}=1" for n in range(40_000)) + ">x"),
    "cells": (HTML, "<table><tr>" + "<td>x" * 60_000),
    "rows": (HTML, "<table>" + "<tr><td>x<td>y" * 30_000),
    "tables": (HTML, "<table><tr><td>" * 9_000),
    "spans": (HTML, "<td colspan=99999 rowspan=99999>x" * 9_000),
    "bold": (HTML, "<b><p>" * 30_000),
    "formats": (HTML, "<b><i><u><p>" * 9_000 + "</b></i>" * 9_000),
    "quotations": (HTML, "<blockquote>" * 9_000 + "x"),
    "entities": (HTML, "&#" + "9" * 300_000 + ";"),
    "ampersands": (HTML, "&" * 300_000),
    "styles": (HTML, "<style>" + ".a{display:none}" * 20_000 + "</style>" + "<p class=a>x" * 9_000),
    "selectors": (HTML, "<style>" + "a b c d e f g h > i + j ~ k," * 9_000 + "{}</style>x"),
    "declarations": (HTML, "<p style='" + "color:#fff;" * 40_000 + "'>x"),
    "links in a page": (HTML, "<a href=https://a.test/>x</a>" * 20_000),
    "frames": (HTML, "<frameset><frame>" * 9_000),
    "selects": (HTML, "<select><option>" * 20_000),
    "svg": (HTML, "<svg><math><mtext>" * 9_000),
    "doctype": (HTML, "<!doctype " + "[" * 90_000),
    "invitation": (
        b"text/calendar; method=REQUEST",
        "BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\nSUMMARY:x\r\nRRULE:FREQ=SECONDLY\r\n" * 9_000,
    ),
    "folded invitation": (b"text/calendar", "BEGIN:VEVENT\r\nSUMMARY:" + "\r\n " * 90_000),
}


def _head(name: str, value: str) -> Maker:
    return lambda random, canary: mail(random, words(canary), {name: value})


def _body(kind: bytes, text: str) -> Maker:
    before = kind is HTML or text.startswith(("BEGIN", "begin"))
    return lambda random, canary: mail(
        random, f"<p>{canary} how</p>{text}" if before else f"{canary} how\n{text}", kind=kind
    )


def _nested(random: Random, canary: str) -> bytes:
    content, depth = part(words(canary)), random.choice([30, 800])
    for _ in range(depth):
        kind, body = multipart(random, content)
        content = part(body, kind)
    kind, body = multipart(random, part(words(canary)), content)
    return mail(random, body, kind=kind)


def _forwarded(random: Random, canary: str) -> bytes:
    inner = mail(random, words(canary))
    for _ in range(random.choice([30, 1_500])):
        inner = b"Content-Type: message/rfc822\r\n\r\n" + inner
    kind, body = multipart(random, part(words(canary)), inner)
    return mail(random, body, kind=kind)


def _parts(random: Random, canary: str) -> bytes:
    many = [part(b"x", b"text/plain; name=x%d.txt" % n) for n in range(5_000)]
    kind, body = multipart(random, part(words(canary)), *many)
    return mail(random, body, kind=kind)


def _boundaries(random: Random, canary: str) -> bytes:
    kind, body = multipart(random, part(words(canary)))
    return mail(random, body[: body.rfind(b"--")] + b"\r\n--=_" * 90_000, kind=kind)


def _fields(random: Random, canary: str) -> bytes:
    name = random.choice(["To", "X-Any", "Received", "Subject"])
    head = "".join(f"{name}: a{n}@b.test\r\n" for n in range(20_000))
    return head.encode() + mail(random, words(canary))


def _folds(random: Random, canary: str) -> bytes:
    return mail(random, words(canary), {"Subject": "a" + "\r\n " * 60_000 + "b"})


KINDS: dict[str, Maker] = {
    **{f"costly head: {name}": _head(*field) for name, field in HEADS.items()},
    **{f"costly body: {name}": _body(*content) for name, content in BODIES.items()},
    "costly: nested": _nested,
    "costly: forwarded": _forwarded,
    "costly: parts": _parts,
    "costly: boundaries": _boundaries,
    "costly: fields": _fields,
    "costly: folds": _folds,
}
