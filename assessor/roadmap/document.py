"""A plan as JSON: the form `roadmap --json` prints."""

from collections.abc import Collection, Sequence
from typing import Any

from assessor.roadmap.curve import Point
from assessor.roadmap.evaluate import Standing, Standings
from assessor.roadmap.explain import Hold, Planned
from assessor.roadmap.grants import Claim
from assessor.roadmap.money import wan
from assessor.roadmap.plan import Cured, Roadmap
from assessor.scoring.document import points
from assessor.words import _


def roadmap_document(roadmap: Roadmap, no_regret: Collection[str] = ()) -> dict[str, Any]:
    """A plan; scores are points, money is 万元. `before` and `after` are added by who can score."""
    task = roadmap.task
    limits, target = task.limits, task.request.target
    return {
        "status": roadmap.status,
        "gap_percent": roadmap.gap_percent,
        "model": task.request.model,
        "target": None
        if target is None
        else {
            "model": target.model,
            "level": target.level,
            "quarter": target.quarter or limits.quarters,
            "core": task.request.core,
        },
        "gain": points(roadmap.gain),
        "gain_discounted": roadmap.gain_discounted / 1000,
        "budget_wan": None if limits.budget is None else wan(limits.budget),
        "quarters": limits.quarters,
        "first_quarter": None if task.first is None else str(task.first),
        "parallel": limits.parallel,
        "people": {"it": limits.people.it, "ops": limits.people.ops},
        "cost": task.request.cost,
        "total_wan": {case: wan(roadmap.total(case)) for case in ("low", "middle", "high")},
        "net_total_wan": wan(roadmap.net_total),
        "paper_cost_wan": None if roadmap.paper_cost is None else wan(roadmap.paper_cost),
        "survives_high": roadmap.survives_high,
        "actions": [_planned(one, one.id in no_regret, roadmap.claim) for one in roadmap.actions],
        "cures": [_cured(cured) for cured in roadmap.cures],
        "left_out": [
            {"id": one.action.id, "reason": one.text, "code": one.reason.code} for one in roadmap.left_out
        ],
        "cash_wan": list(roadmap.evaluation.cash),
        "people_days": {"it": list(roadmap.evaluation.it), "ops": list(roadmap.evaluation.ops)},
        "scores": [None if one.low < 0 else points(one.low) for one in roadmap.standings[1:]],
        "models": standings_document(roadmap.evaluation.standings),
        "reason": None if roadmap.clash is None else roadmap.clash.text,
        "clash": None
        if roadmap.clash is None
        else {
            "limits": list(roadmap.clash.limits),
            "changes": [change.text for change in roadmap.clash.changes],
        },
    }


def _planned(one: Planned, kept: bool, claim: Claim) -> dict[str, Any]:
    price = one.candidate.price
    return {
        "id": one.id,
        "title": one.action.title,
        "first_quarter": one.start,
        "last_quarter": one.finish,
        "cost_wan": {"low": wan(price.low), "middle": wan(price.middle), "high": wan(price.high)},
        "net_cost_wan": wan(price.net),
        "grant_wan": wan(price.grant),
        "grants": [
            {"policy": each.policy, "wan": wan(each.amount)} for each in claim.grants if each.action == one.id
        ],
        "prerequisites": list(one.prerequisites),
        "unlocks": list(one.unlocks),
        "cures": list(one.cures),
        "lifts": [
            {"id": lift.question, "title": lift.title, "before": lift.before, "after": lift.after}
            for lift in one.lifts
        ],
        "worth": points(one.worth),
        "source": one.action.cite.kind,
        "benefit": {"text": one.action.benefit.text, "source": one.action.benefit.cite.kind},
        "why": _why(one),
        "held_by": _held(one.hold),
        "earlier_if": one.hold.change if one.hold else "",
        "no_regret": kept,
    }


def _why(one: Planned) -> str:
    """Why it is in, and why then, in one sentence."""
    parts = []
    if one.cures:
        parts.append(_("用来解除红线"))
    if one.worth > 0:
        parts.append(_("不做它，期末少 {value:.1f} 分").format(value=one.worth / 1000))
    if one.unlocks:
        parts.append(_("后面 {count} 项要靠它").format(count=len(one.unlocks)))
    if one.hold is not None:
        parts.append(_("再早一季度就会：") + _("；").join(broken.text for broken in one.hold.broken))
    return _("；").join(parts) or _("按要求列入")


def _held(hold: Hold | None) -> list[dict[str, Any]]:
    return [] if hold is None else [{"code": one.code, "text": one.text} for one in hold.broken]


def _cured(cured: Cured) -> dict[str, Any]:
    line = cured.remedy.line
    return {
        "id": line.id,
        "title": line.title,
        "actions": list(cured.actions),
        "text": "" if cured.actions else line.cure.text,
        "cost_wan": wan(cured.cost),
        "quarters": cured.remedy.quarters,
    }


def standings_document(standings: Standings) -> dict[str, Any]:
    """Every model's score and level today and at the end of each quarter."""
    return {model: [_standing(one) for one in rows] for model, rows in standings.items()}


def _standing(one: Standing) -> dict[str, Any]:
    scored = one.low >= 0
    return {
        "low": points(one.low) if scored else None,
        "high": points(one.high) if scored else None,
        "level_low": one.level_low,
        "level_high": one.level_high,
    }


def curve_document(found: Sequence[Point]) -> list[dict[str, Any]]:
    """The points of a curve."""
    return [
        {
            "cost_wan": wan(point.cost),
            "score": points(point.score),
            "level": point.level,
            "budget_wan": None if point.budget is None else wan(point.budget),
            "target_level": point.target,
            "proven": point.proven,
        }
        for point in found
    ]
