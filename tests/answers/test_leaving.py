"""Before one leaves: what is worth a second look is on the list, once in each group, and nothing else is."""

from pathlib import Path
from typing import Any

from assessor.answers.document import parse_answers
from assessor.answers.leaving import GROUPS, Left, leaving
from assessor.answers.model import Mode
from assessor.diagnosis import diagnose
from assessor.pack.model import Pack
from tests.pack.build import Edit, sample_pack

QUESTIONS = "questionnaire.yaml"
CORE = Edit(
    QUESTIONS,
    "        ask: 到哪一级？\n        may_not_apply: true",
    "        ask: 到哪一级？\n        core: true",
)


def left(pack: Pack, mode: Mode = "self", **answers: Any) -> list[Left]:
    parsed, problems = parse_answers({"answers": answers, "mode": mode}, pack, "a.json")
    assert not problems, list(map(str, problems))
    found = diagnose(pack, parsed)
    return list(leaving(pack, parsed, found.states, found.findings, found.red_lines))


def keys(pack: Pack, mode: Mode = "self", **answers: Any) -> list[tuple[str, str]]:
    return [(line.group, line.key) for line in left(pack, mode, **answers)]


def test_a_core_scene_left_blank__is_named_once_and_others_only_when_passed_over(tmp_path: Path) -> None:
    pack = sample_pack(tmp_path, CORE)
    assert keys(pack) == [("core", "T1")]
    assert keys(pack, C1={"value": "A"}, R1={"value": "B"}) == [("core", "T1"), ("skipped", "C2")]
    assert keys(pack, C1={"state": "unknown"}, C2={"state": "declined"}, T1={"state": "unknown"}) == []


def test_a_question_that_is_not_asked__is_not_missed(sample: Pack) -> None:
    """C3 is asked only after B."""
    assert keys(sample, C1={"value": "A"}, C2={"value": ["B"]}, R1={"value": "B"}) == [
        ("finding", "C2"),
    ]
    assert ("skipped", "C3") in keys(sample, C1={"value": "B"}, C2={"value": ["B"]}, R1={"value": "B"})


def test_on_site__a_core_claim_nobody_looked_at_is_listed(tmp_path: Path) -> None:
    pack = sample_pack(tmp_path, CORE)
    assert keys(pack, "onsite", T1={"value": 2}) == [("unseen", "T1")]
    assert keys(pack, "self", T1={"value": 2}) == []
    assert keys(pack, "onsite", T1={"value": 2, "verified": 2}) == []


def test_what_was_seen_otherwise_and_what_nobody_was_sure_of__is_listed(sample: Pack) -> None:
    found = keys(
        sample,
        "onsite",
        T1={"value": 2, "verified": 1, "reason": "缺记录"},
        C1={"value": "A", "sure": 1},
        C2={"value": ["C"], "sure": 2},
    )
    assert found == [("differs", "T1"), ("unsure", "C1")]


def test_a_red_line__asks_for_evidence_until_there_is_some(sample: Pack) -> None:
    before = {"C1": {"value": "B"}, "C2": {"value": ["C"]}}
    (bare,) = left(sample, C3={"value": False}, **before)
    assert (bare.group, bare.key) == ("red_line", "C3")
    assert bare.line is not None and bare.line.title == "底线"
    assert left(sample, C3={"value": False, "evidence": ["告知单.jpg #0123456789abcdef"]}, **before) == []


def test_findings__come_with_every_question_they_are_about(sample: Pack) -> None:
    (found,) = [line for line in left(sample, T1={"value": 3}, N1={"value": 4}) if line.group == "finding"]
    assert found.ids == ("T1", "N1")
    assert found.finding is not None and found.finding.values["rule"] == "X01"


def test_the_list__goes_from_grave_to_light_and_never_names_a_place_that_is_not_there(tires: Pack) -> None:
    path = Path(__file__).resolve().parents[2] / "questionnaires/tires/samples"
    import json

    for file in sorted(path.glob("*.json")):
        parsed, _ = parse_answers(json.loads(file.read_text(encoding="utf-8")), tires, "a")
        found = diagnose(tires, parsed)
        lines = leaving(tires, parsed, found.states, found.findings, found.red_lines)
        order = [GROUPS.index(line.group) for line in lines]
        assert order == sorted(order)
        assert {line.key for line in lines} <= set(tires.items)
        assert len({(line.group, line.ids, line.finding and line.finding.code) for line in lines}) <= len(
            lines
        )
