"""The roadmap of the open assessment: what is wanted, the plan, why, and what becomes of it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from assessor.commands import following
from assessor.commands.following import FollowUp
from assessor.commands.roadmap import Made
from assessor.errors import UserError
from assessor.gui.banner import error_line
from assessor.gui.parts import Notice, Text, add, button, clear, column, panel, row, scroll
from assessor.gui.roadmap.blocks import clash_block, red_block
from assessor.gui.roadmap.controls import Controls
from assessor.gui.roadmap.detail import DetailPane
from assessor.gui.roadmap.files import PlanFiles
from assessor.gui.roadmap.followup import FollowBlock, FollowLine
from assessor.gui.roadmap.gantt import GanttView
from assessor.gui.roadmap.hand import Hand
from assessor.gui.roadmap.head import Head
from assessor.gui.roadmap.planner import Planned, Planner
from assessor.gui.roadmap.tail import Tail
from assessor.gui.roadmap.wishes import Wishes, size_of, wishes_of
from assessor.gui.session import Session
from assessor.roadmap.clash import Change
from assessor.roadmap.followup import Mark
from assessor.roadmap.plan import Roadmap
from assessor.roadmap.request import models_of
from assessor.words import _, named

_WIDE = 1500
_SIZE_FACTS = ("employees", "revenue_wan")
_TICK_MS = 1000


class RoadmapPage(QWidget):
    """`jumped` carries the question or fact someone wants to look at."""

    jumped = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._answers: object = None
        self.hand: Hand | None = None
        self.follow: FollowUp | None = None
        self.planner = Planner(self)
        self.planner.planned.connect(self._show_plan)
        self.planner.refused.connect(self._refused)
        self.planner.sure.connect(self._show_sure)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show_busy)
        self.controls = Controls()
        self.controls.changed.connect(lambda _wishes: self.replan())
        self.head = Head(self.give_up)
        self.state = column(gap=6)
        self.gantt = GanttView()
        self.detail = DetailPane(self._toggle_pin, self._switch_off)
        self.follow_block = FollowBlock(session.pack, self.jumped.emit)
        self.follow_line = FollowLine(self.bring_follow)
        self.accept = button(_("采纳这个方案"), self.take_up, "primary")
        self.files = PlanFiles(session, self.accept, self._made)
        self.tail = Tail()
        self._reds = column(gap=0)
        self._lay_out()
        self._listen()

    def _lay_out(self) -> None:
        self._plan = QWidget()
        self._plan.setLayout(column(self.gantt, self.files, self.tail, gap=12))
        self._follow_title = Text(_("已采纳的方案"), "page")
        content = panel(
            column(
                self.controls,
                self.follow_line,
                self.head,
                self.state,
                self._reds,
                self._plan,
                self._follow_title,
                self.follow_block,
                None,
                gap=10,
                margin=(24, 16, 24, 32),
            )
        )
        self.area = scroll(content, _("路线图"))
        across = row(self.area, self.detail, gap=0)
        across.setStretch(0, 1)
        self.setLayout(across)
        for made in (self._plan, self.follow_line, self._follow_title, self.follow_block):
            made.hide()

    def _listen(self) -> None:
        self.gantt.chosen.connect(self._show_detail)
        self.gantt.moving.connect(self._try)
        self.gantt.moved.connect(self._move)
        self.gantt.put_back.connect(self._put_back)
        self.gantt.pin.connect(lambda _name: self._toggle_pin())
        self.gantt.off.connect(lambda _name: self._switch_off())
        self.tail.wanted.connect(self._add)
        self.tail.allowed.connect(lambda name: self.want(self.wishes.switched(name, on=True)))
        self.tail.jumped.connect(self.jumped)
        self.tail.curve_wanted.connect(self._ask_curve)
        self.planner.curved.connect(self.tail.show_curve)
        self.follow_block.said.connect(self._mark)
        self.follow_block.withdrawn.connect(self._withdraw)
        self._session.changed.connect(lambda _touched: self.refresh() if self.isVisible() else None)

    # -- come and go

    def take_focus(self) -> None:
        """Where the keyboard begins: the plan when there is one, else what is wanted."""
        (self.gantt if self.gantt.isVisible() else self.controls.goal).setFocus()

    def refresh(self) -> None:
        """Plan anew when answers have changed since; follow what was ticked elsewhere."""
        self._load_follow()
        if self._answers is None and self.follow is not None and self.wishes == Wishes():
            self.controls.show_wishes(wishes_of(self.follow.accepted.content))
        if self._session.answers is not self._answers:
            self._answers = self._session.answers
            self.replan()

    def end(self) -> None:
        """Give up what is under way."""
        self.planner.stop()

    @property
    def wishes(self) -> Wishes:
        """What is wanted now."""
        return self.controls.wishes

    # -- plan

    def replan(self) -> None:
        """Work out the plan for what is wanted now; the old one stays until then."""
        session = self._session
        size = size_of(session.answers)
        if size is None:
            self._missing_size()
            return
        self.controls.show()
        self.controls.prepare(session.diagnosis, size)
        done = self.follow.done if self.follow else frozenset()
        near = self.hand.planned.roadmap.schedule if self.hand else None
        self.planner.ask(session.pack, session.answers, self.wishes.request(session.pack, done), near)
        self._tick.start()
        self._show_busy()

    def want(self, wishes: Wishes) -> None:
        """Want something else, and plan for it."""
        self.controls.show_wishes(wishes)
        self.replan()

    @property
    def _planned(self) -> Hand | None:
        """The plan that is shown, None while there is none or the limits clash."""
        return self.hand if self.hand is not None and self.hand.planned.roadmap.clash is None else None

    def _show_busy(self) -> None:
        """How long it has taken so far; the way out is there while it runs."""
        busy, hand = self.planner.is_planning, self._planned
        self.head.stop.setVisible(busy)
        if not busy:
            self._tick.stop()
        elif hand is None:
            self.head.say_busy(self.planner.seconds)
        else:
            self.head.say_plan(hand, self.planner.seconds)

    def give_up(self) -> None:
        """Stop planning; the plan before stays, and is said to be that of other wishes."""
        self.planner.stop()
        self._show_busy()
        clear(self.state)
        if self._planned is None:
            self.head.say(_("还没有路线图"))
        else:
            self._planned.back()
            self._redraw()
        said = _("已停止；没有按现在的要求排完。")
        again = row(Notice(said, "amber"), button(_("接着排"), self.replan), None, gap=8)
        self.state.addLayout(again)

    def _show_plan(self, found: Planned) -> None:
        roadmap = found.roadmap
        self.hand = Hand(found)
        self._show_busy()
        clear(self.state)
        clear(self._reds)
        reds = red_block(roadmap, self._stop_line)
        if reds is not None:
            add(self._reds, reds)
        if roadmap.clash is not None:
            self._show_clash(roadmap)
            return
        self._plan.show()
        self.gantt.setVisible(bool(roadmap.actions))
        self._redraw(keep_rows=False)
        if not roadmap.actions:
            self._nothing(roadmap)
        self._show_detail(self.gantt.current)
        self.tail.show_plan(roadmap)

    def _redraw(self, *, keep_rows: bool = True) -> None:
        """Picture, verdict and proof of the plan as it lies there."""
        hand = self._planned
        if hand is not None:
            self.gantt.show_plan(hand.view(self.wishes.pins), keep_rows=keep_rows)
            self.head.say_plan(hand, self.planner.seconds if self.planner.is_planning else None)

    def _show_clash(self, roadmap: Roadmap) -> None:
        assert roadmap.clash is not None
        self.head.say(_("按现在的限制排不出路线图"))
        self._plan.hide()
        self.detail.show_nothing(_("先改一处限制，排出来以后这里说明每一项。"))
        add(
            self.state,
            clash_block(roadmap.clash, self._use, lambda one: self.wishes.changed_by(one) is not None),
        )

    def _use(self, change: Change) -> None:
        wishes = self.wishes.changed_by(change)
        if wishes is not None:
            self.want(wishes)

    def _nothing(self, roadmap: Roadmap) -> None:
        """A plan without any action: say whether all is done or nothing can be afforded."""
        if roadmap.task.candidates:
            said = _("按现在的预算和人手，一项也排不进来；看看下面每一项的原因。")
        else:
            said = _("没有可以再排的举措：能提升的都已做到，或还有题没有答。")
        add(self.state, Notice(said, "accent"))

    def _show_sure(self, kept: frozenset[str]) -> None:
        if self.hand is not None:
            self.hand.kept = kept
            self._redraw()
            self._show_detail(self.gantt.current)

    def _refused(self, error: UserError) -> None:
        self._show_busy()
        clear(self.state)
        if self._planned is None:
            self.head.say(_("还排不了路线图"))
        else:
            self._planned.back()
            self._redraw()
        add(self.state, Notice(error_line(error), "red"))
        if self.wishes.pins:
            free = button(_("不再定死任何季度"), lambda: self.want(replace(self.wishes, pins={})))
            self.state.addLayout(row(free, None))

    def _missing_size(self) -> None:
        """Without the firm's size there are no prices."""
        self.planner.stop()
        self.controls.hide()
        self._plan.hide()
        self.hand = None
        self._show_busy()
        why = _("费用、人手和预算都按规模给默认值；填好从业人数和上年营业收入就能排。")
        self.head.say(_("还不知道企业规模，排不了路线图"), why)
        clear(self.state)
        self.detail.show_nothing()
        for fact in _SIZE_FACTS:
            item = self._session.pack.items.get(fact)
            if item is not None:
                said = _("去填{title}").format(title=named(item))
                self.state.addLayout(row(button(said, partial(self.jumped.emit, fact)), None))

    # -- by hand

    def _try(self, name: str, quarter: int) -> None:
        """The plan as it would be with a bar elsewhere: at once, with the limits it breaks."""
        if self.hand is not None:
            self.hand.move(name, quarter)
            self._redraw()

    def _put_back(self) -> None:
        """The bar in hand to where it was."""
        if self.hand is not None:
            self.hand.undo()
            self._redraw()

    def _move(self, name: str, quarter: int) -> None:
        """Hold an action to a quarter; what can never be is said and put back."""
        if self.hand is None:
            return
        one = self.hand.planned.roadmap.task.candidates.get(name)
        if one is not None and quarter < one.earliest:
            self._put_back()
            told = _("“{title}”最早第 {quarter} 季度才能开始，前面的事做不完")
            self.head.refuse(told.format(title=named(one.action), quarter=one.earliest) + _("。"))
            return
        self.hand.move(name, quarter)
        self.hand.let_go()
        self.want(self.wishes.pinned(name, quarter))
        self._redraw()

    def _toggle_pin(self) -> None:
        bar = self.gantt.bar(self.gantt.current)
        if bar is None:
            return
        pinned = bar.id in self.wishes.pins
        self.want(self.wishes.unpinned(bar.id) if pinned else self.wishes.pinned(bar.id, bar.start))
        self._redraw()

    def _switch_off(self) -> None:
        if self.gantt.bar(self.gantt.current) is not None:
            self.want(self.wishes.switched(self.gantt.current, on=False))

    def _add(self, name: str) -> None:
        """Put an action in that the plan left out, as early as it can begin."""
        if self.hand is not None:
            self.want(self.wishes.pinned(name, self.hand.planned.roadmap.task.candidates[name].earliest))

    def _stop_line(self, line: str, stopped: bool) -> None:
        self.want(self.wishes.with_stopped(line, stopped=stopped))

    def _ask_curve(self) -> None:
        if self.hand is not None:
            self.planner.ask_curve(self.hand.planned.roadmap)

    def _made(self) -> Made | None:
        """The plan as it is written to a file."""
        if self.hand is None:
            return None
        return Made(self.hand.planned.roadmap, self.hand.kept, self.tail.points)

    def _show_detail(self, name: str) -> None:
        roadmap = self.hand.planned.roadmap if self.hand else None
        one = next((each for each in roadmap.actions if each.id == name), None) if roadmap else None
        if self.hand is None or roadmap is None or one is None:
            self.detail.show_nothing()
        else:
            pinned, kept = name in self.wishes.pins, name in self.hand.kept
            self.detail.show_action(roadmap, one, pinned=pinned, kept=kept)

    # -- what becomes of it

    def take_up(self) -> None:
        """Keep this plan as the one the firm goes by."""
        made = self._made()
        if made is None or self.planner.is_planning:
            return
        desk, key = self._session.desk, self._session.key
        self._safely(lambda: following.accept(desk.store, key, made.roadmap, made.kept, desk.by))
        self._load_follow()
        self.bring_follow()

    def _withdraw(self) -> None:
        desk, key = self._session.desk, self._session.key
        self._safely(lambda: following.withdraw(desk.store, key, desk.by))
        self._load_follow()
        self.replan()

    def _mark(self, action: str, said: Mark | None) -> None:
        desk, found = self._session.desk, self.follow
        if found is None:
            return
        self._safely(lambda: following.mark(desk.store, found.accepted, action, said, desk.by))
        self._load_follow()
        if self.follow is not None and self.follow.done != found.done:
            self.replan()

    def _safely(self, write: Callable[[], object]) -> None:
        try:
            write()
        except UserError as error:
            clear(self.state)
            add(self.state, Notice(error_line(error), "red"))

    def _load_follow(self) -> None:
        session = self._session
        self.follow = following.follow_up(session.desk.store, session.key, session.pack, session.answers)
        there = self.follow is not None
        self.follow_line.setVisible(there)
        self._follow_title.setVisible(there)
        self.follow_block.setVisible(there)
        self.accept.setText(_("改用这个方案") if there else _("采纳这个方案"))
        if self.follow is not None:
            model = self.follow.progress.model
            names = {one.id: _(one.short) for one in models_of(session.pack)}
            self.follow_block.show_plan(self.follow, names.get(model, model))
            self.follow_line.show_plan(self.follow)

    def bring_follow(self) -> None:
        """Scroll to the plan the firm goes by."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        bar = self.area.verticalScrollBar()
        top = self._follow_title.mapTo(self.area.viewport(), QPoint(0, 0)).y()
        bar.setValue(bar.value() + top - 16)

    # -- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.detail.set_wide(self.width() >= _WIDE)
