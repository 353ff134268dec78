"""The whole pack, as everything downstream sees it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field

from assessor.pack.action import Action
from assessor.pack.condition import Condition
from assessor.pack.counted import Counted
from assessor.pack.exemplar import Exemplar
from assessor.pack.maturity import IndexModel, PointsModel, ReportedModel
from assessor.pack.platform import Platforms
from assessor.pack.policy import Policy
from assessor.pack.question import LevelQuestion, Question, Section
from assessor.pack.record import Cite, Day, Names, Record, Source
from assessor.pack.reference import Benchmarks, Profiles
from assessor.pack.rule import Rules
from assessor.pack.standard import CapabilityModel, LadderModel, StandardModel


class Manifest(Record):
    """`pack.yaml`: who the pack is. Ids in `renamed` (old → new) and `retired` are never used again.

    With `overlays` it is no pack to assess with: it brings newer policies and platforms to the pack named,
    and to every pack that depends on that one.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    version: str
    date: Day
    title: str
    title_en: str
    provider: str
    licence: str
    depends: Names = ()
    overlays: str = ""
    industries: Names = ()
    renamed: dict[str, str] = Field(default_factory=dict)
    retired: Names = ()
    sections: Names = ()
    summary: str = ""


class WeightIf(Record):
    """Another weight under a condition."""

    if_: Condition = Field(alias="if")
    weight: int


class SceneLink(Record):
    """Where a trade scene belongs in the ministry's list, and its weight among the trade's scenes.

    `lifted_by`: the kind of action (智改, 数转, 网联) that lifts it most; several when equal.
    `standards`: of what the scene speaks in another standard (model id → nodes), where that is not
    what its ministry's scenes speak of.
    """

    ministry: Names = ()
    weight: int = 1
    weight_if: tuple[WeightIf, ...] = ()
    lifted_by: Names = ()
    standards: dict[str, Names] = Field(default_factory=dict)


class Proposal(Record):
    """A ministry's scene proposed from trade scenes.

    `lowest_core`: the lowest of those with weight 2 (of all when none has it); `median`: the lower
    median.
    """

    from_: Names = Field(alias="from", min_length=1)
    rule: Literal["lowest_core", "median"]


class Crosswalk(Record):
    """`crosswalk.yaml`."""

    cite: Cite
    scenes: dict[str, SceneLink]
    proposals: dict[str, Proposal]


class Regions(Record):
    """`codes/regions.yaml`: GB/T 2260 codes, province prefixes, and old codes with their successors."""

    cite: Cite
    regions: dict[str, str]
    provinces: dict[str, str]
    changed: dict[str, str] = Field(default_factory=dict)


class Industries(Record):
    """`codes/industries.yaml`: GB/T 4754 classes and two-digit divisions."""

    cite: Cite
    industries: dict[str, str]
    divisions: dict[str, str]


@dataclass(frozen=True, eq=False)
class Pack:
    """A checked, immutable pack with all it depends on. `digest` is over every file read.

    `overlays` brought newer policies and platforms. They are about the world outside and not in the digest,
    nor are the firms `counted` by benchmark packs: what is asked and how it is judged stays the same.
    Packs are compared by identity: each is loaded once.
    """

    manifest: Manifest
    facts: tuple[Question, ...]
    sections: tuple[Section, ...]
    models: tuple[PointsModel, ...]
    indexes: tuple[IndexModel, ...]
    reported: tuple[ReportedModel, ...]
    standards: tuple[StandardModel, ...]
    rules: Rules
    benchmarks: Benchmarks
    actions: tuple[Action, ...]
    exemplars: tuple[Exemplar, ...]
    policies: tuple[Policy, ...]
    platforms: Platforms
    profiles: Profiles | None
    sources: Mapping[str, Source]
    crosswalk: Crosswalk | None
    regions: Regions
    industries: Industries
    digest: str
    folder: Path
    overlays: tuple[Manifest, ...] = ()
    counted: tuple[Counted, ...] = ()

    @property
    def id(self) -> str:
        """The pack's own id."""
        return self.manifest.id

    @property
    def version(self) -> str:
        """The pack's own version."""
        return self.manifest.version

    def asked(self) -> Iterator[Question]:
        """All questions in the order they are asked, facts left out."""
        for section in self.sections:
            yield from section.questions

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Question by id, facts left out."""
        return {question.id: question for question in self.asked()}

    @cached_property
    def items(self) -> Mapping[str, Question]:
        """Question or fact by id."""
        return {**{fact.id: fact for fact in self.facts}, **self.questions}

    @cached_property
    def scenes(self) -> tuple[LevelQuestion, ...]:
        """The trade's own scenes in the order in which material flows."""
        linked = self.crosswalk.scenes if self.crosswalk else {}
        return tuple(q for q in self.asked() if isinstance(q, LevelQuestion) and q.id in linked)

    @property
    def capabilities(self) -> tuple[CapabilityModel, ...]:
        """The capability trees among the other standards."""
        return tuple(model for model in self.standards if isinstance(model, CapabilityModel))

    @property
    def ladders(self) -> tuple[LadderModel, ...]:
        """The ladders of gates among the other standards."""
        return tuple(model for model in self.standards if isinstance(model, LadderModel))

    def model(self, model_id: str) -> PointsModel:
        """The model of that id; KeyError when the pack has none."""
        return {model.id: model for model in self.models}[model_id]
