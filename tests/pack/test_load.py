"""Packs are found by folder, assembled with what they depend on, and have one digest over all of it."""

import json
import shutil
from pathlib import Path

import pytest

from assessor.errors import UserError
from assessor.pack.load import load_once, load_pack, open_pack, pack_folders
from assessor.pack.schema import schemas
from tests.pack.build import Edit, line_told, load, sample_pack, write_pack

Q, P = "questionnaire.yaml", "pack.yaml"


def dependent(folder: Path) -> Path:
    """A pack with one section of its own that stands on the sample pack beside it."""
    write_pack(folder)
    own = folder / "own"
    own.mkdir()
    manifest = (folder / "valid" / P).read_text(encoding="utf-8")
    (own / P).write_text(
        manifest.replace("id: valid", "id: own").replace("[main, scenes]", "[scenes, extra, main]")
        + "depends: [valid]\n",
        encoding="utf-8",
    )
    (own / Q).write_text(
        """
sections:
  - id: extra
    title: 另外
    title_en: Extra
    cite: {source: own, kind: expert, sure: own}
    questions:
      - {id: E1, kind: bool, title: 又, title_en: Also, ask: 是不是？, ask_if: {of: C1, eq: A}}
""",
        encoding="utf-8",
    )
    return own


def test_sections__stand_in_the_order_of_the_manifest(tmp_path: Path) -> None:
    loaded = load_pack(dependent(tmp_path), (tmp_path,))
    assert not loaded.problems
    assert loaded.pack is not None
    assert [section.id for section in loaded.pack.sections] == ["scenes", "extra", "main"]


def test_a_dependency__brings_questions_facts_models_and_codes(tmp_path: Path) -> None:
    pack = load_pack(dependent(tmp_path), (tmp_path,)).pack
    assert pack is not None
    assert {"E1", "C1", "T1"} <= pack.questions.keys()
    assert pack.items["employees"].kind == "number"
    assert [model.id for model in pack.models] == ["small"]
    assert pack.regions.regions["520100"] == "贵阳市"
    assert (pack.id, pack.version) == ("own", "1")


def test_an_id_of_a_dependency__may_not_be_used_again(tmp_path: Path) -> None:
    own = dependent(tmp_path)
    (own / Q).write_text((own / Q).read_text(encoding="utf-8").replace("E1", "T1"), encoding="utf-8")
    found = [(problem.code, line_told(problem)) for problem in load_pack(own, (tmp_path,)).problems]
    assert ("pack-duplicate-id", f"{own / Q}:8") in found


def test_the_digest__is_the_same_for_the_same_files(tmp_path: Path) -> None:
    first, second = sample_pack(tmp_path / "1"), sample_pack(tmp_path / "2")
    assert first.digest == second.digest
    assert len(first.digest) == 64


@pytest.mark.parametrize(
    "file", [P, Q, "facts.yaml", "sources.yaml", "codes/regions.yaml", "models/small.yaml"]
)
def test_the_digest__changes_with_any_file(file: str, tmp_path: Path) -> None:
    before = sample_pack(tmp_path / "1").digest
    folder = write_pack(tmp_path / "2")
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8") + "# another word\n", encoding="utf-8")
    after = load(folder).pack
    assert after is not None
    assert after.digest != before


def test_the_digest__changes_with_a_file_of_a_dependency(tmp_path: Path) -> None:
    own = dependent(tmp_path)
    before = load_pack(own, (tmp_path,)).pack
    sources = tmp_path / "valid/sources.yaml"
    sources.write_text(sources.read_text(encoding="utf-8") + "# x\n", encoding="utf-8")
    after = load_pack(own, (tmp_path,)).pack
    assert before is not None
    assert after is not None
    assert before.digest != after.digest


def test_the_first_folder_that_has_a_pack__wins(tmp_path: Path) -> None:
    mine = write_pack(tmp_path / "mine", Edit(P, 'version: "1"', 'version: "2"'))
    write_pack(tmp_path / "shipped")
    roots = (tmp_path / "mine", tmp_path / "none", tmp_path / "shipped")
    assert pack_folders(roots) == {"valid": mine}
    assert open_pack("valid", roots).version == "2"


def test_a_pack_loaded_once__is_read_anew_when_a_file_it_stands_on_changes(tmp_path: Path) -> None:
    own = dependent(tmp_path)
    first = load_once(own, (tmp_path,))
    assert load_once(own, (tmp_path,)) is first
    below = tmp_path / "valid" / "models/small.yaml"
    below.write_text(
        below.read_text(encoding="utf-8").replace("weight: 60", "weight: 5999"), encoding="utf-8"
    )
    assert first.problems == ()
    assert load_once(own, (tmp_path,)).problems != ()


def test_a_pack_that_is_not_there__is_refused_with_those_that_are(tmp_path: Path) -> None:
    write_pack(tmp_path)
    with pytest.raises(UserError) as caught:
        open_pack("other", (tmp_path,))
    [problem] = caught.value.problems
    assert problem.code == "pack-missing"
    assert "valid" in problem.remedy


def test_a_broken_pack__is_not_opened(tmp_path: Path) -> None:
    write_pack(tmp_path, Edit("models/small.yaml", "weight: 60", "weight: 59"))
    with pytest.raises(UserError) as caught:
        open_pack("valid", (tmp_path,))
    assert [problem.code for problem in caught.value.problems] == ["pack-broken", "pack-weights"]


def test_a_folder_without_a_manifest__is_no_pack(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    shutil.copytree(folder / "codes", tmp_path / "codes")
    assert pack_folders((tmp_path,)) == {"valid": folder}


def test_the_shipped_schemas__are_those_of_the_code(questionnaires: Path) -> None:
    folder = questionnaires / "schema"
    shipped = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}
    assert shipped == json.loads(json.dumps(dict(schemas())))


def test_schemas__let_a_question_leave_out_what_its_section_gives() -> None:
    questions = [
        definition
        for name, definition in schemas()["questionnaire"]["$defs"].items()
        if name.endswith("Question")
    ]
    assert len(questions) == 9
    for definition in questions:
        assert "ask" in definition["required"]
        assert "cite" not in definition["required"]
        assert definition["additionalProperties"] is False
