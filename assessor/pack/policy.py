"""Who pays for what, where, and from when to when? Policies as dated data.

A policy is a record somebody in the field keeps up to date: what it gives, to whom, until when, and on
which day it was last checked. An amount that was not found is absent, never 0. Money is in 10,000
yuan, a rate is a fraction (0.30 is 30 %), a date is a day, a month or a year.
"""

import calendar
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from assessor.pack.action import ActionKind, Amount
from assessor.pack.condition import Condition
from assessor.pack.record import Cite, Names, Record
from assessor.pack.reference import Size
from assessor.words import _

COUNTRY = "000000"
"""The region of a policy that holds everywhere in the country."""

PolicyKind = Literal["voucher", "fund", "reward", "interest", "tax", "loan", "pilot", "ladder", "basis"]
Status = Literal["active", "lapsed", "announced", "unknown"]
"""What was found on the day `checked`; `unknown`: its terms were seen, whether it is in force was not."""
Spending = Literal[
    "software",
    "cloud",
    "equipment",
    "retrofit",
    "compute",
    "model",
    "dataset",
    "trading",
    "standards",
    "factory",
    "research",
    "finance",
    "status",
]
CapPer = Literal["project", "firm", "firm-year", "order", "unit"]


def first_day(text: str) -> date:
    """The first day of a day, month or year; `ValueError` when there is no such day."""
    parts = [int(part) for part in text.split("-")]
    return date(*(*parts, 1, 1)[:3])


def last_day(text: str) -> date:
    """The last day of a day, month or year."""
    parts = [int(part) for part in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


def _a_day(text: str) -> str:
    try:
        first_day(text)
    except ValueError as error:
        raise ValueError(_("没有“{text}”这一天").format(text=text)) from error
    return text


When = Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"), AfterValidator(_a_day)]
"""A day, a month or a year: 2026-01-20, 2026-01, 2026."""
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_a_day)]
Rate = Annotated[Decimal, Field(gt=0)]
"""A fraction; that it is none above 1 is checked with a sentence of its own."""


# -- what is paid ----------------------------------------------------------------------------------


class PaysFor(Record):
    """Which actions of a roadmap the money goes to; only with this can it be set against their cost.

    `every`: all of them; else those of a kind and those named, without those in `except`.
    """

    every: bool = False
    kinds: tuple[ActionKind, ...] = ()
    actions: Names = ()
    except_: Names = Field((), alias="except")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.every == bool(self.kinds or self.actions):
            raise ValueError(_("every: true 与 kinds、actions 写且只写一种"))
        return self


class Share(Record):
    """A share of what was spent: rate × base, at most the cap.

    `ceiling`: the text says "up to", so a review decides the real rate and nothing can be promised.
    `level_caps_wan`: the cap by the level that `model` gives after the work; below the lowest nothing
    is paid. `uncapped`: the text says that there is no cap. Items of one policy with the same `cap_group`
    draw on one cap together.
    """

    kind: Literal["share"]
    what: str = ""
    rate: Rate | None = None
    rate_min: Rate | None = None
    ceiling: bool = False
    base: str = ""
    cap_wan: Amount | None = None
    cap_per: CapPer | None = None
    uncapped: bool = False
    cap_group: str = ""
    level_caps_wan: dict[int, Amount] = Field(default_factory=dict)
    model: str = ""
    pays_for: PaysFor | None = None

    @model_validator(mode="after")
    def _one_cap(self) -> Self:
        if (self.cap_wan is not None) + self.uncapped + bool(self.level_caps_wan) > 1:
            raise ValueError(_("cap_wan、uncapped、level_caps_wan 只能写一种"))
        if bool(self.level_caps_wan) != bool(self.model):
            raise ValueError(_("level_caps_wan 要与 model（按哪个模型的等级）同写"))
        if self.cap_wan is not None and self.cap_per is None:
            raise ValueError(_("cap_wan 要写明 cap_per（按项目、企业还是年度）"))
        if self.level_caps_wan and self.cap_per not in (None, "firm"):
            raise ValueError(_("按等级的上限是每家企业一次，cap_per 只能写 firm"))
        return self


class Fixed(Record):
    """A sum that does not depend on what was spent: one, by size of firm, or within two ends."""

    kind: Literal["fixed"]
    what: str = ""
    amount_wan: Amount | None = None
    sizes_wan: dict[Size, Amount] = Field(default_factory=dict)
    low_wan: Amount | None = None
    high_wan: Amount | None = None
    per: str = ""
    pays_for: PaysFor | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        ends = self.low_wan is not None or self.high_wan is not None
        if (self.amount_wan is not None) + bool(self.sizes_wan) + ends > 1:
            raise ValueError(_("amount_wan、sizes_wan、low_wan/high_wan 只能写一种"))
        if self.low_wan is not None and self.high_wan is not None and self.low_wan > self.high_wan:
            raise ValueError(_("金额的下限高于上限"))
        return self


class Interest(Record):
    """Points of interest taken over: points × principal × years, at most `years_max` and the cap."""

    kind: Literal["interest"]
    what: str = ""
    points: Rate | None = None
    years_max: int | None = Field(None, ge=1)
    loan_cap_wan: Amount | None = None
    cap_wan: Amount | None = None
    cap_per: CapPer | None = None


class Credit(Record):
    """Tax itself is lowered: rate × spending, of which at most `base_share` of the reference base counts."""

    kind: Literal["credit"]
    what: str = ""
    rate: Rate
    base: str = Field(min_length=1)
    base_share: Rate | None = None
    base_of: str = ""
    years_carried: int | None = Field(None, ge=1)


class Worth(Record):
    """What a deduction of 1 yuan is worth: the tax rate by the option of a question."""

    of: str
    rates: dict[str, Rate]


class Deduction(Record):
    """Profit is lowered before tax: rate × base; `timing`: only earlier, not more."""

    kind: Literal["deduction"]
    what: str = ""
    rate: Rate
    base: str = Field(min_length=1)
    unit_cap_wan: Amount | None = None
    timing: bool = False
    worth: Worth | None = None


class TaxRate(Record):
    """A lower rate of tax."""

    kind: Literal["tax_rate"]
    what: str = ""
    rate: Rate
    base: str = Field(min_length=1)


class Loan(Record):
    """Money lent; `cases` are loans that were reported, no promise."""

    kind: Literal["loan"]
    what: str = Field(min_length=1)
    cases: Names = ()


class Unknown(Record):
    """It pays, and how much was not found."""

    kind: Literal["unknown"]
    what: str = Field(min_length=1)


Pay = Annotated[
    Share | Fixed | Interest | Credit | Deduction | TaxRate | Loan | Unknown, Field(discriminator="kind")
]


class Budget(Record):
    """All the money there is, for everybody together."""

    wan: Amount
    per: str
    what: str = ""


# -- the record ------------------------------------------------------------------------------------


class Stack(Record):
    """What it can be combined with.

    Unless the record says otherwise, one yuan of spending is paid for once, by the highest offer.
    `adds_to`: policies whose money on the same action it may be added to; `not_with`: policies that a
    firm which draws this one can't draw.
    """

    text: str = ""
    adds_to: Names = ()
    not_with: Names = ()


class Apply(Record):
    """How one gets it: in which way, through whom, when; empty where it was not found."""

    mode: Literal["none", "instant", "window", "tax", "bank", "unknown"]
    channel: str = ""
    window: str = ""


class Policy(Record):
    """One policy.

    Who gets it: firms in `region` (and all below it), of these `sizes` and `industries` (first digits of
    GB/T 4754) where given, for whom `when` holds. `ask`: what decides and stands in no question, as
    one would say it to an official; while something has to be asked nothing is certain. `mind`: what a
    firm that gets it has to keep to. `payee` other: money for another kind of firm, told in `who`.
    `comparator`: a rule of another place, to compare with, never to be paid. `checked`: the day on which
    somebody last looked whether all this is still so.
    """

    id: str = Field(pattern=r"^policy\.[A-Z]+-[0-9A-Za-z-]+$")
    title: str = Field(min_length=1)
    issuer: Names = Field(min_length=1)
    number: str = ""
    region: str = Field(pattern=r"^[0-9]{6}$")
    kind: PolicyKind
    about: str = Field(min_length=1)
    issued: When | None = None
    from_: When | None = Field(None, alias="from")
    to: When | None = None
    status: Status
    replaced_by: str = ""
    checked: Day
    comparator: bool = False
    payee: Literal["firm", "other"] = "firm"
    who: str = ""
    sizes: tuple[Size, ...] = ()
    industries: Names = ()
    when: Condition | None = None
    ask: Names = ()
    mind: Names = ()
    spending: tuple[Spending, ...] = ()
    pays: tuple[Pay, ...] = ()
    budgets: tuple[Budget, ...] = ()
    stack: Stack = Stack()
    apply: Apply
    note: str = ""
    cite: Cite

    def begins(self) -> date | None:
        """The first day it holds; None when not known."""
        return first_day(self.from_) if self.from_ else None

    def ends(self) -> date | None:
        """The last day it holds; None when it has no end or none was found."""
        return last_day(self.to) if self.to else None


class Policies(Record):
    """`policies.yaml`."""

    cite: Cite | None = None
    policies: tuple[Policy, ...] = ()
