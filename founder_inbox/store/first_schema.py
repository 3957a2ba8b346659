"""The statements of the first step in `migrations`; never edited."""

FIRST_SCHEMA = (
    """
    create table setting ( -- single facts about this database
        name text primary key,      -- 'machine', 'ticket_secret', 'quiet_before', …
        value text not null         -- never a password or a token
    ) strict, without rowid
    """,
    """
    create table mailbox ( -- one row per mailbox of the server that is synced
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
    """,
    """
    create table raw ( -- mail as it came, byte for byte, kept before anything reads it
        id integer primary key autoincrement, -- row; the order of arrival here
        sha256 text not null unique,     -- of the bytes as the server gave them
        size integer not null,           -- of the whole mail on the server, in bytes
        complete integer not null default 1, -- 0: only the beginning was fetched
        received_at text not null,       -- INTERNALDATE
        message integer references message(id), -- null until it is understood
        parser integer not null default 0, -- version of the parser that understood it
        body blob not null               -- zlib; last, so that nothing else is read through it
    ) strict
    """,
    "create index raw_message on raw(message)",
    """
    create table location ( -- where on the server a raw mail lies, or lay
        id integer primary key autoincrement, -- row
        mailbox integer not null references mailbox(id), -- which mailbox
        uidvalidity integer not null,         -- a UID counts only together with it
        uid integer not null,                 -- the mail's number there (RFC 9051, 2.3.1.1)
        raw integer not null references raw(id), -- the mail's bytes
        seen integer not null default 0,       -- \\Seen
        answered integer not null default 0,   -- \\Answered
        flagged integer not null default 0,    -- \\Flagged
        keywords text not null default '',     -- others, space between
        gone_at text,                          -- when the server stopped having it here
        unique (mailbox, uidvalidity, uid)
    ) strict
    """,
    "create index location_raw on location(raw)",
    """
    create table ticket ( -- how each stands, worked out from messages, events, outbox
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
    ) strict
    """,
    "create index ticket_queue on ticket("
    "status, delivery_failed desc, lane_rank, topic_rank, waiting_since, key)",
    "create index ticket_counts on ticket(status, lane, topic, delivery_failed, update_due_at)",
    "create index ticket_customer on ticket(customer_address, bare_subject)",
    "create index ticket_snoozed on ticket(snoozed_until) where status = 'snoozed'",
    """
    create table ticket_alias ( -- further ids of a ticket, after a merge or a rename
        id text primary key,                 -- an id this ticket is also known by
        ticket integer not null references ticket(key) -- the ticket's row
    ) strict, without rowid
    """,
    """
    create table message_ref ( -- which ticket a Message-ID belongs to
        message_id text primary key,         -- also of mails never seen
        ticket integer not null references ticket(key) -- the ticket's row
    ) strict, without rowid
    """,
    "create index message_ref_ticket on message_ref(ticket)",
    """
    create table message ( -- mail as it was understood; made anew from raw when the parser learns
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
    """,
    "create index message_ticket on message(ticket, at)",
    "create index message_message_id on message(message_id)",
    """
    create virtual table search using fts5 (
        subject, sender, recipients, new_text, rest,     -- rowid is message.id
        content='', prefix='2 3', tokenize='unicode61 remove_diacritics 2'
    )
    """,
    """
    create table event ( -- the journal: what people did, appended and never changed
        id text primary key,                 -- hybrid logical clock, sorts by what came first
        at text not null,                     -- when it happened
        actor text not null,                 -- who did it
        ticket text,                         -- a ticket's id, null for the day itself
        kind text not null,                   -- listed in docs/journal.md
        data text not null                   -- JSON object, fields in docs/journal.md
    ) strict, without rowid
    """,
    "create index event_ticket on event(ticket) where ticket is not null",
    "create index event_kind on event(kind, at)",
    """
    create table outbox ( -- mail of ours on its way, and mail that has left
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
    """,
    "create index outbox_live on outbox(state, not_before)",
    """
    create table action ( -- what the server still has to be told
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
    """,
    "create index action_queue on action(state, not_before)",
    """
    create table draft ( -- every word typed and not sent yet
        ticket text primary key,             -- a ticket's id, or 'new'
        body text not null,                   -- the words so far
        updated_at text not null              -- when they were last saved
    ) strict, without rowid
    """,
    """
    create table canned_use ( -- how often each canned reply was used, for the picker's order
        name text primary key,               -- a canned reply's name
        uses integer not null,                -- how often
        used_at text not null                 -- when last
    ) strict, without rowid
    """,
    """
    create table sync_state ( -- what the syncing process does, one row
        id integer primary key check (id = 1), -- always 1
        pid integer not null,                -- of the process that syncs, 0: none
        doing text not null,                 -- idle, connecting, fetching, offline, refused
        progress text not null,              -- words for the header, may be empty
        synced_at text,                      -- when a round last ended well
        error text                           -- the sentence of the last failure
    ) strict
    """,
    "insert into sync_state values (1, 0, 'idle', '', null, null)",
    """
    create view v_tickets as
    select id, subject, customer_name, customer_address, status, lane, lane_reasons, quick_fix,
           assignee, unread, messages, opened_at, last_customer_at, last_reply_at, snoozed_until,
           update_due_at
      from ticket
    """,
    """
    create view v_messages as
    select message.id, ticket.id as ticket, message.message_id, message.direction, message.at,
           message.sender_name, message.sender_address as "from", message.recipients_to as "to",
           message.subject, message.text, message.new_text, message.attachments
      from message join ticket on ticket.key = message.ticket
    """,
)
