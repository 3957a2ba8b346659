"""What costs other readers seconds or a gigabyte costs ours little: the kernel keeps the limits."""

from collections.abc import Iterator

import pytest

from founder_inbox.app.reading.parser import MailParser, parser_command
from tests.hostile.costly import KINDS
from tests.hostile.kinds import ALL, HostileMail, variant, variants

MEGABYTES = 200
# Half a second is promised; a busy machine's processor may be half as quick as the usual one.
SECONDS = 1.0


@pytest.fixture
def strict() -> Iterator[MailParser]:
    """The process that reads mail, ended by the kernel at 200 MB or a second of the processor."""
    parser = MailParser(parser_command(MEGABYTES, SECONDS))
    yield parser
    parser.end()


def failures(parser: MailParser, mails: list[HostileMail]) -> dict[str, str]:
    with parser.parse_all([mail.raw for mail in mails]) as readings:
        found = {}
        while (reading := readings.wait()) is not None:
            if reading.failure is not None:
                found[mails[reading.place].kind] = reading.failure
    return found


def test_no_kind_needs_a_second_or_200_megabytes(strict: MailParser) -> None:
    mails = list(variants(ALL, 1))

    assert all(len(mail.raw) < 1_000_000 for mail in mails)
    assert failures(strict, mails) == {}


def test_the_limit_is_real() -> None:
    parser = MailParser(parser_command(MEGABYTES, 0.01))
    costly = variant("costly body: rows", 0)
    try:
        assert set(failures(parser, [costly])) == {costly.kind}
    finally:
        parser.end()


def test_files_of_costly_mails_are_taken_out_as_quickly(strict: MailParser) -> None:
    built = {kind: maker for kind, maker in KINDS.items() if kind.startswith("costly:")}
    for mail in variants(built, 1):
        for file in strict.parse(mail.raw).attachments[:3]:
            strict.attachment(mail.raw, file.part)
