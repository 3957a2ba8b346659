"""Support behind a mailing list: its marks do not make a customer a machine."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from founder_inbox.app.queue.tickets import Choice, list_tickets
from founder_inbox.app.reading.intake import take_in_all
from founder_inbox.app.workspace import open_workspace
from founder_inbox.core.model import Lane
from founder_inbox.core.sync.mailbox import Fetched, Flags
from founder_inbox.store import mailboxes
from tests.app.letters import letter
from tests.tui.company import Company

NOW = datetime(2026, 11, 23, 9, 15, tzinfo=UTC)


@pytest.mark.parametrize(("of_ours", "automatic"), [(True, False), (False, True)])
def test_only_a_list_that_is_ours_passes_on_customers(
    tmp_path: Path, of_ours: bool, automatic: bool
) -> None:
    company = Company(tmp_path)
    company.write_config()
    with open_workspace(company.config) as ws:
        address = next(iter(ws.household.own)) if of_ours else "users@other.test"
        raw = letter(List_Post=f"<mailto:{address}>", Precedence="list", List_Id="<x.y.test>")
        box = mailboxes.add_mailbox(ws.store, "INBOX", "inbox", 1)
        flags = Flags(seen=False, answered=False, flagged=False)
        mailboxes.add_fetched(ws.store, box, [Fetched(1, raw, len(raw), NOW, flags)])
        take_in_all(ws, NOW)
        (ticket,) = list_tickets(ws.store, Choice(None, everything=True), NOW, None)
        assert (ticket.state.verdict.lane is Lane.AUTOMATIC) is automatic
