"""What does an assessment rest on, and since when? Its pack, mode, campaign and date; the last row counts."""

from collections.abc import Mapping

from sqlite_utils.db import Database

from assessor.store.log import Act

Mark = tuple[int, Act]
"""The step a change belongs to, and what kind of step it is."""

Pack = tuple[str, str, str]
"""Id, version and digest."""

_HEAD = ("pack", "pack_version", "pack_digest", "mode", "campaign", "date")


def change_basis(
    database: Database, assessment: int, changes: Mapping[str, str], mark: Mark, by: str, at: str
) -> None:
    """Let the assessment rest on something else from here on."""
    last = _last(database, assessment)
    _put(database, assessment, {**last, **changes}, mark, by, at)


def name_pack(database: Database, assessment: int, pack: Pack, by: str, at: str) -> None:
    """Say which pack an assessment was made with, where a rescue could not tell."""
    names = ("pack", "pack_version", "pack_digest")
    head = {**_last(database, assessment), **dict(zip(names, pack, strict=True))}
    _put(database, assessment, head, None, by, at)


def restore_basis(database: Database, assessment: int, undone: int, mark: Mark, by: str, at: str) -> bool:
    """Go back to what it rested on before the step `undone`, if that step changed it; whether it did."""
    changed = database.execute(
        "SELECT id FROM basis WHERE assessment = ? AND step = ?", (assessment, undone)
    ).fetchone()
    if changed is None:
        return False
    before = database.execute(
        f"SELECT {', '.join(_HEAD)} FROM basis WHERE assessment = ? AND id < ? ORDER BY id DESC LIMIT 1",
        (assessment, changed[0]),
    ).fetchone()
    if before is None:
        return False
    _put(database, assessment, dict(zip(_HEAD, before, strict=True)), mark, by, at)
    return True


def _last(database: Database, assessment: int) -> Mapping[str, str]:
    found = database.execute(f"SELECT {', '.join(_HEAD)} FROM assessment WHERE id = ?", (assessment,))
    return dict(zip(_HEAD, found.fetchone(), strict=True))


def _put(
    database: Database, assessment: int, head: Mapping[str, str], mark: Mark | None, by: str, at: str
) -> None:
    columns = ", ".join(_HEAD)
    values = tuple(head[name] for name in _HEAD)
    database.execute(
        f"INSERT INTO basis (assessment, uid, firm, {columns}, author, at, step, act)"
        " SELECT id, uid, firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM assessment WHERE id = ?",
        (*values, by, at, *(mark or (None, None)), assessment),
    )
    database.execute(
        f"UPDATE assessment SET {', '.join(f'{name} = ?' for name in _HEAD)} WHERE id = ?",
        (*values, assessment),
    )
