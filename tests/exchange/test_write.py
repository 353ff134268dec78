"""The workbook as a file: deterministic, whole or not there, protected, guarded, and without live text."""

import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from assessor.answers.model import Answer, Answers
from assessor.errors import UserError
from assessor.exchange import labels
from assessor.exchange.layout import layout_of
from assessor.exchange.sheet import describe
from assessor.exchange.write import workbook_bytes, write_workbook
from assessor.pack.model import Pack
from tests.exchange.hand import Hand
from tests.pack.build import Edit, sample_pack


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_same_assessment__gives_the_same_bytes(sample: Pack, blank: bytes) -> None:
    assert workbook_bytes(sample, None, digest=sample.digest) == blank


def test_a_file__is_what_the_bytes_are(sample: Pack, blank: bytes, target: Path) -> None:
    write_workbook(target, sample, None, digest=sample.digest)
    assert target.read_bytes() == blank
    assert list(target.parent.iterdir()) == [target]


def test_a_file_that_cannot_be_written__leaves_the_old_one(sample: Pack, tmp_path: Path) -> None:
    folder = tmp_path / "问卷.xlsx"
    folder.mkdir()
    with pytest.raises(UserError) as caught:
        write_workbook(folder, sample, None, digest="")
    assert caught.value.problems[0].code == "file-unwritable"
    assert list(tmp_path.iterdir()) == [folder]


def test_text_that_starts_a_formula__is_written_as_text(sample: Pack) -> None:
    texts = ["=1+1", "+1", "-1", "@x", '=HYPERLINK("http://a")', "http://example.com"]
    items = {"C1": Answer(value="A", remark=texts[0], reason=texts[1], evidence=tuple(texts))}
    answers = Answers(sample.id, sample.version, {"name": "=cmd|' /C calc'!A0"}, items, by="=2+2")
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(sample, answers, digest="")))
    ours = {sheet.title for sheet in book}
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    text = str(getattr(cell.value, "text", cell.value))
                    assert "cmd" not in text
                    assert "HYPERLINK" not in text
    assert "封面" in ours
    written = parts(workbook_bytes(sample, answers, digest=""))
    outside = [text for name, text in written.items() if name.endswith(".rels")]
    assert not any(b"example.com" in text for text in outside)


def test_every_formula__is_stored_with_its_result(sample: Pack, blank: bytes) -> None:
    for name, xml in parts(blank).items():
        if "worksheets/" in name:
            assert xml.count(b"<f") - xml.count(b"<formula") == len(re.findall(rb"</f><v>[^<]*</v>", xml))
            assert b't="e"' not in xml or b"#N/A" in xml


def test_only_what_is_to_be_filled_in__is_unlocked(sample: Pack, blank: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank))
    assert all(sheet.protection.sheet for sheet in book)
    hand = Hand(blank)
    for line in ("C1", "C2/B", "R1/分子", "R1/档", "D1/前", "N1", "W1", "T1", "name", "_date"):
        assert not hand.cell(line).protection.locked
    assert hand.cell("_pack").protection.locked
    assert hand.cell("C2").protection.locked
    for column in ("verified", "state", "reason", "remark", "evidence", "sure"):
        assert not hand.cell("N1", column).protection.locked


def rule_of(hand: Hand, line: str, column: str = "claimed") -> DataValidation:
    cell = hand.cell(line, column)
    rules = hand.sheet_of(line).data_validations.dataValidation
    return next(rule for rule in rules if cell.coordinate in rule)


def listed(hand: Hand, rule: DataValidation) -> list[object]:
    """What a drop-down offers: the cells its name stands for."""
    assert rule.type == "list"
    sheet, cells = hand.book.defined_names[str(rule.formula1)].attr_text.replace("'", "").split("!")
    return [row[0].value for row in hand.book[sheet][cells.replace("$", "")]]


def test_drop_downs__offer_what_the_pack_knows(blank: bytes) -> None:
    hand = Hand(blank)
    assert listed(hand, rule_of(hand, "C1")) == ["A", "B"]
    assert listed(hand, rule_of(hand, "C2/B")) == [labels.TICK]
    assert listed(hand, rule_of(hand, "T1")) == [0, 1, 2, 3, 4]
    assert listed(hand, rule_of(hand, "R1/档")) == ["A", "B", "C"]
    assert listed(hand, rule_of(hand, "C3")) == ["是", "否"]
    assert listed(hand, rule_of(hand, "N1", "state")) == ["不清楚", "不便提供", "不适用"]
    assert listed(hand, rule_of(hand, "C1", "state")) == ["不清楚", "不便提供"]
    assert listed(hand, rule_of(hand, "_mode")) == ["自评", "现场评定"]


def test_figures__are_held_to_their_bounds(blank: bytes) -> None:
    hand = Hand(blank)
    number, trend, ratio = (rule_of(hand, line) for line in ("N1", "D1/前", "R1/分子"))
    assert (number.formula1, number.formula2) == ("0", "100")
    assert (trend.formula1, trend.formula2) == ("0", "100")
    assert (ratio.operator, ratio.formula1) == ("greaterThanOrEqual", "0")


def test_per_cents__stay_in_the_general_format(blank: bytes) -> None:
    hand = Hand(blank)
    assert hand.cell("D1/前").number_format == "General"
    assert hand.cell("W1").number_format == "@"


def test_sheets_nobody_needs__are_hidden(common: Pack, blank_common: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank_common))
    states = {sheet.title: sheet.sheet_state for sheet in book}
    assert {name for name, state in states.items() if state == "hidden"} == {labels.CALC, labels.LISTS}
    assert states[labels.META] == "veryHidden"
    assert book.worksheets[0].title == labels.COVER


def test_the_identity__is_written_twice_and_as_text(common: Pack, blank_common: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank_common))
    meta = {row[0].value: row[1].value for row in book[labels.META].iter_rows(max_col=2)}
    properties = {entry.name: entry.value for entry in book.custom_doc_props.props}
    wanted = {"pack": "common", "version": common.version, "digest": common.digest, "uid": "0" * 32}
    for key, value in wanted.items():
        assert meta[key] == properties[f"assessor-{key}"] == value
    assert meta["schema"] == properties["assessor-schema"] == labels.SCHEMA


def test_every_line_of_the_pack__has_a_place_of_its_own(common: Pack, tires: Pack, sample: Pack) -> None:
    for pack in (common, tires, sample):
        book, layout = describe(pack), layout_of(pack)
        lines = [line for _, block in book.blocks() for line in block.entries]
        places = [layout.place(line.id, "claimed") for line in lines]
        assert len(set(places)) == len(lines)
        names = [labels.COVER, *(sheet.name for sheet in book.sheets), *(table.name for table in book.tables)]
        assert len({name.lower() for name in names}) == len(names)
        assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_long_and_equal_section_titles__make_lawful_sheet_names(tmp_path: Path) -> None:
    title = "很长的/标题[一]：" + "长" * 40
    pack = sample_pack(
        tmp_path,
        Edit("questionnaire.yaml", "title: 主要", f'title: "{title}"'),
        Edit("questionnaire.yaml", "title: 场景", f'title: "{title}"'),
    )
    names = [sheet.name for sheet in describe(pack).sheets]
    assert len(set(names)) == 2
    assert all(len(name) <= 31 for name in names)
    assert workbook_bytes(pack, None, digest="")


def test_more_rows_than_made_ready__all_find_room(sample: Pack) -> None:
    rows = tuple({"item": "甲", "year": Decimal(number)} for number in range(150))
    data = workbook_bytes(sample, Answers("valid", "1", {}, {"X1": Answer(value=rows)}), digest="")
    sheet = Hand(data).book[describe(sample).tables[0].name]
    assert not sheet.cell(3 + 160, 3).protection.locked


def test_figures__show_in_a_viewer_that_does_not_calculate(common: Pack) -> None:
    items = {"miit.Q5": Answer(value="C"), "miit.Q8": Answer(value="B")}
    answers = Answers("common", common.version, {"name": "甲厂"}, items)
    data = workbook_bytes(common, answers, digest="")
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    score = {row[1].value: [cell.value for cell in row[3:7]] for row in book[labels.SCORE].iter_rows()}
    assert score["总分"] == [6.5, 89.0, 0.0, 100.0]
    verdict = [str(cell.value) for row in book[labels.VERDICT].iter_rows() for cell in row if cell.value]
    assert "甲厂　数字化诊断结论" in verdict
    assert "6.5—89.0" in verdict
    assert any("要稳到 1 级" in text and "得分还差 13.5 分" in text for text in verdict)
