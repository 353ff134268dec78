"""What the window does with files and with what is thrown away. Slow things in the background."""

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from assessor import commands
from assessor.answers.model import Signed
from assessor.answers.review import review
from assessor.commands import shelf, travel, visit
from assessor.commands.benchmarks import import_benchmarks, is_benchmark, name_of
from assessor.commands.workbooks import write_template
from assessor.diagnosis import diagnose
from assessor.gui import ask
from assessor.gui.desk import Desk
from assessor.gui.filenames import documents, file_name
from assessor.gui.firmtable import firm_of
from assessor.gui.parts import Tone
from assessor.gui.pledge import PLEDGE
from assessor.gui.prefs import Prefs
from assessor.gui.stage import Stage
from assessor.pack.bundle import Installed
from assessor.pack.counted_file import BenchmarkFile
from assessor.store.parts import Exported
from assessor.store.store import AssessmentRow
from assessor.words import _

_BOOK, ZIP = "Excel (*.xlsx)", "ZIP (*.zip)"


class Errands(QObject):
    """Belongs to the window and shows its results there. `installed` comes when there are other packs."""

    installed = Signal()

    def __init__(self, stage: Stage, desk: Desk) -> None:
        super().__init__(stage)
        self._stage, self.desk = stage, desk

    def chosen(self) -> AssessmentRow | None:
        """The assessment in hand: the one that is open, else the one marked in the list."""
        key = self._stage.in_hand()
        return None if key is None else self.desk.store.assessment(key)

    # -- in

    def choose_files(self) -> None:
        """Ask for files and take them in."""
        kinds = _("可以导入的文件 (*.xlsx *.xlsm *.json *.zip);;所有文件 (*)")
        self.take_in(ask.open_paths(self._stage, _("导入工作簿、答案文件或同事的部分"), kinds))

    def take_in(self, files: Sequence[Path]) -> None:
        """Take files in, with a page that tells of each."""
        from assessor.commands.taking import files_among
        from assessor.gui.importpage import ImportPage

        found = files_among(files)
        if files and not found:
            self._stage.banner.say(_("里面没有可以导入的文件。"), "amber")
        if not found:
            return
        page = ImportPage(self.desk, found)
        page.opened.connect(self._stage.assessment_wanted)
        page.settle_wanted.connect(self.show_unsettled)
        page.left.connect(lambda: self._stage.home_wanted.emit(None))
        if self._stage.visit(page, _("导入"), page.farewell):
            page.take_focus()
            page.begin()

    def install(self) -> None:
        """A bundle's packs, or a benchmark pack, into the user's own folder."""
        file = ask.open_file(self._stage, _("选择诊断包或基准包文件"), ZIP)
        if file is None:
            return
        if is_benchmark(file):
            self._stage.busy.run(
                _("正在检查并安装基准包"), self._counted, import_benchmarks, self.desk.here, file
            )
        else:
            self._stage.busy.run(
                _("正在检查并安装诊断包"), self._installed, travel.install_pack, self.desk.here, file
            )

    def _installed(self, done: Installed) -> None:
        head = done.bundle
        said = _("已安装“{title}”{version} 版；新建的诊断用它，已有的诊断仍用原来的版本。")
        text = said.format(title=head.title, version=head.version)
        self._stage.banner.say(text, "green")
        self.installed.emit()

    def _counted(self, done: tuple[BenchmarkFile, bool]) -> None:
        found, new = done
        said = _("已安装{name}；再打开诊断时就能看到同行里的位置。") if new else _("{name}本来就装着。")
        self._stage.banner.say(said.format(name=name_of(found.head)), "green")
        self.installed.emit()

    # -- out

    def write_blank(self, pack: str) -> None:
        """A blank workbook to be filled in by a firm."""
        name = file_name(self.desk.pack_title(pack), _("空白问卷"), ending=".xlsx")
        out = ask_out(self._stage, self.desk, _("空白问卷存到"), name, _BOOK, ".xlsx")
        if out is not None:
            self._stage.busy.run(
                _("正在写空白问卷"), self._written, write_template, self.desk.here, pack, out
            )

    def export_book(self) -> None:
        """The assessment in hand as a workbook that scores itself; a firm gives its word for its own."""
        chosen = self.chosen()
        if chosen is not None and chosen.mode == "self" and not self._pledged(chosen):
            return
        line, out = self._ask_for(_("导出工作簿"), (), _BOOK, ".xlsx")
        if line is None or out is None:
            return
        here, run, count = self.desk.here, self._stage.busy.run, len(self.desk.store.open_items(line.id))
        blank = _("有 {count} 项待定，在工作簿里空着").format(count=count) if count else ""
        what = _("正在导出工作簿")
        run(what, lambda done: self._written(done, blank), travel.export_assessment, here, line.id, out)

    def _pledged(self, line: AssessmentRow) -> bool:
        """Show what is blank or doubtful and take the firm's word, which is kept as its signature."""
        self._stage.save_all()
        store = self.desk.store
        pack, answers, _row = commands.load_assessment(self.desk.here, store, line.id)
        found = diagnose(pack, answers)
        was = answers.signed
        name = ask.pledge(
            self._stage,
            pack,
            review(pack, answers, found.states, found.findings),
            was.representative if was else "",
        )
        if name is None:
            return False
        if was is None or was.representative != name or was.changed:
            signed = Signed("", name, f"{commands.now():%Y-%m-%d}", _(PLEDGE))
            if self._stage.work is not None and self._stage.work.session.key == line.id:
                self._stage.work.session.sign(signed)
            else:
                visit.sign(store, line.id, signed, self.desk.by)
        return True

    def export_part(self) -> None:
        """The assessment in hand with its history and evidence, for a colleague to merge."""
        line, out = self._ask_for(_("导出我的部分"), (self.desk.by, _("部分")), ZIP, ".part.zip")
        if line is None or out is None:
            return

        def done(exported: Exported) -> None:
            lost = len(exported.missing)
            said = _("有 {count} 份佐证的文件已丢失或损坏，没有带上").format(count=lost) if lost else ""
            self._written(out, said)

        here, run = self.desk.here, self._stage.busy.run
        run(_("正在导出部分"), done, travel.hand_out, here, line.id, out)

    def write_sheet(self) -> None:
        """The questions of the visit chosen for the assessment in hand, on paper."""
        line, out = self._ask_for(_("走访单存到"), (_("走访单"),), "PDF (*.pdf)", ".pdf")
        if line is None or out is None:
            return
        here, by, run = self.desk.here, self.desk.by, self._stage.busy.run
        limit, chosen = Prefs(here.data).visit_of(line.uid)
        run(_("正在写走访单"), self._written, visit.write_sheet, here, line.id, limit, chosen, out, by)

    def _ask_for(
        self, title: str, parts: Sequence[str], kind: str, ending: str
    ) -> tuple[AssessmentRow | None, Path | None]:
        """The assessment in hand, all of it saved, and where to write it."""
        line = self.chosen()
        if line is None:
            return None, None
        self._stage.save_all()
        name = file_name(line.firm_name, self.desk.pack_title(line.pack), line.date, *parts, ending=ending)
        return line, ask_out(self._stage, self.desk, title, name, kind, ending)

    def _written(self, out: Path, but: str = "") -> None:
        said = _("已写好：{path}").format(path=out)
        text, tone = (_("{said}。{but}。").format(said=said, but=but), "amber") if but else (said, "green")
        folder = (_("打开所在文件夹"), lambda: ask.open_path(out.parent))
        self._stage.banner.say(text, cast(Tone, tone), *folder)

    # -- trash, and what is not settled

    def discard(self, key: int) -> None:
        """Into the trash; one line offers to take it back."""
        line = self.desk.store.assessment(key)
        shelf.discard(self.desk.store, key, self.desk.by)
        self._stage.home_wanted.emit(None)
        said = _("“{firm}”的诊断已移到回收站。").format(firm=firm_of(line.firm_name))
        self._stage.banner.say(said, "green", _("撤销"), lambda: self.undiscard(key))

    def undiscard(self, key: int) -> None:
        """Take back what was thrown away last."""
        shelf.bring_back(self.desk.store, key)
        if self._stage.work is None:
            self._stage.home_wanted.emit(key)

    def show_trash(self) -> None:
        """The page of what was thrown away."""
        from assessor.gui.trashpage import TrashPage

        self._stage.banner.hide()
        page = TrashPage(self.desk)
        page.left.connect(lambda: self._stage.home_wanted.emit(None))
        said = _("“{firm}”的诊断已回到列表。")
        page.restored.connect(lambda firm: self._stage.banner.say(said.format(firm=firm), "green"))
        if self._stage.visit(page, _("回收站")):
            page.take_focus()

    def show_unsettled(self, key: int) -> None:
        """The page on which a person decides between different answers."""
        from assessor.gui.settlepage import SettlePage

        page = SettlePage(self.desk, key)
        page.left.connect(lambda: self._stage.home_wanted.emit(None))
        page.opened.connect(self._stage.question_wanted)
        if self._stage.visit(page, _("待定的不同答案")):
            page.take_focus()


def ask_out(window: QWidget, desk: Desk, title: str, name: str, kind: str, ending: str) -> Path | None:
    """Where to write a file, with its ending; None when the person thought better of it."""
    out = ask.save_path(window, title, documents(desk.here.data) / name, kind)
    if out is None or out.name.lower().endswith(f".{ending.rpartition('.')[2]}"):
        return out
    return free_name(out.with_name(out.name + ending), ending)


def free_name(path: Path, ending: str) -> Path:
    """The path, or one with a number: the person was not asked about a file of that name."""
    stem, number = path.name.removesuffix(ending), 2
    while path.exists():
        path, number = path.with_name(f"{stem}-{number}{ending}"), number + 1
    return path
