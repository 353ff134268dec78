"""The base of every pack model, and where a statement comes from."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from assessor.words import _

SourceKind = Literal["standard", "statistic", "case", "expert"]
Sure = Literal["read", "second-hand", "weak", "own"]


class Record(BaseModel):
    """Immutable, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _as_sequence(value: object) -> object:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else (value,)


Names = Annotated[tuple[str, ...], BeforeValidator(_as_sequence)]


class Cite(Record):
    """Who says so: entries of `sources.yaml`, what kind of statement it is, and how sure we are."""

    source: Names = Field(min_length=1)
    kind: SourceKind
    sure: Sure
    clause: str = ""
    note: str = ""


class Source(Record):
    """One entry of `sources.yaml`; how it is printed is told in the design under Sources."""

    title: str | None = None
    desc: str | None = None
    issuer: str | None = None
    number: str | None = None
    date: str | None = None
    kind: str
    read_as: Literal["original", "reprint", "excerpt", "transcription", "second-hand"] | None = None
    sure: Sure
    address: str | None = None
    note: str | None = None
    same_as: str | None = None


def _is_day(text: str) -> str:
    if not _DAY.fullmatch(text):
        raise ValueError(_("日期应写成 2026-05-20 的样子"))
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(_("没有这一天")) from error
    return text


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Day = Annotated[str, AfterValidator(_is_day)]
"""A day such as 2026-05-20."""

Points = Annotated[Decimal, Field(ge=0)]
"""Points as written in a model file; exact, at most three decimals (checked)."""
