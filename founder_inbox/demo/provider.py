"""The demo's mail provider, seen from outside: host, ports, login, and an end.

Which servers are behind it is known in `servers.py` alone.
"""

import os
import select
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import msgspec

import founder_inbox
from founder_inbox.errors import FounderInboxError

HOST = "127.0.0.1"
_START_SECONDS = 30.0
_END_SECONDS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Announced:
    """The line the servers print when they are ready."""

    imap_port: int
    smtp_port: int
    username: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A running mail provider on loopback, without TLS. Leaving the context ends it."""

    host: str
    imap_port: int
    smtp_port: int
    username: str
    password: str
    process: subprocess.Popen[bytes]

    def close(self) -> None:
        """End the servers and wait for it. May be called again."""
        _end(self.process)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def start(now: datetime, *, speed: float = 1.0, quiet: bool = False) -> Provider:
    """Start the servers and return when both listen.

    `now` is aware; `speed` divides the time people take to answer; `quiet` keeps new mail from
    trickling in. Raises FounderInboxError when the servers don't start.
    """
    # -P: a file named like a module in the founder's current folder is not run.
    command = [sys.executable, "-P", "-m", "founder_inbox.demo.servers"]
    command += ["--now", now.isoformat(), "--speed", str(speed), *(["--quiet"] if quiet else [])]
    with tempfile.TemporaryFile() as trouble:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=trouble,
            env=_environment(),
        )
        try:
            announced = _announced(process)
        except (msgspec.DecodeError, OSError) as error:
            _end(process)
            raise FounderInboxError(_reason(trouble)) from error
        except BaseException:
            _end(process)
            raise
    return Provider(
        host=HOST,
        imap_port=announced.imap_port,
        smtp_port=announced.smtp_port,
        username=announced.username,
        password=announced.password,
        process=process,
    )


def _announced(process: subprocess.Popen[bytes]) -> _Announced:
    out = _pipe(process.stdout)
    ready, _, _ = select.select([out], [], [], _START_SECONDS)
    return msgspec.json.decode(out.readline() if ready else b"", type=_Announced)


def _end(process: subprocess.Popen[bytes]) -> None:
    _pipe(process.stdin).close()
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    _pipe(process.stdout).close()


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise ValueError("started without pipes")
    return stream


def _environment() -> dict[str, str]:
    """Let the child find this very package, however its starter found it."""
    root = str(Path(founder_inbox.__file__).parent.parent)
    paths = [root, os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}


def _reason(trouble: IO[bytes]) -> str:
    trouble.seek(0)
    lines = trouble.read().decode(errors="replace").strip().splitlines()
    cause = lines[-1] if lines else "they did not answer within half a minute"
    return (
        f"The demo's mail servers did not start: {cause}. "
        "Your own mail is not touched by the demo. Please try again."
    )
