"""One assessment as a file to carry to another machine: its whole log, its evidence, its pack.

A part is an archive: `log.jsonl` (an entry a line, with who said it and when), the evidence by digest, and
the pack it was made with, so that the other machine can open it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assessor.pack.archive import Archive, Kind, Writer, open_archive
from assessor.store.connection import told
from assessor.store.evidence import Evidence, content_path, evidence_of
from assessor.store.evidence_files import EVIDENCE, chunks_of, digest_of, evidence_path
from assessor.store.files import whole_file
from assessor.store.kept_packs import pack_data
from assessor.store.log import KINDS, Entry, in_order
from assessor.store.store import AssessmentRow, Store
from assessor.words import _

PART_KIND = Kind("assessor-part", "诊断分册", 2)
_WITHOUT_PLAN = replace(PART_KIND, edition=1)
"""What programs can read that know no accepted roadmaps: the mark of a part without one."""
ENDING = ".part.zip"
LOG = "log.jsonl"
HEAD = ("pack", "pack_version", "pack_digest", "mode", "campaign", "date")
SITE = "本部"
"""Where a firm has but one."""


@dataclass(frozen=True, slots=True)
class Key:
    """What makes two assessments one: design, Keys. `mode` must agree too before they are joined by it."""

    uscc: str
    site: str
    pack: str
    campaign: str
    mode: str

    def difference(self, other: "Key") -> str:
        """In what they differ, in words; empty when they are one."""
        words = {
            "uscc": _("企业"),
            "site": _("地点"),
            "pack": _("诊断包"),
            "campaign": _("年度"),
            "mode": _("自评或现场评定"),
        }
        found = [word for name, word in words.items() if getattr(self, name) != getattr(other, name)]
        return _("、").join(found) + _("不同") if found else ""


@dataclass(frozen=True, slots=True)
class Part:
    """What an assessment holds, wherever it comes from. `uids` are all names its entries were made under."""

    uid: str
    uids: frozenset[str]
    firm_name: str
    key: Key
    head: Mapping[str, str]
    assessed_by: str
    entries: tuple[Entry, ...]
    evidence: tuple[Evidence, ...]


def part_of(store: Store, assessment: int) -> Part:
    """An assessment of this store, as it would travel."""
    row = store.assessment(assessment)
    entries = tuple(in_order(store.entries(assessment)))
    head = {name: str(getattr(row, name)) for name in HEAD}
    return Part(
        uid=row.uid,
        uids=frozenset({row.uid, *(one.uid for one in entries)}),
        firm_name=row.firm_name,
        key=key_of(row),
        head=head,
        assessed_by=row.assessed_by,
        entries=entries,
        evidence=tuple(evidence_of(store, assessment)),
    )


def key_of(row: AssessmentRow) -> Key:
    """The key of an assessment in the list."""
    return Key(row.uscc.strip().upper(), row.site.strip() or SITE, row.pack, row.campaign, row.mode)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and the evidence that could not come along because its file is lost or changed."""

    part: Part
    missing: tuple[Evidence, ...]


def export_part(
    store: Store, assessment: int, out: Path, by: str, at: str, program: str, *, with_evidence: bool = True
) -> Exported:
    """Write an assessment as a part, which appears whole or not at all."""
    with told(store.path):
        part = part_of(store, assessment)
        whole = [one for one in part.evidence if with_evidence and _is_whole(store, one)]
        with whole_file(out) as file:
            writer = Writer(file, PART_KIND if _has_plan(part) else _WITHOUT_PLAN)
            writer.add(LOG, (_line(one) for one in part.entries))
            data = pack_data(store, part.head["pack_digest"])
            if data is not None:
                writer.add(f"packs/{part.head['pack_digest']}.zip", [data], packed=False)
            for one in whole:
                writer.add(_evidence_name(one), chunks_of(content_path(store, one.digest)), packed=False)
            writer.finish(_head(part, whole, {"by": by, "at": at, "program": program}))
    missing = tuple(one for one in part.evidence if with_evidence and one not in whole)
    return Exported(replace(part, evidence=tuple(whole)), missing)


def _has_plan(part: Part) -> bool:
    return any(one.kind == "plan" for one in part.entries)


def _is_whole(store: Store, one: Evidence) -> bool:
    path = evidence_path(store.folder, one.digest)
    return path.is_file() and digest_of(path) == one.digest


def _evidence_name(one: Evidence) -> str:
    return f"{EVIDENCE}/{one.digest[:2]}/{one.digest}"


def _head(part: Part, evidence: Sequence[Evidence], made: Mapping[str, str]) -> Mapping[str, Any]:
    return {
        **made,
        "uid": part.uid,
        "firm_name": part.firm_name,
        "uscc": part.key.uscc,
        "site": part.key.site,
        "head": part.head,
        "assessed_by": part.assessed_by,
        "evidence": [_evidence_line(one) for one in evidence],
    }


def _line(one: Entry) -> bytes:
    data = {name: getattr(one, name) for name in Entry.__dataclass_fields__}
    return (json.dumps(data, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _evidence_line(one: Evidence) -> Mapping[str, Any]:
    return {name: getattr(one, name) for name in Evidence.__dataclass_fields__}


# -- reading -------------------------------------------------------------------------------------


def read_part(file: Path) -> Part:
    """The part in a file, every byte verified."""
    with open_archive(file, PART_KIND, str(file)) as archive:
        part = parse_part(archive)
        archive.verify()
        return part


def parse_part(archive: Archive) -> Part:
    """What an opened archive holds; its log is verified, its evidence not read."""
    head = archive.head
    names = ("uid", "firm_name", "uscc", "site", "assessed_by")
    uid, firm_name, uscc, site, assessed_by = (head.get(name) for name in names)
    basis = head.get("head")
    if not all(isinstance(text, str) for text in (uid, firm_name, uscc, site, assessed_by)):
        raise archive.damaged(_("清单写法不对"))
    if not isinstance(basis, dict) or not all(isinstance(basis.get(name), str) for name in HEAD):
        raise archive.damaged(_("清单写法不对"))
    if basis["mode"] not in ("self", "onsite") or not uid:
        raise archive.damaged(_("清单写法不对"))
    entries = tuple(_entries(archive))
    return Part(
        uid=str(uid),
        uids=frozenset({str(uid), *(one.uid for one in entries)}),
        firm_name=str(firm_name),
        key=Key(str(uscc), str(site) or SITE, basis["pack"], basis["campaign"], basis["mode"]),
        head={name: str(basis[name]) for name in HEAD},
        assessed_by=str(assessed_by),
        entries=entries,
        evidence=tuple(_evidence(archive)),
    )


def _entries(archive: Archive) -> Iterator[Entry]:
    try:
        lines = archive.read(LOG).decode("utf-8").split("\n")
        for number, line in enumerate(lines, 1):
            if line:
                yield _entry(archive, json.loads(line), number)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise archive.damaged(_("{log} 读不出").format(log=LOG)) from error


def _entry(archive: Archive, raw: Any, number: int) -> Entry:
    texts = ("kind", "item", "author", "at", "digest", "uid")
    fits = (
        isinstance(raw, dict)
        and raw.keys() == set(Entry.__dataclass_fields__)
        and all(isinstance(raw[name], str) for name in texts)
        and raw["kind"] in KINDS
        and isinstance(raw["parents"], list)
        and all(isinstance(parent, str) for parent in raw["parents"])
    )
    one = Entry(**{**raw, "parents": tuple(raw["parents"])}) if fits else None
    if one is None or not one.is_genuine:
        raise archive.damaged(_("{log} 第 {number} 行与其摘要不符").format(log=LOG, number=number))
    return one


def _evidence(archive: Archive) -> Iterator[Evidence]:
    raw = archive.head.get("evidence")
    for one in raw if isinstance(raw, list) else [None]:
        found = _one_evidence(one)
        if found is None:
            raise archive.damaged(_("清单写法不对"))
        file = archive.files.get(_evidence_name(found))
        if file is None or file["sha256"] != found.digest or file["bytes"] != found.bytes:
            raise archive.damaged(_("佐证材料 {digest} 与清单不符").format(digest=found.digest[:16]))
        yield found


def _one_evidence(raw: Any) -> Evidence | None:
    texts = ("digest", "name", "media_type", "author", "at")
    fits = (
        isinstance(raw, dict)
        and raw.keys() == set(Evidence.__dataclass_fields__)
        and all(isinstance(raw[name], str) for name in texts)
        and type(raw["bytes"]) is int
        and isinstance(raw["original"], str | None)
    )
    return Evidence(**raw) if fits else None
