"""The pane beside the plan: one action, why it is in, why then, what it costs and what must be kept."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from assessor.gui.parts import Text, button, chip, clear, column, fill, row, scroll
from assessor.pack.record import Cite
from assessor.report.lift_words import lift_text
from assessor.report.roadmap_words import money_text, quarter_text, score_of
from assessor.roadmap.explain import Planned
from assessor.roadmap.plan import Roadmap
from assessor.words import SOURCE_KINDS, SURE, _, named

_WIDTH, _WIDER = 304, 368


class DetailPane(QWidget):
    """Shows the action in hand; its two buttons do what keys and menu do."""

    def __init__(self, pin: Callable[[], object], off: Callable[[], object]) -> None:
        super().__init__()
        fill(self, "panel")
        self.setFixedWidth(_WIDTH)
        self._lines = column(gap=6)
        self._content = QWidget()
        fill(self._content, "panel")
        self._content.setLayout(column(self._lines, None, margin=(0, 0, 8, 0)))
        self.pin = button(_("定在这个季度"), pin, "small")
        self.off = button(_("不做这一项"), off, "small")
        self._tools = QWidget()
        self._tools.setLayout(row(self.pin, self.off, None, gap=6))
        area = scroll(self._content, _("这一项的说明"), keys=True)
        down = column(self._tools, area, gap=8, margin=(16, 14, 8, 12))
        down.setStretch(1, 1)
        self.setLayout(down)
        self.show_nothing()

    def set_wide(self, wide: bool) -> None:
        """More room for the text where the window has it."""
        self.setFixedWidth(_WIDER if wide else _WIDTH)

    def show_nothing(self, said: str = "") -> None:
        """No action is in hand."""
        self._tools.hide()
        clear(self._lines)
        self._lines.addWidget(
            Text(said or _("排出来以后，选一项举措，这里说明为什么做它、为什么排在这时。"), "quiet")
        )

    def show_action(self, roadmap: Roadmap, one: Planned, *, pinned: bool, kept: bool) -> None:
        """Everything about one action of the plan."""
        clear(self._lines)
        self._tools.show()
        words = _("不再定死季度") if pinned else _("定在这个季度")
        self.pin.setText(words)
        self.pin.setAccessibleName(words)
        self._put(Text(named(one.action), "section"))
        tags = row(chip(_(one.action.kind)), gap=6)
        if kept:
            tags.addWidget(chip(_("费用高低都该做"), "green"))
        if one.cures:
            tags.addWidget(chip(_("解除红线"), "red"))
        tags.addStretch(1)
        self._lines.addLayout(tags)
        self._put(Text(_when(roadmap, one), "quiet"))
        self._put(Text(one.action.do))
        self._part(_("为什么做"), _why(roadmap, one))
        self._part(_("为什么排在这时"), _why_then(one))
        self._part(_("做完才能做"), [named(roadmap.task.candidates[name].action) for name in one.unlocks])
        self._part(_("花多少"), _costs(roadmap, one))
        pack = roadmap.task.start.pack
        self._part(_("提升什么"), [lift_text(pack, lift) for lift in one.lifts])
        benefit = one.action.benefit
        self._part(
            _("好处"), [_("{text}（{source}）").format(text=benefit.text, source=source_text(benefit.cite))]
        )
        self._part(_("当心"), [one.action.risk] if one.action.risk else [])
        self._part(_("做完要留下的证据"), one.action.evidence)

    def _part(self, title: str, lines: Sequence[str]) -> None:
        if not lines:
            return
        self._lines.addSpacing(4)
        self._put(Text(title, "strong", wrap=False))
        mark = "· " if len(lines) > 1 else ""
        for line in lines:
            self._put(Text(f"{mark}{line}").selectable())

    def _put(self, made: Text) -> None:
        made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._lines.addWidget(made)


def source_text(cite: Cite) -> str:
    """What kind of statement it rests on, and how sure that is."""
    return _("{kind}，{sure}").format(kind=_(SOURCE_KINDS[cite.kind]), sure=_(SURE[cite.sure]))


def _when(roadmap: Roadmap, one: Planned) -> str:
    first, last = (quarter_text(roadmap.task, quarter) for quarter in (one.start, one.finish))
    return first if one.start == one.finish else _("{first}—{last}").format(first=first, last=last)


def _why(roadmap: Roadmap, one: Planned) -> Sequence[str]:
    titles = {line.id: line.title for line in roadmap.task.lines}
    lines = [_("用来解除红线：{line}").format(line=titles.get(name, name)) for name in one.cures]
    if one.worth > 0:
        lines.append(_("不做它，期末少 {score} 分").format(score=score_of(one.worth)))
    if one.unlocks:
        lines.append(_("后面 {count} 项要靠它").format(count=len(one.unlocks)))
    return lines or [_("这是为别的举措铺路，或按要求列入")]


def _why_then(one: Planned) -> Sequence[str]:
    if one.hold is None:
        return [_("第一季度就开始，不能更早")]
    if not one.hold.broken:
        return [_("再早也行，但排在这里整个方案更好")]
    lines = [_("再早一季度就会：{limit}").format(limit=limit.text) for limit in one.hold.broken]
    if one.hold.change:
        lines.append(_("要提前：{change}").format(change=one.hold.change))
    return lines


def _costs(roadmap: Roadmap, one: Planned) -> Sequence[str]:
    price, action = one.candidate.price, one.action
    lines = [
        _("一共 {middle}（低 {low}，高 {high}）").format(
            middle=money_text(price.middle), low=money_text(price.low), high=money_text(price.high)
        )
    ]
    if price.grant:
        told = _("确定的奖补 {grant}，自己付 {net}")
        lines.append(told.format(grant=money_text(price.grant), net=money_text(price.net)))
        titles = {policy.id: policy.title for policy in roadmap.task.start.pack.policies}
        for grant in roadmap.claim.grants:
            if grant.action == one.id:
                said = _("奖补来自“{title}”：{amount}")
                lines.append(said.format(title=titles[grant.policy], amount=money_text(grant.amount)))
    yearly = action.yearly_wan.get(roadmap.task.start.offered)
    if yearly and yearly[1]:
        low, high = yearly
        span = f"{low.normalize():f}—{high.normalize():f}" if low != high else f"{low.normalize():f}"
        lines.append(_("以后每年还要 {span} 万元").format(span=span))
    told = _("自己的人手：信息化 {it} 人天，业务 {ops} 人天")
    lines.append(told.format(it=f"{float(one.candidate.it):g}", ops=f"{float(one.candidate.ops):g}"))
    lines.append(_("费用依据：{source}").format(source=source_text(action.cite)))
    return lines
