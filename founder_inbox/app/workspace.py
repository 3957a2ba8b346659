"""One founder's configuration, files and database, opened together."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from founder_inbox.core.hours.schedule import SupportHours, next_window
from founder_inbox.core.model import Status
from founder_inbox.store.database import Store, open_store
from founder_inbox.system.config import Config, read_config
from founder_inbox.system.paths import Paths, config_path, data_path
from founder_inbox.system.team import Teammate

if TYPE_CHECKING:
    from founder_inbox.app.reading.learned import Learned
    from founder_inbox.app.reading.parser import MailParser
    from founder_inbox.core.lanes.rules import Rules
    from founder_inbox.core.tickets.roles import Household


@dataclass(frozen=True)
class Workspace:
    """What every use case needs. One per thread: `store` is one connection."""

    config: Config
    paths: Paths
    store: Store
    own_parser: "MailParser | None" = None

    def __post_init__(self) -> None:
        self.store.window_over = self.window_over
        self.store.hours = lambda: self.hours
        self.store.hours_mark = lambda: self.hours_mark

    def window_over(self, since: datetime) -> datetime | None:
        """When a whole window of support has passed since a moment; None if none is ahead."""
        window = next_window(self.hours, since)
        return window.end if window else None

    @cached_property
    def hours(self) -> SupportHours:
        """The support hours, parsed."""
        return self.config.support_hours()

    @cached_property
    def hours_mark(self) -> str:
        """What tells these support hours from others."""
        return sha256(repr(self.hours).encode()).hexdigest()

    @cached_property
    def rules(self) -> "Rules":
        """The lane rules: the founder's own file where there is one, else ours."""
        from founder_inbox.core.lanes.rules import parse_rules
        from founder_inbox.system.resources import read_lane_rules, read_lane_weights

        return parse_rules(read_lane_rules(self.paths.lanes), read_lane_weights())

    @cached_property
    def learned(self) -> "Learned":
        """What the founder's own corrections taught the sorter."""
        from founder_inbox.app.reading.learned import Learned

        return Learned(self.store, self.rules)

    @cached_property
    def parser(self) -> "MailParser":
        """Who reads foreign mail: `own_parser`, else the one that all of this process share."""
        from founder_inbox.app.reading.parser import process_parser

        return self.own_parser or process_parser()

    @cached_property
    def household(self) -> "Household":
        """Who is us and who is the team."""
        from founder_inbox.core.tickets.roles import Household

        team = frozenset(mate.address.casefold() for mate in self.config.teammates)
        return Household(self.config.addresses, team)

    @property
    def archives(self) -> bool:
        """Whether what is done leaves the inbox on the server for Archive."""
        return self.config.imap.archive == "done"

    @property
    def actor(self) -> str:
        """The name under which events are recorded."""
        return self.config.account.name or self.config.account.address

    @property
    def turn(self) -> Status:
        """Which tickets are this level's: the open ones, at level two what was handed up."""
        return Status.OPEN if self.config.level == 1 else Status.HANDED_OFF

    @property
    def usual_teammate(self) -> str:
        """The name that one key always hands off to; empty where there is none or topics choose."""
        mates = self.config.teammates
        chosen = any(mate.topics for mate in mates) or self.config.level == 2
        return mates[0].name if mates and not chosen else ""

    @property
    def teammate(self) -> Teammate | None:
        """Who one key hands off to."""
        return self.config.teammates[0] if self.config.teammates else None


def locate(given: str | None) -> tuple[Config, Paths]:
    """Read the configuration that `--config` or the environment names, and where data lies."""
    path = config_path(given)
    config = read_config(path)
    return config, Paths(path, data_path(config.storage.dir, path))


@contextmanager
def open_workspace(given: str | None) -> Iterator[Workspace]:
    """Open configuration and database for one command or thread, and close them after it.

    Raises ConfigError and CannotWrite.
    """
    config, paths = locate(given)
    store = open_store(paths.database)
    try:
        yield Workspace(config, paths, store)
    finally:
        store.close()


def config_file(given: str | None) -> Path:
    """The file a command would read, whether it is there or not."""
    return config_path(given)
