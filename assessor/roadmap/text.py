"""A plan as plain lines for people."""

from collections.abc import Collection, Iterator, Sequence

from assessor.roadmap.curve import Point
from assessor.roadmap.explain import Planned
from assessor.roadmap.money import wan
from assessor.roadmap.plan import Cured, Roadmap
from assessor.roadmap.request import models_of
from assessor.words import SIZES, SOURCE_KINDS


def roadmap_text(roadmap: Roadmap, no_regret: Collection[str] = ()) -> str:
    """The plan: what comes first, each quarter with its actions, scores and money, and what is left out."""
    return "\n".join(_lines(roadmap, no_regret))


def _lines(roadmap: Roadmap, no_regret: Collection[str]) -> Iterator[str]:
    yield from _head(roadmap)
    if roadmap.clash is not None:
        yield f"排不出路线图。{roadmap.clash.text}"
        yield from _must_stop(roadmap)
        return
    yield from _cures(roadmap)
    for quarter in range(1, roadmap.task.limits.quarters + 1):
        yield from _quarter(roadmap, quarter, no_regret)
    yield from _sum(roadmap)
    yield from _left_out(roadmap)


def model_name(roadmap: Roadmap, model_id: str) -> str:
    """A model's short name."""
    return next(model.short for model in models_of(roadmap.task.start.pack) if model.id == model_id)


def quarter_name(roadmap: Roadmap, quarter: int) -> str:
    """A quarter by the calendar, or by its number where no date is known."""
    first = roadmap.task.first
    if first is None:
        return f"第 {quarter} 季度"
    found = first.plus(quarter - 1)
    return f"{found.year} 年第 {found.number} 季度"


def _head(roadmap: Roadmap) -> Iterator[str]:
    task, limits = roadmap.task, roadmap.task.limits
    target = task.request.target
    if target is None:
        yield f"改进路线图：在限定的钱和人手内，让“{model_name(roadmap, task.request.model)}”得分提升最多"
    else:
        quarter = quarter_name(roadmap, target.quarter or limits.quarters)
        goal = f"“{model_name(roadmap, target.model)}”达到 {target.level} 级"
        yield f"改进路线图：花钱最少，到{quarter}末{goal}"
    money = "不限预算" if limits.budget is None else f"每年预算 {wan(limits.budget):g} 万元"
    yield (
        f"{SIZES[task.start.size]}企业；{money}；同时最多 {limits.parallel} 项；"
        f"每季度抽得出信息化 {limits.people.it} 人天、业务 {limits.people.ops} 人天"
    )
    if task.start.size == "large":
        yield "大型企业按中型的高端价格估算，请以报价为准"
    yield ""


def _cures(roadmap: Roadmap) -> Iterator[str]:
    if roadmap.cures:
        yield "先办红线："
        yield from (f"  {_cure(roadmap, cured)}" for cured in roadmap.cures)
    yield from _must_stop(roadmap)
    if roadmap.cures:
        yield ""


def _cure(roadmap: Roadmap, cured: Cured) -> str:
    line = cured.remedy.line
    if cured.actions:
        titles = "、".join(roadmap.task.candidates[name].action.title for name in cured.actions)
        return f"{line.title}：做 {titles}"
    money = f"（约 {wan(cured.cost):g} 万元）" if cured.cost else ""
    return f"{line.title}：{line.cure.text}{money}"


def _must_stop(roadmap: Roadmap) -> Iterator[str]:
    """The lines whose other way out is to stop, which no plan decides."""
    for line in roadmap.task.lines:
        if line.cure.stops_production:
            yield f"  红线“{line.title}”也可以靠停下来解除，是否停由企业决定：{line.cure.text}"


def _quarter(roadmap: Roadmap, quarter: int, no_regret: Collection[str]) -> Iterator[str]:
    begun = [one for one in roadmap.actions if one.start == quarter]
    standing, before = roadmap.standings[quarter], roadmap.standings[quarter - 1]
    if not begun and standing.low == before.low:
        return
    cash = roadmap.evaluation.cash[quarter - 1]
    yield f"{quarter_name(roadmap, quarter)}（付款 {cash:.1f} 万元，季末 {standing.low / 1000:.1f} 分）"
    for one in begun:
        yield from (f"  {line}" for line in _action(roadmap, one, one.id in no_regret))


def _action(roadmap: Roadmap, one: Planned, kept: bool) -> Iterator[str]:
    price = one.candidate.price
    until = "" if one.finish == one.start else f"，做到{quarter_name(roadmap, one.finish)}"
    grant = f"，其中奖补 {wan(price.grant):g} 万元" if price.grant else ""
    money = f"{wan(price.middle):g} 万元，{wan(price.low):g}—{wan(price.high):g}"
    yield f"· {one.action.title}（{money}{grant}{until}）{'  无论贵贱都该做' if kept else ''}"
    yield f"    {one.action.do}"
    if one.lifts:
        yield "    提升：" + "；".join(f"{lift.title} {lift.before}→{lift.after}" for lift in one.lifts)
    kind = SOURCE_KINDS[one.action.benefit.cite.kind]
    yield f"    好处：{one.action.benefit.text}（{kind}）"
    if one.hold is not None and one.hold.broken:
        earlier = f"；要提前：{one.hold.change}" if one.hold.change else ""
        yield f"    为什么不更早：{'；'.join(broken.text for broken in one.hold.broken)}{earlier}"


def _sum(roadmap: Roadmap) -> Iterator[str]:
    end, today = roadmap.standings[-1], roadmap.standings[0]
    yield ""
    yield (
        f"{model_name(roadmap, roadmap.request.model)}得分 {today.low / 1000:.1f} → {end.low / 1000:.1f}"
        f"（提高 {roadmap.gain / 1000:.1f} 分），"
        f"共付 {wan(roadmap.net_total):g} 万元"
        f"（低 {wan(roadmap.total('low')):g}，高 {wan(roadmap.total('high')):g}）"
    )
    for model, rows in roadmap.evaluation.standings.items():
        yield f"  {model_name(roadmap, model)}：{rows[0].level_low} 级 → {rows[-1].level_low} 级"
    if roadmap.gap_percent == 0:
        yield "已经证明：在这些限制下没有更好的安排。"
    else:
        more = "" if roadmap.gap_percent is None else f"，最多还能好 {roadmap.gap_percent:.1f}%"
        yield f"这是算到的最好安排{more}。"
    if roadmap.paper_cost is not None:
        yield f"不动核心工序只要 {wan(roadmap.paper_cost):g} 万元，但那是纸面上的等级，生产没有变。"
    if not roadmap.survives_high:
        yield "如果都按高价成交：" + "；".join(one.text for one in roadmap.at_high_cost.broken)


def _left_out(roadmap: Roadmap) -> Iterator[str]:
    shown = [
        one for one in roadmap.left_out if one.reason.code not in ("in-place", "size", "facts", "no-scene")
    ]
    if shown:
        yield ""
        yield "这次没有列入："
        yield from (f"  {one.action.title}：{one.text}" for one in shown)


def curve_text(points: Sequence[Point]) -> str:
    """The trade-off between money and score."""
    lines = ["花多少钱，能到多少分："]
    for point in points:
        proof = "" if point.proven else "（未证明最优）"
        what = f"最省钱到 {point.target} 级" if point.target else f"每年预算 {wan(point.budget or 0):g} 万元"
        lines.append(
            f"  共 {wan(point.cost):g} 万元 → {point.score / 1000:.1f} 分，{point.level} 级（{what}）{proof}"
        )
    return "\n".join(lines)
