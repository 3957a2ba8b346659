"""An answer that was sent, made into a canned reply: without its customer, greeting and name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from founder_inbox.core.letters.greeting import first_name, without_greeting
from founder_inbox.core.model import Lane

_MOST = 20_000
# "Thanks, there!" is said in English only.
_STAND_IN = {"en": "there"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedReply:
    """What a new reply's file says in its head."""

    name: str
    title: str
    lane: Lane | None
    language: str


def file_text(head: SavedReply, words: str) -> str:
    """Write the whole file: head and text."""
    lanes = [f"lanes: {head.lane}"] if head.lane and head.lane is not Lane.AUTOMATIC else []
    title = " ".join(head.title.split())[:100] or head.name
    lines = ["---", f"name: {head.name}", f"title: {title}", *lanes, f"language: {head.language}"]
    return "\n".join([*lines, "---", words.strip("\n")]) + "\n"


def reusable_words(body: str, customer_name: str, signatures: Sequence[str], language: str) -> str:
    """Take greeting and signature off, and put a field where the customer's name stands.

    Quoted lines go, and braces that would be read as a field are written apart.
    """
    rows = [row.rstrip() for row in body[:_MOST].split("\n") if not row.startswith(">")]
    text = without_signature(without_greeting("\n".join(rows)).strip(), signatures)
    text = text.replace("{{", "{ {").replace("}}", "} }")
    return _without_name(text, customer_name, language).strip()


def without_signature(text: str, signatures: Sequence[str]) -> str:
    """The text without the names it is signed with, where they are its last lines."""
    for signature in filter(None, (name.strip() for name in signatures)):
        if text.endswith(f"\n{signature}"):
            text = text.removesuffix(signature).rstrip()
    return text


def _without_name(text: str, customer_name: str, language: str) -> str:
    whole, first = " ".join(customer_name.split()), first_name(customer_name)
    names = [re.escape(name) for name in (whole, first) if name and len(name) > 1]
    if not names or first is None:
        return text
    name = rf"(?<!\w)(?:{'|'.join(names)})(?!\w)"
    if language in _STAND_IN:
        return re.sub(name, f"{{{{ first_name | {_STAND_IN[language]} }}}}", text)
    # Where no word stands in for a name, the comma that comes with it goes with it.
    text = re.sub(rf",[ \n]{name}", "{{ if first_name }}, {{ first_name }}{{ end }}", text)
    text = re.sub(
        rf"^{name},[ ]", "{{ if first_name }}{{ first_name }}, {{ end }}", text, flags=re.M
    )
    return re.sub(name, "{{ first_name }}", text)
