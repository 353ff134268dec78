"""What became of a plan that was accepted? Promised beside measured, action by action and in points.

The plan is kept as a document, for it must be read years later, whatever the questionnaire is by then.
Measured is what the engine scores today; nothing is credited because somebody ticked it done.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from assessor.answers.document import parse_answer
from assessor.answers.model import Answers, Ratio, Value
from assessor.answers.value import raw_value
from assessor.errors import UserError
from assessor.language import SOURCE, speaking
from assessor.pack.model import Pack
from assessor.pack.question import Question, SingleQuestion, option_ids
from assessor.roadmap.document import roadmap_document
from assessor.roadmap.evaluate import Standing
from assessor.roadmap.explain import shown
from assessor.roadmap.plan import Roadmap, standings_by_engine
from assessor.roadmap.quarters import Quarter, parse_quarter, quarter_after
from assessor.roadmap.situation import situation
from assessor.words import named

State = Literal["done", "late", "dropped"]
STATES: tuple[State, ...] = ("done", "late", "dropped")
_ROOM = 1000


@dataclass(frozen=True, slots=True)
class Mark:
    """What somebody said of an action, and when it was or will be finished."""

    state: State
    date: str = ""
    remark: str = ""
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """One answer an action was to raise. `met` is None where today's answer is blank or not asked."""

    question: str
    title: str
    before: str
    after: str
    now: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class Pursued:
    """One action of the accepted plan; quarters counted from the plan's first, costs in 万元.

    `due` says that it should be finished by the day asked about; `others` are other people's words.
    """

    id: str
    title: str
    first: int
    last: int
    net_cost: float
    promises: tuple[Promise, ...]
    mark: Mark | None
    others: tuple[Mark, ...]
    due: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """A plan at a later look. Scores in thousandths, None where there is none; `promised_now` by the plan.

    `quarter` is how many quarters of the plan are over, 0 before the first has ended.
    """

    model: str
    before: int | None
    promised: int | None
    promised_now: int | None
    now: Standing | None
    level_before: int
    level_promised: int
    actions: tuple[Pursued, ...]
    first: Quarter | None
    quarter: int
    assessed_on: str
    same_version: bool


@speaking(SOURCE)
def plan_to_keep(roadmap: Roadmap, kept: frozenset[str]) -> dict[str, Any]:
    """A plan as it is kept once it is accepted, in Chinese: who opens it later may speak another language."""
    document = roadmap_document(roadmap, kept)
    start = roadmap.task.start
    for one, action in zip(document["actions"], roadmap.actions, strict=True):
        one["lifts"] = [
            {**line, "value": raw_value(lift.value)}
            for line, lift in zip(one["lifts"], action.lifts, strict=True)
        ]
    del document["left_out"]
    return {
        **document,
        "pack": start.pack.id,
        "version": start.pack.version,
        "assessed_on": start.answers.date,
    }


def done_of(marks: Mapping[str, Sequence[Mark]]) -> frozenset[str]:
    """The actions that were ticked done."""
    return frozenset(name for name, said in marks.items() if said and said[0].state == "done")


def progress(
    plan: Mapping[str, Any], marks: Mapping[str, Sequence[Mark]], pack: Pack, answers: Answers
) -> Progress:
    """The plan beside the answers of today; `marks` by action, the latest first."""
    model = str(plan.get("model", ""))
    rows = [row for row in plan.get("models", {}).get(model, ()) if isinstance(row, Mapping)]
    first = _quarter(plan.get("first_quarter"))
    over = _quarters_over(first, answers.date)
    scores = [_milli(row.get("low")) for row in rows]
    return Progress(
        model=model,
        before=scores[0] if scores else None,
        promised=scores[-1] if scores else None,
        promised_now=scores[min(over, len(scores) - 1)] if scores else None,
        now=_standing(pack, answers, model),
        level_before=int(rows[0].get("level_low", 0)) if rows else 0,
        level_promised=int(rows[-1].get("level_low", 0)) if rows else 0,
        actions=tuple(_pursued(one, marks, pack, answers, over) for one in plan.get("actions", ())),
        first=first,
        quarter=over,
        assessed_on=str(plan.get("assessed_on", "")),
        same_version=plan.get("version") == pack.version,
    )


def _pursued(
    one: Mapping[str, Any], marks: Mapping[str, Sequence[Mark]], pack: Pack, answers: Answers, over: int
) -> Pursued:
    said = tuple(marks.get(one["id"], ()))
    return Pursued(
        id=one["id"],
        title=next((named(each) for each in pack.actions if each.id == one["id"]), one["title"]),
        first=one["first_quarter"],
        last=one["last_quarter"],
        net_cost=one["net_cost_wan"],
        promises=tuple(_promise(lift, pack, answers) for lift in one.get("lifts", ())),
        mark=said[0] if said else None,
        others=said[1:],
        due=one["last_quarter"] <= over,
    )


def _promise(lift: Mapping[str, Any], pack: Pack, answers: Answers) -> Promise:
    name = lift["id"]
    question = pack.questions.get(name)
    now = answers.get(name)
    value = now.verified if now.verified is not None else now.value
    texts = (name, lift["title"], lift["before"], lift["after"])
    if question is None or value is None:
        return Promise(*texts, "", None)
    wanted, _problems = parse_answer(question, {"value": lift.get("value")}, _nothing)
    met = None if wanted.value is None else is_reached(question, value, wanted.value)
    return Promise(*texts, shown(question, value), met)


def _nothing(_key: str) -> None:
    """What a question's bounds hang on is not looked up: the value was checked when it was planned."""


def is_reached(question: Question, value: Value, wanted: Value) -> bool:
    """Whether an answer is at least what was promised."""
    match value, wanted:
        case int(), int():
            return value >= wanted
        case tuple(), tuple():
            return set(map(str, wanted)) <= set(map(str, value))
        case Ratio(), Ratio() if value.share is not None and wanted.share is not None:
            return round(value.share, 3) >= round(wanted.share, 3)
        case Ratio(), Ratio():
            return (value.letter or "") >= (wanted.letter or "")
        case str(), str() if isinstance(question, SingleQuestion):
            order = option_ids(question)
            return order.index(value) >= order.index(wanted)
        case _:
            return value == wanted


def _standing(pack: Pack, answers: Answers, model: str) -> Standing | None:
    try:
        start = situation(pack, answers)
    except UserError:
        return None
    found = standings_by_engine(pack, start.answers).get(model)
    return found if found is not None and found.low >= 0 else None


def _milli(points: Any) -> int | None:
    return None if points is None else round(float(points) * _ROOM)


def _quarter(text: Any) -> Quarter | None:
    return parse_quarter(text) if isinstance(text, str) else None


def _quarters_over(first: Quarter | None, day: str) -> int:
    """How many quarters of a plan have ended by a day."""
    if first is None or not day:
        return 0
    date.fromisoformat(day)
    begun = quarter_after(day).plus(-1)
    return max(0, (begun.year - first.year) * 4 + begun.number - first.number)
