"""Who a mail goes to, as typed into one line."""

import re

from founder_inbox.core.display import safe_line
from founder_inbox.core.letters.fields import ascii_address
from founder_inbox.core.letters.reply_draft import mailbox
from founder_inbox.core.model import Address
from founder_inbox.errors import BadInput

MOST_RECIPIENTS = 50
_LONGEST = 20_000
# What stands between two commas or semicolons that are not in quotes.
_PARTS = re.compile(r'(?:"(?:[^"\\]|\\.)*(?:"|\Z)|[^,;"])+')
_NAMED = re.compile(r'((?:"(?:[^"\\]|\\.)*"|[^<>"])*)<([^<>]*)>')


def read_recipients(typed: str) -> tuple[Address, ...]:
    """The people in "Ana Ruiz <ana@ruiz.test>, bo@b.test", each once; () for an empty line.

    Raises BadInput naming what is no address, and for more than 50.
    """
    found: dict[str, Address] = {}
    for part in filter(str.strip, _PARTS.findall(typed[:_LONGEST])):
        person = _person(part.strip())
        found.setdefault(mailbox(person.address), person)
    if len(found) > MOST_RECIPIENTS:
        raise BadInput(f"{len(found)} recipients are more than {MOST_RECIPIENTS} for one mail.")
    return tuple(found.values())


def written(person: Address) -> str:
    """A person as `read_recipients` reads them: the name quoted where it needs to be."""
    name = safe_line(person.name, 80).replace('"', "").replace("\\", "")
    if not name or "@" in name:
        return person.address
    plain = all(char.isalnum() or char in " .'-" for char in name)
    return f"{name} <{person.address}>" if plain else f'"{name}" <{person.address}>'


def _person(part: str) -> Address:
    """One person, "Name <address>" or the address alone."""
    named = _NAMED.fullmatch(part)
    name, address = (named[1].strip(), named[2].strip()) if named else ("", part)
    if "@" not in address or " " in address or not address.isprintable():
        raise BadInput(f"“{safe_line(part, 60)}” is not a mail address.")
    ascii_address(address, smtputf8=True)
    if name[:1] == '"':
        name = name.strip('"').replace('\\"', '"').replace("\\\\", "\\")
    return Address(safe_line(name, 100), address)


def last_typed(line: str) -> str:
    """What is being typed at the end of a line of people: the part that can be completed."""
    return line.replace(";", ",").rpartition(",")[2].strip()


def with_person(line: str, person: Address) -> str:
    """The line with its last part completed to a person, ready for the next one."""
    before = line.replace(";", ",").rpartition(",")[0].strip()
    return f"{before}, {written(person)}, " if before else f"{written(person)}, "
