"""Every kind of question takes what it should, refuses the rest with a code, and gives it back as it was."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.answers.model import Ratio, Trend
from assessor.answers.reading import band_of, trend_of
from assessor.answers.value import number, parse_value, raw_value
from assessor.pack.model import Pack
from assessor.pack.question import RatioQuestion, TrendQuestion
from tests.answers.draw import raw_values

D = Decimal


def parse(pack: Pack, key: str, raw: Any, **known: Any) -> Any:
    value, problems = parse_value(pack.items[key], raw, known.get, "here")
    assert (value is None) == bool(problems)
    return value if value is not None else [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("key", "raw", "value"),
    [
        ("T1", 0, 0),
        ("T1", 4, 4),
        ("C1", "B", "B"),
        ("C2", ["C", "B"], ("B", "C")),
        ("C2", ["B", "B"], ("B",)),
        ("C2", ["A"], ("A",)),
        ("C3", True, True),
        ("C3", False, False),
        ("N1", 3, D(3)),
        ("N1", 0.1, D("0.1")),
        ("N1", D("99.9999999999999999999999999999"), D("99.9999999999999999999999999999")),
        ("N1", 100, D(100)),
        ("R1", "B", Ratio(letter="B")),
        ("R1", {"numerator": 1, "denominator": 4}, Ratio(D(1), D(4))),
        ("R1", {"numerator": 1.5, "denominator": 4, "letter": "C"}, Ratio(D("1.5"), D(4), "C")),
        ("R1", {"numerator": 0, "denominator": 4}, Ratio(D(0), D(4))),
        ("D1", "A", Trend(letter="A")),
        ("D1", {"before": 98.5, "after": 99}, Trend(D("98.5"), D(99))),
        ("D1", {"before": 98.5, "after": 99, "letter": "C"}, Trend(D("98.5"), D(99), "C")),
        ("X1", [], ()),
        (
            "X1",
            [{"item": "甲", "year": 2024, "good": True}],
            ({"item": "甲", "year": D(2024), "good": True},),
        ),
        ("X1", [{"item": None, "note": ""}], ({"item": None, "note": None},)),
        ("W1", " 说 ", "说"),
        ("name", "某某轮胎厂", "某某轮胎厂"),
        ("employees", 1000, D(1000)),
    ],
)
def test_a_value__is_taken(sample: Pack, key: str, raw: Any, value: Any) -> None:
    assert parse(sample, key, raw) == value


@pytest.mark.parametrize(
    ("key", "raw", "codes"),
    [
        ("T1", 5, ["value-kind"]),
        ("T1", -1, ["value-kind"]),
        ("T1", 2.0, ["value-kind"]),
        ("T1", "2", ["value-kind"]),
        ("T1", True, ["value-kind"]),
        ("T1", [2], ["value-kind"]),
        ("C1", "Z", ["value-option"]),
        ("C1", "", ["value-option"]),
        ("C1", ["A"], ["value-kind"]),
        ("C1", 1, ["value-kind"]),
        ("C2", "B", ["value-kind"]),
        ("C2", [], ["value-kind"]),
        ("C2", [1], ["value-kind"]),
        ("C2", ["B", "Y", "Z"], ["value-option", "value-option"]),
        ("C2", ["A", "B"], ["value-none-excludes"]),
        ("C2", ["A", "Z"], ["value-option", "value-none-excludes"]),
        ("C3", "true", ["value-kind"]),
        ("C3", 1, ["value-kind"]),
        ("N1", "3", ["value-kind"]),
        ("N1", True, ["value-kind"]),
        ("N1", float("nan"), ["value-kind"]),
        ("N1", float("inf"), ["value-kind"]),
        ("N1", D("-Infinity"), ["value-kind"]),
        ("N1", -0.001, ["value-bounds"]),
        ("N1", 100.001, ["value-bounds"]),
        ("N1", 1e17, ["value-bounds"]),
        ("N1", 1e18, ["value-kind"]),
        ("N1", -1e300, ["value-kind"]),
        ("R1", {"numerator": 1, "denominator": 10**18}, ["value-kind"]),
        ("D1", {"before": 98, "after": 1e300}, ["value-kind"]),
        ("R1", "Z", ["value-option"]),
        ("R1", 0.5, ["value-kind"]),
        ("R1", {"numerator": 1}, ["value-kind"]),
        ("R1", {"numerator": "1", "denominator": 4}, ["value-kind"]),
        ("R1", {"numerator": 1, "denominator": None}, ["value-kind"]),
        ("R1", {"numerator": 1, "denominator": 4, "letter": "Z"}, ["value-option"]),
        ("R1", {"numerator": 1, "denominator": 4, "letter": ["A"]}, ["value-option"]),
        ("R1", {"numerator": 1, "denominator": 4, "unit": "台"}, ["value-kind"]),
        ("R1", {"numerator": 1, "denominator": 0}, ["value-ratio"]),
        ("R1", {"numerator": 0, "denominator": 0}, ["value-ratio"]),
        ("R1", {"numerator": -1, "denominator": 4}, ["value-ratio"]),
        ("R1", {"numerator": -1, "denominator": -4}, ["value-ratio"]),
        ("R1", {"numerator": 5, "denominator": 4}, ["value-bounds"]),
        ("R1", {"numerator": 10**17 + 1, "denominator": 10**17}, ["value-bounds"]),
        ("D1", "D", ["value-option"]),
        ("D1", {"before": 98}, ["value-kind"]),
        ("D1", {"before": 98, "after": "99"}, ["value-kind"]),
        ("D1", {"before": 98, "after": 99, "letter": "Z"}, ["value-option"]),
        ("D1", {"before": 98, "after": 99, "since": 2024}, ["value-kind"]),
        ("D1", {"before": 101, "after": -1}, ["value-bounds", "value-bounds"]),
        ("X1", {"item": "甲"}, ["value-kind"]),
        ("X1", ["甲"], ["value-kind"]),
        ("X1", [{"item": "丙", "year": "24", "good": 1, "more": 2}], ["value-kind"] * 3 + ["value-option"]),
        ("X1", [{"item": ["甲"]}], ["value-kind"]),
        ("W1", 3, ["value-kind"]),
        ("W1", "  ", ["value-kind"]),
        ("W1", "十一个字的文字太长了呀", ["value-kind"]),
        ("employees", 1001, ["value-bounds"]),
    ],
)
def test_a_value_of_the_wrong_kind_or_size__is_refused(
    sample: Pack, key: str, raw: Any, codes: list[str]
) -> None:
    assert parse(sample, key, raw) == codes


def test_a_refusal__says_where_what_and_what_to_do(sample: Pack) -> None:
    _, [problem] = parse_value(sample.items["N1"], 1000, {}.get, "a.json answers.N1")
    assert (
        str(problem) == "a.json answers.N1: N1 = 1000 超出可能的范围 0—100。请核对数字和单位。[value-bounds]"
    )


def test_a_share_out_of_bounds__is_printed_short(sample: Pack) -> None:
    _, [problem] = parse_value(sample.items["R1"], {"numerator": 4, "denominator": 3}, {}.get)
    assert problem.what == "R1 = 133.33 超出可能的范围 0—100"


@pytest.mark.parametrize(
    ("known", "raw", "allowed"),
    [
        ("A", 10, True),
        ("A", 11, False),
        ("B", 11, True),
        ("B", 101, False),
        (None, 11, True),
        ("?", 11, True),
    ],
)
def test_a_bound_under_a_condition__counts_when_it_holds(
    sample: Pack, known: Any, raw: int, allowed: bool
) -> None:
    value, problems = parse_value(sample.items["N1"], raw, {"C1": known}.get)
    assert (value == raw) is allowed
    assert [problem.code for problem in problems] == ([] if allowed else ["value-bounds"])


@pytest.mark.parametrize("raw", [None, "1", True, [1], {}, float("nan")])
def test_what_is_no_figure__is_none(raw: Any) -> None:
    assert number(raw) is None


@pytest.mark.parametrize(
    ("value", "raw"),
    [
        (D("3.0"), 3),
        (D("0.7"), 0.7),
        (D("1E+3"), 1000),
        (Ratio(D(1), D("4.50")), {"numerator": 1, "denominator": 4.5}),
        (Ratio(letter="B"), "B"),
        (Ratio(D(1), D(4), "B"), {"numerator": 1, "denominator": 4, "letter": "B"}),
        (Trend(D("0.5"), D(1)), {"before": 0.5, "after": 1}),
        (Trend(letter="A"), "A"),
        (("A", "B"), ["A", "B"]),
        (({"item": "甲", "year": D(2024)},), [{"item": "甲", "year": 2024}]),
        (True, True),
        (3, 3),
        ("文", "文"),
    ],
)
def test_a_value__is_written_as_json_holds_it(value: Any, raw: Any) -> None:
    written = raw_value(value)
    assert json.loads(json.dumps(written)) == raw
    assert type(written) is type(raw)


@pytest.mark.parametrize("key", ["T1", "C1", "C2", "C3", "N1", "R1", "D1", "X1", "W1"])
def test_a_value__comes_back_from_json_as_it_was(sample: Pack, key: str) -> None:
    question = sample.items[key]

    @given(raw_values(question))
    def comes_back(raw: Any) -> None:
        value, problems = parse_value(question, raw, {}.get)
        assert not problems
        assert value is not None
        again, problems = parse_value(question, json.loads(json.dumps(raw_value(value))), {}.get)
        assert not problems
        assert again == value

    comes_back()


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.sampled_from("ABC"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["numerator", "denominator", "before", "after", "letter", "item", "year"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("key", ["T1", "C1", "C2", "C3", "N1", "R1", "D1", "X1", "W1", "uscc", "employees"])
def test_whatever_json_holds__is_taken_or_refused_but_never_breaks(sample: Pack, key: str) -> None:
    question = sample.items[key]

    @given(anything, anything)
    def never_breaks(raw: Any, other: Any) -> None:
        value, problems = parse_value(question, raw, {"C1": other}.get)
        assert (value is None) == bool(problems)
        assert all(str(problem) for problem in problems)

    never_breaks()


def ratio_question(pack: Pack) -> RatioQuestion:
    question = pack.items["R1"]
    assert isinstance(question, RatioQuestion)
    return question


@pytest.mark.parametrize(
    ("top", "bottom", "band"),
    [
        ("0", "7", "A"),
        ("10", "100", "A"),
        ("10.0000000000000000000000000001", "100", "B"),
        ("1", "10", "A"),
        ("100000000000000000000000000000001", "1000000000000000000000000000000000", "B"),
        ("0.3", "3", "A"),
        ("60", "100", "B"),
        ("3", "5", "B"),
        ("60.001", "100", "C"),
        ("1", "1", "C"),
        ("0", "0", "A"),
    ],
)
def test_a_band__includes_its_upper_end_exactly(sample: Pack, top: str, bottom: str, band: str) -> None:
    assert band_of(ratio_question(sample), Ratio(D(top), D(bottom))) == band


def test_a_band__is_not_read_from_a_letter(sample: Pack) -> None:
    assert band_of(ratio_question(sample), Ratio(letter="B")) is None


@pytest.mark.parametrize(
    ("before", "after", "letter"),
    [
        ("98.00", "98.01", "C"),
        ("98.01", "98.00", "A"),
        ("98.004", "98.001", "B"),
        ("98.004", "98.005", "C"),
        ("98.005", "98.0149999999999999999999999999999999", "B"),
        ("98.005", "98.015", "C"),
        ("-0.004", "0.004", "B"),
        ("-0.005", "0.004", "C"),
        ("0", "0", "B"),
        ("999999999999999999.99", "999999999999999999.99", "B"),
        ("999999999999999999.99", "1", "A"),
        ("1E-320", "0", "B"),
    ],
)
def test_a_trend__is_flat_when_the_printed_figures_are_equal(
    sample: Pack, before: str, after: str, letter: str
) -> None:
    question = sample.items["D1"]
    assert isinstance(question, TrendQuestion)
    assert trend_of(question, Trend(D(before), D(after))) == letter
    falling = question.model_copy(update={"better": "down"})
    assert trend_of(falling, Trend(D(before), D(after))) == {"A": "C", "B": "B", "C": "A"}[letter]
