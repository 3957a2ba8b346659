"""Where things lie: config, data, replies (contract, section 2)."""

import os
from dataclasses import dataclass
from pathlib import Path

APP = "founder-inbox"
APP_LOCK = "app.lock"  # in the data folder, held while the screens are open


@dataclass(frozen=True, slots=True)
class Paths:
    """The files of one founder. `data` is made with 0700 when the database is opened."""

    config: Path
    data: Path

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.data / "inbox.db"

    @property
    def replies(self) -> Path:
        """The founder's own canned replies, beside the config."""
        return self.config.parent / "replies"

    @property
    def faq(self) -> Path:
        """The founder's FAQ articles, beside the config."""
        return self.config.parent / "faq"

    @property
    def tone(self) -> Path:
        """The founder's own tone rules, beside the config."""
        return self.config.parent / "tone"

    @property
    def post_mortems(self) -> Path:
        """What the founder wrote after outages, beside the config."""
        return self.config.parent / "post-mortems"

    @property
    def lanes(self) -> Path:
        """The founder's own lane rules, beside the config, used instead of ours if there."""
        return self.config.parent / "lanes.toml"

    @property
    def words(self) -> Path:
        """Words that are spelled right whatever a dictionary says, beside the config."""
        return self.config.parent / "words.txt"

    @property
    def opened(self) -> Path:
        """Copies of files that were opened; emptied when the app starts."""
        return self.data / "opened"

    @property
    def log(self) -> Path:
        """What went wrong, without secrets and without mail."""
        return self.data / "founder-inbox.log"


def config_path(given: str | None) -> Path:
    """`--config`, else `$FOUNDER_INBOX_CONFIG`, else the platform's config folder."""
    chosen = given or os.environ.get("FOUNDER_INBOX_CONFIG")
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_config_path

    return user_config_path(APP, appauthor=False) / "config.toml"


def data_path(configured: str | None, config: Path) -> Path:
    """`[storage] dir` (relative to the config), else `$FOUNDER_INBOX_DATA`, else the platform's."""
    if configured:
        return (config.parent / Path(configured).expanduser()).absolute()
    chosen = os.environ.get("FOUNDER_INBOX_DATA")
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path(APP, appauthor=False)


def downloads_path(configured: str | None, config: Path) -> Path:
    """`[attachments] dir` (relative to the config), else the desktop's folder for downloads."""
    if configured:
        return (config.parent / Path(configured).expanduser()).absolute()
    from platformdirs import user_downloads_path

    return user_downloads_path()
