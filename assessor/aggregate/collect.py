"""From folders to the ledger: walk, read what is new, decide what counts."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import file_digest
from pathlib import Path

from assessor.aggregate.database import Intake
from assessor.aggregate.decide import Decided, Item, Rules, decide
from assessor.aggregate.pool import Pool
from assessor.aggregate.record import Taken, slim
from assessor.aggregate.walk import Found, walk
from assessor.aggregate.worker import packs_in
from assessor.errors import refuse
from assessor.exchange.read import Packs
from assessor.exchange.report import fault_of
from assessor.pack.model import Pack

Progress = Callable[[int, int], None]
"""Called with the files done and the files there are."""


@dataclass(frozen=True, slots=True)
class Collected:
    """The ledger, and the packs of the assessments in it by their digest."""

    ledger: tuple[Decided, ...]
    packs: Mapping[str, Pack]

    @property
    def states(self) -> Mapping[str, int]:
        """How many files are in which state."""
        return Counter(one.state for one in self.ledger)


def collect(
    places: Sequence[Path],
    out: Path,
    rows: Intake,
    roots: Sequence[Path],
    rules: Rules,
    workers: int,
    progress: Progress | None = None,
) -> Collected:
    """Read every file that `rows` does not hold yet, and decide. `UserError` when there is no file at all."""
    found = walk(places, out)
    if not found:
        raise refuse("intake-no-files", "、".join(map(str, places)))
    packs = packs_in(roots)
    known = _still_good(rows, packs)
    items = [Item(one.label, _unread(one)) for one in found if one.problem]
    to_read = [one for one in found if not one.problem]
    items += _read(to_read, rows, roots, known, workers, progress)
    ledger = decide(items, rules)
    return Collected(tuple(ledger), _packs_of(ledger, packs))


def _unread(one: Found) -> Taken:
    assert one.problem is not None
    return Taken("", "ignored" if one.ignored else "quarantined", faults=(fault_of(one.problem),))


def _still_good(rows: Intake, packs: Packs) -> frozenset[str]:
    """The rows that may be used again: made by this program with the pack as it is now."""
    good: set[str] = set()
    stale: set[str] = set()
    for digest, pack_id, version, pack_digest in list(rows.rows()):
        pack = packs(pack_id, version)
        (good if pack is not None and pack.digest == pack_digest else stale).add(digest)
    rows.forget(stale)
    return frozenset(good)


def _read(
    found: Sequence[Found],
    rows: Intake,
    roots: Sequence[Path],
    known: frozenset[str],
    workers: int,
    progress: Progress | None,
) -> list[Item]:
    items: list[Item] = []
    with Pool(workers, roots, known) as pool:
        for answer in pool.run([one.path for one in found]):
            one = found[answer.number]
            if answer.taken is None:
                taken = rows.get(answer.digest)
            else:
                taken = answer.taken if answer.digest or answer.taken.digest else _named(answer.taken, one)
                rows.add(taken)
            items.append(Item(one.label, slim(taken)))
            if progress:
                progress(len(items), len(found))
    rows.commit()
    return items


def _named(taken: Taken, found: Found) -> Taken:
    """A row that a dead process could not finish, with the digest of its file; hashing is safe."""
    try:
        with Path(found.path).open("rb") as file:
            return replace(taken, digest=file_digest(file, "sha256").hexdigest())
    except OSError:
        return taken


def _packs_of(ledger: Sequence[Decided], packs: Packs) -> Mapping[str, Pack]:
    named = {
        (said.pack_digest, said.key.pack, said.version)
        for one in ledger
        if (said := one.taken.assessed) is not None
    }
    found = {digest: packs(pack_id, version) for digest, pack_id, version in sorted(named)}
    return {digest: pack for digest, pack in found.items() if pack is not None and pack.digest == digest}
