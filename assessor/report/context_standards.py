"""The chapter on other standards: what each says of the same answers, and on what it rests."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from assessor.answers.model import Side
from assessor.diagnosis import Diagnosis
from assessor.pack.model import Pack
from assessor.pack.standard import CapabilityModel
from assessor.report.charts import reach_bars, reach_of
from assessor.report.looks import Theme
from assessor.report.standard_text import (
    MET,
    by_text,
    counts_text,
    held_text,
    kind_text,
    leaves_of,
    next_rung,
    proves_lines,
    sure_text,
    told_text,
    weights_text,
    why_text,
)
from assessor.scoring.capability import speaking
from assessor.scoring.standard_result import (
    CapabilityResult,
    GateStanding,
    LadderResult,
    StandardResult,
)
from assessor.words import _, named


@dataclass(frozen=True, slots=True)
class StandardGate:
    """One gate of a ladder."""

    title: str
    state: bool | None
    met: str
    by: str
    sure: str


@dataclass(frozen=True, slots=True)
class GateGroup:
    """The gates of one rung, or those that all rungs share."""

    title: str
    text: str
    counts: str
    gates: tuple[StandardGate, ...]


@dataclass(frozen=True, slots=True)
class StandardView:
    """One standard on the page. A tree has a chart of its leaves and the weights that are known.

    A ladder has `groups` of gates, those that matter now; `higher` are those of the rungs above.
    """

    title: str
    sentence: str
    why: str
    says: str
    papers: tuple[str, ...]
    note: str
    cite: str
    mapping: str
    chart: str = ""
    weights: str = ""
    groups: tuple[GateGroup, ...] = ()
    higher: tuple[GateGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldView:
    """A result or certificate the firm already holds."""

    title: str
    sentence: str
    lines: tuple[str, ...]
    cite: str


def standards(diagnosis: Diagnosis, theme: Theme) -> tuple[StandardView, ...]:
    """Every other standard of the pack."""
    return tuple(_view(diagnosis, result, theme) for result in diagnosis.standards)


def _view(diagnosis: Diagnosis, result: StandardResult, theme: Theme) -> StandardView:
    view = StandardView(
        title=named(result.model),
        sentence=told_text(result),
        why=why_text(result) + kind_text(diagnosis, result),
        says=_(result.model.says),
        papers=proves_lines(result),
        note=_(result.model.note),
        cite=_(result.model.cite.note),
        mapping=_(result.model.mapping.note),
    )
    if isinstance(result, LadderResult):
        groups, higher = _ladder(diagnosis, result)
        return replace(view, groups=groups, higher=higher)
    return replace(view, chart=standard_chart(result, theme), weights=weights_text(result))


def standard_chart(result: CapabilityResult, theme: Theme) -> str:
    """The leaves of a tree as bars."""
    rows = [reach_of(node) for node in leaves_of(result)]
    side: Side = result.headline
    return reach_bars(rows, side, chart_title(result), theme)


def chart_title(result: CapabilityResult) -> str:
    """The finding: where the answers reach least, if that is certain."""
    leaves = [leaf for leaf in leaves_of(result) if leaf.most]
    if not leaves:
        return _("没有题说到这个标准")
    least = min(leaf.low / leaf.most for leaf in leaves)
    lowest = [leaf for leaf in leaves if leaf.low / leaf.most == least]
    others = [leaf.low / leaf.most for leaf in leaves if leaf not in lowest]
    if any(leaf.high != leaf.low for leaf in lowest) or not others:
        return _("看得见的状态做到了几个")
    names = _("、").join(named(leaf.node) for leaf in lowest[:3])
    return _("做到最少的是{names}{rest}").format(names=names, rest=_("等") if len(lowest) > 3 else "")


def _ladder(
    diagnosis: Diagnosis, result: LadderResult
) -> tuple[tuple[GateGroup, ...], tuple[GateGroup, ...]]:
    side = result.counting
    now = next_rung(side).rung.level
    rungs = [
        (one.rung.level, _group(diagnosis, named(one.rung), _(one.rung.granted_by), one.gates))
        for one in side.rungs
    ]
    shared = (_group(diagnosis, _("各级都要"), "", side.common),) if side.common else ()
    groups = (*shared, *(group for level, group in rungs if level <= now))
    return groups, tuple(group for level, group in rungs if level > now)


def _group(diagnosis: Diagnosis, title: str, text: str, gates: Iterable[GateStanding]) -> GateGroup:
    found = tuple(gates)
    rows = [
        StandardGate(named(one.gate), one.met, _(MET[one.met]), by_text(diagnosis, one), sure_text(one))
        for one in found
    ]
    return GateGroup(title, text, counts_text(found), tuple(rows))


def held(diagnosis: Diagnosis) -> tuple[HeldView, ...]:
    """What the firm already holds, as it stands on its papers."""
    return tuple(
        HeldView(
            named(one.model),
            held_text(one),
            proves_lines(one),
            _(one.model.cite.note),
        )
        for one in diagnosis.reported
    )


# -- crosswalk -----------------------------------------------------------------------------------


def cross_heads(pack: Pack) -> tuple[str, ...]:
    """The standards that scenes are held against."""
    return tuple(_(model.short) for model in pack.capabilities)


def cross_standards(pack: Pack, scene: str) -> tuple[str, ...]:
    """Where a scene belongs in each of them; a dash where it belongs nowhere."""
    return tuple(_("、").join(_nodes(pack, model, scene)) or "—" for model in pack.capabilities)


def _nodes(pack: Pack, model: CapabilityModel, scene: str) -> Iterator[str]:
    members = speaking(pack, model.id)
    return (named(node) for node in model.nodes() if not node.parts and scene in members[node.id])
