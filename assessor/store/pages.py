"""What can still be read from a broken database file? Rows, straight from its pages.

SQLite gives up when the way to a page is damaged. The rows of a table lie in leaf pages, and each leaf can
be read by itself (file format: sqlite.org/fileformat2.html, sections 1.6 and 2.1). Nothing here trusts
what it reads: a cell that makes no sense is passed over, and whoever takes the rows must test them.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

Cell = None | int | float | str | bytes
Row = tuple[int, tuple[Cell, ...]]
"""The row's number and its columns; a column that is the number itself reads as None."""

_LEAF = 0x0D
_SIZES = tuple(1 << power for power in range(9, 17))
_USUAL_SIZE = 4096
_WAL_MAGIC = (0x377F0682, 0x377F0683)
_MOST_BYTES = 64 << 20


class _NonsenseError(ValueError):
    """These bytes are no cell."""


@dataclass(frozen=True, slots=True)
class _Pages:
    data: bytes
    size: int
    usable: int
    newer: dict[int, bytes]

    def count(self) -> int:
        return max(len(self.data) // self.size, *self.newer, 0) if self.newer else len(self.data) // self.size

    def page(self, number: int) -> bytes:
        found = self.newer.get(number)
        if found is not None:
            return found
        start = (number - 1) * self.size
        return self.data[start : start + self.size] if number > 0 else b""


def leaf_rows(path: Path) -> Iterator[Row]:
    """Every row that any leaf page of the file, and of the log beside it, still holds."""
    pages = _pages(path)
    for number in range(1, pages.count() + 1):
        yield from _rows_of(pages, number)


def _pages(path: Path) -> _Pages:
    data = path.read_bytes()
    log = path.with_name(f"{path.name}-wal")
    wal = log.read_bytes() if log.is_file() else b""
    size = _page_size(data, wal)
    reserved = data[20] if len(data) > 20 and data[:6] == b"SQLite" else 0
    return _Pages(data, size, size - reserved, _newer(wal, size))


def _page_size(data: bytes, wal: bytes) -> int:
    if len(wal) >= 12 and struct.unpack(">I", wal[:4])[0] in _WAL_MAGIC:
        (size,) = struct.unpack(">I", wal[8:12])
        if size in _SIZES:
            return int(size)
    if data[:6] == b"SQLite" and len(data) >= 18:
        (size,) = struct.unpack(">H", data[16:18])
        size = 65536 if size == 1 else size
        if size in _SIZES:
            return int(size)
    return _USUAL_SIZE


def _newer(wal: bytes, size: int) -> dict[int, bytes]:
    """Pages that were committed to the log and perhaps not yet copied into the file."""
    if len(wal) < 32 or struct.unpack(">I", wal[:4])[0] not in _WAL_MAGIC:
        return {}
    salts, found, waiting = wal[16:24], {}, {}
    for start in range(32, len(wal) - size - 23, size + 24):
        number, committed = struct.unpack(">II", wal[start : start + 8])
        if wal[start + 8 : start + 16] != salts:
            break
        waiting[number] = wal[start + 24 : start + 24 + size]
        if committed:
            found.update(waiting)
            waiting = {}
    return found


def _rows_of(pages: _Pages, number: int) -> Iterator[Row]:
    page = pages.page(number)
    start = 100 if number == 1 else 0
    if len(page) < pages.size or page[start] != _LEAF:
        return
    (count,) = struct.unpack(">H", page[start + 3 : start + 5])
    for index in range(min(count, (pages.size - start - 8) // 2)):
        at = start + 8 + 2 * index
        (cell,) = struct.unpack(">H", page[at : at + 2])
        try:
            yield _row(pages, page, cell)
        except (_NonsenseError, struct.error, IndexError, UnicodeDecodeError):
            continue


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for index in range(9):
        byte = data[at + index]
        if index == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            return value, at + index + 1
    raise _NonsenseError


def _row(pages: _Pages, page: bytes, at: int) -> Row:
    length, at = _varint(page, at)
    number, at = _varint(page, at)
    if not 0 < length <= _MOST_BYTES:
        raise _NonsenseError
    return number, _record(_payload(pages, page, at, length))


def _payload(pages: _Pages, page: bytes, at: int, length: int) -> bytes:
    """The bytes of a row, followed through its overflow pages."""
    usable = pages.usable
    if length <= usable - 35:
        return _exactly(page[at : at + length], length)
    least = (usable - 12) * 32 // 255 - 23
    local = least + (length - least) % (usable - 4)
    local = local if local <= usable - 35 else least
    parts, missing = [_exactly(page[at : at + local], local)], length - local
    (following,) = struct.unpack(">I", page[at + local : at + local + 4])
    while missing:
        more = pages.page(following)
        if len(more) < usable:
            raise _NonsenseError
        parts.append(more[4 : 4 + min(missing, usable - 4)])
        missing -= len(parts[-1])
        (following,) = struct.unpack(">I", more[:4])
    return b"".join(parts)


def _exactly(data: bytes, length: int) -> bytes:
    if len(data) != length:
        raise _NonsenseError
    return data


def _record(payload: bytes) -> tuple[Cell, ...]:
    end, at = _varint(payload, 0)
    if end > len(payload):
        raise _NonsenseError
    kinds: list[int] = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    cells: list[Cell] = []
    for kind in kinds:
        cell, end = _cell(payload, end, kind)
        cells.append(cell)
    return tuple(cells)


_INTEGERS: Sequence[int] = (0, 1, 2, 3, 4, 6, 8)


def _cell(payload: bytes, at: int, kind: int) -> tuple[Cell, int]:
    if kind == 0:
        return None, at
    if kind <= 6:
        width = _INTEGERS[kind]
        return int.from_bytes(_exactly(payload[at : at + width], width), "big", signed=True), at + width
    if kind == 7:
        (number,) = struct.unpack(">d", payload[at : at + 8])
        return float(number), at + 8
    if kind in (8, 9):
        return kind - 8, at
    if kind < 12:
        raise _NonsenseError
    length = (kind - 12) // 2
    raw = _exactly(payload[at : at + length], length)
    return (raw.decode("utf-8") if kind % 2 else raw), at + length
