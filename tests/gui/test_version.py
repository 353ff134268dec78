"""A newer questionnaire is told of quietly, looked at before it is taken up, and can be left again."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from assessor import commands
from assessor.answers.model import Answer
from assessor.commands import Places
from assessor.gui.window import Window
from assessor.gui.work import Work
from tests.gui.conftest import OpenWindow
from tests.gui.hands import settle


@pytest.fixture(autouse=True)
def no_pack_remembered(here: Places) -> Iterator[None]:
    """Packs are looked for anew, and what was installed goes again."""
    commands.get_pack.cache_clear()
    yield
    shutil.rmtree(here.data / "packs", ignore_errors=True)
    commands.get_pack.cache_clear()


def install(here: Places, questionnaires: Path, ask: str) -> None:
    """The general pack, a version on: the question asked with `ask` is put otherwise."""
    target = here.data / "packs" / "common"
    shutil.copytree(questionnaires / "common", target)
    manifest = target / "pack.yaml"
    text = manifest.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^version: .*$", 'version: "2099.1"', text)
    manifest.write_text(re.sub(r"(?m)^date: .*$", 'date: "2099-01-01"', text), encoding="utf-8")
    for file in target.rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(f"ask: {ask}\n", f"ask: 截至今天，{ask}\n"), encoding="utf-8")
    commands.get_pack.cache_clear()


def begin_common(here: Places) -> int:
    store = commands.open_store(here)
    pack = commands.get_pack(here, "common")
    key = commands.start_assessment(here, store, pack, {"name": "一厂"}, "self", "甲")
    store.close()
    return key


def texts(work: Work) -> list[str]:
    return [label.text() for label in work.newer.findChildren(QLabel)]


def opened(window: Window, key: int) -> Work:
    window.open_assessment(key)
    assert window.work is not None
    settle()
    return window.work


def test_a_newer_questionnaire__is_looked_at_taken_up_and_left_again(
    qtbot: QtBot,
    open_window: OpenWindow,
    here: Places,
    questionnaires: Path,
) -> None:
    key = begin_common(here)
    window = open_window()
    work = opened(window, key)
    assert not work.version.isVisible()
    pack = work.session.pack
    worded = next(q for q in pack.asked() if q.kind == "single")
    work.session.put(worded.id, Answer("A"))
    settle()
    install(here, questionnaires, worded.ask)

    work = opened(window, key)
    assert work.version.isVisible()
    assert "2099.1" in work.version.text.text()
    work.version.show_changes.click()
    page = work.newer
    assert page.isVisible() and page.take_over.hasFocus()
    said = texts(work)
    assert any(text.startswith("措辞有变，答案沿用") and text.endswith("1") for text in said)
    assert f"截至今天，{worded.ask}".replace(" ", "") in "".join(said).replace(" ", "").replace("\u2009", "")
    old = work.session
    qtbot.keyClick(page.take_over, Qt.Key.Key_Return)
    settle()
    work = window.work
    assert work is not None and work.session is not old
    assert work.session.pack.version == "2099.1"
    assert work.session.answers.get(worded.id) == Answer("A")
    assert work.toast.isVisible() and "Ctrl+Z" in work.toast.text.text()
    assert not work.version.isVisible()

    qtbot.keyClick(work, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    work = window.work
    assert work is not None
    assert work.session.pack.version == pack.version
    assert work.session.answers.get(worded.id) == Answer("A")
    assert work.version.isVisible()
