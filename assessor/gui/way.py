"""Which questions are on the page: all, or those of a short visit; a whole section, or one at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from assessor.gui.counts import is_open
from assessor.gui.prefs import Prefs
from assessor.gui.session import Session
from assessor.pack.question import Question, Section
from assessor.scoring.narrowing import minutes_for
from assessor.scoring.visit import visit_plan


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is left of the way: questions on it, those that still wait, and the minutes those take."""

    all: int
    open: int
    minutes: int


class Way(QObject):
    """`changed` comes when other questions are on the page than before, `paced` when more or fewer at once.

    The questions of a visit are chosen once and remembered with the assessment: as they are answered
    no others take their place.
    """

    changed = Signal()
    paced = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.prefs = Prefs(session.desk.here.data)
        self.single = self.prefs.single
        self.limit, chosen = self.prefs.visit_of(session.row.uid)
        self._chosen = frozenset(chosen)
        self._guest: str | None = None
        self.red_left: tuple[str, ...] = ()

    def shows(self, question: Question) -> bool:
        """Whether a question is on the page."""
        if self.limit is not None and question.id not in self._chosen and question.id != self._guest:
            return False
        return self._session.asked(question)

    def shown(self) -> Iterator[Question]:
        """All on the page, in walking order."""
        return (question for question in self._session.pack.asked() if self.shows(question))

    def let_in(self, key: str) -> bool:
        """Show a question one turns to from elsewhere; whether it was not on the way before."""
        if self.limit is None or key == self._guest or key in self._chosen:
            return False
        self._guest = key
        return True

    def after(self, section: Section) -> Section | None:
        """The next section with something on the page."""
        sections = self._session.pack.sections
        rest = sections[sections.index(section) + 1 :]
        return next((each for each in rest if any(map(self.shows, each.questions))), None)

    def place(self, section: Section, key: str | None) -> tuple[int, int]:
        """The how-manieth question of its section one is at, from 1, and of how many; 0 when at none."""
        ids = [question.id for question in section.questions if self.shows(question)]
        return (ids.index(key) + 1 if key in ids else 0), len(ids)

    # -- a visit

    def take(self, limit: int | None) -> None:
        """Begin a visit of so many minutes, chosen anew from the answers as they stand; None ends it."""
        self._guest, self.limit, self.red_left = None, limit, ()
        self._chosen = frozenset()
        if limit is not None:
            plan = visit_plan(self._session.pack, self._session.answers, limit)
            self._chosen = frozenset(question.id for question in plan.questions)
            self.red_left = plan.red_left
        self.prefs.note_visit(self._session.row.uid, limit, sorted(self._chosen))
        self.changed.emit()

    def ahead(self) -> Ahead:
        """How far the way is, on the side that counts."""
        every = list(self.shown())
        verified = self._session.is_onsite
        left = [question for question in every if is_open(self._session, question, verified=verified)]
        return Ahead(len(every), len(left), sum(map(minutes_for, left)))

    # -- one at a time

    def toggle_single(self) -> None:
        """One question a screen, or the whole section again."""
        self.single = self.prefs.single = not self.single
        self.paced.emit()
