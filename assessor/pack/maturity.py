"""A maturity model: how states become points, and points and scenes a level."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from assessor.pack.papers import Papers
from assessor.pack.record import Cite, Names, Points, Record

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


class PointsModel(Record):
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


class PointsOf(Record):
    """Σ points ÷ Σ most points of questions, under the points of another model."""

    points_of: Names = Field(min_length=1)
    model: str


class MeanOf(Record):
    """Mean of level ÷ 4 of level questions and n ÷ d of ratios."""

    mean_of: Names = Field(min_length=1)


class ScenesAt(Record):
    """Weighted share of the applicable scenes at `scenes_at` or above."""

    scenes_at: int = Field(ge=1, le=4)


class IndexPart(Record):
    """A part of an index: its weight, and its value between 0 and 1."""

    id: str
    title: str
    title_en: str
    weight: Weight | None
    value: PointsOf | MeanOf | ScenesAt


class IndexDimension(Record):
    """A dimension of an index; its weight is the sum of its parts'."""

    id: str
    title: str
    title_en: str
    weight: Weight | None
    parts: tuple[IndexPart, ...] = Field(min_length=1)


class PartNeed(Record):
    """The plain mean of some parts' values must reach `at_least` per cent."""

    parts: Names = Field(min_length=1)
    at_least: Decimal


class StageGate(Record):
    """What a stage asks for, besides the stage before."""

    level: int
    scenes_apply: int = 0
    needs: tuple[PartNeed, ...] = ()


class StageGates(Record):
    """The gates with their source."""

    cite: Cite
    rows: tuple[StageGate, ...] = Field(min_length=1)


class Bar(Record):
    """One bar of another reading.

    Either `parts` by their weights; or the share at level 2 or above of the scenes that actions of a
    `kind` lift most, averaged with the shares of points of `questions`.
    """

    id: str
    title: str
    title_en: str
    parts: Names = ()
    kind: str = ""
    questions: Names = ()


class Reading(Record):
    """Another way to read the same answers; no score, no stage."""

    id: str
    title: str
    title_en: str
    note: str = ""
    bars: tuple[Bar, ...]


class IndexModel(Record):
    """An index of weighted parts with stages decided by gates on parts.

    `not_applicable: leave`: what does not apply leaves its part, a part its dimension, a dimension
    the score; the rest share in proportion. Below `least_weight` of the total there is no score.
    """

    id: str
    title: str
    title_en: str
    short: str
    edition: str
    effective_from: str
    cite: Cite
    rule: Literal["weighted-index"]
    not_applicable: Literal["leave"]
    total: Points
    least_weight: Decimal
    levels: tuple[ModelLevel, ...]
    dimensions: tuple[IndexDimension, ...]
    gates: StageGates
    readings: tuple[Reading, ...] = ()
    note: str = ""

    def parts(self) -> Iterator[tuple[IndexDimension, IndexPart]]:
        """Every part with its dimension."""
        for dimension in self.dimensions:
            for part in dimension.parts:
                yield dimension, part

    def unknown_weights(self) -> tuple[str, ...]:
        """Names of all parts without weight."""
        return tuple(part.title for _, part in self.parts() if part.weight is None)


class ReportedModel(Record):
    """A result the firm already holds, shown as it stands: which questions and papers hold it.

    `proves` says what such a result is good for.
    """

    id: str
    title: str
    title_en: str
    short: str
    edition: str
    effective_from: str
    cite: Cite
    rule: Literal["reported"]
    levels: tuple[ModelLevel, ...]
    score: str
    stage: str
    year: str
    issuer: str
    papers: Papers | None = None
    proves: str = ""
    note: str = ""


MaturityModel = PointsModel
