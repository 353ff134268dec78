"""The firm's facts as the first section of the questionnaire; every change is committed by itself."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from assessor.gui.factform import FactForm
from assessor.gui.parts import Text, column, panel, scroll
from assessor.gui.section import WIDEST
from assessor.gui.session import Session
from assessor.words import _


class FactView(QWidget):
    """`turned` carries the fact the cursor is in."""

    turned = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.form = FactForm(session.pack)
        self.form.changed.connect(session.put_fact)
        self.form.turned.connect(self.turned)
        intro = _("改动随时保存。产品、工序等会决定问哪些题，改了以后题目跟着变，答过的不会丢。")
        content = panel(
            column(
                Text(_("企业信息"), "page"),
                Text(intro, "quiet"),
                8,
                self.form,
                None,
                gap=8,
                margin=(24, 20, 24, 32),
            )
        )
        content.setMaximumWidth(WIDEST)
        self.area = scroll(content, _("企业信息"))
        self.setLayout(column(self.area))
        self.refresh()

    def refresh(self) -> None:
        """The facts as they stand."""
        self.form.show_answers(self._session.answers)

    def flush(self) -> None:
        """Hand over at once what was typed."""
        self.form.flush()
