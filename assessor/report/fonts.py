"""Which letters? Our own two files and nothing else: no system font can leak into a report."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

from assessor import shipped
from assessor.errors import refuse

Weight = Literal[400, 700]
WEIGHTS: tuple[Weight, ...] = (400, 700)
_FILES = {400: "WRTSansSC-Regular.ttf", 700: "WRTSansSC-Bold.ttf"}

_CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


def font_file(weight: Weight) -> Path:
    """Our font of that weight; `UserError` when it is not there."""
    path = shipped("reports") / "fonts" / _FILES[weight]
    if not path.is_file():
        raise refuse("file-missing", str(path))
    return path


@contextmanager
def only_our_fonts() -> Iterator[None]:
    """While this lasts, whoever starts fontconfig sees our two files and no others."""
    before = os.environ.get("FONTCONFIG_FILE")
    with tempfile.TemporaryDirectory(prefix="assessor-fonts-", ignore_cleanup_errors=True) as folder:
        config = Path(folder) / "fonts.conf"
        fonts, cache = escape(str(font_file(400).parent)), escape(str(Path(folder) / "cache"))
        config.write_text(_CONFIG.format(fonts=fonts, cache=cache), encoding="utf-8")
        os.environ["FONTCONFIG_FILE"] = str(config)
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


@lru_cache(maxsize=2)
def _known(weight: Weight) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(font_file(weight), lazy=True) as font:
        return frozenset(font.getBestCmap())


def missing_characters(text: str) -> tuple[str, ...]:
    """The printable characters of a text that our font can't show."""
    known = _known(400)
    return tuple(sorted({char for char in text if char.isprintable() and ord(char) not in known}))


@lru_cache(maxsize=8)
def woff2(weight: Weight, characters: frozenset[str]) -> bytes:
    """Our font cut to some characters, packed for a web page."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(flavor="woff2", hinting=False, notdef_outline=True, name_IDs=[1, 2])
    out = BytesIO()
    with TTFont(font_file(weight), recalcTimestamp=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text="".join(sorted(characters)))
        cutter.subset(font)
        font.flavor = "woff2"
        font.save(out)
    return out.getvalue()
