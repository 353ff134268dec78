"""Rules over answers: findings, red lines, and figures counted from tables."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from assessor.pack.expression import ExpressionError, parse_expression
from assessor.pack.record import Cite, Names, Record
from assessor.words import _


def _parses(text: str) -> str:
    try:
        parse_expression(text)
    except ExpressionError as error:
        raise ValueError(str(error)) from error
    return text


When = Annotated[str, AfterValidator(_parses)]
"""An expression over ids, see `assessor.pack.expression`."""

Effect = Literal["contradiction", "ask", "cap", "red_line"]
"""contradiction: can't both be true, to be explained · ask: accepted with a reason · cap: holds the
verified level of scenes down · red_line: points to one."""


class Rule(Record):
    """A contradiction or plausibility rule; a finding when `when` is true.

    `say` is the sentence an assessor would say, `sample` the record to look at. What is not known
    never triggers a rule.
    """

    id: str
    when: When
    say: str
    sample: str
    effect: Effect
    concerns: Names = ()
    cap: dict[str, int] = Field(default_factory=dict)
    red_line: str = ""
    cite: Cite

    @model_validator(mode="after")
    def _effect_is_filled(self) -> Self:
        if (self.effect == "cap") != bool(self.cap):
            raise ValueError(_("effect: cap 要与 cap 同写"))
        if (self.effect == "red_line") != bool(self.red_line):
            raise ValueError(_("effect: red_line 要与 red_line 同写"))
        return self


class Cure(Record):
    """The cheapest lawful way out; costs and days are `expert` estimates for one ordinary case.

    One that `stops_production` is shown and never planned: the loss of output is not in its cost.
    """

    text: str
    cost_wan: Decimal | None = None
    days: int | None = None
    stops_production: bool = False


class RedLine(Record):
    """A legal floor above any score: red is broken, amber lawful but weak. A hint, no ruling."""

    id: str
    colour: Literal["red", "amber"]
    title: str
    when: When
    text: str
    cure: Cure
    digital_cure: Names = ()
    cite: Cite


class Count(Record):
    """A figure from the rows of a table: the sum of a column, the number of rows, or of distinct cells.

    `where` keeps rows whose cells have one of the values given.
    """

    sum: str | None = None
    rows: bool = False
    distinct: str | None = None
    where: dict[str, tuple[str | bool, ...]] = Field(default_factory=dict)


class Feed(Record):
    """What a table gives a question that has no answer of its own.

    `share`: two counts (ratio questions, or per cent for numbers); `number`: one count, or with
    `at_least` the option of the highest count reached; `ticks`: the options named by the cells of a
    column through `map`. `none` is the option when nothing is reached or ticked.
    """

    question: str
    share: tuple[Count, Count] | None = None
    number: Count | None = None
    at_least: dict[str, int] = Field(default_factory=dict)
    ticks: str | None = None
    where: dict[str, tuple[str | bool, ...]] = Field(default_factory=dict)
    map: dict[str, str] = Field(default_factory=dict)
    none: str | None = None
    cite: Cite | None = None


class TableFeeds(Record):
    """All that one table gives."""

    table: str
    gives: tuple[Feed, ...]


class Rules(Record):
    """`rules.yaml`."""

    cite: Cite | None = None
    rules: tuple[Rule, ...] = ()
    red_lines: tuple[RedLine, ...] = ()
    feeds: tuple[TableFeeds, ...] = ()
