"""Where a password or an access token comes from: a command, the keyring, or a file of its own.

Neither is ever in the configuration, the database, the log, an argument list or an error.
"""

import os
import re
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from founder_inbox.errors import CannotWrite, LoginRefused
from founder_inbox.system.config import Server

SERVICE = "founder-inbox"
COMMAND_SECONDS = 60
LARGEST = 64 * 1024
_TOKEN = re.compile(r"[!-~]{1,65536}")  # RFC 6750, 2.1, and whatever else is one word


@dataclass(frozen=True, slots=True)
class Secret:
    """What a login is done with. `is_token`: an access token (OAuth2), else a password."""

    words: str
    is_token: bool = False

    def __repr__(self) -> str:
        """Without the words: records end up in tracebacks."""
        return f"Secret(is_token={self.is_token})"


def secret_for(username: str, way: Server, folder: Path) -> Secret:
    """What `username` logs in with, found the way that a server's section says.

    `folder` is the config's, which `password_file` is relative to. Raises LoginRefused.
    """
    if way.token_command:
        return Secret(token_from_command(way.token_command, username), is_token=True)
    if way.password_command:
        return Secret(password_from_command(way.password_command, username))
    if way.password_file:
        return Secret(password_from_file(folder / Path(way.password_file).expanduser(), username))
    return Secret(password_from_keyring(username))


def password_from_command(command: list[str], account: str) -> str:
    """The first line a command prints. Raises LoginRefused when it fails or says nothing."""
    return _first_line(command, account, "password", "password_command")


def token_from_command(command: list[str], account: str) -> str:
    """The access token that a helper prints; it renews the token itself. Raises LoginRefused."""
    token = _first_line(command, account, "access token", "token_command").strip()
    if not _TOKEN.fullmatch(token):
        raise LoginRefused(
            f"No access token for {account}: what {command[0]} printed is none. Your mail is "
            "untouched. It has to print the token alone, on its first line."
        )
    return token


def password_from_file(path: Path, account: str) -> str:
    """The first line of a file that only its owner may read. Raises LoginRefused."""
    try:
        with path.open("rb") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise LoginRefused(
                    f"No password for {account}: others on this machine may read {path}, so it is "
                    f"not used. Your mail is untouched. Mend it with: chmod 600 {path}"
                )
            content = file.read(LARGEST)
    except OSError as error:
        raise LoginRefused(
            f"No password for {account}: {path} can't be read ({error.strerror}). Your mail is "
            "untouched. Check password_file in the configuration."
        ) from error
    password = _line_of(content)
    if not password:
        raise LoginRefused(f"No password for {account}: {path} is empty. Your mail is untouched.")
    return password


def password_from_keyring(username: str) -> str:
    """The password stored for `username` under "founder-inbox". Raises LoginRefused if none."""
    import keyring
    from keyring.errors import KeyringError

    try:
        found = keyring.get_password(SERVICE, username)
    except KeyringError as error:
        raise LoginRefused(
            f"No password for {username}: this machine has no usable keyring "
            f"({type(error).__name__}). Set password_command in the configuration instead."
        ) from error
    if not found:
        raise LoginRefused(
            f"No password for {username} in the keyring. Store it with: "
            f"python -m keyring set {SERVICE} {username}  or set password_command."
        )
    return found


def keep_in_keyring(username: str, password: str) -> bool:
    """Store a password; False where this machine has no keyring that takes it."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, username, password)
        return keyring.get_password(SERVICE, username) == password
    except KeyringError:
        return False


def has_keyring() -> bool:
    """Whether there is a keyring to store a password in."""
    import keyring
    from keyring.backends import fail

    return not isinstance(keyring.get_keyring(), fail.Keyring)


def keep_in_file(path: Path, password: str) -> None:
    """Write a password to its own file, 0600, in the place of one before. Raises CannotWrite."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(password + "\n")
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(
            f"The password can't be written to {path}: {error.strerror}. Nothing was saved."
        ) from error


def _first_line(command: list[str], account: str, what: str, key: str) -> str:
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            timeout=COMMAND_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise LoginRefused(
            f"No {what} for {account}: {command[0]} could not be run ({type(error).__name__}). "
            f"Your mail is untouched. Check {key} in the configuration."
        ) from error
    words = _line_of(done.stdout)
    if done.returncode or not words:
        raise LoginRefused(
            f"No {what} for {account}: {command[0]} ended with {done.returncode} and gave none. "
            "Your mail is untouched. Run it by hand to see why."
        )
    return words


def _line_of(content: bytes) -> str:
    # Not splitlines(): a password may hold what Unicode calls a line break.
    return content.decode("utf-8", "replace").partition("\n")[0].removesuffix("\r")
