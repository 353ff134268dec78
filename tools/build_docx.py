"""How is the shipped Word template made? From `reports/looks.yaml`, so that Word looks like the rest.

Writes `reports/docx/report.docx`. A consultant opens it in Word, puts in a logo, moves or deletes fields,
and gives it to `report --template`.

    python tools/build_docx.py
"""

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from docx import Document  # noqa: E402
from docx.enum.text import WD_BREAK  # noqa: E402
from docx.oxml import OxmlElement  # noqa: E402
from docx.oxml.ns import qn  # noqa: E402
from docx.shared import Mm, Pt  # noqa: E402

from assessor.report.docx.styles import LEAD, SMALL, add_styles, dress, rgb  # noqa: E402
from assessor.report.looks import load_looks  # noqa: E402

OUT = ROOT / "reports/docx/report.docx"
COVER = ("行业", "统一社会信用代码", "诊断方式", "诊断日期", "诊断人", "诊断包")


def main() -> None:
    """Write the template."""
    looks = load_looks()
    document = Document()
    dress(document, looks)
    add_styles(document, looks)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(looks.paper.margin_side_mm)
    page.top_margin = page.bottom_margin = Mm(looks.paper.margin_top_mm)
    page.different_first_page_header_footer = True
    _cover(document)
    _contents(document)
    document.add_paragraph("{{一页结论}}")
    document.add_paragraph("{{全部章节}}")
    page.header.paragraphs[0].text = "{{企业名称}}　{{报告名称}}"
    foot = page.footer.paragraphs[0]
    foot.add_run("第 ")
    _field(foot, "PAGE", "1")
    foot.add_run(" 页，共 ")
    _field(foot, "NUMPAGES", "1")
    foot.add_run(" 页　{{诊断包}}")
    OUT.parent.mkdir(parents=True, exist_ok=True)
    document.save(OUT)
    print(OUT.relative_to(ROOT), OUT.stat().st_size)


def _cover(document: Any) -> None:
    looks = load_looks()
    kind = document.add_paragraph("万企融合诊断　{{诊断方式}}", style=LEAD)
    kind.paragraph_format.space_before = Pt(150)
    document.add_paragraph("{{报告名称}}", style="Title")
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
