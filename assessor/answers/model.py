"""The answers of one assessment, immutable. Claimed and verified are kept apart."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Literal

Mode = Literal["self", "onsite"]
Side = Literal["claimed", "verified"]
SIDES: tuple[Side, ...] = ("claimed", "verified")


class AnswerState(StrEnum):
    """Why there is or is not a value. The last two are derived, never stored."""

    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    UNKNOWN = "unknown"
    DECLINED = "declined"
    NOT_APPLICABLE = "not_applicable"
    NOT_ASKED = "not_asked"
    NOT_IN_VERSION = "not_in_version"


GIVEN_STATES = (
    AnswerState.UNANSWERED,
    AnswerState.UNKNOWN,
    AnswerState.DECLINED,
    AnswerState.NOT_APPLICABLE,
)


@dataclass(frozen=True, slots=True)
class Ratio:
    """Two counts, or a band's letter, or both; the counts win."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None
    letter: str | None = None

    @property
    def share(self) -> Fraction | None:
        """The exact quotient; 0 of 0 is 0; None without counts."""
        if self.numerator is None or self.denominator is None:
            return None
        return Fraction(self.numerator) / Fraction(self.denominator) if self.denominator else Fraction(0)


@dataclass(frozen=True, slots=True)
class Trend:
    """Before and after, or a letter (A worse, B flat, C better), or both; the figures win."""

    before: Decimal | None = None
    after: Decimal | None = None
    letter: str | None = None


Cell = str | bool | Decimal | None
Row = Mapping[str, Cell]
Value = int | str | bool | Decimal | Ratio | Trend | tuple[str, ...] | tuple[Row, ...]
"""level int · single or text str · multi tuple of ids · bool · number Decimal · table tuple of rows."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `state` is ANSWERED exactly when `value` is there."""

    value: Value | None = None
    state: AnswerState = AnswerState.UNANSWERED
    verified: Value | None = None
    reason: str = ""
    remark: str = ""
    sure: int | None = None
    evidence: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.value is not None:
            object.__setattr__(self, "state", AnswerState.ANSWERED)

    def on(self, side: Side) -> Value | None:
        """The value that counts on a side."""
        return self.value if side == "claimed" else self.verified


BLANK = Answer()


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt about answers: a code, the ids it concerns, and the values of its sentence."""

    code: str
    ids: tuple[str, ...]
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed for both sides, on which day, and how much was changed since.

    `changed` counts answers and facts; `other_version`: the questionnaire itself was changed since.
    """

    assessor: str
    representative: str
    date: str
    remark: str = ""
    changed: int = 0
    other_version: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything one assessment holds. `firm` maps fact ids to values, `items` question ids to answers."""

    pack: str
    version: str
    firm: Mapping[str, Value]
    items: Mapping[str, Answer]
    mode: Mode = "self"
    date: str = ""
    campaign: str = ""
    by: str = ""
    signed: Signed | None = None
    applicability: dict[str, bool | None] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What `assessor.answers.state.applies` found out, kept so that it is worked out once."""

    def get(self, question_id: str) -> Answer:
        """The answer to a question, blank when there is none."""
        return self.items.get(question_id, BLANK)

    def fact(self, fact_id: str) -> Value | None:
        """The value of a fact, None when it is not known."""
        return self.firm.get(fact_id)

    def known(self, item_id: str) -> Value | None:
        """What conditions see: a fact, else the claimed value of a question."""
        found = self.firm.get(item_id)
        return found if found is not None else self.get(item_id).value

    def with_answer(self, question_id: str, answer: Answer) -> "Answers":
        """The same with one answer changed."""
        return replace(self, items={**self.items, question_id: answer})

    def with_fact(self, fact_id: str, value: Value | None) -> "Answers":
        """The same with one fact changed; None forgets it."""
        firm = {key: old for key, old in self.firm.items() if key != fact_id}
        return replace(self, firm=firm if value is None else {**firm, fact_id: value})

    @property
    def headline(self) -> Side:
        """The side that counts: what was seen on site, else what the firm says."""
        return "verified" if self.mode == "onsite" else "claimed"
