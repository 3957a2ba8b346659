"""The IMAP wire against a server that does what no good server does."""

import time
from collections.abc import Callable, Iterator

import pytest

from founder_inbox.core.sync.mailbox import NO_DATE, Flags
from founder_inbox.errors import LoginRefused, ServerUnreachable
from founder_inbox.mail.imap import ImapServer, ImapSession, LineBroken, ServerRefused, Size
from tests.servers.scripted import OK, ScriptedServer, Step, Then

NEVER: Callable[[], bool] = lambda: False  # noqa: E731 - a name for a callback
RAW = b"Message-ID: <%d@x.test>\r\nSubject: Mail %d\r\n\r\nwords\r\n"


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        running.inbox.mails = {uid: RAW % (uid, uid) for uid in (3, 5, 9)}
        yield running
        assert running.steps == []
        assert running.surprises == []


def log_in(server: ScriptedServer, security: str = "none") -> ImapSession:
    return ImapSession(
        ImapServer(server.host, server.port, security, "ana", "correct horse", None, None)
    )


@pytest.fixture
def session(server: ScriptedServer) -> Iterator[ImapSession]:
    opened = log_in(server)
    opened.open("INBOX")
    yield opened
    opened.drop()


def test_the_scripted_server_is_an_ordinary_one_without_a_script(
    server: ScriptedServer, session: ImapSession
) -> None:
    mails = list(session.mails([Size(uid, 0) for uid in session.uids(4)]))

    assert [(mail.uid, mail.body) for mail in mails] == [(5, RAW % (5, 5)), (9, RAW % (9, 9))]
    assert session.message_ids([3, 4]) == {3: "<3@x.test>"}


@pytest.mark.parametrize(
    ("answer", "then"),
    [
        (b"+ idling\r\n", Then.CLOSE),
        (b"+ idling\r\n* BYE going down\r\n", Then.CLOSE),
        (b"+ idling\r\n* BYE going down\r\n", Then.GO),
        (b"+ idling\r\n* 4 EXI", Then.CLOSE),
        (b"", Then.CLOSE),
    ],
)
def test_a_line_closed_while_waiting_is_noticed_at_once(
    server: ScriptedServer, session: ImapSession, answer: bytes, then: Then
) -> None:
    server.steps = [Step("IDLE", answer, then)]
    started = time.monotonic()

    with pytest.raises(LineBroken, match="What is synced stays"):
        session.wait_for_news(60, NEVER)
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "answer",
    [
        b"+ idling\r\n* 4 EXISTS\r\n",
        b"* 4 EXISTS\r\n+ idling\r\n",
        [b"+ idling\r\n", b"* 4 EX", b"ISTS\r\n"],
        [b"+ idling\r\n* 4 EX", b"ISTS\r\n"],
        [b"+ idling\r\n", b"* 2 FETCH (FLAGS (\\Seen))\r\n"],
        [b"+ idling\r\n", b"* 1 EXPUNGE\r\n"],
        [b"+ idling\r\n", b"* VANISHED 5\r\n"],
        [b"+ idling\r\n", b"+ still idling\r\n* 4 EXISTS\r\n"],
    ],
)
def test_news_is_heard_however_it_arrives(
    server: ScriptedServer, session: ImapSession, answer: bytes | list[bytes]
) -> None:
    server.steps = [Step("IDLE", answer)]
    started = time.monotonic()

    assert session.wait_for_news(60, NEVER)
    assert time.monotonic() - started < 2
    assert session.uids() == [3, 5, 9]


def test_a_sign_of_life_is_no_news(server: ScriptedServer, session: ImapSession) -> None:
    server.steps = [Step("IDLE", [b"+ idling\r\n", b"* OK Still here\r\n"])]

    assert session.wait_for_news(1, NEVER) is False
    assert server.asked("IDLE") == 2


def test_a_server_that_offers_idle_and_refuses_it_can_be_asked_otherwise(
    server: ScriptedServer, session: ImapSession
) -> None:
    server.steps = [Step("IDLE", b"{tag} BAD not today\r\n")]

    with pytest.raises(ServerRefused, match="not today"):
        session.wait_for_news(60, NEVER)
    assert session.open("INBOX").exists == 3


def test_answers_that_nobody_asked_for_are_told_apart(
    server: ScriptedServer, session: ImapSession
) -> None:
    mail = server.inbox.shown(5, "FLAGS BODY.PEEK[]")
    unasked = b"* 3 FETCH (FLAGS (\\Seen))\r\n* 1 FETCH (UID 3 FLAGS (\\Deleted))\r\n"
    server.steps = [Step("UID FETCH", unasked + mail + unasked + b"* 3 EXISTS\r\n" + OK)]

    [found] = session.mails([Size(5, 70)])
    assert (found.uid, found.body) == (5, RAW % (5, 5))
    assert found.flags == Flags(seen=False, answered=False, flagged=False)


def test_numbers_that_shift_in_the_middle_of_an_answer_mix_up_no_mails(
    server: ScriptedServer, session: ImapSession
) -> None:
    five, nine = (server.inbox.shown(uid, "FLAGS BODY.PEEK[]") for uid in (5, 9))
    nine = nine.replace(b"* 3 FETCH", b"* 2 FETCH")
    late = b"* 2 FETCH (FLAGS (\\Seen))\r\n"
    server.steps = [Step("UID FETCH", five + b"* 1 EXPUNGE\r\n" + nine + late + OK)]

    found = {m.uid: (m.body, m.flags.seen) for m in session.mails([Size(5, 0), Size(9, 0)])}
    assert found == {5: (RAW % (5, 5), False), 9: (RAW % (9, 9), False)}


@pytest.mark.parametrize(
    "line",
    [
        b"* 1 FETCH (UID 3 FLAGS (\\Seen $Junk))",
        b"* 1 FETCH (FLAGS (\\Seen $Junk) UID 3)",
        b"* 1 FETCH (UID 3 FLAGS (\\Seen $Junk) MODSEQ (12))",
        b"* 1 FETCH (UID 3 MODSEQ (12) FLAGS ($Junk \\SEEN))",
        b"* 1 FETCH (MODSEQ (12) UID 3 X-MORE (A B) FLAGS ($Junk \\Seen))",
    ],
)
def test_flags_are_read_in_every_order(
    server: ScriptedServer, session: ImapSession, line: bytes
) -> None:
    server.steps = [Step("UID FETCH", line + b"\r\n* 2 FETCH (FLAGS ())\r\n" + OK)]

    expected = Flags(seen=True, answered=False, flagged=False, keywords="$Junk")
    assert session.flags([3, 5]) == {3: expected}


def test_a_missing_uidnext_is_worked_out(server: ScriptedServer, session: ImapSession) -> None:
    opened = server.inbox.opened().replace(b"* OK [UIDNEXT 10] n\r\n", b"")
    server.steps = [Step("EXAMINE", opened + OK)]

    assert session.open("INBOX").uidnext == 10


def test_a_mailbox_without_uidvalidity_is_refused_in_words(
    server: ScriptedServer, session: ImapSession
) -> None:
    opened = server.inbox.opened().replace(b"* OK [UIDVALIDITY 7] v\r\n", b"")
    server.steps = [Step("EXAMINE", opened + OK)]

    with pytest.raises(ServerRefused, match="can't be synced"):
        session.open("INBOX")


def test_a_server_without_memory_of_changes_says_so(
    server: ScriptedServer, session: ImapSession
) -> None:
    server.steps = [Step("EXAMINE", server.inbox.opened() + b"* OK [NOMODSEQ] none\r\n" + OK)]

    assert session.open("INBOX").highestmodseq == 0


@pytest.mark.parametrize(
    "answer",
    [
        b"* SEARCH 9 3 5\r\n",
        b"* SEARCH 3 5\r\n* SEARCH 9\r\n",
        b"* SEARCH 3 5 9 (MODSEQ 77)\r\n",
        b"* SEARCH 3 5 9 \r\n",
    ],
)
def test_a_list_of_mails_is_read_in_every_shape(
    server: ScriptedServer, session: ImapSession, answer: bytes
) -> None:
    server.steps = [Step("UID SEARCH", answer + OK)]

    assert session.uids() == [3, 5, 9]


def test_the_list_of_a_very_large_mailbox_is_read(
    server: ScriptedServer, session: ImapSession
) -> None:
    uids = range(10_000_000, 10_200_000)
    answer = b"* SEARCH " + b" ".join(b"%d" % uid for uid in uids) + b"\r\n"
    server.steps = [Step("UID SEARCH", answer + OK)]

    assert session.uids() == list(uids)


@pytest.mark.parametrize(
    "date", ["31-Dec-9999 23:59:59 -2359", "00-Foo-2026 1", "", " 1-Mar-2026 09:30:00"]
)
def test_a_date_that_makes_no_sense_costs_no_mail(
    server: ScriptedServer, session: ImapSession, date: str
) -> None:
    server.inbox.date = date

    mails = list(session.mails([Size(3, 0), Size(5, 0)]))
    assert [mail.uid for mail in mails] == [3, 5]
    assert {mail.received_at.tzinfo is not None for mail in mails} == {True}
    if "Foo" in date:
        assert mails[0].received_at == NO_DATE


def test_an_answer_that_makes_no_sense_costs_one_mail_only(
    server: ScriptedServer, session: ImapSession
) -> None:
    odd = b"* 1 FETCH (UID 3 FLAGS (\\Seen BODY[] " + b"(" * 5_000 + b"\r\n"
    rest = server.inbox.shown(5, "FLAGS BODY.PEEK[]")
    server.steps = [Step("UID FETCH", odd + b"* 2 FETCH (UID 5)\r\n" + rest + OK)]

    assert [mail.uid for mail in session.mails([Size(3, 0), Size(5, 0)])] == [5]


def test_one_mail_the_server_will_not_show_does_not_hold_up_the_others(
    server: ScriptedServer, session: ImapSession
) -> None:
    no = b"{tag} NO [SERVERBUG2] internal error on mail 5\r\n"
    server.steps = [
        Step(r"UID FETCH 3,5,9 .*BODY", no),
        Step(r"UID FETCH 3 ", None),
        Step(r"UID FETCH 5,9 ", no),
        Step(r"UID FETCH 5 ", no),
    ]

    mails = session.mails([Size(uid, 0) for uid in (3, 5, 9)])
    assert [mail.uid for mail in mails] == [3, 9]


@pytest.mark.parametrize(
    ("answer", "wait"),
    [
        ("BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds", 92.415),
        ("BAD Request is throttled. Suggested Backoff Time: 99999999 milliseconds", 300),
        ("NO [UNAVAILABLE] try again later", 120),
        ("NO [LIMIT] Rate limit hit", 300),
        ("NO [INUSE] somebody else has it open", 30),
        ("NO [THROTTLED] slow down", 300),
        ("NO Too many simultaneous connections", 300),
        ("NO [NONEXISTENT] no such mailbox", 0),
        ("NO", None),
    ],
)
def test_a_server_that_asks_for_time_is_understood(
    server: ScriptedServer, session: ImapSession, answer: str, wait: float | None
) -> None:
    server.steps = [Step("EXAMINE", f"{{tag}} {answer}\r\n".encode())]

    with pytest.raises((LineBroken, ServerRefused)) as refused:
        session.open("INBOX")
    if wait is not None:
        assert isinstance(refused.value, ServerRefused)
        assert refused.value.wait == wait
        assert answer.partition("] ")[2] in str(refused.value)
        assert "command error" not in str(refused.value)
        assert session.open("INBOX").exists == 3


def test_a_tagged_ok_without_words_breaks_the_line_in_words(
    server: ScriptedServer, session: ImapSession
) -> None:
    server.steps = [Step("EXAMINE", server.inbox.opened() + b"{tag} OK\r\n")]

    with pytest.raises(LineBroken, match="does not answer"):
        session.open("INBOX")


def test_a_mailbox_that_may_only_be_read_refuses_for_good_and_breaks_nothing(
    server: ScriptedServer, session: ImapSession
) -> None:
    only = server.inbox.opened() + b"{tag} OK [READ-ONLY] look, don't touch\r\n"
    server.steps = [Step("SELECT", only)]

    with pytest.raises(ServerRefused) as refused:
        session.open("INBOX", readonly=False)
    assert refused.value.final
    assert session.open("INBOX").exists == 3


@pytest.mark.parametrize(
    ("answer", "kind", "wait"),
    [
        (b"{tag} NO [AUTHENTICATIONFAILED] Invalid credentials\r\n", LoginRefused, None),
        (b"{tag} NO [ALERT] Application-specific password required\r\n", LoginRefused, None),
        (b"{tag} NO LOGIN failed.\r\n", LoginRefused, None),
        (b"{tag} NO [UNAVAILABLE] Temporary authentication failure\r\n", LineBroken, 120),
        (b"{tag} NO [LIMIT] Too many connections\r\n", LineBroken, 300),
        (b"{tag} NO [ALERT] Too many simultaneous connections. (Failure)\r\n", LineBroken, 300),
        (b"{tag} BAD Request is throttled. Suggested Backoff Time: 2000 milliseconds\r\n",
         LineBroken, 2),
        (b"* BYE [UNAVAILABLE] shutting down\r\n", LineBroken, 120),
        (b"{tag} OK", LineBroken, 0),
        (b"", LineBroken, 0),
    ],
)  # fmt: skip
def test_only_a_refusal_of_name_or_password_counts_as_one(
    server: ScriptedServer, answer: bytes, kind: type[Exception], wait: float | None
) -> None:
    server.steps = [Step("LOGIN", answer, Then.CLOSE)]

    with pytest.raises(kind) as refused:
        log_in(server)
    assert "horse" not in str(refused.value)
    if isinstance(refused.value, LineBroken):
        assert refused.value.wait == wait
    else:
        words = answer.decode().partition("NO ")[2].strip().partition("] ")[2]
        assert words in str(refused.value)


@pytest.mark.parametrize(
    ("greeting", "wait"),
    [
        (b"* BYE Too many connections from your address\r\n", 300),
        (b"* BYE [UNAVAILABLE] maintenance\r\n", 120),
        (b"HTTP/1.1 302 Found\r\nLocation: http://hotel.test/login\r\n\r\n", 0),
        (b"", 0),
    ],
)
def test_a_greeting_that_is_none_is_said_in_words(
    server: ScriptedServer, greeting: bytes, wait: float
) -> None:
    server.steps = [Step("", greeting, Then.CLOSE)]

    with pytest.raises(LineBroken, match="it goes on when the server is back") as broken:
        log_in(server)
    assert broken.value.wait == wait


def test_what_a_server_insists_on_is_heard_once(server: ScriptedServer) -> None:
    alert = b"* OK [ALERT] Mailbox 95% full\r\n"
    server.steps = [
        Step("LOGIN", alert + OK),
        Step("EXAMINE", server.inbox.opened() + alert + OK),
    ]
    session = log_in(server)
    session.open("INBOX")
    session.drop()

    assert session.alerts == ["Mailbox 95% full"]


def test_nothing_is_ever_asked_that_servers_get_wrong_or_that_marks_mails_read(
    server: ScriptedServer, session: ImapSession
) -> None:
    list(session.mails(session.sizes(session.uids())))
    session.flags([3])

    words = " ".join(server.commands)
    assert "ENVELOPE" not in words
    assert "BODYSTRUCTURE" not in words
    assert "BODY[" not in words
    assert "RFC822 " not in words


@pytest.mark.parametrize(
    "steps",
    [
        # Words put in before TLS by somebody on the way, in one packet with the OK.
        [Step("STARTTLS", b"{tag} OK go\r\n* CAPABILITY IMAP4rev1\r\nX1 OK done\r\n", Then.CLOSE)],
        [Step("STARTTLS", b"* CAPABILITY IMAP4rev1\r\n{tag} BAD no\r\n", Then.CLOSE)],
        [Step("", b"* PREAUTH welcome\r\n")],
    ],
)
def test_without_encryption_no_password_is_sent(server: ScriptedServer, steps: list[Step]) -> None:
    server.offers = "STARTTLS IDLE"
    server.steps = steps

    with pytest.raises(ServerUnreachable):
        log_in(server, "starttls")
    assert server.asked("LOGIN|AUTHENTICATE") == 0


def test_a_server_that_takes_starttls_back_gets_no_password(server: ScriptedServer) -> None:
    with pytest.raises(ServerUnreachable):
        log_in(server, "starttls")
    assert server.asked("LOGIN|AUTHENTICATE") == 0


def test_a_server_that_drips_has_an_end(server: ScriptedServer, session: ImapSession) -> None:
    session.command_seconds = 0.3
    drip = [b"* 1 FETCH (UID 3 FLAGS ("] + [b"x "] * 60
    server.steps = [Step("UID FETCH", drip, Then.STALL)]
    started = time.monotonic()

    with pytest.raises(LineBroken, match="no answer in time"):
        session.flags([3])
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "said", [b"", b"* 1 FETCH (UID 3 FLAGS (", b"* 1 FETCH (UID 3 BODY[] {90}\r\nFrom:"]
)
def test_a_server_that_falls_silent_is_left_with_words(
    server: ScriptedServer, session: ImapSession, said: bytes
) -> None:
    session.command_seconds = 0.3
    server.steps = [Step("UID FETCH", said, Then.STALL)]
    started = time.monotonic()

    with pytest.raises(LineBroken, match="no answer in time"):
        list(session.mails([Size(3, 0)]))
    assert time.monotonic() - started < 2


def test_a_server_that_does_not_end_idle_is_left(
    server: ScriptedServer, session: ImapSession
) -> None:
    session.command_seconds = 0.3
    server.steps = [Step("IDLE", b"+ idling\r\n"), Step("DONE", b"", Then.STALL)]

    with pytest.raises(LineBroken, match="no answer in time"):
        session.wait_for_news(20, lambda: True)
