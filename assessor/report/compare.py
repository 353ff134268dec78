"""What differs between two diagnoses: another visit to the same firm, or a thought tried out.

Levels and scores of every model side by side, and the scenes that moved. Takes two diagnoses; stores
nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from assessor.answers.model import Answer, Answers, Side
from assessor.diagnosis import Diagnosis, Verdict
from assessor.pack.question import LevelQuestion
from assessor.report.standard_text import told_text
from assessor.report.wording import cuts_of, date_text, level_span_text
from assessor.scoring.encode import level_of
from assessor.scoring.figures import points_text, span_text
from assessor.scoring.index_result import IndexResult
from assessor.scoring.result import Span
from assessor.words import MODES, _, named

Way = Literal["up", "down", "same", "other"]
"""`other`: it differs and can't be ordered, such as a sentence."""


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model before and after, and what that comes to."""

    title: str
    was: str
    now: str
    change: str
    way: Way


@dataclass(frozen=True, slots=True)
class SceneRow:
    """One scene whose level is not what it was; None where there is no level."""

    id: str
    title: str
    was: int | None
    now: int | None

    @property
    def way(self) -> Way:
        """Up or down, where both levels are known."""
        if self.was is None or self.now is None:
            return "other"
        return "up" if self.now > self.was else "down"


@dataclass(frozen=True, slots=True)
class Comparison:
    """`side`: the one compared. `same` counts scenes that stand where they stood, `notes` what to know."""

    side: Side
    models: tuple[ModelRow, ...]
    scenes: tuple[SceneRow, ...]
    same: int
    notes: tuple[str, ...]


def compare(before: Diagnosis, now: Diagnosis) -> Comparison:
    """Both must be of one pack, perhaps of different versions.

    What was seen on site is compared only with what was seen on site; else claims are.
    """
    both_onsite = before.headline == now.headline
    side: Side = now.headline if both_onsite else "claimed"
    was, stands = _levels(before, side), _levels(now, side)
    common = [key for key in stands if key in was]
    moved = tuple(
        SceneRow(key, named(now.pack.questions[key]), was[key], stands[key])
        for key in common
        if was[key] != stands[key]
    )
    known = sum(was[key] == stands[key] is not None for key in common)
    return Comparison(side, tuple(_models(before, now, side)), moved, known, tuple(_notes(before, now)))


def _levels(diagnosis: Diagnosis, side: Side) -> Mapping[str, int | None]:
    """Level by scene, trade and ministry alike, as far as the scene is asked."""
    asked = (q for q in diagnosis.pack.asked() if isinstance(q, LevelQuestion))
    return {question.id: level_of(diagnosis.answers.get(question.id).on(side)) for question in asked}


def _notes(before: Diagnosis, now: Diagnosis) -> Iterator[str]:
    if before.answers.mode != now.answers.mode:
        was, stands = _(MODES[before.answers.mode]), _(MODES[now.answers.mode])
        yield _("上次是{was}，这次是{now}，所以两次都按企业自报比。").format(was=was, now=stands)
    if before.pack.digest != now.pack.digest:
        said = _("两次用的诊断包不同（{was} 版、{now} 版），题目改过的，分数不完全可比。")
        yield said.format(was=before.pack.version, now=now.pack.version)


# -- models --------------------------------------------------------------------------------------


def _models(before: Diagnosis, now: Diagnosis, side: Side) -> Iterator[ModelRow]:
    verdicts = {verdict.result.model.id: verdict for verdict in before.verdicts}
    for verdict in now.verdicts:
        old = verdicts.get(verdict.result.model.id)
        if old is not None:
            yield _points_row(old, verdict, side)
    indexes = {index.model.id: index for index in before.indexes}
    for index in now.indexes:
        if index.model.id in indexes:
            yield _index_row(indexes[index.model.id], index, side)
    standards = {result.model.id: result for result in before.standards}
    for result in now.standards:
        if result.model.id in standards:
            was, stands = told_text(standards[result.model.id]), told_text(result)
            change, way = _told(same=was == stands)
            yield ModelRow(named(result.model), was, stands, change, way)


def _points_row(before: Verdict, now: Verdict, side: Side) -> ModelRow:
    cuts = cuts_of(now.result.model)
    was, stands = before.result.on(side), now.result.on(side)
    texts = [
        _("{level}，{score} 分").format(level=level_span_text(each), score=span_text(each.span, cuts))
        for each in (was, stands)
    ]
    change, way = _change(was.span, stands.span, was.level, stands.level)
    return ModelRow(named(now.result.model), texts[0], texts[1], change, way)


def _index_row(before: IndexResult, now: IndexResult, side: Side) -> ModelRow:
    was, stands = before.on(side), now.on(side)
    names = {level.level: named(level) for level in now.model.levels}
    texts = []
    for each in (was, stands):
        low, high = (names.get(level, str(level)) for level in (each.level_low, each.level_high))
        stage = low if low == high else f"{low}—{high}"
        score = _("{score} 分").format(score=span_text(each.span)) if each.span else _("不出分")
        texts.append(_("{stage}，{score}").format(stage=stage, score=score))
    if was.span is None or stands.span is None:
        change, way = _told(same=was.span is stands.span)
    else:
        change, way = _change(was.span, stands.span, was.level, stands.level)
    return ModelRow(named(now.model), texts[0], texts[1], change, way)


def _told(*, same: bool) -> tuple[str, Way]:
    """What can be said where there are no points."""
    return (_("没有变"), "same") if same else (_("有变化"), "other")


def _change(was: Span, now: Span, level_was: int | None, level_now: int | None) -> tuple[str, Way]:
    """In words, with the level first, and which way; intervals are told end by end."""
    low, high = now.low - was.low, now.high - was.high
    parts = []
    if level_was is not None and level_now is not None and level_was != level_now:
        word = _("升 {count} 级") if level_now > level_was else _("降 {count} 级")
        parts.append(word.format(count=abs(level_now - level_was)))
    if low == high:
        parts += [_("{points} 分").format(points=_signed(low))] if low else []
    elif low or high:
        said = _("最低 {low} 分，最高 {high} 分")
        parts.append(said.format(low=_signed(low), high=_signed(high)))
    way: Way = "same" if not low and not high else "other"
    if low >= 0 and high >= 0 and (low or high):
        way = "up"
    elif low <= 0 and high <= 0 and (low or high):
        way = "down"
    return _("，").join(parts) or _("没有变"), way


def _signed(points: int) -> str:
    sign = "+" if points > 0 else "−" if points < 0 else "±"
    return f"{sign}{points_text(abs(points))}"


# -- what if -------------------------------------------------------------------------------------


def supposed(answers: Answers, levels: Mapping[str, int]) -> Answers:
    """The answers as they would be with some scenes at other levels, on the side that counts."""
    items = dict(answers.items)
    for key, level in levels.items():
        answer = answers.get(key)
        if answers.headline == "verified":
            items[key] = replace(answer, verified=level)
        else:
            items[key] = Answer(level, remark=answer.remark, evidence=answer.evidence)
    return replace(answers, items=items)


def title_of(diagnosis: Diagnosis) -> str:
    """现场评定 2026年5月20日."""
    return f"{_(MODES[diagnosis.answers.mode])} {date_text(diagnosis.answers.date)}"
