"""The fast and the careful reader see the same cells; formats and terms follow the spreadsheet's rules."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.exchange.cells import read_grids
from assessor.exchange.codec import cell_figure, cell_text, figure_cell, text_cell, text_figure
from assessor.exchange.grid import Grid
from assessor.exchange.guard import open_package
from assessor.exchange.layout import column_letters, quoted
from assessor.exchange.numfmt import kind_of
from assessor.exchange.term import (
    BAD,
    Term,
    as_number,
    differs,
    div,
    lit,
    points_said,
    rounded,
    same,
    trimmed,
    when,
)
from assessor.exchange.write import workbook_bytes
from assessor.pack.model import Pack
from tests.exchange.hand import Hand, read
from tests.exchange.test_guard import SHEET, changed, packed, parts
from tests.exchange.test_tolerance import FILLED, check_unharmed


def grids(data: bytes, *, careful: bool) -> list[Grid]:
    package = open_package(data, "x")
    if careful:
        package.heavy = {sheet.path for sheet in package.sheets}
    found = list(read_grids(package))
    assert not package.problems
    return found


def check_same_cells(data: bytes) -> None:
    for one, other in zip(grids(data, careful=False), grids(data, careful=True), strict=True):
        assert one.name == other.name
        for row in range(max(len(one.rows), len(other.rows))):
            for column in range(60):
                assert one.get(row, column) == other.get(row, column), (one.name, row, column)
                assert one.odd.style((row, column)) == other.odd.style((row, column)) or row > 30
        assert one.odd.notes == other.odd.notes
        assert one.odd.merged == other.odd.merged


def test_both_readers__see_the_same(sample: Pack) -> None:
    written = workbook_bytes(sample, FILLED, digest=sample.digest)
    check_same_cells(written)
    hand = Hand(written)
    hand.type("N1", "#REF!")
    hand.cell("N1").data_type = "e"
    hand.type("R1/分子", "=1+2")
    hand.type("R1/分母", True)
    check_same_cells(hand.saved())


def test_the_careful_reader__loses_nothing(sample: Pack) -> None:
    written = workbook_bytes(sample, FILLED, digest=sample.digest)
    far = b'<row r="99999"><c r="A99999" s="1"/></row></sheetData>'
    data = packed({name: xml.replace(b"</sheetData>", far) for name, xml in parts(written).items()})
    check_unharmed(read(data, sample))


def test_cells_without_addresses_and_with_prefixes__are_read(sample: Pack) -> None:
    written = workbook_bytes(sample, FILLED, digest=sample.digest)
    bare = changed(written, SHEET, lambda xml: re.sub(rb'<row r="\d+"', b"<row", xml))
    check_unharmed(read(bare, sample))

    def prefixed(xml: bytes) -> bytes:
        named = re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1x:", xml)
        return named.replace(b' xmlns="', b' xmlns:x="')

    check_unharmed(read(changed(written, SHEET, prefixed), sample))


def test_strict_name_spaces__are_read(sample: Pack) -> None:
    written = workbook_bytes(sample, FILLED, digest=sample.digest)
    old, new = (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    data = packed({name: xml.replace(old, new) for name, xml in parts(written).items()})
    check_unharmed(read(data, sample))


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", None),
        ("0", None),
        ("@", None),
        ('0"级"', None),
        ('0.0##"%"', None),
        ("0%", "percent"),
        ("0.00%;[Red]-0.00%", "percent"),
        ("yyyy-mm-dd", "date"),
        ('yyyy"年"m"月"d"日"', "date"),
        ("h:mm", "date"),
        ("[$¥-804]#,##0.00", None),
    ],
)
def test_a_number_format__tells_what_it_shows(code: str, kind: str | None) -> None:
    assert kind_of(code) == kind


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**17), max_value=10**17, places=6))
def test_a_figure__comes_back_from_its_cell(figure: Decimal) -> None:
    cell = figure_cell(figure)
    assert (text_figure(cell) if isinstance(cell, str) else cell_figure(cell)) == figure


@given(st.text())
def test_a_text__comes_back_from_its_cell(text: str) -> None:
    assert cell_text(text_cell(text)) == text


@pytest.mark.parametrize(
    ("number", "digits", "wanted"), [(1.005, 2, 1.01), (2.5, 0, 3.0), (85.125, 2, 85.13), (0.0005, 3, 0.001)]
)
def test_rounding__is_that_of_spreadsheets(number: float, digits: int, wanted: float) -> None:
    assert rounded(lit(number), digits).value == wanted


def test_points_near_a_threshold__are_never_rounded_across_it() -> None:
    assert points_said(lit(59.96), [60]).value == "59.96"
    assert points_said(lit(59.996), [60]).value == "59.996"
    assert points_said(lit(60), [60]).value == "60.0"
    assert points_said(lit(41.25), [60]).value == "41.3"


def test_terms__carry_text_and_value_together() -> None:
    cell = Term("A1", "")
    assert when(same(cell, lit("")), lit(1), lit(2)) == Term('IF((A1=""),1,2)', 1)
    assert div(lit(1), lit(0)).value is BAD
    assert same(lit("A"), lit("a")).value is True
    assert same(lit("5"), lit(5)).value is False
    assert differs(lit("a"), lit("b")).value is True
    assert as_number(Term("A1", "７x")).value is BAD
    assert trimmed(Term("A1", "  a   b ")).value == "a b"
    with pytest.raises(ValueError, match="300"):
        lit("x" * 300)


def test_columns_and_sheets__are_named_as_formulas_need_it() -> None:
    assert [column_letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert quoted("it's") == "'it''s'"
