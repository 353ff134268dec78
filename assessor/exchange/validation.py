"""What may be typed into a cell? The rule of each entry, with the words shown when it is broken."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from assessor.exchange.pen import list_name
from assessor.exchange.sheet import Line
from assessor.pack.question import Bound, NumberQuestion, Question, RatioQuestion, TextQuestion, TrendQuestion

_MOST = 10**15


def rule_of(line: Line, question: Question | None) -> dict[str, Any] | None:
    """The validation of a line's entry, None where anything may stand."""
    if line.entry == "number":
        return _number(line, question)
    if line.listed:
        open_list = line.entry == "text"
        return {
            "validate": "list",
            "source": f"={list_name(line.listed)}",
            "error_type": "information" if open_list else "stop",
            "show_error": not open_list,
            "error_title": "请从下拉列表中选",
            "error_message": "点格子右边的小箭头选一项；不填就留空。",
        }
    if isinstance(question, TextQuestion) and question.format == "uscc":
        return {
            "validate": "length",
            "criteria": "==",
            "value": 18,
            "error_type": "warning",
            "error_title": "统一社会信用代码",
            "error_message": "应为 18 位，请照营业执照核对。",
        }
    if isinstance(question, TextQuestion):
        return _text(question)
    return None


def _text(question: TextQuestion) -> dict[str, Any] | None:
    return {
        "validate": "length",
        "criteria": "<=",
        "value": question.max_length,
        "error_title": "太长了",
        "error_message": f"最多 {question.max_length} 字。",
    }


def _number(line: Line, question: Question | None) -> dict[str, Any]:
    low, high = _range(question)
    rule: dict[str, Any] = {"validate": "decimal", "error_title": "请填数字"}
    unit = f"（{line.unit}）" if line.unit else ""
    if low is not None and high is not None:
        message = f"只填数字{unit}，在 {low} 到 {high} 之间。"
        rule |= {"criteria": "between", "minimum": _plain(low), "maximum": _plain(high)}
    elif high is not None:
        message = f"只填数字{unit}，不超过 {high}。"
        rule |= {"criteria": "<=", "value": _plain(high)}
    else:
        message = f"只填数字{unit}" + ("。" if low is None else f"，不小于 {low}。")
        rule |= {"criteria": ">=", "value": -_MOST if low is None else _plain(low)}
    percent = "百分之几就填几，如 85% 填 85。" if line.unit == "%" else ""
    return {**rule, "error_message": message + percent, "input_message": message + percent}


def _range(question: Question | None) -> tuple[Decimal | None, Decimal | None]:
    """The widest range that any hard bound allows; counts of a ratio are only never negative."""
    match question:
        case RatioQuestion():
            return Decimal(0), None
        case NumberQuestion() | TrendQuestion():
            return widest(question.bounds.hard)
    return None, None


def widest(bounds: Sequence[Bound]) -> tuple[Decimal | None, Decimal | None]:
    """Least and greatest value that any of the bounds lets in; open when one of them may not apply."""
    if not bounds or all(bound.if_ for bound in bounds):
        return None, None
    lows, highs = [bound.min for bound in bounds], [bound.max for bound in bounds]
    low = None if None in lows else min(value for value in lows if value is not None)
    return low, None if None in highs else max(value for value in highs if value is not None)


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
