"""How do the files of a released version get into `tests/data/releases/`?

Writes `tests/data/releases/VERSION/store.zip` (a data folder), `pack.zip` (a pack bundle),
`workbook.xlsx` (a filled one) and `expected.json` (what they hold), as this version makes them. Run it
once per release, just before it, and never again for that version: the tests open these files for ever.
While a version is not released yet, run it whenever the shape of store or packs changes.

    python tools/build_release.py
"""

import json
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402

from assessor import __version__  # noqa: E402
from assessor.answers.document import answers_document, parse_answer, parse_answers  # noqa: E402
from assessor.exchange.entries import Stamp  # noqa: E402
from assessor.exchange.read import read_workbook  # noqa: E402
from assessor.exchange.write import write_workbook  # noqa: E402
from assessor.pack.bundle import open_kept, pack_bytes, write_bundle  # noqa: E402
from assessor.pack.load import open_pack  # noqa: E402
from assessor.pack.model import Pack  # noqa: E402
from assessor.pack.question import (  # noqa: E402
    BoolQuestion,
    LevelQuestion,
    MultiQuestion,
    Question,
    SingleQuestion,
    TextQuestion,
)
from assessor.store.carry import Carriage, carry_over, start_from  # noqa: E402
from assessor.store.evidence import add_evidence, evidence_of  # noqa: E402
from assessor.store.kept_packs import keep_pack, kept_pack  # noqa: E402
from assessor.store.merge import merge_contents  # noqa: E402
from assessor.store.store import Store  # noqa: E402
from assessor.store.trash import discard  # noqa: E402
from assessor.store.undo import steps, undo  # noqa: E402

RELEASES = ROOT / "tests/data/releases"
PACK = "common"
AT = "2026-05-20T08:00:00+08:00"
LATER = "2026-05-21T08:00:00+08:00"
FACTS = {"name": "匀水示例轮胎翻新厂", "uscc": "91000000MA0DEM021H", "site": "本部", "employees": 42}


def main() -> None:
    """Write the files of this version; others in its folder are left alone."""
    folder = RELEASES / __version__
    folder.mkdir(parents=True, exist_ok=True)
    roots = (ROOT / "questionnaires",)
    pack = open_pack(PACK, roots)
    write_bundle(pack.folder, roots, folder / "pack.zip")
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch) / "data"
        fill(data, pack, pack_bytes(pack, roots))
        zip_folder(data, folder / "store.zip")
        book = folder / "workbook.xlsx"
        fill_workbook(book, data, pack)
        expected = {
            "store": contents(data),
            "pack": pack_contents(folder / "pack.zip", Path(scratch)),
            "workbook": workbook_contents(book, pack),
        }
    text = json.dumps(expected, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "expected.json").write_text(text + "\n", encoding="utf-8")
    print(*sorted(f"{path.relative_to(ROOT)} {path.stat().st_size}" for path in folder.iterdir()), sep="\n")


def fill(data: Path, pack: Pack, copy: bytes) -> None:
    """A store with everything a store can hold."""
    store = Store.open(data, "release")
    keep_pack(store, pack, copy, AT)
    head = {"pack": pack.id, "pack_version": pack.version, "pack_digest": pack.digest, "campaign": "2026"}
    head |= {"mode": "onsite", "date": "2026-05-20"}
    answers = {
        question.id: {"value": value} for question in pack.asked() if (value := sample(question)) is not None
    }
    first = store.add_assessment(store.add_firm(AT), {**head, "uid": "release-1"}, FACTS, "张", AT)
    store.record_all(first, "answer", answers, "张", AT)
    one, two, three, *_ = answers
    picture = data.parent / "现场.jpg"
    Image.linear_gradient("L").resize((64, 48)).convert("RGB").save(picture, "JPEG")
    evidence = add_evidence(store, first, picture, "张", AT)
    store.record(
        first, "answer", one, {**answers[one], "evidence": [evidence.reference], "sure": 3}, "李", AT
    )
    store.record(first, "answer", two, {"state": "unknown", "remark": "待查"}, "李", AT)
    undo(store, first, "李", LATER)
    merge_contents(store, first, {("answer", three): {"state": "declined"}}, "another", "王", LATER)
    second = start_from(store, first, {**head, "uid": "release-2", "campaign": "2027"}, "张", LATER)
    facts, given = store.current(second, "fact"), store.current(second, "answer")
    carriage = Carriage(facts, given, {("answer", one): None}, "next", "0" * 64)
    carry_over(store, second, carriage, "张", LATER, "release")
    third = start_from(store, first, {**head, "uid": "release-3", "campaign": "2025"}, "张", LATER)
    discard(store, third, "张", LATER)
    store.close()


def fill_workbook(path: Path, data: Path, pack: Pack) -> None:
    """The first assessment of that store as a workbook."""
    store = Store.open(data, "release")
    row = next(row for row in store.assessments() if row.uid == "release-1")
    raw = {kind: store.current(row.id, kind) for kind in ("fact", "answer")}
    document = {"firm": raw["fact"], "answers": raw["answer"], "mode": row.mode, "date": row.date}
    answers, problems = parse_answers({**document, "campaign": row.campaign}, pack, path.name)
    assert not problems, problems
    stamps = {one.item: Stamp(one.author, one.at) for one in store.entries(row.id)}
    write_workbook(path, pack, answers, digest=pack.digest, uid=row.uid, stamps=stamps)
    store.close()


def sample(question: Question) -> Any:
    """An answer that fits, for the kinds of question that need no figures."""
    match question:
        case LevelQuestion():
            value: Any = 2
        case SingleQuestion():
            value = question.options[0].id
        case MultiQuestion():
            value = [option.id for option in question.options if not option.none][:2]
        case BoolQuestion():
            value = True
        case TextQuestion(format=None):
            value = "一句话"
        case _:
            return None
    _, problems = parse_answer(question, {"value": value}, lambda _: None)
    return None if problems else value


def contents(data: Path) -> Mapping[str, Any]:
    """Everything a store holds, in the words of the program's interface."""
    store = Store.open(data, "look")
    found: dict[str, Any] = {}
    for trashed, rows in ((False, store.assessments()), (True, store.trashed())):
        for row in rows:
            kept = kept_pack(store, row.pack_digest)
            found[row.uid] = {
                "trashed": trashed,
                "firm": [row.firm_name, row.uscc, row.site],
                "pack": [row.pack, row.pack_version, row.pack_digest],
                "kept": [kept.id, kept.version, len(kept.questions)] if kept else None,
                "head": [row.mode, row.campaign, row.date, row.assessed_by, row.answered, row.changed_at],
                "facts": store.current(row.id, "fact"),
                "answers": store.current(row.id, "answer"),
                "open": [
                    [kind, item, [[one.author, one.content] for one in said]]
                    for (kind, item), said in store.open_items(row.id).items()
                ],
                "log": sorted(one.digest for one in store.entries(row.id) if one.is_genuine),
                "evidence": [[one.digest, one.name, one.media_type] for one in evidence_of(store, row.id)],
                "undo": len(steps(store, row.id).undo),
            }
    store.close()
    return found


def pack_contents(bundle: Path, scratch: Path) -> Mapping[str, Any]:
    """What a bundle holds."""
    pack = open_kept(bundle.read_bytes(), scratch / "kept")
    return {"id": pack.id, "version": pack.version, "items": list(pack.items)}


def workbook_contents(path: Path, pack: Pack) -> Mapping[str, Any]:
    """What a workbook says, read with the pack it was made with."""
    read = read_workbook(path.read_bytes(), path.name, lambda _id, _version: pack, need_code=False)
    return {
        "state": read.state,
        "uid": read.identity.uid if read.identity else None,
        "answers": answers_document(read.answers) if read.answers else None,
        "stamps": {item: [stamp.author, stamp.at] for item, stamp in sorted(read.stamps.items())},
    }


def zip_folder(folder: Path, out: Path) -> None:
    """The files of a data folder, without what can be made again."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and name.startswith(("assessor.db", "evidence/")):
                archive.writestr(
                    zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), path.read_bytes(), zipfile.ZIP_DEFLATED
                )


if __name__ == "__main__":
    main()
