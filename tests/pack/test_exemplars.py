"""Exemplars: each rule is broken once, and everything shipped is walked through."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from assessor.commands import Places, get_pack
from assessor.errors import PROBLEMS
from assessor.pack.load import Loaded, load_pack, pack_folders
from assessor.pack.question import LevelQuestion
from tests.pack.build import Edit, line_of, line_told, load, write_pack

QUESTIONNAIRES = Path(__file__).resolve().parents[2] / "questionnaires"
HERE = Places(Path("nowhere"), (QUESTIONNAIRES,))

EXEMPLARS = """\
exemplars:
  - id: valid.E1
    firm: 甲厂
    place: 贵州
    date: "2025"
    did:
      - {text: 做了一件事}
    scenes: [T1]
    gains:
      - {what: 不良, unit: "%", change: [-5, -10], who: firm}
      - {what: 用工, unit: 人, before: {value: 20, mark: over}, after: 3, who: press}
    care: 是大厂。
    showcases: [N02]
    if: {of: N1, ge: 1}
    cite: {source: own, kind: case, sure: weak}
"""


@dataclass(frozen=True)
class Broken:
    """`old` becomes `new`; `code` is reported on the line of `at` (the exemplar itself by default)."""

    rule: str
    old: str
    new: str
    code: str
    at: str = "- id:"


TABLE = [
    Broken("id of another pack", "id: valid.E1", "id: other.E1", "exemplar-namespace"),
    Broken("id that is none", "id: valid.E1", "id: valid.1", "pack-field-value", "id: valid.1"),
    Broken("scene of nothing", "scenes: [T1]", "scenes: [T9]", "pack-unknown-id"),
    Broken("scene that is no scene", "scenes: [T1]", "scenes: [N1]", "pack-unknown-id"),
    Broken("no scene", "scenes: [T1]", "scenes: []", "pack-field-value", "scenes: []"),
    Broken("action of nothing", "{text: 做了一件事}", "{text: 事, actions: [valid.A9]}", "pack-unknown-id"),
    Broken("nothing done", "did:\n      - {text: 做了一件事}", "did: []", "pack-field-value", "did: []"),
    Broken("showcase of nothing", "showcases: [N02]", "showcases: [N99]", "pack-unknown-id"),
    Broken("condition on nothing", "if: {of: N1", "if: {of: N9", "pack-unknown-id"),
    Broken("no such region", "    place: 贵州\n", '    region_code: "529999"\n', "pack-unknown-id"),
    Broken("no such source", "source: own", "source: none", "pack-source-unknown"),
    Broken("no case but a standard", "kind: case", "kind: standard", "exemplar-kind"),
    Broken("unknown key", "place: 贵州", "plaze: 贵州", "pack-field-unknown", "plaze"),
    Broken("nobody says so", ", who: firm}", "}", "pack-field-missing", "change: [-5"),
    Broken(
        "change and level at once",
        "change: [-5, -10]",
        "change: [-5, -10], after: 1",
        "pack-field-value",
        "change",
    ),
    Broken("neither change nor level", "change: [-5, -10], ", "", "pack-field-value", "what: 不良"),
    Broken("change the wrong way round", "[-5, -10]", "[-10, -5]", "pack-field-value", "change"),
    Broken("no word of caution", "    care: 是大厂。\n", "", "pack-field-missing"),
]


def exemplar_pack(folder: Path, *edits: Edit) -> Loaded:
    """The sample pack with exemplars."""
    target = write_pack(folder)
    text = EXEMPLARS
    for _file, old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (target / "exemplars.yaml").write_text(text, encoding="utf-8")
    return load(target)


def test_the_sample__is_valid_and_kept_as_written(tmp_path: Path) -> None:
    loaded = exemplar_pack(tmp_path)
    assert [str(problem) for problem in loaded.problems] == []
    assert loaded.pack is not None
    (one,) = loaded.pack.exemplars
    first, second = one.gains
    assert first.change == (-5, -10)
    assert second.before is not None and second.after is not None
    assert (second.before.value, second.before.mark, second.after.value, second.after.mark) == (
        20,
        "over",
        3,
        "",
    )


@pytest.mark.parametrize("broken", TABLE, ids=lambda broken: broken.rule)
def test_a_broken_exemplar__is_told_with_rule_and_line(broken: Broken, tmp_path: Path) -> None:
    loaded = exemplar_pack(tmp_path, Edit("exemplars.yaml", broken.old, broken.new))
    file = tmp_path / "valid/exemplars.yaml"
    where = f"{file}:{line_of(file, broken.at)}"
    assert (broken.code, where) in [(problem.code, line_told(problem)) for problem in loaded.problems]
    assert broken.code in PROBLEMS


def test_a_pack_with_exemplars__has_another_digest(tmp_path: Path) -> None:
    with_them = exemplar_pack(tmp_path / "a").pack
    without = load_pack(write_pack(tmp_path / "b"), (tmp_path / "b",)).pack
    assert with_them is not None and without is not None
    assert with_them.digest != without.digest
    assert without.exemplars == ()


# -- what ships ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(pack_folders((QUESTIONNAIRES,))))
def test_every_shipped_pack__has_exemplars_of_its_own(name: str) -> None:
    pack = get_pack(HERE, name)
    own = [one for one in pack.exemplars if one.id.startswith(f"{name}.")]
    assert len(own) >= (2 if name == "common" else 7)
    assert all(isinstance(pack.questions[scene], LevelQuestion) for one in own for scene in one.scenes)


@pytest.mark.parametrize("name", ["chemicals", "liquor", "tires"])
def test_every_trade__has_a_case_from_guizhou(name: str) -> None:
    pack = get_pack(HERE, name)
    assert any(one.region_code.startswith("52") and one.gains for one in pack.exemplars)


@pytest.mark.parametrize("name", sorted(pack_folders((QUESTIONNAIRES,))))
def test_a_weak_source__makes_a_weak_exemplar(name: str) -> None:
    """An exemplar is no surer than the surest of its sources."""
    pack = get_pack(HERE, name)
    order = ("read", "second-hand", "weak", "own")
    for one in pack.exemplars:
        best = min(order.index(pack.sources[key].sure) for key in one.cite.source)
        assert order.index(one.cite.sure) >= best, one.id


@pytest.mark.parametrize("name", sorted(pack_folders((QUESTIONNAIRES,))))
def test_a_case_without_figures__says_so(name: str) -> None:
    for one in get_pack(HERE, name).exemplars:
        assert one.gains or any(word in one.care for word in ("没有", "没给", "不准"))
