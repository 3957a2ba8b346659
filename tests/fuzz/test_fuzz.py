"""The fuzzer finds what is there to be found, and says so."""

import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.fuzz.__main__ import supervise
from tests.fuzz.edges import Watch
from tests.fuzz.loop import Seen, fuzz, place_of, shortened
from tests.fuzz.mutators import LARGEST, MUTATORS, change
from tests.hostile.examined import examine, understand
from tests.hostile.kinds import QUICK, variants

MAILS = [mail.raw for mail in variants(QUICK, 1) if len(mail.raw) <= LARGEST]


def times(count: int) -> Callable[[], bool]:
    """Over after so many questions."""
    left = iter(range(count))
    return lambda: next(left, None) is None


def refuse_escapes(raw: bytes) -> None:
    if b"\x1b" in raw:
        raise ValueError("an escape")


def test_a_hundred_and_fifty_changed_mails_break_nothing_and_reach_new_code() -> None:
    seen = Seen()
    fuzz(examine, understand, MAILS, seen, Random(1), until=times(150))

    assert seen.faults == {}
    assert seen.tried == 150
    assert len(seen.edges) > 1_000
    assert len(seen.corpus) > 40


def test_what_breaks_is_found_once_and_made_short() -> None:
    seen = Seen()
    start = [b"Subject: " + b"x" * 900 + b"\r\n\r\nwords"]
    fuzz(refuse_escapes, understand, start, seen, Random(3), until=times(150))

    [(place, raw)] = seen.faults.items()
    assert place.startswith("ValueError in test_fuzz.py:")
    assert raw == b"\x1b"


def test_a_mail_is_made_short_only_where_it_still_breaks_the_same_line() -> None:
    def picky(raw: bytes) -> None:
        if b"a" in raw and b"z" in raw:
            raise ValueError
        if b"a" in raw:
            raise KeyError

    with pytest.raises(ValueError) as error:  # noqa: PT011 - it has no words
        picky(b"az")
    assert shortened(b"xxaxxzxx", place_of(error.value), picky) == b"az"


@pytest.mark.parametrize("mutator", dict.fromkeys(MUTATORS))
def test_no_change_fails_on_any_mail(mutator: Callable[..., bytes]) -> None:
    for number, raw in enumerate([b"", b"\r\n", b"x", *MAILS[:20]]):
        assert isinstance(mutator(raw, Random(number), [b"other"]), bytes)


def test_a_seed_changes_a_mail_the_same_way_each_time() -> None:
    once, again = ([change(raw, Random(5), MAILS[:9]) for raw in MAILS[:20]] for _ in range(2))

    assert once == again
    assert max(map(len, once)) <= LARGEST


def test_new_lines_are_seen_and_what_is_raised_comes_through() -> None:
    watch = Watch()
    plain = watch.edges_of(lambda: understand(b"Subject: a\r\n\r\nb"))
    page = watch.edges_of(lambda: understand(b"Content-Type: text/html\r\n\r\n<ul><li>b"))

    assert plain
    assert page - plain
    before = sys.gettrace()
    with pytest.raises(ValueError, match="an escape"):
        watch.edges_of(lambda: refuse_escapes(b"\x1b"))
    assert sys.gettrace() is before


def test_a_mail_that_ends_the_process_is_kept_and_another_process_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first process dies over a mail, the second comes to its end."""
    program = (
        "import os, pathlib, sys; folder = pathlib.Path(sys.argv[1]); mark = folder / 'mark'\n"
        "if mark.exists(): print('7 5 3'); sys.exit(0)\n"
        "mark.touch(); (folder / 'current').write_bytes(b'poison'); os.abort()\n"
    )

    code = supervise([sys.executable, "-c", program, str(tmp_path)], tmp_path, "s", 60)

    assert code == 1
    assert (tmp_path / "died-1.eml").read_bytes() == b"poison"
    assert (
        "7 mails, 5 edges, 3 mails that reached something new, 1 broke" in capsys.readouterr().out
    )
