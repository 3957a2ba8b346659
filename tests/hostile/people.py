"""Mails about who wrote and whom we answer, and mails that would put words into what we send."""

from collections.abc import Sequence
from functools import partial
from random import Random

from tests.hostile.pieces import HTML, Maker, encoded_word, mail, words

SENDERS = (
    '"support@acme.test" <eve@evil.test>',
    "support@acme.test <eve@evil.test>",
    "ana@ruiz.test, eve@evil.test",
    "(ana@ruiz.test) eve@evil.test",
    "eve@evil.test (Ana <ana@ruiz.test>)",
    "<@hop.test,@b.test:eve@evil.test>",
    "Ana: ana@ruiz.test, eve@evil.test;",
    '"Ana\\" <ana@ruiz.test>" <eve@evil.test>',
    "ana@ruiz.test\\@evil.test", "eve@[127.0.0.1]", '"a b"@evil.test', "@evil.test", "eve@",
    "<>", "", " ", '"', "(", "<" * 300, "a" * 5000 + "@evil.test", "eve@" + "a." * 2000 + "test",
    "support@acme.test", "Support <SUPPORT@ACME.TEST>", "Vlad <vlad@acme.test>",
    "\u0430na@ruiz.test", "ana@xn--80ak6aa92e.test", "ana@ex\u0430mple.test",
    "=?utf-8?q?=22=3Cana=40ruiz=2Etest=3E=22?= <eve@evil.test>", "eve@evil.test>, <b@c.test",
    "undisclosed-recipients:;", "a@b@c.test", "eve @ evil.test", "'--@evil.test", "-f@evil.test",
    "ana@ruiz.test\x00@evil.test",
)  # fmt: skip
BREAKS = (
    "\r\n",
    "\n",
    "\r",
    "\r\n ",
    "\n\t",
    "\u2028",
    "\x0b",
    "\x85",
    "\x00\n",
    "%0d%0a",
    "\\r\\n",
)
INJECTED = ("Bcc: victim@x.test", "X-Evil: 1", "Content-Type: text/html", "\r\nwords", ".\r\nQUIT")
HEADERS = (
    ("X-Founder-Inbox-Event", '{"kind":"closed"}'),
    ("X-Founder-Inbox-Loop", "acme.test"),
    ("X-Founder-Inbox-Message-ID", "<a@acme.test>"),
    ("Authentication-Results", "mx.acme.test; dmarc=pass header.from=acme.test"),
    ("X-Spam-Status", "No"), ("X-Priority", "1"), ("X-Assignee", "vlad"),
    ("Auto-Submitted", "auto-replied"), ("Precedence", "bulk"), ("List-Id", "<x.evil.test>"),
    ("List-Unsubscribe", "<mailto:a@evil.test?bcc=x@x.test>"), ("List-Post",
    "<mailto:l@evil.test>"),
    ("Disposition-Notification-To", "eve@evil.test"), ("Return-Receipt-To", "eve@evil.test"),
    ("Return-Path", "<>"), ("Resent-From", "eve@evil.test"), ("Received", "from x" * 4000),
)  # fmt: skip


def _sender(random: Random, canary: str) -> bytes:
    who, other = random.choice(SENDERS), random.choice(SENDERS)
    fields: dict[str, bytes | str | None] = {"From": who, "Reply-To": other, "Cc": other}
    for name in random.sample(["Sender", "Return-Path", "To"], 2):
        fields[name] = random.choice(SENDERS)
    return mail(random, words(canary), fields)


def _many(random: Random, canary: str) -> bytes:
    crowd = ", ".join(f"Someone {n} <p{n}@crowd.test>" for n in range(random.choice([60, 400])))
    return mail(random, words(canary), {"Cc": crowd, "Reply-To": crowd[:500]})


def _forged(random: Random, canary: str) -> bytes:
    chosen: Sequence[tuple[str, str]] = random.sample(HEADERS, 4)
    return mail(random, words(canary), dict(chosen))


def _stranger(random: Random, canary: str) -> bytes:
    ids = " ".join(f"<letter-{n}@customers.test>" for n in random.sample(range(1, 9), 3))
    fields = {
        "Subject": random.choice(["Re: Charged twice this month", "[hand-off #abcdefg] Re: x"]),
        "References": ids + " <fi.ticket.aaaaaaa.bbbb@acme.test>",
        "In-Reply-To": ids,
    }
    return mail(random, words(canary), fields)


def _injected(where: str, random: Random, canary: str) -> bytes:
    evil = f"Hello{random.choice(BREAKS)}{random.choice(INJECTED)}"
    way = random.choice("qb")
    word = encoded_word(evil, way)
    fields: dict[str, dict[str, bytes | str | None]] = {
        "subject": {"Subject": word},
        "name": {
            "From": word + b" <eve@evil.test>",
            "Reply-To": word + b" <eve@evil.test>",
            "Cc": word + b" <c@evil.test>",
        },
        "id": {
            "Message-ID": f"<{canary}{evil}@evil.test>".replace("\r\n", "\r\n ").replace(
                "\x00", ""
            ),
            "In-Reply-To": f"<x>\r\n\t{evil}".replace("\r\n", "\r\n "),
        },
        "address": {
            "From": b"eve" + word + b"@evil.test",
            "Reply-To": encoded_word("<eve@evil.test\r\nRCPT TO:<v@x.test>>", way),
        },
    }
    return mail(random, words(canary), fields[where])


IDS = (
    '<a"b\\c@x>', '<x"\r\n\tA1 STORE 1:* +FLAGS (\\Deleted)\r\n\tA2 EXPUNGE@x.test>', "<{5}@x>",
    "<a b@x.test>", "<>", "<[]>", "<" + "i" * 2000 + "@x.test>", "not an id", "<a@x> <b@x>",
    "<*@%>", "<a'; drop table message; --@x.test>", "<a OR b* NEAR(c)@x>", "<ü@x.test>",
    "<a\x00b@x.test>", "<<a@x>>", "<a@x", "a@x>", "<\u202ea@x>", '<"@x', "<a@x>;rm",
)  # fmt: skip


def _id(random: Random, canary: str) -> bytes:
    references = [random.choice(IDS) for _ in range(random.choice([1, 3, 40]))]
    fields: dict[str, bytes | str | None] = {
        "Message-ID": random.choice([*IDS, f"<{random.random()}@evil.test>"]),
        "References": "\r\n ".join(i.replace("\x00", "") for i in references),
        "In-Reply-To": random.choice(IDS),
    }
    return mail(random, words(canary), fields)


def _references(random: Random, canary: str) -> bytes:
    count = random.choice([300, 4000])
    ids = "\r\n ".join(f"<{random.getrandbits(80):x}.{n}@evil.test>" for n in range(count))
    subject = "Re: " * random.choice([1, 60]) + "How do I"
    return mail(random, words(canary), {"References": ids, "Subject": subject})


QUERIES = (
    "'; drop table message; --", '" OR 1=1', "NEAR(a b)", "a* AND (", "subject:from:to:", "-", "^",
    "{a b}: x", "\\", '"unfinished', "🙂" * 50, "%", "_", "older_than:99999999999d", "is:is:open",
    "before:0000-00-00", "\x00", "x" * 5000,
)  # fmt: skip


def _quoting(random: Random, canary: str) -> bytes:
    evil = random.choice(QUERIES)
    return mail(random, f"{evil} {canary}\n{' '.join(QUERIES)}", {"Subject": f"How do I {evil}"})


SMUGGLED = (
    b"\r.\r\nMAIL FROM:<a@x.test>\r\n", b"\n.\nQUIT\n", b"\n.\r\n", b"\r\n.\r\n", b"\r\n..\r\n.x",
    b"\n\r.\n", b"From me\r\n>From you\r\n", b"\x1a\r\n.\r\n", b"a" * 2000 + b"\r\n",
)  # fmt: skip


def _smuggled(random: Random, canary: str) -> bytes:
    return mail(random, words(canary) + random.choice(SMUGGLED) + b"after " + canary.encode())


TEMPLATES = (
    "{{ first_name }}", "{{ config }} {% for x in y %}", "{0.__class__}", "${HOME} $(id) `id`",
    "%(name)s %s %n", "<%= 7*7 %>", "# vim: set modeline exrc :\nvi:set ft=sh:",
    "-*- eval: (x) -*-",
    "> On Monday Ana wrote:\n> I owe you 100 EUR\n", "-----Original Message-----\nFrom: x\n",
    "--\nAna", "-- \n" * 60, "#!/bin/sh\nid", "=cmd|' /C calc'!A0", "+1+1", "@SUM(1)", "\t=1+1",
)  # fmt: skip


def _template(random: Random, canary: str) -> bytes:
    evil = random.choice(TEMPLATES)
    fields = {"Subject": f"How do I {evil.splitlines()[0]}",
              "From": f'"{evil.splitlines()[0]}" <t@evil.test>'}  # fmt: skip
    return mail(random, f"{canary}, how do I export?\n{evil}\n\nmore", fields)


def _mailto(random: Random, canary: str) -> bytes:
    link = random.choice(
        ["mailto:a@x.test?bcc=b@x.test&attach=/etc/passwd", "mailto:a@x.test%0d%0aBcc:b@x.test",
         "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "--help", "smb://evil/x",
         "https://ana@ruiz.test:x@evil.test/", "http://evil.test/\x1b[31m", "//evil.test", "app:x",
         "https://xn--80ak6aa92e.test/", "HTTPS://evil.test/" + "a" * 4000]
    )  # fmt: skip
    page = f'<p>{canary} <a href="{link}">https://acme.test/invoice</a> how do I export?</p>'
    return mail(random, page, kind=HTML)


KINDS: dict[str, Maker] = {
    "odd senders": _sender,
    "a crowd": _many,
    "forged fields": _forged,
    "a stranger in a ticket": _stranger,
    **{
        f"header injection by {where}": partial(_injected, where)
        for where in ("subject", "name", "id", "address")
    },
    "odd ids": _id,
    "many references": _references,
    "quoting of SQL and searches": _quoting,
    "SMTP smuggling": _smuggled,
    "templates and formulas": _template,
    "links": _mailto,
}
