"""What a peer has done: a plant, what it did, and what somebody says came of it.

A case, never a promise: each figure names who says so, and what nobody said stays empty.
"""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from assessor.pack.condition import Condition
from assessor.pack.record import Cite, Names, Record
from assessor.pack.reference import Size
from assessor.words import _

Who = Literal["firm", "press", "agency", "vendor", "journal", "computed"]
"""Who says so: the firm itself, a newspaper, an authority, a seller, a paper, or our own division of
published figures."""

Mark = Literal["", "about", "over", "under", "upto"]


class Figure(Record):
    """A number with the word that was printed before it; a bare number in the file is exact."""

    value: Decimal
    mark: Mark = ""


def _as_figure(value: object) -> object:
    return {"value": value} if isinstance(value, int | float | str | Decimal) else value


Given = Annotated[Figure, BeforeValidator(_as_figure)]


class Gain(Record):
    """One thing that is said to have changed, in one of three forms.

    `before` and `after` in `unit`; `after` alone, which is what was reached and says nothing of a
    change; or `change` from low to high, signed, in `unit`, with the word that was printed before it.
    """

    what: str = Field(min_length=1)
    unit: str = ""
    before: Given | None = None
    after: Given | None = None
    change: tuple[Decimal, Decimal] | None = None
    mark: Mark = ""
    who: Who
    note: str = ""

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.after is None) == (self.change is None):
            raise ValueError(_("after（可带 before）与 change 写且只写一种"))
        if self.before is not None and self.after is None:
            raise ValueError(_("有 before 就要有 after"))
        if self.change is not None and abs(self.change[0]) > abs(self.change[1]):
            raise ValueError(_("change 先写小的，再写大的"))
        if self.mark and self.change is None:
            raise ValueError(_("mark 只用于 change"))
        return self


class Step(Record):
    """One thing that was done, with the actions of the pack that are of its kind."""

    text: str = Field(min_length=1)
    actions: Names = ()


class Exemplar(Record):
    """One case.

    `scenes` are the level questions it bears on, the main one first; `showcases` the references of
    `benchmarks.yaml` that it tells in full. `honour` is a title that an outsider gave, with its year;
    `many` where it is no single plant but a group of them. `if` limits it to firms whose facts hold;
    `care` says what does not carry over.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*\.E[0-9]+$")
    firm: str = Field(min_length=1)
    place: str = ""
    region_code: str = ""
    date: str
    honour: str = ""
    size: Size | None = None
    many: bool = False
    did: tuple[Step, ...] = Field(min_length=1)
    scenes: Names = Field(min_length=1)
    gains: tuple[Gain, ...] = ()
    care: str = Field(min_length=1)
    showcases: Names = ()
    if_: Condition | None = Field(None, alias="if")
    cite: Cite


class Exemplars(Record):
    """`exemplars.yaml`."""

    cite: Cite | None = None
    exemplars: tuple[Exemplar, ...] = ()
