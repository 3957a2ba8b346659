"""Files of JSON that another help desk's API gave out: a file, or a folder of them."""

import json
from collections.abc import Iterator
from pathlib import Path

from founder_inbox.core.helpdesk.conversation import Broken
from founder_inbox.errors import BadInput

LARGEST = 512 * 2**20
_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson"})


def is_export(path: Path) -> bool:
    """Whether to look for conversations there, and not for mails."""
    if path.is_dir():
        return any(path.glob("*.json")) and not (path / "cur").is_dir()
    return path.suffix.casefold() in _SUFFIXES


def read_values(path: Path) -> Iterator[tuple[str, Iterator[object]]]:
    """Each file's name and the JSON values in it; a damaged one is `Broken` in its place.

    Raises BadInput for a file that can't be read at all.
    """
    files = [path]
    if path.is_dir():
        files = sorted(one for one in path.iterdir() if one.suffix.casefold() in _SUFFIXES)
    for file in files:
        yield file.name, _values(file)


def _values(file: Path) -> Iterator[object]:
    try:
        if file.stat().st_size > LARGEST:
            yield Broken("the file is larger than 512 MB; save it in several")
            return
        text = file.read_bytes().decode("utf-8-sig", "replace")
    except OSError as error:
        raise BadInput(f"{file} can't be read: {error.strerror}.") from error
    if file.suffix.casefold() == ".json":
        yield _parsed(text)
        return
    for line in text.split("\n"):
        if line.strip():
            yield _parsed(line)


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        return Broken(f"it is no JSON: {error.msg}, line {error.lineno} column {error.colno}")
    except (ValueError, RecursionError):
        return Broken("it is no JSON that a help desk writes")
