"""Files on their way to an answer: copied and scaled in the background one after the other, then attached.

Also what the strip shows of them: thumbnails, copies to open, and what there is to say about each question.
"""

import shutil
import tempfile
import weakref
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QThreadPool, Signal
from PySide6.QtGui import QImage, QPixmap

from assessor import commands
from assessor.answers.proof import mark_of
from assessor.commands import visit
from assessor.errors import UserError, refuse
from assessor.gui import ask, background
from assessor.gui.banner import error_line
from assessor.gui.parts import Tone
from assessor.gui.session import Session
from assessor.store.evidence import Evidence, Prepared
from assessor.store.store import Store
from assessor.words import _

_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to be put with the answer to a question."""

    question: str
    source: Path
    keep_original: bool = False
    image: QImage | None = None
    """What `source` is to be made of first: a screenshot."""


def _prepare(store: Store, wanted: Wanted) -> Prepared:
    """Runs beside the window."""
    if wanted.image is not None and not wanted.image.save(str(wanted.source)):
        raise refuse("file-unwritable", str(wanted.source), reason=_("截图写不进临时文件夹"))
    return visit.prepare_evidence(store, wanted.source, wanted.keep_original)


@dataclass(frozen=True, slots=True)
class Told:
    """Something to say at a question. `original`: the file of which the whole could be kept too."""

    text: str
    tone: Tone
    original: Path | None = None


class Gatherer(QObject):
    """`changed` carries a question whose files or notes changed, `pictured` the mark of a thumbnail."""

    changed = Signal(str)
    pictured = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._queue: deque[Wanted] = deque()
        self._at_work: Wanted | None = None
        self._job: background.Job | None = None
        self._known: Mapping[str, Evidence] | None = None
        self._told: dict[str, list[Told]] = {}
        self._thumbs: dict[str, QPixmap | None] = {}
        self._temp: Path | None = None
        self._tidy: Callable[[], object] = lambda: None
        self.taken: set[Path] = set()
        """Files that have found their question since the assessment was opened."""

    # -- what is there

    @property
    def known(self) -> Mapping[str, Evidence]:
        """The files of the assessment by mark."""
        if self._known is None:
            self._known = visit.evidence_of(self._session.desk.store, self._session.key)
        return self._known

    def loose(self) -> Sequence[Evidence]:
        """Files that no answer names any more."""
        named = {mark_of(line) for one in self._session.answers.items.values() for line in one.evidence}
        return [one for mark, one in self.known.items() if mark not in named]

    def drop(self, one: Evidence) -> None:
        """Delete a file for good."""
        visit.drop_evidence(self._session.desk.store, self._session.key, one)
        self._known = None
        self.changed.emit("")

    def thumb(self, mark: str) -> QPixmap | None:
        """The thumbnail, if it is there already; else it is made and told of."""
        if mark not in self._thumbs and mark in self.known:
            self._thumbs[mark] = None
            one = self.known[mark]
            background.start(
                self, partial(self._pictured, mark), visit.thumbnail, self._session.desk.store, one
            )
        return self._thumbs.get(mark)

    def _pictured(self, mark: str, outcome: background.Outcome) -> None:
        if isinstance(outcome.value, Path):
            picture = QPixmap(str(outcome.value))
            self._thumbs[mark] = None if picture.isNull() else picture
            self.pictured.emit(mark)

    # -- what to say

    def told(self, question: str) -> Sequence[Told]:
        """What there is to say at a question."""
        return self._told.get(question, ())

    def waiting(self, question: str) -> int:
        """How many files are still on their way to a question."""
        under_way = [*self._queue, *([self._at_work] if self._at_work else [])]
        return sum(wanted.question == question for wanted in under_way)

    def _say(self, question: str, told: Told) -> None:
        self._told.setdefault(question, []).append(told)

    def say_once(self, question: str, text: str) -> None:
        """A hint at a question, instead of all that was said there before."""
        self._told[question] = [Told(text, "amber")]
        self.changed.emit(question)

    def forget(self, question: str, told: Told) -> None:
        """It was read."""
        self._told[question] = [each for each in self._told.get(question, []) if each != told]
        self.changed.emit(question)

    # -- take in

    def take(self, question: str, sources: Sequence[Path]) -> None:
        """Put files with the answer to a question."""
        self._told.pop(question, None)
        for source in sources:
            if source.is_dir():
                self._say(
                    question, Told(_("“{name}”是文件夹，请选里面的文件。").format(name=source.name), "amber")
                )
            else:
                self._queue.append(Wanted(question, source))
        self.changed.emit(question)
        self._next()

    def take_whole(self, question: str, told: Told) -> None:
        """Keep the picture as it came beside the scaled one."""
        if told.original is not None:
            self._queue.append(Wanted(question, told.original, keep_original=True))
        self.forget(question, told)
        self._next()

    def take_image(self, question: str, image: QImage) -> None:
        """A picture from the clipboard: a screenshot."""
        name = f"{_('截图')} {commands.now():%Y-%m-%d %H.%M.%S}.png"
        self._told.pop(question, None)
        self._queue.append(Wanted(question, self.folder() / name, image=image))
        self.changed.emit(question)
        self._next()

    def _next(self) -> None:
        if self._at_work is not None or not self._queue:
            return
        self._at_work = self._queue.popleft()
        store = self._session.desk.store
        self._job = background.start(self, self._prepared, _prepare, store, self._at_work)

    def _prepared(self, outcome: background.Outcome) -> None:
        wanted, self._at_work, self._job = self._at_work, None, None
        assert wanted is not None
        if isinstance(outcome.value, Prepared):
            self._attach(wanted, outcome.value)
        elif isinstance(outcome.error, UserError):
            self._failed(wanted, outcome.error)
        self.changed.emit(wanted.question)
        self._next()
        if outcome.error is not None and not isinstance(outcome.error, UserError):
            raise outcome.error

    def _attach(self, wanted: Wanted, prepared: Prepared) -> None:
        try:
            before = self._session.answers.get(wanted.question).evidence
            done = self._session.attach(wanted.question, prepared)
        except UserError as error:
            self._failed(wanted, error)
            return
        self._known = None
        self.taken.add(wanted.source)
        if wanted.keep_original:
            self._say(
                wanted.question, Told(_("已同时保留原图“{name}”。").format(name=done.evidence.name), "green")
            )
        elif done.answer.evidence == before:
            self._say(
                wanted.question,
                Told(_("“{name}”已经在这一题里了。").format(name=done.evidence.name), "accent"),
            )
        elif prepared.original_digest is not None:
            self._say(wanted.question, _scaled(wanted.source, prepared))

    def _failed(self, wanted: Wanted, error: UserError) -> None:
        told = _("没有加上“{name}”：{why}").format(name=wanted.source.name, why=error_line(error))
        self._say(wanted.question, Told(told, "red"))

    # -- give out

    def open(self, question: str, mark: str) -> None:
        """Show a file with what the system has for it: a copy, so that ours stays as it is."""
        store, one = self._session.desk.store, self.known.get(mark)
        if one is None:
            self.say_once(question, _("这份文件不在这台电脑上：可能在别人的电脑里，或已彻底删除。"))
            return
        folder = self.folder() / mark
        folder.mkdir(exist_ok=True)
        background.start(self, partial(self._copied, question), visit.copy_out, store, one, folder)

    def _copied(self, question: str, outcome: background.Outcome) -> None:
        if isinstance(outcome.error, UserError):
            self._say(question, Told(error_line(outcome.error), "red"))
            self.changed.emit(question)
        elif outcome.error is not None:
            raise outcome.error
        elif not ask.open_path(outcome.value):
            self._say(question, Told(_("系统里没有能打开这种文件的程序。"), "amber"))
            self.changed.emit(question)

    def folder(self) -> Path:
        """Where copies and screenshots lie as long as the assessment is open."""
        if self._temp is None:
            self._temp = Path(tempfile.mkdtemp(prefix="assessor-"))
            self._tidy = weakref.finalize(self, shutil.rmtree, self._temp, ignore_errors=True)
        return self._temp

    def end(self) -> None:
        """Take in what is under way, then tidy up."""
        while self._job is not None:
            QThreadPool.globalInstance().waitForDone()
            QCoreApplication.sendPostedEvents(self._job)
        self._tidy()
        self._temp = None


def files_of(session: Session) -> Gatherer:
    """The one of an assessment; made when the first is wanted."""
    return session.findChild(Gatherer) or Gatherer(session)


def _scaled(source: Path, prepared: Prepared) -> Told:
    """Said in one line: how large it was and is."""
    told = _("“{name}”已缩到长边 2560 像素存下（{before} → {after} MB）。")
    sizes = [f"{max(0.1, count / _MB):.1f}" for count in (_size(source), prepared.bytes)]
    return Told(told.format(name=source.name, before=sizes[0], after=sizes[1]), "accent", source)


def _size(source: Path) -> int:
    try:
        return source.stat().st_size
    except OSError:
        return 0
