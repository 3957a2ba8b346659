"""The founder's own files beside the config: what they are, and putting them back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from founder_inbox.system.files import write_whole
from founder_inbox.system.paths import Paths

FOLDERS = ("replies", "tone", "faq", "post-mortems")
LARGEST = 4 * 2**20
CONFIG = "config.toml"
_ENDINGS = frozenset({".md", ".toml", ".txt", ".ics"})
_BESIDE = ".from-backup"


@dataclass(frozen=True, slots=True)
class PutBack:
    """What became of the files of a backup: written, there already, and laid beside."""

    written: tuple[Path, ...]
    same: int
    beside: tuple[Path, ...]


def read_own_files(paths: Paths) -> dict[str, bytes]:
    """Config, lane rules, replies, tone rules, FAQ, post-mortems: name below the folder to bytes.

    Never a password: where one lies in a file of its own, that file is none of these.
    """
    folder = paths.config.parent
    return {_name(path, folder, paths): path.read_bytes() for path in _files(paths)}


def _name(path: Path, folder: Path, paths: Paths) -> str:
    return CONFIG if path == paths.config else path.relative_to(folder).as_posix()


def _files(paths: Paths) -> Iterator[Path]:
    folder = paths.config.parent
    candidates = [paths.config, paths.lanes]
    for name in FOLDERS:
        candidates += sorted((folder / name).glob("*"))
    for path in candidates:
        if path.suffix in _ENDINGS and path.is_file() and path.stat().st_size <= LARGEST:
            yield path


def put_back(paths: Paths, files: Mapping[str, bytes]) -> PutBack:
    """Write the files that are missing. One that differs stays, the old one is laid beside it.

    Names that lead out of the config's folder are left out. Raises CannotWrite.
    """
    written: list[Path] = []
    beside: list[Path] = []
    same = 0
    for name, body in files.items():
        path = _place(paths, name)
        if path is None:
            continue
        if not path.exists():
            written.append(write_whole(path, [body]))
        elif path.read_bytes() == body:
            same += 1
        else:
            beside.append(write_whole(path.with_name(path.name + _BESIDE), [body]))
    return PutBack(tuple(written), same, tuple(beside))


def _place(paths: Paths, name: str) -> Path | None:
    """Where a file of a backup belongs: a backup may come from anywhere, so names are checked."""
    parts = PurePosixPath(name).parts
    if parts == (CONFIG,):
        return paths.config
    if parts == (paths.lanes.name,):
        return paths.lanes
    known = len(parts) == 2 and parts[0] in FOLDERS and Path(parts[1]).suffix in _ENDINGS
    if not known or parts[1].startswith("."):
        return None
    return paths.config.parent / parts[0] / parts[1]
