"""A report can be pasted in public: nobody and nothing of theirs is in it."""

import pytest

from founder_inbox.core.checks import Check, State
from founder_inbox.core.report import redact, write_report

KNOWN = {"Ana from Acme": "name", "Ana": "name", "mail.acme.test": "host", "/Users/ana": "home"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one key hands off to Ana from Acme", "one key hands off to <name>"),
        ("MAIL.ACME.TEST:993 lets support@acme.test in", "<host>:993 lets <address> in"),
        ("/Users/ana/.config/config.toml is read", "<home> is read"),
        ("read /srv/data/inbox.db, line 12", "read <path>, line 12"),
        ("it would not move “Charged twice”. NO", "it would not move “…”. NO"),
        ("they show (#k7f3q2d, #abcdefg)", "they show (#…, #…)"),
        ("192.168.1.20 and imap.example.co.uk answered", "<host> and <host> answered"),
        ("config.toml, line 3: unknown key", "config.toml, line 3: unknown key"),
        ("<vlad+x@acme.test>", "<<address>>"),
        ("80 x 24, utf-8", "80 x 24, utf-8"),
        ("12.5 GB are free", "12.5 GB are free"),
    ],
)  # fmt: skip
def test_whoever_is_named_becomes_a_word(text: str, shown: str) -> None:
    assert redact(text, KNOWN) == shown


def test_facts_come_first_and_every_check_has_its_line_without_its_advice() -> None:
    checks = [
        Check("config", State.OK, "/Users/ana/config.toml is read"),
        Check("login", State.FAILED, "mail.acme.test refused ana@acme.test", "Ask Ana", 77),
    ]
    report = write_report([("python", "3.11.7")], checks, KNOWN)

    assert report.splitlines()[2:] == [
        "python: 3.11.7",
        "",
        "ok     config: <home> is read",
        "failed login (77): <host> refused <address>",
    ]
