"""The roadmap: in the making, done, moved by hand, followed, and where there is none."""

from assessor import commands
from assessor.gui.roadmap.page import RoadmapPage
from assessor.gui.roadmap.wishes import Wishes
from assessor.gui.shots import SIZES, Camera, settle, wait_until
from assessor.gui.window import Window
from assessor.roadmap.request import Target


def shoot_roadmap(camera: Camera, window: Window) -> None:
    """A plan in the making, done, moved by hand, followed; limits that clash; a size that is not known."""
    small = SIZES[:1]
    page = _roadmap(window, "tires", "retread")
    camera.take("25-roadmap-making", small)
    _wait_for_plan(page)
    camera.take("25-roadmap")
    bar = page.area.verticalScrollBar()
    held = next(one for one in page.gantt.rows if page.gantt.bar(one).start > 1)  # type: ignore[union-attr]
    page.gantt.choose(held)
    page.gantt.moving.emit(held, 1)
    camera.take("26-roadmap-moved", small)
    page.gantt.put_back.emit()
    page.tail.fold.click()
    page.tail.trade.click()
    wait_until(lambda: not page.planner.is_curving, 600)
    bar.setValue(bar.maximum())
    camera.take("27-roadmap-left-out", SIZES)
    page.tail.fold.click()
    page.accept.click()
    settle()
    row = next(iter(page.follow_block.rows.values()))
    row.state.setCurrentIndex(1)
    row.state.activated.emit(1)
    _wait_for_plan(page)
    page.bring_follow()
    camera.take("28-roadmap-followed")
    bar.setValue(0)
    camera.take("28-roadmap-accepted", small)
    page.want(Wishes(target=Target("miit-sme-2024", 1), quarters=4))
    _wait_for_plan(page)
    camera.take("29-roadmap-cheapest", small)
    _wait_for_plan(_roadmap(window, "chemicals", "small"))
    camera.take("29-roadmap-clash", small)
    _roadmap(window, "chemicals", "small", sizeless=True)
    camera.take("29-roadmap-no-size", small)


def _roadmap(window: Window, pack: str, name: str, *, sizeless: bool = False) -> RoadmapPage:
    """The page of a sample firm, just opened."""
    assert window.desk is not None
    here, store = window.desk.here, window.desk.store
    file = next(one for one in commands.samples(here) if (one.parent.parent.name, one.stem) == (pack, name))
    key = commands.add_sample(here, store, file)
    if sizeless:
        commands.record_fact(store, key, "employees", None, "甲")
    window.open_assessment(key)
    window.turn_to("roadmap")
    settle()
    assert window.work is not None
    return window.work.roadmap


def _wait_for_plan(page: RoadmapPage) -> None:
    """Until the plan is there and it is known what holds at any cost."""
    wait_until(lambda: not page.planner.is_busy, 600)
    settle()
