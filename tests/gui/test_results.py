"""The results and the report of a sample firm."""

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from assessor import commands
from assessor.commands import Places
from assessor.gui.parts import Notice
from assessor.gui.whytree import WhyTree
from assessor.gui.window import Window
from assessor.report.spacing import spaced
from assessor.report.wording import verdict_sentence
from tests.gui.conftest import OpenWindow


@pytest.fixture
def demo(open_window: OpenWindow, here: Places, questionnaires: Path) -> Window:
    """A window with the tire plant of the samples open."""
    store = commands.open_store(here)
    key = commands.add_sample(here, store, questionnaires / "tires" / "samples" / "demo.json")
    store.close()
    window = open_window()
    window.open_assessment(key)
    return window


def plain(text: str) -> str:
    """A text without the joiners that keep ranges on one line."""
    return text.replace("\N{WORD JOINER}", "")


def line_of(tree: WhyTree, question: str) -> QModelIndex:
    """The tree's line about a question."""
    model = tree.model()
    found = model.match(
        model.index(0, 0),
        Qt.ItemDataRole.UserRole + 1,
        question,
        1,
        Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive,
    )
    assert found, f"{question} is not in the tree"
    return found[0]


def test_results__begin_with_the_verdict(demo: Window) -> None:
    demo.turn_to("results")
    assert demo.work is not None
    wanted = plain(spaced(verdict_sentence(demo.work.session.diagnosis)))
    shown = [plain(label.text()) for label in demo.work.results.findChildren(QLabel) if label.isVisible()]
    assert wanted in shown


def test_why_tree__leads_to_the_question(qtbot: QtBot, demo: Window) -> None:
    demo.turn_to("results")
    assert demo.work is not None
    tree = demo.work.results.why
    assert tree is not None
    tree.expandAll()
    tree.setCurrentIndex(line_of(tree, "miit.Q5"))
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert demo.work.questions.isVisible()
    assert demo.work.questions.current == "miit.Q5"


def test_report__is_written_in_the_background_and_said_to_be_done(
    qtbot: QtBot, demo: Window, tmp_path: Path
) -> None:
    demo.turn_to("report")
    assert demo.work is not None
    page = demo.work.report
    page.choose(".html")
    out = tmp_path / "贵州A厂2号.html"
    page.path.setText(str(out))
    with qtbot.waitSignal(page.made, timeout=180_000) as made:
        qtbot.mouseClick(page.write, Qt.MouseButton.LeftButton)
        assert not page.write.isEnabled()
        assert page.stop.isVisible()
    assert made.args == [out]
    assert out.read_text(encoding="utf-8").startswith("<!")
    assert page.write.isEnabled()
    qtbot.waitUntil(lambda: page.findChild(Notice).isVisible(), timeout=5_000)
    told = page.findChild(Notice).text.text()
    assert told == f"报告已写好：{out}", "the path can be copied as it is"


def test_report__that_is_stopped_leaves_no_file(qtbot: QtBot, demo: Window, tmp_path: Path) -> None:
    demo.turn_to("report")
    assert demo.work is not None
    page = demo.work.report
    page.choose(".html")
    out = tmp_path / "report.html"
    page.path.setText(str(out))
    page.begin()
    page.cancel()
    qtbot.waitUntil(lambda: page.job is None, timeout=60_000)
    assert not out.exists()


def test_other_standards__stand_in_one_panel_that_folds_out(demo: Window) -> None:
    demo.turn_to("results")
    assert demo.work is not None
    page = demo.work.results
    [fold] = [push for push in page.findChildren(QPushButton) if push.text() == "逐项看"]
    gate = spaced("关键设备联网不低于 60%：看不出")

    def shown() -> list[str]:
        return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]

    for result in demo.work.session.diagnosis.standards:
        assert any(spaced(result.model.says) in text for text in shown())
    assert gate not in shown()
    fold.click()
    assert gate in shown() and fold.text() == "收起"
    fold.click()
    assert gate not in shown() and fold.text() == "逐项看"
