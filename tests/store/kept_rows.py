"""Rows for every table of the database: what the kept schemas in `schemas/` are filled with.

A column that a version had not yet is left out there. A new table gets its rows here, before
`python -m tests.store.kept` is run.
"""

import json
import zlib
from collections.abc import Mapping, Sequence

Row = Mapping[str, object]

NOON = "2026-11-20T12:00:00Z"
LATER = "2026-11-21T09:30:00Z"
SECRET = "5f" * 32
# The first one has been understood, and is so again by any later parser.
RAW = (
    b"From: Tom Okafor <tom@okafor.test>\r\nTo: support@acme.test\r\nSubject: Export ist leer\r\n"
    b"Message-ID: <q@okafor.test>\r\nDate: Fri, 20 Nov 2026 12:00:00 +0000\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n\r\nGr\xc3\xbc\xc3\x9fe, der Export ist leer.\r\n",
    b"From: Mia <mia@x.test>\r\nTo: support@acme.test\r\nSubject: A darker mode\r\n"
    b"Message-ID: <i@x.test>\r\n\r\nCould there be a darker mode?\r\n",
    b"From: new@x.test\r\nSubject: Not yet understood\r\nMessage-ID: <n@x.test>\r\n\r\nNew.\r\n",
)
MIME = b"From: support@acme.test\r\nMessage-ID: <ours@acme.test>\r\n\r\nHi Tom, it works.\r\n"

_TICKET: Row = {
    "quick_fix": 0, "delivery_failed": 0, "unread": 0, "customer_messages": 1, "lane_sure": 1,
    "topic_rank": 4, "opened_at": NOON, "waiting_since": NOON, "last_customer_at": NOON,
    "moved_at": NOON, "tags": "[]", "topic": None, "assignee": None, "back_from": None,
    "last_reply_at": None, "snoozed_until": None, "update_due_at": None,
}  # fmt: skip
_MESSAGE: Row = {
    "at": NOON, "date": NOON, "kind": "customer", "direction": "in", "role": "customer",
    "recipients_to": '[["", "support@acme.test"]]', "recipients_cc": "[]", "reply_to": "[]",
    "references": "[]", "attachments": "[]", "warnings": "[]", "topic": None, "lane_sure": 1,
    "lane_reasons": '["asks how to do something"]', "quoted": "", "outbox": None,
}  # fmt: skip
_EVENT: Row = {"at": NOON, "actor": "Ana"}

ROWS: Mapping[str, Sequence[Row]] = {
    "setting": [
        {"name": "machine", "value": "f226ccca"},
        {"name": "ticket_secret", "value": SECRET},
    ],
    "mailbox": [
        {"id": 1, "name": "INBOX", "role": "inbox", "uidvalidity": 7, "uidnext": 9,
         "highestmodseq": 12, "messages": 3, "checked_at": NOON, "trouble": None},
        {"id": 4, "name": "Gesendet ✈", "role": "sent", "uidvalidity": 1, "uidnext": 2,
         "highestmodseq": 0, "messages": 1, "checked_at": None, "trouble": "It was renumbered."},
    ],
    "raw": [
        {"id": 1, "sha256": "a" * 64, "size": len(RAW[0]), "complete": 1, "received_at": NOON,
         "message": 1, "parser": 1, "body": zlib.compress(RAW[0])},
        {"id": 2, "sha256": "b" * 64, "size": len(RAW[1]), "complete": 1, "received_at": NOON,
         "message": 2, "parser": 1, "body": zlib.compress(RAW[1])},
        {"id": 5, "sha256": "c" * 64, "size": 9_000_000, "complete": 0, "received_at": LATER,
         "message": None, "parser": 0, "body": zlib.compress(RAW[2])},
    ],
    "location": [
        {"id": 1, "mailbox": 1, "uidvalidity": 7, "uid": 3, "raw": 1, "seen": 1, "answered": 1,
         "flagged": 0, "keywords": "$Forwarded", "gone_at": None},
        {"id": 2, "mailbox": 1, "uidvalidity": 7, "uid": 4, "raw": 2, "seen": 0, "answered": 0,
         "flagged": 1, "keywords": "", "gone_at": LATER},
        {"id": 3, "mailbox": 1, "uidvalidity": 7, "uid": 8, "raw": 5, "seen": 0, "answered": 0,
         "flagged": 0, "keywords": "", "gone_at": None},
    ],
    "ticket": [
        {**_TICKET, "key": 1, "id": "yzb9a2v", "root": "<q@okafor.test>", "lane": "howto",
         "subject": "Export ist leer", "bare_subject": "export ist leer", "status": "waiting",
         "customer_name": "Tom Okafor", "customer_address": "tom@okafor.test", "lane_rank": 2,
         "lane_reasons": '["asks how to do something"]', "messages": 2, "tags": '["import"]',
         "promises": '[["01a206fb0992-0000-f226ccca", "2026-11-27T12:00:00Z", "by Friday", '
         '"2026-11-20T12:00:00Z"]]', "last_reply_at": LATER, "waiting_since": None,
         "fix_minutes": 15, "fix_worked": 240, "fix_started_at": None, "voters": 0, "idea_rank": 0},
        {**_TICKET, "key": 3, "id": "1m40b7q", "root": "<i@x.test>", "lane": "feature",
         "subject": "A darker mode", "bare_subject": "a darker mode", "status": "snoozed",
         "customer_name": "Mia", "customer_address": "mia@x.test", "lane_rank": 3,
         "lane_reasons": '["you moved it here"]', "messages": 1, "unread": 1, "quick_fix": 1,
         "assignee": "Vlad", "back_from": "Vlad", "topic": "billing",
         "snoozed_until": "2026-11-25T17:00:00Z", "update_due_at": LATER, "promises": "[]",
         "fix_minutes": None, "fix_worked": 0, "fix_started_at": None, "voters": 2,
         "idea_rank": -2},
    ],
    "ticket_alias": [{"id": "0dd0dd0", "ticket": 1, "thread": 1}],
    "thread": [
        {"key": 1, "id": "yzb9a2v", "root": "<q@okafor.test>", "ticket": 1},
        {"key": 3, "id": "1m40b7q", "root": "<i@x.test>", "ticket": 3},
    ],
    "filed": [{"message": number, "thread": thread} for number, thread in ((1, 1), (2, 3), (3, 1))],
    "message_ref": [
        {"message_id": "<q@okafor.test>", "ticket": 1, "thread": 1},
        {"message_id": "<never-seen@okafor.test>", "ticket": 1, "thread": 1},
        {"message_id": "<i@x.test>", "ticket": 3, "thread": 3},
    ],
    "message": [
        {**_MESSAGE, "id": 1, "ticket": 1, "key": "14f2210eb12e4e9e4dd4899766f28877",
         "message_id": "<q@okafor.test>", "sender_name": "Tom Okafor", "lane": "howto",
         "sender_address": "tom@okafor.test", "subject": "Export ist leer",
         "text": "Grüße, der Export ist leer.\n\nTom", "new_text": "Grüße, der Export ist leer.",
         "signature": "Tom"},
        {**_MESSAGE, "id": 2, "ticket": 3, "key": "0307307365de602266520efc8f2aee9b",
         "message_id": "<i@x.test>", "sender_name": "Mia", "sender_address": "mia@x.test",
         "subject": "A darker mode", "lane": "feature", "text": "Could there be a darker mode?",
         "new_text": "Could there be a darker mode?", "signature": ""},
        {**_MESSAGE, "id": 3, "ticket": 1, "key": "9" * 32, "message_id": "<ours@acme.test>",
         "at": LATER, "direction": "out", "role": "us", "sender_name": "Ana", "lane": "howto",
         "sender_address": "support@acme.test", "subject": "Re: Export ist leer", "outbox": 1,
         "recipients_to": '[["Tom Okafor", "tom@okafor.test"]]',
         "references": '["<q@okafor.test>"]', "text": "Hi Tom, it works.",
         "new_text": "Hi Tom, it works.", "signature": ""},
    ],
    "search": [
        {"rowid": 1, "subject": "Export ist leer", "sender": "Tom Okafor tom@okafor.test",
         "recipients": "support@acme.test", "new_text": "Grüße, der Export ist leer.",
         "rest": "Tom"},
        {"rowid": 2, "subject": "A darker mode", "sender": "Mia mia@x.test",
         "recipients": "support@acme.test", "new_text": "Could there be a darker mode?",
         "rest": ""},
    ],
    "outbox": [
        {"id": 1, "ticket": "yzb9a2v", "message_id": "<ours@acme.test>", "mime": MIME,
         "sender": "support@acme.test", "recipients": '["tom@okafor.test"]',
         "subject": "Re: Export ist leer", "body": "Hi Tom, it works.", "then_do": "wait",
         "seen": 1, "state": "sent", "step": "", "not_before": NOON, "attempts": 1,
         "created_at": NOON, "moved_at": LATER, "code": 250, "answer": "2.0.0 Ok: queued"},
        {"id": 2, "ticket": "1m40b7q", "message_id": "<held@acme.test>", "mime": b"\x00\xff\r\n",
         "sender": "support@acme.test", "recipients": '["mia@x.test"]',
         "subject": "Re: A darker mode", "body": "Hi Mia ☀", "then_do": "close", "seen": None,
         "state": "held", "step": "", "not_before": "2026-11-25T08:00:00Z", "attempts": 0,
         "created_at": LATER, "moved_at": LATER, "code": None, "answer": None},
    ],
    "event": [
        {**_EVENT, "id": "01a206fb0992-0000-f226ccca", "ticket": "yzb9a2v", "kind": "note",
         "data": '{"text": "the walrus"}'},
        {**_EVENT, "id": "01a206fb0993-0000-f226ccca", "ticket": "yzb9a2v", "kind": "note",
         "data": '{"text": "no penguin"}'},
        {**_EVENT, "id": "01a206fb0994-0000-f226ccca", "ticket": "yzb9a2v", "kind": "undone",
         "data": '{"events": ["01a206fb0993-0000-f226ccca"]}'},
        {**_EVENT, "id": "01a206fb0999-0000-f226ccca", "ticket": "1m40b7q", "kind": "lane",
         "data": '{"lane": "feature", "from": "howto"}'},
        {**_EVENT, "id": "01a206fb0a7a-0000-f226ccca", "ticket": "1m40b7q", "kind": "snoozed",
         "data": '{"until": "2026-11-25T17:00:00Z", "seen": 1}'},
        {**_EVENT, "id": "01a206fb0a7b-0000-f226ccca", "ticket": None, "kind": "mood",
         "data": '{"mood": 2}'},
    ],
    "action": [
        {"id": 1, "raw": 1, "outbox": None, "kind": "seen", "target": "", "created_at": NOON,
         "attempts": 2, "not_before": LATER, "state": "queued", "answer": "No connection."},
        {"id": 2, "raw": None, "outbox": 1, "kind": "append_sent", "target": "",
         "created_at": NOON, "attempts": 0, "not_before": NOON, "state": "done", "answer": None},
    ],
    "draft": [{"ticket": "yzb9a2v", "body": "Half a sentence\nand", "updated_at": LATER}],
    "canned_use": [{"name": "fixed", "uses": 3, "used_at": NOON}],
    "sync_state": [
        {"id": 1, "pid": 0, "doing": "idle", "progress": "", "synced_at": NOON, "error": None},
    ],
    "unreadable": [{"raw": 5, "parser": 1, "reason": "it took too long", "at": LATER}],
    "by_rule": [{"outbox": 2}],
    "part": [
        {"id": 1, "raw": 5, "leaf": 1, "section": "2", "size": 8_000_000, "encoding": "base64",
         "state": "wanted", "asked": 1, "got": 4, "answer": None},
    ],
    "piece": [{"part": 1, "start": 0, "body": zlib.compress(b"aGk=")}],
    "stale": [{"ticket": 3, "mails": 2}],
    "draft_file": [
        {"id": 1, "draft": "yzb9a2v", "outbox": None, "name": "Bild ä.png", "type": "image/png",
         "size": 3, "body": b"\x89PN", "added_at": LATER},
    ],
    "outage_mail": [
        {"round": "01a206fb0b00-0000-f226ccca", "person": "tom@okafor.test", "ticket": "yzb9a2v",
         "outbox": 1, "trouble": None},
    ],
    "outgoing": [
        {"id": 1, "kind": "forward", "ticket": "yzb9a2v", "message": 1, "people": "vlad@x.test",
         "subject": "Fwd: Export ist leer", "outbox": None, "begun_at": LATER},
    ],
    "draft_to_all": [{"draft": "yzb9a2v"}],
    "imported": [{"raw": 2, "role": "inbox", "source": "old.mbox", "at": NOON}],
    "asked": [{"ticket": 1, "times": 4, "article": "empty-export"}],
    "journal_mail": [{"uid": 4, "state": "later", "words": "from a newer version",
                      "again_at": LATER}],
    "journal_place": [{"event": "01a206fb0999-0000-f226ccca", "uid": 3, "extra": '{"new": 1}'}],
    "waiting_mail": [
        {"message_id": "<held@acme.test>", "word": "01a206fb0a7a-0001-f226ccca",
         "machine": "f226ccca", "at": LATER, "actor": "Ana", "ticket": "1m40b7q",
         "state": "held", "data": '{"to": ["mia@x.test"]}', "uid": None},
    ],
}  # fmt: skip

# What an older version could not have written, by the first that could.
LATER_ROWS: Mapping[int, Mapping[str, Sequence[Row]]] = {
    18: {
        "event": [
            {**_EVENT, "id": "01a206fb0b01-0000-f226ccca", "ticket": None, "kind": "sorted",
             "data": json.dumps({"mails": [{
                 "mail": "14f2210eb12e4e9e4dd4899766f28877", "lane": "howto", "topic": None,
                 "reasons": ["asks how to do something"], "sure": True}]})},
        ],
    },
    19: {
        "raw": [
            {"id": 6, "sha256": "e" * 64, "size": 900, "complete": 1, "received_at": NOON,
             "message": None, "parser": 1, "body": zlib.compress(b"")},
        ],
        "event": [
            {**_EVENT, "id": "01a206fb0b02-0000-f226ccca", "ticket": None, "kind": "forgotten",
             "data": json.dumps({"mails": ["d" * 32], "keys": ["c" * 32], "tickets": ["0ldt1ck"],
                                 "lines": [], "emptied": []})},
        ],
        "forgotten": [
            {"event": "01a206fb0b02-0000-f226ccca", "address": "gone@x.test",
             "message_ids": '["<gone@x.test>"]', "on_server": 1, "in_file": 2,
             "trouble": "it would not"},
        ],
        "forgotten_mail": [{"raw": 6, "at": LATER}],
        "journal_rewrite": [{"uid": 4}],
    },
}  # fmt: skip
# Filled by the rows above, through triggers.
FOLLOWING = {"search_notes", "journal_unshared", "outbox_knew", "sorted_mail", "forgotten_mark"}
