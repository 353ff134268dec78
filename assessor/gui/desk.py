"""What lies open while the window is: places, packs, the store, and who sits here."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assessor import commands
from assessor.answers.model import Answers
from assessor.commands import PackInfo, Places
from assessor.diagnosis import diagnose
from assessor.pack.model import Pack
from assessor.store.store import Store
from assessor.words import _, named


@dataclass(frozen=True, slots=True)
class Shelf:
    """What can be read in the background, before the store is opened."""

    here: Places
    packs: Sequence[PackInfo]


def look_around(data: Path | None) -> Shelf:
    """Where things lie and which packs there are."""
    here = commands.places(data)
    packs = commands.list_packs(here)
    for info in packs:
        if not info.faults and not info.overlays:
            _warm(commands.get_pack(here, info.id))
    return Shelf(here, packs)


def _warm(pack: Pack) -> None:
    """Compile the pack's rules and models now, so that the first answer is as quick as the next."""
    diagnose(pack, Answers(pack.id, pack.version, {}, {}))


@dataclass(frozen=True, slots=True)
class Desk:
    """The open store with what belongs to it. It lives in the window's thread."""

    here: Places
    packs: Sequence[PackInfo]
    store: Store
    by: str

    @classmethod
    def open(cls, shelf: Shelf) -> "Desk":
        """Open the store; `UserError` when it can't be."""
        return cls(shelf.here, shelf.packs, commands.open_store(shelf.here), commands.user_name())

    def pack(self, pack_id: str) -> Pack:
        """A pack by its id."""
        return commands.get_pack(self.here, pack_id)

    def usable(self) -> Sequence[PackInfo]:
        """The packs without faults, trades before the general one."""
        sound = [info for info in self.packs if not info.faults and not info.overlays]
        return sorted(sound, key=lambda info: (info.id == "common", info.id))

    def pack_title(self, pack_id: str) -> str:
        """What a pack is called on a list."""
        found = next((named(info) for info in self.packs if info.id == pack_id), pack_id)
        return short_title(pack_id, found)


def short_title(pack_id: str, title: str) -> str:
    """轮胎行业诊断包 → 轮胎, Tire industry pack → Tire; the general pack stands for all other trades."""
    if pack_id == "common":
        return _("其他行业")
    for tail in ("诊断包", "行业", " pack", " industry"):
        title = title.removesuffix(tail)
    return title or pack_id
