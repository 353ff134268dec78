"""A quiet line over the questions: the questionnaire has a newer version."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from assessor.commands import visit
from assessor.gui.parts import Text, button, row, sign, tool
from assessor.gui.session import Session
from assessor.words import _


class VersionLine(QFrame):
    """Hidden until `look` finds one; put away it stays away until the assessment is opened again."""

    def __init__(self, session: Session, show: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("notice", "accent")
        self._session = session
        self.is_wanted = False
        self.text = Text("", wrap=False)
        self.show_changes = button(_("看看有什么变化"), show, "small")
        away = tool("close", _("这次不看"), self._put_away)
        away.setFixedSize(26, 26)
        line = row(
            sign("info", "accent"), self.text, self.show_changes, None, away, gap=8, margin=(20, 4, 12, 4)
        )
        self.setLayout(line)
        self.hide()

    def look(self) -> None:
        """Compare with what is installed."""
        newer = visit.newer_pack(self._session.desk.here, self._session.pack)
        if newer is None:
            return
        told = _("问卷有新版 {new}，这次诊断用的是 {old}")
        self.text.setText(told.format(new=newer.version, old=self._session.pack.version))
        self.is_wanted = True
        self.show()

    def _put_away(self) -> None:
        self.is_wanted = False
        self.hide()
