"""Assessments between machines and years: export, import, merge, backup, restore, packs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assessor import __version__
from assessor.answers.document import answer_document, answers_document
from assessor.answers.model import Answers
from assessor.answers.value import raw_value
from assessor.commands import (
    WORKBOOKS,
    Places,
    Progress,
    get_pack,
    load_assessment,
    moment,
    now,
    open_store,
    read_answers,
    start_assessment,
    user_name,
    write_json,
)
from assessor.commands.workbooks import problems_of, read_file
from assessor.errors import UserError, refuse
from assessor.pack.bundle import Installed, install
from assessor.pack.diff import PackDifference, compare
from assessor.pack.load import open_pack, pack_folders
from assessor.pack.model import Pack
from assessor.store.backup import Backup, backup, restore
from assessor.store.log import Kind
from assessor.store.merge import Merged, merge_contents, merge_file
from assessor.store.parts import Exported, export_part
from assessor.store.store import Store
from assessor.words import _

if TYPE_CHECKING:
    from assessor.exchange.read import Read

STAMP = "%Y%m%d-%H%M%S"
"""How the moment is written in the name of what is put beside."""
EXPORTS = (".xlsx", ".json", ".zip")
Said = tuple[str, str]
"""Who said something, and when."""


def export_assessment(here: Places, assessment: int, out: Path) -> Path:
    """An assessment as a workbook, an answers file, or (.zip) a part with its log and evidence."""
    store = open_store(here)
    try:
        match out.suffix.lower():
            case ".xlsx":
                _export_workbook(here, store, assessment, out)
            case ".json":
                _, answers, _ = load_assessment(here, store, assessment)
                write_json(out, answers_document(answers))
            case ".zip":
                export_part(store, assessment, out, user_name(), moment(), __version__)
            case suffix:
                raise refuse("export-format", str(out), suffix=suffix)
    finally:
        store.close()
    return out


def hand_out(here: Places, assessment: int, out: Path) -> Exported:
    """An assessment as a part for a colleague; it tells what evidence could not come along."""
    store = open_store(here)
    try:
        return export_part(store, assessment, out, user_name(), moment(), __version__)
    finally:
        store.close()


def _export_workbook(here: Places, store: Store, assessment: int, out: Path) -> None:
    from assessor.exchange.entries import Stamp
    from assessor.exchange.write import write_workbook

    pack, answers, row = load_assessment(here, store, assessment)
    stamps = {one.item: Stamp(one.author, one.at) for one in store.entries(assessment)}
    write_workbook(out, pack, answers, digest=pack.digest, uid=row.uid, stamps=stamps)


def import_file(here: Places, file: Path) -> Merged:
    """Take a workbook, an answers file or a part into the store, all of it or nothing.

    A workbook that was exported here joins its assessment; what it says stands beside what stands
    here, and where the two differ a person settles it. Anything else begins a new assessment.
    """
    store = open_store(here)
    try:
        if file.suffix.lower() == ".zip":
            return merge_file(store, file, user_name(), moment())
        if file.suffix.lower() in WORKBOOKS:
            return _import_workbook(here, store, file)
        pack, answers = read_answers(here, file)
        return _begin(here, store, pack, answers, {})
    finally:
        store.close()


def _import_workbook(here: Places, store: Store, file: Path) -> Merged:
    return import_read(here, store, file, read_file(here, file, need_code=False))


def import_read(here: Places, store: Store, file: Path, read: "Read") -> Merged:
    """What was read out of a workbook, into the store; `UserError` when it can't be used.

    An answer that could not be read says nothing against one that stands here.
    """
    if read.pack is None or read.answers is None or read.state == "quarantined":
        raise UserError(*problems_of(file, read))
    stamps = {item: (stamp.author, stamp.at) for item, stamp in read.stamps.items()}
    uid = read.identity.uid if read.identity else ""
    known = next((row.id for row in store.assessments() if uid and row.uid == uid), None)
    if known is None:
        return _begin(here, store, read.pack, read.answers, stamps)
    unread = {fault.item for fault in read.faults}
    said = {item: one for item, one in read.answers.items.items() if item not in unread}
    return _join(store, known, replace(read.answers, items=said), stamps, read.digest)


def contents_of(answers: Answers) -> dict[tuple[Kind, str], Any]:
    """What a file says of the firm and to the questions, as the store writes it."""
    facts: dict[tuple[Kind, str], Any] = {("fact", key): raw_value(v) for key, v in answers.firm.items()}
    return {**facts, **{("answer", key): answer_document(one) for key, one in answers.items.items()}}


def _begin(here: Places, store: Store, pack: Pack, answers: Answers, stamps: Mapping[str, Said]) -> Merged:
    """A new assessment with what was said by whom and when."""
    by, at = answers.by or user_name(), moment()
    with store.together():
        key = start_assessment(
            here, store, pack, {}, answers.mode, by, date=answers.date, campaign=answers.campaign
        )
        contents = contents_of(answers)
        for (kind, item), content in contents.items():
            author, when = stamps.get(item, (by, at))
            store.record(key, kind, item, content, author or by, when or at)
    return Merged(key, True, len(contents), 0, ())


def _join(store: Store, assessment: int, answers: Answers, stamps: Mapping[str, Said], digest: str) -> Merged:
    """What a workbook says beside what stands here; what says the same is left alone."""
    kinds: tuple[Kind, Kind] = ("fact", "answer")
    here = {kind: store.current(assessment, kind) for kind in kinds}
    new = {key: said for key, said in contents_of(answers).items() if here[key[0]].get(key[1]) != said}
    added = 0
    with store.together():
        for (kind, item), content in new.items():
            author, when = stamps.get(item, (answers.by or user_name(), answers.date or moment()))
            done = merge_contents(store, assessment, {(kind, item): content}, digest, author, when)
            added += done.entries
    return Merged(assessment, False, added, 0, tuple(store.open_items(assessment)))


def merge_into(here: Places, file: Path, assessment: int | None) -> Merged:
    """A colleague's part into the assessment named, or into the one it belongs to."""
    store = open_store(here)
    try:
        return merge_file(store, file, user_name(), moment(), assessment)
    finally:
        store.close()


def merge_files(here: Places, files: Sequence[Path]) -> Sequence[Merged]:
    """Parts by several assessors, in any order, to the same result."""
    store = open_store(here)
    try:
        return [merge_file(store, file, user_name(), moment()) for file in files]
    finally:
        store.close()


def back_up(here: Places, out: Path, progress: Progress | None = None) -> Backup:
    """A copy of the store with its evidence, safe while the window is open."""
    return backup(here.data, out, user_name(), moment(), __version__, progress)


def put_back(here: Places, file: Path, progress: Progress | None = None) -> Path:
    """A backup as a data folder of its own beside the present one; where it is."""
    return restore(file, here.data, now().strftime(STAMP), progress)


def install_pack(here: Places, file: Path) -> Installed:
    """A bundle's packs in the user's own folder, which lies before the shipped ones."""
    done = install(file, here.data / "packs", here.packs)
    get_pack.cache_clear()
    return done


def diff_packs(here: Places, old: Path, new: Path) -> PackDifference:
    """What became of each question between two versions; each a pack's id or its folder."""
    return compare(_pack_at(here, old), _pack_at(here, new))


def _pack_at(here: Places, place: Path) -> Pack:
    if not place.is_dir():
        return get_pack(here, str(place))
    roots = (place.resolve().parent, *here.packs)
    folders = pack_folders(roots)
    name = next((key for key, folder in folders.items() if folder == place.resolve()), place.name)
    return open_pack(name, roots)


def merged_text(merged: Merged) -> str:
    """What came of an import or a merge, in one line."""
    began = _("新建诊断") if merged.created else _("并入诊断")
    waiting = _("；{count} 项说法不同，等人定").format(count=len(merged.open)) if merged.open else ""
    return _("{began} {assessment}：{entries} 条记录，{evidence} 份佐证{waiting}").format(
        began=began,
        assessment=merged.assessment,
        entries=merged.entries,
        evidence=merged.evidence,
        waiting=waiting,
    )


_FATES = {
    "same": "相同",
    "wording": "只改文字",
    "meaning": "意思变了，要重答",
    "gone": "不再问",
    "new": "新增",
}


def diff_text(found: PackDifference) -> str:
    """The differences for people: counts, then every question that is not the same."""
    lines = [
        _("{words}：{count} 题").format(words=_(words), count=len(found.of(fate)))  # type: ignore[arg-type]
        for fate, words in _FATES.items()
    ]
    for one in found.items:
        if one.fate != "same":
            lines.append(f"  {one.old or '—'} → {one.new or '—'}　{_(_FATES[one.fate])}")
    lines += [
        _("  模型 {name}：{how}").format(name=name, how=_(_FATES.get(how, "判法变了")))
        for name, how in found.models.items()
    ]
    return "\n".join(lines)


def diff_document(found: PackDifference) -> dict[str, Any]:
    """The same for machines."""
    items = [{"old": one.old, "new": one.new, "fate": one.fate} for one in found.items]
    return {"items": items, "models": dict(found.models)}
