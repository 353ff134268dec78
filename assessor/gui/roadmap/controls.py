"""The row of what is wanted: goal, money, time, people. It tells of every change once typing pauses."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.diagnosis import Diagnosis
from assessor.gui.editors.figures import FigureLine
from assessor.gui.parts import Combo, Text, column, restyle, row
from assessor.gui.roadmap.wishes import Wishes, goals_of
from assessor.pack.reference import Size
from assessor.report.roadmap_words import span_text
from assessor.report.wording import ordinal
from assessor.roadmap.money import tenths, wan
from assessor.roadmap.request import (
    BUDGET,
    LEAST_QUARTERS,
    MOST_QUARTERS,
    PARALLEL,
    PEOPLE,
    People,
    Target,
    models_of,
)
from assessor.words import _

_MOST = Decimal(10**6)


class Controls(QWidget):
    """`changed` carries the `Wishes` as they now are; pins and what is left out stay as they were."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._wishes = Wishes()
        self._goals: Sequence[Target] = ()
        self._size: Size = "small"
        self.goal = Combo(_("目标"))
        self.quarters = Combo(_("计划多久"))
        for count in range(LEAST_QUARTERS, MOST_QUARTERS + 1):
            self.quarters.addItem(span_text(count), count)
        self.budget = FigureLine(_("每年预算"), _("万元"))
        self.it = FigureLine(_("每季度抽得出的信息化人天"), _("人天"))
        self.ops = FigureLine(_("每季度抽得出的业务人天"), _("人天"))
        self.parallel = FigureLine(_("同时最多做几项"), _("项"))
        self._problem = Text("", "red")
        self._problem.hide()
        parts = (
            (_("目标"), self.goal),
            (_("每年预算"), self.budget),
            (_("计划多久"), self.quarters),
            (_("每季信息化人手"), self.it),
            (_("每季业务人手"), self.ops),
            (_("同时最多"), self.parallel),
        )
        line = row(gap=10)
        for name, made in parts:
            line.addLayout(_labelled(name, made))
        line.addStretch(1)
        self.goal.setMinimumWidth(220)
        self.quarters.setFixedWidth(116)
        for made, wide in ((self.budget, 118), (self.it, 104), (self.ops, 104), (self.parallel, 84)):
            made.setFixedWidth(wide)
            made.settled.connect(self._take)
        self.goal.activated.connect(lambda _place: self._take())
        self.quarters.activated.connect(lambda _place: self._take())
        self.setLayout(column(line, self._problem, gap=4))

    @property
    def wishes(self) -> Wishes:
        """What is wanted now."""
        return self._wishes

    def prepare(self, diagnosis: Diagnosis, size: Size) -> None:
        """Offer the goals this firm can have, and say what holds where nothing is typed."""
        self._size = size
        goals = goals_of(diagnosis)
        if goals != self._goals or not self.goal.count():
            self._goals = goals
            names = {model.id: _(model.short) for model in models_of(diagnosis.pack)}
            self.goal.clear()
            self.goal.addItem(_("分数提升最多"), None)
            for goal in goals:
                told = _("最省钱到{level}（{model}）")
                self.goal.addItem(told.format(level=ordinal(goal.level), model=names[goal.model]), goal)
        self.show_wishes(self._wishes)

    def show_wishes(self, wishes: Wishes) -> None:
        """Put in what is wanted; empty fields show the default in grey."""
        self._wishes = wishes
        place = next((at for at, goal in enumerate(self._goals, 1) if goal == wishes.target), 0)
        self.goal.setCurrentIndex(place)
        self.quarters.setCurrentIndex(self.quarters.findData(wishes.quarters))
        size, people = self._size, wishes.people
        no_limit = wishes.target is not None
        self.budget.setPlaceholderText(_("不限") if no_limit else f"{wan(BUDGET[size]):g}")
        self.it.setPlaceholderText(str(PEOPLE[size].it))
        self.ops.setPlaceholderText(str(PEOPLE[size].ops))
        self.parallel.setPlaceholderText(str(PARALLEL[size]))
        self.budget.show_figure(None if wishes.budget is None else Decimal(wishes.budget) / 10)
        self.it.show_figure(None if people is None else Decimal(people.it))
        self.ops.show_figure(None if people is None else Decimal(people.ops))
        self.parallel.show_figure(None if wishes.parallel is None else Decimal(wishes.parallel))

    def flush(self) -> None:
        """Take in at once what was typed."""
        for made in (self.budget, self.it, self.ops, self.parallel):
            made.flush()

    def _take(self) -> None:
        figures = {name: getattr(self, name).figure() for name in ("budget", "it", "ops", "parallel")}
        wrong = [name for name, value in figures.items() if not _is_good(name, value)]
        for name in figures:
            restyle(getattr(self, name), "fault", name in wrong)
        self._problem.setVisible(bool(wrong))
        if wrong:
            self._problem.setText(_("预算写零或更大的数；人天和项数写整数，至少做 1 项"))
            return
        people = None
        if figures["it"] is not None or figures["ops"] is not None:
            own = PEOPLE[self._size]
            it, ops = figures["it"], figures["ops"]
            people = People(own.it if it is None else int(it), own.ops if ops is None else int(ops))
        wishes = replace(
            self._wishes,
            target=self.goal.currentData(),
            quarters=self.quarters.currentData(),
            budget=None if figures["budget"] is None else tenths(figures["budget"]),
            people=people,
            parallel=None if figures["parallel"] is None else int(figures["parallel"]),
        )
        if wishes != self._wishes:
            self.show_wishes(wishes)
            self.changed.emit(wishes)


def _is_good(name: str, value: object) -> bool:
    if value is None:
        return True
    if not isinstance(value, Decimal) or not 0 <= value <= _MOST:
        return False
    return name == "budget" or (value == value.to_integral_value() and (name != "parallel" or value >= 1))


def _labelled(name: str, made: QWidget) -> QVBoxLayout:
    return column(Text(name, "note", wrap=False), made, gap=2)
