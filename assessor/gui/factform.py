"""Facts of the firm as a form, built from the pack alone; each field is checked as it is filled in."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from assessor.answers.document import parse_fact
from assessor.answers.findings import find
from assessor.answers.firm import size_class
from assessor.answers.model import Answers
from assessor.answers.state import is_asked, lookup_in
from assessor.errors import Problem
from assessor.gui.factfields import FactField, make_field
from assessor.gui.parts import SIGNS, Text, Tone, chip, column, restyle, row
from assessor.gui.skin import set_icon
from assessor.pack.model import Pack
from assessor.pack.question import Question
from assessor.words import FINDINGS, SIZES, _, named, sentence

_TITLE = 176


class FactRow(QWidget):
    """Title at the left; field and message at the right. The message's place is kept free."""

    def __init__(self, fact: Question, pack: Pack) -> None:
        super().__init__()
        self.fact = fact
        self.field: FactField = make_field(fact, pack)
        title = Text(named(fact), "strong")
        title.setFixedWidth(_TITLE - 40)
        head = row(title, gap=4)
        if fact.required:
            head.addWidget(chip(_("必填")), alignment=Qt.AlignmentFlag.AlignTop)
        head.addStretch(1)
        left = QWidget()
        left.setFixedWidth(_TITLE)
        left.setLayout(column(6, head, None, gap=0))
        self._sign = QLabel()
        self._sign.setFixedSize(16, 18)
        self.message = Text(fact.ask, "note").selectable()
        said = row(self._sign, self.message, gap=6)
        said.setStretch(1, 1)
        said.setAlignment(self._sign, Qt.AlignmentFlag.AlignTop)
        self._sign.hide()
        right = column(self.field, said, gap=4)
        line = row(left, right, gap=12)
        line.setStretch(1, 1)
        self.setLayout(line)

    def say(self, text: str, tone: Tone | None) -> None:
        """A message in red or amber; without one the question itself."""
        kind = tone if tone in ("red", "amber") else "note"
        self.message.set_kind(kind)
        self.message.setText(text or self.fact.ask)
        self._sign.setVisible(tone is not None)
        if tone is not None:
            set_icon(self._sign, SIGNS[tone], tone, 16)
        self.field.mark(tone == "red")


class FactForm(QWidget):
    """`changed` carries a fact's id and its value once it is a good one; `turned` the fact one is at.

    `checked` says that something was refused.
    """

    changed = Signal(str, object)
    checked = Signal()
    turned = Signal(str)

    def __init__(self, pack: Pack) -> None:
        super().__init__()
        self._pack = pack
        self.rows: Mapping[str, FactRow] = {fact.id: FactRow(fact, pack) for fact in pack.facts}
        self.faults: dict[str, str] = {}
        self._answers = Answers(pack.id, pack.version, {}, {})
        self._size = chip("", "accent")
        size_line = row(Text(_("企业规模"), "quiet", wrap=False), self._size, None, gap=8)
        self.setLayout(column(size_line, 4, *self.rows.values(), gap=14))
        for key, made in self.rows.items():
            made.field.entered.connect(lambda raw, key=key: self._entered(key, raw))
            for part in (made.field, *made.field.findChildren(QWidget)):
                part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell which fact the cursor is in."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            for key, made in self.rows.items():
                if made.isAncestorOf(watched):
                    self.turned.emit(key)
        return False

    def _entered(self, key: str, raw: Any) -> None:
        value, problems = None, list[Problem]()
        if raw is not None:
            look = lookup_in(self._answers)
            value, problems = parse_fact(self.rows[key].fact, raw, self._pack, look)
        if problems:
            self.faults[key] = _("；").join(
                _("{what}。{remedy}").format(what=each.what, remedy=each.remedy) for each in problems
            )
            self.show_answers(self._answers)
            self.checked.emit()
            return
        self.faults.pop(key, None)
        self.changed.emit(key, value)

    def show_answers(self, answers: Answers) -> None:
        """Every fact as it stands, with what is wrong or doubtful."""
        self._answers = answers
        size = size_class(answers)
        self._size.setText(_(SIZES[size]) if size else _("填了从业人数和营业收入后显示"))
        restyle(self._size, "tone", "accent" if size else "")
        doubts = {finding.ids[0]: finding for finding in reversed(find(self._pack, answers))}
        for key, made in self.rows.items():
            made.setVisible(is_asked(made.fact, answers))
            if key in self.faults:
                made.say(self.faults[key], "red")
                continue
            made.field.show_value(answers.fact(key))
            doubt = doubts.get(key)
            if doubt is None:
                made.say("", None)
            else:
                made.say(sentence(FINDINGS, doubt.code, doubt.values), "amber")

    def missing(self) -> list[str]:
        """Titles of the facts that are needed and not there, or not good."""
        return [
            named(made.fact)
            for key, made in self.rows.items()
            if key in self.faults
            or (made.fact.required and is_asked(made.fact, self._answers) and self._answers.fact(key) is None)
        ]

    def flush(self) -> None:
        """Hand over at once what was typed."""
        for made in self.rows.values():
            made.field.flush()
