"""Which key does what? One table, for the page that obeys it and the sheet that shows it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from assessor.gui.parts import Text, button, chip, column, row
from assessor.words import _

GROUPS: Sequence[tuple[str, Sequence[tuple[str, str]]]] = (
    (
        "作答",
        (
            ("1—5", "选等级（1 是 0 级，5 是 4 级）"),
            ("A、B、C…", "选选项，也可按 1—9"),
            ("0—9", "数字题：直接开始填"),
            ("U", "不清楚"),
            ("D", "不便提供"),
            ("N", "不适用（要写原因）"),
            ("R", "写备注"),
            ("E", "佐证：照片、文件、截图"),
            ("Ctrl+V", "把剪贴板里的图片贴成佐证"),
            ("P", "确认建议等级"),
            ("Shift+P", "全部按建议确认"),
            ("H", "这一题的修改记录"),
            ("Del", "清除这一题"),
            ("Ctrl+Z", "撤销上一步，重启后也行"),
            ("Ctrl+Y", "重做（也可按 Ctrl+Shift+Z）"),
            ("Alt+字母", "字母被选项占用时，用它代替上面的键"),
        ),
    ),
    (
        "走动",
        (
            ("↓ 或 J", "下一题"),
            ("↑ 或 K", "上一题"),
            ("Enter 或 →", "下一道没答的题（也可按 Ctrl+N）"),
            ("Esc", "离开输入框，回到题目"),
            ("Tab", "下一个控件"),
            ("/", "搜索题目"),
        ),
    ),
    (
        "路线图",
        (
            ("↑ ↓", "选一项举措"),
            ("← →", "提前或推后一季度，并定在那里"),
            ("P", "定在这个季度，再按放开"),
            ("Del", "不做这一项"),
        ),
    ),
    (
        "窗口",
        (
            ("V", "换成记现场核实，再按换回（现场评定）"),
            ("F1", "说明栏"),
            ("F2", "结果"),
            ("F3", "答题"),
            ("F4", "离开前再看一遍"),
            ("F5", "路线图"),
            ("F6", "全部修改记录"),
            ("F7", "一题一屏，再按回到整节"),
            ("F8", "走访：20 分钟、1 小时或全部（现场评定）"),
            ("Ctrl+P", "报告"),
            ("F10", "更多：导入、导出、备份、回收站"),
            ("Ctrl+O", "导入"),
            ("Ctrl+E", "导出工作簿"),
            ("Ctrl+C", "在图上：复制为表格"),
            ("Ctrl+Shift+C", "在图上：复制为图片"),
            ("?", "这张表"),
        ),
    ),
)


class KeySheet(QDialog):
    """All keys at a glance."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("键盘"))
        answering, walking, roadmap, window = (self._group(*group) for group in GROUPS)
        left = column(answering, 16, roadmap, None, gap=0)
        right = column(walking, 16, window, None, gap=0)
        close = button(_("知道了"), self.accept, "primary")
        self.setLayout(column(row(left, right, gap=40), row(None, close), gap=16, margin=(24, 20, 24, 16)))

    @staticmethod
    def _group(title: str, keys: Sequence[tuple[str, str]]) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setColumnMinimumWidth(0, 92)
        grid.setColumnStretch(1, 1)
        grid.setVerticalSpacing(6)
        grid.addWidget(Text(_(title), "section", wrap=False), 0, 0, 1, 2)
        for place, (key, words) in enumerate(keys, 1):
            grid.addWidget(chip(_(key)), place, 0)
            grid.addWidget(Text(_(words), wrap=False), place, 1)
        holder = QWidget()
        holder.setLayout(grid)
        return holder
