"""Pictures of every page, light and dark: `python -m assessor.gui.shots DIR`."""

import os
import re
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QSize, QThreadPool, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from assessor import commands, shipped
from assessor.answers.model import Answer
from assessor.commands import shelf, travel, workbooks
from assessor.gui.card import QuestionCard
from assessor.gui.gather import files_of
from assessor.gui.importpage import ImportPage
from assessor.gui.prefs import Prefs
from assessor.gui.questions import QuestionsPage
from assessor.gui.roadmap.page import RoadmapPage
from assessor.gui.roadmap.wishes import Wishes
from assessor.gui.section import SectionView
from assessor.gui.settlepage import SettlePage
from assessor.gui.skin import Choice, dress
from assessor.gui.window import Window
from assessor.roadmap.request import Target
from assessor.words import _

SIZES = (QSize(1280, 720), QSize(1600, 1000))
THEMES: Sequence[Choice] = ("light", "dark")


class Camera:
    """Takes each page at each size and in each theme."""

    def __init__(self, folder: Path, window: Window) -> None:
        self._folder, self._window = folder, window

    def take(self, name: str, sizes: Sequence[QSize] = SIZES, widget: QWidget | None = None) -> None:
        """One page as it stands."""
        for theme in THEMES:
            if dress(_app()).choice != theme:
                dress(_app()).choose(theme)
            for size in sizes:
                self._window.resize(size)
                settle()
                picture = (widget or self._window).grab()
                picture.save(str(self._folder / f"{name}-{size.width()}x{size.height()}-{theme}.png"))
        dress(_app()).choose("light")


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def settle() -> None:
    """Let everything that waits to be laid out or painted happen."""
    for _round in range(6):
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def wait_until(done: Callable[[], bool], seconds: int = 60) -> None:
    """Let the window live until something has happened."""
    loop, tick = QEventLoop(), QTimer()
    tick.timeout.connect(lambda: loop.quit() if done() else None)
    QTimer.singleShot(1000 * seconds, loop.quit)
    tick.start(10)
    loop.exec()


def main(folder: Path) -> None:
    """All pictures into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    dress(app)
    with TemporaryDirectory() as scratch:
        data = Path(scratch) / "assessor"
        window = Window(data)
        window.show()
        window.load()
        wait_until(lambda: window.home is not None)
        camera = Camera(folder, window)
        _shoot_lists(camera, window)
        shoot_shelf(camera, window, data)
        _shoot_questions(camera, window)
        _shoot_results(camera, window)
        _shoot_roadmap(camera, window)
        _shoot_report(camera, window, data)
        _shoot_visit(camera, window, data)
        window.close()
        QThreadPool.globalInstance().waitForDone()


def _shoot_lists(camera: Camera, window: Window) -> None:
    camera.take("01-home-empty", SIZES[:1])
    assert window.desk is not None and window.home is not None
    for file in commands.samples(window.desk.here):
        commands.add_sample(window.desk.here, window.desk.store, file)
    window.show_home()
    camera.take("02-home")
    window.show_new()
    form = window.new.form if window.new else None
    if form is not None:
        name, code = form.rows["name"].field.first(), form.rows["uscc"].field.first()
        for made, text in ((name, "黔岭示例轮胎有限公司"), (code, "91000000MA00000008")):
            made.setText(text)  # type: ignore[attr-defined]  # both are lines
            made.textEdited.emit(text)  # type: ignore[attr-defined]
            made.flush()  # type: ignore[attr-defined]
    camera.take("03-new")
    keys = [line.id for line in window.desk.store.assessments()]
    window.show_new(keys[0])
    camera.take("04-new-again", SIZES[:1])


def shoot_shelf(camera: Camera, window: Window, data: Path) -> None:
    """What one does with the list: the menu, files in, what differs, the trash, a copy."""
    from assessor.commands.shelf import Overdue

    assert window.sitting is not None and window.desk is not None
    sitting = window.sitting
    files = _files_to_take(window, data)
    window.show_home()
    assert window.home is not None
    sitting.show_more()
    settle()
    menu = next(made for made in window.findChildren(QMenu) if made.isVisible())
    camera.take("05-more", SIZES[:1], menu)
    menu.close()
    window.home.remind(Overdue(12, "2026-05-08T10:00:00+08:00"))
    camera.take("05-home-backup", SIZES[:1])
    sitting.errands.take_in(files)
    page = window.guest
    assert isinstance(page, ImportPage)
    wait_until(lambda: len(page.results) == len(files))
    camera.take("06-import")
    merged = next(one.merged for one in page.results if one.merged is not None and one.merged.open)
    window.show_home()
    camera.take("06-home-waiting", SIZES[:1])
    window.open_assessment(merged.assessment)
    camera.take("07-waiting-line", SIZES[:1])
    sitting.errands.show_unsettled(merged.assessment)
    camera.take("07-settle")
    settling_page = window.guest
    assert isinstance(settling_page, SettlePage)
    for one in list(settling_page.cards.values())[:1]:
        settling_page.settle(one.one.item, one.one.choices[1])
    camera.take("07-settle-one", SIZES[:1])
    for one in list(settling_page.cards.values())[1:]:
        settling_page.settle(one.one.item, one.one.choices[0])
    camera.take("07-settled", SIZES[:1])
    sitting.errands.discard(merged.assessment)
    camera.take("08-discarded", SIZES[:1])
    sitting.errands.show_trash()
    camera.take("08-trash")
    sitting.errands.discard(window.desk.store.assessments()[0].id)
    for row in window.desk.store.trashed():
        shelf.bring_back(window.desk.store, row.id)
    sitting.errands.show_trash()
    camera.take("08-trash-empty", SIZES[:1])
    _shoot_copy(camera, window, data)


def _shoot_copy(camera: Camera, window: Window, data: Path) -> None:
    """A backup put back beside, and opened."""
    assert window.sitting is not None and window.desk is not None
    file = data.parent / "backup.zip"
    travel.back_up(window.desk.here, file)
    folder = travel.put_back(window.desk.here, file)
    window.sitting.copies.open_copy(folder)
    wait_until(lambda: window.desk is not None and window.desk.here.data == folder)
    camera.take("09-copy", SIZES[:1])
    window.sitting.copies.open_own()
    wait_until(lambda: window.desk is not None and window.desk.here.data == data)


def _files_to_take(window: Window, data: Path) -> Sequence[Path]:
    """A colleague's part that differs, a blank workbook, a file that is none, and a backup."""
    assert window.desk is not None
    here, store, folder = window.desk.here, window.desk.store, data.parent / "handed"
    folder.mkdir()
    mine = next(row for row in store.assessments() if row.mode == "self")
    part, blank, book, broken = (
        folder / name for name in ("王工.part.zip", "空白.xlsx", "某厂.xlsx", "问卷.xlsx")
    )
    travel.export_assessment(here, mine.id, part)
    colleague = commands.places(data.parent / "colleague")
    travel.import_file(colleague, part)
    there = commands.open_store(colleague)
    pack, answers, _row = commands.load_assessment(colleague, there, 1)
    levels = [q.id for q in pack.asked() if q.kind == "level" and answers.get(q.id).value is not None][:3]
    for key in levels:
        said = answers.get(key)
        other = replace(said, value=(int(str(said.value)) + 1) % 5, remark=_("看了现场"))
        commands.record_answer(there, 1, key, other, "王工")
    there.close()
    travel.export_assessment(colleague, 1, part)
    for key in levels:
        said = answers.get(key)
        commands.record_answer(store, mine.id, key, replace(said, value=(int(str(said.value)) + 2) % 5), "甲")
    workbooks.write_template(here, "liquor", blank)
    travel.export_assessment(here, mine.id, book)
    _mistype(book)
    broken.write_bytes(b"PK\x03\x04 cut short")
    travel.back_up(here, folder / "备份.zip")
    return [part, book, blank, broken, folder / "备份.zip"]


def _mistype(book: Path) -> None:
    """Put a word where a level belongs, and a level in a way of one's own."""
    import openpyxl

    from assessor.exchange.labels import header_name

    opened = openpyxl.load_workbook(book)
    typed = iter(("看情况", "２ 级"))
    for sheet in opened.worksheets:
        claimed = [
            cell.column
            for line in sheet.iter_rows(max_row=12)
            for cell in line
            if isinstance(cell.value, str) and header_name(cell.value) == "企业自报"
        ]
        for line in sheet.iter_rows():
            for cell in line:
                if cell.column in claimed[:1] and isinstance(cell.value, int):
                    cell.value = next(typed, cell.value)
    opened.save(book)


def _open(window: Window, mode: str) -> QuestionsPage:
    assert window.desk is not None
    row = next(line for line in window.desk.store.assessments() if line.mode == mode)
    window.open_assessment(row.id)
    assert window.work is not None
    settle()
    return window.work.questions


def _shoot_questions(camera: Camera, window: Window) -> None:
    page = _open(window, "self")
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
    page = _open(window, "onsite")
    page.set_entry("verified")
    for key in ("T08", "miit.Q2", "miit.Q4", "miit.Q12", "miit.S10"):
        page.go_to(key)
        camera.take(f"15-onsite-{key}", SIZES[:1])


def _shoot_results(camera: Camera, window: Window) -> None:
    for mode in ("onsite", "self"):
        _open(window, mode)
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


def _shoot_roadmap(camera: Camera, window: Window) -> None:
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


def _shoot_report(camera: Camera, window: Window, data: Path) -> None:
    assert window.work is not None
    window.turn_to("report")
    report = window.work.report
    report.choose(".html")
    report.path.setText(str(data / "report.html"))
    camera.take("30-report", SIZES[:1])
    report.begin()
    wait_until(lambda: report.job is None)
    camera.take("31-report-done", SIZES[:1])


def _shoot_visit(camera: Camera, window: Window, data: Path) -> None:
    """Steps, history, evidence, what is left, and a newer questionnaire."""
    small = SIZES[:1]
    page = _open(window, "onsite")
    work = window.work
    assert work is not None
    page.go_to("T04")
    _card(page, "T04").press("3")
    _card(page, "T04").press("2")
    settle()
    work.undo()
    camera.take("40-undone", small)
    work.turn_to("questions")
    _shoot_evidence(camera, page, data)
    work.session.put("TQ02", Answer(work.session.answers.get("TQ02").value, sure=1))
    work.session.put("T08", Answer())
    settle()
    window.turn_to("leaving")
    camera.take("43-leaving", small)
    work.show_history()
    camera.take("44-history", small)
    work.show_history("T04")
    camera.take("45-history-of-one", small)
    _newer(data / "packs")
    _open(window, "onsite")
    settle()
    camera.take("46-newer", small)
    window.turn_to("version")
    camera.take("47-version", small)
    assert window.work is not None
    window.work.newer.carry()
    settle()
    camera.take("48-carried", small)


def _shoot_evidence(camera: Camera, page: QuestionsPage, data: Path) -> None:
    folder = data / "照片"
    folder.mkdir()
    made = [
        _picture(folder / f"{name}.jpg", hue)
        for name, hue in (("磅单", 200), ("配料屏", 30), ("硫化机", 120))
    ]
    large = _picture(data / "车间全景.jpg", 60, 6000)
    note = data / "检验记录 5月.xlsx"
    note.write_bytes(b"PK")
    Prefs(data).camera = folder
    card = _card(page, "T04")
    card.act("evidence")
    files = files_of(page.session)
    files.take("T04", [made[0], note, large])
    wait_until(lambda: not files.waiting("T04"))
    wait_until(lambda: len(card.extras.strip.tiles) == 3, 5)
    settle()
    page.go_to("T04")
    wait_until(lambda: all(files.thumb(mark) or not one.is_picture for mark, one in files.known.items()), 10)
    wait_until(lambda: False, 2)
    view = page.stack.currentWidget()
    assert isinstance(view, SectionView)
    view.area.ensureWidgetVisible(card.extras)
    camera.take("41-evidence", SIZES[:1])
    view.area.ensureWidgetVisible(card.extras.strip.tools)
    camera.take("42-evidence-tools", SIZES[:1])


def _card(page: QuestionsPage, key: str) -> QuestionCard:
    view = page.stack.currentWidget()
    assert isinstance(view, SectionView)
    return view.card(key)


def _picture(path: Path, hue: int, wide: int = 800) -> Path:
    """A picture to look at: a sky over a floor, in some colour."""
    picture = QImage(wide, wide * 3 // 4, QImage.Format.Format_RGB32)
    picture.fill(QColor.fromHsv(hue, 60, 220))
    painter = QPainter(picture)
    painter.fillRect(0, wide // 2, wide, wide // 4, QColor.fromHsv(hue, 90, 120))
    painter.fillRect(wide // 4, wide // 4, wide // 3, wide // 3, QColor.fromHsv((hue + 40) % 360, 120, 170))
    painter.end()
    picture.save(str(path), quality=95)
    return path


def _newer(folder: Path) -> None:
    """A newer tire questionnaire as it would be installed."""
    target = folder / "tires"
    shutil.copytree(shipped("questionnaires") / "tires", target)
    for name, old, new in (
        ("pack.yaml", r"^version: .*$", 'version: "2099.2"'),
        ("pack.yaml", r"^date: .*$", 'date: "2099-06-01"'),
    ):
        file = target / name
        file.write_text(re.sub(old, new, file.read_text(encoding="utf-8"), flags=re.M), encoding="utf-8")
    file = target / "questionnaire.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("ask: ", "ask: 到今天为止，", 3).replace("unit: 条", "unit: 万条")
    file.write_text(text, encoding="utf-8")
    commands.get_pack.cache_clear()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots"))
