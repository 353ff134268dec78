"""How is told what a newer questionnaire does to an answer? Old and new wording side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessor.answers.carry import Fate
from assessor.errors import Problem
from assessor.pack.question import (
    LevelQuestion,
    MultiQuestion,
    Question,
    RatioQuestion,
    SingleQuestion,
    TableQuestion,
)
from assessor.words import _, named

PARTS = {
    "kind": "题型",
    "title": "标题",
    "ask": "问法",
    "help": "怎么判断",
    "look": "看什么",
    "why": "为什么问",
    "process": "工序",
    "evidence": "佐证",
    "readings": "分情况的说明",
    "ask_if": "什么时候问",
    "may_not_apply": "可否选不适用",
    "onsite_only": "只在现场记",
    "required": "是否必填",
    "options": "选项",
    "levels": "各级写法",
    "unit": "单位",
    "bounds": "允许的范围",
    "bands": "区间",
    "numerator": "其中",
    "denominator": "总数",
    "quantity": "量",
    "better": "往哪边算好",
    "columns": "列",
    "format": "格式",
    "empty_is_zero": "没有时算零",
}
KINDS = {
    "level": "分级",
    "single": "单选",
    "multi": "多选",
    "bool": "是非",
    "number": "数字",
    "ratio": "比率",
    "trend": "前后对比",
    "table": "表格",
    "text": "文字",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """One part of a question in both versions; both are empty where only a rule changed."""

    part: str
    old: str
    new: str


def pairs(old: Question, new: Question, changed: Sequence[str]) -> tuple[Pair, ...]:
    """What changed in a question, part by part; of lists only the lines that differ."""
    return tuple(_pair(old, new, name) for name in changed if name in PARTS)


def _pair(old: Question, new: Question, name: str) -> Pair:
    before, after = _lines(old, name), _lines(new, name)
    gone = [line for line in before if line not in after]
    come = [line for line in after if line not in before]
    return Pair(_(PARTS[name]), "\n".join(gone), "\n".join(come))


def _lines(question: Question, name: str) -> Sequence[str]:
    value = getattr(question, name, None)
    match question:
        case LevelQuestion() if name == "levels":
            rungs = question.levels
            return [
                _("{level} 级：{text}{proofs}").format(
                    level=rung.level, text=rung.text, proofs=_proofs(rung.evidence)
                )
                for rung in rungs
            ]
        case SingleQuestion() | MultiQuestion() if name == "options":
            return [f"{option.id} {named(option)}{_proofs(option.evidence)}" for option in question.options]
        case RatioQuestion() if name == "bands":
            return [f"{band.id} {band.text}" for band in question.bands]
        case TableQuestion() if name == "columns":
            return [
                " ".join(part for part in (_(each.title), _(each.unit)) if part) for each in question.columns
            ]
    if name == "kind":
        return [_(KINDS[question.kind])]
    if isinstance(value, bool):
        return [_("是") if value else _("否")]
    if isinstance(value, tuple) and all(isinstance(each, str) for each in value):
        return value
    return [value] if isinstance(value, str) and value else []


def _proofs(evidence: Sequence[str]) -> str:
    return _("（要看到：{evidence}）").format(evidence=_("、").join(evidence)) if evidence else ""


def why_text(fate: Fate) -> str:
    """Why an answer is asked for again; empty for those that are carried."""
    if fate.fate != "ask_again":
        return ""
    if isinstance(fate.problem, Problem):
        return fate.problem.what
    named = _("、").join(dict.fromkeys(_(PARTS[name]) for name in fate.changed if name in PARTS))
    return _("题目的含义变了：{parts}").format(parts=named) if named else _("题目的含义变了")
