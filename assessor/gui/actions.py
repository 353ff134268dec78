"""What can be done with a question besides answering it: states, fields, how sure; each with its key."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QPushButton, QWidget

from assessor.answers.model import Answer, AnswerState
from assessor.gui.parts import Text, button, row
from assessor.pack.question import Question
from assessor.words import CERTAINTY, STATES, _, named

KEYS = {
    "unknown": "U",
    "declined": "D",
    "not_applicable": "N",
    "remark": "R",
    "evidence": "E",
    "history": "H",
    "clear": "Del",
}


_MOST_WITH_ALT = 3


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do, called by its name."""

    name: str
    words: str


def actions_of(question: Question) -> tuple[Action, ...]:
    """What may be done with a question, in the order shown."""
    states = ["unknown", "declined", *(["not_applicable"] if question.may_not_apply else [])]
    return (
        *(Action(name, _(STATES[name])) for name in states),
        Action("remark", _("备注")),
        Action("evidence", _("佐证")),
        Action("history", _("记录")),
        Action("clear", _("清除")),
    )


def key_text(name: str, taken: frozenset[str]) -> str:
    """The key of an action; with Alt where the question needs the letter for itself."""
    key = KEYS[name]
    return f"Alt+{key}" if key in taken else key


def shows_keys(question: Question, taken: frozenset[str]) -> bool:
    """Whether there is room for every key on its button; else they stand in the hints."""
    return sum(KEYS[action.name] in taken for action in actions_of(question)) < _MOST_WITH_ALT


class ActionBar(QWidget):
    """The buttons under the question one is at."""

    def __init__(
        self,
        question: Question,
        taken: frozenset[str],
        act: Callable[[str], object],
        sure: Callable[[int], object],
    ) -> None:
        super().__init__()
        self.buttons: dict[str, QPushButton] = {}
        self._sure: dict[int, QPushButton] = {}
        line = row(gap=3)
        for action in actions_of(question):
            line.addWidget(self._button(action, question, taken, act))
        line.addStretch(1)
        line.addWidget(Text(_("把握"), "note", wrap=False))
        for degree, words in CERTAINTY.items():
            line.addWidget(
                self._degree(
                    degree,
                    _("{title}：{words}").format(title=named(question), words=_(words)),
                    _(words),
                    sure,
                )
            )
        self.setLayout(line)

    def _button(
        self, action: Action, question: Question, taken: frozenset[str], act: Callable[[str], object]
    ) -> QPushButton:
        words, key = _(action.words), key_text(action.name, taken)
        text = f"{words} {key}" if shows_keys(question, taken) else words
        made = button(
            text,
            lambda: act(action.name),
            "small",
            name=_("{title}：{words}").format(title=named(question), words=words),
        )
        made.setToolTip(_("{words}（{key}）").format(words=words, key=key))
        made.setCheckable(action.name in ("unknown", "declined", "not_applicable"))
        self.buttons[action.name] = made
        return made

    def _degree(self, degree: int, name: str, tip: str, sure: Callable[[int], object]) -> QPushButton:
        made = button(str(degree), lambda: sure(degree), "small", name=name)
        made.setToolTip(tip)
        made.setCheckable(True)
        made.setFixedWidth(30)
        self._sure[degree] = made
        return made

    def show_answer(self, answer: Answer, *, asks_reason: bool) -> None:
        """Which state and which degree stand now."""
        for state in (AnswerState.UNKNOWN, AnswerState.DECLINED, AnswerState.NOT_APPLICABLE):
            made = self.buttons.get(state.value)
            if made is not None:
                waits = asks_reason and state is AnswerState.NOT_APPLICABLE
                made.setChecked(answer.state is state or waits)
        for degree, made in self._sure.items():
            made.setChecked(answer.sure == degree)
