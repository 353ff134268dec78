"""A model's score and levels at the end of a quarter, as linear expressions over what may have risen.

Points are in thousandths; an index is an exact fraction before it is rounded as the engine rounds it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from assessor.answers.model import Ratio
from assessor.errors import refuse
from assessor.pack.maturity import IndexModel, IndexPart, MeanOf, PointsModel, PointsOf
from assessor.pack.question import LevelQuestion, MultiQuestion, Question
from assessor.roadmap.program import Line, total
from assessor.roadmap.rising import Rising
from assessor.roadmap.situation import Situation
from assessor.scoring.compiled import TOP_LEVEL, CompiledModel, milli, scored_options
from assessor.scoring.encode import code_of
from assessor.scoring.index import CompiledIndex, encode_index, unknown_weights
from assessor.scoring.index_verdict import compiled_index
from assessor.scoring.result import compiled_model
from assessor.words import _

WHOLE = 100_000
"""A full score of an index in thousandths."""


@dataclass(frozen=True)
class Need:
    """A condition of a level: the expression must reach so much."""

    line: Line
    least: Fraction


class PointsExpressions:
    """The score and the gates of a points model."""

    def __init__(self, start: Situation, model: PointsModel) -> None:
        self._start, self._model = start, model
        self._compiled: CompiledModel = compiled_model(start.pack, model.id)

    def score(self, rising: Rising) -> Line:
        """The low end of the score in thousandths; always a whole number."""
        return total([self.points(question, rising) for question in self._compiled.questions])

    def points(self, question: Question, rising: Rising) -> Line:
        """The points of one question."""
        code = code_of(question, self._start.answers, "claimed")
        at = int(self._compiled.offsets[self._compiled.column[question.id]])
        table = [int(value) for value in self._compiled.low[at:]]
        found = Line(int(self._compiled.low[at + code]))
        if code < 0:
            return found
        if isinstance(question, MultiQuestion):
            for place, option in enumerate(scored_options(question)):
                found.add(rising.tick(question.id, option), table[1 << place])
            return found
        for step, line in enumerate(rising.above(question), code):
            found.add(line, table[step + 1] - table[step])
        return found

    def needs(self, level: int, rising: Rising) -> list[Need] | None:
        """What a level asks for; None when it can't be reached at all."""
        gate = next(row for row in self._model.gates.rows if row.level == level)
        scenes = [rising.level(scene.id, level) for scene in self._model.scenes]
        binding = [rising.level(scene.id, level) for scene in self._model.scenes if scene.binding]
        return [
            Need(self.score(rising), Fraction(milli(gate.score))),
            Need(total(scenes), Fraction(gate.scenes)),
            Need(total(binding), Fraction(gate.binding)),
        ]


class IndexExpressions:
    """The score and the gates of an index."""

    def __init__(self, start: Situation, model: IndexModel) -> None:
        self._start, self._model = start, model
        if unknown_weights(start.pack, model):
            raise refuse("model-weights-unknown", model=model.id, items=_("、").join(model.unknown_weights()))
        self._compiled: CompiledIndex = compiled_index(start.pack, model)
        points = next(
            (part.value.model for _, part in model.parts() if isinstance(part.value, PointsOf)), None
        )
        self._points = PointsExpressions(start, start.pack.model(points or start.pack.models[0].id))

    @cached_property
    def _codes(self) -> Mapping[str, float]:
        codes = encode_index(self._start.pack, self._compiled, self._start.answers, ["claimed"])
        named = (
            (self._compiled.point_questions(), codes.points),
            (self._compiled.share_questions, codes.shares),
            (self._compiled.scenes, codes.scenes),
        )
        return {
            question.id: float(code)
            for questions, rows in named
            for question, code in zip(questions, rows[0], strict=True)
        }

    @cached_property
    def _scene_weights(self) -> Mapping[str, int]:
        codes = encode_index(self._start.pack, self._compiled, self._start.answers, ["claimed"])
        return {
            scene.id: int(weight)
            for scene, weight in zip(self._compiled.scenes, codes.scene_weights[0], strict=True)
        }

    def _applies(self, name: str) -> bool:
        return self._codes[name] != -2  # NOT_APPLICABLE, also where it stands among shares

    @cached_property
    def _most(self) -> Mapping[str, Fraction]:
        """The denominator of each part; nothing where it has left."""
        return {part.id: self._denominator(part) for _dimension, part in self._model.parts()}

    def _denominator(self, part: IndexPart) -> Fraction:
        match part.value:
            case PointsOf(points_of=names):
                table = self._compiled.points
                most = (int(table.most[table.column[name]]) for name in names if self._applies(name))
                return Fraction(sum(most))
            case MeanOf(mean_of=names):
                return Fraction(sum(self._applies(name) for name in names))
            case _:
                scenes = self._compiled.scenes
                return Fraction(sum(self._scene_weights[s.id] for s in scenes if self._applies(s.id)))

    @cached_property
    def _weight_left(self) -> Fraction:
        """The weight of the parts that apply; `UserError` when too little is left for a score."""
        weights = {part.id: Fraction(part.weight or 0) for _dimension, part in self._model.parts()}
        left = sum((weights[name] for name, most in self._most.items() if most), Fraction(0))
        if not left or left < Fraction(self._model.least_weight) / 100 * sum(weights.values()):
            raise refuse("roadmap-no-score", model=_(self._model.short))
        return left

    def score(self, rising: Rising) -> Line:
        """The low end of the score in thousandths, exact and not yet rounded."""
        found = Line()
        for _dimension, part in self._model.parts():
            if self._most[part.id]:
                found.add(self.part(part, rising), Fraction(part.weight or 0) * WHOLE / self._weight_left)
        return found

    def part(self, part: IndexPart, rising: Rising) -> Line:
        """The value of a part between 0 and 1."""
        return Line().add(self._numerator(part, rising), 1 / self._most[part.id])

    def _numerator(self, part: IndexPart, rising: Rising) -> Line:
        match part.value:
            case PointsOf(points_of=names):
                pack = self._start.pack
                return total([self._points.points(pack.questions[name], rising) for name in names])
            case MeanOf(mean_of=names):
                return total([self._share(name, rising) for name in names])
            case _:
                found = Line()
                for scene in self._compiled.scenes:
                    found.add(rising.level(scene.id, part.value.scenes_at), self._scene_weights[scene.id])
                return found

    def _share(self, name: str, rising: Rising) -> Line:
        question = self._start.pack.questions[name]
        if isinstance(question, LevelQuestion):
            rungs = [rising.level(name, level) for level in range(1, TOP_LEVEL + 1)]
            return Line().add(total(rungs), Fraction(1, TOP_LEVEL))
        value = self._start.answers.get(name).value
        if not self._applies(name) or not isinstance(value, Ratio) or value.share is None:
            return Line()
        return Line(value.share).add(rising.share(name))

    def needs(self, level: int, rising: Rising) -> list[Need] | None:
        """What a stage asks for, those below it included; None when it can't be reached at all."""
        applicable = sum(self._applies(scene.id) for scene in self._compiled.scenes)
        parts = {part.id: part for _dimension, part in self._model.parts()}
        found = []
        for gate in self._model.gates.rows:
            if gate.level > level:
                continue
            if applicable < gate.scenes_apply:
                return None
            for need in gate.needs:
                if not all(self._most[name] for name in need.parts):
                    return None
                line = total([self.part(parts[name], rising) for name in need.parts])
                found.append(Need(line, Fraction(need.at_least) / 100 * len(need.parts)))
        return found


Expressions = PointsExpressions | IndexExpressions


def expressions_of(start: Situation, model_id: str) -> Expressions:
    """The expressions of a model of the pack."""
    for index in start.pack.indexes:
        if index.id == model_id:
            return IndexExpressions(start, index)
    return PointsExpressions(start, start.pack.model(model_id))
