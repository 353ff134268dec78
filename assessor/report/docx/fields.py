"""Which fields may stand in a Word template? Their names are the words that people use."""

from collections.abc import Mapping
from typing import Any

from assessor.diagnosis import Diagnosis
from assessor.report.context import Report
from assessor.report.context_lists import Row, Rows
from assessor.report.context_survey import survey
from assessor.report.readers import TITLES
from assessor.roadmap.plan import Roadmap
from assessor.words import _, named

WHOLE = "全部章节"
"""All chapters of the reader that have no field of their own in the template."""
OPEN = "待补充"
LONG = "要目录"
"""Whether the report has so many chapters that a table of contents helps; to be asked, not printed."""
_FEW_CHAPTERS = 3

TEXTS: Mapping[str, str] = {
    "企业名称": "企业全称",
    "统一社会信用代码": "照营业执照",
    "行业": "行业小类和代码",
    "厂区": "这次诊断的厂区；没有填就空着",
    "诊断方式": "自评，或现场评定",
    "诊断日期": "例如 2026年5月20日",
    "诊断人": "谁做的诊断",
    "诊断包": "用的哪个行业的题目、哪一版",
    "报告名称": "数字化水平诊断报告",
    "报告用途": "给谁看的：企业负责人摘要、主管部门附件；完整报告空着",
    "等级": "例如 二级；答案不全时写成一段",
    "结论": "一句话结论：等级和得分",
    "填报进度": "应答、已答、没答各多少题",
    "现状概述": "设备、系统、结论、差距，只写事实",
    "项目依据": "项目清单是按什么预算、什么目标排的；没有排就是“待补充”",
    "虚构提示": "示例企业印“虚构示例，不能用于上报”；真企业空着",
}
"""Field → what becomes of it, for fields that are one text."""

LISTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "企业情况": ("企业概况，一行一项", ("名称", "内容")),
    "模型结论": ("每个模型一行", ("模型", "结论", "自报", "说明", "依据")),
    "设备清单": (
        "生产设备清单，一种一行",
        ("序号", "类别", "名称", "型号", "台数", "数字化台数", "联网台数", "数控台数", "状态", "供应商"),
    ),
    "软件清单": (
        "在用系统，一套一行",
        ("序号", "类别", "名称", "环节", "部署", "自动采集", "状态", "供应商"),
    ),
    "痛点": ("最多六条：红线在前，再是最弱的场景", ("序号", "标题", "内容", "依据")),
    "三年计划": ("三行，一年一行", ("阶段", "时间", "任务", "结果")),
    "五层": ("五行，从经营决策到网络与安全；痛点写序号", ("层", "现有", "差距", "痛点")),
    "项目": (
        "路线图里的举措，一项一行；给了预算才有",
        ("序号", "名称", "类别", "内容", "目标", "投资", "时间", "红线"),
    ),
}
"""Field → what its rows are, and the names of what stands in a row."""

_MAY_BE_EMPTY = frozenset({"虚构提示", "厂区", "报告用途"})


def fields(diagnosis: Diagnosis, view: Report, roadmap: Roadmap | None = None) -> Mapping[str, Any]:
    """Every field with its text; what is not known is 待补充, a list without rows one row of them."""
    facts = {named(fact): fact.text for fact in view.cover.facts}
    summary, form = view.summary, survey(diagnosis, view, roadmap)
    texts = {
        "企业名称": view.cover.firm,
        "统一社会信用代码": facts.get(_("统一社会信用代码"), ""),
        "行业": facts.get(_("行业"), ""),
        "厂区": facts.get(_("厂区"), ""),
        "诊断方式": view.cover.mode,
        "诊断日期": view.date,
        "诊断人": view.by,
        "诊断包": facts.get(_("诊断包"), ""),
        "报告名称": view.cover.title,
        "报告用途": view.cover.paper,
        "等级": summary.level,
        "结论": summary.sentence,
        "填报进度": summary.progress,
        "现状概述": form.state,
        "项目依据": form.basis,
        "虚构提示": "虚构示例，不能用于上报" if view.cover.invented else "",
    }
    lists = {
        "企业情况": tuple({"名称": named(fact), "内容": fact.text} for fact in view.firm),
        "模型结论": tuple(
            {
                "模型": row.title,
                "结论": row.said,
                "自报": row.claimed or "同结论",
                "说明": row.more or "—",
                "依据": row.basis,
            }
            for row in view.models
        ),
        **form.lists,
    }
    return {
        LONG: len(view.order) > _FEW_CHAPTERS,
        **{name: text or ("" if name in _MAY_BE_EMPTY else OPEN) for name, text in texts.items()},
        **{name: _rows(name, rows) for name, rows in lists.items()},
        **{name: marker(name) for name in (*TITLES.values(), WHOLE)},
    }


def _rows(name: str, rows: Rows) -> list[Row]:
    empty = dict.fromkeys(LISTS[name][1], OPEN)
    return [{cell: text or OPEN for cell, text in row.items()} for row in rows] or [empty]


def marker(name: str) -> str:
    """What stands in the filled template where a chapter belongs."""
    return f"\u2063{name}\u2063"
