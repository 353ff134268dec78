"""What the boss reads over the shoulder: the plan in one sentence, how sure it is, and what is under way."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from assessor.gui.parts import Text, button, column, row
from assessor.gui.roadmap.hand import Hand
from assessor.report.roadmap_words import high_cost_text, other_models_text, paper_text, proof_text
from assessor.words import _


class Head(QWidget):
    """Verdict, proof and the other models. While a plan is made or moved its height stays, lest all jump."""

    def __init__(self, stop: Callable[[], object]) -> None:
        super().__init__()
        self.verdict = Text("", "page").selectable()
        self.proof = Text("", "quiet").selectable()
        self.proof.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.others = Text("").selectable()
        self.others.hide()
        self.stop = button(_("停止"), stop, "small")
        keeps = self.stop.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self.stop.setSizePolicy(keeps)
        self.stop.hide()
        line = row(self.proof, self.stop, gap=8)
        line.setStretch(0, 1)
        line.setAlignment(self.stop, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(self.verdict, line, self.others, gap=8))

    def say(self, verdict: str, proof: str = "") -> None:
        """A state without a plan."""
        self.verdict.setText(verdict)
        self._prove(proof, "quiet", keeps=False)
        self.others.hide()

    def say_busy(self, seconds: int) -> None:
        """The first plan is being made."""
        proof = _("{busy}；要证明没有更好的，一般几秒到一分钟，可以先做别的。")
        self.say(_("正在算最好的排法"), proof.format(busy=_busy_text(seconds, again=False)))

    def say_plan(self, hand: Hand, seconds: int | None) -> None:
        """The plan as it lies there; `seconds` that a better one has been worked on, None when none is."""
        roadmap = hand.planned.roadmap
        self.verdict.setText(hand.verdict)
        self.others.setText(_("；").join(other_models_text(roadmap.task, hand.evaluation)))
        self.others.setVisible(bool(self.others.text()))
        busy = [] if seconds is None else [_busy_text(seconds, again=True)]
        if hand.moved:
            limits = _("碰到限制：{limits}").format(limits=_("；").join(hand.limits)) if hand.limits else ""
            parts = [limits or _("这样排不碰任何限制"), *busy]
        elif busy:
            parts = [*busy, _("下面还是上一个方案：{proof}").format(proof=proof_text(roadmap))]
        else:
            said = (proof_text(roadmap), high_cost_text(roadmap), paper_text(roadmap))
            parts = [each for each in said if each]
        keeps = bool(busy or hand.moved)
        self._prove(
            _("；").join(parts) + _("。"), "red" if hand.moved and hand.limits else "quiet", keeps=keeps
        )

    def refuse(self, said: str) -> None:
        """What can never be, in the place of the proof."""
        self._prove(said, "red", keeps=True)

    def _prove(self, text: str, kind: str, *, keeps: bool) -> None:
        self.proof.setMinimumHeight(self.proof.height() if keeps else 0)
        self.proof.set_kind("red" if kind == "red" else "quiet")
        self.proof.setText(text)


def _busy_text(seconds: int, *, again: bool) -> str:
    lead = _("正在重新排") if again else _("正在排")
    return lead + (_("，已用 {count} 秒").format(count=seconds) if seconds else "")
