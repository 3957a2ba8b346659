"""Tags: words of the founder's own, spelled once."""

from collections.abc import Iterable, Sequence

from founder_inbox.core.display import SafeLine, safe_line
from founder_inbox.errors import BadInput

LONGEST_TAG = 40


def spelled(text: str, known: Iterable[str]) -> SafeLine:
    """The tag that is meant: as it is known already, whatever the case. Raises BadInput."""
    word = safe_line(text, LONGEST_TAG)
    if not word:
        raise BadInput("A tag needs a name, so nothing was tagged.")
    same = (tag for tag in known if tag.casefold() == word.casefold())
    return safe_line(next(same, word), LONGEST_TAG)


def comes_off(word: str, tags_of_each: Sequence[frozenset[str]]) -> bool:
    """Whether the same tag again takes it off: only where all of the tickets have it."""
    return bool(tags_of_each) and all(word in tags for tags in tags_of_each)


def understood(text: str, known: Sequence[str], tags_of_each: Sequence[frozenset[str]]) -> str:
    """What `enter` would do, and the known tags that begin so. Raises BadInput."""
    word = spelled(text, known)
    verb = "Takes off" if comes_off(word, tags_of_each) else "Puts on"
    fresh = "" if word in known else ", a new tag"
    begun = [tag for tag in beginning_with(text, known) if tag != word]
    others = f" · also: {', '.join(begun[:5])}" if begun else ""
    return f"{verb} {word}{fresh}{others}"


def beginning_with(text: str, known: Iterable[str]) -> list[str]:
    """The known tags that begin with these letters, in their order."""
    begun = text.strip().casefold()
    return [tag for tag in known if tag.casefold().startswith(begun)]


def badge(tags: Iterable[str], room: int = 10) -> str:
    """Tags in a row of a list: "[refund]", "[refund +1]"; brackets say it without a colour."""
    words = sorted(tags)
    if not words:
        return ""
    more = f" +{len(words) - 1}" if len(words) > 1 else ""
    return f"[{safe_line(words[0], room)}{more}]"
