"""What did a person mean by what stands in a cell? Tolerant where there is one answer, strict where not.

`take` gives the raw value with the repair it needed, or the reason why the cell can't be used. Nothing
is guessed: where two readings are possible the cell is refused.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from assessor.exchange import labels
from assessor.exchange.codec import cell_figure, cell_text, text_figure
from assessor.exchange.grid import Raw
from assessor.exchange.labels import folded
from assessor.words import _

Plausible = Callable[[Decimal], bool | None]
"""Whether a figure lies where figures of its kind lie; None where nobody has said."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A raw value; `repair` is the code of what was mended, `now` what it became."""

    raw: Any
    repair: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a cell can't be used: a problem's code and the values of its sentence."""

    code: str
    values: dict[str, object] = field(default_factory=dict)


Outcome = Taken | Refused | None
"""None for a cell in which nothing stands."""

_ABOUT = ("大约", "约", "≈", "~")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_SPACED = re.compile(r"(?<=\d)[ '](?=\d{3}(?:\D|$))")
_LEVEL = re.compile(r"[lL]?([0-4])(?:\s*级)?(?:[\s　:：.、].*)?", re.S)
_HAN_LEVELS = {"零级": 0, "一级": 1, "二级": 2, "三级": 3, "四级": 4}
_SEPARATORS = re.compile(r"[\s,;/、.:()]+")
_YES = {"是", "y", "yes", "true", "1", "对", "√", "✓", "✔"}
_NO = {"否", "n", "no", "false", "0", "不", "不是", "×", "✗", "✘"}
_TICKED = _YES | {"☑", "v", "选", "勾", "■", "●"}
_UNTICKED = _NO | {"☐", "□", "○", "-", "—", "未选"}
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
_EPOCH = date(1899, 12, 30)


def words_of(cell: Raw) -> str:
    """The cell as a message shows it."""
    if isinstance(cell, bool):
        return labels.YES if cell else labels.NO
    if isinstance(cell, int | float):
        return str(cell_figure(float(cell)))
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)[:60]


def _unclear(cell: Raw, expected: str) -> Refused:
    return Refused("workbook-not-understood", {"value": words_of(cell), "expected": expected})


def take_number(cell: Raw, unit: str, percent: bool, kept: Sequence[str], plausible: Plausible) -> Outcome:
    """A figure in a unit. `percent`: the cell shows per cent; `kept`: odd figures that are meant."""
    expected = _("数字（{unit}）").format(unit=unit) if unit else _("数字")
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return _unclear(cell, expected)
    if isinstance(cell, str):
        return _number_text(cell, unit, kept, plausible, expected)
    figure = cell_figure(float(cell))
    if _is_kept(figure, kept):
        return Taken(figure)
    if percent:
        return Taken(100 * figure, "percent", str(100 * figure)) if unit == "%" else _unclear(cell, expected)
    return _per_cent(figure, Taken(figure), plausible) if unit == "%" else Taken(figure)


def _is_kept(figure: Decimal, kept: Sequence[str]) -> bool:
    return any(text_figure(text) == figure for text in kept)


def _number_text(cell: str, unit: str, kept: Sequence[str], plausible: Plausible, expected: str) -> Outcome:
    text = folded(cell)
    if not text:
        return None
    if cell in kept:
        return Taken(text_figure(cell))
    bare = next((text.removeprefix(word) for word in _ABOUT if text.startswith(word)), text).strip()
    marked = bare.endswith("%")
    if marked and unit != "%":
        return _unclear(cell, expected)
    bare = bare.removesuffix("%").strip() if marked else _without_unit(bare, unit)
    bare = _SPACED.sub(",", bare)
    bare = bare.replace(",", "") if _GROUPED.fullmatch(bare) else bare
    figure = text_figure(bare)
    if figure is None:
        return _unclear(cell, expected)
    repair = "percent" if marked else "number-text" if bare == text else "number-words"
    found = Taken(figure, repair, str(figure))
    return found if marked or unit != "%" else _per_cent(figure, found, plausible)


def _without_unit(text: str, unit: str) -> str:
    """The figure without its own unit behind it; another unit stays and makes it unreadable."""
    names = {unit, *re.split(r"[（）()/]", unit)} - {""}
    for name in sorted(map(folded, names), key=len, reverse=True):
        if text.endswith(name):
            return text.removesuffix(name).strip()
    return text


def _per_cent(figure: Decimal, found: Taken, plausible: Plausible) -> Outcome:
    """A figure up to 1 where per cent are asked: 0.85 may be 85 % or less than one."""
    if not 0 < figure <= 1:
        return found
    larger = 100 * figure
    readings = [value for value in (figure, larger) if plausible(value)]
    if readings == [figure]:
        return found
    if readings == [larger]:
        return Taken(larger, "percent", str(larger.normalize()))
    return Refused("workbook-percent", {"value": str(figure), "other": f"{larger.normalize():f}"})


def take_level(cell: Raw) -> Outcome:
    """A rung from 0 to 4, also written as 2级, L2 or 二级."""
    if isinstance(cell, str):
        text = folded(cell)
        if not text:
            return None
        found = _LEVEL.fullmatch(text)
        level = int(found[1]) if found else _HAN_LEVELS.get(text.removesuffix("级") + "级")
        return _unclear(cell, _("0—4 级")) if level is None else Taken(level, "option", f"{level} 级")
    if isinstance(cell, bool) or not isinstance(cell, int | float) or cell != int(cell):
        return _unclear(cell, _("0—4 级"))
    return Taken(int(cell))


def take_choice(cell: Raw, options: Sequence[str], texts: Sequence[str] = ()) -> Outcome:
    """One of the options by its name, its text, or both."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and cell == int(cell):
        cell = str(int(cell))
    if not isinstance(cell, str):
        return _unclear(cell, _("、").join(options[:12]))
    if cell in options:
        return Taken(cell)
    text = folded(cell)
    if not text:
        return None
    found = _by_name(text, options) or _by_text(text, options, texts)
    return Taken(found, "option", found) if found else _unclear(cell, _("、").join(options[:12]))


def _by_name(text: str, options: Sequence[str]) -> str | None:
    """The option a text begins with, as long as it names no second one."""
    for option in sorted(options, key=len, reverse=True):
        name = folded(option)
        if text.upper() == name.upper():
            return option
        rest = text[len(name) :]
        if text.upper().startswith(name.upper()) and _SEPARATORS.match(rest):
            others = {folded(other).upper() for other in options}
            return None if others & set(_SEPARATORS.split(rest.upper())) else option
    return None


def _by_text(text: str, options: Sequence[str], texts: Sequence[str]) -> str | None:
    found = [name for name, words in zip(options, texts, strict=False) if folded(words) == text]
    return found[0] if len(found) == 1 else None


def take_bool(cell: Raw) -> Outcome:
    """Yes or no."""
    return _truth(cell, _YES, _NO, _("是或否"), (labels.YES, labels.NO))


def take_tick(cell: Raw, option: str) -> Outcome:
    """Ticked or not; the option's own letter is a tick too."""
    if isinstance(cell, str) and folded(cell).upper() == folded(option).upper():
        return Taken(True, "tick", labels.TICK)
    return _truth(cell, _TICKED, _UNTICKED, _("“{tick}”或空着").format(tick=labels.TICK), (labels.TICK, ""))


def _truth(cell: Raw, yes: set[str], no: set[str], expected: str, plain: tuple[str, str]) -> Outcome:
    if isinstance(cell, bool):
        return Taken(cell, "tick", plain[0] if cell else plain[1])
    text = folded(words_of(cell)).lower()
    if not text:
        return None
    if text not in yes and text not in no:
        return _unclear(cell, expected)
    value = text in yes
    now = plain[0] if value else plain[1]
    return Taken(value) if cell == now else Taken(value, "tick", now)


def take_text(cell: Raw) -> Outcome:
    """Free words, as they stand but for outer spaces."""
    if not isinstance(cell, str):
        return Taken(words_of(cell))
    text = cell_text(cell)
    if not text:
        return None
    return Taken(text) if text == cell or cell.startswith("json:") else Taken(text, "spaces", text)


def take_code(cell: Raw, form: str, options: Sequence[str]) -> Outcome:
    """A credit code, industry or region: letters and digits alone, whatever stands around them."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Taken(f"{cell:.0f}" if abs(cell) < 1e10 else words_of(cell))
    if not isinstance(cell, str):
        return _unclear(cell, _("代码"))
    text = folded(cell)
    if not text:
        return None
    if form == "uscc":
        code = re.sub(r"[\s-]", "", text).upper()
        return Taken(code) if code == cell else Taken(code, "spaces", code)
    width = 4 if form == "industry" else 6
    found = re.match(rf"(\d{{{width}}})(?!\d)", text)
    named = [option for option in options if option.partition(" ")[2] == text]
    code = found[1] if found else named[0].partition(" ")[0] if len(named) == 1 else text
    return Taken(code) if cell in (code, *options) else Taken(code, "option", code)


def take_day(cell: Raw) -> Outcome:
    """A day as 2026-05-20, from whatever a spreadsheet or a person makes of it."""
    if isinstance(cell, datetime):
        return Taken(cell.date().isoformat())
    if isinstance(cell, date):
        return Taken(cell.isoformat())
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if _FIRST_SERIAL <= cell <= _LAST_SERIAL:
            return Taken((_EPOCH + timedelta(days=int(cell))).isoformat())
        cell = f"{cell:.0f}"
    if isinstance(cell, time | timedelta | bool):
        return Refused("date-shape", {"date": words_of(cell)})
    text = folded(cell)
    if not text:
        return None
    found = _DAY.fullmatch(text) or _EIGHT.fullmatch(text)
    try:
        day = date(*map(int, found.groups())).isoformat() if found else None
    except ValueError:
        day = None
    if day is None:
        return Refused("date-shape", {"date": words_of(cell)})
    return Taken(day) if day == cell else Taken(day, "date", day)
