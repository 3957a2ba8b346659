"""Writing in the founder's own editor and coming back with the words."""

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from founder_inbox.core.display import safe_line, safe_text
from founder_inbox.errors import BadInput, FounderInboxError

_USUAL = ("sensible-editor", "nano", "vim", "vi")
_KEPT = "Your draft is as it was."
_LONGEST = 200_000
"""Characters of a draft: what is shown of a text, and so what a mail can say."""


def edit_outside(app: App[Any], body: str) -> str | None:
    """Suspend the app, open `body` in $VISUAL or $EDITOR, return what was written.

    None means that the draft stays as it is: nothing was changed, the editor failed, or the file
    came back empty or not at all. What went wrong is said in a notice.
    """
    try:
        command = editor_command(os.environ)
        written = _suspended(app, command, body)
    except FounderInboxError as error:
        app.notify(safe_line(str(error)), severity="warning", markup=False)
        return None
    return written if written != body else None


def editor_command(environment: Mapping[str, str]) -> list[str]:
    """Return the editor's command line. Raises BadInput when there is none or it can't be read."""
    chosen = environment.get("VISUAL", "").strip() or environment.get("EDITOR", "").strip()
    try:
        words = shlex.split(chosen)
    except ValueError as error:
        raise BadInput(f"$EDITOR is {safe_line(chosen, 60)}: {error}. {_KEPT}") from error
    if words:
        return words
    found = next((path for name in _USUAL if (path := shutil.which(name))), None)
    if found is None:
        raise BadInput(f"No editor found: set $EDITOR to the one you like. {_KEPT}")
    return [found]


def run_editor(command: Sequence[str], body: str) -> str:
    """Let the editor work on a private copy of `body` (file 0600 in a folder 0700).

    Returns the text cleaned of control characters. Raises BadInput when the editor can't be
    started, ends with an error, leaves no words, or more than a mail carries: that file is kept.
    """
    with tempfile.TemporaryDirectory(prefix="founder-inbox-") as folder:
        file = Path(folder) / "reply.txt"
        file.touch(mode=0o600)
        file.write_text(body, encoding="utf-8", errors="replace", newline="\n")
        try:
            code = subprocess.run([*command, str(file)], check=False).returncode
            after = _read(file) if code == 0 else b""
        except OSError as error:
            raise BadInput(f"{safe_line(command[0], 60)}: {error.strerror}. {_KEPT}") from error
    if code != 0:
        raise BadInput(f"{safe_line(command[0], 60)} ended with an error ({code}). {_KEPT}")
    return _read_back(after, body)


def _read(file: Path) -> bytes:
    """What the editor left; a file too long for a draft goes where it is not deleted."""
    with file.open("rb") as written:
        data = written.read(_LONGEST * 4 + 1)
    if len(data) > _LONGEST * 4 or len(data.decode("utf-8-sig", errors="replace")) > _LONGEST:
        kept = shutil.move(file, tempfile.mkdtemp(prefix="founder-inbox-"))
        raise BadInput(
            f"That is more than the {_LONGEST:,} characters of a draft. {_KEPT} "
            f"What you wrote is in {safe_line(str(kept))}."
        )
    return data


def _read_back(after: bytes, before: str) -> str:
    text = safe_text(after.decode("utf-8-sig", errors="replace"))
    if before.strip() and not text.strip():
        raise BadInput(f"The file came back empty. {_KEPT}")
    # Editors end the last line; that alone is no change.
    return text if before.endswith("\n") else text.removesuffix("\n")


def _suspended(app: App[Any], command: Sequence[str], body: str) -> str:
    failure: BaseException | None = None
    written = body
    try:
        with app.suspend():
            # Nothing may be raised inside: the app would stay suspended.
            try:
                written = run_editor(command, body)
            except (FounderInboxError, OSError) as error:
                failure = error
    except SuspendNotSupported as error:
        raise BadInput(f"An editor can't be opened from this terminal. {_KEPT}") from error
    app.refresh()
    if failure is not None:
        raise BadInput(str(failure)) from failure
    return written
