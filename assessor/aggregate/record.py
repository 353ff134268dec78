"""What is kept of a file: why it can be used or not, and what it says, small enough for 30,000 of them."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from sys import intern
from typing import Any, Literal

from assessor.answers.firm import Size
from assessor.answers.model import Mode
from assessor.exchange.report import Fault, Repair

State = Literal[
    "accepted", "repaired", "flagged", "duplicate", "superseded", "conflict", "quarantined", "ignored"
]
STATES: tuple[State, ...] = (
    "accepted",
    "repaired",
    "flagged",
    "duplicate",
    "superseded",
    "conflict",
    "quarantined",
    "ignored",
)
USABLE: tuple[State, ...] = ("accepted", "repaired", "flagged")
FORMAT = "1"
"""Raised when what is kept of a file changes its shape: rows of another format are read anew."""


@dataclass(frozen=True, slots=True)
class Key:
    """What an assessment is counted under."""

    uscc: str
    site: str
    pack: str
    campaign: str


@dataclass(frozen=True, slots=True)
class Part:
    """One dimension of a verdict, in milli-points."""

    id: str
    low: int
    high: int
    most: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """One model on the side that counts, in milli-points; `low` and `high` None where there is no score."""

    model: str
    low: int | None
    high: int | None
    most: int
    level_low: int
    level_high: int
    parts: tuple[Part, ...] = ()

    @property
    def level(self) -> int | None:
        """The level when it is certain."""
        return self.level_low if self.level_low == self.level_high else None


@dataclass(frozen=True, slots=True)
class Assessed:
    """What a usable file says.

    `blanks` counts the questions of the pack's first model that nobody answered. `content` is the
    digest of the answers, the same for two files that say the same. `figures` holds one float64 for each
    question of the pack, in order (`assessor.aggregate.figures`), `states` one byte.
    """

    key: Key
    version: str
    pack_digest: str
    date: str
    mode: Mode
    name: str
    industry_code: str
    region_code: str
    size: Size | None
    employees: float | None
    revenue_wan: float | None
    asked: int
    settled: int
    blanks: int
    content: str
    verdicts: tuple[Verdict, ...]
    red_lines: tuple[str, ...]
    findings: tuple[str, ...]
    lacking: tuple[str, ...]
    figures: bytes = field(repr=False)
    states: bytes = field(repr=False)

    @property
    def complete(self) -> bool:
        """Whether nothing that the first model scores was left blank."""
        return self.blanks == 0


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as it was taken in: a function of its bytes and the pack, of nothing else.

    `assessed` is there exactly when the state is usable.
    """

    digest: str
    state: State
    pack: str = ""
    version: str = ""
    uscc: str = ""
    name: str = ""
    faults: tuple[Fault, ...] = ()
    repairs: tuple[Repair, ...] = ()
    notices: tuple[Repair, ...] = ()
    assessed: Assessed | None = None


def packed(taken: Taken) -> bytes:
    """A row as bytes; figures and states lie beside it, see `Assessed`."""
    plain = asdict(taken)
    if taken.assessed is not None:
        del plain["assessed"]["figures"], plain["assessed"]["states"]
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def unpacked(content: bytes, figures: bytes = b"", states: bytes = b"") -> Taken:
    """The row that `packed` made bytes of."""
    plain: dict[str, Any] = json.loads(zlib.decompress(content).decode("utf-8", "surrogatepass"))
    assessed = plain.pop("assessed")
    plain["faults"] = tuple(Fault(**one) for one in plain["faults"])
    for name in ("repairs", "notices"):
        plain[name] = tuple(Repair(**one) for one in plain[name])
    return Taken(**plain, assessed=_assessed(assessed, figures, states) if assessed else None)


def _assessed(plain: Mapping[str, Any], figures: bytes, states: bytes) -> Assessed:
    verdicts = tuple(
        Verdict(**{**one, "parts": tuple(Part(**part) for part in one["parts"])}) for one in plain["verdicts"]
    )
    listed = {name: tuple(plain[name]) for name in ("red_lines", "findings", "lacking")}
    given = {**plain, **listed, "key": Key(**plain["key"]), "verdicts": verdicts}
    return Assessed(**given, figures=figures, states=states)


def slim(taken: Taken) -> Taken:
    """The row without its figures, words shared: what may stay in memory for thousands of others."""
    said = taken.assessed
    if said is None:
        return taken
    old = said.key
    key = Key(old.uscc, intern(old.site), intern(old.pack), intern(old.campaign))
    light = replace(
        said,
        key=key,
        version=intern(said.version),
        pack_digest=intern(said.pack_digest),
        date=intern(said.date),
        industry_code=intern(said.industry_code),
        region_code=intern(said.region_code),
        verdicts=tuple(map(_shared, said.verdicts)),
        red_lines=tuple(map(intern, said.red_lines)),
        findings=tuple(map(intern, said.findings)),
        lacking=tuple(map(intern, said.lacking)),
        figures=b"",
        states=b"",
    )
    return replace(taken, pack=key.pack, version=light.version, uscc=key.uscc, name=said.name, assessed=light)


def _shared(verdict: Verdict) -> Verdict:
    parts = tuple(replace(part, id=intern(part.id)) for part in verdict.parts)
    return replace(verdict, model=intern(verdict.model), parts=parts)
