"""A pack written in Excel: nothing is lost on the way, and every fault is told with its sheet and cell."""

import io
import json
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import Field, TypeAdapter

from assessor.errors import Problem, UserError
from assessor.exchange.authoring import names
from assessor.exchange.authoring.book import HEAD, Sheet, book, book_of
from assessor.exchange.authoring.build import HeadRow, Row, Spot, build
from assessor.exchange.authoring.cell import MISSING, from_cell, to_cell
from assessor.exchange.authoring.convert import pack_files, pack_workbook, unpack_workbook
from assessor.exchange.authoring.rows import rows_of
from assessor.exchange.authoring.shape import Column, Kind, shape_of
from assessor.pack.load import load_pack, pack_folders
from assessor.pack.model import Pack
from assessor.pack.record import Cite, Names, Record
from tests.exchange import office

ROOT = Path(__file__).resolve().parent.parent.parent
QUESTIONNAIRES = ROOT / "questionnaires"
EXAMPLE = ROOT / "docs/examples/nonferrous"
FOLDERS = (*pack_folders((QUESTIONNAIRES,)).values(), EXAMPLE)


def loaded(folder: Path) -> Pack:
    found = load_pack(folder, (folder.parent, QUESTIONNAIRES))
    assert found.pack is not None
    assert [str(problem) for problem in found.problems] == []
    return found.pack


def differences(one: Pack, other: Pack) -> list[str]:
    """The parts in which two packs differ, beside where they lie."""
    parts = [name for name in one.__dataclass_fields__ if name not in ("digest", "folder")]
    return [name for name in parts if getattr(one, name) != getattr(other, name)]


def unpack(data: bytes, target: Path, *, over: bool = False) -> Path:
    return unpack_workbook(data, "包.xlsx", target, (QUESTIONNAIRES,), over=over)


# -- there and back ----------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_pack__comes_back_from_excel_as_it_was(folder: Path, tmp_path: Path) -> None:
    data = pack_workbook(folder)
    made = unpack(data, tmp_path / folder.name)
    assert differences(loaded(folder), loaded(made)) == []
    assert pack_workbook(made) == data


@office.needed
def test_a_pack__survives_being_saved_by_libreoffice(tmp_path: Path) -> None:
    first = tmp_path / "first.xlsx"
    first.write_bytes(pack_workbook(EXAMPLE))
    [saved] = office.Office(tmp_path).convert(first)
    made = unpack(saved.read_bytes(), tmp_path / "nonferrous")
    assert differences(loaded(EXAMPLE), loaded(made)) == []


def test_a_pack__survives_being_saved_by_another_library(tmp_path: Path) -> None:
    made = unpack(edited(lambda sheets: None), tmp_path / "nonferrous")
    assert differences(loaded(EXAMPLE), loaded(made)) == []


TEXT = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), min_size=1).filter(
    str.strip
)
NAME = TEXT.map(str.strip).filter(lambda text: "\n" not in text)
NUMBER = st.integers(-(10**20), 10**20) | st.decimals(-1000, 1000, places=3)
VALUES: Mapping[Kind, st.SearchStrategy[Any]] = {
    "text": TEXT.filter(lambda text: text.strip() not in ("null", '""')),
    "int": st.integers(-(10**20), 10**20),
    "number": NUMBER,
    "bool": st.booleans(),
    "names": st.lists(NAME, min_size=1),
    "groups": st.lists(NAME | st.lists(NAME, min_size=2), min_size=1),
    "yaml": st.recursive(
        NUMBER | NAME | st.booleans() | st.none(),
        lambda inner: st.lists(inner) | st.dictionaries(NAME, inner),
        max_leaves=8,
    ),
}


RANGE = st.fixed_dictionaries({}, optional={"min": NUMBER, "max": NUMBER})
KEYS = NAME.filter(lambda text: text[:1].isalpha())
PAIRS = {
    Column(("x",), "pairs"): st.dictionaries(KEYS, NAME, min_size=1),
    Column(("x",), "pairs", inner="number"): st.dictionaries(KEYS, NUMBER, min_size=1),
    Column(("x",), "pairs", many=True): st.dictionaries(KEYS, st.lists(NAME), min_size=1),
    Column(("x",), "pairs", inner="int", many=True): st.dictionaries(
        KEYS, st.lists(st.integers(), min_size=1), min_size=1
    ),
    Column(("x",), "ranges"): st.lists(RANGE, min_size=1),
}


@given(st.data())
def test_a_value__comes_back_from_its_cell(data: st.DataObject) -> None:
    cases = {**PAIRS, **{Column(("x",), kind): values for kind, values in VALUES.items()}}
    column = data.draw(st.sampled_from(list(cases)))
    value = data.draw(cases[column])
    content = to_cell(column, value)
    if value is None:
        assert content is None
        return
    found, problems = from_cell(column, content, "A1")
    assert (found, list(problems)) == (value, [])


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        (Column(("x",), "ranges"), "0 ~ 100", [{"min": 0, "max": 100}]),
        (Column(("x",), "ranges"), "0～", [{"min": 0}]),
        (Column(("x",), "pairs", inner="int"), "N02：2\nN03: 3", {"N02": 2, "N03": 3}),
        (Column(("x",), "pairs", many=True), "miit.Q4: G、H", {"miit.Q4": ["G", "H"]}),
        (Column(("x",), "bool"), True, True),
        (Column(("x",), "bool"), "√", True),
        (Column(("x",), "text"), 2026.1, "2026.1"),
        (Column(("x",), "text"), date(2026, 5, 20), "2026-05-20"),
        (Column(("x",), "names"), 3216.0, ["3216"]),
        (Column(("x",), "number"), "0.50", Decimal("0.50")),
        (Column(("x",), "choice", ("read", "own")), "自己判断", "own"),
        (Column(("x",), "groups"), "a.R1\na.R2 / a.R3", ["a.R1", ["a.R2", "a.R3"]]),
    ],
)
def test_what_people_type__is_understood(column: Column, text: Any, value: Any) -> None:
    assert from_cell(column, text, "A1") == (value, ())


class Step(Record):
    """Part of a kind of file that nobody has thought of yet."""

    text: str
    share: Annotated[Decimal, Field(ge=0)] | None


class Offer(Record):
    """The same."""

    id: str
    wan: tuple[Decimal, Decimal]
    tags: Names = ()
    steps: tuple[Step, ...] = ()
    cite: Cite


class Offers(Record):
    """The same."""

    edition: int
    offers: tuple[Offer, ...]
    words: dict[str, str]


def test_a_new_kind_of_file__needs_no_line_of_code() -> None:
    plan = book_of({"offers.yaml": shape_of("offers.yaml", TypeAdapter(Offers))})
    assert [sheet.keys for sheet in plan.sheets] == [
        ("id", "wan.0", "wan.1", "tags", "cite.source", "cite.kind", "cite.sure", "cite.clause", "cite.note"),
        ("@of", "text", "share"),
        ("@key", ""),
    ]
    cite = {"source": ["a"], "kind": "case", "sure": "read"}
    steps = [{"text": "一", "share": None}, {"text": "二", "share": Decimal("0.5")}]
    offer = {"id": "A", "wan": [1, 2], "tags": ["甲", "乙"], "cite": cite, "steps": steps}
    files = {"offers.yaml": {"edition": 3, "offers": [offer], "words": {"x": "y"}}}
    rows = rows_of(files, plan, {"offers.yaml": True})
    heads = [
        HeadRow(Spot("", file), Spot("", column.key), Spot("", content))
        for file, column, content in rows.heads
    ]
    sheets = {
        title: [Row({key: Spot("", content) for key, content in cells.items()}) for cells in each]
        for title, each in rows.sheets.items()
    }
    built = build(plan, heads, sheets)
    assert (built.files, built.problems) == (files, [])


# -- how it is told ----------------------------------------------------------------------------------


def test_every_sheet_and_column__is_named_in_chinese() -> None:
    english = [
        f"{sheet.title} {key}: {sheet.heading(key)}"
        for sheet in book().sheets
        for key in sheet.keys
        if all(ord(char) < 0x2E80 for part in sheet.heading(key).split("·")[-1:] for char in part)
        and not sheet.heading(key).split("·")[-1].startswith("P")
    ]
    assert english == []
    assert [sheet.title for sheet in book().sheets if sheet.title.isascii()] == []


def test_every_word_to_choose_from__is_shown_in_chinese_and_clear() -> None:
    for sheet in book().sheets:
        for column in sheet.columns:
            words = [names.word(option) for option in column.options if option]
            assert [word for word in words if word.isascii()] == [], column.key
            assert len(set(words)) == len(words), column.key


def test_the_first_sheet__explains_every_other() -> None:
    found = openpyxl.load_workbook(io.BytesIO(example_book()))
    told = {str(row[0]) for row in found.worksheets[0].iter_rows(values_only=True) if row[0]}
    shown = {sheet.title for sheet in found.worksheets[2:] if sheet.sheet_state == "visible"}
    assert found.sheetnames[:2] == ["说明", HEAD]
    assert shown <= told


def test_every_table__keeps_its_headings_and_offers_its_words() -> None:
    found = openpyxl.load_workbook(io.BytesIO(example_book()))
    questions = found["题目"]
    assert questions.freeze_panes == "C2"
    offered = [rule.formula1 for rule in questions.data_validations.dataValidation]
    assert any("等级,单选,多选" in str(formula) for formula in offered)
    assert any("编号_节" in str(formula) for formula in offered)


# -- what is wrong -----------------------------------------------------------------------------------

Sheets = Mapping[str, Worksheet]


@lru_cache(maxsize=1)
def example_book() -> bytes:
    """The workbook of the example, written once."""
    return pack_workbook(EXAMPLE)


def edited(change: Callable[[Sheets], object]) -> bytes:
    """The workbook of the example after somebody worked on it."""
    found = openpyxl.load_workbook(io.BytesIO(example_book()))
    change({sheet.title: sheet for sheet in found.worksheets})
    target = io.BytesIO()
    found.save(target)
    return target.getvalue()


def cell(sheets: Sheets, title: str, key: str, row: int) -> Any:
    """The cell of a column in a row counted as Excel does."""
    sheet = sheets[title]
    column = next(one.column for one in sheet[1] if str(one.value).splitlines()[-1] == key)
    return sheet.cell(row, column)


def faults(change: Callable[[Sheets], object], tmp_path: Path) -> list[Problem]:
    """What is told; nothing may have been written."""
    with pytest.raises(UserError) as caught:
        unpack(edited(change), tmp_path / "out/nonferrous")
    assert list(tmp_path.iterdir()) == []
    return list(caught.value.problems)


def put(title: str, key: str, row: int, value: object) -> Callable[[Sheets], object]:
    return lambda sheets: setattr(cell(sheets, title, key, row), "value", value)


@pytest.mark.parametrize(
    ("title", "key", "row", "value", "code", "said"),
    [
        ("等级", "level", 2, 1, "pack-levels", "N01"),
        ("等级", "level", 3, "一级", "pack-field-value", "应为整数"),
        ("等级", "text", 3, None, "pack-field-missing", "text"),
        ("等级", "@of", 4, "N99", "book-owner-unknown", "企业事实、题目"),
        ("等级", "@of", 4, None, "book-owner-missing", "题目编号"),
        ("题目", "title", 3, None, "pack-field-missing", "标题 title"),
        ("题目", "kind", 3, "填空", "pack-field-value", "等级、单选、多选"),
        ("题目", "ask_if", 3, "{of: NP01, has: 电解", "yaml-syntax", "花括号没有配对"),
        ("题目", "ask_if", 3, "{of: NP09, has: 电解铝}", "pack-unknown-id", "NP09"),
        ("题目", "core", 3, "对", "pack-field-value", "应为 是 或 否"),
        ("红黄线", "cite.source", 2, "own.nonferous", "pack-source-unknown", "是不是 own.nonferrous"),
        ("题目", "help", 3, "TODO 怎样判断", "pack-todo", "怎样判断"),
        ("企业事实", "id", 3, "NP01", "pack-duplicate-id", "企业事实!A2"),
        ("场景归并", "@key", 3, "N01", "book-key-twice", "场景归并!A2"),
        ("场景归并", "@key", 3, None, "book-key-missing", "没有编号"),
        ("场景归并", "weight", 3, "50%", "pack-field-value", "应为整数"),
        ("矛盾与追问", "when", 2, "level(N02) ≥ 2", "pack-field-value", "请改成英文的 >="),
        ("矛盾与追问", "effect", 2, "扣分", "pack-field-value", "矛盾、追问、封顶、红线"),
        ("举措", "cost_wan.small.0", 2, "30万", "pack-field-value", "应为数字"),
        ("举措", "cost_wan.small.1", 2, None, "pack-field-missing", ""),
        ("举措", "months.small", 2, None, "pack-field-value", "规模应一致"),
        ("举措效果", "levels", 2, "N77: 2", "pack-unknown-id", "N77"),
        ("举措效果", "levels", 2, "到 2 级", "pack-field-value", "应为键值对"),
        ("矛盾与追问", "cap", 2, "N02: 1\nN02: 2", "yaml-duplicate-key", "N02"),
        ("题目", "bounds.hard", 7, "零到一百", "pack-field-value", "应为列表"),
        ("来源", "sure", 2, "很有把握", "pack-field-value", "读过、转引"),
        (HEAD, "值", 4, "2026/5/20", "pack-field-value", "日期应写成"),
    ],
)
def test_a_fault__is_told_with_its_cell(
    title: str, key: str, row: int, value: object, code: str, said: str, tmp_path: Path
) -> None:
    found = [one for one in faults(put(title, key, row, value), tmp_path) if one.code == code]
    assert found
    assert any(said in one.what + one.remedy for one in found), [str(one) for one in found]
    where = {"等级 level": "题目", "举措效果 levels": "举措"}.get(f"{title} {key}", title)
    assert {one.where.partition("!")[0] for one in found} <= {f"包.xlsx {title}", f"包.xlsx {where}"}


@pytest.mark.parametrize(
    ("title", "key", "row", "value", "code"),
    [
        ("题目", "kind", 3, "填空", "pack-field-value"),
        ("题目", "title", 3, None, "pack-field-missing"),
        ("等级", "@of", 4, "N99", "book-owner-unknown"),
        ("矛盾与追问", "when", 2, "level(N02) ≥ 2", "pack-field-value"),
        ("来源", "sure", 2, "很有把握", "pack-field-value"),
        (HEAD, "值", 4, "2026/5/20", "pack-field-value"),
    ],
)
def test_the_cell_named__is_the_one_to_mend(
    title: str, key: str, row: int, value: object, code: str, tmp_path: Path
) -> None:
    sheets = openpyxl.load_workbook(io.BytesIO(example_book()))
    place = cell({sheet.title: sheet for sheet in sheets.worksheets}, title, key, row).coordinate
    found = {(one.code, one.where) for one in faults(put(title, key, row, value), tmp_path)}
    assert (code, f"包.xlsx {title}!{place}") in found


def test_all_faults__are_told_at_once(tmp_path: Path) -> None:
    def change(sheets: Sheets) -> None:
        put("题目", "kind", 3, "填空")(sheets)
        put("举措", "cost_wan.small.0", 2, "30万")(sheets)
        put("来源", "sure", 2, "很有把握")(sheets)
        put("等级", "@of", 30, "N99")(sheets)

    told = {one.where.split("!")[0].split()[-1] for one in faults(change, tmp_path)}
    assert {"题目", "举措", "来源", "等级"} <= told


def delete(title: str) -> Callable[[Sheets], object]:
    return lambda sheets: sheets[title].parent.remove(sheets[title])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (delete("等级"), "book-sheet-missing"),
        (delete("标识"), "book-foreign"),
        (lambda sheets: setattr(sheets["等级"], "title", "级别"), "book-sheet-missing"),
        (lambda sheets: setattr(sheets["等级"]["A1"], "value", None), "book-column-missing"),
        (lambda sheets: setattr(sheets["等级"]["C1"], "value", "状态\nstate"), "book-column-unknown"),
        (lambda sheets: setattr(sheets["等级"]["D1"], "value", "文字\ntext"), "workbook-column-twice"),
        (lambda sheets: setattr(sheets["等级"]["C3"], "value", "=A1&"), "book-cell-error"),
        (lambda sheets: sheets["等级"].merge_cells("C3:C4"), "book-merged"),
        (lambda sheets: setattr(sheets[HEAD]["C3"], "value", "verson"), "book-head"),
        (lambda sheets: setattr(sheets["标识"]["B2"], "value", "9"), "workbook-schema"),
    ],
)
def test_a_workbook_that_was_taken_apart__is_refused(
    change: Callable[[Sheets], object], code: str, tmp_path: Path
) -> None:
    assert code in {problem.code for problem in faults(change, tmp_path)}


def test_what_is_no_workbook__is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        unpack(b"PK\x03\x04", tmp_path / "nonferrous")
    assert [problem.code for problem in caught.value.problems] == ["workbook-damaged"]


# -- what a person may do ----------------------------------------------------------------------------


def rearrange(sheets: Sheets) -> None:
    """Columns in another order, one's own notes, headings cut to their words, numbers typed as numbers."""
    levels = sheets["等级"]
    levels.insert_cols(3)
    levels["C1"] = "# 谁写的"
    levels["C2"] = "小王"
    levels["B1"] = str(levels["B1"].value).splitlines()[0]
    levels.append([None, None, None])
    head = sheets[HEAD]
    for row in head.iter_rows(min_row=2):
        if row[2].value == "version":
            row[3].value = 1.0
            row[3].number_format = "General"
    assert head["A2"].value == "pack.yaml"


def test_what_does_no_harm__is_accepted(tmp_path: Path) -> None:
    made = unpack(edited(rearrange), tmp_path / "nonferrous")
    found, was = loaded(made), loaded(EXAMPLE)
    assert differences(was, found) == ["manifest"]
    assert found.manifest == was.manifest.model_copy(update={"version": "1"})


def test_a_row_added_in_excel__is_a_question_more(tmp_path: Path) -> None:
    def change(sheets: Sheets) -> None:
        row = sheets["选项"].max_row + 1
        for key, value in {"@of": "NP01", "id": "阳极", "text": "阳极炭素", "text_en": "Anodes"}.items():
            cell(sheets, "选项", key, row).value = value

    made = unpack(edited(change), tmp_path / "nonferrous")
    [fact] = [fact for fact in loaded(made).facts if fact.id == "NP01"]
    assert [option.id for option in getattr(fact, "options")][-1] == "阳极"  # noqa: B009  # a union of kinds


# -- where it is put ---------------------------------------------------------------------------------


def test_a_folder_that_is_there__is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "nonferrous"
    shutil.copytree(EXAMPLE, target)
    before = {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}
    with pytest.raises(UserError) as caught:
        unpack(example_book(), target)
    assert [problem.code for problem in caught.value.problems] == ["authoring-exists"]
    assert {path: path.read_bytes() for path in target.rglob("*") if path.is_file()} == before


def test_a_pack_replaced__keeps_its_samples_and_loses_no_file(tmp_path: Path) -> None:
    target = tmp_path / "nonferrous"
    shutil.copytree(EXAMPLE, target)
    (target / "profiles.yaml").write_text("gone: 1\n", encoding="utf-8")
    unpack(example_book(), target, over=True)
    assert json.loads((target / "samples/demo.json").read_text(encoding="utf-8"))["pack"] == "nonferrous"
    assert not (target / "profiles.yaml").exists()
    assert differences(loaded(EXAMPLE), loaded(target)) == []
    assert [path.name for path in tmp_path.iterdir()] == ["nonferrous"]


def test_a_folder_that_is_no_pack__is_never_replaced(tmp_path: Path) -> None:
    target = tmp_path / "nonferrous"
    target.mkdir()
    (target / "letter.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        unpack(example_book(), target, over=True)
    assert [problem.code for problem in caught.value.problems] == ["authoring-foreign"]
    assert (target / "letter.txt").exists()


def test_a_folder__is_called_as_the_pack(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        unpack(example_book(), tmp_path / "metal")
    assert [problem.code for problem in caught.value.problems] == ["pack-bundle-name"]
    assert list(tmp_path.iterdir()) == []


def test_a_pack_that_would_lose_something__is_not_written_to_excel(tmp_path: Path) -> None:
    target = tmp_path / "nonferrous"
    shutil.copytree(EXAMPLE, target)
    text = (target / "facts.yaml").read_text(encoding="utf-8")
    (target / "facts.yaml").write_text(text.replace("    help:", "    hepl:", 1), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        pack_workbook(target)
    assert [problem.code for problem in caught.value.problems] == ["pack-field-unknown"]


def test_an_empty_cell__holds_nothing() -> None:
    assert from_cell(Column(("x",), "text"), "  ", "A1") == (MISSING, ())


def test_a_sheet__knows_its_own_columns() -> None:
    levels: Sheet = next(sheet for sheet in book().sheets if sheet.title == "等级")
    assert levels.keys[:4] == ("@of", "level", "text", "evidence")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_file_a_pack_is_read_from__has_its_sheets(folder: Path) -> None:
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*.yaml")}
    assert {name for name in files if not name.startswith("cases/")} == set(pack_files(folder))
