"""What setup's screen lets others do: look for servers, try them, write the configuration.

Each runs in a thread that nobody waits for: whoever leaves in the middle leaves at once.
"""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from founder_inbox.core.checks import Check, State
from founder_inbox.errors import FounderInboxError
from founder_inbox.system import clock

if TYPE_CHECKING:
    from founder_inbox.app.setup.find import Found
    from founder_inbox.core.setup.first_config import Answers

_SURPRISE = "Something went wrong inside founder-inbox, and nothing was written"
Deliver = Callable[[Callable[[], None]], None]


def kept_in_a_file(answers: "Answers") -> bool:
    """Whether nothing has to be kept in a keyring; of a sign-in, that a file was agreed to."""
    sign_in = dict(answers.access.sign_in)
    return not sign_in or "token_file" in sign_in


class SetupWork:
    """`deliver` runs something on the screen's thread; `config` is the file to be written.

    `find` looks for an address' servers.
    """

    def __init__(
        self, config: Path, deliver: Deliver, find: "Callable[[str], Found] | None"
    ) -> None:
        self.config = config
        self._deliver = deliver
        self._find = find

    def find(
        self, address: str, found: "Callable[[Found], None]", failed: Callable[[str], None]
    ) -> None:
        """Look for the servers of an address."""

        def work() -> None:
            from founder_inbox.app.setup.find import find_servers

            result = (self._find or find_servers)(address)
            self._deliver(lambda: found(result))

        self._start(work, failed)

    def try_all(
        self,
        answers: "Answers",
        found: "Found",
        password: str,
        told: Callable[[Check], None],
        ended: "Callable[[Answers, str, list[Check]], None]",
        no_keyring: "Callable[[Answers], None]",
        failed: Callable[[str], None],
    ) -> None:
        """Try both servers; `told` of each step, and `ended` with what worked or did not.

        `no_keyring`: a sign-in would have to be kept in a file.
        """

        def work() -> None:
            from founder_inbox.app.setup import finish
            from founder_inbox.app.setup.trial import try_servers
            from founder_inbox.system.secrets import Secret, has_keyring

            def show(words: str) -> None:
                self._deliver(lambda: told(Check("sign-in", State.NOTE, words)))

            ready = finish.with_own_certificate(answers, found.provider)
            finish.check_answers(ready, self.config)
            folder = self.config.parent
            if not (password or has_keyring() or kept_in_a_file(ready)):
                self._deliver(lambda: no_keyring(ready))
                return
            secret = Secret(password) if password else finish.secret_of(ready, folder, show)
            note = finish.note_to_oneself(ready.address, ready.name, clock.now())
            candidate = finish.candidate_of(ready, secret, found.provider, note)
            wrong = []
            for check in try_servers(candidate, clock.now):
                if check.state is State.FAILED:
                    wrong.append(check)
                self._deliver(lambda check=check: told(check))  # type: ignore[misc] # bound now
            self._deliver(lambda: ended(ready, password, wrong))

        self._start(work, failed)

    def finish(
        self,
        answers: "Answers",
        password: str,
        source: str,
        done: Callable[[], None],
        no_keyring: Callable[[], None],
        failed: Callable[[str], None],
    ) -> None:
        """Store the password and write the configuration."""

        def work() -> None:
            from founder_inbox.app.setup import finish

            kept = answers
            if password:
                stored = finish.store_password(answers, password, self.config.parent)
                if stored is None:
                    self._deliver(no_keyring)
                    return
                kept = stored
            finish.write_config(self.config, replace(kept), source)
            finish.first_look(self.config, clock.now())
            self._deliver(done)

        self._start(work, failed)

    def _start(self, work: Callable[[], None], failed: Callable[[str], None]) -> None:
        def run() -> None:
            try:
                work()
            except FounderInboxError as error:
                words = str(error)
                self._deliver(lambda: failed(words))
            except Exception as error:  # noqa: BLE001 - the thread's edge: nobody waits in vain, and no value is shown
                surprise = f"{_SURPRISE} ({type(error).__name__})."
                self._deliver(lambda: failed(surprise))

        threading.Thread(target=run, name="setup", daemon=True).start()
