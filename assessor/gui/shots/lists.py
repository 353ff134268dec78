"""The list of firms and what one does with it: new ones, files in, what differs, the trash, a copy."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QMenu

from assessor import commands
from assessor.commands import shelf, travel, workbooks
from assessor.gui.importpage import ImportPage
from assessor.gui.settlepage import SettlePage
from assessor.gui.shots import SIZES, Camera, settle, wait_until
from assessor.gui.window import Window
from assessor.words import _


def shoot_lists(camera: Camera, window: Window) -> None:
    """Empty, filled, and the form for a new one."""
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
    shoot_copy(camera, window, data)


def shoot_copy(camera: Camera, window: Window, data: Path) -> None:
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
