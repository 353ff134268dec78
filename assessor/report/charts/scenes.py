"""The plant at a glance: the trade's scenes as tiles, in the order in which material flows."""

from collections.abc import Sequence

from assessor.answers.model import AnswerState
from assessor.diagnosis import SceneView
from assessor.report.charts.marks import DOTS, WIDTH, dot, heading, sizes
from assessor.report.charts.svg import Drawing, listed, text_width, wrap
from assessor.report.looks import Theme
from assessor.report.wording import absent_text, rung_text
from assessor.words import _, named

_COLUMNS, _GAP, _TILE = 4, 12.0, 84.0
_WIDE = (WIDTH - _GAP * (_COLUMNS - 1)) / _COLUMNS
_GONE = (AnswerState.NOT_APPLICABLE, AnswerState.NOT_ASKED)


def scene_map(scenes: Sequence[SceneView], theme: Theme) -> str:
    """One tile a scene, coloured and named by the level that counts."""
    rows = -(-len(scenes) // _COLUMNS)
    height = 36 + rows * (_TILE + _GAP) + 22
    drawing = Drawing(WIDTH, height, scenes_title(scenes), _desc(scenes))
    top = heading(drawing, theme)
    for index, scene in enumerate(scenes):
        x = index % _COLUMNS * (_WIDE + _GAP)
        y = top + index // _COLUMNS * (_TILE + _GAP)
        _tile(drawing, scene, x, y, theme)
        if index % _COLUMNS < _COLUMNS - 1 and index + 1 < len(scenes):
            _arrow(drawing, x + _WIDE, y + _TILE / 2, theme)
    _legend(drawing, scenes, height - 14, theme)
    return drawing.svg()


def scenes_title(scenes: Sequence[SceneView]) -> str:
    """The finding: how many run on systems, and where it is lowest."""
    levels = [scene.counting for scene in scenes if scene.counting is not None]
    if not levels:
        return _("行业场景还没有作答")
    whole = all(scene.counting is not None or scene.state in _GONE for scene in scenes)
    head = (
        _("{count} 个场景").format(count=len(levels))
        if whole
        else _("已答的 {count} 个场景").format(count=len(levels))
    )
    high = sum(1 for level in levels if level >= 2)
    middle = _("中 {high} 个到了 2 级及以上").format(high=high) if high else _("都没到 2 级")
    if min(levels) == max(levels):
        return _("{head}都是 {levels} 级").format(head=head, levels=levels[0])
    names = [named(scene.question) for scene in scenes if scene.counting == min(levels)]
    tail = (
        _("最低的是{names}").format(names=names[0])
        if len(names) == 1
        else _("{count} 个只到 {min} 级").format(count=len(names), min=min(levels))
    )
    return _("{head}{middle}，{tail}").format(head=head, middle=middle, tail=tail)


def _desc(scenes: Sequence[SceneView]) -> str:
    return listed([f"{named(scene.question)} {_said(scene)}" for scene in scenes])


def _said(scene: SceneView) -> str:
    if scene.counting is None:
        return absent_text(scene.state)
    return f"{rung_text(scene.counting)}{_other(scene)}"


def _other(scene: SceneView) -> str:
    both = scene.claimed is not None and scene.verified is not None
    return (
        _("（自报 {claimed}）").format(claimed=scene.claimed)
        if both and scene.claimed != scene.verified
        else ""
    )


def _tile(drawing: Drawing, scene: SceneView, x: float, y: float, theme: Theme) -> None:
    size, level = sizes(), scene.counting
    gone = scene.state in _GONE
    front, quiet = (theme.quiet, theme.quiet) if gone else (theme.ink, theme.quiet)
    if level is not None:
        front = quiet = theme.on_levels[level]
    _back(drawing, scene, x, y, theme)
    drawing.text(x + 10, y + 14, f"{scene.question.id}  {_(scene.question.process)}", size.note - 1, quiet)
    lines = wrap(named(scene.question), size.label, _WIDE - 18)
    for index, line in enumerate(lines):
        drawing.text(x + 10, y + 31 + 15 * index, line, size.label, front, bold=not gone)
    text = absent_text(scene.state) if level is None else rung_text(level)
    drawing.text(x + 10, y + _TILE - 14, text, size.label, front)
    if level is not None:
        _ladder(drawing, scene, (x + _WIDE - 10, y + _TILE - 14), front, theme.levels[level])


def _back(drawing: Drawing, scene: SceneView, x: float, y: float, theme: Theme) -> None:
    level = scene.counting
    if level is not None:
        edge = theme.outline if level < 2 else theme.levels[level]
        drawing.rect(
            x + 0.5,
            y + 0.5,
            _WIDE - 1,
            _TILE - 1,
            round=4,
            fill=theme.levels[level],
            stroke=edge,
            stroke_width=1,
        )
    elif scene.state in _GONE:
        drawing.rect(x, y, _WIDE, _TILE, round=4, fill=theme.panel)
    else:
        drawing.rect(
            x + 1,
            y + 1,
            _WIDE - 2,
            _TILE - 2,
            round=4,
            fill=theme.ground,
            stroke=theme.outline,
            stroke_width=1.5,
            stroke_dasharray=DOTS,
        )


def _ladder(drawing: Drawing, scene: SceneView, place: tuple[float, float], colour: str, back: str) -> None:
    """Five rungs: a filled dot where verified stands, a hollow one where the claim stands."""
    (right, y), step = place, 13.0
    left = right - step * 4 - 4
    drawing.line(left, y, left + step * 4, y, stroke=colour, stroke_width=1)
    for level in range(5):
        drawing.line(left + step * level, y - 2, left + step * level, y + 2, stroke=colour, stroke_width=1)
    if scene.claimed is not None and scene.claimed != scene.verified:
        x = left + step * scene.claimed
        drawing.circle(x, y, 4, fill=back, stroke=colour, stroke_width=1.5)
    if scene.verified is not None:
        drawing.circle(left + step * scene.verified, y, 4.5, fill=colour)


def _arrow(drawing: Drawing, x: float, y: float, theme: Theme) -> None:
    tip = x + _GAP - 3
    drawing.path(
        [(x + 3, y - 4), (tip, y), (x + 3, y + 4)], fill="none", stroke=theme.outline, stroke_width=1.5
    )


def _legend(drawing: Drawing, scenes: Sequence[SceneView], y: float, theme: Theme) -> None:
    size, x = sizes(), 0.0
    text = _("颜色越深等级越高，0—4 级；")
    drawing.text(x, y, text, size.note, theme.quiet)
    x += max(14 * size.note, text_width(text, size.note) + 10)
    seen = any(scene.verified is not None for scene in scenes)
    dot(drawing, x + 5, y, "claimed", theme, 4)
    told = _("企业自报") + (_("（与核实不同时标出）") if seen else "")
    drawing.text(x + 14, y, told, size.note, theme.quiet)
    if seen:
        x += 14 + max(15 * size.note, text_width(told, size.note) + 10)
        dot(drawing, x + 5, y, "verified", theme, 4)
        drawing.text(x + 14, y, _("现场核实"), size.note, theme.quiet)
