"""One assessment at work: every change is committed at once, scored at once, and told to who listens.

What could not be written stays here, shown and scored, until it can be.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from assessor import commands
from assessor.answers.effective import effective
from assessor.answers.model import Answer, Answers, AnswerState, Finding, Signed, Value
from assessor.answers.state import is_asked
from assessor.commands import visit
from assessor.diagnosis import Diagnosis, Verdict, diagnose, gaps
from assessor.errors import UserError
from assessor.gui.desk import Desk
from assessor.pack.question import Question
from assessor.scoring.result import score_firm
from assessor.store.evidence import Prepared
from assessor.store.log import Item
from assessor.store.store import Store

_PAINT_MS = 8
"""Between the score and all the rest: time for the score to be painted."""


Walk = Callable[[Store, int, str], visit.Step | None]
"""`visit.step_back` or `visit.step_again`."""


@dataclass(frozen=True, slots=True)
class Stepped:
    """A step that was taken back or done again: what it touched, and how the answers stood."""

    items: tuple[Item, ...]
    before: Answers
    after: Answers
    pack_changed: bool


class Session(QObject):
    """The assessment in hand.

    After a change `scored` comes first, with the next turn of the event loop, for the score alone is
    quick; then, a turn later, `changed` names what was answered (questions or facts).
    """

    scored = Signal()
    changed = Signal(object)
    saved = Signal(object)
    failed = Signal(object)
    rebased = Signal(str)
    """It now rests on another version of its pack and has to be opened anew; carries what to say then."""

    def __init__(self, desk: Desk, key: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.key = key
        self.pack, self.answers, self.row = commands.load_assessment(desk.here, desk.store, key)
        self.unsaved_answers: dict[str, Answer] = {}
        self.unsaved_facts: dict[str, Value | None] = {}
        self.saved_at: datetime | None = None
        self._diagnosis: Diagnosis | None = None
        self._findings: dict[str, tuple[Finding, ...]] = {}
        self._touched: set[str] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._tell)
        self._is_scored = False

    @property
    def diagnosis(self) -> Diagnosis:
        """The result of the answers as they stand; worked out when first asked for."""
        if self._diagnosis is None:
            self._diagnosis = diagnose(self.pack, self.answers)
            self._findings = _by_question(self._diagnosis)
        return self._diagnosis

    @property
    def verdict(self) -> Verdict | None:
        """The verdict that heads the page, without all the rest when that is not worked out yet."""
        if self._diagnosis is not None:
            return self._diagnosis.main if self._diagnosis.verdicts else None
        model = next((each for each in self.pack.models if not each.unknown_weights()), None)
        if model is None:
            return None
        result = score_firm(self.pack, model, effective(self.pack, self.answers))
        return Verdict(result, gaps(result))

    def findings_of(self, key: str) -> tuple[Finding, ...]:
        """What is doubtful about one question or fact."""
        return self._findings.get(key, ()) if self.diagnosis else ()

    @property
    def is_onsite(self) -> bool:
        """Whether what was seen on site is recorded too."""
        return self.answers.mode == "onsite"

    @property
    def unsaved(self) -> tuple[str, ...]:
        """What is not on the disk yet."""
        return (*self.unsaved_answers, *self.unsaved_facts)

    @property
    def firm_name(self) -> str:
        """The firm's name, empty when none was given."""
        name = self.answers.fact("name")
        return name if isinstance(name, str) else ""

    def asked(self, question: Question) -> bool:
        """Whether this firm gets the question."""
        state = self.diagnosis.states.get(question.id)
        if state is None:  # a fact
            return is_asked(question, self.answers)
        return state is not AnswerState.NOT_ASKED

    def put(self, question: str, answer: Answer) -> None:
        """Take one answer."""
        self.put_all({question: answer})

    def put_all(self, answers: Mapping[str, Answer]) -> None:
        """Take several answers together."""
        for question, answer in answers.items():
            self.answers = self.answers.with_answer(question, answer)
        self._write({**self.unsaved_answers, **answers}, self.unsaved_facts)
        self._rescore(answers)

    def put_fact(self, fact: str, value: Value | None) -> None:
        """Take one fact of the firm; None forgets it."""
        self.answers = self.answers.with_fact(fact, value)
        self._write(self.unsaved_answers, {**self.unsaved_facts, fact: value})
        self._rescore((fact,))

    def confirm_proposals(self) -> int:
        """Turn every open proposal of the side that counts into an answer; how many there were."""
        found = {key: self.as_proposed(key, level) for key, level in self.proposals().items()}
        if found:
            self.put_all(found)
        return len(found)

    def proposals(self) -> Mapping[str, int]:
        """The ministry's scenes that wait for a yes, each with its level."""
        return self.diagnosis.proposals

    def as_proposed(self, question: str, level: int) -> Answer:
        """The answer to a scene once its proposal is accepted."""
        return with_value(self.answers.get(question), self.answers.headline == "verified", level)

    def take_in(self, items: Iterable[tuple[str, str]]) -> None:
        """What another window entered; what is not on the disk yet here goes before it."""
        desk = self.desk
        _pack, answers, self.row = commands.load_assessment(desk.here, desk.store, self.key)
        for question, answer in self.unsaved_answers.items():
            answers = answers.with_answer(question, answer)
        for fact, value in self.unsaved_facts.items():
            answers = answers.with_fact(fact, value)
        self.answers = answers
        self._rescore(key for _kind, key in items)

    def attach(self, question: str, prepared: Prepared) -> visit.Attached:
        """Put a file with an answer; `UserError` when that fails, and then nothing is changed."""
        store, answer = self.desk.store, self.answers.get(question)
        done = visit.attach_evidence(store, self.key, question, answer, prepared, self.desk.by)
        if done.answer != answer:
            self.answers = self.answers.with_answer(question, done.answer)
            self.unsaved_answers.pop(question, None)
            self.saved_at = done.moment
            self.saved.emit(done.moment)
            self._rescore((question,))
        return done

    def sign(self, signed: Signed | None) -> None:
        """Sign everything as it stands; None takes the last signature back. `UserError` when that fails."""
        store = self.desk.store
        if signed is None:
            self.saved_at = visit.withdraw(store, self.key, self.desk.by)
        else:
            self.saved_at = visit.sign(store, self.key, signed, self.desk.by)
        self.answers = replace(self.answers, signed=commands.signed_by(store, self.key))
        self.saved.emit(self.saved_at)
        self._rescore(())

    def walk(self, walk: Walk) -> Stepped | None:
        """A step back or forth in the log; None when there is none, or while something is unsaved."""
        if self.unsaved:
            self.retry()
        if self.unsaved:
            return None
        step = walk(self.desk.store, self.key, self.desk.by)
        if step is None:
            return None
        before = self.answers
        _pack, self.answers, self.row = commands.load_assessment(self.desk.here, self.desk.store, self.key)
        self.saved_at = step.moment
        self.saved.emit(step.moment)
        if not step.pack_changed:
            self._rescore(item for _kind, item in step.items)
        return Stepped(step.items, before, self.answers, step.pack_changed)

    def retry(self) -> None:
        """Try once more to write what is not on the disk yet."""
        done = self.unsaved
        self._write(self.unsaved_answers, self.unsaved_facts)
        self._rescore(done)

    def _write(self, answers: Mapping[str, Answer], facts: Mapping[str, Value | None]) -> None:
        """Commit; on failure remember and tell. A bug that flies leaves everything remembered too."""
        self.unsaved_answers, self.unsaved_facts = dict(answers), dict(facts)
        try:
            moment = self._commit(answers, facts)
        except UserError as error:
            self.failed.emit(error)
            return
        self.unsaved_answers, self.unsaved_facts = {}, {}
        if moment is not None:
            self.saved_at = moment
            self.saved.emit(moment)

    def _commit(self, answers: Mapping[str, Answer], facts: Mapping[str, Value | None]) -> datetime | None:
        store, by = self.desk.store, self.desk.by
        moment = None
        if len(answers) == 1:
            ((question, answer),) = answers.items()
            moment = commands.record_answer(store, self.key, question, answer, by)
        elif answers:
            moment = commands.record_answers(store, self.key, answers, by)
        for fact, value in facts.items():
            moment = commands.record_fact(store, self.key, fact, value, by)
        return moment

    def _rescore(self, touched: Iterable[str]) -> None:
        """The old result no longer holds; who listens is told once this event is done with."""
        self._diagnosis = None
        if self.answers.signed is not None:
            self.answers = replace(self.answers, signed=commands.signed_by(self.desk.store, self.key))
        self._touched.update(touched)
        self._is_scored = False
        self._soon.start(0)

    def _tell(self) -> None:
        if not self._is_scored:
            self._is_scored = True
            self.scored.emit()
            self._soon.start(_PAINT_MS)
            return
        touched, self._touched = tuple(self._touched), set()
        self.changed.emit(touched)


def _by_question(diagnosis: Diagnosis) -> dict[str, tuple[Finding, ...]]:
    found: dict[str, tuple[Finding, ...]] = {}
    for finding in diagnosis.findings:
        for key in finding.ids:
            found[key] = (*found.get(key, ()), finding)
    return found


def with_value(answer: Answer, verified: bool, value: Value | None) -> Answer:
    """The answer with another value on one side; everything beside it is kept."""
    if verified:
        return replace(answer, verified=value)
    return replace(answer, value=value, state=AnswerState.UNANSWERED)
