"""`setup --from FILE`: the same words as in a configuration; what is missing is found."""

import difflib
import tomllib
from pathlib import Path
from typing import Any

from founder_inbox.core.setup.first_config import Access, Answers
from founder_inbox.core.setup.places import Place, Security, Servers
from founder_inbox.errors import BadInput, NotFound

_SERVER = ("host", "port", "security", "username", "password_command", "token_command",
           "password_file", "ca_file", "fingerprint")  # fmt: skip
_KNOWN = {
    "account": ("address", "name", "signature"),
    "imap": _SERVER,
    "smtp": ("host", "port", "security", "username"),
    "oauth": (
        "client_id",
        "provider",
        "tenant",
        "client_secret",
        "token_file",
        "token_url",
        "device_url",
        "authorize_url",
    ),
    "hours": ("timezone", "windows"),
    "teammates": ("name", "address"),
}
_PORTS = {("imap", "tls"): 993, ("imap", "starttls"): 143,
          ("smtp", "tls"): 465, ("smtp", "starttls"): 587}  # fmt: skip
Table = dict[str, Any]


def read_given(path: Path) -> Table:
    """The tables of such a file. Raises NotFound, and BadInput for what setup does not know."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise NotFound(f"{path} can't be read: {error.strerror}. Nothing was done.") from error
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{path} is not valid TOML: {error}. Nothing was done.") from error
    for name, table in given.items():
        _check_name(path, name, tuple(_KNOWN))
        for one in table if isinstance(table, list) else [table]:
            if not isinstance(one, dict):
                raise BadInput(f"{path}: {name} has to be a section. Nothing was done.")
            for key in one:
                _check_name(path, key, _KNOWN[name])
    if not isinstance(given.get("account", {}).get("address"), str):
        raise BadInput(f'{path} has no address = "…" in [account]. Nothing was done.')
    return given


def names_both_servers(given: Table) -> bool:
    """Whether nothing has to be found."""
    return all(isinstance(given.get(name, {}).get("host"), str) for name in ("imap", "smtp"))


def answers_of(given: Table, found: Servers | None) -> Answers:
    """What a configuration is written from: the file's words, and what was `found` for the rest.

    Raises BadInput where both say nothing. The values are checked when the config is written.
    """
    account, imap = given["account"], given.get("imap", {})
    hours, teammates = given.get("hours", {}), given.get("teammates", [])
    address = account["address"]
    mate = teammates[0] if teammates else None
    return Answers(
        address,
        str(account.get("name", "")),
        _place("imap", given, found.imap if found else None),
        _place("smtp", given, found.smtp if found else None),
        str(imap.get("username") or (found.username if found else address)),
        Access(
            tuple(map(str, imap.get("password_command", ()))),
            tuple(map(str, imap.get("token_command", ()))),
            str(imap.get("password_file", "")),
            tuple((key, str(value)) for key, value in given.get("oauth", {}).items()),
        ),
        str(imap.get("fingerprint", "")),
        str(imap.get("ca_file", "")),
        tuple(map(str, hours.get("windows", ()))),
        str(hours.get("timezone", "")),
        (str(mate.get("name", "")), str(mate.get("address", ""))) if mate else None,
        str(given.get("smtp", {}).get("username") or (found.smtp_username if found else "")),
    )


def _place(name: str, given: Table, found: Place | None) -> Place:
    section = given.get(name, {})
    if not section.get("host"):
        if found is None:
            raise BadInput(f'No {name.upper()} server is known. Name it: host = "…" in [{name}].')
        return found
    security: Security = "starttls" if section.get("security") == "starttls" else "tls"
    if section.get("security", security) != security:
        raise BadInput(f'[{name}] security has to be "tls" or "starttls".')
    port = section.get("port", _PORTS[name, security])
    if not isinstance(port, int):
        raise BadInput(f"[{name}] port has to be a whole number.")
    return Place(str(section["host"]), port, security)


def _check_name(path: Path, name: str, known: tuple[str, ...]) -> None:
    if name in known:
        return
    if name == "password":
        raise BadInput(
            f"{path}: a password doesn't belong in this file. Give it on standard input "
            "(--password-stdin), or name a password_command. Nothing was done."
        )
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise BadInput(
        f"{path}: setup does not know {name}.{hint} It knows: {', '.join(known)}. Nothing was "
        "done; other settings are written into the configuration afterwards."
    )
