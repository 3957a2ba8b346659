"""The journal's messages: what is written is read, and what is foreign is told apart."""

import zlib
from base64 import encodebytes
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from founder_inbox.core.sharing.foreign import Origin, origin_of, version_of
from founder_inbox.core.sharing.wire import (
    NotReadable,
    Snapshot,
    newest_whole,
    read_batch,
    split_batches,
    write_batch,
)

NOW = datetime(2026, 11, 23, 9, 15, tzinfo=UTC)
ADDRESS = "support@acme.test"
NOTE: dict[str, Any] = {
    "id": "019aa5b3c1d2-0000-1f2e3d4c",
    "at": "2026-11-23T09:15:00Z",
    "actor": "Ana",
    "ticket": "k7f3q2d",
    "kind": "note",
    "data": {"text": "Schön gemacht."},
}


def message(*records: dict[str, Any]) -> bytes:
    return write_batch(ADDRESS, "1f2e3d4c", NOW, records, "<e.1@founder-inbox.invalid>")


def packed(*lines: object) -> bytes:
    head = message(NOTE).partition(b"\r\n\r\n")[0]
    body = b"\n".join(msgspec.json.encode(line) for line in lines)
    return head + b"\r\n\r\n" + encodebytes(zlib.compress(body))


def test_names_of_machines_are_bounded_and_harmless_and_anything_else_is_none() -> None:
    first = {"journal": 1, "machine": "1f2e3d4c", "written": "2026-11-23T09:15:00+00:00"}
    many = {f"{number:08x}": "x" for number in range(500)}

    def names(value: object) -> dict[str, str]:
        return dict(read_batch(packed(first | {"names": value})).names)

    assert names({"1f2e3d4c": "lap\x1b[31mtop" + "p" * 100, "../../x": "a", "00000000": 3}) == {
        "1f2e3d4c": "laptop" + "p" * 33 + "…"
    }
    strange: list[object] = [None, [], "laptop", {"x": {}}, {}]
    assert [names(value) for value in strange] == [{}, {}, {}, {}, {}]
    assert len(names(many)) == 50


def test_a_batch_is_read_as_it_was_written_with_fields_and_kinds_nobody_knows() -> None:
    later = NOTE | {"id": "019aa5b3c1d3-0000-1f2e3d4c", "kind": "hugged", "mood": [1, {"a": None}]}

    batch = read_batch(message(NOTE, later))

    assert batch.records == (NOTE, later)
    assert (batch.machine, batch.written, batch.refused) == ("1f2e3d4c", NOW, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "1"},
        {"id": NOTE["id"].upper()},
        {"at": "yesterday"},
        {"at": "2026-11-23T09:15:00"},
        {"actor": "A" * 201},
        {"actor": 5},
        {"ticket": "../../x"},
        {"kind": "Note"},
        {"kind": "mood"},
        {"data": []},
        {"data": {}},
        {"kind": "snoozed", "data": {"until": "soon"}},
        {"kind": "lane", "data": {"lane": "fast"}},
        {"kind": "undone", "data": {"events": [1]}},
    ],
)
def test_a_record_that_is_none_is_counted_and_left_out(wrong: dict[str, Any]) -> None:
    batch = read_batch(message(NOTE | wrong, NOTE))

    assert (batch.records, batch.refused) == ((NOTE,), 1)


def test_times_are_brought_into_the_form_they_sort_in() -> None:
    batch = read_batch(message(NOTE | {"at": "2026-11-23T10:15:00+01:00"}))

    assert batch.records[0]["at"] == "2026-11-23T09:15:00Z"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"Subject: x\r\n\r\nhello",
        packed({"journal": 2, "machine": "1f2e3d4c"}, NOTE),
        packed([1, 2]),
        packed(),
        message(NOTE)[:-40],
        b"x: y\r\n\r\n" + encodebytes(zlib.compress(b"0" * (33 << 20))),
        b"0" * (13 << 20),
    ],
    ids=["nothing", "words", "later", "list", "empty", "cut", "bomb", "huge"],
)
def test_what_is_no_batch_says_so(raw: bytes) -> None:
    with pytest.raises(NotReadable):
        read_batch(raw)


@given(st.binary(max_size=2_000), st.integers(0, 300))
def test_any_bytes_are_refused_or_read_and_nothing_else_is_raised(noise: bytes, place: int) -> None:
    whole = message(NOTE)
    for raw in (noise, whole[:place] + noise + whole[place:], packed({"journal": 1}, noise.hex())):
        try:
            read_batch(raw)
        except NotReadable:
            continue
        finally:
            origin_of(raw, {ADDRESS})


def test_deeply_nested_records_are_left_out() -> None:
    head = message(NOTE).partition(b"\r\n\r\n")[0]
    deep = b'{"journal":1}\n' + b'{"data":' + b"[" * 100_000
    batch = read_batch(head + b"\r\n\r\n" + encodebytes(zlib.compress(deep)))

    assert (batch.records, batch.refused) == ((), 1)


@pytest.mark.parametrize(
    "line",
    [
        b"Received: from evil.test by mail.acme.test; Mon, 23 Nov 2026 09:15:00 +0000",
        b"Return-Path: <eve@evil.test>",
        b"DELIVERED-TO: support+founder-inbox@acme.test",
        b"X-Original-To : support@acme.test",
        b"Authentication-Results: mail.acme.test; spf=pass",
        b"DKIM-Signature: v=1",
    ],
)
def test_what_was_delivered_is_known_by_what_servers_wrote_on_it(line: bytes) -> None:
    assert origin_of(line + b"\r\n" + message(NOTE), {ADDRESS}) is Origin.DELIVERED
    assert origin_of(b"From: a\n" + line + b"\n\n", {ADDRESS}) is Origin.DELIVERED


def test_only_what_the_account_itself_wrote_is_ours() -> None:
    ours = message(NOTE).partition(b"\r\n\r\n")[0]

    assert origin_of(ours, {"Support@ACME.test"}) is Origin.OURS
    assert version_of(ours) == 1
    assert origin_of(ours, {"other@acme.test"}) is Origin.FOREIGN
    assert origin_of(b"From: <support@acme.test>\r\n", {ADDRESS}) is Origin.FOREIGN
    assert origin_of(b"From: <eve@evil.test>\r\n" + ours, {ADDRESS}) is Origin.FOREIGN
    assert origin_of(ours + b"\r\nX: " + b"y" * 70_000, {ADDRESS}) is Origin.FOREIGN


def test_records_go_up_in_their_order_in_messages_of_a_bounded_size() -> None:
    records = [NOTE | {"data": {"text": "x" * n}} for n in (10, 900, 10, 10, 10)]

    batches = list(split_batches(records, 3, 1_200))

    assert [len(batch) for batch in batches] == [2, 3]
    assert [record for batch in batches for record in batch] == records


def test_of_several_snapshots_the_one_that_reaches_furthest_and_is_whole_is_taken() -> None:
    def part(name: str, number: int, upto: int, under: int = 7) -> Snapshot:
        return Snapshot(name, number, 2, under, upto)

    found = {
        301: part("a", 1, 300),
        302: part("a", 2, 300),
        601: part("b", 1, 600),
        901: part("c", 1, 900, 6),
        902: part("c", 2, 900, 6),
    }

    assert newest_whole(found, 7).keys() == {301, 302}
    assert newest_whole({**found, 603: part("b", 2, 600)}, 7).keys() == {601, 603}
    assert newest_whole({}, 7) == {}
