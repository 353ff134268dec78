"""Who stands behind a publication: the firms of a finished intake with what each says, one record a firm.

The same record is kept at the agency for every publication, so that a later one can be held against it. It
holds no names: codes are kept as digests. It still tells single firms apart and never leaves the house.
"""

import hashlib
import io
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assessor.aggregate.cover import UNKNOWN, Floats, Numbers
from assessor.aggregate.cover import Path as Group
from assessor.aggregate.database import NAME
from assessor.aggregate.population import HOME_PROVINCE, prefecture
from assessor.aggregate.record import FORMAT, USABLE, Assessed, unpacked
from assessor.answers.firm import is_invented
from assessor.errors import refuse
from assessor.exchange.read import Packs
from assessor.pack.model import Pack
from assessor.pack.question import LevelQuestion, NumberQuestion, Question, RatioQuestion

FOLDER, ENDING = "publications", ".contributors.npz"
Tokens = NDArray[np.uint64]
_HEAD = "head"


@dataclass(frozen=True)
class Told:
    """What a publication told of one question: the groups with their size, their mean, their levels.

    `tops` are the highest levels of its bins.
    """

    sizes: frozenset[Group]
    means: frozenset[Group] = frozenset()
    shares: frozenset[Group] = frozenset()
    tops: tuple[int, ...] = ()


@dataclass(frozen=True)
class Crowd:
    """The firms of one trade in one mode, (N,): digests of their codes, leaves, and values by question."""

    trade: str
    mode: str
    tokens: Tokens
    leaves: tuple[Group, ...]
    leaf: Numbers
    values: Mapping[str, Floats]


@dataclass(frozen=True)
class Before:
    """An earlier publication: its crowds by trade and mode, and what it told of them by question."""

    digest: str
    crowds: Mapping[tuple[str, str], Crowd]
    told: Mapping[tuple[str, str, str], Told]


@dataclass(frozen=True)
class Contributors:
    """The crowds of an intake's campaign with the newest pack of each trade.

    `away` counts firms outside the province, which are not in; `invented` tells of firms of no real code.
    """

    campaign: str
    crowds: tuple[Crowd, ...]
    packs: Mapping[str, Pack]
    away: int
    invented: bool


def contributors(out: Path, packs: Packs) -> Contributors:
    """The firms that a finished intake counts; `UserError` when there is none, or it can't be read."""
    file = out / NAME
    if not file.is_file():
        raise refuse("benchmark-no-intake", str(out))
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            campaign, rows = _rows(connection, out)
    except sqlite3.Error as error:
        raise refuse("intake-store", str(file), reason=str(error)) from error
    return _sorted(campaign, _latest(rows), packs, out)


def _rows(connection: sqlite3.Connection, out: Path) -> tuple[str, Sequence[Assessed]]:
    meta = dict(connection.execute("SELECT name, value FROM meta"))
    if meta.get("format") != FORMAT:
        raise refuse("benchmark-intake-old", str(out))
    marks = ", ".join("?" * len(USABLE))
    found = connection.execute(
        "SELECT content, figures, states FROM ledger JOIN taken USING (sha256)"
        f" WHERE state IN ({marks}) AND ledger.campaign = ? ORDER BY path",  # only marks
        (*USABLE, meta["campaign"]),
    )
    return meta["campaign"], [said for row in found if (said := unpacked(*row).assessed)]


def _latest(rows: Iterable[Assessed]) -> Sequence[Assessed]:
    """One record a firm, trade and mode: several sites of one firm are still one firm."""
    found: dict[tuple[str, str, str], Assessed] = {}
    for one in rows:
        name = (one.key.uscc, one.key.pack, one.mode)
        other = found.get(name)
        if other is None or (one.date, one.key.site) > (other.date, other.key.site):
            found[name] = one
    return [found[name] for name in sorted(found)]


def _sorted(campaign: str, rows: Sequence[Assessed], packs: Packs, out: Path) -> Contributors:
    crowds: dict[tuple[str, str], list[tuple[Assessed, Group]]] = defaultdict(list)
    known: dict[tuple[str, str], Pack] = {}
    away = 0
    for one in rows:
        pack = known.get((one.key.pack, one.version)) or packs(one.key.pack, one.version)
        if pack is None or pack.digest != one.pack_digest:
            raise refuse("benchmark-pack-gone", str(out), pack=one.key.pack, version=one.version)
        known[one.key.pack, one.version] = pack
        place = prefecture(one.region_code, pack.regions)
        if place != UNKNOWN and place[:2] != HOME_PROVINCE:
            away += 1
            continue
        crowds[one.key.pack, one.mode].append((one, (one.key.pack, one.size or UNKNOWN, place)))
    newest = {pack.id: pack for _, pack in sorted(known.items())}
    made = tuple(_crowd(trade, mode, firms, known) for (trade, mode), firms in sorted(crowds.items()))
    if not made:
        raise refuse("benchmark-nobody", str(out))
    invented = any(is_invented(one.key.uscc) for one in rows)
    return Contributors(campaign, made, {one.trade: newest[one.trade] for one in made}, away, invented)


def _crowd(
    trade: str, mode: str, rows: Sequence[tuple[Assessed, Group]], packs: Mapping[tuple[str, str], Pack]
) -> Crowd:
    leaves = tuple(sorted({leaf for _, leaf in rows}))
    values: dict[str, Floats] = defaultdict(lambda: np.full(len(rows), np.nan))
    for row, (one, _) in enumerate(rows):
        figures = np.frombuffer(one.figures, dtype="<f8")
        for column, question in enumerate(packs[trade, one.version].asked()):
            if is_measured(question) and not np.isnan(figures[column]):
                values[question.id][row] = figures[column]
        for verdict in one.verdicts:
            if verdict.low is not None and verdict.low == verdict.high:
                values[f"{verdict.model}.score"][row] = verdict.low / 1000
    return Crowd(
        trade,
        mode,
        np.array([_token(one.key.uscc) for one, _ in rows], dtype=np.uint64),
        leaves,
        np.array([leaves.index(leaf) for _, leaf in rows], dtype=np.int64),
        dict(values),
    )


def is_measured(question: Question) -> bool:
    """Whether firms can be ranked by it."""
    return isinstance(question, LevelQuestion | NumberQuestion | RatioQuestion)


def _token(uscc: str) -> int:
    return int.from_bytes(hashlib.sha256(uscc.encode()).digest()[:8], "big")


# -- the record ----------------------------------------------------------------------------------


def record_bytes(digest: str, crowds: Sequence[Crowd], told: Mapping[tuple[str, str, str], Told]) -> bytes:
    """What is kept at the agency of the publication with that digest."""
    head = {
        "digest": digest,
        "crowds": [[one.trade, one.mode, one.leaves, list(one.values)] for one in crowds],
        "told": [
            [*name, *(sorted(part) for part in (one.sizes, one.means, one.shares)), one.tops]
            for name, one in sorted(told.items())
        ],
    }
    arrays: dict[str, NDArray[np.generic]] = {
        _HEAD: np.frombuffer(json.dumps(head, ensure_ascii=False).encode(), dtype=np.uint8)
    }
    for number, one in enumerate(crowds):
        arrays |= {f"{number}.tokens": one.tokens, f"{number}.leaf": one.leaf}
        arrays |= {f"{number}.{at}": values for at, values in enumerate(one.values.values())}
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]  # names and arrays
    return file.getvalue()


def read_record(file: Path) -> Before:
    """A kept record; `UserError` when it can't be read."""
    try:
        with np.load(file, allow_pickle=False) as arrays:
            head = json.loads(arrays[_HEAD].tobytes().decode())
            crowds = list(_read_crowds(head["crowds"], arrays))
    except (OSError, ValueError, KeyError, TypeError, EOFError, io.UnsupportedOperation) as error:
        raise refuse("benchmark-record-damaged", str(file)) from error
    told = {
        (trade, mode, of): Told(_groups(sizes), _groups(means), _groups(shares), tuple(tops))
        for trade, mode, of, sizes, means, shares, tops in head["told"]
    }
    return Before(head["digest"], {(one.trade, one.mode): one for one in crowds}, told)


def _read_crowds(heads: Sequence[Sequence[object]], arrays: Mapping[str, object]) -> Iterator[Crowd]:
    for number, (trade, mode, leaves, names) in enumerate(heads):
        assert isinstance(leaves, list) and isinstance(names, list)
        values = {name: np.asarray(arrays[f"{number}.{at}"]) for at, name in enumerate(names)}
        yield Crowd(
            str(trade),
            str(mode),
            np.asarray(arrays[f"{number}.tokens"]),
            tuple(tuple(leaf) for leaf in leaves),
            np.asarray(arrays[f"{number}.leaf"]),
            values,
        )


def _groups(raw: Sequence[Sequence[str]]) -> frozenset[Group]:
    return frozenset(tuple(one) for one in raw)
