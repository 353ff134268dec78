"""Signatures: in the log like all else, no fact of the firm; what stands otherwise since is counted."""

from pathlib import Path
from typing import Any

from assessor.store.merge import merge_file
from assessor.store.parts import export_part
from assessor.store.signing import sign, signatures, withdraw
from assessor.store.store import Store
from assessor.store.undo import redo, undo
from tests.store.writer import AT, HEAD

WORDS = {"assessor": "王工", "representative": "李厂长", "date": "2026-05-20", "remark": ""}
LATER, LAST = "2026-05-20T09:00:00+08:00", "2026-05-21T09:00:00+08:00"


def put(store: Store, key: int, item: str, value: Any) -> None:
    content = None if value is None else {"value": value}
    store.record(key, "answer", item, content, "张", LATER)


def changed(store: Store, key: int) -> list[str]:
    return [item for _kind, item in signatures(store, key)[-1].changed]


def test_nobody_signed__there_is_none(store: Store, assessment: int) -> None:
    assert signatures(store, assessment) == ()


def test_a_signature__says_who_and_when_and_is_no_fact_of_the_firm(store: Store, assessment: int) -> None:
    before = store.current(assessment, "fact")
    sign(store, assessment, WORDS, "张", LATER)
    (found,) = signatures(store, assessment)
    assert (found.words, found.by, found.at, found.changed, found.other_pack) == (
        WORDS,
        "张",
        LATER,
        (),
        False,
    )
    assert store.current(assessment, "fact") == before
    assert len(store.history(assessment, found.item)) == 1


def test_what_stands_otherwise_since__is_counted_once_an_item(store: Store, assessment: int) -> None:
    put(store, assessment, "T01", 1)
    put(store, assessment, "T02", 1)
    sign(store, assessment, WORDS, "张", LATER)
    put(store, assessment, "T01", 2)
    put(store, assessment, "T01", 3)
    put(store, assessment, "T03", 0)
    store.record(assessment, "fact", "name", "某厂", "张", LATER)
    assert changed(store, assessment) == ["name", "T01", "T03"]
    put(store, assessment, "T01", 1)
    assert changed(store, assessment) == ["name", "T03"], "put back as it was signed"
    put(store, assessment, "T02", None)
    put(store, assessment, "T03", None)
    assert changed(store, assessment) == ["name", "T02"]


def test_signing__is_no_step_to_undo_and_undoing_another_step_is_a_change(
    store: Store, assessment: int
) -> None:
    put(store, assessment, "T01", 1)
    sign(store, assessment, WORDS, "张", LATER)
    assert undo(store, assessment, "张", LATER) is not None
    assert len(signatures(store, assessment)) == 1
    assert changed(store, assessment) == ["T01"]
    assert redo(store, assessment, "张", LATER) is not None
    assert changed(store, assessment) == []


def test_a_signature_taken_back__no_longer_stands_but_the_one_before_does(
    store: Store, assessment: int
) -> None:
    sign(store, assessment, WORDS, "张", LATER)
    put(store, assessment, "T01", 1)
    sign(store, assessment, {**WORDS, "assessor": "赵工"}, "张", LAST)
    first, second = signatures(store, assessment)
    assert ([item for _, item in first.changed], second.changed) == (["T01"], ())
    withdraw(store, assessment, second.item, "张", LAST)
    (left,) = signatures(store, assessment)
    assert left.words["assessor"] == "王工"
    assert len(store.history(assessment, second.item)) == 2


def test_signatures__travel_with_a_part_and_nothing_waits_for_a_person(
    store: Store, assessment: int, tmp_path: Path
) -> None:
    put(store, assessment, "T01", 1)
    sign(store, assessment, WORDS, "张", LATER)
    out = tmp_path / "张.part.zip"
    export_part(store, assessment, out, "张", LAST, "1")
    there = Store.open(tmp_path / "there", "stamp")
    merged = merge_file(there, out, "李", LAST)
    assert [one.words for one in signatures(there, merged.assessment)] == [WORDS]
    sign(there, merged.assessment, {**WORDS, "assessor": "赵工"}, "李", LAST)
    back = tmp_path / "李.part.zip"
    export_part(there, merged.assessment, back, "李", LAST, "1")
    there.close()
    assert merge_file(store, back, "张", LAST).open == ()
    assert [one.words["assessor"] for one in signatures(store, assessment)] == ["王工", "赵工"]


def test_another_questionnaire_since__is_told(store: Store, assessment: int) -> None:
    sign(store, assessment, WORDS, "张", LATER)
    store.database.execute("UPDATE assessment SET pack_digest = ? WHERE id = ?", ("f" * 64, assessment))
    assert HEAD["pack_digest"] != "f" * 64
    assert signatures(store, assessment)[0].other_pack
    assert AT < LATER
