"""What somebody gets wrong who writes a pack for the first time: each slip is told once, at its place, with
what to do; and nothing else is told that only follows from it."""

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from assessor.pack.load import load_pack, place_of
from assessor.pack.yamlfile import parse_yaml

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = ROOT / "docs/examples/nonferrous"
PACKS = ROOT / "questionnaires"


class Slip(NamedTuple):
    """In a text, `old` becomes `new`; told are a code, the line of `at` (by default of `new`), and `said`."""

    name: str
    old: str
    new: str
    code: str
    said: str
    at: str = ""


TITLE = "    title: 在用电解槽台数\n"

WRITING = [
    Slip("a tab before a key", TITLE, "\ttitle: 在用电解槽台数\n", "yaml-syntax", "制表符"),
    Slip("no colon", TITLE, "    title 在用电解槽台数\n", "yaml-syntax", "漏了英文冒号"),
    Slip("a full-width colon", TITLE, "    title：在用电解槽台数\n", "yaml-syntax", "中文冒号"),
    Slip("no space behind the colon", TITLE, "    title:在用电解槽台数\n", "yaml-syntax", "要有一个空格"),
    Slip(
        "too little before a key",
        TITLE,
        "   title: 在用电解槽台数\n",
        "yaml-syntax",
        "缩进不齐",
        "title_en: Pots",
    ),
    Slip("too much before a key", TITLE, "      title: 在用电解槽台数\n", "yaml-syntax", "缩进不齐"),
    Slip("a colon inside a text", TITLE, "    title: 注意: 台数\n", "yaml-syntax", "英文双引号"),
    Slip("a quote left open", TITLE, '    title: "在用电解槽台数\n', "yaml-syntax", "引号没有配对"),
    Slip(
        "a bracket left open", TITLE, "    title: [台数\n", "yaml-syntax", "方括号没有配对", "title_en: Pots"
    ),
    Slip("a brace left open", TITLE, "    title: {a: b\n", "yaml-syntax", "花括号没有配对", "title_en: Pots"),
    Slip("a sign that can't begin a text", TITLE, "    title: %台数\n", "yaml-syntax", "不能打头"),
    Slip("the dash forgotten", "  - id: NP02\n", "    id: NP02\n", "yaml-duplicate-key", "少了新一项"),
    Slip("Chinese quotes", TITLE, "    title: “在用电解槽台数”\n", "yaml-misread", "中文引号"),
    Slip("a number sign in a text", TITLE, "    title: 系列 #1 台数\n", "yaml-misread", "注释"),
    Slip("a bare yes", "    required: true\n    opt", "    required: yes\n    opt", "yaml-bare-word", "true"),
    Slip("nothing behind the colon", TITLE, "    title:\n", "yaml-forbidden", "要有内容", "    title:\n"),
]


@pytest.mark.parametrize("slip", WRITING, ids=lambda slip: slip.name)
def test_a_slip_of_writing__is_told_once_at_its_line(slip: Slip) -> None:
    text = (EXAMPLE / "facts.yaml").read_text(encoding="utf-8")
    assert slip.old in text
    text = text.replace(slip.old, slip.new, 1)
    [problem] = parse_yaml(text.encode(), "facts.yaml").problems
    line = text[: text.index(slip.at or slip.new.splitlines()[0])].count("\n") + 1
    assert (problem.code, place_of(problem)[1]) == (slip.code, line), str(problem)
    assert slip.said in problem.what + problem.remedy
    assert not re.search("[a-z]{3,} [a-z]{3,}", problem.what), "the parser's own English"


F, Q, P, R, A, C = (
    "facts.yaml",
    "questionnaire.yaml",
    "pack.yaml",
    "rules.yaml",
    "actions.yaml",
    "crosswalk.yaml",
)
HAS = "ask_if: {of: NP01, has: 电解铝}"
LEVEL_0 = "          - {level: 0, text: 料堆没有标识，配料凭老师傅经验，没有记录。}\n"

MEANING = [
    (P, Slip("a code without quotes", '["3216", "3252"]', "[3216]", "pack-field-value", "数字请加引号")),
    (P, Slip("a class that is not there", '"3252"', '"9999"', "pack-industry", "9999")),
    (P, Slip("a day in words", '"2026-11-25"', '"2026年11月25日"', "pack-field-value", "2026-05-20 的样子")),
    (P, Slip("a day that is not there", '"2026-11-25"', '"2026-02-30"', "pack-field-value", "没有这一天")),
    (P, Slip("an id in Chinese", "id: nonferrous", "id: 有色", "pack-field-value", "小写英文字母")),
    (P, Slip("a section misspelt", "- trade-gates", "- trade-gate", "pack-unknown-id", "是不是 trade-gates")),
    (P, Slip("a pack misspelt", "[common]", "[comon]", "pack-missing", "common")),
    (F, Slip("a field misspelt", "    help: 近", "    hepl: 近", "pack-field-unknown", "是不是 help")),
    (F, Slip("a kind in Chinese", "kind: multi", "kind: 多选", "pack-field-value", "multi")),
    (F, Slip("a field forgotten", "    title_en: Processes\n", "", "pack-field-missing", "title_en", "- id: NP01")),
    (F, Slip("an option misspelt", HAS, "ask_if: {of: NP01, has: 电解}", "pack-unknown-option", "电解铝", "- id: NP02")),
    (F, Slip("a comparison that can't be", HAS, "ask_if: {of: NP01, ge: 3}", "pack-comparison", "多选题", "- id: NP02")),
    (F, Slip("two comparisons", HAS, "ask_if: {of: NP01, has: 电解铝, eq: 甲}", "pack-field-value", "只写一种比较")),
    (F, Slip("bounds the wrong way", "min: 1, max: 2000", "min: 2000, max: 1", "pack-bounds", "颠倒", "- id: NP02")),
    (Q, Slip("a fact nobody asks", "{of: NP03, eq: true}", "{of: NP30, eq: true}", "pack-unknown-id", "是不是 NP03", "- id: NG01")),
    (Q, Slip("yes in Chinese", "{of: NP03, eq: true}", "{of: NP03, eq: 是}", "pack-comparison", "true 或 false", "- id: NG01")),
    (Q, Slip("a level forgotten", LEVEL_0, "", "pack-levels", "N01", "- id: N01")),
    (Q, Slip("a level in words", "{level: 0, text: 料", "{level: 零, text: 料", "pack-field-value", "整数")),
    (Q, Slip("per cent in a figure", "max: 99}", "max: 99%}", "pack-field-value", "不带单位和百分号")),
    (R, Slip("one equals sign", "NG01 == no", "NG01 = no", "pack-field-value", "两个等号")),
    (R, Slip("a full-width sign", "level(N02) >= 2", "level(N02) ≥ 2", "pack-field-value", "英文的 >=")),
    (R, Slip("and in Chinese", ">= 2 and NQ01", ">= 2 且 NQ01", "pack-field-value", "写成 and")),
    (R, Slip("yes in quotes", "NG01 == no", "NG01 == '否'", "pack-unknown-option", "yes、no", "- id: NR01")),
    (R, Slip("the level of a figure", "and NQ01 <", "and level(NQ01) <", "pack-comparison", "数字题", "- id: NX01")),
    (R, Slip("a fact of a rule misspelt", "(N02) >= 2", "(N0Z) >= 2", "pack-field-value", "N0Z")),
    (R, Slip("a cap on a figure", "cap: {N02: 1}", "cap: {NQ01: 1}", "pack-unknown-id", "数字题", "- id: NX01")),
    (R, Slip("how sure in other words", "sure: own}\nrules", "sure: high}\nrules", "pack-field-value", "own", "sure: high")),
    (A, Slip("costs the wrong way", "small: [30, 80]", "small: [80, 30]", "pack-field-value", "下限高于上限", "- id: nonferrous.R01")),
    (A, Slip("costs as a text", "small: [30, 80]", "small: 30-80万", "pack-field-value", "方括号")),
    (A, Slip("a size misspelt", "months: {small: 4", "months: {smal: 4", "pack-field-value", "micro、small")),
    (A, Slip("an action without its pack", "id: nonferrous.R01", "id: R01", "pack-field-value", "tires.R01")),
    (C, Slip("a scene that is not there", "[miit.S12]", "[miit.S99]", "pack-unknown-id", "miit.S", "  N01: {ministry")),
]  # fmt: skip


@pytest.mark.parametrize(("file", "slip"), MEANING, ids=lambda one: getattr(one, "name", ""))
def test_a_slip_of_meaning__is_told_once_at_its_line(file: str, slip: Slip, tmp_path: Path) -> None:
    folder = tmp_path / "nonferrous"
    shutil.copytree(EXAMPLE, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert slip.old in text
    text = text.replace(slip.old, slip.new, 1)
    (folder / file).write_text(text, encoding="utf-8")
    problems = load_pack(folder, (tmp_path, PACKS)).problems
    assert [problem.code for problem in problems] == [slip.code], [str(problem) for problem in problems]
    path, line, column = place_of(problems[0])
    wanted = text[: text.index(slip.at or slip.new)].count("\n") + 1
    assert (Path(path).name, line) == (file, wanted), str(problems[0])
    assert column > 0
    assert slip.said in problems[0].what + problems[0].remedy


def test_what_only_follows_from_a_file_that_can_not_be_read__is_not_told(tmp_path: Path) -> None:
    folder = tmp_path / "nonferrous"
    shutil.copytree(EXAMPLE, folder)
    text = (folder / "questionnaire.yaml").read_text(encoding="utf-8")
    (folder / "questionnaire.yaml").write_text(
        text.replace("    kind: level", "\tkind: level", 1), encoding="utf-8"
    )
    rules = (folder / "rules.yaml").read_text(encoding="utf-8")
    (folder / "rules.yaml").write_text(rules.replace("NG01 == no", "NG01 = no"), encoding="utf-8")
    codes = [problem.code for problem in load_pack(folder, (tmp_path, PACKS)).problems]
    assert codes == ["yaml-syntax", "pack-field-value"]
