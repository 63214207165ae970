"""The rows that stand in the pages of a damaged SQLite file, whichever way to them is lost.

SQLite finds a row by a tree of pages from the table's root; where a page of that tree is gone, all below it is out of
its reach, though it stands in the file. Here every leaf page is read for itself, as the file format describes it
(sqlite.org/fileformat2.html), and its rows are told apart by their shape.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

Value = None | int | float | str | bytes
Row = tuple[int, tuple[Value, ...]]
"""A row's number, which stands for its first column where that is an INTEGER PRIMARY KEY, and its values."""

_LEAF = 0x0D
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_LARGEST_FILE = 1 << 36
"""Bytes: a damaged page number of a log may claim any place."""


class _NoRowError(Exception):
    """What stands here is no row."""


def with_log(data: bytes, log: bytes) -> bytes:
    """Return the bytes of a file with what its write-ahead log holds beyond it, up to the last whole transaction.

    Args:
        data: the bytes of the file.
        log: those of its log; what is damaged of them is left out.
    """
    if len(log) < 32:
        return data
    size, salts = struct.unpack_from(">I", log, 8)[0], log[16:24]
    if size < 512 or size & (size - 1):
        return data
    whole = bytearray(data)
    pages: dict[int, bytes] = {}
    waiting: dict[int, bytes] = {}
    for at in range(32, len(log) - size - 23, size + 24):
        number, committed = struct.unpack_from(">II", log, at)
        if log[at + 8 : at + 16] != salts or not number:
            break
        waiting[number] = log[at + 24 : at + 24 + size]
        if committed:
            pages |= waiting
            waiting = {}
    for number, page in pages.items():
        end = number * size
        if end > _LARGEST_FILE:
            continue
        whole.extend(bytes(max(end - len(whole), 0)))
        whole[end - size : end] = page
    return bytes(whole)


def page_size(data: bytes) -> int:
    """Return the size of a page as the file's head gives it; 4,096 where the head is damaged."""
    (size,) = struct.unpack_from(">H", data, 16) if len(data) >= 18 else (0,)
    size = 65_536 if size == 1 else size
    return size if size >= 512 and size & (size - 1) == 0 else 4096


def rows(data: bytes) -> Iterator[Row]:
    """Return all rows that stand whole in the file's leaf pages, in the order of the pages.

    Args:
        data: the bytes of the file. It may be cut short, overwritten in parts, or without its head.
    """
    size = page_size(data)
    usable = size - (data[20] if len(data) > 20 and data[20] <= 32 else 0)
    free = _free(data, size)
    for start in range(0, len(data) - size + 1, size):
        if start // size + 1 in free:
            continue
        header = start + (100 if start == 0 else 0)
        if data[header] != _LEAF:
            continue
        (cells,) = struct.unpack_from(">H", data, header + 3)
        if header + 8 + 2 * cells > start + size:
            continue
        for (place,) in struct.iter_unpack(">H", data[header + 8 : header + 8 + 2 * cells]):
            try:
                yield _cell(data, start, place, size, usable)
            except (_NoRowError, struct.error, IndexError, UnicodeDecodeError):
                continue


def _free(data: bytes, size: int) -> set[int]:
    """The pages of the file's list of free pages, on which rows may stand that were deleted."""
    free: set[int] = set()
    (trunk,) = struct.unpack_from(">I", data, 32) if data.startswith(b"SQLite format 3\0") and len(data) > 36 else (0,)
    while trunk and trunk not in free and trunk * size <= len(data):
        free.add(trunk)
        begins = (trunk - 1) * size
        trunk, count = struct.unpack_from(">II", data, begins)
        if count <= size // 4 - 2:
            free.update(struct.unpack_from(f">{count}I", data, begins + 8))
    return free


def _cell(data: bytes, start: int, place: int, size: int, usable: int) -> Row:
    if not 8 <= place < size:
        raise _NoRowError
    length, at = _varint(data, start + place)
    number, at = _varint(data, at)
    if length > len(data):
        raise _NoRowError
    payload = _payload(data, at, start + size, length, size, usable)
    return number - (1 << 64 if number >> 63 else 0), _values(payload)


def _payload(data: bytes, at: int, end: int, length: int, size: int, usable: int) -> bytes:
    """The bytes of a row, from its page and from those that it flows over into."""
    most, least = usable - 35, (usable - 12) * 32 // 255 - 23
    if length <= most:
        local = length
    else:
        local = least + (length - least) % (usable - 4)
        local = local if local <= most else least
    if at + local > end:
        raise _NoRowError
    parts, got = [data[at : at + local]], local
    if local < length:
        (following,) = struct.unpack_from(">I", data, at + local)
        while got < length:
            begins = (following - 1) * size
            if following < 1 or begins + size > len(data):
                raise _NoRowError
            (following,) = struct.unpack_from(">I", data, begins)
            take = min(usable - 4, length - got)
            parts.append(data[begins + 4 : begins + 4 + take])
            got += take
    return b"".join(parts)


def _values(payload: bytes) -> tuple[Value, ...]:
    head, at = _varint(payload, 0)
    if not 1 <= head <= len(payload):
        raise _NoRowError
    kinds = []
    while at < head:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values = []
    for kind in kinds:
        value, at = _value(payload, kind, at)
        values.append(value)
    if at != len(payload):
        raise _NoRowError
    return tuple(values)


def _value(payload: bytes, kind: int, at: int) -> tuple[Value, int]:
    if kind in (0, 8, 9):
        return (None, 0, 1)[max(kind - 7, 0)], at
    length = _INTEGERS.get(kind) or (8 if kind == 7 else (kind - 12) // 2)
    if kind in (10, 11) or at + length > len(payload):
        raise _NoRowError
    held = payload[at : at + length]
    if kind in _INTEGERS:
        return int.from_bytes(held, "big", signed=True), at + length
    if kind == 7:
        return float(struct.unpack(">d", held)[0]), at + length
    return held.decode("utf-8") if kind % 2 else held, at + length


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    value = 0
    for place in range(8):
        byte = data[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    return value << 8 | data[at + 8], at + 9


def fitting(values: Sequence[Value], shape: Sequence[str]) -> bool:
    """Whether a row may be one of a table.

    Args:
        values: the row's.
        shape: of each of the table's columns, which of the types "key", "INTEGER", "TEXT" and "BLOB" it has, and "?"
            behind it where it may be empty. A "key" stands in the row's number, and is empty among the values.
    """
    return len(values) == len(shape) and all(map(_fits, values, shape))


def _fits(value: Value, kind: str) -> bool:
    if value is None:
        return kind == "key" or kind.endswith("?")
    wanted = {"INTEGER": int, "TEXT": str, "BLOB": bytes}.get(kind.rstrip("?"))
    return wanted is not None and isinstance(value, wanted)
