"""Models of other standards broken once each: code and line are told; what is not known is no fault."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from assessor.errors import PROBLEMS
from tests.pack.build import Edit, line_of, line_told, load
from tests.pack.standards import LADDER, TREE, write_standards


@dataclass(frozen=True)
class Row:
    """`old` in `file` becomes `new`; `code` with `said` in its sentence, on the line of `at`."""

    rule: str
    file: str
    old: str
    new: str
    code: str
    said: str
    at: str


ROWS = [
    Row(
        "weights do not add up",
        TREE,
        "process: {value: 40,",
        "process: {value: 41,",
        "pack-weights",
        "101",
        "id: tree",
    ),
    Row(
        "weights below do not add up",
        TREE,
        "title_en: Floor\n        weights:\n          process: {value: 50,",
        "title_en: Floor\n        weights:\n          process: {value: 40,",
        "pack-weights",
        "前",
        "- id: front",
    ),
    Row(
        "weight above 100",
        TREE,
        "discrete: {value: 30,",
        "discrete: {value: 300,",
        "pack-field-value",
        "value",
        "discrete: {value: 300,",
    ),
    Row(
        "weight for no kind of plant",
        TREE,
        "discrete: {value: 20,",
        "mixed: {value: 20,",
        "pack-unknown-id",
        "mixed",
        "- id: extra",
    ),
    Row(
        "node of no kind of plant",
        TREE,
        "only: discrete",
        "only: mixed",
        "pack-unknown-id",
        "mixed",
        "- id: extra",
    ),
    Row(
        "weight without source",
        TREE,
        "{value: 20, cite: {source: std,",
        "{value: 20, cite: {source: none,",
        "pack-source-unknown",
        "none",
        "- id: extra",
    ),
    Row(
        "weight without cite",
        TREE,
        "{value: 20, cite: {source: std, kind: standard, sure: second-hand}}",
        "{value: 20}",
        "pack-field-missing",
        "cite",
        "discrete: {value: 20}",
    ),
    Row(
        "mapping without source",
        TREE,
        "mapping: {source: own,",
        "mapping: {source: none,",
        "pack-source-unknown",
        "none",
        "id: tree",
    ),
    Row(
        "mark without source",
        TREE,
        "{satisfied: 0.8, cite: {source: std,",
        "{satisfied: 0.8, cite: {source: none,",
        "pack-source-unknown",
        "none",
        "id: tree",
    ),
    Row(
        "mark above 1", TREE, "satisfied: 0.8", "satisfied: 80", "pack-field-value", "satisfied", "stepwise:"
    ),
    Row(
        "node twice",
        TREE,
        "- id: choice",
        "- id: floor",
        "pack-duplicate-id",
        "floor",
        "- id: floor\n        title: 选",
    ),
    Row(
        "node of no question",
        TREE,
        "questions: [M1]",
        "questions: [M9]",
        "pack-unknown-id",
        "M9",
        "- id: back",
    ),
    Row(
        "node of a question without states",
        TREE,
        "questions: [M1]",
        "questions: [N1]",
        "standard-steps",
        "N1",
        "- id: back",
    ),
    Row(
        "requirement of no question",
        TREE,
        "{level: 2, question: M1,",
        "{level: 2, question: M9,",
        "pack-unknown-id",
        "M9",
        "- id: back",
    ),
    Row(
        "requirement of ticks",
        TREE,
        "{level: 1, question: R1, scores: {A: 0, B: 0.8, C: 1}}",
        "{level: 1, question: C2, scores: {A: 0, B: 0.8, C: 1}}",
        "standard-steps",
        "C2",
        "- id: choice",
    ),
    Row(
        "requirement without a state",
        TREE,
        "{A: 0, B: 0.8, C: 1}",
        "{A: 0, C: 1}",
        "standard-scores",
        "A、B、C",
        "- id: choice",
    ),
    Row(
        "requirement that falls",
        TREE,
        "{A: 0, B: 0.8, C: 1}",
        "{A: 0, B: 1, C: 0.8}",
        "standard-scores",
        "下降",
        "- id: choice",
    ),
    Row(
        "requirement above 1",
        TREE,
        "{A: 0, B: 0.8, C: 1}",
        "{A: 0, B: 0.8, C: 2}",
        "pack-field-value",
        "C",
        "- {level: 1, question: R1",
    ),
    Row(
        "requirement of no level",
        TREE,
        "{level: 1, question: R1,",
        "{level: 3, question: R1,",
        "standard-scores",
        "3 级",
        "- id: choice",
    ),
    Row("papers in no table", TREE, "table: P1", "table: W1", "pack-unknown-id", "W1", "id: tree"),
    Row(
        "papers in a table without columns",
        TREE,
        "table: P1",
        "table: X1",
        "standard-papers",
        "grade",
        "id: tree",
    ),
    Row("papers under no item", TREE, "item: 树", "item: 花", "pack-unknown-option", "花", "id: tree"),
    Row(
        "papers without source",
        TREE,
        "proves: 证明评到这一级。\n  cite: {source: own,",
        "proves: 证明评到这一级。\n  cite: {source: none,",
        "pack-source-unknown",
        "none",
        "id: tree",
    ),
    Row("tree says nothing", TREE, "says: 自评，不是证书。\n", "", "pack-field-missing", "says", "id: tree"),
    Row(
        "gate on nothing",
        LADDER,
        "{of: T1, ge: 2}",
        "{of: T9, ge: 2}",
        "pack-unknown-id",
        "T9",
        "- id: floor-2",
    ),
    Row(
        "gate on no option",
        LADDER,
        "{of: T1, ge: 2}",
        "{of: C2, has: Z}",
        "pack-unknown-option",
        "Z",
        "- id: floor-2",
    ),
    Row(
        "gate of two ways",
        LADDER,
        "when: {of: T1, ge: 2}",
        "when: {of: T1, ge: 2}\n        paper: {model: tree, level: 1}",
        "pack-field-value",
        "只能写一个",
        "- id: floor-2",
    ),
    Row(
        "gate speaks of nothing",
        LADDER,
        "speaks: [N1]",
        "speaks: [N9]",
        "pack-unknown-id",
        "N9",
        "- id: paper-2",
    ),
    Row(
        "gate on a paper of no model",
        LADDER,
        "{model: tree, level: 1}",
        "{model: bush, level: 1}",
        "pack-unknown-id",
        "bush",
        "- id: paper-1",
    ),
    Row(
        "gate on a paper above its grades",
        LADDER,
        "{model: tree, level: 2}",
        "{model: tree, level: 3}",
        "pack-unknown-id",
        "tree 3",
        "- id: paper-2",
    ),
    Row("rung out of order", LADDER, "  - level: 2\n", "  - level: 3\n", "pack-gates", "2", "- level: 3"),
    Row(
        "crosswalk to no standard",
        "crosswalk.yaml",
        "weight: 2}",
        "weight: 2, standards: {bush: [back]}}",
        "pack-unknown-id",
        "bush",
        "  T1:",
    ),
    Row(
        "crosswalk to no node",
        "crosswalk.yaml",
        "weight: 2}",
        "weight: 2, standards: {tree: [leaf]}}",
        "pack-unknown-id",
        "leaf",
        "  T1:",
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=[row.rule for row in ROWS])
def test_each_rule_of_other_standards__is_told_with_its_line(row: Row, tmp_path: Path) -> None:
    folder = write_standards(tmp_path, Edit(row.file, row.old, row.new))
    found = load(folder).problems
    [problem] = [one for one in found if one.code == row.code]
    assert line_told(problem) == f"{folder / row.file}:{line_of(folder / row.file, row.at)}"
    assert row.said in problem.what


def test_every_code_of_other_standards__is_broken_above() -> None:
    codes = {code for code in PROBLEMS if code.startswith("standard-")}
    assert codes <= {row.code for row in ROWS}


def test_the_sample_with_other_standards__has_no_fault(tmp_path: Path) -> None:
    assert not load(write_standards(tmp_path)).problems


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (TREE, "      process: {value: 40, cite: {source: std, kind: standard, sure: read}}\n", ""),
        (TREE, "    requirements:\n      - {level: 1, question: C1, scores: {A: 0, B: 1}}\npapers", "papers"),
        (TREE, "stepwise: {satisfied: 0.8, cite: {source: std, kind: standard, sure: read}}\n", ""),
        (LADDER, "    name_en: Second\n    complete: true\n", "    name_en: Second\n"),
    ],
)
def test_what_is_not_known__is_no_fault(file: str, old: str, new: str, tmp_path: Path) -> None:
    assert not load(write_standards(tmp_path, Edit(file, old, new))).problems
