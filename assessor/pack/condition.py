"""When does something apply? Conditions over facts and answers, with three outcomes.

`{all: […]}`, `{any: […]}`, `{not: …}` or one comparison `{of: TP02, in: [自炼, 两者]}`. What is not
known yet makes the outcome `None`; a question whose condition is `None` is shown.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Self

from pydantic import Field, model_validator

from assessor.pack.record import Record
from assessor.words import _

Scalar = bool | int | Decimal | str
Lookup = Callable[[str], object]
"""Gives the value of a fact or answer, or None while it is not known."""


class Condition(Record):
    """One condition; exactly one of its forms is filled."""

    all: tuple["Condition", ...] | None = None
    any: tuple["Condition", ...] | None = None
    not_: "Condition | None" = Field(None, alias="not")
    of: str | None = None
    eq: Scalar | None = None
    ne: Scalar | None = None
    lt: Decimal | None = None
    le: Decimal | None = None
    gt: Decimal | None = None
    ge: Decimal | None = None
    in_: tuple[Scalar, ...] | None = Field(None, alias="in")
    has: str | None = None
    has_any: tuple[str, ...] | None = None
    subset_of: tuple[str, ...] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        forms = [self.all is not None, self.any is not None, self.not_ is not None, self.of is not None]
        if sum(forms) != 1:
            raise ValueError(_("all、any、not、of 只能写一个"))
        if self.of is not None and len(self._tests()) != 1:
            raise ValueError(_("of 之后写且只写一种比较"))
        if self.of is None and self._tests():
            raise ValueError(_("比较要与 of 同写"))
        return self

    def _tests(self) -> dict[str, object]:
        names = ("eq", "ne", "lt", "le", "gt", "ge", "in_", "has", "has_any", "subset_of")
        return {name: getattr(self, name) for name in names if getattr(self, name) is not None}

    def test(self) -> tuple[str, object]:
        """The one comparison and what it compares with, under the name it has in a file."""
        ((name, value),) = self._tests().items()
        return name.rstrip("_"), value

    def parts(self) -> tuple["Condition", ...]:
        """The conditions directly inside this one."""
        return (*(self.all or ()), *(self.any or ()), *((self.not_,) if self.not_ else ()))

    def comparisons(self) -> Iterator["Condition"]:
        """Every comparison in the tree."""
        if self.of is not None:
            yield self
        for part in self.parts():
            yield from part.comparisons()

    def ids(self) -> frozenset[str]:
        """All facts and questions it looks at."""
        return frozenset(leaf.of for leaf in self.comparisons() if leaf.of)

    def options(self) -> tuple[str, ...]:
        """The option names a comparison mentions, to be checked against the question."""
        plain = [value for value in (self.eq, self.ne, *(self.in_ or ())) if isinstance(value, str)]
        return (*plain, *((self.has,) if self.has else ()), *(self.has_any or ()), *(self.subset_of or ()))


def holds(condition: Condition | None, lookup: Lookup) -> bool | None:
    """Whether the condition holds; None when that hangs on something not known yet."""
    if condition is None:
        return True
    if condition.all is not None:
        return _every(condition.all, lookup)
    if condition.any is not None:
        outcome = _every(condition.any, lookup, wanted=False)
        return None if outcome is None else not outcome
    if condition.not_ is not None:
        inner = holds(condition.not_, lookup)
        return None if inner is None else not inner
    value = lookup(condition.of or "")
    return None if value is None else _compare(condition, value)


def _every(parts: tuple[Condition, ...], lookup: Lookup, *, wanted: bool = True) -> bool | None:
    outcomes = [holds(part, lookup) for part in parts]
    if any(outcome is not None and outcome != wanted for outcome in outcomes):
        return False
    return None if None in outcomes else True


_COMPARE: Mapping[str, Callable[[object, object], bool]] = {
    "eq": lambda value, other: value == other,
    "ne": lambda value, other: value != other,
    "lt": lambda value, other: _number(value) < _number(other),
    "le": lambda value, other: _number(value) <= _number(other),
    "gt": lambda value, other: _number(value) > _number(other),
    "ge": lambda value, other: _number(value) >= _number(other),
    "in_": lambda value, others: value in tuple(others),  # type: ignore[arg-type]  # checked by the model
    "has": lambda value, other: other in _ticks(value),
    "has_any": lambda value, others: bool(_ticks(value) & _ticks(others)),
    "subset_of": lambda value, others: _ticks(value) <= _ticks(others),
}


def _compare(condition: Condition, value: object) -> bool | None:
    """The outcome; a value of another kind (files are looked at before they are checked) says nothing."""
    ((name, other),) = condition._tests().items()
    try:
        return _COMPARE[name](value, other)
    except (TypeError, ValueError):
        return None


def _number(value: object) -> Fraction:
    if isinstance(value, str):
        raise TypeError
    return Fraction(str(value))


def _ticks(value: object) -> frozenset[str]:
    return frozenset((value,)) if isinstance(value, str) else frozenset(value)  # type: ignore[call-overload]
