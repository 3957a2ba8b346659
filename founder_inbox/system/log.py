"""The log file: what went wrong, for whoever helps; never a secret, an address or a mail."""

import logging
import logging.handlers
import os
import re
from io import TextIOWrapper
from pathlib import Path

from founder_inbox.errors import CannotWrite

_ADDRESS = re.compile(r"[^\s@<>\"=:]{1,64}@[^\s@<>\"',;)]{1,255}")


class _Redaction(logging.Filter):
    """Takes addresses out of every line; secrets are never given to the log at all."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _ADDRESS.sub("<address>", record.getMessage())
        record.args = ()
        return True


class _PrivateFile(logging.handlers.RotatingFileHandler):
    """Every file it opens is 0600, also after rolling over."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        return TextIOWrapper(os.fdopen(descriptor, "ab"), encoding=self.encoding)


class _Formatter(logging.Formatter):
    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's name
        text = super().formatException(ei)  # type: ignore[arg-type]
        return _ADDRESS.sub("<address>", text)


def start_log(path: Path) -> None:
    """Write warnings and errors to `path`, 0600, at most four files of 256 KiB."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = _PrivateFile(path, maxBytes=256 * 1024, backupCount=3, encoding="utf-8")
    except OSError as error:
        raise CannotWrite(f"Can't write the log {path}: {error}.") from error
    handler.addFilter(_Redaction())
    handler.setFormatter(_Formatter("%(asctime)s %(process)d %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("founder_inbox").setLevel(logging.INFO)
