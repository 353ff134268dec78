"""How are the shipped Word templates made? From `reports/looks.yaml`, so that Word looks like the rest.

Writes `reports/docx/report.docx` and `survey.docx`. A consultant opens one in Word, puts in a logo, moves or
deletes fields, and gives it to `report --template`; `docs/word-templates.md` tells how.

    python tools/build_docx.py
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from docx import Document  # noqa: E402
from docx.enum.text import WD_BREAK  # noqa: E402
from docx.oxml import OxmlElement  # noqa: E402
from docx.oxml.ns import qn  # noqa: E402
from docx.shared import Mm, Pt  # noqa: E402

from assessor.report.docx.styles import LEAD, SMALL, add_styles, dress, rgb, shade  # noqa: E402
from assessor.report.looks import load_looks  # noqa: E402

OUT = ROOT / "reports/docx"
COVER = ("行业", "统一社会信用代码", "诊断方式", "诊断日期", "诊断人", "诊断包")
WIDTH_MM = 166.0
"""Between the margins."""


def main() -> None:
    """Write both templates."""
    OUT.mkdir(parents=True, exist_ok=True)
    for name, fill in (("report", _report), ("survey", _survey)):
        document = _blank()
        fill(document)
        path = OUT / f"{name}.docx"
        document.save(path)
        print(path.relative_to(ROOT), path.stat().st_size)


def _blank() -> Any:
    """A4 with our styles, the firm above and the page below."""
    looks = load_looks()
    document = Document()
    dress(document, looks)
    add_styles(document, looks)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(looks.paper.margin_side_mm)
    page.top_margin = page.bottom_margin = Mm(looks.paper.margin_top_mm)
    page.different_first_page_header_footer = True
    page.header.paragraphs[0].text = "{{企业名称}}　{{报告名称}}"
    foot = page.footer.paragraphs[0]
    foot.add_run("第 ")
    _field(foot, "PAGE", "1")
    foot.add_run(" 页，共 ")
    _field(foot, "NUMPAGES", "1")
    foot.add_run(" 页　{{诊断包}}")
    return document


def _report(document: Any) -> None:
    """The report as on paper; a paper of few pages has no table of contents."""
    _cover(document, "万企融合诊断　{{诊断方式}}　{{报告用途}}", "{{报告名称}}")
    document.add_paragraph("{%p if 要目录 %}")
    _contents(document)
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{{一页结论}}")
    document.add_paragraph("{{全部章节}}")


def _cover(document: Any, kind: str, title: str) -> None:
    looks = load_looks()
    document.add_paragraph(kind, style=LEAD).paragraph_format.space_before = Pt(150)
    document.add_paragraph(title, style="Title")
    firm = document.add_paragraph(style=LEAD)
    run = firm.add_run("{{企业名称}}")
    run.font.size, run.bold = Pt(17), True
    firm.paragraph_format.space_after = Pt(60)
    warning = document.add_paragraph(style=LEAD)
    told = warning.add_run("{{虚构提示}}")
    told.bold, told.font.color.rgb = True, rgb(looks.light.red)
    table = document.add_table(rows=len(COVER), cols=2)
    for row, name in zip(table.rows, COVER, strict=True):
        row.cells[0].width, row.cells[1].width = Mm(40), Mm(120)
        row.cells[0].paragraphs[0].text = name
        row.cells[1].paragraphs[0].text = f"{{{{{name}}}}}"
    last = document.add_paragraph()
    last.add_run().add_break(WD_BREAK.PAGE)


def _contents(document: Any) -> None:
    document.add_paragraph("目录", style=LEAD).runs[0].bold = True
    line = document.add_paragraph()
    _field(line, 'TOC \\o "1-2" \\h \\z \\u', "在目录上点右键，选“更新域”，即可得到页码。")
    document.add_paragraph("改动正文以后，目录要再更新一次。", style=SMALL)
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


# -- the survey form -----------------------------------------------------------------------------


def _survey(document: Any) -> None:
    """The order of provincial survey forms: the firm, comparison and pain points, plan, annex."""
    _cover(document, "万企融合　{{诊断方式}}", "数字化改造调研诊断表")
    _contents(document)
    _firm(document)
    _comparison(document)
    _plan(document)
    document.add_heading("第四部分　附件：诊断明细", 1).paragraph_format.page_break_before = True
    for name in ("得分与等级", "红线与疑点", "佐证材料清单", "方法与来源"):
        document.add_paragraph(f"{{{{{name}}}}}")


def _firm(document: Any) -> None:
    document.add_heading("第一部分　企业与现状", 1)
    document.add_heading("1.1　基本情况", 2)
    _table(document, "企业情况", (("项目", "名称", 46), ("内容", "内容", 120)))
    document.add_heading("1.2　企业介绍", 2)
    _note(
        document,
        "待补充：企业概况、主营业务、主要产品、生产工艺与设备、竞争优势，合计 500 字左右；附厂区、产线照片。",
    )
    document.add_heading("1.3　数字化现状", 2)
    document.add_paragraph("{{现状概述}}")
    _note(document, "待补充：装备、网络、平台、软件、安全、人工智能各写一小段，只写现状，不写建议。")
    document.add_heading("表 A　主要设备", 2)
    _table(
        document,
        "设备清单",
        (
            ("序号", "序号", 9),
            ("类别", "类别", 22),
            ("名称", "名称", 31),
            ("型号", "型号", 21),
            ("台数", "台数", 11),
            ("数字化", "数字化台数", 13),
            ("联网", "联网台数", 11),
            ("数控", "数控台数", 11),
            ("状态", "状态", 18),
            ("供应商", "供应商", 19),
        ),
    )
    document.add_heading("表 B　主要软件", 2)
    _table(
        document,
        "软件清单",
        (
            ("序号", "序号", 9),
            ("类别", "类别", 24),
            ("名称", "名称", 30),
            ("管哪些环节", "环节", 32),
            ("部署", "部署", 14),
            ("自动采集的环节", "自动采集", 24),
            ("状态", "状态", 15),
            ("供应商", "供应商", 18),
        ),
    )


def _comparison(document: Any) -> None:
    document.add_heading("第二部分　对照与痛点", 1)
    document.add_heading("2.1　对照各个标准", 2)
    columns = (
        ("标准、模型", "模型", 34),
        ("结论", "结论", 52),
        ("企业自报", "自报", 26),
        ("差什么", "说明", 54),
    )
    _table(document, "模型结论", columns)
    _note(document, "官方评价系统的结果以其打印件为准，另附：待补充。")
    document.add_heading("2.2　痛点", 2)
    _note(document, "红线和提醒排在前面，其余按场景从低到高，最多六条。")
    columns = (("序号", "序号", 9), ("痛点", "标题", 30), ("情况", "内容", 87), ("依据", "依据", 40))
    _table(document, "痛点", columns)


def _plan(document: Any) -> None:
    document.add_heading("第三部分　规划与项目", 1)
    document.add_heading("3.1　思路与目标", 2)
    _note(document, "待补充：改造思路、总目标。没有经企业确认的数字不写。")
    document.add_heading("三年计划", 3)
    columns = (
        ("阶段", "阶段", 20),
        ("时间", "时间", 24),
        ("主要任务", "任务", 74),
        ("要看到的结果", "结果", 48),
    )
    _table(document, "三年计划", columns)
    document.add_heading("五层架构", 3)
    columns = (("层", "层", 22), ("现在有的", "现有", 68), ("还差的", "差距", 56), ("对应痛点", "痛点", 20))
    _table(document, "五层", columns, drawn=True)
    document.add_heading("3.2　项目清单", 2)
    document.add_paragraph("{{项目依据}}")
    _table(
        document,
        "项目",
        (
            ("序号", "序号", 9),
            ("项目", "名称", 26),
            ("类别", "类别", 12),
            ("内容", "内容", 45),
            ("可验收的目标", "目标", 30),
            ("投资", "投资", 20),
            ("时间", "时间", 24),
        ),
    )
    document.add_heading("3.3　服务商", 2)
    _note(document, "待调研：由企业自己比选。本表不推荐服务商，编写单位不收服务商的费用。")
    document.add_heading("3.4　诊断之后的服务", 2)
    _note(document, "待补充：回访时间、联系人、复评安排。")


def _note(document: Any, text: str) -> None:
    document.add_paragraph(text, style=SMALL)


def _table(
    document: Any, field: str, columns: Sequence[tuple[str, str, float]], *, drawn: bool = False
) -> None:
    """A table with a row for each of the list's; columns are (head, name in the row, width in mm)."""
    theme = load_looks().light
    table = document.add_table(rows=4, cols=len(columns), style="Table Grid")
    table.autofit = False
    share = WIDTH_MM / sum(width for _, _, width in columns)
    for place, (head, name, width) in enumerate(columns):
        for row, text in ((0, head), (2, f"{{{{行.{name}}}}}")):
            cell = table.rows[row].cells[place]
            paragraph = cell.paragraphs[0]
            paragraph.style = document.styles[SMALL]
            paragraph.add_run(text).bold = row == 0 or (drawn and place == 0)
            if row == 0 or (drawn and place == 0):
                shade(cell._tc.get_or_add_tcPr(), theme.accent_soft if row else theme.panel)
        for line in table.rows:
            line.cells[place].width = Mm(width * share)
        table._tbl.tblGrid.gridCol_lst[place].w = Mm(width * share)
    _frame(table, theme.outline)
    table.rows[1].cells[0].paragraphs[0].text = f"{{%tr for 行 in {field} %}}"
    table.rows[3].cells[0].paragraphs[0].text = "{%tr endfor %}"
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    document.add_paragraph(style=SMALL)


def _frame(table: Any, colour: str) -> None:
    """Thin lines, and room between them and the text."""
    borders, margins = OxmlElement("w:tblBorders"), OxmlElement("w:tblCellMar")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", colour[1:])):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    for side, twips in (("top", 40), ("left", 80), ("bottom", 20), ("right", 80)):
        room = OxmlElement(f"w:{side}")
        room.set(qn("w:w"), str(twips))
        room.set(qn("w:type"), "dxa")
        margins.append(room)
    properties = table._tbl.tblPr
    properties.insert_element_before(borders, "w:tblLayout", "w:tblLook")
    properties.insert_element_before(margins, "w:tblLook")


# -- fields of Word ------------------------------------------------------------------------------


def _field(paragraph: Any, code: str, shown: str) -> None:
    """A field of Word that works itself out."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", shown), ("end", "")):
        run = paragraph.add_run(text if kind == "text" else "")
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif kind == "":
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {text} "
            run._r.append(instruction)


if __name__ == "__main__":
    main()
