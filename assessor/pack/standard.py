"""Other standards over the same answers: what their papers say, and what may be read of them here.

Two kinds of model file. A capability tree (GB/T 39116, GB/T 43439) says which answers speak about
which part; it gives a level only where the file holds every weight and every requirement. A ladder
of gates (智能工厂梯度培育) says of each known gate whether it is met; it gives a rung only where
the file says that its gates are complete. Who holds the papers puts what is missing into the file.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from assessor.pack.condition import Condition
from assessor.pack.maturity import IndexModel, ModelLevel, PointsModel, ReportedModel, Weight
from assessor.pack.papers import Papers
from assessor.pack.record import Cite, Names, Record
from assessor.words import _

Share = Annotated[Decimal, Field(ge=0, le=1)]


class PlantType(Record):
    """A kind of plant with weights of its own; `industries` are beginnings of GB/T 4754 codes."""

    id: str
    title: str
    title_en: str
    industries: Names = Field(min_length=1)


class StatedWeight(Record):
    """A weight in per cent of the node above, and who states it."""

    value: Weight
    cite: Cite


class Requirement(Record):
    """One requirement of one level: how far it is met (0 to 1) by each option or rung of a question."""

    level: int = Field(ge=1)
    question: str
    scores: dict[str, Share]


class Capability(Record):
    """A node of the tree: 能力要素, 能力域 or 能力子域, as deep as the standard goes.

    `weights` by kind of plant; what is absent is unknown. `only`: the kinds of plant that have the
    node. `questions` speak about it of themselves; a trade's scenes do so through the crosswalk.
    `covers` names what the standard puts below a node that is not taken apart here.
    """

    id: str
    title: str
    title_en: str
    covers: str = ""
    weights: dict[str, StatedWeight] = Field(default_factory=dict)
    only: Names = ()
    questions: Names = ()
    requirements: tuple[Requirement, ...] = ()
    parts: tuple["Capability", ...] = ()

    def nodes(self) -> Iterator["Capability"]:
        """This node and all below it, from top to bottom."""
        yield self
        for part in self.parts:
            yield from part.nodes()


class Stepwise(Record):
    """Level by level: a level counts as met from this share on, and only when all below it are met."""

    satisfied: Share
    cite: Cite


class CapabilityModel(Record):
    """A capability tree. `mapping` says who decided which answers speak about which node.

    `stepwise` is how a level would come about; a model without it is a reading and never has one.
    `says` is printed with every result.
    """

    id: str
    title: str
    title_en: str
    short: str
    edition: str
    effective_from: str
    cite: Cite
    rule: Literal["capability"]
    levels: tuple[ModelLevel, ...]
    types: tuple[PlantType, ...] = ()
    mapping: Cite
    stepwise: Stepwise | None = None
    domains: tuple[Capability, ...] = Field(min_length=1)
    papers: Papers | None = None
    says: str
    note: str = ""

    def nodes(self) -> Iterator[Capability]:
        """Every node from top to bottom."""
        for domain in self.domains:
            yield from domain.nodes()

    def type_of(self, industry: object) -> PlantType | None:
        """The kind of plant that an industry code belongs to, None when no kind claims it."""
        code = str(industry or "")
        fitting = (kind for kind in self.types if any(code.startswith(start) for start in kind.industries))
        return next(fitting, None) if code else None


class PaperNeed(Record):
    """A gate that a paper opens: a certificate under another model, at this level or above."""

    model: str
    level: int


class LadderGate(Record):
    """One condition. `when` decides it from answers, `paper` from a certificate; else it stays open.

    `near`: the answers ask for something close to what the paper asks for, not for the same.
    `speaks` are the questions to look at when it stays open.
    """

    id: str
    title: str
    when: Condition | None = None
    paper: PaperNeed | None = None
    near: str = ""
    speaks: Names = ()
    cite: Cite

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.when is not None and self.paper is not None:
            raise ValueError(_("when 和 paper 只能写一个"))
        return self


class Rung(Record):
    """A rung of the ladder, who grants it, and its own gates; those of the rungs below hold as well."""

    level: int
    name: str
    name_en: str
    text: str = ""
    granted_by: str = ""
    complete: bool = False
    gates: tuple[LadderGate, ...] = ()


class LadderModel(Record):
    """A ladder of gates; `common` ones hold for every rung. `says` is printed with every result."""

    id: str
    title: str
    title_en: str
    short: str
    edition: str
    effective_from: str
    cite: Cite
    rule: Literal["gate-ladder"]
    mapping: Cite
    common: tuple[LadderGate, ...] = ()
    rungs: tuple[Rung, ...] = Field(min_length=1)
    papers: Papers | None = None
    says: str
    note: str = ""

    def gates(self) -> Iterator[LadderGate]:
        """Every gate, common ones first."""
        yield from self.common
        for rung in self.rungs:
            yield from rung.gates


StandardModel = CapabilityModel | LadderModel
AnyModel = Annotated[
    PointsModel | IndexModel | ReportedModel | CapabilityModel | LadderModel, Field(discriminator="rule")
]
"""Every kind of model file."""
