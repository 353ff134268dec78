"""A firm on its own: three cards the first time, and its word before its answers leave the house."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assessor import commands
from assessor.answers.review import Review, review
from assessor.diagnosis import diagnose
from assessor.gui import ask
from assessor.gui.guide import GuideBar
from assessor.gui.parts import Text
from assessor.gui.pledge import PledgeDialog
from assessor.gui.window import Window
from tests.gui.conftest import OpenWindow, questions_of

Start = Callable[..., int]


def guides(window: Window) -> list[GuideBar]:
    return [made for made in window.findChildren(GuideBar) if not made.isHidden()]


def test_guide__is_there_the_first_time_and_never_again(open_window: OpenWindow, start: Start) -> None:
    key, onsite = start(), start("onsite")
    window = open_window()
    window.open_assessment(onsite)
    assert guides(window) == []
    window.open_assessment(key)
    (guide,) = guides(window)
    said = " ".join(text.text().replace("\u2009", "") for text in guide.findChildren(Text))
    assert f"一共 {questions_of(window).way.ahead().open} 题" in said
    guide.done.click()
    assert guides(window) == []
    window.close()
    window = open_window()
    window.open_assessment(key)
    assert guides(window) == []


def found_in(window: Window, key: int) -> tuple[object, Review]:
    assert window.desk is not None
    pack, answers, _row = commands.load_assessment(window.desk.here, window.desk.store, key)
    found = diagnose(pack, answers)
    return pack, review(pack, answers, found.states, found.findings)


def test_pledge__lists_what_is_open_and_needs_a_name_and_a_tick(
    qtbot: QtBot, open_window: OpenWindow, start: Start
) -> None:
    key = start()
    window = open_window()
    assert window.desk is not None
    pack, found = found_in(window, key)
    dialog = PledgeDialog(window, pack, found, "")  # type: ignore[arg-type]
    said = " ".join(text.text().replace("\u2009", "") for text in dialog.list.findChildren(Text))
    assert f"没有填的 {len(found.blank)} 题" in said and "T01 " in said
    assert not dialog.go.isEnabled()
    dialog.tick.setChecked(True)
    assert not dialog.go.isEnabled()
    dialog.name.setText("李厂长")
    assert dialog.go.isEnabled()
    dialog.deleteLater()


def test_export_of_a_self_assessment__keeps_the_word_given_and_stops_without_it(
    qtbot: QtBot, open_window: OpenWindow, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = start()
    window = open_window()
    window.open_assessment(key)
    assert window.sitting is not None and window.work is not None
    out = tmp_path / "out.xlsx"
    monkeypatch.setattr(ask, "save_path", lambda *_args: out)
    monkeypatch.setattr(ask, "pledge", lambda *_args: None)
    window.sitting.errands.export_book()
    assert window.work.session.answers.signed is None
    monkeypatch.setattr(ask, "pledge", lambda *_args: "李厂长")
    window.sitting.errands.export_book()
    qtbot.waitUntil(window.banner.isVisible, timeout=60_000)
    assert out.stat().st_size > 0
    signed = window.work.session.answers.signed
    assert signed is not None
    assert (signed.representative, signed.assessor, "如实" in signed.remark) == ("李厂长", "", True)


def test_export_of_what_was_seen_on_site__asks_for_no_word(
    qtbot: QtBot, open_window: OpenWindow, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    window.open_assessment(start("onsite"))
    monkeypatch.setattr(ask, "pledge", lambda *_args: pytest.fail("nobody is to be asked"))
    monkeypatch.setattr(ask, "save_path", lambda *_args: tmp_path / "out.xlsx")
    assert window.sitting is not None
    window.sitting.errands.export_book()
    qtbot.waitUntil(window.banner.isVisible, timeout=60_000)
    assert (tmp_path / "out.xlsx").exists()
