"""Which platforms spare a firm building its own? Dated records: what is offered, for whom, since when."""

from typing import Literal

from pydantic import Field

from assessor.pack.condition import Condition
from assessor.pack.policy import Day, Status, When
from assessor.pack.record import Cite, Names, Record

PlatformKind = Literal["trade", "service", "compute", "data", "identification", "rating", "supervision"]


class Platform(Record):
    """One platform.

    For firms in `region` (and all below it), of `industries` (first digits of GB/T 4754) where given, for
    whom `when` holds. `price` is empty where it was not found. `required`: connecting is a duty.
    `comparator`: of another place. `checked`: the day on which it was last looked at.
    """

    id: str = Field(pattern=r"^platform\.[A-Z]+-[0-9A-Za-z-]+$")
    title: str = Field(min_length=1)
    operator: str = ""
    region: str = Field(pattern=r"^[0-9]{6}$")
    kind: PlatformKind
    offers: str = Field(min_length=1)
    who: str = Field(min_length=1)
    industries: Names = ()
    when: Condition | None = None
    price: str = ""
    how: str = ""
    required: bool = False
    from_: When | None = Field(None, alias="from")
    to: When | None = None
    status: Status
    checked: Day
    comparator: bool = False
    note: str = ""
    cite: Cite


class Absence(Record):
    """What was looked for and not found, said in a sentence for firms of `industries`."""

    text: str = Field(min_length=1)
    industries: Names = ()
    checked: Day


class Platforms(Record):
    """`platforms.yaml`."""

    cite: Cite | None = None
    platforms: tuple[Platform, ...] = ()
    absent: tuple[Absence, ...] = ()
