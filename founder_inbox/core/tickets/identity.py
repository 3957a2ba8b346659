"""A ticket's id: the same on every machine, short enough to say aloud (contract, section 1)."""

import hashlib

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 7


def root_of(message_id: str, references: tuple[str, ...]) -> str:
    """The Message-ID a conversation began with: the first reference, even of an unseen mail."""
    return references[0] if references else message_id


def ticket_id(root: str, length: int = LENGTH) -> str:
    """Crockford base32 over SHA-256 of the root Message-ID (with its brackets), lower case.

    `length` grows on a collision; 51 characters are all there are.
    """
    bits = int.from_bytes(hashlib.sha256(root.encode()).digest())
    return "".join(ALPHABET[(bits >> (251 - 5 * place)) & 31] for place in range(length))


def clean(text: str) -> str:
    """What a person typed as an id or its prefix: no `#`, lower case, o as 0, i and l as 1."""
    return text.strip().lstrip("#").lower().translate(str.maketrans("oil", "011"))
