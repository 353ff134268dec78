"""The verdicts as plain lines for a terminal: level, interval, gates and the tree down to the answers."""

from collections.abc import Iterator

from assessor.diagnosis import Diagnosis, Verdict
from assessor.pack.maturity import PointsModel
from assessor.report.standard_text import held_line, proves_lines, standard_lines
from assessor.scoring.compiled import milli
from assessor.scoring.explain import Explanation, explain
from assessor.scoring.figures import points_text, span_text
from assessor.scoring.index_result import IndexResult, PartScore, StageNeed
from assessor.scoring.result import GateCheck, Need, SideResult
from assessor.words import FINDINGS, NOTES, SIDES, STATES, _, named, ranged, sentence


def verdict_text(diagnosis: Diagnosis) -> str:
    """Everything `score` prints."""
    lines = [line for verdict in diagnosis.verdicts for line in _verdict(verdict)]
    lines += [line for index in diagnosis.indexes for line in _index(index)]
    lines += [line for held in diagnosis.reported for line in (held_line(held), *proves_lines(held))]
    lines += standard_lines(diagnosis)
    lines += [_("未评：{problem}").format(problem=problem) for problem in diagnosis.refused]
    lines[:0] = [
        _("{colours} {id} {title}：{text}").format(
            colours=_(_COLOURS[line.colour]), id=line.id, title=line.title, text=line.text
        )
        for line in diagnosis.red_lines
    ]
    if diagnosis.findings:
        lines.append(_("\n疑点"))
        lines += [
            _("  {ids}：{sentence}").format(
                ids=_("、").join(finding.ids), sentence=sentence(FINDINGS, finding.code, finding.values)
            )
            for finding in diagnosis.findings
        ]
    return "\n".join(lines)


def level_name(model: PointsModel, low: int, high: int) -> str:
    """A level by name, or both ends."""
    names = {
        level.level: _("{level} 级 {name}").format(level=level.level, name=named(level))
        if level.level
        else named(level)
        for level in model.levels
    }
    return names[low] if low == high else ranged(names[low], names[high])


def _verdict(verdict: Verdict) -> Iterator[str]:
    model, result = verdict.result.model, verdict.result
    yield _("{title}（{id}）").format(title=named(model), id=model.id)
    for side in (result.claimed, result.verified):
        mark = _("（以此为准）") if side.side == result.headline else ""
        cuts = [milli(gate.score) for gate in model.gates.rows]
        level = level_name(model, side.level_low, side.level_high)
        yield _("  {sides}：{level}，{span} 分{mark}").format(
            sides=_(SIDES[side.side]), level=level, span=span_text(side.span, cuts), mark=mark
        )
    counting = result.counting
    yield from _gates(counting)
    yield _("  得分依据")
    for part in explain(model, counting).parts:
        yield from _tree(part, 4)
    for note in counting.notes:
        yield _("  注：{sentence}").format(sentence=sentence(NOTES, note.code, note.values))


_COLOURS = {"red": "【红线】", "amber": "【提醒】"}


def _index(index: IndexResult) -> Iterator[str]:
    model = index.model
    yield _("{title}（{id}）").format(title=named(model), id=model.id)
    for side in (index.claimed, index.verified):
        mark = _("（以此为准）") if side.side == index.headline else ""
        names = {level.level: named(level) for level in model.levels}
        low, high = side.level_low, side.level_high
        stage = names[low] if low == high else ranged(names[low], names[high])
        score = _("{span} 分").format(span=span_text(side.span)) if side.span else _("不出分")
        yield _("  {sides}：{stage}，{score}{mark}").format(
            sides=_(SIDES[side.side]), stage=stage, score=score, mark=mark
        )
    yield _("  得分依据")
    for dimension in index.counting.dimensions:
        for part in dimension.parts:
            yield _("    {title}·{title2}（权重 {weight:g}）：{part}").format(
                title=named(dimension), title2=named(part), weight=part.weight, part=part_text(part)
            )
    stage_check = index.counting.next_stage
    for need in stage_check.needs if stage_check else ():
        if need.met is not True:
            yield _("  升到下一阶段：{need}").format(need=need_text(need))
    for note in index.counting.notes:
        yield _("  注：{sentence}").format(sentence=sentence(NOTES, note.code, note.values))


def part_text(part: PartScore) -> str:
    """A part's value as the fraction it is: 11.25 ÷ 30 = 37.5%."""
    if part.left or part.share_low is None or part.share_high is None:
        return _("不适用，不计")
    scale = 1000 if part.unit == "points" else 1
    top = f"{part.low / scale:.4g}"
    share = f"{100 * part.share_low:.1f}%"
    if part.low != part.high:
        top, share = ranged(top, f"{part.high / scale:.4g}"), ranged(share, f"{100 * part.share_high:.1f}%")
    return f"{top} ÷ {part.most / scale:.4g} = {share}"


def need_text(need: StageNeed) -> str:
    """What a stage asks for, what there is, and the least that would do."""
    if need.low is None or need.high is None:
        return _("{title}不低于 {need:g}%：没有适用的题目，无法判断").format(
            title=named(need), need=need.need
        )
    have = (
        f"{need.low:.1f}%"
        if need.low == need.high
        else _("{low:.1f}%—{high:.1f}%").format(low=need.low, high=need.high)
    )
    lift = _("，至少要提升 {lift}").format(lift=_("、").join(need.lift)) if need.lift else ""
    return _("{title}不低于 {need:g}%，现在 {have}{lift}").format(
        title=named(need), need=need.need, have=have, lift=lift
    )


def _gates(side: SideResult) -> Iterator[str]:
    gate = side.next_gate
    if gate is not None:
        yield _("  距 {level} 级还差：{value}").format(
            level=gate.level, value=missing_text(gate) or _("无（待确认的答案补齐后即达）")
        )


def missing_text(gate: GateCheck) -> str:
    """What a gate still lacks at the low end, in one phrase; empty when nothing."""
    parts = [
        (gate.score, _("{points} 分").format(points=points_text(gate.score.missing))),
        (
            gate.scenes,
            _("{missing} 个达到 {level} 级的场景").format(missing=gate.scenes.missing, level=gate.level),
        ),
        (
            gate.binding,
            _("{missing} 个达到 {level} 级的约束性场景").format(
                missing=gate.binding.missing, level=gate.level
            ),
        ),
    ]
    return _("、").join(text for need, text in parts if _lacks(need))


def _lacks(need: Need) -> bool:
    return need.missing > 0


def _tree(node: Explanation, indent: int) -> Iterator[str]:
    name = f"{node.question} {named(node)}" if node.question else named(node)
    state = (
        ""
        if node.state in (None, "answered")
        else _("（{states}）").format(states=_(STATES[str(node.state)]))
    )
    most = points_text(node.span.most, decimals=3).rstrip("0").rstrip(".")
    yield _("{value}{name}：{exact} / {most} 分{state}").format(
        value=" " * indent, name=name, exact=_exact(node), most=most, state=state
    )
    for part in node.parts:
        yield from _tree(part, indent + 2)


def _exact(node: Explanation) -> str:
    def figure(value: int) -> str:
        return points_text(value, decimals=3).rstrip("0").rstrip(".")

    low = figure(node.span.low)
    return low if node.span.known else ranged(low, figure(node.span.high))
