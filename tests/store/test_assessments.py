"""An assessment through the verbs that window and command line share."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from assessor import commands
from assessor.answers.document import parse_answers
from assessor.answers.model import Answer, AnswerState, Ratio
from assessor.commands import Places
from assessor.pack.model import Pack
from assessor.store.store import Store
from tests.answers.draw import documents


@pytest.fixture
def store(here: Places) -> Iterator[Store]:
    """The store in the data folder of `here`."""
    opened = commands.open_store(here)
    yield opened
    opened.close()


@pytest.fixture
def key(here: Places, store: Store, tires: Pack) -> int:
    """A new assessment."""
    return commands.start_assessment(here, store, tires, {"name": "某轮胎厂", "TP04": True}, "self", "张")


def test_a_new_assessment__is_of_today_with_its_pack(
    here: Places, store: Store, tires: Pack, key: int
) -> None:
    pack, answers, row = commands.load_assessment(here, store, key)
    assert pack.digest == tires.digest
    assert (row.pack, row.pack_version, row.pack_digest) == ("tires", tires.version, tires.digest)
    assert row.date == row.campaign + row.date[4:]
    assert (answers.date, answers.campaign, answers.mode, answers.by) == (
        row.date,
        row.campaign,
        "self",
        "张",
    )
    assert dict(answers.firm) == {"name": "某轮胎厂", "TP04": True}
    assert dict(answers.items) == {}


def test_a_pack_that_changed_since__is_still_the_one_an_assessment_is_judged_by(
    tmp_path: Path, questionnaires: Path, store: Store, here: Places, tires: Pack, key: int
) -> None:
    for name in ("common", "tires"):
        shutil.copytree(questionnaires / name, tmp_path / "packs" / name)
    facts = tmp_path / "packs/tires/facts.yaml"
    facts.write_text(facts.read_text(encoding="utf-8") + "\n# later\n", encoding="utf-8")
    elsewhere = Places(here.data, (tmp_path / "packs",))
    pack, _, _ = commands.load_assessment(elsewhere, store, key)
    assert commands.get_pack(elsewhere, "tires").digest != tires.digest
    assert pack.digest == tires.digest


def test_two_assessments_of_one_firm__share_the_firm(
    here: Places, store: Store, tires: Pack, key: int
) -> None:
    firm = store.assessment(key).firm
    again = commands.start_assessment(here, store, tires, {"name": "某轮胎厂"}, "onsite", "李", firm=firm)
    rows = {row.id: row for row in store.assessments()}
    assert rows[again].firm == rows[key].firm
    assert rows[again].uid != rows[key].uid


def test_an_answer_and_a_fact__are_read_back_as_they_were_given(here: Places, store: Store, key: int) -> None:
    given_answers = {
        "T01": Answer(value=2, verified=1, reason="缺记录", sure=3, evidence=("照片",)),
        "miit.Q2": Answer(value=Ratio(letter="C")),
        "T09": Answer(state=AnswerState.NOT_APPLICABLE, reason="来料加工"),
    }
    moment = commands.record_answer(store, key, "T01", given_answers["T01"], "李")
    commands.record_answers(
        store, key, {"miit.Q2": given_answers["miit.Q2"], "T09": given_answers["T09"]}, "李"
    )
    commands.record_fact(store, key, "TP01", ("全钢", "翻新"), "李")
    commands.record_fact(store, key, "TP04", None, "李")
    _, answers, row = commands.load_assessment(here, store, key)
    assert dict(answers.items) == given_answers
    assert dict(answers.firm) == {"name": "某轮胎厂", "TP01": ("全钢", "翻新")}
    assert row.answered == 2
    assert [entry.at for entry in store.history(key, "T01")] == [moment.isoformat(timespec="seconds")]
    assert [entry.author for entry in store.history(key, "T01")] == ["李"]


def test_entries_that_no_longer_fit_the_pack__stay_in_the_store_and_are_not_shown(
    here: Places, store: Store, key: int
) -> None:
    at = "2026-05-20T08:00:00+08:00"
    store.record(key, "answer", "T99", {"value": 2}, "张", at)
    store.record(key, "answer", "T01", {"value": 9}, "张", at)
    store.record(key, "answer", "T02", {"value": 3}, "张", at)
    store.record(key, "fact", "gone", "x", "张", at)
    _, answers, _ = commands.load_assessment(here, store, key)
    assert answers.get("T02").value == 3
    assert answers.get("T01").value is None
    assert "T99" not in answers.items
    assert "gone" not in answers.firm
    assert store.current(key, "answer")["T99"] == {"value": 2}
    assert store.current(key, "answer")["T01"] == {"value": 9}


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[2] / "questionnaires").glob("*/samples/*.json"))
)
def test_a_sample__goes_into_the_store_and_comes_out_the_same(here: Places, store: Store, path: Path) -> None:
    _, expected = commands.read_answers(here, path)
    _, answers, row = commands.load_assessment(here, store, commands.add_sample(here, store, path))
    assert answers.items == expected.items
    assert answers.firm == expected.firm
    assert (answers.mode, answers.date, answers.campaign) == (expected.mode, expected.date, expected.campaign)
    assert row.firm_name == json.loads(path.read_text(encoding="utf-8"))["firm"]["name"]


def test_whatever_was_answered__comes_out_of_the_store_the_same(
    here: Places, store: Store, tires: Pack
) -> None:
    @settings(max_examples=20)
    @given(documents(tires))
    def comes_out(document: Any) -> None:
        expected, problems = parse_answers(document, tires, "drawn")
        assert not problems
        key = commands.start_assessment(here, store, tires, expected.firm, expected.mode, "张")
        commands.record_answers(store, key, expected.items, "张")
        _, answers, _ = commands.load_assessment(here, store, key)
        assert answers.items == expected.items
        assert answers.firm == expected.firm

    comes_out()
