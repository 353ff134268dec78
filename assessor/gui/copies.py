"""Copies of all data: made, put back beside the present ones, looked at, and asked for when they are due."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject

from assessor.commands import now, shelf, travel
from assessor.gui import ask
from assessor.gui.desk import Desk
from assessor.gui.errands import ZIP, ask_out
from assessor.gui.filenames import file_name
from assessor.gui.stage import Stage
from assessor.report.wording import date_text
from assessor.store.backup import Backup
from assessor.words import _


class Copies(QObject):
    """Belongs to the window. `own` is where to come back to while a copy is open."""

    def __init__(self, stage: Stage, desk: Desk, own: Path | None) -> None:
        super().__init__(stage)
        self._stage, self._desk, self._own = stage, desk, own

    @property
    def at_a_copy(self) -> bool:
        """Whether what is open is a backup that was put beside, not the data one works on."""
        return self._own is not None

    def back_up(self) -> None:
        """Everything as one file."""
        name = file_name(_("诊断备份"), f"{now():%Y-%m-%d-%H%M}", ending=".zip")
        out = ask_out(self._stage, self._desk, _("备份到（最好是另一块磁盘）"), name, ZIP, ".zip")
        if out is not None:
            self._stage.save_all()
            self._stage.busy.run(
                _("正在备份"),
                lambda done: self._backed_up(out, done),
                travel.back_up,
                self._desk.here,
                out,
                progress=True,
            )

    def _backed_up(self, out: Path, done: Backup) -> None:
        self.remind()
        counts = {"n": done.assessments, "m": done.evidence, "path": out}
        if done.missing:
            said = _(
                "已备份 {n} 份诊断、{m} 份佐证到 {path}；另有 {lost} 份佐证的文件已丢失或损坏，没有备份。"
            )
            self._stage.banner.say(said.format(**counts, lost=len(done.missing)), "amber")
            return
        text = _("已备份 {n} 份诊断、{m} 份佐证：{path}").format(**counts)
        self._stage.banner.say(text, "green", _("打开所在文件夹"), lambda: ask.open_path(out.parent))

    def put_back(self) -> None:
        """A backup beside the present data."""
        file = ask.open_file(self._stage, _("选择备份文件"), ZIP)
        if file is not None:
            self._stage.busy.run(
                _("正在核对并恢复备份"),
                self._put_beside,
                travel.put_back,
                self._desk.here,
                file,
                progress=True,
            )

    def _put_beside(self, folder: Path) -> None:
        said = _("备份已完整放到旁边的文件夹，现有数据没有改动：{path}").format(path=folder)
        self._stage.banner.say(said, "green", _("打开看看"), lambda: self.open_copy(folder))

    def open_copy(self, folder: Path) -> None:
        """Look at a backup that was put beside; the present data stay where they are."""
        self._stage.data_wanted.emit(folder, self._desk.here.data)

    def open_own(self) -> None:
        """Back from a copy to the data one works on."""
        if self._own is not None:
            self._stage.data_wanted.emit(self._own, None)

    # -- say

    def note(self) -> None:
        """Say that a copy is open, as long as it is."""
        note = self._stage.copy_note
        if self._own is None:
            note.hide()
            return
        said = _("正在看恢复出来的副本，这里的改动只留在副本里：{folder}")
        text = said.format(folder=self._desk.here.data)
        note.say(text, "amber", _("回到现有数据"), self.open_own)

    def remind(self) -> None:
        """Remind of a backup that is due, on the list of assessments."""
        home, prefs = self._stage.home, self._stage.prefs
        if home is None:
            return
        refused = prefs is not None and prefs.no_backup_on == _today()
        quiet = self.at_a_copy or refused
        home.remind(None if quiet else shelf.backup_overdue(self._desk.store))

    def refuse(self) -> None:
        """No more of it today."""
        if self._stage.prefs is not None:
            self._stage.prefs.no_backup_on = _today()


def _today() -> str:
    return now().date().isoformat()


def moment_text(moment: datetime) -> str:
    """A moment as people say it: 2026年5月20日 14:03."""
    return f"{date_text(f'{moment:%Y-%m-%d}')} {moment:%H:%M}"
