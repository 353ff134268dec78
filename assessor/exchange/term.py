"""A formula that knows its result: each term carries its spreadsheet text and its value.

Built together, the two can't disagree, and every formula cell is written with a result that viewers
can show. Values follow the spreadsheet's rules; `BAD` is an error value (#N/A, #VALUE!, #DIV/0!).

Truth that may be unknown is a number: 1 true, 0 false, 0.5 unknown (`MIN`, `MAX` and `1-x` are then
"and", "or" and "not").
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


class Bad:
    """An error value."""

    def __repr__(self) -> str:
        return "BAD"


BAD = Bad()
Value = int | float | str | bool | Bad
LONGEST_LITERAL = 255
UNKNOWN = 0.5


@dataclass(frozen=True, slots=True)
class Term:
    """A formula without its equals sign, and what it gives."""

    text: str
    value: Value

    def giving(self, value: Value) -> "Term":
        """The same formula with a result from elsewhere."""
        return Term(self.text, value)


def lit(value: int | float | Decimal | str | bool) -> Term:
    """A constant."""
    match value:
        case bool():
            return Term("TRUE" if value else "FALSE", value)
        case str():
            if len(value) > LONGEST_LITERAL:
                raise ValueError(f"a text of {len(value)} characters can't stand in a formula")
            return Term('"' + value.replace('"', '""') + '"', value)
        case Decimal():
            plain = int(value) if value == value.to_integral_value() else float(value)
            return Term(repr(plain), plain)
        case _:
            return Term(repr(value), value)


EMPTY = lit("")
NA = Term("NA()", BAD)


def is_number(value: Value) -> bool:
    """Whether a value is a number (truth values are not)."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(value: Value) -> float | int | None:
    """The number an operator sees; an empty text or any other is none."""
    if isinstance(value, bool):
        return int(value)
    return value if isinstance(value, int | float) else None


def _numbers(terms: Sequence[Term]) -> list[float | int] | None:
    found = [_number(term.value) for term in terms]
    return None if None in found else [number for number in found if number is not None]


def add(*terms: Term) -> Term:
    """Sum of terms."""
    if not terms:
        return lit(0)
    numbers = _numbers(terms)
    return Term(_joined("+", terms), BAD if numbers is None else sum(numbers))


def mul(*terms: Term) -> Term:
    """Product of terms."""
    numbers = _numbers(terms)
    return Term(_joined("*", terms), BAD if numbers is None else math.prod(numbers))


def sub(left: Term, right: Term) -> Term:
    """Difference."""
    numbers = _numbers((left, right))
    return Term(_joined("-", (left, right)), BAD if numbers is None else numbers[0] - numbers[1])


def div(left: Term, right: Term) -> Term:
    """Quotient; an error where there is nothing to divide by."""
    numbers = _numbers((left, right))
    value: Value = BAD if numbers is None or numbers[1] == 0 else numbers[0] / numbers[1]
    return Term(_joined("/", (left, right)), value)


def _joined(sign: str, terms: Sequence[Term]) -> str:
    return terms[0].text if len(terms) == 1 else "(" + sign.join(term.text for term in terms) + ")"


def _call(name: str, terms: Sequence[Term]) -> str:
    return f"{name}({','.join(term.text for term in terms)})"


def least(*terms: Term) -> Term:
    """Smallest of terms."""
    numbers = _numbers(terms)
    return Term(_call("MIN", terms), BAD if numbers is None else min(numbers))


def most(*terms: Term) -> Term:
    """Largest of terms."""
    numbers = _numbers(terms)
    return Term(_call("MAX", terms), BAD if numbers is None else max(numbers))


def absolute(term: Term) -> Term:
    """Size without sign."""
    number = _number(term.value)
    return Term(_call("ABS", (term,)), BAD if number is None else abs(number))


def rounded(term: Term, digits: int) -> Term:
    """Half away from zero, as spreadsheets round: on the fifteen digits they show."""
    number = _number(term.value)
    text = f"ROUND({term.text},{digits})"
    if number is None:
        return Term(text, BAD)
    exact = Decimal(f"{number:.15g}").quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return Term(text, float(exact))


def floored(term: Term) -> Term:
    """The whole number below."""
    number = _number(term.value)
    return Term(f"INT({term.text})", BAD if number is None else math.floor(number))


def same(left: Term, right: Term) -> Term:
    """Whether two values are equal; a text and a number never are, case does not count."""
    if isinstance(left.value, Bad) or isinstance(right.value, Bad):
        return Term(_joined("=", (left, right)), BAD)
    return Term(_joined("=", (left, right)), _key(left.value) == _key(right.value))


def _key(value: Value) -> tuple[str, object]:
    if isinstance(value, str):
        return "text", value.lower()
    return ("truth" if isinstance(value, bool) else "number"), value


def differs(left: Term, right: Term) -> Term:
    """Whether two values are not equal."""
    equal = same(left, right).value
    text = f"({left.text}<>{right.text})"
    return Term(text, equal if isinstance(equal, Bad) else not equal)


def compare(sign: str, left: Term, right: Term) -> Term:
    """`<`, `<=`, `>` or `>=` between numbers; anything else is an error here and must be kept out."""
    text = f"({left.text}{sign}{right.text})"
    numbers = _numbers((left, right))
    if numbers is None:
        return Term(text, BAD)
    a, b = numbers
    return Term(text, {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[sign])


def when(condition: Term, then: Term, otherwise: Term) -> Term:
    """`IF`; a condition that is settled is not written."""
    if condition.text in ("TRUE", "FALSE"):
        return then if condition.value else otherwise
    text = _call("IF", (condition, then, otherwise))
    if isinstance(condition.value, Bad | str):
        return Term(text, BAD)
    return Term(text, then.value if condition.value else otherwise.value)


def every(*terms: Term) -> Term:
    """`AND` of truth values."""
    return _logic("AND", terms, all([bool(term.value) for term in terms]))


def some(*terms: Term) -> Term:
    """`OR` of truth values."""
    return _logic("OR", terms, any([bool(term.value) for term in terms]))


def _logic(name: str, terms: Sequence[Term], value: bool) -> Term:
    bad = any(isinstance(term.value, Bad | str) for term in terms)
    settled = "TRUE" if name == "AND" else "FALSE"
    open_ = tuple(term for term in terms if term.text != settled)
    terms = open_ or terms[:1]
    return Term(terms[0].text if len(terms) == 1 else _call(name, terms), BAD if bad else value)


def unless_bad(term: Term, otherwise: Term) -> Term:
    """The term, or something else where it is an error."""
    value = otherwise.value if isinstance(term.value, Bad) else term.value
    return Term(_call("IFERROR", (term, otherwise)), value)


def holds_number(term: Term) -> Term:
    """Whether the value is a number."""
    return Term(_call("ISNUMBER", (term,)), is_number(term.value))


def trimmed(term: Term) -> Term:
    """The value as text without outer spaces."""
    value: Value = (
        BAD if isinstance(term.value, Bad) else " ".join(filter(None, shown(term.value).split(" ")))
    )
    return Term(f'TRIM({term.text}&"")', value)


def as_number(term: Term) -> Term:
    """A number, also from its digits as text; an error else, or when there is nothing."""
    return Term(f"VALUE({term.text})", _from_text(term.value))


def _from_text(value: Value) -> Value:
    if not isinstance(value, str):
        return BAD if isinstance(value, bool) else value
    try:
        return float(value)
    except ValueError:
        return BAD


def joined(*terms: Term) -> Term:
    """Texts in a row."""
    bad = any(isinstance(term.value, Bad) for term in terms)
    value: Value = BAD if bad else "".join(shown(term.value) for term in terms)
    return Term("&".join(term.text for term in terms), value)


def shown(value: Value) -> str:
    """A value as `&` turns it into text."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return f"{value:.15g}" if isinstance(value, int | float) else str(value)


def points_text(term: Term) -> Term:
    """Points as people read them: one decimal, up to three where they are needed."""
    number = _number(term.value)
    text = f'TEXT({term.text},"0.0##")'
    if number is None:
        return Term(text, BAD)
    digits = str(Decimal(f"{number:.15g}").quantize(Decimal("0.001"), ROUND_HALF_UP))
    whole, _, part = digits.partition(".")
    return Term(text, f"{whole}.{part[0]}{part[1:].rstrip('0')}")


def points_said(term: Term, cuts: Sequence[int]) -> Term:
    """Points with one decimal, half up; with more where rounding would step over one of `cuts`."""

    def crossed(digits: int) -> Term:
        return some(
            *(
                differs(compare("<", term, lit(cut)), compare("<", rounded(term, digits), lit(cut)))
                for cut in cuts
            )
        )

    texts = [_fixed(term, digits) for digits in (1, 2, 3)]
    if not cuts:
        return texts[0]
    return when(crossed(1), when(crossed(2), texts[2], texts[1]), texts[0])


def _fixed(term: Term, digits: int) -> Term:
    rounded_term = rounded(term, digits)
    text = f'TEXT({rounded_term.text},"0.{"0" * digits}")'
    value = rounded_term.value
    return Term(text, BAD if isinstance(value, Bad) else f"{value:.{digits}f}")


def chosen(position: Term, terms: Sequence[Term]) -> Term:
    """`CHOOSE`: the n-th of terms, counted from 1."""
    number = _number(position.value)
    text = _call("CHOOSE", (position, *terms))
    if number is None or not 1 <= number <= len(terms):
        return Term(text, BAD)
    return Term(text, terms[int(number) - 1].value)


def truth(term: Term) -> Term:
    """A truth value as a number; unknown where it is an error."""
    return unless_bad(when(term, lit(1), lit(0)), lit(UNKNOWN))


def negated(term: Term) -> Term:
    """Not, of a truth that may be unknown."""
    return sub(lit(1), term)
