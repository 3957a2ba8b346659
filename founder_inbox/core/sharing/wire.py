"""A batch of the journal as a message, and back (docs/journal.md, "Between machines").

The message has one part: base64 of a zlib stream of JSON lines. The first says who wrote it and
when by their clock, each other one is a record. What can't be read is counted, never raised.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec

from founder_inbox.core.display import safe_line
from founder_inbox.core.sharing.fields import has_its_fields, is_frame
from founder_inbox.core.sharing.foreign import MARK, SUBJECT
from founder_inbox.core.times import from_text, to_text

VERSION = 1
LARGEST_MESSAGE = 12 << 20
LARGEST_BATCH = 32 << 20
MOST_RECORDS = 20_000
MOST_PARTS = 1_000
LONGEST_NAME = 40
_MOST_NAMES = 50
_MACHINE = re.compile(r"[0-9a-f]{8}")
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A batch that is part of everything known up to a message: `part` of `parts`, from 1.

    `name` is the same in all parts; `upto` the last UID it stands for, under `uidvalidity`.
    """

    name: str
    part: int
    parts: int
    uidvalidity: int
    upto: int


@dataclass(frozen=True, slots=True)
class Batch:
    """What a message holds. `refused` counts the records that could not be read.

    `written` is the writer's own clock, None where it made no sense. `names` are what machines
    are called, by the id in their lines.
    """

    machine: str
    written: datetime | None
    records: tuple[Record, ...]
    refused: int = 0
    snapshot: Snapshot | None = None
    names: Mapping[str, str] = field(default_factory=dict)


class NotReadable(ValueError):
    """The message is no batch; says why."""


def write_batch(
    address: str,
    machine: str,
    written: datetime,
    records: Sequence[Record],
    message_id: str,
    snapshot: Snapshot | None = None,
    names: Mapping[str, str] | None = None,
) -> bytes:
    """The message that carries these records; `written` is the present time of our clock."""
    first: Record = {"journal": VERSION, "machine": machine, "written": written.isoformat()}
    first |= {"names": dict(names)} if names else {}
    if snapshot is not None:
        first["snapshot"] = _snapshot_data(snapshot)
    lines = b"\n".join(msgspec.json.encode(line) for line in (first, *records))
    body = base64.encodebytes(zlib.compress(lines, 6)).replace(b"\n", b"\r\n")
    kind = "snapshot" if snapshot else "events"
    header = (
        f"From: founder-inbox <{address}>\r\nTo: <{address}>\r\nSubject: {SUBJECT}\r\n"
        f"Date: {written.strftime('%d %b %Y %H:%M:%S +0000')}\r\nMessage-ID: {message_id}\r\n"
        f"{MARK}: {VERSION}\r\n{MARK}-Holds: {kind}\r\nMIME-Version: 1.0\r\n"
        "Content-Type: application/x-founder-inbox-journal\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return header.encode("ascii", "replace") + body


def read_batch(raw: bytes) -> Batch:
    """What a message of ours holds, within bounds. Raises NotReadable."""
    if len(raw) > LARGEST_MESSAGE:
        raise NotReadable("it is too large")
    lines = iter(_unpacked(raw).split(b"\n"))
    first = _decoded(next(lines, b""))
    if first is None or not isinstance(first.get("journal"), int):
        raise NotReadable("its first line says nothing")
    if first["journal"] != VERSION:
        raise NotReadable("another version wrote it")
    machine = first.get("machine")
    found = [_record(line) for _, line in zip(range(MOST_RECORDS), lines, strict=False) if line]
    return Batch(
        machine if isinstance(machine, str) else "",
        _moment(first.get("written")),
        tuple(record for record in found if record is not None),
        sum(record is None for record in found) + sum(1 for line in lines if line),
        _read_snapshot(first.get("snapshot")),
        _names(first.get("names")),
    )


def split_batches(records: Sequence[Record], most: int, largest: int) -> Iterator[list[Record]]:
    """Records in their order, in batches of at most `most` and about `largest` bytes of JSON."""
    batch: list[Record] = []
    size = 0
    for record in records:
        length = len(msgspec.json.encode(record))
        if batch and (len(batch) >= most or size + length > largest):
            yield batch
            batch, size = [], 0
        batch.append(record)
        size += length
    if batch:
        yield batch


def newest_whole(found: Mapping[int, Snapshot], uidvalidity: int) -> dict[int, Snapshot]:
    """The parts, by UID, of the snapshot that reaches furthest and has all of its parts."""
    snapshots: dict[tuple[str, int, int], dict[int, int]] = {}
    for uid, one in sorted(found.items()):
        if one.uidvalidity == uidvalidity:
            snapshots.setdefault((one.name, one.upto, one.parts), {})[one.part] = uid
    whole = [key for key, parts in snapshots.items() if parts.keys() == {*range(1, key[2] + 1)}]
    if not whole:
        return {}
    best = max(whole, key=lambda key: (key[1], key[0]))
    return {uid: found[uid] for uid in snapshots[best].values()}


def _unpacked(raw: bytes) -> bytes:
    _, found, body = raw.partition(b"\r\n\r\n")
    if not found:
        _, found, body = raw.partition(b"\n\n")
    try:
        packed = binascii.a2b_base64(body)
        stream = zlib.decompressobj()
        data = stream.decompress(packed, LARGEST_BATCH)
    except (binascii.Error, zlib.error) as error:
        raise NotReadable("it is damaged") from error
    if not stream.eof:
        raise NotReadable("it is cut off, or larger unpacked than anything we write")
    return data


def _decoded(line: bytes) -> Record | None:
    try:
        value = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _record(line: bytes) -> Record | None:
    """A record that is one, with its time as we write it; None for anything else."""
    record = _decoded(line)
    if record is None or not is_frame(record):
        return None
    if not has_its_fields(record["kind"], record["data"]):
        return None
    return record | {"at": to_text(from_text(record["at"]))}


def _moment(value: object) -> datetime | None:
    try:
        return from_text(value) if isinstance(value, str) and len(value) < 50 else None
    except (ValueError, OverflowError):
        return None


def _names(value: object) -> dict[str, str]:
    found = value.items() if isinstance(value, dict) else ()
    return {
        machine: safe_line(name, LONGEST_NAME)
        for _, (machine, name) in zip(range(_MOST_NAMES), found, strict=False)
        if isinstance(name, str) and _MACHINE.fullmatch(machine)
    }


def _snapshot_data(snapshot: Snapshot) -> Record:
    return {name: getattr(snapshot, name) for name in ("name", *_NUMBERS)}


_NUMBERS = ("part", "parts", "uidvalidity", "upto")


def _read_snapshot(value: object) -> Snapshot | None:
    if not isinstance(value, dict) or not isinstance(value.get("name"), str):
        return None
    numbers = [value.get(name) for name in _NUMBERS]
    if not all(isinstance(number, int) and 0 < number < 1 << 63 for number in numbers):
        return None
    snapshot = Snapshot(value["name"], *(int(str(number)) for number in numbers))
    return snapshot if snapshot.parts <= MOST_PARTS else None
