"""The chapter on the roadmap: a plan in plain words, its sums right, nothing promised that is not sure."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.commands import Places, read_answers
from assessor.diagnosis import Diagnosis, diagnose
from assessor.errors import Problem
from assessor.pack.model import Pack
from assessor.report.context import report
from assessor.report.context_roadmap import RoadmapView, in_tenths, roadmap_view
from assessor.report.docx.write import chapters
from assessor.report.html import render_paper
from assessor.report.looks import load_looks
from assessor.roadmap.curve import few_points
from assessor.roadmap.granted import plan_with_grants
from assessor.roadmap.made import Made, make_roadmap
from assessor.roadmap.plan import plan
from assessor.roadmap.request import Request, Target
from tests.roadmap.firms import only
from tests.roadmap.supported import SHARE, policy, with_policies

THEME = load_looks().light
SOME = ("chemicals.A33", "chemicals.A08", "common.K02", "common.K04", "common.K16", "common.K19")


@pytest.fixture(scope="module")
def micro(questionnaires: Path) -> Diagnosis:
    """A micro paint maker with two broken red lines: one for a certificate, one for gas detectors."""
    pack, answers = read_answers(
        Places(Path("nowhere"), (questionnaires,)), questionnaires / "chemicals/samples/micro.json"
    )
    return diagnose(only(pack, *SOME), answers)


@pytest.fixture(scope="module")
def made(micro: Diagnosis) -> Made:
    return make_roadmap(micro.pack, micro.answers, Request(quarters=6))


@pytest.fixture(scope="module")
def view(made: Made) -> RoadmapView:
    return roadmap_view(made, THEME)


def words(html: str) -> str:
    """The text of a page without marks and spaces."""
    return re.sub(r"\s", "", re.sub(r"<[^>]+>", "", html))


def amount(text: str) -> float:
    return 0.0 if text in ("—", "") else float(text.replace(",", ""))


def test_without_a_plan__there_is_no_chapter(micro: Diagnosis) -> None:
    assert "roadmap" not in report(micro, THEME).chapters
    assert 'id="roadmap"' not in render_paper(micro)


def test_the_chapter__begins_with_the_plan_in_one_sentence_and_its_proof(view: RoadmapView) -> None:
    assert re.match(r"一年半?花 [\d.]+ 万元，", view.sentence) or "季度" in view.sentence
    assert "已证明没有更好的排法" in view.proof


def test_quarters__are_named_by_the_calendar(view: RoadmapView, micro: Diagnosis) -> None:
    told = [view.sentence, view.high, *(one.why_then for one in view.actions)]
    assert not [text for text in told if re.search(r"第 \d+ 季度", text)]
    assert view.quarters[1].name == "2026年第3季度"


def test_red_lines__come_first_with_cure_time_and_cost(view: RoadmapView, made: Made) -> None:
    assert [row.title for row in view.red] == [line.title for line in made.roadmap.task.lines]
    by_action = next(row for row in view.red if row.cure == "气体检测补齐")
    assert (by_action.when, by_action.cost) == ("2026年第3季度", "5 万元")
    lawful = next(row for row in view.red if row.when == "马上")
    assert lawful.cost == "约 0.3 万元"
    assert view.first[0].why == "解除红线"
    assert view.actions[0].title == "气体检测补齐"


def test_sums__come_out_of_what_is_printed(view: RoadmapView, made: Made) -> None:
    quarters = [row for row in view.quarters[1:] if not row.total]
    years = [row for row in view.quarters if row.total][:-1]
    whole = view.quarters[-1]
    for name in ("cash", "it", "ops"):
        parts = sum(amount(getattr(row, name)) for row in quarters)
        assert parts == pytest.approx(amount(getattr(whole, name)))
        assert parts == pytest.approx(sum(amount(getattr(row, name)) for row in years))
    assert amount(whole.cash) == made.roadmap.net_total / 10
    net = sum(float(one.net.split()[0]) for one in view.actions) + 0.3
    assert net == pytest.approx(amount(whole.cash))


def test_thirds__are_rounded_so_that_they_add_up() -> None:
    assert in_tenths([10 / 3] * 3) == [3, 4, 3]
    assert sum(in_tenths([57.5, 57.5])) == 115


def test_every_action__says_what_why_when_how_much_and_what_to_beware_of(view: RoadmapView) -> None:
    for one in view.actions:
        assert one.do and one.why_in and one.why_then and one.cost and one.net and one.effort and one.risk
        assert re.search("（(标准|统计|案例|专家判断)）$", one.benefit)
    letters = [text for one in view.actions for text in one.lifts if re.search("[A-O]、[A-O]", text)]
    assert not letters


def test_the_last_row__is_the_level_the_engine_promises(view: RoadmapView, made: Made) -> None:
    last = [row for row in view.quarters if not row.total][-1]
    end = made.roadmap.standings[-1]
    assert last.standings[0].startswith(f"{end.low / 1000:.1f}")
    assert len(last.standings) == len(view.models)


def test_every_action_left_out__has_a_reason_and_none_is_told_twice(view: RoadmapView, made: Made) -> None:
    told = sum(len(group.titles) for group in view.left)
    assert told + len(view.actions) == len(SOME)
    assert len(view.left) == len({group.reason for group in view.left})


def test_defaults__are_printed_as_expert_judgement_and_wishes_are_not(
    micro: Diagnosis, view: RoadmapView
) -> None:
    assert sum("默认值，专家判断" in line for line in view.assumptions) == 3
    asked = plan(micro.pack, micro.answers, Request(quarters=4, budget=90, parallel=1))
    told = roadmap_view(Made(asked), THEME).assumptions
    assert sum("默认值，专家判断" in line for line in told) == 1
    assert "预算：每年 9 万元。" in told


def test_a_budget_too_small__says_what_would_help(micro: Diagnosis) -> None:
    none = plan(micro.pack, micro.answers, Request(quarters=4, budget=0))
    found = roadmap_view(Made(none), THEME)
    assert found.problem.startswith("排不出路线图：每年 0 万元的预算")
    assert re.fullmatch(r"把每年预算提高到 [\d.]+ 万元", found.helps[0])
    assert len(found.red) == 2 and not found.actions
    page = words(render_paper(micro, roadmap=Made(none)))
    assert page.count("排不出路线图") == 2


def test_a_firm_of_unknown_size__is_told_what_to_fill_in(blank: Diagnosis) -> None:
    found = roadmap_view(Problem("roadmap-size-unknown"), THEME)
    assert "不知道企业规模" in found.problem
    assert "请填写从业人数" in words(render_paper(blank, roadmap=Problem("roadmap-size-unknown")))


def test_a_certain_grant__is_named_with_the_net_cost(micro: Diagnosis) -> None:
    paying = policy(**{"from": "2026-01-01", "to": "2029-12-31", "title": "数转补助", "pays": [SHARE]})
    pack = with_policies(micro.pack, paying)
    granted = plan_with_grants(pack, micro.answers, Request(quarters=4))
    found = roadmap_view(Made(granted), THEME)
    assert granted.claim.total > 0
    assert any("已扣补助" in one.net and "数转补助" in one.net for one in found.actions)
    assert "净费用里扣了补助" in found.grants


def test_support_that_is_only_possible__has_no_amount_in_the_chapter(micro: Diagnosis, made: Made) -> None:
    page = render_paper(micro, roadmap=made)
    chapter = words(page[page.index('id="roadmap"') : page.index('id="support"')])
    assert "一分补助也没有扣" in chapter
    assert "都没有算进任何合计" in chapter


def test_the_boss_page__names_the_first_actions_and_what_the_firm_pays(micro: Diagnosis, made: Made) -> None:
    page = render_paper(micro, roadmap=made)
    boss = words(page[page.index('id="summary"') : page.index('id="contents"')])
    view = roadmap_view(made, THEME)
    assert re.sub(r"\s", "", view.sentence) in boss
    for step in view.first:
        assert re.sub(r"\s", "", f"{step.title}{step.when}净费用{step.net}") in boss


def test_few_points__hold_the_plan_and_rise_with_money(made: Made) -> None:
    points = few_points(made.roadmap)
    costs, scores = [one.cost for one in points], [one.score for one in points]
    assert costs == sorted(costs) and scores == sorted(scores)
    assert round(sum(made.roadmap.evaluation.cash) * 10) in costs
    aimed = replace(made.roadmap.request, target=Target("miit-sme-2024", 1))
    assert few_points(replace(made.roadmap, task=made.roadmap.task.varied(aimed))) == ()


def test_word__has_the_chapter_under_its_own_field(micro: Diagnosis, made: Made) -> None:
    sections, charts = chapters(report(micro, THEME, roadmap=made))
    assert "roadmap" in sections
    assert any("网联：让设备和伙伴连起来" in text for text in charts.values())


def test_a_trade_without_pack__has_a_roadmap_too(common: Pack, plain: Diagnosis) -> None:
    size = {"employees": Decimal(40), "revenue_wan": Decimal(900), "industry_code": "1512"}
    answers = replace(plain.answers, firm={**plain.answers.firm, **size}, items={})
    pack = only(common, "common.K02", "common.K16")
    found = roadmap_view(Made(plan(pack, answers, Request(quarters=4))), THEME)
    assert found.sentence and found.gantt
