"""Conditions and rules of a pack as formulas, with the same three outcomes: 1, 0 and unknown (0.5)."""

import ast
import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from assessor.answers.rules import expression
from assessor.exchange.heard import ONE, ZERO, Heard
from assessor.exchange.term import (
    EMPTY,
    LONGEST_LITERAL,
    NA,
    UNKNOWN,
    Term,
    absolute,
    add,
    compare,
    differs,
    div,
    every,
    holds_number,
    least,
    lit,
    most,
    mul,
    negated,
    same,
    some,
    sub,
    truth,
    unless_bad,
    when,
)
from assessor.pack.condition import Condition, Scalar
from assessor.pack.expression import NAMES, Expression

Hear = Callable[[str], Heard]
"""Gives what is known of a fact or question."""
FAR = lit(9.99e307)
MAYBE = lit(UNKNOWN)


class UnwritableError(Exception):
    """A rule that has no counterpart in a spreadsheet; the sheet then says that it left it out."""


def holds(condition: Condition | None, hear: Hear) -> Term:
    """A condition as a truth that may be unknown."""
    if condition is None:
        return ONE
    if condition.all is not None:
        return least(*(holds(part, hear) for part in condition.all)) if condition.all else ONE
    if condition.any is not None:
        return most(*(holds(part, hear) for part in condition.any)) if condition.any else ZERO
    if condition.not_ is not None:
        return negated(holds(condition.not_, hear))
    heard = hear(condition.of or "")
    outcome = _comparison(condition, heard)
    return when(same(heard.there, ONE), outcome, MAYBE)


def constant(value: Scalar) -> Term:
    """A constant of a condition; yes and no are numbers here."""
    if isinstance(value, bool):
        return lit(int(value))
    if isinstance(value, str) and len(value) > LONGEST_LITERAL:
        raise UnwritableError(value)
    return lit(value)


def _comparison(condition: Condition, heard: Heard) -> Term:
    if heard.ticks is not None:
        return _ticked(condition, heard)
    value = heard.value
    if condition.eq is not None:
        return _asked(value, same(value, constant(condition.eq)))
    if condition.ne is not None:
        return _asked(value, differs(value, constant(condition.ne)))
    if condition.in_ is not None:
        return _asked(value, some(*(same(value, constant(other)) for other in condition.in_)))
    for sign, other in (("<", condition.lt), ("<=", condition.le), (">", condition.gt), (">=", condition.ge)):
        if other is not None:
            return when(holds_number(value), truth(compare(sign, value, lit(other))), MAYBE)
    return _chosen(condition, heard)


def _chosen(condition: Condition, heard: Heard) -> Term:
    if condition.subset_of is not None:
        return none_but(heard, condition.subset_of)
    return any_of(heard, (condition.has,) if condition.has is not None else condition.has_any or ())


def any_of(heard: Heard, names: Sequence[str]) -> Term:
    """Whether any of the options is chosen."""
    if not names:
        return ZERO
    if heard.ticks is None:
        return _asked(heard.value, some(*(same(heard.value, lit(name)) for name in names)))
    return most(*(heard.tick(name) for name in names))


def none_but(heard: Heard, names: Sequence[str]) -> Term:
    """Whether nothing but these options is chosen."""
    if heard.ticks is None:
        return any_of(heard, names)
    others = [tick for name, tick in heard.ticks.items() if name not in names]
    return negated(most(*others)) if others else ONE


def _asked(value: Term, outcome: Term) -> Term:
    """The outcome as a number; unknown while the value itself is (a trend without letter)."""
    return when(same(value, EMPTY), MAYBE, when(outcome, ONE, ZERO))


def _ticked(condition: Condition, heard: Heard) -> Term:
    """Ticks are a set: equal to no single word, and without order."""
    if condition.ne is not None:
        return ONE
    if condition.eq is not None or condition.in_ is not None:
        return ZERO
    if any(other is not None for other in (condition.lt, condition.le, condition.gt, condition.ge)):
        return MAYBE
    return _chosen(condition, heard)


def rule_term(text: str, hear: Hear) -> Term:
    """An expression of a rule as a truth that may be unknown; `UnwritableError` when it can't be one."""
    found = expression(text)
    return _Writer(found, hear).truth_of(_tree(found))


def _tree(source: Expression) -> ast.expr:
    """The expression as a tree in which its n-th id is called `_n`; it has been checked before."""
    longest = sorted(source.ids, key=len, reverse=True)
    names = re.compile(r"(?<![\w'.])(?:" + "|".join(map(re.escape, longest)) + r")(?![\w'])")
    parts = re.split(r"('[^']*')", source.text)
    renamed = (
        part if part.startswith("'") else names.sub(lambda found: f"_{source.ids.index(found[0])}", part)
        for part in parts
    )
    return ast.parse("".join(renamed), mode="eval").body


class _Writer:
    """Two sorts of formula: truths (1, 0, 0.5) and values, where #N/A stands for unknown."""

    def __init__(self, source: Expression, hear: Hear) -> None:
        self._ids, self._hear = source.ids, hear

    def truth_of(self, node: ast.expr) -> Term:
        """A node as a truth."""
        match node:
            case ast.BoolOp(op=ast.And(), values=values):
                return least(*(self.truth_of(value) for value in values))
            case ast.BoolOp(values=values):
                return most(*(self.truth_of(value) for value in values))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return negated(self.truth_of(operand))
            case ast.Compare():
                return self._compare(node)
            case ast.Call(func=ast.Name(id=name), args=args) if name in _TESTS:
                return self._test(name, args)
            case _:
                return truth(differs(self.value_of(node), ZERO))

    def _compare(self, node: ast.Compare) -> Term:
        values = [self._operand(part) for part in (node.left, *node.comparators)]
        pairs = zip(values, node.ops, values[1:], strict=False)
        outcomes = [truth(_SIGNS[type(op)](left, right)) for left, op, right in pairs]
        known = [when(same(truth(same(value, value)), ONE), ONE, MAYBE) for value in values]
        decided = least(*outcomes)
        return decided if len(outcomes) == 1 else when(same(least(*known), ONE), decided, MAYBE)

    def _operand(self, node: ast.expr) -> Term:
        if _is_truth(node):
            outcome = self.truth_of(node)
            return when(same(outcome, MAYBE), NA, outcome)
        return self.value_of(node)

    def value_of(self, node: ast.expr) -> Term:
        """A node as a value."""
        match node:
            case ast.Constant(value=value) if isinstance(value, int | float | str):
                return constant(value if isinstance(value, str | bool) else Decimal(str(value)))
            case ast.Name(id=name) if name in NAMES:
                return lit(int(bool(NAMES[name])))
            case ast.Name(id=name):
                return self._known(name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return sub(ZERO, self.value_of(operand))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
                return _ARITHMETIC[type(op)](self.value_of(left), self.value_of(right))
            case ast.Call(func=ast.Name(id=name), args=args):
                return self._call(name, args)
        raise UnwritableError(ast.dump(node))

    def _heard(self, node: ast.expr) -> Heard:
        if not isinstance(node, ast.Name) or node.id in NAMES:
            raise UnwritableError(ast.dump(node))
        return self._hear(self._ids[int(node.id[1:])])

    def _known(self, name: str) -> Term:
        heard = self._hear(self._ids[int(name[1:])])
        return when(same(heard.value, EMPTY), NA, heard.value)

    def _call(self, name: str, args: Sequence[ast.expr]) -> Term:
        if name in _TESTS:
            outcome = self._test(name, args)
            return when(same(outcome, MAYBE), NA, outcome)
        values = [self.value_of(argument) for argument in args]
        match name:
            case "level":
                return values[0]
            case "abs":
                return absolute(values[0])
            case "min":
                return least(*values)
            case "max":
                return most(*values)
            case "lowest":
                lowest = least(*(unless_bad(value, FAR) for value in values))
                return when(same(lowest, FAR), NA, lowest)
        raise UnwritableError(name)

    def _test(self, name: str, args: Sequence[ast.expr]) -> Term:
        if name == "given":
            known = (self._heard(argument) for argument in args)
            return least(*(when(same(heard.value, EMPTY), ZERO, heard.there) for heard in known))
        heard = self._heard(args[0])
        names = [argument.value for argument in args[1:] if isinstance(argument, ast.Constant)]
        texts = [str(name) for name in names]
        outcome = any_of(heard, texts) if name == "has" else none_but(heard, texts)
        return when(same(heard.there, ONE), outcome, MAYBE)


_TESTS = ("given", "has", "within")


def _is_truth(node: ast.expr) -> bool:
    negation = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    test = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _TESTS
    return negation or test or isinstance(node, ast.BoolOp | ast.Compare)


def _signed(sign: str) -> Callable[[Term, Term], Term]:
    """An order between numbers; between anything else it is an error, as texts have no order here."""

    def written(left: Term, right: Term) -> Term:
        both = every(holds_number(left), holds_number(right))
        return when(both, compare(sign, left, right), NA)

    return written


_SIGNS: dict[type[ast.cmpop], Callable[[Term, Term], Term]] = {
    ast.Lt: _signed("<"),
    ast.LtE: _signed("<="),
    ast.Gt: _signed(">"),
    ast.GtE: _signed(">="),
    ast.Eq: same,
    ast.NotEq: differs,
}
_ARITHMETIC: dict[type[ast.operator], Callable[[Term, Term], Term]] = {
    ast.Add: add,
    ast.Sub: sub,
    ast.Mult: mul,
    ast.Div: div,
}
