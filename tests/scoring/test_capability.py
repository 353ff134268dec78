"""Readings of a tree: states counted by hand and a second time; more is never less, answers only narrow."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.answers.document import parse_answers
from assessor.answers.effective import effective
from assessor.answers.model import SIDES, Answer, Answers, AnswerState
from assessor.pack.model import Pack
from assessor.pack.question import LevelQuestion
from assessor.scoring.capability import read_capability, speaking
from assessor.scoring.standard_result import CapabilityResult, NodeReading, Rungs
from tests.answers.draw import raw_answer
from tests.pack.build import Edit
from tests.pack.standards import standards_pack


def read(pack: Pack, model: str, answers: Answers) -> CapabilityResult:
    [tree] = [one for one in pack.capabilities if one.id == model]
    return read_capability(pack, tree, answers)


def nodes(result: CapabilityResult) -> dict[str, NodeReading]:
    return {node.node.id: node for node in result.claimed.nodes}


def states(node: NodeReading) -> tuple[int, int, int]:
    return node.low, node.high, node.most


def test_states__are_rungs_ticks_steps_and_bands_above_the_lowest(tmp_path: Path) -> None:
    pack = standards_pack(tmp_path)
    items = {
        "T1": Answer(2),
        "M1": Answer(3),
        "C2": Answer(("B",)),
        "C1": Answer("B"),
    }
    found = nodes(read(pack, "tree", Answers(pack.id, pack.version, {"industry_code": "2911"}, items)))
    assert states(found["floor"]) == (2, 2, 4)
    assert states(found["choice"]) == (1, 3, 4), "one of two ticks, and a share of three bands left blank"
    assert states(found["front"]) == (3, 5, 8)
    assert states(found["back"]) == (5, 5, 8), "M1, and T1 that the crosswalk leads there"
    assert states(found["extra"]) == (1, 1, 1)
    assert (found["back"].rungs, found["extra"].rungs) == (Rungs(2, 2, 3, 3), None)
    assert (found["choice"].answered, found["choice"].blank) == (1, 1)


def test_a_node_of_another_kind_of_plant__does_not_apply(tmp_path: Path) -> None:
    pack = standards_pack(tmp_path)
    for industry, applies in (("1512", False), ("2911", True), ("", True)):
        firm = {"industry_code": industry} if industry else {}
        found = nodes(read(pack, "tree", Answers(pack.id, pack.version, firm, {})))
        assert found["extra"].applies is applies


def test_what_does_not_apply__leaves_and_is_counted_as_gone(tmp_path: Path) -> None:
    pack = standards_pack(tmp_path)
    gone = {"T1": Answer(state=AnswerState.NOT_APPLICABLE, reason="不做")}
    found = nodes(read(pack, "tree", Answers(pack.id, pack.version, {}, gone)))
    assert found["floor"].silent and found["floor"].gone == 1
    assert states(found["back"]) == (0, 4, 4)


@pytest.mark.parametrize(("targets", "expected"), [("[choice]", ("choice",)), ("[]", ())])
def test_a_link_that_names_nodes__replaces_what_the_ministry_s_scenes_say(
    tmp_path: Path, targets: str, expected: tuple[str, ...]
) -> None:
    edit = Edit("crosswalk.yaml", "weight: 2}", f"weight: 2, standards: {{tree: {targets}}}}}")
    found = speaking(standards_pack(tmp_path, edit), "tree")
    assert [name for name in ("choice", "back") if "T1" in found[name]] == list(expected)
    assert "T1" in found["floor"], "what a node asks for itself stays"


# -- the shipped models --------------------------------------------------------------------------

MODELS = ("cmmm-2020", "dtmm-2023")


@st.composite
def firms(draw: st.DrawFn, pack: Pack) -> Answers:
    """A tire plant that answered some of the questions that speak about anything."""
    names = sorted({name for model in MODELS for said in speaking(pack, model).values() for name in said})
    chosen = draw(st.lists(st.sampled_from(names), unique=True, max_size=16))
    raw = {name: draw(raw_answer(pack.questions[name])) for name in chosen}
    answers, problems = parse_answers({"firm": {"industry_code": "2911"}, "answers": raw}, pack, "drawn")
    assert not problems, list(map(str, problems))
    return effective(pack, answers)


@settings(max_examples=25)
@given(st.data())
def test_shipped_trees__count_as_a_second_count_from_the_files_does(
    tires: Pack, questionnaires: Path, data: st.DataObject
) -> None:
    answers = data.draw(firms(tires))
    links = yaml.safe_load((questionnaires / "tires/crosswalk.yaml").read_text(encoding="utf-8"))["scenes"]
    for model in MODELS:
        raw = yaml.safe_load((questionnaires / f"common/models/{model}.yaml").read_text(encoding="utf-8"))
        result = read(tires, model, answers)
        for side in SIDES:
            shown = result.claimed if side == "claimed" else result.verified
            for node in shown.nodes:
                told = {part.id for part in node.node.nodes()}
                scenes = _speaking(raw["domains"], links, told, model)
                assert set(node.speaking) <= scenes
                assert node.answered + node.blank + node.gone == len(scenes)
                rungs = [
                    value
                    for name in node.speaking
                    if isinstance(tires.questions[name], LevelQuestion)
                    and isinstance(value := answers.get(name).on(side), int)
                ]
                if rungs and node.rungs and not node.blank:
                    assert (node.rungs.lowest_low, node.rungs.highest_high) == (min(rungs), max(rungs))
                    assert node.low >= sum(rungs)


def _speaking(domains: Any, links: Any, told: set[str], model: str) -> set[str]:
    """The questions of some nodes, read from the files anew."""
    direct = {node["id"]: set(node.get("questions", ())) for node in _flat(domains)}
    found = set().union(*(direct[name] for name in told))
    for scene, link in links.items():
        through = {name for name, own in direct.items() if own & set(link.get("ministry", ()))}
        if told & set(link.get("standards", {}).get(model, through)):
            found.add(scene)
    return found


def _flat(nodes: Any) -> Any:
    for node in nodes:
        yield node
        yield from _flat(node.get("parts", ()))


@settings(max_examples=25)
@given(st.data())
def test_a_higher_rung__is_never_less_and_an_answer_only_narrows(tires: Pack, data: st.DataObject) -> None:
    answers = data.draw(firms(tires))
    names = [q.id for q in tires.asked() if isinstance(q, LevelQuestion)]
    key = data.draw(st.sampled_from(names))
    value = answers.get(key).value
    rung = data.draw(st.integers(value if isinstance(value, int) else 0, 4))
    raised = answers.with_answer(key, replace(answers.get(key), value=rung))
    for model in MODELS:
        for before, after in zip(
            read(tires, model, answers).claimed.nodes, read(tires, model, raised).claimed.nodes, strict=True
        ):
            if before.most != after.most:
                continue  # what did not apply does now
            assert after.low >= before.low
            if isinstance(value, int):
                assert after.high >= before.high
            else:
                assert after.high <= before.high
            if before.rungs and after.rungs:
                assert after.rungs.lowest_low >= before.rungs.lowest_low
                assert after.rungs.highest_low >= before.rungs.highest_low


@settings(max_examples=10)
@given(st.data())
def test_shipped_trees__never_give_a_level(tires: Pack, data: st.DataObject) -> None:
    answers = data.draw(firms(tires))
    expected: Mapping[str, set[str]] = {
        "cmmm-2020": {"standard-weights-unknown", "standard-requirements-unknown"},
        "dtmm-2023": {"standard-reading-only"},
    }
    for model in MODELS:
        result = read(tires, model, answers)
        assert {note.code for note in result.reasons} >= expected[model]
        assert (result.claimed.total, result.verified.total) == (None, None)


def test_shipped_weights__are_those_that_could_be_read_and_no_others(common: Pack) -> None:
    """Elements and production of the process type, elements of the discrete type; no others are published."""
    [tree] = [one for one in common.capabilities if one.id == "cmmm-2020"]
    stated = {
        (node.id, kind): int(weight.value) for node in tree.nodes() for kind, weight in node.weights.items()
    }
    assert stated == {
        ("people", "process"): 6,
        ("technology", "process"): 11,
        ("resources", "process"): 15,
        ("manufacturing", "process"): 68,
        ("production", "process"): 63,
        ("people", "discrete"): 6,
        ("technology", "discrete"): 11,
        ("resources", "discrete"): 6,
        ("manufacturing", "discrete"): 77,
    }
    assert all(w.cite.sure != "read" for node in tree.nodes() for w in node.weights.values())
    assert len([node for node in tree.nodes() if not node.parts]) == 20
