"""Why is there no plan? The smallest set of limits that clash, and the smallest change of one that helps."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations

from assessor.roadmap.program import Line
from assessor.roadmap.request import TENTHS, models_of
from assessor.roadmap.solve import LIMITS, Limit, Planner
from assessor.roadmap.task import Task
from assessor.words import _, named

NAMES: Mapping[Limit, str] = {
    "budget": "每年 {budget:g} 万元的预算",
    "parallel": "同时最多做 {parallel} 项",
    "people": "每季度 {it} 个信息化人天、{ops} 个业务人天",
    "pins": "指定了开始季度的举措（{pins}）",
    "target": "到第 {quarter} 季度末达到{model} {level} 级",
    "core": "至少两个核心工序场景达到 2 级",
}
CHANGES: Mapping[str, str] = {
    "budget": "把每年预算提高到 {need:g} 万元",
    "parallel": "允许同时做 {need} 项",
    "people": "每季度安排信息化 {it} 人天、业务 {ops} 人天",
    "pins": "不再指定{title}的开始季度",
    "level": "把目标降到 {need} 级",
    "quarter": "把期限放宽到第 {need} 季度末",
    "core": "不要求核心工序场景（这样得到的是纸面上的等级）",
}
ALWAYS = "红线整改、前置条件和工期本身"


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one limit with which there is a plan: a code of `CHANGES` and its values."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence."""
        return _(CHANGES[self.code]).format(**self.values)


@dataclass(frozen=True, slots=True)
class Clash:
    """Limits that can't all be kept, in words, and changes that would each help."""

    limits: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def text(self) -> str:
        """One sentence for people."""
        what = _("、").join(self.limits) or _(ALWAYS)
        helps = _("；或").join(change.text for change in self.changes)
        return _("这些限制不能同时满足：{what}。").format(what=what) + (
            _("可以{helps}。").format(helps=helps) if helps else _("放宽其中任何一项都不够。")
        )


def clash_of(task: Task) -> Clash:
    """The clash of a task that has no plan."""
    there = [limit for limit in LIMITS if _is_set(task, limit)]
    held = _smallest(task, there)
    changes = [change for limit in held for change in _changes(task, limit)]
    return Clash(tuple(_name(task, limit) for limit in held), tuple(changes))


def _is_set(task: Task, limit: Limit) -> bool:
    request = task.request
    match limit:
        case "budget":
            return task.limits.budget is not None
        case "pins":
            return bool(request.pins)
        case "target":
            return request.target is not None
        case "core":
            return request.target is not None and request.core
        case _:
            return True


def _smallest(task: Task, there: Collection[Limit]) -> tuple[Limit, ...]:
    """The fewest limits that can't be kept together; none when there is no plan even without limits."""
    for count in range(len(there) + 1):
        for held in combinations(there, count):
            if not Planner(task, [limit for limit in LIMITS if limit not in held]).feasible():
                return held
    return tuple(there)


def _name(task: Task, limit: Limit) -> str:
    limits, target = task.limits, task.request.target
    titles = [named(task.candidates[name].action) for name in task.request.pins if name in task.candidates]
    return _(NAMES[limit]).format(
        budget=(limits.budget or 0) / TENTHS,
        parallel=limits.parallel,
        it=limits.people.it,
        ops=limits.people.ops,
        pins=_("、").join(titles),
        quarter=(target.quarter if target else None) or limits.quarters,
        model=_short(task, target.model) if target else "",
        level=target.level if target else 0,
    )


def _short(task: Task, model_id: str) -> str:
    return next(_(model.short) for model in models_of(task.start.pack) if model.id == model_id)


def _changes(task: Task, limit: Limit) -> Iterator[Change]:
    match limit:
        case "budget":
            yield from _more_money(task)
        case "parallel":
            yield from _more_at_once(task)
        case "people":
            yield from _more_people(task)
        case "pins":
            yield from _fewer_pins(task)
        case "target":
            yield from _lower_target(task)
            yield from _later_target(task)
        case "core":
            if Planner(task, ["core"]).feasible():
                yield Change("core")


def _more_money(task: Task) -> Iterator[Change]:
    planner = Planner(task, ["budget"])
    most = planner.program.variable(upper=10**7, whole=True)
    planner.starts.limit_budget(most)
    need = planner.least(most)
    if need is not None:
        yield Change("budget", {"need": need / TENTHS})


def _more_at_once(task: Task) -> Iterator[Change]:
    planner = Planner(task, ["parallel"])
    most = planner.program.variable(upper=100, whole=True)
    planner.starts.limit_parallel(most)
    need = planner.least(most)
    if need is not None:
        yield Change("parallel", {"need": need})


def _more_people(task: Task) -> Iterator[Change]:
    planner = Planner(task, ["people"])
    it, ops = (planner.program.variable(upper=10**5, whole=True) for _ in range(2))
    planner.starts.limit_people(it=it, ops=ops)
    own = task.limits.people
    planner.program.at_least(it, own.it)
    planner.program.at_least(ops, own.ops)
    found = planner.program.maximise(Line().add(it, -1).add(ops, -1))
    if found.values:
        need = [round(found.values[next(iter(line.terms))]) for line in (it, ops)]
        yield Change("people", {"it": need[0], "ops": need[1]})


def _fewer_pins(task: Task) -> Iterator[Change]:
    for name in task.request.pins:
        pins = {other: start for other, start in task.request.pins.items() if other != name}
        if Planner(task.varied(replace(task.request, pins=pins))).feasible():
            title = named(task.candidates[name].action) if name in task.candidates else name
            yield Change("pins", {"title": _("“{title}”").format(title=title)})
            return


def _lower_target(task: Task) -> Iterator[Change]:
    target = task.request.target
    if target is None:
        return
    for level in range(target.level - 1, 0, -1):
        request = replace(task.request, target=replace(target, level=level))
        if Planner(task.varied(request)).feasible():
            yield Change("level", {"need": level})
            return


def _later_target(task: Task) -> Iterator[Change]:
    target = task.request.target
    if target is None or target.quarter is None:
        return
    for quarter in range(target.quarter + 1, task.limits.quarters + 1):
        request = replace(task.request, target=replace(target, quarter=quarter))
        if Planner(task.varied(request)).feasible():
            yield Change("quarter", {"need": quarter})
            return
