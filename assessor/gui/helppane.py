"""The pane at the right: what helps with the question one is at."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextBrowser, QWidget

from assessor.answers.model import Answers
from assessor.gui.helptext import help_page
from assessor.gui.parts import Text, column, fill, row, tool
from assessor.gui.skin import skin
from assessor.pack.model import Pack
from assessor.pack.question import Question
from assessor.words import _, named

_WIDTH, _WIDER = 304, 368


class HelpPane(QWidget):
    """Follows the question; folds away with a key."""

    def __init__(self, fold: Callable[[], object] | None = None) -> None:
        super().__init__()
        fill(self, "panel")
        self.setFixedWidth(_WIDTH)
        self._title = Text("", "strong")
        self._browser = QTextBrowser()
        self._browser.setAccessibleName(_("这一题的说明"))
        self._browser.setOpenLinks(False)
        self._browser.document().setDocumentMargin(0)
        self._browser.setViewportMargins(0, 0, 8, 0)
        head = row(self._title, gap=4)
        head.setStretch(0, 1)
        if fold is not None:
            close = tool("close", _("收起说明"), fold, _("收起说明（F1）"))
            head.addWidget(close, alignment=Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(head, self._browser, gap=4, margin=(16, 12, 8, 8)))
        self._shown: tuple[Pack, Answers, Question] | None = None
        skin().changed.connect(self._again)

    def set_wide(self, wide: bool) -> None:
        """More room for the text where the window has it."""
        self.setFixedWidth(_WIDER if wide else _WIDTH)

    def show_question(self, pack: Pack, answers: Answers, question: Question) -> None:
        """The help of one question or fact; laid anew only when something changed."""
        self._shown = (pack, answers, question)
        look = skin()
        number = f"{question.id}　" if question.id in pack.questions else ""
        self._title.setText(f"{number}{named(question)}")
        page = help_page(pack, answers, question, look.looks, look.theme)
        if page != self._browser.property("page"):
            self._browser.setProperty("page", page)
            self._browser.setHtml(page)

    def _again(self) -> None:
        if self._shown is not None:
            self.show_question(*self._shown)
