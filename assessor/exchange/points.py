"""A points model as formulas: points of questions, dimensions, score, scenes, gates and level.

Everything is counted in whole milli-points, so that a score on a threshold is on it here too.
"""

from collections.abc import Callable
from dataclasses import dataclass

from assessor.answers.model import Side
from assessor.exchange.heard import ONE, ZERO, Heard
from assessor.exchange.sight import GIVEN, MISSING, Sight
from assessor.exchange.term import EMPTY, Term, add, compare, every, lit, most, mul, same, when
from assessor.pack.maturity import Gate, PointsModel
from assessor.pack.question import LevelQuestion, MultiQuestion, Question
from assessor.scoring.compiled import TOP_LEVEL, milli, scored_options


@dataclass(frozen=True, slots=True)
class Ends:
    """Both ends of an interval."""

    low: Term
    high: Term

    def map(self, change: Callable[[Term], Term]) -> "Ends":
        """The same of both ends."""
        return Ends(change(self.low), change(self.high))


@dataclass(frozen=True, slots=True)
class GateTerms:
    """What a gate looks at, and whether it is passed (1 or 0), at both ends."""

    gate: Gate
    scenes: Ends
    binding: Ends
    met: Ends


@dataclass(frozen=True, slots=True)
class PointsTerms:
    """One side of a points model; all points in thousandths."""

    questions: dict[str, Ends]
    dimensions: dict[str, Ends]
    score: Ends
    scenes: dict[str, Ends]
    gates: tuple[GateTerms, ...]
    level: Ends


def points_of(question: Question, table: dict[str, int], heard: Heard) -> Term:
    """Milli-points of a lawful answer."""
    if isinstance(question, MultiQuestion):
        given = [(option, table[option]) for option in scored_options(question)]
        return add(*(mul(heard.tick(option), lit(points)) for option, points in given if points), ZERO)
    if isinstance(question, LevelQuestion):
        return EMPTY
    gained: Term = ZERO
    for option in reversed(scored_options(question)):
        gained = when(same(heard.letter, lit(option)), lit(table[option]), gained)
    return gained


def bounds_of(question: Question, table: dict[str, int]) -> tuple[int, int]:
    """Least and most milli-points a question can give."""
    options = [table[option] for option in scored_options(question)]
    if isinstance(question, MultiQuestion):
        return sum(min(points, 0) for points in options), sum(max(points, 0) for points in options)
    return min(options), max(options)


def points_terms(sight: Sight, model: PointsModel, side: Side) -> PointsTerms:
    """The formulas of one side."""
    calc = sight.calc
    questions: dict[str, Ends] = {}
    dimensions: dict[str, list[Ends]] = {}
    for dimension, _, leaf in model.indicators():
        question = sight.pack.questions[leaf.question]
        table = {key: milli(value) for key, value in (leaf.points or {}).items()}
        ends = question_ends(sight, question, table, side)
        questions[question.id] = ends
        dimensions.setdefault(dimension.id, []).append(ends)
    sums = {key: _sum(sight, f"{model.id} {key}", parts) for key, parts in dimensions.items()}
    score = _sum(sight, model.id, list(sums.values()))
    scenes = {scene.id: scene_ends(sight, sight.pack.questions[scene.id], side) for scene in model.scenes}
    gates = tuple(_gate(sight, model, gate, score, scenes) for gate in model.gates.rows)
    level = Ends(
        *(
            calc.put(model.id, "等级", most(*(mul(end(gate.met), lit(gate.gate.level)) for gate in gates)))
            for end in (_low, _high)
        )
    )
    return PointsTerms(questions, sums, score, scenes, gates, level)


def _low(ends: Ends) -> Term:
    return ends.low


def _high(ends: Ends) -> Term:
    return ends.high


def question_ends(sight: Sight, question: Question, table: dict[str, int], side: Side) -> Ends:
    """Milli-points of a question: its own where the answer counts, the range while it is missing."""
    standing = sight.standing(question, side)
    gained = points_of(question, table, sight.heard(question.id, side))
    gained = sight.calc.put(question.id, "毫分", gained)
    fewest, greatest = bounds_of(question, table)
    return Ends(
        *(
            sight.calc.put(question.id, "毫分（含未答）", _standing(standing, gained, lit(missing)))
            for missing in (fewest, greatest)
        )
    )


def _standing(standing: Term, given: Term, missing: Term) -> Term:
    return when(same(standing, lit(GIVEN)), given, when(same(standing, lit(MISSING)), missing, ZERO))


def _sum(sight: Sight, item: str, parts: list[Ends]) -> Ends:
    return Ends(
        sight.calc.put(item, "合计（低）", add(*(part.low for part in parts))),
        sight.calc.put(item, "合计（高）", add(*(part.high for part in parts))),
    )


def scene_ends(sight: Sight, scene: Question, side: Side) -> Ends:
    """The level of a scene: 0 where it does not apply, 0 to 4 while it is missing."""
    standing = sight.standing(scene, side)
    level = sight.level(scene.id, side)
    return Ends(
        *(
            sight.calc.put(scene.id, "场景级别", _standing(standing, level, lit(missing)))
            for missing in (0, TOP_LEVEL)
        )
    )


def _gate(sight: Sight, model: PointsModel, gate: Gate, score: Ends, scenes: dict[str, Ends]) -> GateTerms:
    binding = [scenes[scene.id] for scene in model.scenes if scene.binding]
    reached = _reaching(sight, f"{model.id} {gate.level}", list(scenes.values()), gate.level)
    bound = _reaching(sight, f"{model.id} {gate.level} 约束", binding, gate.level)
    met = [
        when(
            every(
                compare(">=", points, lit(milli(gate.score))),
                compare(">=", count, lit(gate.scenes)),
                compare(">=", held, lit(gate.binding)),
            ),
            ONE,
            ZERO,
        )
        for points, count, held in (
            (score.low, reached.low, bound.low),
            (score.high, reached.high, bound.high),
        )
    ]
    return GateTerms(gate, reached, bound, Ends(*(sight.calc.put(model.id, "门槛", term) for term in met)))


def _reaching(sight: Sight, item: str, scenes: list[Ends], level: int) -> Ends:
    def count(terms: list[Term]) -> Term:
        reached = [when(compare(">=", term, lit(level)), ONE, ZERO) for term in terms]
        return sight.calc.put(item, "够级场景数", add(*reached))

    return Ends(count([scene.low for scene in scenes]), count([scene.high for scene in scenes]))
