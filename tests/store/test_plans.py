"""An accepted plan and what became of its actions: kept, replaced, carried, merged, rescued like answers."""

import shutil
from pathlib import Path

import pytest
from sqlite_utils.db import Database

from assessor.errors import UserError
from assessor.pack.archive import Kind, open_archive
from assessor.store import backup as backups
from assessor.store.log import entry
from assessor.store.merge import merge_file
from assessor.store.migrations import migrations
from assessor.store.parts import PART_KIND, export_part
from assessor.store.plans import ROADMAP, accepted_for, accepted_plan, write_plan
from assessor.store.rows import append, next_step
from assessor.store.store import Store
from assessor.store.trash import discard, erase
from assessor.store.undo import undo
from tests.store.test_backup import changed_manifest, rewritten
from tests.store.writer import AT, HEAD

LATER, LAST = "2026-05-21T08:00:00+08:00", "2026-05-22T08:00:00+08:00"
PLAN = {"model": "wanqi-ronghe", "actions": [{"id": "tires.R01"}]}
DONE = {"state": "done", "date": "2026-09-30", "remark": "验收了"}
FILES = Path(__file__).with_name("files")


def said(store: Store, key: int, item: str) -> list[object]:
    plan = accepted_plan(store, key)
    assert plan is not None
    return [one.content for one in plan.marks.get(item, ())]


def again(folder: Path) -> Store:
    """A store as another machine finds it."""
    return Store.open(folder, "s")


def test_what_was_accepted_last__holds_and_the_rest_stays_in_the_log(store: Store, assessment: int) -> None:
    assert accepted_plan(store, assessment) is None
    write_plan(store, assessment, {ROADMAP: {"model": "miit-sme-2024"}}, "张", AT)
    write_plan(store, assessment, {ROADMAP: PLAN, "tires.R01": DONE}, "李", LATER)
    plan = accepted_plan(store, assessment)
    assert plan is not None
    assert (plan.content, plan.by, plan.at) == (PLAN, "李", LATER)
    assert said(store, assessment, "tires.R01") == [DONE]
    assert [one.kind for one in store.entries(assessment)].count("plan") == 3


def test_a_plan_withdrawn__holds_no_longer(store: Store, assessment: int) -> None:
    write_plan(store, assessment, {ROADMAP: PLAN}, "张", AT)
    write_plan(store, assessment, {ROADMAP: None}, "张", LATER)
    assert accepted_plan(store, assessment) is None


def test_a_mark_taken_back__is_no_mark(store: Store, assessment: int) -> None:
    write_plan(store, assessment, {ROADMAP: PLAN, "tires.R01": DONE}, "张", AT)
    write_plan(store, assessment, {"tires.R01": None}, "张", LATER)
    assert said(store, assessment, "tires.R01") == []


def test_a_plan__is_no_answer_and_no_step_to_undo(store: Store, assessment: int) -> None:
    store.record(assessment, "answer", "T01", {"value": 2}, "张", AT)
    write_plan(store, assessment, {ROADMAP: PLAN}, "张", LATER)
    assert store.assessment(assessment).answered == 1
    undone = undo(store, assessment, "张", LAST)
    assert undone is not None and undone.items == (("answer", "T01"),)
    assert accepted_plan(store, assessment) is not None
    assert store.current(assessment, "answer") == {}


def test_a_later_assessment__goes_by_the_plan_of_the_one_before(store: Store, assessment: int) -> None:
    firm = store.assessment(assessment).firm
    head = {**HEAD, "uid": "u2", "date": "2027-05-20", "campaign": "2027"}
    later = store.add_assessment(firm, head, {"name": "某轮胎厂"}, "张", LATER)
    other = store.add_assessment(store.add_firm(AT), {**head, "uid": "u3"}, {"name": "别家"}, "张", LATER)
    write_plan(store, assessment, {ROADMAP: PLAN}, "张", AT)
    found = accepted_for(store, later)
    assert found is not None and found.assessment == assessment
    assert accepted_for(store, other) is None
    write_plan(store, later, {ROADMAP: {"model": "own"}}, "张", LAST)
    own = accepted_for(store, later)
    assert own is not None and own.assessment == later
    before = accepted_for(store, assessment)
    assert before is not None and before.assessment == assessment, "a plan made later is not looked ahead to"


def test_a_part__carries_the_plan_to_another_machine(store: Store, assessment: int, tmp_path: Path) -> None:
    write_plan(store, assessment, {ROADMAP: PLAN, "tires.R01": DONE}, "张", AT)
    file = tmp_path / "x.part.zip"
    export_part(store, assessment, file, "张", AT, "0.1.0")
    other = again(tmp_path / "other")
    merged = merge_file(other, file, "李", LATER)
    plan = accepted_plan(other, merged.assessment)
    assert plan is not None and plan.content == PLAN
    assert said(other, merged.assessment, "tires.R01") == [DONE]
    other.close()


def test_a_part_without_a_plan__is_still_read_by_programs_that_know_none(
    store: Store, assessment: int, tmp_path: Path
) -> None:
    old = Kind(PART_KIND.format, PART_KIND.title, 1)
    file = tmp_path / "x.part.zip"
    export_part(store, assessment, file, "张", AT, "0.1.0")
    with open_archive(file, old, "x"):
        pass
    write_plan(store, assessment, {ROADMAP: PLAN}, "张", AT)
    export_part(store, assessment, file, "张", AT, "0.1.0")
    with pytest.raises(UserError) as caught, open_archive(file, old, "x"):
        pass
    assert [problem.code for problem in caught.value.problems] == ["bundle-newer"]


def test_a_part_of_a_kind_nobody_knows__is_refused_as_newer(
    store: Store, assessment: int, tmp_path: Path
) -> None:
    file = tmp_path / "x.part.zip"
    export_part(store, assessment, file, "张", AT, "0.1.0")
    newer = rewritten(file, lambda files: changed_manifest(files, edition=PART_KIND.edition + 1))
    with pytest.raises(UserError) as caught:
        merge_file(store, newer, "李", LATER)
    assert [problem.code for problem in caught.value.problems] == ["bundle-newer"]


def test_two_people_s_words__both_stay_and_hold_nothing_up(store: Store, assessment: int) -> None:
    write_plan(store, assessment, {ROADMAP: PLAN, "tires.R01": DONE}, "张", AT)
    late = {"state": "late", "date": "2027-01-31", "remark": "等设备"}
    foreign = entry("u1", "plan", "tires.R01", late, "李", LATER, [])
    with store.together():
        append(store.database, assessment, [foreign], next_step(store.database), "merge")
    assert said(store, assessment, "tires.R01") == [late, DONE], "the latest first"
    assert not store.open_items(assessment), "the score does not wait for it"
    assert not store.open_counts()
    write_plan(store, assessment, {"tires.R01": DONE}, "张", LAST)
    assert said(store, assessment, "tires.R01") == [DONE], "who says it now has seen both"


def test_a_backup__brings_the_plan_back(store: Store, assessment: int, tmp_path: Path) -> None:
    write_plan(store, assessment, {ROADMAP: PLAN}, "张", AT)
    backups.backup(store.folder, tmp_path / "b.zip", "张", AT, "0.1.0")
    other = again(backups.restore(tmp_path / "b.zip", tmp_path / "data", "back"))
    plan = accepted_plan(other, assessment)
    assert plan is not None and plan.content == PLAN
    other.close()


def test_a_broken_file__gives_its_plan_back(folder: Path) -> None:
    store = Store.open(folder, "s")
    key = store.add_assessment(store.add_firm(AT), HEAD, {"name": "某轮胎厂"}, "张", AT)
    write_plan(store, key, {ROADMAP: PLAN}, "张", AT)
    store.close()
    path = folder / "assessor.db"
    data = bytearray(path.read_bytes())
    data[:100] = bytes(100)
    path.write_bytes(data)
    mended = Store.open(folder, "s")
    plan = accepted_plan(mended, key)
    assert plan is not None and plan.content == PLAN
    mended.close()


def test_an_assessment_erased__takes_its_plan_along(store: Store, assessment: int) -> None:
    write_plan(store, assessment, {ROADMAP: PLAN}, "张", AT)
    discard(store, assessment, "张", AT)
    erase(store, assessment)
    (left,) = store.database.execute("SELECT count(*) FROM log").fetchone()
    assert left == 0


def test_the_step_to_plans__never_uses_a_number_twice(folder: Path) -> None:
    """Entries erased before the step keep their numbers: what another window has seen stays behind it."""
    folder.mkdir()
    shutil.copy(FILES / "m002-travel.db", folder / "assessor.db")
    before = Database(folder / "assessor.db")
    before.execute("UPDATE sqlite_sequence SET seq = 500 WHERE name = 'log'")
    before.conn.commit()
    before.close()
    store = Store.open(folder, "s")
    assert next_step(store.database) == 501
    [row] = store.assessments()
    store.record(row.id, "answer", "T09", {"value": 1}, "张", AT)
    (last,) = store.database.execute("SELECT max(id) FROM log").fetchone()
    assert last == 501
    assert [step.name for step in migrations.applied(store.database)][-1] == "m003_plans"
    store.close()


def test_a_plan_of_an_earlier_version__is_read(folder: Path) -> None:
    folder.mkdir()
    shutil.copy(FILES / "m003-plans.db", folder / "assessor.db")
    store = Store.open(folder, "s")
    [row] = store.assessments()
    assert said(store, row.id, "tires.R01") == [{"state": "done", "date": "2026-03-01", "remark": ""}]
    store.close()
