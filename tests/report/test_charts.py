"""Every chart: allowed tags and attributes only, drawn by Qt without a warning, no text outside."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QFontDatabase, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from assessor.answers.document import parse_answers
from assessor.diagnosis import Diagnosis, diagnose
from assessor.pack.model import Pack
from assessor.report import charts
from assessor.report.charts.marks import was_seen
from assessor.report.fonts import WEIGHTS, font_file
from assessor.report.looks import Theme, load_looks
from tests.answers.draw import documents

LOOKS = load_looks()
_PAINT = {"fill", "stroke", "stroke-width", "stroke-dasharray", "fill-opacity"}
ALLOWED = {
    "svg": {"viewBox", "width", "height", "role"},
    "title": set(),
    "desc": set(),
    "rect": {"x", "y", "width", "height", "rx"} | _PAINT,
    "line": {"x1", "y1", "x2", "y2"} | _PAINT,
    "circle": {"cx", "cy", "r"} | _PAINT,
    "path": {"d"} | _PAINT,
    "text": {"x", "y", "font-family", "font-size", "font-weight", "text-anchor", "fill"},
}
Draw = Callable[[Diagnosis, Theme], str]
CHARTS: dict[str, Draw] = {
    "score_scale": lambda d, theme: charts.score_scale(d.main, theme),
    "dimension_bars": lambda d, theme: charts.dimension_bars(d.main.result, theme),
    "radar": lambda d, theme: charts.radar(charts.spokes(d), theme),
    "spoke_bars": lambda d, theme: charts.spoke_bars(charts.spokes(d), theme),
    "scene_map": lambda d, theme: charts.scene_map(d.scenes, theme),
    "gap_bars": lambda d, theme: charts.gap_bars(d.main, d.pack, theme),
    "point_gaps": lambda d, theme: charts.point_gaps(d.main, d.pack, theme),
}
Fonts = dict[str, dict[int, float]]
NAMES = ("demo", "retread", "blank", "full", "plain")


@pytest.fixture(params=CHARTS)
def draw(request: pytest.FixtureRequest) -> Draw:
    return CHARTS[request.param]


@pytest.fixture(params=NAMES)
def diagnosis(request: pytest.FixtureRequest, diagnoses: dict[str, Diagnosis]) -> Diagnosis:
    return diagnoses[request.param]


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    """The width of each character as a share of the size, by weight."""
    found: Fonts = {}
    for weight in WEIGHTS:
        with TTFont(font_file(weight)) as font:
            widths, unit = font["hmtx"], font["head"].unitsPerEm
            found[str(weight)] = {code: widths[name][0] / unit for code, name in font.getBestCmap().items()}
    return found


def lint(svg: str) -> ET.Element:
    root = ET.fromstring(svg)
    for element in root.iter():
        tag = element.tag.removeprefix("{http://www.w3.org/2000/svg}")
        assert tag in ALLOWED, tag
        assert set(element.attrib) <= ALLOWED[tag], (tag, element.attrib)
        if tag == "path":
            assert re.fullmatch(r"M[-\d. LZ]+", element.attrib["d"])
        if tag == "text":
            assert element.attrib["font-family"] == LOOKS.family
        for number in re.findall(r"nan|inf|None", " ".join(element.attrib.values())):
            raise AssertionError(number)
    assert root[0].tag.endswith("title")
    assert root[0].text
    assert root[1].tag.endswith("desc")
    return root


def texts(root: ET.Element, fonts: Fonts) -> Iterator[tuple[str, float, float, float, float]]:
    """Each text with its left, right, top and bottom, by the font's own widths."""
    for element in root.iter("{http://www.w3.org/2000/svg}text"):
        size, text = float(element.attrib["font-size"]), element.text or ""
        widths = fonts["700" if element.attrib.get("font-weight") == "bold" else "400"]
        wide = size * sum(widths[ord(char)] for char in text)
        x, y = float(element.attrib["x"]), float(element.attrib["y"])
        anchor = element.attrib.get("text-anchor", "start")
        left = x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        yield text, left, left + wide, y - 0.88 * size, y + 0.12 * size


def check(svg: str, fonts: Fonts) -> None:
    root = lint(svg)
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for text, left, right, top, bottom in texts(root, fonts):
        assert left >= -0.5, (text, left)
        assert right <= width + 0.5, (text, right, width)
        assert top >= -0.5, (text, top)
        assert bottom <= height + 0.5, (text, bottom, height)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_chart__is_lawful_and_no_text_leaves_the_picture(
    draw: Draw, diagnosis: Diagnosis, dark: bool, fonts: Fonts
) -> None:
    check(draw(diagnosis, LOOKS.theme(dark)), fonts)


def test_chart__same_input_same_picture(draw: Draw, demo: Diagnosis) -> None:
    assert draw(demo, LOOKS.light) == draw(demo, LOOKS.light)


def test_chart__uses_colours_of_its_theme_only(draw: Draw, demo: Diagnosis) -> None:
    for theme in (LOOKS.light, LOOKS.dark):
        used = set(re.findall(r"#[0-9A-Fa-f]{6}", draw(demo, theme)))
        assert used <= set(theme.colours().values())


def test_chart__qt_draws_it_without_a_warning(
    qapp: Any, draw: Draw, diagnosis: Diagnosis, capfd: pytest.CaptureFixture[str]
) -> None:
    for weight in WEIGHTS:
        QFontDatabase.addApplicationFont(str(font_file(weight)))
    svg = draw(diagnosis, LOOKS.light)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    assert renderer.isValid()
    image = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
    image.fill(QColor(LOOKS.light.ground))
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert len(colours) > 1
    assert "qt.svg" not in "".join(capfd.readouterr())


def scored(pack: Pack) -> list[str]:
    """The questions that charts show."""
    model = pack.models[0]
    scenes = [*(scene.id for scene in pack.scenes), *(scene.id for scene in model.scenes)]
    return [*scenes, *(leaf.question for _, _, leaf in model.indicators())]


@settings(max_examples=40)
@given(st.data())
def test_charts__any_lawful_answers(tires: Pack, fonts: Fonts, data: st.DataObject) -> None:
    answers, _ = parse_answers(data.draw(documents(tires, *scored(tires))), tires, "x")
    diagnosis = diagnose(tires, answers)
    for draw in CHARTS.values():
        check(draw(diagnosis, LOOKS.light), fonts)


def test_unseen__the_verified_side_is_not_drawn(retread: Diagnosis, demo: Diagnosis) -> None:
    assert not was_seen(retread.main.result)
    assert was_seen(demo.main.result)
    assert "现场核实" not in charts.score_scale(retread.main, LOOKS.light)
    assert "现场核实" in charts.score_scale(demo.main, LOOKS.light)


def test_scene_map__level_is_written_on_the_tile(full: Diagnosis, retread: Diagnosis) -> None:
    assert "4 模型驱动" in charts.scene_map(full.scenes, LOOKS.light)
    assert "本厂不涉及" in charts.scene_map(retread.scenes, LOOKS.light)


def test_radar__four_to_eight_directions(demo: Diagnosis) -> None:
    directions = charts.spokes(demo)
    assert len(directions) == 7
    with pytest.raises(ValueError, match="four to eight"):
        charts.radar(directions[:3], LOOKS.light)
