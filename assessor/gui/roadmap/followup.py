"""The plan the firm goes by: each action ticked done, late or dropped, and promised beside measured."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from assessor.commands import now
from assessor.commands.following import FollowUp
from assessor.gui.editors.base import Line
from assessor.gui.parts import Combo, Notice, Text, button, card, clear, column, restyle, row, sign
from assessor.pack.model import Pack
from assessor.report.lift_words import promise_text
from assessor.report.roadmap_words import score_of
from assessor.report.wording import date_text, ordinal
from assessor.roadmap.followup import Mark, Progress, Promise, Pursued, State
from assessor.words import _

STATES: dict[State | None, str] = {None: "还没做完", "done": "做完了", "late": "延期", "dropped": "不做了"}
_WHEN: dict[State, str] = {"done": "哪天做完", "late": "改到哪天", "dropped": "哪天决定"}


class ActionRow(QWidget):
    """One action of the accepted plan. `said` carries its id and a `Mark`, or None to take it back."""

    said = Signal(str, object)

    def __init__(self, one: Pursued, when: str, pack: Pack, jump: Callable[[str], object]) -> None:
        super().__init__()
        self.one, self._pack = one, pack
        self.state = Combo(_("{title}：做得怎样").format(title=one.title))
        for state, words in STATES.items():
            self.state.addItem(_(words), state)
        self.day = Line(_("{title}：日期").format(title=one.title), "2027-03-31")
        self.remark = Line(_("{title}：备注").format(title=one.title), _("备注"))
        self.state.setFixedWidth(112)
        self.day.setFixedWidth(112)
        self._jump = jump
        title = Text(one.title, "strong")
        head = column(title, Text(when, "note", wrap=False), gap=0)
        line = row(gap=8)
        line.addLayout(head, 1)
        for made in (self.state, self.day):
            line.addWidget(made)
        line.addWidget(self.remark, 1)
        self._below = column(gap=2)
        self.setLayout(column(line, self._below, gap=4, margin=(0, 4, 0, 4)))
        self._show()
        self.state.activated.connect(lambda _place: self._chosen())
        for made in (self.day, self.remark):
            made.settled.connect(self._tell)

    def _show(self) -> None:
        mark, one = self.one.mark, self.one
        self.state.setCurrentIndex(list(STATES).index(mark.state if mark else None))
        self.day.setText(mark.date if mark else "")
        self.remark.setText(mark.remark if mark else "")
        self._enable()
        clear(self._below)
        for other in one.others:
            self._below.addWidget(Text(_("另有人说：{said}").format(said=_mark_text(other)), "amber"))
        for promise in one.promises:
            if one.due or (mark is not None and mark.state == "done"):
                self._below.addWidget(self._promise(promise))
        if one.due and mark is None:
            self._below.addWidget(Text(_("按方案这时该做完了"), "amber"))

    def _promise(self, promise: Promise) -> QWidget:
        text = promise_text(self._pack, promise)
        line = row(Text(text, "green" if promise.met else "amber"), gap=6)
        line.setStretch(0, 1)
        if not promise.met:
            go = button(_("去核对"), partial(self._jump, promise.question), "small")
            go.setAccessibleName(_("去核对：{title}").format(title=promise.title))
            line.addWidget(go)
        made = QWidget()
        made.setLayout(line)
        return made

    def _enable(self) -> None:
        state = self.state.currentData()
        for made in (self.day, self.remark):
            made.setEnabled(state is not None)
        self.day.setToolTip(_(_WHEN[state]) if state else "")

    def _chosen(self) -> None:
        """Another state; what is done is done today unless another day is typed."""
        state = self.state.currentData()
        if state is not None and not self.day.text() and state != "late":
            self.day.setText(now().date().isoformat())
        self._enable()
        self._tell()

    def _tell(self) -> None:
        state, day = self.state.currentData(), self.day.text().strip()
        wrong = state is not None and bool(day) and not _is_day(day)
        restyle(self.day, "fault", wrong)
        if wrong:
            self.day.setToolTip(_("日期请写成 2027-03-31"))
            return
        mark = None if state is None else Mark(state, day, self.remark.text().strip())
        self.said.emit(self.one.id, mark)


class FollowLine(QFrame):
    """At the top of the page: that there is an accepted plan, how far it is, and the way to it."""

    def __init__(self, bring: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("notice", "accent")
        self.text = Text("")
        line = row(
            sign("info", "accent"),
            self.text,
            button(_("看进展"), bring, "small"),
            gap=8,
            margin=(12, 4, 8, 4),
        )
        line.setStretch(1, 1)
        self.setLayout(line)

    def show_plan(self, found: FollowUp) -> None:
        """Count what is done and what should be."""
        actions = found.progress.actions
        done = sum(one.mark is not None and one.mark.state == "done" for one in actions)
        late = sum(one.due and (one.mark is None or one.mark.state == "late") for one in actions)
        told = _("{day}采纳过一个方案：{count} 项里做完 {done} 项")
        said = told.format(day=date_text(found.accepted.at[:10]), count=len(actions), done=done)
        if late:
            said += _("，{late} 项到期没做完").format(late=late)
        self.text.setText(said)


class FollowBlock(QFrame):
    """The accepted plan. `said` as of a row; `withdrawn` when it is to hold no longer."""

    said = Signal(str, object)
    withdrawn = Signal()

    def __init__(self, pack: Pack, jump: Callable[[str], object]) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._pack, self._jump = pack, jump
        self.rows: dict[str, ActionRow] = {}
        self._lines = column(gap=8, margin=(16, 12, 16, 12))
        self.setLayout(self._lines)

    def show_plan(self, found: FollowUp, model: str) -> None:
        """The plan as it stands now."""
        clear(self._lines)
        said = _("{day}采纳，{by}").format(day=date_text(found.accepted.at[:10]), by=found.accepted.by)
        undo = [button(_("不再按它走"), self.withdrawn.emit, "small")] if found.own else []
        self._lines.addLayout(row(Text(said, "quiet", wrap=False), None, *undo))
        self._lines.addWidget(measures(found.progress, model))
        for text in notes(found):
            self._lines.addWidget(Notice(text, "accent"))
        self.rows = {}
        for one in found.progress.actions:
            made = ActionRow(one, _quarters(found.progress, one), self._pack, self._jump)
            made.said.connect(self.said)
            self.rows[one.id] = made
            self._lines.addWidget(made)


def measures(progress: Progress, model: str) -> QFrame:
    """Four figures beside each other: before, promised by now, measured now, promised in the end."""
    now_level = progress.now.level_low if progress.now else 0
    tiles = (
        (_("定方案时"), progress.before, progress.level_before),
        (_("按方案到今天该有"), progress.promised_now, None),
        (_("这次诊断量出来"), progress.now.low if progress.now else None, now_level),
        (_("方案答应到期末"), progress.promised, progress.level_promised),
    )
    grid = QGridLayout()
    grid.setContentsMargins(12, 8, 12, 8)
    grid.setHorizontalSpacing(20)
    for place, (title, score, level) in enumerate(tiles):
        grid.addWidget(Text(title, "note", wrap=False), 0, place)
        text = "—" if score is None else _("{score} 分").format(score=score_of(score))
        if level is not None and score is not None:
            text += f"　{ordinal(level)}"
        grid.addWidget(Text(text, "section", wrap=False).selectable(), 1, place)
        grid.setColumnStretch(place, 1)
    grid.addWidget(Text(gain_text(progress, model)).selectable(), 2, 0, 1, len(tiles))
    return card(grid, soft=True)


def gain_text(progress: Progress, model: str) -> str:
    """Promised against measured, in one sentence."""
    if progress.now is None or progress.before is None or progress.promised_now is None:
        return _("{model}这次算不出分，没法和方案比。").format(model=model)
    measured = progress.now.low - progress.before
    promised = progress.promised_now - progress.before
    told = _("{model}：按方案到今天该提高 {promised} 分，量出来{measured}。")
    if measured > 0:
        said = _("提高 {score} 分").format(score=score_of(measured))
    elif measured < 0:
        said = _("低了 {score} 分").format(score=score_of(-measured))
    else:
        said = _("没有变化")
    return told.format(model=model, promised=score_of(promised), measured=said)


def notes(found: FollowUp) -> list[str]:
    """What to know about the comparison."""
    told = []
    if found.own:
        told.append(_("现在的答案还是定方案时的那次诊断；做完以后改答案，或下次再诊断，就能和方案对照。"))
    if not found.progress.same_version:
        told.append(_("定方案时用的是另一版问卷，两次得分只能大致相比。"))
    return told


def _quarters(progress: Progress, one: Pursued) -> str:
    """When an action was to run, and for how much."""
    if progress.first is None:
        first, last = (_("第 {quarter} 季度").format(quarter=at) for at in (one.first, one.last))
    else:
        ends = (progress.first.plus(at - 1) for at in (one.first, one.last))
        first, last = (_("{year}年第{number}季度").format(year=q.year, number=q.number) for q in ends)
    span = first if one.first == one.last else f"{first}—{last}"
    return _("{span}，{money} 万元").format(span=span, money=f"{one.net_cost:g}")


def _mark_text(mark: Mark) -> str:
    parts = [_(STATES[mark.state]), mark.date, mark.remark, mark.by]
    return _("，").join(part for part in parts if part)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
