"""Expressions of rules: few forms, exact figures, three outcomes, and nothing in them can run or break."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.pack.expression import ExpressionError, parse_expression

KNOWN: dict[str, object] = {
    "T04": 2,
    "TQ06.1": Fraction(799, 10),
    "TP01": ("全钢", "翻新"),
    "TP02": "自炼",
    "TP04": True,
    "miit.Q2": Fraction(100, 3),
    "N1": Decimal("0.1"),
    "N2": Decimal("0.2"),
    "N3": Decimal("0.3"),
}


def value(text: str) -> Any:
    return parse_expression(text).value(KNOWN.get)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("T04 >= 2", True),
        ("level(T04) >= 2 and TQ06.1 < 80", True),
        ("T04 > 2 or TQ06.1 < 79.9", False),
        ("not T04 == 2", False),
        ("N1 + N2 == N3", True),
        ("0.1 + 0.2 == 0.3", True),
        ("miit.Q2 * 3 == 100", True),
        ("1 < T04 < 3", True),
        ("1 < T04 < 2", False),
        ("has(TP01, '翻新', '实心')", True),
        ("has(TP01, '实心')", False),
        ("within(TP01, '全钢', '翻新', '实心')", True),
        ("within(TP01, '全钢')", False),
        ("TP02 == '自炼'", True),
        ("TP02 != '自炼'", False),
        ("TP04 == yes", True),
        ("TP04 == no", False),
        ("abs(T04 - 5) == 3", True),
        ("min(T04, 1) + max(T04, 7) == 8", True),
        ("-T04 < 0", True),
        ("T04 / 4 == 0.5", True),
        # what is not known
        ("T99 > 1", None),
        ("not T99 > 1", None),
        ("T99 > 1 and T04 > 5", False),
        ("T99 > 1 or T04 == 2", True),
        ("T99 > 1 and T04 == 2", None),
        ("T99 + 1 > 0", None),
        ("T04 / (T04 - 2) > 0", None),
        ("has(T99, 'x')", None),
        ("min(T04, T99) > 0", None),
        ("lowest(T04, T99) == 2", True),
        ("given(T04)", True),
        ("given(T04, T99)", False),
        # another kind of value says nothing
        ("TP02 > 3", None),
        ("TP01 + 1 > 0", None),
        ("-TP02 == 1", None),
        ("has(T04, 'x')", None),
        ("max(TP02, 1) > 0", None),
        ("abs(TP01) > 0", None),
        ("T04 + 'x' == 1", None),
    ],
)
def test_an_expression__has_a_value(text: str, expected: Any) -> None:
    assert value(text) == expected
    assert (value(text) is None) is (expected is None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "T04 >=",
        "T04 = 2",
        "T04 ** 9",
        "T04 % 2",
        "T04 // 2",
        "T04 is 2",
        "T04 in TP01",
        "T04 if T04 else 1",
        "lambda: 1",
        "[T04]",
        "(T04, 1)",
        "{T04}",
        "TP01[0] == 1",
        "T04.real > 1",
        "f'{T04}' == 1",
        "(x := 1) > 0",
        "[x for x in TP01]",
        "print(1)",
        "__import__('os')",
        "eval('1')",
        "T04.bit_length() > 0",
        "has(TP01, *TP01)",
        "round(T04) > 1",
        "has(value=TP01)",
        "自炼 == TP02",
        "level",
        "has == 1",
        "_0 > 1",
        "_9 > 1",
        "__class__ == 1",
        "1j == T04",
        "b'x' == TP02",
        "... == 1",
        "None == T04",
        "1e999 > T04",
        "T04 > 1; T04",
        "T04 > 1\nT05 > 1",
        "T04 > \x00 1",
        "has() == 1",
        "level() == 1",
        "abs(1, 2) == 1",
        "min(T04) == 1",
        " + ".join(["T04"] * 300),
        "not " * 100 + "yes",
        "-" * 590 + "1",
    ],
)
def test_what_is_no_expression_of_ours__is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse_expression(text)


def test_the_ids__are_those_it_looks_at_once_each() -> None:
    text = "level(T04) > 1 and miit.Q2 < 5 and has(TP01, 'T99', '全钢') and TQ06.1 + TQ06.1 > T04"
    assert parse_expression(text).ids == ("T04", "miit.Q2", "TP01", "TQ06.1")


pieces = st.sampled_from(
    [
        *(*KNOWN, "T99", "1", "0.5", "'全钢'", "yes", "no"),
        *("(", ")", ",", "+", "-", "*", "/", "<", ">=", "==", "!=", "and", "or", "not"),
        *("has(", "within(", "given(", "level(", "abs(", "min(", "lowest("),
    ]
)


@given(st.lists(pieces, min_size=1, max_size=12))
def test_whatever_is_written__is_refused_or_has_a_value(words: list[str]) -> None:
    try:
        expression = parse_expression(" ".join(words))
    except ExpressionError:
        return
    for lookup in (KNOWN.get, {}.get):
        expression.value(lookup)
    assert set(expression.ids) <= set(words)
