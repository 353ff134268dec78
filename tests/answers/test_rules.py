"""Rules over answers: seen before claimed, never from what is not known, and no claim is ever changed."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.answers.document import parse_answers
from assessor.answers.effective import effective
from assessor.answers.model import Answers
from assessor.answers.rules import caps, expression, fired, lookup_seen, red_lines, rule_findings, with_caps
from assessor.pack.model import Pack
from assessor.scoring.index_verdict import score_index
from assessor.scoring.result import score_firm
from tests.answers.draw import documents
from tests.pack.build import load, write_pack

RULES = """\
cite: {source: own, kind: expert, sure: own}
rules:
  - {id: A1, when: level(T1) >= 3 and N1 < 50, say: 甲？, sample: 台账, effect: cap, cap: {T1: 2, M1: 3}}
  - {id: A2, when: N1 < 20, say: 乙？, sample: 台账, effect: cap, cap: {T1: 1}}
  - {id: A3, when: "N1 < 90 and R1 > 30", say: 丙？, sample: 台账, effect: ask, concerns: [R1]}
  - {id: A4, when: "has(C2, 'B') and not has(C2, 'C')", say: 丁？, sample: 台账, effect: contradiction}
  - {id: A5, when: not given(W1) and C1 == 'B', say: 戊？, sample: 台账, effect: red_line, red_line: L2}
red_lines:
  - {id: L1, colour: amber, title: 黄一, when: N1 < 60, text: 弱, cure: {text: 补}}
  - {id: L2, colour: red, title: 红一, when: C3 == no, text: 破, cure: {text: 停, cost_wan: 0.5, days: 3}}
  - {id: L3, colour: amber, title: 黄二, when: N1 < 70, text: 弱, cure: {text: 补}}
  - {id: L4, colour: red, title: 红二, when: N1 < 80, text: 破, cure: {text: 停}}
"""


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder = write_pack(tmp_path_factory.mktemp("rules"))
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    loaded = load(folder)
    assert not loaded.problems, list(map(str, loaded.problems))
    assert loaded.pack is not None
    return loaded.pack


def answers_of(pack: Pack, answers: Any, mode: str = "onsite", **firm: Any) -> Answers:
    parsed, problems = parse_answers({"mode": mode, "firm": firm, "answers": answers}, pack, "built")
    assert not problems, list(map(str, problems))
    return parsed


def ids(pack: Pack, answers: Any, mode: str = "onsite") -> list[str]:
    return [rule.id for rule in fired(pack, answers_of(pack, answers, mode))]


# -- what rules see ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"N1": {"value": 10}}, ["A2"]),
        ({"N1": {"value": 90}}, []),
        ({"N1": {"value": 90, "verified": 10}}, ["A2"]),
        ({"N1": {"value": 10, "verified": 90}}, []),
        ({"N1": {"verified": 10}}, ["A2"]),
        ({"N1": {"state": "unknown", "verified": 10}}, ["A2"]),
        ({"T1": {"value": 3}, "N1": {"value": 30}}, ["A1"]),
        ({"T1": {"value": 3, "verified": 2}, "N1": {"value": 30}}, []),
        ({"T1": {"value": 1, "verified": 3}, "N1": {"value": 30}}, ["A1"]),
        ({"N1": {"state": "not_applicable", "reason": "没有", "verified": 10}}, ["A2"]),
    ],
)
def test_what_was_seen__comes_before_what_is_claimed(pack: Pack, raw: Any, expected: list[str]) -> None:
    assert ids(pack, raw) == expected


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"T1": {"value": 4}},
        {"N1": {"state": "unknown"}, "T1": {"value": 4}},
        {"N1": {"state": "declined"}, "T1": {"value": 4}},
        {"N1": {"state": "not_applicable", "reason": "没有"}, "T1": {"value": 4}},
        {"T1": {"state": "not_applicable", "reason": "没有"}, "N1": {"value": 30}},
        {"R1": {"value": {"numerator": 1, "denominator": 1}}},
        {"R1": {"value": "C"}, "N1": {"value": 85}},  # a letter is no per cent
        {"C2": {"state": "unknown"}},
    ],
)
def test_what_is_not_known__never_triggers(pack: Pack, raw: Any) -> None:
    assert ids(pack, raw) == []


def test_a_ratio__is_seen_in_per_cent_exactly(pack: Pack) -> None:
    for top, expected in ((30, []), (31, ["A3"])):
        raw = {"R1": {"value": {"numerator": top, "denominator": 100}}, "N1": {"value": 85}}
        assert ids(pack, raw) == expected
    look = lookup_seen(pack, answers_of(pack, {"R1": {"value": {"numerator": 1, "denominator": 3}}}))
    assert look("R1") * 3 == 100  # type: ignore[operator]  # a fraction


def test_what_is_not_asked__is_not_seen(pack: Pack) -> None:
    """C3 is asked only where C1 is B; an old answer does not count."""
    old = {"C3": {"value": False, "verified": False}}
    for choice, held in (("A", []), ("B", ["L2"])):
        raw = {**old, "C1": {"value": choice}, "W1": {"value": "有"}}
        assert [line.id for line in red_lines(pack, answers_of(pack, raw))] == held


def test_a_fact_that_is_no_longer_asked__is_not_seen(tires: Pack) -> None:
    """TP04 is asked of makers; a retreader who once was one keeps the old fact."""
    for kind, seen in (("全钢", True), ("翻新", None)):
        look = lookup_seen(tires, answers_of(tires, {}, TP01=[kind], TP04=True))
        assert look("TP04") is seen


def test_facts_are_seen_and_unknown_ids_are_nothing(pack: Pack) -> None:
    look = lookup_seen(pack, answers_of(pack, {}, employees=12))
    assert (look("employees"), look("uscc"), look("N1"), look("Z99")) == (12, None, None, None)


@settings(max_examples=40)
@given(st.data())
def test_taking_answers_away__triggers_nothing_new(tires: Pack, data: st.DataObject) -> None:
    """But for rules that ask whether something was given at all."""
    used = sorted({name for rule in tires.rules.rules for name in _ids(rule.when) if name in tires.questions})
    document = data.draw(documents(tires, *used))
    answers = document["answers"]
    kept = data.draw(st.sets(st.sampled_from(sorted(answers)))) if answers else set()
    fewer = {**document, "answers": {key: raw for key, raw in answers.items() if key in kept}}
    before, after = (fired(tires, parse_answers(each, tires, "drawn")[0]) for each in (document, fewer))
    plain = {rule.id for rule in after if "given(" not in rule.when and "lowest(" not in rule.when}
    assert plain <= {rule.id for rule in before}


def _ids(text: str) -> tuple[str, ...]:
    return expression(text).ids


# -- what they do --------------------------------------------------------------------------------


def test_the_lowest_cap__wins(pack: Pack) -> None:
    raw = {"T1": {"value": 4, "verified": 4}, "M1": {"value": 4, "verified": 4}, "N1": {"value": 10}}
    answers = answers_of(pack, raw)
    rules = fired(pack, answers)
    assert [rule.id for rule in rules] == ["A1", "A2"]
    assert caps(rules) == caps(tuple(reversed(rules))) == {"T1": 1, "M1": 3}
    held = effective(pack, answers)
    assert (held.get("T1").verified, held.get("M1").verified) == (1, 3)


def test_a_cap__holds_only_what_was_seen_and_no_claim(pack: Pack) -> None:
    raw = {
        "T1": {"value": 4, "verified": 3, "reason": "看过", "remark": "好"},
        "M1": {"value": 4},
        "N1": {"value": 10},
    }
    answers = answers_of(pack, raw)
    held = effective(pack, answers)
    assert (held.get("T1").value, held.get("T1").verified) == (4, 1)
    assert (held.get("T1").reason, held.get("T1").remark) == ("看过", "好")
    assert (held.get("M1").value, held.get("M1").verified) == (4, None)
    assert answers.get("T1").verified == 3  # what was given is as it was


@pytest.mark.parametrize(("seen", "counts"), [(0, 0), (1, 1), (2, 1), (4, 1)])
def test_a_cap__never_lifts(pack: Pack, seen: int, counts: int) -> None:
    answers = answers_of(pack, {"T1": {"verified": seen}})
    assert with_caps(answers, {"T1": 1}).get("T1").verified == counts


def test_a_self_assessment__is_not_held_down(pack: Pack) -> None:
    answers = answers_of(pack, {"T1": {"value": 4}, "N1": {"value": 10}}, "self")
    assert effective(pack, answers).get("T1").value == 4
    assert {rule.id for rule in fired(pack, answers)} == {"A1", "A2"}


def test_scores__see_the_cap_on_the_verified_side_alone(pack: Pack) -> None:
    raw = {
        "T1": {"value": 4, "verified": 4},
        "M1": {"value": 2, "verified": 2},
        "N1": {"value": 10, "verified": 10},
    }
    answers = answers_of(pack, raw)
    seen = effective(pack, answers)
    result = score_firm(pack, pack.model("small"), seen)
    assert [scene.low for scene in result.claimed.scenes if scene.id == "T1"] == [4]
    assert [scene.low for scene in result.verified.scenes if scene.id == "T1"] == [1]
    [index] = pack.indexes
    online = [part.low for part in score_index(pack, index, seen).verified.parts if part.unit == "scenes"]
    assert online == [0.0]


def test_red__comes_before_amber_each_in_the_order_of_the_file(pack: Pack) -> None:
    raw = {"N1": {"value": 50}, "C1": {"value": "B"}, "C3": {"value": False}, "W1": {"value": "有"}}
    held = red_lines(pack, answers_of(pack, raw))
    assert [(line.id, line.colour) for line in held] == [
        ("L2", "red"),
        ("L4", "red"),
        ("L1", "amber"),
        ("L3", "amber"),
    ]


def test_a_red_line__hangs_on_its_own_condition_not_on_a_rule_that_points_to_it(pack: Pack) -> None:
    raw = {"C1": {"value": "B"}, "C3": {"value": True}}
    assert ids(pack, raw) == ["A5"]
    assert red_lines(pack, answers_of(pack, raw)) == ()


def test_a_finding__carries_the_rule_and_what_it_concerns(pack: Pack) -> None:
    raw = {"R1": {"value": {"numerator": 4, "denominator": 5}}, "N1": {"value": 10}, "C2": {"value": ["B"]}}
    found = rule_findings(fired(pack, answers_of(pack, raw)))
    assert [(one.code, one.ids, one.values["rule"], one.values["effect"]) for one in found] == [
        ("rule", ("N1",), "A2", "cap"),
        ("rule", ("R1",), "A3", "ask"),
        ("rule", ("C2",), "A4", "contradiction"),
    ]
    assert found[0].values["say"] == "乙？"
    assert found[0].values["sample"] == "台账"


@settings(max_examples=40)
@given(st.data())
def test_no_claim_of_any_tire_maker__is_changed(tires: Pack, data: st.DataObject) -> None:
    used = sorted({name for rule in tires.rules.rules for name in _ids(rule.when) if name in tires.questions})
    document = data.draw(documents(tires, *used))
    answers, problems = parse_answers(document, tires, "drawn")
    assert not problems
    held = caps(fired(tires, answers))
    after = with_caps(answers, held)
    for key, before in answers.items.items():
        now = after.get(key)
        assert (now.value, now.state, now.reason) == (before.value, before.state, before.reason)
        if key in held and isinstance(before.verified, int):
            assert now.verified == min(before.verified, held[key])
        else:
            assert now.verified == before.verified


def test_each_cap_of_the_shipped_rules__is_fired_by_the_levels_it_caps(tires: Pack) -> None:
    """A rule that holds a scene down looks at that scene: what it caps can be found in its condition."""
    for rule in tires.rules.rules:
        if rule.effect == "cap":
            assert set(rule.cap) & set((*rule.concerns, *_ids(rule.when))), rule.id
            assert all(0 <= level < 4 for level in rule.cap.values()), rule.id
