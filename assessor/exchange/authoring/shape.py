"""What sheets and columns does a pack need? Read off the records of `assessor.pack`, file by file.

Lists of records become tables of their own when the record they hang on has an id; dictionaries of
records become tables with the key in front. Records inside a record become columns (`cite.source`).
What is deeper or recursive (conditions, bounds, counts) stays one cell of one-line YAML.
"""

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BeforeValidator, TypeAdapter

from assessor.pack.record import Record
from assessor.pack.schema import FILES

Kind = Literal[
    "text", "int", "number", "bool", "choice", "names", "choices", "groups", "ranges", "pairs", "yaml"
]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where its value lies in a record, and what may stand in it.

    `inner` is the kind of the values of pairs, `many` whether each is a list.
    """

    path: Path
    kind: Kind
    options: tuple[str, ...] = ()
    required: bool = False
    nullable: bool = False
    inner: Kind = "text"
    many: bool = False

    @property
    def key(self) -> str:
        """Its machine name, such as `cite.source`."""
        return ".".join(map(str, self.path))


@dataclass(frozen=True, slots=True)
class Table:
    """Records of one kind: `keys` columns of dictionary keys, then its own; tables of lists inside them.

    `scalar`: the values are plain, not records (then there is one column, with an empty path).
    """

    path: tuple[str, ...]
    keys: int
    columns: tuple[Column, ...]
    children: tuple["Table", ...] = ()
    scalar: bool = False
    key_options: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """The field of the record above that holds these records."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of file: the columns at its head, and its tables."""

    file: str
    head: tuple[Column, ...] = ()
    tables: tuple[Table, ...] = ()
    required: frozenset[str] = field(default_factory=frozenset)

    def every_table(self) -> Iterator[Table]:
        """All tables, those inside others after them."""
        yield from _walk(self.tables)


def _walk(tables: Sequence[Table]) -> Iterator[Table]:
    for table in tables:
        yield table
        yield from _walk(table.children)


def shapes() -> Mapping[str, Shape]:
    """Shape by file name; files of which there may be several have a `*` in it."""
    return {path: shape_of(path, adapter) for path, adapter in FILES.items()}


def shape_of(file: str, adapter: TypeAdapter[Any]) -> Shape:
    """The shape of one kind of file, from what it holds."""
    kind = adapter._type
    records = _records(kind)
    if not records:
        table = _dictionary((), kind)
        return Shape(file, (), (table,) if table else ())
    head: list[Column] = []
    tables: list[Table] = []
    needed = set()
    for name, one in _fields(records).items():
        table = _table((name,), one.kind, identified=True)
        if table is None:
            head += _columns((name,), one)
        else:
            tables.append(table)
            if one.required:
                needed.add(name)
    return Shape(file, tuple(head), tuple(tables), frozenset(needed))


# -- fields of records -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Field:
    kind: Any
    required: bool


def _fields(records: Sequence[type[Record]]) -> Mapping[str, _Field]:
    """The fields of a record, or of all records that may stand in one place, by the key in the file."""
    found: dict[str, list[_Field]] = {}
    for record in records:
        for name, info in record.model_fields.items():
            wanted = info.is_required() and name != "cite"
            kind: Any = info.annotation
            for rule in info.metadata:
                kind = Annotated[kind, rule]
            found.setdefault(info.alias or name, []).append(_Field(kind, wanted))
    return {
        key: _Field(
            Union[tuple(dict.fromkeys(one.kind for one in each))],  # noqa: UP007  # made from a list
            len(each) == len(records) and all(one.required for one in each),
        )
        for key, each in found.items()
    }


def _members(kind: Any) -> tuple[Any, ...]:
    """What a union consists of, None left out; anything else alone."""
    kind = _bare(kind)
    if get_origin(kind) in (Union, types.UnionType):
        inner = (member for part in get_args(kind) for member in _members(part))
        return tuple(dict.fromkeys(part for part in inner if part is not type(None)))
    return (kind,)


def _bare(kind: Any) -> Any:
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    return kind


def _nullable(kind: Any) -> bool:
    kind = _bare(kind)
    return get_origin(kind) in (Union, types.UnionType) and type(None) in get_args(kind)


def _is_loose(kind: Any) -> bool:
    """Whether a file may hold something else than the record that is made of it."""
    if get_origin(kind) is Annotated:
        inner, *rules = get_args(kind)
        return any(isinstance(rule, BeforeValidator) for rule in rules) or _is_loose(inner)
    return get_origin(kind) in (Union, types.UnionType) and any(map(_is_loose, get_args(kind)))


def _records(kind: Any) -> tuple[type[Record], ...]:
    """The records that may stand in a place; empty when something else may stand there too."""
    members = _members(kind)
    if all(isinstance(member, type) and issubclass(member, Record) for member in members):
        return members
    return ()


def _items(kind: Any) -> Any:
    """What a list of any length holds, None when it is no such list."""
    held = [get_args(member)[0] for member in _members(kind) if _is_list(member)]
    return Union[tuple(held)] if len(held) == len(_members(kind)) else None  # noqa: UP007  # made from a list


def _is_list(kind: Any) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[-1:] == (Ellipsis,)


def _mapping(kind: Any) -> tuple[Any, Any] | None:
    members = _members(kind)
    if len(members) == 1 and get_origin(members[0]) is dict:
        key, value = get_args(members[0])
        return key, value
    return None


def _words(kind: Any) -> tuple[str, ...]:
    """The words of a Literal."""
    members = _members(kind)
    if all(get_origin(member) is Literal for member in members):
        words = [word for member in members for word in get_args(member)]
        return tuple(words) if all(isinstance(word, str) for word in words) else ()
    return ()


# -- tables ------------------------------------------------------------------------------------------


def _table(
    path: tuple[str, ...], kind: Any, *, identified: bool, above: frozenset[type[Record]] = frozenset()
) -> Table | None:
    """The table of a field; None when it is to be columns.

    Only what has an id can have tables inside, and no record a table of its own kind (`above` are
    those it lies in).
    """
    items = _items(kind)
    if items is not None and identified and (records := _records(items)) and not above.intersection(records):
        return _record_table(path, 0, records, above=above)
    return _dictionary(path, kind) if len(path) == 1 else None


def _record_table(
    path: tuple[str, ...],
    keys: int,
    records: Sequence[type[Record]],
    options: tuple[str, ...] = (),
    above: frozenset[type[Record]] = frozenset(),
) -> Table:
    fields = _fields(records)
    identified = bool(keys) or "id" in fields
    columns: list[Column] = []
    children: list[Table] = []
    for name, one in fields.items():
        child = _table((*path, name), one.kind, identified=identified, above=above.union(records))
        if child is None:
            columns += _columns((name,), one)
        else:
            children.append(child)
    return Table(path, keys, tuple(columns), tuple(children), key_options=options)


def _dictionary(path: tuple[str, ...], kind: Any) -> Table | None:
    """A dictionary at the top of a file, or one whose values are dictionaries."""
    pair = _mapping(kind)
    if pair is None:
        return None
    options, keys, value = _words(pair[0]), 1, pair[1]
    inner = _mapping(value)
    if inner is not None:
        keys, value = 2, inner[1]
    records = _records(value)
    if records:
        return _record_table(path, keys, records, options)
    column = _simple((), value, required=True)
    return None if column is None else Table(path, keys, (column,), scalar=True, key_options=options)


# -- columns -----------------------------------------------------------------------------------------


def _columns(path: Path, one: _Field) -> tuple[Column, ...]:
    simple = _simple(path, one.kind, required=one.required)
    if simple is not None:
        return (simple,)
    inside = (pairs,) if (pairs := _pairs(path, one)) else _spread(path, one.kind)
    return inside or (Column(path, "yaml", required=one.required, nullable=_nullable(one.kind)),)


def _spread(path: Path, kind: Any) -> tuple[Column, ...]:
    """A record, or a dictionary with few known keys, as columns; empty when it can't be."""
    records = _records(kind)
    if records and not _is_loose(kind) and not any(_recursive(record) for record in records):
        fields = _fields(records)
        found = [_simple((*path, name), one.kind, required=False) for name, one in fields.items()]
        deep = [Column((*path, name), "yaml") for name in fields]
        return tuple(column or other for column, other in zip(found, deep, strict=True))
    pair = _mapping(kind)
    if pair and _words(pair[0]):
        spread = [_part((*path, word), pair[1]) for word in _words(pair[0])]
        return tuple(column for part in spread for column in part) if all(spread) else ()
    return _fixed(path, kind)


def _part(path: Path, kind: Any) -> tuple[Column, ...]:
    """What stands under one key of a dictionary with known keys; empty when it is deep."""
    simple = _simple(path, kind, required=False)
    if simple is not None:
        return (simple,)
    columns = _fixed(path, kind) or _spread(path, kind)
    return () if any(column.kind == "yaml" for column in columns) else columns


def _fixed(path: Path, kind: Any) -> tuple[Column, ...]:
    """A tuple of a fixed number of plain values."""
    members = _members(kind)
    if len(members) != 1 or get_origin(members[0]) is not tuple or _is_list(members[0]):
        return ()
    found = [_simple((*path, i), part, required=False) for i, part in enumerate(get_args(members[0]))]
    return tuple(column for column in found if column) if all(found) else ()


def _recursive(record: type[Record]) -> bool:
    return any(record.__name__ in str(info.annotation) for info in record.model_fields.values())


_PLAIN: Mapping[Any, Kind] = {str: "text", int: "int", Decimal: "number", bool: "bool"}


def _simple(path: Path, kind: Any, *, required: bool) -> Column | None:
    """The column of a plain value or a list of words; None for anything deeper."""
    members = _members(kind)
    nullable = _nullable(kind)
    if words := _words(kind):
        return Column(path, "choice", words, required, nullable)
    if len(members) != 1:
        return None
    one = members[0]
    if one in _PLAIN:
        return Column(path, _PLAIN[one], (), required, nullable)
    if get_origin(one) is Literal:
        return Column(path, "int", (), required, nullable)
    items = _items(kind)
    if items is None:
        return None
    if words := _words(items):
        return Column(path, "choices", words, required, nullable)
    if _members(items) == (str,):
        return Column(path, "names", (), required, nullable)
    inner = _items(items)
    if inner and _members(inner) == (str,):
        return Column(path, "groups", (), required, nullable)
    ranges = [set(_fields((record,))) == {"if", "min", "max"} for record in _records(items)]
    return Column(path, "ranges", (), required, nullable) if ranges and all(ranges) else None


def _pairs(path: Path, one: _Field) -> Column | None:
    """The column of a dictionary with free keys and plain values, or lists of them."""
    pair = _mapping(one.kind)
    if pair is None or _members(pair[0]) != (str,):
        return None
    items = _items(pair[1])
    members = _members(items or pair[1])
    if len(members) != 1 or members[0] not in (str, int, Decimal):
        return None
    nullable, inner = _nullable(one.kind), _PLAIN[members[0]]
    return Column(path, "pairs", (), one.required, nullable, inner=inner, many=items is not None)
