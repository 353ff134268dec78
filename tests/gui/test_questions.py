"""Answering, searching and walking with nothing but the keyboard; what was answered is on the disk."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from assessor.answers.model import Answers, AnswerState
from assessor.gui.factview import FactView
from assessor.gui.window import Window
from tests.gui.conftest import Fingers, OpenWindow, questions_of, view_of

_KEY = Qt.Key
Hands = Callable[[Window], Fingers]
Stored = Callable[[int], Answers]


def seek(hands: Fingers, words: str) -> None:
    """Search for words and go to the first question found."""
    hands.press(_KEY.Key_Slash)
    hands.press(words)
    hands.press(_KEY.Key_Return)


def test_keys__answer_every_kind_and_all_is_there_after_reopening(
    open_window: OpenWindow, start: Callable[..., int], stored: Stored, fingers: Hands
) -> None:
    key = start()
    window = open_window()
    window.open_assessment(key)
    page, hands = questions_of(window), fingers(window)
    assert page.current == "T01"
    hands.press("3")
    hands.press(_KEY.Key_Return)
    assert page.current == "T02"
    hands.press("u")
    hands.press("j")
    assert page.current == "T03"
    hands.press("d")
    hands.press("k", "k")
    assert page.current == "T01"
    hands.press(_KEY.Key_Right)
    hands.settle()
    assert page.current == "TQ03", "the next question without an answer"
    hands.press("4", "2")
    hands.press(_KEY.Key_Return)
    seek(hands, "miit.Q1")
    assert page.current == "miit.Q1"
    hands.press("b", "d", "c", "d")
    seek(hands, "miit.Q5")
    hands.press("b")
    seek(hands, "TG01")
    hands.press("2")
    window.close()

    answers = stored(key)
    assert answers.get("T01").value == 2
    assert answers.get("T02").state is AnswerState.UNKNOWN
    assert answers.get("T03").state is AnswerState.DECLINED
    assert answers.get("TQ03").value == Decimal(42)
    assert set(answers.get("miit.Q1").value or ()) == {"B", "C"}  # type: ignore[arg-type]
    assert answers.get("miit.Q5").value == "B"
    assert answers.get("TG01").value is False

    window = open_window()
    window.open_assessment(key)
    assert questions_of(window).session.answers.get("T01").value == 2
    assert questions_of(window).current == "TQ04", "it opens at the first question that waits"


def test_not_applicable__waits_for_its_reason(
    open_window: OpenWindow, start: Callable[..., int], stored: Stored, fingers: Hands
) -> None:
    key = start()
    window = open_window()
    window.open_assessment(key)
    hands = fingers(window)
    hands.press("n")
    card = view_of(questions_of(window)).card("T01")
    assert hands.at() is card.extras.reason
    assert card.answer.state is AnswerState.UNANSWERED
    hands.press("plant has no recipes")
    hands.press(_KEY.Key_Return)
    assert card.answer.state is AnswerState.NOT_APPLICABLE
    window.close()
    answer = stored(key).get("T01")
    assert (answer.state, answer.reason) == (AnswerState.NOT_APPLICABLE, "plant has no recipes")


def test_number__out_of_hard_bounds_is_not_saved_and_says_so(
    open_window: OpenWindow, start: Callable[..., int], stored: Stored, fingers: Hands
) -> None:
    key = start()
    window = open_window()
    window.open_assessment(key)
    page, hands = questions_of(window), fingers(window)
    seek(hands, "TQ03")
    hands.press("1", "5", "0")
    hands.press(_KEY.Key_Return)
    view = page.views[page._home_of["TQ03"]]
    card = view.card("TQ03")  # type: ignore[union-attr]  # a section with questions
    told = [label.text() for label in card.findChildren(QLabel) if label.text().startswith("没有保存")]
    assert len(told) == 1
    assert "100" in told[0]
    window.close()
    assert stored(key).get("TQ03").value is None


def test_proposals__are_confirmed_in_one_go(
    qtbot: QtBot, open_window: OpenWindow, start: Callable[..., int], stored: Stored, fingers: Hands
) -> None:
    key = start()
    window = open_window()
    window.open_assessment(key)
    page, hands = questions_of(window), fingers(window)
    hands.press("3", "j", "4")
    hands.settle()
    page.open_section("miit-scenes")
    view = view_of(page)
    assert view.proposals.isVisible()
    assert "2" in view.proposals.confirm.text()
    qtbot.mouseClick(view.proposals.confirm, Qt.MouseButton.LeftButton)
    hands.settle()
    assert not view.proposals.isVisible()
    window.close()
    answers = stored(key)
    assert (answers.get("miit.S02").value, answers.get("miit.S05").value) == (2, 3)


def test_search__finds_by_words_of_a_level_and_jumps(
    open_window: OpenWindow, start: Callable[..., int], fingers: Hands
) -> None:
    window = open_window()
    window.open_assessment(start())
    page, hands = questions_of(window), fingers(window)
    hands.press(_KEY.Key_Slash)
    page.nav.search.setText("圆盘记录纸")  # the key events of a test carry no Chinese
    assert page.nav.hits.model.hits[0].question.id == "T08"
    hands.press(_KEY.Key_Return)
    assert page.current == "T08"
    assert view_of(page).cards["T08"].isVisible()
    assert page.nav.search.text() == ""


def test_fact__changed_hides_what_no_longer_applies(
    qtbot: QtBot, open_window: OpenWindow, start: Callable[..., int], stored: Stored, fingers: Hands
) -> None:
    key = start()
    window = open_window()
    window.open_assessment(key)
    page = questions_of(window)
    page.go_to("TG04")
    assert view_of(page).cards["TG04"].isVisible()
    page.go_to("TP06")
    facts = page.stack.currentWidget()
    assert isinstance(facts, FactView)
    rays = facts.form.rows["TP06"].field.buttons["X光"]  # type: ignore[attr-defined]  # it has chips
    qtbot.mouseClick(rays, Qt.MouseButton.LeftButton)
    fingers(window).settle()
    page.open_section("trade-gates")
    assert view_of(page).cards["TG04"].isHidden()
    assert view_of(page).cards["TG01"].isVisible()
    window.close()
    assert stored(key).fact("TP06") == ("动平衡",)


def test_v__turns_to_what_was_seen_and_both_are_stored(
    open_window: OpenWindow, start: Callable[..., int], stored: Stored, fingers: Hands
) -> None:
    key = start("onsite")
    window = open_window()
    window.open_assessment(key)
    hands = fingers(window)
    hands.press("4", "v", "2")
    window.close()
    answer = stored(key).get("T01")
    assert (answer.value, answer.verified) == (3, 1)


def test_v__does_nothing_in_a_self_assessment(
    open_window: OpenWindow, start: Callable[..., int], fingers: Hands
) -> None:
    window = open_window()
    window.open_assessment(start())
    fingers(window).press("v", "2")
    answer = questions_of(window).session.answers.get("T01")
    assert (answer.value, answer.verified) == (1, None)


def test_save__that_fails_shows_the_banner_and_keeps_everything(
    qtbot: QtBot, open_window: OpenWindow, start: Callable[..., int], stored: Stored, fingers: Hands
) -> None:
    key = start()
    window = open_window()
    window.open_assessment(key)
    page, hands = questions_of(window), fingers(window)
    assert window.desk is not None
    connection = window.desk.store.database.conn
    connection.execute("PRAGMA query_only = ON")
    hands.press("r")
    hands.press("seen with Li")
    page.flush()
    remark = view_of(page).card("T01").extras.remark
    assert window.banner.isVisible()
    assert window.banner.text.text()
    assert remark.toPlainText() == "seen with Li"
    assert page.session.unsaved == ("T01",)
    connection.execute("PRAGMA query_only = OFF")
    qtbot.mouseClick(window.banner.step, Qt.MouseButton.LeftButton)
    assert not window.banner.isVisible()
    assert page.session.unsaved == ()
    window.close()
    assert stored(key).get("T01").remark == "seen with Li"
