"""The formulas of the workbook give what the engine gives, to the milli-point, on both sides."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.answers.document import parse_answers
from assessor.answers.model import Answers, Side
from assessor.diagnosis import Diagnosis, diagnose, gaps
from assessor.exchange.calc import Range
from assessor.exchange.entries import contents_of
from assessor.exchange.index import index_terms
from assessor.exchange.layout import layout_of
from assessor.exchange.page import Page, page_terms
from assessor.exchange.points import points_terms
from assessor.exchange.sight import Sight
from assessor.pack.model import Pack
from assessor.scoring.figures import points_text
from tests.answers.draw import documents
from tests.exchange.normal import normal
from tests.pack.build import Edit, sample_pack

SIDES: tuple[Side, ...] = ("claimed", "verified")


def drawn(data: st.DataObject, pack: Pack) -> Answers:
    answers, problems = parse_answers(data.draw(documents(pack)), pack, "drawn")
    assert not problems
    return normal(answers)


def sight_of(pack: Pack, answers: Answers) -> Sight:
    layout = layout_of(pack)
    return Sight(layout, contents_of(layout.book, answers, {}), answers)


def ends(found: Any) -> tuple[object, object]:
    return found.low.value, found.high.value


def check_points(sight: Sight, diagnosis: Diagnosis) -> None:
    for verdict in diagnosis.verdicts:
        for side in SIDES:
            terms, engine = points_terms(sight, verdict.result.model, side), verdict.result.on(side)
            for question in engine.questions:
                assert ends(terms.questions[question.id]) == (question.span.low, question.span.high)
            for dimension in engine.dimensions:
                assert ends(terms.dimensions[dimension.id]) == (dimension.span.low, dimension.span.high)
            for scene in engine.scenes:
                assert ends(terms.scenes[scene.id]) == (scene.low, scene.high)
            assert ends(terms.score) == (engine.span.low, engine.span.high)
            assert ends(terms.level) == (engine.level_low, engine.level_high)
            for gate, check in zip(terms.gates, engine.gates, strict=True):
                assert ends(gate.scenes) == (check.scenes.low, check.scenes.high)
                assert ends(gate.binding) == (check.binding.low, check.binding.high)
                met = {(1, 1): True, (0, 0): False, (0, 1): None}
                assert met[ends(gate.met)] is check.met  # type: ignore[index]  # whole numbers


def check_indexes(sight: Sight, diagnosis: Diagnosis) -> None:
    for result in diagnosis.indexes:
        for side in SIDES:
            terms, engine = index_terms(sight, result.model, side), result.on(side)
            for part in engine.parts:
                for value, share in zip(
                    ends(terms.parts[part.id].share), (part.share_low, part.share_high), strict=True
                ):
                    assert value == ("" if share is None else pytest.approx(share, abs=1e-12))
            span = ("", "") if engine.span is None else (engine.span.low, engine.span.high)
            assert ends(terms.score) == span
            assert ends(terms.stage) == (engine.level_low, engine.level_high)


def check_red_lines(sight: Sight, diagnosis: Diagnosis) -> None:
    for line in sight.pack.rules.red_lines:
        assert (sight.rule(line.when).value == 1) is (line in diagnosis.red_lines), line.id


def check_all(pack: Pack, answers: Answers) -> None:
    sight, diagnosis = sight_of(pack, answers), diagnose(pack, answers)
    check_points(sight, diagnosis)
    check_indexes(sight, diagnosis)
    check_red_lines(sight, diagnosis)
    assert not sight.unwritable


@given(data=st.data())
def test_formulas__agree_on_the_small_pack(sample: Pack, data: st.DataObject) -> None:
    check_all(sample, drawn(data, sample))


@settings(max_examples=30)
@given(data=st.data())
def test_formulas__agree_on_the_common_pack(common: Pack, data: st.DataObject) -> None:
    check_all(common, drawn(data, common))


@settings(max_examples=30)
@given(data=st.data())
def test_formulas__agree_on_the_tire_pack_with_its_tables_and_rules(tires: Pack, data: st.DataObject) -> None:
    check_all(tires, drawn(data, tires))


@settings(max_examples=200)
@given(data=st.data())
def test_formulas__agree_on_rules_and_feeds_of_every_kind(ruled: Pack, data: st.DataObject) -> None:
    check_all(ruled, drawn(data, ruled))


CONDITIONS = [
    "{of: C2, has: B}",
    "{of: C2, has_any: [B, C]}",
    "{of: C2, subset_of: [A, B]}",
    "{not: {of: C1, eq: A}}",
    "{all: [{of: C1, ne: A}, {of: R1, ge: 40}]}",
    "{any: [{of: C1, in: [A]}, {of: R1, in: [B, C]}, {of: N1, lt: 7}]}",
    "{of: D1, eq: C}",
    "{of: employees, gt: 20}",
]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_formulas__agree_whatever_the_condition(
    condition: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    edit = Edit("questionnaire.yaml", "ask_if: {of: C1, eq: B}", f"ask_if: {condition}")
    asked = Edit(
        "questionnaire.yaml",
        "        ask: 到哪一级？\n        may_not_apply: true\n",
        f"        ask: 到哪一级？\n        may_not_apply: true\n        ask_if: {condition}\n",
    )
    pack = sample_pack(tmp_path_factory.mktemp("asked"), edit, asked)

    @settings(max_examples=25)
    @given(data=st.data())
    def check(data: st.DataObject) -> None:
        check_all(pack, drawn(data, pack))

    check()


def page_of(pack: Pack, answers: Answers) -> Page:
    sight, model = sight_of(pack, answers), pack.models[0]
    claimed, verified = (points_terms(sight, model, side) for side in SIDES)
    return page_terms(sight, model, claimed, verified, lambda texts: Range("x", tuple(texts)))


@settings(max_examples=20)
@given(data=st.data())
def test_the_next_steps__are_those_of_the_diagnosis(common: Pack, data: st.DataObject) -> None:
    answers = drawn(data, common)
    page, result = page_of(common, answers), diagnose(common, answers).verdicts[0].result
    found = gaps(result)
    titles = [str(step.title.value).split("　")[0].split("（")[0] for step in page.scenes if step.title.value]
    wanted = [common.questions[scene.id].title for scene in found.scenes] if found else []
    assert titles == wanted[:5]
    questions = [str(step.title.value) for step in page.questions if step.title.value]
    if found:
        assert questions == [common.questions[gap.question].title for gap in found.points[:5]]


@settings(max_examples=20)
@given(data=st.data())
def test_the_printed_score__is_rounded_as_the_program_rounds(common: Pack, data: st.DataObject) -> None:
    answers = drawn(data, common)
    side = diagnose(common, answers).verdicts[0].result.counting
    cuts = [int(gate.score * 1000) for gate in common.models[0].gates.rows]
    low, high = (points_text(end, cuts) for end in (side.span.low, side.span.high))
    assert page_of(common, answers).score_text.value == (low if side.span.known else f"{low}—{high}")
