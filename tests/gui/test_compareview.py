"""Results beside an earlier assessment, a thought tried out and not stored, charts copied by keys."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from assessor import commands
from assessor.answers.model import Answer, Answers
from assessor.commands import Places, shelf
from assessor.gui.chart import Chart
from assessor.gui.compareview import CompareBlock, WhatIfBlock
from assessor.gui.parts import Text
from assessor.gui.window import Window
from tests.gui.conftest import OpenWindow

Stored = Callable[[int], Answers]


@pytest.fixture
def twice(here: Places, questionnaires: Path) -> tuple[int, int]:
    """The sample tire plant, and again later with two scenes otherwise; the ids."""
    store = commands.open_store(here)
    first = commands.add_sample(here, store, questionnaires / "tires/samples/demo.json")
    row = store.assessment(first)
    pack, answers, _row = commands.load_assessment(here, store, first)
    second = shelf.start_again(here, store, pack, answers.firm, "self", "甲", row)
    for key, level in (("T01", 4), ("T02", 0)):
        commands.record_answer(store, second, key, Answer(level), "甲")
    store.close()
    return first, second


def results(open_window: OpenWindow, key: int) -> Window:
    window = open_window()
    window.open_assessment(key)
    window.turn_to("results")
    return window


def said(block: CompareBlock | WhatIfBlock) -> str:
    texts = [each.text() for each in block.findChildren(Text)]
    texts += [each.text() for each in block.findChildren(QPushButton)]
    return " ".join(texts).replace("\u2009", "")


def test_the_earlier_assessment__stands_beside_this_one(
    open_window: OpenWindow, twice: tuple[int, int]
) -> None:
    window = results(open_window, twice[1])
    assert window.work is not None
    block = window.work.results.compare
    assert block is not None and block.found is not None
    moved = {scene.id: scene.way for scene in block.found.scenes}
    assert (moved["T01"], moved["T02"]) == ("up", "down")
    text = said(block)
    assert "T01 " in text and "升了的场景" in text and "按企业自报比" in text
    block.copy.click()
    assert "T02 计划与排产\t" in QGuiApplication.clipboard().text()


def test_the_only_assessment_of_a_firm__has_nothing_beside_it(
    open_window: OpenWindow, start: Callable[..., int]
) -> None:
    window = results(open_window, start())
    assert window.work is not None and window.work.results.compare is None


def test_another_assessment__can_be_chosen_for_the_comparison(
    open_window: OpenWindow, twice: tuple[int, int], here: Places
) -> None:
    store = commands.open_store(here)
    third = shelf.start_again(
        here,
        store,
        commands.get_pack(here, "tires"),
        commands.load_assessment(here, store, twice[1])[1].firm,
        "self",
        "甲",
        store.assessment(twice[1]),
    )
    assert [row.id for row in shelf.others_of(store, third)] == [twice[1], twice[0]]
    store.close()
    window = results(open_window, third)
    assert window.work is not None
    block = window.work.results.compare
    assert block is not None and block.found is not None and block.found.scenes == ()
    block.which.setCurrentIndex(1)
    assert {"T01", "T02"} <= {scene.id for scene in block.found.scenes}


def test_a_thought__shows_every_model_and_stores_nothing(
    open_window: OpenWindow, twice: tuple[int, int], stored: Stored
) -> None:
    window = results(open_window, twice[1])
    assert window.work is not None
    before = stored(twice[1])
    block = window.work.results.what_if
    assert block is not None and block.found is None
    block.scene.setCurrentIndex(block.scene.findData("T02"))
    assert block.level.findData(0) == -1, "the level it has is no thought"
    assert block.level.currentData() == 1, "the next one up is offered first"
    block.level.setCurrentIndex(block.level.findData(3))
    block.add.click()
    assert block.found is not None
    assert [(scene.id, scene.was, scene.now) for scene in block.found.scenes] == [("T02", 0, 3)]
    assert "万企融合指数" in said(block)
    assert window.work.session.answers.get("T02").value == 0
    assert stored(twice[1]) == before
    block.take_off("T02")
    assert block.found is None and not block.copy.isEnabled()


def test_a_chart__is_copied_as_table_and_as_picture_by_keys(
    qtbot: QtBot, open_window: OpenWindow, twice: tuple[int, int]
) -> None:
    window = results(open_window, twice[0])
    assert window.work is not None
    chart = window.work.results.findChildren(Chart)[0]
    chart.setFocus()
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(chart, Qt.Key.Key_C, control)
    assert "\t" in QGuiApplication.clipboard().text()
    qtbot.keyClick(chart, Qt.Key.Key_C, control | Qt.KeyboardModifier.ShiftModifier)
    assert QGuiApplication.clipboard().image().width() > 200
