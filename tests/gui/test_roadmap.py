"""The roadmap page: planned beside the window, moved by hand, and followed once it is accepted."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from assessor import commands
from assessor.commands import Places, following
from assessor.gui.chart import Chart
from assessor.gui.parts import Notice
from assessor.gui.roadmap.followup import ActionRow
from assessor.gui.roadmap.page import RoadmapPage
from assessor.gui.roadmap.planner import Planned
from assessor.gui.roadmap.wishes import Wishes
from assessor.gui.window import Window
from assessor.report.roadmap_words import verdict_text
from assessor.report.spacing import spaced
from assessor.roadmap.curve import Point
from assessor.roadmap.followup import Mark
from assessor.roadmap.plan import Roadmap
from tests.gui.conftest import OpenWindow
from tests.gui.hands import settle

SMALL = Wishes(budget=60, quarters=4)
LONG = 60_000
Open = Callable[..., RoadmapPage]


@pytest.fixture
def open_page(open_window: OpenWindow, here: Places, questionnaires: Path) -> Open:
    """The roadmap page of a sample firm, with small wishes so that a plan takes a moment."""

    def make(pack: str = "tires", name: str = "retread", wishes: Wishes = SMALL) -> RoadmapPage:
        store = commands.open_store(here)
        key = commands.add_sample(here, store, questionnaires / pack / "samples" / f"{name}.json")
        store.close()
        return open_roadmap(open_window(), key, wishes)

    return make


def open_roadmap(window: Window, key: int, wishes: Wishes = SMALL) -> RoadmapPage:
    window.open_assessment(key)
    assert window.work is not None
    page = window.work.roadmap
    page.controls.show_wishes(wishes)
    window.turn_to("roadmap")
    settle()
    return page


def planned(qtbot: QtBot, page: RoadmapPage) -> Roadmap:
    """The plan once it is there."""
    qtbot.waitUntil(lambda: not page.planner.is_planning, timeout=LONG)
    assert page.hand is not None
    return page.hand.planned.roadmap


def shown(page: RoadmapPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def push(page: RoadmapPage, words: str) -> QPushButton:
    return next(one for one in page.findChildren(QPushButton) if one.isVisible() and words in one.text())


def late_one(roadmap: Roadmap) -> tuple[str, int]:
    """An action that can be put a quarter later, and the quarter it begins in."""
    one = next(one for one in roadmap.actions if one.finish < 4)
    return one.id, one.start


# -- the plan ------------------------------------------------------------------------------------


def test_a_plan__is_made_beside_the_window_and_told_in_a_sentence(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    assert page.isVisible()
    assert page.planner.is_planning, "the page is there before the plan is"
    assert page.head.stop.isVisible()
    roadmap = planned(qtbot, page)
    assert not page.head.stop.isVisible()
    assert page.head.verdict.text() == spaced(verdict_text(roadmap))
    assert spaced("已证明没有更好的排法") in page.head.proof.text()
    assert set(page.gantt.rows) == set(roadmap.schedule)


def test_f5__opens_the_page_and_shows_its_tab(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    window = page.window()
    assert isinstance(window, Window)
    window.turn_to("results")
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert page.isVisible()
    assert window.top.tabs["roadmap"].isChecked()


def test_another_question__is_answered_and_the_old_one_given_up(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    heard: list[Planned] = []
    page.planner.planned.connect(heard.append)
    page.want(Wishes(budget=10, quarters=4))
    page.want(Wishes(budget=20, quarters=4))
    assert planned(qtbot, page).request.budget == 20
    assert [one.roadmap.request.budget for one in heard] == [20]


def test_planning__can_be_stopped_and_taken_up_again(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    qtbot.mouseClick(page.head.stop, Qt.MouseButton.LeftButton)
    assert not page.planner.is_planning and page.hand is None
    settle()
    qtbot.mouseClick(push(page, "接着排"), Qt.MouseButton.LeftButton)
    assert page.planner.is_planning
    planned(qtbot, page)


def test_limits_typed__plan_anew_and_what_is_no_figure_does_not(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    planned(qtbot, page)
    page.controls.budget.setFocus()
    page.controls.budget.selectAll()
    qtbot.keyClicks(page.controls.budget, "3.5")
    page.controls.flush()
    assert planned(qtbot, page).request.budget == 35
    page.controls.parallel.setFocus()
    qtbot.keyClicks(page.controls.parallel, "0")
    page.controls.flush()
    assert not page.planner.is_planning
    assert page.wishes.parallel is None


# -- by hand -------------------------------------------------------------------------------------


def test_a_bar_dragged__answers_at_once_and_then_holds(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    name, start = late_one(planned(qtbot, page))
    gantt = page.gantt
    box = gantt.box(name)
    column = round(box.width() / (gantt.bar(name).finish - start + 1))  # type: ignore[union-attr]
    place = box.center().toPoint()
    qtbot.mousePress(gantt, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseMove(gantt, place + QPoint(column, 0))
    moved = gantt.bar(name)
    assert moved is not None and moved.start == start + 1, "before the button is let go"
    assert not page.planner.is_planning
    assert gantt.current == name
    qtbot.mouseRelease(gantt, Qt.MouseButton.LeftButton, pos=place + QPoint(column, 0))
    assert page.planner.is_planning
    assert gantt.bar(name).pinned  # type: ignore[union-attr]
    roadmap = planned(qtbot, page)
    assert roadmap.schedule[name] == start + 1
    assert page.wishes.pins == {name: start + 1}


def test_a_bar_moved_over_a_limit__names_it_in_words(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    roadmap = planned(qtbot, page)
    waiting = next(one for one in roadmap.actions if one.hold is not None and one.hold.broken)
    page.gantt.moving.emit(waiting.id, waiting.start - 1)
    for broken in waiting.hold.broken:  # type: ignore[union-attr]
        assert spaced(broken.text) in page.head.proof.text()
    assert page.gantt.bar(waiting.id).broken  # type: ignore[union-attr]
    page.gantt.put_back.emit()
    assert page.gantt.bar(waiting.id).start == waiting.start  # type: ignore[union-attr]
    assert spaced("已证明没有更好的排法") in page.head.proof.text()


def test_the_keyboard__does_all_of_it(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    roadmap = planned(qtbot, page)
    gantt = page.gantt
    gantt.setFocus()
    name, start = late_one(roadmap)
    qtbot.keyClick(gantt, Qt.Key.Key_Home)
    for _step in range(list(gantt.rows).index(name)):
        qtbot.keyClick(gantt, Qt.Key.Key_Down)
    assert gantt.current == name
    assert name_of(roadmap, name) in shown(page)[-1] or spaced(name_of(roadmap, name)) in shown(page)
    qtbot.keyClick(gantt, Qt.Key.Key_Right)
    assert page.wishes.pins == {name: start + 1}
    planned(qtbot, page)
    qtbot.keyClick(gantt, Qt.Key.Key_P)
    assert page.wishes.pins == {}
    planned(qtbot, page)
    gantt.choose(name)
    qtbot.keyClick(gantt, Qt.Key.Key_Delete)
    assert page.wishes.without == {name}
    assert name not in planned(qtbot, page).schedule


def name_of(roadmap: Roadmap, name: str) -> str:
    return roadmap.task.candidates[name].action.title


def test_the_plan__is_copied_as_a_table(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    roadmap = planned(qtbot, page)
    qtbot.keyClick(page.gantt, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert {(line[0], line[2]) for line in lines[1:]} == {
        (one.action.title, str(one.start)) for one in roadmap.actions
    }


def test_what_was_switched_off__can_be_taken_in_again(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    name = next(iter(planned(qtbot, page).schedule))
    page.want(page.wishes.switched(name, on=False))
    planned(qtbot, page)
    page.tail.fold.click()
    settle()
    qtbot.mouseClick(push(page, "再列入"), Qt.MouseButton.LeftButton)
    assert name in planned(qtbot, page).schedule


def test_too_early__is_said_and_put_back(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    roadmap = planned(qtbot, page)
    one = next(one for one in roadmap.actions if one.candidate.earliest > 1)
    page.gantt.moved.emit(one.id, 1)
    assert not page.planner.is_planning
    assert spaced(f"最早第 {one.candidate.earliest} 季度才能开始") in page.head.proof.text()
    assert page.gantt.bar(one.id).start == one.start  # type: ignore[union-attr]


# -- honest states -------------------------------------------------------------------------------


def test_limits_that_clash__are_named_with_the_change_that_helps(qtbot: QtBot, open_page: Open) -> None:
    page = open_page("chemicals", "small", Wishes(quarters=4))
    roadmap = planned(qtbot, page)
    assert roadmap.clash is not None
    settle()
    assert page.head.verdict.text() == "按现在的限制排不出路线图"
    for line in roadmap.task.lines:
        assert spaced(line.title) in shown(page)
    assert not page.gantt.isVisible() and not page.accept.isVisible()
    [change] = [one for one in roadmap.clash.changes if one.code == "budget"]
    qtbot.mouseClick(push(page, "把每年预算提高到"), Qt.MouseButton.LeftButton)
    assert page.wishes.budget == round(10 * float(str(change.values["need"])))
    assert page.planner.is_planning
    assert page.head.verdict.text() == "正在算最好的排法"
    page.give_up()


def test_a_line_put_out_by_stopping__is_the_firms_own_word(qtbot: QtBot, open_page: Open) -> None:
    page = open_page("chemicals", "small", Wishes(quarters=4))
    before = planned(qtbot, page)
    settle()
    qtbot.mouseClick(push(page, "企业决定停下来"), Qt.MouseButton.LeftButton)
    after = planned(qtbot, page)
    assert len(after.task.lines) == len(before.task.lines) - 1
    settle()
    qtbot.mouseClick(push(page, "不停，照常排"), Qt.MouseButton.LeftButton)
    assert page.wishes.stopped == frozenset()
    page.give_up()


def test_a_size_not_known__leads_to_the_fact(qtbot: QtBot, open_window: OpenWindow, here: Places) -> None:
    store = commands.open_store(here)
    pack = commands.get_pack(here, "tires")
    key = commands.start_assessment(here, store, pack, {"name": "一厂"}, "self", "甲")
    store.close()
    page = open_roadmap(open_window(), key)
    assert not page.planner.is_planning
    assert page.head.verdict.text() == spaced("还不知道企业规模，排不了路线图")
    with qtbot.waitSignal(page.jumped) as jumped:
        push(page, "去填").click()
    assert jumped.args == ["employees"]


def test_answers_changed_since__plan_anew_when_one_comes_back(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    planned(qtbot, page)
    window = page.window()
    assert isinstance(window, Window) and window.work is not None
    window.turn_to("questions")
    window.turn_to("roadmap")
    assert not page.planner.is_planning, "nothing has changed"
    window.work.session.put_fact("employees", None)
    window.turn_to("roadmap")
    assert page.head.verdict.text() == spaced("还不知道企业规模，排不了路线图")


# -- besides -------------------------------------------------------------------------------------


def test_a_curve__is_asked_for_and_shown(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    planned(qtbot, page)
    page.tail.trade.click()
    assert page.planner.is_curving and not page.tail.trade.isEnabled()
    page.planner.stop()
    points = (Point(0, 3000, 1, 0, None, True, {}), Point(60, 12000, 1, 60, None, True, {}))
    page.planner.curved.emit(points)
    assert page.tail.findChild(Chart) is not None
    assert page.tail.trade.isEnabled()


@pytest.mark.parametrize(
    ("suffix", "begin"), [(".xml", "<?xml"), (".ics", "BEGIN:VCALENDAR"), (".json", "{")]
)
def test_a_plan__goes_into_files(
    qtbot: QtBot, open_page: Open, tmp_path: Path, suffix: str, begin: str
) -> None:
    page = open_page()
    planned(qtbot, page)
    out = tmp_path / f"路线图{suffix}"
    page.files.write(out)
    assert out.read_text(encoding="utf-8").startswith(begin)
    assert f"已写好：{out}" in shown(page)


def test_a_file_that_can_t_be_written__is_told(qtbot: QtBot, open_page: Open, tmp_path: Path) -> None:
    page = open_page()
    planned(qtbot, page)
    page.files.write(tmp_path / "none" / "路线图.xml")
    [notice] = [one for one in page.files.findChildren(Notice) if one.isVisible()]
    assert notice.property("notice") == "red"


# -- what becomes of it --------------------------------------------------------------------------


def rows(page: RoadmapPage) -> dict[str, ActionRow]:
    return page.follow_block.rows


def say(row: ActionRow, state: str) -> None:
    row.state.setCurrentIndex(row.state.findData(state))
    row.state.activated.emit(row.state.currentIndex())


def test_an_accepted_plan__is_there_when_one_comes_back(
    qtbot: QtBot, open_page: Open, open_window: OpenWindow, here: Places
) -> None:
    page = open_page()
    roadmap = planned(qtbot, page)
    assert not page.follow_block.isVisible()
    page.accept.click()
    settle()
    assert set(rows(page)) == set(roadmap.schedule)
    key = page._session.key
    store = commands.open_store(here)
    pack, answers, _row = commands.load_assessment(here, store, key)
    found = following.follow_up(store, key, pack, answers)
    store.close()
    assert found is not None and found.own
    assert [one["id"] for one in found.accepted.content["actions"]] == [one.id for one in roadmap.actions]
    page.give_up()
    window = page.window()
    assert isinstance(window, Window)
    later = open_roadmap(window, key, Wishes())
    assert (later.wishes.budget, later.wishes.quarters) == (SMALL.budget, SMALL.quarters)
    assert later.follow_line.isVisible()
    assert set(rows(later)) == set(roadmap.schedule)
    later.give_up()


def test_what_is_ticked_done__is_kept_planned_no_more_and_held_against_the_answers(
    qtbot: QtBot, open_page: Open
) -> None:
    page = open_page()
    roadmap = planned(qtbot, page)
    name = next(one.id for one in roadmap.actions if one.lifts)
    page.accept.click()
    say(rows(page)[name], "done")
    settle()
    assert page.follow is not None and page.follow.done == {name}
    mark = page.follow.marks[name][0]
    assert mark.date == commands.now().date().isoformat()
    assert name not in planned(qtbot, page).schedule
    unmet = [text for text in shown(page) if "：答应" in text]
    assert unmet, "ticked done, but the answers do not say so"
    rows(page)[name].remark.setText("验收单第 3 号")
    rows(page)[name].remark.settled.emit()
    assert page.follow.marks[name][0].remark == "验收单第 3 号"
    page.give_up()


def test_a_day_that_is_none__is_marked_and_not_kept(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    roadmap = planned(qtbot, page)
    name = roadmap.actions[0].id
    page.accept.click()
    row = rows(page)[name]
    row.day.setText("明年春天")
    say(row, "late")
    assert row.day.property("fault") is True
    assert page.follow is not None and name not in page.follow.marks


def test_a_plan_withdrawn__is_no_longer_followed(qtbot: QtBot, open_page: Open) -> None:
    page = open_page()
    planned(qtbot, page)
    page.accept.click()
    settle()
    push(page, "不再按它走").click()
    assert page.follow is None
    assert not page.follow_block.isVisible() and not page.follow_line.isVisible()
    page.give_up()


def test_what_another_window_says_of_the_plan__is_shown(qtbot: QtBot, open_page: Open, here: Places) -> None:
    page = open_page()
    name = planned(qtbot, page).actions[0].id
    page.accept.click()
    session = page._session
    store = commands.open_store(here)
    found = following.follow_up(store, session.key, session.pack, session.answers)
    assert found is not None
    following.mark(store, found.accepted, name, Mark("late", "2027-01-31", "等设备"), "乙")
    store.close()
    session.take_in([("plan", name)])
    qtbot.waitUntil(lambda: page.follow is not None and name in page.follow.marks, timeout=LONG)
    assert rows(page)[name].state.currentData() == "late"
    page.give_up()
