"""The roadmap as rows for the workbook: what is done a row, quarters by the calendar, money in 万元."""

from collections.abc import Iterator

from assessor.exchange.write_roadmap import PlanSheet
from assessor.language import SOURCE, speaking
from assessor.report.context_roadmap import roadmap_view
from assessor.report.context_roadmap_actions import ActionView, in_order
from assessor.report.looks import load_looks
from assessor.report.roadmap_words import quarter_text
from assessor.roadmap.explain import Planned
from assessor.roadmap.made import Made
from assessor.roadmap.money import wan
from assessor.roadmap.plan import Cured, Roadmap

_COLUMNS = (
    ("序号", 6.0),
    ("举措", 24.0),
    ("类别", 7.0),
    ("开始", 13.0),
    ("做完", 13.0),
    ("低价（万元）", 9.0),
    ("高价（万元）", 9.0),
    ("按此计（万元）", 9.0),
    ("补助（万元）", 9.0),
    ("净费用（万元）", 9.0),
    ("信息化人天", 8.0),
    ("业务人天", 8.0),
    ("贵贱都该做", 8.0),
    ("为什么做", 34.0),
    ("为什么这时", 40.0),
    ("做什么", 46.0),
    ("提升什么", 40.0),
)
_PRINTED = 14
"""Columns that fit a sheet of paper."""
_RED = "红线"


@speaking(SOURCE)
def plan_sheet(made: Made) -> PlanSheet:
    """The sheet of a plan: red lines that are put out by law first, then every action; sums come out.

    A sheet of the workbook, so Chinese whatever is spoken.
    """
    roadmap = made.roadmap
    view = roadmap_view(made, load_looks().light)
    cures = [cured for cured in roadmap.cures if not cured.actions]
    rows = [_cure(roadmap, number, cured) for number, cured in enumerate(cures, 1)]
    pairs = zip(in_order(roadmap), view.actions, strict=True) if view.actions else ()
    rows += [_action(roadmap, len(cures) + shown.number, one, shown) for one, shown in pairs]
    notes = (view.proof, view.high, view.grants, *view.helps, *view.assumptions)
    return PlanSheet(
        sentence=view.sentence or view.problem,
        notes=tuple(note for note in notes if note),
        columns=_COLUMNS,
        printed=_PRINTED,
        rows=tuple(rows),
    )


def _cure(roadmap: Roadmap, number: int, cured: Cured) -> tuple[str | float, ...]:
    line, cost = cured.remedy.line, wan(cured.cost)
    ends = min(cured.remedy.quarters, roadmap.task.limits.quarters)
    begins, done = (quarter_text(roadmap.task, quarter) for quarter in (1, ends))
    money = (cost, cost, cost, 0.0, cost)
    return (
        number,
        line.title,
        _RED,
        begins,
        done,
        *money,
        0.0,
        0.0,
        "",
        "解除红线",
        "马上",
        line.cure.text,
        "",
    )


def _action(roadmap: Roadmap, number: int, one: Planned, shown: ActionView) -> tuple[str | float, ...]:
    return (number, *_figures(roadmap, one), "√" if shown.kept else "", *_words(shown))


def _figures(roadmap: Roadmap, one: Planned) -> Iterator[str | float]:
    candidate, price = one.candidate, one.candidate.price
    yield from (one.action.title, one.action.kind)
    yield from (quarter_text(roadmap.task, quarter) for quarter in (one.start, one.finish))
    yield from map(wan, (price.low, price.high, price.of(roadmap.request.cost), price.grant, price.net))
    yield from (float(candidate.it), float(candidate.ops))


def _words(shown: ActionView) -> Iterator[str]:
    yield from (shown.why_in, shown.why_then, shown.do, "；".join(shown.lifts))
