"""The kinds of question. A question records an observable state, not a score.

Facts of the firm are questions too; they stand in `facts.yaml` and travel under `firm`.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from assessor.pack.condition import Condition
from assessor.pack.record import Cite, Names, Record

LEVELS = range(5)


class Bound(Record):
    """Smallest and largest value, perhaps only under a condition; the first that applies counts."""

    if_: Condition | None = Field(None, alias="if")
    min: Decimal | None = None
    max: Decimal | None = None


class Bounds(Record):
    """`hard` refuses a value, `soft` asks for a reason."""

    hard: tuple[Bound, ...] = ()
    soft: tuple[Bound, ...] = ()
    cite: Cite | None = None


class Reading(Record):
    """How a question is read in some kinds of plant."""

    if_: Condition = Field(alias="if")
    text: str


class Asked(Record):
    """What every question has.

    `ask` is the sentence put to people; `help` says how to judge, `look` what to look at on the
    floor, `why` what the answer is good for; `evidence` what proves it (levels carry their own).
    """

    id: str
    title: str
    title_en: str
    ask: str
    cite: Cite
    help: str = ""
    look: str = ""
    why: str = ""
    process: str = ""
    evidence: Names = ()
    readings: tuple[Reading, ...] = ()
    ask_if: Condition | None = None
    may_not_apply: bool = False
    onsite_only: bool = False
    required: bool = False


class Option(Record):
    """One answer to choose; `none` marks the one that excludes all others."""

    id: str
    text: str
    text_en: str = ""
    none: bool = False
    evidence: Names = ()


class Level(Record):
    """One rung: what is seen on the floor, and the evidence of this rung alone."""

    level: int
    text: str
    evidence: Names = ()
    cite: Cite | None = None


class LevelQuestion(Asked):
    """Highest rung whose statement is met, with all below it. Value: 0…4."""

    kind: Literal["level"]
    levels: tuple[Level, ...]
    core: bool = False


class SingleQuestion(Asked):
    """One option. Value: its id."""

    kind: Literal["single"]
    options: tuple[Option, ...] = Field(min_length=2)


class MultiQuestion(Asked):
    """Any options, or the one that says none. Value: list of ids."""

    kind: Literal["multi"]
    options: tuple[Option, ...] = Field(min_length=2)


class BoolQuestion(Asked):
    """Yes or no. Value: true or false."""

    kind: Literal["bool"]


class NumberQuestion(Asked):
    """A figure in `unit`, shown with `decimals`. Value: a number."""

    kind: Literal["number"]
    unit: str
    decimals: int = Field(0, ge=0, le=6)
    bounds: Bounds = Bounds()


class Band(Record):
    """A range of a share, up to and including `up_to` per cent; the last one is open."""

    id: str
    text: str
    up_to: Decimal | None = None


class RatioQuestion(Asked):
    """Two counts whose quotient counts. Value: `{numerator, denominator}`, or a band's letter.

    `bounds` are in per cent. `empty_is_zero`: 0 of 0 is a lawful answer and means 0 %.
    """

    kind: Literal["ratio"]
    numerator: str
    denominator: str
    unit: str
    decimals: int = Field(0, ge=0, le=6)
    bands: tuple[Band, ...] = ()
    bounds: Bounds = Bounds()
    empty_is_zero: bool = False


class TrendQuestion(Asked):
    """Before and after. Value: `{before, after}` or A worse, B flat, C better.

    Flat means equal after rounding to `decimals`; `better` says which way is good.
    """

    kind: Literal["trend"]
    quantity: str
    unit: str
    decimals: int = Field(ge=0, le=6)
    better: Literal["up", "down"]
    bounds: Bounds = Bounds()


class Column(Record):
    """One column of a table question."""

    id: str
    title: str
    kind: Literal["text", "number", "bool", "single"] = "text"
    options: tuple[str, ...] = ()
    unit: str = ""
    required: bool = False


class TableQuestion(Asked):
    """A list of things. Value: list of rows, each column id → cell."""

    kind: Literal["table"]
    columns: tuple[Column, ...] = Field(min_length=1)


class TextQuestion(Asked):
    """Free words, or a code with a rule of its own."""

    kind: Literal["text"]
    format: Literal["uscc", "industry", "region", "date"] | None = None
    max_length: int = 2000


Question = Annotated[
    LevelQuestion
    | SingleQuestion
    | MultiQuestion
    | BoolQuestion
    | NumberQuestion
    | RatioQuestion
    | TrendQuestion
    | TableQuestion
    | TextQuestion,
    Field(discriminator="kind"),
]

TREND_LETTERS = {"A": "变差", "B": "持平", "C": "变好"}


def option_ids(question: Question) -> tuple[str, ...]:
    """The names that may be chosen, in the order they are shown; empty for open questions."""
    match question:
        case SingleQuestion() | MultiQuestion():
            return tuple(option.id for option in question.options)
        case RatioQuestion():
            return tuple(band.id for band in question.bands)
        case TrendQuestion():
            return tuple(TREND_LETTERS)
        case _:
            return ()


def step_ids(question: Question) -> tuple[str, ...]:
    """The states of a question of one choice, lowest first; options count as listed lowest first."""
    return tuple(map(str, LEVELS)) if isinstance(question, LevelQuestion) else option_ids(question)


class Section(Record):
    """A run of questions under one heading; its `cite` and `onsite_only` go for questions that name none.

    `onsite_only`: what an assessor notes on site; a self-assessment is not asked.
    """

    id: str
    title: str
    title_en: str
    intro: str = ""
    cite: Cite | None = None
    onsite_only: bool = False
    questions: tuple[Question, ...]
