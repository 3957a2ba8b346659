"""What every mail that leaves has to keep to, looked at without a mail library."""

from founder_inbox.core.letters.fields import Field

# What a mail of ours may say of itself, part by part.
OURS = {field.value.lower() for field in Field} | {
    "content-type",
    "content-transfer-encoding",
    "content-disposition",
}


def header_names(raw: bytes) -> set[str]:
    """Every header of a mail and of its parts, split by hand: no library of ours or Python's."""
    names = set[str]()
    boundary: bytes | None = None
    in_head = True
    for line in raw.split(b"\r\n"):
        if boundary and line.startswith(b"--" + boundary):
            in_head = True
        elif in_head and not line:
            in_head = False
        elif in_head:
            if b'boundary="' in line:
                boundary = line.partition(b'boundary="')[2].partition(b'"')[0]
            if line[:1] not in b" \t":
                names.add(line.partition(b":")[0].decode("ascii").lower())
    return names


def check_ours(raw: bytes) -> None:
    """What RFC 5322 and our own list ask of every mail that leaves."""
    bare = raw.replace(b"\r\n", b"")
    assert b"\r" not in bare
    assert b"\n" not in bare
    assert b"\0" not in raw
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert header_names(raw) <= OURS
    head = b"\r\n" + raw.partition(b"\r\n\r\n")[0].lower()
    assert all(head.count(b"\r\n%s: " % name) <= 1 for name in (b"subject", b"to", b"cc", b"from"))
