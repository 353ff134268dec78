"""Signing for both sides; what is changed afterwards is said wherever one looks, and printed."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assessor import commands
from assessor.commands import Places
from assessor.diagnosis import diagnose
from assessor.gui.desk import Desk
from assessor.gui.signing import SignDialog
from assessor.gui.skin import dress
from assessor.gui.work import Work
from assessor.report.html import render_html
from tests.gui.hands import begin, card, on_disk, open_desk, settle, small_places


@pytest.fixture
def desk(qapp: object, tmp_path: Path) -> Desk:
    """A desk with the small pack alone."""
    dress(qapp).choose("light")  # type: ignore[arg-type]  # pytest-qt's own application
    return open_desk(small_places(tmp_path / "data"))


def texts(work: Work) -> str:
    box = work.leaving.sign
    return " ".join(
        label.text().replace("\u2009", "") for label in box.findChildren(type(work.leaving._told))
    )


def sign(work: Work, representative: str = "李厂长", day: str = "") -> SignDialog:
    work.turn_to("leaving")
    dialog = SignDialog(work, work.session)
    dialog.assessor.setText("王工")
    dialog.representative.setText(representative)
    if day:
        dialog.date.setText(day)
    dialog.go.click()
    told(work)
    return dialog


def told(work: Work) -> None:
    """Until what follows from the last change has been shown."""
    while work.session._soon.isActive():
        settle()


def test_signing__needs_both_names_and_a_day(qtbot: QtBot, desk: Desk) -> None:
    work = begin(qtbot, desk, mode="onsite")
    for dialog, said in ((sign(work, ""), "要填"), (sign(work, day="五月二十日"), "2026-05-20")):
        assert said in dialog.fault.text()
        assert work.session.answers.signed is None
    sign(work, day="2026-05-20")
    assert work.session.answers.signed is not None
    work.leaving.refresh()
    assert "诊断人 王工，企业代表 李厂长，2026年5月20日" in texts(work)
    desk.store.close()


def test_what_is_changed_after_signing__is_counted_and_said(qtbot: QtBot, desk: Desk) -> None:
    work = begin(qtbot, desk, mode="onsite")
    sign(work)
    assert "已签字" in work.questions.nav._about.text()
    card(work, "T1").press("3")
    card(work, "C1").press("A")
    told(work)
    assert "改动 2 处" in work.questions.nav._about.text().replace("\u2009", " ")
    work.turn_to("leaving")
    assert "签字后改动2处" in texts(work).replace(" ", "")
    work.undo()
    told(work)
    assert "改动 1 处" in work.questions.nav._about.text().replace("\u2009", " ")
    assert len(on_disk(desk, work.session.key)) == 1
    desk.store.close()


def test_signing_again_and_taking_back__are_in_the_history(qtbot: QtBot, desk: Desk) -> None:
    work = begin(qtbot, desk, mode="onsite")
    sign(work)
    work.leaving.sign.refresh()
    work.leaving.sign.buttons[1].click()
    assert work.session.answers.signed is None
    told(work)
    work.show_history()
    lines = [" ".join(work.history.rows.texts(place)[1:3]) for place in range(2)]
    assert lines[0].replace("\u2009", "") == "签字 撤回签字"
    assert "王工" in lines[1]
    desk.store.close()


def test_the_signature__is_printed_with_what_was_changed_since(qtbot: QtBot, desk: Desk) -> None:
    work = begin(qtbot, desk, mode="onsite")
    sign(work, day="2026-05-20")
    here: Places = desk.here

    def printed() -> str:
        pack, answers, _row = commands.load_assessment(here, desk.store, work.session.key)
        return render_html(diagnose(pack, answers)).replace("\u2009", "")

    assert "没有改动" in printed() and "企业代表 李厂长" in printed()
    card(work, "T1").press("3")
    settle()
    assert "签字后改动1处" in printed().replace(" ", "")
    desk.store.close()
