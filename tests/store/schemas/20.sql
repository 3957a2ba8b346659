-- Schema version 20, as it was released, with rows. Never edited.
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
insert into _sqlite_migrations ("id", "migration_set", "name", "applied_at") values (1, 'founder_inbox', 'm001_first_schema', '2026-11-20 12:00:00.000000+00:00');
insert into _sqlite_migrations ("id", "migration_set", "name", "applied_at") values (2, 'founder_inbox', 'm002_mails_that_could_not_be_read', '2026-11-20 12:00:00.000000+00:00');
insert into _sqlite_migrations ("id", "migration_set", "name", "applied_at") values (3, 'founder_inbox', 'm003_veil', '2026-11-20 12:00:00.000000+00:00');
insert into _sqlite_migrations ("id", "migration_set", "name", "applied_at") values (4, 'founder_inbox', 'm004_threads', '2026-11-20 12:00:00.000000+00:00');
insert into _sqlite_migrations ("id", "migration_set", "name", "applied_at") values (5, 'founder_inbox', 'm005_mail_by_rule', '2026-11-20 12:00:00.000000+00:00');
insert into _sqlite_migrations ("id", "migration_set", "name", "applied_at") values (6, 'founder_inbox', 'm006_parts_of_large_mails', '2026-11-20 12:00:00.000000+00:00');
insert into _sqlite_migrations ("id", "migration_set", "name", "applied_at") values (7, 'founder_inbox', 'm007_long_tickets', '2026-11-20 12:00:00.000000+00:00');
insert into _sqlite_migrations ("id", "migration_set", "name", "applied_at") values (8, 'founder_inbox', 'm008_files_of_drafts', '2026-11-20 12:00:00.000000+00:00');
insert into _sqlite_migrations ("id", "migration_set", "name", "applied_at") values (9, 'founder_inbox', 'm009_promises_and_clocks', '2026-11-20 12:00:00.000000+00:00');
insert into _sqlite_migrations ("id", "migration_set", "name", "applied_at") values (10, 'founder_inbox', 'm010_outage_mail', '2026-11-20 12:00:00.000000+00:00');
insert into _sqlite_migrations ("id", "migration_set", "name", "applied_at") values (11, 'founder_inbox', 'm011_forwards_and_new_mails', '2026-11-20 12:00:00.000000+00:00');
insert into _sqlite_migrations ("id", "migration_set", "name", "applied_at") values (12, 'founder_inbox', 'm012_notes_and_tags_are_found', '2026-11-20 12:00:00.000000+00:00');
insert into _sqlite_migrations ("id", "migration_set", "name", "applied_at") values (13, 'founder_inbox', 'm013_drafts_to_everybody', '2026-11-20 12:00:00.000000+00:00');
insert into _sqlite_migrations ("id", "migration_set", "name", "applied_at") values (14, 'founder_inbox', 'm014_mails_out_of_files', '2026-11-20 12:00:00.000000+00:00');
insert into _sqlite_migrations ("id", "migration_set", "name", "applied_at") values (15, 'founder_inbox', 'm015_asked_before', '2026-11-20 12:00:00.000000+00:00');
insert into _sqlite_migrations ("id", "migration_set", "name", "applied_at") values (16, 'founder_inbox', 'm016_the_shared_journal', '2026-11-20 12:00:00.000000+00:00');
insert into _sqlite_migrations ("id", "migration_set", "name", "applied_at") values (17, 'founder_inbox', 'm017_voters', '2026-11-20 12:00:00.000000+00:00');
insert into _sqlite_migrations ("id", "migration_set", "name", "applied_at") values (18, 'founder_inbox', 'm018_where_mails_were_sorted', '2026-11-20 12:00:00.000000+00:00');
insert into _sqlite_migrations ("id", "migration_set", "name", "applied_at") values (19, 'founder_inbox', 'm019_the_right_to_be_forgotten', '2026-11-20 12:00:00.000000+00:00');
insert into _sqlite_migrations ("id", "migration_set", "name", "applied_at") values (20, 'founder_inbox', 'm020_how_the_founder_is_doing', '2026-11-20 12:00:00.000000+00:00');
CREATE TABLE setting ( -- single facts about this database
        name text primary key,      -- 'machine', 'ticket_secret', 'quiet_before', …
        value text not null         -- never a password or a token
    ) strict, without rowid
    ;
insert into setting ("name", "value") values ('machine', 'f226ccca');
insert into setting ("name", "value") values ('ticket_secret', '5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f');
CREATE TABLE mailbox ( -- one row per mailbox of the server that is synced
        id integer primary key autoincrement, -- row
        name text not null unique,            -- as the server spells it, decoded
        role text not null,                   -- 'inbox', 'sent', 'archive', 'junk', 'trash'
        uidvalidity integer not null,         -- RFC 9051, 2.3.1.1
        uidnext integer not null default 1,   -- the first UID not yet fetched
        highestmodseq integer not null default 0, -- RFC 7162; 0: the server has no CONDSTORE
        messages integer not null default 0,  -- how many the server said there are
        checked_at text,                      -- when the whole UID set was last compared
        trouble text                          -- a sentence when the sync stopped here to ask
    ) strict
    ;
insert into mailbox ("id", "name", "role", "uidvalidity", "uidnext", "highestmodseq", "messages", "checked_at", "trouble") values (1, 'INBOX', 'inbox', 7, 9, 12, 3, '2026-11-20T12:00:00Z', NULL);
insert into mailbox ("id", "name", "role", "uidvalidity", "uidnext", "highestmodseq", "messages", "checked_at", "trouble") values (4, 'Gesendet ✈', 'sent', 1, 2, 0, 1, NULL, 'It was renumbered.');
CREATE TABLE raw ( -- mail as it came, byte for byte, kept before anything reads it
        id integer primary key autoincrement, -- row; the order of arrival here
        sha256 text not null unique,     -- of the bytes as the server gave them
        size integer not null,           -- of the whole mail on the server, in bytes
        complete integer not null default 1, -- 0: only the beginning was fetched
        received_at text not null,       -- INTERNALDATE
        message integer references message(id), -- null until it is understood
        parser integer not null default 0, -- version of the parser that understood it
        body blob not null               -- zlib; last, so that nothing else is read through it
    ) strict
    ;
insert into raw ("id", "sha256", "size", "complete", "received_at", "message", "parser", "body") values (1, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 227, 1, '2026-11-20T12:00:00Z', 1, 1, X'789C5D4E410E824010BB6FB27F98BB80C8C198150D8988F1A01EE4032B0E8A0283BB83D1D7F8116F7E4CE468D3A44D67D23431542948A982DD55E7642064AA22EABDC768792E454A0A6CDB346438D259857D2EC5BE3D5C306305CBC7EF04856528118D141BB4569FD05DC70AC2DB5F5BAC191524A67020F0614BF74E82318C02E5FB1D61E0779062413563CD6EFA6CBA77C6070F9B5217F514B2B3361679D672EE4EA49062653EEFCF0B1D38A2F91FE349F105524249BF');
insert into raw ("id", "sha256", "size", "complete", "received_at", "message", "parser", "body") values (2, 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 128, 1, '2026-11-20T12:00:00Z', 2, 1, X'789C4DCC410AC2301046E17D60EEF05F400F108AAD28828BAEEA05A6CDA051C394C9043CBED08D6E1F7CEF625A22C6CCE84AE6E1B377A97EA070D388DAD655CD075E8A6C9DC2D4E6A72C1E7144627B89A168120AA3D4CA77D95DCF115DFE6D289CB4BD13FC21269805FCEF7A0A5FA17F2964');
insert into raw ("id", "sha256", "size", "complete", "received_at", "message", "parser", "body") values (5, 'cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc', 9000000, 0, '2026-11-21T09:30:00Z', NULL, 0, X'789C732BCACFB552C84B2D77A8D02B492D2EE1E50A2E4DCA4A4D2EB152F0CB2F51A84C2D5128CD4B492D2A2EC9CF4FE1E5F24D2D2E4E4C4FD5F574B152B0C983EAB1E3E5E2E5F24B2DD7E3E5020037881945');
insert into raw ("id", "sha256", "size", "complete", "received_at", "message", "parser", "body") values (6, 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee', 900, 1, '2026-11-20T12:00:00Z', NULL, 1, X'789C030000000001');
CREATE TABLE location ( -- where on the server a raw mail lies, or lay
        id integer primary key autoincrement, -- row
        mailbox integer not null references mailbox(id), -- which mailbox
        uidvalidity integer not null,         -- a UID counts only together with it
        uid integer not null,                 -- the mail's number there (RFC 9051, 2.3.1.1)
        raw integer not null references raw(id), -- the mail's bytes
        seen integer not null default 0,       -- \Seen
        answered integer not null default 0,   -- \Answered
        flagged integer not null default 0,    -- \Flagged
        keywords text not null default '',     -- others, space between
        gone_at text,                          -- when the server stopped having it here
        unique (mailbox, uidvalidity, uid)
    ) strict
    ;
insert into location ("id", "mailbox", "uidvalidity", "uid", "raw", "seen", "answered", "flagged", "keywords", "gone_at") values (1, 1, 7, 3, 1, 1, 1, 0, '$Forwarded', NULL);
insert into location ("id", "mailbox", "uidvalidity", "uid", "raw", "seen", "answered", "flagged", "keywords", "gone_at") values (2, 1, 7, 4, 2, 0, 0, 1, '', '2026-11-21T09:30:00Z');
insert into location ("id", "mailbox", "uidvalidity", "uid", "raw", "seen", "answered", "flagged", "keywords", "gone_at") values (3, 1, 7, 8, 5, 0, 0, 0, '', NULL);
CREATE TABLE ticket ( -- how each stands, worked out from messages, events, outbox
        key integer primary key autoincrement, -- row; only in this database
        id text not null unique,             -- Crockford base32 of the root Message-ID
        root text not null,                  -- that Message-ID
        subject text not null,                -- of the first mail
        bare_subject text not null,          -- without reply marks, folded
        customer_name text not null,          -- as in the customer's From
        customer_address text not null,       -- where an answer goes
        status text not null,                -- open, waiting, snoozed, handed_off, closed
        lane text not null,                  -- thanks, urgent, howto, feature, automatic
        topic text,                          -- billing, outage, bug, security
        lane_reasons text not null,          -- JSON list of words a person can read
        lane_sure integer not null,          -- 0: a doubt
        lane_rank integer not null,          -- position in the queue's order
        topic_rank integer not null,         -- billing first
        quick_fix integer not null,           -- 1: flagged as fixed in under 20 minutes
        assignee text,                       -- a teammate's name
        back_from text,                      -- the teammate it came back from
        tags text not null,                  -- JSON list
        delivery_failed integer not null,     -- 1: a mail of ours did not arrive
        unread integer not null,              -- 1: a mail in it has not been seen
        messages integer not null,            -- how many mails, both ways
        customer_messages integer not null,  -- how many of them the customer wrote
        opened_at text not null,              -- arrival of the first mail
        waiting_since text,                  -- the first customer mail nobody has answered
        last_customer_at text,                -- their last mail
        last_reply_at text,                   -- our last mail to them
        moved_at text not null,              -- the last thing that happened
        snoozed_until text,                   -- when it comes back, null unless snoozed
        update_due_at text                   -- from then on the customer is owed a word
    , promises text not null -- JSON list of [event, due, words, since], open, earliest first
        default '[]', fix_minutes integer -- the estimate of a quick fix
        default null, fix_worked integer not null -- seconds on its clock before it was started last
        default 0, fix_started_at text -- since when its clock runs
        default null, voters integer not null -- how many people want the idea it is about
        default 0, idea_rank integer not null -- the voters below zero in the lane of ideas, 0 elsewhere
        default 0) strict
    ;
insert into ticket ("key", "id", "root", "subject", "bare_subject", "customer_name", "customer_address", "status", "lane", "topic", "lane_reasons", "lane_sure", "lane_rank", "topic_rank", "quick_fix", "assignee", "back_from", "tags", "delivery_failed", "unread", "messages", "customer_messages", "opened_at", "waiting_since", "last_customer_at", "last_reply_at", "moved_at", "snoozed_until", "update_due_at", "promises", "fix_minutes", "fix_worked", "fix_started_at", "voters", "idea_rank") values (1, 'yzb9a2v', '<q@okafor.test>', 'Export ist leer', 'export ist leer', 'Tom Okafor', 'tom@okafor.test', 'waiting', 'howto', NULL, '["asks how to do something"]', 1, 2, 4, 0, NULL, NULL, '["import"]', 0, 0, 2, 1, '2026-11-20T12:00:00Z', NULL, '2026-11-20T12:00:00Z', '2026-11-21T09:30:00Z', '2026-11-20T12:00:00Z', NULL, NULL, '[["01a206fb0992-0000-f226ccca", "2026-11-27T12:00:00Z", "by Friday", "2026-11-20T12:00:00Z"]]', 15, 240, NULL, 0, 0);
insert into ticket ("key", "id", "root", "subject", "bare_subject", "customer_name", "customer_address", "status", "lane", "topic", "lane_reasons", "lane_sure", "lane_rank", "topic_rank", "quick_fix", "assignee", "back_from", "tags", "delivery_failed", "unread", "messages", "customer_messages", "opened_at", "waiting_since", "last_customer_at", "last_reply_at", "moved_at", "snoozed_until", "update_due_at", "promises", "fix_minutes", "fix_worked", "fix_started_at", "voters", "idea_rank") values (3, '1m40b7q', '<i@x.test>', 'A darker mode', 'a darker mode', 'Mia', 'mia@x.test', 'snoozed', 'feature', 'billing', '["you moved it here"]', 1, 3, 4, 1, 'Vlad', 'Vlad', '[]', 0, 1, 1, 1, '2026-11-20T12:00:00Z', '2026-11-20T12:00:00Z', '2026-11-20T12:00:00Z', NULL, '2026-11-20T12:00:00Z', '2026-11-25T17:00:00Z', '2026-11-21T09:30:00Z', '[]', NULL, 0, NULL, 2, -2);
CREATE TABLE message ( -- mail as it was understood; made anew from raw when the parser learns
        id integer primary key autoincrement, -- row; also the search's rowid
        ticket integer not null references ticket(key), -- the ticket's row
        key text not null unique,            -- of Message-ID, sender and text
        message_id text not null,             -- with its angle brackets; ours if the mail had none
        at text not null,                    -- arrival at the server (INTERNALDATE), or acceptance
        date text,                           -- what its Date header claims
        direction text not null,             -- in, out
        role text not null,                  -- customer, us, teammate, internal, machine
        kind text not null,                  -- customer, automatic, bulk, bounce
        sender_name text not null,            -- From, the name
        sender_address text not null,         -- From, the address
        reply_to text not null,              -- JSON list of [name, address]
        recipients_to text not null,         -- JSON list of [name, address]
        recipients_cc text not null,         -- JSON list of [name, address]
        subject text not null,                -- decoded, on one line
        "references" text not null,          -- JSON list of Message-IDs
        interleaved integer not null default 0, -- answers between the quotes: show the whole text
        attachments text not null,           -- JSON list of {name, type, size, part}
        warnings text not null,              -- JSON list of sentences
        bounce_of text,                      -- Message-ID that a bounce is about
        delivery_failed integer not null default 0, -- a final bounce
        lane text not null,                   -- the sorter's word on this mail alone
        topic text,                           -- the sorter's topic, null for none
        lane_reasons text not null,          -- JSON list
        lane_sure integer not null,          -- 0: a doubt
        outbox integer references outbox(id), -- the row it left by, if it left from here
        text text not null,                  -- the whole readable body; long texts stand last
        new_text text not null,              -- what is new in it
        quoted text not null,                -- what it quotes
        signature text not null              -- their signature, folded on screen
    ) strict
    ;
insert into message ("id", "ticket", "key", "message_id", "at", "date", "direction", "role", "kind", "sender_name", "sender_address", "reply_to", "recipients_to", "recipients_cc", "subject", "references", "interleaved", "attachments", "warnings", "bounce_of", "delivery_failed", "lane", "topic", "lane_reasons", "lane_sure", "outbox", "text", "new_text", "quoted", "signature") values (1, 1, '14f2210eb12e4e9e4dd4899766f28877', '<q@okafor.test>', '2026-11-20T12:00:00Z', '2026-11-20T12:00:00Z', 'in', 'customer', 'customer', 'Tom Okafor', 'tom@okafor.test', '[]', '[["", "support@acme.test"]]', '[]', 'Export ist leer', '[]', 0, '[]', '[]', NULL, 0, 'howto', NULL, '["asks how to do something"]', 1, NULL, 'Grüße, der Export ist leer.

Tom', 'Grüße, der Export ist leer.', '', 'Tom');
insert into message ("id", "ticket", "key", "message_id", "at", "date", "direction", "role", "kind", "sender_name", "sender_address", "reply_to", "recipients_to", "recipients_cc", "subject", "references", "interleaved", "attachments", "warnings", "bounce_of", "delivery_failed", "lane", "topic", "lane_reasons", "lane_sure", "outbox", "text", "new_text", "quoted", "signature") values (2, 3, '0307307365de602266520efc8f2aee9b', '<i@x.test>', '2026-11-20T12:00:00Z', '2026-11-20T12:00:00Z', 'in', 'customer', 'customer', 'Mia', 'mia@x.test', '[]', '[["", "support@acme.test"]]', '[]', 'A darker mode', '[]', 0, '[]', '[]', NULL, 0, 'feature', NULL, '["asks how to do something"]', 1, NULL, 'Could there be a darker mode?', 'Could there be a darker mode?', '', '');
insert into message ("id", "ticket", "key", "message_id", "at", "date", "direction", "role", "kind", "sender_name", "sender_address", "reply_to", "recipients_to", "recipients_cc", "subject", "references", "interleaved", "attachments", "warnings", "bounce_of", "delivery_failed", "lane", "topic", "lane_reasons", "lane_sure", "outbox", "text", "new_text", "quoted", "signature") values (3, 1, '99999999999999999999999999999999', '<ours@acme.test>', '2026-11-21T09:30:00Z', '2026-11-20T12:00:00Z', 'out', 'us', 'customer', 'Ana', 'support@acme.test', '[]', '[["Tom Okafor", "tom@okafor.test"]]', '[]', 'Re: Export ist leer', '["<q@okafor.test>"]', 0, '[]', '[]', NULL, 0, 'howto', NULL, '["asks how to do something"]', 1, 1, 'Hi Tom, it works.', 'Hi Tom, it works.', '', '');
CREATE VIRTUAL TABLE search using fts5 (
        subject, sender, recipients, new_text, rest,     -- rowid is message.id
        content='', prefix='2 3', tokenize='unicode61 remove_diacritics 2'
    );
insert into search ("rowid", "subject", "sender", "recipients", "new_text", "rest") values (1, 'Export ist leer', 'Tom Okafor tom@okafor.test', 'support@acme.test', 'Grüße, der Export ist leer.', 'Tom');
insert into search ("rowid", "subject", "sender", "recipients", "new_text", "rest") values (2, 'A darker mode', 'Mia mia@x.test', 'support@acme.test', 'Could there be a darker mode?', '');
CREATE TABLE event ( -- the journal: what people did, appended and never changed
        id text primary key,                 -- hybrid logical clock, sorts by what came first
        at text not null,                     -- when it happened
        actor text not null,                 -- who did it
        ticket text,                         -- a ticket's id, null for the day itself
        kind text not null,                   -- listed in docs/journal.md
        data text not null                   -- JSON object, fields in docs/journal.md
    ) strict, without rowid
    ;
insert into event ("id", "at", "actor", "ticket", "kind", "data") values ('01a206fb0992-0000-f226ccca', '2026-11-20T12:00:00Z', 'Ana', 'yzb9a2v', 'note', '{"text": "the walrus"}');
insert into event ("id", "at", "actor", "ticket", "kind", "data") values ('01a206fb0993-0000-f226ccca', '2026-11-20T12:00:00Z', 'Ana', 'yzb9a2v', 'note', '{"text": "no penguin"}');
insert into event ("id", "at", "actor", "ticket", "kind", "data") values ('01a206fb0994-0000-f226ccca', '2026-11-20T12:00:00Z', 'Ana', 'yzb9a2v', 'undone', '{"events": ["01a206fb0993-0000-f226ccca"]}');
insert into event ("id", "at", "actor", "ticket", "kind", "data") values ('01a206fb0999-0000-f226ccca', '2026-11-20T12:00:00Z', 'Ana', '1m40b7q', 'lane', '{"lane": "feature", "from": "howto"}');
insert into event ("id", "at", "actor", "ticket", "kind", "data") values ('01a206fb0a7a-0000-f226ccca', '2026-11-20T12:00:00Z', 'Ana', '1m40b7q', 'snoozed', '{"until": "2026-11-25T17:00:00Z", "seen": 1}');
insert into event ("id", "at", "actor", "ticket", "kind", "data") values ('01a206fb0a7b-0000-f226ccca', '2026-11-20T12:00:00Z', 'Ana', NULL, 'mood', '{"mood": 2}');
insert into event ("id", "at", "actor", "ticket", "kind", "data") values ('01a206fb0b01-0000-f226ccca', '2026-11-20T12:00:00Z', 'Ana', NULL, 'sorted', '{"mails": [{"mail": "14f2210eb12e4e9e4dd4899766f28877", "lane": "howto", "topic": null, "reasons": ["asks how to do something"], "sure": true}]}');
insert into event ("id", "at", "actor", "ticket", "kind", "data") values ('01a206fb0b02-0000-f226ccca', '2026-11-20T12:00:00Z', 'Ana', NULL, 'forgotten', '{"mails": ["dddddddddddddddddddddddddddddddd"], "keys": ["cccccccccccccccccccccccccccccccc"], "tickets": ["0ldt1ck"], "lines": [], "emptied": []}');
CREATE TABLE outbox ( -- mail of ours on its way, and mail that has left
        id integer primary key autoincrement, -- row; what `outbox cancel` and `retry` name
        ticket text,                         -- a ticket's id
        message_id text not null unique,     -- ours, fixed before the first attempt
        mime blob not null,                  -- the exact bytes; a retry sends these again
        sender text not null,                -- envelope, RFC 5321 MAIL FROM
        recipients text not null,            -- JSON list, RFC 5321 RCPT TO
        subject text not null,                -- as in the mail, for lists
        body text not null,                  -- the draft, to bring it back into the editor
        then_do text not null,               -- wait, close, internal: once accepted
        seen integer,                        -- customer mails its writer had seen; null: any
        state text not null,                 -- held, queued, sending, sent, failed, uncertain
        step text not null default '',       -- within sending: connecting, data
        not_before text not null,            -- held until then
        attempts integer not null default 0, -- counted before the attempt is made
        created_at text not null,             -- when it was written
        moved_at text not null,               -- when the state last changed
        code integer,                        -- the server's reply code
        answer text                          -- the server's words, or why it waits
    ) strict
    ;
insert into outbox ("id", "ticket", "message_id", "mime", "sender", "recipients", "subject", "body", "then_do", "seen", "state", "step", "not_before", "attempts", "created_at", "moved_at", "code", "answer") values (1, 'yzb9a2v', '<ours@acme.test>', X'46726F6D3A20737570706F72744061636D652E746573740D0A4D6573736167652D49443A203C6F7572734061636D652E746573743E0D0A0D0A486920546F6D2C20697420776F726B732E0D0A', 'support@acme.test', '["tom@okafor.test"]', 'Re: Export ist leer', 'Hi Tom, it works.', 'wait', 1, 'sent', '', '2026-11-20T12:00:00Z', 1, '2026-11-20T12:00:00Z', '2026-11-21T09:30:00Z', 250, '2.0.0 Ok: queued');
insert into outbox ("id", "ticket", "message_id", "mime", "sender", "recipients", "subject", "body", "then_do", "seen", "state", "step", "not_before", "attempts", "created_at", "moved_at", "code", "answer") values (2, '1m40b7q', '<held@acme.test>', X'00FF0D0A', 'support@acme.test', '["mia@x.test"]', 'Re: A darker mode', 'Hi Mia ☀', 'close', NULL, 'held', '', '2026-11-25T08:00:00Z', 0, '2026-11-21T09:30:00Z', '2026-11-21T09:30:00Z', NULL, NULL);
CREATE TABLE action ( -- what the server still has to be told
        id integer primary key autoincrement, -- row; done in this order
        raw integer references raw(id),      -- the mail it is about; null for append_sent
        outbox integer references outbox(id),-- for append_sent
        kind text not null,                  -- seen, answered, flagged, unflagged, move, …
        target text not null default '',     -- for move: the mailbox role
        created_at text not null,             -- when the founder did it
        attempts integer not null default 0,  -- how often it was tried
        not_before text not null,             -- tried again from then on
        state text not null default 'queued',-- queued, done, failed
        answer text                          -- the server's words
    ) strict
    ;
insert into action ("id", "raw", "outbox", "kind", "target", "created_at", "attempts", "not_before", "state", "answer") values (1, 1, NULL, 'seen', '', '2026-11-20T12:00:00Z', 2, '2026-11-21T09:30:00Z', 'queued', 'No connection.');
insert into action ("id", "raw", "outbox", "kind", "target", "created_at", "attempts", "not_before", "state", "answer") values (2, NULL, 1, 'append_sent', '', '2026-11-20T12:00:00Z', 0, '2026-11-20T12:00:00Z', 'done', NULL);
CREATE TABLE draft ( -- every word typed and not sent yet
        ticket text primary key,             -- a ticket's id, or 'new'
        body text not null,                   -- the words so far
        updated_at text not null              -- when they were last saved
    ) strict, without rowid
    ;
insert into draft ("ticket", "body", "updated_at") values ('yzb9a2v', 'Half a sentence
and', '2026-11-21T09:30:00Z');
CREATE TABLE canned_use ( -- how often each canned reply was used, for the picker's order
        name text primary key,               -- a canned reply's name
        uses integer not null,                -- how often
        used_at text not null                 -- when last
    ) strict, without rowid
    ;
insert into canned_use ("name", "uses", "used_at") values ('fixed', 3, '2026-11-20T12:00:00Z');
CREATE TABLE sync_state ( -- what the syncing process does, one row
        id integer primary key check (id = 1), -- always 1
        pid integer not null,                -- of the process that syncs, 0: none
        doing text not null,                 -- idle, connecting, fetching, offline, refused
        progress text not null,              -- words for the header, may be empty
        synced_at text,                      -- when a round last ended well
        error text                           -- the sentence of the last failure
    ) strict
    ;
insert into sync_state ("id", "pid", "doing", "progress", "synced_at", "error") values (1, 0, 'idle', '', '2026-11-20T12:00:00Z', NULL);
CREATE TABLE unreadable ( -- mails at which the parser failed, until one can read them
        raw integer primary key references raw(id) on delete cascade, -- the mail's bytes
        parser integer not null,             -- version of the parser that failed
        reason text not null,                -- completes "This mail could not be read: …"
        at text not null                     -- when it was tried
    ) strict
    ;
insert into unreadable ("raw", "parser", "reason", "at") values (5, 1, 'it took too long', '2026-11-21T09:30:00Z');
CREATE TABLE thread ( -- mails that belong together, before anybody merged or split
        key integer primary key,             -- row; the ticket named after it has the same one
        id text not null unique,             -- Crockford base32 of the root Message-ID
        root text not null,                  -- that Message-ID
        ticket integer not null references ticket(key) -- the ticket it is in now
    ) strict
    ;
insert into thread ("key", "id", "root", "ticket") values (1, 'yzb9a2v', '<q@okafor.test>', 1);
insert into thread ("key", "id", "root", "ticket") values (3, '1m40b7q', '<i@x.test>', 3);
CREATE TABLE filed ( -- the thread of each message, for good
        message integer primary key references message(id), -- the message's row
        thread integer not null references thread(key) -- the thread's row
    ) strict
    ;
insert into filed ("message", "thread") values (1, 1);
insert into filed ("message", "thread") values (2, 3);
insert into filed ("message", "thread") values (3, 1);
CREATE TABLE ticket_alias ( -- further ids of a ticket, after a merge or a rename
        id text primary key,                 -- an id this ticket is also known by
        ticket integer not null references ticket(key), -- the ticket's row
        thread integer not null references thread(key) -- the thread the id was made for
    ) strict, without rowid
    ;
insert into ticket_alias ("id", "ticket", "thread") values ('0dd0dd0', 1, 1);
CREATE TABLE message_ref ( -- which thread and ticket a Message-ID belongs to
        message_id text primary key,         -- also of mails never seen
        ticket integer not null references ticket(key), -- the ticket's row
        thread integer not null references thread(key) -- the thread's row
    ) strict, without rowid
    ;
insert into message_ref ("message_id", "ticket", "thread") values ('<i@x.test>', 3, 3);
insert into message_ref ("message_id", "ticket", "thread") values ('<never-seen@okafor.test>', 1, 1);
insert into message_ref ("message_id", "ticket", "thread") values ('<q@okafor.test>', 1, 1);
CREATE TABLE by_rule ( -- mails of the outbox that a rule wrote; they pass the closed door
        outbox integer primary key references outbox(id) on delete cascade -- the mail
    ) strict
;
insert into by_rule ("outbox") values (2);
CREATE TABLE part ( -- a part of a large mail that was left on the server
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
    ;
insert into part ("id", "raw", "leaf", "section", "size", "encoding", "state", "asked", "got", "answer") values (1, 5, 1, '2', 8000000, 'base64', 'wanted', 1, 4, NULL);
CREATE TABLE piece ( -- the bytes of a part that was fetched
        part integer not null references part(id) on delete cascade, -- the part
        start integer not null,              -- where in the part the piece begins
        body blob not null,                  -- zlib, of the bytes as the server gave them
        primary key (part, start)
    ) strict
    ;
insert into piece ("part", "start", "body") values (1, 0, X'789C4B74CFB6050003700151');
CREATE TABLE stale ( -- long tickets that still have to be worked out anew
        ticket integer primary key references ticket(key) on delete cascade, -- the ticket's row
        mails integer not null               -- how many were filed in it since it was worked out
    ) strict
    ;
insert into stale ("ticket", "mails") values (3, 2);
CREATE TABLE draft_file ( -- files chosen for a draft, copied at that moment
        id integer primary key autoincrement, -- row
        draft text not null,                 -- the draft's name, as draft.ticket
        outbox integer references outbox(id) on delete set null, -- the mail it left the draft with
        name text not null,                  -- the file's name, without its folder
        type text not null,                  -- media type
        size integer not null,               -- its bytes
        body blob not null,                  -- the bytes
        added_at text not null               -- when it was chosen
    ) strict
    ;
insert into draft_file ("id", "draft", "outbox", "name", "type", "size", "body", "added_at") values (1, 'yzb9a2v', NULL, 'Bild ä.png', 'image/png', 3, X'89504E', '2026-11-21T09:30:00Z');
CREATE TABLE outage_mail ( -- an update about an outage, to one person
        round text not null,                 -- the update, as its event in the journal names it
        person text not null,                -- their mailbox, as replies to it are told apart
        ticket text not null,                -- the ticket it answers
        outbox integer references outbox(id) on delete cascade, -- the mail; null: none was made
        trouble text,                        -- why none could be made
        primary key (round, person)
    ) strict
    ;
insert into outage_mail ("round", "person", "ticket", "outbox", "trouble") values ('01a206fb0b00-0000-f226ccca', 'tom@okafor.test', 'yzb9a2v', 1, NULL);
CREATE TABLE outgoing ( -- drafts that answer nobody: forwards and new mails
        id integer primary key autoincrement, -- row; its words are the draft kind-id
        kind text not null,                  -- forward, new
        ticket text,                         -- id of the ticket that is forwarded
        message integer,                     -- the one mail of it; null: the whole ticket
        people text not null default '',     -- to whom, as typed
        subject text not null default '',    -- about what
        outbox integer references outbox(id) on delete set null, -- the mail it left as
        begun_at text not null               -- when
    ) strict
;
insert into outgoing ("id", "kind", "ticket", "message", "people", "subject", "outbox", "begun_at") values (1, 'forward', 'yzb9a2v', 1, 'vlad@x.test', 'Fwd: Export ist leer', NULL, '2026-11-21T09:30:00Z');
CREATE VIRTUAL TABLE search_notes using fts5 (
        event unindexed, ticket unindexed, text,  -- of the journal's lines of kind note
        prefix='2 3', tokenize='unicode61 remove_diacritics 2'
    );
insert into search_notes ("event", "ticket", "text") values ('01a206fb0992-0000-f226ccca', 'yzb9a2v', 'the walrus');
CREATE TABLE draft_to_all ( -- replies that were begun to everybody on the mail
        draft text primary key               -- the draft's name, as draft.ticket
    ) strict, without rowid
;
insert into draft_to_all ("draft") values ('yzb9a2v');
CREATE TABLE imported ( -- mails that came out of a file and lie on no server
        raw integer primary key references raw(id) on delete cascade, -- the mail's bytes
        role text not null,                  -- inbox, sent: where it would lie
        source text not null,                -- the file's name
        at text not null                     -- when it was imported
    ) strict
;
insert into imported ("raw", "role", "source", "at") values (2, 'inbox', 'old.mbox', '2026-11-20T12:00:00Z');
CREATE TABLE asked ( -- how-do-I tickets that were compared with earlier ones
        ticket integer primary key references ticket(key) on delete cascade, -- the ticket's row
        times integer not null,              -- how many other customers had asked the same
        article text                         -- the FAQ article that answers it
    ) strict
;
insert into asked ("ticket", "times", "article") values (1, 4, 'empty-export');
CREATE TABLE journal_unshared ( -- lines of the journal that have not gone up yet
        event text primary key               -- the line's id
    ) strict, without rowid
    ;
insert into journal_unshared ("event") values ('01a206fb0992-0000-f226ccca');
insert into journal_unshared ("event") values ('01a206fb0993-0000-f226ccca');
insert into journal_unshared ("event") values ('01a206fb0994-0000-f226ccca');
insert into journal_unshared ("event") values ('01a206fb0999-0000-f226ccca');
insert into journal_unshared ("event") values ('01a206fb0a7a-0000-f226ccca');
insert into journal_unshared ("event") values ('01a206fb0a7b-0000-f226ccca');
insert into journal_unshared ("event") values ('01a206fb0b01-0000-f226ccca');
insert into journal_unshared ("event") values ('01a206fb0b02-0000-f226ccca');
CREATE TABLE journal_mail ( -- messages in the mailbox through which machines share the journal
        uid integer primary key,             -- its number there
        state text not null,                 -- read, ignored, later
        words text not null default '',      -- why it is not read
        again_at text                        -- for later: when it is looked at again
    ) strict
    ;
insert into journal_mail ("uid", "state", "words", "again_at") values (4, 'later', 'from a newer version', '2026-11-21T09:30:00Z');
CREATE TABLE journal_place ( -- which of these messages a line of the journal lies in
        event text primary key,              -- the line's id
        uid integer not null,                -- the message's number
        extra text                           -- JSON of fields that only newer versions know
    ) strict, without rowid
    ;
insert into journal_place ("event", "uid", "extra") values ('01a206fb0999-0000-f226ccca', 3, '{"new": 1}');
CREATE TABLE waiting_mail ( -- replies that wait in the outbox of a machine, for all to see
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
    ;
insert into waiting_mail ("message_id", "word", "machine", "at", "actor", "ticket", "state", "data", "uid") values ('<held@acme.test>', '01a206fb0a7a-0001-f226ccca', 'f226ccca', '2026-11-21T09:30:00Z', 'Ana', '1m40b7q', 'held', '{"to": ["mia@x.test"]}', NULL);
CREATE TABLE outbox_knew ( -- what was here when a mail of ours was written
        outbox integer primary key references outbox(id) on delete cascade, -- the mail
        message integer not null,            -- the newest message's row then
        journal integer not null             -- the newest message of the shared journal then
    ) strict
    ;
insert into outbox_knew ("outbox", "message", "journal") values (1, 3, 0);
insert into outbox_knew ("outbox", "message", "journal") values (2, 3, 0);
CREATE TABLE sorted_mail ( -- where mails stand, as the first machine that sorted them said
        mail text primary key,               -- as message.key; the mail may not be here yet
        event text not null,                 -- the line that says so: the lowest id counts
        lane text not null,                  -- as message.lane
        topic text,                          -- as message.topic
        reasons text not null,               -- as message.lane_reasons
        sure integer not null,               -- as message.lane_sure
        settled integer not null default 0   -- 1: the message was made equal to it, if it is here
    ) strict, without rowid
    ;
insert into sorted_mail ("mail", "event", "lane", "topic", "reasons", "sure", "settled") values ('14f2210eb12e4e9e4dd4899766f28877', '01a206fb0b01-0000-f226ccca', 'howto', NULL, '["asks how to do something"]', 1, 0);
CREATE TABLE forgotten ( -- people whose mails were erased, without a word of who they were
        event text primary key,              -- the line of the journal that says so
        address text,                        -- only until the server's part is done
        message_ids text,                    -- JSON list of ids, only until then
        on_server integer not null,          -- 1: mails of theirs may still lie on the server
        in_file integer not null,            -- 1: the file has to be written anew, 2: the WAL cut
        trouble text                         -- what is in the way
    ) strict, without rowid
    ;
insert into forgotten ("event", "address", "message_ids", "on_server", "in_file", "trouble") values ('01a206fb0b02-0000-f226ccca', 'gone@x.test', '["<gone@x.test>"]', 1, 2, 'it would not');
CREATE TABLE forgotten_mark ( -- mails that were erased, by a hash, so that none comes back
        mark text primary key,               -- of Message-ID, sender and Date
        event text not null                  -- the line of the journal that says so
    ) strict, without rowid
    ;
insert into forgotten_mark ("mark", "event") values ('dddddddddddddddddddddddddddddddd', '01a206fb0b02-0000-f226ccca');
CREATE TABLE forgotten_mail ( -- rows of raw whose bytes were erased
        raw integer primary key references raw(id) on delete cascade, -- its hash is kept there
        at text not null                     -- when they were erased
    ) strict
    ;
insert into forgotten_mail ("raw", "at") values (6, '2026-11-21T09:30:00Z');
CREATE TABLE journal_rewrite ( -- messages of the shared journal to be looked through for them
        uid integer primary key              -- the message's number
    ) strict
    ;
insert into journal_rewrite ("uid") values (4);
CREATE INDEX action_outbox on action(outbox) where outbox is not null;
CREATE INDEX action_queue on action(state, not_before);
CREATE INDEX action_raw on action(raw) where raw is not null;
CREATE INDEX draft_file_draft on draft_file(draft);
CREATE INDEX draft_file_outbox on draft_file(outbox) where outbox is not null;
CREATE INDEX event_kind on event(kind, at);
CREATE INDEX event_ticket on event(ticket) where ticket is not null;
CREATE INDEX filed_thread on filed(thread);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX journal_place_uid on journal_place(uid);
CREATE INDEX location_raw on location(raw);
CREATE INDEX message_arrival on message(at, ticket);
CREATE INDEX message_message_id on message(message_id);
CREATE INDEX message_outbox on message(outbox) where outbox is not null;
CREATE INDEX message_ref_thread on message_ref(thread);
CREATE INDEX message_ref_ticket on message_ref(ticket);
CREATE INDEX message_ticket on message(ticket, at);
CREATE INDEX message_voice on message(ticket, direction, role);
CREATE INDEX outage_mail_outbox on outage_mail(outbox);
CREATE INDEX outbox_live on outbox(state, not_before);
CREATE INDEX part_wanted on part(asked) where state = 'wanted';
CREATE INDEX raw_message on raw(message);
CREATE INDEX raw_parser on raw(parser, received_at) where message is not null;
CREATE INDEX sorted_mail_unsettled on sorted_mail(mail) where settled = 0;
CREATE INDEX thread_ticket on thread(ticket);
CREATE INDEX ticket_alias_thread on ticket_alias(thread);
CREATE INDEX ticket_alias_ticket on ticket_alias(ticket);
CREATE INDEX ticket_counts on ticket(status, lane, topic, delivery_failed, update_due_at);
CREATE INDEX ticket_customer on ticket(customer_address, bare_subject);
CREATE INDEX ticket_fixes on ticket(status) where quick_fix = 1;
CREATE INDEX ticket_owed on ticket(update_due_at) where update_due_at is not null;
CREATE INDEX ticket_promises on ticket(update_due_at) where promises != '[]';
CREATE INDEX ticket_queue on ticket(status, delivery_failed desc, lane_rank, topic_rank, idea_rank, waiting_since, key);
CREATE INDEX ticket_snoozed on ticket(snoozed_until) where status = 'snoozed';
CREATE INDEX ticket_subject on ticket(bare_subject, moved_at);
CREATE INDEX ticket_tagged on ticket(tags) where tags != '[]';
CREATE INDEX ticket_voters on ticket(voters) where voters > 0;
CREATE INDEX waiting_mail_ticket on waiting_mail(ticket) where state != 'gone';
CREATE TRIGGER event_to_share after insert on event begin
        insert or ignore into journal_unshared (event) values (new.id);
    end;
CREATE TRIGGER mails_sorted after insert on event when new.kind = 'sorted' begin
        insert into sorted_mail (mail, event, lane, topic, reasons, sure)
        select json_extract(value, '$.mail'), new.id, json_extract(value, '$.lane'),
               json_extract(value, '$.topic'), json_extract(value, '$.reasons'),
               json_extract(value, '$.sure')
          from json_each(new.data, '$.mails') where true
            on conflict (mail) do update
           set event = excluded.event, lane = excluded.lane, topic = excluded.topic,
               reasons = excluded.reasons, sure = excluded.sure, settled = 0
         where excluded.event < sorted_mail.event;
    end;
CREATE TRIGGER note_added after insert on event when new.kind = 'note' begin
        insert into search_notes (event, ticket, text)
        values (new.id, new.ticket, json_extract(new.data, '$.text'));
    end;
CREATE TRIGGER note_taken_away after delete on event when old.kind = 'note' begin
        delete from search_notes where event = old.id;
    end;
CREATE TRIGGER note_undone after insert on event when new.kind = 'undone' begin
        delete from search_notes
         where event in (select value from json_each(new.data, '$.events'));
    end;
CREATE TRIGGER outbox_knows after insert on outbox begin
        insert into outbox_knew (outbox, message, journal)
        select new.id, coalesce((select max(id) from message), 0),
               coalesce((select max(uid) from journal_mail), 0);
    end;
CREATE TRIGGER somebody_forgotten after insert on event when new.kind = 'forgotten' begin
        insert or ignore into forgotten_mark (mark, event)
        select value, new.id from json_each(new.data, '$.mails');
        insert or ignore into journal_rewrite (uid) select uid from journal_mail;
    end;
CREATE VIEW v_messages as
    select message.id, ticket.id as ticket, message.message_id, message.direction, message.at,
           message.sender_name, message.sender_address as "from", message.recipients_to as "to",
           message.subject, message.text, message.new_text, message.attachments
      from message join ticket on ticket.key = message.ticket;
CREATE VIEW v_tickets as
    select id, subject, customer_name, customer_address, status, lane, lane_reasons, quick_fix,
           assignee, unread, messages, opened_at, last_customer_at, last_reply_at, snoozed_until,
           update_due_at
      from ticket;
pragma user_version = 20;
