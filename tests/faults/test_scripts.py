"""A hundred random scripts from one seed; `python -m tests.faults` runs as many as you like."""

import sys

import pytest

from tests.faults.conftest import SEED
from tests.faults.scripts import run_script
from tests.faults.world import Machine

SCRIPTS, AT_ONCE = 100, 4


@pytest.mark.parametrize("first", range(SEED, SEED + SCRIPTS, AT_ONCE))
def test_whatever_happens_nothing_is_lost_doubled_or_untrue(machine: Machine, first: int) -> None:
    sys.stdout.write(f"FOUNDER_INBOX_SEED={SEED}\n")

    for seed in range(first, first + AT_ONCE):
        assert "\n".join(run_script(machine, seed)) == ""
