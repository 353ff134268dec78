"""What equipment and software are there? The two lists of the questionnaire as rows of texts.

Every trade has both; they are known by their columns, so that a new trade needs no word here.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import cast

from assessor.diagnosis import Diagnosis
from assessor.pack.question import TableQuestion
from assessor.report.wording import number_text

Row = Mapping[str, str]
"""Texts by the names a Word template calls them by."""
Rows = tuple[Row, ...]

_EQUIPMENT = frozenset({"name", "units", "networked"})
_SOFTWARE = frozenset({"name", "step", "deploy"})


def _rows_of(diagnosis: Diagnosis, columns: frozenset[str]) -> Iterator[Row]:
    """The rows of the list that has these columns, on the side that counts where that was seen."""
    for question in diagnosis.pack.asked():
        if not isinstance(question, TableQuestion):
            continue
        if columns <= {column.id for column in question.columns}:
            answer = diagnosis.answers.get(question.id)
            rows = answer.on(diagnosis.headline) or answer.value
            for row in cast("tuple[Mapping[str, object], ...]", rows or ()):
                yield _named(question, row)


def _named(question: TableQuestion, row: Mapping[str, object]) -> Row:
    """The cells as texts, by the column's id and by its title alike."""
    cells: dict[str, str] = {}
    for column in question.columns:
        cells[column.id] = cells[column.title] = _cell(row.get(column.id))
    return cells


def _cell(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return number_text(cell) if isinstance(cell, Decimal) else str(cell)


def equipment(diagnosis: Diagnosis) -> Rows:
    """The equipment, by its kind; empty without a list."""
    return tuple(_equipment(diagnosis))


def _equipment(diagnosis: Diagnosis) -> Iterator[Row]:
    rows = sorted(_rows_of(diagnosis, _EQUIPMENT), key=lambda row: row["kind"])
    for number, row in enumerate(rows, 1):
        why = row["停用原因"]
        yield {
            "序号": str(number),
            "类别": row["kind"],
            "名称": row["name"],
            "型号": row["model"],
            "台数": row["units"],
            "数字化台数": row["digital"],
            "联网台数": row["networked"],
            "数控台数": row["numeric"],
            "状态": f"{row['state']}（{why}）" if why else row["state"],
            "供应商": row["供应商"],
        }


def software(diagnosis: Diagnosis) -> Rows:
    """The systems, one row each: the questionnaire has a row for each step that a system serves."""
    return tuple(_software(diagnosis))


def _software(diagnosis: Diagnosis) -> Iterator[Row]:
    rows = sorted(_rows_of(diagnosis, _SOFTWARE), key=lambda row: row["name"])
    for number, (name, found) in enumerate(groupby(rows, key=lambda row: row["name"]), 1):
        lines = list(found)
        yield {
            "序号": str(number),
            "类别": _joined(lines, "kind"),
            "名称": name,
            "环节": _joined(lines, "step"),
            "部署": _joined(lines, "deploy"),
            "自动采集": _joined([line for line in lines if line["auto"] == "是"], "step") or "没有",
            "状态": "在用" if any(line["recent"] == "是" for line in lines) else "近 30 天没有记录",
            "供应商": _joined(lines, "供应商"),
        }


def _joined(rows: Sequence[Row], name: str) -> str:
    return "、".join(dict.fromkeys(row[name] for row in rows if row[name]))


def lists_text(machines: Rows, systems: Rows) -> str:
    """What the two lists come to, as sentences; empty without lists."""
    told = []
    if machines:
        total, digital, networked = (_sum(machines, name) for name in ("台数", "数字化台数", "联网台数"))
        told.append(
            f"清单上有设备 {len(machines)} 种 {total} 台，其中数字化 {digital} 台、联网 {networked} 台。"
        )
    if systems:
        steps = {step for row in systems for step in row["环节"].split("、") if step}
        told.append(f"有系统 {len(systems)} 套，管 {len(steps)} 个环节。")
    return "".join(told)


def _sum(rows: Rows, name: str) -> str:
    figures = (Decimal(row[name].replace(",", "") or 0) for row in rows)
    return number_text(sum(figures, Decimal(0)))
