"""The plan as a file: for Project, for a calendar, for machines."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from assessor.commands import roadmap as verb
from assessor.errors import UserError
from assessor.gui import ask
from assessor.gui.banner import error_line
from assessor.gui.filenames import documents, file_name
from assessor.gui.parts import Notice, add, button, clear, column, row
from assessor.gui.session import Session
from assessor.words import _

FORMS = {".xml": "Project（.xml）", ".ics": "日历（.ics）", ".json": "JSON"}


class PlanFiles(QWidget):
    """The step one came for, buttons for the files beside it, and what came of them.

    `made` gives the plan to write, None while there is none.
    """

    def __init__(self, session: Session, first: QPushButton, made: Callable[[], verb.Made | None]) -> None:
        super().__init__()
        self._session, self._made = session, made
        self.told = column(gap=8)
        tools = row(first, gap=8)
        for suffix, words in FORMS.items():
            name = _("导出{form}").format(form=_(words))
            tools.addWidget(button(_(words), partial(self.export, suffix), icon="export", name=name))
        tools.addStretch(1)
        self.setLayout(column(tools, self.told, gap=8))

    def export(self, suffix: str) -> None:
        """Ask where to, and write it."""
        session = self._session
        name = file_name(session.firm_name, _("路线图"), session.answers.date, ending=suffix)
        suggested = documents(session.desk.here.data) / name
        found = ask.save_path(self, _("路线图存到"), suggested, f"{_(FORMS[suffix])} (*{suffix})")
        if found is not None:
            self.write(found if found.suffix else found.with_suffix(suffix))

    def write(self, path: Path) -> None:
        """Write the plan, and say where it is or why not."""
        made = self._made()
        if made is None:
            return
        clear(self.told)
        try:
            verb.write(made, path)
        except UserError as error:
            add(self.told, Notice(error_line(error), "red"))
            return
        add(self.told, Notice(_("已写好：{path}").format(path=path), "green", typed=True))
        folder = button(_("打开所在文件夹"), lambda: ask.open_path(path.parent), icon="folder")
        self.told.addLayout(row(folder, None))
