"""Who reads the report, and which chapters are for them? The one place where chapters are listed."""

from collections.abc import Iterable, Mapping
from typing import Literal

from assessor.report.wording import numeral

Reader = Literal["boss", "plant", "agency"]

TITLES: Mapping[str, str] = {
    "summary": "一页结论",
    "steps": "先做这几步",
    "contents": "读法与企业概况",
    "verdicts": "各模型的结论",
    "score": "得分与等级",
    "scenes": "行业场景",
    "ministry": "数字化经营场景",
    "index": "万企融合指数",
    "standards": "其他标准怎么看",
    "peers": "与同行对照",
    "exemplars": "同行做成了什么",
    "roadmap": "路线图",
    "support": "能用的支持",
    "platforms": "行业平台",
    "others": "其他作答",
    "doubts": "红线与疑点",
    "evidence": "佐证材料清单",
    "method": "方法与来源",
}
"""Every chapter there is, by the id of its heading; the title is its field in a Word template as well."""

UNNUMBERED = frozenset({"summary", "steps", "contents"})
"""Pages that stand before the numbered chapters."""

CHAPTERS: Mapping[Reader, tuple[str, ...]] = {
    "boss": ("summary", "steps"),
    "plant": (
        "summary",
        "contents",
        "score",
        "scenes",
        "ministry",
        "index",
        "standards",
        "peers",
        "exemplars",
        "roadmap",
        "support",
        "platforms",
        "others",
        "doubts",
        "evidence",
        "method",
    ),
    "agency": (
        "contents",
        "verdicts",
        "score",
        "scenes",
        "ministry",
        "index",
        "standards",
        "others",
        "doubts",
        "evidence",
        "method",
    ),
}
"""What each reader gets, in this order; a chapter without content is left out."""

PAPERS: Mapping[Reader, str] = {"boss": "企业负责人摘要", "plant": "", "agency": "主管部门附件"}
"""How a paper is called beside the title of the report; the whole report needs no other name."""


def chapter_numbers(order: Iterable[str]) -> Mapping[str, str]:
    """Chapter → its number in Chinese, without gaps; empty for pages that carry none."""
    numbered = [name for name in order if name not in UNNUMBERED]
    return {name: numeral(place) for place, name in enumerate(numbered, 1)}
