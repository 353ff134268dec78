"""How is a change of an answer said? For the history, and for what was taken back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assessor.answers.model import Answer, AnswerState, Value
from assessor.answers.proof import name_of
from assessor.pack.question import LevelQuestion, Question
from assessor.report.wording import brief_text, state_text, value_text
from assessor.words import CERTAINTY, _

Part = Literal["claimed", "verified", "reason", "remark", "sure", "evidence"]
PARTS: dict[Part, str] = {
    "claimed": "自报",
    "verified": "核实",
    "reason": "原因",
    "remark": "备注",
    "sure": "把握",
    "evidence": "佐证",
}
_MOST = 24
"""Characters of a value that a line has room for."""


@dataclass(frozen=True, slots=True)
class Change:
    """One part of an answer before and after, in words; evidence names what went and what came."""

    part: Part
    before: str
    after: str
    is_first: bool = False
    """Whether nothing stood there before."""


def short_text(question: Question, value: Value) -> str:
    """A value in a few words: a level by its number alone."""
    if isinstance(question, LevelQuestion):
        return _("{level} 级").format(level=value)
    return brief_text(value_text(question, value), _MOST)


def changes(question: Question, before: Answer, after: Answer) -> tuple[Change, ...]:
    """What differs between two answers to a question."""
    return tuple(_differing(question, before, after))


def _differing(question: Question, before: Answer, after: Answer) -> Iterator[Change]:
    if (before.value, before.state) != (after.value, after.state):
        is_first = before.state is AnswerState.UNANSWERED
        yield Change("claimed", _claimed(question, before), _claimed(question, after), is_first)
    if before.verified != after.verified:
        told = _value(question, before.verified), _value(question, after.verified)
        yield Change("verified", *told, before.verified is None)
    if before.reason != after.reason:
        yield Change("reason", _words(before.reason), _words(after.reason), not before.reason)
    if before.remark != after.remark:
        yield Change("remark", _words(before.remark), _words(after.remark), not before.remark)
    if before.sure != after.sure:
        yield Change("sure", _sure(before.sure), _sure(after.sure), before.sure is None)
    if before.evidence != after.evidence:
        gone = [line for line in before.evidence if line not in after.evidence]
        come = [line for line in after.evidence if line not in before.evidence]
        yield Change("evidence", _names(gone), _names(come))


def _claimed(question: Question, answer: Answer) -> str:
    return state_text(answer.state) if answer.value is None else short_text(question, answer.value)


def _value(question: Question, value: Value | None) -> str:
    return _("没有核实") if value is None else short_text(question, value)


def _words(text: str) -> str:
    return _("“{brief}”").format(brief=brief_text(text, _MOST)) if text else _("空")


def _sure(degree: int | None) -> str:
    return _("没有注明") if degree is None else _(CERTAINTY[degree])


def _names(lines: Sequence[str]) -> str:
    return _("、").join(_("“{brief}”").format(brief=brief_text(name_of(line), _MOST)) for line in lines)


def change_text(change: Change, *, both: bool) -> str:
    """A change as a line of the history; with `both` sides, each is named."""
    if change.part == "evidence":
        went = _("去掉佐证{names}").format(names=change.before) if change.before else ""
        came = _("加上佐证{names}").format(names=change.after) if change.after else ""
        return _("，").join(text for text in (went, came) if text)
    name = "" if change.part == "claimed" and not both else f"{_(PARTS[change.part])} "
    return f"{name}{change.after}" if change.is_first else f"{name}{change.before} → {change.after}"


def back_text(named: str, found: Sequence[Change], *, both: bool, again: bool = False) -> str:
    """What was taken back, or done `again`, for one question or fact: `T04 从 3 级改回 2 级`."""
    told = [_back(change, both=both, again=again) for change in found]
    return f"{named} {_('，').join(told)}" if told else named


def _back(change: Change, *, both: bool, again: bool) -> str:
    if change.part == "evidence":
        return change_text(change, both=both)
    turn = _("改成") if again else _("改回")
    name = "" if change.part == "claimed" and not both else _(PARTS[change.part])
    return _("{name}从 {before} {turn} {after}").format(
        name=name, before=change.before, turn=turn, after=change.after
    )
