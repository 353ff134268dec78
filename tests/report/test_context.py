"""What the report holds: red lines first, caps told, nothing invented, chapters numbered without a gap."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

import pytest

from assessor.diagnosis import Diagnosis, diagnose
from assessor.report.context import report
from assessor.report.looks import load_looks

NAMES = ("demo", "retread", "blank", "full", "plain")
THEME = load_looks().light


@pytest.mark.parametrize("name", NAMES)
def test_report__chapters_are_numbered_without_a_gap(name: str, diagnoses: dict[str, Diagnosis]) -> None:
    view = report(diagnoses[name], THEME)
    assert "".join(view.chapters.values()) == "一二三四五六七八九"[: len(view.chapters)]
    assert ("scenes" in view.chapters) == bool(view.charts.scenes)
    assert ("others" in view.chapters) == bool(view.others)
    assert ("index" in view.chapters) == bool(view.indexes)
    assert ("peers" in view.chapters) == bool(view.peers)


@pytest.mark.parametrize("name", NAMES)
def test_report__points_of_questions_add_up(name: str, diagnoses: dict[str, Diagnosis]) -> None:
    view = report(diagnoses[name], THEME)
    for group in view.groups:
        assert sum(float(row.most) for row in group.rows) == pytest.approx(float(group.most))
        for column, points in enumerate(group.points):
            low = sum(float(row.points[column].partition("—")[0]) for row in group.rows)
            assert low == pytest.approx(float(points.partition("—")[0]))


@pytest.mark.parametrize("name", NAMES)
def test_report__every_scene_stands_somewhere(name: str, diagnoses: dict[str, Diagnosis]) -> None:
    diagnosis = diagnoses[name]
    view = report(diagnosis, THEME)
    cards, rest = {card.id for card in view.scenes}, "".join(view.scenes_left_out)
    for scene in diagnosis.scenes:
        assert scene.question.id in cards or scene.question.title in rest
    assert len(view.ministry) == len(diagnosis.main.result.model.scenes)


def test_cover__nothing_invented(blank: Diagnosis, demo: Diagnosis) -> None:
    cover = report(blank, THEME).cover
    assert cover.firm == "（未填企业名称）"
    assert {fact.title for fact in cover.facts} == {"诊断方式", "诊断包"}
    assert not cover.invented
    assert report(demo, THEME).cover.invented


def test_cover__a_long_name_is_cut_in_the_running_head_only(demo: Diagnosis) -> None:
    name = "贵州省黔南布依族苗族自治州都匀经济开发区某某橡胶轮胎制造有限责任公司"
    answers = replace(demo.answers, firm={**demo.answers.firm, "name": name})
    cover = report(diagnose(demo.pack, answers), THEME).cover
    assert cover.firm == name
    assert len(cover.short) == 26


def test_red_lines__red_before_amber_with_a_way_out(demo: Diagnosis) -> None:
    lines = report(demo, THEME).red_lines
    assert len(lines) == len(demo.red_lines)
    colours = [line.colour for line in lines]
    assert colours == sorted(colours, reverse=True)
    assert all(line.cure and line.cite and line.word for line in lines)


def test_caps__are_told_on_the_card(demo: Diagnosis) -> None:
    capped = {scene.question.id for scene in demo.scenes if scene.cap is not None}
    assert {card.id for card in report(demo, THEME).scenes if card.cap} == capped


def test_open_questions__all_are_named(retread: Diagnosis) -> None:
    view = report(retread, THEME).method
    count = len(view.open) + sum(group.count for group in view.silent)
    expected = [state for state in retread.states.values() if state not in ("answered", "not_asked")]
    assert count == len(expected)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for item in fields(value):
            yield from _texts(getattr(value, item.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)


@pytest.mark.parametrize("name", NAMES)
def test_report__no_address_and_no_raw_value(name: str, diagnoses: dict[str, Diagnosis]) -> None:
    for text in _texts(report(diagnoses[name], THEME)):
        if not text.startswith("<svg"):
            assert "http" not in text
            assert "None" not in text
            assert "Decimal(" not in text
