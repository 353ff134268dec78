"""The chapter on the score: every question of the model with its answer, points and state."""

from dataclasses import dataclass

from assessor.answers.model import Answer, AnswerState, Value
from assessor.answers.proof import name_of
from assessor.diagnosis import Diagnosis
from assessor.pack.question import Question, Section
from assessor.report.charts.marks import shown_sides
from assessor.report.wording import (
    absent_text,
    exact_text,
    level_text,
    state_text,
    value_text,
)
from assessor.scoring.explain import Explanation, explain
from assessor.scoring.figures import points_text
from assessor.scoring.result import GateCheck, Need, Span
from assessor.words import SOURCE_KINDS, _, named, ranged


@dataclass(frozen=True, slots=True)
class AnswerText:
    """An answer on both sides in words.

    `same` when what was seen agrees; `state` says why there is no value.
    """

    claimed: str
    verified: str
    same: bool
    state: str
    reason: str
    remark: str
    evidence: str


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One question of the model; points as text, one entry for each side shown."""

    id: str
    title: str
    answer: AnswerText
    points: tuple[str, ...]
    most: str


@dataclass(frozen=True, slots=True)
class ScoreGroup:
    """One dimension with its questions."""

    title: str
    points: tuple[str, ...]
    most: str
    rows: tuple[ScoreRow, ...]


@dataclass(frozen=True, slots=True)
class GateRow:
    """One level's gate: what it asks for and what is there."""

    level: str
    score: str
    scenes: str
    binding: str
    have: tuple[str, str, str]
    missing: tuple[bool, bool, bool]
    met: str


@dataclass(frozen=True, slots=True)
class OtherRow:
    """One question that scores nothing in the main model."""

    id: str
    title: str
    answer: AnswerText


@dataclass(frozen=True, slots=True)
class OtherSection:
    """A section of such questions."""

    title: str
    kind: str
    rows: tuple[OtherRow, ...]


def answer_text(question: Question, answer: Answer, state: AnswerState) -> AnswerText:
    """An answer with all that belongs to it."""

    def say(value: Value | None) -> str:
        return "" if value is None else value_text(question, value)

    gone = state is AnswerState.NOT_ASKED
    return AnswerText(
        claimed="" if gone else say(answer.value),
        verified="" if gone else say(answer.verified),
        same=answer.value == answer.verified,
        state="" if state is AnswerState.ANSWERED else (absent_text(state) if gone else state_text(state)),
        reason=answer.reason,
        remark=answer.remark,
        evidence=_("；").join(map(name_of, answer.evidence)),
    )


def score_groups(diagnosis: Diagnosis) -> tuple[ScoreGroup, ...]:
    """The dimensions in order, the total last."""
    result = diagnosis.main.result
    trees = [explain(result.model, side) for side in shown_sides(result)]
    groups = []
    for index, dimension in enumerate(trees[0].parts):
        sides = [tree.parts[index] for tree in trees]
        leaves = [tuple(side.leaves()) for side in sides]
        rows = tuple(_row(diagnosis, same) for same in zip(*leaves, strict=True))
        groups.append(ScoreGroup(named(dimension), _points(sides), exact_text(dimension.span.most), rows))
    total = ScoreGroup(_("合计"), _points(trees), exact_text(trees[0].span.most), ())
    return (*groups, total)


def _points(sides: list[Explanation]) -> tuple[str, ...]:
    return tuple(_exact(side.span) for side in sides)


def _exact(span: Span) -> str:
    low, high = exact_text(span.low), exact_text(span.high)
    return low if span.known else ranged(low, high)


def _row(diagnosis: Diagnosis, sides: tuple[Explanation, ...]) -> ScoreRow:
    leaf = sides[0]
    question = diagnosis.pack.questions[leaf.question]
    answer = diagnosis.answers.get(question.id)
    return ScoreRow(
        question.id,
        named(question),
        answer_text(question, answer, diagnosis.states[question.id]),
        tuple(_exact(side.span) for side in sides),
        exact_text(leaf.span.most),
    )


# -- gates ---------------------------------------------------------------------------------------


def gate_rows(diagnosis: Diagnosis) -> tuple[GateRow, ...]:
    """All gates of the main model on the side that counts."""
    model = diagnosis.main.result.model
    return tuple(_gate(level_text(model, gate.level), gate) for gate in diagnosis.main.result.counting.gates)


def _gate(level: str, gate: GateCheck) -> GateRow:
    words = {True: _("达到"), False: _("没达到"), None: _("答全才知道")}
    return GateRow(
        level=level,
        score=points_text(gate.score.need, decimals=0),
        scenes=str(gate.scenes.need),
        binding=str(gate.binding.need),
        have=(_have(gate.score, milli=True), _have(gate.scenes), _have(gate.binding)),
        missing=(gate.score.missing > 0, gate.scenes.missing > 0, gate.binding.missing > 0),
        met=words[gate.met],
    )


def _have(need: Need, *, milli: bool = False) -> str:
    def show(value: int) -> str:
        return points_text(value, cuts=[need.need]) if milli else str(value)

    return show(need.low) if need.low == need.high else ranged(show(need.low), show(need.high))


# -- the rest of the questionnaire ---------------------------------------------------------------


def other_sections(diagnosis: Diagnosis) -> tuple[OtherSection, ...]:
    """The answered questions that neither score nor stand among the scenes, by section."""
    model = diagnosis.main.result.model
    used = {leaf.question for _, _, leaf in model.indicators()} | {scene.id for scene in model.scenes}
    used |= {scene.question.id for scene in diagnosis.scenes}
    sections = []
    for section in diagnosis.pack.sections:
        rows = tuple(
            _other(diagnosis, question)
            for question in section.questions
            if question.id not in used and diagnosis.states[question.id] is AnswerState.ANSWERED
        )
        if rows:
            sections.append(OtherSection(named(section), _kind(section), rows))
    return tuple(sections)


def _kind(section: Section) -> str:
    cite = section.cite or section.questions[0].cite
    return _(SOURCE_KINDS[cite.kind])


def _other(diagnosis: Diagnosis, question: Question) -> OtherRow:
    answer = diagnosis.answers.get(question.id)
    return OtherRow(
        question.id, named(question), answer_text(question, answer, diagnosis.states[question.id])
    )
