"""The cover: what this is, how to fill it in, where to go, and who the firm is."""

from typing import Any

from assessor.answers.firm import ALPHABET
from assessor.exchange import labels
from assessor.exchange.calc import block, counted
from assessor.exchange.heard import ONE, ZERO
from assessor.exchange.labels import FACT_COLUMNS
from assessor.exchange.layout import HEADER_ROW, Place, Row
from assessor.exchange.pen import Pen, link_to, list_name
from assessor.exchange.sheet import LIST_MODES, AnswerSheet, Block, Line
from assessor.exchange.style import height_of
from assessor.exchange.term import (
    EMPTY,
    Term,
    add,
    differs,
    joined,
    lit,
    same,
    some,
    sub,
    when,
)
from assessor.exchange.write_questions import (
    check_term,
    edge_of,
    finish,
    number_format,
    write_headers,
    write_row,
)
from assessor.pack.question import TextQuestion

HOW = (
    "这是什么：数字化诊断问卷。填完当场看“结论”“得分”两页；把本文件发回，用程序核对后出正式报告。",
    "怎么填：先填本页企业情况，再按下面目录逐页填浅色格子，有下拉箭头的请从列表里选。填错了直接改。",
    "填不了：在“填不了时选”里选“不清楚”“不便提供”或“不适用”，选“不适用”要写原因。没填和填 0 是两回事。",
    "数字：按单位填，百分之几就填几（85% 填 85）；万元不要填成元。“核实”一列由到现场的诊断人员填写。",
    "请不要改编号、删行删列。可以改文件名、调列宽，用 Excel、WPS、LibreOffice 填都可以。",
)
_LAST = len(FACT_COLUMNS) - 3
"""Last printed column, to which the texts on top run."""


def write_cover(pen: Pen) -> None:
    """The cover sheet."""
    page = pen.xlsx.get_worksheet_by_name(labels.COVER)
    cover = pen.layout.cover
    write_headers(pen, page, FACT_COLUMNS, cover.header)
    _top(pen, page)
    _directory(pen, page)
    _group(pen, page, cover.header + 1, "这次诊断")
    for line in pen.book.head:
        _head_line(pen, page, line)
    _group(pen, page, cover.facts - 1, "企业基本情况")
    for row in pen.layout.fact_rows():
        write_row(pen, page, FACT_COLUMNS, row)
        if row.head and row.block is not None:
            _fact_check(pen, page, row, row.block)
    finish(pen, page, FACT_COLUMNS, cover.header, pen.layout.last_fact - 1)
    page.set_portrait()


def _top(pen: Pen, page: Any) -> None:
    styles, manifest = pen.styles, pen.book.pack.manifest
    page.merge_range(0, 0, 0, _LAST, f"{manifest.title}", styles.title("chapter"))
    page.set_row(0, 32)
    subtitle = f"数字化诊断问卷　{manifest.version} 版　{manifest.date}　{manifest.provider}"
    page.merge_range(1, 0, 1, _LAST, subtitle, styles.quiet())
    width = sum(column.width for column in FACT_COLUMNS[: _LAST + 1])
    for number, text in enumerate(HOW):
        page.merge_range(2 + number, 0, 2 + number, _LAST, text, styles.plain())
        page.set_row(2 + number, height_of(text, width, styles.table) + 2)
    page.merge_range(
        pen.layout.cover.directory - 1,
        0,
        pen.layout.cover.directory - 1,
        _LAST,
        "目录",
        styles.title("section"),
    )
    page.set_row(pen.layout.cover.directory - 1, 24)


def _directory(pen: Pen, page: Any) -> None:
    row = pen.layout.cover.directory
    for sheet in pen.book.sheets:
        _entry(pen, page, row, sheet.name, _progress(pen, sheet))
        row += 1
    for name, said in ((labels.SCORE, lit("每题得分、等级门槛")), (labels.VERDICT, lit("一页看结果"))):
        if row < pen.layout.cover.header - 1:
            _entry(pen, page, row, name, said)
            row += 1


def _entry(pen: Pen, page: Any, row: int, name: str, said: Term) -> None:
    link = pen.styles.make(font_color=pen.styles.looks["accent"], underline=1)
    page.write_url(row, 1, link_to(name), link, name)
    pen.formula(page, row, 2, said, pen.styles.quiet(align="center", text_wrap=False))


def _progress(pen: Pen, sheet: AnswerSheet) -> Term:
    """Such as 已填 3 / 7, and what is to be looked at."""
    rows = [(row.number, row.block) for row in pen.layout.rows(sheet) if row.head and row.block is not None]
    if not rows:
        return EMPTY
    values = {number: check_term(pen, found).value for number, found in rows}
    column = [column.key for column in labels.ANSWER_COLUMNS].index("check")
    last = max(row.number for row in pen.layout.rows(sheet))
    first = HEADER_ROW + 1
    cells = block(
        sheet.name,
        Place(sheet.name, first, column),
        Place(sheet.name, last, column),
        [values.get(number, "") for number in range(first, last + 1)],
    )
    done = add(counted(cells, labels.DONE), counted(cells, labels.TOLD))
    asked = sub(lit(len(rows)), counted(cells, labels.NOT_ASKED))
    look = add(counted(cells, labels.LOOK), counted(cells, labels.REASON))
    warning = when(same(look, ZERO), EMPTY, joined(lit("，"), look, lit(" 题请检查")))
    return joined(lit("已填 "), done, lit(" / "), asked, warning)


def _group(pen: Pen, page: Any, row: int, title: str) -> None:
    page.write_string(row, 1, title, pen.styles.title("section"))
    page.set_row(row, 26)


def _head_line(pen: Pen, page: Any, line: Line) -> None:
    styles = pen.styles
    place = pen.layout.place(line.id, "claimed")
    assert place is not None
    row, column = place.row, place.column
    page.write_string(
        row, 0, line.id, styles.quiet(font_size=7, text_wrap=False, font_color=styles.looks["line"])
    )
    page.write_string(row, 1, line.label, styles.plain(top=1, top_color=styles.looks["line"]))
    page.set_row(row, 21)
    content = pen.contents.get(line.id, "claimed")
    if line.entry == "none":
        pen.put(page, row, column, content, styles.quiet(num_format="@", align="center"))
        return
    day = line.id.endswith("date")
    style = styles.entry(num_format="yyyy-mm-dd" if day else number_format(line, content))
    pen.put(page, row, column, content, style)
    if line.id.endswith("mode"):
        page.data_validation(
            row,
            column,
            row,
            column,
            {
                "validate": "list",
                "source": f"={list_name(LIST_MODES)}",
                "error_title": "诊断方式",
                "error_message": "请从下拉列表中选“自评”或“现场评定”。",
            },
        )


def _fact_check(pen: Pen, page: Any, row: Row, found: Block) -> None:
    """The check of a fact: as for questions, with the credit code's own arithmetic."""
    column = [column.key for column in FACT_COLUMNS].index("check")
    question = found.question
    heard = pen.sight.heard(question.id)
    if isinstance(question, TextQuestion) and question.format == "uscc":
        term = _uscc_check(pen, question.id)
    else:
        entered = some(*(differs(pen.sight.cell(line.id, "claimed"), EMPTY) for line in found.entries))
        blank = lit("必填" if question.required else "")
        outcome = when(same(heard.there, ONE), lit(labels.DONE), when(entered, lit(labels.LOOK), blank))
        asked = pen.sight.asked(question)
        term = when(same(asked, ZERO), lit(labels.NOT_ASKED), outcome) if asked.text != ONE.text else outcome
    pen.formula(page, row.number, column, term, pen.styles.quiet(align="center", **edge_of(pen, row)))


def _uscc_check(pen: Pen, item: str) -> Term:
    """Length and check character of GB 32100, worked out in the cell."""
    cell = pen.sight.cell(item, "claimed").text
    text = f'UPPER(TRIM({cell}&""))'
    places = ",".join(str(number) for number in range(1, 18))
    weights = ",".join(str(pow(3, power, 31)) for power in range(17))
    total = f'SUMPRODUCT((FIND(MID({text},{{{places}}},1),"{ALPHABET}")-1)*{{{weights}}})'
    expected = f'MID("{ALPHABET}",MOD(31-MOD({total},31),31)+1,1)'
    checked = f'IFERROR(IF(RIGHT({text},1)={expected},"{labels.DONE}","校验位不对"),"有不该有的字符")'
    formula = f'IF({text}="","必填",IF(LEN({text})<>18,"应为 18 位",{checked}))'
    value = labels.DONE if pen.contents.get(item, "claimed") else "必填"
    return Term(formula, value)
