"""The pane at the right: what helps with the question one is at."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextBrowser, QWidget

from assessor.gui.helptext import help_page
from assessor.gui.parts import Text, column, fill, row, tool
from assessor.gui.session import Session
from assessor.gui.skin import skin
from assessor.pack.model import Pack
from assessor.pack.question import Question
from assessor.words import _

_WIDTH = 304


class HelpPane(QWidget):
    """Follows the question; folds away with a key."""

    def __init__(self, fold: Callable[[], object]) -> None:
        super().__init__()
        fill(self, "panel")
        self.setFixedWidth(_WIDTH)
        self._title = Text("", "strong")
        self._browser = QTextBrowser()
        self._browser.setAccessibleName(_("这一题的说明"))
        self._browser.setOpenLinks(False)
        self._browser.document().setDocumentMargin(0)
        close = tool("close", _("收起说明"), fold, _("收起说明（F1）"))
        head = row(self._title, close, gap=4)
        head.setStretch(0, 1)
        head.setAlignment(close, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(head, self._browser, gap=0, margin=(16, 12, 8, 8)))
        self._shown: tuple[Session | None, Pack | None, Question | None] = (None, None, None)
        skin().changed.connect(self._again)

    def show_question(self, session: Session, question: Question) -> None:
        """The help of one question; the page is only laid anew when something changed."""
        self._shown = (session, None, question)
        look = skin()
        self._title.setText(f"{question.id}　{question.title}")
        page = help_page(session.pack, session.answers, question, look.looks, look.theme)
        if page != self._browser.property("page"):
            self._browser.setProperty("page", page)
            self._browser.setHtml(page)

    def _again(self) -> None:
        session, _pack, question = self._shown
        if session is not None and question is not None:
            self.show_question(session, question)
