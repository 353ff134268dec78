"""Other standards in words: one line each, and what stands behind it. For paper, window and terminal."""

from collections.abc import Iterable, Iterator

from assessor.answers.firm import industry_name
from assessor.diagnosis import Diagnosis
from assessor.pack.maturity import ReportedModel
from assessor.pack.standard import LadderModel, StandardModel
from assessor.report.charts.reach import reach_of
from assessor.report.wording import number_text
from assessor.scoring.index_result import ReportedResult
from assessor.scoring.standard_document import reason_text
from assessor.scoring.standard_result import (
    CapabilityResult,
    GateStanding,
    LadderResult,
    LadderSide,
    NodeReading,
    PaperHeld,
    RungStanding,
    StandardResult,
)
from assessor.words import SURE, _, named, ranged

MET = {True: "达到", False: "没达到", None: "看不出"}
STANDINGS = {"valid": "在有效期内", "expired": "已过有效期", "unknown": "有效期没有写明"}


def standing_text(result: StandardResult) -> str:
    """What can be said at all, in one line that names the standard."""
    return _("{short}：{told}").format(short=_(result.model.short), told=told_text(result))


def told_text(result: StandardResult) -> str:
    """What can be said at all."""
    told = _states(result) if isinstance(result, CapabilityResult) else _gates(result.counting)
    return _("{level}。{told}。").format(level=_level(result), told=told)


def _level(result: StandardResult) -> str:
    if result.reasons:
        return _("不评级") if isinstance(result, CapabilityResult) else _("不判到哪一级")
    low, high = level_ends(result)
    names = level_names(result.model)
    return (
        names[low] if low == high else _("{names}到{names2}之间").format(names=names[low], names2=names[high])
    )


def level_ends(result: StandardResult) -> tuple[int, int]:
    """The level at both ends; 0 where there is none."""
    if isinstance(result, LadderResult):
        return result.counting.level_low or 0, result.counting.level_high or 0
    total = result.counting.total
    return (total.level_low, total.level_high) if total else (0, 0)


def level_names(model: StandardModel) -> dict[int, str]:
    """Name of each level, the one below the lowest included."""
    levels = model.rungs if isinstance(model, LadderModel) else model.levels
    return {0: _("未达最低一级"), **{level.level: named(level) for level in levels}}


def _states(result: CapabilityResult) -> str:
    leaves = list(leaves_of(result))
    spoken = sum(not leaf.silent for leaf in leaves)
    roots = [node for node in result.counting.nodes if node.depth == 0]
    low, high, most = (sum(getattr(node, end) for node in roots) for end in ("low", "high", "most"))
    have = str(low) if low == high else ranged(low, high)
    kind = _("子域") if any(node.depth for node in result.counting.nodes) else _("能力域")
    told = _("{count} 个{kind}里 {spoken} 个有题说到").format(count=len(leaves), kind=kind, spoken=spoken)
    return _("{told}，看得见的状态 {most} 个里做到 {have} 个").format(told=told, most=most, have=have)


def leaves_of(result: CapabilityResult) -> Iterator[NodeReading]:
    """The lowest nodes that this kind of plant has, on the side that counts."""
    return (node for node in result.counting.nodes if node.applies and not node.node.parts)


def next_rung(side: LadderSide) -> RungStanding:
    """The lowest rung not known to be met, the highest when all are."""
    unmet = (rung for rung in side.rungs if not all(gate.met for gate in (*side.common, *rung.gates)))
    return next(unmet, side.rungs[-1])


def _gates(side: LadderSide) -> str:
    rung = next_rung(side)
    gates = (*side.common, *rung.gates)
    return _("{name}读到 {count} 条条件，{counts}").format(
        name=named(rung.rung), count=len(gates), counts=counts_text(gates)
    )


def counts_text(gates: Iterable[GateStanding]) -> str:
    """How many are met, failed and open."""
    found = [gate.met for gate in gates]
    return _("，").join(
        _("{word} {count} 条").format(word=_(word), count=found.count(met))
        for met, word in MET.items()
        if met in found
    )


def why_text(result: StandardResult) -> str:
    """Why there is no level, as one sentence; empty where there is one."""
    reason = reason_text(result.reasons)
    return _("{reason}。").format(reason=reason) if reason else ""


def kind_text(diagnosis: Diagnosis, result: StandardResult) -> str:
    """Which kind of plant the weights are for, and why."""
    code = str(diagnosis.answers.fact("industry_code") or "")
    if not isinstance(result, CapabilityResult) or not result.model.types:
        return ""
    if result.kind is None:
        return _("行业不在流程型、离散型的清单里，权重定不下来。")
    return _("按{title}看（{industry}）。").format(
        title=named(result.kind), industry=industry_name(code, diagnosis.pack.industries)
    )


def weights_text(result: CapabilityResult) -> str:
    """The weights that are known, each with how sure it is; empty where the file states none."""
    stated = [node for node in result.counting.nodes if node.applies and node.weight is not None]
    if not stated:
        return ""
    titles = {part.id: named(node) for node in result.model.nodes() for part in node.parts}
    by_sure: dict[str, list[str]] = {}
    for node in stated:
        above = _("（占{titles}）").format(titles=titles[node.node.id]) if node.node.id in titles else ""
        value = f"{node.weight.value:f}%" if node.weight else ""
        sure = _(SURE[node.weight.cite.sure]) if node.weight else ""
        by_sure.setdefault(sure, []).append(f"{named(node.node)}{above} {value}")
    return _("；").join(
        _("{found}（{sure}）").format(found=_("、").join(found), sure=sure) for sure, found in by_sure.items()
    )


def sure_text(standing: GateStanding) -> str:
    """How sure a gate is."""
    return _(SURE[standing.gate.cite.sure])


def by_text(diagnosis: Diagnosis, standing: GateStanding) -> str:
    """What a gate was read from, or where to look."""
    items = diagnosis.pack.items
    titles = _("、").join(named(items[name]) for name in standing.speaks)
    if standing.gate.near:
        return _(standing.gate.near)
    if standing.by == "paper":
        return _("看有没有在有效期内的证书或名单")
    if standing.by == "answers":
        return titles
    return _("没有同口径的题；可参看{titles}").format(titles=titles) if titles else _("没有问到")


def paper_text(held: PaperHeld) -> str:
    """One paper: grade, number, issuer, until when."""
    parts = [
        held.grade or _("没有写等级"),
        _("编号 {number}").format(number=held.number) if held.number else "",
        held.issuer,
        _("{year} 年").format(year=held.year) if held.year else "",
        _("有效期至 {valid_until}").format(valid_until=held.valid_until) if held.valid_until else "",
        _(STANDINGS[held.standing]),
        _("现场看过") if held.seen else _("企业自报"),
    ]
    return _("，").join(part for part in parts if part)


def held_line(held: ReportedResult) -> str:
    """A result as it stands on its paper, in one line that names it."""
    return _("{title}：{held}").format(title=named(held.model), held=held_text(held))


def held_text(held: ReportedResult) -> str:
    """A result as it stands on its paper."""
    stages = {str(level.level): named(level) for level in held.model.levels}
    parts = [
        _("{year} 年").format(year=held.year) if held.year is not None else "",
        held.issuer or "",
        _("得 {number} 分").format(number=number_text(held.score)) if held.score is not None else "",
        _("阶段为{stage}").format(stage=stages.get(held.stage, held.stage)) if held.stage else "",
    ]
    said = _("，").join(part for part in parts if part) or _("没有填评估结果")
    return _("{said}。照报告抄录，不换算。").format(said=said)


def proves_lines(held: ReportedResult | StandardResult) -> tuple[str, ...]:
    """The papers, each in a line, and what they prove."""
    papers = held.model.papers
    lines = (
        tuple(
            _("{item}：{paper}。").format(item=_(papers.item), paper=paper_text(one)) for one in held.papers
        )
        if papers
        else ()
    )
    told = _(held.model.proves) if isinstance(held.model, ReportedModel) else ""
    graded = isinstance(held, ReportedResult) and (held.stage is not None or held.score is not None)
    return (*((told,) if told and graded else ()), *lines, *((_(papers.proves),) if papers and lines else ()))


def standard_lines(diagnosis: Diagnosis) -> Iterator[str]:
    """What `score` prints of other standards."""
    for result in diagnosis.standards:
        yield _("{title}（{id}）").format(title=named(result.model), id=result.model.id)
        yield f"  {standing_text(result)}"
        yield f"  {why_text(result)}{kind_text(diagnosis, result)}{_(result.model.says)}"
        if isinstance(result, CapabilityResult):
            for node in result.counting.nodes:
                if node.applies:
                    yield _("  {value}{title}：{told}").format(
                        value="  " * (node.depth + 1), title=named(node.node), told=reach_of(node).told
                    )
        else:
            yield from _ladder_lines(diagnosis, result)
        yield from (f"  {line}" for line in proves_lines(result))


def _ladder_lines(diagnosis: Diagnosis, result: LadderResult) -> Iterator[str]:
    side = result.counting
    for name, gates in ((_("各级都要"), side.common), *((named(one.rung), one.gates) for one in side.rungs)):
        yield f"    {name}"
        for gate in gates:
            told = _("{title}：{met}（{by}；{sure}）").format(
                title=named(gate.gate),
                met=_(MET[gate.met]),
                by=by_text(diagnosis, gate),
                sure=sure_text(gate),
            )
            yield f"      {told}"
