"""Which fields may stand in a Word template? Their names are the words that people use."""

from collections.abc import Mapping
from typing import Any

from assessor.diagnosis import Diagnosis
from assessor.report.context import Report

CHAPTERS: Mapping[str, str] = {
    "summary": "一页结论",
    "contents": "读法与企业概况",
    "score": "得分与等级",
    "scenes": "行业场景",
    "ministry": "数字化经营场景",
    "index": "万企融合指数",
    "standards": "其他标准怎么看",
    "peers": "与同行对照",
    "exemplars": "同行做成了什么",
    "support": "能用的支持",
    "platforms": "行业平台",
    "others": "其他作答",
    "doubts": "红线与疑点",
    "evidence": "佐证材料清单",
    "method": "方法与来源",
}
"""Chapter, by the id of its heading, → the field it stands in for."""
WHOLE = "全部章节"
"""All chapters that have no field of their own in the template."""
OPEN = "待补充"


def fields(diagnosis: Diagnosis, view: Report) -> Mapping[str, Any]:
    """Every field with its text; what the firm has not said is 待补充."""
    facts = {fact.title: fact.text for fact in view.cover.facts}
    summary = view.summary
    texts = {
        "企业名称": view.cover.firm,
        "统一社会信用代码": facts.get("统一社会信用代码", ""),
        "行业": facts.get("行业", ""),
        "厂区": facts.get("厂区", ""),
        "诊断方式": view.cover.mode,
        "诊断日期": view.date,
        "诊断人": view.by,
        "诊断包": facts.get("诊断包", ""),
        "报告名称": view.cover.title,
        "等级": summary.level,
        "结论": summary.sentence,
        "虚构提示": "虚构示例，不能用于上报" if view.cover.invented else "",
        "填报进度": summary.progress,
    }
    may_be_empty = {"虚构提示", "厂区"}
    return {
        **{name: text or ("" if name in may_be_empty else OPEN) for name, text in texts.items()},
        "企业情况": [{"名称": fact.title, "内容": fact.text} for fact in view.firm],
        **{name: marker(name) for name in (*CHAPTERS.values(), WHOLE)},
    }


def marker(name: str) -> str:
    """What stands in the filled template where a chapter belongs."""
    return f"\u2063{name}\u2063"
