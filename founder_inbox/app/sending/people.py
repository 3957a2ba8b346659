"""People to write to, found by the beginning of a name or address."""

from founder_inbox.app.workspace import Workspace
from founder_inbox.core.letters.recipients import last_typed
from founder_inbox.core.model import Address
from founder_inbox.store.people import known_people

MOST_FOUND = 6


def complete_people(ws: Workspace, line: str) -> list[Address]:
    """Who the last part of a line of people may mean: teammates first, then the last heard of."""
    begun = last_typed(line)
    if not begun or begun.endswith(">"):
        return []
    words = begun.casefold().split()
    mates = [Address(mate.name, mate.address) for mate in ws.config.teammates]
    found = [mate for mate in mates if _begins(f"{mate.name} {mate.address}", words)]
    taken = ws.household.own | {person.address.casefold() for person in found}
    known = known_people(ws.store, begun, 2 * MOST_FOUND)
    found += [person for person in known if person.address.casefold() not in taken]
    return found[:MOST_FOUND]


def _begins(text: str, words: list[str]) -> bool:
    return all(f" {text.casefold()}".find(f" {word}") >= 0 for word in words)
