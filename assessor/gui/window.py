"""The window: top bar, banner, and one page at a time. It opens empty and fills once things are loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut

from assessor.errors import UserError
from assessor.gui import background
from assessor.gui.banner import error_line
from assessor.gui.prefs import Prefs
from assessor.gui.skin import skin
from assessor.gui.stage import Stage
from assessor.language import Language
from assessor.words import _, language, speak

if TYPE_CHECKING:  # heavy: the window paints itself before any of these is loaded
    from assessor.gui.desk import Desk, Shelf
    from assessor.gui.sitting import Sitting


def look_around(data: Path | None) -> Shelf:
    """Load what is heavy, then look for packs; done in the background."""
    from assessor.gui import desk

    return desk.look_around(data)


class Window(Stage):
    """`ready` comes once the list of assessments is there."""

    ready = Signal()
    painted = Signal()
    """Once, when it has been seen for the first time."""

    def __init__(self, data: Path | None, spoken: Language | None = None) -> None:
        super().__init__()
        self._data = data
        self._spoken = spoken
        """The language asked for at the start; without one, the window speaks as it did last time."""
        self._own: Path | None = None
        """While a backup that was put beside is open: the data one works on."""
        self._is_painted = False
        self.desk: Desk | None = None
        self.sitting: Sitting | None = None
        self.resize(1280, 800)
        self.setMinimumSize(900, 600)
        self.home_wanted.connect(self.show_home)
        self.new_wanted.connect(self.show_new)
        self.assessment_wanted.connect(self.open_assessment)
        self.question_wanted.connect(self._open_at)
        self.data_wanted.connect(self._open_data)
        self.packs_found.connect(self._use_packs)
        self.more_wanted.connect(self.show_more)
        self.keys_wanted.connect(self.show_keys)
        self.language_wanted.connect(self.choose_language)
        self._keys()

    def _keys(self) -> None:
        steps: dict[str, Callable[[], object]] = {
            "F2": lambda: self.turn_to("results"),
            "F5": lambda: self.turn_to("roadmap"),
            "F3": lambda: self.turn_to("questions"),
            "Ctrl+P": lambda: self.turn_to("report"),
            "Ctrl+N": self._next_or_new,
            "Ctrl+W": self.show_home,
            "F10": self.show_more,
            "Ctrl+O": self._choose_files,
            "Ctrl+E": self._export_book,
        }
        for keys, step in steps.items():
            QShortcut(QKeySequence(keys), self).activated.connect(step)

    def _choose_files(self) -> None:
        if self.sitting is not None:
            self.sitting.errands.choose_files()

    def _export_book(self) -> None:
        if self.sitting is not None:
            self.sitting.errands.export_book()

    # -- load

    def load(self) -> None:
        """Begin loading; the window stays alive meanwhile."""
        background.start(self, self._loaded, look_around, self._data)

    def _loaded(self, outcome: background.Outcome) -> None:
        if outcome.error is not None:
            raise outcome.error
        from assessor.gui.desk import Desk
        from assessor.gui.sitting import Sitting

        desk = Desk.open(outcome.value)
        if self.prefs is None:
            self._remember(Prefs(desk.here.data))
        self.desk, self.sitting = desk, Sitting(self, desk, self._own)
        self.top.more.show()
        self.show_home()
        self.ready.emit()

    def _open_data(self, folder: Path, own: Path | None) -> None:
        """Put down what is open and open another data folder; `own` is where to come back to."""
        if not self.let_go():
            return
        self._put_down()
        self.banner.hide()
        self._data, self._own = folder, own
        self.top.show_nothing()
        self.top.more.hide()
        self.waiting.setText(_("正在打开…"))
        self.stack.setCurrentIndex(0)
        self.load()

    def _put_down(self) -> None:
        """Let go of the data and of every page that shows them."""
        if self.sitting is not None:
            self.sitting.end()
        self.desk, self.sitting = None, None
        self.forget_pages()

    def _use_packs(self, desk: Desk) -> None:
        """Go on with other packs at the same store; what is open stays open."""
        assert self.sitting is not None
        at_home = self.at_home
        self.desk = desk
        self.sitting.use(desk)
        self.forget_pages()
        if at_home:
            self.show_home()

    def _remember(self, prefs: Prefs) -> None:
        """Look as the person left it, and take note of changes."""
        self.prefs = prefs
        if self._spoken is None and prefs.language != language():
            speak(prefs.language)
            self.furnish()
        if prefs.theme != skin().choice:
            skin().choose(prefs.theme)
        if not prefs.place.isEmpty():
            self.restoreGeometry(prefs.place)
        skin().changed.connect(self._note_theme)

    def _note_theme(self) -> None:
        if self.prefs is not None:
            self.prefs.theme = skin().choice

    def choose_language(self, wanted: Language) -> None:
        """Speak another language: everything is made anew, and what was open is opened again."""
        if wanted == language() or self.desk is None or self.busy.job is not None:
            return
        work = self.work
        back = (work.session.key, work.page) if work is not None else None
        if not self.let_go():
            return
        from assessor.gui.desk import Shelf

        shelf = Shelf(self.desk.here, self.desk.packs)
        self._put_down()
        speak(wanted)
        if self.prefs is not None:
            self.prefs.language = wanted
        self.furnish()
        self._loaded(background.Outcome(shelf))
        if back is not None:
            self.open_assessment(back[0])
            self.turn_to(back[1])

    # -- pages

    def show_home(self, key: int | None = None) -> None:
        """The list of assessments; at one of them, if told."""
        if self.sitting is None or not self.let_go():
            return
        if self.home is None:
            self.home = self.sitting.make_home()
            self.stack.addWidget(self.home)
        self.home.load(key)
        self.top.show_nothing()
        self.stack.setCurrentWidget(self.home)
        self.home.take_focus()
        self.sitting.copies.remind()

    def _open_at(self, key: int, question: str) -> None:
        """An assessment at one of its questions."""
        self.open_assessment(key)
        if question and self.work is not None:
            self.work.jump(question)

    def show_new(self, assessment: int | None = None) -> None:
        """The form for a new assessment, perhaps with the firm of an earlier one."""
        if self.desk is None or not self.let_go():
            return
        from assessor.gui.newpage import NewPage

        if self.new is None:
            self.new = NewPage(self.desk)
            self.new.started.connect(self.open_assessment)
            self.new.left.connect(self.show_home)
            self.stack.addWidget(self.new)
        self.top.show_title(_("新建诊断"))
        self.stack.setCurrentWidget(self.new)
        self.new.prepare(assessment)

    def open_assessment(self, key: int) -> None:
        """An assessment at its first open question."""
        if self.desk is None or not self.let_go():
            return
        from assessor.gui.session import Session
        from assessor.gui.work import Work

        session = Session(self.desk, key)
        self.work = Work(session)
        if self.prefs is not None and not self.prefs.help:
            self.work.questions.toggle_help()
        self.work.questions.show_guide()
        session.setParent(self.work)
        session.saved.connect(self._saved)
        session.failed.connect(self._not_saved)
        session.changed.connect(self._show_title)
        session.rebased.connect(lambda said: self._open_anew(key, said))
        self.work.turned.connect(self.top.show_tab)
        self.stack.addWidget(self.work)
        self.stack.setCurrentWidget(self.work)
        self._show_title()
        self.top.show_saved(None, 0)
        self.turn_to("questions")
        self.work.questions.take_focus()
        if self.sitting is not None:
            self.sitting.neighbours.begin(self.work)

    def _open_anew(self, key: int, said: str) -> None:
        """The same assessment under another version of its pack."""
        self.open_assessment(key)
        if self.work is not None:
            self.work.toast.say(said, "green")

    def _next_or_new(self) -> None:
        if self.work is not None:
            self.work.questions.next_open()
        elif self.at_home:
            self.show_new()

    def show_more(self) -> None:
        """The menu of what one does with files."""
        if self.sitting is not None:
            self.sitting.show_more()

    def show_keys(self) -> None:
        """The sheet of all keys."""
        from assessor.gui.keys import KeySheet

        KeySheet(self).open()

    # -- tell

    def _show_title(self, _touched: object = None) -> None:
        if self.work is not None:
            session = self.work.session
            trade = session.desk.pack_title(session.pack.id)
            self.top.show_assessment(f"{session.firm_name or _('未填企业名称')} · {trade}")

    def _saved(self, moment: object) -> None:
        if self.work is not None:
            session = self.work.session
            self.top.show_saved(session.saved_at, len(session.unsaved))

    def _not_saved(self, error: UserError) -> None:
        if self.work is not None:
            session = self.work.session
            self.top.show_saved(session.saved_at, len(session.unsaved))
            self.banner.say(error_line(error), "red", _("重试"), session.retry)

    def tell_error(self, error: UserError) -> None:
        """A failure of the world, as one line."""
        if self.desk is None and self._own is not None:
            own = self._own
            self.banner.say(error_line(error), "red", _("回到现有数据"), lambda: self._open_data(own, None))
        elif self.desk is None:
            self.waiting.setText(_("没有打开。原因见上方，改好后点“重试”。"))
            self.banner.say(error_line(error), "red", _("重试"), self.load)
        else:
            self.banner.say(error_line(error), "red")

    # -- Qt

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.UpdateRequest and not self._is_painted:
            self._is_painted = True
            self.painted.emit()
        return done

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.let_go():
            event.ignore()
            return
        if self.prefs is not None:
            self.prefs.place = self.saveGeometry()
            self.prefs.flush()
            skin().changed.disconnect(self._note_theme)
            self.prefs = None
        self._put_down()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Question and self.work is not None:
            self.show_keys()
        elif event.key() == Qt.Key.Key_Escape and self.banner.isVisible():
            self.banner.hide()
        else:
            super().keyPressEvent(event)
