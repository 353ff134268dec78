"""Questions, results and report of the sample firms."""

from pathlib import Path

from PySide6.QtCore import QSize

from assessor.gui.guide import GuideBar
from assessor.gui.shots import SIZES, Camera, open_one, settle, wait_until
from assessor.gui.window import Window


def shoot_questions(camera: Camera, window: Window) -> None:
    """Every section, on narrow windows too, and some questions seen on site."""
    page = open_one(window, "self")
    camera.take("10-questions-guide", SIZES[:1])
    for guide in window.findChildren(GuideBar):
        guide.done.click()
    camera.take("10-questions-self")
    for place, section in enumerate(page.session.pack.sections):
        page.open_section(section.id)
        camera.take(f"11-section-{place}-{section.id}", SIZES[:1])
    page.open_section("facts")
    camera.take("12-facts", SIZES[:1])
    page.go_to("miit.Q2")
    page.nav.search.setText("硫化")
    camera.take("13-search", SIZES[:1])
    page.nav.search.clear()
    camera.take("14-narrow", (QSize(1000, 720),))
    page = open_one(window, "onsite")
    page.set_entry("verified")
    for key in ("T08", "miit.Q2", "miit.Q4", "miit.Q12", "miit.S10"):
        page.go_to(key)
        camera.take(f"15-onsite-{key}", SIZES[:1])


def shoot_results(camera: Camera, window: Window) -> None:
    """From top to bottom, screen by screen."""
    for mode in ("onsite", "self"):
        open_one(window, mode)
        window.turn_to("results")
        settle()
        assert window.work is not None
        area = window.work.results.area
        camera.take(f"20-results-{mode}")
        bar = area.verticalScrollBar()
        for place in range(1, 1 + -(-bar.maximum() // 620)):
            window.resize(SIZES[0])
            settle()
            bar.setValue(place * 620)
            camera.take(f"21-results-{mode}-{place}", SIZES[:1])


def shoot_report(camera: Camera, window: Window, data: Path) -> None:
    """Before and after it was written."""
    assert window.work is not None
    window.turn_to("report")
    report = window.work.report
    report.choose(".html")
    report.path.setText(str(data / "report.html"))
    camera.take("30-report", SIZES[:1])
    report.begin()
    wait_until(lambda: report.job is None)
    camera.take("31-report-done", SIZES[:1])
