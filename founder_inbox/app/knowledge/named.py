"""Finding one of several things by its name, or by a beginning that only it has."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from founder_inbox.core.tickets.identity import clean
from founder_inbox.errors import BadInput, NotFound

Thing = TypeVar("Thing")


def one_named(
    given: str, things: Iterable[Thing], name: Callable[[Thing], str], kind: str
) -> Thing:
    """The thing that `given` names. Raises NotFound and BadInput, which call it a `kind`.

    `founder-inbox KINDs` is the command that lists them all.
    """
    prefix = clean(given)
    found = [thing for thing in things if prefix and name(thing).startswith(prefix)]
    exact = [thing for thing in found if name(thing) == prefix]
    if not found:
        raise NotFound(f"There is no {kind} {given!r}. founder-inbox {kind}s lists them all.")
    if len(found) > 1 and not exact:
        several = ", ".join(name(thing) for thing in found[:5])
        raise BadInput(f"{given!r} fits several {kind}s: {several}. Give one letter more.")
    return (exact or found)[0]
