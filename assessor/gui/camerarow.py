"""New pictures from the camera's folder, offered for the question at hand; the folder is chosen once."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from assessor import commands
from assessor.gui import ask
from assessor.gui.camera import CameraFolder
from assessor.gui.editors.flow import Flow
from assessor.gui.gather import files_of
from assessor.gui.parts import Text, button, clear, column, row
from assessor.gui.prefs import Prefs
from assessor.gui.prooftile import ProofTile
from assessor.gui.session import Session
from assessor.words import _


def camera_of(session: Session, prefs: Prefs) -> CameraFolder | None:
    """The folder that is watched while the assessment is open; None when none was chosen."""
    found = session.findChild(CameraFolder)
    if found is not None and found.folder == prefs.camera:
        return found
    if found is not None:
        found.setParent(None)
        found.deleteLater()
    return CameraFolder(prefs.camera, commands.now(), session) if prefs.camera else None


class CameraRow(QWidget):
    """`taken` carries the picture that was chosen; `stopped` comes when the folder is watched no more.

    It shows something once it lies in its page and `refresh` was called.
    """

    taken = Signal(object)
    stopped = Signal()

    def __init__(self, session: Session, prefs: Prefs) -> None:
        super().__init__()
        self._session, self._prefs, self._files = session, prefs, files_of(session)
        self._files.changed.connect(self._files_changed)
        self._camera: CameraFolder | None = None
        self._said = Text("", "note")
        self.tiles: list[ProofTile] = []
        self._flow = Flow(gap=8)
        self.other = button(_("换文件夹…"), self.choose, "small", name=_("换相机文件夹"))
        self.off = button(_("不再看"), self._stop, "small", name=_("不再看相机文件夹"))
        head = row(self._said, self.other, self.off, gap=6)
        head.setStretch(0, 1)
        self.setLayout(column(head, self._flow, gap=6))

    def choose(self) -> None:
        """Pick the folder that the camera or phone fills."""
        found = ask.folder(self, _("选择相机或手机照片所在的文件夹"), self._prefs.camera)
        if found is not None:
            self._prefs.camera = found
            self.refresh()

    def _stop(self) -> None:
        self._prefs.camera = None
        self.refresh()
        self.stopped.emit()

    def refresh(self) -> None:
        """What is on offer now."""
        camera = camera_of(self._session, self._prefs)
        if camera is not self._camera and camera is not None:
            camera.changed.connect(self._show)
        self._camera = camera
        self._show()

    def _files_changed(self, _question: str) -> None:
        """What has found its question is no longer on offer."""
        self._show()

    def _show(self) -> None:
        camera = self._camera
        self.setVisible(camera is not None)
        if camera is None:
            return
        offers = camera.offers(self._files.taken)
        if camera.is_gone:
            told = _("相机文件夹打不开了：{folder}。接好设备，或换一个文件夹。")
        elif offers:
            told = _("{folder} 里今天的新照片，点一张就挂到这一题：")
        else:
            told = _("正在看 {folder}，有新照片会出现在这里。")
        self._said.setText(told.format(folder=camera.folder.name or str(camera.folder)))
        clear(self._flow)
        self.tiles = [self._tile(camera, path) for path in offers]
        for made in self.tiles:
            self._flow.addWidget(made)
            made.show()
        self.updateGeometry()

    def _tile(self, camera: CameraFolder, path: Path) -> ProofTile:
        said = _("新照片 {name}，挂到这一题").format(name=path.name)
        made = ProofTile(path.name, said, partial(camera.small, path), "camera")
        made.clicked.connect(lambda _checked=False: self.taken.emit(path))
        return made
