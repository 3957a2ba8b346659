"""The checkout itself: nothing of one machine in it, and a README whose commands are true."""

import re
import stat
from collections.abc import Iterator
from pathlib import Path

from tests.rules.source import ROOT

DEMO = (
    "python3 -m venv --without-pip .venv"
    " && python3 -m pip --python .venv install -q ."
    " && .venv/bin/founder-inbox demo"
)
TESTS = "sh tests/run"

NOT_OURS = {".git", ".venv", "__pycache__", "dist", "build", ".hypothesis"}
NOT_OURS |= {".mypy_cache", ".ruff_cache", ".pytest_cache"}

# Written in pieces, or this file would find itself.
ONE_MACHINE = re.compile(
    "|".join(["/wo" + "rk/", "/tm" + "p/v/", "/ro" + "ot/", "/ho" + "me/[a-z]+/"])
)
INDEX_ADDRESS = re.compile(r"https?://|--(extra-)?index-url|--find-links|file:")


def our_files() -> Iterator[Path]:
    """Every text file of the checkout, leaving out what tools make."""
    for path in sorted(ROOT.rglob("*")):
        ours = not NOT_OURS & set(path.relative_to(ROOT).parts)
        if ours and path.is_file() and b"\0" not in path.read_bytes()[:1000]:
            yield path


def test_no_file_names_a_folder_of_one_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in our_files()
        if (match := ONE_MACHINE.search(path.read_text(errors="replace")))
    ]

    assert found == []


def test_the_lock_names_no_index_and_hashes_everything() -> None:
    lock = (ROOT / "tests" / "requirements.lock").read_text()

    pinned = re.findall(r"^[\w.-]+==", lock, re.MULTILINE)
    hashed = re.findall(r"^[\w.-]+==[^\n]*\\\n    --hash=sha256:[0-9a-f]{64}", lock, re.MULTILINE)
    assert INDEX_ADDRESS.search(lock) is None
    assert len(pinned) == len(hashed) > 40


def test_the_readme_starts_with_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text()

    blocks = re.findall(r"^```sh\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    assert [block.strip() for block in blocks[:2]] == [DEMO, TESTS]


def test_the_continuous_integration_runs_the_same_tests() -> None:
    run = ROOT / ".ci" / "run"

    assert run.stat().st_mode & stat.S_IXUSR
    assert run.read_text().splitlines()[-1].endswith(TESTS)
