"""Action by action: what to do, why, why then, what it costs and brings; and why the others are not in."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessor.pack.action import Action
from assessor.report.lift_words import lift_text
from assessor.report.roadmap_words import money_text, quarter_text, score_of
from assessor.report.wording import number_text
from assessor.roadmap.explain import LeftOut, Planned
from assessor.roadmap.money import wan
from assessor.roadmap.plan import Roadmap
from assessor.roadmap.task import Task
from assessor.words import SOURCE_KINDS, _, named

Dated = Callable[[Roadmap, str], str]

_GROUPS: Mapping[str, str] = {
    "worth": "同样的钱和人手，用在计划里的举措上得分更多",
    "goal": "不做它也能达到目标",
    "budget": "一年的预算付不起",
    "people": "自己的人手不够",
    "no-time": "计划期内做不完",
    "prerequisite": "前面要靠的举措没有排进来",
    "without": "按要求不列入",
    "nothing": "对所选模型的得分没有提升",
    "blank": "对应的题还没有答，先答题才能计提升",
    "facts-unknown": "先答题才知道适不适用",
    "in-place": "已经做到",
    "facts": "不符合适用条件",
    "no-scene": "对应的场景本厂没有",
    "size": "不向这个规模的企业提供",
}
"""Reasons in the order in which they are told: what a change of limits would alter comes first."""


@dataclass(frozen=True, slots=True)
class ActionView:
    """One action of the plan in words; lines that have nothing to say are empty."""

    number: int
    title: str
    when: str
    kept: bool
    do: str
    why_in: str
    why_then: str
    cost: str
    net: str
    later: str
    effort: str
    lifts: tuple[str, ...]
    benefit: str
    evidence: str
    risk: str


@dataclass(frozen=True, slots=True)
class LeftGroup:
    """Actions left out for one reason, each with what is its own about it."""

    reason: str
    titles: tuple[str, ...]


def in_order(roadmap: Roadmap) -> Sequence[Planned]:
    """The actions as they start; of those that start together the ones that put out a red line first."""
    return sorted(roadmap.actions, key=lambda one: (one.start, not one.cures))


def action_views(roadmap: Roadmap, kept: Collection[str], dated: Dated) -> Iterator[ActionView]:
    """Every action of a plan, in the order of their starts."""
    pack = roadmap.task.start.pack
    for number, one in enumerate(in_order(roadmap), 1):
        action = one.action
        yield ActionView(
            number=number,
            title=named(action),
            when=_when(roadmap.task, one),
            kept=one.id in kept,
            do=action.do,
            why_in=_why_in(roadmap, one),
            why_then=dated(roadmap, _why_then(one)),
            cost=_cost(one),
            net=_net(roadmap, one),
            later=_later(roadmap.task, action),
            effort=_effort(roadmap.task, action),
            lifts=tuple(lift_text(pack, each) for each in one.lifts),
            benefit=_("{text}（{source_kinds}）").format(
                text=action.benefit.text, source_kinds=_(SOURCE_KINDS[action.benefit.cite.kind])
            ),
            evidence=_("；").join(action.evidence),
            risk=action.risk,
        )


def _when(task: Task, one: Planned) -> str:
    begins, ends = quarter_text(task, one.start), quarter_text(task, one.finish)
    return begins if one.start == one.finish else f"{begins}—{ends}"


def _why_in(roadmap: Roadmap, one: Planned) -> str:
    titles = {each.id: named(each.action) for each in roadmap.actions}
    lines = {line.id: line.title for line in roadmap.task.lines}
    parts = []
    if one.cures:
        parts.append(
            _("用来解除红线“{titles}”").format(titles=_("、").join(lines[name] for name in one.cures))
        )
    if one.worth > 0:
        parts.append(_("不做它，期末少 {points} 分").format(points=score_of(one.worth)))
    if one.unlocks:
        names = _("、").join(titles[name] for name in one.unlocks if name in titles)
        parts.append(_("后面的{titles}要靠它").format(titles=names))
    return _("；").join(parts) or _("按要求列入")


def _why_then(one: Planned) -> str:
    """What limit holds it where it is, and the one change that would let it start earlier."""
    if one.hold is None:
        return _("第一个季度就开始")
    if not one.hold.broken:
        return _("早一个季度也排得下，但总的得分不会更高")
    held = _("再早一个季度就会：{limits}").format(
        limits=_("；").join(broken.text for broken in one.hold.broken)
    )
    return (
        _("{held}。要提前，就{change}").format(held=held, change=one.hold.change) if one.hold.change else held
    )


def _cost(one: Planned) -> str:
    price = one.candidate.price
    if price.low == price.high:
        return money_text(price.middle)
    told = _("{low}—{high} 万元")
    return told.format(low=f"{wan(price.low):,g}", high=f"{wan(price.high):,g}")


def _net(roadmap: Roadmap, one: Planned) -> str:
    """What the firm pays, and which grant is taken off."""
    price = one.candidate.price
    net = money_text(price.net)
    if not price.grant:
        return net
    titles = {policy.id: policy.title for policy in roadmap.task.start.pack.policies}
    names = _("、").join(titles[each.policy] for each in roadmap.claim.grants if each.action == one.id)
    told = _("{net}（已扣补助 {grant}：{names}）")
    return told.format(net=net, grant=money_text(price.grant), names=names or _("按要求计入"))


def _later(task: Task, action: Action) -> str:
    """What each later year costs."""
    span = action.yearly_wan.get(task.start.offered)
    if span is None or not span[1]:
        return ""
    low, high = (number_text(each) for each in span)
    return _("以后每年 {low}—{high} 万元").format(low=low, high=high)


def _effort(task: Task, action: Action) -> str:
    size = task.start.offered
    months, days = action.months[size], action.person_days[size]
    lasts = _("约 {months} 个月").format(months=months) if months else _("不到一个月")
    told = _("{lasts}；自己的人要投入信息化 {it} 人天、业务 {ops} 人天")
    return told.format(lasts=lasts, it=number_text(days.it), ops=number_text(days.ops))


# -- left out --------------------------------------------------------------------------------------


def left_groups(left: Sequence[LeftOut]) -> tuple[LeftGroup, ...]:
    """The actions that are not in, by reason."""
    found: dict[str, list[str]] = {code: [] for code in _GROUPS}
    for one in left:
        found[one.reason.code].append(f"{named(one.action)}{_own(one)}")
    return tuple(LeftGroup(_(_GROUPS[code]), tuple(titles)) for code, titles in found.items() if titles)


def _own(one: LeftOut) -> str:
    """What is this action's own about the reason."""
    values = one.reason.values
    match one.reason.code:
        case "budget":
            return _("（一年至少要 {need} 万元）").format(need=f"{float(str(values['need'])):,.10g}")
        case "facts-unknown":
            ids = values["ids"]
            return _("（{rest}）").format(rest=_("、").join(map(str, ids)) if isinstance(ids, tuple) else ids)
        case "no-time":
            return _("（最早第 {quarter} 个季度末）").format(quarter=values["quarter"])
    return ""
