"""Policies and platforms as pack data: what is refused and where, and how a small bundle renews them."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from assessor.errors import UserError
from assessor.pack.bundle import install, open_kept, pack_bytes, read_bundle, write_bundle
from assessor.pack.draft import PLATFORMS, POLICIES
from assessor.pack.load import load_pack, open_pack
from assessor.pack.model import Pack
from tests.pack.build import line_of, line_told, write_pack

P = """\
policies:
  - id: policy.A-1
    title: 甲办法
    issuer: 某局
    region: "520100"
    kind: fund
    about: 补一半
    from: "2026-01-01"
    to: "2026-12-31"
    status: active
    checked: "2026-06-01"
    sizes: [small]
    industries: ["29"]
    when: {of: C1, eq: A}
    pays:
      - {kind: share, rate: 0.5, base: 投入, cap_wan: 30, cap_per: firm, pays_for: {actions: [valid.K01]}}
      - {kind: deduction, rate: 1.0, base: 投入, worth: {of: C1, rates: {A: 0.25}}}
    stack: {not_with: policy.A-2}
    apply: {mode: window}
    cite: {source: own, kind: expert, sure: own}
  - id: policy.A-2
    title: 乙办法
    issuer: 某局
    region: "000000"
    kind: fund
    about: 按等级补
    status: lapsed
    replaced_by: policy.A-1
    checked: "2026-06-01"
    pays:
      - {kind: share, level_caps_wan: {"1": 5}, model: small}
    apply: {mode: window}
    cite: {source: own, kind: expert, sure: own}
"""
F = """\
platforms:
  - id: platform.A-1
    title: 甲平台
    region: "520000"
    kind: trade
    offers: 合用
    who: 轮胎企业
    status: active
    checked: "2026-06-01"
    cite: {source: own, kind: expert, sure: own}
"""
ACTIONS = """\
cite: {source: own, kind: expert, sure: own}
actions:
  - id: valid.K01
    title: 甲
    title_en: A
    do: 做
    kind: 数转
    cost_wan: {small: [1, 2]}
    months: {small: 1}
    person_days: {small: {it: 1, ops: 1}}
    benefit: {text: 好, cite: {source: own, kind: expert, sure: own}}
    risk: 无
"""


def pack_with(folder: Path, policies: str = P, platforms: str = F) -> Path:
    """The sample pack with two policies, a platform and an action."""
    target = write_pack(folder)
    for name, text in ((POLICIES, policies), (PLATFORMS, platforms), ("actions.yaml", ACTIONS)):
        (target / name).write_text(text, encoding="utf-8")
    return target


def test_the_sample__has_no_fault(tmp_path: Path) -> None:
    loaded = load_pack(pack_with(tmp_path), (tmp_path,))
    assert [str(problem) for problem in loaded.problems] == []
    assert loaded.pack
    assert [one.id for one in loaded.pack.policies] == ["policy.A-1", "policy.A-2"]
    assert [one.id for one in loaded.pack.platforms.platforms] == ["platform.A-1"]


@dataclass(frozen=True)
class Row:
    """`old` becomes `new`; `code` with `said` in its sentence, on the line of `at`."""

    old: str
    new: str
    code: str
    said: str
    at: str


ONE, TWO = "- id: policy.A-1", "- id: policy.A-2"
TABLE = [
    Row(
        "policy.A-2\n    title",
        "policy.A-1\n    title",
        "policy-twice",
        "policy.A-1",
        "- id: policy.A-1\n    title: 乙",
    ),
    Row("id: policy.A-1\n", "id: A-1\n", "pack-field-value", "id", "- id: A-1"),
    Row('region: "520100"', 'region: "529999"', "region-code", "529999", ONE),
    Row('region: "520100"', "region: 贵阳", "pack-field-value", "region", "region: 贵阳"),
    Row('industries: ["29"]', 'industries: ["98"]', "policy-industry", "98", ONE),
    Row('industries: ["29"]', 'industries: ["2912"]', "policy-industry", "2912", ONE),
    Row("of: C1, eq", "of: C9, eq", "pack-unknown-id", "C9", ONE),
    Row("eq: A}", "eq: Z}", "pack-unknown-option", "C1 没有选项“Z”", ONE),
    Row('to: "2026-12-31"', 'to: "2025-12-31"', "policy-dates", "2025-12-31 早于 2026-01-01", ONE),
    Row('to: "2026-12-31"', 'to: "2026-05-31"', "policy-status", "已经到期", ONE),
    Row('from: "2026-01-01"', 'from: "2026-07-01"', "policy-status", "才开始", ONE),
    Row("status: active", "status: announced", "policy-status", "已经开始", ONE),
    Row("status: active", "status: lapsed", "policy-status", "没有写早于核对日期的 to", ONE),
    Row('to: "2026-12-31"', 'to: "2026-12-32"', "pack-field-value", "没有“2026-12-32”这一天", "2026-12-32"),
    Row('from: "2026-01-01"', "from: 2026年", "pack-field-value", "from", "from: 2026年"),
    Row("status: active", "status: maybe", "pack-field-value", "status", "status: maybe"),
    Row("rate: 0.5,", "rate: 50,", "policy-rate", "30% 写 0.30", ONE),
    Row("rate: 0.5,", "rate: 0,", "pack-field-value", "应大于 0", "rate: 0,"),
    Row("rates: {A: 0.25}", "rates: {A: 25}", "policy-rate", "25", ONE),
    Row("rates: {A: 0.25}", "rates: {Z: 0.25}", "pack-unknown-option", "Z", ONE),
    Row("worth: {of: C1", "worth: {of: C9", "pack-unknown-id", "C9", ONE),
    Row("cap_wan: 30,", "cap_wan: 300000,", "policy-money", "写成了元", ONE),
    Row("cap_wan: 30, cap_per: firm,", "cap_wan: 30,", "pack-field-value", "cap_per", "kind: share, rate"),
    Row(
        "cap_wan: 30,", "cap_wan: 30, uncapped: true,", "pack-field-value", "只能写一种", "kind: share, rate"
    ),
    Row("kind: share, rate", "kind: gift, rate", "pack-field-value", "没有“gift”这一种", "kind: gift"),
    Row(
        "kind: share, rate",
        "kind: share, prize: 1, rate",
        "pack-field-unknown",
        "prize",
        "kind: share, prize",
    ),
    Row("not_with: policy.A-2", "not_with: policy.A-9", "pack-unknown-id", "policy.A-9", ONE),
    Row("not_with: policy.A-2", "not_with: policy.A-1", "policy-self", "not_with", ONE),
    Row("replaced_by: policy.A-1", "replaced_by: policy.A-7", "pack-unknown-id", "policy.A-7", TWO),
    Row("actions: [valid.K01]", "actions: [valid.K09]", "pack-unknown-id", "valid.K09", ONE),
    Row("{actions: [valid.K01]}", "{except: [valid.K01]}", "pack-field-value", "every", "kind: share, rate"),
    Row("model: small", "model: huge", "pack-unknown-id", "huge", TWO),
    Row(", model: small", "", "pack-field-value", "model", "level_caps_wan"),
    Row("status: active", "comparator: true\n    status: active", "policy-comparator", "pays_for", ONE),
    Row("    about: 补一半\n", "", "pack-field-missing", "about", ONE),
    Row(
        "  - id: policy.A-2\n",
        "  - id: policy.A-2\n    cites: x\n",
        "pack-field-unknown",
        "cites",
        "cites: x",
    ),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.new[:30]}-{row.code}")
def test_a_fault__is_told_with_file_and_line(row: Row, tmp_path: Path) -> None:
    assert P.count(row.old) == 1, row.old
    folder = pack_with(tmp_path, P.replace(row.old, row.new))
    found = load_pack(folder, (tmp_path,)).problems
    where = f"{folder / POLICIES}:{line_of(folder / POLICIES, row.at)}"
    told = [problem for problem in found if problem.code == row.code]
    assert {line_told(problem) for problem in told} == {where}, found
    assert any(row.said in str(problem) for problem in told), found


def test_an_unknown_source__is_told_for_policies_and_platforms(tmp_path: Path) -> None:
    folder = pack_with(
        tmp_path, P.replace("source: own", "source: gone", 1), F.replace("source: own", "source: gone")
    )
    found = [(problem.code, line_told(problem)) for problem in load_pack(folder, (tmp_path,)).problems]
    assert found == [
        ("pack-source-unknown", f"{folder / PLATFORMS}:2"),
        ("pack-source-unknown", f"{folder / POLICIES}:2"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"520000"', '"529999"', "region-code"),
        ("status: active", 'to: "2025"\n    status: active', "policy-status"),
        ("status: active", 'from: "2027"\n    status: active', "policy-status"),
        ("who: 轮胎企业", "who: 轮胎企业\n    when: {of: C9, eq: A}", "pack-unknown-id"),
        ("kind: trade", "kind: shop", "pack-field-value"),
    ],
)
def test_a_platform_s_fault__is_told(tmp_path: Path, old: str, new: str, code: str) -> None:
    folder = pack_with(tmp_path, platforms=F.replace(old, new))
    (found,) = load_pack(folder, (tmp_path,)).problems
    assert found.code == code
    assert found.where.startswith(f"{folder / PLATFORMS}:")


def test_an_amount_that_is_not_written__is_not_nothing(tmp_path: Path) -> None:
    loaded = load_pack(pack_with(tmp_path), (tmp_path,))
    assert loaded.pack
    assert loaded.pack.policies[1].pays[0].cap_wan is None  # type: ignore[union-attr]


# -- overlays --------------------------------------------------------------------------------------

HEAD = """\
id: policies-a
version: "2"
date: "2026-07-01"
title: 补充包
title_en: Overlay
provider: 某局
licence: 内部使用
overlays: valid
"""
NEWER = """\
policies:
  - id: policy.A-1
    title: 甲办法（新）
    issuer: 某局
    region: "520100"
    kind: fund
    about: 补六成
    from: "2026-01-01"
    to: "2027-12-31"
    status: active
    checked: "2026-07-01"
    pays:
      - {kind: share, rate: 0.6, base: 投入, cap_wan: 30, cap_per: firm}
    apply: {mode: window}
    cite: {source: new.1, kind: standard, sure: read}
  - id: policy.B-1
    title: 丙办法
    issuer: 某县
    region: "520100"
    kind: fund
    about: 新的一条
    status: active
    checked: "2026-07-01"
    apply: {mode: window}
    cite: {source: own, kind: expert, sure: own}
"""
SOURCES = """\
new.1:
  desc: 新办法
  kind: notice
  sure: read
"""


def overlay(root: Path, policies: str = NEWER, head: str = HEAD, name: str = "policies-a") -> Path:
    folder = root / name
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text(head.replace("policies-a", name), encoding="utf-8")
    (folder / POLICIES).write_text(policies, encoding="utf-8")
    (folder / "sources.yaml").write_text(
        SOURCES.replace("new.1", f"new.{name}") if name[-1] != "a" else SOURCES
    )
    return folder


@pytest.fixture
def roots(tmp_path: Path) -> tuple[Path, Path]:
    """The user's folder, empty, and the shipped one with the sample pack and one that depends on it."""
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    pack_with(shipped)
    child = shipped / "child"
    child.mkdir()
    text = HEAD.replace("overlays: valid", "depends: [valid]").replace("policies-a", "child")
    (child / "pack.yaml").write_text(text, encoding="utf-8")
    (child / "questionnaire.yaml").write_text("sections: []\n", encoding="utf-8")
    return tmp_path / "mine", shipped


def titles(pack: Pack) -> dict[str, str]:
    return {one.id: one.title for one in pack.policies}


@pytest.mark.parametrize("name", ["valid", "child"])
def test_an_overlay__brings_newer_and_further_policies_to_all_packs_above(
    roots: tuple[Path, Path], name: str
) -> None:
    before = open_pack(name, roots)
    overlay(roots[0])
    after = open_pack(name, roots)
    assert titles(before) == {"policy.A-1": "甲办法", "policy.A-2": "乙办法"}
    assert titles(after) == {"policy.A-1": "甲办法（新）", "policy.A-2": "乙办法", "policy.B-1": "丙办法"}
    assert [one.id for one in after.overlays] == ["policies-a"]
    assert "new.1" in after.sources
    assert after.digest == before.digest, "what was asked and how it was judged did not change"


def test_the_record_checked_last__stands(roots: tuple[Path, Path]) -> None:
    overlay(roots[0], NEWER.replace('checked: "2026-07-01"', 'checked: "2026-05-31"'))
    assert titles(open_pack("valid", roots))["policy.A-1"] == "甲办法"


def test_of_two_overlays_of_one_day__the_later_one_stands(roots: tuple[Path, Path]) -> None:
    overlay(roots[0])
    later = NEWER.replace("甲办法（新）", "甲办法（更新）").replace("new.1", "new.policies-b")
    overlay(roots[0], later, HEAD.replace("2026-07-01", "2026-07-02"), "policies-b")
    assert titles(open_pack("valid", roots))["policy.A-1"] == "甲办法（更新）"


def test_an_overlay__is_no_pack_to_assess_with(roots: tuple[Path, Path]) -> None:
    overlay(roots[0])
    with pytest.raises(UserError) as caught:
        open_pack("policies-a", roots)
    assert [problem.code for problem in caught.value.problems] == ["overlay-alone"]


@pytest.mark.parametrize("name", ["questionnaire.yaml", "facts.yaml", "rules.yaml", "actions.yaml"])
def test_an_overlay__can_not_change_what_is_asked_or_how_it_is_judged(
    roots: tuple[Path, Path], name: str
) -> None:
    folder = overlay(roots[0])
    text = "sections: []\n" if name == "questionnaire.yaml" else f"{name[:-5]}: []\n"
    (folder / name).write_text(text, encoding="utf-8")
    found = load_pack(folder, roots).problems
    assert [(problem.code, problem.where) for problem in found] == [("overlay-content", str(folder / name))]


def test_an_overlay_of_a_pack_that_is_not_there__is_told(roots: tuple[Path, Path]) -> None:
    folder = overlay(roots[0], head=HEAD.replace("overlays: valid", "overlays: nowhere"))
    (found,) = load_pack(folder, roots).problems
    assert (found.code, line_told(found)) == ("pack-missing", f"{folder / 'pack.yaml'}:8")


def test_a_bundle_of_policies__is_small_and_takes_effect_when_installed(
    roots: tuple[Path, Path], tmp_path: Path
) -> None:
    made = write_bundle(overlay(tmp_path / "work"), roots, tmp_path / "a.zip")
    assert dict(made.packs) == {"policies-a": "2"}
    assert read_bundle(tmp_path / "a.zip", roots) == made
    done = install(tmp_path / "a.zip", roots[0], roots)
    assert (done.placed, done.kept) == (("policies-a",), ())
    assert titles(open_pack("child", roots))["policy.A-1"] == "甲办法（新）"


def test_a_newer_bundle__replaces_the_older_one(roots: tuple[Path, Path], tmp_path: Path) -> None:
    for version, share in (("2", "补六成"), ("3", "补七成")):
        work = overlay(
            tmp_path / version,
            NEWER.replace("补六成", share),
            HEAD.replace('version: "2"', f'version: "{version}"'),
        )
        write_bundle(work, roots, tmp_path / "a.zip")
        install(tmp_path / "a.zip", roots[0], roots)
    pack = open_pack("valid", roots)
    assert [one.version for one in pack.overlays] == ["3"]
    assert pack.policies[0].about == "补七成"


def test_a_faulty_bundle__is_refused_and_changes_nothing(roots: tuple[Path, Path], tmp_path: Path) -> None:
    work = overlay(tmp_path / "work")
    write_bundle(work, roots, tmp_path / "a.zip")
    broken = tmp_path / "other"
    shutil.copytree(roots[1], broken)
    questions = broken / "valid/sources.yaml"
    questions.write_text(questions.read_text(encoding="utf-8") + SOURCES, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        install(tmp_path / "a.zip", roots[0], (roots[0], broken))
    assert [problem.code for problem in caught.value.problems] == ["pack-broken", "pack-duplicate-id"]
    assert not (roots[0] / "policies-a").exists()


def test_a_kept_pack__is_shown_with_today_s_policies(roots: tuple[Path, Path], tmp_path: Path) -> None:
    pack = open_pack("valid", roots)
    data = pack_bytes(pack, roots)
    overlay(roots[0])
    kept = open_kept(data, tmp_path / "kept", roots=roots)
    assert kept.digest == pack.digest
    assert titles(kept)["policy.A-1"] == "甲办法（新）"
    assert titles(open_kept(data, tmp_path / "kept"))["policy.A-1"] == "甲办法"
