"""What do our styles look like in Word? Those a template already has are left as its maker wants them."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from assessor.report.looks import Looks

SOURCE, SMALL, LEAD, VERDICT, FLAG, LABEL = "出处", "小字", "导语", "结论", "红线提示", "标签"
PLAIN_TABLE = "Table Grid"
_HEADINGS = ("Heading 1", "Heading 2", "Heading 3")


def add_styles(document: Any, looks: Looks) -> None:
    """Add to a document the styles that chapters are written with, as far as they are missing."""
    paper, theme = looks.paper, looks.light
    sizes = {
        SOURCE: (paper.source, theme.quiet, 0.0, 3.0),
        SMALL: (paper.table, theme.ink, 0.0, 2.0),
        LEAD: (11.0, theme.ink, 0.0, 4.0),
        VERDICT: (paper.verdict, theme.ink, 0.0, 6.0),
        FLAG: (paper.table, theme.ink, 0.0, 3.0),
        LABEL: (10.0, theme.ink, 8.0, 2.0),
    }
    known = {style.name for style in document.styles}
    for name, (size, colour, before, after) in sizes.items():
        if name in known:
            continue
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.quick_style = True
        _letters(style, looks, size, colour, bold=name in (VERDICT, LABEL))
        _spacing(style, before, after, 1.3 if name == VERDICT else 1.4)
        style.paragraph_format.keep_with_next = name == LABEL


def dress(document: Any, looks: Looks) -> None:
    """Set the built-in styles of our own template: body, headings, captions, table of contents."""
    paper, theme = looks.paper, looks.light
    body = document.styles["Normal"]
    _letters(body, looks, paper.body, theme.ink)
    _spacing(body, 0, 5, 1.5)
    for name, size, before in zip(
        _HEADINGS, (paper.chapter, paper.section, 11.0), (24.0, 14.0, 10.0), strict=True
    ):
        _letters(document.styles[name], looks, size, theme.ink, bold=True)
        _spacing(document.styles[name], before, 6, 1.3)
        document.styles[name].paragraph_format.keep_with_next = True
    _letters(document.styles["Caption"], looks, paper.source, theme.quiet)
    _letters(document.styles["Title"], looks, paper.cover, theme.accent, bold=True)
    for name in ("Header", "Footer"):
        _letters(document.styles[name], looks, paper.source, theme.quiet)


def _letters(style: Any, looks: Looks, size: float, colour: str, *, bold: bool = False) -> None:
    font = style.font
    font.name = looks.word_family
    font.size = Pt(size)
    font.bold = bold
    font.italic = False
    font.color.rgb = rgb(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:eastAsia"), looks.word_family)


def _spacing(style: Any, before: float, after: float, leading: float) -> None:
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.MULTIPLE, leading


def put_style(paragraph: Any, name: str) -> None:
    """Give a paragraph a style that the document has, by its id; looking it up by name is slow."""
    ids: dict[str, str] = paragraph.part.__dict__.setdefault("_ids_by_name", {})
    if name not in ids:
        ids[name] = paragraph.part.document.styles[name].style_id
    paragraph._p.style = ids[name]


def rgb(colour: str) -> RGBColor:
    """`#RRGGBB` as Word takes it."""
    return RGBColor.from_string(colour.removeprefix("#"))


def shade(properties: Any, colour: str) -> None:
    """Put a colour behind a run, a paragraph or a cell, by its properties element."""
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:color"), "auto")
    shading.set(qn("w:fill"), colour.removeprefix("#"))
    properties.append(shading)
