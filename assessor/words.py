"""What is it called? Words for states, modes and sizes, and names in the language now spoken.

Source texts are Chinese. `_` marks and translates a text at the edge (window, paper, command line); the
engine only carries codes.
"""

from collections.abc import Mapping, Sequence

from assessor.language import LANGUAGES, TAGS, Language, _, language, speak, speaking

__all__ = [
    "LANGUAGES",
    "TAGS",
    "Language",
    "_",
    "language",
    "named",
    "ranged",
    "sentence",
    "speak",
    "speaking",
]


def named(record: object) -> str:
    """The title, name or text of something of a pack in the language now spoken; else in Chinese."""
    for field in ("title", "name", "text"):
        source = getattr(record, field, None)
        if source:
            return str(
                (getattr(record, f"{field}_en", None) if language() == "en" else None) or _(str(source))
            )
    return ""


STATES = {
    "answered": "已答",
    "unanswered": "未答",
    "unknown": "不清楚",
    "declined": "不便提供",
    "not_applicable": "不适用",
    "not_asked": "不问",
    "not_in_version": "本版没有",
}
MODES = {"self": "自评", "onsite": "现场评定"}
SIDES = {"claimed": "企业自报", "verified": "现场核实"}
SIZES = {"micro": "微型", "small": "小型", "medium": "中型", "large": "大型"}
RUNGS = ("未开展", "单点", "在线", "集成闭环", "模型驱动")
"""Names of the five rungs of a trade scene."""
SHORT_SIDES = {"claimed": "自报", "verified": "核实"}
SOURCE_KINDS = {"standard": "标准", "statistic": "统计", "case": "案例", "expert": "专家判断"}
SURE = {
    "read": "已读原文或转载",
    "second-hand": "转述，未见原文",
    "weak": "来源较弱",
    "own": "本工具编写组判断",
}
CERTAINTY = {1: "不太有把握", 2: "比较有把握", 3: "很有把握"}
READ_AS = {
    "original": "原文",
    "reprint": "转载",
    "excerpt": "节选",
    "transcription": "转录",
    "second-hand": "转述",
}

FINDINGS = {
    "uscc-invented": "统一社会信用代码的登记地为 000000，是虚构示例，不能用于上报",
    "uscc-region": "统一社会信用代码第 3—8 位“{region}”不是已知的登记地，请照营业执照核对",
    "uscc-inner": "统一社会信用代码第 17 位是 {found}，按组织机构代码规则应为 {expected}，请照营业执照核对",
    "letter-against-figures": "选的是 {letter}，按数字应为 {figures}；计分以数字为准",
    "unusual-without-reason": "数值 {value} 不在常见范围 {low}—{high}，请核对；属实请写明原因",
    "verified-above-claimed": "现场核实 {verified} 级，高于企业自报 {claimed} 级，请确认",
    "rule": "{say}（可抽查：{sample}）",
    "changed-without-reason": "现场核实与企业自报不同，请写一句原因",
}
NOTES = {
    "gates-not-read-in-original": "等级门槛取自转述，尚未对照主管部门原文（{sure}）",
    "proposals-unconfirmed": "有 {count} 个部里场景已按行业场景给出建议等级，尚未确认，暂按 0—4 级区间计",
    "expert-index": "本工具研制，专家判断，非官方评价",
    "weight-used": "有不适用的部分，按 {used:g}/{total:g} 权重计",
    "too-little-weight": "适用部分的权重只有 {used:g}/{total:g}，不足六成，不出分",
    "part-not-judged": "“{part}”没有适用的题目，不参与计分，也不能据此升阶段",
    "not-applicable-scores-zero": "有 {count} 项不适用；本模型对不适用按零分计，不重新分配权重",
    "standard-reading-only": "权重没有公开读到，只作读法，不评级",
    "standard-plant-type-unknown": "还不知道按{types}哪一类评，权重定不下来",
    "standard-weights-unknown": "{number} 个能力域和子域的权重没有公开读到，不猜",
    "standard-requirements-unknown": "有 {number} 个子域的逐条要求没有收进模型文件，不能按标准打分",
    "standard-gates-incomplete": "{items}的条件没有读到原件，不判定到哪一级",
}
SUPPORT = {
    "over": "已到期或已废止",
    "run-out": "写明的期限已过，有没有延长要问",
    "replaced": "已被新文件代替",
    "other-payee": "钱不是给工厂的",
    "region": "不在适用地区",
    "size": "企业规模不在范围内",
    "industry": "行业不在范围内",
    "condition": "条件不符：{items}",
    "validity": "没有查到是否还有效",
    "announced": "只见到征求意见或预告，还没有施行",
    "not-yet": "到这一天还没有开始",
    "stale": "超过一年没有核对",
    "unanswered": "还没有答：{items}",
    "ask": "有的条件问卷里没有，要问",
    "terms": "金额或比例没有查到",
}
"""Why a support is not certain."""


def ranged(low: object, high: object) -> str:
    """From one end to the other: 36.4—46.4; with the dash of the language now spoken."""
    return _("{low}—{high}").format(low=low, high=high)


def sentence(table: Mapping[str, str], code: str, values: Mapping[str, object]) -> str:
    """The sentence of a finding or note; `{count}` is the number of `ids` in its values."""
    ids = values.get("ids", ())
    count = len(ids) if isinstance(ids, Sequence) else 0
    filled = {"count": count, **values, "sure": _(SURE.get(str(values.get("sure")), ""))}
    said = {key: _("不限") if value is None else value for key, value in filled.items()}
    return _(table[code]).format(**said)
