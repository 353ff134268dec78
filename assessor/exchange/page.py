"""The verdict page as formulas: one sentence, score and level, what the next level lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessor.exchange import labels
from assessor.exchange.heard import ONE, ZERO
from assessor.exchange.index import IndexTerms
from assessor.exchange.points import Ends, GateTerms, PointsTerms
from assessor.exchange.sight import Sight
from assessor.exchange.steps import Step, Steps, Texts
from assessor.exchange.term import (
    EMPTY,
    Term,
    add,
    chosen,
    compare,
    div,
    joined,
    lit,
    most,
    points_said,
    points_text,
    same,
    sub,
    when,
)
from assessor.pack.maturity import IndexModel, ModelLevel, PointsModel
from assessor.scoring.compiled import milli


@dataclass(frozen=True)
class Page:
    """What stands on the verdict page; lists are as long as the page has lines for."""

    side: Term
    level: Ends
    score_text: Term
    level_text: Term
    lacking: Term
    dimensions: tuple[tuple[str, int, Ends], ...]
    scenes: tuple[Step, ...]
    questions: tuple[Step, ...]
    red_lines: tuple[Step, ...]
    open_questions: Term


@dataclass(frozen=True)
class IndexPage:
    """What the verdict page says of an index."""

    score_text: Term
    stage_text: Term


class Counting:
    """Picks the side that counts: what was seen on site in an on-site assessment."""

    def __init__(self, sight: Sight, item: str) -> None:
        self._sight, self._item = sight, item
        self.onsite = same(sight.onsite(), ONE)

    def of(self, claimed: Ends, verified: Ends) -> Ends:
        """The ends that count."""
        pairs = ((claimed.low, verified.low), (claimed.high, verified.high))
        low, high = (
            self._sight.calc.put(self._item, "计分一方", when(self.onsite, other, one))
            for one, other in pairs
        )
        return Ends(low, high)

    def all(self, claimed: dict[str, Ends], verified: dict[str, Ends]) -> dict[str, Ends]:
        """The ends that count, by id."""
        return {key: self.of(claimed[key], verified[key]) for key in claimed}


def page_terms(
    sight: Sight, model: PointsModel, claimed: PointsTerms, verified: PointsTerms, texts: Texts
) -> Page:
    """The page of a points model, on the side that counts."""
    counting = Counting(sight, model.id)
    score, level = counting.of(claimed.score, verified.score), counting.of(claimed.level, verified.level)
    scenes = counting.all(claimed.scenes, verified.scenes)
    points = counting.all(claimed.questions, verified.questions)
    dimensions = counting.all(claimed.dimensions, verified.dimensions)
    steps = Steps(sight, model, texts)
    return Page(
        side=when(counting.onsite, lit(labels.VERIFIED), lit(labels.CLAIMED)),
        level=level,
        score_text=span_text(score, [int(gate.score) for gate in model.gates.rows]),
        level_text=level_text(model.levels, level),
        lacking=_lacking(
            model, list(zip(claimed.gates, verified.gates, strict=True)), score, level, counting
        ),
        dimensions=tuple(
            (part.title, milli(part.points or Decimal(0)), dimensions[part.id]) for part in model.dimensions
        ),
        scenes=steps.scenes(scenes, level),
        questions=steps.questions(points),
        red_lines=steps.red_lines(),
        open_questions=_open(sight, [*points.values(), *scenes.values()]),
    )


def index_page(sight: Sight, model: IndexModel, claimed: IndexTerms, verified: IndexTerms) -> IndexPage:
    """Score and stage of an index, on the side that counts."""
    counting = Counting(sight, model.id)
    stage = counting.of(claimed.stage, verified.stage)
    return IndexPage(span_text(counting.of(claimed.score, verified.score)), level_text(model.levels, stage))


def span_text(score: Ends, cuts: Sequence[int] = ()) -> Term:
    """A score in thousandths as people read it, both ends where they differ; words without one."""
    low, high = (points_said(div(end, lit(1000)), cuts) for end in (score.low, score.high))
    both = when(same(score.low, score.high), low, joined(low, lit("—"), high))
    return when(same(score.low, EMPTY), lit("不出分"), both)


def level_text(levels: Sequence[ModelLevel], level: Ends) -> Term:
    """The name of a level, both where the ends differ."""
    ordered = sorted(levels, key=lambda entry: entry.level)
    names = [lit(level_name(entry)) for entry in ordered]
    low, high = (chosen(add(end, lit(1 - ordered[0].level)), names) for end in (level.low, level.high))
    return when(same(level.low, level.high), low, joined(low, lit(" 至 "), high))


def level_name(entry: ModelLevel) -> str:
    """A level's number and name; the lowest has no number."""
    return f"{entry.level} 级 {entry.name}" if entry.level else entry.name


def _lacking(
    model: PointsModel,
    gates: Sequence[tuple[GateTerms, GateTerms]],
    score: Ends,
    level: Ends,
    counting: Counting,
) -> Term:
    """What is missing for the first level that is not certain yet."""
    names = {entry.level: level_name(entry) for entry in model.levels}
    sentence: Term = lit("已经是最高等级")
    for one, other in reversed(gates):
        gate = one.gate
        scenes = counting.of(one.scenes, other.scenes)
        binding = counting.of(one.binding, other.binding)
        points = div(_short(milli(gate.score), score), lit(1000))
        text = joined(
            lit(f"要稳到 {names[gate.level]}："),
            _still("得分", points, points_text(points), "分"),
            lit("；"),
            _still(f"够 {gate.level} 级的场景", _short(gate.scenes, scenes), None, "个"),
            lit("；"),
            _still("其中约束性场景", _short(gate.binding, binding), None, "个"),
        )
        sentence = when(compare("<", level.low, lit(gate.level)), text, sentence)
    return sentence


def _short(need: int, have: Ends) -> Term:
    return most(ZERO, sub(lit(need), have.low))


def _still(what: str, amount: Term, said: Term | None, unit: str) -> Term:
    missing = joined(lit(f"{what}还差 "), said or amount, lit(f" {unit}"))
    return when(compare(">", amount, ZERO), missing, lit(f"{what}已够"))


def _open(sight: Sight, ends: Sequence[Ends]) -> Term:
    differing = [when(same(end.low, end.high), ZERO, ONE) for end in ends]
    return sight.calc.put("", "未定的题数", add(*differing))
