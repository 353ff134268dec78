"""A value of a pack ↔ what stands in a cell, without loss."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from assessor.errors import Problem
from assessor.exchange.authoring import names
from assessor.exchange.authoring.shape import Column
from assessor.exchange.grid import Raw
from assessor.pack.yamlfile import parse_yaml
from assessor.pack.yamltext import flow

Content = str | int | float | None

NULL, EMPTY = "null", '""'
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_BETWEEN = " / "
_TO = "～"
_RANGE = re.compile(r"(-?[0-9.]+)?\s*(?:～|~|—|–|到)\s*(-?[0-9.]+)?")
_COLON = re.compile(r"\s*[:：]\s*")
_COMMA = re.compile(r"[,，、]")


class Missing:
    """Nothing stands there."""


MISSING: Final = Missing()


# -- to the sheet ----------------------------------------------------------------------------------


def to_cell(column: Column, value: Any) -> Content:
    """What to write for a value of this column; None for an empty cell."""
    if isinstance(value, Missing) or (value is None and not (column.required and column.nullable)):
        return None
    if value is None:
        return NULL
    match column.kind:
        case "bool" if isinstance(value, bool):
            return names.YES if value else names.NO
        case "int" | "number" if isinstance(value, int | Decimal):
            return _number(value)
        case "choice":
            return names.word(str(value))
        case "names" | "choices" | "groups":
            return _lines(column, value)
        case "ranges" | "pairs":
            text = "\n".join(_ranges_out(value) if column.kind == "ranges" else _pairs_out(value))
            plain = text and not _is_flow(text) and from_cell(column, text, "") == (value, ())
            return text if plain else flow(value)
        case "yaml":
            return flow(value)
    text = str(value)
    return text or (EMPTY if column.required else None)


def _number(value: int | Decimal) -> Content:
    """A number where Excel keeps it exactly, else its digits as text."""
    if isinstance(value, int):
        return value if abs(value) < 10**15 else str(value)
    return float(value) if str(_decimal(float(value))) == str(value) else f"{value:f}"


def _lines(column: Column, value: Any) -> Content:
    """One entry a line; alternatives of one entry side by side."""
    entries = [value] if isinstance(value, str) else list(value)
    if not entries:
        return None
    lines = [_BETWEEN.join(entry) if isinstance(entry, list) else entry for entry in entries]
    if column.kind == "choices":
        lines = [names.word(line) for line in lines]
    text = "\n".join(map(str, lines))
    return text if not _is_flow(text) and _from_lines(column, text) == entries else flow(entries)


def _ranges_out(value: Any) -> Iterator[str]:
    """Each as low～high; what has more to it is not read back, and so written in full."""
    for one in value if isinstance(value, list) else ():
        low, high = (one.get(end) if isinstance(one, Mapping) else None for end in ("min", "max"))
        yield f"{'' if low is None else low}{_TO}{'' if high is None else high}"


def _pairs_out(value: Any) -> Iterator[str]:
    for key, one in value.items() if isinstance(value, Mapping) else ():
        yield f"{key}: {', '.join(map(str, one)) if isinstance(one, list) else one}"


# -- from the sheet --------------------------------------------------------------------------------


def from_cell(column: Column, raw: Raw | None, where: str) -> tuple[Any, Sequence[Problem]]:
    """The value of a cell, `MISSING` for none. What does not fit is passed on for the pack check to name."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return MISSING, ()
    if isinstance(raw, str) and raw.strip() == NULL and column.nullable:
        return None, ()
    listed = column.kind in ("names", "groups", "ranges", "pairs")
    if column.kind == "yaml" or (listed and _is_flow(raw)):
        return _from_yaml(_as_text(raw), where)
    if column.kind == "pairs":
        return _from_pairs(column, _as_text(raw), where)
    return _plain(column, raw), ()


def _plain(column: Column, raw: Raw) -> Any:
    text = _as_text(raw)
    match column.kind:
        case "int" | "number":
            return _from_number(raw)
        case "bool":
            return names.BOOLS.get(text.strip().lower(), text)
        case "choice":
            return names.value_of(text.strip(), column.options)
        case "names" | "choices" | "groups":
            return _from_lines(column, text)
        case "ranges":
            return _from_ranges(text)
    return "" if text.strip() == EMPTY else text


def _is_flow(raw: Raw) -> bool:
    text = raw.strip() if isinstance(raw, str) else ""
    return text[:1] + text[-1:] in ("[]", "{}")


def _from_yaml(text: str, where: str) -> tuple[Any, Sequence[Problem]]:
    document = parse_yaml(f"v: {text.strip()}".encode(), where)
    if document.problems or not isinstance(document.data, dict):
        return MISSING, [Problem(one.code, where, one.values) for one in document.problems[:1]]
    return document.data["v"], ()


def _from_lines(column: Column, text: str) -> list[Any]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if column.kind == "choices":
        return [names.value_of(line, column.options) for line in lines]
    if column.kind == "groups":
        parts = [[part.strip() for part in line.split(_BETWEEN.strip())] for line in lines]
        return [part if len(part) > 1 else part[0] for part in parts]
    return lines


def _from_ranges(text: str) -> Any:
    """Ranges, one a line; the text itself when one of them is none."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        ends = _RANGE.fullmatch(line)
        if ends is None:
            return text
        low, high = (None if end == "" else _from_number(end) for end in ends.groups(default=""))
        found.append({k: v for k, v in (("min", low), ("max", high)) if v is not None})
    return found


def _from_pairs(column: Column, text: str, where: str) -> tuple[Any, Sequence[Problem]]:
    """Pairs, one a line; the text itself when one of them has no colon."""
    found: dict[str, Any] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        key, colon, rest = _COLON.sub(": ", line, count=1).partition(": ")
        if not colon or not key.strip():
            return text, ()
        if key.strip() in found:
            return found, [Problem("yaml-duplicate-key", where, {"key": key.strip()})]
        parts = [part.strip() for part in _COMMA.split(rest.strip())] if column.many else [rest.strip()]
        values = [part if column.inner == "text" else _from_number(part) for part in parts]
        found[key.strip()] = values if column.many else values[0]
    return found, ()


def _from_number(raw: Raw) -> Any:
    if isinstance(raw, bool):
        return names.YES if raw else names.NO
    if isinstance(raw, int | float):
        value = _decimal(float(raw))
        return int(value) if value == value.to_integral_value() else value
    text = _as_text(raw).strip()
    if _NUMBER.fullmatch(text):
        return Decimal(text) if "." in text else int(text)
    return text


def _decimal(number: float) -> Decimal:
    """The shortest decimal that is this number; whole ones without a point."""
    value = Decimal(repr(number))
    return Decimal(int(value)) if value == value.to_integral_value() else value


def _as_text(raw: Raw) -> str:
    """A cell's content as text; Excel makes numbers and dates of what looks like one."""
    match raw:
        case bool():
            return names.YES if raw else names.NO
        case float() | int():
            return f"{_decimal(float(raw)):f}"
        case datetime():
            return raw.date().isoformat()
        case date():
            return raw.isoformat()
    return str(raw).replace("\r\n", "\n")
