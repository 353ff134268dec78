"""The projects of a roadmap as a survey form lists them, and what each of three years brings."""

from collections.abc import Iterator

from assessor.pack.question import MultiQuestion, SingleQuestion
from assessor.report.context_lists import Row, Rows
from assessor.roadmap.explain import Lift, Planned
from assessor.roadmap.money import wan
from assessor.roadmap.plan import Roadmap
from assessor.roadmap.quarters import YEAR
from assessor.roadmap.text import model_name, quarter_name


def project_rows(plan: Roadmap) -> Rows:
    """One row an action, in the order in which they begin; money is an estimate and says so."""
    ordered = sorted(plan.actions, key=lambda one: (one.start, one.finish))
    return tuple(_project(plan, number, one) for number, one in enumerate(ordered, 1))


def _project(plan: Roadmap, number: int, one: Planned) -> Row:
    price = one.candidate.price
    lines = {cured.remedy.line.id: cured.remedy.line.title for cured in plan.cures}
    begin, end = quarter_name(plan, one.start), quarter_name(plan, one.finish)
    return {
        "序号": str(number),
        "名称": one.action.title,
        "类别": one.action.kind,
        "内容": one.action.do,
        "目标": "；".join(_goal(plan, lift) for lift in one.lifts),
        "投资": f"{_range(price.low, price.high)} 万元（估算）",
        "时间": begin if begin == end else f"{begin}到{end}",
        "红线": "、".join(lines[name] for name in one.cures if name in lines) or "—",
    }


def _goal(plan: Roadmap, lift: Lift) -> str:
    """What is to be seen when it is done, in the words of the options."""
    question = plan.task.start.pack.questions[lift.question]
    if not isinstance(question, SingleQuestion | MultiQuestion):
        return f"{lift.title} {lift.before}→{lift.after}"
    had, has = set(lift.before.split("、")), set(lift.after.split("、"))
    texts = [option.text for option in question.options if option.id in has - had and not option.none]
    return f"{lift.title}：{'、'.join(texts)}"


def _range(low: int, high: int) -> str:
    return f"{wan(low):g}" if low == high else f"{wan(low):g}—{wan(high):g}"


def projects_basis(plan: Roadmap) -> str:
    """What the plan was made for, or why there is none."""
    if plan.clash is not None:
        return f"按给的预算排不出路线图：{plan.clash.text}"
    limits = plan.task.limits
    money = "没有限定预算" if limits.budget is None else f"每年预算 {wan(limits.budget):g} 万元"
    aim = f"让“{model_name(plan, plan.request.model)}”得分提升最多"
    return (
        f"{aim}；{money}，同时最多 {limits.parallel} 项；全部做完估算 "
        f"{_range(plan.total('low'), plan.total('high'))} 万元。费用、工期都是编写组估计，以报价为准。"
    )


def planned_year(plan: Roadmap, year: int) -> tuple[str, str]:
    """What begins in a year (counted from 0) and where its end stands; empty past the plan's end."""
    first, last = year * YEAR + 1, (year + 1) * YEAR
    if first > plan.task.limits.quarters:
        return "", ""
    end = min(last, plan.task.limits.quarters)
    cash = sum(plan.evaluation.cash[first - 1 : end])
    result = f"期末 {plan.standings[end].low / 1000:.1f} 分（{model_name(plan, plan.request.model)}）"
    return "、".join(_titles(plan, first, end)), f"{result}；当年付款估算 {cash:.1f} 万元"


def _titles(plan: Roadmap, first: int, last: int) -> Iterator[str]:
    lawful = [cured.remedy.line.title for cured in plan.cures if not cured.actions]
    if first == 1:
        yield from (f"解除“{title}”" for title in lawful)
    yield from (one.action.title for one in plan.actions if first <= one.start <= last)
