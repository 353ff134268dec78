"""The writer: widths never too small, breaks where Chinese print allows them, nothing unescaped."""

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from assessor.pack.model import Pack
from assessor.report.charts.svg import Drawing, text_width, wrap
from assessor.report.fonts import font_file


@pytest.fixture(scope="module")
def widths() -> dict[int, float]:
    """What the bold font takes for each character, as a share of the size; without kerning."""
    with TTFont(font_file(700)) as font:
        table, unit = font["hmtx"], font["head"].unitsPerEm
        return {code: table[name][0] / unit for code, name in font.getBestCmap().items()}


def test_text_width__is_never_less_than_the_font_takes(widths: dict[int, float], tires: Pack) -> None:
    texts = [question.title for question in tires.asked()]
    texts += ["33.4—43.4 分，一级；离二级线还差 6.6 分", "（现 1 级）★", "Qq0123456789"]
    for text in texts:
        assert text_width(text, 12) >= 12 * sum(widths[ord(char)] for char in text) - 0.6, text


@given(st.text("汉字，。、（）“”ABC abc019", min_size=1, max_size=60), st.integers(4, 20), st.integers(1, 3))
def test_wrap__keeps_to_width_and_lines(text: str, chars: int, lines: int) -> None:
    found = wrap(text, 10, chars * 10, lines)
    assert len(found) <= lines
    assert all(text_width(line, 10) <= chars * 10 or len(line) <= 2 for line in found)
    for line in found[1:]:
        assert line[0] not in "，。、）”"
    for line in found[:-1]:
        assert line[-1] not in "（“"


def test_wrap__everything_or_an_ellipsis() -> None:
    assert wrap("数据底座与工控安全", 12, 200) == ["数据底座与工控安全"]
    assert wrap("数据底座与工控安全", 12, 60) == ["数据底座与", "工控安全"]
    assert wrap("数据底座与工控安全", 12, 60, lines=1) == ["数据底座…"]
    assert wrap("", 12, 60) == []


def test_drawing__escapes_what_it_is_given() -> None:
    drawing = Drawing(10, 10, "<b>&", '"')
    drawing.text(1, 1, "<script>", 10, "#000000")
    text = drawing.svg()
    assert "<script>" not in text
    assert "<title>&lt;b&gt;&amp;</title>" in text
