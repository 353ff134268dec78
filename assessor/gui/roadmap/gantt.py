"""The plan's picture that can be taken hold of: choose a bar, move it to another quarter, switch it off."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QByteArray, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from assessor.gui.skin import skin
from assessor.gui.tables import as_text
from assessor.report.charts.gantt import Bar, Box, Gantt, Places, bar_lines, places_of
from assessor.report.charts.roadmap import roadmap_chart
from assessor.report.roadmap_words import money_text
from assessor.words import _, named

_LEAST = 560


class GanttView(QWidget):
    """Shows a plan and tells what a person does to it; what that means, the page decides.

    `chosen` names the bar in hand. `moving` comes with each quarter a bar is dragged over, `moved` when it
    is let go or pushed by a key; `pin` and `off` ask to fix or free it, and to leave it out.
    """

    chosen = Signal(str)
    moving = Signal(str, int)
    moved = Signal(str, int)
    put_back = Signal()
    pin = Signal(str)
    off = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._view: Gantt | None = None
        self._rows: tuple[str, ...] = ()
        self._places: Places | None = None
        self._renderer = QSvgRenderer(self)
        self._drag: tuple[str, float, int] | None = None
        self.current = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(_LEAST)
        self.setAccessibleName(_("路线图：按季度排的举措"))
        skin().changed.connect(self._draw)

    # -- show

    def show_plan(self, view: Gantt, *, keep_rows: bool = False) -> None:
        """Another plan; with `keep_rows` its bars stay in the rows they are in, as while one is dragged."""
        self._view = view
        if not keep_rows:
            self._rows = tuple(bar.id for bar in view.bars)
        self._draw()
        if self.current not in self._bars():
            self.choose(self._rows[0] if self._rows else "")
        else:
            self._say()

    def choose(self, name: str) -> None:
        """Take a bar in hand."""
        changed = name != self.current
        self.current = name
        self._say()
        self.update()
        if changed:
            self.chosen.emit(name)

    def bar(self, name: str) -> Bar | None:
        """A bar of the plan shown."""
        return self._bars().get(name)

    def box(self, name: str) -> QRectF:
        """Where a bar lies in the widget."""
        return _rect(self._places.bars[name]) if self._places and name in self._places.bars else QRectF()

    @property
    def rows(self) -> Sequence[str]:
        """The actions from top to bottom."""
        return self._rows

    def _bars(self) -> dict[str, Bar]:
        return {bar.id: bar for bar in self._view.bars} if self._view else {}

    def _draw(self) -> None:
        if self._view is None or self.width() < 10:
            return
        width = float(max(_LEAST, self.width()))
        self._places = places_of(self._view, width, self._rows, headed=False)
        svg = roadmap_chart(self._view, skin().theme, width, self._rows, headed=False)
        self._renderer.load(QByteArray(svg.encode()))
        self.updateGeometry()
        self.setFixedHeight(round(self._places.height))
        self.update()

    def _say(self) -> None:
        """What a screen reader says of the bar in hand."""
        bar = self.bar(self.current)
        self.setAccessibleDescription(self._words(bar) if bar else _("没有排入任何举措"))

    def _words(self, bar: Bar) -> str:
        told = _("{title}：第 {start} 到第 {finish} 季度，{money}").format(
            title=named(bar), start=bar.start, finish=bar.finish, money=money_text(bar.cost)
        )
        more = [_("已定在这个季度")] if bar.pinned else []
        more += [_("碰到限制")] if bar.broken else []
        more += [_("费用高低都该做")] if bar.kept else []
        return _("，").join([told, *more])

    def sizeHint(self) -> QSize:
        return QSize(900, round(self._places.height) if self._places else 300)

    # -- mouse

    def _at(self, point: QPointF, *, row: bool = False) -> str:
        if self._places is None:
            return ""
        boxes = self._places.rows if row else self._places.bars
        return next((name for name, box in boxes.items() if _rect(box).contains(point)), "")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        name = self._at(event.position(), row=True)
        if not name:
            super().mousePressEvent(event)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.choose(name)
        bar = self.bar(name)
        if event.button() == Qt.MouseButton.LeftButton and bar and self._at(event.position()) == name:
            self._drag = (name, event.position().x(), bar.start)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is None or self._places is None:
            on_bar = bool(self._at(event.position()))
            self.setCursor(Qt.CursorShape.OpenHandCursor if on_bar else Qt.CursorShape.ArrowCursor)
            return
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        name, x, start = self._drag
        quarter = self._within(name, start + round((event.position().x() - x) / self._places.column))
        bar = self.bar(name)
        if bar is not None and quarter != bar.start:
            self.moving.emit(name, quarter)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drag is None:
            super().mouseReleaseEvent(event)
            return
        name, _x, start = self._drag
        self._drag = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        bar = self.bar(name)
        if bar is not None and bar.start != start:
            self.moved.emit(name, bar.start)

    def _within(self, name: str, quarter: int) -> int:
        bar, view = self.bar(name), self._view
        if bar is None or view is None:
            return quarter
        return max(1, min(quarter, view.quarters - (bar.finish - bar.start)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self.choose(self._at(QPointF(event.pos()), row=True) or self.current)
            place = event.globalPos()
        else:
            place = self.mapToGlobal(self.box(self.current).bottomLeft().toPoint())
        bar = self.bar(self.current)
        if bar is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = _("不再定死季度\tP") if bar.pinned else _("定在这个季度\tP")
        menu.addAction(words, lambda: self.pin.emit(bar.id))
        menu.addAction(_("提前一季度\t←"), lambda: self._push(-1))
        menu.addAction(_("推后一季度\t→"), lambda: self._push(1))
        menu.addSeparator()
        menu.addAction(_("不做这一项\tDel"), lambda: self.off.emit(bar.id))
        menu.addSeparator()
        menu.addAction(_("复制为表格"), self.copy_table)
        menu.popup(place)

    def copy_table(self) -> None:
        """The plan to the clipboard, cells between tabs."""
        if self._view is not None:
            QGuiApplication.clipboard().setText(as_text(bar_lines(self._view)))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            bar = self.bar(self._at(QPointF(event.pos()), row=True))
            QToolTip.showText(event.globalPos(), self._words(bar) if bar else "", self)
            return True
        return super().event(event)

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys: Mapping[int, Callable[[], object]] = {
            Qt.Key.Key_Up: lambda: self._step(-1),
            Qt.Key.Key_Down: lambda: self._step(1),
            Qt.Key.Key_Home: lambda: self._step(-len(self._rows)),
            Qt.Key.Key_End: lambda: self._step(len(self._rows)),
            Qt.Key.Key_Left: lambda: self._push(-1),
            Qt.Key.Key_Right: lambda: self._push(1),
            Qt.Key.Key_P: lambda: self.pin.emit(self.current),
            Qt.Key.Key_Delete: lambda: self.off.emit(self.current),
        }
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        step = keys.get(event.key()) if plain and self.bar(self.current) else None
        if step is not None:
            step()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_table()
        elif event.key() == Qt.Key.Key_Escape and self._drag is not None:
            self._drag = None
            self.put_back.emit()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        place = self._rows.index(self.current) if self.current in self._rows else 0
        self.choose(self._rows[max(0, min(place + by, len(self._rows) - 1))])

    def _push(self, by: int) -> None:
        bar = self.bar(self.current)
        if bar is None:
            return
        quarter = self._within(bar.id, bar.start + by)
        if quarter != bar.start:
            self.moved.emit(bar.id, quarter)

    # -- paint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._draw()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = skin()
        if self._places is not None and self.current in self._places.rows:
            painter.fillRect(_rect(self._places.rows[self.current]), QColor(look.theme.accent_soft))
        self._renderer.render(painter, QRectF(QPointF(0, 0), self._renderer.defaultSize()))
        if self._places is not None and self.current in self._places.bars:
            wide = 2.5 if self.hasFocus() else 1.5
            painter.setPen(QPen(look.colour("ink"), wide))
            painter.drawRoundedRect(
                _rect(self._places.bars[self.current]).adjusted(-1.5, -1.5, 1.5, 1.5), 4, 4
            )
        painter.end()


def _rect(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)
