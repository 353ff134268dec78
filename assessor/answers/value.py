"""Raw values as they stand in JSON ↔ typed values, with every fault told.

One rule for the window, the answers file and later the workbook: `parse_value` takes what JSON can
hold and gives the value or the problems; `raw_value` is its inverse.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from assessor.answers.model import Ratio, Trend, Value
from assessor.errors import Problem
from assessor.pack.condition import Lookup, holds
from assessor.pack.question import (
    TREND_LETTERS,
    BoolQuestion,
    Bound,
    Bounds,
    Column,
    LevelQuestion,
    MultiQuestion,
    NumberQuestion,
    Question,
    RatioQuestion,
    SingleQuestion,
    TableQuestion,
    TextQuestion,
    TrendQuestion,
    option_ids,
)
from assessor.words import _

Parsed = tuple[Value | None, list[Problem]]


def parse_value(question: Question, raw: Any, lookup: Lookup, where: str = "") -> Parsed:
    """The typed value, or None and what is wrong with it. Soft ranges are not looked at here."""
    parse: Callable[..., Parsed] = _PARSERS[type(question)]
    return parse(question, raw, lookup, where)


def raw_value(value: Value) -> Any:
    """The value as JSON holds it; whole numbers without a point."""
    match value:
        case Ratio():
            pair = {"numerator": _plain(value.numerator), "denominator": _plain(value.denominator)}
            return _with_letter(pair, value.letter)
        case Trend():
            return _with_letter({"before": _plain(value.before), "after": _plain(value.after)}, value.letter)
        case Decimal():
            return _plain(value)
        case tuple():
            return [_raw_row(item) for item in value]
        case _:
            return value


def bound_for(bounds: Sequence[Bound], lookup: Lookup) -> Bound | None:
    """The first bound whose condition holds, or that has none."""
    return next((bound for bound in bounds if holds(bound.if_, lookup)), None)


def outside(value: Decimal | Fraction, bound: Bound | None) -> bool:
    """Whether a figure lies beyond a bound."""
    if bound is None:
        return False
    too_low = bound.min is not None and value < bound.min
    return too_low or (bound.max is not None and value > bound.max)


def shown(figure: Decimal | Fraction) -> object:
    """A figure as messages print it; a share to the hundredth."""
    if isinstance(figure, Decimal):
        return figure
    return f"{Decimal(figure.numerator) / Decimal(figure.denominator):.2f}"


def _raw_row(item: Any) -> Any:
    if isinstance(item, str):
        return item
    return {key: _plain(cell) if isinstance(cell, Decimal) else cell for key, cell in item.items()}


def _with_letter(pair: dict[str, Any], letter: str | None) -> Any:
    if all(part is None for part in pair.values()):
        return letter
    return {**pair, "letter": letter} if letter else pair


def _plain(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _wrong(question: Question, expected: str, raw: Any, where: str) -> Parsed:
    values = {"id": question.id, "expected": expected, "value": repr(raw)}
    return None, [Problem("value-kind", where, values)]


def _no_option(question: Question, option: object, where: str) -> Problem:
    known = _("、").join(option_ids(question))
    return Problem("value-option", where, {"id": question.id, "option": option, "known": known})


def _level(question: LevelQuestion, raw: Any, lookup: Lookup, where: str) -> Parsed:
    if (
        isinstance(raw, bool)
        or not isinstance(raw, int)
        or raw not in {rung.level for rung in question.levels}
    ):
        return _wrong(question, _("0—4 的等级"), raw, where)
    return raw, []


def _single(question: SingleQuestion, raw: Any, lookup: Lookup, where: str) -> Parsed:
    if not isinstance(raw, str):
        return _wrong(question, _("一个选项"), raw, where)
    return (raw, []) if raw in option_ids(question) else (None, [_no_option(question, raw, where)])


def _multi(question: MultiQuestion, raw: Any, lookup: Lookup, where: str) -> Parsed:
    if not isinstance(raw, list | tuple) or not all(isinstance(item, str) for item in raw):
        return _wrong(question, _("选项列表"), raw, where)
    ids = option_ids(question)
    problems = [_no_option(question, item, where) for item in raw if item not in ids]
    none = next((option.id for option in question.options if option.none), None)
    if none in raw and len(set(raw)) > 1:
        problems.append(Problem("value-none-excludes", where, {"id": question.id, "none": none}))
    if not raw:
        return _wrong(question, _("至少一个选项"), raw, where)
    return (None, problems) if problems else (tuple(item for item in ids if item in raw), [])


def _bool(question: BoolQuestion, raw: Any, lookup: Lookup, where: str) -> Parsed:
    return (raw, []) if isinstance(raw, bool) else _wrong(question, _("是或否"), raw, where)


_MOST_DIGITS = 18  # before the point; more would not be a firm's figure, and could not be rounded exactly


def number(raw: Any) -> Decimal | None:
    """A figure of sensible size, exact; None when it is none. Text is no number."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        return None
    try:
        figure = Decimal(str(raw))
    except InvalidOperation:
        return None
    return figure if figure.is_finite() and figure.adjusted() < _MOST_DIGITS else None


def _number(question: NumberQuestion, raw: Any, lookup: Lookup, where: str) -> Parsed:
    figure = number(raw)
    if figure is None:
        return _wrong(question, _("数字（{unit}）").format(unit=question.unit), raw, where)
    problems = _hard(question.id, figure, question.bounds, lookup, where)
    return (None, problems) if problems else (figure, [])


def _hard(name: str, figure: Decimal | Fraction, bounds: Bounds, lookup: Lookup, where: str) -> list[Problem]:
    bound = bound_for(bounds.hard, lookup)
    if bound is None or not outside(figure, bound):
        return []
    low = _("不限") if bound.min is None else bound.min
    high = _("不限") if bound.max is None else bound.max
    return [Problem("value-bounds", where, {"id": name, "value": shown(figure), "low": low, "high": high})]


def _ratio(question: RatioQuestion, raw: Any, lookup: Lookup, where: str) -> Parsed:
    letters = option_ids(question)
    if isinstance(raw, str) and letters:
        return (Ratio(letter=raw), []) if raw in letters else (None, [_no_option(question, raw, where)])
    if not isinstance(raw, dict) or raw.keys() - {"letter"} != {"numerator", "denominator"}:
        return _wrong(question, _("分子和分母"), raw, where)
    top, bottom = number(raw["numerator"]), number(raw["denominator"])
    if top is None or bottom is None:
        return _wrong(question, _("分子和分母两个数字"), raw, where)
    letter = raw.get("letter")
    if letter is not None and letter not in letters:
        return None, [_no_option(question, letter, where)]
    problems = _ratio_problems(question, top, bottom, lookup, where)
    return (None, problems) if problems else (Ratio(top, bottom, letter), [])


def _ratio_problems(
    question: RatioQuestion, top: Decimal, bottom: Decimal, lookup: Lookup, where: str
) -> list[Problem]:
    def wrong(reason: str) -> list[Problem]:
        values = {"id": question.id, "numerator": top, "denominator": bottom, "reason": reason}
        return [Problem("value-ratio", where, values)]

    if top < 0 or bottom < 0:
        return wrong(_("不能为负"))
    if bottom == 0:
        return [] if top == 0 and question.empty_is_zero else wrong(_("分母为零"))
    share = 100 * Fraction(top) / Fraction(bottom)
    return _hard(question.id, share, question.bounds, lookup, where)


def _trend(question: TrendQuestion, raw: Any, lookup: Lookup, where: str) -> Parsed:
    if isinstance(raw, str):
        known = raw in TREND_LETTERS
        return (Trend(letter=raw), []) if known else (None, [_no_option(question, raw, where)])
    if not isinstance(raw, dict) or raw.keys() - {"letter"} != {"before", "after"}:
        return _wrong(question, _("前后两个数字或 A、B、C"), raw, where)
    before, after = number(raw["before"]), number(raw["after"])
    if before is None or after is None:
        return _wrong(question, _("前后两个数字"), raw, where)
    letter = raw.get("letter")
    if letter is not None and letter not in TREND_LETTERS:
        return None, [_no_option(question, letter, where)]
    problems = [
        problem
        for figure in (before, after)
        for problem in _hard(question.id, figure, question.bounds, lookup, where)
    ]
    return (None, problems) if problems else (Trend(before, after, letter), [])


def _table(question: TableQuestion, raw: Any, lookup: Lookup, where: str) -> Parsed:
    if not isinstance(raw, list | tuple) or not all(isinstance(row, dict) for row in raw):
        return _wrong(question, _("行的列表"), raw, where)
    problems: list[Problem] = []
    rows = tuple(_row(question, row, index, where, problems) for index, row in enumerate(raw, 1))
    return (None, problems) if problems else (rows, [])


def _row(question: TableQuestion, raw: Any, index: int, where: str, problems: list[Problem]) -> Any:
    columns = {column.id: column for column in question.columns}
    row: dict[str, Any] = {}
    for key, cell in raw.items():
        place = _("{where} 第 {index} 行").format(where=where, index=index).strip()
        if key not in columns:
            known = _("、").join(columns)
            problems.append(
                Problem("value-option", place, {"id": question.id, "option": key, "known": known})
            )
            continue
        value, expected = _cell(columns[key], cell)
        if expected:
            values = {"id": f"{question.id}.{key}", "expected": expected, "value": repr(cell)}
            problems.append(Problem("value-kind", place, values))
        row[key] = value
    return row


def _cell(column: Column, raw: Any) -> tuple[Any, str]:
    """The cell's value and, when it is wrong, what was expected."""
    if raw is None or raw == "":
        return None, ""
    match column.kind:
        case "number":
            figure = number(raw)
            return figure, "" if figure is not None else _("数字")
        case "bool":
            return raw, "" if isinstance(raw, bool) else _("是或否")
        case "single":
            return raw, "" if raw in column.options else _("、").join(column.options)
        case _:
            return raw, "" if isinstance(raw, str) else _("文字")


def _text(question: TextQuestion, raw: Any, lookup: Lookup, where: str) -> Parsed:
    if not isinstance(raw, str):
        return _wrong(question, _("文字"), raw, where)
    if len(raw) > question.max_length:
        return _wrong(
            question,
            _("不超过 {max_length} 字的文字").format(max_length=question.max_length),
            _("{count} 字").format(count=len(raw)),
            where,
        )
    text = raw.strip()
    return (text, []) if text else _wrong(question, _("文字"), raw, where)


_PARSERS: dict[type, Callable[..., Parsed]] = {
    LevelQuestion: _level,
    SingleQuestion: _single,
    MultiQuestion: _multi,
    BoolQuestion: _bool,
    NumberQuestion: _number,
    RatioQuestion: _ratio,
    TrendQuestion: _trend,
    TableQuestion: _table,
    TextQuestion: _text,
}
