"""A weighted index as formulas: parts, dimensions, score and stage, with what does not apply left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessor.answers.model import Side
from assessor.exchange.heard import ONE, ZERO
from assessor.exchange.points import Ends, bounds_of, question_ends, scene_ends
from assessor.exchange.sight import GONE, Sight
from assessor.exchange.term import (
    EMPTY,
    Term,
    add,
    compare,
    div,
    every,
    floored,
    holds_number,
    lit,
    most,
    mul,
    same,
    when,
)
from assessor.pack.maturity import IndexModel, IndexPart, MeanOf, PartNeed, PointsOf
from assessor.pack.question import LevelQuestion, Question
from assessor.scoring.compiled import TOP_LEVEL, milli
from assessor.scoring.index import NEAR, index_scenes

_HALF_UP = 0.5 + 1e-7
"""The index is printed in thousandths, half up, as the engine rounds it."""


@dataclass(frozen=True, slots=True)
class PartTerms:
    """A part: its value between 0 and 1 at both ends (empty when it has left), and what there is at most."""

    part: IndexPart
    share: Ends
    most: Term


@dataclass(frozen=True, slots=True)
class NeedTerms:
    """One condition of a stage: the mean of its parts (empty when it can't be judged), met 1 or 0."""

    need: PartNeed
    mean: Ends
    met: Ends


@dataclass(frozen=True, slots=True)
class IndexTerms:
    """One side of an index: scores in thousandths, or empty when too little weight is left."""

    parts: dict[str, PartTerms]
    dimensions: dict[str, Ends]
    score: Ends
    used: Term
    needs: dict[int, tuple[NeedTerms, ...]]
    stage: Ends


def index_terms(sight: Sight, model: IndexModel, side: Side) -> IndexTerms:
    """The formulas of one side."""
    parts = {part.id: _part(sight, part, side) for _, part in model.parts()}
    dimensions = {
        dimension.id: _mean(sight, dimension.id, [parts[part.id] for part in dimension.parts])[0]
        for dimension in model.dimensions
    }
    mean, used = _mean(sight, model.id, list(parts.values()))
    total = sum(float(part.weight or 0) for _, part in model.parts())
    enough = compare(">=", used, lit(float(model.least_weight) / 100 * total - NEAR))

    def score(term: Term) -> Term:
        milli_points = floored(add(mul(term, lit(100_000)), lit(_HALF_UP)))
        known = every(enough, compare(">", used, ZERO))
        return sight.calc.put(model.id, "得分", when(known, milli_points, EMPTY))

    needs = {gate.level: tuple(_need(sight, need, parts) for need in gate.needs) for gate in model.gates.rows}
    return IndexTerms(parts, dimensions, mean.map(score), used, needs, _stage(sight, model, needs, side))


def _part(sight: Sight, part: IndexPart, side: Side) -> PartTerms:
    match part.value:
        case PointsOf(points_of=names, model=model):
            low, high, top = _points(sight, part, names, model, side)
        case MeanOf(mean_of=names):
            low, high, top = _means(sight, part, names, side)
        case _:
            low, high, top = _scenes(sight, part, part.value.scenes_at, side)
    top = sight.calc.put(part.id, "分母", top)
    left = same(top, ZERO)
    share = Ends(
        *(
            sight.calc.put(
                part.id, "指标值", when(left, EMPTY, div(sight.calc.put(part.id, "分子", end), top))
            )
            for end in (low, high)
        )
    )
    return PartTerms(part, share, top)


def _points(
    sight: Sight, part: IndexPart, names: Sequence[str], model_id: str, side: Side
) -> tuple[Term, Term, Term]:
    model = sight.pack.model(model_id)
    tables = {
        leaf.question: {key: milli(value) for key, value in (leaf.points or {}).items()}
        for _, _, leaf in model.indicators()
    }
    ends, tops = [], []
    for name in names:
        question = sight.pack.questions[name]
        ends.append(question_ends(sight, question, tables[name], side))
        greatest = bounds_of(question, tables[name])[1]
        tops.append(when(_gone(sight, question, side), ZERO, lit(greatest)))
    return add(*(end.low for end in ends)), add(*(end.high for end in ends)), add(*tops)


def _gone(sight: Sight, question: Question, side: Side) -> Term:
    return same(sight.standing(question, side), lit(GONE))


def _means(sight: Sight, part: IndexPart, names: Sequence[str], side: Side) -> tuple[Term, Term, Term]:
    low, high, tops = [], [], []
    for name in names:
        question = sight.pack.questions[name]
        if isinstance(question, LevelQuestion):
            ends = scene_ends(sight, question, side)
            low.append(div(ends.low, lit(TOP_LEVEL)))
            high.append(div(ends.high, lit(TOP_LEVEL)))
            tops.append(when(_gone(sight, question, side), ZERO, ONE))
        else:
            share = sight.heard(name, side).share
            low.append(when(holds_number(share), share, ZERO))
            high.append(when(holds_number(share), share, ONE))
            tops.append(ONE)
    return add(*low), add(*high), add(*tops)


def weight_term(sight: Sight, scene: Question) -> Term:
    """The weight of a scene for this firm."""
    pack = sight.pack
    if pack.crosswalk is None or not pack.scenes:
        binding = next(other.binding for other in pack.models[0].scenes if other.id == scene.id)
        return lit(2 if binding else 1)
    link = pack.crosswalk.scenes[scene.id]
    weight = lit(link.weight)
    for other in reversed(link.weight_if):
        weight = when(same(sight.holds(other.if_), ONE), lit(other.weight), weight)
    return sight.calc.put(scene.id, "权重", weight)


def _scenes(sight: Sight, part: IndexPart, level: int, side: Side) -> tuple[Term, Term, Term]:
    low, high, tops = [], [], []
    for scene in index_scenes(sight.pack):
        weight = weight_term(sight, scene)
        ends = scene_ends(sight, scene, side)
        low.append(when(compare(">=", ends.low, lit(level)), weight, ZERO))
        high.append(when(compare(">=", ends.high, lit(level)), weight, ZERO))
        tops.append(when(_gone(sight, scene, side), ZERO, weight))
    return add(*low), add(*high), add(*tops)


def _mean(sight: Sight, item: str, parts: list[PartTerms]) -> tuple[Ends, Term]:
    """The mean of parts by weight, of those that have not left, and the weight that is left."""
    weights = [float(part.part.weight or 0) for part in parts]
    used = add(
        *(when(same(part.most, ZERO), ZERO, lit(weight)) for part, weight in zip(parts, weights, strict=True))
    )
    used = sight.calc.put(item, "所用权重", used)

    def mean(shares: list[Term]) -> Term:
        weighted = [
            when(holds_number(share), mul(share, lit(weight)), ZERO)
            for share, weight in zip(shares, weights, strict=True)
        ]
        whole = sight.calc.put(item, "加权和", add(*weighted))
        return sight.calc.put(item, "加权平均", when(same(used, ZERO), EMPTY, div(whole, used)))

    low, high = mean([part.share.low for part in parts]), mean([part.share.high for part in parts])
    return Ends(low, high), used


def _need(sight: Sight, need: PartNeed, parts: dict[str, PartTerms]) -> NeedTerms:
    shares = [parts[name].share for name in need.parts]

    def mean(terms: list[Term]) -> Term:
        judged = every(*(holds_number(term) for term in terms))
        value = div(add(*terms), lit(len(terms)))
        return sight.calc.put(" ".join(need.parts), "门槛指标", when(judged, value, EMPTY))

    def met(term: Term) -> Term:
        reached = compare(">=", mul(lit(100), term), lit(float(need.at_least) - NEAR))
        return when(holds_number(term), when(reached, ONE, ZERO), ZERO)

    ends = Ends(mean([share.low for share in shares]), mean([share.high for share in shares]))
    return NeedTerms(need, ends, ends.map(met).map(lambda term: sight.calc.put("", "过门槛", term)))


def _stage(sight: Sight, model: IndexModel, needs: dict[int, tuple[NeedTerms, ...]], side: Side) -> Ends:
    scenes = index_scenes(sight.pack)
    applying = add(*(when(_gone(sight, scene, side), ZERO, ONE) for scene in scenes))
    applying = sight.calc.put(model.id, "适用场景数", applying)

    def stage(end: str) -> Term:
        held, steps = ONE, [ZERO]
        for gate in model.gates.rows:
            scenes_met = compare(">=", applying, lit(gate.scenes_apply))
            conditions = [same(getattr(need.met, end), ONE) for need in needs[gate.level]]
            passed = when(every(same(held, ONE), scenes_met, *conditions), ONE, ZERO)
            held = sight.calc.put(f"{model.id} {gate.level}", "阶段", passed)
            steps.append(mul(held, lit(gate.level)))
        return sight.calc.put(model.id, "阶段", most(*steps))

    return Ends(stage("low"), stage("high"))
