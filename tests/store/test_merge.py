"""Parts by several people on several machines become one assessment, in any order the same."""

import itertools
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.errors import UserError
from assessor.store.basis import change_basis
from assessor.store.evidence import add_evidence, check_evidence, evidence_of
from assessor.store.evidence_files import evidence_path
from assessor.store.kept_packs import has_pack, keep_copy, pack_data
from assessor.store.log import Entry, entry, heads, in_order, standing
from assessor.store.merge import Merged, join, merge_contents, merge_file
from assessor.store.parts import export_part, part_of, read_part
from assessor.store.rows import summarise
from assessor.store.store import Store
from assessor.store.trash import discard, erase
from assessor.store.undo import steps, undo
from tests.store.pictures import jpeg_bytes
from tests.store.test_backup import changed_manifest, digests, rewritten
from tests.store.writer import AT, HEAD

FACTS = {"name": "某轮胎厂", "uscc": "91000000MA0000007C"}
LATER = "2026-05-21T08:00:00+08:00"


class Machine:
    """One computer with one person."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.store = Store.open(folder / name, "s")
        self.folder = folder

    def begin(self, uid: str = "u1", **more: str) -> int:
        facts = {**FACTS, **{key: more.pop(key) for key in ("uscc", "site") if key in more}}
        firm = self.store.add_firm(AT)
        return self.store.add_assessment(firm, {**HEAD, "uid": uid, **more}, facts, self.name, AT)

    def say(self, key: int, item: str, value: Any, at: str = AT) -> None:
        self.store.record(key, "answer", item, {"value": value}, self.name, at)

    def export(self, key: int = 1, name: str = "") -> Path:
        out = self.folder / f"{self.name}{name}.part.zip"
        export_part(self.store, key, out, self.name, AT, "0.1.0")
        return out

    def merge(self, file: Path, into: int | None = None) -> Merged:
        return merge_file(self.store, file, self.name, LATER, into)

    def values(self, key: int = 1) -> dict[str, Any]:
        return {item: content["value"] for item, content in self.store.current(key, "answer").items()}

    def open(self, key: int = 1) -> dict[str, dict[str, Any]]:
        found = self.store.open_items(key)
        return {item: {one.author: one.content["value"] for one in said} for (_, item), said in found.items()}

    def state(self, key: int = 1) -> Any:
        """All that must be the same on every machine."""
        row = self.store.assessment(key)
        log = {one.digest: one for one in self.store.entries(key)}
        files = [(one.digest, one.name, one.author, one.at) for one in evidence_of(self.store, key)]
        history = {item: self.store.history(key, item) for _, item in heads(log.values())}
        return (
            log,
            self.values(key),
            self.store.current(key, "fact"),
            self.store.open_items(key),
            files,
            history,
            (row.date, row.assessed_by, row.firm_name, row.answered, row.pack_digest),
        )


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Callable[[str], Machine]]:
    made: list[Machine] = []

    def make(name: str) -> Machine:
        made.append(Machine(tmp_path, name))
        return made[-1]

    yield make
    for each in made:
        each.store.close()


def codes(caught: pytest.ExceptionInfo[UserError]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


# -- two assessors split a plant --------------------------------------------------------------------


def test_an_assessment__goes_to_another_machine_and_comes_back(machines: Callable[[str], Machine]) -> None:
    one, two = machines("张"), machines("李")
    one.say(one.begin(), "T01", 1)
    came = two.merge(one.export())
    assert (came.created, came.entries, came.open) == (True, 3, ())
    assert two.state(came.assessment) == one.state()
    two.say(came.assessment, "T02", 2)
    two.say(came.assessment, "T01", 3)
    back = one.merge(two.export())
    assert (back.assessment, back.created, back.entries, back.open) == (1, False, 2, ())
    assert one.values() == {"T01": 3, "T02": 2}
    said = [(entry_.content["value"], entry_.author) for entry_ in one.store.history(1, "T01")]
    assert said == [(1, "张"), (3, "李")]


def test_what_two_said_differently__stays_open_until_one_settles_it(
    machines: Callable[[str], Machine],
) -> None:
    one, two = machines("张"), machines("李")
    one.begin()
    two.merge(one.export())
    one.say(1, "T01", 1)
    two.say(1, "T01", 4)
    two.say(1, "T02", 2)
    merged = one.merge(two.export())
    assert merged.open == (("answer", "T01"),)
    assert one.open() == {"T01": {"张": 1, "李": 4}}
    assert one.values() == {"T02": 2}
    assert one.store.assessment(1).answered == 1
    one.store.settle(1, ("answer", "T01"), {"value": 2}, "张", LATER)
    assert (one.open(), one.values()) == ({}, {"T01": 2, "T02": 2})
    two.merge(one.export())
    assert two.state() == one.state()
    assert sorted(said.author for said in two.store.history(1, "T01")[:2]) == ["张", "李"]
    assert two.store.history(1, "T01")[2].content == {"value": 2}
    again = one.merge(two.export())
    assert (again.entries, again.evidence, again.open) == (0, 0, ())


def test_what_both_said_alike__is_not_open(machines: Callable[[str], Machine]) -> None:
    one, two = machines("张"), machines("李")
    one.begin()
    two.merge(one.export())
    one.say(1, "T01", 3)
    two.say(1, "T01", 3)
    assert one.merge(two.export()).open == ()
    assert one.values() == {"T01": 3}
    assert {said.author for said in one.store.history(1, "T01")} == {"张", "李"}


def test_settling_goes_on_in_several_sittings(machines: Callable[[str], Machine]) -> None:
    one, two = machines("张"), machines("李")
    one.begin()
    two.merge(one.export())
    for item in ("T01", "T02", "T03"):
        one.say(1, item, 1)
        two.say(1, item, 2)
    one.merge(two.export())
    one.store.settle(1, ("answer", "T02"), {"value": 2}, "张", LATER)
    one.store.close()
    one.store = Store.open(one.store.folder, "s")
    assert set(one.open()) == {"T01", "T03"}
    assert one.merge(two.export(name="again")).entries == 0
    assert set(one.open()) == {"T01", "T03"}


def test_two_who_settled_the_same_item_differently__leave_it_open_again(
    machines: Callable[[str], Machine],
) -> None:
    one, two = machines("张"), machines("李")
    one.begin()
    two.merge(one.export())
    one.say(1, "T01", 1)
    two.say(1, "T01", 4)
    first, second = one.export(), two.export()
    one.merge(second)
    two.merge(first)
    one.store.settle(1, ("answer", "T01"), {"value": 2}, "张", LATER)
    two.store.settle(1, ("answer", "T01"), {"value": 3}, "李", LATER)
    assert one.merge(two.export(name="2")).open == (("answer", "T01"),)
    assert one.open() == {"T01": {"张": 2, "李": 3}}


def test_three_parts__come_to_the_same_in_every_order(
    machines: Callable[[str], Machine], tmp_path: Path
) -> None:
    base = machines("甲")
    base.begin()
    base.say(1, "T00", 0)
    start = base.export()
    files = []
    for name, value in (("乙", 1), ("丙", 2), ("丁", 2)):
        each = machines(name)
        each.merge(start)
        each.say(1, "T00", value)
        each.say(1, f"own-{name}", value)
        (tmp_path / f"{name}.txt").write_bytes(b"same content")
        add_evidence(each.store, 1, tmp_path / f"{name}.txt", name, f"2026-05-2{value}")
        files.append(each.export())
    states = []
    for number, order in enumerate(itertools.permutations([start, *files])):
        fresh = machines(f"合{number}")
        for file in order:
            fresh.merge(file)
            fresh.merge(order[0])  # and again
        states.append(fresh.state())
        assert check_evidence(fresh.store, read_all=True) == check_evidence(fresh.store)
    assert all(state == states[0] for state in states)
    assert states[0][-1][1] == "甲"


@st.composite
def logs(draw: st.DrawFn) -> Sequence[Sequence[Entry]]:
    """What three people's logs hold who began from one, worked apart and exchanged parts at times."""
    shared: list[Entry] = []
    own: list[dict[str, Entry]] = [{}, {}, {}]
    for number in range(draw(st.integers(0, 12))):
        who = draw(st.integers(0, 2))
        if draw(st.booleans()) and number:
            own[who].update(own[draw(st.integers(0, 2))])
        item, value = draw(st.sampled_from("AB")), draw(st.integers(0, 2) | st.none())
        over = [one.digest for one in heads(own[who].values()).get(("answer", item), ())]
        at = draw(st.sampled_from(["2026-01-01", "2026-01-02"]))
        new = entry("u", "answer", item, value, f"p{who}", at, over)
        own[who][new.digest] = new
    return [[*shared, *each.values()] for each in own]


@given(logs(), st.permutations(range(3)), st.permutations(range(3)))
def test_any_order_of_uniting__gives_the_same(
    parts: Sequence[Sequence[Entry]], one: Sequence[int], other: Sequence[int]
) -> None:
    def united(order: Sequence[int]) -> Mapping[Any, Any]:
        log: dict[str, Entry] = {}
        for index in order:
            log.update({each.digest: each for each in in_order(parts[index])})
            log.update({each.digest: each for each in in_order(parts[order[0]])})
        return log

    left, right = united(one), united(other)
    assert left == right
    assert dict(standing(left.values())) == dict(standing(right.values()))
    assert in_order(left.values()) == in_order(right.values())
    order = {each.digest: place for place, each in enumerate(in_order(left.values()))}
    assert all(order[parent] < order[each.digest] for each in left.values() for parent in each.parents)


@settings(max_examples=12)
@given(logs(), st.permutations(range(3)))
def test_any_order_of_merging_into_stores__gives_the_same(
    tmp_path_factory: pytest.TempPathFactory, parts: Sequence[Sequence[Entry]], order: Sequence[int]
) -> None:
    states = []
    for sequence in ((0, 1, 2), order):
        store = Store.open(tmp_path_factory.mktemp("merge"), "s")
        key = store.add_assessment(store.add_firm(AT), {**HEAD, "uid": "u"}, {}, "张", AT)
        from assessor.store.rows import append

        for index in sequence:
            with store.together():
                append(store.database, key, in_order(parts[index]), 1, "merge")
                summarise(store.database, key)
        log = {one.digest: one for one in store.entries(key)}
        states.append((log, store.current(key, "answer"), store.open_items(key), store.assessments()))
        store.close()
    assert states[0] == states[1]


# -- which one it belongs to ------------------------------------------------------------------------


def test_two_begun_apart_for_one_firm__are_joined_by_their_key(machines: Callable[[str], Machine]) -> None:
    one, two = machines("张"), machines("李")
    one.say(one.begin("u1"), "T01", 1)
    two.say(two.begin("u2", date="2026-05-22", campaign="2026"), "T01", 2)
    first, second = one.export(), two.export()
    assert one.merge(second).created is False
    assert two.merge(first).created is False
    assert one.state() == two.state()
    assert one.open() == {"T01": {"张": 1, "李": 2}}
    row = one.store.assessment(1)
    assert (row.date, row.assessed_by) == ("2026-05-22", "张、李")
    third = machines("王")
    third.merge(first)
    third.merge(one.export(name="2"))
    assert third.state() == one.state()


@pytest.mark.parametrize(
    ("other", "word"),
    [
        ({"uscc": "91000000MA0000008A"}, "企业"),
        ({"site": "二厂"}, "地点"),
        ({"pack": "liquor"}, "诊断包"),
        ({"campaign": "2025"}, "年度"),
        ({"mode": "onsite"}, "自评或现场评定"),
        ({"uscc": ""}, "企业"),
    ],
)
def test_another_assessment__is_begun_unless_asked_into_one_which_is_refused(
    machines: Callable[[str], Machine], other: dict[str, str], word: str
) -> None:
    one, two = machines("张"), machines("李")
    one.begin("u1")
    two.begin("u2", **other)
    before = one.state()
    with pytest.raises(UserError) as caught:
        one.merge(two.export(), 1)
    assert codes(caught) == ["merge-other"]
    assert word in caught.value.problems[0].what
    assert one.state() == before
    merged = one.merge(two.export())
    assert (merged.created, merged.assessment) == (True, 2)
    assert one.state() == before


def test_a_firm_known_already__is_not_made_twice(machines: Callable[[str], Machine]) -> None:
    one, two = machines("张"), machines("李")
    one.begin("u1")
    two.begin("u2", campaign="2025")
    one.merge(two.export())
    assert len({row.firm for row in one.store.assessments()}) == 1


def test_another_version_of_the_pack__is_refused(machines: Callable[[str], Machine]) -> None:
    one, two = machines("张"), machines("李")
    one.begin()
    two.merge(one.export())
    with two.store.together():
        change_basis(
            two.store.database,
            1,
            {"pack_version": "2027.1", "pack_digest": "1" * 64},
            (99, "carry"),
            "李",
            AT,
        )
    with pytest.raises(UserError) as caught:
        one.merge(two.export())
    assert codes(caught) == ["merge-version"]
    assert "2027.1" in caught.value.problems[0].what


def test_several_it_could_belong_to__must_be_chosen_from(machines: Callable[[str], Machine]) -> None:
    one, two = machines("张"), machines("李")
    one.begin("u1")
    one.begin("u2")
    two.begin("u3")
    with pytest.raises(UserError) as caught:
        one.merge(two.export())
    assert codes(caught) == ["merge-several"]
    assert one.merge(two.export(), 2).assessment == 2


def test_two_of_one_store__are_joined_and_the_other_goes_to_the_trash(
    machines: Callable[[str], Machine],
) -> None:
    one = machines("张")
    one.say(one.begin("u1"), "T01", 1)
    one.say(one.begin("u2"), "T01", 2)
    joined = join(one.store, 1, 2, "张", LATER)
    assert joined.open == (("answer", "T01"),)
    assert [row.id for row in one.store.assessments()] == [1]
    assert [row.id for row in one.store.trashed()] == [2]
    one.begin("u3", campaign="2025")
    with pytest.raises(UserError) as caught:
        join(one.store, 1, 3, "张", LATER)
    assert codes(caught) == ["merge-other"]
    assert join(one.store, 1, 1, "张", LATER).entries == 0


def test_one_in_the_trash__comes_back_by_merging(machines: Callable[[str], Machine]) -> None:
    one = machines("张")
    one.say(one.begin(), "T01", 1)
    part = one.export()
    discard(one.store, 1, "张", AT)
    assert one.merge(part).created is False
    assert [row.id for row in one.store.assessments()] == [1]
    discard(one.store, 1, "张", AT)
    erase(one.store, 1)
    assert one.merge(part).created is True
    assert [row.answered for row in one.store.assessments()] == [1]


# -- what travels along -----------------------------------------------------------------------------


def test_evidence_and_pack__travel_along(machines: Callable[[str], Machine], tmp_path: Path) -> None:
    one, two = machines("张"), machines("李")
    key = one.begin()
    (tmp_path / "a.jpg").write_bytes(jpeg_bytes())
    added = add_evidence(one.store, key, tmp_path / "a.jpg", "张", AT)
    keep_copy(one.store, (HEAD["pack_digest"], "tires", "2026.1"), b"the pack", AT)
    merged = two.merge(one.export())
    assert merged.evidence == 1
    assert evidence_of(two.store, 1) == [added]
    assert check_evidence(two.store, read_all=True) == check_evidence(one.store)
    assert has_pack(two.store, HEAD["pack_digest"])
    assert pack_data(two.store, HEAD["pack_digest"]) == b"the pack"
    assert two.merge(one.export()).evidence == 0
    assert not list((two.store.folder / "evidence").glob("*.part"))


def test_a_part__may_leave_the_evidence_at_home(machines: Callable[[str], Machine], tmp_path: Path) -> None:
    one, two = machines("张"), machines("李")
    key = one.begin()
    (tmp_path / "a").write_bytes(b"1")
    add_evidence(one.store, key, tmp_path / "a", "张", AT)
    export_part(one.store, key, tmp_path / "small.zip", "张", AT, "1", with_evidence=False)
    assert two.merge(tmp_path / "small.zip").evidence == 0


def test_evidence_that_is_lost__does_not_keep_the_rest_at_home(
    machines: Callable[[str], Machine], tmp_path: Path
) -> None:
    one, two = machines("张"), machines("李")
    key = one.begin()
    added = []
    for name in "abc":
        (tmp_path / name).write_bytes(name.encode())
        added.append(add_evidence(one.store, key, tmp_path / name, "张", AT))
    evidence_path(one.store.folder, added[0].digest).unlink()
    evidence_path(one.store.folder, added[1].digest).write_bytes(b"?")
    exported = export_part(one.store, key, tmp_path / "x.zip", "张", AT, "1")
    assert exported.missing == (added[0], added[1])
    assert two.merge(tmp_path / "x.zip").evidence == 1
    assert read_part(tmp_path / "x.zip") == exported.part


def test_merging__can_not_be_undone_and_ends_what_can(machines: Callable[[str], Machine]) -> None:
    one, two = machines("张"), machines("李")
    one.begin()
    two.merge(one.export())
    two.say(1, "T02", 2)
    one.say(1, "T01", 1)
    one.merge(two.export())
    assert steps(one.store, 1).undo == ()
    assert undo(one.store, 1, "张", LATER) is None
    one.say(1, "T03", 3)
    undo(one.store, 1, "张", LATER)
    assert one.values() == {"T01": 1, "T02": 2}


def test_what_a_file_says__stands_beside_what_stands_here(store: Store, assessment: int) -> None:
    store.record(assessment, "answer", "T01", {"value": 1}, "张", AT)
    base = store.history(assessment, "T01")[-1].digest
    store.record(assessment, "answer", "T02", {"value": 1}, "张", AT)
    contents = {
        ("answer", "T01"): {"value": 2},
        ("answer", "T02"): {"value": 2},
        ("answer", "T03"): {"value": 2},
    }
    over = {("answer", "T01"): [base]}
    for _ in range(2):
        merged = merge_contents(store, assessment, contents, "sha256 of it", "李", "2026-05-20", over)
        assert merged.open == (("answer", "T02"),)
    assert merged.entries == 0
    assert store.current(assessment, "answer") == {"T01": {"value": 2}, "T03": {"value": 2}}


# -- bad parts --------------------------------------------------------------------------------------


def edited_log(files: dict[str, bytes], change: Callable[[dict[str, Any]], None]) -> None:
    lines = [json.loads(line) for line in files["log.jsonl"].decode().splitlines()]
    change(lines[-1])
    files["log.jsonl"] = "".join(json.dumps(line) + "\n" for line in lines).encode()
    import hashlib

    entries = json.loads(files["manifest.json"])["files"]
    entries["log.jsonl"] = {
        "sha256": hashlib.sha256(files["log.jsonl"]).hexdigest(),
        "bytes": len(files["log.jsonl"]),
    }
    changed_manifest(files, files=entries)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (
            lambda files: files.update(
                {"log.jsonl": files["log.jsonl"].replace(b'"value": 1', b'"value": 4')}
            ),
            "bundle-damaged",
        ),
        (lambda files: edited_log(files, lambda line: line.update(content={"value": 4})), "bundle-damaged"),
        (lambda files: edited_log(files, lambda line: line.update(author="王")), "bundle-damaged"),
        (lambda files: edited_log(files, lambda line: line.pop("uid")), "bundle-damaged"),
        (lambda files: edited_log(files, lambda line: line.update(kind="other")), "bundle-damaged"),
        (lambda files: edited_log(files, lambda line: line.update(parents=[1])), "bundle-damaged"),
        (lambda files: files.pop("log.jsonl"), "bundle-damaged"),
        (lambda files: changed_manifest(files, uid=""), "bundle-damaged"),
        (lambda files: changed_manifest(files, head={}), "bundle-damaged"),
        (lambda files: changed_manifest(files, evidence=[{}]), "bundle-damaged"),
        (lambda files: changed_manifest(files, evidence=None), "bundle-damaged"),
        (
            lambda files: files.update({next(n for n in files if "evidence/" in n): b"x" * 100}),
            "bundle-damaged",
        ),
        (lambda files: changed_manifest(files, format="assessor-backup"), "bundle-foreign"),
        (lambda files: changed_manifest(files, edition=9), "bundle-newer"),
    ],
)
def test_a_part_that_is_not_what_was_made__is_refused_and_nothing_is_taken(
    machines: Callable[[str], Machine],
    tmp_path: Path,
    change: Callable[[dict[str, bytes]], None],
    code: str,
) -> None:
    one, two = machines("张"), machines("李")
    key = one.begin()
    one.say(key, "T01", 1)
    (tmp_path / "a").write_bytes(b"y" * 100)
    add_evidence(one.store, key, tmp_path / "a", "张", AT)
    file = rewritten(one.export(), change)
    two.store.add_firm(AT)
    before = digests(two.store.folder)
    with pytest.raises(UserError) as caught:
        two.merge(file)
    assert codes(caught) == [code]
    assert two.store.assessments() == []
    assert digests(two.store.folder) == before
    with pytest.raises(UserError):
        read_part(file)


def test_a_part_with_a_number_sqlite_can_t_hold__comes_through(machines: Callable[[str], Machine]) -> None:
    one, two = machines("张"), machines("李")
    key = one.begin()
    one.say(key, "T01", 10**30)
    one.say(key, "T02", 0.1)
    two.merge(one.export())
    assert two.values() == {"T01": 10**30, "T02": 0.1}
    assert part_of(two.store, 1).entries == part_of(one.store, 1).entries
    with zipfile.ZipFile(one.folder / "张.part.zip") as archive:
        assert archive.testzip() is None
