"""The verbs inside one assessment: steps, history, evidence, and a newer questionnaire."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from assessor import commands
from assessor.answers.model import Answer
from assessor.answers.proof import mark_of
from assessor.commands import Places, visit
from assessor.errors import UserError
from assessor.store.evidence import Prepared
from assessor.store.store import Store
from tests.pack.build import VALID, Edit, write_pack
from tests.store.pictures import drawn, saved


@pytest.fixture
def here(tmp_path: Path) -> Places:
    """A data folder whose only pack is the small one."""
    return Places(tmp_path / "data", (tmp_path / "data/packs", VALID.parent))


@pytest.fixture
def store(here: Places) -> Iterator[Store]:
    """Its store."""
    opened = commands.open_store(here)
    yield opened
    opened.close()


@pytest.fixture
def key(here: Places, store: Store) -> int:
    """An assessment without answers."""
    return commands.start_assessment(
        here, store, commands.get_pack(here, "valid"), {"name": "一厂"}, "self", "甲"
    )


def stands(here: Places, store: Store, key: int, question: str) -> Answer:
    return commands.load_assessment(here, store, key)[1].get(question)


def test_steps__go_back_and_forth_and_name_what_they_touched(here: Places, store: Store, key: int) -> None:
    commands.record_answer(store, key, "T1", Answer(2), "甲")
    commands.record_answer(store, key, "T1", Answer(3), "甲")
    back = visit.step_back(store, key, "乙")
    assert back is not None
    assert (back.items, back.pack_changed) == ((("answer", "T1"),), False)
    assert stands(here, store, key, "T1") == Answer(2)
    assert visit.step_again(store, key, "乙") is not None
    assert stands(here, store, key, "T1") == Answer(3)
    assert visit.step_again(store, key, "乙") is None


def test_history__says_who_said_what_newest_first(store: Store, key: int) -> None:
    commands.record_answer(store, key, "T1", Answer(2), "甲")
    commands.record_answer(store, key, "C1", Answer("A"), "甲")
    commands.record_answer(store, key, "T1", Answer(3), "乙")
    visit.step_back(store, key, "丙")
    of_one = [(one.by, one.before, one.after, one.act) for one in visit.history(store, key, "T1")]
    assert of_one == [
        ("丙", {"value": 3}, {"value": 2}, "undo"),
        ("乙", {"value": 2}, {"value": 3}, "enter"),
        ("甲", None, {"value": 2}, "enter"),
    ]
    assert [one.item for one in visit.history(store, key)] == ["T1", "T1", "C1", "T1", "name"]
    assert visit.history(store, key)[-1].act is None


def attach(here: Places, store: Store, key: int, source: Path, question: str = "T1") -> visit.Attached:
    answer = stands(here, store, key, question)
    prepared = visit.prepare_evidence(store, source)
    return visit.attach_evidence(store, key, question, answer, prepared, "甲")


def test_evidence__lies_with_the_answer_in_one_step(
    here: Places, store: Store, key: int, tmp_path: Path
) -> None:
    photo = saved(drawn(64, 48), tmp_path / "磅单.jpg", "JPEG")
    done = attach(here, store, key, photo)
    again = attach(here, store, key, photo)
    assert again.answer.evidence == done.answer.evidence == stands(here, store, key, "T1").evidence
    assert visit.evidence_of(store, key)[mark_of(done.answer.evidence[0])] == done.evidence
    visit.step_back(store, key, "甲")
    assert stands(here, store, key, "T1").evidence == ()
    assert visit.step_back(store, key, "甲") is None
    visit.step_again(store, key, "甲")
    assert stands(here, store, key, "T1").evidence == done.answer.evidence


def test_evidence_that_cannot_be_attached__leaves_neither_line_nor_row(
    here: Places, store: Store, key: int, tmp_path: Path
) -> None:
    source = tmp_path / "记录.txt"
    source.write_text("看过", encoding="utf-8")
    prepared = visit.prepare_evidence(store, source)
    gone = Prepared(prepared.part, prepared.name, prepared.digest, prepared.media_type, prepared.bytes)
    prepared.part.unlink()
    with pytest.raises(UserError):
        visit.attach_evidence(store, key, "T1", Answer(), gone, "甲")
    assert stands(here, store, key, "T1") == Answer()
    assert visit.evidence_of(store, key) == {}


def test_pictures__are_what_the_report_shows_and_other_files_are_left_out(
    here: Places, store: Store, key: int, tmp_path: Path
) -> None:
    photo = attach(here, store, key, saved(drawn(64, 48), tmp_path / "a.png", "PNG")).evidence
    (tmp_path / "b.txt").write_text("b", encoding="utf-8")
    attach(here, store, key, tmp_path / "b.txt")
    found = visit.evidence_of(store, key)
    assert list(visit.pictures_of(store, found)) == [mark_of(photo.reference)]


def test_a_newer_questionnaire__is_offered_and_taken_up_as_one_step(
    here: Places, store: Store, key: int
) -> None:
    commands.record_answer(store, key, "C1", Answer("A"), "甲")
    commands.record_answer(store, key, "N1", Answer(Decimal(5)), "甲")
    old = commands.get_pack(here, "valid")
    assert visit.newer_pack(here, old) is None
    write_pack(
        here.packs[0],
        Edit("pack.yaml", 'version: "1"', 'version: "2"'),
        Edit("questionnaire.yaml", "title: 单选", "title: 单选题"),
        Edit("questionnaire.yaml", "unit: 吨", "unit: 公斤"),
    )
    commands.get_pack.cache_clear()
    new = visit.newer_pack(here, old)
    assert new is not None and new.version == "2"
    preview = visit.preview_carry(store, key, old, new)
    assert {fate.old: fate.fate for fate in preview.carried.fates} == {
        "name": "same",
        "C1": "wording",
        "N1": "ask_again",
    }
    copy = visit.carry_assessment(here, store, key, preview, "甲")
    assert copy.is_file()
    pack, answers, _ = commands.load_assessment(here, store, key)
    assert (pack.digest, answers.get("C1"), answers.get("N1")) == (new.digest, Answer("A"), Answer())
    back = visit.step_back(store, key, "甲")
    assert back is not None and back.pack_changed
    pack, answers, _ = commands.load_assessment(here, store, key)
    assert (pack.digest, answers.get("N1")) == (old.digest, Answer(Decimal(5)))
    commands.get_pack.cache_clear()


def test_a_file_that_cannot_be_read__is_refused_with_its_name(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        visit.prepare_evidence(store, tmp_path / "没有.jpg")
    assert caught.value.problems[0].code == "file-missing"
    assert "没有.jpg" in caught.value.problems[0].where
    assert not list(store.folder.rglob("*.part"))
