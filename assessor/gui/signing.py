"""Signing: who stands for both sides, since when, and what was changed after that."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QPushButton, QWidget

from assessor import commands
from assessor.answers.model import Signed
from assessor.errors import UserError
from assessor.gui.banner import error_line
from assessor.gui.parts import Text, button, clear, column, field, row, sign
from assessor.gui.session import Session
from assessor.report.context_signed import changed_text, names_text
from assessor.report.wording import date_text
from assessor.words import _


def signed_brief(signed: Signed | None) -> str:
    """已签字, or what was changed since; empty when nobody signed."""
    if signed is None:
        return ""
    return changed_text(signed) or _("已签字")


class SignBox(QFrame):
    """Whether it is signed, and the way to sign."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("card", "soft")
        self._session = session
        self.buttons: list[QPushButton] = []
        self._body = column(gap=6, margin=(16, 12, 16, 12))
        self.setLayout(self._body)
        session.changed.connect(lambda _touched: self.refresh())

    def refresh(self) -> None:
        """As it stands now."""
        clear(self._body)
        signed = self._session.answers.signed
        if signed is None:
            said = _("看过、可以定下来时签字。签字后还能改，改了几处会写在报告里。")
            self._add(_("签字"), (Text(said, "quiet"),), (button(_("签字…"), self.ask),))
            return
        told = _("{names}，{date}").format(names=names_text(signed), date=date_text(signed.date))
        lines: list[QWidget] = [Text(told, typed=True).selectable()]
        if signed.remark:
            lines.append(Text(signed.remark, "quiet", typed=True).selectable())
        changed = changed_text(signed)
        if changed:
            lines.append(Text(changed, "amber"))
        again, back = button(_("重新签字…"), self.ask), button(_("撤回签字"), self._withdraw, "quiet")
        self._add(_("已签字"), lines, (again, back))

    def _add(
        self, title: str, lines: list[QWidget] | tuple[QWidget, ...], buttons: tuple[QPushButton, ...]
    ) -> None:
        done = self._session.answers.signed is not None
        mark = sign("check" if done else "remark", "green" if done else "quiet", 18)
        self._body.addLayout(row(mark, Text(title, "section", wrap=False), None))
        for line in lines:
            self._body.addWidget(line)
        self.buttons = list(buttons)
        self._body.addLayout(row(*buttons, None))

    def ask(self) -> None:
        """The names and the day, then it is signed."""
        dialog = SignDialog(self.window(), self._session)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self.refresh)
        dialog.open()

    def _withdraw(self) -> None:
        self._session.sign(None)
        self.refresh()


class SignDialog(QDialog):
    """Two names, a day and a remark; nothing is signed while one of them is missing."""

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(_("签字"))
        self.setMinimumWidth(460)
        was = session.answers.signed
        self.assessor, self.representative = field(_("诊断人")), field(_("企业代表"), _("姓名、职务"))
        self.date, self.remark = field(_("日期"), "2026-05-20"), field(_("备注"), _("可以不填"))
        self.assessor.setText(was.assessor if was else session.answers.by)
        self.representative.setText(was.representative if was else "")
        self.date.setText(f"{commands.now():%Y-%m-%d}")
        self.fault = Text("", "red")
        self.fault.hide()
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        if not session.is_onsite:
            self.assessor.setText("")
        shown = (self.assessor,) if session.is_onsite else ()
        for place, made in enumerate((*shown, self.representative, self.date, self.remark)):
            grid.addWidget(Text(made.accessibleName(), wrap=False), place, 0)
            grid.addWidget(made, place, 1)
        lead = _("签的是现在的全部答案；之后的改动照样能做，会数出来写明。纸面报告仍留有手签的位置。")
        self.go = button(_("签字"), self._sign, "primary")
        foot = row(None, button(_("取消"), self.reject), self.go)
        self.setLayout(column(Text(lead, "quiet"), grid, self.fault, foot, gap=14, margin=(24, 20, 24, 16)))
        ready = self.assessor.text() or not session.is_onsite
        (self.representative if ready else self.assessor).setFocus()

    def _sign(self) -> None:
        assessor, representative, day, remark = (
            made.text().strip() for made in (self.assessor, self.representative, self.date, self.remark)
        )
        fault = self._fault(assessor, representative, day)
        if fault:
            self.fault.setText(fault)
            self.fault.show()
            return
        try:
            self._session.sign(Signed(assessor, representative, day, remark))
        except UserError as error:
            self.fault.setText(error_line(error))
            self.fault.show()
            return
        self.accept()

    def _fault(self, assessor: str, representative: str, day: str) -> str:
        if self._session.is_onsite and not assessor:
            return _("诊断人要填。")
        if not representative:
            return _("企业代表要填。")
        try:
            date.fromisoformat(day)
        except ValueError:
            return _("日期写成 2026-05-20 这样。")
        return ""
