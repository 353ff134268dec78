"""A whole questionnaire is answered without touching the mouse, and every answer is on the disk."""

from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assessor.answers.model import AnswerState, Ratio, Trend
from assessor.answers.state import progress, states
from assessor.gui.counts import is_open
from assessor.gui.session import Session
from assessor.gui.skin import dress
from assessor.pack.question import LevelQuestion, NumberQuestion, RatioQuestion, TextQuestion
from tests.gui.hands import ENTER, begin, card, on_disk, open_desk, press, settle, small_places


def test_keys__answer_every_kind_of_question(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    dress(qapp)
    desk = open_desk(small_places(tmp_path))
    work = begin(qtbot, desk)
    page = work.questions
    assert page.current == "C1"
    press(page, "b", ENTER)  # single, by letter
    assert page.current == "C2"
    press(page, "2", "3", ENTER)  # multi, by number
    assert page.current == "C3"
    press(page, "1", ENTER)  # yes
    assert page.current == "R1"
    press(page, "14", ENTER, "70", ENTER)  # both counts, then on
    assert page.current == "D1"
    press(page, "c", ENTER)  # better, by letter
    assert page.current == "N1"
    press(page, "12.5", ENTER)
    assert page.current == "X1"
    press(page, "u", ENTER)  # not known
    assert page.current == "W1"
    press(page, Qt.Key.Key_Tab, "你好", ENTER)
    assert page.current == "T1"
    press(page, "3", ENTER)
    assert page.current == "M1"
    press(page, "p", ENTER)  # what the trade's scene suggests
    settle()
    found = on_disk(desk, work.session.key)
    assert {key: answer.value for key, answer in found.items() if key != "X1"} == {
        "C1": "B",
        "C2": ("B", "C"),
        "C3": True,
        "R1": Ratio(Decimal(14), Decimal(70)),
        "D1": Trend(letter="C"),
        "N1": Decimal("12.5"),
        "W1": "你好",
        "T1": 2,
        "M1": 2,
    }
    assert found["X1"].state is AnswerState.UNKNOWN
    assert progress(states(work.session.pack, work.session.answers)).of(AnswerState.UNANSWERED) == 0
    desk.store.close()


def test_keys__answer_the_whole_tire_questionnaire(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, questionnaires: Path
) -> None:
    from assessor.commands import Places

    dress(qapp)
    desk = open_desk(Places(tmp_path, (questionnaires,)))
    facts = {"name": "一厂", "TP01": ("全钢",), "TP02": "自炼", "TP03": True, "TP04": True}
    work = begin(qtbot, desk, "tires", facts=facts)
    page, session = work.questions, work.session
    asked = []
    while page.current is not None and is_open(session, page.question(page.current), verified=False):
        asked.append(page.current)
        assert len(asked) <= len(session.pack.questions), "the walk does not end"
        _answer_by_keys(page, session)
        press(page, ENTER)
    settle()
    found = on_disk(desk, session.key)
    assert set(asked) <= set(found)
    assert not [q.id for q in session.pack.asked() if is_open(session, q, verified=False)]
    again = Session(desk, session.key)
    assert again.answers.items == session.answers.items
    desk.store.close()


def _answer_by_keys(page: object, session: Session) -> None:
    from assessor.gui.questions import QuestionsPage

    assert isinstance(page, QuestionsPage) and page.current is not None
    question = page.question(page.current)
    match question:
        case LevelQuestion():
            press(page, "2")
        case RatioQuestion() if question.bands:
            press(page, "b")
        case NumberQuestion() | TextQuestion() | RatioQuestion():
            press(page, "u")
        case _ if question.kind == "table":
            press(page, "u")
        case _:
            press(page, "1" if question.kind != "trend" else "b")


def test_option_letters__win_over_the_keys_of_actions(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    dress(qapp)
    desk = open_desk(small_places(tmp_path))
    work = begin(qtbot, desk)
    card(work, "D1")
    press(work.questions, "a")
    assert work.session.answers.get("D1").value == Trend(letter="A")
    press(work.questions, "d", held=Qt.KeyboardModifier.AltModifier)
    assert work.session.answers.get("D1").state is AnswerState.DECLINED
    desk.store.close()


def test_digits__belong_to_the_field_that_has_the_cursor(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    dress(qapp)
    desk = open_desk(small_places(tmp_path))
    work = begin(qtbot, desk)
    one = card(work, "T1")
    press(work.questions, "r", "12345", Qt.Key.Key_Escape)
    assert one.hasFocus()
    settle()
    answer = work.session.answers.get("T1")
    assert (answer.value, answer.remark) == (None, "12345")
    press(work.questions, "5")
    assert work.session.answers.get("T1").value == 4
    desk.store.close()


def test_v__sets_what_was_seen_on_site(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    dress(qapp)
    desk = open_desk(small_places(tmp_path))
    work = begin(qtbot, desk, mode="onsite")
    card(work, "T1")
    press(work.questions, "4", "v", "2")
    answer = work.session.answers.get("T1")
    assert (answer.value, answer.verified) == (3, 1)
    press(work.questions, "v", "3")
    assert work.session.answers.get("T1").value == 2
    desk.store.close()


def test_arrows__walk_and_enter_skips_what_is_answered(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    dress(qapp)
    desk = open_desk(small_places(tmp_path))
    work = begin(qtbot, desk)
    page = work.questions
    press(page, Qt.Key.Key_Down)
    assert page.current == "C2"
    press(page, "2", "k")
    assert page.current == "C1"
    press(page, "a", Qt.Key.Key_Right)
    assert page.current == "R1"  # C2 is answered, C3 is not asked
    desk.store.close()


def test_search__finds_by_what_a_level_says(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    dress(qapp)
    desk = open_desk(small_places(tmp_path))
    work = begin(qtbot, desk)
    page = work.questions
    press(page, "/")
    assert page.nav.search.hasFocus()
    press(page, "现场")
    assert [hit.question.id for hit in page.nav.hits.model.hits] == ["T1"]
    press(page, ENTER)
    assert page.current == "T1"
    assert page.nav.search.text() == ""
    press(page, "/", "W1", ENTER)
    assert page.current == "W1"
    desk.store.close()


def test_f1__folds_the_help_away_and_brings_it_back(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    dress(qapp)
    desk = open_desk(small_places(tmp_path))
    work = begin(qtbot, desk)
    assert work.questions.help.isVisible()
    press(work.questions, Qt.Key.Key_F1)
    assert not work.questions.help.isVisible()
    press(work.questions, Qt.Key.Key_F1)
    assert work.questions.help.isVisible()
    desk.store.close()
