"""The chapter on the roadmap: what to do, when, for how much, why, and how sure that is.

Takes a plan that is made and tells it; nothing is solved here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assessor.errors import Problem
from assessor.report.charts import curve_chart, gantt_of, roadmap_chart
from assessor.report.context_roadmap_actions import ActionView, LeftGroup, action_views, in_order, left_groups
from assessor.report.looks import Theme
from assessor.report.roadmap_words import (
    high_cost_text,
    model_title,
    money_text,
    other_models_text,
    proof_text,
    quarter_text,
    score_of,
    span_text,
    verdict_text,
)
from assessor.report.wording import ordinal
from assessor.roadmap.evaluate import Standing
from assessor.roadmap.made import Made
from assessor.roadmap.plan import Cured, Roadmap
from assessor.roadmap.quarters import YEAR
from assessor.roadmap.request import TENTHS
from assessor.words import SIZES, _, named

_FIRST = 3
_IN_PLAN = re.compile(r"第 (\d+) 季度")


@dataclass(frozen=True, slots=True)
class RedRow:
    """A broken red line: how it is put out, from when, for how much; `stop` is the way that stops work."""

    title: str
    cure: str
    when: str
    cost: str
    stop: str


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """A quarter, or with `total` the sum of a year or of all; `standings` by model of the head."""

    name: str
    cash: str
    it: str
    ops: str
    standings: tuple[str, ...] = ()
    total: bool = False


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One of the first actions, for the page that the boss reads."""

    title: str
    when: str
    net: str
    why: str


@dataclass(frozen=True, slots=True)
class RoadmapView:
    """The chapter. Without a plan `problem` says why and `helps` what would help; the rest is empty."""

    sentence: str = ""
    proof: str = ""
    others: tuple[str, ...] = ()
    problem: str = ""
    helps: tuple[str, ...] = ()
    red: tuple[RedRow, ...] = ()
    gantt: str = ""
    models: tuple[str, ...] = ()
    quarters: tuple[QuarterRow, ...] = ()
    actions: tuple[ActionView, ...] = ()
    left: tuple[LeftGroup, ...] = ()
    high: str = ""
    kept: str = ""
    curve: str = ""
    assumptions: tuple[str, ...] = ()
    sums: str = ""
    grants: str = ""
    first: tuple[FirstStep, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sentence or self.problem)


def roadmap_view(made: Made | Problem | None, theme: Theme) -> RoadmapView:
    """The chapter's content; nothing at all where no plan was asked for."""
    match made:
        case None:
            return RoadmapView()
        case Problem():
            return RoadmapView(problem=_("{what}。").format(what=made.what), helps=(made.remedy,))
    roadmap = made.roadmap
    if roadmap.clash is not None:
        return _no_plan(roadmap)
    return RoadmapView(
        sentence=_("{dated}。").format(dated=dated(roadmap, verdict_text(roadmap))),
        proof=_proof(roadmap),
        others=tuple(
            _("{dated}。").format(dated=dated(roadmap, text))
            for text in other_models_text(roadmap.task, roadmap.evaluation)
        ),
        red=tuple(_red(roadmap)),
        gantt=_gantt(made, theme),
        models=_models(roadmap),
        quarters=tuple(_quarters(roadmap)),
        actions=tuple(action_views(roadmap, made.kept, dated)),
        left=left_groups(roadmap.left_out),
        high=_("{dated}。").format(dated=dated(roadmap, high_cost_text(roadmap))),
        kept=_kept(made),
        curve=_curve(made, theme),
        assumptions=tuple(_assumptions(roadmap)),
        sums=_sums(roadmap),
        grants=_grants(roadmap),
        first=tuple(_first(roadmap)),
    )


def dated(roadmap: Roadmap, text: str) -> str:
    """The text with its quarters, which the engine counts from 1, named by the calendar."""
    return _IN_PLAN.sub(lambda found: quarter_text(roadmap.task, int(found[1])), text)


def _gantt(made: Made, theme: Theme) -> str:
    drawn = gantt_of(made.roadmap, kept=made.kept)
    return roadmap_chart(replace(drawn, title=dated(made.roadmap, drawn.title)), theme)


def _no_plan(roadmap: Roadmap) -> RoadmapView:
    clash, asked = roadmap.clash, roadmap.request.budget is not None
    assert clash is not None
    lead = _("排不出路线图") if asked else _("按默认的预算和人手排不出路线图")
    limits = _("、").join(clash.limits)
    what = _("{lead}：{limits}不能同时满足。") if len(clash.limits) > 1 else _("{lead}：{limits}不够。")
    told = what.format(lead=lead, limits=limits) if limits else _("{lead}。").format(lead=lead)
    return RoadmapView(
        problem=dated(roadmap, told),
        helps=tuple(dated(roadmap, change.text) for change in clash.changes),
        red=tuple(_red(roadmap)),
        assumptions=tuple(_assumptions(roadmap)),
    )


def _proof(roadmap: Roadmap) -> str:
    """What was proven, and against what."""
    proof = proof_text(roadmap)
    if roadmap.gap_percent == 0:
        return _("{proof}：在下面写明的预算、人手、并行数和前置条件之内，逐一比较过。").format(proof=proof)
    return _("{proof}。").format(proof=proof)


# -- red lines -------------------------------------------------------------------------------------


def _red(roadmap: Roadmap) -> Iterator[RedRow]:
    cured = {one.remedy.line.id: one for one in roadmap.cures}
    for line in roadmap.task.lines:
        stop = line.cure.text if line.cure.stops_production else ""
        found = cured.get(line.id)
        if found is not None:
            yield _cured(roadmap, found, stop)
            continue
        names = [action for action in roadmap.task.candidates.values() if action.id in line.digital_cure]
        titles = _("、").join(named(one.action) for one in names)
        low, high = (sum(one.price.of(case) for one in names) for case in ("low", "high"))
        cost = _("{span} 万元").format(span=_span(low, high)) if names else ""
        yield RedRow(line.title, titles or line.cure.text, "", cost, stop if titles else "")


def _cured(roadmap: Roadmap, cured: Cured, stop: str) -> RedRow:
    line = cured.remedy.line
    if not cured.actions:
        cost = _("约 {money}").format(money=money_text(cured.cost)) if cured.cost else _("没有估价")
        return RedRow(line.title, line.cure.text, _("马上"), cost, stop)
    chosen = [one for one in roadmap.actions if one.id in cured.actions]
    titles = _("、").join(named(one.action) for one in chosen)
    begins = min((one.start for one in chosen), default=1)
    net = sum(one.candidate.price.net for one in chosen)
    return RedRow(line.title, titles, quarter_text(roadmap.task, begins), money_text(net), stop)


# -- quarter by quarter ----------------------------------------------------------------------------


def _told_models(roadmap: Roadmap) -> Mapping[str, Sequence[Standing]]:
    """The models that give a score, the planned one first."""
    found = {name: rows for name, rows in roadmap.evaluation.standings.items() if rows[0].low >= 0}
    planned = roadmap.request.model
    return {planned: found[planned], **{name: rows for name, rows in found.items() if name != planned}}


def _models(roadmap: Roadmap) -> tuple[str, ...]:
    return tuple(model_title(roadmap.task, name) for name in _told_models(roadmap))


def _quarters(roadmap: Roadmap) -> Iterator[QuarterRow]:
    told, shown, task = _told_models(roadmap), roadmap.evaluation, roadmap.task
    count = task.limits.quarters
    columns = [in_tenths([each * TENTHS for each in row]) for row in (shown.cash, shown.it, shown.ops)]

    def row(name: str, part: slice, standings: tuple[str, ...] = ()) -> QuarterRow:
        cash, it, ops = (_amount(sum(column[part])) for column in columns)
        return QuarterRow(name, cash, it, ops, standings, total=not standings)

    yield QuarterRow(_("现在"), "", "", "", _standings(told, 0))
    for quarter in range(1, count + 1):
        yield row(quarter_text(task, quarter), slice(quarter - 1, quarter), _standings(told, quarter))
        if quarter % YEAR == 0 or quarter == count:
            begins = (quarter - 1) // YEAR * YEAR
            yield row(_("第 {year} 年合计").format(year=begins // YEAR + 1), slice(begins, quarter))
    if count > YEAR:
        yield row(_("合计"), slice(count))


def in_tenths(amounts: Sequence[float]) -> list[int]:
    """Amounts rounded so that what is printed adds up to the rounded sum: the running sum is rounded.

    >>> in_tenths([57.5, 57.5])
    [58, 57]
    """
    found, exact, before = [], 0.0, 0
    for amount in amounts:
        exact += amount
        now = int(round(exact, 6) + 0.5)
        found.append(now - before)
        before = now
    return found


def _amount(tenths: int) -> str:
    return f"{tenths / TENTHS:,.1f}" if tenths else "—"


def _standings(told: Mapping[str, Sequence[Standing]], quarter: int) -> tuple[str, ...]:
    return tuple(
        f"{score_of(rows[quarter].low)}　{ordinal(rows[quarter].level_low)}" for rows in told.values()
    )


# -- what if ---------------------------------------------------------------------------------------


def _kept(made: Made) -> str:
    titles = [named(one.action) for one in made.roadmap.actions if one.id in made.kept]
    if not titles:
        return _("没有一项是在低价、中价、高价下都排得进来的。")
    if len(titles) == len(made.roadmap.actions):
        return _("计划里的各项，不论按低价、中价还是高价算都排得进来，可以放心先做。")
    told = _("不论按低价、中价还是高价算都排得进来的有 {count} 项，可以放心先做（打 ✓）：{titles}。")
    return told.format(count=len(titles), titles=_("、").join(titles))


def _curve(made: Made, theme: Theme) -> str:
    if not made.curve or len(made.curve) < 2:
        return ""
    roadmap = made.roadmap
    paid = round(sum(roadmap.evaluation.cash) * TENTHS)
    return curve_chart(made.curve, model_title(roadmap.task, roadmap.request.model), theme, paid)


def _sums(roadmap: Roadmap) -> str:
    """What the total is made of."""
    cures = sum(cured.cost for cured in roadmap.cures)
    actions = sum(one.candidate.price.net for one in roadmap.actions)
    if not cures:
        return ""
    told = _("共付 {total}：红线整改 {cures}，举措净费用 {actions}。")
    return told.format(
        total=money_text(roadmap.net_total), cures=money_text(cures), actions=money_text(actions)
    )


def _grants(roadmap: Roadmap) -> str:
    """What of the net cost grants carry; those that are only possible are in no sum."""
    titles = {policy.id: policy.title for policy in roadmap.task.start.pack.policies}
    if not roadmap.claim.total:
        return _("没有一项补助是条件、比例和上限都查实的，所以净费用里一分补助也没有扣。")
    names = _("、").join(dict.fromkeys(titles[grant.policy] for grant in roadmap.claim.grants))
    told = _("净费用里扣了补助 {money}（{names}），上限按整个计划合起来算。")
    return told.format(money=money_text(roadmap.claim.total), names=names)


# -- what it rests on ------------------------------------------------------------------------------


def _assumptions(roadmap: Roadmap) -> Iterator[str]:
    task, request = roadmap.task, roadmap.request
    limits, target = task.limits, request.target
    if target is None:
        yield _("目标：让{model}的得分提升最多；早一个季度提升多算 2%（专家判断）。").format(
            model=model_title(task, request.model)
        )
    else:
        yield _("目标：花钱最少，到{quarter}末{model}达到{level}。").format(
            quarter=quarter_text(task, target.quarter or limits.quarters),
            model=model_title(task, target.model),
            level=ordinal(target.level),
        )
    default = _("（没有另外指定，按{size}企业的默认值，专家判断）").format(size=_(SIZES[task.start.size]))
    begins = quarter_text(task, 1)
    yield _("计划期：从{begins}起{span}。").format(begins=begins, span=span_text(limits.quarters))
    yield _("预算：{budget}{note}。").format(
        budget=_budget(task.limits.budget), note=default if request.budget is None and target is None else ""
    )
    yield _("同时做：最多 {count} 项{note}。").format(
        count=limits.parallel, note=default if request.parallel is None else ""
    )
    yield _("自己的人：每季度信息化 {it} 人天、业务 {ops} 人天{note}。").format(
        it=limits.people.it, ops=limits.people.ops, note=default if request.people is None else ""
    )
    case = {"low": _("低价"), "middle": _("低价和高价的中间值"), "high": _("高价")}[request.cost]
    yield _("费用：按{case}算，在工期内每季度均摊；以后每年的订阅和维护费另列，不在合计里。").format(
        case=case
    )
    if task.start.size == "large":
        yield _("大型企业按中型的高价估算，要以报价为准。")
    yield _("费用、工期、人天和提升幅度多数是编写组的估计（专家判断），签合同前要以报价为准。")
    yield _("得分按核实的答案算，没有核实的按自报；没答的题不算提升，得分取下限。")


def _budget(budget: int | None) -> str:
    return _("不限") if budget is None else _("每年 {money}").format(money=money_text(budget))


def _span(low: int, high: int) -> str:
    ends = [f"{each / TENTHS:,.10g}" for each in (low, high)]
    return ends[0] if low == high else "—".join(ends)


def _first(roadmap: Roadmap) -> Iterator[FirstStep]:
    for one in in_order(roadmap)[:_FIRST]:
        if one.cures:
            why = _("解除红线")
        elif one.worth > 0:
            why = _("值 {points} 分").format(points=score_of(one.worth))
        else:
            why = _("后面 {count} 项要靠它").format(count=len(one.unlocks)) if one.unlocks else ""
        yield FirstStep(
            named(one.action), quarter_text(roadmap.task, one.start), money_text(one.candidate.price.net), why
        )
