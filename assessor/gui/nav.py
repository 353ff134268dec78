"""The pane at the left: which firm, which sections, how far; and the search."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QProgressBar, QSizePolicy, QWidget

from assessor.gui.counts import Count, count, doubtful_in
from assessor.gui.hits import HitList
from assessor.gui.icons import paint_icon
from assessor.gui.parts import Text, column, fill, panel, scroll
from assessor.gui.session import Session
from assessor.gui.signing import signed_brief
from assessor.gui.skin import skin
from assessor.gui.way import Way
from assessor.pack.question import Question
from assessor.report.wording import date_text
from assessor.words import MODES, _, named

WIDE, NARROW = 248, 60
FACTS = "facts"
_RING = 28


class NavRow(QAbstractButton):
    """A section with its ring of progress; folded, only the ring is left."""

    def __init__(self, number: int, title: str) -> None:
        super().__init__()
        self._number, self._title = number, title
        self._count: Count | None = None
        self._folded = False
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(title)
        self.setAccessibleName(title)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_count(self, found: Count) -> None:
        """How far the section is."""
        if found == self._count:
            return
        self._count = found
        told = _("已答 {done}，共 {all}").format(done=found.settled, all=found.asked)
        self.setAccessibleName(_("{title}，{told}").format(title=self._title, told=told))
        self.update()

    def fold(self, folded: bool) -> None:
        """Only the ring, or all of it."""
        self._folded = folded
        self.updateGeometry()
        self.update()

    def _tally(self) -> str:
        found = self._count
        return "" if found is None or not found.asked else f"{found.settled}/{found.asked}"

    def _text_box(self, width: int) -> QRect:
        right = QFontMetrics(skin().font(skin().looks.window.note)).horizontalAdvance("00/00") + 14
        return QRect(10 + _RING + 10, 0, width - (10 + _RING + 10) - right, 10_000)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._folded:
            return 44
        box = self._text_box(width)
        flags = int(Qt.TextFlag.TextWordWrap)
        return max(44, self.fontMetrics().boundingRect(box, flags, self._title).height() + 16)

    def sizeHint(self) -> QSize:
        return QSize(44, self.heightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter)
        self._ring(painter)
        if not self._folded:
            self._words(painter)
        painter.end()

    def _ground(self, painter: QPainter) -> None:
        look = skin()
        fill = "accent_soft" if self.isChecked() else ("line" if self.underMouse() else "panel")
        painter.setBrush(look.colour(fill))
        painter.setPen(QPen(look.colour("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _ring(self, painter: QPainter) -> None:
        look = skin()
        left = (self.width() - _RING) / 2 if self._folded else 10
        box = QRectF(left, (self.height() - _RING) / 2, _RING, _RING).adjusted(2, 2, -2, -2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._number == 0:
            paint_icon(painter, "firm", look.theme.quiet, box.adjusted(1, 1, -1, -1))
            return
        found = self._count
        done = found is not None and found.asked > 0 and found.is_done
        painter.setPen(QPen(look.colour("line"), 2.5))
        painter.drawEllipse(box)
        if found is not None and found.asked:
            painter.setPen(QPen(look.colour("green" if done else "accent"), 2.5))
            painter.drawArc(box, 90 * 16, -round(360 * 16 * found.settled / found.asked))
        if done:
            paint_icon(painter, "check", look.theme.green, box.adjusted(5, 5, -5, -5))
        else:
            painter.setPen(look.colour("quiet"))
            painter.setFont(look.font(look.looks.window.note))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._number))
        if found is not None and found.doubts:
            self._badge(painter, box)

    def _badge(self, painter: QPainter, ring: QRectF) -> None:
        """A small sign at the ring's edge: something in here is doubtful."""
        look = skin()
        box = QRectF(ring.right() - 8, ring.bottom() - 10, 14, 14)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent_soft" if self.isChecked() else "panel"))
        painter.drawEllipse(box.adjusted(-1, -1, 1, 1))
        paint_icon(painter, "doubt", look.theme.amber, box)

    def _words(self, painter: QPainter) -> None:
        look = skin()
        box = self._text_box(self.width())
        box.setHeight(self.height())
        painter.setFont(look.font(bold=self.isChecked()))
        painter.setPen(look.colour("ink"))
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(box, flags, self._title)
        painter.setFont(look.font(look.looks.window.note))
        painter.setPen(look.colour("quiet"))
        right = QRect(0, 0, self.width() - 10, self.height())
        painter.drawText(
            right, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._tally()
        )


class SearchLine(QLineEdit):
    """Keeps Enter for itself: what it leads to is another question, where Enter means something else."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class NavPane(QWidget):
    """`chosen` carries a section's id, `found` a question's."""

    chosen = Signal(str)
    found = Signal(str)

    def __init__(self, session: Session, way: Way) -> None:
        super().__init__()
        self._session, self._way = session, way
        fill(self, "panel")
        self._about = Text("", "note")
        self.search = SearchLine(_("搜索题目"), _("搜索题目  /"))
        self.search.setClearButtonEnabled(True)
        self._progress = Text("", "note", wrap=False)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("总进度"))
        self.rows = {key: NavRow(place, title) for place, (key, title) in enumerate(self._titles())}
        self.hits = HitList()
        self._head = self._make_head()
        self._list = panel(column(*self.rows.values(), None, gap=2, margin=(8, 4, 8, 8)), "panel")
        self._scroll = scroll(self._list, _("模块"))
        self.setLayout(column(self._head, self._scroll, self.hits, gap=0))
        self._wire()
        self.fold(False)
        self.refresh()

    def _titles(self) -> Sequence[tuple[str, str]]:
        return [(FACTS, _("企业信息")), *((each.id, named(each)) for each in self._session.pack.sections)]

    def _make_head(self) -> QWidget:
        done = column(self._progress, self._bar, gap=6)
        return panel(column(self._about, 4, self.search, 4, done, gap=4, margin=(16, 14, 16, 10)), "panel")

    def _wire(self) -> None:
        for key, made in self.rows.items():
            made.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
        self.search.textChanged.connect(self._look)
        self.search.returnPressed.connect(self.hits.take)
        self.hits.taken.connect(self._take)
        self.hits.hide()

    def refresh(self) -> None:
        """Firm, counts and progress as they stand."""
        session = self._session
        mode, day = _(MODES[session.answers.mode]), date_text(session.answers.date)
        signed = signed_brief(session.answers.signed)
        self._about.setText(" · ".join(filter(None, (mode, day, signed))))
        doubtful = doubtful_in(session)
        for section in session.pack.sections:
            found = self._count(filter(self._way.shows, section.questions), doubtful)
            self.rows[section.id].show_count(found)
            self.rows[section.id].setVisible(found.asked > 0)
        whole = self._count(self._way.shown(), doubtful)
        words = _("已核实 {done} / {all}") if self._in_visit() else _("已答 {done} / {all}")
        told = words.format(done=whole.settled, all=whole.asked)
        beside = session.is_onsite and not self._in_visit()
        seen = _(" · 已核实 {seen}").format(seen=whole.seen) if beside else ""
        self._progress.setText(told + seen)
        self._bar.setMaximum(max(1, whole.asked))
        self._bar.setValue(whole.settled)

    def _in_visit(self) -> bool:
        return self._way.limit is not None

    def _count(self, questions: Iterable[Question], doubtful: frozenset[str]) -> Count:
        """How far some questions are; on a short visit what was seen is what counts."""
        found = count(self._session, questions, doubtful)
        return replace(found, settled=found.seen) if self._in_visit() else found

    def show_section(self, key: str) -> None:
        """Which section is on the page."""
        for each, made in self.rows.items():
            made.setChecked(each == key)
        if key in self.rows:
            self._scroll.ensureWidgetVisible(self.rows[key], 0, 60)

    def fold(self, folded: bool) -> None:
        """Fold to rings, or unfold."""
        self.setFixedWidth(NARROW if folded else WIDE)
        self._head.setVisible(not folded)
        for made in self.rows.values():
            made.fold(folded)

    # -- search

    def _look(self, wanted: str) -> None:
        session = self._session
        asked = [question for question in session.pack.asked() if session.asked(question)]
        looking = bool(wanted.strip())
        self._scroll.setVisible(not looking)
        self.hits.setVisible(looking)
        if looking:
            self.hits.look(asked, wanted)

    def _take(self, question: str) -> None:
        self.search.clear()
        self.found.emit(question)
