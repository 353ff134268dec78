"""Steps, history, evidence, what is left, and a newer questionnaire."""

import re
import shutil
from pathlib import Path

from PySide6.QtGui import QColor, QImage, QPainter

from assessor import commands, shipped
from assessor.answers.model import Answer
from assessor.gui.card import QuestionCard
from assessor.gui.gather import files_of
from assessor.gui.prefs import Prefs
from assessor.gui.questions import QuestionsPage
from assessor.gui.section import SectionView
from assessor.gui.shots import SIZES, Camera, open_one, settle, wait_until
from assessor.gui.window import Window


def shoot_visit(camera: Camera, window: Window, data: Path) -> None:
    """Steps, history, evidence, what is left, and a newer questionnaire."""
    small = SIZES[:1]
    page = open_one(window, "onsite")
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
    open_one(window, "onsite")
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
