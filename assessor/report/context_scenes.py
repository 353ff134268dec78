"""The chapters on scenes: one card for each scene of the trade, one row for each of the ministry."""

from dataclasses import dataclass

from assessor.answers.model import AnswerState
from assessor.answers.state import lookup_in
from assessor.diagnosis import Diagnosis, SceneView
from assessor.pack.condition import holds
from assessor.pack.question import Level, LevelQuestion
from assessor.report.context_score import AnswerText, answer_text
from assessor.report.wording import absent_text, rung_text
from assessor.scoring.result import SceneLevel
from assessor.words import STATES, _, named


@dataclass(frozen=True, slots=True)
class Rung:
    """A level with what is seen on the floor."""

    level: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class NextRung:
    """The level above: what it asks for and what proves it."""

    level: int
    text: str
    evidence: str


@dataclass(frozen=True, slots=True)
class SceneCard:
    """One scene of the trade. `level` is the one that counts; None when there is none."""

    id: str
    title: str
    process: str
    core: bool
    level: int | None
    absent: str
    claimed: Rung | None
    verified: Rung | None
    marks: tuple[str, ...]
    answer: AnswerText
    reading: str
    cap: str
    next: NextRung | None


@dataclass(frozen=True, slots=True)
class MinistryRow:
    """One scene that the gates count."""

    id: str
    title: str
    process: str
    binding: bool
    level: int | None
    claimed: str
    verified: str
    text: str
    note: str
    seen: str


def scene_cards(diagnosis: Diagnosis) -> tuple[SceneCard, ...]:
    """The scenes of which there is something to say, in the order in which material flows."""
    return tuple(_card(diagnosis, scene) for scene in diagnosis.scenes if _has_content(scene))


def scenes_left_out(diagnosis: Diagnosis) -> tuple[str, ...]:
    """The scenes without a card, one line for each reason."""
    names: dict[str, list[str]] = {}
    for scene in diagnosis.scenes:
        if not _has_content(scene):
            names.setdefault(absent_text(scene.state), []).append(named(scene.question))
    return tuple(
        _("{why}：{titles}。").format(why=why, titles=_("、").join(titles)) for why, titles in names.items()
    )


def _has_content(scene: SceneView) -> bool:
    if scene.state is AnswerState.NOT_ASKED:
        return False
    known = scene.claimed is not None or scene.verified is not None
    return known or bool(scene.answer.reason or scene.answer.remark)


def _card(diagnosis: Diagnosis, scene: SceneView) -> SceneCard:
    question = scene.question
    return SceneCard(
        id=question.id,
        title=named(question),
        process=_(question.process),
        core=scene.weight > 1,
        level=scene.counting,
        absent="" if scene.counting is not None else absent_text(scene.state),
        claimed=_rung(question, scene.claimed),
        verified=_rung(question, scene.verified),
        marks=tuple(_mark(scene, level) for level in range(5)),
        answer=answer_text(question, scene.answer, scene.state),
        reading=_reading(diagnosis, question),
        cap=_("与别的答案对不上（见疑点），按规则只算 {cap} 级。").format(cap=scene.cap)
        if scene.cap is not None
        else "",
        next=_next(scene.next_level),
    )


def _rung(question: LevelQuestion, level: int | None) -> Rung | None:
    if level is None:
        return None
    text = next((rung.text for rung in question.levels if rung.level == level), "")
    return Rung(level, rung_text(level), text)


def _next(rung: Level | None) -> NextRung | None:
    return NextRung(rung.level, rung.text, _("；").join(rung.evidence)) if rung else None


def _mark(scene: SceneView, level: int) -> str:
    """How a step of the ladder is drawn: both sides, one of them, or neither."""
    names = [name for name in ("claimed", "verified") if getattr(scene, name) == level]
    return "both" if len(names) == 2 else "".join(names) or "empty"


def _reading(diagnosis: Diagnosis, question: LevelQuestion) -> str:
    look = lookup_in(diagnosis.answers)
    return "".join(reading.text for reading in question.readings if holds(reading.if_, look))


# -- the ministry's scenes -----------------------------------------------------------------------


def ministry_rows(diagnosis: Diagnosis) -> tuple[MinistryRow, ...]:
    """All scenes of the main model."""
    result = diagnosis.main.result
    return tuple(
        _ministry(diagnosis, claimed, verified)
        for claimed, verified in zip(result.claimed.scenes, result.verified.scenes, strict=True)
    )


def _ministry(diagnosis: Diagnosis, claimed: SceneLevel, verified: SceneLevel) -> MinistryRow:
    question = diagnosis.pack.questions[claimed.id]
    counting = claimed if diagnosis.headline == "claimed" else verified
    state, answer = diagnosis.states[claimed.id], diagnosis.answers.get(claimed.id)
    known = counting.low == counting.high and counting.state == "answered"
    proposal = diagnosis.proposals.get(claimed.id)
    return MinistryRow(
        id=claimed.id.removeprefix("miit."),
        title=named(question),
        process=_(question.process),
        binding=claimed.binding,
        level=counting.low if known else None,
        claimed=_level(claimed),
        verified=_level(verified),
        text=_said(question, counting.low) if known else "",
        note=_("行业场景带出的建议是 {proposal} 级，待确认").format(proposal=proposal)
        if proposal is not None
        else _absent(state.value),
        seen="".join(filter(None, (answer.reason, answer.remark))),
    )


def _level(scene: SceneLevel) -> str:
    return str(scene.low) if scene.state == "answered" else "—"


def _absent(state: str) -> str:
    if state == "not_applicable":
        return _("不适用，按 0 级计")
    return "" if state == "answered" else _(STATES[state])


def _said(question: object, level: int) -> str:
    return next((rung.text for rung in getattr(question, "levels", ()) if rung.level == level), "")
