"""One mail through everything that reads it without a server or a database."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

from founder_inbox.app.reading.parser_frames import decode_mail, encode_mail
from founder_inbox.cli.plain import as_json
from founder_inbox.cli.shapes import mail_shape
from founder_inbox.core.display import safe_line, safe_text
from founder_inbox.core.knowledge.masking import mask
from founder_inbox.core.knowledge.questions import read_question
from founder_inbox.core.lanes.rules import Rules, parse_rules
from founder_inbox.core.lanes.sorter import classify
from founder_inbox.core.letters.compose import build, check, envelope
from founder_inbox.core.letters.forward import Passed, forward_subject, forwarded_text
from founder_inbox.core.letters.language import language_of
from founder_inbox.core.letters.own_ids import original_ids
from founder_inbox.core.letters.reply_draft import reply_draft
from founder_inbox.core.mime.quotes import said
from founder_inbox.core.mime.reader import attachment_bytes, parse
from founder_inbox.core.mime.unreadable import unreadable_mail
from founder_inbox.core.model import Address, Mail
from founder_inbox.core.tickets.threading import ids_to_keep
from founder_inbox.errors import BadInput
from founder_inbox.system.resources import read_lane_rules, read_lane_weights
from founder_inbox.tui.ticket.ticket_lines import wrap
from tests.hostile.outgoing import check_ours
from tests.hostile.shown import CONTROLS, SURROGATES, shown

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
US = Address("Ana from Acme", "support@acme.test")
_WIDTH = 60


@cache
def _rules() -> Rules:
    return parse_rules(read_lane_rules(Path("none")), read_lane_weights())


def examine(raw: bytes) -> None:
    """Read it, sort it, show it, answer it, pass it on. Raises for whatever must not happen."""
    mail = parse(raw)
    assert decode_mail(encode_mail(mail)) == mail, "it changes on its way between processes"
    for one in (mail, unreadable_mail(raw, "a test")):
        for text in _texts(one):
            assert CONTROLS.search(text) is None, "a control character is shown"
            assert SURROGATES.search(text) is None, "a surrogate is kept"
        assert json.loads(as_json(mail_shape(one))), "inspect gives no JSON"
    _take_files(mail, raw)
    _understand(mail)
    _answer(mail)
    original_ids(raw)


def understand(raw: bytes) -> None:
    """The part of it where foreign bytes decide the way: without the checks, quick to watch."""
    mail = parse(raw)
    unreadable_mail(raw, "a test")
    _understand(mail)
    reply_draft(mail, sender=US, own={US.address}, body="Press Export.", everyone=True)
    forwarded_text([Passed(mail)], UTC)
    original_ids(raw)


def _texts(mail: Mail) -> Iterator[str]:
    everything = shown(mail)
    yield everything
    yield mask(mail.new_text)
    yield read_question(mail.subject, mail.new_text).words
    yield forwarded_text([Passed(mail, tuple(file.name for file in mail.attachments))], UTC)
    yield forward_subject(mail.subject)
    yield from wrap(mail.text[:20_000], _WIDTH)
    assert safe_line(mail.subject) == mail.subject, "a subject is not cleaned once for all"
    assert safe_text(mail.text) == mail.text, "a text is not cleaned once for all"


def _take_files(mail: Mail, raw: bytes) -> None:
    for file in mail.attachments[:20]:
        assert file.name, "a file has no name"
        assert not set(file.name) & set("/\\\n"), "a file's name leaves its folder"
        assert file.name not in {".", ".."}, "a file's name is a folder"
        attachment_bytes(raw, file.part)


def _understand(mail: Mail) -> None:
    words = said(mail.new_text, mail.signature)
    verdict = classify(mail.subject, words, _rules(), kind=mail.kind)
    assert verdict.reasons, "it is sorted without a reason"
    language_of(mail.new_text)
    assert all(ids_to_keep(mail)), "an id is empty"


def _answer(mail: Mail) -> None:
    answer = partial(reply_draft, mail, sender=US, own={US.address}, body="Press Export.\n\nAna")
    for everyone in (False, True):
        draft = answer(everyone=everyone)
        try:
            check(draft, "Press Export.")
            written = build(draft, "<1@acme.test>", NOON)
            sender, recipients = envelope(draft)
        except BadInput:
            continue  # nobody to send it to, said in words
        check_ours(written)
        assert all(
            ord(c) > 32 and c not in "<>" for address in (sender, *recipients) for c in address
        ), "an address would break the envelope"
