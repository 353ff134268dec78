"""An assessment goes over to a newer version of its pack, and back; and starts a new one."""

from pathlib import Path
from typing import Any

import pytest

from assessor.answers.carry import Carried, carry
from assessor.errors import UserError
from assessor.pack.bundle import pack_bytes
from assessor.pack.model import Pack
from assessor.store.carry import Carriage, carry_over, start_from
from assessor.store.evidence import add_evidence, evidence_of
from assessor.store.kept_packs import has_pack, keep_pack, kept_pack
from assessor.store.merge import merge_contents
from assessor.store.store import Store
from assessor.store.undo import redo, undo
from tests.pack.build import Edit
from tests.pack.test_diff import newer
from tests.store.writer import AT, HEAD

LATER = "2027-01-10T08:00:00+08:00"
QUESTIONS = "questionnaire.yaml"


@pytest.fixture(name="newer")
def newer_pack(tmp_path: Path) -> Pack:
    """The next version of the sample pack."""
    return newer(
        tmp_path,
        Edit("pack.yaml", 'version: "1"', 'version: "2"'),
        Edit("pack.yaml", "renamed: {OLD2: N1}", "renamed: {OLD2: N1, W1: W9}"),
        Edit(QUESTIONS, "- id: W1", "- id: W9"),
        Edit(QUESTIONS, "{id: C, text: 丙}", "{id: D, text: 丁}"),
    )


@pytest.fixture
def key(store: Store, sample: Pack) -> int:
    """An assessment under the old version."""
    head = {**HEAD, "pack": sample.id, "pack_version": sample.version, "pack_digest": sample.digest}
    made = store.add_assessment(store.add_firm(AT), head, {"name": "某厂"}, "张", AT)
    answers = {"C1": {"value": "A"}, "C2": {"value": ["C"]}, "W1": {"value": "话", "verified": "真话"}}
    store.record_all(made, "answer", answers, "张", AT)
    return made


def previewed(store: Store, key: int, old: Pack, new: Pack) -> tuple[Carried, Carriage]:
    facts, answers = store.current(key, "fact"), store.current(key, "answer")
    found = carry(old, new, facts, answers)
    return found, Carriage(facts, answers, found.changes, new.version, new.digest)


def contents(store: Store, key: int) -> tuple[dict[str, Any], dict[str, Any], str]:
    return store.current(key, "fact"), store.current(key, "answer"), store.assessment(key).pack_digest


def test_carrying_over__enters_what_changed_and_is_one_step_to_undo(
    store: Store, key: int, sample: Pack, newer: Pack
) -> None:
    before = contents(store, key)
    count = len(store.entries(key))
    found, carriage = previewed(store, key, sample, newer)
    assert contents(store, key) == before
    copy = carry_over(store, key, carriage, "李", LATER, "stamp")
    after = contents(store, key)
    assert after == ({"name": "某厂"}, dict(found.contents("answer")), newer.digest)
    assert after[1] == {"C1": {"value": "A"}, "W9": {"value": "话", "verified": "真话"}}
    assert store.assessment(key).pack_version == "2"
    assert store.assessment(key).answered == 2
    assert len(store.entries(key)) == count + 3
    reverted = undo(store, key, "李", LATER)
    assert reverted is not None
    assert reverted.pack_changed
    assert contents(store, key) == before
    assert store.assessment(key).pack_version == "1"
    redo(store, key, "李", LATER)
    assert contents(store, key) == after
    copied = Store.open(_alone(copy, store.folder), "s")
    assert contents(copied, key) == before
    copied.close()


def _alone(copy: Path, folder: Path) -> Path:
    place = folder.with_name("from-snapshot")
    place.mkdir()
    copy.rename(place / "assessor.db")
    return place


def test_answers_given_after__are_undone_first(store: Store, key: int, sample: Pack, newer: Pack) -> None:
    carry_over(store, key, previewed(store, key, sample, newer)[1], "李", LATER, "s")
    store.record(key, "answer", "C2", {"value": ["D"]}, "李", LATER)
    undo(store, key, "李", LATER)
    assert store.assessment(key).pack_version == "2"
    assert "C2" not in store.current(key, "answer")
    undo(store, key, "李", LATER)
    assert store.assessment(key).pack_version == "1"
    assert store.current(key, "answer")["C2"] == {"value": ["C"]}


def test_a_version_in_which_nothing_differs__is_still_a_step(store: Store, key: int, sample: Pack) -> None:
    _, same = previewed(store, key, sample, sample)
    carriage = Carriage(same.facts, same.answers, {}, "1b", "9" * 64)
    carry_over(store, key, carriage, "李", LATER, "s")
    store.record(key, "answer", "C1", {"value": "B"}, "李", LATER)
    undo(store, key, "李", LATER)
    assert store.assessment(key).pack_version == "1b"
    undo(store, key, "李", LATER)
    assert store.assessment(key).pack_version == "1"
    redo(store, key, "李", LATER)
    assert store.assessment(key).pack_digest == "9" * 64


def test_an_answer_given_since_the_preview__refuses_it(
    store: Store, key: int, sample: Pack, newer: Pack
) -> None:
    _, carriage = previewed(store, key, sample, newer)
    store.record(key, "answer", "C1", {"value": "B"}, "张", AT)
    before = contents(store, key)
    with pytest.raises(UserError) as caught:
        carry_over(store, key, carriage, "李", LATER, "s")
    assert [problem.code for problem in caught.value.problems] == ["carry-stale"]
    assert contents(store, key) == before
    assert not (store.folder / "snapshots").exists()


def test_open_items__must_be_settled_first(store: Store, key: int, sample: Pack, newer: Pack) -> None:
    merge_contents(store, key, {("answer", "C1"): {"value": "B"}}, "file", "李", AT)
    _, carriage = previewed(store, key, sample, newer)
    with pytest.raises(UserError) as caught:
        carry_over(store, key, carriage, "李", LATER, "s")
    assert [problem.code for problem in caught.value.problems] == ["carry-open"]


def test_the_pack_an_assessment_was_made_with__is_kept_and_opens(
    store: Store, key: int, sample: Pack, newer: Pack
) -> None:
    assert not has_pack(store, sample.digest)
    assert kept_pack(store, sample.digest) is None
    for pack in (sample, newer):
        data = pack_bytes(pack, (pack.folder.parent,))
        keep_pack(store, pack, data, AT)
        keep_pack(store, pack, data, LATER)
    for pack in (sample, newer):
        kept = kept_pack(store, pack.digest)
        assert kept is not None
        assert (kept.digest, kept.version) == (pack.digest, pack.version)
    assert store.database.execute("SELECT count(*) FROM pack_copy").fetchone() == (2,)


def test_many_snapshots__make_room_for_the_newest(store: Store, key: int, sample: Pack) -> None:
    for number in range(23):
        _, same = previewed(store, key, sample, sample)
        carriage = Carriage(same.facts, same.answers, {}, f"v{number}", f"{number:064}")
        carry_over(store, key, carriage, "李", LATER, f"{number:02}")
    assert len(list((store.folder / "snapshots").glob("*.db"))) == 20


# -- the start of a new one ----------------------------------------------------------------------


def test_an_older_assessment__is_the_start_of_a_new_one(store: Store, key: int, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    one = add_evidence(store, key, tmp_path / "a", "张", AT)
    store.record(key, "answer", "C1", {"value": "A", "evidence": [one.reference], "remark": "看"}, "王", AT)
    store.record(key, "answer", "C3", {"verified": True}, "王", AT)
    head = {**HEAD, "uid": "next", "campaign": "2027", "date": "2027-01-10"}
    new = start_from(store, key, head, "李", LATER)
    row = store.assessment(new)
    assert (row.firm, row.firm_name, row.campaign, row.answered) == (
        store.assessment(key).firm,
        "某厂",
        "2027",
        3,
    )
    assert store.current(new, "answer") == {
        "C1": {"value": "A", "remark": "看"},
        "C2": {"value": ["C"]},
        "W1": {"value": "话"},
    }
    assert {entry.item: entry.author for entry in store.entries(new)} == {
        "name": "张", "C1": "王", "C2": "张", "W1": "张",
    }  # fmt: skip
    assert evidence_of(store, new) == []
    assert all(entry.is_genuine and entry.uid == "next" for entry in store.entries(new))
    assert undo(store, new, "李", LATER) is None
    assert store.current(key, "answer")["C1"]["evidence"] == [one.reference]


def test_the_start_of_a_new_one__may_be_carried_first(
    store: Store, key: int, sample: Pack, newer: Pack
) -> None:
    found, _ = previewed(store, key, sample, newer)
    head = {**HEAD, "uid": "next", "pack_digest": newer.digest}
    carried = {"fact": found.contents("fact"), "answer": found.contents("answer")}
    new = start_from(store, key, head, "李", LATER, carried)
    assert store.current(new, "answer") == {"C1": {"value": "A"}, "W9": {"value": "话"}}


def test_the_start_of_a_new_one__is_all_or_nothing(store: Store, key: int) -> None:
    with pytest.raises(UserError):
        start_from(store, key, {**HEAD, "uid": "next", "mode": "visit"}, "李", LATER)
    assert [row.id for row in store.assessments()] == [key]
