"""The tables of the journal that machines share (docs/journal.md, "Between machines")."""

# What says how the founder is doing was never shared then; m020 changed that.
JOURNAL_TABLES = (
    """
    create table journal_unshared ( -- lines of the journal that have not gone up yet
        event text primary key               -- the line's id
    ) strict, without rowid
    """,
    """
    create table journal_mail ( -- messages in the mailbox through which machines share the journal
        uid integer primary key,             -- its number there
        state text not null,                 -- read, ignored, later
        words text not null default '',      -- why it is not read
        again_at text                        -- for later: when it is looked at again
    ) strict
    """,
    """
    create table journal_place ( -- which of these messages a line of the journal lies in
        event text primary key,              -- the line's id
        uid integer not null,                -- the message's number
        extra text                           -- JSON of fields that only newer versions know
    ) strict, without rowid
    """,
    "create index journal_place_uid on journal_place(uid)",
    """
    create table waiting_mail ( -- replies that wait in the outbox of a machine, for all to see
        message_id text primary key,         -- the mail's, fixed before it leaves
        word text not null,                  -- id of the last line about it; the latest counts
        machine text not null,               -- whose outbox it is in: only that machine sends it
        at text not null,                    -- when that was said
        actor text not null,                 -- who wrote it
        ticket text,                         -- a ticket's id
        state text not null,                 -- held, queued, sending, failed, uncertain, gone
        data text not null,                  -- JSON object, fields in docs/journal.md
        uid integer                          -- the message that says so; null: has to go up yet
    ) strict, without rowid
    """,
    "create index waiting_mail_ticket on waiting_mail(ticket) where state != 'gone'",
    """
    insert into journal_unshared (event)
    select id from event where kind not in ('mood', 'rest', 'harsh_draft', 'clock_set_back')
    """,
    """
    create trigger event_to_share after insert on event
      when new.kind not in ('mood', 'rest', 'harsh_draft', 'clock_set_back') begin
        insert or ignore into journal_unshared (event) values (new.id);
    end
    """,
    """
    create table outbox_knew ( -- what was here when a mail of ours was written
        outbox integer primary key references outbox(id) on delete cascade, -- the mail
        message integer not null,            -- the newest message's row then
        journal integer not null             -- the newest message of the shared journal then
    ) strict
    """,
    """
    create trigger outbox_knows after insert on outbox begin
        insert into outbox_knew (outbox, message, journal)
        select new.id, coalesce((select max(id) from message), 0),
               coalesce((select max(uid) from journal_mail), 0);
    end
    """,
)

SHARE_ALL = (
    "drop trigger event_to_share",
    """
    create trigger event_to_share after insert on event begin
        insert or ignore into journal_unshared (event) values (new.id);
    end
    """,
)
