"""Does a schedule keep every limit? Plain code, apart from the solver, that says in words what is broken."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from assessor.roadmap.burden import at_work, cash, load, needed_cures
from assessor.roadmap.linear import years
from assessor.roadmap.task import Schedule, Task
from assessor.words import _, named

BROKEN: Mapping[str, str] = {
    "not-offered": "{title}不在可选的举措里",
    "too-early": "{title}最早第 {earliest} 季度才能开始（现在排在第 {quarter} 季度）",
    "too-late": "{title}到第 {quarter} 季度末做不完，超出计划期",
    "prerequisite": "{title}开始前，{others}还没有做完",
    "wait": "{title}要等{others}做完 {wait} 个季度后才能开始",
    "pin": "{title}指定在第 {quarter} 季度开始",
    "parallel": "第 {quarter} 季度同时做 {count} 项，最多 {most} 项",
    "it": "第 {quarter} 季度信息化人员要 {need:g} 人天，只有 {most} 人天",
    "ops": "第 {quarter} 季度业务人员要 {need:g} 人天，只有 {most} 人天",
    "budget": "第 {year} 年要花 {need:g} 万元，预算 {most:g} 万元",
    "red-line": "红线“{title}”没有按时解除",
}


@dataclass(frozen=True, slots=True)
class Broken:
    """A limit that is broken: a code of `BROKEN`, the values of its sentence, the actions concerned."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    actions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The sentence."""
        return _(BROKEN[self.code]).format(**self.values)


def broken_limits(task: Task, schedule: Schedule) -> tuple[Broken, ...]:
    """Every limit that a schedule breaks."""
    known = {name: start for name, start in schedule.items() if name in task.candidates}
    return (
        *(Broken("not-offered", {"title": name}, (name,)) for name in schedule if name not in known),
        *_order(task, known),
        *_pins(task, known),
        *_capacity(task, known),
        *_money(task, known),
        *_lines(task, known),
    )


def _title(task: Task, name: str) -> str:
    return _("“{title}”").format(title=named(task.candidates[name].action))


def _order(task: Task, schedule: Schedule) -> Iterator[Broken]:
    for name, start in schedule.items():
        one, title = task.candidates[name], _title(task, name)
        if start < one.earliest and not one.needs:
            yield Broken("too-early", {"title": title, "earliest": one.earliest, "quarter": start}, (name,))
        if task.finish(name, start) > task.limits.quarters:
            yield Broken("too-late", {"title": title, "quarter": task.limits.quarters}, (name,))
        for need in one.needs:
            finished = [task.finish(other, schedule[other]) for other in need.any_of if other in schedule]
            others = _("或").join(_title(task, other) for other in need.any_of)
            if not finished or min(finished) >= start:
                yield Broken("prerequisite", {"title": title, "others": others}, (name, *need.any_of))
            elif min(finished) + need.wait >= start:
                yield Broken("wait", {"title": title, "others": others, "wait": need.wait}, (name,))
        if start < one.earliest and one.needs and not _waits(task, schedule, name, start):
            yield Broken("too-early", {"title": title, "earliest": one.earliest, "quarter": start}, (name,))


def _waits(task: Task, schedule: Schedule, name: str, start: int) -> bool:
    """Whether a prerequisite says already that the start is too early."""
    return any(
        not any(
            other in schedule and task.finish(other, schedule[other]) + need.wait < start
            for other in need.any_of
        )
        for need in task.candidates[name].needs
    )


def _pins(task: Task, schedule: Schedule) -> Iterator[Broken]:
    for name, quarter in task.request.pins.items():
        if schedule.get(name) != quarter and name in task.candidates:
            yield Broken("pin", {"title": _title(task, name), "quarter": quarter}, (name,))


def _capacity(task: Task, schedule: Schedule) -> Iterator[Broken]:
    limits = task.limits
    for quarter in range(1, limits.quarters + 1):
        busy = tuple(at_work(task, schedule, quarter))
        if len(busy) > limits.parallel:
            values: dict[str, object] = {"quarter": quarter, "count": len(busy), "most": limits.parallel}
            yield Broken("parallel", values, busy)
        for who, most in (("it", limits.people.it), ("ops", limits.people.ops)):
            need = load(task, schedule, who, quarter)
            if need > most:
                values = {"quarter": quarter, "need": round(float(need), 1), "most": most}
                yield Broken(who, values, busy)


def _money(task: Task, schedule: Schedule) -> Iterator[Broken]:
    budget = task.limits.budget
    if budget is None:
        return
    paid = cash(task, schedule)
    left = Fraction(0)
    for year, quarters in enumerate(years(task.limits.quarters), 1):
        spent = sum((paid[quarter - 1] for quarter in quarters), Fraction(0))
        allowed = budget + (left if task.limits.carry else 0)
        if spent > allowed:
            busy = tuple(dict.fromkeys(name for q in quarters for name in at_work(task, schedule, q)))
            values = {"year": year, "need": round(float(spent) / 10, 2), "most": float(allowed) / 10}
            yield Broken("budget", values, busy)
        left = allowed - spent


def _lines(task: Task, schedule: Schedule) -> Iterator[Broken]:
    late = needed_cures(task, schedule)
    for remedy in task.remedies:
        if remedy.line.id in late and not remedy.lawful:
            yield Broken("red-line", {"title": remedy.line.title}, remedy.actions)
