"""Folder name = layer, and imports only go down (docs/architecture.md)."""

import ast
import re
import sys

import pytest

from tests.rules.source import PACKAGE, Module, imported, modules

# What a layer may import of its own program, besides itself and the files beside the layers.
BELOW = {
    "core": set[str](),
    "store": {"core"},
    "mail": {"core"},
    "system": {"core"},
    "app": {"core", "store", "mail", "system"},
    "tui": {"core", "store", "system", "app"},
    "cli": {"core", "store", "mail", "system", "app", "tui", "demo"},
    "demo": {"core", "store", "mail", "system", "app", "tui"},
}

# The folders inside core, and which neighbour each may ask; what lies beside them serves all.
CORE_BELOW = {
    "mime": set[str](),
    "lanes": set[str](),
    "hours": set[str](),
    "letters": set[str](),
    "setup": set[str](),
    "sync": set[str](),
    "tickets": {"lanes"},
    "tone": {"letters"},
    "metrics": {"hours", "tickets"},
    "away": {"mime", "letters"},
    "outage": {"hours", "letters", "tickets", "tone"},
    "promises": {"hours"},
    "knowledge": {"hours", "letters", "tickets"},
    "sharing": {"tickets"},
    "helpdesk": {"mime", "letters"},
}

# The same inside app: from what comes in, by the tickets and the door, to a whole session.
APP_BELOW = {
    "reading": set[str](),
    "queue": {"reading"},
    "hours": {"reading"},
    "sending": {"reading", "queue", "hours"},
    "knowledge": {"reading", "queue", "hours", "sending"},
    "session": {"reading", "queue", "hours", "sending"},
    "setup": {"hours"},
    "syncing": {"reading", "queue", "hours", "sending", "session", "knowledge"},
    "outages": {"queue", "hours", "sending"},
    "health": {"reading", "hours", "sending", "setup", "syncing"},
    "data": {"reading", "queue", "syncing"},
    "metrics": {"reading", "queue", "hours", "session", "knowledge"},
}

# The same inside tui, where what lies beside the folders is above them: the app and its main
# screen. A folder may name that screen's type; only the root puts everything together.
TUI_BELOW = {
    "widgets": set[str](),
    "queue": {"widgets"},
    "ticket": {"widgets"},
    "triage": {"widgets", "queue", "ticket"},
    "composing": {"widgets", "queue", "ticket", "triage"},
    "outages": {"widgets"},
    "knowledge": {"widgets", "queue", "triage", "composing", "outages"},
    "door": {"widgets", "queue", "triage"},
}
FOLDERS = {"core": CORE_BELOW, "app": APP_BELOW, "tui": TUI_BELOW}

# A library has one home; whoever else wants what it does asks that layer. The demo is free.
HOMES = {
    "imapclient": {"mail"},
    "smtplib": {"mail"},
    "dns": {"mail"},
    "oauthlib": {"mail"},
    "sqlite3": {"store"},
    "sqlite_utils": {"store"},
    "keyring": {"system"},
    "textual": {"tui"},
    "click": {"cli"},
    "pymap": set[str](),
    "aiosmtpd": set[str](),
}

# core computes: no files, no network, no processes, no chance.
CORE_NEVER = frozenset(
    re.findall(
        r"[a-z.]+",
        """
    asyncio, concurrent, ftplib, getpass, glob, http, imaplib, importlib, logging,
    multiprocessing, os, pathlib, poplib, queue, random, secrets, select, selectors, shutil,
    signal, socket, ssl, subprocess, sys, tempfile, threading, time, urllib.request, uuid,
    webbrowser
""",
    )
)
CORE_THIRD_PARTY = {"dateutil", "selectolax", "msgspec"}


def wrong_imports(module: Module) -> set[str]:
    """The imports of that module that break the rule."""
    if module.layer == "":
        return set()
    return {name for name in imported(module) if not _allowed(module.layer, name)}


def wrong_neighbours(module: Module) -> set[str]:
    """The imports of a module in a layer's folder that reach into the wrong other one."""
    layer, folder = _folder(module.name)
    may = {folder, *FOLDERS.get(layer, {}).get(folder, set[str]())}
    return {
        name
        for name in imported(module)
        if (other := _folder(name))[1] and other[0] == layer and other[1] not in may
    }


def _folder(name: str) -> tuple[str, str]:
    """("core", "hours") for founder_inbox.core.hours.door, ("", "") for what lies in none."""
    parts = name.split(".")
    layer, folder = (parts[1], parts[2]) if parts[0] == PACKAGE and len(parts) > 2 else ("", "")
    return (layer, folder) if folder in FOLDERS.get(layer, {}) else ("", "")


def _allowed(layer: str, name: str) -> bool:
    first, _, rest = name.partition(".")
    if first == PACKAGE:
        target = rest.split(".")[0]
        return target == layer or target not in BELOW or target in BELOW[layer]
    if layer == "core":
        return _pure(name)
    return layer == "demo" or first not in HOMES or layer in HOMES[first]


def _pure(name: str) -> bool:
    """Whether it is one of core's libraries, or a standard module that only computes."""
    parts = name.split(".")
    if parts[0] not in sys.stdlib_module_names:
        return parts[0] in CORE_THIRD_PARTY
    return not {parts[0], ".".join(parts[:2])} & CORE_NEVER


def test_imports_only_go_down() -> None:
    wrong = {module.name: wrong_imports(module) for module in modules()}

    assert {name: imports for name, imports in wrong.items() if imports} == {}


def test_the_folders_of_a_layer_know_only_the_neighbours_they_may() -> None:
    wrong = {m.name: wrong_neighbours(m) for m in modules() if _folder(m.name)[1]}

    assert {name: imports for name, imports in wrong.items() if imports} == {}


@pytest.mark.parametrize("layer", FOLDERS)
def test_every_folder_of_a_layer_has_its_place(layer: str) -> None:
    names = (m.name.split(".") for m in modules() if m.layer == layer)
    folders = {parts[2] for parts in names if len(parts) > 3}

    assert folders == set(FOLDERS[layer])


def test_the_rule_sees_a_neighbour_that_may_not_be_asked() -> None:
    line = "from founder_inbox.core.tickets import journal"
    late = "from founder_inbox.app.session import rest"

    assert wrong_neighbours(Module(f"{PACKAGE}.core.hours.sample", line)) != set()
    assert wrong_neighbours(Module(f"{PACKAGE}.core.tickets.sample", line)) == set()
    assert wrong_neighbours(Module(f"{PACKAGE}.app.reading.sample", late)) != set()
    assert wrong_neighbours(Module(f"{PACKAGE}.app.syncing.sample", late)) == set()


def test_every_folder_of_the_program_is_a_layer() -> None:
    assert {module.layer for module in modules()} - {""} <= set(BELOW)


def test_core_opens_nothing_and_prints_nothing() -> None:
    calls = {
        (module.name, node.func.id)
        for module in modules()
        if module.layer == "core"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }

    assert {call for call in calls if call[1] in {"open", "print", "input"}} == set()


@pytest.mark.parametrize(
    ("layer", "line"),
    [
        ("core", "import founder_inbox.store.schema"),
        ("core", "from founder_inbox import mail"),
        ("core", "from ..app import wiring"),
        ("core", "from .. import system"),
        ("core", "import pathlib"),
        ("core", "import rich"),
        ("core", "from urllib.request import urlopen"),
        ("store", "from founder_inbox.mail import imap"),
        ("app", "from founder_inbox.cli.main import main"),
        ("app", "import founder_inbox.demo"),
        ("tui", "from founder_inbox.mail import imap"),
        ("tui", "def late():\n    import imapclient"),
        ("tui", "import sqlite3"),
        ("mail", "from sqlite_utils import Database"),
    ],
)
def test_the_rule_sees_an_import_that_goes_up(layer: str, line: str) -> None:
    assert wrong_imports(Module(f"{PACKAGE}.{layer}.sample", line))


@pytest.mark.parametrize(
    ("layer", "line"),
    [
        ("core", "from .model import Ticket"),
        ("core", "from ..errors import BadInput"),
        ("core", "from urllib.parse import urlsplit"),
        ("core", "from dateutil.relativedelta import relativedelta"),
        ("store", "import sqlite3"),
        ("app", "from founder_inbox.store import schema"),
        ("cli", "from founder_inbox.demo import servers"),
        ("demo", "from imapclient import IMAPClient"),
    ],
)
def test_the_rule_lets_an_import_that_goes_down_pass(layer: str, line: str) -> None:
    assert wrong_imports(Module(f"{PACKAGE}.{layer}.sample", line)) == set()
