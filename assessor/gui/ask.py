"""Every question the window puts in a box of its own: one function each, so that tests can answer."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from assessor.answers.review import Review
from assessor.pack.model import Pack
from assessor.words import _


def save_path(parent: QWidget, title: str, suggested: Path, kinds: str) -> Path | None:
    """Where to write a file; None when the person thought better of it."""
    name, _kind = QFileDialog.getSaveFileName(parent, title, str(suggested), kinds)
    return Path(name) if name else None


def open_paths(parent: QWidget, title: str, kinds: str) -> list[Path]:
    """Files to take in; none when the person thought better of it."""
    names, _kind = QFileDialog.getOpenFileNames(parent, title, "", kinds)
    return [Path(name) for name in names]


def open_file(parent: QWidget, title: str, kinds: str) -> Path | None:
    """One file; None when the person thought better of it."""
    name, _kind = QFileDialog.getOpenFileName(parent, title, "", kinds)
    return Path(name) if name else None


def evidence_files(parent: QWidget) -> list[Path]:
    """Files that prove an answer."""
    names, _kind = QFileDialog.getOpenFileNames(parent, _("选择佐证文件"))
    return [Path(name) for name in names]


def folder(parent: QWidget, title: str, at: Path | None) -> Path | None:
    """A folder; None when the person thought better of it."""
    name = QFileDialog.getExistingDirectory(parent, title, str(at) if at else "")
    return Path(name) if name else None


def erase_file(parent: QWidget, name: str) -> bool:
    """Whether a file is to be deleted for good; this can't be taken back."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(_("彻底删除文件"))
    box.setText(_("彻底删除“{name}”？删了以后不能撤销。").format(name=name))
    box.setInformativeText(_("以前的备份里如果有这份文件，那一份不受影响。"))
    keep = box.addButton(_("留着"), QMessageBox.ButtonRole.RejectRole)
    erase = box.addButton(_("彻底删除"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(keep)
    box.exec()
    return box.clickedButton() is erase


def pledge(parent: QWidget, pack: Pack, found: Review, name: str) -> str | None:
    """Who gives the firm's word for its answers; None when the person thought better of it."""
    from assessor.gui.pledge import PledgeDialog

    dialog = PledgeDialog(parent, pack, found, name)
    done = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.name.text().strip() if done else None


def leave_unsaved(parent: QWidget, count: int) -> bool:
    """Whether to go although answers could not be written."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(_("还有答案没有保存"))
    box.setText(_("有 {count} 项还没有写进磁盘，离开就会丢失。").format(count=count))
    box.setInformativeText(_("请先留下，腾出空间或恢复写入后点“重试”。"))
    stay = box.addButton(_("留下"), QMessageBox.ButtonRole.RejectRole)
    leave = box.addButton(_("丢弃并离开"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(stay)
    box.exec()
    return box.clickedButton() is leave


def erase_for_good(parent: QWidget, what: str, lost: str) -> bool:
    """Whether to delete what can't be brought back; both texts say what that is."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(_("彻底删除"))
    box.setText(what)
    box.setInformativeText(lost)
    keep = box.addButton(_("留着"), QMessageBox.ButtonRole.RejectRole)
    go = box.addButton(_("彻底删除"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(keep)
    box.exec()
    return box.clickedButton() is go


def tell_bug(parent: QWidget | None, details: str) -> None:
    """Say politely that the program has a defect, with what its makers need to know."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(_("程序出了错"))
    box.setText(_("刚才这一步没有做成，是程序的问题，不是您的操作有误。"))
    box.setInformativeText(_("已答的内容都已保存，可以继续使用。请把下面的详细信息发给维护人员。"))
    box.setDetailedText(details)
    box.addButton(_("继续"), QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def open_path(path: Path) -> bool:
    """Open a file or folder with what the system has for it; whether there was something."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
