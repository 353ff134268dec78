"""What would make data wrong is not guessed: such answers count as unanswered, such files stay outside."""

from typing import Any

import pytest

from assessor.answers.model import Answer, AnswerState
from assessor.exchange import labels
from assessor.exchange.letter import letter
from assessor.exchange.read import Read, read_workbook
from assessor.exchange.write import workbook_bytes
from assessor.pack.model import Pack
from tests.exchange.hand import Hand, read
from tests.exchange.test_guard import packed, parts
from tests.exchange.test_tolerance import FILLED


@pytest.fixture
def hand(blank: bytes) -> Hand:
    """The template of the small pack, to type into."""
    return Hand(blank)


@pytest.fixture
def full(sample: Pack) -> Hand:
    """A filled workbook of the small pack."""
    return Hand(workbook_bytes(sample, FILLED, digest=sample.digest))


WRONG: list[tuple[str, Any, str]] = [
    ("C1", "Z", "workbook-not-understood"),
    ("C1", "A/B", "workbook-not-understood"),
    ("C1", "A B", "workbook-not-understood"),
    ("C1", 3, "workbook-not-understood"),
    ("C2/B", "x", "workbook-not-understood"),
    ("C2/B", "C", "workbook-not-understood"),
    ("C2/B", "×", "value-kind"),
    ("C3", "也许", "workbook-not-understood"),
    ("C3", "无", "workbook-not-understood"),
    ("N1", 150, "value-bounds"),
    ("N1", -1, "value-bounds"),
    ("N1", 1e300, "value-kind"),
    ("N1", "无", "workbook-not-understood"),
    ("N1", "同上", "workbook-not-understood"),
    ("N1", "7—9", "workbook-not-understood"),
    ("N1", "7 千克", "workbook-not-understood"),
    ("N1", "20%", "workbook-not-understood"),
    ("N1", "1,20", "workbook-not-understood"),
    ("N1", "七", "workbook-not-understood"),
    ("N1", True, "workbook-not-understood"),
    ("N1", "=1/0", "workbook-no-result"),
    ("N1", "#REF!", "workbook-error-value"),
    ("N1", "#DIV/0!", "workbook-error-value"),
    ("T1", 5, "value-kind"),
    ("T1", 2.5, "workbook-not-understood"),
    ("T1", "好", "workbook-not-understood"),
    ("T1", "五级", "workbook-not-understood"),
    ("R1/分子", 3, "value-kind"),
    ("R1/档", "D", "workbook-not-understood"),
    ("D1/前", 101, "value-kind"),
    ("D1/档", "D", "workbook-not-understood"),
    ("W1", "一二三四五六七八九十十一", "value-kind"),
    ("employees", 5000, "value-bounds"),
    ("X1", "有", "workbook-not-understood"),
    ("C2", "B、C", "workbook-not-understood"),
    ("R1", 0.4, "workbook-not-understood"),
]


@pytest.mark.parametrize(("line", "typed", "code"), WRONG, ids=lambda value: repr(value)[:20])
def test_a_wrong_answer__is_unanswered_never_zero_and_flagged(
    sample: Pack, hand: Hand, line: str, typed: Any, code: str
) -> None:
    hand.type("M1", 3)
    cell = hand.type(line, typed)
    if isinstance(typed, str) and typed.startswith("#"):
        hand.cell(line).data_type = "e"
    found = hand.read(sample)
    assert found.answers is not None
    item = line.split("/")[0]
    assert found.answers.get(item) == Answer()
    assert item not in found.answers.firm
    assert found.answers.get("M1").value == 3
    (fault,) = found.faults
    assert (found.state, fault.code, fault.item) == ("flagged", code, item)
    assert (fault.sheet, fault.cell) == (hand.sheet_of(line).title, cell)
    assert fault.reason
    assert fault.remedy


def typed(hand: Hand, *entries: tuple[str, Any, str]) -> None:
    for line, value, column in entries:
        hand.type(line, value, column)


COMBINED: list[tuple[list[tuple[str, Any, str]], str]] = [
    ([("R1/分子", 15, "claimed"), ("R1/分母", 10, "claimed")], "value-bounds"),
    ([("R1/分子", 1, "claimed"), ("R1/分母", 0, "claimed")], "value-ratio"),
    ([("R1/分子", -1, "claimed"), ("R1/分母", 4, "claimed")], "value-ratio"),
    ([("C2/A", "√", "claimed"), ("C2/B", "√", "claimed")], "value-none-excludes"),
    ([("N1", 3, "claimed"), ("N1", "不清楚", "state")], "workbook-value-and-state"),
    ([("N1", "不适用", "state")], "value-reason-missing"),
    ([("C1", "不适用", "state"), ("C1", "没有", "reason")], "value-not-applicable"),
    ([("C1", "A", "claimed"), ("N1", 50, "claimed")], "value-bounds"),
]


@pytest.mark.parametrize(("entries", "code"), COMBINED, ids=lambda value: repr(value)[:30])
def test_entries_that_do_not_go_together__are_flagged(
    sample: Pack, hand: Hand, entries: list[tuple[str, Any, str]], code: str
) -> None:
    typed(hand, *entries)
    found = hand.read(sample)
    assert found.answers is not None
    item = entries[-1][0].split("/")[0]
    assert found.answers.get(item).value is None
    assert found.answers.get(item).state is AnswerState.UNANSWERED
    assert (found.state, [fault.code for fault in found.faults]) == ("flagged", [code])


def test_a_fault_on_one_side__leaves_the_other(sample: Pack, hand: Hand) -> None:
    typed(hand, ("T1", 3, "claimed"), ("T1", 9, "verified"))
    found = hand.read(sample)
    assert found.answers is not None
    assert (found.answers.get("T1").value, found.answers.get("T1").verified) == (3, None)
    assert [fault.code for fault in found.faults] == ["value-kind"]


def test_a_fault_beside_an_answer__leaves_the_answer(sample: Pack, hand: Hand) -> None:
    typed(hand, ("T1", 3, "claimed"), ("T1", 4, "sure"), ("C1", "随便", "state"))
    hand.type("N1", 7)
    hand.type("N1", "#REF!", "remark")
    hand.cell("N1", "remark").data_type = "e"
    found = hand.read(sample)
    assert found.answers is not None
    assert found.answers.get("T1") == Answer(value=3)
    assert found.answers.get("N1").value == 7
    assert found.answers.get("N1").remark == ""
    assert sorted(fault.code for fault in found.faults) == ["workbook-aside"] * 2 + ["workbook-error-value"]


def test_merged_cells__spoil_what_they_swallow(sample: Pack, hand: Hand) -> None:
    first, second = hand.cell("R1/分子"), hand.cell("R1/分母")
    first.value = 5
    hand.sheet_of("R1").merge_cells(f"{first.coordinate}:{second.coordinate}")
    found = hand.read(sample)
    assert found.answers is not None
    assert found.answers.get("R1").value is None
    assert [fault.code for fault in found.faults] == ["workbook-merged"]


@pytest.mark.parametrize("line", ["N1", "C2/B", "R1/分母", "T1"])
def test_a_deleted_row__spoils_its_question_alone(sample: Pack, full: Hand, line: str) -> None:
    sheet = full.sheet_of(line)
    sheet.delete_rows(next(cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value == line))
    found = full.read(sample)
    assert found.answers is not None
    item = line.split("/")[0]
    assert found.answers.get(item).value is None
    assert [(fault.code, fault.item) for fault in found.faults] == [("workbook-row-missing", item)]
    others = {key: answer for key, answer in FILLED.items.items() if key != item}
    assert {key: answer for key, answer in found.answers.items.items() if key != item} == others


def test_a_question_answered_twice__is_never_silently_the_last(sample: Pack, full: Hand) -> None:
    sheet = full.sheet_of("C1")
    sheet.cell(200, 1).value = "C1"
    sheet.cell(200, 3).value = "A"
    found = full.read(sample)
    assert found.answers is not None
    assert found.answers.get("C1") == Answer()
    assert [(fault.code, fault.cell) for fault in found.faults] == [("workbook-row-twice", "A200")]


def test_rows_of_a_table_and_the_word_that_there_are_none__are_a_contradiction(
    sample: Pack, full: Hand
) -> None:
    full.type("X1", labels.EMPTY_TABLE)
    found = full.read(sample)
    assert found.answers is not None
    assert found.answers.get("X1").value is None
    assert [fault.code for fault in found.faults] == ["workbook-table-both"]


@pytest.mark.parametrize(
    ("column", "typed", "code"),
    [
        (2, "谁", "workbook-not-understood"),
        (3, "丙", "workbook-not-understood"),
        (4, "去年", "workbook-not-understood"),
        (5, "或许", "workbook-not-understood"),
    ],
)
def test_a_fault_in_a_row_of_a_table__spoils_the_table(
    sample: Pack, full: Hand, column: int, typed: str, code: str
) -> None:
    sheet = next(page for page in full.book.worksheets if page.title.startswith("表"))
    sheet.cell(4, column).value = typed
    found = full.read(sample)
    assert found.answers is not None
    assert found.answers.get("X1").value is None
    (fault,) = found.faults
    assert (fault.code, fault.sheet, fault.cell) == (code, sheet.title, sheet.cell(4, column).coordinate)


def test_a_column_of_a_table_that_is_gone__spoils_the_table(sample: Pack, full: Hand) -> None:
    sheet = next(page for page in full.book.worksheets if page.title.startswith("表"))
    sheet.delete_cols(4)
    found = full.read(sample)
    assert found.answers is not None
    assert found.answers.get("X1").value is None
    assert [fault.code for fault in found.faults] == ["workbook-column-missing"]


# -- kept outside --------------------------------------------------------------------------------


def quarantined(found: Read, code: str) -> None:
    assert found.state == "quarantined"
    assert code in [fault.code for fault in found.faults], found.faults


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("91520000714305801X", "uscc-check"),
        ("O152000071430580XT", "uscc-shape"),
        ("915200007143058", "uscc-shape"),
        (9.15e17, "uscc-shape"),
        ("9152000071430580XT、91330100799655058B", "uscc-shape"),
    ],
)
def test_a_wrong_credit_code__keeps_the_file_outside(sample: Pack, hand: Hand, typed: Any, code: str) -> None:
    cell = hand.type("uscc", typed)
    found = hand.read(sample)
    quarantined(found, code)
    assert (found.faults[0].sheet, found.faults[0].cell) == (labels.COVER, cell)
    assert found.answers is not None
    assert "uscc" not in found.answers.firm


def test_a_missing_credit_code__does_unless_it_is_a_draft(sample: Pack, hand: Hand) -> None:
    quarantined(hand.read(sample, need_code=True), "workbook-code-missing")
    assert hand.read(sample, need_code=False).state == "accepted"
    hand.type("uscc", "9152000071430580XT")
    assert hand.read(sample, need_code=True).state == "accepted"


def test_two_firms_in_one_file__stay_outside(sample: Pack, full: Hand) -> None:
    copy = full.book.copy_worksheet(full.book[labels.COVER])
    for row in copy.iter_rows():
        if row[0].value == "name":
            row[2].value = "乙厂"
    found = full.read(sample)
    quarantined(found, "workbook-two-firms")
    assert found.answers is None
    assert "乙厂" in found.faults[0].reason


@pytest.mark.parametrize("name", [labels.COVER, "1 主要", "2 场景", "表 表"])
def test_a_missing_sheet__is_named(sample: Pack, full: Hand, name: str) -> None:
    full.book.remove(full.book[name])
    found = full.read(sample)
    quarantined(found, "workbook-sheet-missing")
    assert name in found.faults[0].reason
    assert found.answers is None


def test_all_missing_sheets__are_named_at_once(sample: Pack, full: Hand) -> None:
    for name in ("1 主要", "表 表"):
        full.book.remove(full.book[name])
    assert len(full.read(sample).faults) == 2


@pytest.mark.parametrize("title", ["编号", "企业自报"])
def test_a_sheet_without_ids_or_answers__stays_outside(sample: Pack, full: Hand, title: str) -> None:
    sheet = full.sheet_of("C1")
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.delete_cols(next(cell.column for cell in sheet[3] if cell.value == title))
    found = full.read(sample)
    quarantined(found, "workbook-sheet-missing")
    assert "列" in found.faults[0].reason


def test_a_column_that_stands_there_twice__stays_outside(sample: Pack, full: Hand) -> None:
    full.sheet_of("C1").cell(3, 20).value = "企业自报"
    quarantined(full.read(sample), "workbook-column-twice")


def test_a_foreign_workbook__stays_outside(sample: Pack) -> None:
    import io

    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["编号", "企业自报"])  # type: ignore[union-attr]  # a new book has a sheet
    buffer = io.BytesIO()
    book.save(buffer)
    quarantined(read(buffer.getvalue(), sample), "workbook-foreign")


def test_an_unknown_pack_or_version__stays_outside(sample: Pack, common: Pack, blank: bytes) -> None:
    asked = []

    def packs(pack: str, version: str) -> Pack | None:
        asked.append((pack, version))
        return None

    found = read_workbook(blank, "x.xlsx", packs)
    quarantined(found, "workbook-pack")
    assert asked == [("valid", "1")]
    assert found.identity is not None
    assert found.key.pack == "valid"


def test_identities_that_disagree__stay_outside(sample: Pack, full: Hand) -> None:
    full.book.custom_doc_props["assessor-version"].value = "2"
    quarantined(full.read(sample), "workbook-identity")


def test_a_workbook_of_a_newer_program__stays_outside(sample: Pack, blank: bytes) -> None:
    found = parts(blank)
    found["docProps/custom.xml"] = found["docProps/custom.xml"].replace(b">1<", b">2<", 1)
    hand = Hand(packed(found))
    for row in hand.book[labels.META].iter_rows():
        if row[0].value == "schema":
            row[1].value = "2"
    hand.book.custom_doc_props["assessor-schema"].value = "2"
    hand.book.custom_doc_props["assessor-version"].value = "1"
    quarantined(hand.read(sample), "workbook-schema")


def test_every_fault__is_told_in_one_run(sample: Pack, hand: Hand) -> None:
    for line in ("C1", "C3", "N1", "T1", "M1"):
        hand.type(line, "??")
    hand.type("D1/前", "x")
    hand.type("D1/后", "y")
    found = hand.read(sample)
    assert len(found.faults) == 7
    assert {fault.item for fault in found.faults} == {"C1", "C3", "N1", "T1", "M1", "D1"}


# -- the letter back -----------------------------------------------------------------------------


def test_the_letter__names_cell_reason_and_remedy(sample: Pack, hand: Hand) -> None:
    hand.type("name", "黔岭厂")
    hand.type("employees", "1,000")
    cell = hand.type("C1", "Z")
    text = letter(hand.read(sample))
    assert text.startswith("黔岭厂：\n")
    assert f"1. 1 主要 {cell}：“Z”看不懂，应为A、B，按未答处理。请照题目要求重填。" in text
    assert "1,000 → 1000" in text


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4"])
def test_the_letter__answers_what_was_no_workbook(sample: Pack, data: bytes) -> None:
    text = letter(read(data, sample, "报表.xlsx"))
    assert "报表.xlsx" in text
    assert "还不能使用" in text
