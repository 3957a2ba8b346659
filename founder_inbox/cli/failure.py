"""What a command says when it could not do its work."""

from collections.abc import Sequence

from founder_inbox.core.display import safe_text
from founder_inbox.errors import ConfigError, FounderInboxError


def explain(error: FounderInboxError) -> str:
    """The error's sentence, safe to print."""
    return safe_text(str(error), 5_000)


def log_crash(error: Exception, arguments: Sequence[str] | None) -> str:
    """Write the traceback to the log; returns the sentence for people, with the log's path.

    The log is that of the configuration in use, else of the usual data folder.
    """
    import logging

    from founder_inbox.app.workspace import config_file, locate
    from founder_inbox.system.log import start_log
    from founder_inbox.system.paths import Paths, data_path

    given = _config_in(arguments)
    try:
        _, paths = locate(given)
    except ConfigError:
        path = config_file(given)
        paths = Paths(path, data_path(None, path))
    what = f"Something went wrong inside founder-inbox ({type(error).__name__})."
    try:
        start_log(paths.log)
    except FounderInboxError as trouble:
        return f"{what} {trouble}"
    logging.getLogger("founder_inbox").error("a command broke off", exc_info=error)
    logging.shutdown()
    return f"{what} What was stored before is kept. The details are in {paths.log}"


def _config_in(arguments: Sequence[str] | None) -> str | None:
    """The value of `--config`, read by hand: the command line itself may be what broke."""
    import sys

    given = list(sys.argv[1:] if arguments is None else arguments)
    for place, word in enumerate(given):
        if word.startswith("--config="):
            return word.removeprefix("--config=")
        if word == "--config" and place + 1 < len(given):
            return given[place + 1]
    return None
