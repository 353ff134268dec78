"""A plan as it is drawn: bars, scores, money and people by quarter, and where each lies in the picture."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from assessor.report.charts.marks import WIDTH, sizes
from assessor.report.charts.svg import wrap
from assessor.report.roadmap_words import verdict_text
from assessor.roadmap.evaluate import Evaluation, Standing
from assessor.roadmap.plan import Roadmap
from assessor.roadmap.quarters import Quarter
from assessor.words import _, named

KINDS: Mapping[str, str] = {
    "智改": "智改：让设备和工艺会看、会判",
    "数转": "数转：让管理和流程走系统",
    "网联": "网联：让设备和伙伴连起来",
}
ROW, GROUP, BAR = 26.0, 24.0, 16.0
LEVELS, CASH, PEOPLE = 66.0, 74.0, 34.0
COST, LEGEND, LINE = 44.0, 24.0, 20.0
_HEAD, _GAP, _LEAST_LABEL = 30.0, 14.0, 148.0
_COUNTED = ("budget", "it", "ops", "parallel")


@dataclass(frozen=True, slots=True)
class Bar:
    """One action: quarters from 1, cost in tenths of 万元 as the firm pays it, and what marks it."""

    id: str
    title: str
    kind: str
    start: int
    finish: int
    cost: int
    needs: tuple[str, ...] = ()
    pinned: bool = False
    kept: bool = False
    cures: bool = False
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Gantt:
    """What is drawn. By quarter: `cash`, and `scores` with today in front; `budget` in tenths a year."""

    title: str
    bars: tuple[Bar, ...]
    first: Quarter | None
    quarters: int
    scores: tuple[Standing, ...]
    cash: tuple[float, ...]
    budget: int | None
    it: tuple[float, ...]
    ops: tuple[float, ...]
    people: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the picture."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Places:
    """Where things lie: each bar, the whole row it lies in, and the columns of quarters."""

    bars: Mapping[str, Box]
    rows: Mapping[str, Box]
    left: float
    column: float
    top: float
    height: float


def gantt_of(
    roadmap: Roadmap,
    evaluation: Evaluation | None = None,
    kept: frozenset[str] = frozenset(),
    moved: str = "",
    pins: Collection[str] | None = None,
) -> Gantt:
    """A plan as drawn; with `evaluation` another schedule of the same task, in which one bar was `moved`.
    `pins` are the bars shown as fixed, by default those the plan was made with.

    Too much money or too many days show where they are counted; a bar is marked for what it breaks itself.
    """
    shown, task = evaluation or roadmap.evaluation, roadmap.task
    broken = {one.actions[0] for one in shown.broken if one.code not in _COUNTED and one.actions}
    broken |= {moved} if shown.broken else set()
    schedule = {name: start for name, start in shown.schedule.items() if name in task.candidates}
    cures = {name for remedy in task.remedies for name in remedy.actions}
    bars = [
        Bar(
            id=name,
            title=named(task.candidates[name].action),
            kind=task.candidates[name].action.kind,
            start=start,
            finish=task.finish(name, start),
            cost=task.candidates[name].price.net,
            needs=tuple(
                other for need in task.candidates[name].needs for other in need.any_of if other in schedule
            ),
            pinned=name in (task.request.pins if pins is None else pins),
            kept=name in kept,
            cures=name in cures,
            broken=name in broken,
        )
        for name, start in schedule.items()
    ]
    people = task.limits.people
    return Gantt(
        title=verdict_text(roadmap, shown),
        bars=in_rows(bars),
        first=task.first,
        quarters=task.limits.quarters,
        scores=shown.standings[task.request.model],
        cash=shown.cash,
        budget=task.limits.budget,
        it=shown.it,
        ops=shown.ops,
        people=(people.it, people.ops),
    )


def in_rows(bars: Sequence[Bar]) -> tuple[Bar, ...]:
    """Bars in the order of their rows: by kind, then by start."""
    order = list(KINDS)
    return tuple(sorted(bars, key=lambda bar: (order.index(bar.kind), bar.start, bar.finish, bar.id)))


def places_of(view: Gantt, width: float = WIDTH, rows: Sequence[str] = (), *, headed: bool = True) -> Places:
    """Where every bar lies in the picture of that width."""
    left = max(_LEAST_LABEL, min(300.0, width * 0.3)) + COST
    column = (width - left - 2) / view.quarters
    top = _title_height(view, width) if headed else 0.0
    y = top + LEVELS + _HEAD
    bars, lines = {}, {}
    for _kind, group in groupby(in_order(view.bars, rows), key=lambda bar: bar.kind):
        y += GROUP
        for bar in group:
            lines[bar.id] = Box(0, y, width, ROW)
            bars[bar.id] = Box(
                left + column * (bar.start - 1) + 1,
                y + (ROW - BAR) / 2,
                column * (bar.finish - bar.start + 1) - 2,
                BAR,
            )
            y += ROW
    return Places(bars, lines, left, column, top, y + _GAP + CASH + 2 * PEOPLE + LEGEND)


def _title_height(view: Gantt, width: float) -> float:
    return 8 + LINE * len(wrap(view.title, sizes().title, width, lines=3))


def in_order(bars: Sequence[Bar], rows: Sequence[str]) -> Sequence[Bar]:
    """Bars in rows that are kept while bars are moved; by themselves when there are none."""
    if not rows:
        return bars
    order = {name: place for place, name in enumerate(rows)}
    kinds = list(KINDS)
    return sorted(bars, key=lambda bar: (kinds.index(bar.kind), order.get(bar.id, len(order))))


def bar_lines(view: Gantt) -> Sequence[Sequence[str]]:
    """The figures behind the picture, a line an action, with a head."""
    head = (_("举措"), _("类别"), _("第一季度"), _("最后季度"), _("自己付（万元）"))
    return [
        head,
        *(
            (named(bar), bar.kind, str(bar.start), str(bar.finish), f"{bar.cost / 10:.1f}")
            for bar in view.bars
        ),
    ]
