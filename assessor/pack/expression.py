"""Rules and derived figures written as short expressions over ids, with three outcomes.

`level(T04) >= 2 and TQ06.1 < 80`; `has(TP28, '硫化罐', '锅炉') and TG05.1 == no`. Ids stand for what is
known of a fact or question; what is not known makes the outcome None, unless the rest decides it.

Allowed: + - * / comparisons, and/or/not, `abs min max`, and the functions of `FUNCTIONS`. Nothing
else parses, so a pack can't run code.
"""

import ast
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import isfinite
from typing import Any

from assessor.pack.condition import Lookup
from assessor.words import _

_ID = re.compile(r"(?<![\w'.])(?:[A-Za-z]+\.)?[A-Z]+[0-9]+[a-z]?(?:\.[0-9]+)?(?![\w'])")
_MAX_LENGTH = 600
_MAX_DEPTH = 12

NAMES: Mapping[str, object] = {"yes": True, "no": False}


class ExpressionError(ValueError):
    """An expression that can't be used, with the reason in words."""


Evaluator = Callable[[Lookup], Any]


@dataclass(frozen=True)
class Expression:
    """A parsed expression; `ids` are all facts and questions it looks at."""

    text: str
    ids: tuple[str, ...]
    evaluate: Evaluator

    def value(self, lookup: Lookup) -> Any:
        """Its value, None while what decides it is not known or of another kind. Figures are exact."""
        return _known(self.evaluate, lookup)


def _known(evaluate: Evaluator, lookup: Lookup) -> Any:
    """A value, None where it is not known or of a kind that can't be compared or reckoned with."""
    try:
        return evaluate(lookup)
    except TypeError:
        return None


def parse_expression(text: str) -> Expression:
    """Parse an expression; `ExpressionError` says what is not allowed."""
    if len(text) > _MAX_LENGTH:
        raise ExpressionError(_("超过 {max_length} 字").format(max_length=_MAX_LENGTH))
    ids: list[str] = []

    def named(found: re.Match[str]) -> str:
        if found[0] not in ids:
            ids.append(found[0])
        return f"_{ids.index(found[0])}"

    plain = _outside_quotes(text, named)
    try:
        tree = ast.parse(plain, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(_unreadable(text)) from error
    _check(tree, 0)
    return Expression(text, tuple(ids), _compiled(tree, tuple(ids)))


_HALF: Mapping[str, str] = {
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "＞": ">",
    "＜": "<",
    "＝": "==",
    "（": "(",
    "）": ")",
    "，": ",",
    "、": ",",
    "‘": "'",
    "’": "'",
    "“": "'",
    "”": "'",
    "＋": "+",
    "×": "*",
    "÷": "/",
}
_CHINESE: Mapping[str, str] = {
    "并且": "and",
    "而且": "and",
    "且": "and",
    "或者": "or",
    "或": "or",
    "非": "not",
}
_ONE_EQUALS = re.compile(r"(?<![<>=!])=(?!=)")


def _unreadable(text: str) -> str:
    """Why an expression can't be read, as near as it can be told."""
    plain = re.sub(r"'[^']*'", "''", text)
    for char, half in _HALF.items():
        if char in plain:
            return _("用了“{char}”，请改成英文的 {half}").format(char=char, half=half)
    for word, meant in _CHINESE.items():
        if word in plain:
            return _("“{word}”请写成 {meant}").format(word=word, meant=meant)
    if _ONE_EQUALS.search(plain):
        return _("判断相等要写两个等号 ==")
    if plain.count("(") != plain.count(")"):
        return _("括号没有配对")
    return _("算式读不懂，请对照写法：level(X01) >= 2 and XQ01 < 80")


def _outside_quotes(text: str, named: Callable[[re.Match[str]], str]) -> str:
    parts = re.split(r"('[^']*')", text)
    if any("_" in part for part in parts if not part.startswith("'")):
        raise ExpressionError(_("不允许使用下划线"))  # names with one stand for ids from here on
    if "\\" in text or any('"' in part for part in parts if not part.startswith("'")):
        raise ExpressionError(_("文字请用单引号，不要用双引号和反斜杠"))
    return "".join(part if part.startswith("'") else _ID.sub(named, part) for part in parts)


_PLAIN = (ast.BoolOp, ast.UnaryOp, ast.BinOp, ast.Compare, ast.Call, ast.Name, ast.Constant)
_OPERATORS = (
    ast.And,
    ast.Or,
    ast.Not,
    ast.USub,
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.Lt,
    ast.LtE,
    ast.Gt,
    ast.GtE,
    ast.Eq,
    ast.NotEq,
)


def _check(node: ast.AST, depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise ExpressionError(_("嵌套过深"))
    if isinstance(node, (ast.Load, *_OPERATORS)):
        return
    if not isinstance(node, _PLAIN):
        raise ExpressionError(_("不允许使用 {name}").format(name=type(node).__name__))
    if isinstance(node, ast.Name) and not (node.id.startswith("_") or node.id in NAMES):
        raise ExpressionError(_("不认识“{id}”（文字请加单引号）").format(id=node.id))
    if isinstance(node, ast.Constant) and not _is_plain(node.value):
        raise ExpressionError(_("不允许使用 {value!r}").format(value=node.value))
    if isinstance(node, ast.Call):
        _check_call(node)
    for child in node.args if isinstance(node, ast.Call) else ast.iter_child_nodes(node):
        _check(child, depth + 1)


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int) or (isinstance(value, float) and isfinite(value))


def _check_call(node: ast.Call) -> None:
    if not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS or node.keywords:
        raise ExpressionError(_("没有这个函数，可用：{functions}").format(functions=_("、").join(FUNCTIONS)))
    least, most = _ARGUMENTS[node.func.id]
    if not least <= len(node.args) <= most:
        raise ExpressionError(_("{id} 的参数个数不对").format(id=node.func.id))


def _has(value: Sequence[str], *names: str) -> bool:
    return bool(_ticks(value) & set(names))


def _within(value: Sequence[str], *names: str) -> bool:
    return _ticks(value) <= set(names)


def _ticks(value: Sequence[str]) -> set[str]:
    """What is ticked; one option where only one can be chosen."""
    return {value} if isinstance(value, str) else set(value)


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "level": lambda value: value,
    "has": _has,
    "within": _within,
    "given": lambda *values: True,
    "abs": abs,
    "min": min,
    "max": max,
    "lowest": min,
}
"""`has(id, 'a', 'b')` any of them ticked · `within(id, 'a')` nothing but these ticked ·
`given(id, …)` answered (never unknown) · `lowest(…)` least of those known (never unknown)."""

_MANY = 100
_ARGUMENTS: Mapping[str, tuple[int, int]] = {
    "level": (1, 1),
    "has": (2, _MANY),
    "within": (2, _MANY),
    "given": (1, _MANY),
    "abs": (1, 1),
    "min": (2, _MANY),
    "max": (2, _MANY),
    "lowest": (1, _MANY),
}


def _compiled(node: ast.expr, ids: Sequence[str]) -> Evaluator:
    """The node as a function of the look-up."""
    match node:
        case ast.Constant(value=value):
            return _constant(_exact(value))
        case ast.Name(id=name) if name in NAMES:
            return _constant(NAMES[name])
        case ast.Name(id=name):
            return _looked_up(ids[int(name[1:])])
        case ast.BoolOp(op=op, values=values):
            return _joined([_compiled(value, ids) for value in values], stop=isinstance(op, ast.Or))
        case ast.UnaryOp(op=op, operand=operand):
            return _unary(op, _compiled(operand, ids))
        case ast.BinOp(left=left, op=op, right=right):
            return _arithmetic(type(op), _compiled(left, ids), _compiled(right, ids))
        case ast.Compare(left=left, ops=ops, comparators=others):
            return _compared([_compiled(part, ids) for part in (left, *others)], [type(op) for op in ops])
        case ast.Call(func=ast.Name(id=name), args=args):
            return _called(name, [_compiled(argument, ids) for argument in args])
    raise ExpressionError(type(node).__name__)


def _constant(value: Any) -> Evaluator:
    return lambda lookup: value


def _looked_up(item_id: str) -> Evaluator:
    return lambda lookup: _exact(lookup(item_id))


def _joined(parts: Sequence[Evaluator], *, stop: bool) -> Evaluator:
    decided = stop

    def evaluate(lookup: Lookup) -> bool | None:
        unknown = False
        for part in parts:
            value = _known(part, lookup)
            if value is stop:
                return decided
            unknown = unknown or value is None
        return None if unknown else not decided

    return evaluate


def _unary(op: ast.unaryop, operand: Evaluator) -> Evaluator:
    negate: Callable[[Any], Any] = operator.not_ if isinstance(op, ast.Not) else operator.neg

    def evaluate(lookup: Lookup) -> Any:
        value = operand(lookup)
        return None if value is None else negate(value)

    return evaluate


def _arithmetic(op: type[ast.operator], left: Evaluator, right: Evaluator) -> Evaluator:
    combine = _ARITHMETIC[op]

    def evaluate(lookup: Lookup) -> Any:
        one, other = left(lookup), right(lookup)
        if one is None or other is None or (op is ast.Div and other == 0):
            return None
        return combine(one, other)

    return evaluate


def _compared(parts: Sequence[Evaluator], ops: Sequence[type[ast.cmpop]]) -> Evaluator:
    tests = [_COMPARE[op] for op in ops]

    def evaluate(lookup: Lookup) -> bool | None:
        values = [part(lookup) for part in parts]
        if None in values:
            return None
        return all(test(one, other) for test, (one, other) in zip(tests, pairwise(values), strict=True))

    return evaluate


def _called(name: str, arguments: Sequence[Evaluator]) -> Evaluator:
    def evaluate(lookup: Lookup) -> Any:
        values = [argument(lookup) for argument in arguments]
        if name == "given":
            return None not in values
        if name == "lowest":
            known = [value for value in values if value is not None]
            return min(known) if known else None
        return None if None in values else FUNCTIONS[name](*values)

    return evaluate


_ARITHMETIC: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: lambda one, other: Fraction(one) / Fraction(other),
}
_COMPARE: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


def _exact(value: Any) -> Any:
    """Figures as whole numbers or fractions; anything else as it is."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else Fraction(value)
    return Fraction(str(value)) if isinstance(value, float) else value
