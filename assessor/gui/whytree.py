"""Why this score: the tree from the verdict down to each answer, to be unfolded and followed."""

from decimal import Decimal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from assessor.answers.model import AnswerState
from assessor.report.spacing import spaced
from assessor.report.wording import exact_text
from assessor.scoring.explain import Explanation
from assessor.words import STATES, _, named, ranged

Index = QModelIndex | QPersistentModelIndex
_QUESTION = int(Qt.ItemDataRole.UserRole) + 1
_ROW = 34
_HEADS = ("依据", "权重", "得分", "满分", "状态")


class WhyTree(QTreeView):
    """`jumped` carries the question whose line was chosen. As tall as what it shows."""

    jumped = Signal(str)

    def __init__(self, tree: Explanation) -> None:
        super().__init__()
        self.setAccessibleName(_("得分依据"))
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformRowHeights(True)
        self.setIndentation(20)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet(f"QTreeView::item {{ height: {_ROW - 8}px; }}")
        self.expanded.connect(lambda _index: self._fit())
        self.collapsed.connect(lambda _index: self._fit())
        self.doubleClicked.connect(self._jump)
        self.show_tree(tree)

    def show_tree(self, tree: Explanation) -> None:
        """Another tree; dimensions are unfolded, what is below is not."""
        self._items.clear()
        self._items.setHorizontalHeaderLabels([_(head) for head in _HEADS])
        self._items.appendRow(self._line(tree))
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for place in (1, 2, 3):
            self._items.setHeaderData(
                place, Qt.Orientation.Horizontal, right, Qt.ItemDataRole.TextAlignmentRole
            )
        head = self.header()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for place, wide in ((1, 80), (2, 130), (3, 80), (4, 90)):
            head.setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed)
            head.resizeSection(place, wide)
        self.expandToDepth(0)
        self._fit()

    def _line(self, node: Explanation, depth: int = 0) -> list[QStandardItem]:
        name = f"{node.question}　{named(node)}" if node.question else named(node)
        first = QStandardItem(spaced(name))
        first.setData(node.question, _QUESTION)
        for part in node.parts:
            first.appendRow(self._line(part, depth + 1))
        low, high = exact_text(node.span.low), exact_text(node.span.high)
        score = low if node.span.known else ranged(low, high)
        state = "" if node.state in (None, AnswerState.ANSWERED) else _(STATES[str(node.state)])
        rest = [
            _right(_weight(node.weight, depth)),
            _right(score),
            _right(exact_text(node.span.most)),
            QStandardItem(state),
        ]
        return [first, *rest]

    def _jump(self, index: Index) -> None:
        question = index.sibling(index.row(), 0).data(_QUESTION)
        if question:
            self.jumped.emit(str(question))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._jump(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        """No scroll bar within the page: the tree is as tall as its lines."""
        lines, index = 0, self._items.index(0, 0)
        while index.isValid():
            lines += 1
            index = self.indexBelow(index)
        self.setFixedHeight(self.header().sizeHint().height() + lines * _ROW + 8)


def _weight(weight: Decimal | None, depth: int) -> str:
    """Dimensions are worth points, everything below a share of what is above it."""
    if weight is None:
        return ""
    text = format(weight.normalize(), "f")
    return _("{n} 分").format(n=text) if depth == 1 else f"{text}%"


def _right(text: str) -> QStandardItem:
    made = QStandardItem(text)
    made.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made
