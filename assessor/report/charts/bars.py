"""Bars from zero: points by dimension, what the next level asks for, and where points are left."""

from dataclasses import dataclass

from assessor.answers.model import Side
from assessor.diagnosis import Gaps, PointGap, Verdict
from assessor.pack.model import Pack
from assessor.report.charts.marks import DOTS, WIDTH, heading, label, shown_sides, side_bar, side_name, sizes
from assessor.report.charts.svg import Drawing, listed, text_width, wrap
from assessor.report.looks import Theme
from assessor.report.wording import counter, level_sentence, missing_of, missing_text, ordinal, points_of
from assessor.scoring.figures import points_text
from assessor.scoring.result import DimensionScore, GateCheck, ModelResult, Need, SceneLevel, SideResult, Span
from assessor.words import _, named, ranged

_LABEL = 118.0
_VALUE = 132.0
_ROOM = WIDTH - _LABEL - _VALUE


def dimension_bars(result: ModelResult, theme: Theme) -> str:
    """One bar for each dimension and side, in points; a bar's track is as long as it could be."""
    sides = shown_sides(result)
    thick = 12.0 if len(sides) > 1 else 18.0
    pitch = thick * len(sides) + 22
    count = len(result.model.dimensions)
    drawing = Drawing(WIDTH, 36 + pitch * count + 18, dimensions_title(result), _dimensions_desc(result))
    top = heading(drawing, theme)
    widest = max((part.span.most for part in sides[0].dimensions), default=1)
    for row in range(count):
        for index, side in enumerate(sides):
            y = top + row * pitch + index * (thick + 3)
            _dimension(drawing, side.dimensions[row], side, (y, thick, widest), theme)
        middle = top + row * pitch + (thick * len(sides) + 3 * (len(sides) - 1)) / 2
        title = named(result.model.dimensions[row])
        label(drawing, (0, middle), title, _LABEL - 6, theme.ink, bold=True)
    _key_of_bars(drawing, sides, top + count * pitch + 2, theme)
    return drawing.svg()


def dimensions_title(result: ModelResult) -> str:
    """The finding: which dimension gives the smallest share of its points, if that is certain."""
    parts = [part for part in result.counting.dimensions if part.span.most]
    weakest = min(parts, key=lambda part: part.span.low / part.span.most)
    others = [part.span.low / part.span.most for part in parts if part is not weakest]
    if weakest.span.low == weakest.span.most:
        return _("各维度都得满分")
    if others and weakest.span.high / weakest.span.most > min(others):
        return _("题没答全，各维度得分率的高低还定不下来")
    return _("得分率最低的是{title}：{points_of} 分").format(
        title=named(weakest), points_of=points_of(weakest.span)
    )


def _dimensions_desc(result: ModelResult) -> str:
    return listed(
        [
            f"{side_name(side.side)} {named(part)} {points_of(part.span)}"
            for side in shown_sides(result)
            for part in side.dimensions
        ]
    )


def _dimension(
    drawing: Drawing,
    part: DimensionScore,
    side: SideResult,
    place: tuple[float, float, int],
    theme: Theme,
) -> None:
    y, thick, widest = place
    scale = _ROOM / widest
    drawing.rect(_LABEL, y, part.span.most * scale, thick, fill=theme.panel)
    side_bar(
        drawing,
        (_LABEL, y, thick),
        (part.span.low * scale, part.span.high * scale),
        side.side,
        theme,
    )
    x = _LABEL + part.span.most * scale + 8
    shown = points_of(part.span)
    share = _("（{share}）").format(share=_share(part.span)) if part.span.known else ""
    drawing.text(x, y + thick / 2, f"{shown}{share}", sizes().note, theme.ink)


def _share(span: Span) -> str:
    return f"{(200 * span.low + span.most) // (2 * span.most)}%" if span.most else ""


def _key_of_bars(drawing: Drawing, sides: tuple[SideResult, ...], y: float, theme: Theme) -> None:
    x = _LABEL
    for side in sides:
        hollow = side.side == "claimed"
        fill = theme.accent_soft if hollow else theme.accent
        drawing.rect(x + 0.75, y - 4, 16, 8, fill=fill, stroke=theme.accent, stroke_width=1.5)
        drawing.text(x + 24, y, side_name(side.side), sizes().note, theme.quiet)
        x += 24 + max(4 * sizes().note, text_width(side_name(side.side), sizes().note)) + 20
    if any(not part.span.known for side in sides for part in side.dimensions):
        drawing.rect(
            x + 0.75, y - 4, 16, 8, fill="none", stroke=theme.accent, stroke_width=1.5, stroke_dasharray=DOTS
        )
        drawing.text(x + 24, y, _("没答的题可能得到的分"), sizes().note, theme.quiet)


# -- what the next level asks for ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Condition:
    title: str
    need: Need
    most: int
    unit: str
    milli: bool

    def shown(self, value: int) -> str:
        return points_text(value, cuts=[self.need.need]) if self.milli else str(value)

    def have(self) -> str:
        low, high = self.shown(self.need.low), self.shown(self.need.high)
        return low if self.need.low == self.need.high else ranged(low, high)

    def wants(self) -> str:
        return points_text(self.need.need, decimals=0) if self.milli else str(self.need.need)

    def verdict(self) -> str:
        if self.need.met is True:
            return _("已够")
        figure = missing_text(self.need.missing) if self.milli else str(self.need.missing)
        missing = f"{figure} {self.unit}".rstrip()
        return (
            _("还差 {missing}").format(missing=missing)
            if self.need.met is False
            else _("按已答还差 {missing}").format(missing=missing)
        )


def gap_bars(verdict: Verdict, pack: Pack, theme: Theme) -> str:
    """What the next level asks for beside what is there; a note at the top level."""
    side = verdict.result.counting
    gate, gaps = side.next_gate, verdict.gaps
    if gate is None or gaps is None:
        return _at_the_top(verdict, theme)
    rows = _conditions(gate, side, verdict)
    lines = _nearest(gaps, pack)
    drawing = Drawing(WIDTH, 44 + 44 * len(rows) + 18 * len(lines), gaps_title(verdict), _gaps_desc(rows))
    top = heading(drawing, theme) + 8
    for index, row in enumerate(rows):
        _condition(drawing, row, top + index * 44, side, theme)
    for index, line in enumerate(lines):
        y = top + 44 * len(rows) + 6 + 18 * index
        drawing.text(0, y, line, sizes().note, theme.quiet)
    return drawing.svg()


def gaps_title(verdict: Verdict) -> str:
    """The finding: what is missing, or why the score is not enough."""
    gaps = verdict.gaps
    return level_sentence(verdict) or (missing_of(verdict).rstrip("。.") if gaps else _("已是最高等级"))


def _at_the_top(verdict: Verdict, theme: Theme) -> str:
    drawing = Drawing(WIDTH, 44, gaps_title(verdict), _("没有更高的等级。"))
    heading(drawing, theme)
    return drawing.svg()


def _conditions(gate: GateCheck, side: SideResult, verdict: Verdict) -> tuple[_Condition, ...]:
    level = ordinal(gate.level)
    total = int(verdict.result.model.total * 1000)
    binding = sum(1 for scene in side.scenes if scene.binding)
    return (
        _Condition(_("总分"), gate.score, total, _("分"), milli=True),
        _Condition(
            _("到{level}的场景").format(level=level), gate.scenes, len(side.scenes), counter(), milli=False
        ),
        _Condition(_("其中约束性场景"), gate.binding, binding, counter(), milli=False),
    )


def _gaps_desc(rows: tuple[_Condition, ...]) -> str:
    return listed(
        [
            _("{title}现有 {have}，要 {wants}，{verdict}").format(
                title=row.title, have=row.have(), wants=row.wants(), verdict=row.verdict()
            )
            for row in rows
        ]
    )


def _condition(drawing: Drawing, row: _Condition, y: float, side: SideResult, theme: Theme) -> None:
    size, thick = sizes(), 16.0
    scale = _ROOM / max(1, row.most)
    label(drawing, (0, y + thick / 2), row.title, _LABEL - 6, theme.ink, bold=True)
    drawing.rect(_LABEL, y, _ROOM, thick, fill=theme.panel)
    ends = (row.need.low * scale, row.need.high * scale)
    side_bar(drawing, (_LABEL, y, thick), ends, side.side, theme)
    x = _LABEL + row.need.need * scale
    drawing.line(x, y - 5, x, y + thick + 5, stroke=theme.ink, stroke_width=1.5, stroke_dasharray="4 2")
    drawing.path([(x, y - 9), (x + 4.5, y - 4.5), (x, y), (x - 4.5, y - 4.5)], closed=True, fill=theme.ink)
    drawing.text(
        x, y + thick + 11, _("要 {wants}").format(wants=row.wants()), size.note, theme.quiet, anchor="middle"
    )
    right = _LABEL + _ROOM + 10
    drawing.text(
        right,
        y + 1,
        _("现有 {have}").format(have=f"{row.have()} {row.unit}".rstrip()),
        size.note,
        theme.quiet,
    )
    done = row.need.met is True
    drawing.text(right, y + 16, row.verdict(), size.label, theme.green if done else theme.ink, bold=True)


def _now(scene: SceneLevel) -> str:
    return _("（现 {low} 级）").format(low=scene.low) if scene.low == scene.high else _("（未定）")


def _nearest(gaps: Gaps, pack: Pack) -> list[str]:
    if not gaps.scenes or not (gaps.scene_count or gaps.binding_count):
        return []
    names = [
        f"{named(pack.questions[scene.id])}{'★' if scene.binding else ''}{_now(scene)}"
        for scene in gaps.scenes[:8]
    ]
    text = _("离{ordinal}最近的场景：{names}。★ 为约束性场景。").format(
        ordinal=ordinal(gaps.level), names=_("、").join(names)
    )
    return wrap(text, sizes().note, WIDTH, lines=3)


# -- where points are left -----------------------------------------------------------------------


def point_gaps(verdict: Verdict, pack: Pack, theme: Theme, count: int = 8) -> str:
    """The questions with most points still open, most first."""
    gaps = verdict.gaps.points if verdict.gaps else ()
    rows = gaps[:count]
    drawing = Drawing(WIDTH, 40 + 26 * len(rows), points_title(verdict, pack), _points_desc(rows, pack))
    top = heading(drawing, theme)
    spans = {item.id: item.span for item in verdict.result.counting.questions}
    widest = max((spans[row.question].most for row in rows), default=1)
    side = verdict.result.headline
    for index, row in enumerate(rows):
        y = top + 26 * index
        _point_row(
            drawing, named(pack.questions[row.question]), spans[row.question], (y, widest, side), theme
        )
    return drawing.svg()


def points_title(verdict: Verdict, pack: Pack) -> str:
    """The finding: where most points are left."""
    rows = verdict.gaps.points if verdict.gaps else ()
    if not rows:
        return _("每一题都已得满分")
    first = _("和").join(named(pack.questions[row.question]) for row in rows[:2])
    return _("最能加分的是{first}，还可多得 {points} 分").format(
        first=first, points=points_text(sum(row.open for row in rows[:2]))
    )


def _points_desc(rows: tuple[PointGap, ...], pack: Pack) -> str:
    return listed(
        [
            _("{title}还可得 {points} 分").format(
                title=named(pack.questions[row.question]), points=points_text(row.open)
            )
            for row in rows
        ]
    )


def _point_row(
    drawing: Drawing, title: str, span: Span, place: tuple[float, int, Side], theme: Theme
) -> None:
    (y, widest, side), size = place, sizes()
    thick, scale = 14.0, _ROOM / widest
    label(drawing, (0, y + thick / 2), title, _LABEL - 6, theme.ink)
    left = _LABEL + span.high * scale
    drawing.rect(
        left + 0.5,
        y + 0.5,
        (span.most - span.high) * scale - 1,
        thick - 1,
        fill=theme.ground,
        stroke=theme.outline,
        stroke_width=1,
    )
    side_bar(drawing, (_LABEL, y, thick), (span.low * scale, span.high * scale), side, theme)
    x = _LABEL + span.most * scale + 8
    open_ = points_text(span.most - span.low)
    text = (
        _("可加 {open}（现 {points_of}）").format(open=open_, points_of=points_of(span))
        if span.known
        else _("未定，最多可加 {open}").format(open=open_)
    )
    drawing.text(x, y + thick / 2, text, size.note, theme.ink)
