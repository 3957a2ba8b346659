"""The hostile mails that lie beside the checkout, against what must and must not come of them."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from founder_inbox.core.mime.reader import parse
from tests.core.mail_files import SHARED
from tests.hostile.shown import shown

_FOLDER = SHARED / "hostile"
_MANIFEST = _FOLDER / "manifest.json"
# A note, a flag, a mark: whatever is said of the mail is said in its warnings.
_SAID = ("a note", "is flagged", "with a warning", "says that it is encrypted", "is marked")
# What is said elsewhere: in the ticket, in the text itself, of the reply that failed.
_SAID_ELSEWHERE = ("in the thread", "hidden text", "marked undelivered", "remote content")


def cases() -> Iterator[dict[str, Any]]:
    """The manifest's mails, one by one with their bytes; none where the folder is absent."""
    if _MANIFEST.is_file():
        for case in json.loads(_MANIFEST.read_text("utf-8"))["mails"]:
            case["raw"] = [(_FOLDER / file["file"]).read_bytes() for file in case["files"]]
            yield case


@pytest.mark.parametrize("case", [pytest.param(c, id=c["name"]) for c in cases()] or [None])
def test_a_hostile_mail_is_shown_harmless_and_whole(case: dict[str, Any] | None) -> None:
    if case is None:
        assert not _MANIFEST.exists()
        return
    mails = [parse(raw) for raw in case["raw"]]
    everything = "\n".join(map(shown, mails))

    assert case["canary"] in everything
    for where in case["canary_in"]:
        texts = [mail.subject if where == "subject" else mail.text for mail in mails]
        assert any(case["canary"] in text for text in texts), where
    assert [
        code for code in case.get("tty_never", []) if bytes.fromhex(code) in everything.encode()
    ] == []
    for must in case["must"]:
        if any(said in must for said in _SAID) and not any(e in must for e in _SAID_ELSEWHERE):
            assert any(mail.warnings for mail in mails), must
