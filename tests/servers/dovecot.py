"""A real Dovecot on loopback, for as long as one test process runs."""

import grp
import itertools
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from .account import Account
from .dovecot_config import PASSWORD, Layout, config_text, token_settings
from .unpacked import library_path, relocate

ROOT = Path(__file__).resolve().parents[2]
UNPACKED = ROOT / ".venv" / "dovecot"
SBIN = "/usr/sbin:/usr/local/sbin:/opt/homebrew/sbin:/opt/homebrew/opt/dovecot/sbin"
START_SECONDS = 20
PORT_TRIES = 3


class DovecotServer:
    """IMAP with TLS at `imaps_port`, and with STARTTLS at `imap_port`.

    Dovecot trusts its own machine and takes a login without TLS from it; whether a client
    encrypted before it logged in is asked with `logged_in_with_tls`. Any user name exists, with
    the password `PASSWORD`: a fresh name is a fresh, empty mailbox. Run as root it drops to
    `nobody`, because Dovecot's login process refuses root.
    """

    host = "127.0.0.1"
    password = PASSWORD

    def __init__(self, certificate: bytes, ca: bytes, introspection: str = "") -> None:
        """`certificate` is key and chain for the host in one PEM, `ca` its authority's PEM.

        `introspection` is the address where an OAuth server says whose an access token is.
        """
        # Short and under /tmp, not $TMPDIR: a socket's path has room for about 100 letters, and
        # an unpacked Dovecot's folder for 15.
        self.folder = Path(tempfile.mkdtemp(prefix="fi", dir="/tmp"))
        self.ca_file = self.folder / "ca.pem"
        self.imap_port = 0
        self.imaps_port = 0
        self._certificate = certificate
        self._ca = ca
        self._introspection = introspection
        self._process: subprocess.Popen[bytes] | None = None
        self._names = itertools.count(1)

    def start(self) -> None:
        """Return once Dovecot greets; raises RuntimeError with its log if it never does."""
        binary, unpacked = find_dovecot()
        version = _version(binary, library_path(unpacked) if unpacked else {})
        environment = relocate(unpacked, self.folder) if unpacked else {}
        command = [str(binary), "-F", "-c", str(self.folder / "dovecot.conf")]
        for _ in range(PORT_TRIES):  # another process may take a free port before Dovecot does
            layout = self._lay_out(unpacked, environment)
            self._write(config_text(layout, version, self._introspection))
            self._process = self._run(command, layout)
            if self._greets():
                return
            self.stop_process()
        raise RuntimeError(f"Dovecot {version} does not start:\n{self.log()}")

    def stop(self) -> None:
        """Stop Dovecot and remove its folder."""
        self.stop_process()
        shutil.rmtree(self.folder, ignore_errors=True)

    def stop_process(self) -> None:
        """Stop Dovecot and keep its mail, as a server that went away."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=START_SECONDS)
            self._process = None

    def user(self, address: str | None = None) -> Account:
        """The mailbox of that address, or of one that nobody has used yet."""
        return Account(
            address or f"user{next(self._names)}@acme.test",
            host=self.host,
            port=self.imaps_port,
            ca_file=self.ca_file,
            password=self.password,
        )

    def log(self) -> str:
        """What Dovecot wrote down so far."""
        file = self.folder / "dovecot.log"
        return file.read_text(errors="replace") if file.exists() else "(no log)"

    def logged_in_with_tls(self, account: Account) -> bool:
        """Whether there was a login to that mailbox, and each of them was encrypted."""
        logins = [line for line in self.log().splitlines() if f"user=<{account.username}>" in line]
        logins = [line for line in logins if "Login:" in line or "Logged in:" in line]
        return bool(logins) and all(", TLS," in line for line in logins)

    def _lay_out(self, unpacked: Path | None, environment: Mapping[str, str]) -> Layout:
        runs_as = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        self.imap_port, self.imaps_port = _free_ports()
        return Layout(
            folder=self.folder,
            certificate=self.folder / "server.pem",
            user=runs_as.pw_name,
            group=grp.getgrgid(runs_as.pw_gid).gr_name,
            imap_port=self.imap_port,
            imaps_port=self.imaps_port,
            unpacked=unpacked,
            environment=environment,
        )

    def _write(self, config: str) -> None:
        self.ca_file.write_bytes(self._ca)
        (self.folder / "server.pem").write_bytes(self._certificate)
        (self.folder / "dovecot.conf").write_text(config)
        (self.folder / "tokens.conf").write_text(token_settings(self._introspection))
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            for path in (self.folder, *self.folder.iterdir()):
                os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)

    def _run(self, command: list[str], layout: Layout) -> subprocess.Popen[bytes]:
        root = os.geteuid() == 0
        with (self.folder / "dovecot.log").open("ab") as log:
            return subprocess.Popen(
                command,
                env={"PATH": os.environ.get("PATH", os.defpath), **layout.environment},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                user=layout.user if root else None,
                group=layout.group if root else None,
                extra_groups=[] if root else None,
            )

    def _greets(self) -> bool:
        """Whether there is a greeting before the process ends or the time is up."""
        assert self._process is not None
        give_up = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up:
            if _greeting(self.imap_port).startswith(b"* OK"):
                return True
            try:
                self._process.wait(timeout=0.02)
            except subprocess.TimeoutExpired:
                continue
            return False
        return False

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()


def find_dovecot() -> tuple[Path, Path | None]:
    """The program, and the folder it was unpacked to if it is not an installed one."""
    installed = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:{SBIN}")
    if installed:
        return Path(installed), None
    unpacked = UNPACKED / "usr" / "sbin" / "dovecot"
    if unpacked.exists():
        return unpacked, UNPACKED
    raise RuntimeError("Dovecot is not installed; `sh tests/run` gets it.")


def _version(binary: Path, environment: Mapping[str, str]) -> tuple[int, int]:
    """Major and minor, from a line such as `2.3.19.1 (9b53102964)`."""
    printed = subprocess.run(
        [binary, "--version"], env=dict(environment), capture_output=True, text=True, check=True
    ).stdout
    found = re.match(r"(\d+)\.(\d+)", printed)
    if found is None:
        raise RuntimeError(f"Dovecot names no version: {printed!r}")
    return int(found[1]), int(found[2])


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind((DovecotServer.host, 0))
        other.bind((DovecotServer.host, 0))
        return one.getsockname()[1], other.getsockname()[1]


def _greeting(port: int) -> bytes:
    """The start of what the server there says first; nothing if there is none yet."""
    try:
        with socket.create_connection((DovecotServer.host, port), timeout=5) as probe:
            return probe.recv(100)
    except OSError:
        return b""
