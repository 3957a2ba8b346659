"""Mails of odd form: damaged heads, dates, HTML, attachments, encrypted and automatic ones."""

import io
import zipfile
from random import Random

from tests.hostile.pieces import HTML, Maker, mail, multipart, part, transferred, with_file, words

DATES = (
    "Mon, 23 Nov 99999 08:10:00 +0000", "Thu, 1 Jan 1970 00:00:00 -0000",
    "31 Dec 9999 23:59:60 -2359",
    "yesterday", "", "Mon, 99 Nov 2026 99:99:99 +9999", "2026-11-23T08:10:00Z", "0", "1" * 4000,
    "Fri, 31 Feb 2026 10:00:00 EST", "Mon, 23 Nov 2099 08:10:00 +0000", "23 Nov 26 08:10 Z",
    "Mon, 23 Nov 2026 08:10:00 +0000 (" + "(" * 3000, "Mon 23\x00Nov 2026", "١ Nov 2026",
)  # fmt: skip


def _date(random: Random, canary: str) -> bytes:
    field = random.choice([*DATES, None])
    return mail(random, words(canary), {"Date": field, "Received": f"x; {random.choice(DATES)}"})


def _head(random: Random, canary: str) -> bytes:
    broken = random.choice(
        [b"no colon here", b": nameless", b"X-Nul: a\x00b", b"X" * 3000 + b": y",
         b"X-8bit: \xff\xfe",
         b"Sub ject: x", b"From : eve@evil.test", b"Subject:", b"Subject: a\r\n\t\r\n b",
         b"\xef\xbb\xbf",
         b"X-Long: " + b"y" * 50_000, b"Content-Type: text/plain; name*", b"MIME-Version: 9.9",
         b"Content-Type:\r\n text/plain;\r\n charset", b"Content-Type: ;;;;/;=", b"Subject\x00: x",
         b"Content-Disposition: attachment; filename*", b"From: second@evil.test", b"X: \r\r\r y"]
    )  # fmt: skip
    whole = mail(random, words(canary))
    lines = whole.split(b"\r\n")
    lines.insert(random.randrange(5), broken)
    return b"\r\n".join(lines)


def _ends(random: Random, canary: str) -> bytes:
    whole = mail(random, words(canary) + b"\r\nsecond line")
    way = random.randrange(6)
    if way == 0:
        return whole.replace(b"\r\n", b"\n")
    if way == 1:
        return whole.replace(b"\r\n", b"\r")
    if way == 2:
        return whole.replace(b"\r\n", b"\n\r")
    if way == 3:
        return whole.partition(b"\r\n\r\n")[2]
    if way == 4:
        return b"\r\n\r\n" + whole
    return whole.replace(b" ", b"\x00", 3)


def _cut(random: Random, canary: str) -> bytes:
    whole = with_file(random, canary, b"Content-Type: image/png", data=b"x" * 300)
    return whole[: random.randrange(len(whole) // 4, len(whole))]


def _noise(random: Random, canary: str) -> bytes:
    whole = bytearray(_zip(random, canary))
    for _ in range(random.choice([1, 5, 60])):
        whole[random.randrange(len(whole))] = random.randrange(256)
    return bytes(whole)


def _boundary(random: Random, canary: str) -> bytes:
    kind, body = multipart(random, part(words(canary)), part(b"<p>x</p>", HTML))
    mark = kind.split(b'"')[1]
    wrong = random.choice(
        [body.replace(b"--" + mark + b"--", b""), body.replace(mark, b"other"), b"before " + body,
         body.replace(b"--" + mark, b" --" + mark), body + body, body.replace(b"\r\n", b"\n")]
    )  # fmt: skip
    if random.random() < 0.5:
        kind = random.choice([b"multipart/mixed", b'multipart/mixed; boundary=""',
                              kind + b"; x=" * 9,
                              b"multipart/x; boundary=" + b"b" * 900])  # fmt: skip
    return mail(random, wrong, kind=kind)


PAGES = (
    "<?xml version='1.0' encoding='utf-16'?><p>{}</p>", "<p>{}", "<!-- {} -->{}", "<!--{}",
    "{}<![CDATA[x]]>",
    "<table><tr><td>{}", "<p>{}</p>" + "<div>" * 3000, "&#" + "9" * 4000 + ";{}",
    "<p>{}&#xD800;&#0;&#27;</p>",
    "<svg><use href='https://beacon.invalid/x'/></svg>{}",
    "<style>@import 'https://beacon.invalid';</style>{}",
    "<img src=https://beacon.invalid/1><body background=https://beacon.invalid/2>{}",
    "<iframe src=file:///etc/passwd></iframe>{}<object data=x></object>",
    "<script>x()</script>{}<p onclick=x()>",
    "<div style='display:none'>hidden</div>{}",
    "<base href=https://beacon.invalid/>{}<form action=x>",
    "<meta http-equiv=refresh content='0;url=https://beacon.invalid'>{}", "<math><mtext><p>{}</p>",
    "<p>{}</p>" + "<a " * 2000, "{}" + "<ul><li>" * 1500, "<pre>{}\x1b[31m</pre>", "<textarea>{}",
    "<title>{}",
    "<template><p>{}</p></template>{}", "<noscript>{}</noscript>{}", "<plaintext>{}",
    "\ufeff\x00<p>{}",
    "<p style=\"background:url('https://beacon.invalid/3')\">{}", "<select><option>{}",
)  # fmt: skip


def _page(random: Random, canary: str) -> bytes:
    page = random.choice(PAGES).replace("{}", f"how do I export? {canary}")
    if random.random() < 0.5:
        return mail(random, page, kind=HTML, encoding="base64")
    parts = [part(b""), part(page.encode("utf-8", "replace"), HTML)]
    kind, body = multipart(random, *parts, subtype=random.choice(["alternative", "related"]))
    return mail(random, body, kind=kind)


NAMES = (
    "../../../etc/passwd", "..\\..\\boot.ini", "/etc/cron.d/x", "~/.ssh/authorized_keys",
    ".bashrc", "-rf",
    "con", "NUL.txt", "a\x00.exe", "x" * 4000 + ".pdf", "invoice.pdf.exe", "invoice\u202efdp.exe",
    "a/b/c", "", " ", ".", "..", "...", "\u2024\u2024/x", "%2e%2e%2fx", "C:x", "file:///x",
    "a\nb.txt",
    "|id", "$(id).txt", "`id`", "a;b", "\u2215etc\u2215x", "résumé.pdf", "a" + "\u0301" * 900,
    "x.desktop",
    "x.lnk", "index.html", "x.svg", "x.docm", "*?<>|:\"", "aux.", "x .", "\ufeff.x", "名前.pdf",
)  # fmt: skip


def _file(random: Random, canary: str) -> bytes:
    name = random.choice(NAMES).replace("\n", " ").replace('"', "'").encode()
    described = b'Content-Disposition: attachment; filename="' + name + b'"'
    kinds = [b"application/pdf", b"text/plain", b"image/png", b"x", b"message/rfc822", b"text/html"]
    also = [part(b"two", PDF, described), part(b"three", PDF, described)]
    kind, body = multipart(
        random, part(words(canary)), part(b"one", random.choice(kinds), described), *also
    )
    return mail(random, body, kind=kind)


PDF = b"application/pdf"


def _transfer(random: Random, canary: str) -> bytes:
    encoding = random.choice(
        [b"base64", b"quoted-printable", b"x-uuencode", b"binary", b"nobody", b""]
    )
    data = random.choice([b"!!!! not base64", b"aGVsbG8", b"=", b"=ZZ=",
                          b"begin 644 ../x\n#0V%T\n`\nend\n",
                          b"", b"\xff" * 900, b"a" * 3001, b"====",
                          b"begin 644 x\n" + b"M" * 4000])  # fmt: skip
    return with_file(random, canary, b"Content-Type: application/pdf; name=a.pdf",
                     b"Content-Transfer-Encoding: " + encoding, data=data)  # fmt: skip


def _zip(random: Random, canary: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("../../evil.sh"), b"\0" * 9_000_000, zipfile.ZIP_DEFLATED)
    return with_file(random, canary, b"Content-Type: application/zip; name=x.zip",
                     b"Content-Transfer-Encoding: base64",
                     data=transferred(packed.getvalue(), "base64"))  # fmt: skip


def _tnef(random: Random, canary: str) -> bytes:
    junk = b"\x78\x9f\x3e\x22" + bytes(random.randrange(256) for _ in range(400))
    return with_file(random, canary, b"Content-Type: application/ms-tnef; name=winmail.dat",
                     b"Content-Transfer-Encoding: base64", data=transferred(junk,
                     "base64"))  # fmt: skip


def _sealed(random: Random, canary: str) -> bytes:
    kinds = [
        b"multipart/encrypted; protocol=application/pgp-encrypted; boundary=B",
        b"multipart/signed; boundary=B",
        b"application/pkcs7-mime; smime-type=enveloped-data",
        b"message/partial; number=1; total=2; id=x",
        b"message/external-body; access-type=URL; URL=https://beacon.invalid",
        b"multipart/report; boundary=B",
    ]  # fmt: skip
    inner = (
        b"--B\r\n" + part(words(canary)) + b"\r\n--B\r\n" + part(b"x", b"application/octet-stream")
    )
    return mail(random, inner + b"\r\n--B--\r\n", kind=random.choice(kinds))


AUTOMATIC: tuple[dict[str, str], ...] = (
    {"Auto-Submitted": "auto-replied"}, {"Auto-Submitted": "no"}, {"Return-Path": "<>"},
    {"Precedence": "bulk"}, {"List-Id": "<x.evil.test>"}, {"X-Autoreply": "yes"},
    {"Subject": "Out of office: back on Monday"}, {"From": "no-reply@evil.test"},
    {"From": "MAILER-DAEMON@evil.test", "Subject": "Undelivered Mail"},
    {"From": "support@acme.test"},
    {"X-Auto-Response-Suppress": "All"}, {"Subject": "Automatic reply: x"},
)  # fmt: skip


def _automatic(random: Random, canary: str) -> bytes:
    fields: dict[str, bytes | str | None] = dict(random.choice(AUTOMATIC))
    return mail(random, words(canary), fields)


def _doubled(random: Random, canary: str) -> bytes:
    return mail(random, words(canary), {"Message-ID": "<always-the-same@evil.test>"})


def _repeated(random: Random, canary: str) -> bytes:
    name = random.choice([b"To", b"Subject", b"From", b"Received", b"Content-Type", b"X-Any"])
    return (name + b": a@b.test\r\n") * 300 + mail(random, words(canary))


KINDS: dict[str, Maker] = {
    "dates": _date, "damaged heads": _head, "line ends": _ends, "cut off": _cut, "noise": _noise,
    "boundaries": _boundary, "pages": _page, "file names": _file, "transfer encodings": _transfer,
    "archives": _zip, "TNEF": _tnef, "sealed": _sealed, "automatic": _automatic,
    "doubled ids": _doubled,
    "no id": lambda random, canary: mail(random, words(canary), {"Message-ID": None}),
    "nothing but words": lambda _random, canary: words(canary),
    "nothing": lambda _random, _canary: b"",
    "many of one field": _repeated,
}  # fmt: skip
