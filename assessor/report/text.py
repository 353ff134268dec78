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
from assessor.words import FINDINGS, NOTES, SIDES, STATES, sentence


def verdict_text(diagnosis: Diagnosis) -> str:
    """Everything `score` prints."""
    lines = [line for verdict in diagnosis.verdicts for line in _verdict(verdict)]
    lines += [line for index in diagnosis.indexes for line in _index(index)]
    lines += [line for held in diagnosis.reported for line in (held_line(held), *proves_lines(held))]
    lines += standard_lines(diagnosis)
    lines += [f"未评：{problem}" for problem in diagnosis.refused]
    lines[:0] = [
        f"{_COLOURS[line.colour]} {line.id} {line.title}：{line.text}" for line in diagnosis.red_lines
    ]
    if diagnosis.findings:
        lines.append("\n疑点")
        lines += [
            f"  {'、'.join(finding.ids)}：{sentence(FINDINGS, finding.code, finding.values)}"
            for finding in diagnosis.findings
        ]
    return "\n".join(lines)


def level_name(model: PointsModel, low: int, high: int) -> str:
    """A level by name, or both ends."""
    names = {
        level.level: f"{level.level} 级 {level.name}" if level.level else level.name for level in model.levels
    }
    return names[low] if low == high else f"{names[low]}—{names[high]}"


def _verdict(verdict: Verdict) -> Iterator[str]:
    model, result = verdict.result.model, verdict.result
    yield f"{model.title}（{model.id}）"
    for side in (result.claimed, result.verified):
        mark = "（以此为准）" if side.side == result.headline else ""
        cuts = [milli(gate.score) for gate in model.gates.rows]
        level = level_name(model, side.level_low, side.level_high)
        yield f"  {SIDES[side.side]}：{level}，{span_text(side.span, cuts)} 分{mark}"
    counting = result.counting
    yield from _gates(counting)
    yield "  得分依据"
    for part in explain(model, counting).parts:
        yield from _tree(part, 4)
    for note in counting.notes:
        yield f"  注：{sentence(NOTES, note.code, note.values)}"


_COLOURS = {"red": "【红线】", "amber": "【提醒】"}


def _index(index: IndexResult) -> Iterator[str]:
    model = index.model
    yield f"{model.title}（{model.id}）"
    for side in (index.claimed, index.verified):
        mark = "（以此为准）" if side.side == index.headline else ""
        names = {level.level: level.name for level in model.levels}
        low, high = side.level_low, side.level_high
        stage = names[low] if low == high else f"{names[low]}—{names[high]}"
        score = f"{span_text(side.span)} 分" if side.span else "不出分"
        yield f"  {SIDES[side.side]}：{stage}，{score}{mark}"
    yield "  得分依据"
    for dimension in index.counting.dimensions:
        for part in dimension.parts:
            yield f"    {dimension.title}·{part.title}（权重 {part.weight:g}）：{part_text(part)}"
    stage_check = index.counting.next_stage
    for need in stage_check.needs if stage_check else ():
        if need.met is not True:
            yield f"  升到下一阶段：{need_text(need)}"
    for note in index.counting.notes:
        yield f"  注：{sentence(NOTES, note.code, note.values)}"


def part_text(part: PartScore) -> str:
    """A part's value as the fraction it is: 11.25 ÷ 30 = 37.5%."""
    if part.left or part.share_low is None or part.share_high is None:
        return "不适用，不计"
    scale = 1000 if part.unit == "points" else 1
    top = f"{part.low / scale:.4g}"
    share = f"{100 * part.share_low:.1f}%"
    if part.low != part.high:
        top, share = f"{top}—{part.high / scale:.4g}", f"{share}—{100 * part.share_high:.1f}%"
    return f"{top} ÷ {part.most / scale:.4g} = {share}"


def need_text(need: StageNeed) -> str:
    """What a stage asks for, what there is, and the least that would do."""
    if need.low is None or need.high is None:
        return f"{need.title}不低于 {need.need:g}%：没有适用的题目，无法判断"
    have = f"{need.low:.1f}%" if need.low == need.high else f"{need.low:.1f}%—{need.high:.1f}%"
    lift = f"，至少要提升 {'、'.join(need.lift)}" if need.lift else ""
    return f"{need.title}不低于 {need.need:g}%，现在 {have}{lift}"


def _gates(side: SideResult) -> Iterator[str]:
    gate = side.next_gate
    if gate is not None:
        yield f"  距 {gate.level} 级还差：{missing_text(gate) or '无（待确认的答案补齐后即达）'}"


def missing_text(gate: GateCheck) -> str:
    """What a gate still lacks at the low end, in one phrase; empty when nothing."""
    parts = [
        (gate.score, f"{points_text(gate.score.missing)} 分"),
        (gate.scenes, f"{gate.scenes.missing} 个达到 {gate.level} 级的场景"),
        (gate.binding, f"{gate.binding.missing} 个达到 {gate.level} 级的约束性场景"),
    ]
    return "、".join(text for need, text in parts if _lacks(need))


def _lacks(need: Need) -> bool:
    return need.missing > 0


def _tree(node: Explanation, indent: int) -> Iterator[str]:
    name = f"{node.question} {node.title}" if node.question else node.title
    state = "" if node.state in (None, "answered") else f"（{STATES[str(node.state)]}）"
    most = points_text(node.span.most, decimals=3).rstrip("0").rstrip(".")
    yield f"{' ' * indent}{name}：{_exact(node)} / {most} 分{state}"
    for part in node.parts:
        yield from _tree(part, indent + 2)


def _exact(node: Explanation) -> str:
    def figure(value: int) -> str:
        return points_text(value, decimals=3).rstrip("0").rstrip(".")

    low = figure(node.span.low)
    return low if node.span.known else f"{low}—{figure(node.span.high)}"
