"""The machine's own spelling program, hunspell or aspell, kept running and asked word by word.

Both speak the protocol of ispell (ispell(1), option -a). Where there is none, or no dictionary for
a language, nothing is asked.
"""

import contextlib
import os
import select
import shutil
import subprocess
import threading
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from founder_inbox.core.tone.spelling import parse_suggestions
from founder_inbox.system import clock

_SECONDS = 3.0
_MOST_KEPT = 20_000


@cache
def spelling_program() -> str | None:
    """The program's path; hunspell first, because it knows compound words."""
    return shutil.which("hunspell") or shutil.which("aspell")


@cache
def dictionaries() -> Mapping[str, str]:
    """The dictionary for each language that has one here, as {"de": "de_DE"}."""
    program = spelling_program()
    if program is None:
        return {}
    asks = ["dicts"] if program.endswith("aspell") else ["-D"]
    try:
        done = subprocess.run(
            [program, *asks],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return {}
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    return _by_language(line.strip() for line in said.splitlines())


def _by_language(lines: Iterable[str]) -> dict[str, str]:
    """The one of the founder's country where there are several, else the plainest."""
    country = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    found: dict[str, list[str]] = {}
    for line in lines:
        name = line.rpartition("/")[2]
        language = name[:2]
        fits = len(name) in {2, 5} and language.isalpha() and language.islower()
        if fits and name[2:3] in {"", "_"}:
            found.setdefault(language, []).append(name)
    return {
        language: min(set(names), key=lambda name: (name != country[:5], _plainness(name), name))
        for language, names in found.items()
    }


def _plainness(name: str) -> int:
    """de_DE and en_US before de_BE and en_ZA."""
    return 0 if name[3:].lower() == name[:2] or name == "en_US" else 1


class Speller:
    """Asks about words; safe to use from several threads, and to be left without `close`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._children: dict[tuple[str, ...], subprocess.Popen[bytes]] = {}
        self._kept: dict[tuple[tuple[str, ...], str], tuple[str, ...] | None] = {}
        self._broken = False
        self._closed = False

    def suggestions(
        self, words: Sequence[str], languages: Sequence[str]
    ) -> dict[str, tuple[str, ...]]:
        """Those of the words that no dictionary of the languages knows, with what is alike.

        Nothing where the first language has no dictionary, or the program does not answer.
        """
        has = dictionaries()
        if not languages or languages[0] not in has:
            return {}
        named = tuple(has[language] for language in languages if language in has)
        with self._lock:
            if self._broken or self._closed:
                return {}
            try:
                return self._judge(named, words)
            except (OSError, TimeoutError):
                self._broken = True  # asking again would make every pause in the typing a wait
                self._end()
                return {}

    def close(self) -> None:
        """End the programs that run; who still asks hears nothing."""
        with self._lock:
            self._closed = True
            self._end()

    def _judge(self, named: tuple[str, ...], words: Sequence[str]) -> dict[str, tuple[str, ...]]:
        if len(self._kept) > _MOST_KEPT:
            self._kept.clear()
        unknown = {}
        for word in dict.fromkeys(words):
            if (named, word) not in self._kept:
                self._kept[named, word] = self._ask(named, word)
            found = self._kept[named, word]
            if found is not None:
                unknown[word] = found
        return unknown

    def _ask(self, named: tuple[str, ...], word: str) -> tuple[str, ...] | None:
        child = self._child(named)
        if child.stdin is None or child.stdout is None:
            raise OSError("no pipes")
        # The ^ says that what follows is a word, whatever it looks like.
        child.stdin.write(f"^{word}\n".encode())
        child.stdin.flush()
        answers = _read_answer(child.stdout.fileno())
        found = [parse_suggestions(answer) for answer in answers]
        # Parts of a word are judged each; the first unknown one speaks for it.
        return next((suggestions for suggestions in found if suggestions is not None), None)

    def _child(self, named: tuple[str, ...]) -> subprocess.Popen[bytes]:
        child = self._children.get(named)
        if child is None or child.poll() is not None:
            child = self._children[named] = _start(named)
            if child.stdout is None:
                raise OSError("no pipe")
            _read_line(child.stdout.fileno(), clock.monotonic() + _SECONDS)
        return child

    def _end(self) -> None:
        for child in self._children.values():
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
        self._children.clear()


def _start(named: tuple[str, ...]) -> subprocess.Popen[bytes]:
    program = spelling_program()
    if program is None:
        raise OSError("no spelling program")
    aspell = program.endswith("aspell")
    choice = [f"--lang={named[0]}", "--encoding=utf-8"] if aspell else ["-d", ",".join(named)]
    encoding = [] if aspell else ["-i", "UTF-8"]
    return subprocess.Popen(
        [program, "-a", *encoding, *choice],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        start_new_session=True,
    )


def _read_answer(descriptor: int) -> list[str]:
    """The lines up to an empty one. Raises TimeoutError and OSError."""
    deadline = clock.monotonic() + _SECONDS
    lines: list[str] = []
    while line := _read_line(descriptor, deadline):
        lines.append(line)
    return lines


def _read_line(descriptor: int, deadline: float) -> str:
    line = bytearray()
    while not line.endswith(b"\n"):
        ready, _, _ = select.select([descriptor], [], [], max(deadline - clock.monotonic(), 0))
        if not ready:
            raise TimeoutError
        piece = os.read(descriptor, 1)
        if not piece:
            raise OSError("the spelling program has ended")
        line += piece
    return line.decode("utf-8", "replace").rstrip("\n")
