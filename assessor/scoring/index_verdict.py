"""From the arrays of an index to its verdict on one firm."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

import numpy as np

from assessor.answers.model import SIDES, Answers
from assessor.errors import Problem
from assessor.pack.maturity import Bar, IndexDimension, IndexModel, IndexPart, MeanOf, PartNeed, PointsOf
from assessor.pack.model import Pack
from assessor.pack.question import Question
from assessor.scoring.compiled import MISSING, NOT_APPLICABLE, milli
from assessor.scoring.encode import code_of
from assessor.scoring.index import (
    NEAR,
    CompiledIndex,
    IndexCodes,
    PartValues,
    compile_index,
    encode_index,
    index_score,
    milli_of,
    part_values,
    stages,
    unknown_weights,
)
from assessor.scoring.index_result import (
    BarScore,
    IndexDimensionScore,
    IndexResult,
    IndexSide,
    PartScore,
    ReadingScore,
    ReportedResult,
    StageCheck,
    StageNeed,
)
from assessor.scoring.papers import papers_held
from assessor.scoring.result import Note, Span
from assessor.words import _, named

_ONLINE = 2


@lru_cache(maxsize=32)
def compiled_index(pack: Pack, model: IndexModel) -> CompiledIndex:
    """The compiled index, kept from the first call on."""
    return compile_index(pack, model)


def score_index(pack: Pack, model: IndexModel, answers: Answers) -> IndexResult:
    """Score one assessment under an index; `answers` as `effective` gives them."""
    compiled = compiled_index(pack, model)
    codes = encode_index(pack, compiled, answers, SIDES)
    values = part_values(compiled, codes)
    sides = [_Side(pack, compiled, answers, codes, values, row).result() for row in range(len(SIDES))]
    row = SIDES.index(answers.headline)
    readings = tuple(
        ReadingScore(
            reading.id,
            reading.title,
            reading.title_en,
            reading.note,
            tuple(_bar(pack, compiled, codes, answers, sides[row], bar, row) for bar in reading.bars),
        )
        for reading in model.readings
    )
    return IndexResult(model, answers.headline, sides[0], sides[1], readings)


class _Side:
    """Puts one row of the arrays into words and tuples."""

    def __init__(
        self,
        pack: Pack,
        compiled: CompiledIndex,
        answers: Answers,
        codes: IndexCodes,
        values: PartValues,
        row: int,
    ) -> None:
        self._pack, self._compiled, self._answers = pack, compiled, answers
        self._codes, self._values, self._row = codes, values, row
        self._model = compiled.model
        self._column = {part.id: column for column, (_, part) in enumerate(self._model.parts())}
        self._code = {
            **_by_id(compiled.point_questions(), codes.points[row]),
            **_by_id(compiled.share_questions, codes.shares[row]),
            **_by_id(compiled.scenes, codes.scenes[row]),
        }
        self._scene_weight = _by_id(compiled.scenes, codes.scene_weights[row])
        self._dimensions = tuple(map(self._dimension, self._model.dimensions))

    def result(self) -> IndexSide:
        model, row = self._model, slice(self._row, self._row + 1)
        least = float(model.least_weight)
        low, high = self._values.shares()[row], self._values.shares(high=True)[row]
        applicable = self._values.applicable[row]
        weights = self._compiled.weights[None, :]
        ends = [int(milli_of(index_score(end, weights, least))[0, 0]) for end in (low, high)]
        used = float(self._compiled.weights[~np.isnan(low[0])].sum())
        level_low, level_high = (int(stages(model, end, applicable)[0]) for end in (low, high))
        return IndexSide(
            side=SIDES[self._row],
            span=None if ends[0] < 0 else Span(ends[0], ends[1], milli(model.total)),
            level_low=level_low,
            level_high=level_high,
            weight_used=used,
            dimensions=self._dimensions,
            stages=tuple(StageCheck(g.level, tuple(map(self._need, g.needs))) for g in model.gates.rows),
            notes=self._notes(used),
        )

    def _dimension(self, dimension: IndexDimension) -> IndexDimensionScore:
        parts = tuple(map(self._part, dimension.parts))
        there = [part for part in parts if not part.left]
        weight = sum(part.weight for part in there)
        low = sum(part.weight * (part.share_low or 0) for part in there)
        high = sum(part.weight * (part.share_high or 0) for part in there)
        return IndexDimensionScore(
            id=dimension.id,
            title=dimension.title,
            title_en=dimension.title_en,
            weight=sum(part.weight for part in parts),
            parts=parts,
            low=low / weight if weight else None,
            high=high / weight if weight else None,
        )

    def _part(self, part: IndexPart) -> PartScore:
        column = self._column[part.id]
        codes = [self._code[question.id] for question in self._members(part)]
        units = {PointsOf: "points", MeanOf: "shares"}
        return PartScore(
            id=part.id,
            title=part.title,
            title_en=part.title_en,
            weight=float(part.weight or 0),
            unit=units.get(type(part.value), "scenes"),
            low=float(self._values.low[self._row, column]),
            high=float(self._values.high[self._row, column]),
            most=float(self._values.most[self._row, column]),
            answered=sum(code >= 0 for code in codes),
            blank=codes.count(MISSING),
            gone=codes.count(NOT_APPLICABLE),
        )

    def _members(self, part: IndexPart) -> Sequence[Question]:
        return members_of(self._pack, self._compiled, part)

    def _need(self, need: PartNeed) -> StageNeed:
        columns = [self._column[name] for name in need.parts]
        parts = [part for _, part in self._model.parts() if part.id in need.parts]
        low = self._values.shares()[self._row, columns].mean()
        high = self._values.shares(high=True)[self._row, columns].mean()
        judged = not np.isnan(low)
        return StageNeed(
            parts=need.parts,
            title=_("、").join(named(part) for part in parts),
            need=float(need.at_least),
            low=100 * float(low) if judged else None,
            high=100 * float(high) if judged else None,
            lift=self._lift(need, parts) if judged else (),
        )

    def _lift(self, need: PartNeed, parts: Sequence[IndexPart]) -> tuple[str, ...]:
        """Fewest members that meet the need when raised to their best, greatest gains first."""
        gains: list[tuple[float, str]] = []
        total = 0.0
        for part in parts:
            column = self._column[part.id]
            most = self._values.most[self._row, column]
            total += self._values.low[self._row, column] / most / len(parts)
            gains += [
                (gain / most / len(parts), member.id)
                for member in self._members(part)
                if (gain := self._gain(part, member)) > 0
            ]
        chosen: list[str] = []
        for gain, name in sorted(gains, key=lambda pair: -pair[0]):
            if total >= float(need.at_least) / 100 - NEAR:
                break
            total += gain
            chosen.append(name)
        return tuple(chosen)

    def _gain(self, part: IndexPart, member: Question) -> float:
        """What the numerator wins when this member is raised to its best."""
        code = self._code[member.id]
        if code == NOT_APPLICABLE:
            return 0.0
        match part.value:
            case PointsOf():
                table = self._compiled.points
                column = table.column[member.id]
                return float(table.most[column] - table.low[table.offsets[column] + int(code)])
            case MeanOf():
                return 1.0 - max(code, 0.0)
            case _:
                return self._scene_weight[member.id] if code < part.value.scenes_at else 0.0

    def _notes(self, used: float) -> tuple[Note, ...]:
        notes = [Note("expert-index")]
        total = float(self._compiled.weights.sum())
        if used < float(self._model.least_weight) / 100 * total:
            notes.append(Note("too-little-weight", {"used": used, "total": total}))
        elif used < total:
            notes.append(Note("weight-used", {"used": used, "total": total}))
        for dimension in self._dimensions:
            notes += [Note("part-not-judged", {"part": part.title}) for part in dimension.parts if part.left]
        return tuple(notes)


def _by_id(questions: Sequence[Question], row: Iterable[float]) -> dict[str, float]:
    return {question.id: float(value) for question, value in zip(questions, row, strict=True)}


def members_of(pack: Pack, compiled: CompiledIndex, part: IndexPart) -> Sequence[Question]:
    """The questions or scenes a part is made of."""
    match part.value:
        case PointsOf(points_of=names):
            return [pack.questions[name] for name in names]
        case MeanOf(mean_of=names):
            return [pack.questions[name] for name in names]
        case _:
            return compiled.scenes


def _bar(
    pack: Pack,
    compiled: CompiledIndex,
    codes: IndexCodes,
    answers: Answers,
    side: IndexSide,
    bar: Bar,
    row: int,
) -> BarScore:
    if bar.parts:
        parts = [part for part in side.parts if part.id in bar.parts and not part.left]
        weighted = [(part.weight, part.share_low or 0.0, part.share_high or 0.0) for part in parts]
    else:
        terms = (
            *_scene_terms(pack, compiled, codes, bar, row),
            *_question_terms(compiled, answers, side, bar),
        )
        weighted = [(1.0, low, high) for low, high in terms]
    total = sum(weight for weight, _, _ in weighted)
    if not total:
        return BarScore(bar.title, bar.title_en, None, None)
    low, high = (sum(term[0] * term[end] for term in weighted) / total for end in (1, 2))
    return BarScore(bar.title, bar.title_en, low, high)


def _scene_terms(
    pack: Pack, compiled: CompiledIndex, codes: IndexCodes, bar: Bar, row: int
) -> Iterator[tuple[float, float]]:
    """One term: the plain share at level 2 or above of the applicable scenes that such actions lift most."""
    links = pack.crosswalk.scenes if pack.crosswalk else {}
    given = [
        int(codes.scenes[row, place])
        for place, scene in enumerate(compiled.scenes)
        if scene.id in links
        and bar.kind in links[scene.id].lifted_by
        and codes.scenes[row, place] != NOT_APPLICABLE
    ]
    if given:
        online = sum(code >= _ONLINE for code in given)
        yield online / len(given), (online + given.count(MISSING)) / len(given)


def _question_terms(
    compiled: CompiledIndex, answers: Answers, side: IndexSide, bar: Bar
) -> Iterator[tuple[float, float]]:
    """One term a question: its points as a share of its most."""
    table = compiled.points
    for name in bar.questions:
        column = table.column[name]
        code = code_of(table.questions[column], answers, side.side)
        if code != NOT_APPLICABLE:
            at, most = table.offsets[column] + code, float(table.most[column])
            yield float(table.low[at]) / most, float(table.high[at]) / most


def score_indexes(pack: Pack, seen: Answers) -> tuple[IndexResult, ...]:
    """Every index of the pack whose weights are known; `seen` as `effective` gives the answers."""
    return tuple(score_index(pack, index, seen) for index in pack.indexes if not unknown_weights(pack, index))


def reported_results(pack: Pack, answers: Answers) -> tuple[ReportedResult, ...]:
    """The results typed in from the firm's own papers; those without any entry are left out."""
    found = []
    for model in pack.reported:
        score, year = answers.get(model.score).value, answers.get(model.year).value
        stage, issuer = answers.get(model.stage).value, answers.get(model.issuer).value
        result = ReportedResult(
            model,
            score if isinstance(score, Decimal) else None,
            stage if isinstance(stage, str) else None,
            year if isinstance(year, Decimal) else None,
            issuer if isinstance(issuer, str) else None,
            papers_held(model.papers, answers),
        )
        if result.score is not None or result.stage is not None or result.papers:
            found.append(result)
    return tuple(found)


def refused_models(pack: Pack) -> tuple[Problem, ...]:
    """The models that can't be computed, each with what is unknown."""
    unknown = {model.id: model.unknown_weights() for model in pack.models}
    unknown |= {index.id: unknown_weights(pack, index) for index in pack.indexes}
    return tuple(
        Problem("model-weights-unknown", "", {"model": name, "items": _("、").join(items)})
        for name, items in unknown.items()
        if items
    )
