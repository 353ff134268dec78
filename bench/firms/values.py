"""What a firm answers: one value for a question, from its place among its like."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from assessor.answers.firm import Size
from assessor.answers.model import Ratio, Trend, Value
from assessor.answers.value import bound_for, outside
from assessor.pack.condition import Lookup
from assessor.pack.question import (
    BoolQuestion,
    Bound,
    MultiQuestion,
    NumberQuestion,
    Question,
    RatioQuestion,
    SingleQuestion,
    TrendQuestion,
    option_ids,
)
from bench.firms.latent import NORMAL, Latent, class_of, quantile, rounded
from bench.firms.plan import Plan

_BANDS = {"A": (0.0, 10.0), "B": (10.5, 20.0), "C": (20.5, 40.0), "D": (40.5, 60.0), "E": (60.5, 95.0)}
_TICK = 0.22
"""Share of firms that tick an option nobody has judged."""
_DUTY, _MISHAP = 0.94, 0.12
"""Share of firms that have what is asked with yes or no; share where an assessor notes something on site."""
_MONEY = "miit.Q11"
_MACHINES = ("miit.Q2", "miit.Q3")


def draw_value(plan: Plan, question: Question, size: Size, luck: Latent, lookup: Lookup) -> Value | None:
    """The value, None where nobody has said what is usual."""
    draw: Callable[..., Value | None] | None = _DRAWS.get(type(question))
    return draw(plan, question, size, luck, lookup) if draw else None


def _single(plan: Plan, question: SingleQuestion, size: Size, luck: Latent, lookup: Lookup) -> Value:
    scale = plan.scales[size].get(question.id)
    if scale is not None and scale.names:
        return scale.names[class_of(luck.position(scale.load), scale.cuts)]
    ids = option_ids(question)
    return ids[min(len(ids) - 1, int(luck.share() * len(ids)))]


def _multi(plan: Plan, question: MultiQuestion, size: Size, luck: Latent, lookup: Lookup) -> Value | None:
    usual = plan.ticks[size].get(question.id, {})
    none = next((option.id for option in question.options if option.none), None)
    ticked = tuple(
        option.id
        for option in question.options
        if not option.none and luck.position() > NORMAL.inv_cdf(1 - usual.get(option.id, _TICK))
    )
    return ticked or ((none,) if none else None)


def _bool(plan: Plan, question: BoolQuestion, size: Size, luck: Latent, lookup: Lookup) -> Value:
    return luck.chance(_MISHAP) if question.onsite_only else luck.share(0.5) > 1 - _DUTY


def _ratio(plan: Plan, question: RatioQuestion, size: Size, luck: Latent, lookup: Lookup) -> Value:
    scale = plan.scales[size].get(question.id)
    names = tuple(_BANDS)
    letter = names[class_of(luck.position(scale.load), scale.cuts)] if scale else luck.one_of(names[:3])
    low, high = _BANDS[letter]
    if question.id == _MONEY:
        return _spending(lookup, luck, letter)
    whole = _whole(question, lookup, luck)
    part = Decimal(round(float(whole) * luck.uniform(low, high) / 100))
    if question.id == _MACHINES[1]:
        digital = lookup(_MACHINES[0])
        most = int(Fraction(str(digital)) * Fraction(whole) / 100) if digital is not None else int(whole)
        part = min(part, Decimal(most))
    return Ratio(part, whole)


def _spending(lookup: Lookup, luck: Latent, letter: str) -> Ratio:
    """Three years' spending and revenue; nine firms in ten spend two per cent or less."""
    revenue = Decimal(str(lookup("revenue_wan") or 1000)) * 3
    low, high = (0.1, 2.4) if letter == "A" else (10.5, 14.5)
    return Ratio((revenue * rounded(luck.uniform(low, high), 3) / 100).quantize(Decimal("0.01")), revenue)


def _whole(question: RatioQuestion, lookup: Lookup, luck: Latent) -> Decimal:
    if question.id in _MACHINES:
        return Decimal(max(4, int(float(str(lookup("employees") or 40)) * 0.35)))
    return Decimal(luck.whole(4, 14))


def _trend(plan: Plan, question: TrendQuestion, size: Size, luck: Latent, lookup: Lookup) -> Value:
    scale = plan.scales[size].get(question.id)
    letter = "ABC"[class_of(luck.position(scale.load), scale.cuts)] if scale else luck.one_of("ABC")
    low, high = _ends(bound_for(question.bounds.soft, lookup), 1, 100)
    start = low + (high - low) * luck.uniform(0.1, 0.4)
    if question.bounds.hard and question.bounds.hard[0].max == 100:
        start = luck.uniform(94, 98)
    before = rounded(start, question.decimals)
    rises = (letter == "C") == (question.better == "up")
    step = 0.0 if letter == "B" else luck.uniform(0.004, 0.015) * (1 if rises else -1)
    after = rounded(float(before) * (1 + step), question.decimals)
    return Trend(before, after)


def _number(plan: Plan, question: NumberQuestion, size: Size, luck: Latent, lookup: Lookup) -> Value | None:
    profiles = plan.pack.profiles
    usual = profiles.quantities.get(size, {}).get(question.id) if profiles else None
    soft = bound_for(question.bounds.soft, lookup)
    share = luck.share(0.5)
    if usual is not None and usual.p is not None:
        share = {"up": share, "down": 1 - share, "neutral": luck.uniform()}[usual.better]
        value = quantile(share, usual.p)
    elif soft is not None and soft.min is not None and soft.max is not None:
        value = float(soft.min) + float(soft.max - soft.min) * luck.uniform(0.1, 0.9)
    elif question.unit == "%":
        value = 100 * share
    else:
        return None
    return within(question, rounded(value, question.decimals), lookup)


def within(question: NumberQuestion, value: Decimal, lookup: Lookup) -> Decimal:
    """The figure held inside what is possible and usual."""
    for bound in (bound_for(question.bounds.soft, lookup), bound_for(question.bounds.hard, lookup)):
        if bound is not None and outside(value, bound):
            value = bound.min if bound.min is not None and value < bound.min else bound.max or value
    return value.quantize(Decimal(1).scaleb(-question.decimals))


def _ends(bound: Bound | None, low: float, high: float) -> tuple[float, float]:
    if bound is None:
        return low, high
    return (
        float(bound.min) if bound.min is not None else low,
        float(bound.max) if bound.max is not None else high,
    )


_DRAWS: dict[type, Callable[..., Value | None]] = {
    SingleQuestion: _single,
    MultiQuestion: _multi,
    BoolQuestion: _bool,
    RatioQuestion: _ratio,
    TrendQuestion: _trend,
    NumberQuestion: _number,
}
