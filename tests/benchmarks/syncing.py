"""Mail in from a real Dovecot: the first sync, a sync with nothing new, and the floor of both."""

import json
import shutil
import ssl
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.benchmarks.figures import Figure, median
from tests.benchmarks.letters import Posted, posted, source
from tests.benchmarks.world import World
from tests.servers.account import Account

ROOT = Path(__file__).parents[2]
ROUNDS = 3
NO_CHANGE_ROUNDS = 5


def load(account: Account, count: int) -> int:
    """Put that many mails on the server, ours into Sent; their bytes."""
    return post(account, posted(count))


def post(account: Account, mails: Iterable[Posted]) -> int:
    """Put these mails on the server, ours into Sent; their bytes."""
    client = account.client()
    waiting: dict[str, list[dict[str, Any]]] = {"INBOX": [], "Sent": []}
    total = 0
    for mail in mails:
        folder = "Sent" if mail.ours else "INBOX"
        waiting[folder].append({"msg": mail.raw, "date": mail.at})
        total += len(mail.raw)
        if len(waiting[folder]) == 200:
            client.multiappend(folder, waiting[folder])
            waiting[folder] = []
    for folder, left in waiting.items():
        if left:
            client.multiappend(folder, left)
    return total


def one_round(config: Path, profile: Path | None = None) -> dict[str, float]:
    """What one sync in a fresh process took."""
    words = [sys.executable, "-m", "tests.benchmarks.one_round", str(config)]
    words += [] if profile is None else [str(profile)]
    printed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    figures: dict[str, float] = json.loads(printed)
    return figures


def fetch_and_discard(account: Account, host: str, port: int, ca_file: Path) -> float:
    """Seconds to read every mail over one socket and keep nothing: the floor of any client."""
    import socket

    trust = ssl.create_default_context(cafile=str(ca_file))
    started = time.perf_counter()
    with (
        socket.create_connection((host, port), timeout=60) as plain,
        trust.wrap_socket(plain, server_hostname=host) as line,
    ):
        _say(line, f"LOGIN {account.username} {account.password}")
        for folder in ("INBOX", "Sent"):
            _say(line, f"EXAMINE {folder}")
            _say(line, "UID FETCH 1:* (UID FLAGS INTERNALDATE BODY.PEEK[])")
        _say(line, "LOGOUT")
    return time.perf_counter() - started


def _say(line: ssl.SSLSocket, command: str) -> None:
    line.sendall(f"tag1 {command}\r\n".encode())
    end = b""
    while b"\r\ntag1 " not in end and not end.startswith(b"tag1 "):
        chunk = line.recv(1 << 16)
        if not chunk:
            return
        end = (end + chunk)[-4096:]


def measure(world: World, mails: int) -> list[Figure]:
    """The first sync of that many mails and the ones after it, in turns with the floor."""
    dovecot = world.dovecot
    firsts: list[dict[str, float]] = []
    floors: list[float] = []
    with dovecot.user() as account:
        total = load(account, mails)
        config = world.config_for(account)
        for _ in range(ROUNDS):
            shutil.rmtree(config.parent / "data", ignore_errors=True)
            floors.append(
                fetch_and_discard(account, dovecot.host, dovecot.imaps_port, dovecot.ca_file)
            )
            firsts.append(one_round(config))
        assert {figures["fetched"] for figures in firsts} == {mails}
        seconds = [one_round(config)["wall"] for _ in range(NO_CHANGE_ROUNDS)]
    how = f"{mails:,} mails, {total / 1e6:.0f} MB, {source()}, Dovecot on loopback with TLS"
    walls = [figures["wall"] for figures in firsts]
    name = f"first sync of {mails:,}"
    return [
        median(name, walls, "s", how),
        median(f"{name}: speed", [mails / wall for wall in walls], "mails/s", "the same"),
        median(f"{name}: CPU", [f["cpu"] for f in firsts], "s", "the same, our process alone"),
        median(f"{name}: peak memory", [f["memory"] for f in firsts], "MiB", "the same, RSS"),
        median(f"fetch and discard {mails:,}", floors, "s", "the same mails over a bare socket"),
        median(
            "  first sync / that",
            [w / f for w, f in zip(walls, floors, strict=True)],
            "x",
            "in turns",
        ),
        median(
            f"nothing new among {mails:,}", seconds, "s", "with imports left out, login included"
        ),
    ]
