"""A value of a pack ↔ what stands in a cell, without loss."""

import re
from collections.abc import Sequence
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


# -- from the sheet --------------------------------------------------------------------------------


def from_cell(column: Column, raw: Raw | None, where: str) -> tuple[Any, Sequence[Problem]]:
    """The value of a cell, `MISSING` for none. What does not fit is passed on for the pack check to name."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return MISSING, ()
    if isinstance(raw, str) and raw.strip() == NULL and column.nullable:
        return None, ()
    if column.kind == "yaml" or (column.kind in ("names", "groups") and _is_flow(raw)):
        return _from_yaml(_as_text(raw), where)
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
    return "" if text.strip() == EMPTY else text


def _is_flow(raw: Raw) -> bool:
    return isinstance(raw, str) and raw.strip().startswith("[") and raw.strip().endswith("]")


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
