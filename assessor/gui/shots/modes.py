"""The modes of the three users: a short visit, one question a screen, signing, handing in, comparing."""

from PySide6.QtCore import QSize

from assessor import commands
from assessor.answers.model import Answer, Signed
from assessor.answers.review import review
from assessor.commands import shelf
from assessor.gui.pledge import PledgeDialog
from assessor.gui.shots import SIZES, Camera, open_one, settle
from assessor.gui.signing import SignDialog
from assessor.gui.window import Window


def shoot_modes(camera: Camera, window: Window) -> None:
    """Begins with a visit and ends with results beside the earlier ones."""
    _shoot_short_visit(camera, window)
    _shoot_hand_in(camera, window)
    _shoot_compare(camera, window)


def _shoot_short_visit(camera: Camera, window: Window) -> None:
    """Some things not seen yet, then 20 minutes for them, whole and one at a time; signed at the end."""
    small = SIZES[:1]
    page = open_one(window, "onsite")
    session = page.session
    for key in ("T03", "T05", "T08", "TQ03", "miit.S01", "TG02"):
        session.put(key, Answer(session.answers.get(key).value))
    settle()
    page.way.take(20)
    camera.take("50-visit", small)
    page.toggle_single()
    camera.take("51-single", (QSize(1280, 720), QSize(900, 620)))
    page.toggle_single()
    page.way.take(None)
    window.turn_to("leaving")
    dialog = SignDialog(window, session)
    dialog.show()
    camera.take("52-sign", small, dialog)
    dialog.close()
    session.sign(Signed("王工", "李厂长", "2026-05-20"))
    session.put("T05", Answer(1))
    settle()
    assert window.work is not None
    bar = window.work.leaving.area.verticalScrollBar()
    window.resize(SIZES[0])
    settle()
    bar.setValue(bar.maximum())
    camera.take("53-signed", small)


def _shoot_hand_in(camera: Camera, window: Window) -> None:
    """The cards of the first time were seen before; here what is told before answers leave the house."""
    page = open_one(window, "self")
    pack, answers, found = page.session.pack, page.session.answers, page.session.diagnosis
    dialog = PledgeDialog(window, pack, review(pack, answers, found.states, found.findings), "李厂长")
    dialog.show()
    camera.take("54-pledge", SIZES[:1], dialog)
    dialog.close()


def _shoot_compare(camera: Camera, window: Window) -> None:
    """The same firm again, two scenes otherwise; and one more tried out."""
    assert window.desk is not None
    here, store = window.desk.here, window.desk.store
    row = next(line for line in store.assessments() if (line.pack, line.mode) == ("tires", "self"))
    pack, answers, _row = commands.load_assessment(here, store, row.id)
    key = shelf.start_again(here, store, pack, answers.firm, "self", "甲", row)
    levels = [q.id for q in pack.asked() if q.kind == "level" and answers.get(q.id).value is not None]
    for question, level in zip(levels, (4, 0, 3), strict=False):
        commands.record_answer(store, key, question, Answer(level), "甲")
    window.open_assessment(key)
    window.turn_to("results")
    window.resize(SIZES[0])
    settle()
    assert window.work is not None
    results = window.work.results
    if results.compare is not None:
        results.area.ensureWidgetVisible(results.compare, 0, 600)
        camera.take("55-compare", SIZES[:1])
    if results.what_if is not None:
        results.what_if.add.click()
        settle()
        results.area.ensureWidgetVisible(results.what_if, 0, 600)
        camera.take("56-what-if", SIZES[:1])
