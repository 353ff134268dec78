"""What other standards say of one firm, as data: readings of a tree, gates of a ladder, papers held."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assessor.answers.model import Side
from assessor.pack.standard import (
    Capability,
    CapabilityModel,
    LadderGate,
    LadderModel,
    PlantType,
    Rung,
    StatedWeight,
)
from assessor.scoring.result import Note

Standing = Literal["valid", "expired", "unknown"]


@dataclass(frozen=True, slots=True)
class PaperHeld:
    """One row of a table of papers. `level` is None where the grade's words say none; `seen` on site."""

    grade: str
    level: int | None
    year: str
    number: str
    issuer: str
    valid_until: str
    standing: Standing
    seen: bool


@dataclass(frozen=True, slots=True)
class Rungs:
    """The lowest and the highest rung of the scenes that speak, each at both ends of the interval."""

    lowest_low: int
    lowest_high: int
    highest_low: int
    highest_high: int


@dataclass(frozen=True, slots=True)
class NodeReading:
    """What is known about one node: states reached (low…high) out of `most`, and rungs of its scenes.

    `speaking` are the questions that apply; `answered`, `blank` and `gone` count those of the node.
    `applies` is false where this kind of plant does not have the node; `weight` None is unknown.
    """

    node: Capability
    depth: int
    applies: bool
    weight: StatedWeight | None
    speaking: tuple[str, ...]
    answered: int
    blank: int
    gone: int
    low: int
    high: int
    most: int
    rungs: Rungs | None

    @property
    def silent(self) -> bool:
        """Whether nothing that was asked speaks about it."""
        return not self.most


@dataclass(frozen=True, slots=True)
class Total:
    """A total level by level, and the levels it gives, at both ends."""

    low: Fraction
    high: Fraction
    level_low: int
    level_high: int


@dataclass(frozen=True, slots=True)
class CapabilitySide:
    """One side of a reading. `total` is None where no level may be given."""

    side: Side
    nodes: tuple[NodeReading, ...]
    total: Total | None

    @property
    def level(self) -> int | None:
        """The level when there is one and it is certain."""
        if self.total is None or self.total.level_low != self.total.level_high:
            return None
        return self.total.level_low


@dataclass(frozen=True, slots=True)
class CapabilityResult:
    """A capability tree read from the answers; `reasons` say why there is no level."""

    model: CapabilityModel
    headline: Side
    kind: PlantType | None
    reasons: tuple[Note, ...]
    claimed: CapabilitySide
    verified: CapabilitySide
    papers: tuple[PaperHeld, ...]

    @property
    def counting(self) -> CapabilitySide:
        """The side that counts."""
        return self.claimed if self.headline == "claimed" else self.verified


@dataclass(frozen=True, slots=True)
class GateStanding:
    """One gate: met, failed, or open; `by` says what it was read from, `speaks` the questions to look at."""

    gate: LadderGate
    met: bool | None
    by: Literal["answers", "paper", "nothing"]
    speaks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RungStanding:
    """A rung with its own gates."""

    rung: Rung
    gates: tuple[GateStanding, ...]


@dataclass(frozen=True, slots=True)
class LadderSide:
    """One side of a ladder. The levels are None where the file does not hold all gates."""

    side: Side
    common: tuple[GateStanding, ...]
    rungs: tuple[RungStanding, ...]
    level_low: int | None
    level_high: int | None

    @property
    def level(self) -> int | None:
        """The rung when there is one and it is certain."""
        return self.level_low if self.level_low == self.level_high else None

    def gates(self) -> Iterator[GateStanding]:
        """All gates, common ones first."""
        yield from self.common
        for rung in self.rungs:
            yield from rung.gates


@dataclass(frozen=True, slots=True)
class LadderResult:
    """A ladder of gates held against the answers; `reasons` say why no rung is given."""

    model: LadderModel
    headline: Side
    reasons: tuple[Note, ...]
    claimed: LadderSide
    verified: LadderSide
    papers: tuple[PaperHeld, ...]

    @property
    def counting(self) -> LadderSide:
        """The side that counts."""
        return self.claimed if self.headline == "claimed" else self.verified


StandardResult = CapabilityResult | LadderResult
