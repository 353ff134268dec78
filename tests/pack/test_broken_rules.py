"""Rules, feeds, references, profiles and indexes broken once each: the check names code, file and line.

What one word can break stands in `test_broken_packs`; here is what needs a larger piece, what must
not be taken for a fault, and what the sentence says.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from assessor.errors import Problem
from tests.pack.build import Edit, line_of, line_told, load, write_pack

U, W, B, E, Q = "rules.yaml", "models/whole.yaml", "benchmarks.yaml", "profiles.yaml", "questionnaire.yaml"

READINGS = """\
readings:
  - id: other
    title: 另一种读法
    title_en: Other
    bars:
      - {id: one, title: 一, title_en: One, parts: [counted-points, scenes-online]}
      - {id: two, title: 二, title_en: Two, kind: 数转, questions: [R1]}
"""
DISTRIBUTIONS = """\
distributions:
  - {of: N1, size: small, mode: onsite, period: "2026", n: 12, p: [1, 2, 3, 4, 5],
     cite: {source: own, kind: statistic, sure: own}}
  - {of: T1, mode: self, period: "2026", n: 40, shares: [0.1, 0.2, 0.3, 0.2, 0.2],
     cite: {source: own, kind: statistic, sure: weak}}
"""
REPORTED = """\
id: held
title: 已有结果
title_en: Held
short: 已有
edition: "1"
effective_from: "2026-01-01"
cite: {source: own, kind: standard, sure: second-hand}
rule: reported
levels:
  - {level: 1, name: 一, name_en: One}
score: N1
stage: C1
year: N1
issuer: W1
"""


def whole_pack(folder: Path) -> Path:
    """The sample pack with readings, distributions, a condition on a benchmark and a result held on paper."""
    target = write_pack(
        folder, Edit(B, '    date: "2025"\n    who', '    if: {of: C1, eq: A}\n    date: "2025"\n    who')
    )
    for file, more in ((W, READINGS), (B, DISTRIBUTIONS)):
        path = target / file
        path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    (target / "models/held.yaml").write_text(REPORTED, encoding="utf-8")
    return target


def broken(folder: Path, file: str, old: str, new: str) -> tuple[Path, list[Problem]]:
    path = whole_pack(folder) / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path, list(load(path.parent if "/" not in file else path.parent.parent).problems)


def test_the_whole_sample__has_no_fault(tmp_path: Path) -> None:
    assert [str(problem) for problem in load(whole_pack(tmp_path)).problems] == []


@dataclass(frozen=True)
class Row:
    """`old` in `file` becomes `new`; `code` with `said` in its sentence, on the line of `at`."""

    rule: str
    file: str
    old: str
    new: str
    code: str
    said: str
    at: str = ""


FIRST = "cite:"  # what a fault of a feed names is the file; its sentence tells which
ROWS = [
    # rules and red lines
    Row("rule over an unknown id", U, "and N1 < 5", "and N7 < 5", "pack-unknown-id", "N7", "- id: X01"),
    Row("rule over an unknown fact", U, "and N1 < 5", "and TP7 < 5", "pack-unknown-id", "TP7", "- id: X01"),
    Row(
        "red line over an unknown id",
        U,
        "when: C3 == no",
        "when: C7 == no",
        "pack-unknown-id",
        "C7",
        "- id: A01",
    ),
    Row(
        "unknown option in has()",
        U,
        "has(C2, 'B')",
        "has(C2, 'B', 'Z')",
        "pack-unknown-option",
        "没有选项“Z”",
        "- id: X02",
    ),
    Row(
        "unknown option in within()",
        U,
        "has(C2, 'B')",
        "within( C2 , 'Z' )",
        "pack-unknown-option",
        "没有选项“Z”",
        "- id: X02",
    ),
    Row(
        "unknown option after !=",
        U,
        "C1 == 'A'",
        "C1 != 'Z'",
        "pack-unknown-option",
        "C1 没有选项“Z”",
        "- id: X02",
    ),
    Row("cap on no scene", U, "cap: {T1: 1}", "cap: {T7: 1}", "pack-unknown-id", "T7", "- id: X01"),
    Row("cap on what has no levels", U, "cap: {T1: 1}", "cap: {N1: 1}", "pack-unknown-id", "N1", "- id: X01"),
    Row("unknown red line", U, "red_line: A01", "red_line: X01", "pack-unknown-id", "X01", "- id: X02"),
    Row(
        "cap on a rule that only asks",
        U,
        "effect: cap",
        "effect: ask",
        "pack-field-value",
        "cap 要与 cap 同写",
        "- id: X01",
    ),
    Row(
        "red line without a cure",
        U,
        "    cure: {text: 补办。}\n",
        "",
        "pack-field-missing",
        "cure",
        "- id: A01",
    ),
    Row(
        "rule without a sentence", U, "    say: 够二级了吗？\n", "", "pack-field-missing", "say", "- id: X01"
    ),
    Row(
        "red line without a source",
        U,
        "    cure: {text: 补办。}",
        "    cite: {source: none, kind: expert, sure: own}\n    cure: {text: 补办。}",
        "pack-source-unknown",
        "none",
        "- id: A01",
    ),
    Row("text in double quotes", U, "C1 == 'A'", 'C1 == "A"', "pack-field-value", "单引号", "when: has"),
    # feeds
    Row("feed of an unknown column", U, "ticks: item", "ticks: thing", "pack-unknown-id", "X1.thing", FIRST),
    Row(
        "feed by an unknown column",
        U,
        "where: {good: [true]}",
        "where: {bad: [true]}",
        "pack-unknown-id",
        "X1.bad",
        FIRST,
    ),
    Row("feed to an unknown question", U, "- question: C2", "- question: C7", "pack-unknown-id", "C7", FIRST),
    Row("feed to an unknown option", U, "甲: B", "甲: Y", "pack-unknown-option", "C2 没有选项“Y”", FIRST),
    Row(
        "feed with an unknown option for none",
        U,
        "none: A",
        "none: Y",
        "pack-unknown-option",
        "C2 没有选项“Y”",
        FIRST,
    ),
    Row(
        "feed of a cell that can't be",
        U,
        "甲: B",
        "丁: B",
        "pack-unknown-option",
        "X1.item 没有选项“丁”",
        FIRST,
    ),
    Row(
        "feed where a word stands for yes",
        U,
        "good: [true]",
        "good: [好]",
        "pack-unknown-option",
        "X1.good 没有选项“好”",
        FIRST,
    ),
    Row(
        "feed where a cell can't be",
        U,
        "where: {good: [true]}",
        "where: {item: [丁]}",
        "pack-unknown-option",
        "X1.item 没有选项“丁”",
        FIRST,
    ),
    Row("feed of an unknown table", U, "table: X1", "table: X7", "pack-unknown-id", "X7", FIRST),
    # references
    Row(
        "reference without definition",
        B,
        "    definition: 其中占总数\n",
        "",
        "pack-field-missing",
        "definition",
        "- id: N01",
    ),
    Row(
        "reference with an empty definition",
        B,
        "definition: 其中占总数",
        'definition: ""',
        "pack-field-value",
        "不能为空",
        'definition: ""',
    ),
    Row(
        "reference without denominator",
        B,
        "    denominator: 总数\n",
        "",
        "pack-field-missing",
        "denominator",
        "- id: N01",
    ),
    Row(
        "reference without date",
        B,
        '    date: "2025"\n    who',
        "    who",
        "pack-field-missing",
        "date",
        "- id: N01",
    ),
    Row(
        "reference with an unknown measure",
        B,
        "measure: mean",
        "measure: rank",
        "pack-field-value",
        "measure",
        "measure: rank",
    ),
    Row(
        "reference under an unknown condition",
        B,
        "{of: C1, eq: A}",
        "{of: C7, eq: A}",
        "pack-unknown-id",
        "C7",
        "- id: N01",
    ),
    Row("distribution of nothing", B, "{of: N1, size", "{of: N7, size", "pack-unknown-id", "N7", FIRST),
    Row(
        "distribution without source",
        B,
        "source: own, kind: statistic, sure: own",
        "source: none, kind: statistic, sure: own",
        "pack-source-unknown",
        "none",
        FIRST,
    ),
    Row("distribution of nobody", B, "n: 12", "n: 0", "pack-field-value", "“n”", "- {of: N1"),
    Row(
        "distribution that falls",
        B,
        "[1, 2, 3, 4, 5]",
        "[1, 2, 4, 3, 5]",
        "pack-field-value",
        "从小到大",
        "- {of: N1",
    ),
    Row(
        "distribution of two kinds",
        B,
        "n: 40, ",
        "n: 40, p: [1, 2, 3, 4, 5], ",
        "pack-field-value",
        "写且只写一个",
        "- {of: T1",
    ),
    # profiles
    Row(
        "profile whose shares don't sum",
        E,
        "0.1, 0.1]",
        "0.1, 0.11]",
        "pack-field-value",
        "1.01",
        "    T1: {shares",
    ),
    Row(
        "profile with a share below nothing",
        E,
        "[0.2, 0.3, 0.3",
        "[-0.2, 0.7, 0.3",
        "pack-field-value",
        "低于下限",
        "    T1: {shares",
    ),
    Row(
        "profile with four shares",
        E,
        "[0.2, 0.3, 0.3, 0.1, 0.1]",
        "[0.2, 0.3, 0.3, 0.2]",
        "pack-field-missing",
        "shares 的第 5 项",
        "    T1: {shares",
    ),
    Row(
        "unordered percentiles",
        E,
        "p: [1, 2, 3, 4, 5]",
        "p: [1, 3, 2, 4, 5]",
        "pack-field-value",
        "从小到大",
        "    N1: {p",
    ),
    Row(
        "unknown reason of a scene",
        E,
        "0.1], reasons: [E1]",
        "0.1], reasons: [E7]",
        "pack-unknown-id",
        "E7",
        "id: valid",
    ),
    Row(
        "unknown reason of a quantity",
        E,
        "up, reasons: [E1]",
        "up, reasons: [E7]",
        "pack-unknown-id",
        "E7",
        "id: valid",
    ),
    Row("unknown reason for absence", E, "absent: A1", "absent: A7", "pack-unknown-id", "A7", "id: valid"),
    Row(
        "profile of an unknown quantity", E, "    N1: {p", "    N7: {p", "pack-unknown-id", "N7", "id: valid"
    ),
    Row(
        "profile without source", E, "source: own", "source: none", "pack-source-unknown", "none", "id: valid"
    ),
    Row(
        "profile of an unknown size",
        E,
        "scenes:\n  small",
        "scenes:\n  tiny",
        "pack-field-value",
        "micro、small",
        "  tiny",
    ),
    Row("profile without signer", E, "signer: 测试\n", "", "pack-field-missing", "signer", "id: valid"),
    # indexes and results held on paper
    Row(
        "index whose parts don't add up",
        W,
        "weight: 40, value: {scenes_at: 2}",
        "weight: 39, value: {scenes_at: 2}",
        "pack-weights",
        "39",
        "- id: second",
    ),
    Row(
        "index whose dimensions don't add up",
        W,
        "total: 100",
        "total: 101",
        "pack-weights",
        "100",
        "id: whole",
    ),
    Row(
        "gate on a missing part",
        W,
        "parts: [scenes-online], at_least",
        "parts: [scenes-online, gone], at_least",
        "pack-unknown-id",
        "gone",
        "- {level: 2, needs",
    ),
    Row(
        "mean over an unknown question",
        W,
        "mean_of: [T1, R1]",
        "mean_of: [T1, R7]",
        "pack-unknown-id",
        "R7",
        "- {id: mean-levels",
    ),
    Row(
        "mean over what is no share",
        W,
        "mean_of: [T1, R1]",
        "mean_of: [T1, N1]",
        "pack-unknown-id",
        "N1",
        "- {id: mean-levels",
    ),
    Row(
        "scenes at no level",
        W,
        "scenes_at: 2",
        "scenes_at: 5",
        "pack-field-value",
        "超过上限",
        "- {id: scenes-online",
    ),
    Row(
        "bar on a missing part",
        W,
        "parts: [counted-points, scenes-online]",
        "parts: [counted-points, gone]",
        "pack-unknown-id",
        "gone",
        "id: whole",
    ),
    Row(
        "bar on a question without points",
        W,
        "questions: [R1]",
        "questions: [N1]",
        "pack-unknown-id",
        "N1",
        "id: whole",
    ),
    Row(
        "gates of an unknown source",
        W,
        "gates:\n  cite: {source: own",
        "gates:\n  cite: {source: none",
        "pack-source-unknown",
        "none",
        "id: whole",
    ),
    Row(
        "result held in no question",
        "models/held.yaml",
        "issuer: W1",
        "issuer: W7",
        "pack-unknown-id",
        "W7",
        "id: held",
    ),
    Row(
        "result without source",
        "models/held.yaml",
        "source: own",
        "source: none",
        "pack-source-unknown",
        "none",
        "id: held",
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.rule)
def test_a_broken_rule__is_named_with_file_and_line(row: Row, tmp_path: Path) -> None:
    path, problems = broken(tmp_path, row.file, row.old, row.new)
    line = line_of(path, row.at or row.new)
    found = [(problem.code, line_told(problem)) for problem in problems if row.said in problem.what]
    assert found == [(row.code, f"{path}:{line}")], [str(problem) for problem in problems]
    assert all(problem.remedy for problem in problems)


def test_an_index_on_the_points_of_two_models__is_refused(tmp_path: Path) -> None:
    """The engine takes the points of one."""
    folder = whole_pack(tmp_path)
    second = (folder / "models/small.yaml").read_text(encoding="utf-8").replace("id: small\n", "id: tall\n")
    (folder / "models/tall.yaml").write_text(second, encoding="utf-8")
    path = folder / W
    part = "{id: mean-levels, title: 均, title_en: Mean, weight: 20, value: {mean_of: [T1, R1]}}"
    text = path.read_text(encoding="utf-8")
    assert part in text
    other = part.replace("{mean_of: [T1, R1]}", "{points_of: [C2], model: tall}")
    path.write_text(text.replace(part, other), encoding="utf-8")
    [problem] = load(folder).problems
    assert (problem.code, line_told(problem)) == ("pack-field-value", f"{path}:1")
    assert "small、tall" in problem.what


def test_several_faults__are_told_in_the_same_order_each_time(tmp_path: Path) -> None:
    """Unknown parts come from a set; their order must not hang on chance."""
    gone = "parts: [zeta, alpha, mu, beta, omega], at_least"
    path, problems = broken(tmp_path, W, "parts: [scenes-online], at_least", gone)
    assert [problem.values["id"] for problem in problems] == ["alpha", "beta", "mu", "omega", "zeta"]
    assert {line_told(problem) for problem in problems} == {f"{path}:{line_of(path, '- {level: 2, needs')}"}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (U, "C1 == 'A'", "'A' == C1"),
        (U, "and N1 < 5", "and N1 / R1 < 5"),
        (U, "sum: year", "distinct: note"),
        (U, "where: {good: [true]}", "where: {good: [true, false], note: [随便]}"),
        (B, "comparable: true", "comparable: false"),
        (B, "of: R1", "of: small/whole"),
        (B, "of: R1", "of: whole"),
        (E, "absent: A1, unit", "p: [0, 0, 0, 0, 0], unit"),
        (W, "weight: 20", "weight: null"),
        (W, "questions: [R1]", "questions: [R1, C2]"),
    ],
)
def test_what_is_lawful__is_no_fault(file: str, old: str, new: str, tmp_path: Path) -> None:
    _, problems = broken(tmp_path, file, old, new)
    assert [str(problem) for problem in problems] == []
