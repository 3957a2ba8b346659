"""Three machines at work at once; `python -m tests.faults --trio` plays more."""

from collections.abc import Iterator

import pytest

from tests.faults.conftest import SEED
from tests.faults.trio import Table, run_trio
from tests.servers.dovecot import DovecotServer
from tests.servers.smtp import SmtpServer


@pytest.fixture
def table(
    dovecot: DovecotServer, submission: SmtpServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Table]:
    """Laptop, desktop and the teammate's machine, none of them begun."""
    with Table(dovecot, submission, tmp_path_factory.mktemp("trio")) as begun:
        yield begun


def test_machines_at_work_at_once_killed_and_offline_show_the_same_in_the_end(
    table: Table,
) -> None:
    assert "\n".join(run_trio(table, SEED)) == ""
