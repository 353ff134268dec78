"""The figures behind each picture, as lines to paste into a spreadsheet."""

from collections.abc import Sequence

from assessor.diagnosis import Diagnosis
from assessor.report.charts import Ends, spokes
from assessor.report.context_index import indexes
from assessor.report.looks import load_looks
from assessor.report.wording import absent_text, level_span_text, rung_text
from assessor.scoring.figures import points_text, span_text
from assessor.scoring.result import Need, Span
from assessor.words import SIDES, _, named, ranged

Lines = Sequence[Sequence[str]]


def as_text(lines: Lines) -> str:
    """The lines with tabs between cells."""
    return "\n".join("\t".join(line) for line in lines) + "\n"


def _span(span: Span) -> list[str]:
    return [points_text(span.low), points_text(span.high), points_text(span.most)]


def score_lines(diagnosis: Diagnosis) -> Lines:
    """Level and score of both sides."""
    result = diagnosis.main.result
    head = [_("哪一边"), _("等级"), _("最低分"), _("最高分"), _("满分")]
    sides = (result.claimed, result.verified)
    return [head, *([_(SIDES[side.side]), level_span_text(side), *_span(side.span)] for side in sides)]


def dimension_lines(diagnosis: Diagnosis) -> Lines:
    """Points by dimension and side."""
    result = diagnosis.main.result
    head = [_("维度"), _("哪一边"), _("最低分"), _("最高分"), _("满分")]
    rows = [
        [named(part), _(SIDES[side.side]), *_span(part.span)]
        for side in (result.claimed, result.verified)
        for part in side.dimensions
    ]
    return [head, *rows]


def spoke_lines(diagnosis: Diagnosis) -> Lines:
    """Shares by direction, in per cent."""
    head = [_("方向"), _("自报%"), _("核实%")]
    return [head, *([each.title, _ends(each.claimed), _ends(each.verified)] for each in spokes(diagnosis))]


def _ends(ends: Ends | None) -> str:
    if ends is None:
        return ""
    low, high = f"{100 * ends.low:.1f}", f"{100 * ends.high:.1f}"
    return low if low == high else ranged(low, high)


def scene_lines(diagnosis: Diagnosis) -> Lines:
    """The trade's scenes with their levels."""
    head = [_("编号"), _("场景"), _("自报"), _("核实"), _("状态")]
    rows = []
    for scene in diagnosis.scenes:
        levels = ["" if level is None else rung_text(level) for level in (scene.claimed, scene.verified)]
        state = "" if scene.counting is not None else absent_text(scene.state)
        rows.append([scene.question.id, named(scene.question), *levels, state])
    return [head, *rows]


def gap_lines(diagnosis: Diagnosis) -> Lines:
    """What the next level asks for, and what is there."""
    gate = diagnosis.main.result.counting.next_gate
    head = [_("条件"), _("要"), _("现有最低"), _("现有最高"), _("还差")]
    if gate is None:
        return [head]
    return [
        head,
        [_("总分"), *(points_text(value) for value in _need(gate.score))],
        [_("场景"), *(str(value) for value in _need(gate.scenes))],
        [_("约束性场景"), *(str(value) for value in _need(gate.binding))],
    ]


def _need(need: Need) -> tuple[int, int, int, int]:
    return need.need, need.low, need.high, need.missing


def point_lines(diagnosis: Diagnosis) -> Lines:
    """The questions with points still open."""
    head = [_("编号"), _("题目"), _("得分"), _("还可加")]
    spans = {item.id: item.span for item in diagnosis.main.result.counting.questions}
    gaps = diagnosis.main.gaps.points if diagnosis.main.gaps else ()
    titles = {gap.question: named(diagnosis.pack.questions[gap.question]) for gap in gaps}
    rows = [
        [key, title, span_text(spans[key]), points_text(gap.open)]
        for gap, (key, title) in zip(gaps, titles.items(), strict=True)
    ]
    return [head, *rows]


def index_lines(diagnosis: Diagnosis, place: int) -> Lines:
    """The parts of an index on the side that counts."""
    view = indexes(diagnosis, load_looks().light)[place]
    head = [_("维度（权重）"), _("部分"), _("权重"), _("得分")]
    return [head, *([part.dimension, named(part), part.weight, part.value] for part in view.parts)]
