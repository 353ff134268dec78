"""Each rule of a pack is broken once; the check names the rule and the line."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from assessor.errors import PROBLEMS
from assessor.pack.load import place_of
from tests.pack.build import Edit, line_of, line_told, load, sample_pack, write_pack


@dataclass(frozen=True)
class Broken:
    """`old` in `file` becomes `new`; `code` is reported on the line of `at` (by default that of `new`)."""

    rule: str
    file: str
    old: str
    new: str
    code: str
    at: str = ""


Q, F, P, S, C, M = (
    "questionnaire.yaml",
    "facts.yaml",
    "pack.yaml",
    "sources.yaml",
    "crosswalk.yaml",
    "models/small.yaml",
)
R, I = "codes/regions.yaml", "codes/industries.yaml"  # noqa: E741
U, W, B, E = "rules.yaml", "models/whole.yaml", "benchmarks.yaml", "profiles.yaml"

TABLE = [
    # what stands in the file
    Broken("syntax", Q, "title: 单选\n", "title: [单选\n", "yaml-syntax", "title_en: Single"),
    Broken(
        "duplicate key",
        Q,
        "title: 单选\n",
        "title: 单选\n        title: 又\n",
        "yaml-duplicate-key",
        "title: 又",
    ),
    Broken("bare yes", Q, "title: 单选\n", "title: yes\n", "yaml-bare-word"),
    Broken("option id No", Q, "{id: A, text: 甲}", "{id: No, text: 甲}", "yaml-bare-word"),
    Broken("anchor", F, "title: 企业名称\n", "title: &n 企业名称\n", "yaml-syntax"),
    Broken(
        "class that is not there",
        P,
        "title: 样包\n",
        'title: 样包\nindustries: ["2999"]\n',
        "pack-industry",
        "industries",
    ),
    Broken("quotes of the wrong kind", F, "title: 企业名称\n", "title: “企业名称”\n", "yaml-misread"),
    Broken("comment that eats a text", F, "title: 企业名称\n", "title: 企业 #1\n", "yaml-misread"),
    Broken("left to be written", F, "title: 企业名称\n", "title: TODO 短名\n", "pack-todo"),
    Broken("empty value", F, "ask: 多少人？\n", "ask:\n", "yaml-forbidden", "ask:\n    unit"),
    Broken("number as text", P, 'version: "1"', "version: 1", "pack-field-value"),
    # fields
    Broken(
        "unknown key",
        Q,
        "title: 单选\n",
        "title: 单选\n        titel: 单选\n",
        "pack-field-unknown",
        "titel:",
    ),
    Broken(
        "unknown key in an option", Q, "{id: A, text: 甲}", "{id: A, txt: 甲, text: 甲}", "pack-field-unknown"
    ),
    Broken(
        "unknown key in the manifest",
        P,
        "title: 样包\n",
        "title: 样包\nautor: 我\n",
        "pack-field-unknown",
        "autor",
    ),
    Broken("unknown key in facts", F, "\nfacts:", "\nfact: []\nfacts:", "pack-field-unknown", "fact: []"),
    Broken(
        "unknown key in questions",
        Q,
        "\nsections:",
        "\nsection: []\nsections:",
        "pack-field-unknown",
        "section: []",
    ),
    Broken(
        "unknown key in a section",
        Q,
        "title: 主要\n",
        "title: 主要\n    note: x\n",
        "pack-field-unknown",
        "note: x",
    ),
    Broken(
        "unknown key in a model", M, "short: 小\n", "short: 小\nrules: x\n", "pack-field-unknown", "rules: x"
    ),
    Broken("missing title", Q, "        title: 单选\n", "", "pack-field-missing", "- id: C1"),
    Broken(
        "missing cite",
        F,
        "cite: {source: own, kind: expert, sure: own}\n",
        "",
        "pack-field-missing",
        "- id: name",
    ),
    Broken("missing kind", Q, "        kind: single\n", "", "pack-field-value", "- id: C1"),
    Broken(
        "unknown kind",
        Q,
        "kind: single\n        title: 单选",
        "kind: choice\n        title: 单选",
        "pack-field-value",
    ),
    Broken(
        "missing questions",
        Q,
        "Main\n    questions:",
        "Main\n    question:",
        "pack-field-missing",
        "- id: main",
    ),
    Broken("missing sections", Q, "\nsections:", "\nsection:", "pack-field-missing", "cite:"),
    Broken("bad pack id", P, "id: valid", "id: Valid Pack", "pack-field-value"),
    Broken("level as text", Q, "{level: 4, text: 四, cite", "{level: 四, text: 四, cite", "pack-field-value"),
    Broken(
        "one option only",
        Q,
        "          - {id: B, text: 乙}\n      - id: C2",
        "      - id: C2",
        "pack-field-value",
        "options:",
    ),
    Broken("negative decimals", Q, "decimals: 1\n", "decimals: -1\n", "pack-field-value"),
    Broken("unknown certainty", S, "sure: read", "sure: sure", "pack-field-value"),
    Broken(
        "condition of two forms",
        Q,
        "ask_if: {of: C1, eq: B}",
        "ask_if: {of: C1, eq: B, ne: A}",
        "pack-field-value",
    ),
    Broken(
        "condition without comparison", Q, "ask_if: {of: C1, eq: B}", "ask_if: {of: C1}", "pack-field-value"
    ),
    # ids
    Broken("question twice", Q, "- id: C3", "- id: C1", "pack-duplicate-id", "- id: C1\n        kind: bool"),
    Broken("fact and question", Q, "- id: W1", "- id: name", "pack-duplicate-id"),
    Broken(
        "section twice", Q, "- id: scenes", "- id: main", "pack-duplicate-id", "- id: main\n    title: 场景"
    ),
    Broken(
        "option twice",
        Q,
        "{id: B, text: 中, up_to: 60}",
        "{id: A, text: 中, up_to: 60}",
        "pack-duplicate-id",
        "- id: R1",
    ),
    Broken(
        "question scored twice",
        M,
        "question: C2\n            points: {A: 0, B: 0.875, C: 1.125}",
        "question: C1\n            points: {A: 0, B: 2}",
        "pack-duplicate-id",
        "- title: 多选",
    ),
    Broken("retired id", Q, "- id: W1", "- id: OLD1", "pack-frozen-id"),
    Broken("renamed id", Q, "- id: W1", "- id: OLD2", "pack-frozen-id"),
    Broken("rename to nothing", P, "renamed: {OLD2: N1}", "renamed: {OLD2: N9}", "pack-unknown-id"),
    Broken("unknown section", P, "sections: [main, scenes]", "sections: [main, scene]", "pack-unknown-id"),
    Broken(
        "condition on nothing",
        Q,
        "ask_if: {of: C1, eq: B}",
        "ask_if: {of: C9, eq: B}",
        "pack-unknown-id",
        "- id: C3",
    ),
    Broken(
        "condition on no option",
        Q,
        "ask_if: {of: C1, eq: B}",
        "ask_if: {of: C1, in: [B, Z]}",
        "pack-unknown-option",
        "- id: C3",
    ),
    Broken("crosswalk of no scene", C, "  T1: {ministry", "  T9: {ministry", "pack-unknown-id"),
    Broken("crosswalk to no scene", C, "ministry: [M1]", "ministry: [M9]", "pack-unknown-id"),
    Broken("proposal for no scene", C, "  M1: {from", "  C1: {from", "pack-unknown-id"),
    Broken("proposal from no scene", C, "from: [T1]", "from: [T1, T9]", "pack-unknown-id"),
    Broken("model of no question", M, "question: R1", "question: R9", "pack-unknown-id", "- title: 比率"),
    Broken(
        "model of a question without options",
        M,
        "question: R1\n            points: {A: 0, B: 1.5, C: 6}",
        "question: W1\n            points: {}",
        "pack-unknown-id",
        "- title: 比率",
    ),
    Broken("model of no scene", M, "{id: T1}", "{id: T9}", "pack-unknown-id"),
    Broken("model scene that is no level question", M, "{id: T1}", "{id: C1}", "pack-unknown-id"),
    # conditions
    Broken(
        "condition on itself",
        Q,
        "ask_if: {of: C1, eq: B}",
        "ask_if: {of: C3, eq: true}",
        "pack-cycle",
        "- id: C3",
    ),
    Broken(
        "condition through another",
        Q,
        "        ask: 选哪一个？\n",
        "        ask: 选哪一个？\n        ask_if: {of: C3, eq: true}\n",
        "pack-cycle",
        "- id: C1",
    ),
    Broken(
        "condition that never holds",
        Q,
        "ask_if: {of: C1, eq: B}",
        "ask_if: {all: [{of: C1, eq: B}, {of: C1, eq: A}]}",
        "pack-unreachable",
        "- id: C3",
    ),
    Broken(
        "condition on a question never asked then",
        Q,
        "        ask: 说说？\n",
        "        ask: 说说？\n        ask_if: {all: [{of: C3, eq: true}, {of: C1, eq: A}]}\n",
        "pack-unreachable",
        "- id: W1",
    ),
    Broken(
        "condition of another kind",
        Q,
        "ask_if: {of: C1, eq: B}",
        "ask_if: {of: T1, has: B}",
        "pack-comparison",
        "- id: C3",
    ),
    # sources
    Broken(
        "question without source",
        Q,
        "ask_if: {of: C1, eq: B}\n",
        "ask_if: {of: C1, eq: B}\n        cite: {source: none, kind: expert, sure: own}\n",
        "pack-source-unknown",
        "- id: C3",
    ),
    Broken(
        "level without source",
        Q,
        "{source: std, kind: standard, sure: read}",
        "{source: [std, none], kind: standard, sure: read}",
        "pack-source-unknown",
        "- id: M1",
    ),
    Broken(
        "bounds without source",
        Q,
        "          cite: {source: own, kind: expert, sure: own}",
        "          cite: {source: none, kind: expert, sure: own}",
        "pack-source-unknown",
        "- id: R1",
    ),
    Broken("crosswalk without source", C, "source: own", "source: none", "pack-source-unknown"),
    Broken("regions without source", R, "source: std", "source: none", "pack-source-unknown"),
    Broken("industries without source", I, "source: std", "source: none", "pack-source-unknown"),
    Broken(
        "model without source",
        M,
        '"2026-01-01"\ncite: {source: std',
        '"2026-01-01"\ncite: {source: none',
        "pack-source-unknown",
        "id: small",
    ),
    Broken(
        "gates without source",
        M,
        "gates:\n  cite: {source: std",
        "gates:\n  cite: {source: none",
        "pack-source-unknown",
        "id: small",
    ),
    Broken("same source as none", S, "same_as: own", "same_as: none", "pack-source-unknown", "std:"),
    # questions
    Broken(
        "level missing",
        Q,
        "          - {level: 3, text: 三}\n          - {level: 4, text: 四}\n",
        "          - {level: 4, text: 四}\n",
        "pack-levels",
        "- id: T1",
    ),
    Broken(
        "level twice",
        Q,
        "          - {level: 3, text: 三}\n          - {level: 4, text: 四}\n",
        "          - {level: 3, text: 三}\n          - {level: 3, text: 四}\n",
        "pack-levels",
        "- id: T1",
    ),
    Broken(
        "two none options",
        Q,
        "{id: B, text: 乙}\n          - {id: C, text: 丙}",
        "{id: B, text: 乙, none: true}\n          - {id: C, text: 丙}",
        "pack-none-option",
        "- id: C2",
    ),
    Broken(
        "none in a single question",
        Q,
        "{id: A, text: 甲}",
        "{id: A, text: 甲, none: true}",
        "pack-none-option",
        "- id: C1",
    ),
    Broken(
        "last band closed", Q, "{id: C, text: 高}", "{id: C, text: 高, up_to: 100}", "pack-bands", "- id: R1"
    ),
    Broken(
        "open band inside", Q, "{id: B, text: 中, up_to: 60}", "{id: B, text: 中}", "pack-bands", "- id: R1"
    ),
    Broken(
        "bands overlap",
        Q,
        "{id: B, text: 中, up_to: 60}",
        "{id: B, text: 中, up_to: 10}",
        "pack-bands",
        "- id: R1",
    ),
    Broken(
        "bounds reversed",
        Q,
        "{if: {of: C1, eq: A}, min: 0, max: 10}",
        "{if: {of: C1, eq: A}, min: 11, max: 10}",
        "pack-bounds",
        "- id: N1",
    ),
    # models
    Broken("dimensions do not add up", M, "points: 10\n", "points: 9\n", "pack-weights", "id: small"),
    Broken("parts do not add up", M, "weight: 60", "weight: 59", "pack-weights", "- id: whole"),
    Broken(
        "indicators do not add up",
        M,
        "title: 单选\n            weight: 50",
        "title: 单选\n            weight: 49",
        "pack-weights",
        "- id: chosen",
    ),
    Broken("weight above 100", M, "weight: 60", "weight: 600", "pack-field-value"),
    Broken(
        "best option is not worth its weight",
        M,
        "{A: 0, B: 1.5, C: 6}",
        "{A: 0, B: 1.5, C: 5.999}",
        "pack-points",
        "- title: 比率",
    ),
    Broken("ticks are not worth their weight", M, "C: 1.125", "C: 1.124", "pack-points", "- title: 多选"),
    Broken(
        "option without points",
        M,
        "{A: 0, B: 1.5, C: 6}",
        "{A: 0, C: 6}",
        "pack-points-missing",
        "- title: 比率",
    ),
    Broken(
        "points without option",
        M,
        "{A: 0, B: 1.5, C: 6}",
        "{A: 0, B: 1.5, C: 6, D: 1}",
        "pack-unknown-option",
        "- title: 比率",
    ),
    Broken(
        "points finer than a thousandth",
        M,
        "{A: 0, B: 1.5, C: 6}",
        "{A: 0, B: 1.5005, C: 6}",
        "pack-milli",
        "- title: 比率",
    ),
    Broken("gate finer than a thousandth", M, "score: 5.5,", "score: 5.5005,", "pack-milli"),
    Broken("gate lower than the one below", M, "score: 5.5,", "score: 1.5,", "pack-gates"),
    Broken("gate asks for too many scenes", M, "scenes: 2,", "scenes: 3,", "pack-gates"),
    Broken("gate asks for too many binding scenes", M, "binding: 1}", "binding: 2}", "pack-gates"),
    Broken("gate asks for more than the total", M, "score: 5.5,", "score: 10.5,", "pack-gates"),
    Broken("gate out of order", M, "{level: 2, score", "{level: 3, score", "pack-gates"),
    Broken(
        "level without gate", M, "  - {level: 2, name: 二, name_en: Two}\n", "", "pack-gates", "id: small"
    ),
    # rules
    Broken("expression that does not parse", U, "N1 < 5", "N1 <", "pack-field-value"),
    Broken("expression that would run code", U, "N1 < 5", "open('x')", "pack-field-value"),
    Broken("expression on nothing", U, "N1 < 5", "N9 < 5", "pack-unknown-id", "- id: X01"),
    Broken("expression on no option", U, "has(C2, 'B')", "has(C2, 'Z')", "pack-unknown-option", "- id: X02"),
    Broken("comparison with no option", U, "C1 == 'A'", "C1 == 'Z'", "pack-unknown-option", "- id: X02"),
    Broken(
        "rule concerning nothing", U, "concerns: [T1, N1]", "concerns: [T9]", "pack-unknown-id", "- id: X01"
    ),
    Broken("cap of no scene", U, "cap: {T1: 1}", "cap: {C1: 1}", "pack-unknown-id", "- id: X01"),
    Broken("cap without cap", U, "    cap: {T1: 1}\n", "", "pack-field-value", "- id: X01"),
    Broken("rule to no red line", U, "red_line: A01", "red_line: A09", "pack-unknown-id", "- id: X02"),
    Broken("rule id twice", U, "- id: X02", "- id: X01", "pack-duplicate-id", "- id: X01\n    when: has"),
    Broken(
        "rule without source",
        U,
        "cite: {source: own",
        "cite: {source: none",
        "pack-source-unknown",
        "- id: X01",
    ),
    Broken("red line of no colour", U, "colour: red", "colour: blue", "pack-field-value"),
    Broken("feed of no table", U, "table: X1", "table: C1", "pack-unknown-id", "cite:"),
    Broken("feed of no column", U, "{sum: year,", "{sum: month,", "pack-unknown-id", "cite:"),
    Broken("feed to no question", U, "question: N1", "question: N9", "pack-unknown-id", "cite:"),
    Broken("feed to another kind", U, "question: N1", "question: W1", "pack-unknown-id", "cite:"),
    Broken("feed to no option", U, "乙: C", "乙: Z", "pack-unknown-option", "cite:"),
    Broken("question fed twice", U, "question: C2", "question: N1", "pack-duplicate-id", "cite:"),
    # indexes, benchmarks, profiles
    Broken(
        "index parts do not add up",
        W,
        "mean-levels, title: 均, title_en: Mean, weight: 20",
        "mean-levels, title: 均, title_en: Mean, weight: 19",
        "pack-weights",
        "- id: first",
    ),
    Broken("index does not add up", W, "total: 100", "total: 90", "pack-weights", "id: whole"),
    Broken("index of no model", W, "model: small", "model: tall", "pack-unknown-id", "- {id: counted-points"),
    Broken(
        "index of what is not scored",
        W,
        "points_of: [R1, C1]",
        "points_of: [R1, N1]",
        "pack-unknown-id",
        "- {id: counted-points",
    ),
    Broken(
        "index of no level",
        W,
        "mean_of: [T1, R1]",
        "mean_of: [T1, W1]",
        "pack-unknown-id",
        "- {id: mean-levels",
    ),
    Broken(
        "index gate on no part",
        W,
        "parts: [scenes-online]",
        "parts: [elsewhere]",
        "pack-unknown-id",
        "- {level: 2, needs",
    ),
    Broken("index gate out of order", W, "- {level: 2, needs", "- {level: 3, needs", "pack-gates"),
    Broken(
        "index without source",
        W,
        "\ncite: {source: own",
        "\ncite: {source: none",
        "pack-source-unknown",
        "id: whole",
    ),
    Broken("model of no known rule", W, "rule: weighted-index", "rule: guess", "pack-field-value"),
    Broken("benchmark of nothing", B, "of: R1", "of: R9", "pack-unknown-id", "- id: N01"),
    Broken("showcase of nothing", B, "of: [T1]", "of: [T9]", "pack-unknown-id", "- id: N02"),
    Broken("benchmark without source", B, "source: own", "source: none", "pack-source-unknown", "- id: N01"),
    Broken(
        "profile of nothing", E, "    T1: {shares", "    T9: {shares", "pack-unknown-id", "id: valid-profiles"
    ),
    Broken(
        "profile that is not whole",
        E,
        "[0.2, 0.3, 0.3, 0.1, 0.1]",
        "[0.2, 0.3, 0.3, 0.1, 0.2]",
        "pack-field-value",
        "    T1: {shares",
    ),
    Broken(
        "profile that falls", E, "p: [1, 2, 3, 4, 5]", "p: [1, 2, 3, 5, 4]", "pack-field-value", "    N1: {p"
    ),
    Broken(
        "profile without its reason",
        E,
        "{E1: 多数厂如此}",
        "{E2: 多数厂如此}",
        "pack-unknown-id",
        "id: valid-profiles",
    ),
    Broken("profile with neither figure nor why", E, "absent: A1, ", "", "pack-field-value", "    R1: {"),
    Broken("profile of counted firms", E, "n: 0", "n: 5", "pack-field-value"),
    # what it depends on
    Broken(
        "dependency that is not there",
        P,
        "licence: Apache-2.0\n",
        "licence: Apache-2.0\ndepends: [elsewhere]\n",
        "pack-missing",
        "depends: [elsewhere]",
    ),
]


@pytest.mark.parametrize("broken", TABLE, ids=lambda broken: broken.rule)
def test_a_broken_rule__is_named_with_its_line(broken: Broken, tmp_path: Path) -> None:
    folder = write_pack(tmp_path, Edit(broken.file, broken.old, broken.new))
    path = folder / broken.file
    line = line_of(path, broken.at or broken.new.lstrip("\n").splitlines()[0])
    found = [(problem.code, line_told(problem)) for problem in load(folder).problems]
    assert (broken.code, f"{path}:{line}") in found


@pytest.mark.parametrize(
    ("file", "code"),
    [(P, "pack-file-missing"), (Q, "pack-file-missing")],
)
def test_a_file_every_pack_has__is_missed(file: str, code: str, tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    (folder / file).unlink()
    found = [(problem.code, line_told(problem), problem.values) for problem in load(folder).problems]
    assert (code, str(folder), {"file": file}) in found


def test_a_list_where_a_mapping_should_be__is_told(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    (folder / C).write_text("- T1\n- M1\n", encoding="utf-8")
    found = [(problem.code, line_told(problem)) for problem in load(folder).problems]
    assert found == [("pack-field-value", f"{folder / C}:1")]


def test_a_file_that_cannot_be_read__is_a_problem_not_an_exception(tmp_path: Path) -> None:
    unreadable = Path("/proc/self/mem")
    if not unreadable.is_file():
        pytest.skip("no file here that is there and can't be read by anybody")
    folder = write_pack(tmp_path)
    (folder / C).unlink()
    (folder / C).symlink_to(unreadable)
    assert [problem.code for problem in load(folder).problems] == ["file-unreadable"]


def test_a_folder_with_nothing_in_it__is_told_what_is_missing(tmp_path: Path) -> None:
    codes = {problem.code for problem in load(tmp_path).problems}
    assert codes == {"pack-file-missing"}


def test_the_sample_pack__has_no_fault(tmp_path: Path) -> None:
    assert not load(write_pack(tmp_path)).problems


def test_every_rule_of_packs__is_broken_somewhere_above() -> None:
    broken = {row.code for row in TABLE} | {"pack-file-missing", "pack-broken", "yaml-too-big"}
    of_packs = {code for code in PROBLEMS if code.startswith(("pack-", "yaml-"))}
    of_bundles = {code for code in of_packs if code.startswith("pack-bundle")}
    assert of_packs - of_bundles - broken == set()


def test_all_faults_of_all_files__are_told_in_one_run(tmp_path: Path) -> None:
    folder = write_pack(
        tmp_path,
        Edit(P, "title: 样包\n", "title: yes\n"),
        Edit(F, "ask: 多少人？\n", "ask: 多少人？\n    asked: 1\n"),
        Edit(Q, "ask_if: {of: C1, eq: B}", "ask_if: {of: C1, eq: Z}"),
        Edit(Q, "{id: C, text: 高}", "{id: C, text: 高, up_to: 100}"),
        Edit(M, "weight: 60", "weight: 59"),
        Edit(M, "score: 5.5,", "score: 1.5,"),
        Edit(C, "source: own", "source: none"),
    )
    found = load(folder).problems
    codes = [problem.code for problem in found]
    for code in (
        "yaml-bare-word",
        "pack-field-unknown",
        "pack-unknown-option",
        "pack-bands",
        "pack-weights",
        "pack-gates",
        "pack-source-unknown",
    ):
        assert code in codes
    assert [place_of(problem) for problem in found] == sorted(map(place_of, found))


def test_a_problem__reads_as_one_line_with_place_sentence_remedy_and_code(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, Edit(M, "weight: 60", "weight: 59"))
    [problem] = [problem for problem in load(folder).problems if problem.code == "pack-weights"]
    line = line_of(folder / M, "- id: whole")
    column = (folder / M).read_text(encoding="utf-8").splitlines()[line - 1].index("id: whole") + 1
    told = "全部下各项权重之和是 99，应为 100。请核对权重。[pack-weights]"
    assert str(problem) == f"{folder / M}:{line}:{column}: {told}"


def test_points_expected__are_written_plainly(tmp_path: Path) -> None:
    folder = write_pack(
        tmp_path,
        Edit(M, "total: 10\n", "total: 100\n"),
        Edit(M, "points: 10\n", "points: 100\n"),
    )
    said = [problem.what for problem in load(folder).problems if problem.code == "pack-points"]
    assert "R1 的最高分是 6，按权重应为 60" in said


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("weight: 60", "weight: null"),
        ("points: {A: 0, B: 1.5, C: 6}", "points: null"),
        ("points: 10\n", "points: null\n"),
        ("title: 单选\n            weight: 50", "title: 单选\n            weight: null"),
    ],
)
def test_a_weight_that_is_not_known__is_no_fault(old: str, new: str, tmp_path: Path) -> None:
    assert sample_pack(tmp_path, Edit(M, old, new)).model("small").unknown_weights()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ask_if: {of: C1, eq: B}", "ask_if: {of: R1, lt: 50}"),
        ("ask_if: {of: C1, eq: B}", "ask_if: {of: employees, ge: 20}"),
        ("ask_if: {of: C1, eq: B}", "ask_if: {of: T1, ge: 2}"),
        ("ask_if: {of: C1, eq: B}", "ask_if: {of: C2, subset_of: [B]}"),
        ("ask_if: {of: C1, eq: B}", "ask_if: {not: {of: C2, has: B}}"),
        ("ask_if: {of: C1, eq: B}", "ask_if: {of: name, eq: 某厂}"),
    ],
)
def test_a_condition_that_some_answers_meet__is_no_fault(old: str, new: str, tmp_path: Path) -> None:
    assert not load(write_pack(tmp_path, Edit(Q, old, new))).problems
