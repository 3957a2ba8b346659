"""The names of a configuration that no report may show."""

import contextlib
import getpass
import socket
from pathlib import Path

from founder_inbox.app.workspace import locate
from founder_inbox.errors import FounderInboxError


def known_names(given: str | None) -> dict[str, str]:
    """Each name, and the word that stands for it; without a configuration the machine's alone."""
    known = {str(Path.home()): "home", socket.gethostname(): "machine"}
    with contextlib.suppress(OSError, KeyError):
        known[getpass.getuser()] = "user"
    try:
        config, paths = locate(given)
    except FounderInboxError:
        return known
    known |= {str(paths.config): "config", str(paths.data): "data", config.domain: "domain"}
    for server in (config.imap, config.smtp):
        known |= {server.host: "host", server.username or "": "username"}
    known |= {config.account.name: "name", config.account.signature: "signature"}
    for mate in config.teammates:
        known |= {mate.name: "teammate", mate.address: "teammate's address"}
    # A name of one or two letters would be found inside every other word.
    return {name: word for name, word in known.items() if len(name) > 2}
