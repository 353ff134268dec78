"""The page for the boss: one sentence, one number, what is good, what is weak, what comes next."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assessor.answers.model import AnswerState
from assessor.diagnosis import Diagnosis, Verdict
from assessor.pack.model import Pack
from assessor.pack.question import LevelQuestion
from assessor.report.charts.marks import shown_sides
from assessor.report.wording import (
    brief_text,
    counter,
    level_sentence,
    level_span_text,
    missing_of,
    missing_text,
    ordinal,
    rung_text,
    score_text,
    state_text,
    verdict_sentence,
)
from assessor.words import _, named

_BRIEF = 44
"""Characters of a level's text that the page for the boss has room for."""


@dataclass(frozen=True, slots=True)
class Point:
    """A strength or weakness: the scene, its level, and what that looks like on the floor."""

    id: str
    title: str
    level: int
    rung: str
    text: str
    next: str


@dataclass(frozen=True, slots=True)
class Missing:
    """One condition of the next level as a figure."""

    figure: str
    unit: str
    what: str
    met: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A scene of the model that is nearest to the next level, and what that takes."""

    id: str
    title: str
    binding: bool
    now: int
    text: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The page for the boss."""

    sentence: str
    clauses: tuple[str, ...]
    why: str
    level: str
    level_name: str
    score: str
    other_side: str
    missing_title: str
    missing: tuple[Missing, ...]
    strengths: tuple[Point, ...]
    weaknesses: tuple[Point, ...]
    steps: tuple[Step, ...]
    progress: str
    doubts: int


def summary(diagnosis: Diagnosis) -> Summary:
    """The page's content."""
    verdict = diagnosis.main
    result = verdict.result
    side = result.counting
    sentence = verdict_sentence(diagnosis)
    name = next((named(level) for level in result.model.levels if level.level == side.level_low > 0), "")
    return Summary(
        sentence=sentence,
        clauses=tuple(re.findall(r"(?:[^，,]|,(?! ))+(?:，|, )?", sentence)),
        why=level_sentence(verdict),
        level=level_span_text(side),
        level_name=name if side.level is not None else _("等级未定"),
        score=score_text(result),
        other_side=_other_side(diagnosis),
        missing_title=missing_of(verdict),
        missing=_missing(verdict),
        strengths=_strengths(diagnosis),
        weaknesses=_weaknesses(diagnosis),
        steps=_steps(verdict, diagnosis.pack),
        progress=progress_text(diagnosis),
        doubts=len(diagnosis.findings),
    )


def _other_side(diagnosis: Diagnosis) -> str:
    """What the firm says, where what was seen counts."""
    result = diagnosis.main.result
    if result.headline == "claimed" or len(shown_sides(result)) < 2:
        return ""
    claimed = result.claimed
    return _("企业自报 {score} 分（{level_span}），以现场核实为准。").format(
        score=score_text(result, "claimed"), level_span=level_span_text(claimed)
    )


def _missing(verdict: Verdict) -> tuple[Missing, ...]:
    gaps = verdict.gaps
    if gaps is None:
        return ()
    level = ordinal(gaps.level)
    return (
        _counted(missing_text(gaps.score) if gaps.score else "", _("总分"), _("分")),
        _counted(str(gaps.scene_count or ""), _("{level}场景").format(level=level)),
        _counted(str(gaps.binding_count or ""), _("{level}约束性场景").format(level=level)),
    )


def _counted(count: str, what: str, unit: str = "") -> Missing:
    return Missing(count or _("已够"), (unit or counter()) if count else "", what, not count)


def _strengths(diagnosis: Diagnosis) -> tuple[Point, ...]:
    """The trade's strongest scenes; the model's own where the pack has no trade scenes."""
    if diagnosis.scenes:
        return tuple(_point(scene.question, scene.counting or 0) for scene in diagnosis.strengths())
    known = [(question, level) for question, level in _model_scenes(diagnosis) if level >= 2]
    return tuple(
        _point(*pair, _("{pair} 级").format(pair=pair[1]))
        for pair in sorted(known, key=lambda pair: -pair[1])[:3]
    )


def _weaknesses(diagnosis: Diagnosis) -> tuple[Point, ...]:
    if diagnosis.scenes:
        return tuple(_point(scene.question, scene.counting or 0) for scene in diagnosis.weaknesses())
    known = [(question, level) for question, level in _model_scenes(diagnosis) if level < 4]
    return tuple(
        _point(*pair, _("{pair} 级").format(pair=pair[1]))
        for pair in sorted(known, key=lambda pair: pair[1])[:3]
    )


def _model_scenes(diagnosis: Diagnosis) -> Iterator[tuple[LevelQuestion, int]]:
    for scene in diagnosis.main.result.counting.scenes:
        question = diagnosis.pack.questions[scene.id]
        if isinstance(question, LevelQuestion) and scene.state is AnswerState.ANSWERED:
            yield question, scene.low


def _point(question: LevelQuestion, level: int, name: str = "") -> Point:
    texts = {rung.level: rung.text for rung in question.levels}
    above = texts.get(level + 1)
    return Point(
        question.id,
        named(question),
        level,
        name or rung_text(level),
        brief_text(texts.get(level, ""), _BRIEF),
        _("到 {value} 级要：{brief}").format(value=level + 1, brief=brief_text(above, _BRIEF))
        if above
        else "",
    )


def _steps(verdict: Verdict, pack: Pack, count: int = 4) -> tuple[Step, ...]:
    if verdict.gaps is None:
        return ()
    found = []
    for scene in verdict.gaps.scenes:
        question = pack.questions[scene.id]
        above = [rung for rung in getattr(question, "levels", ()) if rung.level == scene.low + 1]
        if scene.low == scene.high and above:
            proof = _("；").join(above[0].evidence)
            found.append(Step(scene.id, named(question), scene.binding, scene.low, above[0].text, proof))
    return tuple(found[:count])


def progress_text(diagnosis: Diagnosis) -> str:
    """How many questions stand in which state."""
    progress = diagnosis.progress
    parts = [
        _("应答 {asked} 题").format(asked=progress.asked),
        _("已答 {of} 题").format(of=progress.of(AnswerState.ANSWERED)),
    ]
    rest = (
        AnswerState.NOT_APPLICABLE,
        AnswerState.UNKNOWN,
        AnswerState.DECLINED,
        AnswerState.UNANSWERED,
    )
    parts += [
        _("{state} {of} 题").format(state=state_text(state), of=progress.of(state))
        for state in rest
        if progress.of(state)
    ]
    return _("，").join(parts)
