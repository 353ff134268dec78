"""A short visit shows only its questions; one question a screen, if wanted; both are remembered."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from assessor.gui.questions import QuestionsPage
from assessor.gui.window import Window
from tests.gui.conftest import Fingers, OpenWindow, questions_of, view_of

Hands = Callable[[Window], Fingers]
_KEY = Qt.Key


def opened(open_window: OpenWindow, key: int) -> tuple[Window, QuestionsPage]:
    window = open_window()
    window.open_assessment(key)
    return window, questions_of(window)


def seen(page: QuestionsPage) -> list[str]:
    view = view_of(page)
    view.build_all()
    return [key for key, card in view.cards.items() if not card.isHidden()]


def choose(page: QuestionsPage, place: int) -> None:
    page.bar.visit_menu().actions()[place].trigger()


def test_a_short_visit__shows_only_what_fits_and_counts_the_time_that_is_left(
    open_window: OpenWindow, start: Callable[..., int], fingers: Hands
) -> None:
    window, page = opened(open_window, start("onsite"))
    choose(page, 0)
    way = {question.id for question in page.way.shown()}
    ahead = page.way.ahead()
    assert 0 < len(way) < 15 and ahead.open == len(way) and ahead.minutes <= 20
    assert page.entry == "verified", "what counts on site is what is seen"
    assert page.current in way and set(seen(page)) <= way
    hidden = [key for key, made in page.nav.rows.items() if made.isHidden()]
    assert hidden and not set(hidden) & {page._home_of[key] for key in way}
    hands, first = fingers(window), page.current
    hands.press("3")
    hands.settle()
    assert page.way.ahead().open == len(way) - 1
    assert f"剩 {len(way) - 1} 题" in page.bar.left.text()
    assert page.nav._progress.text() == f"已核实 1 / {len(way)}"
    assert first in {question.id for question in page.way.shown()}, "answered, it stays on the way"
    hands.press(_KEY.Key_Return)
    assert page.current in way and page.current != first


def test_the_visit__is_there_again_after_reopening_and_ends_when_told(
    open_window: OpenWindow, start: Callable[..., int]
) -> None:
    key = start("onsite")
    window, page = opened(open_window, key)
    choose(page, 1)
    chosen = {question.id for question in page.way.shown()}
    window.close()
    _window, page = opened(open_window, key)
    assert page.way.limit == 60
    assert {question.id for question in page.way.shown()} == chosen
    choose(page, 2)
    assert len(list(page.way.shown())) > len(chosen)
    assert not page.nav.rows["trade-prepare"].isHidden()


def test_a_question_off_the_way__is_shown_when_one_is_sent_to_it(
    open_window: OpenWindow, start: Callable[..., int]
) -> None:
    _window, page = opened(open_window, start("onsite"))
    choose(page, 0)
    off = next(q.id for q in page.session.pack.asked() if page.session.asked(q) and not page.way.shows(q))
    page.go_to(off)
    assert page.current == off and off in seen(page)


def test_a_self_assessment__offers_no_visit(open_window: OpenWindow, start: Callable[..., int]) -> None:
    _window, page = opened(open_window, start("self"))
    assert page.bar.visit.isHidden() and page.bar.verified.isHidden()
    assert not page.bar.left.isHidden(), "how long it takes is told all the same"


def test_one_question_a_screen__walks_by_keys_and_is_remembered(
    open_window: OpenWindow, start: Callable[..., int], fingers: Hands
) -> None:
    key = start()
    window, page = opened(open_window, key)
    hands = fingers(window)
    hands.press(_KEY.Key_F7)
    assert seen(page) == ["T01"]
    hands.press("3")
    hands.press(_KEY.Key_Down)
    assert (seen(page) == ["T02"] and view_of(page).card("T02").isAncestorOf(hands.at())) or (
        hands.at() is view_of(page).card("T02")
    )
    hands.press("2", _KEY.Key_Return)
    hands.settle()
    assert seen(page) == [page.current] and page.current not in ("T01", "T02")
    page.go_to("T01")
    window.close()
    window, page = opened(open_window, key)
    assert seen(page) == [page.current]
    fingers(window).press(_KEY.Key_F7)
    assert {"T01", "T02", "T03"} <= set(seen(page))
