"""What did the reader find? Repairs, notices and faults, each with its cell, and the letter back."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessor.errors import Problem
from assessor.words import _

REPAIRS: Mapping[str, str] = {
    "spaces": "去掉了多余的空格或看不见的字符",
    "number-text": "文字形式的数字读成了数",
    "number-words": "去掉了数字前后的单位、逗号或“约”",
    "percent": "读成了百分数",
    "option": "统一成了选项的写法",
    "tick": "统一成了勾选的写法",
    "date": "统一了日期的写法",
    "formula": "这一格是公式，取了它的结果",
    "row-moved": "同一题有两行，一行空着，取了填好的一行",
    "row-renamed": "旧编号，按新编号读",
    "version-other": "问卷是旧版，按本机的版本读",
}
"""What was mended without doubt; the file counts as repaired."""

NOTICES: Mapping[str, str] = {
    "sheet-renamed": "工作表改了名，按内容认出",
    "column-missing": "缺少这一列，其余照读",
    "row-unknown": "多出来的一行，没有读",
    "comment": "工作表里有批注，没有读",
    "cell-far": "表格很远处有内容，没有读",
    "identity-lost": "隐藏页或文件属性里没有问卷的身份，凭其余的认出",
    "digest-other": "诊断包同版但内容有改动",
}
"""What a person may want to know; the file counts as it would without."""


@dataclass(frozen=True, slots=True)
class Repair:
    """Something that was mended or noticed: what stood in the cell, and what it was taken for."""

    code: str
    sheet: str
    cell: str
    was: str = ""
    now: str = ""
    item: str = ""

    @property
    def text(self) -> str:
        """One sentence for a person."""
        said = _(REPAIRS.get(self.code) or NOTICES[self.code])
        change = f"{self.was} → {self.now}" if self.now else self.was
        said = _("{said}：{change}").format(said=said, change=change) if change else said
        return f"{self.sheet} {self.cell} {said}".strip()


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that can't be used: where, which code, why, and what to do."""

    sheet: str
    cell: str
    code: str
    reason: str
    remedy: str
    item: str = ""

    @property
    def text(self) -> str:
        """One sentence for a person."""
        place = f"{self.sheet} {self.cell}".strip()
        return (
            _("{place}：{reason}。{remedy}。").format(place=place, reason=self.reason, remedy=self.remedy)
            if place
            else _("{reason}。{remedy}。").format(reason=self.reason, remedy=self.remedy)
        )


def fault_of(problem: Problem, sheet: str = "", cell: str = "", item: str = "") -> Fault:
    """A problem as a fault of a place."""
    return Fault(sheet, cell, problem.code, problem.what, problem.remedy, item)
