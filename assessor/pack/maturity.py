"""A maturity model: how states become points, and points and scenes a level."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from assessor.pack.record import Cite, Points, Record

Weight = Annotated[Decimal, Field(ge=0, le=100)]


class ModelLevel(Record):
    """A level of the model and its name."""

    level: int
    name: str
    name_en: str
    text: str = ""


class Indicator(Record):
    """A leaf of the tree: `weight` per cent of its part, points by option of one question."""

    title: str
    title_en: str = ""
    weight: Weight | None
    question: str
    points: dict[str, Points] | None


class Part(Record):
    """A group of indicators, `weight` per cent of its dimension."""

    id: str
    title: str
    title_en: str = ""
    weight: Weight | None
    indicators: tuple[Indicator, ...] = Field(min_length=1)


class Dimension(Record):
    """A dimension worth `points` of the score."""

    id: str
    title: str
    title_en: str
    points: Points | None
    parts: tuple[Part, ...] = Field(min_length=1)


class ModelScene(Record):
    """A scene that the gates count; binding ones have a count of their own."""

    id: str
    binding: bool = False
    cite: Cite | None = None


class Gate(Record):
    """What a level asks for: score, scenes at or above the level, binding ones among them."""

    level: int
    score: Points
    scenes: int = Field(ge=0)
    binding: int = Field(ge=0)


class Gates(Record):
    """The gates with their source."""

    cite: Cite
    rows: tuple[Gate, ...] = Field(min_length=1)


class MaturityModel(Record):
    """One model file: points from questions, levels from points and scenes.

    `not_applicable: zero` counts what does not apply as nothing; nothing is re-normalised. A weight
    or points left `null` are unknown, and the engine refuses the model.
    """

    id: str
    title: str
    title_en: str
    short: str
    edition: str
    effective_from: str
    cite: Cite
    rule: Literal["points-and-scenes"]
    not_applicable: Literal["zero"]
    total: Points
    levels: tuple[ModelLevel, ...]
    dimensions: tuple[Dimension, ...]
    scenes: tuple[ModelScene, ...]
    gates: Gates
    note: str = ""

    def indicators(self) -> Iterator[tuple[Dimension, Part, Indicator]]:
        """Every leaf with what is above it."""
        for dimension in self.dimensions:
            for part in dimension.parts:
                for indicator in part.indicators:
                    yield dimension, part, indicator

    def unknown_weights(self) -> tuple[str, ...]:
        """Names of all nodes without weight or points."""
        missing = [dimension.title for dimension in self.dimensions if dimension.points is None]
        for _, part, indicator in self.indicators():
            if part.weight is None:
                missing.append(part.title)
            if indicator.weight is None or indicator.points is None:
                missing.append(indicator.title)
        return tuple(dict.fromkeys(missing))
