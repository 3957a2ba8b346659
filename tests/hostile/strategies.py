"""Whole mails for Hypothesis: built like mails, with anything at all in every place."""

import base64
import quopri

from hypothesis import strategies as st

from tests.hostile.kinds import QUICK, variant
from tests.hostile.people import BREAKS, IDS, SENDERS
from tests.hostile.shapes import DATES, NAMES, PAGES
from tests.hostile.terminal import ESCAPES, MARKUP

SAID = tuple(text[:200] for text in (*ESCAPES, *MARKUP, *PAGES, *BREAKS))
FIELDS = (
    "From", "To", "Cc", "Reply-To", "Sender", "Return-Path", "Subject", "Date", "Message-ID",
    "References", "In-Reply-To", "Content-Type", "Content-Disposition", "Content-ID",
    "Content-Transfer-Encoding", "Auto-Submitted", "Precedence", "List-Id", "List-Post",
    "Thread-Index", "Authentication-Results", "X-Auto-Response-Suppress", "MIME-Version", "X-Any",
)  # fmt: skip
TYPES = (
    "text/plain", "text/plain; charset=utf-8", "text/html; charset=utf-8",
    "text/plain; format=flowed",
    "text/html", "text/calendar; method=REQUEST", "message/rfc822", "message/delivery-status",
    "application/ms-tnef; name=winmail.dat", "application/pdf; name=x.pdf",
    "text/plain; charset=utf-16",
    "text/plain; charset=iso-2022-jp", "text/plain; charset=utf-7", "application/pkcs7-mime",
    "text/x; y",
)  # fmt: skip
ENCODINGS = ("", "7bit", "8bit", "base64", "quoted-printable", "x-uuencode")

texts = st.lists(
    st.one_of(st.sampled_from(SAID), st.text(max_size=40), st.sampled_from(("> ", "\n", "-- \n"))),
    max_size=6,
).map("".join)
values = st.one_of(
    texts.map(lambda text: text.encode("utf-8", "replace")),
    texts.map(
        lambda text: b"=?utf-8?b?" + base64.b64encode(text.encode("utf-8", "replace")) + b"?="
    ),
    st.binary(max_size=60),
    st.sampled_from((*SENDERS, *IDS, *DATES, *NAMES)).map(
        lambda text: text[:300].encode("utf-8", "replace")
    ),
)
heads = st.lists(
    st.tuples(st.sampled_from(FIELDS), values).map(
        lambda field: field[0].encode() + b": " + field[1]
    ),
    max_size=8,
)


@st.composite
def leaves(draw: st.DrawFn) -> bytes:
    """A part that holds no parts: type, encoding, and a body that may be in it."""
    encoding = draw(st.sampled_from(ENCODINGS))
    words = texts.map(lambda text: text.encode("utf-8", "replace"))
    body = draw(st.one_of(words, st.binary(max_size=80)))
    if encoding == "base64" and draw(st.booleans()):
        body = base64.encodebytes(body)
    if encoding == "quoted-printable" and draw(st.booleans()):
        body = quopri.encodestring(body)
    fields = [b"Content-Type: " + draw(st.sampled_from(TYPES)).encode()]
    if encoding:
        fields.append(b"Content-Transfer-Encoding: " + encoding.encode())
    if draw(st.booleans()):
        name = draw(st.sampled_from(NAMES))[:80].replace('"', "").encode()
        fields.append(b'Content-Disposition: attachment; filename="' + name + b'"')
    return b"\r\n".join([*fields, b"", body])


def _joined(parts: list[bytes], subtype: str, closed: bool) -> bytes:
    mark = b"b%d" % (sum(map(len, parts)) % 97)
    inside = b"".join(b"--%s\r\n%s\r\n" % (mark, part) for part in parts)
    end = b"--%s--\r\n" % mark if closed else b""
    return b"Content-Type: multipart/%s; boundary=%s\r\n\r\n%s%s" % (
        subtype.encode(),
        mark,
        inside,
        end,
    )


SUBTYPES = ("mixed", "alternative", "related", "report", "digest", "signed", "encrypted")
trees = st.recursive(
    leaves(),
    lambda inner: st.builds(
        _joined, st.lists(inner, max_size=3), st.sampled_from(SUBTYPES), st.booleans()
    ),
    max_leaves=6,
)
built = st.builds(lambda fields, tree: b"\r\n".join([*fields, tree]), heads, trees)


@st.composite
def changed(draw: st.DrawFn) -> bytes:
    """A mail of the catalogue with a piece of it put in place of another."""
    raw = variant(draw(st.sampled_from(sorted(QUICK))), draw(st.integers(0, 50))).raw[:20_000]
    start, end = sorted((draw(st.integers(0, len(raw))), draw(st.integers(0, len(raw)))))
    return raw[:start] + draw(values) + raw[min(end, start + 400) :]


mails = st.one_of(built, changed(), st.binary(max_size=400))
