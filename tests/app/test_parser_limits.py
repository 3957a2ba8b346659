"""What the process that reads mail may not do, whatever a mail makes of it."""

import subprocess
import sys
from pathlib import Path

import pytest

from founder_inbox.app.reading.parser import MEGABYTES, MailParser
from founder_inbox.system.own_process import bare_environment
from tests.app.letters import letter

LIMITED = "from founder_inbox.app.reading.parser_process import _limit; _limit(512); "


def limited(program: str, folder: Path) -> str:
    """The standard output of a program that has given itself the parser's limits."""
    command = [sys.executable, "-c", LIMITED + program]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


def test_it_can_write_no_byte_into_a_file(tmp_path: Path) -> None:
    program = "open(sys.argv[1], 'wb', 0).write(b'x')"
    said = limited(
        f"import sys; sys.argv = ['', {str(tmp_path / 'evil')!r}]; {program}", Path.cwd()
    )

    assert "File too large" in said
    assert (tmp_path / "evil").read_bytes() == b""


def test_it_has_few_files_no_core_dump_and_may_start_nothing(tmp_path: Path) -> None:
    program = (
        "import resource as r; print([r.getrlimit(n)[1] for n in "
        "(r.RLIMIT_NOFILE, r.RLIMIT_CORE, r.RLIMIT_NPROC, r.RLIMIT_FSIZE)])"
    )

    # macOS lacks some of these limits; the number of files it has.
    wanted = "[16, 0, 0, 0]" if sys.platform == "linux" else "[16"
    assert limited(program, Path.cwd()).startswith(wanted)


def test_no_password_is_in_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "cnry-password")
    parser = MailParser()
    try:
        assert parser.parse(letter()).subject == "Export is empty"
        there = Path(f"/proc/{parser.pid}/environ")
        environment = there.read_bytes() if there.exists() else repr(bare_environment()).encode()
    finally:
        parser.end()

    assert b"cnry-password" not in environment
    assert MEGABYTES <= 512
