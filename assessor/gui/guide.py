"""Three short cards for a firm that fills in its own diagnosis for the first time on this machine."""

from PySide6.QtWidgets import QFrame, QWidget

from assessor.gui.parts import Text, button, card, column, fill, row, sign
from assessor.gui.session import Session
from assessor.gui.way import Way
from assessor.report.visit_words import basis_text, minutes_text
from assessor.words import _


class GuideBar(QWidget):
    """Above the questions; once closed it never comes again."""

    def __init__(self, session: Session, way: Way) -> None:
        super().__init__()
        fill(self, "ground")
        ahead = way.ahead()
        told = _("一共 {count} 题，{time}。可以分几次填，也可以让车间、设备、财务各填各的；随填随存。")
        time = told.format(count=ahead.open, time=minutes_text(ahead.minutes))
        cards = row(
            self._card(
                "list", _("照实填"), _("一句话里的要求全做到才算这一级；拿不准选低的，按 U 记“不清楚”。")
            ),
            self._card("history", _("要多久"), time, basis_text()),
            self._card(
                "check",
                _("填完以后"),
                _("按 F2 看结果，F4 看漏答和疑点；导出前会请企业代表确认如实填写。数据只存在本机。"),
            ),
            gap=10,
        )
        for place in range(cards.count()):
            cards.setStretch(place, 1)
        self.done = button(_("知道了，不再提示"), self._close, "link")
        self.setLayout(column(cards, row(None, self.done), gap=2, margin=(20, 12, 20, 4)))
        self._prefs = way.prefs

    @staticmethod
    def _card(icon: str, title: str, text: str, tip: str = "") -> QFrame:
        words = Text(text, "note")
        words.setToolTip(tip)
        head = row(sign(icon, "accent", 16), Text(title, "strong", wrap=False), None, gap=8)
        made = card(column(head, words, None, gap=2, margin=(12, 8, 12, 8)), soft=True)
        made.setAccessibleName(_("{title}：{text}").format(title=title, text=text))
        return made

    def _close(self) -> None:
        self._prefs.guided = True
        self.hide()
        self.deleteLater()


def is_wanted(session: Session, way: Way) -> bool:
    """Only for a firm on its own, and only until it was closed once."""
    return not session.is_onsite and not way.prefs.guided
