"""Is everything right, and what to do about what is not."""

import shutil
import sys
from collections.abc import Iterator

from founder_inbox.app.health.doctor import examine, terminal
from founder_inbox.cli.check_lines import check_line, check_shape
from founder_inbox.cli.context import (
    data_command,
    given_config,
    print_json,
    print_page,
    wants_json,
)
from founder_inbox.core.checks import Check, State
from founder_inbox.system import clock


@data_command("doctor")
def doctor() -> int:
    """Check the setup: configuration, data, hours, replies, logins. Changes nothing."""
    checks = []
    for check in _checks():
        checks.append(check)
        if not wants_json():
            print_page(check_line(check))
    wrong = [check for check in checks if check.state is State.FAILED]
    if wants_json():
        print_json({"ok": not wrong, "checks": [check_shape(check) for check in checks]})
    else:
        print_page("All is well." if not wrong else f"{len(wrong)} to mend.")
    return wrong[0].code if wrong else 0


def _checks() -> Iterator[Check]:
    size = shutil.get_terminal_size((80, 24))
    yield from examine(given_config(), clock.now())
    yield terminal(sys.stdout.encoding or "ascii", size.columns, size.lines)
