"""Blank and filled workbooks, and LibreOffice, once for all tests here."""

from pathlib import Path

import pytest

from assessor.exchange.write import workbook_bytes
from assessor.pack.model import Pack
from tests.exchange.office import Office
from tests.pack.build import load, write_pack

RULES = """
cite: {source: own, kind: expert, sure: own}
rules:
  - {id: V1, when: "N1 >= 5 or C1 == 'B'", say: 说, sample: 看, effect: cap, cap: {M1: 2, T1: 1}}
  - {id: V2, when: "has(C2, 'B', 'C') and not R1 > 50", say: 说, sample: 看, effect: cap, cap: {M1: 1}}
  - {id: V3, when: "lowest(M1, T1) < 2 and N1 / 2 > 1", say: 说, sample: 看, effect: cap, cap: {T1: 0}}
red_lines:
  - {id: L1, colour: amber, title: 黄, when: "within(C2, 'B') and given(N1)", text: 文, cure: {text: 治}}
  - {id: L2, colour: red, title: 红, when: "C3 == no or max(M1, T1) - 1 == 2", text: 文, cure: {text: 治}}
feeds:
  - table: X1
    gives:
      - {question: R1, share: [{sum: year, where: {good: [true]}}, {sum: year}]}
      - {question: N1, number: {distinct: note, where: {item: [甲, 乙]}}}
      - {question: C1, number: {rows: true}, at_least: {B: 2}, none: A}
      - {question: C2, ticks: item, where: {good: [true]}, map: {甲: B, 乙: C}, none: A}
"""
"""Rules that cap, red lines, and figures counted from the small pack's table in every way."""


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """LibreOffice with a profile of its own."""
    return Office(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="session")
def blank(sample: Pack) -> bytes:
    """The template of the small pack."""
    return workbook_bytes(sample, None, digest=sample.digest)


@pytest.fixture(scope="session")
def blank_common(common: Pack) -> bytes:
    """The template of the common pack."""
    return workbook_bytes(common, None, digest=common.digest, uid="0" * 32)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where a workbook is to be written."""
    return tmp_path / "问卷.xlsx"


@pytest.fixture(scope="session")
def ruled(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The small pack with rules, red lines and table feeds."""
    folder = write_pack(tmp_path_factory.mktemp("ruled"))
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    loaded = load(folder)
    assert not loaded.problems, loaded.problems
    assert loaded.pack is not None
    return loaded.pack
