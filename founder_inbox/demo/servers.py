"""The demo's mail servers as a process of their own: `python -m founder_inbox.demo.servers`.

Prints one JSON line with ports and login, then serves until its standard input ends, which is what
happens when the process that started it closes it, ends, or is killed. Everything is in memory.
"""

import argparse
import asyncio
import os
import secrets
import signal
import sys
import threading
from collections.abc import Coroutine, Sequence
from datetime import datetime, timedelta

import msgspec

from founder_inbox.demo import smtp_server
from founder_inbox.demo.answers import Answer, Answers, account_of
from founder_inbox.demo.company import FOLDERS, SUPPORT, Thread, people
from founder_inbox.demo.imap_server import Mailboxes
from founder_inbox.demo.mailbag import arriving, later_threads


class PostOffice:
    """Delivers mail and brings the company's people to life.

    `now` (aware) is the time of the start; `speed` divides every wait, so that tests are quick.
    """

    def __init__(self, mailboxes: Mailboxes, now: datetime, speed: float) -> None:
        self._mailboxes = mailboxes
        self._answers = Answers()
        self._now = now
        self._speed = speed
        self._started = asyncio.get_running_loop().time()
        self._tasks: set[asyncio.Task[None]] = set()

    async def deliver(self, sender: str, recipient: str, raw: bytes) -> None:
        """Put a mail from SMTP into the recipient's mailbox; some recipients will answer."""
        account = account_of(recipient)
        stamp = f"Return-Path: <{sender}>\r\nDelivered-To: {recipient}\r\n".encode()
        await self._mailboxes.deliver(account, stamp + raw, self._at())
        answer = self._answers.to(account, raw)
        if answer is not None:
            self._keep(self._answer(answer))

    def begin(self) -> None:
        """Start the new mail that trickles in over the demo's life."""
        for seconds, thread in later_threads():
            self._keep(self._arrive(seconds, thread))

    async def _answer(self, answer: Answer) -> None:
        await asyncio.sleep(answer.seconds / self._speed)
        at = self._at()
        await self._mailboxes.deliver(account_of(answer.recipient), answer.render(at), at)

    async def _arrive(self, seconds: float, thread: Thread) -> None:
        await asyncio.sleep(seconds / self._speed)
        at = self._at()
        await self._mailboxes.deliver(SUPPORT, arriving(thread, at), at)

    def _at(self) -> datetime:
        elapsed = asyncio.get_running_loop().time() - self._started
        return self._now + timedelta(seconds=elapsed)

    def _keep(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def serve(now: datetime, speed: float, *, quiet: bool) -> None:
    """Start both servers, say where they are, and serve for ever. `quiet`: nothing trickles."""
    password = secrets.token_urlsafe(12)
    mailboxes = Mailboxes(password)
    await mailboxes.add(SUPPORT, FOLDERS)
    for person in people().values():
        await mailboxes.add(person.address)
    office = PostOffice(mailboxes, now, speed)
    imap = await mailboxes.serve()
    smtp = await smtp_server.serve(office.deliver, password)
    _announce(imap, smtp, password)
    if not quiet:
        office.begin()
    await asyncio.Event().wait()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the child process."""
    parser = argparse.ArgumentParser(prog="founder_inbox.demo.servers", description=__doc__)
    parser.add_argument("--now", type=datetime.fromisoformat, required=True)
    parser.add_argument("--speed", type=float, default=1.0)
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args(arguments)
    # Ctrl+C reaches the whole terminal; the starter decides, and our end follows its own.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_input, daemon=True).start()
    asyncio.run(serve(options.now, options.speed, quiet=options.quiet))


def _announce(imap: asyncio.Server, smtp: asyncio.Server, password: str) -> None:
    where = {
        "imap_port": imap.sockets[0].getsockname()[1],
        "smtp_port": smtp.sockets[0].getsockname()[1],
        "username": SUPPORT,
        "password": password,
    }
    sys.stdout.write(msgspec.json.encode(where).decode() + "\n")
    sys.stdout.flush()


def _end_with_input() -> None:
    """End the process at the end of standard input, whatever the event loop is doing then."""
    while os.read(0, 4096):
        pass
    os._exit(0)


if __name__ == "__main__":
    main()
