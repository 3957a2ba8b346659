"""Where a password comes from: a command, or the keyring; never from a file of ours."""

import subprocess

from founder_inbox.errors import LoginRefused

SERVICE = "founder-inbox"
COMMAND_SECONDS = 60


def password_from_command(command: list[str], account: str) -> str:
    """The first line a command prints. Raises LoginRefused when it fails or says nothing."""
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
            f"No password for {account}: {command[0]} could not be run ({type(error).__name__}). "
            "Your mail is untouched. Check password_command in the configuration."
        ) from error
    # Not splitlines(): a password may hold what Unicode calls a line break.
    password = done.stdout.decode("utf-8", "replace").partition("\n")[0].removesuffix("\r")
    if done.returncode or not password:
        raise LoginRefused(
            f"No password for {account}: {command[0]} ended with {done.returncode} and gave none. "
            "Your mail is untouched. Run it by hand to see why."
        )
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


def password_for(username: str, command: list[str] | None) -> str:
    """The password: from `password_command` where there is one, else from the keyring."""
    if command:
        return password_from_command(command, username)
    return password_from_keyring(username)
