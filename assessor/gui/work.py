"""One assessment with its pages: questions, results, roadmap, report; some made when they are asked for."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from assessor.commands import visit
from assessor.gui.gather import Gatherer
from assessor.gui.historypage import HistoryPage
from assessor.gui.leavingpage import LeavingPage
from assessor.gui.parts import column, tool
from assessor.gui.questions import QuestionsPage
from assessor.gui.reportpage import ReportPage
from assessor.gui.resultspage import ResultsPage
from assessor.gui.roadmap.page import RoadmapPage
from assessor.gui.session import Session, Walk
from assessor.gui.steps import first_shown, step_text
from assessor.gui.toast import Toast
from assessor.gui.versionline import VersionLine
from assessor.gui.versionpage import VersionPage
from assessor.words import _

Page = QuestionsPage | ResultsPage | RoadmapPage | ReportPage | HistoryPage | LeavingPage | VersionPage


class Work(QWidget):
    """`turned` carries the name of the page now shown."""

    turned = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.questions = QuestionsPage(session)
        self.results = ResultsPage(session)
        self.report = ReportPage(session)
        self._pages: dict[str, Page] = {
            "questions": self.questions,
            "results": self.results,
            "report": self.report,
        }
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
        self.version = VersionLine(session, lambda: self.turn_to("version"))
        self.setLayout(column(self.version, self._stack, gap=0))
        self.toast = Toast(self)
        self.questions.results_wanted.connect(lambda: self.turn_to("results"))
        self.questions.history_wanted.connect(self.show_history)
        self.results.report_wanted.connect(lambda: self.turn_to("report"))
        self.results.jumped.connect(self.jump)
        self._tools()
        QTimer.singleShot(0, self, self.version.look)

    def _tools(self) -> None:
        """Keys for every page, and buttons for the mouse at the foot of the questions."""
        steps = (
            ("undo", _("撤销"), "Ctrl+Z", self.undo),
            ("redo", _("重做"), "Ctrl+Y", self.redo),
            ("history", _("修改记录"), "F6", self.show_history),
            ("leave", _("离开前再看一遍"), "F4", lambda: self.turn_to("leaving")),
        )
        for icon, name, key, step in steps:
            self.questions.strip.add_tool(
                tool(icon, name, step, _("{name}（{key}）").format(name=name, key=key))
            )
            if key.startswith("F"):
                shortcut = QShortcut(QKeySequence(key), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(step)

    # -- pages

    @property
    def page(self) -> str:
        """The name of the page now shown."""
        shown = self._stack.currentWidget()
        return next(name for name, page in self._pages.items() if page is shown)

    @property
    def history(self) -> HistoryPage:
        """Who said what; made when first wanted."""
        page = self._pages.get("history")
        if not isinstance(page, HistoryPage):
            page = HistoryPage(self.session)
            page.jumped.connect(self.jump)
            page.restored.connect(lambda said: self.toast.say(said, "green", _("撤销"), self.undo))
            self._add("history", page)
        return page

    @property
    def leaving(self) -> LeavingPage:
        """What to look at before one leaves; made when first wanted."""
        page = self._pages.get("leaving")
        if not isinstance(page, LeavingPage):
            page = LeavingPage(self.session)
            page.jumped.connect(self.jump)
            self._add("leaving", page)
        return page

    @property
    def newer(self) -> VersionPage:
        """What a newer questionnaire would change; made when first wanted."""
        page = self._pages.get("version")
        if not isinstance(page, VersionPage):
            page = VersionPage(self.session)
            page.left.connect(lambda: self.turn_to("questions"))
            self._add("version", page)
        return page

    @property
    def roadmap(self) -> RoadmapPage:
        """What to do next, and what became of it; made when first wanted."""
        page = self._pages.get("roadmap")
        if not isinstance(page, RoadmapPage):
            page = RoadmapPage(self.session)
            page.jumped.connect(self.jump)
            self._add("roadmap", page)
        return page

    def _add(self, name: str, page: RoadmapPage | HistoryPage | LeavingPage | VersionPage) -> None:
        self._pages[name] = page
        self._stack.addWidget(page)

    def turn_to(self, name: str) -> None:
        """Show a page, with everything typed taken in first."""
        self.questions.flush()
        match name:
            case "results":
                self.results.refresh()
            case "roadmap":
                self.roadmap.refresh()
            case "report":
                self.report.refresh()
            case "leaving":
                self.leaving.refresh()
            case "history":
                self.history.refresh()
            case "version":
                self.newer.refresh()
        self.toast.hide()
        page = self._pages[name]
        if self._stack.currentWidget() is not page:
            self._stack.setCurrentWidget(page)
            page.take_focus()
        self.version.setVisible(self.version.is_wanted and name == "questions")
        self.turned.emit(name)

    def show_history(self, item: str = "") -> None:
        """The history of one question or fact, or of everything."""
        self.questions.flush()
        self.history.show_item(item)
        self.turn_to("history")

    def jump(self, key: str) -> None:
        """To a question or fact, from wherever; with an empty name to where one was."""
        self.turn_to("questions")
        if key:
            self.questions.go_to(key)

    # -- steps

    def undo(self) -> None:
        """Take back the last step and show where it was."""
        self._walk(visit.step_back, again=False)

    def redo(self) -> None:
        """Do again the step taken back last."""
        self._walk(visit.step_again, again=True)

    def _walk(self, walk: Walk, *, again: bool) -> None:
        self.questions.flush()
        stepped = self.session.walk(walk)
        if stepped is None:
            if not self.session.unsaved:
                self.toast.say(_("没有可重做的步骤。") if again else _("没有可撤销的步骤。"))
            return
        said = step_text(self.session, stepped, again=again)
        if stepped.pack_changed:
            self.session.rebased.emit(said)
            return
        key = first_shown(self.session, stepped.items)
        if key is not None:
            self.jump(key)
        other = (_("再撤销"), self.undo) if again else (_("重做"), self.redo)
        self.toast.say(said, "accent", *other)

    # -- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Redo) or _is_ctrl_y(event):
            self.redo()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.toast.place()

    def end(self) -> None:
        """Stop what runs for this assessment; files on their way in are taken in first."""
        self.report.cancel()
        roadmap = self._pages.get("roadmap")
        if isinstance(roadmap, RoadmapPage):
            roadmap.end()
        files = self.session.findChild(Gatherer)
        if files is not None:
            files.end()


def _is_ctrl_y(event: QKeyEvent) -> bool:
    """The other key for doing again, on systems that know only Ctrl+Shift+Z."""
    return event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.ControlModifier
