"""Two diagnoses side by side in the results: an earlier one of the same firm, or a thought tried out."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QGridLayout, QPushButton, QVBoxLayout, QWidget

from assessor import commands
from assessor.commands import shelf
from assessor.diagnosis import Diagnosis, diagnose
from assessor.gui.editors.flow import Flow
from assessor.gui.letter import unbroken
from assessor.gui.parts import Combo, Text, Tone, button, clear, column, row, sign
from assessor.gui.session import Session
from assessor.gui.tables import Lines, as_text
from assessor.pack.question import LevelQuestion
from assessor.report.compare import Comparison, SceneRow, Way, compare, supposed, title_of
from assessor.words import SIDES, _, named

Jump = Callable[[str], object]
_NAMED = 12
_ICONS: dict[Way, tuple[str, Tone | str]] = {
    "up": ("up", "green"),
    "down": ("down", "amber"),
    "same": ("same", "quiet"),
    "other": ("info", "accent"),
}


def compared(found: Comparison, heads: tuple[str, str], jump: Jump) -> QVBoxLayout:
    """Models as rows, then the scenes that moved, each with the way to its question."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(10)
    for place, (stretch, head) in enumerate(zip((4, 4, 4, 3), (_("模型"), *heads, _("变化")), strict=True)):
        grid.setColumnStretch(place, stretch)
        grid.addWidget(Text(head, "quiet"), 0, place)
    for line, model in enumerate(found.models, 1):
        for place, text in enumerate((named(model), model.was, model.now)):
            made = Text(unbroken(text), "strong" if place == 0 else "body").selectable()
            grid.addWidget(made, line, place, Qt.AlignmentFlag.AlignTop)
        icon, tone = _ICONS[model.way]
        mark = sign(icon, tone, 16)
        change = row(mark, Text(model.change).selectable(), gap=6)
        change.setStretch(1, 1)
        change.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(change, line, 3, Qt.AlignmentFlag.AlignTop)
    lines = column(*(Text(note, "amber") for note in found.notes), grid, gap=10)
    for title, scenes in _groups(found.scenes):
        lines.addWidget(Text(_("{title}（{count}）").format(title=title, count=len(scenes)), "strong"))
        lines.addWidget(_links(scenes, jump))
    said = _("另有 {count} 个场景等级相同（{side}）。").format(count=found.same, side=_(SIDES[found.side]))
    lines.addWidget(Text(said, "quiet"))
    return lines


def _groups(scenes: Sequence[SceneRow]) -> Sequence[tuple[str, Sequence[SceneRow]]]:
    titles: Sequence[tuple[Way, str]] = (
        ("up", _("升了的场景")),
        ("down", _("降了的场景")),
        ("other", _("只有一次有等级的场景")),
    )
    found = [(title, [scene for scene in scenes if scene.way == way]) for way, title in titles]
    return [(title, some) for title, some in found if some]


def _links(scenes: Sequence[SceneRow], jump: Jump) -> QWidget:
    shelf_of = QWidget()
    flow = Flow(shelf_of, gap=4)
    for scene in scenes[:_NAMED]:
        words = f"{scene.id} {scene.title}　{_level(scene.was)} → {_level(scene.now)}"
        flow.addWidget(button(words, partial(jump, scene.id), "link", name=words))
    if len(scenes) > _NAMED:
        flow.addWidget(Text(_("等 {count} 个").format(count=len(scenes)), "quiet", wrap=False))
    return shelf_of


def _level(level: int | None) -> str:
    return "—" if level is None else str(level)


def compared_lines(found: Comparison, heads: tuple[str, str]) -> Lines:
    """The same as lines to paste into a spreadsheet."""
    top = [_("模型"), *heads, _("变化")]
    models = [[each.title, each.was, each.now, each.change] for each in found.models]
    scenes = [[f"{each.id} {each.title}", _level(each.was), _level(each.now), ""] for each in found.scenes]
    return [top, *models, *scenes]


class CompareBlock(QWidget):
    """This diagnosis beside an earlier one of the same firm; which one can be chosen."""

    def __init__(self, session: Session, jump: Jump) -> None:
        super().__init__()
        self._session, self._jump = session, jump
        self.others = shelf.others_of(session.desk.store, session.key)
        self.which = Combo(_("与哪一次比"))
        self._body = column(gap=10)
        self.found: Comparison | None = None
        self._heads = ("", "")
        self.copy = button(_("复制为表格"), self._copy, "small")
        head = row(Text(_("与哪一次比"), "quiet", wrap=False), self.which, None, self.copy, gap=10)
        self.setLayout(column(head, self._body, gap=10))
        self._earlier: dict[int, Diagnosis] = {}
        for other in self.others:
            self.which.addItem(title_of(self._diagnosis(other.id)), other.id)
        self.which.currentIndexChanged.connect(lambda _place: self._show())
        self._show()

    def _diagnosis(self, key: int) -> Diagnosis:
        if key not in self._earlier:
            desk = self._session.desk
            pack, answers, _row = commands.load_assessment(desk.here, desk.store, key)
            self._earlier[key] = diagnose(pack, answers)
        return self._earlier[key]

    def _show(self) -> None:
        clear(self._body)
        before, now = self._diagnosis(int(self.which.currentData())), self._session.diagnosis
        self._heads = (title_of(before), title_of(now))
        self.found = compare(before, now)
        self._body.addLayout(compared(self.found, self._heads, self._jump))

    def _copy(self) -> None:
        if self.found is not None:
            copy_lines(compared_lines(self.found, self._heads))


class WhatIfBlock(QWidget):
    """Scenes set to other levels for a moment: what every model would say. Nothing is stored."""

    def __init__(self, session: Session, jump: Jump) -> None:
        super().__init__()
        self._session, self._jump = session, jump
        self.levels: dict[str, int] = {}
        self.scene, self.level = Combo(_("场景")), Combo(_("假设的等级"))
        for question in session.pack.asked():
            if isinstance(question, LevelQuestion) and session.asked(question):
                self.scene.addItem(f"{question.id} {named(question)}", question.id)
        self.level.setFixedWidth(110)
        self.found: Comparison | None = None
        self._chosen, self._body = column(gap=4), column(gap=10)
        self.add = button(_("试这个"), self._add)
        self.none = button(_("全部撤掉"), self._clear, "quiet")
        self.copy = button(_("复制为表格"), self._copy, "small")
        self.scene.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.scene.setMinimumContentsLength(22)
        lead = _("把场景暂时改成别的等级，看各个模型怎么变；可以一起试几个。不会存下来，答案不动。")
        line = row(self.scene, self.level, self.add, None, self.copy, self.none, gap=8)
        self.setLayout(column(Text(lead, "quiet"), line, self._chosen, self._body, gap=10))
        self.scene.currentIndexChanged.connect(lambda _place: self._offer())
        self._offer()
        self._show()

    def _offer(self) -> None:
        """The levels the scene does not have now."""
        key = str(self.scene.currentData() or "")
        question = self._session.pack.questions.get(key)
        self.level.clear()
        now = self._session.answers.get(key).on(self._session.answers.headline)
        if isinstance(question, LevelQuestion):
            for rung in question.levels:
                if rung.level != now:
                    self.level.addItem(_("{level} 级").format(level=rung.level), rung.level)
            above = [place for place in range(self.level.count()) if self._above(place, now)]
            self.level.setCurrentIndex(above[0] if above else self.level.count() - 1)
        self.add.setEnabled(self.level.count() > 0)

    def _above(self, place: int, now: object) -> bool:
        return not isinstance(now, int) or int(self.level.itemData(place)) > now

    def _add(self) -> None:
        self.levels[str(self.scene.currentData())] = int(self.level.currentData())
        self._show()

    def take_off(self, key: str) -> None:
        """One scene back to what it is."""
        self.levels.pop(key, None)
        self._show()

    def _clear(self) -> None:
        self.levels.clear()
        self._show()

    def _show(self) -> None:
        clear(self._chosen)
        clear(self._body)
        self.found = None
        for made in (self.none, self.copy):
            made.setEnabled(bool(self.levels))
        if not self.levels:
            return
        now = self._session.diagnosis
        then = diagnose(now.pack, supposed(self._session.answers, self.levels))
        self.found = compare(now, then)
        shelf_of = QWidget()
        flow = Flow(shelf_of, gap=6)
        for key, level in self.levels.items():
            flow.addWidget(self._chip(key, level))
        self._chosen.addWidget(shelf_of)
        self._body.addLayout(compared(self.found, self._heads(), self._jump))

    def _heads(self) -> tuple[str, str]:
        return _("现在"), _("假设")

    def _chip(self, key: str, level: int) -> QPushButton:
        title = named(self._session.pack.questions[key])
        words = _("{key} {title}：假设 {level} 级").format(key=key, title=title, level=level)
        made = button(words, partial(self.take_off, key), "small", icon="close", name=words)
        made.setToolTip(_("点一下撤掉"))
        return made

    def _copy(self) -> None:
        if self.found is not None:
            copy_lines(compared_lines(self.found, self._heads()))


def copy_lines(lines: Lines) -> None:
    """Figures to the clipboard, cells between tabs."""
    data = QMimeData()
    data.setText(as_text(lines))
    QGuiApplication.clipboard().setMimeData(data)
