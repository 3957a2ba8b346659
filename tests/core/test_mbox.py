"""Mails in an mbox come out as they went in."""

import contextlib
import mailbox
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.mime.mbox import from_mboxrd, to_mboxrd

AT = datetime(2026, 11, 23, 9, 15, tzinfo=UTC)
LINES = st.lists(
    st.sampled_from([b"From me", b">From you", b">>From", b"", b"Hi", b"\xff\x00 From", b" From "]),
    min_size=1,
)


@given(LINES)
def test_a_mail_comes_back_byte_for_byte(lines: list[bytes]) -> None:
    raw = b"Subject: x\r\n\r\n" + b"\r\n".join(lines) + b"\r\n"
    piece = to_mboxrd(raw, "tom@bees.test", AT)
    assert piece.startswith(b"From tom@bees.test Mon Nov 23 09:15:00 2026\n")
    assert piece.endswith(b"\n\n")
    assert from_mboxrd(piece.partition(b"\n")[2]) == raw


def test_other_programs_find_each_mail_and_no_more(tmp_path: Path) -> None:
    evil = b"Subject: a\r\n\r\nFrom evil@x.test Mon Nov 23 09:15:00 2026\r\nSubject: forged\r\n"
    path = tmp_path / "all.mbox"
    path.write_bytes(to_mboxrd(evil, "a b\nFrom c", AT) + to_mboxrd(b"Subject: b\n\nend", "", AT))
    with contextlib.closing(mailbox.mbox(path)) as box:
        assert [mail["Subject"] for mail in box] == ["a", "b"]
