"""What peers have done: the neediest scenes first, each told as a case, nothing promised."""

from dataclasses import replace
from decimal import Decimal

import pytest

from assessor.answers.model import Answer, Answers
from assessor.diagnosis import Diagnosis, diagnose
from assessor.pack.exemplar import Gain
from assessor.pack.model import Pack
from assessor.report.context_exemplars import FEWEST, MOST, cases, chosen, gain_text, scene_needs
from assessor.report.context_peers import peers
from assessor.report.html import render_html
from assessor.report.looks import load_looks

ALL = ("demo", "retread", "blank", "full", "plain")


@pytest.mark.parametrize("name", ALL)
def test_cases__are_as_many_as_a_reader_takes_in(name: str, diagnoses: dict[str, Diagnosis]) -> None:
    found = chosen(diagnoses[name])
    fitting = 2 if name == "plain" else FEWEST
    assert fitting <= len(found) <= MOST
    assert len({one.id for one in found}) == len(found)


@pytest.mark.parametrize("name", ALL)
def test_cases__bear_on_scenes_this_firm_has(name: str, diagnoses: dict[str, Diagnosis]) -> None:
    needs = scene_needs(diagnoses[name])
    assert [one.id for one in chosen(diagnoses[name]) if one.scenes[0] not in needs] == []


def test_the_first_case__bears_on_the_neediest_scene_that_any_case_tells_of(
    diagnoses: dict[str, Diagnosis],
) -> None:
    diagnosis = diagnoses["demo"]
    needs = scene_needs(diagnosis)
    told = {name for one in diagnosis.pack.exemplars for name in one.scenes} & {
        scene.question.id for scene in diagnosis.scenes
    }
    first = chosen(diagnosis)[0]
    assert max(needs.get(name, 0) for name in first.scenes) == max(needs[name] for name in told)


def test_a_weak_scene__brings_the_case_that_tells_of_it(tires: Pack) -> None:
    """A plant that is closed everywhere but in logistics reads of logistics first."""
    items = {scene.id: Answer(3) for scene in tires.scenes} | {"T11": Answer(0)}
    firm = {"TP01": ("全钢",), "TP02": "自炼", "TP04": True}
    diagnosis = diagnose(tires, Answers("tires", tires.version, firm, items))
    assert "T11" in chosen(diagnosis)[0].scenes


def test_a_case__does_not_meet_a_firm_without_its_scene_or_product(tires: Pack) -> None:
    items = {scene.id: Answer(1) for scene in tires.scenes}
    firm = {"TP01": ("翻新",), "TP02": "外购混炼胶", "TP06": ("充气检查",)}
    found = {one.id for one in chosen(diagnose(tires, Answers("tires", tires.version, firm, items)))}
    assert not found & {"tires.E02", "tires.E03", "tires.E05", "tires.E09", "tires.E11"}


@pytest.mark.parametrize("name", ALL)
def test_every_figure__names_who_says_so_and_promises_nothing(
    name: str, diagnoses: dict[str, Diagnosis]
) -> None:
    for case in cases(diagnoses[name]):
        assert case.source
        assert case.care
        for line in case.gains:
            assert line.endswith("不代表本企业能达到。")
            assert line.split("：")[0] in (
                *("该厂自述", "报道称", "主管部门公布"),
                *("咨询机构或供应商的说法", "论文", "按公布的数相除"),
            )


def test_an_exemplar__is_not_told_twice(diagnoses: dict[str, Diagnosis]) -> None:
    diagnosis = diagnoses["demo"]
    boxes = peers(diagnosis, load_looks().light).showcases
    told = {name for one in diagnosis.pack.exemplars for name in one.showcases}
    texts = {box.what for box in diagnosis.pack.benchmarks.showcases if box.id in told}
    assert not texts & {row.what for row in boxes}
    assert boxes, "single figures of no exemplar stay with the peers"


@pytest.mark.parametrize("name", ALL)
def test_the_page__prints_every_case_with_its_caution(name: str, diagnoses: dict[str, Diagnosis]) -> None:
    page = render_html(diagnoses[name])
    assert "同行做成了什么" in page
    assert "不代表本企业照做就能达到" in page
    for case in cases(diagnoses[name]):
        assert case.id in page


def test_a_pack_without_exemplars__has_no_chapter(diagnoses: dict[str, Diagnosis]) -> None:
    demo = diagnoses["demo"]
    bare = replace(demo, pack=replace(demo.pack, exemplars=()))
    assert "同行做成了什么" not in render_html(bare)


@pytest.mark.parametrize(
    ("gain", "text"),
    [
        ({"what": "不良", "unit": "%", "change": (-57, -57)}, "不良降 57%"),
        ({"what": "出酒率", "unit": "%", "change": (5, 10)}, "出酒率升 5%—10%"),
        (
            {"what": "不良率", "unit": "%", "change": (Decimal("-14.2"), Decimal("-27.6"))},
            "不良率降 14.2%—27.6%",
        ),
        ({"what": "波动", "unit": "%", "change": (-30, -30), "mark": "over"}, "波动降超过 30%"),
        ({"what": "成本", "unit": "元/吨", "change": (-30, -30), "mark": "about"}, "成本降约 30 元/吨"),
        ({"what": "时间", "unit": "秒", "before": 8, "after": 4}, "时间 8 秒 → 4 秒"),
        (
            {
                "what": "用工",
                "unit": "人",
                "before": {"value": 1400, "mark": "over"},
                "after": {"value": 900, "mark": "under"},
            },
            "用工超过 1,400 人 → 不到 900 人",
        ),
        ({"what": "采集", "unit": "%", "after": 98, "note": "自动"}, "采集 98%（自动）"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_gain__is_said_as_it_was_published(gain: dict[str, object], text: str) -> None:
    assert gain_text(Gain.model_validate({**gain, "who": "press"})) == text
