"""Which Chinese may stand on an English page? What packs and people say, and nothing of our own."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from assessor.language import _, speaking

HAN = re.compile("[\u4e00-\u9fff]+")
ALLOWED = {"中文", "贵阳市清镇市", "安全环保"}
"""The name by which one finds back to Chinese; where the sample plant stands, put together
of two names; what it chose in a cell of a list."""


@cache
def quoted(folder: Path) -> str:
    """Everything that stands in the packs and in the answers of their sample firms."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".json", ".csv"))
    return "\n".join(path.read_text(encoding="utf-8").replace(" ", "") for path in files)


def _in_english(text: str) -> str:
    with speaking("en"):
        return _(text)


def own_chinese(texts: Iterable[str], folder: Path) -> Iterator[str]:
    """The Chinese that neither a pack nor a sample firm has said, and whole texts that have an English."""
    known = quoted(folder)
    for text in texts:
        whole = text.strip()
        if len(HAN.sub("", whole)) < len(whole) - 3 and _in_english(whole) != whole and whole not in ALLOWED:
            yield f"{whole!r} has an English"
        for run in HAN.findall(text.replace(" ", "")):
            if run not in known and run not in ALLOWED:
                yield f"{run} in {text[:80]!r}"
