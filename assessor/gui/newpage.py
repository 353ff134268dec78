"""A new assessment: which trade, which mode, and who the firm is."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from assessor import commands
from assessor.answers.model import Answers, Mode, Value
from assessor.commands import shelf
from assessor.gui.choice import ChoiceRow
from assessor.gui.desk import Desk
from assessor.gui.factform import FactForm
from assessor.gui.helppane import HelpPane
from assessor.gui.parts import Text, add, button, clear, column, panel, row, rule, scroll
from assessor.pack.model import Pack
from assessor.report.wording import date_text
from assessor.store.store import AssessmentRow
from assessor.words import MODES, _

_ABOUT: Mapping[Mode, str] = {
    "self": "企业自己按现状填报",
    "onsite": "现场逐条核实，与自报分开记",
}


class NewPage(QWidget):
    """`started` carries the id of the new assessment."""

    started = Signal(int)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._firm: int | None = None
        self._pack: Pack | None = None
        self._mode: Mode = "self"
        self._facts: dict[str, Value] = {}
        self.form: FactForm | None = None
        self.trades = {
            info.id: self._trade(info.id, desk.pack_title(info.id), info.questions) for info in desk.usable()
        }
        self.modes: dict[Mode, ChoiceRow] = {
            mode: ChoiceRow(_(MODES[mode]), _(about), partial(self.choose_mode, mode))
            for mode, about in _ABOUT.items()
        }
        self._earlier: AssessmentRow | None = None
        self._from_earlier = True
        self.begins = {
            True: ChoiceRow(_("从上次答案开始"), _("带入企业自报的答案"), partial(self.choose_begin, True)),
            False: ChoiceRow(_("从头填"), _("只带企业信息，题目都空着"), partial(self.choose_begin, False)),
        }
        beside = row(*self.begins.values(), gap=12)
        for place in range(beside.count()):
            beside.setStretch(place, 1)
        self._begin_part = panel(column(8, beside, 4, gap=0))
        self._begin_part.hide()
        self._title = Text(_("新建诊断"), "page")
        self._lead = Text("", "quiet")
        self._holder = QVBoxLayout()
        self._holder.setContentsMargins(0, 0, 0, 0)
        self.missing = Text("", "quiet")
        self.start: QPushButton = button(_("开始诊断"), self.begin, "primary")
        self._lay_out()

    def _trade(self, key: str, title: str, questions: int) -> ChoiceRow:
        about = _("{count} 题").format(count=questions)
        return ChoiceRow(title, about, lambda: self.choose_trade(key))

    def _lay_out(self) -> None:
        left = panel(
            column(
                Text(_("行业"), "section"),
                *self.trades.values(),
                16,
                Text(_("方式"), "section"),
                *self.modes.values(),
                None,
                gap=8,
                margin=(24, 20, 24, 20),
            ),
            "panel",
        )
        left.setFixedWidth(280)
        form = panel(
            column(
                self._title,
                self._lead,
                self._begin_part,
                8,
                self._holder,
                None,
                gap=6,
                margin=(32, 20, 32, 24),
            )
        )
        form.setMaximumWidth(900)
        self._scroll = scroll(form, _("企业信息"))
        self.help = HelpPane()
        across = row(left, self._scroll, self.help, gap=0)
        across.setStretch(1, 1)
        foot = row(
            self.missing, button(_("取消"), self.left.emit), self.start, gap=12, margin=(24, 10, 24, 10)
        )
        foot.setStretch(0, 1)
        self.missing.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(column(across, rule(), panel(foot, "panel"), gap=0))

    # -- begin

    def prepare(self, assessment: int | None = None) -> None:
        """An empty form, or one with the firm of an earlier assessment."""
        self._firm, self._facts = None, {}
        pack_id = next(iter(self.trades), None)
        self._lead.setText(_("带“必填”的填好就能开始；以后随时可以改。"))
        if assessment is not None:
            pack, answers, line = commands.load_assessment(self._desk.here, self._desk.store, assessment)
            self._firm, self._facts, pack_id = line.firm, dict(answers.firm), pack.id
            self._lead.setText(_("已带入“{firm}”上次填的信息，请核对。").format(firm=line.firm_name))
        self.choose_mode("self")
        self.choose_begin(assessment is not None)
        if pack_id is not None:
            self._pack = None
            self.choose_trade(pack_id)
        self._scroll.verticalScrollBar().setValue(0)

    def choose_trade(self, key: str) -> None:
        """Take a pack; facts it knows are kept."""
        for each, made in self.trades.items():
            made.setChecked(each == key)
        if self._pack is not None and self._pack.id == key:
            return
        self._pack = self._desk.pack(key)
        known = {fact.id for fact in self._pack.facts}
        self._facts = {fact: value for fact, value in self._facts.items() if fact in known}
        clear(self._holder)
        self.form = FactForm(self._pack)
        self.form.changed.connect(self._take)
        self.form.checked.connect(self._refresh)
        self.form.turned.connect(self._show_help)
        add(self._holder, self.form)
        self._refresh()
        first = self._pack.facts[0].id
        self._show_help(first)
        self.form.rows[first].field.first().setFocus()

    def choose_mode(self, mode: Mode) -> None:
        """Self-assessment or on site."""
        self._mode = mode
        for each, made in self.modes.items():
            made.setChecked(each == mode)

    def choose_begin(self, from_earlier: bool) -> None:
        """Begin with the answers of the earlier assessment, or without any."""
        self._from_earlier = from_earlier
        for each, made in self.begins.items():
            made.setChecked(each == from_earlier)

    def _look_back(self, pack: Pack) -> None:
        """Offer the answers of an earlier assessment of this firm in this trade, if there is one."""
        found = shelf.earlier(self._desk.store, pack.id, self._facts, self._firm)
        self._begin_part.setVisible(found is not None)
        if found is not None and found != self._earlier:
            day, count = date_text(found.date), found.answered
            about = _("{day}填了 {count} 题；核实和佐证重做")
            self.begins[True].set_about(about.format(day=day, count=count))
        self._earlier = found

    def _take(self, fact: str, value: Value | None) -> None:
        if value is None:
            self._facts.pop(fact, None)
        else:
            self._facts[fact] = value
        self._refresh()

    def _refresh(self) -> None:
        if self._pack is None or self.form is None:
            return
        self._look_back(self._pack)
        self.form.show_answers(self._answers(self._pack))
        missing = self.form.missing()
        self.start.setEnabled(not missing)
        shown = _("、").join(missing[:4]) + (
            _("等 {count} 项").format(count=len(missing)) if missing[4:] else ""
        )
        self.missing.setText(_("还缺：{what}").format(what=shown) if missing else "")

    def _show_help(self, key: str) -> None:
        if self._pack is not None:
            fact = next(fact for fact in self._pack.facts if fact.id == key)
            self.help.show_question(self._pack, self._answers(self._pack), fact)

    def _answers(self, pack: Pack) -> Answers:
        return Answers(pack.id, pack.version, dict(self._facts), {})

    def begin(self) -> None:
        """Start the assessment when everything needed is there."""
        if self.form is not None:
            self.form.flush()
        if self._pack is None or self.form is None or self.form.missing():
            return
        self.started.emit(self._start(self._pack))

    def _start(self, pack: Pack) -> int:
        desk, old = self._desk, self._earlier
        given = (desk.here, desk.store, pack, self._facts, self._mode, desk.by)
        if old is not None and self._from_earlier:
            return shelf.start_again(*given, old)
        firm = self._firm if old is None else old.firm
        return commands.start_assessment(*given, firm)
