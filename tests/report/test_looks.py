"""Colours can be told apart and read; a broken file says where."""

from itertools import pairwise
from pathlib import Path

import pytest

from assessor import shipped
from assessor.errors import UserError
from assessor.report.looks import Theme, contrast, load_looks, read_looks

LOOKS = load_looks()
THEMES = [LOOKS.light, LOOKS.dark]


@pytest.fixture(params=THEMES, ids=lambda theme: theme.name)
def theme(request: pytest.FixtureRequest) -> Theme:
    found: Theme = request.param
    return found


def test_contrast__black_on_white() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1


def test_text_is_readable_on_its_ground(theme: Theme) -> None:
    for name in ("ink", "quiet", "accent", "red", "amber", "green"):
        assert contrast(getattr(theme, name), theme.ground) >= 4.5, name
        assert contrast(getattr(theme, name), theme.panel) >= 4.5, name
    for name in ("red", "amber", "green", "accent"):
        assert contrast(getattr(theme, name), getattr(theme, f"{name}_soft")) >= 4.5, name
    for name in ("red", "amber", "green"):
        assert contrast(theme.on_signal, getattr(theme, name)) >= 4.5, name
    assert contrast(theme.on_accent, theme.accent) >= 4.5


def test_level_names_are_readable_on_their_colour(theme: Theme) -> None:
    for back, front in zip(theme.levels, theme.on_levels, strict=True):
        assert contrast(back, front) >= 4.5


def test_lines_that_carry_meaning_stand_out(theme: Theme) -> None:
    assert contrast(theme.outline, theme.ground) >= 3
    assert contrast(theme.outline, theme.panel) >= 3


def test_levels_go_one_way_in_grey(theme: Theme) -> None:
    steps = [contrast(colour, theme.ground) for colour in theme.levels]
    assert len(steps) == 5
    assert all(lower < higher for lower, higher in pairwise(steps))


def test_both_themes_name_the_same_colours() -> None:
    assert LOOKS.light.colours().keys() == LOOKS.dark.colours().keys()
    assert LOOKS.light.colours()["on_level_4"] == "#FFFFFF"
    assert LOOKS.theme(dark=True) is LOOKS.dark


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("    ink:", "    inc:", "pack-field-unknown"),
        ("  body: 14\n", "", "pack-field-missing"),
        ("family: WRT Sans SC", "family: [", "yaml-syntax"),
    ],
)
def test_broken_file__says_what(tmp_path: Path, old: str, new: str, code: str) -> None:
    text = (shipped("reports") / "looks.yaml").read_text(encoding="utf-8")
    assert old in text
    broken = tmp_path / "looks.yaml"
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_looks(broken)
    assert caught.value.problems[0].code == code
    assert "looks.yaml" in str(caught.value)
