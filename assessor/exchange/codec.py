"""How do texts, lists and figures stand in a cell so that they come back exactly?

Ordinary text stands as it is and a list as one line an entry. What a workbook would bend (carriage
returns, half characters, figures of more than fifteen digits) is written in a form of its own:
`json:` and the JSON of it, or the digits as text.
"""

import json
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from assessor.errors import refuse

Cell = str | int | float | None
"""What a cell holds; None is an empty one."""

LONGEST = 32_767
"""Characters (UTF-16) that a cell takes; more would be cut without a word."""
_DIGITS = 15
_LARGEST = Decimal(10) ** 15
_SMALLEST = Decimal(10) ** -15
_BENT = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_x[0-9A-Fa-f]{4}_")
_MARK = "json:"
_FIGURE = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)


def text_cell(text: str, where: str = "") -> str:
    """A text as it stands in a cell; `UserError` when no cell is large enough."""
    cell = _quoted(text) if _BENT.search(text) or text.startswith(_MARK) or text != text.strip() else text
    units = len(cell.encode("utf-16-le", "surrogatepass")) // 2
    if units > LONGEST:
        raise refuse("workbook-text-long", where, length=units, most=LONGEST)
    return cell


def cell_text(cell: str) -> str:
    """The text that stands in a cell, without outer spaces."""
    found = _unquoted(cell)
    return found if isinstance(found, str) else cell.strip()


def list_cell(entries: Sequence[str], where: str = "") -> str:
    """A list of texts as it stands in a cell: one line an entry."""
    plain = all(entry and entry == entry.strip() and "\n" not in entry for entry in entries)
    if plain and not any(_BENT.search(entry) or entry.startswith(_MARK) for entry in entries):
        return text_cell("\n".join(entries), where)
    return text_cell_of(list(entries), where)


def text_cell_of(data: Any, where: str = "") -> str:
    """Anything JSON can hold, marked as such."""
    cell = _quoted(data)
    if len(cell) > LONGEST:
        raise refuse("workbook-text-long", where, length=len(cell), most=LONGEST)
    return cell


def cell_list(cell: str) -> tuple[str, ...]:
    """The list that stands in a cell; empty lines are no entries."""
    found = _unquoted(cell)
    if isinstance(found, list) and all(isinstance(entry, str) for entry in found):
        return tuple(found)
    return tuple(line.strip() for line in cell.splitlines() if line.strip())


def _quoted(data: Any) -> str:
    """JSON without anything the format could read as an escape of its own."""
    return _MARK + json.dumps(data, ensure_ascii=True).replace("_x", "\\u005fx")


def _unquoted(cell: str) -> Any:
    if not cell.startswith(_MARK):
        return None
    try:
        return json.loads(cell.removeprefix(_MARK))
    except (ValueError, RecursionError):
        return None


def figure_cell(figure: Decimal) -> int | float | str:
    """A figure as a number where the workbook keeps it exactly, else its digits as text."""
    if not is_plain(figure):
        return str(figure)
    return int(figure) if figure == figure.to_integral_value() else float(figure)


def is_plain(figure: Decimal) -> bool:
    """Whether a spreadsheet keeps the figure: fifteen digits, neither huge nor tiny."""
    if figure == 0:
        return True
    digits = len(figure.normalize().as_tuple().digits)
    return digits <= _DIGITS and _SMALLEST <= abs(figure) < _LARGEST


def cell_figure(cell: float) -> Decimal:
    """The figure a number cell shows: fifteen digits, what lies beyond is noise of the format."""
    return Decimal(f"{cell:.15g}")


def text_figure(text: str) -> Decimal | None:
    """The figure plain digits stand for, None when they are no figure."""
    return Decimal(text) if _FIGURE.fullmatch(text) else None
