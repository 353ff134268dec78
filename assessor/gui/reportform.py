"""What kind of report is wanted: for whom, in what form, by which Word template, to print or to keep."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from assessor.commands.paper import Archive, Paper, word_templates
from assessor.gui import ask
from assessor.gui.choice import ChoiceRow
from assessor.gui.parts import Text, column, panel, row
from assessor.gui.prefs import Prefs
from assessor.report.readers import Reader
from assessor.words import _

_READERS: tuple[tuple[Reader, str, str], ...] = (
    ("boss", "给企业负责人", "一页结论，加先做的几步"),
    ("plant", "完整报告", "全部章节，交给企业"),
    ("agency", "给主管部门", "结论、答案、佐证、来源、签字"),
)
_FORMS = (
    (".pdf", "PDF", "可打印，带书签和页码"),
    (".docx", "Word 文档", "带样式和图表，可以接着改"),
    (".html", "网页（HTML）", "浏览器打开，不需要额外组件"),
)
_USES = (
    (False, "打印、传阅", "平常的 PDF"),
    (True, "存档", "PDF/A，里面附填好的工作簿和答案文件"),
)
_REPORT, _SURVEY, _OWN = "report", "survey", "own"
_TEMPLATES = (
    (_REPORT, "诊断报告", "自带的模板"),
    (_SURVEY, "调研诊断表", "照省级调研表，不分读者"),
    (_OWN, "自己的文件…", "单位自己的 Word 模板"),
)


class ReportForm(QWidget):
    """`changed` when another choice is made; reader and template are remembered."""

    changed = Signal()

    def __init__(self, prefs: Prefs) -> None:
        super().__init__()
        self._prefs = prefs
        self.reader, self.suffix, self.for_archive = prefs.report_reader, ".pdf", False
        self._own = prefs.report_template
        self.template = _OWN if self._own else _REPORT
        self.readers = _rows(_READERS, self.choose_reader)
        self.forms = _rows(_FORMS, self.choose_form)
        self.uses = _rows(_USES, self.choose_use)
        self.templates = _rows(_TEMPLATES, self.choose_template)
        self._uses = _section(_("用来做什么"), self.uses.values())
        self._templates = _section(_("Word 模板"), self.templates.values())
        self.setLayout(
            column(
                _section(_("给谁看"), self.readers.values()),
                _section(_("形式"), self.forms.values()),
                self._uses,
                self._templates,
                gap=16,
            )
        )
        self._show()

    # -- choose

    def choose_reader(self, reader: Reader) -> None:
        """For whom it is; kept for the next report."""
        self.reader = self._prefs.report_reader = reader
        self._show()

    def choose_form(self, suffix: str) -> None:
        """PDF, Word or HTML, by the file's ending."""
        self.suffix = suffix
        self._show()

    def choose_use(self, for_archive: bool) -> None:
        """A PDF to print, or one to keep with its sources."""
        self.for_archive = for_archive
        self._show()

    def choose_template(self, name: str) -> None:
        """A shipped template, or a file that the person picks; kept for the next report."""
        if name == _OWN:
            found = ask.open_file(self, _("选择 Word 模板"), "Word (*.docx)")
            if found is None:
                self._show()
                return
            self._own = found
        self.template = name
        self._prefs.report_template = self._own if name == _OWN else None
        self._show()

    def _show(self) -> None:
        chosen: tuple[tuple[dict[object, ChoiceRow], object], ...] = (
            (self.readers, self.reader),
            (self.forms, self.suffix),
            (self.uses, self.for_archive),
            (self.templates, self.template),
        )
        for rows, value in chosen:
            for each, made in rows.items():
                made.setChecked(each == value)
        if self._own is not None:
            self.templates[_OWN].set_about(self._own.name)
        self._uses.setVisible(self.suffix == ".pdf")
        self._templates.setVisible(self.suffix == ".docx")
        self.changed.emit()

    # -- what was chosen

    def paper(self, archive: Archive) -> Paper:
        """The paper that was chosen; `archive` is what one for the archive is made from."""
        template = None
        if self.suffix == ".docx":
            template = self._own if self.template == _OWN else word_templates()[self.template]
        wanted = archive if self.suffix == ".pdf" and self.for_archive else None
        return Paper(reader=self.reader, template=template, archive=wanted)

    def kind(self) -> str:
        """What the paper is called in the name of its file."""
        if self.suffix == ".docx" and self.template == _SURVEY:
            return _("调研诊断表")
        names = {"boss": _("诊断摘要"), "plant": _("诊断报告"), "agency": _("诊断附件")}
        return names[self.reader]


class _ThirdRow(ChoiceRow):
    """One of up to three side by side, all as high as the highest."""

    def __init__(self, title: str, about: str, done: Callable[[], object]) -> None:
        super().__init__(title, about, done)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(150, self.heightForWidth(max(self.width(), 150)))


def _rows(choices: Iterable[tuple[object, str, str]], done: Callable[..., object]) -> dict[object, ChoiceRow]:
    return {value: _ThirdRow(_(title), _(about), partial(done, value)) for value, title, about in choices}


def _section(title: str, rows: Iterable[ChoiceRow]) -> QWidget:
    beside = row(*rows, gap=12)
    for place in range(beside.count()):
        beside.setStretch(place, 1)
    return panel(column(Text(title, "section"), beside, gap=8))
