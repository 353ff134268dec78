"""Invented firms (虚构), whole and coherent, drawn from a trade's expert profiles.

One maturity factor a firm ties its scenes together (`profiles.md` §2): y = load·θ + √(1 − load²)·ε, and
the level is read off the shares of the profile. Everything the profiles do not speak of hangs on the
same factor. Same seed, same firms.
"""

from collections.abc import Iterator
from decimal import Decimal
from statistics import NormalDist

import numpy as np

from assessor.answers.model import Answer, Answers, Ratio, Trend, Value
from assessor.pack.model import Pack
from assessor.pack.question import (
    LevelQuestion,
    MultiQuestion,
    Question,
    RatioQuestion,
    SingleQuestion,
    TrendQuestion,
    option_ids,
)

LOAD = 0.67
SIZES = ("micro", "small", "medium")
EMPLOYEES = {"micro": Decimal(15), "small": Decimal(120), "medium": Decimal(520)}
_NORMAL = NormalDist()
_DEFAULT_CUTS = {
    "micro": (-0.3, 0.9, 2.0, 3.2),
    "small": (-0.8, 0.3, 1.5, 2.9),
    "medium": (-1.4, -0.3, 0.9, 2.3),
}
_BLANK_SHARE = 0.06


def draw(pack: Pack, count: int, seed: int = 1) -> Iterator[Answers]:
    """So many firms of a trade, sizes mixed as 10 : 65 : 25."""
    rng = np.random.Generator(np.random.PCG64(seed))
    for number in range(count):
        size = str(rng.choice(SIZES, p=(0.10, 0.65, 0.25)))
        yield _firm(pack, rng, size, number)


def _firm(pack: Pack, rng: np.random.Generator, size: str, number: int) -> Answers:
    factor = float(rng.normal())
    firm: dict[str, Value] = {
        "name": f"虚构企业 {number}",
        "employees": EMPLOYEES[size],
        "revenue_wan": EMPLOYEES[size] * 60,
        "TP01": ("全钢",),
        "TP02": "自炼",
        "TP03": True,
        "TP04": True,
    }
    items = {
        question.id: Answer(value=value)
        for question in pack.asked()
        if rng.random() > _BLANK_SHARE and (value := _value(pack, question, rng, size, factor)) is not None
    }
    return Answers(pack.id, pack.version, firm, items)


def _value(
    pack: Pack, question: Question, rng: np.random.Generator, size: str, factor: float
) -> Value | None:
    position = LOAD * factor + (1 - LOAD**2) ** 0.5 * float(rng.normal())
    share = _NORMAL.cdf(position)
    match question:
        case LevelQuestion():
            return sum(position > cut for cut in _cuts(pack, question, size))
        case SingleQuestion():
            ids = option_ids(question)
            return ids[min(int(share * len(ids)), len(ids) - 1)]
        case MultiQuestion():
            return _ticks(question, rng, share)
        case RatioQuestion():
            return Ratio(Decimal(int(share * 80)), Decimal(80))
        case TrendQuestion():
            return Trend(letter="ABC"[min(int(share * 3), 2)])
        case _:
            return None


def _cuts(pack: Pack, question: LevelQuestion, size: str) -> tuple[float, ...]:
    profile = pack.profiles.scenes.get(size, {}).get(question.id) if pack.profiles else None  # type: ignore[call-overload]
    if profile is None:
        return _DEFAULT_CUTS[size]
    below = np.cumsum([float(part) for part in profile.shares])[:4]
    return tuple(_NORMAL.inv_cdf(min(max(float(part), 1e-9), 1 - 1e-9)) for part in below)


def _ticks(question: MultiQuestion, rng: np.random.Generator, share: float) -> Value:
    none = next((option.id for option in question.options if option.none), None)
    ticked = tuple(o.id for o in question.options if not o.none and rng.random() < share * 0.8)
    return ticked or ((none,) if none else (question.options[0].id,))
