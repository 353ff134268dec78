"""Question sheets: blocks of rows with entries, drop-downs, and a check that answers at once."""

from typing import Any

from assessor.answers.model import Side
from assessor.exchange import labels
from assessor.exchange.heard import ONE, ZERO
from assessor.exchange.labels import Column
from assessor.exchange.layout import HEADER_ROW, Row, column_letters
from assessor.exchange.pen import PROTECTION, Pen, link_to, list_name
from assessor.exchange.sheet import (
    LINK,
    LIST_STATES,
    LIST_STATES_NA,
    LIST_SURE,
    AnswerSheet,
    Block,
    Line,
)
from assessor.exchange.style import height_of
from assessor.exchange.term import (
    EMPTY,
    Term,
    differs,
    lit,
    same,
    some,
    trimmed,
    when,
)
from assessor.exchange.validation import rule_of
from assessor.pack.question import (
    TREND_LETTERS,
    MultiQuestion,
    Question,
    RatioQuestion,
    TrendQuestion,
)
from assessor.scoring.compiled import TOP_LEVEL

_SIDES: tuple[Side, ...] = ("claimed", "verified")
_UNIT_SIZE = 7.5
_NOT_GROUPED = ("%", "年")
_TYPED = ("reason", "remark", "evidence", "author", "at")


def write_questions(pen: Pen, sheet: AnswerSheet) -> None:
    """One sheet of questions."""
    page = pen.xlsx.get_worksheet_by_name(sheet.name)
    columns = labels.ANSWER_COLUMNS
    write_headers(pen, page, columns, HEADER_ROW)
    page.write_string(0, 0, sheet.title, pen.styles.title("section"))
    page.set_row(0, 24)
    intro = sheet.intro or "逐题填写浅色格子；填不了的在“填不了时选”里选一项。"
    shown = [column for column in columns if column.printed]
    page.merge_range(1, 0, 1, len(shown) - 1, intro, pen.styles.quiet(valign="top"))
    width = sum(column.width for column in shown)
    page.set_row(1, height_of(intro, width, pen.styles.table) + 3)
    last = HEADER_ROW
    for row in pen.layout.rows(sheet):
        write_row(pen, page, columns, row)
        last = row.number
    for block_first, block_last, block in _spans(pen, sheet):
        _grey_when_not_asked(pen, page, columns, block_first, block_last, block)
    finish(pen, page, columns, HEADER_ROW, last)
    page.freeze_panes(HEADER_ROW + 1, 2)
    page.set_landscape()
    _colour_checks(pen, page, columns, HEADER_ROW + 1, last)


def _spans(pen: Pen, sheet: AnswerSheet) -> list[tuple[int, int, Block]]:
    found, row = [], HEADER_ROW + 1
    for block in sheet.blocks:
        found.append((row, row + len(block.lines) - 1, block))
        row += len(block.lines)
    return found


def write_headers(pen: Pen, page: Any, columns: tuple[Column, ...], row: int) -> None:
    """Widths and the row of headers."""
    for number, column in enumerate(columns):
        page.set_column(number, number, column.width, pen.styles.make())
        page.write_string(row, number, column.title, pen.styles.header())
    page.set_row(row, 21)


def finish(pen: Pen, page: Any, columns: tuple[Column, ...], header: int, last: int) -> None:
    """Paper, protection and the repeated header."""
    page.protect("", PROTECTION)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.repeat_rows(header)
    page.ignore_errors({"number_stored_as_text": f"A1:{column_letters(len(columns))}{last + 1}"})
    page.print_area(0, 0, last, max(n for n, column in enumerate(columns) if column.printed))
    page.set_footer(
        f"&L&8{_plain(pen.book.pack.manifest.title)} {pen.book.pack.version}&C&8&A&R&8第 &P 页，共 &N 页"
    )
    page.hide_gridlines(2)


def _plain(text: str) -> str:
    return text.replace("&", "&&")


def write_row(pen: Pen, page: Any, columns: tuple[Column, ...], row: Row) -> None:
    """One row: head, entry line, or text to read."""
    line = row.line
    first, second = (next(n for n, c in enumerate(columns) if c.key == key) for key in ("id", "text"))
    page.set_row(row.number, _height(pen, columns, row))
    if line.id:
        style = pen.styles.quiet(font_size=7, valign="top", text_wrap=False, **edge_of(pen, row))
        page.write_string(row.number, first, line.id, style)
    _text(pen, page, row, second)
    for number, column in enumerate(columns):
        if column.key not in ("id", "text"):
            _cell(pen, page, row, number, column)


def edge_of(pen: Pen, row: Row) -> dict[str, Any]:
    """The line above the head of a block."""
    return {"top": 1, "top_color": pen.styles.looks["outline"]} if row.head else {}


def _height(pen: Pen, columns: tuple[Column, ...], row: Row) -> float:
    """Room for whatever stands in the row now; who types more may drag it taller."""
    size, line = pen.styles.table, row.line
    widths = {column.key: column.width for column in columns}
    if not row.head or row.block is None:
        hint = height_of(f"可用：{line.hint}", widths.get("evidence", 0), 7.5) if line.hint else 0
        unit = height_of(line.unit, widths["unit"], _UNIT_SIZE)
        return max(height_of(line.label, widths["text"] - 2, size), hint, unit)
    question = row.block.question
    tall = height_of(question.ask, widths["text"], size) + pen.styles.body * 1.4
    tall = max(tall, height_of(line.unit, widths["unit"], _UNIT_SIZE))
    for key, width in widths.items():
        content = pen.contents.get(line.id, key)
        if isinstance(content, str) and key != "id":
            tall = max(tall, height_of(content, width, size))
    return min(tall, 409.0)


def _text(pen: Pen, page: Any, row: Row, column: int) -> None:
    styles, line = pen.styles, row.line
    if row.head and row.block is not None:
        question = row.block.question
        cell = styles.plain(valign="top", **edge_of(pen, row))
        bold = styles.make(bold=True, font_size=styles.body)
        required = "（必填）" if question.required else ""
        page.write_rich_string(
            row.number, column, bold, question.title + required, styles.make(), f"\n{question.ask}", cell
        )
        return
    if line.part == LINK:
        name = pen.layout.table(line.item).name
        link = styles.make(font_color=styles.looks["accent"], underline=1, indent=1)
        page.write_url(row.number, column, link_to(name), link, f"到“{name}”里填，一项一行")
        return
    cell = styles.quiet(indent=1) if line.quiet else styles.plain(indent=1)
    page.write_string(row.number, column, line.label, cell)


def _cell(pen: Pen, page: Any, row: Row, number: int, column: Column) -> None:
    line, styles = row.line, pen.styles
    edge = edge_of(pen, row)
    if column.key in _SIDES:
        _entry(pen, page, row, number, column.key, edge)
    elif column.key == "unit" and line.unit:
        style = styles.quiet(align="center", font_size=_UNIT_SIZE, **edge)
        page.write_string(row.number, number, line.unit, style)
    elif column.key == "check" and row.head and row.block is not None:
        pen.formula(
            page, row.number, number, check_term(pen, row.block), styles.quiet(align="center", **edge)
        )
    elif row.head and column.key in (*_TYPED, "state", "sure"):
        _aside(pen, page, row, number, column)
    elif column.key == "evidence" and line.hint:
        page.write_string(row.number, number, f"可用：{line.hint}", styles.quiet(font_size=7.5))
    elif edge:
        page.write_blank(row.number, number, None, styles.make(**edge))


def _entry(pen: Pen, page: Any, row: Row, number: int, side: Side, edge: dict[str, Any]) -> None:
    line, question = row.line, row.block.question if row.block else None
    if line.entry == "none":
        term = _summary(pen, question, side) if row.head and question else None
        style = pen.styles.quiet(align="center", num_format='0.0##"%"', **edge)
        if term is not None:
            pen.formula(page, row.number, number, term, style)
        elif edge:
            page.write_blank(row.number, number, None, pen.styles.make(**edge))
        return
    content = pen.contents.get(line.id, side)
    wide = line.entry == "text"
    style = pen.styles.entry(
        num_format=number_format(line, content), **({"align": "left", "valign": "top"} if wide else {})
    )
    pen.put(page, row.number, number, content, style)
    rule = rule_of(line, question)
    if rule:
        page.data_validation(row.number, number, row.number, number, rule)


def number_format(line: Line, content: object) -> str:
    """Text stays text; figures show what was typed.

    Per cents are left in the general format: there a typed 85% turns the format to per cent, by which
    the reader knows that the cell's 0.85 means 85.
    """
    if line.entry in ("text", "choice", "bool", "tick", "rows"):
        return "@"
    if line.entry == "level":
        return '0"级"'
    if line.unit in _NOT_GROUPED or isinstance(content, float):
        return "General"
    return "#,##0" if line.decimals == 0 and isinstance(content, int) else "General"


def _summary(pen: Pen, question: Question, side: Side) -> Term | None:
    """What the head of a block shows of the lines below it."""
    heard = pen.sight.heard(question.id, side)
    match question:
        case MultiQuestion():
            return when(
                same(heard.there, ONE), Term(f'{heard.value.text}&" 项"', f"{heard.value.value} 项"), EMPTY
            )
        case RatioQuestion():
            return when(same(heard.there, ONE), heard.value, EMPTY)
        case TrendQuestion():
            word: Term = EMPTY
            for letter, text in TREND_LETTERS.items():
                word = when(same(heard.letter, lit(letter)), lit(text), word)
            return word
    return None


def _aside(pen: Pen, page: Any, row: Row, number: int, column: Column) -> None:
    line, question = row.line, row.block.question if row.block else None
    content = pen.contents.get(line.id, column.key)
    small = {"font_size": 8} if column.key in ("author", "at") else {}
    align = "center" if column.key in ("state", "sure") else "left"
    style = pen.styles.entry(
        num_format="General" if column.key == "sure" else "@",
        align=align,
        bg_color=pen.styles.looks["ground"],
        **small,
    )
    pen.put(page, row.number, number, content, style)
    rule: dict[str, Any] | None = None
    if column.key == "state" and question is not None:
        name = LIST_STATES_NA if question.may_not_apply else LIST_STATES
        rule = {
            "validate": "list",
            "source": f"={list_name(name)}",
            **_told("填不了时选", "请从下拉列表中选；选“不适用”要写原因。"),
        }
    elif column.key == "sure":
        rule = {
            "validate": "list",
            "source": f"={list_name(LIST_SURE)}",
            **_told("把握", "1 不太有把握，2 一般，3 很有把握。"),
        }
    elif column.key == "evidence" and line.hint:
        rule = {"validate": "any", "input_title": "可用的佐证材料", "input_message": line.hint[:250]}
    if rule:
        page.data_validation(row.number, number, row.number, number, rule)


def _told(title: str, message: str) -> dict[str, str]:
    return {"error_title": title, "error_message": message}


def check_term(pen: Pen, block: Block) -> Term:
    """What the check column says about a question."""
    sight, question = pen.sight, block.question
    heard = sight.heard(question.id)
    state = trimmed(sight.cell(question.id, "state"))
    reason = trimmed(sight.cell(question.id, "reason"))
    entered = some(*(differs(sight.cell(line.id, "claimed"), EMPTY) for line in block.entries))
    is_absent = same(state, lit(labels.STATE_NAMES[_NOT_APPLICABLE]))
    told = when(is_absent, when(same(reason, EMPTY), lit(labels.REASON), lit(labels.TOLD)), lit(labels.TOLD))
    blank = when(same(state, EMPTY), lit(labels.BLANK), told)
    done = when(same(state, EMPTY), lit(labels.DONE), lit(labels.LOOK))
    outcome = when(same(heard.there, ONE), done, when(entered, lit(labels.LOOK), blank))
    asked = sight.asked(question)
    if asked.text != ONE.text:
        outcome = when(same(asked, ZERO), lit(labels.NOT_ASKED), outcome)
    return sight.calc.put(question.id, "检查", outcome)


_NOT_APPLICABLE = next(state for state in labels.STATE_NAMES if state.value == "not_applicable")


def _grey_when_not_asked(
    pen: Pen, page: Any, columns: tuple[Column, ...], first: int, last: int, block: Block
) -> None:
    check = next(n for n, column in enumerate(columns) if column.key == "check")
    grey = pen.xlsx.add_format(
        {"font_color": pen.styles.looks["line"], "bg_color": pen.styles.looks["ground"]}
    )
    where = f"${column_letters(check)}${first + 1}"
    asked = pen.sight.asked(block.question)
    if asked.text != ONE.text:
        rule = {"type": "formula", "criteria": f'={where}="{labels.NOT_ASKED}"', "format": grey}
        page.conditional_format(first, 0, last, len(columns) - 1, rule)
    claimed = next(n for n, column in enumerate(columns) if column.key == "claimed")
    for offset, line in enumerate(block.lines):
        if line.level is not None:
            chosen = f"${column_letters(claimed)}${first + 1}"
            fill = pen.xlsx.add_format(
                {
                    "bg_color": pen.styles.looks["levels"][min(line.level, TOP_LEVEL)],
                    "font_color": pen.styles.looks["on_levels"][min(line.level, TOP_LEVEL)],
                }
            )
            criteria = f'=AND({chosen}<>"",{chosen}={line.level})'
            page.conditional_format(
                first + offset,
                1,
                first + offset,
                1,
                {"type": "formula", "criteria": criteria, "format": fill},
            )


def _colour_checks(pen: Pen, page: Any, columns: tuple[Column, ...], first: int, last: int) -> None:
    check = next(n for n, column in enumerate(columns) if column.key == "check")
    looks = pen.styles.looks
    for words, colours in (
        ((labels.DONE, labels.TOLD), {"font_color": looks["green"]}),
        (
            (labels.LOOK, labels.REASON),
            {"font_color": looks["amber"], "bg_color": looks["amber_soft"], "bold": True},
        ),
    ):
        for word in words:
            rule = {
                "type": "cell",
                "criteria": "==",
                "value": f'"{word}"',
                "format": pen.xlsx.add_format(colours),
            }
            page.conditional_format(first, check, last, check, rule)
