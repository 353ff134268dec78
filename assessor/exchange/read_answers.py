"""From found rows to facts and answers, each checked by the rules that hold for answers files too."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from assessor.answers.document import parse_fact
from assessor.answers.model import BLANK, Answer, AnswerState, Side, Value
from assessor.answers.value import bound_for, outside, parse_value
from assessor.errors import Problem
from assessor.exchange import labels
from assessor.exchange.clean import (
    Outcome,
    Refused,
    Taken,
    take_bool,
    take_choice,
    take_code,
    take_day,
    take_level,
    take_number,
    take_text,
    take_tick,
    words_of,
)
from assessor.exchange.codec import cell_list
from assessor.exchange.desk import Desk, Entered, Found
from assessor.exchange.entries import Stamp, gather
from assessor.exchange.grid import Raw
from assessor.exchange.labels import folded
from assessor.exchange.layout import layout_of
from assessor.exchange.locate import Spot
from assessor.exchange.read_tables import TableReader
from assessor.exchange.report import fault_of
from assessor.exchange.sheet import Block, Book, Line
from assessor.pack.model import Pack
from assessor.pack.question import (
    TREND_LETTERS,
    NumberQuestion,
    Question,
    RatioQuestion,
    SingleQuestion,
    TableQuestion,
    TextQuestion,
    TrendQuestion,
)
from assessor.words import _

_SIDES: tuple[Side, ...] = ("claimed", "verified")
_HEAD_KEYS = ("claimed", "verified", "state", "reason", "remark", "evidence", "sure")
_STATES = {
    **{folded(name): state for state, name in labels.STATE_NAMES.items()},
    **{state.value: state for state in labels.STATE_NAMES},
    "已答": AnswerState.UNANSWERED,
}


@dataclass
class Reading:
    """Facts, answers and who entered them, as far as they could be read."""

    firm: dict[str, Value] = field(default_factory=dict)
    items: dict[str, Answer] = field(default_factory=dict)
    stamps: dict[str, Stamp] = field(default_factory=dict)


class AnswerReader:
    """Reads every block of a book; faults and repairs gather on the desk."""

    def __init__(self, book: Book, desk: Desk, kept: Mapping[str, str]) -> None:
        self._book, self._desk, self._kept = book, desk, kept
        self._known: dict[str, Any] = {}
        self._heads: dict[str, Spot] = {}
        self._tables = TableReader(desk, kept)
        self.result = Reading()

    @property
    def _pack(self) -> Pack:
        return self._book.pack

    def read(self) -> Reading:
        """Everything, in two rounds: what was entered, then what it means beside the rest."""
        facts = [(block, self._block(block)) for block in self._book.facts]
        asked = [(block, self._block(block)) for _, block in self._book.blocks()]
        for block, sides in facts:
            self._fact(block.question, sides["claimed"])
        for block, sides in asked:
            self._answer(block.question, sides)
        return self.result

    def _block(self, block: Block) -> dict[Side, Entered]:
        item, sides = block.question.id, {side: Entered() for side in _SIDES}
        spots: dict[str, Spot] = {}
        missing: list[str] = []
        for line in block.lines:
            if line.id:
                keys = _HEAD_KEYS if line.id == item else _SIDES
                spot, usable = self._desk.spot(line.id, item, keys)
                if spot is not None:
                    spots[line.id] = spot
                elif not usable:
                    missing.append(line.id)
        if missing:
            self._broken(missing, item, sides)
        if item in spots:
            self._heads[item] = spots[item]
        for line in block.lines:
            if line.id in spots:
                self._entry(block.question, line, spots[line.id], sides)
        claimed = sides["claimed"]
        if not claimed.broken and not isinstance(block.question, TableQuestion):
            self._known[item] = gather(block.question, claimed.parts)
        return sides

    def _broken(self, missing: Sequence[str], item: str, sides: dict[Side, Entered]) -> None:
        """Rows that are gone, or say two things (which has been noted), spoil the answer."""
        for entered in sides.values():
            entered.broken = True
        gone = [line for line in missing if line not in self._desk.located.lines]
        if gone:
            place = layout_of(self._pack).place(gone[0], "id")
            problem = Problem("workbook-row-missing", "", {"id": gone[0]})
            self._desk.faults.append(fault_of(problem, place.sheet if place else "", "", item))

    def _entry(self, question: Question, line: Line, spot: Spot, sides: dict[Side, Entered]) -> None:
        for side in _SIDES:
            place = self._desk.found(spot, side)
            if place is None:
                continue
            entered = sides[side]
            if line.entry == "none":
                self._beside(place, line, entered)
                continue
            taken = self._desk.take(place, line.item, self._taker(question, line, side, place))
            if taken is None:
                entered.broken = True
            elif taken.raw is not None:
                entered.parts[line.part] = taken.raw
                entered.place = entered.place or place

    def _beside(self, place: Found, line: Line, entered: Entered) -> None:
        """What a person wrote over the summary of a block, where it can't be taken apart."""
        content = self._desk.typed(place)
        if content is not None:
            self._desk.fault(
                "workbook-not-understood",
                line.item,
                place,
                value=words_of(content),
                expected=_("空着，答案填在下面各行"),
            )
            entered.broken = True

    def _taker(self, question: Question, line: Line, side: Side, place: Found) -> Callable[[Raw], Outcome]:
        if line.entry == "number":
            kept = self._kept.get(f"{line.id}|{side}")
            return lambda cell: take_number(
                cell,
                line.unit,
                self._desk.percent(place),
                (kept,) if kept else (),
                self._plausible(question),
            )
        match line.entry:
            case "level":
                return take_level
            case "bool":
                return take_bool
            case "tick":
                return lambda cell: take_tick(cell, line.part)
            case "choice" | "rows":
                return lambda cell: take_choice(cell, line.options, option_texts(question))
        return self._text_taker(question, line)

    def _text_taker(self, question: Question, line: Line) -> Callable[[Raw], Outcome]:
        form = question.format if isinstance(question, TextQuestion) else None
        if form == "date":
            return take_day
        return take_text if form is None else lambda cell: take_code(cell, form, line.options)

    def _plausible(self, question: Question) -> Callable[[Decimal], bool | None]:
        soft = question.bounds.soft if isinstance(question, NumberQuestion | TrendQuestion) else ()

        def within(figure: Decimal) -> bool | None:
            bound = bound_for(soft, self._known.get)
            return None if bound is None else not outside(figure, bound)

        return within

    def _fact(self, fact: Question, entered: Entered) -> None:
        self._stamp(fact.id)
        raw = None if entered.broken else gather(fact, entered.parts)
        if raw is None:
            return
        value, problems = parse_fact(fact, raw, self._pack, self._known.get)
        self._note(problems, fact.id, entered)
        if value is not None:
            self.result.firm[fact.id] = value

    def _note(self, problems: Sequence[Problem], item: str, entered: Entered) -> None:
        place = entered.place
        for problem in problems:
            self._desk.faults.append(
                fault_of(problem, place.sheet if place else "", place.cell if place else "", item)
            )

    def _value(self, question: Question, entered: Entered) -> Value | None:
        if entered.broken:
            return None
        raw = gather(question, entered.parts)
        if raw is None:
            return None
        value, problems = parse_value(question, raw, self._known.get)
        self._note(problems, question.id, entered)
        entered.broken = entered.broken or bool(problems)
        return value

    def _answer(self, question: Question, sides: dict[Side, Entered]) -> None:
        if isinstance(question, TableQuestion):
            values = self._tables.read(question, sides)
        else:
            values = {side: self._value(question, sides[side]) for side in _SIDES}
        head = self._heads.get(question.id)
        answer = Answer(value=values["claimed"], verified=values["verified"])
        if head is not None:
            answer = self._with_asides(question, head, answer, sides["claimed"])
        if answer != BLANK:
            self.result.items[question.id] = answer
        self._stamp(question.id)

    def _with_asides(self, question: Question, head: Spot, answer: Answer, claimed: Entered) -> Answer:
        reason = self._aside(head, "reason", question.id) or ""
        state, value = self._state(question, head, answer.value, reason, claimed)
        return Answer(
            value=value,
            state=state,
            verified=answer.verified,
            reason=reason,
            remark=self._aside(head, "remark", question.id) or "",
            sure=self._sure(head, question.id),
            evidence=self._evidence(head, question.id),
        )

    def _aside(self, head: Spot, key: str, item: str) -> str | None:
        place = self._desk.found(head, key)
        taken = self._desk.take(place, item, take_text) if place else None
        return None if taken is None or taken.raw is None else str(taken.raw)

    def _evidence(self, head: Spot, item: str) -> tuple[str, ...]:
        place = self._desk.found(head, "evidence")
        taken = self._desk.take(place, item, _take_list) if place else None
        return () if taken is None or taken.raw is None else taken.raw

    def _sure(self, head: Spot, item: str) -> int | None:
        place = self._desk.found(head, "sure")
        taken = self._desk.take(place, item, _take_sure) if place else None
        return None if taken is None else taken.raw

    def _state(
        self, question: Question, head: Spot, value: Value | None, reason: str, claimed: Entered
    ) -> tuple[AnswerState, Value | None]:
        """The state, and the value unless both were given."""
        place = self._desk.found(head, "state")
        taken = self._desk.take(place, question.id, _take_state) if place else None
        state = AnswerState.UNANSWERED if taken is None or taken.raw is None else taken.raw
        if state is AnswerState.UNANSWERED or place is None:
            return AnswerState.UNANSWERED, value
        if value is not None or claimed.broken:
            if value is not None:
                self._desk.fault(
                    "workbook-value-and-state", question.id, place, state=labels.STATE_NAMES[state]
                )
            return AnswerState.UNANSWERED, None
        if state is AnswerState.NOT_APPLICABLE:
            code = "value-not-applicable" if not question.may_not_apply else "value-reason-missing"
            if not question.may_not_apply or not reason:
                self._desk.fault(code, question.id, place, id=question.id)
                return AnswerState.UNANSWERED, None
        return state, None

    def _stamp(self, item: str) -> None:
        head = self._heads.get(item)
        if head is None:
            return
        author, at = (self._aside(head, key, item) or "" for key in ("author", "at"))
        if author or at:
            self.result.stamps[item] = Stamp(author, at)


def option_texts(question: Question) -> tuple[str, ...]:
    """The words of the options, in their order."""
    match question:
        case SingleQuestion():
            return tuple(option.text for option in question.options)
        case RatioQuestion():
            return tuple(band.text for band in question.bands)
        case TrendQuestion():
            return tuple(TREND_LETTERS.values())
    return ()


def _take_list(cell: Raw) -> Outcome:
    return Taken(cell_list(cell) if isinstance(cell, str) else (words_of(cell),))


def _take_sure(cell: Raw) -> Outcome:
    text = folded(words_of(cell))
    if not text:
        return None
    if text in ("1", "2", "3"):
        return (
            Taken(int(text))
            if isinstance(cell, int | float) or cell == text
            else Taken(int(text), "option", text)
        )
    return Refused("workbook-aside", {"column": "把握", "value": words_of(cell), "expected": _("1、2 或 3")})


def _take_state(cell: Raw) -> Outcome:
    text = folded(words_of(cell))
    if not text:
        return None
    state = _STATES.get(text) or _STATES.get(text.lower())
    if state is None:
        names = _("、").join(labels.STATE_NAMES.values())
        return Refused("workbook-aside", {"column": "填不了时选", "value": words_of(cell), "expected": names})
    return Taken(state) if text == cell else Taken(state, "option", labels.STATE_NAMES[state])
