"""What a firm can be held against: four kinds of reference that are never blended.

A published figure says who, when and by which definition; a showcase is one plant's before and
after; an expert profile is judgement without a sample; a distribution comes from counted firms.
"""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from assessor.pack.condition import Condition
from assessor.pack.record import Cite, Day, Names, Record
from assessor.words import _

Better = Literal["up", "down", "neutral"]
Size = Literal["micro", "small", "medium", "large"]
Share = Annotated[Decimal, Field(ge=0, le=1)]


class Published(Record):
    """A figure somebody published.

    `comparable` is false where definition or denominator differ from the question's: then it is
    shown as a line with its own definition and no difference is computed.
    """

    id: str
    of: str
    measure: Literal["mean", "share", "limit", "target"]
    value: Decimal
    unit: str
    better: Better
    definition: str = Field(min_length=1)
    denominator: str = Field(min_length=1)
    comparable: bool
    scope: str
    date: str
    who: str
    if_: Condition | None = Field(None, alias="if")
    sizes: tuple[Size, ...] = ()
    note: str = ""
    cite: Cite


class Showcase(Record):
    """What one plant reached; goes into a box, never on an axis."""

    id: str
    of: Names = ()
    firm: str
    what: str
    before: str = ""
    after: str = ""
    date: str
    size: Size | None = None
    cite: Cite


class SceneProfile(Record):
    """Expert shares of firms at level 0…4."""

    shares: tuple[Share, Share, Share, Share, Share]
    reasons: Names = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if sum(self.shares) != 1:
            raise ValueError(_("各级比例之和是 {sum}，应为 1").format(sum=sum(self.shares)))
        return self


class QuantityProfile(Record):
    """Expert P10, P25, P50, P75, P90; or why there are none."""

    p: tuple[Decimal, Decimal, Decimal, Decimal, Decimal] | None = None
    absent: str = ""
    unit: str
    better: Better
    reasons: Names = ()

    @model_validator(mode="after")
    def _one_of(self) -> Self:
        if (self.p is None) == (not self.absent):
            raise ValueError(_("p 与 absent（没有的原因）写且只写一个"))
        if self.p is not None and list(self.p) != sorted(self.p):
            raise ValueError(_("百分位应从小到大"))
        return self


class Profiles(Record):
    """`profiles.yaml`: expert reference profiles of a trade by size. n is always 0."""

    id: str
    edition: int
    date: Day
    signer: str
    label: str
    n: Literal[0]
    cite: Cite
    reasons: dict[str, str]
    absences: dict[str, str]
    scenes: dict[Size, dict[str, SceneProfile]]
    quantities: dict[Size, dict[str, QuantityProfile]]


class Distribution(Record):
    """What counted firms show: percentiles of a quantity or shares of a scene, with n and period."""

    of: str
    size: Size | None = None
    region: str = ""
    mode: Literal["self", "onsite"]
    period: str
    n: int = Field(ge=1)
    p: tuple[Decimal, Decimal, Decimal, Decimal, Decimal] | None = None
    shares: tuple[Share, Share, Share, Share, Share] | None = None
    better: Better = "up"
    cite: Cite

    @model_validator(mode="after")
    def _one_of(self) -> Self:
        if (self.p is None) == (self.shares is None):
            raise ValueError(_("p 与 shares 写且只写一个"))
        if self.p is not None and list(self.p) != sorted(self.p):
            raise ValueError(_("百分位应从小到大"))
        return self


class Benchmarks(Record):
    """`benchmarks.yaml`."""

    cite: Cite | None = None
    published: tuple[Published, ...] = ()
    showcases: tuple[Showcase, ...] = ()
    distributions: tuple[Distribution, ...] = ()
