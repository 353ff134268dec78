"""What has become of each question in a newer version?"""

from pathlib import Path

import pytest

from assessor.pack.diff import compare
from assessor.pack.model import Pack
from tests.pack.build import Edit, load, write_pack

QUESTIONS = "questionnaire.yaml"


def newer(tmp_path: Path, *edits: Edit) -> Pack:
    """The sample pack with edits; what else in it they break is no matter here."""
    pack = load(write_pack(tmp_path / "newer", *edits)).pack
    assert pack is not None
    return pack


def fate_of(old: Pack, new: Pack, item: str) -> tuple[str, tuple[str, ...]]:
    [found] = [each for each in compare(old, new).items if item in (each.old, each.new)]
    return found.fate, found.changed


def test_the_same_pack_twice__differs_in_nothing(sample: Pack, tmp_path: Path) -> None:
    found = compare(sample, newer(tmp_path))
    assert {each.fate for each in found.items} == {"same"}
    assert [each.old for each in found.items] == list(sample.items)
    assert dict(found.models) == {}


OPTION_A = "{id: A, text: 甲}"
BAND_A = "{id: A, text: 低, up_to: 10}"
B_AND_C = "{id: B, text: 乙}\n          - {id: C, text: 丙}"
C_AND_B = "{id: C, text: 丙}\n          - {id: B, text: 乙}"
LEVEL_OF_M1 = "{level: 4, text: 四, cite: {source: std, kind: standard, sure: read}}"
HARD = "hard: [{min: 0, max: 100}]\n          soft"
NOTE = "{id: note, title: 注}"

CHANGES = (
    ("C1", "title: 单选", "title: 单选题", "wording", ("title",)),
    ("C1", "ask: 选哪一个？", "ask: 请选一个", "wording", ("ask",)),
    ("C1", OPTION_A, "{id: A, text: 甲等}", "wording", ("options",)),
    ("C1", OPTION_A, f"{{id: E, text: 戊}}\n          - {OPTION_A}", "meaning", ("options",)),
    ("C2", "text: 都没有, none: true", "text: 都没有", "meaning", ("options",)),
    ("C2", B_AND_C, C_AND_B, "wording", ("options",)),
    ("C3", "- id: C3\n        kind: bool", "- id: C3\n        kind: text", "meaning", ("kind",)),
    ("C3", "ask_if: {of: C1, eq: B}", "ask_if: {of: C1, eq: A}", "wording", ("ask_if",)),
    ("R1", "denominator: 总数", "denominator: 在用总数", "meaning", ("denominator",)),
    ("R1", "unit: 台", "unit: 套", "meaning", ("unit",)),
    ("R1", BAND_A, "{id: A, text: 低, up_to: 20}", "meaning", ("bands",)),
    ("R1", BAND_A, "{id: A, text: 很低, up_to: 10}", "wording", ("bands",)),
    ("R1", "soft: [{min: 5, max: 95}]", "soft: [{min: 6, max: 95}]", "same", ()),
    ("R1", HARD, "hard: [{min: 0, max: 90}]\n          soft", "meaning", ("bounds",)),
    ("D1", "quantity: 合格率", "quantity: 优等率", "meaning", ("quantity",)),
    ("D1", "better: up", "better: down", "meaning", ("better",)),
    ("D1", "decimals: 2", "decimals: 1", "meaning", ("decimals",)),
    ("N1", "decimals: 1", "decimals: 0", "same", ()),
    ("N1", "may_not_apply: true\n        bounds", "bounds", "wording", ("may_not_apply",)),
    ("X1", NOTE, "{id: note, title: 备注}", "wording", ("columns",)),
    ("X1", NOTE, "{id: memo, title: 注}", "meaning", ("columns",)),
    ("X1", NOTE, f"{NOTE}\n          - {{id: memo, title: 备忘}}", "wording", ("columns",)),
    ("X1", NOTE, f"{NOTE}\n          - {{id: memo, title: 备忘, required: true}}", "meaning", ("columns",)),
    ("W1", "max_length: 10", "max_length: 20", "same", ()),
    ("M1", LEVEL_OF_M1, "{level: 4, text: 四级}", "wording", ("levels",)),
    ("M1", LEVEL_OF_M1, "{level: 4, text: 四}", "same", ()),
    ("M1", f"          - {LEVEL_OF_M1}\n", "", "meaning", ("levels",)),
    ("employees", "unit: 人", "unit: 名", "meaning", ("unit",)),
    ("uscc", "title: 信用代码", "title: 统一社会信用代码", "wording", ("title",)),
)


@pytest.mark.parametrize(("item", "old", "new", "fate", "changed"), CHANGES)
def test_one_change__has_its_fate(
    sample: Pack, tmp_path: Path, item: str, old: str, new: str, fate: str, changed: tuple[str, ...]
) -> None:
    file = "facts.yaml" if item in ("employees", "uscc") else QUESTIONS
    after = newer(tmp_path, Edit(file, old, new))
    assert fate_of(sample, after, item) == (fate, changed)
    assert {each.fate for each in compare(sample, after).items if each.id != item} == {"same"}


def test_a_question_taken_out_and_one_put_in__are_gone_and_new(sample: Pack, tmp_path: Path) -> None:
    new = newer(tmp_path, Edit(QUESTIONS, "- id: W1", "- id: W2"))
    found = compare(sample, new)
    assert [each.old for each in found.of("gone")] == ["W1"]
    assert [each.new for each in found.of("new")] == ["W2"]


def test_a_question_renamed__is_the_same_under_its_new_name(sample: Pack, tmp_path: Path) -> None:
    new = newer(
        tmp_path,
        Edit(QUESTIONS, "- id: W1", "- id: W2"),
        Edit("pack.yaml", "renamed: {OLD2: N1}", "renamed: {OLD2: N1, W1: W2}"),
    )
    [found] = [each for each in compare(sample, new).items if each.old == "W1"]
    assert (found.new, found.fate, found.id) == ("W2", "same", "W2")


def test_models_that_judge_differently__are_named(sample: Pack, tmp_path: Path) -> None:
    text = (sample.folder / "models/small.yaml").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("title"))
    new = newer(tmp_path, Edit("models/small.yaml", line, line + "！"))
    assert dict(compare(sample, new).models) == {"small": "changed"}


def test_the_shipped_packs__compare_with_themselves(tires: Pack, common: Pack) -> None:
    assert {each.fate for each in compare(tires, tires).items} == {"same"}
    found = compare(common, tires)
    assert {each.fate for each in found.items} == {"same", "new"}
