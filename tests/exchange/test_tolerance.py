"""People are human: what they do to a workbook is read as they meant it, each repair with its cell."""

import datetime
import re
from decimal import Decimal
from typing import Any

import pytest
from openpyxl.utils import get_column_letter

from assessor.answers.model import Answer, Answers, AnswerState, Ratio, Trend, Value
from assessor.exchange import labels
from assessor.exchange.read import Read, read_workbook
from assessor.exchange.write import workbook_bytes
from assessor.pack.model import Pack
from tests.exchange.hand import Hand, read
from tests.exchange.normal import normal
from tests.exchange.test_guard import SHEET, changed


@pytest.fixture
def hand(blank: bytes) -> Hand:
    """The template of the small pack, to type into."""
    return Hand(blank)


def value_of(found: Read, item: str) -> Value | None:
    assert found.answers is not None
    if item in ("name", "uscc", "employees"):
        return found.answers.firm.get(item)
    return found.answers.get(item).value


def check_repaired(found: Read, code: str, cell: str, sheet: str) -> None:
    assert (found.state, found.faults) == ("repaired", ())
    assert (code, sheet, cell) in [(repair.code, repair.sheet, repair.cell) for repair in found.repairs]


TYPED: list[tuple[str, Any, str, Any]] = [
    ("N1", "７．５", "number-text", Decimal("7.5")),
    ("N1", "7.5", "number-text", Decimal("7.5")),
    ("N1", " 7 ", "number-text", Decimal(7)),
    ("N1", "\u200b7\ufeff", "number-text", Decimal(7)),
    ("N1", "7 吨", "number-words", Decimal(7)),
    ("N1", "约7吨", "number-words", Decimal(7)),
    ("employees", "1,000人", "number-words", Decimal(1000)),
    ("employees", "１，０００", "number-words", Decimal(1000)),
    ("employees", "1 000", "number-words", Decimal(1000)),
    ("C1", "a", "option", "A"),
    ("C1", "Ａ", "option", "A"),
    ("C1", "B 乙", "option", "B"),
    ("C1", "B、乙", "option", "B"),
    ("C1", "乙", "option", "B"),
    ("C3", "Y", "tick", True),
    ("C3", "否 ", "tick", False),
    ("C3", False, "tick", False),
    ("T1", "2级", "option", 2),
    ("T1", "L3", "option", 3),
    ("T1", "四级", "option", 4),
    ("T1", "1　一", "option", 1),
    ("R1/档", "b", "option", Ratio(letter="B")),
    ("D1/档", "变好", "option", Trend(letter="C")),
    ("name", "  甲厂\n", "spaces", "甲厂"),
    ("uscc", "9152 0000 7143 0580 xt", "spaces", "9152000071430580XT"),
    ("uscc", "９１５２００００71430580ＸＴ", "spaces", "9152000071430580XT"),
]


@pytest.mark.parametrize(("line", "typed", "code", "meant"), TYPED, ids=lambda value: repr(value)[:20])
def test_what_is_typed_another_way__is_read_as_meant(
    sample: Pack, hand: Hand, line: str, typed: Any, code: str, meant: Any
) -> None:
    cell = hand.type(line, typed)
    if line == "C3":
        hand.type("C1", "B")
    found = hand.read(sample)
    assert value_of(found, line.split("/")[0]) == meant
    check_repaired(found, code, cell, hand.sheet_of(line).title)


@pytest.mark.parametrize("tick", ["√", "✓", "✔", "1", 1, True, "是", "Y", "v", "B", "ｂ"])
def test_ticks__of_every_fashion_count(sample: Pack, hand: Hand, tick: Any) -> None:
    hand.type("C2/B", tick)
    hand.type("C2/C", "×")
    found = hand.read(sample)
    assert value_of(found, "C2") == ("B",)
    assert not found.faults


@pytest.mark.parametrize(
    ("figure", "form", "meant"),
    [
        (0.85, "0%", Decimal(85)),
        (0.985, "0.0%", Decimal("98.5")),
        ("85%", None, Decimal(85)),
        ("８５％", None, Decimal(85)),
    ],
)
def test_per_cents__as_text_or_fraction_are_per_cents(
    sample: Pack, hand: Hand, figure: Any, form: str | None, meant: Decimal
) -> None:
    hand.type("D1/前", figure, form=form)
    hand.type("D1/后", 90)
    found = hand.read(sample)
    assert value_of(found, "D1") == Trend(meant, Decimal(90))
    assert (found.state, [repair.code for repair in found.repairs]) == ("repaired", ["percent"])


def test_a_plain_fraction__is_taken_for_per_cents_only_where_that_alone_is_plausible(
    common: Pack, blank_common: bytes, sample: Pack, hand: Hand
) -> None:
    other = Hand(blank_common)
    other.type("miit.Q13/前", 0.95)
    other.type("miit.Q13/后", 98)
    found = other.read(common)
    assert value_of(found, "miit.Q13") == Trend(Decimal(95), Decimal(98))  # passes lie between 70 and 99.99
    assert [repair.code for repair in found.repairs] == ["percent"]
    cell = hand.type("D1/前", 0.95)
    hand.type("D1/后", 98)
    found = hand.read(sample)
    assert value_of(found, "D1") is None
    assert [(fault.code, fault.cell) for fault in found.faults] == [("workbook-percent", cell)]


DAYS = ["2026-05-20", "2026/5/20", "2026.5.20", "2026年5月20日", "２０２６－０５－２０", "20260520"]


@pytest.mark.parametrize("day", [*DAYS, 20260520, 46162, datetime.date(2026, 5, 20)])
def test_a_day__is_read_however_it_is_written(sample: Pack, hand: Hand, day: Any) -> None:
    cell = hand.cell("_date")
    cell.value = day
    cell.number_format = "yyyy-mm-dd" if isinstance(day, datetime.date) else "General"
    found = hand.read(sample)
    assert found.answers is not None
    assert found.answers.date == "2026-05-20"
    assert found.answers.campaign == "2026"
    assert not found.faults


FILLED = Answers(
    "valid",
    "1",
    {"name": "甲厂", "employees": Decimal(12)},
    {
        "C1": Answer(
            value="B", verified="A", reason="看过", remark="备注", sure=2, evidence=("照片", "截图")
        ),
        "C2": Answer(value=("B", "C")),
        "C3": Answer(value=True),
        "R1": Answer(value=Ratio(Decimal(3), Decimal(4), "B"), verified=Ratio(letter="A")),
        "D1": Answer(value=Trend(Decimal(90), Decimal("91.25"))),
        "N1": Answer(state=AnswerState.NOT_APPLICABLE, reason="没有这道工序"),
        "X1": Answer(value=({"item": "甲", "year": Decimal(2024), "good": True}, {"note": "=乙"})),
        "W1": Answer(value="几个字"),
        "T1": Answer(value=3, verified=2),
        "M1": Answer(state=AnswerState.UNKNOWN),
    },
    mode="onsite",
    date="2026-05-20",
    campaign="2026",
    by="王工",
)


@pytest.fixture
def full(sample: Pack) -> Hand:
    """A filled workbook of the small pack, re-saved by another program."""
    return Hand(workbook_bytes(sample, FILLED, digest=sample.digest))


def check_unharmed(found: Read, state: str = "accepted") -> None:
    assert (found.state, found.faults) == (state, ())
    assert found.answers is not None
    assert normal(found.answers) == FILLED


def test_a_workbook_saved_by_openpyxl__is_unharmed(sample: Pack, full: Hand) -> None:
    check_unharmed(full.read(sample))


def test_columns_inserted_anywhere__do_not_matter(sample: Pack, full: Hand) -> None:
    for sheet in full.book.worksheets:
        if sheet.title not in (labels.META, labels.LISTS, labels.CALC):
            for merged in list(sheet.merged_cells.ranges):
                sheet.unmerge_cells(str(merged))
            for column in (6, 4, 3, 2, 1):
                sheet.insert_cols(column)
    check_unharmed(full.read(sample))


def test_columns_in_another_order__do_not_matter(sample: Pack, full: Hand) -> None:
    for sheet in full.book.worksheets[:4]:
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        width = sheet.max_column
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_col=width)]
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(reversed(row), 1):
                sheet.cell(number, column).value = value
                if isinstance(value, str):
                    sheet.cell(number, column).data_type = "s"
    check_unharmed(full.read(sample))


def test_rows_inserted_and_moved__do_not_matter(sample: Pack, full: Hand) -> None:
    sheet = full.sheet_of("C1")
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.insert_rows(1, 3)
    for row in range(sheet.max_row, 7, -3):
        sheet.insert_rows(row)
    last = get_column_letter(sheet.max_column)
    row_of = next(cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value == "C2/B")
    sheet.move_range(f"A{row_of}:{last}{row_of}", rows=60)
    check_unharmed(full.read(sample))


def test_sheets_renamed_sorted_added_and_hidden__do_not_matter(sample: Pack, full: Hand) -> None:
    for number, sheet in enumerate(full.book.worksheets):
        if sheet.title not in (labels.META, labels.LISTS, labels.CALC, labels.SCORE, labels.VERDICT):
            sheet.title = f"第{number}页"
            sheet.sheet_state = "hidden" if number == 1 else "visible"
    full.book.move_sheet(full.book.worksheets[0], 3)
    full.book.create_sheet("我的草稿", 0)["A1"] = "编号"
    found = full.read(sample)
    check_unharmed(found)
    assert {notice.code for notice in found.notices} == {"sheet-renamed"}


@pytest.mark.parametrize(
    "title", ["企业自报\n（必填）*", " 企业 自报 ", "企业自报：", "填报", "＊企业自报", "填报值"]
)
def test_headers__are_known_by_what_they_say(sample: Pack, full: Hand, title: str) -> None:
    for sheet in full.book.worksheets[1:3]:
        for row in sheet.iter_rows(max_row=4):
            for cell in row:
                if cell.value == "企业自报":
                    cell.value = title
    check_unharmed(full.read(sample))


def test_ids__are_known_with_spaces_and_in_other_letters(sample: Pack, full: Hand) -> None:
    for line, bent in (("C1", " c1"), ("C2/B", "Ｃ２／Ｂ"), ("R1/分子", "r1/分子 ")):
        sheet = full.sheet_of(line)
        next(row[0] for row in sheet.iter_rows(max_col=1) if row[0].value == line).value = bent
    check_unharmed(full.read(sample))


def test_columns_that_only_add__may_be_missing(sample: Pack, full: Hand) -> None:
    sheet = full.sheet_of("C1")
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    column = next(cell.column for cell in sheet[3] if cell.value == "单位")
    sheet.delete_cols(column)
    check_unharmed(full.read(sample))
    sheet.delete_cols(next(cell.column for cell in sheet[3] if cell.value == "备注"))
    found = full.read(sample)
    assert [(notice.code, notice.was) for notice in found.notices] == [("column-missing", "备注")]


def test_the_identity__survives_the_loss_of_two_of_three_places(sample: Pack, full: Hand) -> None:
    del full.book[labels.META]
    found = full.read(sample)
    check_unharmed(found)
    assert [notice.code for notice in found.notices] == ["identity-lost"]
    for name in [entry.name for entry in full.book.custom_doc_props.props]:
        del full.book.custom_doc_props[name]
    check_unharmed(full.read(sample))


def test_a_formula_with_its_result__counts_and_is_noted(sample: Pack, blank: bytes) -> None:
    cell = Hand(blank).cell("N1").coordinate
    old = re.compile(rf'<c r="{cell}"( s="\d+")/>'.encode())
    new = rf'<c r="{cell}"\1><f>3+4</f><v>7</v></c>'.encode()
    found = read(changed(blank, SHEET, lambda xml: old.sub(new, xml)), sample)
    assert value_of(found, "N1") == 7
    (repair,) = found.repairs
    assert (found.state, repair.code, repair.cell) == ("repaired", "formula", cell)
    assert (repair.was, repair.now) == ("=3+4", "7")


def test_a_row_said_twice_alike__is_one(sample: Pack, full: Hand) -> None:
    sheet = full.sheet_of("C1")
    row = next(cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value == "C1")
    for column in range(1, sheet.max_column + 1):
        sheet.cell(200, column).value = sheet.cell(row, column).value
    check_unharmed(full.read(sample))
    sheet.cell(200, 3).value = None
    for column in range(3, sheet.max_column + 1):
        sheet.cell(200, column).value = None
    found = full.read(sample)
    check_unharmed(found, "repaired")
    assert [repair.code for repair in found.repairs] == ["row-moved"]


def test_old_ids__are_read_as_the_new_ones(sample: Pack, blank: bytes) -> None:
    hand = Hand(blank)
    hand.type("N1", 7)
    sheet = hand.sheet_of("N1")
    next(row[0] for row in sheet.iter_rows(max_col=1) if row[0].value == "N1").value = "OLD2"
    found = hand.read(sample)
    assert value_of(found, "N1") == 7
    assert [(repair.code, repair.was, repair.now) for repair in found.repairs] == [
        ("row-renamed", "OLD2", "N1")
    ]


def test_a_workbook_of_an_older_version__is_read_and_noted(sample: Pack, full: Hand) -> None:
    for sheet in full.book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "1" and sheet.title in (labels.META, labels.COVER):
                    before = sheet.cell(cell.row, 1).value
                    if before in ("version", "_version"):
                        cell.value = "0.9"
    full.book.custom_doc_props["assessor-version"].value = "0.9"
    sheet = full.sheet_of("W1")
    sheet.delete_rows(next(cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value == "W1"))
    found = read_workbook(full.saved(), "x", lambda pack, version: sample, need_code=False)
    assert (found.state, found.faults) == ("repaired", ())
    assert [(repair.code, repair.was, repair.now) for repair in found.repairs] == [
        ("version-other", "0.9", "1")
    ]
    assert found.answers is not None
    assert found.answers.version == "1"
    assert "W1" not in found.answers.items


def test_another_digest_of_the_same_version__is_noticed(sample: Pack) -> None:
    found = read(workbook_bytes(sample, FILLED, digest="0" * 64), sample)
    check_unharmed(found)
    assert [notice.code for notice in found.notices] == ["digest-other"]


def test_comments_and_own_notes__are_noticed(sample: Pack, full: Hand) -> None:
    from openpyxl.comments import Comment

    cell = full.cell("C1")
    cell.comment = Comment("其实是甲", "王工")
    sheet = full.sheet_of("C1")
    sheet.cell(150, 1).value = "C99"
    sheet.cell(150, 3).value = "A"
    found = full.read(sample)
    check_unharmed(found)
    assert {notice.code for notice in found.notices} == {"comment", "row-unknown"}


def test_rows_of_a_table__may_move_and_lose_their_ids(sample: Pack, full: Hand) -> None:
    sheet = next(page for page in full.book.worksheets if page.title.startswith("表"))
    sheet.insert_rows(4, 2)
    sheet.insert_rows(7)
    for row in range(4, 60):
        if row != 6:
            sheet.cell(row, 1).value = None
    check_unharmed(full.read(sample))
