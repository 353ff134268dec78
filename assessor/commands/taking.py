"""What became of each file that was handed in? Taken in, or refused with the place and the remedy."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from assessor.answers.model import Answers
from assessor.commands import Places, open_store, read_answers
from assessor.commands.travel import contents_of, import_file, import_read, merge_into
from assessor.commands.workbooks import read_file
from assessor.errors import Problem, UserError, refuse
from assessor.pack.archive import Kind, format_of
from assessor.pack.bundle import PACK
from assessor.pack.counted_file import BENCHMARK
from assessor.store.backup import BACKUP
from assessor.store.merge import Merged
from assessor.store.parts import SITE
from assessor.store.store import AssessmentRow, Store
from assessor.words import _

if TYPE_CHECKING:
    from assessor.exchange.read import Read

State = Literal["accepted", "repaired", "flagged", "quarantined"]
_ELSEWHERE: Sequence[tuple[Kind, str]] = (
    (BACKUP, "从备份恢复"),
    (PACK, "安装诊断包或基准包"),
    (BENCHMARK, "安装诊断包或基准包"),
)
"""Archives that are no questionnaire, and where the window takes them."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing about a file: `place` is sheet and cell where there is one; `remedy` may be empty."""

    kind: Literal["fault", "repair", "notice"]
    place: str
    text: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """One file. `merged` is None when nothing was taken in; `twin` says the same was here already.

    `beside` is an assessment of the same firm, place, pack and year that was here before and stays as it is.
    `choices` are assessments a part could go into, when there are several: `take_in` wants to be told.
    `mail` is the text to send back to the firm, empty when there is nothing to write.
    """

    file: Path
    state: State
    firm: str = ""
    merged: Merged | None = None
    remarks: tuple[Remark, ...] = ()
    mail: str = ""
    twin: bool = False
    beside: AssessmentRow | None = None
    choices: tuple[AssessmentRow, ...] = ()


def files_among(paths: Sequence[Path]) -> Sequence[Path]:
    """The files named, and those inside folders named; hidden ones and what Excel keeps open left out."""
    found = [inside for path in paths for inside in (sorted(path.iterdir()) if path.is_dir() else [path])]
    return [path for path in found if not path.is_dir() and not path.name.startswith((".", "~$"))]


def take_in(here: Places, file: Path, into: int | None = None) -> TakenIn:
    """Take one file into the store, all of it or nothing. What is wrong with it is told, not raised.

    `into` names the assessment a colleague's part goes into.
    """
    try:
        match file.suffix.lower():
            case ".zip":
                return _take_part(here, file, into)
            case ".json":
                return _take_answers(here, file)
            case _:
                return _take_workbook(here, file)
    except UserError as error:
        faults = tuple(Remark("fault", "", one.what, one.remedy) for one in error.problems)
        return TakenIn(file, "quarantined", remarks=faults, choices=_choices(here, error.problems))


def _choices(here: Places, problems: Sequence[Problem]) -> tuple[AssessmentRow, ...]:
    """Where a part could go, when that is the trouble."""
    keys = next((one.values["keys"] for one in problems if one.code == "merge-several"), ())
    store = open_store(here)
    try:
        return tuple(row for row in store.assessments() if row.id in cast(tuple[int, ...], keys))
    finally:
        store.close()


def _take_part(here: Places, file: Path, into: int | None) -> TakenIn:
    mark = format_of(file)
    for kind, menu in _ELSEWHERE:
        if mark == kind.format:
            raise refuse("bundle-elsewhere", str(file), what=_(kind.title), menu=_(menu))
    return _described(here, TakenIn(file, "accepted", merged=merge_into(here, file, into)))


def _take_answers(here: Places, file: Path) -> TakenIn:
    answers = read_answers(here, file)[1]
    _refuse_empty(answers, file)
    known = _said_before(here, answers)
    if known is not None:
        return _twin(file, "accepted", known)
    return _described(here, TakenIn(file, "accepted", merged=import_file(here, file)))


def _take_workbook(here: Places, file: Path) -> TakenIn:
    from assessor.exchange.letter import letter

    read = read_file(here, file, need_code=False)
    mail = letter(read) if read.faults or read.repairs else ""
    told = TakenIn(file, read.state, remarks=_remarks(read), mail=mail)
    if read.answers is None or read.pack is None or read.state == "quarantined":
        return told
    _refuse_empty(read.answers, file)
    known = _said_before(here, read.answers)
    if known is not None:
        return _twin(file, read.state, known, told.remarks, mail)
    store = open_store(here)
    try:
        merged = import_read(here, store, file, read)
    finally:
        store.close()
    return _described(here, TakenIn(file, read.state, "", merged, told.remarks, mail))


def _refuse_empty(answers: Answers, file: Path) -> None:
    """A blank questionnaire would only be a line without a name in the list."""
    if not contents_of(answers):
        raise refuse("answers-none", str(file))


def _remarks(read: "Read") -> tuple[Remark, ...]:
    faults = [
        Remark("fault", f"{one.sheet} {one.cell}".strip(), one.reason, one.remedy) for one in read.faults
    ]
    repairs = [Remark("repair", "", one.text) for one in read.repairs]
    return (*faults, *repairs, *(Remark("notice", "", one.text) for one in read.notices))


def _twin(
    file: Path, state: State, row: AssessmentRow, remarks: tuple[Remark, ...] = (), mail: str = ""
) -> TakenIn:
    return TakenIn(file, state, row.firm_name, Merged(row.id, False, 0, 0, ()), remarks, mail, twin=True)


def _described(here: Places, taken: TakenIn) -> TakenIn:
    """With the firm's name, and whether it had an assessment of the same kind before."""
    assert taken.merged is not None
    store = open_store(here)
    try:
        row = store.assessment(taken.merged.assessment)
        beside = next((one for one in _alike(store, row) if one.id != row.id), None)
    finally:
        store.close()
    named = (taken.file, taken.state, row.firm_name, taken.merged, taken.remarks, taken.mail)
    return TakenIn(*named, beside=beside if taken.merged.created else None)


def _alike(store: Store, row: AssessmentRow) -> Sequence[AssessmentRow]:
    """Assessments with the same key: firm, site, pack, campaign and mode."""

    def key(one: AssessmentRow) -> tuple[str, ...]:
        return (one.uscc.upper(), one.site or SITE, one.pack, one.campaign, one.mode)

    return [one for one in store.assessments() if one.uscc and key(one) == key(row)]


def _said_before(here: Places, answers: Answers) -> AssessmentRow | None:
    """An assessment of this firm into whose history everything in the file was entered before."""
    uscc = str(answers.fact("uscc") or "").upper()
    if not uscc:
        return None
    wanted = {(*item, _text(content)) for item, content in contents_of(answers).items()}
    store = open_store(here)
    try:
        for row in store.assessments():
            if (row.uscc.upper(), row.pack, row.mode) != (uscc, answers.pack, answers.mode):
                continue
            said = {(one.kind, one.item, _text(one.content)) for one in store.entries(row.id)}
            if wanted <= said:
                return row
    finally:
        store.close()
    return None


def _text(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True)
