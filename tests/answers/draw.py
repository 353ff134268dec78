"""Answers drawn at random: documents that are lawful for a pack, with every kind of value and state."""

from decimal import Decimal
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st

from assessor.pack.model import Pack
from assessor.pack.question import (
    BoolQuestion,
    Bounds,
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

Raw = st.SearchStrategy[Any]

words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=10).filter(str.strip)


def raw_values(question: Question) -> Raw:
    """Lawful values of a question as JSON holds them."""
    match question:
        case LevelQuestion():
            return st.integers(0, 4)
        case SingleQuestion():
            return st.sampled_from(option_ids(question))
        case MultiQuestion():
            return _ticks(question)
        case BoolQuestion():
            return st.booleans()
        case NumberQuestion():
            return _figures(question.bounds, question.decimals)
        case RatioQuestion():
            return _ratios(question)
        case TrendQuestion():
            return _trends(question)
        case TableQuestion():
            return st.lists(_rows(question), max_size=3)
        case TextQuestion():
            return words
    raise AssertionError(question)


def _ticks(question: MultiQuestion) -> Raw:
    none = [option.id for option in question.options if option.none]
    others = [option.id for option in question.options if not option.none]
    some = st.lists(st.sampled_from(others), min_size=1, unique=True)
    return st.one_of(st.just(none), some) if none else some


def _figures(bounds: Bounds, decimals: int) -> Raw:
    low = max([Decimal(0), *(bound.min for bound in bounds.hard if bound.min is not None)])
    high = min([Decimal(10_000), *(bound.max for bound in bounds.hard if bound.max is not None)])
    exact = st.decimals(low, high, allow_nan=False, allow_infinity=False, places=decimals)
    return exact.map(lambda figure: int(figure) if figure == int(figure) else float(figure))


@st.composite
def _ratios(draw: st.DrawFn, question: RatioQuestion) -> Any:
    letters = option_ids(question)
    if letters and draw(st.booleans()):
        return draw(st.sampled_from(letters))
    bottom = draw(st.integers(1, 100_000))
    top = draw(
        st.one_of(st.integers(0, bottom), st.sampled_from([bottom * cut // 100 for cut in (10, 20, 40, 60)]))
    )
    scale = draw(st.sampled_from([1, 10, 100])) if question.decimals else 1
    pair: dict[str, Any] = {"numerator": _scaled(top, scale), "denominator": _scaled(bottom, scale)}
    if letters and draw(st.integers(0, 4)) == 0:
        pair["letter"] = draw(st.sampled_from(letters))
    return pair


def _scaled(count: int, scale: int) -> int | float:
    return count // scale if count % scale == 0 else float(Decimal(count) / scale)


@st.composite
def _trends(draw: st.DrawFn, question: TrendQuestion) -> Any:
    letter = draw(st.sampled_from("ABC"))
    if draw(st.booleans()):
        return letter
    figures = _figures(question.bounds, question.decimals + 1)
    before = draw(figures)
    near = st.sampled_from([before, *(_step(before, question, by) for by in (-2, -1, 1, 2))])
    pair = {"before": before, "after": draw(st.one_of(figures, near))}
    return {**pair, "letter": letter} if draw(st.integers(0, 4)) == 0 else pair


def _step(figure: float, question: TrendQuestion, by: int) -> int | float:
    """A figure some halves of its last printed digit away, kept within 0 and 100."""
    moved = Decimal(str(figure)) + Decimal(by * 5).scaleb(-question.decimals - 1)
    kept = min(max(moved, Decimal(0)), Decimal(100))
    return int(kept) if kept == int(kept) else float(kept)


def _rows(question: TableQuestion) -> Raw:
    cells: dict[str, Raw] = {}
    for column in question.columns:
        kinds: dict[str, Raw] = {
            "text": words,
            "number": st.integers(0, 3000),
            "bool": st.booleans(),
            "single": st.sampled_from(column.options or ("",)),
        }
        cells[column.id] = kinds[column.kind]
    return st.fixed_dictionaries({}, optional=cells)


@st.composite
def raw_answer(draw: st.DrawFn, question: Question) -> dict[str, Any]:
    """One answer in any state, claimed and verified."""
    values = raw_values(question)
    answer: dict[str, Any] = {}
    state = draw(st.sampled_from(["answered"] * 5 + ["unanswered", "unknown", "declined", "not_applicable"]))
    if state == "answered":
        answer["value"] = draw(values)
    elif state != "not_applicable":
        answer["state"] = state
    elif question.may_not_apply:
        answer |= {"state": state, "reason": "没有这道工序"}
    if draw(st.booleans()):
        answer["verified"] = draw(values)
    if draw(st.integers(0, 4)) == 0:
        answer |= {
            "remark": draw(words).strip(),
            "sure": draw(st.integers(1, 3)),
            "evidence": draw(st.lists(words)),
        }
    return answer


@lru_cache(maxsize=8)
def documents(pack: Pack, *ids: str) -> st.SearchStrategy[dict[str, Any]]:
    """Whole answers files for a pack; only the questions named, or all of them."""
    asked = [question for question in pack.asked() if not ids or question.id in ids]
    facts = [fact for fact in pack.facts if not (isinstance(fact, TextQuestion) and fact.format)]
    return st.fixed_dictionaries(
        {
            "pack": st.just(pack.id),
            "version": st.just(pack.version),
            "campaign": st.just("2026"),
            "mode": st.sampled_from(["self", "onsite"]),
            "date": st.dates().map(lambda day: day.isoformat()),
            "firm": st.fixed_dictionaries({}, optional={fact.id: raw_values(fact) for fact in facts}),
            "answers": st.fixed_dictionaries({}, optional={q.id: raw_answer(q) for q in asked}),
        }
    )
