"""The parts around the plan's picture: red lines, why there is no plan, what is left out, what money buys."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from assessor.gui.chart import Chart
from assessor.gui.parts import SIGNS, Notice, Text, Tone, button, card, column, row, sign
from assessor.gui.tables import Lines
from assessor.pack.rule import RedLine
from assessor.report import charts
from assessor.report.roadmap_words import model_title, money_text, quarter_text, score_of
from assessor.roadmap.clash import ALWAYS, Change, Clash
from assessor.roadmap.curve import Point
from assessor.roadmap.effects import scene_targets
from assessor.roadmap.explain import LeftOut
from assessor.roadmap.money import tenths
from assessor.roadmap.plan import Roadmap
from assessor.roadmap.task import Task
from assessor.words import _, named

Do = Callable[[str], object]
_SETTLED = ("in-place", "size", "facts", "no-scene", "nothing")
"""Reasons that no change of the limits would alter; such actions are only counted."""


def holder(*parts: QWidget, gap: int = 8) -> QWidget:
    """Parts under each other."""
    made = QWidget()
    made.setLayout(column(*parts, gap=gap))
    return made


# -- red lines -----------------------------------------------------------------------------------


def red_block(roadmap: Roadmap, stop: Callable[[str, bool], object]) -> QWidget | None:
    """Every broken red line and how it is put out; None when there is none.

    `stop` is told which line's process the firm decides to stop, or to keep going after all.
    """
    pack, stopped = roadmap.task.start.pack, roadmap.request.stopped
    still = [line for line in pack.rules.red_lines if line.id in stopped]
    if not roadmap.task.lines and not still:
        return None
    lines: list[QWidget] = [Text(_("先办红线"), "section")]
    lines += [_red(roadmap, line, stop) for line in roadmap.task.lines]
    lines += [_stopped(line, stop) for line in still]
    return holder(*lines, gap=6)


def _red(roadmap: Roadmap, line: RedLine, stop: Callable[[str, bool], object]) -> QFrame:
    words = column(Text(line.title, "strong").selectable(), Text(line.text).selectable(), gap=2)
    for said in _ways_out(roadmap, line):
        words.addWidget(Text(said).selectable())
    if line.cure.stops_production:
        made = _small(_("企业决定停下来"), line.title, partial(stop, line.id, True))
        words.addLayout(row(made, None))
    return _noticed(words, "red")


def _stopped(line: RedLine, stop: Callable[[str, bool], object]) -> QFrame:
    """A line that is put out by stopping, which this plan takes for granted."""
    told = _("“{title}”：这个方案按企业停下来排，停产损失不在费用里")
    text = Text(told.format(title=line.title)).selectable()
    inner = row(text, _small(_("不停，照常排"), line.title, partial(stop, line.id, False)), gap=8)
    inner.setStretch(0, 1)
    return _noticed(inner, "amber")


def _noticed(words: QLayout, tone: Tone) -> QFrame:
    mark = sign(SIGNS[tone], tone, 18)
    inner = row(mark, words, gap=10, margin=(14, 8, 14, 8))
    inner.setStretch(1, 1)
    inner.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
    made = QFrame()
    made.setProperty("notice", tone)
    made.setLayout(inner)
    return made


def _ways_out(roadmap: Roadmap, line: RedLine) -> Sequence[str]:
    """What the plan does about it, and the way out that only the firm can choose."""
    task = roadmap.task
    cured = next((one for one in roadmap.cures if one.remedy.line.id == line.id), None)
    if cured is not None and cured.actions:
        titles = _("、").join(
            _("{title}（{quarter}起）").format(
                title=named(task.candidates[name].action),
                quarter=quarter_text(task, roadmap.schedule[name]),
            )
            for name in cured.actions
        )
        ways = [_("方案里怎么办：做{titles}").format(titles=titles)]
    elif cured is not None:
        ways = [_("方案里怎么办：{text}{money}").format(text=line.cure.text, money=_about(cured.cost))]
    else:
        ways = [_digital(task, line)] if line.digital_cure else []
    cost = tenths(line.cure.cost_wan) if line.cure.cost_wan is not None else 0
    if line.cure.stops_production:
        told = _("也可以靠停下来解除，停不停由企业定：{text}{money}")
        ways.append(told.format(text=line.cure.text, money=_about(cost)))
    elif cured is None:
        ways.append(_("合法的解法：{text}{money}").format(text=line.cure.text, money=_about(cost)))
    return [way for way in ways if way]


def _digital(task: Task, line: RedLine) -> str:
    known = [task.candidates[name] for name in line.digital_cure if name in task.candidates]
    if not known:
        return ""
    titles = _("、").join(named(one.action) for one in known)
    cost = sum(one.price.net for one in known)
    return _("靠举措解除：{titles}，一共 {money}").format(titles=titles, money=money_text(cost))


def _about(cost: int) -> str:
    return _("（约 {money}）").format(money=money_text(cost)) if cost else ""


# -- no plan -------------------------------------------------------------------------------------


def clash_block(clash: Clash, use: Callable[[Change], object], usable: Callable[[Change], bool]) -> QWidget:
    """Which limits can't all be kept, and buttons for the smallest changes that help."""
    what = _("、").join(clash.limits) or ALWAYS
    told = _("这些限制不能同时满足：{what}。")
    if not clash.limits:
        told = _("{what}就排不下，放宽限制也没有用。")
    elif len(clash.limits) == 1:
        told = _("光是这一条就做不到：{what}。红线整改、前置条件和工期都要算在内。")
    parts: list[QWidget] = [Notice(told.format(what=what), "red")]
    if not clash.changes:
        parts.append(Text(_("只改其中一处都不够：试试把计划放长、降低目标，或同时放宽几处。")))
    for change in clash.changes:
        if usable(change):
            made = button(change.text, partial(use, change))
            line = row(Text(_("改一处就行："), wrap=False), made, None, gap=4)
            parts.append(_across(line))
        else:
            parts.append(Text(_("改一处就行：{change}").format(change=change.text)))
    return holder(*parts)


def _across(line: QLayout) -> QWidget:
    made = QWidget()
    made.setLayout(line)
    return made


# -- left out ------------------------------------------------------------------------------------


def left_out_block(roadmap: Roadmap, add: Do, again: Do, jump: Do) -> QWidget:
    """What is not in the plan, each with its reason and the way to change that."""
    shown = [one for one in roadmap.left_out if one.reason.code not in _SETTLED]
    rest = len(roadmap.left_out) - len(shown)
    lines = column(gap=4, margin=(16, 10, 16, 10))
    for one in shown:
        lines.addWidget(_left(roadmap, one, add, again, jump))
    if not shown:
        lines.addWidget(Text(_("能排的都排进来了。"), "quiet"))
    if rest:
        told = _("另有 {count} 项已经做到、不适用或对得分没有提升。")
        lines.addWidget(Text(told.format(count=rest), "quiet"))
    return card(lines)


def _left(roadmap: Roadmap, one: LeftOut, add: Do, again: Do, jump: Do) -> QWidget:
    text = Text(_("{title}：{text}").format(title=named(one.action), text=one.text)).selectable()
    line = row(text, gap=8)
    line.setStretch(0, 1)
    code, title = one.reason.code, named(one.action)
    if code == "without":
        line.addWidget(_small(_("再列入"), title, partial(again, one.action.id)))
    elif code in ("facts-unknown", "blank"):
        question = _question_of(one)
        if question:
            line.addWidget(_small(_("去答题"), title, partial(jump, question)))
    elif one.action.id in roadmap.task.candidates:
        line.addWidget(_small(_("一定要做"), title, partial(add, one.action.id)))
    made = QWidget()
    made.setLayout(line)
    return made


def _small(words: str, title: str, done: Callable[[], object]) -> QWidget:
    return button(words, done, "small", name=_("{words}：{title}").format(words=words, title=title))


def _question_of(one: LeftOut) -> str:
    ids = one.reason.values.get("ids")
    if isinstance(ids, tuple) and ids:
        return str(ids[0])
    return next(iter(scene_targets(one.action)), "")


# -- what more money buys ------------------------------------------------------------------------


def curve_block(roadmap: Roadmap, points: Sequence[Point]) -> QWidget:
    """The trade-off as a picture, with a word on what is not proven."""
    model = model_title(roadmap.task, roadmap.request.model)
    shown = round(sum(roadmap.evaluation.cash) * 10)
    chart = Chart(lambda theme: charts.curve_chart(points, model, theme, shown), lambda: curve_lines(points))
    parts: list[QWidget] = [chart]
    if not all(point.proven for point in points):
        parts.append(Text(_("有的点没有证明是最好的，真正的线可能再高一点。"), "note"))
    return holder(*parts)


def curve_lines(points: Sequence[Point]) -> Lines:
    """The figures behind the picture."""
    head = [_("共付（万元）"), _("期末得分"), _("期末等级"), _("每年预算（万元）")]
    return [
        head,
        *(
            [
                f"{point.cost / 10:g}",
                score_of(point.score),
                str(point.level),
                "" if point.budget is None else f"{point.budget / 10:g}",
            ]
            for point in points
        ),
    ]
