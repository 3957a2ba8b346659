"""PGP written into the text itself (RFC 9580, 7): what was signed, without its armour."""

import re

_BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----"
_SIGNATURE = "\n-----BEGIN PGP SIGNATURE-----"
_END = "-----END PGP SIGNATURE-----"
_ENCRYPTED = "-----BEGIN PGP MESSAGE-----"
_FIELD = re.compile(r"[A-Za-z-]{1,40}: [^\n]{0,200}")
_DASHED = re.compile(r"^- (?=-)", re.MULTILINE)


def is_encrypted(text: str) -> bool:
    """Whether a text holds a sealed message."""
    return _ENCRYPTED in text


def without_armour(text: str) -> tuple[str, bool]:
    """The text with the first signed message freed of its armour, and whether there was one.

    A damaged or quoted one stays as it is. The signature is not checked.
    """
    begin = text.find(_BEGIN)
    if begin < 0 or (begin and text[begin - 1] != "\n"):
        return text, False
    head = text.find("\n\n", begin)
    sealed = text.find(_SIGNATURE, begin)
    end = text.find(_END, sealed)
    if min(head, sealed, end) < 0 or head > sealed:
        return text, False
    fields = text[begin + len(_BEGIN) : head].split("\n")[1:]
    if not all(_FIELD.fullmatch(field) for field in fields):
        return text, False
    said = _DASHED.sub("", text[head + 2 : sealed])
    return text[:begin] + said + text[end + len(_END) :], True
