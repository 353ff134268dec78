"""What a firm is told before it hands its answers in: blank, contradictory, doubtful, unsure."""

from typing import Any

from assessor.answers.document import parse_answers
from assessor.answers.review import Review, review
from assessor.diagnosis import diagnose
from assessor.pack.model import Pack


def reviewed(pack: Pack, answers: Any, firm: Any = None) -> Review:
    document = {"firm": {"name": "一厂"} if firm is None else firm, "answers": answers}
    parsed, problems = parse_answers(document, pack, "test")
    assert not problems, list(map(str, problems))
    found = diagnose(pack, parsed)
    return review(pack, parsed, found.states, found.findings)


def test_blank_questions__are_listed_but_not_those_given_up_on(tires: Pack) -> None:
    raw = {"T01": {"value": 2}, "T02": {"state": "unknown"}, "T03": {"state": "declined"}}
    blank = reviewed(tires, raw).blank
    assert not {"T01", "T02", "T03"} & set(blank)
    assert "T05" in blank
    order = [question.id for question in tires.asked()]
    assert list(blank) == sorted(blank, key=order.index)


def test_required_particulars__are_missed(tires: Pack) -> None:
    required = [fact.id for fact in tires.facts if fact.required]
    assert "uscc" in required
    assert set(required) - set(reviewed(tires, {}, {}).facts) == set()
    assert "name" not in reviewed(tires, {}).facts


def test_what_can_not_both_be_true__stands_apart_from_doubts(tires: Pack) -> None:
    raw = {"miit.Q2": {"value": {"numerator": 14, "denominator": 70, "letter": "E"}}}
    found = reviewed(tires, raw, {"name": "一厂", "uscc": "91520115MA0000000D"})
    assert [one.code for one in found.contradictions] == ["letter-against-figures"]
    assert [one.code for one in found.doubts] == ["uscc-inner"]
    assert not found.is_clean


def test_rules_of_the_pack__go_by_their_effect(tires: Pack) -> None:
    effects = {rule.id: rule.effect for rule in tires.rules.rules}
    levels = {f"T{number:02}": {"value": 4} for number in range(1, 11)}
    raw = {**levels, "T04": {"value": 0}, "T08": {"value": 0}, "TQ02": {"value": 0}}
    found = reviewed(tires, raw)
    for one in (*found.contradictions, *found.doubts):
        rule = one.values.get("rule")
        if rule is not None:
            assert (one in found.contradictions) == (effects[str(rule)] == "contradiction")
    assert any("rule" in one.values for one in (*found.contradictions, *found.doubts))


def test_who_was_not_sure__is_reminded(tires: Pack) -> None:
    assert reviewed(tires, {"T01": {"value": 2, "sure": 1}, "T02": {"value": 2, "sure": 3}}).unsure == (
        "T01",
    )
