"""The verdict of an index on one firm, as data: parts, stage, what the next stage lacks."""

from dataclasses import dataclass
from decimal import Decimal

from assessor.answers.model import Side
from assessor.pack.maturity import IndexModel, ReportedModel
from assessor.scoring.index import NEAR
from assessor.scoring.result import Note, Span
from assessor.scoring.standard_result import PaperHeld


@dataclass(frozen=True, slots=True)
class PartScore:
    """One part: value low…high between 0 and 1 as `(numerator) ÷ most`; `most` 0 means it has left.

    Numerators are milli-points, sums of shares, or scene weights, as `unit` says. `answered`,
    `blank` and `gone` count its questions or scenes.
    """

    id: str
    title: str
    title_en: str
    weight: float
    unit: str
    low: float
    high: float
    most: float
    answered: int
    blank: int
    gone: int

    @property
    def left(self) -> bool:
        """Whether the part does not apply to this firm."""
        return self.most == 0

    @property
    def share_low(self) -> float | None:
        """The value at the low end, None when the part has left."""
        return None if self.left else self.low / self.most

    @property
    def share_high(self) -> float | None:
        """The value at the high end."""
        return None if self.left else self.high / self.most


@dataclass(frozen=True, slots=True)
class IndexDimensionScore:
    """A dimension: its parts, and its share of its own weight at both ends (None when it has left)."""

    id: str
    title: str
    title_en: str
    weight: float
    parts: tuple[PartScore, ...]
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class StageNeed:
    """One condition of a stage in per cent; `low` and `high` None when it can't be judged.

    `lift` names the least set of scenes and questions that would meet it from the low end.
    """

    parts: tuple[str, ...]
    title: str
    need: float
    low: float | None
    high: float | None
    lift: tuple[str, ...]

    @property
    def met(self) -> bool | None:
        """Met for certain, failed for certain, or open; what can't be judged has failed."""
        if self.low is None or self.high is None:
            return False
        return True if self.low >= self.need - NEAR else (None if self.high >= self.need - NEAR else False)


@dataclass(frozen=True, slots=True)
class StageCheck:
    """A stage with its conditions."""

    level: int
    needs: tuple[StageNeed, ...]


@dataclass(frozen=True, slots=True)
class IndexSide:
    """The verdict on one side. `span` is None when too little weight is left for a score."""

    side: Side
    span: Span | None
    level_low: int
    level_high: int
    weight_used: float
    dimensions: tuple[IndexDimensionScore, ...]
    stages: tuple[StageCheck, ...]
    notes: tuple[Note, ...]

    @property
    def level(self) -> int | None:
        """The stage when it is certain."""
        return self.level_low if self.level_low == self.level_high else None

    @property
    def next_stage(self) -> StageCheck | None:
        """The stage above the certain one."""
        return next((stage for stage in self.stages if stage.level > self.level_low), None)

    @property
    def parts(self) -> tuple[PartScore, ...]:
        """All parts."""
        return tuple(part for dimension in self.dimensions for part in dimension.parts)


@dataclass(frozen=True, slots=True)
class BarScore:
    """One bar of another reading, between 0 and 1; None where nothing of it applies."""

    title: str
    title_en: str
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class ReadingScore:
    """Another reading of the same answers."""

    id: str
    title: str
    title_en: str
    note: str
    bars: tuple[BarScore, ...]


@dataclass(frozen=True, slots=True)
class IndexResult:
    """The index on both sides, with the other readings on the side that counts."""

    model: IndexModel
    headline: Side
    claimed: IndexSide
    verified: IndexSide
    readings: tuple[ReadingScore, ...]

    def on(self, side: Side) -> IndexSide:
        """The verdict on a side."""
        return self.claimed if side == "claimed" else self.verified

    @property
    def counting(self) -> IndexSide:
        """The verdict that counts."""
        return self.on(self.headline)


@dataclass(frozen=True, slots=True)
class ReportedResult:
    """A result the firm already holds, as it stands on its paper; None where the paper says nothing."""

    model: ReportedModel
    score: Decimal | None
    stage: str | None
    year: Decimal | None
    issuer: str | None
    papers: tuple[PaperHeld, ...] = ()
