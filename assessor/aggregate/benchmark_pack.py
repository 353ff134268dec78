"""The benchmark pack as a file: what an intake may tell the field, and the record that stays behind.

The record is written first: a pack without its record could not be held against by the next one.
"""

import csv
import io
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assessor.aggregate.benchmark_cells import Public, cells, sheets, told_of
from assessor.aggregate.contributors import (
    ENDING,
    FOLDER,
    Before,
    Contributors,
    Crowd,
    Told,
    read_record,
    record_bytes,
)
from assessor.aggregate.cover import DOMINANCE_PCT
from assessor.aggregate.population import HOME_PROVINCE
from assessor.aggregate.publish import PUBLIC
from assessor.errors import refuse, system_reason
from assessor.pack.archive import Writer, open_archive
from assessor.pack.counted import CELLS, HEAD, LEAST_PERCENTILE, Cell, Head, Rules, cells_name
from assessor.pack.counted_file import BENCHMARK, README
from assessor.pack.model import Pack

GUARANTEE = (
    "基准包里只有一组企业合起来的数字，没有任何一家企业的名称、代码和答案。",
    "少于 {least} 家企业的数字不给；百分位要 {few} 家以上，并且取整：得分和占比到整数，其余到两位有效数字。",
    "平均数只在没有一家独大时给：除去最大的两家，其余合计不足最大一家的 {percent}% 就不给（p% 规则）。",
    "场景等级的占比：相邻等级合并到每档不少于 {least} 家；一组企业全在同一档时不给。",
    "行业里分规模，规模里分市州，只有这一棵树。由合计减去各部分能得到的数字，都不少于 {least} 家；"
    "做不到时，连带藏起别的数字。",
    "与以前每一次公布、与同一次汇总的通报分别相减，得到的数字涉及的企业也不少于 {least} 家；"
    "企业增减、改答案都算在内。",
    "一家企业只算一份，几个厂区不重复算；自评与现场评定分开，从不混算；专家参考不在里面。",
    "不保证的：三次以上公布合在一起推算；借别的资料估计大致范围；某题有几家没有回答不算秘密。",
)


@dataclass(frozen=True)
class Made:
    """A pack about to be written: head, cells by trade, and what was told of whom."""

    head: Head
    cells: Mapping[str, Sequence[Cell]]
    told: Mapping[tuple[str, str, str], Told]
    hidden: int
    away: int


def make(
    found: Contributors, before: Sequence[Before], public: Public, least: int, date: str, number: int
) -> Made:
    """Everything that may be told; `UserError` when that is nothing."""
    told: dict[tuple[str, str, str], Told] = {}
    made: dict[str, list[Cell]] = {}
    hidden = 0
    for crowd in found.crowds:
        for sheet in sheets(crowd, found.packs.get(crowd.trade)):
            may = told_of(sheet, least, before, public)
            if may.sizes:
                told[crowd.trade, crowd.mode, sheet.of] = may
                made.setdefault(crowd.trade, []).extend(cells(sheet, may, max(least, LEAST_PERCENTILE)))
            hidden += len(sheet.groups() - may.sizes)
    if not made:
        raise refuse("benchmark-too-close" if before else "benchmark-too-few", least=least)
    return Made(_head(found, sorted(made), least, date, number), made, told, hidden, found.away)


def _head(found: Contributors, trades: Sequence[str], least: int, date: str, number: int) -> Head:
    any_pack = found.packs[trades[0]]
    named = {"least": least, "few": LEAST_PERCENTILE, "percent": DOMINANCE_PCT}
    region = f"{HOME_PROVINCE}0000"
    return Head(
        id=f"benchmark-{region}-{date}-{number}",
        version=f"{_plain(found.campaign)}.{number}",
        campaign=found.campaign,
        date=date,
        region=region,
        region_name=_short(any_pack.regions.provinces.get(HOME_PROVINCE, region)),
        trades={trade: _trade_name(found.packs[trade]) for trade in trades},
        rules=Rules(
            min_group=least,
            min_percentile=max(least, LEAST_PERCENTILE),
            dominance="p-percent",
            dominance_pct=DOMINANCE_PCT,
        ),
        invented=found.invented,
        guarantee=tuple(line.format(**named) for line in GUARANTEE),
    )


def _plain(campaign: str) -> str:
    return re.sub(r"[^\w-]+", "-", campaign)


def _short(province: str) -> str:
    return province.removesuffix("省")


def _trade_name(pack: Pack) -> str:
    title = pack.manifest.title
    return title.partition("诊断包")[0].removesuffix("行业") or title


# -- what went before ----------------------------------------------------------------------------


def records(out: Path, earlier: Sequence[Path]) -> Sequence[Before]:
    """The records of all publications of this intake, and of the earlier packs named.

    `UserError` when one of those has none: nobody could say what the two give away together.
    """
    files = {file.name: file for file in sorted((out / FOLDER).glob(f"*{ENDING}"))}
    for file in earlier:
        found = file if file.name.endswith(ENDING) else _record_of(file, out)
        files.setdefault(found.name, found)
    return [read_record(file) for file in files.values()]


def _record_of(file: Path, out: Path) -> Path:
    with open_archive(file, BENCHMARK, str(file)) as archive:
        mark = archive.digest[:12]
    for folder in (out, file.parent):
        found = next(iter(sorted((folder / FOLDER).glob(f"*-{mark}{ENDING}"))), None)
        if found is not None:
            return found
    raise refuse("benchmark-record-missing", str(file), name=f"*-{mark}{ENDING}")


def next_number(out: Path, campaign: str) -> int:
    """The number of the next publication of a campaign."""
    names = [file.name for file in (out / FOLDER).glob(f"{_plain(campaign)}.*{ENDING}")]
    used = [int(found[1]) for name in names if (found := re.search(r"\.(\d+)-[0-9a-f]{12}\.", name))]
    return max(used, default=0) + 1


def bulletin_table(out: Path) -> Public:
    """What the table beside the bulletin shows; nothing where there is none."""
    file = out / PUBLIC / "statistics-public.csv"
    if not file.is_file():
        return frozenset()
    rows = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")))
    names = ("industry", "size", "region", "mode", "indicator", "statistic")
    return frozenset(tuple(row[name] for name in names) for row in rows if row["value"])


# -- files ---------------------------------------------------------------------------------------


def pack_bytes(made: Made) -> tuple[bytes, str]:
    """The pack as a zip, the same bytes each time, and its digest."""
    file = io.BytesIO()
    writer = Writer(file, BENCHMARK)
    head = made.head
    text = head.model_dump_json(indent=1)
    writer.add(HEAD, [text.encode()])
    for trade, found in made.cells.items():
        writer.add(cells_name(trade), [CELLS.dump_json(tuple(found), exclude_defaults=True)])
    invented = ["含虚构企业，只供练习，不能发布。"] if head.invented else []
    name = f"{head.region_name}{head.campaign} 基准包 {head.version}（{head.date}）"
    lines = [name, "", *invented, *head.guarantee]
    writer.add(README, ["\r\n".join([*lines, ""]).encode("utf-8-sig")])
    writer.finish({"id": head.id, "version": head.version, "date": head.date})
    with open_archive(io.BytesIO(file.getvalue()), BENCHMARK, head.id) as archive:
        return file.getvalue(), archive.digest


def write(made: Made, crowds: Sequence[Crowd], out: Path, file: Path) -> str:
    """The record at the agency, then the pack; its digest. Neither is left half-written or alone."""
    data, digest = pack_bytes(made)
    record = out / FOLDER / f"{made.head.version}-{digest[:12]}{ENDING}"
    told_of_these = [one for one in crowds if any(name[:2] == (one.trade, one.mode) for name in made.told)]
    try:
        record.parent.mkdir(exist_ok=True)
        _put(record, record_bytes(digest, told_of_these, made.told))
    except OSError as error:
        raise refuse("file-unwritable", str(record), reason=system_reason(error)) from error
    try:
        _put(file, data)
    except OSError as error:
        record.unlink(missing_ok=True)
        raise refuse("file-unwritable", str(file), reason=system_reason(error)) from error
    return digest


def _put(file: Path, data: bytes) -> None:
    beside = file.with_name(f".{file.name}.part")
    try:
        with beside.open("wb") as target:
            target.write(data)
            target.flush()
            os.fsync(target.fileno())
        beside.replace(file)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
