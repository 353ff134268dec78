"""The plan and its trade-off as pictures: lawful SVG, nothing outside, and what they say is the plan's."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from assessor.commands import Places, read_answers
from assessor.pack.model import Pack
from assessor.report import charts
from assessor.report.charts.gantt import Bar, Gantt, gantt_of, in_rows, places_of
from assessor.report.charts.roadmap import roadmap_chart
from assessor.report.looks import load_looks
from assessor.report.roadmap_words import (
    money_text,
    other_models_text,
    paper_text,
    proof_text,
    span_text,
    verdict_text,
)
from assessor.roadmap.curve import Point
from assessor.roadmap.evaluate import Evaluator, Standing
from assessor.roadmap.plan import Roadmap, plan
from assessor.roadmap.quarters import Quarter
from assessor.roadmap.request import Request
from tests.report.test_charts import Fonts, check, fonts

__all__ = ["fonts"]
LOOKS = load_looks()


@pytest.fixture(scope="module")
def roadmap(tires: Pack, questionnaires: Path) -> Roadmap:
    """A year of a small retreader with 60,000 yuan."""
    here = Places(Path("nowhere"), (questionnaires,))
    _pack, answers = read_answers(here, questionnaires / "tires/samples/retread.json")
    return plan(tires, answers, Request(budget=60, quarters=4))


def view_of(bars: Sequence[Bar] = (), quarters: int = 8, first: Quarter | None = None) -> Gantt:
    rows = tuple(Standing(1000 * (40 + at), 1000 * (50 + at), at // 4, 4) for at in range(quarters + 1))
    zeros = (0.0,) * quarters
    return Gantt("一句话", in_rows(bars), first, quarters, rows, zeros, 400, zeros, zeros, (30, 60))


AWKWARD = (
    Bar(
        "a.A1",
        "一个名字长得怎么也放不进这一栏所以只好在后面用省略号的举措（MES 与 ERP 一体）",
        "智改",
        1,
        1,
        0,
    ),
    Bar("a.A2", "囍", "数转", 8, 8, 1234567, needs=("a.A1", "a.A3"), pinned=True, kept=True, cures=True),
    Bar("a.A3", "全程", "网联", 1, 8, 5, broken=True, kept=True, pinned=True),
)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [640.0, 936.0])
def test_plan__is_lawful_and_no_text_leaves_the_picture(
    roadmap: Roadmap, fonts: Fonts, dark: bool, width: float
) -> None:
    view = gantt_of(roadmap, kept=frozenset(roadmap.schedule))
    check(roadmap_chart(view, LOOKS.theme(dark), width), fonts)


@pytest.mark.parametrize("quarters", range(4, 13))
@pytest.mark.parametrize("first", [None, Quarter(2026, 4)])
def test_plan__any_length_and_awkward_bars_fit(fonts: Fonts, quarters: int, first: Quarter | None) -> None:
    bars = [replace(bar, finish=min(bar.finish, quarters), start=min(bar.start, quarters)) for bar in AWKWARD]
    for found in ((), bars):
        view = view_of(found, quarters, first)
        view = replace(view, cash=(99999.9,) * quarters, it=(31.0,) * quarters, ops=(9999.0,) * quarters)
        check(roadmap_chart(view, LOOKS.light), fonts)
        check(roadmap_chart(view, LOOKS.light, 1200, headed=False), fonts)


def test_plan__without_a_score_is_drawn_all_the_same(fonts: Fonts) -> None:
    rows = (Standing(-1, -1, 0, 0),) * 9
    check(roadmap_chart(replace(view_of(AWKWARD), scores=rows), LOOKS.light), fonts)


def test_plan__colours_of_its_theme_only_and_the_same_each_time(roadmap: Roadmap) -> None:
    view = gantt_of(roadmap)
    for theme in (LOOKS.light, LOOKS.dark):
        svg = roadmap_chart(view, theme)
        assert svg == roadmap_chart(view, theme)
        assert set(re.findall(r"#[0-9A-Fa-f]{6}", svg)) <= set(theme.colours().values())


def test_bars__lie_on_their_quarters_and_rows_do_not_overlap(roadmap: Roadmap) -> None:
    view = gantt_of(roadmap)
    places = places_of(view, 900)
    for bar in view.bars:
        box = places.bars[bar.id]
        assert box.x == pytest.approx(places.left + places.column * (bar.start - 1) + 1)
        assert box.x + box.width == pytest.approx(places.left + places.column * bar.finish - 1)
    tops = sorted(box.y for box in places.rows.values())
    assert all(low + 20 <= high for low, high in pairwise(tops))
    assert set(places.bars) == set(roadmap.schedule)


def test_rows__stay_where_they_are_while_a_bar_is_moved(roadmap: Roadmap) -> None:
    view = gantt_of(roadmap)
    rows = [bar.id for bar in view.bars]
    name = next(bar.id for bar in view.bars if bar.finish < view.quarters)
    moved = Evaluator(roadmap.task).evaluate({**roadmap.schedule, name: roadmap.schedule[name] + 1})
    other = gantt_of(roadmap, moved, moved=name)
    before, after = places_of(view, 900, rows), places_of(other, 900, rows)
    assert {name: box.y for name, box in before.rows.items()} == {n: b.y for n, b in after.rows.items()}
    assert after.bars[name].x > before.bars[name].x


def test_a_bar__is_marked_for_what_it_breaks_itself(roadmap: Roadmap) -> None:
    waiting = next(one for one in roadmap.actions if one.prerequisites)
    found = Evaluator(roadmap.task).evaluate({**roadmap.schedule, waiting.id: 1})
    assert found.broken
    view = gantt_of(roadmap, found, moved=waiting.id)
    assert [bar.id for bar in view.bars if bar.broken] == [waiting.id]
    assert not any(bar.broken for bar in gantt_of(roadmap).bars)


def test_the_picture__says_in_words_what_it_shows(roadmap: Roadmap) -> None:
    svg = roadmap_chart(gantt_of(roadmap), LOOKS.light)
    for one in roadmap.actions:
        assert f"{one.action.title}第 {one.start} 到第 {one.finish} 季度" in svg
    assert verdict_text(roadmap) in svg


# -- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quarters", "words"),
    [
        (1, "1 个季度"),
        (2, "半年"),
        (4, "一年"),
        (6, "一年半"),
        (7, "7 个季度"),
        (8, "两年"),
        (10, "两年半"),
        (12, "三年"),
    ],
)
def test_a_span__is_said_as_people_say_it(quarters: int, words: str) -> None:
    assert span_text(quarters) == words


def test_money__has_no_idle_zero() -> None:
    assert [money_text(each) for each in (0, 5, 420, 12345678)] == [
        "0 万元",
        "0.5 万元",
        "42 万元",
        "1,234,567.8 万元",
    ]


def test_the_verdict__names_money_scores_and_levels_of_the_plan(roadmap: Roadmap) -> None:
    said = verdict_text(roadmap)
    assert money_text(roadmap.net_total) in said
    rows = roadmap.standings
    assert f"{rows[0].low / 1000:.1f}" in said and f"{rows[-1].low / 1000:.1f}" in said
    assert len(other_models_text(roadmap.task, roadmap.evaluation)) == 1


def test_the_verdict__of_nothing_costs_nothing(roadmap: Roadmap) -> None:
    nothing = Evaluator(roadmap.task).evaluate({})
    assert verdict_text(roadmap, nothing) == "不排任何举措：不花钱，等级和得分都不变"


def test_the_verdict__tells_when_a_level_is_reached(roadmap: Roadmap) -> None:
    rows = list(roadmap.standings)
    rows[3:] = [replace(row, level_low=2) for row in rows[3:]]
    model = roadmap.request.model
    risen = replace(roadmap.evaluation, standings={**roadmap.evaluation.standings, model: tuple(rows)})
    assert "从一级到二级，第 3 季度末达到" in verdict_text(roadmap, risen)


def test_the_proof__is_claimed_only_where_there_is_one(roadmap: Roadmap) -> None:
    assert proof_text(replace(roadmap, gap_percent=0.0)) == "已证明没有更好的排法"
    assert "最多还能好 2.5%" in proof_text(replace(roadmap, gap_percent=2.5))
    assert "已证明" not in proof_text(replace(roadmap, gap_percent=None))


def test_a_level_on_paper__has_its_price_beside_it(roadmap: Roadmap) -> None:
    assert paper_text(replace(roadmap, paper_cost=None)) == ""
    assert "只要 3.5 万元" in paper_text(replace(roadmap, paper_cost=35))


# -- trade-off -----------------------------------------------------------------------------------


def points(*rows: tuple[int, int, int]) -> tuple[Point, ...]:
    return tuple(Point(cost, score, level, cost, None, True, {}) for cost, score, level in rows)


@pytest.mark.parametrize(
    "found",
    [
        (),
        points((0, 0, 1)),
        points((0, 30000, 1), (1, 30001, 1)),
        points((0, 39800, 1), (120, 48000, 2), (121, 48100, 2), (99999, 99900, 4)),
        points(*((100 * at, 1000 * at, 1) for at in range(20))),
    ],
    ids=["none", "one", "close", "levels", "twenty"],
)
def test_curve__is_lawful_and_no_text_leaves_the_picture(found: tuple[Point, ...], fonts: Fonts) -> None:
    for theme in (LOOKS.light, LOOKS.dark):
        svg = charts.curve_chart(found, "部中小企业数字化水平", theme, shown=60)
        check(svg, fonts)
        assert set(re.findall(r"#[0-9A-Fa-f]{6}", svg)) <= set(theme.colours().values())


def test_curve__says_what_each_level_costs() -> None:
    svg = charts.curve_chart(points((0, 39800, 1), (120, 48000, 2), (500, 70000, 3)), "指数", LOOKS.light)
    assert "12 万元到二级，50 万元到三级" in svg
    assert "多花钱也换不来" in charts.curve_chart(points((0, 39800, 1)), "指数", LOOKS.light)
