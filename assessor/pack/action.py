"""What can be done about it? Improvement actions as data: effects, costs, time, people, conditions."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from assessor.pack.record import Cite, Names, Record
from assessor.pack.reference import Size
from assessor.pack.rule import When
from assessor.words import _

ActionKind = Literal["智改", "数转", "网联"]
Amount = Annotated[Decimal, Field(ge=0)]


class Units(Record):
    """Units added to a ratio question, never beyond what there is.

    The first that is known counts: the number a fact or question holds, times `factor`; a fixed
    number by size; a share of the denominator. `added` units also enter the denominator.
    """

    count_of: str = ""
    factor: Decimal = Decimal(1)
    by_size: dict[Size, Amount] = Field(default_factory=dict)
    share: Annotated[Decimal, Field(ge=0, le=1)] | None = None
    added: dict[Size, Amount] = Field(default_factory=dict)


class Effect(Record):
    """What the finished action changes, only ever upward.

    `levels`: scene or level question → level reached; `via`: lower rungs the same work passes
    through; `ticks`: options ticked; `rungs`: option of a ladder reached (the one below must hold);
    `steps`: business steps that get a system in use; `units`: see there. Counts only at `sizes` (all
    when empty) and, with `together`, when those actions are finished too.
    """

    levels: dict[str, int] = Field(default_factory=dict)
    via: dict[str, tuple[int, ...]] = Field(default_factory=dict)
    ticks: dict[str, Names] = Field(default_factory=dict)
    rungs: dict[str, str] = Field(default_factory=dict)
    steps: Names = ()
    units: dict[str, Units] = Field(default_factory=dict)
    sizes: tuple[Size, ...] = ()
    together: Names = ()


class Days(Record):
    """Own person-days for the whole action."""

    it: Amount
    ops: Amount


class Benefit(Record):
    """What it brought or should bring; the source says whether it was measured."""

    text: str
    cite: Cite


class Action(Record):
    """One action. A size that is not a key of `cost_wan` is not offered it.

    `when` limits it to firms whose facts and answers hold; `prerequisites` must all be finished, each
    entry by any one of its actions. Costs are low and high in 10,000 yuan for the whole action,
    `yearly_wan` what each later year costs. `records` are facts that count the years of records which
    begin with this action.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*\.[A-Z]+[0-9]+[a-z]?$")
    title: str
    title_en: str
    do: str
    kind: ActionKind
    who: str = ""
    when: When | None = None
    prerequisites: tuple[Names, ...] = ()
    wait_quarters: int = Field(0, ge=0)
    lag_quarters: int = Field(0, ge=0)
    effects: tuple[Effect, ...] = ()
    cost_wan: dict[Size, tuple[Amount, Amount]]
    yearly_wan: dict[Size, tuple[Amount, Amount]] = Field(default_factory=dict)
    cost_factor: str = ""
    months: dict[Size, int]
    person_days: dict[Size, Days]
    benefit: Benefit
    risk: str
    nature: str = ""
    systems: Names = ()
    evidence: Names = ()
    needs: Names = ()
    cures: Names = ()
    records: Names = ()
    cite: Cite

    @model_validator(mode="after")
    def _sizes_agree(self) -> Self:
        offered = set(self.cost_wan)
        if offered != set(self.months) or offered != set(self.person_days):
            raise ValueError(_("cost_wan、months、person_days 的规模应一致"))
        if any(low > high for low, high in (*self.cost_wan.values(), *self.yearly_wan.values())):
            raise ValueError(_("费用的下限高于上限"))
        return self


class Actions(Record):
    """`actions.yaml`."""

    cite: Cite | None = None
    actions: tuple[Action, ...] = ()
