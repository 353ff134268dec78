"""What can the program do? One function per verb, called by the command line and the window alike.

The only module that reads the clock, the user and the home folder.
"""

import getpass
import json
import os
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import platformdirs

from assessor import shipped
from assessor.answers.document import (
    answer_document,
    parse_answers,
    parse_json,
)
from assessor.answers.model import Answer, Answers, Mode, Signed, Value
from assessor.answers.value import raw_value
from assessor.diagnosis import Diagnosis, diagnose
from assessor.errors import Problem, UserError, raise_if, refuse, system_reason
from assessor.pack.bundle import finish_install, pack_bytes
from assessor.pack.load import load_once, load_pack, open_pack, pack_folders
from assessor.pack.model import Pack
from assessor.scoring.document import result_document
from assessor.scoring.index_document import index_document, reported_document
from assessor.scoring.standard_document import standard_document
from assessor.store.kept_packs import has_pack, keep_pack, kept_pack
from assessor.store.signing import signatures
from assessor.store.store import AssessmentRow, Store
from assessor.words import FINDINGS, _, sentence

APP = "assessor"
WORKBOOKS = (".xlsx", ".xlsm")
Progress = Callable[[int, int, str], None]
"""Called with what is done, what there is to do, and what is being done."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the data lie, and where packs are looked for (the user's own first)."""

    data: Path
    packs: tuple[Path, ...]


def places(data: Path | None = None) -> Places:
    """The platform's data folder, or the one given."""
    folder = data or Path(platformdirs.user_data_dir(APP, appauthor=False))
    return Places(folder, (folder / "packs", shipped("questionnaires")))


def now() -> datetime:
    """This moment, local time with its offset."""
    return datetime.now().astimezone()


def moment() -> str:
    """Now, as the store writes it."""
    return now().isoformat(timespec="seconds")


def user_name() -> str:
    """Who sits here, as the system knows it; empty when it doesn't."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


# -- packs ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PackInfo:
    """One line of `pack list`; `faults` counts what `pack check` would report.

    One that `overlays` another is not to be assessed with.
    """

    id: str
    version: str
    date: str
    title: str
    title_en: str
    questions: int
    folder: Path
    faults: int
    overlays: str = ""


def list_packs(here: Places) -> Sequence[PackInfo]:
    """All packs that can be found, broken ones included."""
    return [_pack_info(name, folder, here) for name, folder in pack_folders(here.packs).items()]


def _pack_info(name: str, folder: Path, here: Places) -> PackInfo:
    loaded = load_once(folder, here.packs)
    if loaded.pack is None:
        return PackInfo(name, "", "", "", "", 0, folder, len(loaded.problems))
    head = loaded.pack.manifest
    count = 0 if head.overlays else len(loaded.pack.questions)
    faults = len(loaded.problems)
    return PackInfo(
        head.id, head.version, head.date, head.title, head.title_en, count, folder, faults, head.overlays
    )


@lru_cache(maxsize=16)
def get_pack(here: Places, pack_id: str) -> Pack:
    """The pack of that id, loaded once; `UserError` when it is missing or broken."""
    return open_pack(pack_id, here.packs)


def check_packs(here: Places, path: Path | None = None) -> Sequence[Problem]:
    """Every fault of one pack folder, or of all packs."""
    if path is not None and not (path / "pack.yaml").is_file():
        raise refuse("pack-file-missing", str(path), file="pack.yaml")
    folders = [path] if path else list(pack_folders(here.packs).values())
    roots = (*here.packs, *([path.resolve().parent] if path else []))
    found = (problem for folder in folders for problem in load_pack(folder, roots).problems)
    return list(dict.fromkeys(_from_here(problem) for problem in found))


def _from_here(problem: Problem) -> Problem:
    """The same problem with its path as seen from the folder one works in."""
    return replace(problem, where=problem.where.removeprefix(f"{Path.cwd()}{os.sep}"))


def pack_document(pack: Pack) -> dict[str, Any]:
    """What `pack show --json` prints."""
    return {
        **pack.manifest.model_dump(mode="json"),
        "digest": pack.digest,
        "facts": [fact.model_dump(mode="json", by_alias=True, exclude_defaults=True) for fact in pack.facts],
        "sections": [
            section.model_dump(mode="json", by_alias=True, exclude_defaults=True) for section in pack.sections
        ],
        "models": [model.id for model in pack.models],
    }


# -- files of answers ----------------------------------------------------------------------------


def read_answers(here: Places, file: Path) -> tuple[Pack, Answers]:
    """The pack and the answers of a workbook or a JSON answers file; `UserError` with every fault."""
    if file.suffix.lower() in WORKBOOKS:
        from assessor.commands.workbooks import answers_of

        return answers_of(here, file)
    data, problems = parse_json(_read_text(file), str(file))
    raise_if(problems)
    pack_id = (data or {}).get("pack")
    if not isinstance(pack_id, str):
        raise refuse("answers-shape", str(file), reason=_("缺少 pack（诊断包编号）"))
    pack = get_pack(here, pack_id)
    answers, problems = parse_answers(data or {}, pack, str(file))
    raise_if(problems)
    return pack, answers


def _read_text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise refuse("file-missing", str(file)) from error
    except UnicodeDecodeError as error:
        raise refuse("answers-not-json", str(file), reason=_("不是 UTF-8 文本")) from error
    except OSError as error:
        raise refuse("file-unreadable", str(file), reason=system_reason(error)) from error


def diagnose_file(here: Places, file: Path) -> Diagnosis:
    """The result of an answers file."""
    return diagnose(*read_answers(here, file))


def score_document(diagnosis: Diagnosis) -> dict[str, Any]:
    """What `score --json` prints."""
    return {
        "pack": diagnosis.pack.id,
        "version": diagnosis.pack.version,
        "models": {
            **{verdict.result.model.id: result_document(verdict.result) for verdict in diagnosis.verdicts},
            **{index.model.id: index_document(index) for index in diagnosis.indexes},
            **{held.model.id: reported_document(held) for held in diagnosis.reported},
            **{result.model.id: standard_document(result) for result in diagnosis.standards},
        },
        "refused": [problem.as_json() for problem in diagnosis.refused],
        "proposals": dict(diagnosis.proposals),
        "red_lines": [
            {"id": line.id, "colour": line.colour, "title": line.title, "text": line.text}
            for line in diagnosis.red_lines
        ],
        "findings": [
            {
                "code": str(finding.values.get("rule", finding.code)),
                "ids": list(finding.ids),
                "text": sentence(FINDINGS, finding.code, finding.values),
            }
            for finding in diagnosis.findings
        ],
    }


def score_text(diagnosis: Diagnosis) -> str:
    """What `score` prints for people: every verdict down to the answers."""
    from assessor.report.text import verdict_text

    return verdict_text(diagnosis)


# -- report --------------------------------------------------------------------------------------

NO_PICTURES: Mapping[str, bytes] = MappingProxyType({})


def make_folder(folder: Path) -> None:
    """The folder and those above it; `UserError` when it can't be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refuse("file-unwritable", str(folder), reason=system_reason(error)) from error


def samples(here: Places) -> Sequence[Path]:
    """The answers files of invented firms that ship with the packs."""
    folders = pack_folders(here.packs).values()
    return [path for folder in folders for path in sorted((folder / "samples").glob("*.json"))]


def demo(here: Places, out: Path, progress: Progress | None = None) -> Sequence[Path]:
    """Every output for every shipped sample firm; the files made."""
    make_folder(out)
    made: list[Path] = []
    for file in samples(here):
        made += _demo_of(here, file, out, progress)
    return made


def _demo_of(here: Places, file: Path, out: Path, progress: Progress | None) -> Sequence[Path]:
    from assessor.commands import roadmap
    from assessor.commands.paper import Paper, write_report

    diagnosis = diagnose_file(here, file)
    plan = roadmap.for_report(diagnosis)
    paper = Paper(roadmap=plan)
    stem = f"{diagnosis.pack.id}-{file.stem}"
    answers = out / f"{stem}-answers.json"
    scores = out / f"{stem}-score.json"
    write_text(answers, _read_text(file))
    write_json(scores, score_document(diagnosis))
    book = roadmap.write_workbook(diagnosis, plan, out / f"{stem}.xlsx")
    plans = [] if isinstance(plan, Problem) else roadmap.write_all(plan, out / f"{stem}-roadmap")
    html = write_report(diagnosis, out / f"{stem}-report.html", paper, progress)
    word = write_report(diagnosis, out / f"{stem}-report.docx", paper, progress)
    try:
        pdf = [write_report(diagnosis, out / f"{stem}-report.pdf", paper, progress)]
    except UserError as error:
        if error.problems[0].code != "pdf-engine":
            raise
        pdf = []
    return [answers, scores, book, *plans, html, word, *pdf]


def write_json(path: Path, document: Mapping[str, Any]) -> None:
    """A JSON file, which appears whole or not at all."""
    write_text(path, json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def write_text(path: Path, text: str) -> None:
    """A text file as it is, line ends included, which appears whole or not at all."""
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise refuse("file-unwritable", str(path), reason=system_reason(error)) from error


# -- assessments in the store --------------------------------------------------------------------


def open_store(here: Places) -> Store:
    """The store in the data folder; a pack whose installation was cut short is put right first."""
    finish_install(here.data / "packs")
    return Store.open(here.data, now().strftime("%Y%m%d-%H%M%S"))


def start_assessment(
    here: Places,
    store: Store,
    pack: Pack,
    facts: Mapping[str, Value],
    mode: Mode,
    by: str,
    firm: int | None = None,
    date: str = "",
    campaign: str = "",
) -> int:
    """A new assessment, dated today unless told otherwise; of a new firm when none is given. Its id.

    The campaign is the year of its date unless one is named.
    """
    at = moment()
    raw = {item: raw_value(value) for item, value in facts.items()}
    with store.together():
        hold_pack(here, store, pack, at)
        key = store.add_firm(at) if firm is None else firm
        return store.add_assessment(key, new_head(pack, mode, date, campaign), raw, by, at)


def new_head(pack: Pack, mode: Mode, date: str = "", campaign: str = "") -> Mapping[str, str]:
    """What a new assessment is: its name on every machine, its pack, mode, campaign and date."""
    day = date or now().date().isoformat()
    return {
        "uid": uuid.uuid4().hex,
        "pack": pack.id,
        "pack_version": pack.version,
        "pack_digest": pack.digest,
        "mode": mode,
        "campaign": campaign or day[:4],
        "date": day,
    }


def hold_pack(here: Places, store: Store, pack: Pack, at: str) -> None:
    """Keep the pack an assessment is made with: it is judged by it for ever."""
    if not has_pack(store, pack.digest):
        keep_pack(store, pack, pack_bytes(pack, here.packs), at)


def add_sample(here: Places, store: Store, file: Path) -> int:
    """A shipped sample firm as an assessment to play with; its id."""
    pack, answers = read_answers(here, file)
    by = answers.by or user_name()
    contents = {item: answer_document(answer) for item, answer in answers.items.items()}
    with store.together():
        key = start_assessment(here, store, pack, answers.firm, answers.mode, by, date=answers.date)
        store.record_all(key, "answer", contents, by, moment())
    return key


def record_answer(store: Store, assessment: int, question: str, answer: Answer, by: str) -> datetime:
    """Commit one answer; the moment it was safe on the disk."""
    at = now()
    content = answer_document(answer)
    store.record(assessment, "answer", question, content, by, at.isoformat(timespec="seconds"))
    return at


def record_answers(store: Store, assessment: int, answers: Mapping[str, Answer], by: str) -> datetime:
    """Commit several answers together."""
    at = now()
    contents = {key: answer_document(answer) for key, answer in answers.items()}
    store.record_all(assessment, "answer", contents, by, at.isoformat(timespec="seconds"))
    return at


def record_fact(store: Store, assessment: int, fact: str, value: Value | None, by: str) -> datetime:
    """Commit one fact of the firm; None takes it back."""
    at = now()
    content = None if value is None else raw_value(value)
    store.record(assessment, "fact", fact, content, by, at.isoformat(timespec="seconds"))
    return at


def load_assessment(here: Places, store: Store, assessment: int) -> tuple[Pack, Answers, AssessmentRow]:
    """An assessment as it stands, with the very pack it was made with.

    Where that was not kept, the installed pack stands in; entries that do not fit it stay in the
    store and are not shown.
    """
    row = store.assessment(assessment)
    pack = pack_of(here, store, row)
    data = {
        "firm": store.current(assessment, "fact"),
        "answers": store.current(assessment, "answer"),
        "mode": row.mode,
        "date": row.date,
        "campaign": row.campaign,
        "by": row.assessed_by,
    }
    answers, _ = parse_answers(data, pack, str(store.path))
    return pack, replace(answers, signed=signed_by(store, assessment)), row


def signed_by(store: Store, assessment: int) -> Signed | None:
    """The last signature that stands under an assessment."""
    found = signatures(store, assessment)
    if not found:
        return None
    last = found[-1]
    words = last.words
    return Signed(
        assessor=words.get("assessor", ""),
        representative=words.get("representative", ""),
        date=words.get("date", ""),
        remark=words.get("remark", ""),
        changed=len(last.changed),
        other_version=last.other_pack,
    )


def pack_of(here: Places, store: Store, row: AssessmentRow) -> Pack:
    """The pack an assessment was made with, else the installed one of its name."""
    try:
        pack = get_pack(here, row.pack)
    except UserError:
        pack = None
    if pack is None or pack.digest != row.pack_digest:
        pack = kept_pack(store, row.pack_digest, here.packs) or pack
    return pack or get_pack(here, row.pack)
