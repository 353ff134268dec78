"""The report as one HTML file: charts, styles and letters inside, nothing fetched from anywhere."""

import base64
from functools import lru_cache, partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from assessor import shipped
from assessor.diagnosis import Diagnosis
from assessor.report.context import Plan, Report, report
from assessor.report.context_evidence import NO_PICTURES, Pictures
from assessor.report.files import write_whole
from assessor.report.fonts import WEIGHTS, Weight, missing_characters, woff2
from assessor.report.looks import Looks, Theme, load_looks
from assessor.report.progress import DONE, GATHERING, WRITING, Progress
from assessor.report.readers import Reader
from assessor.report.spacing import spaced
from assessor.words import TAGS, _, language

_BOLD = frozenset({"h1", "h2", "h3", "h4", "th", "b", "strong", "dt"})
_VOID = frozenset({"meta", "br", "hr", "col", "img", "link", "input"})
_FACE = "@font-face{{font-family:'{family}';font-weight:{weight};src:url(data:font/woff2;base64,{data})}}"


def write_html(
    diagnosis: Diagnosis,
    path: Path,
    progress: Progress | None = None,
    pictures: Pictures = NO_PICTURES,
    reader: Reader = "plant",
    roadmap: Plan = None,
) -> tuple[str, ...]:
    """Write the report; gives the characters our font does not have."""
    tell = progress or _silent
    tell(0, 2, GATHERING)
    text = render_html(diagnosis, pictures, reader, roadmap)
    tell(1, 2, WRITING)
    write_whole(path, text.encode("utf-8"))
    tell(2, 2, DONE)
    return missing_characters(_words(text)[0])


def _silent(done: int, total: int, what: str) -> None:
    """Nobody is watching."""


def render_html(
    diagnosis: Diagnosis, pictures: Pictures = NO_PICTURES, reader: Reader = "plant", roadmap: Plan = None
) -> str:
    """The whole page, styles, letters and thumbnails of evidence included."""
    bare = page(diagnosis, _styles("paper.css", "screen.css"), pictures, reader, roadmap)
    plain, bold = _words(bare)
    return bare.replace("</title>", f"</title><style>{_faces(plain, bold)}</style>", 1)


def render_paper(
    diagnosis: Diagnosis, pictures: Pictures = NO_PICTURES, reader: Reader = "plant", roadmap: Plan = None
) -> str:
    """The page as the printer takes it: paper styles, letters from our own files."""
    return page(diagnosis, _styles("paper.css"), pictures, reader, roadmap)


def page(
    diagnosis: Diagnosis, styles: str, pictures: Pictures, reader: Reader = "plant", roadmap: Plan = None
) -> str:
    """The template filled in."""
    content = report(diagnosis, load_looks().light, pictures, reader, roadmap)
    return _filled("report.html", styles, r=content)


def render_sheet(template: str, **values: Any) -> str:
    """Another template as the printer takes it, in the same styles and letters."""
    return _filled(template, _styles("paper.css"), **values)


def _filled(template: str, styles: str, **values: Any) -> str:
    css = Markup(theme_css(load_looks(), load_looks().light) + styles)  # our own files only
    return _environment().get_template(template).render(css=css, language=TAGS[language()], **values)


def render_visit(sheet: Any) -> str:
    """The sheet taken along on a visit, as the printer takes it; `sheet` is a `VisitSheet`."""
    css = Markup(theme_css(load_looks(), load_looks().light) + _styles("visit.css"))  # our own files only
    return _environment().get_template("visit.html").render(s=sheet, css=css)


def render_chapters(view: Report, charts: dict[str, str]) -> str:
    """The page for who can't show SVG: an `img` with `data-chart` for each, the chart put into `charts`."""
    environment = _environment().overlay()
    environment.filters = {**environment.filters, "svg": partial(_set_aside, charts)}
    return environment.get_template("report.html").render(r=view, css="", language=TAGS[language()])


def _set_aside(charts: dict[str, str], text: str) -> Markup:
    name = str(len(charts))
    charts[name] = text
    return Markup(f'<img data-chart="{name}">')


def theme_css(looks: Looks, theme: Theme) -> str:
    """Colours and sizes as custom properties."""
    names = {name.replace("_", "-"): value for name, value in theme.colours().items()}
    paper = looks.paper
    points = {
        "source": paper.source,
        "table": paper.table,
        "body": paper.body,
        "section": paper.section,
        "chapter": paper.chapter,
        "verdict": paper.verdict,
        "cover": paper.cover,
    }
    lines = [f"--{name}:{value};" for name, value in names.items()]
    lines += [f"--size-{name}:{value:g}pt;" for name, value in points.items()]
    lines += [f"--margin-side:{paper.margin_side_mm:g}mm;--margin-top:{paper.margin_top_mm:g}mm;"]
    return f":root{{{''.join(lines)}--family:'{looks.family}';--leading:{paper.line_height:g}}}\n"


@lru_cache(maxsize=4)
def _styles(*names: str) -> str:
    return "\n".join((shipped("reports") / name).read_text(encoding="utf-8") for name in names)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(shipped("reports") / "pages"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    environment.globals["_"] = _said
    environment.filters["svg"] = _svg
    environment.filters["name"] = escape
    return environment


def _finalize(value: Any) -> Any:
    """Text gets its thin gaps; what is markup already is left alone."""
    return spaced(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _said(text: str, /, **values: object) -> Markup:
    """A text of a template in the language now spoken, values put in; what is no markup is escaped."""
    return Markup(escape(_(text))).format(**{name: _finalize(value) for name, value in values.items()})


def _svg(text: str) -> Markup:
    """A chart, which our own writer has escaped."""
    return Markup(text)


# -- letters -------------------------------------------------------------------------------------


class _Reader(HTMLParser):
    """Collects the characters a page shows, those in bold apart."""

    def __init__(self) -> None:
        super().__init__()
        self.plain: set[str] = set()
        self.bold: set[str] = set()
        self.inside: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        heavy = tag in _BOLD or ("font-weight", "bold") in attrs
        if tag not in _VOID:
            self.inside.append((tag, heavy or (bool(self.inside) and self.inside[-1][1])))

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, heavy = self.inside[-1] if self.inside else ("", False)
        if tag not in ("style", "title"):
            (self.bold if heavy else self.plain).update(data)


def _words(page_text: str) -> tuple[str, str]:
    reader = _Reader()
    reader.feed(page_text)
    return "".join(sorted(reader.plain | reader.bold)), "".join(sorted(reader.bold))


def _faces(plain: str, bold: str) -> str:
    letters: dict[Weight, str] = {400: plain, 700: bold}
    return "".join(
        _FACE.format(
            family=load_looks().family,
            weight=weight,
            data=base64.b64encode(woff2(weight, frozenset(letters[weight]))).decode("ascii"),
        )
        for weight in WEIGHTS
    )
