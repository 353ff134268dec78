"""The verdict of one model on one firm, on both sides, with everything that led to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from assessor.answers.model import SIDES, Answers, AnswerState, Side
from assessor.answers.proposal import unconfirmed
from assessor.answers.state import state_of
from assessor.pack.maturity import PointsModel
from assessor.pack.model import Pack
from assessor.scoring.compiled import CompiledModel, compile_model, milli
from assessor.scoring.encode import encode
from assessor.scoring.engine import End, Scores, score


@dataclass(frozen=True, slots=True)
class Span:
    """An interval in milli-points, out of `most`."""

    low: int
    high: int
    most: int

    @property
    def known(self) -> bool:
        """Whether both ends agree."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class QuestionScore:
    """What one question gave."""

    id: str
    state: AnswerState
    span: Span


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """What one dimension gave."""

    id: str
    title: str
    title_en: str
    span: Span


@dataclass(frozen=True, slots=True)
class SceneLevel:
    """The level of one scene; `low` < `high` while it is missing."""

    id: str
    state: AnswerState
    binding: bool
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Need:
    """One condition of a gate: what it asks for and what is there, at both ends."""

    need: int
    low: int
    high: int

    @property
    def met(self) -> bool | None:
        """Met for certain, failed for certain, or open."""
        return True if self.low >= self.need else (False if self.high < self.need else None)

    @property
    def missing(self) -> int:
        """How much is missing at the low end."""
        return max(0, self.need - self.low)


@dataclass(frozen=True, slots=True)
class GateCheck:
    """A level's gate; `score` in milli-points."""

    level: int
    score: Need
    scenes: Need
    binding: Need

    @property
    def met(self) -> bool | None:
        """All three conditions together."""
        parts = (self.score.met, self.scenes.met, self.binding.met)
        return False if False in parts else (None if None in parts else True)


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know about a verdict: a code and the values of its sentence."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SideResult:
    """The verdict on one side. `next_gate` is the gate above `level_low`, None at the top."""

    side: Side
    span: Span
    level_low: int
    level_high: int
    dimensions: tuple[DimensionScore, ...]
    questions: tuple[QuestionScore, ...]
    scenes: tuple[SceneLevel, ...]
    gates: tuple[GateCheck, ...]
    notes: tuple[Note, ...]

    @property
    def level(self) -> int | None:
        """The level when it is certain."""
        return self.level_low if self.level_low == self.level_high else None

    @property
    def next_gate(self) -> GateCheck | None:
        """The gate to pass next."""
        return next((gate for gate in self.gates if gate.level > self.level_low), None)


@dataclass(frozen=True, slots=True)
class ModelResult:
    """One model's verdict; `headline` names the side that counts."""

    model: PointsModel
    headline: Side
    claimed: SideResult
    verified: SideResult

    def on(self, side: Side) -> SideResult:
        """The verdict on a side."""
        return self.claimed if side == "claimed" else self.verified

    @property
    def counting(self) -> SideResult:
        """The verdict that counts."""
        return self.on(self.headline)


@lru_cache(maxsize=32)
def compiled_model(pack: Pack, model_id: str) -> CompiledModel:
    """The compiled model, kept from the first call on."""
    return compile_model(pack, pack.model(model_id))


def score_firm(pack: Pack, model: PointsModel, answers: Answers) -> ModelResult:
    """Score one assessment under one model, both sides in one call of the engine."""
    compiled = compiled_model(pack, model.id)
    codes = np.stack([encode(compiled, answers, side) for side in SIDES])
    scores = score(compiled, codes)
    claimed, verified = (_side(pack, compiled, answers, side, scores, row) for row, side in enumerate(SIDES))
    return ModelResult(model, answers.headline, claimed, verified)


def _side(
    pack: Pack, compiled: CompiledModel, answers: Answers, side: Side, scores: Scores, row: int
) -> SideResult:
    low, high = scores.low, scores.high
    model = compiled.model
    most = compiled.most
    dimension_most = [int(part) for part in most @ compiled.membership]
    return SideResult(
        side=side,
        span=Span(int(low.score[row]), int(high.score[row]), milli(model.total)),
        level_low=int(low.level[row]),
        level_high=int(high.level[row]),
        dimensions=tuple(
            DimensionScore(
                part.id,
                part.title,
                part.title_en,
                Span(int(low.dimensions[row, i]), int(high.dimensions[row, i]), dimension_most[i]),
            )
            for i, part in enumerate(model.dimensions)
        ),
        questions=tuple(
            QuestionScore(
                question.id,
                _side_state(answers, question.id, side, state_of(question, answers)),
                Span(int(low.questions[row, i]), int(high.questions[row, i]), int(most[i])),
            )
            for i, question in enumerate(compiled.questions)
        ),
        scenes=_scenes(compiled, answers, side, scores, row),
        gates=_gates(compiled, low, high, row),
        notes=_notes(pack, model, answers, side),
    )


def _scenes(
    compiled: CompiledModel, answers: Answers, side: Side, scores: Scores, row: int
) -> tuple[SceneLevel, ...]:
    return tuple(
        SceneLevel(
            scene.id,
            _side_state(answers, scene.id, side, state_of(scene, answers)),
            bool(compiled.binding[i]),
            int(scores.low.scenes[row, i]),
            int(scores.high.scenes[row, i]),
        )
        for i, scene in enumerate(compiled.scenes)
    )


def _side_state(answers: Answers, question_id: str, side: Side, state: AnswerState) -> AnswerState:
    """The state seen from a side: a claim not seen on site is unanswered there."""
    if state is AnswerState.NOT_ASKED:
        return state
    if answers.get(question_id).on(side) is not None:
        return AnswerState.ANSWERED
    return AnswerState.UNANSWERED if state is AnswerState.ANSWERED else state


def _gates(compiled: CompiledModel, low: End, high: End, row: int) -> tuple[GateCheck, ...]:
    return tuple(
        GateCheck(
            gate.level,
            Need(milli(gate.score), int(low.score[row]), int(high.score[row])),
            Need(gate.scenes, int(low.reached[row, i]), int(high.reached[row, i])),
            Need(gate.binding, int(low.bound[row, i]), int(high.bound[row, i])),
        )
        for i, gate in enumerate(compiled.model.gates.rows)
    )


def _notes(pack: Pack, model: PointsModel, answers: Answers, side: Side) -> tuple[Note, ...]:
    notes = []
    if model.gates.cite.sure != "read":
        notes.append(Note("gates-not-read-in-original", {"sure": model.gates.cite.sure}))
    scored = {leaf.question for _, _, leaf in model.indicators()} | {scene.id for scene in model.scenes}
    waiting = sorted(scored & unconfirmed(pack, answers, side).keys())
    if waiting:
        notes.append(Note("proposals-unconfirmed", {"ids": waiting}))
    absent = _absent(pack, answers, scored)
    if absent:
        notes.append(Note("not-applicable-scores-zero", {"ids": absent}))
    return tuple(notes)


def _absent(pack: Pack, answers: Answers, ids: set[str]) -> list[str]:
    gone = (AnswerState.NOT_APPLICABLE, AnswerState.NOT_ASKED)
    return sorted(key for key in ids if state_of(pack.questions[key], answers) in gone)


def score_all(pack: Pack, seen: Answers) -> tuple[ModelResult, ...]:
    """Every points model of the pack whose weights are known; `seen` as `effective` gives the answers."""
    return tuple(score_firm(pack, model, seen) for model in pack.models if not model.unknown_weights())
