"""What finished actions do to answers: rung by rung, only upward, nothing twice, blanks left blank."""

import itertools
from decimal import Decimal
from typing import Any

import pytest

from assessor.answers.model import Answer, Answers, AnswerState, Ratio
from assessor.pack.action import Effect, Units
from assessor.pack.model import Pack
from assessor.roadmap.future import lift
from tests.roadmap.firms import action_of, sample, with_action, without_answers

LEVEL = "T12"


def risen(pack: Pack, answers: Answers, *names: str) -> dict[str, Any]:
    """The answers that changed, after these actions."""
    after = lift(pack, answers, [action_of(pack, name) for name in names])
    before = lift(pack, answers, [])
    return {key: one.value for key, one in after.items.items() if one.value != before.get(key).value}


def said(answers: Answers, **values: Any) -> Answers:
    """The answers with some said and seen alike."""
    for name, value in values.items():
        key = name.replace("_", ".")
        answers = answers.with_answer(key, Answer(value=value, verified=value))
    return answers


@pytest.mark.parametrize(
    ("today", "target", "via", "after"),
    [
        (0, 1, (), 1),
        (0, 2, (), 2),
        (1, 2, (), 2),
        (3, 2, (), 3),
        (0, 3, (), 0),
        (1, 3, (), 1),
        (2, 3, (), 3),
        (2, 4, (), 2),
        (3, 4, (), 4),
        (0, 3, (2,), 3),
        (0, 4, (2, 3), 4),
        (0, 4, (3,), 0),
    ],
)
def test_a_level__high_ones_need_the_one_below(
    tires: Pack, today: int, target: int, via: tuple[int, ...], after: int
) -> None:
    effect = Effect(levels={LEVEL: target}, via={LEVEL: via} if via else {})
    pack = with_action(tires, "tires.R19", effects=(effect,))
    answers = said(sample(tires, "demo"), **{LEVEL: today})
    assert lift(pack, answers, [action_of(pack, "tires.R19")]).get(LEVEL).value == after


def test_a_level__the_one_below_may_come_from_another_action(tires: Pack) -> None:
    answers = said(sample(tires, "demo"), T09=1)
    assert "T09" not in risen(tires, answers, "tires.R12")
    assert risen(tires, answers, "tires.R10", "tires.R12")["T09"] == 3


def test_the_order__is_of_no_matter(tires: Pack) -> None:
    names = ("tires.R10", "tires.R12", "tires.R17", "common.K08")
    found = [risen(tires, sample(tires, "demo"), *some) for some in itertools.permutations(names)]
    assert all(one == found[0] for one in found)


def test_a_blank__stays_blank(tires: Pack) -> None:
    answers = without_answers(sample(tires, "demo"), ["T11", "miit.Q9", "miit.Q8", "G06", "miit.Q3", "TL01"])
    names = ("tires.R17", "common.K04", "common.K02", "common.K10", "tires.R08")
    assert not risen(tires, answers, *names).keys() & {"T11", "miit.Q9", "miit.Q8", "G06", "miit.Q3"}


def test_what_does_not_apply__stays_so(tires: Pack) -> None:
    gone = Answer(state=AnswerState.NOT_APPLICABLE, reason="没有")
    answers = sample(tires, "demo").with_answer("T11", gone)
    assert "T11" not in risen(tires, answers, "tires.R17")


def test_a_ladder__needs_the_rung_below(tires: Pack) -> None:
    answers = said(sample(tires, "demo"), miit_Q8="A")
    assert "miit.Q8" not in risen(tires, answers, "common.K02")
    assert risen(tires, answers, "common.K01", "common.K02")["miit.Q8"] == "C"


def test_a_tick__takes_the_place_of_none(tires: Pack) -> None:
    answers = said(sample(tires, "demo"), miit_Q6=("A",))
    assert risen(tires, answers, "common.K06")["miit.Q6"] == ("B", "C", "D")


def test_networked__is_never_more_than_digital(tires: Pack) -> None:
    units = Effect(units={"miit.Q3": Units(share=Decimal("0.9"))})
    pack = with_action(tires, "tires.R08", effects=(units,))
    answers = said(
        sample(tires, "demo"),
        miit_Q2=Ratio(Decimal(30), Decimal(100)),
        miit_Q3=Ratio(Decimal(10), Decimal(100)),
    )
    assert risen(pack, answers, "tires.R08")["miit.Q3"] == Ratio(Decimal(30), Decimal(100))


def test_the_same_machines__count_once(tires: Pack) -> None:
    counted = Effect(units={"miit.Q3": Units(count_of="TP11")})
    pack = with_action(with_action(tires, "tires.R08", effects=(counted,)), "tires.R20", effects=(counted,))
    answers = said(
        sample(tires, "demo"),
        miit_Q2=Ratio(Decimal(90), Decimal(100)),
        miit_Q3=Ratio(Decimal(10), Decimal(100)),
        TP11=Decimal(12),
    )
    assert risen(pack, answers, "tires.R08", "tires.R20")["miit.Q3"] == Ratio(Decimal(22), Decimal(100))


def test_a_share_known_by_its_band__rises_by_bands(tires: Pack) -> None:
    units = Effect(units={"miit.Q2": Units(share=Decimal("0.25"))})
    pack = with_action(tires, "tires.R08", effects=(units,))
    answers = said(sample(tires, "demo"), miit_Q2=Ratio(letter="B"))
    assert risen(pack, answers, "tires.R08")["miit.Q2"] == Ratio(letter="C")


def test_systems__are_counted_by_steps_and_each_step_once(tires: Pack) -> None:
    answers = said(without_answers(sample(tires, "retread"), ["TL02"]), miit_Q5="A")
    assert risen(tires, answers, "tires.R25")["miit.Q5"] == "B"
    assert risen(tires, answers, "tires.R25", "tires.R17")["miit.Q5"] == "C"


def test_a_ministrys_scene__follows_its_trade_scenes_while_it_stands_where_they_do(tires: Pack) -> None:
    answers = said(sample(tires, "demo"), T12=1, miit_S08=1)
    assert risen(tires, answers, "tires.R19")["miit.S08"] == 2
    assert "miit.S08" not in risen(tires, said(answers, miit_S08=0), "tires.R19")
    unconfirmed = without_answers(answers, ["miit.S08"])
    assert "miit.S08" not in risen(tires, unconfirmed, "tires.R19")


def test_level_4_by_proposal__waits_for_a_person(tires: Pack) -> None:
    answers = said(sample(tires, "demo"), T09=3, miit_S07=3)
    assert risen(tires, answers, "tires.R13")["T09"] == 4
    assert "miit.S07" not in risen(tires, answers, "tires.R13")


def test_a_cap_that_rests_on_scenes__holds_the_future_too(tires: Pack) -> None:
    scenes = {name: 2 for name in ("T03", "T04", "T05", "T06", "T07", "T08", "T10")}
    answers = sample(tires, "demo")
    for name, level in scenes.items():
        answers = answers.with_answer(name, Answer(value=level))  # claimed: nothing caps it today
    assert risen(tires, answers, "tires.R14")["T10"] == 3
    assert "T10" not in risen(tires, answers.with_answer("T05", Answer(value=1)), "tires.R14")


def test_a_cap_that_rests_on_quantities__does_not(tires: Pack) -> None:
    answers = said(sample(tires, "demo"), T04=1, TQ06_1=Decimal(10))
    assert risen(tires, answers, "tires.R31")["T04"] == 2


def test_together__counts_only_with_the_other(chemicals: Pack) -> None:
    answers = said(sample(chemicals, "small"), C01=1)
    assert "C01" not in risen(chemicals, answers, "chemicals.A18")
    assert (
        risen(chemicals, said(answers, C13=2), "chemicals.A21", "chemicals.A12", "chemicals.A11")["C13"] == 3
    )
    assert "C13" not in risen(chemicals, said(answers, C13=2), "chemicals.A21")


@pytest.mark.parametrize("firm", ["demo", "retread"])
def test_nothing_ever_falls__and_more_actions_never_give_less(tires: Pack, firm: str) -> None:
    from assessor.roadmap.plan import standings_by_engine

    answers = sample(tires, firm)
    names = [action.id for action in tires.actions]
    last = standings_by_engine(tires, lift(tires, answers, []))
    for count in range(1, len(names) + 1, 6):
        now = standings_by_engine(tires, lift(tires, answers, [action_of(tires, n) for n in names[:count]]))
        assert all(now[model].low >= last[model].low for model in now)
        last = now
