"""A plan as plain lines for people."""

from collections.abc import Collection, Iterator, Sequence

from assessor.roadmap.curve import Point
from assessor.roadmap.explain import Planned, said
from assessor.roadmap.money import wan
from assessor.roadmap.plan import Cured, Roadmap
from assessor.roadmap.request import models_of
from assessor.words import SIZES, SOURCE_KINDS, _, named


def roadmap_text(roadmap: Roadmap, no_regret: Collection[str] = ()) -> str:
    """The plan: what comes first, each quarter with its actions, scores and money, and what is left out."""
    return "\n".join(_lines(roadmap, no_regret))


def _lines(roadmap: Roadmap, no_regret: Collection[str]) -> Iterator[str]:
    yield from _head(roadmap)
    if roadmap.clash is not None:
        yield _("排不出路线图。{text}").format(text=roadmap.clash.text)
        yield from _must_stop(roadmap)
        return
    yield from _cures(roadmap)
    for quarter in range(1, roadmap.task.limits.quarters + 1):
        yield from _quarter(roadmap, quarter, no_regret)
    yield from _sum(roadmap)
    yield from _left_out(roadmap)


def model_name(roadmap: Roadmap, model_id: str) -> str:
    """A model's short name."""
    return next(_(model.short) for model in models_of(roadmap.task.start.pack) if model.id == model_id)


def quarter_name(roadmap: Roadmap, quarter: int) -> str:
    """A quarter by the calendar, or by its number where no date is known."""
    first = roadmap.task.first
    if first is None:
        return _("第 {quarter} 季度").format(quarter=quarter)
    found = first.plus(quarter - 1)
    return _("{year} 年第 {number} 季度").format(year=found.year, number=found.number)


def _head(roadmap: Roadmap) -> Iterator[str]:
    task, limits = roadmap.task, roadmap.task.limits
    target = task.request.target
    if target is None:
        yield _("改进路线图：在限定的钱和人手内，让“{model}”得分提升最多").format(
            model=model_name(roadmap, task.request.model)
        )
    else:
        quarter = quarter_name(roadmap, target.quarter or limits.quarters)
        goal = _("“{model}”达到 {level} 级").format(
            model=model_name(roadmap, target.model), level=target.level
        )
        yield _("改进路线图：花钱最少，到{quarter}末{goal}").format(quarter=quarter, goal=goal)
    money = (
        _("不限预算") if limits.budget is None else _("每年预算 {wan:g} 万元").format(wan=wan(limits.budget))
    )
    yield (
        _(
            "{sizes}企业；{money}；同时最多 {parallel} 项；每季度抽得出信息化 {it} 人天、业务 {ops} 人天"
        ).format(
            sizes=_(SIZES[task.start.size]),
            money=money,
            parallel=limits.parallel,
            it=limits.people.it,
            ops=limits.people.ops,
        )
    )
    if task.start.size == "large":
        yield _("大型企业按中型的高端价格估算，请以报价为准")
    yield ""


def _cures(roadmap: Roadmap) -> Iterator[str]:
    if roadmap.cures:
        yield _("先办红线：")
        yield from (f"  {_cure(roadmap, cured)}" for cured in roadmap.cures)
    yield from _must_stop(roadmap)
    if roadmap.cures:
        yield ""


def _cure(roadmap: Roadmap, cured: Cured) -> str:
    line = cured.remedy.line
    if cured.actions:
        titles = _("、").join(named(roadmap.task.candidates[name].action) for name in cured.actions)
        return _("{title}：做 {titles}").format(title=line.title, titles=titles)
    money = _("（约 {wan:g} 万元）").format(wan=wan(cured.cost)) if cured.cost else ""
    return _("{title}：{text}{money}").format(title=line.title, text=line.cure.text, money=money)


def _must_stop(roadmap: Roadmap) -> Iterator[str]:
    """The lines whose other way out is to stop, which no plan decides."""
    for line in roadmap.task.lines:
        if line.cure.stops_production:
            yield _("  红线“{title}”也可以靠停下来解除，是否停由企业决定：{text}").format(
                title=line.title, text=line.cure.text
            )


def _quarter(roadmap: Roadmap, quarter: int, no_regret: Collection[str]) -> Iterator[str]:
    begun = [one for one in roadmap.actions if one.start == quarter]
    standing, before = roadmap.standings[quarter], roadmap.standings[quarter - 1]
    if not begun and standing.low == before.low:
        return
    cash = roadmap.evaluation.cash[quarter - 1]
    yield _("{quarter}（付款 {cash:.1f} 万元，季末 {value:.1f} 分）").format(
        quarter=quarter_name(roadmap, quarter), cash=cash, value=standing.low / 1000
    )
    for one in begun:
        yield from (f"  {line}" for line in _action(roadmap, one, one.id in no_regret))


def _action(roadmap: Roadmap, one: Planned, kept: bool) -> Iterator[str]:
    price = one.candidate.price
    until = (
        ""
        if one.finish == one.start
        else _("，做到{quarter}").format(quarter=quarter_name(roadmap, one.finish))
    )
    grant = _("，其中奖补 {wan:g} 万元").format(wan=wan(price.grant)) if price.grant else ""
    money = _("{wan:g} 万元，{wan2:g}—{wan3:g}").format(
        wan=wan(price.middle), wan2=wan(price.low), wan3=wan(price.high)
    )
    yield _("· {title}（{money}{grant}{until}）{rest}").format(
        title=named(one.action),
        money=money,
        grant=grant,
        until=until,
        rest=_("  无论贵贱都该做") if kept else "",
    )
    yield f"    {one.action.do}"
    if one.lifts:
        questions = roadmap.task.start.pack.questions
        yield _("    提升：") + _("；").join(
            f"{named(questions[lift.question])} {said(lift.before)}→{said(lift.after)}" for lift in one.lifts
        )
    kind = _(SOURCE_KINDS[one.action.benefit.cite.kind])
    yield _("    好处：{text}（{kind}）").format(text=one.action.benefit.text, kind=kind)
    if one.hold is not None and one.hold.broken:
        earlier = _("；要提前：{change}").format(change=one.hold.change) if one.hold.change else ""
        yield _("    为什么不更早：{value}{earlier}").format(
            value=_("；").join(broken.text for broken in one.hold.broken), earlier=earlier
        )


def _sum(roadmap: Roadmap) -> Iterator[str]:
    end, today = roadmap.standings[-1], roadmap.standings[0]
    yield ""
    yield (
        _(
            "{model}得分 {value:.1f} → {value2:.1f}（提高 {value3:.1f} 分），"
            "共付 {wan:g} 万元（低 {wan2:g}，高 {wan3:g}）"
        ).format(
            model=model_name(roadmap, roadmap.request.model),
            value=today.low / 1000,
            value2=end.low / 1000,
            value3=roadmap.gain / 1000,
            wan=wan(roadmap.net_total),
            wan2=wan(roadmap.total("low")),
            wan3=wan(roadmap.total("high")),
        )
    )
    for model, rows in roadmap.evaluation.standings.items():
        yield _("  {model}：{level_low} 级 → {level_low2} 级").format(
            model=model_name(roadmap, model), level_low=rows[0].level_low, level_low2=rows[-1].level_low
        )
    if roadmap.gap_percent == 0:
        yield _("已经证明：在这些限制下没有更好的安排。")
    else:
        more = (
            ""
            if roadmap.gap_percent is None
            else _("，最多还能好 {gap_percent:.1f}%").format(gap_percent=roadmap.gap_percent)
        )
        yield _("这是算到的最好安排{more}。").format(more=more)
    if roadmap.paper_cost is not None:
        yield _("不动核心工序只要 {wan:g} 万元，但那是纸面上的等级，生产没有变。").format(
            wan=wan(roadmap.paper_cost)
        )
    if not roadmap.survives_high:
        yield _("如果都按高价成交：") + _("；").join(one.text for one in roadmap.at_high_cost.broken)


def _left_out(roadmap: Roadmap) -> Iterator[str]:
    shown = [
        one for one in roadmap.left_out if one.reason.code not in ("in-place", "size", "facts", "no-scene")
    ]
    if shown:
        yield ""
        yield _("这次没有列入：")
        yield from (_("  {title}：{text}").format(title=named(one.action), text=one.text) for one in shown)


def curve_text(points: Sequence[Point]) -> str:
    """The trade-off between money and score."""
    lines = [_("花多少钱，能到多少分：")]
    for point in points:
        proof = "" if point.proven else _("（未证明最优）")
        what = (
            _("最省钱到 {target} 级").format(target=point.target)
            if point.target
            else _("每年预算 {wan:g} 万元").format(wan=wan(point.budget or 0))
        )
        lines.append(
            _("  共 {wan:g} 万元 → {value:.1f} 分，{level} 级（{what}）{proof}").format(
                wan=wan(point.cost), value=point.score / 1000, level=point.level, what=what, proof=proof
            )
        )
    return "\n".join(lines)
