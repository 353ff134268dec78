"""From answers to what stands in the cells: line → column → content. Nothing is lost on the way.

The way back is `gather`: what was entered in the lines of one question becomes the raw value that
JSON would hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from assessor.answers.model import Answer, Answers, AnswerState, Ratio, Row, Trend, Value
from assessor.errors import refuse
from assessor.exchange import labels
from assessor.exchange.codec import Cell, figure_cell, is_plain, list_cell, text_cell
from assessor.exchange.sheet import (
    AFTER,
    BEFORE,
    DENOMINATOR,
    LETTER,
    NUMERATOR,
    Block,
    Book,
    Line,
)
from assessor.pack.question import BoolQuestion, Question, TableQuestion, TextQuestion


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who entered an answer or fact, and when (ISO 8601, as the log keeps it)."""

    author: str = ""
    at: str = ""


Stamps = Mapping[str, Stamp]
TableRow = tuple[str, Mapping[str, Cell | bool]]
"""The side and the cells of one row of a table."""


@dataclass
class Contents:
    """`cells`: line → column → what stands there; `rows`: table question → its rows.

    `kept` names the entries that look odd and are meant: figures beyond fifteen digits, and per cent
    below one. The reader takes them as they are as long as they are unchanged.
    """

    cells: dict[str, dict[str, Cell | date]] = field(default_factory=dict)
    rows: dict[str, list[TableRow]] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)

    def put(self, line: str, column: str, content: Cell | date) -> None:
        """Remember a content; nothing for an empty one."""
        if content is not None and content != "":
            self.cells.setdefault(line, {})[column] = content

    def get(self, line: str, column: str) -> Cell | date:
        """What stands in a cell."""
        return self.cells.get(line, {}).get(column)


def contents_of(book: Book, answers: Answers, stamps: Stamps) -> Contents:
    """Everything an assessment holds, cell by cell; `UserError` for an id the pack does not know."""
    contents = Contents()
    _head(contents, book, answers)
    for item, value in answers.firm.items():
        _value(contents, _block(book, item), "claimed", value)
    for item, answer in answers.items.items():
        _answer(contents, _block(book, item), answer)
    for item, stamp in stamps.items():
        if item in book.by_item:
            contents.put(item, "author", text_cell(stamp.author, item))
            contents.put(item, "at", text_cell(stamp.at, item))
    return contents


def _block(book: Book, item: str) -> Block:
    if item not in book.by_item:
        raise refuse("answers-unknown-id", pack=book.pack.id, id=item, hint="")
    return book.by_item[item]


def _head(contents: Contents, book: Book, answers: Answers) -> None:
    put = contents.put
    put(f"{labels.HEAD}mode", "claimed", labels.MODE_NAMES[answers.mode])
    put(f"{labels.HEAD}date", "claimed", day_cell(answers.date))
    put(f"{labels.HEAD}campaign", "claimed", text_cell(answers.campaign))
    put(f"{labels.HEAD}by", "claimed", text_cell(answers.by))
    put(f"{labels.HEAD}pack", "claimed", book.pack.id)
    put(f"{labels.HEAD}version", "claimed", book.pack.version)


def day_cell(text: str) -> Cell | date:
    """A day as spreadsheets know it, else the text."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text_cell(text)
    return day if day.year > 1900 and day.isoformat() == text else text


def _answer(contents: Contents, block: Block, answer: Answer) -> None:
    item = block.question.id
    for side, value in (("claimed", answer.value), ("verified", answer.verified)):
        if value is not None:
            _value(contents, block, side, value)
    if answer.state not in (AnswerState.ANSWERED, AnswerState.UNANSWERED):
        contents.put(item, "state", labels.STATE_NAMES[answer.state])
    contents.put(item, "reason", text_cell(answer.reason, item))
    contents.put(item, "remark", text_cell(answer.remark, item))
    contents.put(item, "sure", answer.sure)
    contents.put(item, "evidence", list_cell(answer.evidence, item))


def _value(contents: Contents, block: Block, side: str, value: Value) -> None:
    question = block.question
    if isinstance(question, TableQuestion):
        _table(contents, question, side, value)
        return
    for part, content in parts_of(question, value).items():
        line = next(line for line in block.entries if line.part == part)
        cell = _cell(line, content)
        contents.put(line.id, side, cell)
        if isinstance(content, Decimal) and is_odd(line.unit, content):
            contents.kept[f"{line.id}|{side}"] = str(content)


def is_odd(unit: str, figure: Decimal) -> bool:
    """Whether a figure looks like a slip: too many digits, or a fraction where per cent are asked."""
    return not is_plain(figure) or (unit == "%" and 0 < figure <= 1)


def _cell(line: Line, content: str | int | Decimal) -> Cell:
    if isinstance(content, Decimal):
        return figure_cell(content)
    if isinstance(content, int):
        return content
    if line.entry != "text":
        return content
    return next((option for option in line.options if option.split(" ")[0] == content), None) or text_cell(
        content, line.id
    )


def parts_of(question: Question, value: Value) -> Mapping[str, str | int | Decimal]:
    """A value by the lines it is entered in; tables stand elsewhere."""
    match value:
        case bool():
            return {"": labels.YES if value else labels.NO}
        case Ratio():
            return _given({NUMERATOR: value.numerator, DENOMINATOR: value.denominator, LETTER: value.letter})
        case Trend():
            return _given({BEFORE: value.before, AFTER: value.after, LETTER: value.letter})
        case tuple():
            return {str(option): labels.TICK for option in value}
        case _:
            return {"": value}


def _given(parts: Mapping[str, Decimal | str | None]) -> Mapping[str, Decimal | str]:
    return {part: content for part, content in parts.items() if content is not None}


def _table(contents: Contents, question: TableQuestion, side: str, value: Value) -> None:
    rows = [row for row in (table_row(row) for row in _rows(value)) if row]
    if not rows:
        contents.put(question.id, side, labels.EMPTY_TABLE)
    name = labels.CLAIMED if side == "claimed" else labels.VERIFIED
    for row in rows:
        cells = {key: _row_cell(question, key, cell) for key, cell in row.items()}
        contents.rows.setdefault(question.id, []).append((name, cells))
        for key, cell in row.items():
            if isinstance(cell, Decimal) and is_odd(_unit(question, key), cell):
                contents.kept[f"{question.id}|{key}|{cell}"] = str(cell)


def _rows(value: Value) -> tuple[Row, ...]:
    return tuple(row for row in value if not isinstance(row, str)) if isinstance(value, tuple) else ()


def table_row(row: Row) -> dict[str, Any]:
    """The cells of a row that hold something; a row without any is no row."""
    return {key: cell for key, cell in row.items() if cell is not None and cell != ""}


def _unit(question: TableQuestion, key: str) -> str:
    return next(column.unit for column in question.columns if column.id == key)


def _row_cell(question: TableQuestion, key: str, cell: str | bool | Decimal) -> Cell:
    match cell:
        case bool():
            return labels.YES if cell else labels.NO
        case Decimal():
            return figure_cell(cell)
        case _:
            return text_cell(cell, f"{question.id} {key}")


def gather(question: Question, entered: Mapping[str, Any]) -> Any:
    """The raw value of what was entered part by part; None for nothing."""
    if not entered:
        return None
    if isinstance(question, BoolQuestion | TextQuestion) or "" in entered:
        return entered[""]
    if set(entered) == {LETTER}:
        return entered[LETTER]
    if set(entered) & {NUMERATOR, DENOMINATOR, BEFORE, AFTER}:
        names = (NUMERATOR, DENOMINATOR) if set(entered) & {NUMERATOR, DENOMINATOR} else (BEFORE, AFTER)
        pair = {name: entered.get(name) for name in names}
        return {**pair, LETTER: entered[LETTER]} if LETTER in entered else pair
    return [option for option, ticked in entered.items() if ticked]
