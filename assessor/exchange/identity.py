"""Which pack, which version, which assessment? Said in three places; two that disagree say nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessor.errors import Problem
from assessor.exchange import labels
from assessor.exchange.grid import Grid
from assessor.exchange.guard import Package, local, parsed
from assessor.exchange.labels import folded
from assessor.words import _

_KEYS = ("format", "schema", "pack", "version", "digest", "uid")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a workbook is; `kept` are odd figures that were written on purpose."""

    pack: str
    version: str
    schema: str
    digest: str
    uid: str
    kept: Mapping[str, str]
    whole: bool = True


def identify(package: Package, grids: Sequence[Grid]) -> tuple[Identity | None, list[Problem]]:
    """The identity, or why there is none."""
    sheets = [found for grid in grids if (found := _meta(grid))]
    properties = _properties(package)
    cover = _cover(grids)
    told = [found for found in (*sheets, properties, cover) if found]
    disagreeing = sorted({key for key in _KEYS if len({found[key] for found in told if found.get(key)}) > 1})
    if disagreeing:
        reason = _("、").join(_said(key, told) for key in disagreeing)
        return None, [Problem("workbook-identity", package.name, {"reason": reason})]
    merged = {key: value for found in reversed(told) for key, value in found.items() if value}
    if not merged.get("pack") or not merged.get("version"):
        reason = _("里面没有诊断包的编号和版本")
        return None, [Problem("workbook-foreign", package.name, {"reason": reason})]
    schema = merged.get("schema", labels.SCHEMA)
    if not schema.isdigit() or int(schema) > int(labels.SCHEMA):
        return None, [Problem("workbook-schema", package.name, {"schema": schema})]
    identity = Identity(
        merged["pack"],
        merged["version"],
        schema,
        merged.get("digest", ""),
        merged.get("uid", ""),
        _kept(merged.get("kept", "")),
        whole=bool(sheets and properties),
    )
    return identity, []


def _said(key: str, told: Sequence[Mapping[str, str]]) -> str:
    return " / ".join(dict.fromkeys(found[key][:16] for found in told if found.get(key)))


def _meta(grid: Grid) -> dict[str, str]:
    """The hidden sheet, known by its first line."""
    pairs = {
        row[0]: row[1]
        for row in grid.rows[:40]
        if len(row) > 1 and isinstance(row[0], str) and isinstance(row[1], str)
    }
    return pairs if pairs.get("format") == labels.FORMAT else {}


def _properties(package: Package) -> dict[str, str]:
    xml = next((part for name, part in package.parts.items() if name.endswith("docprops/custom.xml")), None)
    if xml is None:
        return {}
    root = parsed(xml)
    if root is None:
        return {}
    found = {
        entry.get("name", "").removeprefix(labels.PROPERTY): "".join(entry.itertext()).strip()
        for entry in root.iter()
        if local(entry.tag) == "property" and entry.get("name", "").startswith(labels.PROPERTY)
    }
    return found if found.get("format") == labels.FORMAT else {}


def _cover(grids: Sequence[Grid]) -> dict[str, str]:
    """What the cover says in plain sight: the cells right of the pack's and the version's line."""
    found: dict[str, str] = {}
    wanted = {f"{labels.HEAD}{key}": key for key in ("pack", "version")}
    for grid in grids:
        for row in grid.rows[:200]:
            if not wanted.keys().isdisjoint(row):
                texts = [folded(cell) for cell in row if isinstance(cell, str) and cell]
                if texts and texts[0] in wanted:
                    found.setdefault(wanted[texts[0]], texts[2] if len(texts) > 2 else "")
    return found


def _kept(text: str) -> Mapping[str, str]:
    import json

    try:
        data = json.loads(text.removeprefix("json:"))
    except (ValueError, RecursionError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {key: value for key, value in data.items() if isinstance(value, str)}
