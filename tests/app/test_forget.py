"""Forgetting somebody: no byte of theirs stays, here, on the server or on another machine."""

import contextlib
import json
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from founder_inbox.app.data.backup import back_up
from founder_inbox.app.data.forget import forget, look
from founder_inbox.app.data.importing import import_mails
from founder_inbox.app.data.restore import restore
from founder_inbox.app.health.shared import look_at_forgotten
from founder_inbox.app.knowledge.ideas import log_idea, vote
from founder_inbox.app.queue import triage
from founder_inbox.app.queue.customer import note_customer
from founder_inbox.app.queue.merging import merge
from founder_inbox.app.queue.tickets import Choice, find_ticket, list_tickets, view_ticket
from founder_inbox.app.reading.voters import read_ideas
from founder_inbox.app.sending.reply import queue_reply
from founder_inbox.app.syncing.forgetting import finish_file, left_words
from founder_inbox.app.syncing.sync import SyncReport
from founder_inbox.app.syncing.turns import forget_now
from founder_inbox.app.workspace import Workspace, open_workspace
from founder_inbox.core.sharing.wire import NotReadable, read_batch
from founder_inbox.core.tickets.identity import ticket_id
from founder_inbox.core.tickets.journal import EventKind
from founder_inbox.core.tickets.query import parse_query
from founder_inbox.errors import BadInput, NotFound, ServerUnreachable
from founder_inbox.store import events
from founder_inbox.store.drafts import save_draft
from founder_inbox.store.search import search_tickets
from founder_inbox.system import clock
from tests.app.letters import letter
from tests.app.machines import JOURNAL, Machine
from tests.servers.account import Account
from tests.servers.dovecot import DovecotServer
from tests.servers.proxy import BARE, GMAIL, ImapProxy
from tests.servers.smtp import SmtpServer

Make = Callable[..., Machine]
Sync = Callable[..., SyncReport]
ROOT = Path(__file__).parents[2]
ONE = ticket_id("<one@okafor.test>")
WORD = "xylophonium"
FOLDERS = ("INBOX", "Sent", "Archive", "Junk", "Trash", JOURNAL)


@pytest.fixture
def customer(dovecot: DovecotServer) -> Iterator[Account]:
    """A customer with a mailbox on the same server."""
    with dovecot.user() as fresh:
        yield fresh


def write(
    account: Account, person: str, number: int = 1, folder: str = "INBOX", references: str = ""
) -> None:
    """A mail of theirs with a word that nobody else uses."""
    mail = letter(
        f"About {WORD}",
        f"The {WORD} export number {number} is empty.",
        sender=f"Tom <{person}>",
        to=account.address,
        message_id="<one@okafor.test>" if number == 1 else f"<{number}@x>",
        references=references,
    )
    account.append(mail, folder)


def bystander(account: Account) -> None:
    account.append(letter("Kept", "All is well.", sender="eve@x.test", message_id="<eve@x.test>"))


def left_in_files(ws: Workspace, *words: str) -> list[str]:
    """Files of the data folder, and mails in the database, with one of the words in them."""
    wanted = [word.casefold().encode() for word in words]
    files = [path for path in sorted(ws.paths.data.rglob("*")) if path.is_file()]
    found = [p.name for p in files if any(w in p.read_bytes().lower() for w in wanted)]
    bodies = ws.store.rows("select id, body from raw")
    mails = [
        row["id"]
        for row in bodies
        if any(w in zlib.decompress(row["body"]).lower() for w in wanted)
    ]
    return found + [f"mail {number}" for number in mails]


def left_on_server(account: Account, *words: str) -> list[str]:
    """Folders of the mailbox with one of the words in a mail, or a line of the journal."""
    found = []
    for folder in FOLDERS:
        for mail in account.messages(folder):
            text = mail.raw.decode("utf-8", "replace").casefold()
            if folder == JOURNAL:
                with contextlib.suppress(NotReadable):
                    text += json.dumps([*read_batch(mail.raw).records]).casefold()
            if any(word.casefold() in text for word in words):
                found.append(folder)
    return found


def ids(ws: Workspace) -> list[str]:
    found = list_tickets(ws.store, Choice(everything=True), clock.now(), None)
    return sorted(ticket.id for ticket in found)


def busy_with(on: Machine, account: Account, customer: Account) -> None:
    """Mails, an answer, a note, a draft and more of one customer, all over the place."""
    person = customer.address
    write(account, person)
    write(account, person, 2)
    bystander(account)
    on.sync()
    ticket = find_ticket(on.ws.store, ONE)
    queue_reply(on.ws, ticket, f"The {WORD} is mended.", on.now(), hold=False)
    triage.add_note(on.ws, ticket, f"He plays the {WORD}.", on.now())
    triage.record_act(on.ws, ticket, EventKind.TAGGED, {"add": WORD}, on.now())
    note_customer(on.ws, person, f"Likes his {WORD}.", on.now())
    save_draft(on.ws.store, ticket_id("<2@x>"), f"Dear {WORD},", on.now())
    on.sync()
    # The provider files the Sent copy.
    [sent] = on.ws.store.rows("select mime from outbox")
    account.append(sent["mime"], "Sent")
    on.sync()


def test_no_byte_stays_here_on_the_server_or_on_the_other_machine(
    machine: Make, account: Account, customer: Account, smtp_server: SmtpServer
) -> None:
    laptop, desktop = machine("laptop"), machine("desktop")
    busy_with(laptop, account, customer)
    write(account, customer.address, 3, "Trash")
    write(account, customer.address, 4, "Junk")
    desktop.sync()
    triage.add_note(desktop.ws, find_ticket(desktop.ws.store, ONE), f"{WORD} again", desktop.now())
    desktop.sync()
    laptop.sync()
    secrets = (WORD, customer.address)
    assert left_in_files(laptop.ws, *secrets)
    assert {"INBOX", "Sent", "Trash", "Junk", JOURNAL} <= {*left_on_server(account, *secrets)}

    plan = forget(laptop.ws, customer.address, laptop.now())
    laptop.sync()
    desktop.sync()

    assert (len(plan.whole), plan.mails, plan.notes) == (2, 3, 2)
    assert left_on_server(account, *secrets) == []
    assert left_in_files(laptop.ws, *secrets) == []
    assert left_in_files(desktop.ws, *secrets) == []
    assert ids(laptop.ws) == ids(desktop.ws) == [ticket_id("<eve@x.test>")]
    assert laptop.picture() == desktop.picture()
    assert left_words(laptop.ws) == left_words(desktop.ws) == []
    [line] = events.events_of_kinds(desktop.ws.store, EventKind.FORGOTTEN)
    assert (line.actor, line.ticket, len(line.data["mails"])) == (laptop.ws.actor, None, 3)  # type: ignore[arg-type]
    assert [mail.flags for mail in account.messages("INBOX")] != []


def test_a_mail_of_somebody_else_with_their_message_id_stays(
    machine: Make, account: Account, customer: Account
) -> None:
    laptop = machine("laptop")
    account.append(letter("Mine", "All is well.", sender="eve@x.test"), "Archive")
    account.append(letter("Archived", sender=customer.address), "Archive")
    account.append(letter("Theirs", sender=customer.address))
    laptop.sync()

    forget(laptop.ws, customer.address, laptop.now())
    laptop.sync()

    assert [b"eve@x.test" in mail.raw for mail in account.messages("Archive")] == [True]
    assert account.messages("INBOX") == []


def test_nothing_comes_back_by_a_full_sync_an_import_or_a_new_machine(
    machine: Make, account: Account, customer: Account, smtp_server: SmtpServer, tmp_path: Path
) -> None:
    laptop = machine("laptop")
    busy_with(laptop, account, customer)
    exported = [mail.raw for mail in account.messages("INBOX")]
    forget(laptop.ws, customer.address, laptop.now())
    laptop.sync()
    # The same bytes, and the same mail as another program has written it.
    mbox = tmp_path / "old.mbox"
    changed = [raw.replace(b"Subject:", b"X-Status: RO\r\nSubject:", 1) for raw in exported]
    mbox.write_bytes(b"".join(b"From x\n" + raw + b"\n" for raw in (*exported, *changed)))
    import_mails(laptop.ws, mbox, laptop.now(), lambda _: None)
    for raw in changed:
        account.append(raw)
    laptop.sync(full=True)
    laptop.sync()
    fresh = machine("fresh")
    fresh.sync()

    for one in (laptop, fresh):
        assert ids(one.ws) == [ticket_id("<eve@x.test>")]
        assert left_in_files(one.ws, WORD, customer.address) == []
    assert left_on_server(account, WORD) == []


def test_a_restored_backup_from_before_forgets_again(
    machine: Make, account: Account, customer: Account, smtp_server: SmtpServer, tmp_path: Path
) -> None:
    laptop = machine("laptop")
    busy_with(laptop, account, customer)
    backup = tmp_path / "before.backup"
    back_up(laptop.ws, backup, lambda *_: None)
    forget(laptop.ws, customer.address, laptop.now())
    laptop.sync()
    paths = laptop.ws.paths

    done = restore(paths, backup, clock.now(), lambda *_: None)

    with open_workspace(str(laptop.config)) as ws:
        assert ids(ws) == [ticket_id("<eve@x.test>")]
        assert done.set_aside is not None
        assert [n for n in left_in_files(ws, WORD, customer.address) if "before" not in n] == []
        assert look(ws, "eve@x.test").copies == (done.set_aside,)


def test_without_a_line_it_is_erased_here_and_the_server_follows(
    machine: Make, account: Account, customer: Account, dovecot: DovecotServer,
    smtp_server: SmtpServer,
) -> None:  # fmt: skip
    with ImapProxy(dovecot) as proxy:
        laptop = machine("laptop", imap_port=proxy.imaps_port)
        busy_with(laptop, account, customer)
    forget(laptop.ws, customer.address, laptop.now())
    trouble = forget_now(laptop.ws, laptop.now)

    assert isinstance(trouble, ServerUnreachable)
    assert left_in_files(laptop.ws, WORD) == []
    [check, *_] = look_at_forgotten(laptop.ws)
    assert check.words.startswith("mails of 1 person who asked to be forgotten are still on the")
    with ImapProxy(dovecot) as proxy:
        text = laptop.config.read_text().replace(str(proxy_port(laptop)), str(proxy.imaps_port))
        laptop.config.write_text(text)
        with open_workspace(str(laptop.config)) as ws:
            again = Machine(ws, laptop.config)
            again.sync()
            assert left_words(ws) == []
            assert left_in_files(ws, WORD, customer.address) == []
    assert left_on_server(account, WORD, customer.address) == []


def proxy_port(on: Machine) -> int:
    return on.ws.config.imap.port


def test_where_the_server_cant_erase_single_mails_they_stand_marked_and_dont_come_back(
    machine: Make, account: Account, dovecot: DovecotServer
) -> None:
    write(account, "tom@okafor.test")
    other = account.append(
        letter("Mine", sender="Eve <eve@x.test>", message_id="<m@x>"), flags=[r"\Deleted"]
    )
    with ImapProxy(dovecot, BARE) as proxy:
        laptop = machine("laptop", imap_port=proxy.imaps_port)
        laptop.sync()
        forget(laptop.ws, "tom@okafor.test", laptop.now())
        laptop.sync()
        laptop.sync()

        assert [c for c in proxy.commands if c.upper().startswith((b"EXPUNGE", b"CLOSE"))] == []
    marked = {mail.uid: r"\Deleted" in mail.flags for mail in account.messages()}
    assert marked == {other - 1: True, other: True}
    assert ids(laptop.ws) == [ticket_id("<m@x>")]
    assert left_in_files(laptop.ws, WORD) == []


def test_at_google_a_mail_ends_in_trash_and_only_there(
    machine: Make,
    account: Account,
    customer: Account,
    smtp_server: SmtpServer,
    dovecot: DovecotServer,
) -> None:
    with ImapProxy(dovecot, GMAIL) as proxy:
        laptop = machine("laptop", imap_port=proxy.imaps_port)
        busy_with(laptop, account, customer)
        write(account, customer.address, folder="Archive")  # the same mail, in All Mail
        write(account, customer.address, 3, folder="Archive")  # archived long ago
        account.append(letter("Kept, too", sender="eve@x.test", message_id="<e2@x>"), "Archive")
        forget(laptop.ws, customer.address, laptop.now())
        laptop.sync()
        laptop.sync()
        box, removed = "", []
        for command in proxy.commands:
            word, _, rest = command.decode("ascii", "replace").partition(" ")
            if word in {"SELECT", "EXAMINE"}:
                box = rest.split(" (")[0].strip('"')
            elif "EXPUNGE" in command.decode("ascii", "replace"):
                removed.append(box)

    # Removing it elsewhere takes off a label, and leaves it in All Mail.
    assert {*removed} == {"Trash"}
    assert account.messages("Trash") == []
    assert left_on_server(account, WORD, customer.address) == []
    assert left_in_files(laptop.ws, WORD, customer.address) == []
    assert [b"eve@x.test" in mail.raw for mail in account.messages("Archive")] == [True]
    assert left_words(laptop.ws) == []


def test_mail_that_others_wrote_in_the_same_ticket_stays(machine: Make, account: Account) -> None:
    write(account, "tom@okafor.test")
    account.append(
        letter("Re: About it", "I have it, too.", sender="Eve <eve@x.test>",
               message_id="<e@x.test>", references="<one@okafor.test>")
    )  # fmt: skip
    laptop = machine("laptop")
    laptop.sync()
    if len(ids(laptop.ws)) == 2:
        one, two = (find_ticket(laptop.ws.store, id_) for id_ in ids(laptop.ws))
        merge(laptop.ws, [one], two, laptop.now(), different_people=True)
    plan = forget(laptop.ws, "tom@okafor.test", laptop.now())
    laptop.sync()

    assert (len(plan.whole), len(plan.shared), plan.mails) == (0, 1, 1)
    [left] = ids(laptop.ws)
    view = view_ticket(laptop.ws.store, find_ticket(laptop.ws.store, left))
    assert [entry.sender.address for entry in view.history if entry.message] == ["eve@x.test"]
    assert view.ticket.state.customer.address == "eve@x.test"
    assert left_on_server(account, WORD) == []


def test_an_idea_that_others_want_stays_without_their_words(
    machine: Make, account: Account
) -> None:
    write(account, "tom@okafor.test")
    write(account, "tom@okafor.test", 2)
    bystander(account)
    laptop = machine("laptop")
    laptop.sync()
    tom = find_ticket(laptop.ws.store, ONE)
    eve = find_ticket(laptop.ws.store, ticket_id("<eve@x.test>"))
    wanted = log_idea(laptop.ws, tom, "Dark mode", f"my {WORD}", WORD, laptop.now())
    vote(laptop.ws, eve, wanted.idea, "at night", laptop.now())
    own = find_ticket(laptop.ws.store, ticket_id("<2@x>"))
    log_idea(laptop.ws, own, f"A {WORD} mode", WORD, "", laptop.now())
    laptop.sync()
    forget(laptop.ws, "tom@okafor.test", laptop.now())
    laptop.sync()

    [idea] = read_ideas(laptop.ws.store)
    assert (idea.title, [v.words for v in idea.votes]) == ("Dark mode", ["", "at night"])
    assert left_in_files(laptop.ws, WORD) == []
    assert left_on_server(account, WORD) == []


def test_who_writes_again_is_a_new_customer(machine: Make, account: Account) -> None:
    write(account, "tom@okafor.test")
    laptop = machine("laptop")
    laptop.sync()
    forget(laptop.ws, "tom@okafor.test", laptop.now())
    laptop.sync()
    write(account, "tom@okafor.test", 9, references="<one@okafor.test>")
    laptop.sync()
    laptop.sync()

    [id_] = ids(laptop.ws)
    triage.add_note(laptop.ws, find_ticket(laptop.ws.store, id_), "back again", laptop.now())
    laptop.sync()
    fresh = machine("fresh")
    fresh.sync()
    assert fresh.picture() == laptop.picture()
    assert search_tickets(laptop.ws.store, parse_query(WORD, laptop.now())) != []


@pytest.mark.parametrize(
    "moment", ["into forgotten (", "optimize", "vacuum", "checkpoint", "address = null"]
)
def test_killed_at_any_point_the_next_round_goes_on(
    machine: Make, account: Account, moment: str
) -> None:
    write(account, "tom@okafor.test")
    bystander(account)
    laptop = machine("laptop")
    laptop.sync()
    words = [sys.executable, "-m", "tests.app.killed_forget", str(laptop.config), moment]
    assert subprocess.run(words, cwd=ROOT, check=False).returncode == -9
    if moment == "into forgotten (":
        assert len(ids(laptop.ws)) == 2
        forget(laptop.ws, "tom@okafor.test", laptop.now())
    laptop.sync()
    finish_file(laptop.ws)

    assert ids(laptop.ws) == [ticket_id("<eve@x.test>")]
    assert left_words(laptop.ws) == []
    assert left_in_files(laptop.ws, WORD, "tom@okafor.test") == []
    assert left_on_server(account, WORD) == []


@pytest.mark.parametrize("given", ["tom", "not an@address", ""])
def test_what_is_no_address_erases_nothing(ws: Workspace, given: str) -> None:
    with pytest.raises(BadInput):
        forget(ws, given, clock.now())


def test_the_team_and_strangers_are_not_forgotten(ws: Workspace, teammate: Account) -> None:
    with pytest.raises(BadInput):
        forget(ws, teammate.address, clock.now())
    with pytest.raises(NotFound):
        forget(ws, "nobody@x.test", clock.now())
