"""Why is each action in the plan, why then, and why are the others not?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessor.answers.model import Ratio, Value
from assessor.pack.action import Action
from assessor.pack.question import MultiQuestion, Question
from assessor.roadmap.candidates import Candidate, Reason
from assessor.roadmap.checking import Broken, broken_limits
from assessor.roadmap.effects import scene_targets
from assessor.roadmap.evaluate import Evaluation, Evaluator
from assessor.roadmap.quarters import YEAR
from assessor.roadmap.request import TENTHS
from assessor.roadmap.task import Schedule, Task
from assessor.words import _

REASONS: Mapping[str, str] = {
    "in-place": "已经做到",
    "size": "不向这个规模的企业提供",
    "facts": "不符合适用条件（适用：{who}）",
    "facts-unknown": "先回答 {ids}，才知道适不适用",
    "no-scene": "对应的场景（{ids}）这家企业没有",
    "without": "按要求不列入",
    "prerequisite": "前置的{ids}不在计划之内",
    "no-time": "最早到第 {quarter} 季度末才做得完，超出计划期",
    "blank": "对应的题目还没有答，先答题才能计提升",
    "nothing": "没有还能由它提升的地方",
    "budget": "怎么排都有一年要付 {need:g} 万元，预算每年 {most:g} 万元",
    "people": "自己的人手不够做这一项",
    "worth": "同样的钱和人手，用在计划里的举措上得分更多",
    "goal": "不做它也能达到目标",
}


@dataclass(frozen=True, slots=True)
class Lift:
    """One answer that an action raises, in Chinese, see `said`; `value` is what it is raised to."""

    question: str
    title: str
    before: str
    after: str
    value: Value


@dataclass(frozen=True, slots=True)
class Hold:
    """What keeps an action from starting a quarter earlier, and the one change that would let it.

    `broken` are the limits that an earlier start would break; `change` is empty when it takes several.
    """

    broken: tuple[Broken, ...]
    change: str


@dataclass(frozen=True)
class Planned:
    """An action of the plan.

    `worth` is what the score at the end would lose without its effects, in thousandths; `unlocks` are
    actions of the plan that build on it, `cures` red lines it puts out.
    """

    candidate: Candidate
    start: int
    finish: int
    prerequisites: tuple[str, ...]
    unlocks: tuple[str, ...]
    cures: tuple[str, ...]
    lifts: tuple[Lift, ...]
    worth: int
    hold: Hold | None

    @property
    def id(self) -> str:
        """The action's id."""
        return self.candidate.id

    @property
    def action(self) -> Action:
        """The action itself."""
        return self.candidate.action


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An action that is not in the plan, and the first reason."""

    action: Action
    reason: Reason

    @property
    def text(self) -> str:
        """The reason in words."""
        values = {
            key: _("、").join(map(str, value)) if isinstance(value, tuple) else value
            for key, value in self.reason.values.items()
        }
        return _(REASONS[self.reason.code]).format(**values)


def planned(evaluator: Evaluator, evaluation: Evaluation) -> tuple[Planned, ...]:
    """Every action of a plan with its reasons, in the order of their starts."""
    task, schedule = evaluator.task, evaluation.schedule
    ordered = sorted(schedule, key=lambda name: (schedule[name], name))
    return tuple(_planned(evaluator, evaluation, name) for name in ordered if name in task.candidates)


def _planned(evaluator: Evaluator, evaluation: Evaluation, name: str) -> Planned:
    task, schedule = evaluator.task, evaluation.schedule
    one = task.candidates[name]
    finish = task.finish(name, schedule[name])
    return Planned(
        candidate=one,
        start=schedule[name],
        finish=finish,
        prerequisites=tuple(other for need in one.needs for other in need.any_of if other in schedule),
        unlocks=tuple(
            other
            for other in schedule
            if any(name in need.any_of for need in task.candidates[other].needs)
            or any(name in part.together for part in task.candidates[other].parts)
        ),
        cures=tuple(remedy.line.id for remedy in task.remedies if name in remedy.actions),
        lifts=lifts(task, schedule, name),
        worth=_worth(evaluator, evaluation, name),
        hold=_hold(task, schedule, name),
    )


def _worth(evaluator: Evaluator, evaluation: Evaluation, name: str) -> int:
    task, model = evaluator.task, evaluator.task.request.model
    last = task.limits.quarters
    all_else = {other: start for other, start in evaluation.schedule.items() if other != name}
    without = evaluator.standings_of([task.gained(all_else, last)])[model][0].low
    return evaluation.standings[model][-1].low - without


def lifts(task: Task, schedule: Schedule, name: str) -> tuple[Lift, ...]:
    """The answers that rise when an action's effects begin to count, beside all that is there by then."""
    one = task.candidates[name]
    finish = task.finish(name, schedule[name]) + max((part.lag for part in one.parts), default=0)
    others = {other: start for other, start in schedule.items() if other != name}
    before = task.future.risen_answers(task.gained(others, finish))
    after = task.future.risen_answers(task.gained(schedule, finish))
    return tuple(
        Lift(
            key,
            task.start.pack.questions[key].title,
            shown(task.start.pack.questions[key], before.get(key, task.future.value(key))),
            shown(task.start.pack.questions[key], value),
            value,
        )
        for key, value in after.items()
        if before.get(key, task.future.value(key)) != value
    )


def shown(question: Question, value: Value | None) -> str:
    """A value as people read it and as plans keep it: in Chinese whatever is spoken, see `said`."""
    match value:
        case None:
            return "未答"
        case int():
            return f"{value} 级"
        case Ratio() if value.share is not None:
            return f"{round(float(value.numerator or 0), 1):g}/{round(float(value.denominator or 0), 1):g}"
        case Ratio():
            return value.letter or ""
        case tuple():
            return _ticked(question, value)
        case _:
            return str(value)


def _ticked(question: Question, value: Sequence[object]) -> str:
    """The options ticked, by their letters; nothing where the one that says none is ticked."""
    none = {o.id for o in question.options if o.none} if isinstance(question, MultiQuestion) else set()
    return "、".join(str(option) for option in value if option not in none) or "无"


def said(shown_value: str) -> str:
    """What `shown` gave, in the language now spoken."""
    level = shown_value.removesuffix(" 级")
    return _("{level} 级").format(level=level) if level != shown_value else _(shown_value)


# -- why then --------------------------------------------------------------------------------------


def _hold(task: Task, schedule: Schedule, name: str) -> Hold | None:
    """What holds an action where it is; None in the first quarter."""
    start = schedule[name]
    if start == 1:
        return None
    broken = broken_limits(task, {**schedule, name: start - 1})
    changes = list(dict.fromkeys(_change(task, one) for one in broken))
    return Hold(broken, changes[0] if len(changes) == 1 else "")


def _change(task: Task, broken: Broken) -> str:
    """The change of a limit that would let it pass."""
    values = broken.values
    match broken.code:
        case "budget":
            more = float(str(values["need"])) - float(str(values["most"]))
            return _("第 {values} 年多给 {round:g} 万元").format(values=values["year"], round=round(more, 2))
        case "it" | "ops":
            who = _("信息化") if broken.code == "it" else _("业务")
            more = float(str(values["need"])) - float(str(values["most"]))
            return _("第 {values} 季度多安排 {round:g} 个{who}人天").format(
                values=values["quarter"], round=round(more, 1), who=who
            )
        case "parallel":
            return _("第 {values} 季度多做一项").format(values=values["quarter"])
        case "prerequisite" | "wait":
            return _("先提前{value}").format(value=values.get("others", ""))
        case "pin":
            return _("不指定开始季度")
        case _:
            return ""


# -- why not ---------------------------------------------------------------------------------------


def left_out(task: Task, schedule: Schedule) -> tuple[LeftOut, ...]:
    """Every action that is not in the plan, with the first reason that keeps it out."""
    return tuple(_all_left_out(task, schedule))


def _all_left_out(task: Task, schedule: Schedule) -> Iterator[LeftOut]:
    for action in task.start.pack.actions:
        if action.id in schedule:
            continue
        reason = task.offers.left_out.get(action.id)
        if reason is None:
            one = task.candidates.get(action.id)
            reason = _not_chosen(task, schedule, one) if one else Reason("in-place")
        yield LeftOut(action, reason)


def _not_chosen(task: Task, schedule: Schedule, one: Candidate) -> Reason:
    """Why a candidate was not taken."""
    budget, people = task.limits.budget, task.limits.people
    if one.it / one.quarters > people.it or one.ops / one.quarters > people.ops:
        return Reason("people")
    if budget is not None and not task.limits.carry:
        need = Fraction(one.price.net * _least_in_a_year(task, one), one.quarters)
        if need > budget:
            return Reason("budget", {"need": float(need) / TENTHS, "most": budget / TENTHS})
    if not _raises_anything(task, one):
        return Reason("blank" if _only_blank(task, one) else "nothing")
    if task.request.target is not None:
        return Reason("goal")
    return Reason("worth")


def _least_in_a_year(task: Task, one: Candidate) -> int:
    """In how many quarters of one year an action must be paid, wherever it is put."""
    if task.limits.quarters <= YEAR:
        return one.quarters
    return min(YEAR, -(-one.quarters // 2))


def _raises_anything(task: Task, one: Candidate) -> bool:
    """Whether it raises an answer, by itself or beside all others."""
    future, others = task.future, [other for other in task.candidates if other != one.id]
    if future.risen_answers(task.all_gained([one.id])):
        return True
    without = future.risen_answers(task.all_gained(others))
    return without != future.risen_answers(task.all_gained([*others, one.id]))


def _only_blank(task: Task, one: Candidate) -> bool:
    targets = scene_targets(one.action)
    return bool(targets) and all(name not in task.future.levels for name in targets)
