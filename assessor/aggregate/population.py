"""The assessments that count, sorted into groups: trade, size, prefecture, self-assessed or on site."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from assessor.aggregate.decide import Decided
from assessor.aggregate.record import USABLE, Assessed
from assessor.answers.firm import current_region
from assessor.pack.model import Pack, Regions

ALL, UNKNOWN = "all", "unknown"
HOME_PROVINCE = "52"


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """Who is summed up together; `all` where a trait makes no difference."""

    industry: str = ALL
    size: str = ALL
    region: str = ALL
    mode: str = ALL

    @property
    def traits(self) -> int:
        """How many of trade, size and region it narrows."""
        return sum(trait != ALL for trait in (self.industry, self.size, self.region))


@dataclass(frozen=True)
class Population:
    """The counted assessments of one campaign, in the order of the ledger, with the packs they need.

    `groups` maps each group that has members to their places.
    """

    campaign: str
    members: tuple[Assessed, ...]
    digests: tuple[str, ...]
    packs: Mapping[str, Pack]
    other_campaigns: Mapping[str, int]
    groups: Mapping[Group, Sequence[int]] = field(default_factory=dict)

    def pack_of(self, member: Assessed) -> Pack:
        """The very pack an assessment was scored with."""
        return self.packs[member.pack_digest]


def counted(ledger: Iterable[Decided]) -> list[Decided]:
    """The lines whose assessment counts."""
    return [one for one in ledger if one.state in USABLE and one.taken.assessed is not None]


def populate(ledger: Iterable[Decided], packs: Mapping[str, Pack], campaign: str = "") -> Population:
    """The population of a campaign; without a name that of the campaign with most assessments.

    Where two have as many the later one is taken. `packs` are by digest.
    """
    lines = [(one.taken.assessed, one.taken.digest) for one in counted(ledger)]
    told = Counter(said.key.campaign for said, _ in lines if said)
    chosen = campaign or max(told, key=lambda name: (told[name], name), default="")
    kept = [(said, digest) for said, digest in lines if said and said.key.campaign == chosen]
    members = tuple(said for said, _ in kept)
    others = {name: count for name, count in sorted(told.items()) if name != chosen}
    regions = next(iter(packs.values())).regions if packs else None
    groups = _groups(members, regions) if regions else {}
    return Population(chosen, members, tuple(digest for _, digest in kept), packs, others, groups)


def prefecture(code: str, regions: Regions) -> str:
    """The prefecture of a place in the province, the province elsewhere; both as six digits."""
    if not code:
        return UNKNOWN
    code = current_region(code, regions)
    return f"{code[:4]}00" if code[:2] == HOME_PROVINCE else f"{code[:2]}0000"


def _groups(members: Sequence[Assessed], regions: Regions) -> dict[Group, list[int]]:
    found: dict[Group, list[int]] = defaultdict(list)
    for place, one in enumerate(members):
        own = (one.key.pack, one.size or UNKNOWN, prefecture(one.region_code, regions), one.mode)
        for traits in product(*((ALL, trait) for trait in own)):
            found[Group(*traits)].append(place)
    return dict(sorted(found.items()))


def counted_in(population: Population, group: Group) -> int:
    """How many members a group has."""
    return len(population.groups.get(group, ()))
