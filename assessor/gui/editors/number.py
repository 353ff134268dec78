"""A figure with its unit; two counts with their share; before and after."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from assessor.answers.model import Ratio, Side, Trend, Value
from assessor.answers.reading import band_of, trend_of
from assessor.gui.editors.figures import FigureLine
from assessor.gui.editors.flow import Flow
from assessor.gui.editors.oneside import OneSide
from assessor.gui.parts import Push, Text, column, restyle, row
from assessor.pack.question import TREND_LETTERS, NumberQuestion, RatioQuestion, TrendQuestion
from assessor.report.wording import percent_text
from assessor.words import SIDES, _, named


def _named(title: str, side: Side) -> str:
    return _("{title}（{sides}）").format(title=title, sides=_(SIDES[side]))


class NumberSide(OneSide):
    """One figure."""

    is_short = True

    def __init__(self, question: NumberQuestion, side: Side) -> None:
        super().__init__()
        self._figure = FigureLine(_named(named(question), side), question.unit)
        self._figure.settled.connect(lambda: self.tell(self._figure.figure()))
        self.setLayout(row(self._figure))

    def fill(self, value: Value | None) -> None:
        self._figure.show_figure(value if isinstance(value, Decimal) else None)

    def fields(self) -> Sequence[QWidget]:
        return (self._figure,)


class LettersRow(QWidget):
    """Letters for those who only know about where the answer lies."""

    def __init__(self, lead: str, letters: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self.buttons: dict[str, QPushButton] = {}
        flow = Flow(gap=6)
        for letter, words in letters:
            made = Push(f"{letter}  {words}")
            made.setProperty("look", "chip")
            made.setCheckable(True)
            made.setAccessibleName(f"{lead}{words}")
            self._group.addButton(made)
            self.buttons[letter] = made
            flow.addWidget(made)
        self.setLayout(column(Text(lead, "note", wrap=False), flow, gap=4))

    def show_letter(self, letter: str | None) -> None:
        """Which one is chosen."""
        for key, made in self.buttons.items():
            made.setChecked(key == letter)

    def show_implied(self, letter: str) -> None:
        """Which one the figures amount to."""
        for key, made in self.buttons.items():
            restyle(made, "implied", "true" if key == letter else "false")


class PairSide(OneSide):
    """Two figures that make a reading, or a letter instead of them."""

    def __init__(
        self,
        names: tuple[str, str],
        side: Side,
        keys: tuple[str, str],
        unit: str,
        joint: str,
        letters: LettersRow,
    ) -> None:
        super().__init__()
        self._keys = keys
        self._letter: str | None = None
        self._first, self._second = (FigureLine(_named(name, side), unit) for name in names)
        self._letters = letters
        self._reading = Text("", "strong", wrap=False)
        self._hint = Text("", "note", wrap=False)
        for line in (self._first, self._second):
            line.settled.connect(self._settle)
            line.textEdited.connect(lambda _text: self._read())
        for letter, made in letters.buttons.items():
            made.clicked.connect(lambda _checked, letter=letter: self._choose(letter))
        sign = Text(joint, "quiet", wrap=False)
        labelled = [
            column(Text(name, "note", wrap=False), line, gap=4)
            for name, line in zip(names, (self._first, self._second), strict=True)
        ]
        pair = row(labelled[0], sign, labelled[1], 8, column(None, self._reading, 6), None, gap=12)
        sign.setContentsMargins(0, 22, 0, 0)
        self.setLayout(column(pair, self._hint, letters, gap=8))
        self._hint.hide()
        letters.setVisible(bool(letters.buttons))

    def fields(self) -> Sequence[QWidget]:
        return (self._first, self._second)

    def letters(self) -> frozenset[str]:
        return frozenset(self._letters.buttons)

    def press(self, key: str) -> bool:
        if key not in self._letters.buttons:
            return False
        self._choose(key)
        return True

    def _choose(self, letter: str) -> None:
        self._letter = None if self._letter == letter else letter
        self._letters.show_letter(self._letter)
        self._settle()

    def _settle(self) -> None:
        pair = [self._first.figure(), self._second.figure()]
        if None in pair:
            self.tell(self._letter)
        else:
            raw: dict[str, Any] = dict(zip(self._keys, pair, strict=True))
            self.tell({**raw, "letter": self._letter} if self._letter else raw)
        self._read()

    def _show(self, pair: tuple[Decimal | None, Decimal | None], letter: str | None) -> None:
        self._letter = letter
        self._first.show_figure(pair[0])
        self._second.show_figure(pair[1])
        self._letters.show_letter(letter)
        self._read()

    def _read(self) -> None:
        first, second = self._first.figure(), self._second.figure()
        words, letter = "", ""
        if isinstance(first, Decimal) and isinstance(second, Decimal):
            words, letter = self.reading(first, second)
        self._reading.setText(words)
        self._letters.show_implied(letter)
        half = (first is None) != (second is None)
        self._hint.setText(_("两个数都填了才算；只知道大概的，选下面的字母。") if half else "")
        self._hint.setVisible(half)

    def reading(self, first: Decimal, second: Decimal) -> tuple[str, str]:
        """What the two figures say, and the letter that stands for it."""
        raise NotImplementedError


class RatioSide(PairSide):
    """Two counts with their share and its band, live."""

    def __init__(self, question: RatioQuestion, side: Side) -> None:
        self._question = question
        bands = [(band.id, band.text) for band in question.bands]
        super().__init__(
            (question.numerator, question.denominator),
            side,
            ("numerator", "denominator"),
            question.unit,
            "÷",
            LettersRow(_("数不清时，只选区间："), bands),
        )

    def fill(self, value: Value | None) -> None:
        ratio = value if isinstance(value, Ratio) else Ratio()
        self._show((ratio.numerator, ratio.denominator), ratio.letter)

    def reading(self, first: Decimal, second: Decimal) -> tuple[str, str]:
        ratio = Ratio(first, second)
        if ratio.share is None or second <= 0:
            return "", ""
        cuts = [band.up_to for band in self._question.bands if band.up_to is not None]
        return f"= {percent_text(ratio.share, cuts)}", band_of(self._question, ratio) or ""


class TrendSide(PairSide):
    """Before and after, and whether it got better."""

    def __init__(self, question: TrendQuestion, side: Side) -> None:
        self._question = question
        letters = [(letter, _(words)) for letter, words in TREND_LETTERS.items()]
        super().__init__(
            (_("之前"), _("现在")),
            side,
            ("before", "after"),
            question.unit,
            "→",
            LettersRow(_("没有数字时，只选变化："), letters),
        )

    def fill(self, value: Value | None) -> None:
        trend = value if isinstance(value, Trend) else Trend()
        self._show((trend.before, trend.after), trend.letter)

    def reading(self, first: Decimal, second: Decimal) -> tuple[str, str]:
        letter = trend_of(self._question, Trend(first, second)) or ""
        return _(TREND_LETTERS.get(letter, "")), letter
