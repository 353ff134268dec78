"""YAML written by the program is read back by the strict reader as what it was."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.pack.yamlfile import parse_yaml, read_yaml
from assessor.pack.yamltext import flow, yaml_text

PACKS = Path(__file__).resolve().parent.parent.parent / "questionnaires"
FILES = sorted(PACKS.glob("tires/*.yaml"))

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
KEY = st.text(st.characters(exclude_categories=["C"]), min_size=1)
PLAIN = TEXT | st.integers() | st.booleans() | st.none() | st.decimals(-99999, 99999, places=3)
VALUE = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(KEY, inner), max_leaves=12)


def read(text: str) -> Any:
    document = parse_yaml(text.encode(), "t.yaml")
    assert [str(problem) for problem in document.problems] == []
    return document.data


@given(st.dictionaries(KEY, VALUE, min_size=1))
def test_what_is_written__is_read_as_it_was(data: dict[str, Any]) -> None:
    assert read(yaml_text(data)) == data


@given(VALUE)
def test_what_is_written_on_one_line__is_read_as_it_was(value: Any) -> None:
    text = flow(value)
    assert "\n" not in text
    assert read(f"v: {text}") == {"v": value}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_shipped_file__is_written_and_read_as_it_was(path: Path) -> None:
    data = read_yaml(path, path.name).data
    assert read(yaml_text(data)) == data


def test_numbers__keep_their_digits() -> None:
    assert str(read(yaml_text({"a": Decimal("100.000")}))["a"]) == "100.000"


def test_the_text__is_what_a_person_would_write() -> None:
    levels = [
        {"level": 0, "text": "没有记录。"},
        {"level": 1, "text": "记在纸上；" * 20, "evidence": ["纸卡"]},
    ]
    assert yaml_text({"id": "X01", "ask_if": {"of": "XP1", "has": "甲"}, "unit": "%", "levels": levels}) == (
        "id: X01\n"
        "ask_if: {of: XP1, has: 甲}\n"
        'unit: "%"\n'
        "levels:\n"
        "  - {level: 0, text: 没有记录。}\n"
        "  - level: 1\n"
        f"    text: {'记在纸上；' * 20}\n"
        "    evidence: [纸卡]\n"
    )
