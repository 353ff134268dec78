"""Which cell formats show per cent, and which show a day? From the table of styles alone."""

import re
from collections.abc import Mapping
from typing import Literal

from assessor.exchange.guard import Package, local, parsed

Kind = Literal["percent", "date"]
_BUILT_IN: Mapping[int, Kind] = {
    9: "percent",
    10: "percent",
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), "date"),
}
_ASIDE = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')


def style_kinds(package: Package) -> Mapping[int, Kind]:
    """Number of a cell format → what it shows, where that matters."""
    xml = next((part for name, part in package.parts.items() if name.endswith("styles.xml")), None)
    if xml is None:
        return {}
    root = parsed(xml)
    if root is None:
        return {}
    own = {
        element.get("numFmtId", ""): kind
        for element in root.iter()
        if local(element.tag) == "numFmt" and (kind := kind_of(element.get("formatCode", "")))
    }
    formats = next((element for element in root.iter() if local(element.tag) == "cellXfs"), ())
    found: dict[int, Kind] = {}
    for number, entry in enumerate(formats):
        key = entry.get("numFmtId", "0")
        kind = own.get(key) or (_BUILT_IN.get(int(key)) if key.isdigit() else None)
        if kind:
            found[number] = kind
    return found


def kind_of(code: str) -> Kind | None:
    """What a format code shows, quoted words and conditions left aside."""
    bare = _ASIDE.sub("", code).lower()
    if "%" in bare:
        return "percent"
    return "date" if re.search(r"[ydhs]", bare) or "mm" in bare else None
