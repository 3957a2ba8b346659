"""Where the tests of mail find mails: our own by name, and a folder of real ones where it lies."""

from collections.abc import Iterator
from pathlib import Path

_OWN = Path(__file__).parent / "mails"
SHARED = Path(__file__).parents[3] / "shared" / "data"


def own_mail(name: str) -> bytes:
    """The bytes of one of our own mails, named after its quirk."""
    return (_OWN / f"{name}.eml").read_bytes()


def own_mails() -> dict[str, bytes]:
    """All our own mails by name."""
    return {path.stem: path.read_bytes() for path in sorted(_OWN.glob("*.eml"))}


def all_mails() -> Iterator[tuple[str, bytes]]:
    """Every mail there is with its path: ours, and the real and hostile ones if they are there."""
    for folder in (_OWN, SHARED / "mail", SHARED / "hostile"):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".json":
                yield str(path), path.read_bytes()


def shared_lines(name: str) -> list[str]:
    """The lines of a shared data file, none where it is absent."""
    path = SHARED / name
    return path.read_text().splitlines() if path.is_file() else []
