"""What the list of assessments offers: files in, what differs, the trash, copies, a second start."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from assessor import commands
from assessor.answers.model import Answer, Value
from assessor.commands import Places, settling, shelf, taking, travel
from assessor.commands.workbooks import write_template
from assessor.errors import UserError
from assessor.store.backup import last_backup
from assessor.store.store import Store
from tests.exchange.hand import Hand
from tests.pack.build import VALID, Edit, write_pack

NEWER = Edit("questionnaire.yaml", "- id: W1", "- id: W9")
FIRM: dict[str, Value] = {"name": "一厂", "uscc": "91000000MA0DEM013N"}
OTHER = "91000000MA0DEM021H"


@pytest.fixture
def here(tmp_path: Path) -> Places:
    """An empty data folder with the small pack."""
    return Places(tmp_path / "data", (VALID.parent,))


@pytest.fixture
def there(tmp_path: Path) -> Places:
    """A colleague's data folder."""
    return Places(tmp_path / "colleague", (VALID.parent,))


@pytest.fixture
def store(here: Places) -> Iterator[Store]:
    """The store of the data folder."""
    opened = commands.open_store(here)
    yield opened
    opened.close()


def begin(here: Places, store: Store, **answers: Value) -> int:
    """An assessment with these answers."""
    pack = commands.get_pack(here, "valid")
    key = commands.start_assessment(here, store, pack, FIRM, "self", "甲", date="2026-05-20")
    say(store, key, "甲", **answers)
    return key


def say(store: Store, key: int, by: str, **answers: Value) -> None:
    """Answers by somebody."""
    for question, value in answers.items():
        commands.record_answer(store, key, question, Answer(value), by)


def differing(here: Places, there: Places, store: Store, tmp_path: Path) -> int:
    """An assessment in which 甲 and 王工 say different things to T1 and N1, not to C1; its id."""
    key = begin(here, store, C1="A")
    part = travel.hand_out(here, key, tmp_path / "a.part.zip")
    assert part.missing == ()
    travel.import_file(there, tmp_path / "a.part.zip")
    other = commands.open_store(there)
    say(other, 1, "王工", T1=3, C1="A")
    other.close()
    travel.hand_out(there, 1, tmp_path / "b.part.zip")
    say(store, key, "甲", T1=2)
    taking.take_in(here, tmp_path / "b.part.zip")
    return key


# -- files taken in --------------------------------------------------------------------------------


def test_a_workbook__is_taken_in_once_however_often_it_is_handed_in(
    here: Places, there: Places, store: Store, tmp_path: Path
) -> None:
    other = commands.open_store(there)
    begin(there, other, C1="B", T1=2)
    other.close()
    file = travel.export_assessment(there, 1, tmp_path / "一厂.xlsx")
    first = taking.take_in(here, file)
    assert (first.state, first.firm, first.twin) == ("accepted", "一厂", False)
    assert first.merged is not None
    assert first.merged.created
    again = taking.take_in(here, file)
    assert again.merged is not None
    assert (again.twin, again.merged.assessment, again.merged.created) == (
        True,
        first.merged.assessment,
        False,
    )
    assert [row.answered for row in store.assessments()] == [2]


def test_a_second_file_of_the_firm__stands_beside_and_is_told_of(
    here: Places, store: Store, tmp_path: Path
) -> None:
    pack = commands.get_pack(here, "valid")
    old = commands.start_assessment(here, store, pack, FIRM, "self", "甲")
    say(store, old, "甲", C1="B")
    book = Hand(write_template(here, "valid", tmp_path / "blank.xlsx").read_bytes())
    for line, value in {"name": "一厂", "uscc": FIRM["uscc"], "C1": "A", "T1": 3}.items():
        book.type(line, value)
    file = tmp_path / "again.xlsx"
    file.write_bytes(book.saved())
    taken = taking.take_in(here, file)
    assert taken.merged is not None
    assert taken.merged.created
    assert taken.beside is not None
    assert taken.beside.id == old
    assert {row.answered for row in store.assessments()} == {1, 2}


def test_what_is_wrong_in_a_workbook__is_told_with_its_cell_and_the_rest_taken_in(
    here: Places, store: Store, tmp_path: Path
) -> None:
    book = Hand(write_template(here, "valid", tmp_path / "blank.xlsx").read_bytes())
    for line, value in {"name": "一厂", "uscc": FIRM["uscc"], "T1": "看情况", "M1": 3}.items():
        book.type(line, value)
    place = f"{book.sheet_of('T1').title} {book.cell('T1').coordinate}"
    file = tmp_path / "wrong.xlsx"
    file.write_bytes(book.saved())
    taken = taking.take_in(here, file)
    assert taken.state == "flagged"
    (fault,) = [one for one in taken.remarks if one.kind == "fault"]
    assert fault.place == place
    assert "看情况" in fault.text
    assert fault.remedy
    assert "看情况" in taken.mail
    assert [row.answered for row in store.assessments()] == [1]


def test_an_answer_that_can_not_be_read__says_nothing_against_the_one_that_stands(
    here: Places, store: Store, tmp_path: Path
) -> None:
    key = begin(here, store, T1=2, C1="A")
    book = Hand(travel.export_assessment(here, key, tmp_path / "out.xlsx").read_bytes())
    book.type("T1", "看情况")
    book.type("T1", "再看看", "remark")
    (tmp_path / "back.xlsx").write_bytes(book.saved())
    taken = taking.take_in(here, tmp_path / "back.xlsx")
    assert taken.state == "flagged"
    assert store.open_counts() == {}
    assert commands.load_assessment(here, store, key)[1].get("T1") == Answer(2)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("blank.xlsx", "一项也没有填"),
        ("backup.zip", "备份文件"),
        ("words.docx", "不是 Excel 工作簿"),
        ("words.json", "JSON"),
        ("missing.xlsx", "找不到文件"),
    ],
)
def test_what_is_no_filled_questionnaire__is_refused_with_a_remedy_and_nothing_written(
    here: Places, store: Store, tmp_path: Path, name: str, said: str
) -> None:
    write_template(here, "valid", tmp_path / "blank.xlsx")
    travel.back_up(here, tmp_path / "backup.zip")
    for words in ("words.docx", "words.json"):
        (tmp_path / words).write_text("words", encoding="utf-8")
    taken = taking.take_in(here, tmp_path / name)
    assert (taken.state, taken.merged) == ("quarantined", None)
    assert said in taken.remarks[0].text
    assert taken.remarks[0].remedy
    assert store.assessments() == []


def test_folders__stand_for_the_files_in_them(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("b.xlsx", "a.xlsx", "~$a.xlsx", ".hidden"):
        (tmp_path / "in" / name).touch()
    (tmp_path / "c.json").touch()
    found = taking.files_among([tmp_path / "c.json", tmp_path / "in"])
    assert [path.name for path in found] == ["c.json", "a.xlsx", "b.xlsx"]


# -- what differs ----------------------------------------------------------------------------------


def test_what_differs__is_shown_with_who_said_it_when_and_where_it_comes_from(
    here: Places, there: Places, store: Store, tmp_path: Path
) -> None:
    key = differing(here, there, store, tmp_path)
    assert store.open_counts() == {key: 1}
    (one,) = settling.unsettled(here, store, key)
    assert one.item == ("answer", "T1")
    said = {choice.content["value"]: choice for choice in one.choices}
    assert said[2].lines[0].startswith("2 级")
    assert [(voice.by, voice.imported) for voice in said[2].voices] == [("甲", False)]
    assert [(voice.by, voice.imported) for voice in said[3].voices] == [("王工", True)]
    assert said[3].voices[0].at


def test_what_was_settled__stands_and_the_history_keeps_both(
    here: Places, there: Places, store: Store, tmp_path: Path
) -> None:
    key = differing(here, there, store, tmp_path)
    (one,) = settling.unsettled(here, store, key)
    theirs = next(choice for choice in one.choices if choice.content["value"] == 3)
    settling.settle(store, key, one.item, theirs.content, "丙")
    assert settling.unsettled(here, store, key) == []
    assert store.open_counts() == {}
    assert commands.load_assessment(here, store, key)[1].get("T1").value == 3
    assert {entry.author for entry in store.history(key, "T1")} == {"甲", "王工", "丙"}


def test_a_merge_in_which_all_agree__leaves_nothing_to_settle(
    here: Places, store: Store, tmp_path: Path
) -> None:
    key = begin(here, store, C1="A")
    travel.hand_out(here, key, tmp_path / "a.part.zip")
    taking.take_in(here, tmp_path / "a.part.zip")
    assert store.open_counts() == {}


# -- trash and copies ------------------------------------------------------------------------------


def test_the_trash__gives_back_everything_or_takes_it_for_good(here: Places, store: Store) -> None:
    key = begin(here, store, C1="A", T1=2)
    before = store.entries(key)
    shelf.discard(store, key, "甲")
    assert store.assessments() == []
    loss = shelf.loss_of(store, store.trashed())
    assert (loss.answers, loss.entries, loss.evidence) == (2, len(before), 0)
    shelf.bring_back(store, key)
    assert store.entries(key) == before
    with pytest.raises(UserError):
        shelf.erase(store, key)
    shelf.discard(store, key, "甲")
    shelf.erase(store, key)
    assert (store.assessments(), store.trashed()) == ([], [])


def test_a_backup__is_due_a_week_after_answers_that_are_in_none(
    here: Places, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shelf.backup_overdue(store) is None
    key = begin(here, store, C1="A")
    assert shelf.backup_overdue(store) is None
    now = commands.now()
    monkeypatch.setattr(shelf, "now", lambda: now + timedelta(days=9))
    due = shelf.backup_overdue(store)
    assert due is not None
    assert (due.days, due.last) == (9, None)
    travel.back_up(here, tmp_path / "b.zip")
    assert shelf.backup_overdue(store) is None, "all is kept, however old"
    later = (now + timedelta(days=1)).isoformat(timespec="seconds")
    store.record(key, "answer", "T1", {"value": 1}, "甲", later)
    due = shelf.backup_overdue(store)
    assert due is not None
    assert due.last == last_backup(store)


def test_a_copy_put_beside__is_found_again_the_newest_first(
    here: Places, store: Store, tmp_path: Path
) -> None:
    begin(here, store, C1="A")
    travel.back_up(here, tmp_path / "b.zip")
    folder = travel.put_back(here, tmp_path / "b.zip")
    older = here.data.with_name(f"{here.data.name}-20200102-030405")
    folder.joinpath("x").parent.mkdir(exist_ok=True)
    older.mkdir()
    (older / "assessor.db").touch()
    (tmp_path / "data-mine").mkdir()
    assert list(shelf.copies(here)) == [folder, older]
    assert f"{shelf.copied_at(older):%Y-%m-%d %H:%M}" == "2020-01-02 03:04"


# -- beginning from an earlier one -----------------------------------------------------------------


def test_a_second_start__takes_what_was_claimed_and_the_facts_as_they_are_now(
    here: Places, store: Store
) -> None:
    key = begin(here, store, C1="A")
    commands.record_answer(store, key, "T1", replace(Answer(2), verified=1, evidence=("照片",)), "甲")
    pack = commands.get_pack(here, "valid")
    old = shelf.earlier(store, "valid", FIRM)
    assert old is not None
    assert old.id == key
    new = shelf.start_again(here, store, pack, {**FIRM, "name": "一厂（新名）"}, "onsite", "乙", old)
    answers, row = commands.load_assessment(here, store, new)[1:]
    assert row.firm == old.firm
    assert answers.mode == "onsite"
    assert answers.fact("name") == "一厂（新名）"
    assert answers.get("C1").value == "A"
    assert answers.get("T1") == Answer(2)
    assert {entry.author for entry in store.history(new, "C1")} == {"甲"}
    assert commands.load_assessment(here, store, key)[1].get("T1").verified == 1


def test_a_second_start_under_a_new_version__takes_only_what_still_means_the_same(
    here: Places, store: Store, tmp_path: Path
) -> None:
    begin(here, store, W1="字", T1=2)
    old = shelf.earlier(store, "valid", FIRM)
    assert old is not None
    folder = tmp_path / "new"
    write_pack(folder, NEWER)
    newer = Places(here.data, (folder,))
    pack = commands.get_pack(newer, "valid")
    new = shelf.start_again(newer, store, pack, FIRM, "self", "乙", old)
    answers = commands.load_assessment(newer, store, new)[1]
    assert set(answers.items) == {"T1"}
    assert answers.get("T1").value == 2
    assert store.current(new, "answer").keys() == {"T1"}


def test_an_assessment_without_answers__is_nothing_to_start_from(here: Places, store: Store) -> None:
    begin(here, store)
    assert shelf.earlier(store, "valid", FIRM) is None


@pytest.mark.parametrize(
    ("facts", "known"),
    [
        ({}, True),
        ({"site": "本部"}, True),
        ({"site": "二厂区"}, False),
        ({"uscc": "91000000MA0DEM021H"}, False),
    ],
)
def test_only_the_same_firm_at_the_same_place__is_known_again(
    here: Places, store: Store, facts: dict[str, Value], known: bool
) -> None:
    key = begin(here, store, C1="A")
    firm = store.assessment(key).firm
    assert (shelf.earlier(store, "valid", {**FIRM, **facts}, firm) is not None) == known
