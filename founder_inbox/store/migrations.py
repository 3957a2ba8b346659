"""The schema, step by step: a released step is never edited, a change is a new step.

Times are RFC 3339 text in UTC with seconds. JSON columns hold what their comment says.
`sqlite_utils.Migrations` runs each step in a transaction of its own.
"""

from sqlite_utils import Database, Migrations

from founder_inbox.store.first_schema import FIRST_SCHEMA
from founder_inbox.store.forgotten import FORGOTTEN_TABLES
from founder_inbox.store.journal_schema import JOURNAL_TABLES, SHARE_ALL
from founder_inbox.store.knowledge_schema import ASKED_TABLE, VOTERS
from founder_inbox.store.verdicts import SORTED_TABLES

migrations = Migrations("founder_inbox")

# Equals the number of steps below; `database` compares it to know whether to run them at all.
VERSION = 20


@migrations()
def m001_first_schema(db: Database) -> None:
    """Mail as it came, messages as understood, tickets as they stand, the journal, the outbox."""
    for statement in FIRST_SCHEMA:
        db.execute(statement)


@migrations()
def m002_mails_that_could_not_be_read(db: Database) -> None:
    """The mails at which the parser failed; what an older parser understood is found quickly."""
    for statement in _M002:
        db.execute(statement)


@migrations()
def m003_veil(db: Database) -> None:
    """What came since the door closed is found, and hidden, without reading every mail."""
    for statement in _M003:
        db.execute(statement)


@migrations()
def m004_threads(db: Database) -> None:
    """Where threading filed each mail, so that merging and splitting can be taken back."""
    for statement in _M004:
        db.execute(statement)


@migrations()
def m005_mail_by_rule(db: Database) -> None:
    """What a rule writes while the founder is on a break leaves although the door is closed."""
    db.execute(_M005)


@migrations()
def m006_parts_of_large_mails(db: Database) -> None:
    """What is left on the server of a large mail, and the pieces fetched when somebody asks."""
    for statement in _M006:
        db.execute(statement)


@migrations()
def m007_long_tickets(db: Database) -> None:
    """Filing a mail costs the same however long its ticket is."""
    for statement in _M007:
        db.execute(statement)


@migrations()
def m008_files_of_drafts(db: Database) -> None:
    """Files that go along with a draft, copied when they are chosen."""
    for statement in _M008:
        db.execute(statement)


@migrations()
def m009_promises_and_clocks(db: Database) -> None:
    """What is promised to a customer, and how long a quick fix takes, stand with the ticket."""
    for statement in _M009:
        db.execute(statement)


@migrations()
def m010_outage_mail(db: Database) -> None:
    """Who gets which update about an outage: each person each one once."""
    for statement in _M010:
        db.execute(statement)


@migrations()
def m011_forwards_and_new_mails(db: Database) -> None:
    """Drafts that answer nobody keep to whom they go and about what."""
    db.execute(_M011)


@migrations()
def m012_notes_and_tags_are_found(db: Database) -> None:
    """Search finds notes, but the undone ones, and tickets by their tags."""
    for statement in _M012:
        db.execute(statement)


@migrations()
def m013_drafts_to_everybody(db: Database) -> None:
    """A draft remembers that it goes to everybody on the mail."""
    db.execute(_M013)


@migrations()
def m014_mails_out_of_files(db: Database) -> None:
    """Mails that were imported lie on no server; what they are is kept beside them."""
    db.execute(_M014)


@migrations()
def m015_asked_before(db: Database) -> None:
    """How often what a ticket asks was asked before."""
    db.execute(ASKED_TABLE)


@migrations()
def m016_the_shared_journal(db: Database) -> None:
    """The journal is shared with other machines on the mailbox, and what waits on them is seen."""
    for statement in JOURNAL_TABLES:
        db.execute(statement)


@migrations()
def m017_voters(db: Database) -> None:
    """Ideas stand in the order of how many people want them."""
    for statement in VOTERS:
        db.execute(statement)


@migrations()
def m018_where_mails_were_sorted(db: Database) -> None:
    """Where a mail stands is a line of the journal, so that every machine shows it there."""
    for statement in SORTED_TABLES:
        db.execute(statement)


@migrations()
def m019_the_right_to_be_forgotten(db: Database) -> None:
    """Who was forgotten, and what may never come back."""
    for statement in FORGOTTEN_TABLES:
        db.execute(statement)


@migrations()
def m020_how_the_founder_is_doing(db: Database) -> None:
    """Moods go to the founder's other machines from now on; older ones were said to stay."""
    for statement in SHARE_ALL:
        db.execute(statement)


_M002 = (
    """
    create table unreadable ( -- mails at which the parser failed, until one can read them
        raw integer primary key references raw(id) on delete cascade, -- the mail's bytes
        parser integer not null,             -- version of the parser that failed
        reason text not null,                -- completes "This mail could not be read: …"
        at text not null                     -- when it was tried
    ) strict
    """,
    "create index raw_parser on raw(parser, received_at) where message is not null",
)

_M003 = ("create index message_arrival on message(at, ticket)",)

_M004 = (
    """
    create table thread ( -- mails that belong together, before anybody merged or split
        key integer primary key,             -- row; the ticket named after it has the same one
        id text not null unique,             -- Crockford base32 of the root Message-ID
        root text not null,                  -- that Message-ID
        ticket integer not null references ticket(key) -- the ticket it is in now
    ) strict
    """,
    "insert into thread select key, id, root, key from ticket",
    "create index thread_ticket on thread(ticket)",
    """
    create table filed ( -- the thread of each message, for good
        message integer primary key references message(id), -- the message's row
        thread integer not null references thread(key) -- the thread's row
    ) strict
    """,
    "insert into filed select id, ticket from message",
    "create index filed_thread on filed(thread)",
    "create temporary table kept_alias as select id, ticket from ticket_alias",
    "drop table ticket_alias",
    """
    create table ticket_alias ( -- further ids of a ticket, after a merge or a rename
        id text primary key,                 -- an id this ticket is also known by
        ticket integer not null references ticket(key), -- the ticket's row
        thread integer not null references thread(key) -- the thread the id was made for
    ) strict, without rowid
    """,
    "insert into ticket_alias select id, ticket, ticket from kept_alias",
    "drop table kept_alias",
    "create index ticket_alias_ticket on ticket_alias(ticket)",
    "create index ticket_alias_thread on ticket_alias(thread)",
    "create temporary table kept_ref as select message_id, ticket from message_ref",
    "drop table message_ref",
    """
    create table message_ref ( -- which thread and ticket a Message-ID belongs to
        message_id text primary key,         -- also of mails never seen
        ticket integer not null references ticket(key), -- the ticket's row
        thread integer not null references thread(key) -- the thread's row
    ) strict, without rowid
    """,
    "insert into message_ref select message_id, ticket, ticket from kept_ref",
    "drop table kept_ref",
    "create index message_ref_ticket on message_ref(ticket)",
    "create index message_ref_thread on message_ref(thread)",
    "create index ticket_subject on ticket(bare_subject, moved_at)",
)

_M005 = """
    create table by_rule ( -- mails of the outbox that a rule wrote; they pass the closed door
        outbox integer primary key references outbox(id) on delete cascade -- the mail
    ) strict
"""

_M006 = (
    """
    create table part ( -- a part of a large mail that was left on the server
        id integer primary key autoincrement, -- row
        raw integer not null references raw(id) on delete cascade, -- whose bytes lack this part
        leaf integer not null,               -- its number among the mail's parts, as in attachments
        section text not null,               -- its number on the server (RFC 9051, 6.4.5)
        size integer not null,               -- its bytes there, still encoded
        encoding text not null,              -- base64, quoted-printable, …
        state text not null default 'left',  -- left, wanted, here, failed
        asked integer not null default 0,    -- the order in which they were asked for
        got integer not null default 0,      -- how many of its bytes are here
        answer text,                         -- why it can't be had
        unique (raw, leaf)
    ) strict
    """,
    "create index part_wanted on part(asked) where state = 'wanted'",
    """
    create table piece ( -- the bytes of a part that was fetched
        part integer not null references part(id) on delete cascade, -- the part
        start integer not null,              -- where in the part the piece begins
        body blob not null,                  -- zlib, of the bytes as the server gave them
        primary key (part, start)
    ) strict
    """,
)

_M007 = (
    """
    create table stale ( -- long tickets that still have to be worked out anew
        ticket integer primary key references ticket(key) on delete cascade, -- the ticket's row
        mails integer not null               -- how many were filed in it since it was worked out
    ) strict
    """,
    "create index message_voice on message(ticket, direction, role)",
)

_M008 = (
    """
    create table draft_file ( -- files chosen for a draft, copied at that moment
        id integer primary key autoincrement, -- row
        draft text not null,                 -- the draft's name, as draft.ticket
        outbox integer references outbox(id) on delete set null, -- the mail it left the draft with
        name text not null,                  -- the file's name, without its folder
        type text not null,                  -- media type
        size integer not null,               -- its bytes
        body blob not null,                  -- the bytes
        added_at text not null               -- when it was chosen
    ) strict
    """,
    "create index draft_file_draft on draft_file(draft)",
    "create index draft_file_outbox on draft_file(outbox) where outbox is not null",
)

# SQLite writes an added column's text into the table's own, where a comment must not be the last.
_M009 = (
    """
    alter table ticket add column
        promises text not null -- JSON list of [event, due, words, since], open, earliest first
        default '[]'
    """,
    """
    alter table ticket add column
        fix_minutes integer -- the estimate of a quick fix
        default null
    """,
    """
    alter table ticket add column
        fix_worked integer not null -- seconds on its clock before it was started last
        default 0
    """,
    """
    alter table ticket add column
        fix_started_at text -- since when its clock runs
        default null
    """,
    "create index ticket_owed on ticket(update_due_at) where update_due_at is not null",
    "create index ticket_promises on ticket(update_due_at) where promises != '[]'",
    "create index ticket_fixes on ticket(status) where quick_fix = 1",
)

_M010 = (
    """
    create table outage_mail ( -- an update about an outage, to one person
        round text not null,                 -- the update, as its event in the journal names it
        person text not null,                -- their mailbox, as replies to it are told apart
        ticket text not null,                -- the ticket it answers
        outbox integer references outbox(id) on delete cascade, -- the mail; null: none was made
        trouble text,                        -- why none could be made
        primary key (round, person)
    ) strict
    """,
    "create index outage_mail_outbox on outage_mail(outbox)",
)

_M011 = """
    create table outgoing ( -- drafts that answer nobody: forwards and new mails
        id integer primary key autoincrement, -- row; its words are the draft kind-id
        kind text not null,                  -- forward, new
        ticket text,                         -- id of the ticket that is forwarded
        message integer,                     -- the one mail of it; null: the whole ticket
        people text not null default '',     -- to whom, as typed
        subject text not null default '',    -- about what
        outbox integer references outbox(id) on delete set null, -- the mail it left as
        begun_at text not null               -- when
    ) strict
"""

# The journal is appended to in several places, also by what comes from other machines: the index
# follows by itself. A line that is taken away (a customer to be forgotten) is found no more.
_M012 = (
    """
    create virtual table search_notes using fts5 (
        event unindexed, ticket unindexed, text,  -- of the journal's lines of kind note
        prefix='2 3', tokenize='unicode61 remove_diacritics 2'
    )
    """,
    """
    insert into search_notes (event, ticket, text)
    select id, ticket, json_extract(data, '$.text') from event as note
     where kind = 'note' and not exists (
           select 1 from event as undone, json_each(undone.data, '$.events')
            where undone.kind = 'undone' and undone.ticket = note.ticket and value = note.id)
    """,
    """
    create trigger note_added after insert on event when new.kind = 'note' begin
        insert into search_notes (event, ticket, text)
        values (new.id, new.ticket, json_extract(new.data, '$.text'));
    end
    """,
    """
    create trigger note_undone after insert on event when new.kind = 'undone' begin
        delete from search_notes
         where event in (select value from json_each(new.data, '$.events'));
    end
    """,
    """
    create trigger note_taken_away after delete on event when old.kind = 'note' begin
        delete from search_notes where event = old.id;
    end
    """,
    "create index ticket_tagged on ticket(tags) where tags != '[]'",
)

_M013 = """
    create table draft_to_all ( -- replies that were begun to everybody on the mail
        draft text primary key               -- the draft's name, as draft.ticket
    ) strict, without rowid
"""

_M014 = """
    create table imported ( -- mails that came out of a file and lie on no server
        raw integer primary key references raw(id) on delete cascade, -- the mail's bytes
        role text not null,                  -- inbox, sent: where it would lie
        source text not null,                -- the file's name
        at text not null                     -- when it was imported
    ) strict
"""
