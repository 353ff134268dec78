"""Inside one assessment: steps back and forth, history, evidence, and a newer version of its pack."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from assessor.answers.carry import Carried, carry
from assessor.answers.document import answer_document
from assessor.answers.model import Answer, Signed
from assessor.answers.proof import mark_of
from assessor.commands import Places, Progress, get_pack, load_assessment, now, open_store, roadmap
from assessor.commands.paper import Paper, check_paper
from assessor.commands.paper import write_report as paper_file
from assessor.diagnosis import Diagnosis
from assessor.errors import UserError
from assessor.pack.bundle import is_newer, pack_bytes
from assessor.pack.model import Pack
from assessor.roadmap.program import InterruptedSolvingError, interruptible
from assessor.scoring.visit import visit_plan
from assessor.store import evidence, signing, undo
from assessor.store.carry import Carriage, carry_over
from assessor.store.evidence import Evidence, Prepared
from assessor.store.kept_packs import has_pack, keep_pack
from assessor.store.log import Act, Item, Kind
from assessor.store.store import Store
from assessor.words import _


def _at(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


# -- steps ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """A step taken back or done again: what it touched, and when that was safe on the disk."""

    items: tuple[Item, ...]
    pack_changed: bool
    moment: datetime


def step_back(store: Store, assessment: int, by: str) -> Step | None:
    """Take back the last step, whoever made it and however long ago; None when there is none."""
    moment = now()
    found = undo.undo(store, assessment, by, _at(moment))
    return None if found is None else Step(found.items, found.pack_changed, moment)


def step_again(store: Store, assessment: int, by: str) -> Step | None:
    """Do again the step taken back last; None when there is none."""
    moment = now()
    found = undo.redo(store, assessment, by, _at(moment))
    return None if found is None else Step(found.items, found.pack_changed, moment)


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the history: contents before and after as the store holds them, None where nothing stood.

    `act` is how it came about; None for what the assessment began with.
    """

    kind: Kind
    item: str
    before: Any
    after: Any
    by: str
    at: str
    act: Act | None


def history(store: Store, assessment: int, item: str = "") -> Sequence[Said]:
    """Who said what and when, the newest first; of one question or fact, or of all of them.

    What was said of an accepted plan stands with the plan.
    """
    acts = undo.acts(store, assessment)
    every = store.history(assessment, item) if item else store.entries(assessment)
    found = [one for one in every if one.kind != "plan"]
    contents = {one.digest: one.content for one in found}
    lines = [
        Said(
            one.kind,
            one.item,
            next((contents[parent] for parent in reversed(one.parents) if parent in contents), None),
            one.content,
            one.author,
            one.at,
            acts.get(one.digest),
        )
        for one in found
    ]
    return lines[::-1]


# -- signing -------------------------------------------------------------------------------------


def sign(store: Store, assessment: int, signed: Signed, by: str) -> datetime:
    """Both sides sign everything as it stands; it may still be changed, and that is told."""
    moment = now()
    words = {
        "assessor": signed.assessor,
        "representative": signed.representative,
        "date": signed.date,
        "remark": signed.remark,
    }
    signing.sign(store, assessment, words, by, _at(moment))
    return moment


def withdraw(store: Store, assessment: int, by: str) -> datetime:
    """Take the last signature back."""
    moment = now()
    for one in signing.signatures(store, assessment)[-1:]:
        signing.withdraw(store, assessment, one.item, by, _at(moment))
    return moment


# -- the sheet for a visit -----------------------------------------------------------------------


def write_sheet(
    here: Places, assessment: int, limit: int | None, chosen: Collection[str], out: Path, by: str
) -> Path:
    """The sheet to take along, as a PDF: the questions chosen for a visit of so many minutes.

    With `limit` None it holds everything that still waits. May run beside the window; `UserError` when
    the machine can't make a PDF or the file can't be put.
    """
    from assessor.report.visit_sheet import visit_sheet, write_visit_sheet

    store = open_store(here)
    try:
        pack, answers, _row = load_assessment(here, store, assessment)
    finally:
        store.close()
    asked = visit_plan(pack, answers, None).questions if limit is None else ()
    sheet = visit_sheet(pack, answers, [q.id for q in asked] or chosen, limit, by)
    write_visit_sheet(sheet, out)
    return out


# -- evidence ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that now lies with an answer."""

    evidence: Evidence
    answer: Answer
    moment: datetime


def prepare_evidence(store: Store, source: Path, keep_original: bool = False) -> Prepared:
    """Copy, measure and scale a file; slow, touches no database, may run beside the window."""
    return evidence.prepare(store.folder, source, keep_original=keep_original)


def attach_evidence(
    store: Store, assessment: int, question: str, answer: Answer, prepared: Prepared, by: str
) -> Attached:
    """Put a prepared file with an answer, both or neither; attached twice it is named once."""
    moment = now()
    at = _at(moment)
    with store.together():
        one = evidence.attach(store, assessment, prepared, by, at)
        known = {mark_of(line) for line in answer.evidence}
        if mark_of(one.reference) not in known:
            answer = replace(answer, evidence=(*answer.evidence, one.reference))
            store.record(assessment, "answer", question, answer_document(answer), by, at)
    return Attached(one, answer, moment)


def evidence_of(store: Store, assessment: int) -> Mapping[str, Evidence]:
    """The files of an assessment by the mark that answers name them with."""
    found = evidence.evidence_of(store, assessment)
    return {mark_of(one.reference): one for one in found}


def drop_evidence(store: Store, assessment: int, one: Evidence) -> None:
    """Delete a file of an assessment for good."""
    evidence.drop_evidence(store, assessment, one.digest)


def thumbnail(store: Store, one: Evidence) -> Path | None:
    """A small picture of it; may run beside the window. None for what is no picture."""
    return evidence.thumbnail(store.folder, one.digest) if one.is_picture else None


def copy_out(store: Store, one: Evidence, folder: Path) -> Path:
    """A copy for other programs, in a folder; may run beside the window."""
    return evidence.copy_out(store, one, folder)


def pictures_of(store: Store, found: Mapping[str, Evidence]) -> Mapping[str, bytes]:
    """Thumbnails (JPEG) by mark, for the report; what can't be read is left out."""
    made: dict[str, bytes] = {}
    for mark, one in found.items():
        try:
            path = thumbnail(store, one)
            if path is not None:
                made[mark] = path.read_bytes()
        except (UserError, OSError):
            continue
    return made


def write_report(
    diagnosis: Diagnosis,
    out: Path,
    paper: Paper,
    store: Store,
    found: Mapping[str, Evidence],
    stop: Callable[[], bool],
    progress: Progress,
) -> Path:
    """The report of an assessment with thumbnails of its evidence and, but for an agency, its roadmap.

    May run beside the window; when `stop` says so the planning ends, and `progress` should raise.
    """
    check_paper(paper, out)
    if paper.roadmap is None and paper.reader != "agency":
        progress(0, 0, _("排路线图"))
        with interruptible(stop), suppress(InterruptedSolvingError):
            paper = replace(paper, roadmap=roadmap.for_report(diagnosis))
    return paper_file(diagnosis, out, paper, progress, pictures_of(store, found))


# -- a newer version of the questionnaire --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Preview:
    """What would become of each answer, and what has to be done for it."""

    old: Pack
    new: Pack
    carried: Carried
    carriage: Carriage


def newer_pack(here: Places, pack: Pack) -> Pack | None:
    """The installed version of a pack when it is newer than the one an assessment was made with."""
    try:
        found = get_pack(here, pack.id)
    except UserError:
        return None
    return found if found.digest != pack.digest and is_newer(found.manifest, pack.manifest) else None


def preview_carry(store: Store, assessment: int, old: Pack, new: Pack) -> Preview:
    """Look ahead; nothing is written."""
    facts, answers = store.current(assessment, "fact"), store.current(assessment, "answer")
    carried = carry(old, new, facts, answers)
    return Preview(old, new, carried, Carriage(facts, answers, carried.changes, new.version, new.digest))


def carry_assessment(here: Places, store: Store, assessment: int, preview: Preview, by: str) -> Path:
    """Take the assessment over to the newer version, one step to undo; the copy made before."""
    moment = now()
    new = preview.new
    if not has_pack(store, new.digest):
        keep_pack(store, new, pack_bytes(new, here.packs), _at(moment))
    stamp = moment.strftime("%Y%m%d-%H%M%S")
    return carry_over(store, assessment, preview.carriage, by, _at(moment), stamp)
