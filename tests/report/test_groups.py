"""Charts of many firms: what is withheld is drawn as such, what is shown adds up."""

import re
from xml.etree import ElementTree

from assessor.report.charts.groups import WITHHELD, ShareRow, SpreadRow, share_bars, spread_bars
from assessor.report.looks import load_looks

THEME = load_looks().light
NAMES = ("0 级", "1 级", "2 级")


def words(svg: str) -> list[str]:
    """The texts of a picture, which must be sound XML."""
    return ["".join(one.itertext()) for one in ElementTree.fromstring(svg).iter() if one.tag.endswith("text")]


def test_share_bars__tell_each_share_and_the_number_of_firms() -> None:
    told = words(share_bars("标题", NAMES, [ShareRow("甲市", 40, (25.0, 75.0, 0.0))], THEME))
    assert {"标题", "甲市", "40", "25%", "75%"} <= set(told)
    assert "0%" not in told and WITHHELD not in told


def test_share_bars__draw_what_is_withheld_as_such() -> None:
    svg = share_bars(
        "标题", NAMES, [ShareRow("甲", None, (None,) * 3), ShareRow("乙", 40, (None, 60.0, None))], THEME
    )
    told = words(svg)
    assert told.count(WITHHELD) == 4, "both bars, the count of the first, the key"
    assert "60%" in told


def test_share_bars__describe_only_what_is_shown() -> None:
    svg = share_bars("标题", NAMES, [ShareRow("甲", 40, (None, 60.0, None))], THEME)
    [desc] = re.findall("<desc>(.*?)</desc>", svg)
    assert desc == "甲（40 家）1 级 60.0%。"


def test_spread_bars__mark_the_cuts_and_both_medians() -> None:
    rows = [SpreadRow("甲", 40, 30.0, 40.0, 45.5, 60.0), SpreadRow("乙", 3, None, None, None, None)]
    told = words(spread_bars("标题", rows, [0, 20, 40, 100], THEME))
    assert {"0", "20", "40", "100", "40.0—45.5"} <= set(told)
    assert WITHHELD in told
