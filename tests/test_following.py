"""A plan accepted at one assessment, looked at from the next one of the same firm."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assessor import commands
from assessor.commands import Places, following, visit
from assessor.roadmap.followup import Mark
from assessor.roadmap.plan import Roadmap, plan
from assessor.roadmap.request import Request
from assessor.store.carry import start_from
from assessor.store.store import Store


@pytest.fixture
def here(tmp_path: Path, questionnaires: Path) -> Places:
    return Places(tmp_path / "data", (questionnaires,))


@pytest.fixture
def store(here: Places) -> Iterator[Store]:
    opened = commands.open_store(here)
    yield opened
    opened.close()


@pytest.fixture
def key(here: Places, store: Store, questionnaires: Path) -> int:
    """An assessment with an accepted plan."""
    return commands.add_sample(here, store, questionnaires / "tires/samples/retread.json")


@pytest.fixture
def roadmap(here: Places, store: Store, key: int) -> Roadmap:
    pack, answers, _row = commands.load_assessment(here, store, key)
    found = plan(pack, answers, Request(budget=60, quarters=4))
    following.accept(store, key, found, frozenset(), "甲")
    return found


def at(here: Places, store: Store, key: int) -> following.FollowUp:
    pack, answers, _row = commands.load_assessment(here, store, key)
    found = following.follow_up(store, key, pack, answers)
    assert found is not None
    return found


def next_visit(here: Places, store: Store, key: int, day: str) -> int:
    pack, _answers, _row = commands.load_assessment(here, store, key)
    return start_from(store, key, commands.new_head(pack, "self", day), "乙", f"{day}T08:00:00+08:00")


def test_the_next_visit__measures_what_became_of_the_promise(
    here: Places, store: Store, key: int, roadmap: Roadmap
) -> None:
    later = next_visit(here, store, key, "2099-01-01")
    found = at(here, store, later)
    assert not found.own and found.accepted.assessment == key
    assert found.progress.now is not None and found.progress.now.low == found.progress.before
    _pack, answers, _row = commands.load_assessment(here, store, later)
    risen = {
        name: replace(answers.get(name), value=one.value)
        for name, one in roadmap.after.items.items()
        if one.value is not None and answers.get(name).value != one.value
    }
    commands.record_answers(store, later, risen, "乙")
    measured = at(here, store, later).progress
    assert measured.now is not None and measured.now.low == measured.promised


def test_what_is_ticked_at_the_next_visit__stands_with_the_plan(
    here: Places, store: Store, key: int, roadmap: Roadmap
) -> None:
    later = next_visit(here, store, key, "2099-01-01")
    name = roadmap.actions[0].id
    following.mark(store, at(here, store, later).accepted, name, Mark("done", "2098-12-01", "验收"), "乙")
    for each in (key, later):
        [said] = at(here, store, each).marks[name]
        assert (said.state, said.date, said.remark, said.by) == ("done", "2098-12-01", "验收", "乙")
        assert at(here, store, each).done == {name}
    following.mark(store, at(here, store, later).accepted, name, None, "乙")
    assert at(here, store, key).done == frozenset()


def test_the_history_of_answers__does_not_speak_of_the_plan(store: Store, key: int, roadmap: Roadmap) -> None:
    assert {said.kind for said in visit.history(store, key)} == {"fact", "answer"}
