"""From bytes to text: a fixed table of charsets, then UTF-8, then windows-1252; never an error.

Names outside the table are not looked up in Python, whose registry holds codecs (unicode_escape,
punycode, idna, zlib) that turn plain text into something else.
"""

_UTF8 = "utf-8"
_LATIN = "cp1252"  # a superset of what calls itself iso-8859-1 in mail (WHATWG Encoding)

_CODECS = {
    "utf8": _UTF8,
    "unicode11utf8": _UTF8,
    "utf7": "utf-7",
    "unicode11utf7": "utf-7",
    "utf16": "utf-16",
    "utf16le": "utf-16-le",
    "utf16be": "utf-16-be",
    "iso88591": _LATIN,
    "latin1": _LATIN,
    "cp1252": _LATIN,
    "ansi": _LATIN,
    "iso8859": _LATIN,
    "iso88598i": "iso8859-8",
    "iso88598e": "iso8859-8",
    "iso88599": "cp1254",
    "iso885911": "cp874",
    "tis620": "cp874",
    "latin2": "iso8859-2",
    "latin9": "iso8859-15",
    "koi8r": "koi8-r",
    "koi8u": "koi8-u",
    "macintosh": "mac-roman",
    "macroman": "mac-roman",
    "xmacroman": "mac-roman",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "xgbk": "gb18030",
    "gb18030": "gb18030",
    "hzgb2312": "hz",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "cp950": "cp950",
    "shiftjis": "cp932",
    "sjis": "cp932",
    "xsjis": "cp932",
    "windows31j": "cp932",
    "cp932": "cp932",
    "eucjp": "euc-jp",
    "iso2022jp": "iso2022_jp_ext",
    "iso2022jp1": "iso2022_jp_ext",
    "iso2022jp2": "iso2022_jp_2",
    "iso2022kr": "iso2022-kr",
    "euckr": "cp949",
    "ksc56011987": "cp949",
    "ksc5601": "cp949",
    "cp949": "cp949",
    "cp437": "cp437",
    "cp850": "cp850",
    "cp852": "cp852",
    "cp866": "cp866",
    "cp874": "cp874",
}
_CODECS |= {f"iso8859{n}": f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)}
_CODECS |= {f"cp125{n}": f"cp125{n}" for n in range(9)}
_SEVEN_BIT = frozenset({
    "utf-7", "utf-16", "utf-16-le", "utf-16-be", "hz", "iso2022_jp_ext", "iso2022_jp_2",
    "iso2022-kr",
})  # fmt: skip
_TELLING = 4  # bytes that UTF-8 spends beyond one for each letter, before it is believed
_ASCII = frozenset({"", "usascii", "ascii", "ansix341968", "iso646us", "7bit", "8bit", "default"})


def decode(data: bytes, declared: str = "") -> tuple[str, bool]:
    """The text of `data`, and whether the declared charset could be followed."""
    name = _plain_name(declared)
    codec = _CODECS.get(name)
    if codec and codec not in _SEVEN_BIT and (truth := _utf8_in_disguise(data)) is not None:
        return truth, codec == _UTF8
    if codec and not (codec.startswith("utf-16") and b"\0" not in data):
        text = data.decode(codec, "replace")
        if "\ufffd" in text and codec.startswith("iso2022_jp"):
            text = _microsoft_jis(data)
        if "\ufffd" not in text or _mostly_right(text):
            return text, "\ufffd" not in text
    return _guess(data), name in _ASCII


def _utf8_in_disguise(data: bytes) -> str | None:
    """The text where several letters are UTF-8 and nothing is not: no other charset looks so."""
    if data.isascii():
        return None
    try:
        # The end may be cut within a letter.
        text = data[: len(data) - 3].decode(_UTF8) + data[len(data) - 3 :].decode(_UTF8, "replace")
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":
            return None
        text = data.decode(_UTF8, "replace")
    return text if len(data) - len(text) >= _TELLING else None


def _microsoft_jis(data: bytes) -> str:
    """ISO-2022-JP with the signs Windows adds to it (№, ①, ㈱), which Python's codec lacks."""
    out = []
    for piece in data.split(b"\x1b"):
        if piece[:2] in (b"$B", b"$@"):
            letters = piece[2:]
            double = b"".join(map(_shifted, letters[::2], letters[1::2]))
            out.append(double.decode("cp932", "replace"))
        elif piece[:2] in (b"(B", b"(J"):
            out.append(piece[2:].decode("ascii", "replace"))
        elif piece[:2] == b"(I":
            out.append(bytes(c | 0x80 for c in piece[2:]).decode("cp932", "replace"))
        else:
            out.append(piece.decode("ascii", "replace"))
    return "".join(out)


def _shifted(row: int, cell: int) -> bytes:
    """A JIS X 0208 letter in Shift JIS."""
    if not (0x21 <= row <= 0x7E and 0x21 <= cell <= 0x7E):
        return bytes([c for c in (row, cell) if c < 0x80])
    lead = ((row - 0x21) >> 1) + (0x81 if row < 0x5F else 0xC1)
    trail = cell + (0x1F if cell < 0x60 else 0x20) if row % 2 else cell + 0x7E
    return bytes([lead, trail])


def _plain_name(declared: str) -> str:
    name = "".join(c for c in declared[:60].lower() if c.isascii() and c.isalnum())
    for prefix in ("windows", "ibm", "xcp", "mswindows"):
        if name.startswith(prefix) and name[len(prefix) :].isdigit():
            return "cp" + name[len(prefix) :]
    return name


def _mostly_right(text: str) -> bool:
    """Whether a few bad bytes in text of that charset are likelier than a wrong name."""
    bad = text.count("\ufffd")
    foreign = len(text) - len(text.encode("ascii", "ignore")) - bad
    return bad * 8 <= foreign


def _guess(data: bytes) -> str:
    try:
        text = data.decode(_UTF8)
    except UnicodeDecodeError:
        text = data.decode(_UTF8, "replace")
        return text if _mostly_right(text) else data.decode(_LATIN, "replace")
    if "\x1b$" in text or "\x1b(J" in text:
        return data.decode("iso2022_jp_ext", "replace")
    return text
