"""What is written in the workbook, word for word: writer and reader look here, nowhere else.

The words on the sheet are the interface between a firm and the program; they are Chinese in every
language of the program, because the firm fills them in.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from assessor.answers.model import AnswerState
from assessor.words import MODES, SIDES, STATES

SCHEMA = "1"
FORMAT = "assessor-workbook"
PROPERTY = "assessor-"
"""Custom document properties carry the identity under this prefix."""

COVER = "封面"
SCORE = "得分"
VERDICT = "结论"
ROADMAP = "路线图"
CALC = "计算"
LISTS = "列表"
META = "_meta"

TICK = "√"
YES, NO = "是", "否"
EMPTY_TABLE = "没有"
CLAIMED, VERIFIED = SIDES["claimed"], SIDES["verified"]
MODE_NAMES = MODES
STATE_NAMES = {
    state: STATES[state.value]
    for state in (
        AnswerState.UNKNOWN,
        AnswerState.DECLINED,
        AnswerState.NOT_APPLICABLE,
        AnswerState.UNANSWERED,
    )
}
"""The last one means no more than an empty cell; it is read, never offered."""

DONE, BLANK, LOOK, REASON, TOLD, NOT_ASKED = "已填", "未填", "请检查", "请写原因", "已说明", "不问"
"""What the check column says."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: `title` as printed, `names` by which it is found, width in characters."""

    key: str
    title: str
    width: float
    names: tuple[str, ...] = ()
    printed: bool = True


ID = Column("id", "编号", 9, ("编号", "题号"))
ANSWER_COLUMNS = (
    ID,
    Column("text", "题目与选项", 56, ("题目与选项", "题目")),
    Column("claimed", CLAIMED, 12, (CLAIMED, "自报", "填报", "填报值", "填写")),
    Column("verified", VERIFIED, 11, (VERIFIED, "核实", "核实值")),
    Column("unit", "单位", 7, ("单位",)),
    Column("state", "填不了时选", 10, ("填不了时选", "作答状态", "状态")),
    Column("reason", "原因", 13, ("原因", "原因说明")),
    Column("remark", "备注", 13, ("备注", "说明")),
    Column("evidence", "佐证材料", 16, ("佐证材料", "佐证")),
    Column("sure", "把握", 5, ("把握", "把握1-3")),
    Column("check", "检查", 9, ("检查",), printed=False),
    Column("author", "填报人", 10, ("填报人",), printed=False),
    Column("at", "时间", 12, ("时间", "填报时间"), printed=False),
)
FACT_COLUMNS = (
    ID,
    Column("text", "项目与说明", 56, ("项目与说明", "项目")),
    Column("claimed", "填写", 26, ("填写", CLAIMED, "填报", "填报值")),
    Column("unit", "单位", 7, ("单位",)),
    Column("check", "检查", 13, ("检查",)),
    Column("author", "填报人", 10, ("填报人",), printed=False),
    Column("at", "时间", 12, ("时间", "填报时间"), printed=False),
)
"""Columns by which an answer is checked or dated come last: nobody needs them on paper."""
SIDE = Column("side", "哪一方", 12, ("哪一方", "填报方"))
"""First column of a table's rows after the id: said by the firm (also when empty) or seen on site."""

HEAD = "_"
"""What stands on the cover about the assessment itself has its name with a stroke before it as id."""

_BRACKETED = re.compile(r"\(.*?\)|（.*?）")
_NOT_WORD = re.compile(r"[\s*＊:：·、,，。_-]+")
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD))
_LONGEST_HEADER = 60


def folded(text: str) -> str:
    """The text as people mean it: full-width forms, invisible characters and outer spaces gone."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", text).translate(_INVISIBLE).strip()


def header_name(text: str) -> str:
    """A header reduced to what identifies it: no line breaks, asterisks, brackets, spaces."""
    return _header_name(text) if len(text) <= _LONGEST_HEADER else ""


@lru_cache(maxsize=8192)
def _header_name(text: str) -> str:
    return _NOT_WORD.sub("", _BRACKETED.sub("", folded(text)))
