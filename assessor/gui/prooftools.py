"""Every way to add evidence to an answer: words, files, the clipboard, the camera's folder."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from assessor.gui import ask
from assessor.gui.camerarow import CameraRow
from assessor.gui.editors.base import is_beyond
from assessor.gui.gather import files_of
from assessor.gui.parts import Text, button, column, row
from assessor.gui.prefs import Prefs
from assessor.gui.session import Session
from assessor.pack.question import LevelQuestion, Question
from assessor.words import _, named


def files_in(data: QMimeData) -> Sequence[Path]:
    """The files that were dropped or copied; addresses of other machines are none."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def has_proof(data: QMimeData) -> bool:
    """Whether something can be taken as evidence: files, or a picture."""
    return bool(files_in(data)) or data.hasImage()


def take_data(session: Session, question: str, data: QMimeData) -> bool:
    """Put what was dropped or pasted with an answer; whether there was anything."""
    paths = files_in(data)
    if paths:
        files_of(session).take(question, paths)
        return True
    image = data.imageData() if data.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        files_of(session).take_image(question, image)
        return True
    return False


class ProofLine(QLineEdit):
    """Words as evidence; Enter adds them, and a picture pasted here is taken as a file."""

    pasted = Signal()

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setAcceptDrops(False)  # a file dropped here is for the card

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.matches(QKeySequence.StandardKey.Paste)
            and not QApplication.clipboard().mimeData().hasText()
        ):
            self.pasted.emit()
            return
        if is_beyond(event, back=self.isUndoAvailable(), again=self.isRedoAvailable()):
            event.ignore()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class ProofTools(QWidget):
    """`typed` carries words to be added."""

    typed = Signal(str)

    def __init__(self, session: Session, question: Question) -> None:
        super().__init__()
        self._session, self._question = session, question
        self._prefs = Prefs(session.desk.here.data)
        self.line = self._make_line()
        self.pick = self._button(_("选文件…"), self._choose)
        self.paste = self._button(_("粘贴 Ctrl+V"), self._paste)
        self.camera = self._button(_("相机文件夹…"), self._watch)
        self._reminder = Text(_("照片里有人或车牌时，先征得同意。"), "note", wrap=False)
        self.agreed = button("", self._agree, "small", name=_("已征得照片里的人同意"))
        self.agreed.setCheckable(True)
        self.row: CameraRow | None = None
        self._down = column(
            self.line,
            row(self.pick, self.paste, self.camera, None, gap=6),
            row(self._reminder, self.agreed, None, gap=8),
            gap=8,
        )
        self.setLayout(self._down)
        self._show_agreed()
        self._show_camera()

    def _make_line(self) -> ProofLine:
        hints = _hints(self._question)
        hint = _("写一条，按回车加上；照片、文件可拖进来") + (_("。例如：") + hints[0] if hints else "")
        made = ProofLine(_("{title}：佐证").format(title=named(self._question)), hint)
        made.editingFinished.connect(self._add_typed)
        made.pasted.connect(self._paste)
        return made

    def _button(self, words: str, done: Callable[[], object]) -> QPushButton:
        return button(
            words, done, "small", name=_("{title}：{words}").format(title=named(self._question), words=words)
        )

    def _add_typed(self) -> None:
        words = self.line.text().strip()
        self.line.clear()
        if words:
            self.typed.emit(words)

    def _choose(self) -> None:
        found = ask.evidence_files(self)
        if found:
            files_of(self._session).take(self._question.id, found)

    def _paste(self) -> None:
        if not take_data(self._session, self._question.id, QApplication.clipboard().mimeData()):
            told = _("剪贴板里没有图片或文件。先截图或复制图片，再来粘贴。")
            files_of(self._session).say_once(self._question.id, told)

    # -- the camera's folder

    def _watch(self) -> None:
        self._camera_row().choose()
        self._show_camera()

    def _camera_row(self) -> CameraRow:
        if self.row is None:
            self.row = CameraRow(self._session, self._prefs)
            self.row.taken.connect(lambda path: files_of(self._session).take(self._question.id, [path]))
            self.row.stopped.connect(self._show_camera)
            self._down.insertWidget(self._down.count() - 1, self.row)
        return self.row

    def _show_camera(self) -> None:
        watched = self._prefs.camera is not None
        if watched:
            self._camera_row().refresh()
        self.camera.setVisible(not watched)

    # -- consent

    def _agree(self) -> None:
        self._prefs.note_consent(self._session.row.uid, self.agreed.isChecked())
        self._show_agreed()

    def _show_agreed(self) -> None:
        """The reminder with its tick, kept for this assessment."""
        given = self._prefs.has_consent(self._session.row.uid)
        self.agreed.setChecked(given)
        self.agreed.setText(_("✓ 已征得同意") if given else _("已征得同意"))


def _hints(question: Question) -> tuple[str, ...]:
    """What the pack would take as evidence."""
    if isinstance(question, LevelQuestion):
        return tuple(line for rung in question.levels for line in rung.evidence)
    return question.evidence
