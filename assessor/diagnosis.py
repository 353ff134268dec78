"""What is the result of this assessment, in one object?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessor.answers.derived import derived_ids, with_derived
from assessor.answers.findings import find
from assessor.answers.firm import Size, size_class
from assessor.answers.model import Answer, Answers, AnswerState, Finding, Side
from assessor.answers.proposal import scene_weight, unconfirmed
from assessor.answers.rules import caps, fired, red_lines, rule_findings, with_caps
from assessor.answers.state import Progress, progress, states
from assessor.benchmark import Position, Standing, positions, standings
from assessor.errors import Problem
from assessor.pack.model import Pack
from assessor.pack.question import Level, LevelQuestion
from assessor.pack.rule import RedLine
from assessor.scoring.encode import level_of
from assessor.scoring.index_result import IndexResult, ReportedResult
from assessor.scoring.index_verdict import refused_models, reported_results, score_indexes
from assessor.scoring.result import ModelResult, SceneLevel, SideResult, score_all
from assessor.scoring.standard_result import StandardResult
from assessor.scoring.standards import judge_standards


@dataclass(frozen=True, slots=True)
class SceneView:
    """One trade scene as it stands: what was claimed and seen, and what the next rung takes.

    `next_level` is the rung above the level that counts; None at the top, when the scene does not
    apply, or while that level is not known. `cap` is the level that findings hold the verified one
    down to, None when they don't.
    """

    question: LevelQuestion
    state: AnswerState
    answer: Answer
    claimed: int | None
    verified: int | None
    counting: int | None
    cap: int | None
    weight: int
    next_level: Level | None


@dataclass(frozen=True, slots=True)
class PointGap:
    """A question that could give more: milli-points still open at the low end."""

    question: str
    open: int


@dataclass(frozen=True, slots=True)
class Gaps:
    """What stands between the firm and the next level of one model, on the side that counts.

    `scenes` are those below that level, nearest first, binding before others; `points` the
    questions with most open points first.
    """

    level: int
    score: int
    scene_count: int
    binding_count: int
    scenes: tuple[SceneLevel, ...]
    points: tuple[PointGap, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One model's result with its gaps; `gaps` is None at the top level."""

    result: ModelResult
    gaps: Gaps | None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything a page of the window or the report shows."""

    pack: Pack
    answers: Answers
    size: Size | None
    states: Mapping[str, AnswerState]
    progress: Progress
    findings: tuple[Finding, ...]
    red_lines: tuple[RedLine, ...]
    verdicts: tuple[Verdict, ...]
    indexes: tuple[IndexResult, ...]
    reported: tuple[ReportedResult, ...]
    standards: tuple[StandardResult, ...]
    refused: tuple[Problem, ...]
    scenes: tuple[SceneView, ...]
    positions: tuple[Position, ...]
    standings: tuple[Standing, ...]
    proposals: Mapping[str, int]
    derived: Mapping[str, str]

    @property
    def headline(self) -> Side:
        """The side that counts."""
        return self.answers.headline

    @property
    def main(self) -> Verdict:
        """The verdict that heads the page: the first model of the pack."""
        return self.verdicts[0]

    def strengths(self, count: int = 3) -> tuple[SceneView, ...]:
        """The scenes that stand highest, core ones first among equals."""
        known = [scene for scene in self.scenes if scene.counting is not None and scene.counting >= 2]
        return tuple(sorted(known, key=lambda s: (-(s.counting or 0), -s.weight))[:count])

    def weaknesses(self, count: int = 3) -> tuple[SceneView, ...]:
        """The scenes that stand lowest, core ones first among equals."""
        known = [scene for scene in self.scenes if scene.next_level is not None]
        return tuple(sorted(known, key=lambda s: (s.counting or 0, -s.weight))[:count])


def diagnose(pack: Pack, answers: Answers) -> Diagnosis:
    """From answers to the result."""
    filled = with_derived(pack, answers)
    rules = fired(pack, filled)
    held = caps(rules)
    seen = with_caps(filled, held)
    found = states(pack, filled)
    size = size_class(answers)
    verdicts = tuple(Verdict(result, gaps(result)) for result in score_all(pack, seen))
    indexes = score_indexes(pack, seen)
    return Diagnosis(
        pack=pack,
        answers=filled,
        size=size,
        states=found,
        progress=progress(found),
        findings=(*find(pack, filled), *rule_findings(rules)),
        red_lines=red_lines(pack, filled),
        verdicts=verdicts,
        indexes=indexes,
        reported=reported_results(pack, filled),
        standards=judge_standards(pack, seen),
        refused=refused_models(pack),
        scenes=tuple(
            _scene(pack, filled, seen, scene, found[scene.id], held.get(scene.id)) for scene in pack.scenes
        ),
        positions=positions(pack, seen, size),
        standings=standings(pack, seen, size, _scores(filled.headline, verdicts, indexes)),
        proposals=unconfirmed(pack, filled, filled.headline),
        derived=derived_ids(pack, answers),
    )


def _scores(
    side: Side, verdicts: tuple[Verdict, ...], indexes: tuple[IndexResult, ...]
) -> Iterator[tuple[str, Side, Decimal]]:
    """The certain scores on the side that counts, in points."""
    found = [(one.result.model.id, one.result.counting.span) for one in verdicts]
    for model, span in (*found, *((one.model.id, one.counting.span) for one in indexes)):
        if span is not None and span.known:
            yield model, side, Decimal(span.low) / 1000


def _scene(
    pack: Pack,
    answers: Answers,
    seen: Answers,
    scene: LevelQuestion,
    state: AnswerState,
    cap: int | None,
) -> SceneView:
    answer = answers.get(scene.id)
    applies = state is not AnswerState.NOT_ASKED
    verified = level_of(answer.verified) if applies else None
    counting = level_of(seen.get(scene.id).on(answers.headline)) if applies else None
    above = [rung for rung in scene.levels if counting is not None and rung.level == counting + 1]
    return SceneView(
        question=scene,
        state=state,
        answer=answer,
        claimed=level_of(answer.value) if applies else None,
        verified=verified,
        counting=counting,
        cap=cap if cap is not None and verified is not None and verified > cap else None,
        weight=scene_weight(pack.crosswalk, scene.id, answers) if pack.crosswalk else 1,
        next_level=above[0] if above else None,
    )


def gaps(result: ModelResult) -> Gaps | None:
    """What is missing for the level above the certain one; None at the top."""
    side = result.counting
    gate = side.next_gate
    if gate is None:
        return None
    return Gaps(
        level=gate.level,
        score=gate.score.missing,
        scene_count=gate.scenes.missing,
        binding_count=gate.binding.missing,
        scenes=_below(side, gate.level),
        points=_open_points(side),
    )


def _below(side: SideResult, level: int) -> tuple[SceneLevel, ...]:
    out = (AnswerState.NOT_APPLICABLE, AnswerState.NOT_ASKED)
    below = [scene for scene in side.scenes if scene.low < level and scene.state not in out]
    return tuple(sorted(below, key=lambda scene: (-scene.low, not scene.binding)))


def _open_points(side: SideResult) -> tuple[PointGap, ...]:
    found = [PointGap(q.id, q.span.most - q.span.low) for q in side.questions if q.span.low < q.span.most]
    return tuple(sorted(found, key=lambda gap: -gap.open))
