"""How are the fonts in `reports/fonts/` made?

Takes the unpacked npm package `@expo-google-fonts/noto-sans-sc` (fetch it with
`npm pack @expo-google-fonts/noto-sans-sc`, then `tar xzf`) and gives `WRTSansSC-Regular.ttf` and
`WRTSansSC-Bold.ttf`: the characters of GBK and the signs our screens use, under a name of our own, so
that an installed Noto font can never be mistaken for ours. Same input, same bytes.

    python tools/cut_font.py PACKAGE [OUT]
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY = "WRT Sans SC"
POSTSCRIPT_FAMILY = "WRTSansSC"
STYLES = {"Regular": "400Regular/NotoSansSC_400Regular.ttf", "Bold": "700Bold/NotoSansSC_700Bold.ttf"}

RANGES = [
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin-1, Latin Extended-A
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x20CF),  # superscripts, subscripts, currencies
    (0x2100, 0x22FF),  # letter-like signs, Roman numbers, arrows, mathematics
    (0x2460, 0x24FF),  # circled digits and letters
    (0x2500, 0x26FF),  # boxes, geometric shapes, stars
    (0x2700, 0x27BF),  # check marks, white-on-black digits
    (0x3000, 0x303F),  # CJK punctuation
    (0x3200, 0x33FF),  # circled Han, square units such as ㎡
    (0x9FA6, 0x9FFF),  # Han added to the basic block after GBK
    (0xFE30, 0xFE4F),  # vertical forms
    (0xFF00, 0xFFEF),  # full-width forms
]

# Characters of the official list of 2013 (通用规范汉字表) that GBK lacks: names of people and places.
NAMES = (
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠"
    "䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮"
)

# Signs the source lacks, drawn with the nearest glyph it has.
STAND_INS = {"✔": "✓", "✗": "×", "✘": "×", "☐": "□", "☑": "✓", "☒": "×", "≒": "≈"}


def gbk() -> Iterator[int]:
    """Every code point that the GBK codec can write."""
    for code in range(0x80, 0x10000):
        try:
            chr(code).encode("gbk")
        except UnicodeEncodeError:
            continue
        yield code


def wanted() -> set[int]:
    """The code points to keep."""
    codes = set(gbk()) | {ord(character) for character in NAMES}
    for first, last in RANGES:
        codes.update(range(first, last + 1))
    return codes


def cut(font: TTFont) -> None:
    """Throws away every glyph that no wanted character needs, and hinting."""
    options = subset.Options(
        layout_features=["*"], hinting=False, name_IDs=["*"], name_languages=["*"], notdef_outline=True
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)


def lend(font: TTFont) -> None:
    """Gives the missing signs the glyph of their stand-in."""
    for table in font["cmap"].tables:
        if not table.isUnicode():
            continue
        for sign, other in STAND_INS.items():
            table.cmap.setdefault(ord(sign), table.cmap[ord(other)])


def rename(font: TTFont, style: str) -> None:
    """Puts our family's name in place of the source's; copyright and licence stay as they are."""
    names = font["name"]
    version = str(names.getDebugName(5))
    kept = {0, 5, 7, 8, 9, 11, 13, 14}
    names.names = [record for record in names.names if record.nameID in kept]
    ours = {
        1: FAMILY,
        2: style,
        3: f"{version};{POSTSCRIPT_FAMILY}-{style}",
        4: FAMILY if style == "Regular" else f"{FAMILY} {style}",
        6: f"{POSTSCRIPT_FAMILY}-{style}",
        10: "Noto Sans SC cut to GBK and the signs that the assessor uses, and renamed.",
    }
    for number, text in ours.items():
        names.setName(text, number, 3, 1, 0x409)
    names.names.sort()
    if "STAT" in font:  # axis names of the variable source: meaningless in a static font
        del font["STAT"]


def main(arguments: list[str]) -> int:
    """Cuts both weights."""
    if not arguments:
        print(__doc__)
        return 2
    package = Path(arguments[0])
    out = Path(arguments[1]) if len(arguments) > 1 else Path(__file__).parents[1] / "reports" / "fonts"
    out.mkdir(parents=True, exist_ok=True)
    for style, source in STYLES.items():
        font = TTFont(package / source, recalcTimestamp=False)
        cut(font)
        lend(font)
        rename(font, style)
        target = out / f"{POSTSCRIPT_FAMILY}-{style}.ttf"
        font.save(target)
        print(f"{target.name}: {len(font.getBestCmap()):,} characters, {target.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
