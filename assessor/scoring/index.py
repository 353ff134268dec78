"""An index as arrays: N firms, weights on an axis of their own.

Each part has a value between 0 and 1, given as numerator and denominator, at both ends of the
interval; a part whose denominator is 0 has left. Weights (W, P) may be many sets at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from assessor.answers.model import Answers, Ratio, Side
from assessor.answers.proposal import scene_weight
from assessor.errors import refuse
from assessor.pack.maturity import IndexModel, MeanOf, PointsOf, ScenesAt
from assessor.pack.model import Pack
from assessor.pack.question import LevelQuestion, Question
from assessor.scoring.compiled import MISSING, NOT_APPLICABLE, TOP_LEVEL, CompiledModel, Ints, compile_model
from assessor.scoring.encode import code_of, gap_of
from assessor.scoring.engine import BLOCK
from assessor.words import _

Floats = NDArray[np.float64]
NEAR = 1e-9
"""Shares this close to a cut count as on it: far below any step a share can make."""
_BINDING_WEIGHT, _OTHER_WEIGHT = 2, 1


@dataclass(frozen=True)
class CompiledIndex:
    """Columns of the arrays: questions with points, questions with shares, scenes.

    `point_members` (Q, P) and `share_members` (K, P) say which question belongs to which part,
    `scene_levels` which part counts scenes from which level on.
    """

    model: IndexModel
    points: CompiledModel
    point_columns: tuple[int, ...]
    share_questions: tuple[Question, ...]
    scenes: tuple[LevelQuestion, ...]
    weights: Floats
    point_members: Floats
    share_members: Floats
    scene_levels: tuple[tuple[int, int], ...]

    def point_questions(self) -> tuple[Question, ...]:
        """The questions whose points are used, in the order of their columns."""
        return tuple(self.points.questions[column] for column in self.point_columns)


@dataclass(frozen=True)
class IndexCodes:
    """What the engine needs of N firms: point codes (N, Q), shares (N, K), scene codes and weights (N, S).

    Shares hold MISSING or NOT_APPLICABLE like codes.
    """

    points: Ints
    shares: Floats
    scenes: Ints
    scene_weights: Ints

    def block(self, start: int, stop: int) -> "IndexCodes":
        """Some of the firms."""
        return IndexCodes(*(getattr(self, part.name)[start:stop] for part in fields(self)))


@dataclass(frozen=True)
class PartValues:
    """Numerators at both ends and denominators (N, P); `applicable` scenes per firm (N)."""

    low: Floats
    high: Floats
    most: Floats
    applicable: Ints

    def shares(self, *, high: bool = False) -> Floats:
        """Values between 0 and 1; NaN where the part has left."""
        top = self.high if high else self.low
        return np.divide(top, self.most, out=np.full_like(top, np.nan), where=self.most > 0)


def unknown_weights(pack: Pack, model: IndexModel) -> tuple[str, ...]:
    """What an index lacks: weights of its own, or of the model whose points it uses."""
    used = {part.value.model for _, part in model.parts() if isinstance(part.value, PointsOf)}
    return (*model.unknown_weights(), *(name for key in used for name in pack.model(key).unknown_weights()))


def compile_index(pack: Pack, model: IndexModel) -> CompiledIndex:
    """The columns of an index; `UserError` when a weight is unknown."""
    unknown = unknown_weights(pack, model)
    if unknown:
        raise refuse("model-weights-unknown", model=model.id, items=_("、").join(unknown))
    values = [part.value for _, part in model.parts()]
    pointed = [value.points_of if isinstance(value, PointsOf) else () for value in values]
    shared = [value.mean_of if isinstance(value, MeanOf) else () for value in values]
    points = compile_model(pack, pack.model(_points_model(pack, values)))
    point_names = list(dict.fromkeys(chain.from_iterable(pointed)))
    share_names = list(dict.fromkeys(chain.from_iterable(shared)))
    return CompiledIndex(
        model=model,
        points=points,
        point_columns=tuple(points.column[name] for name in point_names),
        share_questions=tuple(pack.questions[name] for name in share_names),
        scenes=index_scenes(pack),
        weights=np.array([float(part.weight or 0) for _, part in model.parts()]),
        point_members=_members(point_names, pointed),
        share_members=_members(share_names, shared),
        scene_levels=tuple(
            (column, value.scenes_at) for column, value in enumerate(values) if isinstance(value, ScenesAt)
        ),
    )


def _points_model(pack: Pack, values: Sequence[object]) -> str:
    """The model whose points are used; one index uses one. Without any, the first model stands by unused."""
    return next((value.model for value in values if isinstance(value, PointsOf)), pack.models[0].id)


def _members(names: Sequence[str], parts: Sequence[Sequence[str]]) -> Floats:
    rows = [[name in part for part in parts] for name in names]
    return np.array(rows, dtype=np.float64).reshape(len(names), len(parts))


def index_scenes(pack: Pack) -> tuple[LevelQuestion, ...]:
    """The trade's scenes; for a firm of no shipped trade the ministry's stand in."""
    if pack.scenes:
        return pack.scenes
    named = (pack.questions[scene.id] for scene in pack.models[0].scenes)
    return tuple(scene for scene in named if isinstance(scene, LevelQuestion))


def scene_weights(pack: Pack, scenes: Sequence[LevelQuestion], answers: Answers) -> list[int]:
    """Weight of each scene for this firm: 2 for core ones, 1 for others."""
    if pack.crosswalk is not None and pack.scenes:
        return [scene_weight(pack.crosswalk, scene.id, answers) for scene in scenes]
    binding = {scene.id: scene.binding for scene in pack.models[0].scenes}
    return [_BINDING_WEIGHT if binding[scene.id] else _OTHER_WEIGHT for scene in scenes]


def encode_index(pack: Pack, compiled: CompiledIndex, answers: Answers, sides: Sequence[Side]) -> IndexCodes:
    """Codes of one firm, one row a side."""
    weights = scene_weights(pack, compiled.scenes, answers)
    return IndexCodes(
        points=np.array(
            [[code_of(q, answers, s) for q in compiled.point_questions()] for s in sides], dtype=np.int64
        ),
        shares=np.array(
            [[share_of(q, answers, s) for q in compiled.share_questions] for s in sides], dtype=np.float64
        ),
        scenes=np.array([[code_of(q, answers, s) for q in compiled.scenes] for s in sides]),
        scene_weights=np.array([weights for _ in sides], dtype=np.int64),
    )


def share_of(question: Question, answers: Answers, side: Side) -> float:
    """Level ÷ 4 or n ÷ d of a question, or MISSING or NOT_APPLICABLE."""
    gap, value = gap_of(question, answers, side), answers.get(question.id).on(side)
    if gap is not None:
        return float(gap)
    if isinstance(value, Ratio):
        return float(MISSING) if value.share is None else float(value.share)
    return code_of(question, answers, side) / TOP_LEVEL


def part_values(compiled: CompiledIndex, codes: IndexCodes) -> PartValues:
    """The value of each part for N firms; every part is made of one kind of members."""
    points = _points(compiled, codes)
    shares = _means(compiled, codes)
    low, high, most = (one + other for one, other in zip(points, shares, strict=True))
    weight = codes.scene_weights.astype(np.float64)
    missing = _weighed(weight, codes.scenes == MISSING)
    applies = _weighed(weight, codes.scenes != NOT_APPLICABLE)
    for column, level in compiled.scene_levels:
        low[:, column] = _weighed(weight, codes.scenes >= level)
        high[:, column] = low[:, column] + missing
        most[:, column] = applies
    return PartValues(low, high, most, (codes.scenes != NOT_APPLICABLE).sum(axis=1))


Ends = tuple[Floats, Floats, Floats]


def _points(compiled: CompiledIndex, codes: IndexCodes) -> Ends:
    table = compiled.points
    at = table.offsets[np.array(compiled.point_columns, dtype=np.int64)] + codes.points
    low, high, most = (rows[at] @ compiled.point_members for rows in (table.low, table.high, table.possible))
    return low, high, most


def _means(compiled: CompiledIndex, codes: IndexCodes) -> Ends:
    known = np.maximum(codes.shares, 0.0)
    hoped = np.where(codes.shares == MISSING, 1.0, known)
    applies = (codes.shares != NOT_APPLICABLE).astype(np.float64)
    low, high, most = (column @ compiled.share_members for column in (known, hoped, applies))
    return low, high, most


def _weighed(weight: Floats, chosen: NDArray[np.bool_]) -> Floats:
    total: Floats = np.einsum("ns,ns->n", weight, chosen.astype(np.float64))
    return total


@dataclass(frozen=True)
class IndexScores:
    """Milli-points (-1 where there is no score) and stages of N firms at both ends."""

    low: Ints
    high: Ints
    level_low: Ints
    level_high: Ints


def score_many(compiled: CompiledIndex, codes: IndexCodes) -> IndexScores:
    """Score N firms under an index, in blocks that stay in the processor's cache."""
    rows = range(0, max(1, len(codes.points)), BLOCK)
    blocks = [_score_block(compiled, codes.block(start, start + BLOCK)) for start in rows]
    return IndexScores(*(np.concatenate(column) for column in zip(*blocks, strict=True)))


def _score_block(compiled: CompiledIndex, codes: IndexCodes) -> tuple[Ints, Ints, Ints, Ints]:
    model, values = compiled.model, part_values(compiled, codes)
    weights, least = compiled.weights[None, :], float(compiled.model.least_weight)
    low, high = values.shares(), values.shares(high=True)
    scores = [milli_of(index_score(end, weights, least)[:, 0]) for end in (low, high)]
    levels = [stages(model, end, values.applicable) for end in (low, high)]
    return scores[0], scores[1], levels[0], levels[1]


def index_score(values: Floats, weights: Floats, least: float) -> Floats:
    """Scores (N, W) between 0 and 100 from values (N, P) and weights (W, P).

    Parts that left share their weight out; NaN where less than `least` per cent of it is left.
    """
    there = ~np.isnan(values)
    used = there.astype(float) @ weights.T
    total = weights.sum(axis=1)
    scored = np.nan_to_num(values) @ weights.T
    enough = used >= least / 100 * total - NEAR
    return np.divide(100 * scored, used, out=np.full_like(scored, np.nan), where=enough & (used > 0))


def stages(model: IndexModel, values: Floats, applicable: Ints, shift: float = 0.0) -> Ints:
    """Stage of N firms by the gates, all gates moved by `shift` per cent; 0 where none holds.

    A gate on a part that has left is not passed.
    """
    column = {part.id: index for index, (_, part) in enumerate(model.parts())}
    stage = np.zeros(len(values), dtype=np.int64)
    held = np.ones(len(values), dtype=bool)
    for gate in model.gates.rows:
        held &= applicable >= gate.scenes_apply
        for need in gate.needs:
            mean = values[:, [column[name] for name in need.parts]].mean(axis=1)
            held &= np.nan_to_num(100 * mean, nan=-1.0) >= float(need.at_least) + shift - NEAR
        stage = np.where(held, gate.level, stage)
    return stage


def milli_of(scores: Floats) -> Ints:
    """Scores in thousandths, half up; NaN becomes -1."""
    return np.where(np.isnan(scores), -1, np.floor(np.nan_to_num(scores) * 1000 + 0.5 + 1e-7)).astype(
        np.int64
    )
