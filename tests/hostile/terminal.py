"""Mails that talk to the terminal or to the screen library: escapes, markup, direction, width."""

from functools import partial
from random import Random

from tests.hostile.pieces import HTML, Maker, encoded_word, mail, part, transferred, with_file

ESCAPES = (
    "\x1b]52;c;ZXZpbA==\x07",  # the clipboard
    "\x1b]52;c;ZXZpbA==",  # the same, never ended
    "\x1b]0;owned\x07",  # the window's title
    "\x1b]8;;http://evil.test\x1b\\here\x1b]8;;\x1b\\",  # a link
    "\x1b[2J\x1b[H",
    "\x1b[31m",
    "\x1b[6n\x1b]11;?\x07\x1b[c",  # questions the terminal answers as if typed
    "\x1bP+q544e\x1b\\\x1bP$q m\x1b\\",
    "\x1b_Ga=T,f=100;AAAA\x1b\\",  # a picture
    "\x1bc\x1b#8\x1b(0\x0e",
    "\x1b\x1b[31m[31m",  # what is left when the inner one is taken out
    "\x1b[\x1b[2J2J",
    "\x1b]52;c;\x1b[31mZXZpbA==\x07",
    "\x9b31m\x9d52;c;ZXZpbA==\x9c\x90q\x9c",  # 8-bit controls
    "\x9b2J",
    "\x00\x07\x08\x08\x08\x0b\x0c\x7f",
    "Ana\rEve\x1b[K",
    "\u202egnp.exe\u202c\u2066x\u2069",
    "\u2028\u2029\x85\u200e\u061c",
    "\U000e0041\U000e0042\u200b\u00ad\ufeff",
    "\x1b]1337;File=inline=1:AAAA\x07",
    "\x1b[200~rm -rf\x1b[201~",
    "\x1b]9;owned\x07\x1b]777;notify;a;b\x07",
)
MARKUP = (
    "[@click=app.quit]press me[/]",
    "[@click=screen.dismiss]x[/]",
    "[/]", "[/x] y", "a [/] b [", "[bold red on blue",
    "[link=javascript:alert(1)]x[/link]", "[link='file:///etc/passwd']x[/link]",
    "\\[b]x\\[/b]", "[b]" * 40, "[$accent]x[/$accent]", "[on @x]", "[@click='quit']x[/]",
    ":smile: [:x:]", "&nbsp;[red]&lt;b&gt;[/red]", "[[]]", "[a=b c]", "%(x)s {x} {0} ${HOME}",
)  # fmt: skip


def _body(way: str, random: Random, canary: str) -> bytes:
    evil = f"{canary} how do I export {random.choice(ESCAPES)} it {random.choice(ESCAPES)} empty."
    if way == "entities":
        page = "".join(f"&#{ord(c)};" if ord(c) < 32 or ord(c) > 126 else c for c in evil)
        return mail(random, f"<p>{page}</p>", kind=HTML)
    if way == "hex entities":
        page = "".join(f"&#x{ord(c):x};" if ord(c) < 32 or ord(c) > 126 else c for c in evil)
        return mail(random, f"<p title='{page}'>{page}</p>", kind=HTML)
    if way == "html":
        return mail(random, f"<p>{evil}</p><img alt='{evil}'><a href='{evil}'>x</a>", kind=HTML)
    return mail(random, evil, encoding=way)


def _charset(random: Random, canary: str) -> bytes:
    evil = random.choice(ESCAPES)
    charset = random.choice(
        ["utf-7", "unicode_escape", "raw_unicode_escape", "utf-16", "utf-16-le", "utf-32",
         "iso-8859-1", "windows-1252", "iso-2022-jp", "iso-2022-kr", "hz-gb-2312", "cp037",
         "punycode", "idna", "rot13", "hex", "zlib", "x-nobody-knows", "utf-8\x00", "undefined",
         "utf_8_sig", "mbcs", "a" * 400, "base64", "string_escape", "cp65001", "ansi_x3.4-1968"]
    )  # fmt: skip
    written = "".join(f"\\x{ord(c):02x}" if ord(c) < 256 else c for c in evil)
    content = f"{canary} how do I export? {written} +AFs-31m +ABs- {evil}"
    kind = f"text/plain; charset={charset}".encode("utf-8", "replace")
    return mail(random, content, kind=kind, encoding="8bit")


def _charset_meant(random: Random, canary: str) -> bytes:
    charset = random.choice(["utf-16", "utf-16-le", "utf-7", "utf-32", "utf-8", "cp1252"])
    content = f"Hi, {canary} how do I export? {random.choice(ESCAPES)} empty."
    kind = f"text/plain; charset={charset}".encode()
    return mail(random, content.encode(charset, "replace"), kind=kind, encoding="base64")


def _subject(way: str, random: Random, canary: str) -> bytes:
    evil = f"How do I {random.choice(ESCAPES)} export {random.choice(ESCAPES)}"
    plain = evil.replace("\r", "\x0b").encode()
    value = {"raw": plain, "q": encoded_word(evil, "q"), "b": encoded_word(evil, "b"),
             "latin": plain.decode("utf-8").encode("latin-1", "replace"),
             "broken word": b"=?utf-8?b?" + plain + b"?="}[way]  # fmt: skip
    return mail(random, f"Hi {canary}", {"Subject": value.replace(b"\n", b" ")})


def _name(way: str, random: Random, canary: str) -> bytes:
    evil = f"Ana {random.choice(ESCAPES)} Ruiz"
    plain = evil.replace("\r", "\x0b").replace("\n", " ").encode()
    value = {"raw": b'"%s"' % plain, "q": encoded_word(evil, "q"), "b": encoded_word(evil, "b"),
             "comment": b"(%s)" % plain}[way]  # fmt: skip
    people = value + b" <ana@evil.test>"
    fields = {"From": people, "Cc": people, "Reply-To": people, "Sender": people}
    return mail(random, f"How do I export? {canary}", fields)


def _file(way: str, random: Random, canary: str) -> bytes:
    evil = f"in{random.choice(ESCAPES)}voice.pdf"
    plain = evil.replace("\r", "\x0b").replace("\n", " ").encode()
    quoted = "".join(f"%{byte:02X}" for byte in evil.encode())
    name = {"raw": b'filename="%s"' % plain, "2231": b"filename*=utf-8''" + quoted.encode(),
            "word": b'filename="%s"' % encoded_word(evil, "b"),
            "pieces": b"filename*0*=utf-8''" + quoted[:9].encode() + b"; filename*1*="
            + quoted[9:].encode()}[way]  # fmt: skip
    disposition = b"Content-Disposition: attachment; " + name
    return with_file(random, canary, b"Content-Type: application/pdf", disposition)


def _markup(where: str, random: Random, canary: str) -> bytes:
    evil = random.choice(MARKUP)
    text = f"How do I export? {canary}\n\n{evil}\n" + "\n".join(random.sample(MARKUP, 5))
    quoted = evil.replace("\\", "\\\\").replace('"', "'")
    fields = {
        "subject": {"Subject": f"How do I {evil}"},
        "name": {"From": f'"{quoted}" <m@evil.test>', "Cc": f'"{quoted}" <c@evil.test>'},
        "body": {},
    }.get(where)
    if fields is None:
        named = f'Content-Disposition: attachment; filename="{quoted}.pdf"'.encode()
        return with_file(random, canary, b"Content-Type: application/pdf", named)
    return mail(random, text, fields)


def _width(random: Random, canary: str) -> bytes:
    flood = random.choice(
        ["e" + "\u0301" * 3000, "\U0001f468\u200d" * 500, "\u3000\uff21" * 400, "\ufdfd" * 200,
         "\u0e33" * 500, "a\u200c\u200d" * 500, "\U0001f1e6" * 301, "\u1100" * 400, "Z" * 5000,
         "\u0600" * 300, "\ufe0f" * 500 + "x", "\u20e3" * 200,
         "\U000f0000" * 200]
    )  # fmt: skip
    fields = {"Subject": encoded_word(f"{flood[:900]} How do I", "b"),
              "From": encoded_word(flood[:300], "b") + b" <w@evil.test>"}  # fmt: skip
    return mail(random, f"{canary} how do I export?\n{flood}\n\t\t\tx\t{flood}", fields)


def _calendar(random: Random, canary: str) -> bytes:
    evil = random.choice(ESCAPES).replace("\r", "")
    invitation = (
        f"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:{evil} call\r\n"
        f"LOCATION:{evil}[/]\r\nDTSTART:20261124T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    kind = b"text/calendar; method=REQUEST; charset=utf-8"
    described = [b"Content-Type: " + kind, b"Content-Transfer-Encoding: base64"]
    data = transferred(invitation.encode(), "base64")
    return with_file(random, canary, *described, data=data)


def _bounce(random: Random, canary: str) -> bytes:
    evil = random.choice(ESCAPES).replace("\r", "").replace("\n", "")
    report = (
        f"Reporting-MTA: dns; {evil}\r\n\r\nFinal-Recipient: rfc822; a{evil}@x.test\r\n"
        f"Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 {evil} no\r\n"
    ).encode()
    mark = b"=_%x" % random.getrandbits(48)
    parts = [part(f"Not delivered {canary}".encode()), part(report, b"message/delivery-status")]
    body = b"".join(b"--%s\r\n%s\r\n" % (mark, one) for one in parts) + b"--" + mark + b"--\r\n"
    kind = b'multipart/report; report-type=delivery-status; boundary="%s"' % mark
    fields = {"From": "MAILER-DAEMON@evil.test", "Return-Path": "<>"}
    return mail(random, body, fields, kind=kind)


BODIES = ("8bit", "quoted-printable", "base64", "entities", "hex entities", "html")
KINDS: dict[str, Maker] = {
    **{f"escape in a body, {way}": partial(_body, way) for way in BODIES},
    "escape by charset": _charset,
    "escape in its charset": _charset_meant,
    **{
        f"escape in a subject, {way}": partial(_subject, way)
        for way in ("raw", "q", "b", "latin", "broken word")
    },
    **{f"escape in a name, {way}": partial(_name, way) for way in ("raw", "q", "b", "comment")},
    **{
        f"escape in a file name, {way}": partial(_file, way)
        for way in ("raw", "2231", "word", "pieces")
    },
    "escape in an invitation": _calendar,
    "escape in a bounce": _bounce,
    **{
        f"markup in a {where}": partial(_markup, where)
        for where in ("subject", "name", "body", "file name")
    },
    "odd widths": _width,
}
