"""Writing the report: which paper, where to, how far it is, and what to do with it."""

from pathlib import Path
from threading import Event

from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QWidget

from assessor.commands import visit
from assessor.commands.paper import Archive
from assessor.errors import UserError
from assessor.gui import ask, background
from assessor.gui.banner import error_line
from assessor.gui.busyline import progress_text
from assessor.gui.filenames import documents, file_name
from assessor.gui.parts import Notice, Text, add, button, clear, column, field, panel, row, scroll
from assessor.gui.prefs import Prefs
from assessor.gui.reportform import ReportForm
from assessor.gui.session import Session
from assessor.words import _


class ReportPage(QWidget):
    """`made` carries the path of a report that was written."""

    made = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._suggested: Path | None = None
        self._written: Path | None = None
        self._clock = QElapsedTimer()
        self._stop = Event()
        self.job: background.Job | None = None
        self.form = ReportForm(Prefs(session.desk.here.data))
        self.path = field(_("报告文件"))
        self.write = button(_("生成报告"), self.begin, "primary")
        self._choose = button(_("选择…"), self._choose_path, name=_("选择报告文件"))
        self._state = QStackedWidget()
        self.bar, self.told = QProgressBar(), Text("", "quiet")
        self.stop = button(_("停止"), self.cancel)
        self._notices = column(gap=8)
        self._lay_out()
        self.form.changed.connect(self._rename)

    def _lay_out(self) -> None:
        paths = row(self.path, self._choose, gap=8)
        paths.setStretch(0, 1)
        lead = _("把这次诊断写成一份可以交给企业和主管部门的报告；之后再改答案，不会改动已写好的报告。")
        self._working = self._make_working()
        content = panel(
            column(
                Text(_("写报告"), "page"),
                Text(lead, "quiet"),
                12,
                self.form,
                12,
                Text(_("存到"), "section"),
                paths,
                12,
                row(self.write, None),
                self._working,
                self._notices,
                None,
                gap=8,
                margin=(32, 28, 32, 32),
            )
        )
        content.setMaximumWidth(760)
        self.setLayout(column(scroll(content, _("写报告"))))

    def _make_working(self) -> QWidget:
        """How far it is, and the way out; seen only while it runs."""
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("报告进度"))
        working = panel(column(self.bar, row(self.told, None, self.stop, gap=12), gap=8))
        working.hide()
        return working

    # -- choose

    def choose(self, suffix: str) -> None:
        """PDF, Word or HTML; the file's name follows."""
        self.form.choose_form(suffix)

    def _rename(self) -> None:
        """The file's name follows the choice; a name of the person's own keeps all but its ending."""
        path = self.target()
        if path is None or path == self._suggested:
            self._suggest()
        else:
            self.path.setText(str(path.with_suffix(self.form.suffix)))

    def take_focus(self) -> None:
        """Where the keyboard begins: the step one came for."""
        self.write.setFocus()

    def refresh(self) -> None:
        """Suggest a file when there is none yet."""
        if not self.path.text():
            self._suggest()

    def _suggest(self) -> None:
        session = self._session
        name = file_name(session.firm_name, self.form.kind(), session.answers.date, ending=self.form.suffix)
        self._suggested = documents(session.desk.here.data) / name
        self.path.setText(str(self._suggested))

    def target(self) -> Path | None:
        """The file named in the field."""
        text = self.path.text().strip()
        return Path(text) if text else None

    def _choose_path(self) -> None:
        suffix = self.form.suffix
        kinds = {".pdf": "PDF (*.pdf)", ".docx": "Word (*.docx)", ".html": "HTML (*.html)"}[suffix]
        self.refresh()
        found = ask.save_path(self, _("报告存到"), self.target() or Path(), kinds)
        if found is not None:
            self.path.setText(str(found if found.suffix else found.with_suffix(suffix)))

    # -- write

    def begin(self) -> None:
        """Write the report in the background."""
        if self.job is not None:
            return
        self.refresh()
        target = self.target()
        if target is None:
            return
        clear(self._notices)
        self._busy(busy=True)
        self._stop = Event()
        self._clock.start()
        self._tell(0, 0, _("准备"))
        session, store = self._session, self._session.desk.store
        found = visit.evidence_of(store, session.key)
        paper = self.form.paper(Archive(session.answers, session.row.uid))
        self.job = background.start(
            self,
            self._done,
            visit.write_report,
            session.diagnosis,
            target,
            paper,
            store,
            found,
            self._stop.is_set,
            progress=True,
        )
        self.job.progressed.connect(self._tell)

    def cancel(self) -> None:
        """Stop at the next step; nothing half-written is left."""
        if self.job is not None:
            self._stop.set()
            self.job.cancel()
            self.told.setText(_("正在停止…"))

    def _busy(self, *, busy: bool) -> None:
        self._working.setVisible(busy)
        for made in (self.write, self._choose, self.path, self.form):
            made.setEnabled(not busy)

    def _tell(self, done: int, total: int, what: str) -> None:
        if self.job is not None and self.job.cancelled:
            return
        self.bar.setMaximum(total)
        self.bar.setValue(done)
        self.told.setText(progress_text(done, total, what, self._clock.elapsed()))

    def _done(self, outcome: background.Outcome) -> None:
        self.job = None
        self._busy(busy=False)
        if outcome.was_cancelled:
            add(self._notices, Notice(_("已停止，没有写出文件。"), "accent"))
        elif isinstance(outcome.error, UserError):
            self._refused(outcome.error)
        elif outcome.error is not None:
            raise outcome.error
        else:
            self._written_to(Path(outcome.value))

    def _refused(self, error: UserError) -> None:
        """Say why, and offer the form that needs no extra parts when that is the trouble."""
        add(self._notices, Notice(error_line(error), "red"))
        if any(problem.code == "pdf-engine" for problem in error.problems):
            other = button(_("改写网页（HTML）"), self._write_html, "primary")
            self._notices.addLayout(row(other, None))

    def _write_html(self) -> None:
        self.choose(".html")
        self.begin()

    def _written_to(self, path: Path) -> None:
        self._written = path
        add(self._notices, Notice(_("报告已写好：{path}").format(path=path), "green", typed=True))
        look = button(_("打开文件"), lambda: ask.open_path(path), icon="file")
        folder = button(_("打开所在文件夹"), lambda: ask.open_path(path.parent), icon="folder")
        self._notices.addLayout(row(look, folder, None, gap=8))
        self.made.emit(path)
