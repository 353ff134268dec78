"""Into the trash and back; and for good, which is the one place where rows vanish."""

from pathlib import Path

import pytest

from assessor.errors import UserError
from assessor.store.evidence import add_evidence, check_evidence, thumbnail
from assessor.store.evidence_files import evidence_path, thumb_path
from assessor.store.kept_packs import has_pack, keep_copy
from assessor.store.store import Store
from assessor.store.trash import discard, erase, restore
from tests.store.pictures import drawn, saved
from tests.store.writer import AT, HEAD


def codes(caught: pytest.ExceptionInfo[UserError]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def counts(store: Store) -> dict[str, int]:
    tables = (
        "firm",
        "assessment",
        "log",
        "basis",
        "summary",
        "trash",
        "evidence",
        "evidence_file",
        "pack_copy",
    )
    return {name: store._database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}


@pytest.fixture
def other(store: Store) -> int:
    head = {**HEAD, "uid": "u2", "pack_digest": "1" * 64}
    return store.add_assessment(store.add_firm(AT), head, {"name": "另一家"}, "张", AT)


def test_what_is_discarded__is_in_the_trash_and_comes_back_whole(store: Store, assessment: int) -> None:
    store.record(assessment, "answer", "T01", {"value": 1}, "张", AT)
    [before] = store.assessments()
    discard(store, assessment, "张", AT)
    assert (store.assessments(), store.trashed()) == ([], [before])
    assert store.assessment(assessment) == before
    discard(store, assessment, "张", AT)
    restore(store, assessment)
    assert (store.assessments(), store.trashed()) == ([before], [])


def test_what_is_not_in_the_trash__is_not_erased(store: Store, assessment: int) -> None:
    with pytest.raises(UserError) as caught:
        erase(store, assessment)
    assert codes(caught) == ["trash-first"]
    with pytest.raises(UserError) as caught:
        discard(store, 99, "张", AT)
    assert codes(caught) == ["store-unknown"]


def test_erasing_one_of_two__takes_all_of_the_one_and_nothing_of_the_other(
    store: Store, assessment: int, other: int, tmp_path: Path
) -> None:
    shared = saved(drawn(40, 30), tmp_path / "shared.jpg", "JPEG")
    own = saved(drawn(41, 30), tmp_path / "own.jpg", "JPEG")
    for digest in ("0" * 64, "1" * 64):
        keep_copy(store, (digest, "tires", "1"), b"data", AT)
    gone = add_evidence(store, assessment, own, "张", AT).digest
    thumbnail(store.folder, gone)
    kept = add_evidence(store, assessment, shared, "张", AT).digest
    add_evidence(store, other, shared, "张", AT)
    store.record(assessment, "answer", "T01", {"remark": "绝密配方"}, "张", AT)
    discard(store, assessment, "张", AT)
    erase(store, assessment)
    assert [row.id for row in store.assessments()] == [other]
    assert counts(store) == {
        "firm": 1, "assessment": 1, "log": 1, "basis": 1, "summary": 1, "trash": 0,
        "evidence": 1, "evidence_file": 1, "pack_copy": 1,
    }  # fmt: skip
    assert not evidence_path(store.folder, gone).exists()
    assert not thumb_path(store.folder, gone).exists()
    assert evidence_path(store.folder, kept).exists()
    assert (has_pack(store, "0" * 64), has_pack(store, "1" * 64)) == (False, True)
    assert check_evidence(store).orphans == ()
    store.close()
    for path in store.folder.glob("assessor.db*"):
        assert "绝密配方".encode() not in path.read_bytes()


def test_erasing_several__is_all_or_nothing(store: Store, assessment: int, other: int) -> None:
    discard(store, assessment, "张", AT)
    with pytest.raises(UserError):
        erase(store, assessment, other)
    assert len(store.trashed()) == 1
    discard(store, other, "张", AT)
    erase(store, assessment, other)
    assert (store.trashed(), counts(store)["firm"]) == ([], 0)


def test_numbers__are_never_used_again(store: Store, assessment: int) -> None:
    last = store._database.execute("SELECT max(id) FROM log").fetchone()[0]
    discard(store, assessment, "张", AT)
    erase(store, assessment)
    new = store.add_assessment(store.add_firm(AT), {**HEAD, "uid": "u3"}, {"name": "新"}, "张", AT)
    assert store._database.execute("SELECT min(id) FROM log").fetchone()[0] > last
    assert store.assessment(new).firm_name == "新"
