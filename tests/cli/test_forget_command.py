"""forget: shown first, done only when the address is typed once more."""

import pytest

from founder_inbox.app.workspace import open_workspace
from founder_inbox.store.forgotten import work_left
from tests.app.letters import letter
from tests.cli.conftest import Cli, Founder

TOM = "tom@okafor.test"


def tickets(cli: Cli, founder: Founder) -> list[str]:
    found = cli("list", "--status", "all", "--config", founder.config, "--json").json
    return [ticket["customer"]["address"] for ticket in found]


def test_alone_it_says_what_would_go_and_what_stays_and_erases_nothing(
    cli: Cli, founder: Founder
) -> None:
    ticket = cli("list", "--config", founder.config, "--json").json[0]["id"]
    cli("note", ticket, "she called", "--config", founder.config)
    said = cli("forget", "TOM@okafor.test", "--config", founder.config)

    assert said.code == 0
    assert "Forget Tom Okafor <tom@okafor.test> (GDPR, art. 17)" in said.out
    assert f"1 mail, theirs and yours to them, with all files; 1 ticket (#{ticket})" in said.out
    assert "among them 1 note" in said.out
    assert "backups and exports made before today" in said.out
    assert "Nothing was erased. Their data first: founder-inbox export --format mbox" in said.err
    assert tickets(cli, founder) == [TOM]


def test_another_address_erases_nothing(cli: Cli, founder: Founder) -> None:
    said = cli("forget", TOM, "--yes", "tom@okafor.tes", "--config", founder.config)
    assert (said.code, said.out) == (65, "")
    assert "nothing was erased" in said.err
    assert tickets(cli, founder) == [TOM]


def test_typed_once_more_it_is_erased_here_while_the_server_is_away(
    cli: Cli, founder: Founder
) -> None:
    founder.receive(letter(sender="Eve <eve@x.test>", message_id="<e@x.test>"))
    said = cli("forget", TOM, "--yes", "Tom@Okafor.test", "--config", founder.config, "--json")

    assert said.code == 69
    assert (said.json["done"], said.json["mails"], len(said.json["tickets"])) == (True, 1, 1)
    assert said.json["server"] == {"INBOX": 1}
    assert said.json["left"][0].startswith("mails of 1 person who asked to be forgotten")
    assert "Here it is erased; the rest waits" in said.err
    assert tickets(cli, founder) == ["eve@x.test"]
    assert "forgetting not done yet" in cli("status", "--config", founder.config).out
    assert "forgotten" in cli("doctor", "--config", founder.config).out
    with open_workspace(str(founder.config)) as ws:
        [work] = work_left(ws.store)
        assert (work.on_server, work.in_file) == (True, 0)


@pytest.mark.parametrize(
    ("given", "code"), [("tom", 65), ("vlad@acme.test", 65), ("nobody@x.test", 66)]
)
def test_who_is_no_customer_is_named(cli: Cli, founder: Founder, given: str, code: int) -> None:
    said = cli("forget", given, "--yes", given, "--config", founder.config)
    assert (said.code, said.out) == (code, "")
    assert "Nothing was erased" in said.err or "is one of you" in said.err


def test_undo_does_not_bring_them_back(cli: Cli, founder: Founder) -> None:
    cli("forget", TOM, "--yes", TOM, "--config", founder.config)
    said = cli("undo", "--config", founder.config)
    assert said.code == 1
    assert tickets(cli, founder) == []


def test_the_log_says_what_was_done_and_names_nobody(cli: Cli, founder: Founder) -> None:
    assert "Nobody was forgotten yet." in cli("forget", "--log", "--config", founder.config).out
    cli("forget", TOM, "--yes", TOM, "--config", founder.config)
    said = cli("forget", "--log", "--config", founder.config)
    [done] = cli("forget", "--log", "--json", "--config", founder.config).json

    assert "1 mail in 1 ticket; the server is still to be done" in said.out
    assert "okafor" not in said.out
    assert (done["mails"], done["server_done"], done["file_done"]) == (1, False, True)
    assert cli("forget", TOM, "--log", "--config", founder.config).code == 2
    assert cli("forget", "--config", founder.config).code == 2
