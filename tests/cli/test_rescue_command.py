"""`rescue`: who lies in Junk, as a page and as JSON."""

from datetime import UTC, datetime

from founder_inbox.app.syncing.junk import Found, keep_look, known_in_junk
from founder_inbox.app.workspace import open_workspace
from founder_inbox.core.sync.junk import JunkMail
from tests.cli.conftest import Cli, Founder

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
MAIL = JunkMail(1, 1, "<j@x.test>", "Tom", "tom@x.test", "Still \x1b[31mempty", 9, AT)


def test_who_lies_in_junk_is_listed_and_brought_once(cli: Cli, founder: Founder) -> None:
    with open_workspace(str(founder.config)) as ws:
        keep_look(ws, Found(AT, [MAIL]))
    page = cli("rescue", "--config", founder.config)
    assert "Tom" in page.out
    assert "\x1b" not in page.out
    assert "founder-inbox rescue --bring" in page.out

    brought = cli("rescue", "--bring", "--config", founder.config, "--json")
    assert brought.json["brought"] == 1
    [found] = brought.json["found"]
    assert found["from"] == {"name": "Tom", "address": "tom@x.test"}
    assert (found["at"], found["message_id"]) == ("2026-11-20T09:00:00Z", "<j@x.test>")
    with open_workspace(str(founder.config)) as ws:
        assert known_in_junk(ws) == []

    again = cli("rescue", "--bring", "--config", founder.config)
    assert again.out == "Nobody you know lies in Junk.\n"
    assert cli("rescue", "--config", founder.config, "--json").json == {"found": [], "brought": 0}
