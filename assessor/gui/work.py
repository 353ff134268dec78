"""One assessment with its three pages: questions, results, report."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from assessor.gui.parts import column
from assessor.gui.questions import QuestionsPage
from assessor.gui.reportpage import ReportPage
from assessor.gui.resultspage import ResultsPage
from assessor.gui.session import Session


class Work(QWidget):
    """`turned` carries the name of the page now shown."""

    turned = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.questions = QuestionsPage(session)
        self.results = ResultsPage(session)
        self.report = ReportPage(session)
        self._pages: dict[str, QuestionsPage | ResultsPage | ReportPage] = {
            "questions": self.questions,
            "results": self.results,
            "report": self.report,
        }
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
        self.setLayout(column(self._stack))
        self.questions.results_wanted.connect(lambda: self.turn_to("results"))
        self.results.report_wanted.connect(lambda: self.turn_to("report"))
        self.results.jumped.connect(self.jump)

    def turn_to(self, name: str) -> None:
        """Show a page, with everything typed taken in first."""
        self.questions.flush()
        if name == "results":
            self.results.refresh()
        if name == "report":
            self.report.refresh()
        page = self._pages[name]
        if self._stack.currentWidget() is not page:
            self._stack.setCurrentWidget(page)
            page.take_focus()
        self.turned.emit(name)

    def jump(self, key: str) -> None:
        """To a question or fact, from wherever."""
        self.turn_to("questions")
        self.questions.go_to(key)

    def end(self) -> None:
        """Stop what runs for this assessment."""
        self.report.cancel()
