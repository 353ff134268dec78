"""What is drawn for a pack: its kinds of plant, the cut points of its questions, figures that hang together.

`kinds.yaml` and `national.yaml` beside this file are the data; the shipped profiles give the rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from assessor.answers.firm import Size
from assessor.pack.expression import Expression, parse_expression
from assessor.pack.model import Pack
from assessor.pack.question import LevelQuestion
from assessor.pack.yamlfile import read_yaml
from bench.firms.latent import LOAD, cut_points

HERE = Path(__file__).parent
SIZES: tuple[Size, ...] = ("micro", "small", "medium")
MIX = (0.10, 0.65, 0.25)
"""Micro, small and medium firms among those that are diagnosed; an expert's guess."""

_BASE: Mapping[Size, float] = {"micro": 0.80, "small": 1.20, "medium": 1.74, "large": 2.2}
_STEPS = (0.5, 1.5, 2.5, 3.8)
_SPREAD = 0.90


@dataclass(frozen=True)
class Kind:
    """A kind of plant."""

    id: str
    industries: Sequence[str]
    facts: Mapping[str, Any]
    items: Mapping[str, Any]
    piece: Sequence[int]


@dataclass(frozen=True)
class Figure:
    """A figure that follows from others: `value` times something between `times`."""

    id: str
    value: Expression
    times: tuple[float, float]
    at_least: int


@dataclass(frozen=True)
class Scale:
    """Cut points of a question at one size, and how it hangs on the firm's maturity."""

    cuts: tuple[float, ...]
    load: float
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """Everything `draw` looks up, worked out once for a pack."""

    pack: Pack
    kinds: Mapping[Size, Sequence[tuple[Kind, float]]]
    scales: Mapping[Size, Mapping[str, Scale]]
    ticks: Mapping[Size, Mapping[str, Mapping[str, float]]]
    figures: Sequence[Figure]
    per_head: Sequence[float]


@lru_cache(maxsize=8)
def plan_of(pack: Pack) -> Plan:
    """The plan of a pack; one of no trade known here is drawn as the common one."""
    kinds, national = _data("kinds.yaml"), _data("national.yaml")
    trade = pack.id if pack.id in kinds["kinds"] else "common"
    return Plan(
        pack=pack,
        kinds={size: _kinds(kinds["kinds"][trade], size) for size in SIZES},
        scales={size: _scales(pack, national["sizes"][size], size) for size in SIZES},
        ticks={size: _ticks(national["sizes"][size]) for size in SIZES},
        figures=tuple(_figure(raw) for raw in kinds["figures"][trade]),
        per_head=tuple(float(end) for end in kinds["per_head"][trade]),
    )


def _data(name: str) -> Any:
    document = read_yaml(HERE / name, name)
    assert not document.problems, list(map(str, document.problems))
    return document.data


def _kinds(raw: Sequence[Mapping[str, Any]], size: Size) -> Sequence[tuple[Kind, float]]:
    return tuple(
        (
            Kind(one["id"], one["industries"], one["facts"], one.get("items", {}), one.get("piece", (1, 1))),
            float(one["share"][size]),
        )
        for one in raw
        if size in one["share"]
    )


def _scales(pack: Pack, national: Mapping[str, Any], size: Size) -> Mapping[str, Scale]:
    known = dict(pack.profiles.scenes.get(size, {})) if pack.profiles else {}
    found = {}
    for question in pack.asked():
        given = national.get(question.id, {})
        shares = given.get("shares")
        if question.id in known:
            found[question.id] = Scale(cut_points([float(x) for x in known[question.id].shares]), LOAD)
        elif isinstance(shares, dict):
            found[question.id] = Scale(cut_points(list(shares.values())), float(given["load"]), tuple(shares))
        elif shares is not None:
            found[question.id] = Scale(cut_points(shares), float(given["load"]))
        elif isinstance(question, LevelQuestion):
            found[question.id] = Scale(tuple((step - _BASE[size]) / _SPREAD for step in _STEPS), LOAD)
    return found


def _ticks(national: Mapping[str, Any]) -> Mapping[str, Mapping[str, float]]:
    return {
        key: {option: float(part) for option, part in one["ticks"].items()}
        for key, one in national.items()
        if "ticks" in one
    }


def _figure(raw: Mapping[str, Any]) -> Figure:
    low, high = raw.get("times", (1, 1))
    return Figure(
        raw["id"], parse_expression(raw["is"]), (float(low), float(high)), int(raw.get("at_least", 0))
    )
