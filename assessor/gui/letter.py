"""The parts of the results: read from top to bottom like a letter."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QWidget

from assessor.answers.model import Side
from assessor.diagnosis import Diagnosis, SceneView
from assessor.gui.chart import Chart
from assessor.gui.editors.flow import Flow
from assessor.gui.editors.oneside import SideLabel
from assessor.gui.parts import SIGNS, Notice, Text, Tone, button, card, column, row, sign
from assessor.gui.skin import skin
from assessor.gui.tables import (
    dimension_lines,
    gap_lines,
    index_lines,
    point_lines,
    scene_lines,
    score_lines,
    spoke_lines,
)
from assessor.report import charts
from assessor.report.charts.marks import shown_sides, was_seen
from assessor.report.context_index import indexes
from assessor.report.context_method import red_lines
from assessor.report.looks import Theme
from assessor.report.wording import (
    level_sentence,
    level_span_text,
    missing_of,
    missing_text,
    rung_text,
    score_text,
    verdict_sentence,
)
from assessor.words import FINDINGS, NOTES, SIDES, _, named, sentence

Jump = Callable[[str], object]
_JOIN = "\u2060"
"""Word joiner: keeps what stands on both sides on one line."""


def verdict_block(diagnosis: Diagnosis) -> QWidget:
    """One sentence, and what the next level takes."""
    verdict = diagnosis.main
    said = [missing_of(verdict)] if verdict.gaps else [_("已是最高等级。")]
    other = level_sentence(verdict)
    if other:
        said.append(_("{text}。").format(text=other))
    lines = [Text(unbroken(verdict_sentence(diagnosis)), "verdict").selectable()]
    lines += [Text(text, "section").selectable() for text in said]
    lines.append(Text(_scope(diagnosis), "quiet").selectable())
    return _holder(column(*lines, gap=10))


def unbroken(text: str) -> str:
    """A range such as 7.0—46.5 is not torn apart at the end of a line."""
    return text.replace("—", f"{_JOIN}—{_JOIN}").replace("–", f"{_JOIN}–{_JOIN}")


def red_block(diagnosis: Diagnosis) -> QWidget:
    """Where the legal floor is broken or weak, each with the cheapest lawful way out."""
    lines = column(gap=8)
    for line in red_lines(diagnosis):
        tone: Tone = "red" if line.colour == "red" else "amber"
        head = Text(_("{word}：{title}").format(word=line.word, title=line.title), "strong").selectable()
        cure = _("怎么办：{cure}").format(cure=line.cure) + (
            _("（{effort}）").format(effort=line.effort) if line.effort else ""
        )
        words = column(head, Text(line.text).selectable(), Text(cure).selectable(), gap=2)
        words.addWidget(Text(line.cite, "note").selectable())
        mark = sign(SIGNS[tone], tone, 18)
        inner = row(mark, words, gap=10, margin=(14, 10, 14, 10))
        inner.setStretch(1, 1)
        inner.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        made = QFrame()
        made.setProperty("notice", tone)
        made.setLayout(inner)
        lines.addWidget(made)
    lines.addWidget(Text(_("这里只作提示，不是执法结论。"), "quiet"))
    return _holder(lines)


def index_block(diagnosis: Diagnosis, place: int) -> QWidget:
    """One more index: its sentence, its shape, and what its next stage asks for."""
    view = indexes(diagnosis, skin().theme)[place]
    parts: list[QWidget] = [Text(view.sentence, "section").selectable()]
    if view.radar:
        pair = row(gap=24)
        for name in ("radar", "bars"):
            made = Chart(partial(_index_chart, diagnosis, place, name), lambda: index_lines(diagnosis, place))
            pair.addWidget(made, 1)
        parts.append(_holder(pair))
    if view.needs:
        parts.append(Text(_("到{stage}阶段的条件").format(stage=view.next_stage), "strong"))
    for need in view.needs:
        lift = _("；可先补：{lift}").format(lift=need.lift) if need.lift else ""
        said = _("{title} {need}，{value} {have}，{met}{lift}").format(
            title=named(need), need=need.need, value=_("现有"), have=need.have, met=need.met, lift=lift
        )
        parts.append(Text(said).selectable())
    parts += [Notice(note, "accent") for note in view.notes]
    parts.append(Text(view.cite, "note").selectable())
    return _holder(column(*parts, gap=10))


def _index_chart(diagnosis: Diagnosis, place: int, name: str, theme: Theme) -> str:
    view = indexes(diagnosis, theme)[place]
    return view.radar if name == "radar" else view.bars


def _scope(diagnosis: Diagnosis) -> str:
    """How much of the questionnaire the verdict rests on."""
    progress, model = diagnosis.progress, diagnosis.main.result.model
    told = _("依据 {model}；问到 {asked} 题，已有着落 {settled} 题")
    text = told.format(model=named(model), asked=progress.asked, settled=progress.settled)
    return _("{text}。").format(text=text)


def sides_block(diagnosis: Diagnosis) -> QWidget:
    """Claimed and verified beside each other, with the difference."""
    result = diagnosis.main.result
    tiles = row(gap=12)
    for side in shown_sides(result):
        tiles.addWidget(_side_tile(diagnosis, side.side), 1)
    if was_seen(result):
        tiles.addWidget(_difference_tile(diagnosis), 1)
    else:
        tiles.addStretch(1)
    return _holder(tiles)


def _side_tile(diagnosis: Diagnosis, side: Side) -> QFrame:
    result = diagnosis.main.result
    counts = _("（以此为准）") if side == result.headline else ""
    head = row(SideLabel(side, f"{_(SIDES[side])}{counts}"), None)
    return card(
        column(
            head,
            Text(level_span_text(result.on(side)), "page").selectable(),
            Text(_("{score} 分").format(score=score_text(result, side))).selectable(),
            gap=4,
            margin=(16, 12, 16, 12),
        )
    )


def _difference_tile(diagnosis: Diagnosis) -> QFrame:
    """Verified against claimed: points at the low end, and how many answers differ."""
    result = diagnosis.main.result
    gap = result.verified.span.low - result.claimed.span.low
    sign_text = "+" if gap > 0 else ("−" if gap < 0 else "±")
    items = diagnosis.answers.items.values()
    both = [answer for answer in items if answer.value is not None and answer.verified is not None]
    differ = sum(answer.value != answer.verified for answer in both)
    return card(
        column(
            Text(_("核实比自报"), "note", wrap=False),
            Text(_("{sign}{points} 分").format(sign=sign_text, points=missing_text(abs(gap))), "page"),
            Text(_("{both} 题两边都有，{differ} 题不同").format(both=len(both), differ=differ)),
            gap=4,
            margin=(16, 12, 16, 12),
        ),
        soft=True,
    )


def score_block(diagnosis: Diagnosis) -> QWidget:
    """The score on its line."""
    return Chart(lambda theme: charts.score_scale(diagnosis.main, theme), lambda: score_lines(diagnosis))


def gaps_block(diagnosis: Diagnosis, jump: Jump) -> QWidget:
    """What the next level asks for, which scenes are nearest, where points are left."""
    verdict, pack = diagnosis.main, diagnosis.pack
    parts: list[QWidget] = [
        Chart(lambda theme: charts.gap_bars(verdict, pack, theme), lambda: gap_lines(diagnosis))
    ]
    if verdict.gaps is not None and verdict.gaps.points:
        parts.append(
            Chart(lambda theme: charts.point_gaps(verdict, pack, theme), lambda: point_lines(diagnosis))
        )
        first = [gap.question for gap in verdict.gaps.points[:5]]
        parts.append(links(_("去看："), [(key, named(pack.questions[key])) for key in first], jump))
    return _holder(column(*parts, gap=16))


def shape_block(diagnosis: Diagnosis) -> QWidget:
    """Dimensions in points, and the shape over all directions beside the same figures as bars."""
    result = diagnosis.main.result
    parts: list[QWidget] = [
        Chart(lambda theme: charts.dimension_bars(result, theme), lambda: dimension_lines(diagnosis))
    ]
    directions = charts.spokes(diagnosis)
    if 4 <= len(directions) <= 8:
        pair = QHBoxLayout()
        pair.setSpacing(24)
        for draw in (charts.radar, charts.spoke_bars):
            made = Chart(partial(draw, directions), lambda: spoke_lines(diagnosis))
            pair.addWidget(made, 1)
        parts.append(_holder(pair))
    return _holder(column(*parts, gap=16))


def scenes_block(diagnosis: Diagnosis, jump: Jump) -> QWidget:
    """The plant as a heat map, then what stands highest and lowest."""
    chart = Chart(lambda theme: charts.scene_map(diagnosis.scenes, theme), lambda: scene_lines(diagnosis))
    high = _scene_card(_("做得好的"), diagnosis.strengths(), jump)
    low = _scene_card(_("先补的"), diagnosis.weaknesses(), jump)
    pair = row(high, low, gap=12)
    pair.setStretch(0, 1)
    pair.setStretch(1, 1)
    return _holder(column(chart, pair, gap=16))


def _scene_card(title: str, scenes: Iterable[SceneView], jump: Jump) -> QFrame:
    lines = column(Text(title, "strong", wrap=False), gap=2, margin=(16, 12, 16, 12))
    found = list(scenes)
    for scene in found:
        key = scene.question.id
        level = rung_text(scene.counting or 0)
        words = f"{key}　{named(scene.question)}　{level}"
        lines.addWidget(
            button(words, partial(jump, key), "link", name=words), alignment=Qt.AlignmentFlag.AlignLeft
        )
    if not found:
        lines.addWidget(Text(_("还没有。"), "quiet"))
    lines.addStretch(1)
    return card(lines)


def findings_block(diagnosis: Diagnosis, jump: Jump) -> QWidget:
    """Every doubt, each with the way to its question."""
    lines = column(gap=6)
    for finding in diagnosis.findings:
        key = finding.ids[0]
        item = diagnosis.pack.items.get(key)
        title = named(item) if item else key
        text = Text(
            _("{title}：{sentence}").format(
                title=title, sentence=sentence(FINDINGS, finding.code, finding.values)
            )
        ).selectable()
        go = button(_("去核对"), partial(jump, key), "small", name=_("去核对：{title}").format(title=title))
        line = row(sign("doubt", "amber"), text, go, gap=8, margin=(12, 6, 8, 6))
        line.setStretch(1, 1)
        made = QFrame()
        made.setProperty("notice", "amber")
        made.setLayout(line)
        lines.addWidget(made)
    if not diagnosis.findings:
        lines.addWidget(Text(_("没有发现互相矛盾或反常的答案。"), "quiet"))
    return _holder(lines)


def notes_block(diagnosis: Diagnosis) -> QWidget:
    """What to know about the verdict, and the models that could not be computed."""
    lines = column(gap=6)
    for note in diagnosis.main.result.counting.notes:
        lines.addWidget(Notice(sentence(NOTES, note.code, note.values), "accent"))
    for problem in diagnosis.refused:
        lines.addWidget(
            Notice(_("{what}。{remedy}").format(what=problem.what, remedy=problem.remedy), "amber")
        )
    return _holder(lines)


def links(lead: str, targets: Iterable[tuple[str, str]], jump: Jump) -> QWidget:
    """Questions to go to, beside each other."""
    line = Flow(gap=4)
    line.addWidget(Text(lead, "quiet", wrap=False))
    for key, title in targets:
        line.addWidget(button(title, partial(jump, key), "link", name=f"{lead}{title}"))
    return _holder(line)


def _holder(layout: QLayout) -> QWidget:
    made = QWidget()
    made.setLayout(layout)
    return made
