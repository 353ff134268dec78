"""The sheet taken along on a visit: what to ask, look at and sample, with room to write, in walking order.

Takes the pack, the answers so far and the questions of the visit; gives everything its template prints.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from assessor.answers.model import Answers, Value
from assessor.answers.state import lookup_in
from assessor.pack.condition import holds
from assessor.pack.model import Pack
from assessor.pack.question import (
    BoolQuestion,
    Level,
    LevelQuestion,
    MultiQuestion,
    NumberQuestion,
    Question,
    RatioQuestion,
    SingleQuestion,
    TableQuestion,
    TrendQuestion,
)
from assessor.report.files import write_whole
from assessor.report.html import render_visit
from assessor.report.pdf import print_page
from assessor.report.progress import Progress
from assessor.report.visit_words import basis_text, minutes_text
from assessor.report.wording import date_text, value_text
from assessor.scoring.narrowing import minutes_for
from assessor.scoring.visit import Stop, red_line_questions, stops_of
from assessor.words import MODES, _, named

_ROWS_TO_FILL = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """One rung or option with its boxes: what proves it, and whether the firm claimed it."""

    name: str
    text: str
    records: str
    claimed: bool


@dataclass(frozen=True, slots=True)
class Blank:
    """A figure to be written down, with its unit."""

    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class SheetQuestion:
    """One question; `choices`, `blanks` or `columns` say what there is to fill in, all empty: free words."""

    id: str
    title: str
    ask: str
    is_red: bool
    readings: tuple[str, ...]
    help: str
    look: str
    records: str
    claimed: str
    choices: tuple[Choice, ...]
    blanks: tuple[Blank, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetStop:
    """One section on the way."""

    title: str
    time: str
    questions: tuple[SheetQuestion, ...]


@dataclass(frozen=True, slots=True)
class VisitSheet:
    """The whole sheet."""

    firm: str
    pack: str
    mode: str
    date: str
    by: str
    length: str
    count: int
    time: str
    basis: str
    stops: tuple[SheetStop, ...]
    red_left: tuple[str, ...]
    rows_to_fill: int = _ROWS_TO_FILL


def visit_sheet(
    pack: Pack, answers: Answers, chosen: Collection[str], limit: int | None, by: str
) -> VisitSheet:
    """The sheet for some questions; `limit` are the minutes they were chosen for, None for all."""
    stops = stops_of(pack, chosen)
    red = red_line_questions(pack)
    questions = [question for stop in stops for question in stop.questions]
    name = answers.fact("name")
    return VisitSheet(
        firm=name if isinstance(name, str) else "",
        pack=f"{named(pack.manifest)} {pack.version}",
        mode=_(MODES[answers.mode]),
        date=date_text(answers.date),
        by=by,
        length=_("全部题目") if limit is None else minutes_text(limit).removeprefix("约 "),
        count=len(questions),
        time=minutes_text(sum(map(minutes_for, questions))),
        basis=basis_text(),
        stops=tuple(_stop(stop, answers, red) for stop in stops),
        red_left=tuple(
            f"{question.id} {named(question)}"
            for question in pack.asked()
            if question.id in red and question.id not in chosen and _is_blank(question, answers)
        ),
    )


def write_visit_sheet(sheet: VisitSheet, path: Path, progress: Progress | None = None) -> tuple[str, ...]:
    """Write the sheet as a PDF; gives the characters our font does not have. `UserError` as `write_pdf`."""
    content, missing = print_page(render_visit(sheet), progress)
    write_whole(path, content)
    return missing


def _is_blank(question: Question, answers: Answers) -> bool:
    applies = question.ask_if is None or holds(question.ask_if, lookup_in(answers)) is not False
    answer = answers.get(question.id)
    return applies and (answer.verified if answers.mode == "onsite" else answer.value) is None


def _stop(stop: Stop, answers: Answers, red: Collection[str]) -> SheetStop:
    questions = tuple(_question(question, answers, question.id in red) for question in stop.questions)
    return SheetStop(named(stop.section), minutes_text(stop.minutes), questions)


def _question(question: Question, answers: Answers, is_red: bool) -> SheetQuestion:
    value = answers.get(question.id).value
    choices = _choices(question, value)
    said = value_text(question, value) if value is not None and not choices else ""
    return SheetQuestion(
        id=question.id,
        title=named(question),
        ask=question.ask,
        is_red=is_red,
        readings=tuple(r.text for r in question.readings if holds(r.if_, lookup_in(answers)) is True),
        help=question.help,
        look=question.look,
        records=_("；").join(question.evidence),
        claimed=said,
        choices=choices,
        blanks=_blanks(question),
        columns=tuple(_(column.title) for column in question.columns)
        if isinstance(question, TableQuestion)
        else (),
    )


def _choices(question: Question, value: Value | None) -> tuple[Choice, ...]:
    match question:
        case LevelQuestion():
            return tuple(
                Choice(
                    _("{level} 级").format(level=each.level),
                    each.text,
                    _("；").join(each.evidence),
                    value == each.level,
                )
                for each in question.levels
            )
        case SingleQuestion() | MultiQuestion():
            held = value if isinstance(value, tuple) else (value,)
            return tuple(
                Choice(each.id, each.text, _("；").join(each.evidence), each.id in held)
                for each in question.options
            )
        case BoolQuestion():
            return (Choice("", _("是"), "", value is True), Choice("", _("否"), "", value is False))
        case _:
            return ()


def _rung(rung: Level, value: Value | None) -> Choice:
    name = _("{level} 级").format(level=rung.level)
    return Choice(name, rung.text, _("；").join(rung.evidence), value == rung.level)


def _blanks(question: Question) -> tuple[Blank, ...]:
    match question:
        case NumberQuestion():
            return (Blank("", _(question.unit)),)
        case RatioQuestion():
            return (
                Blank(question.numerator, _(question.unit)),
                Blank(question.denominator, _(question.unit)),
            )
        case TrendQuestion():
            return (Blank(_("之前"), _(question.unit)), Blank(_("现在"), _(question.unit)))
        case _:
            return ()
