"""What a newer questionnaire does to each answer, to be looked at before one goes over to it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

from assessor.answers.carry import AnswerFate, Fate
from assessor.answers.document import parse_answer, parse_fact
from assessor.answers.state import lookup_in
from assessor.commands import visit
from assessor.commands.visit import Preview
from assessor.errors import UserError
from assessor.gui.banner import error_line
from assessor.gui.parts import Notice, Text, Tone, button, card, chip, clear, column, panel, row, scroll
from assessor.gui.session import Session
from assessor.report.carried import Pair, pairs, why_text
from assessor.report.changes import short_text
from assessor.report.wording import date_text, state_text
from assessor.words import _, named

_WIDEST = 980
_LABEL = 92
TITLES: dict[AnswerFate, tuple[str, str, Tone]] = {
    "ask_again": ("要重新回答", "题目的含义变了，或新版不再收原来的答案；原答案留在修改记录里", "amber"),
    "gone": ("新版不再问", "原答案留在修改记录里", "amber"),
    "wording": ("措辞有变，答案沿用", "含义没变；看一眼新的说法，觉得不同可以改", "accent"),
    "same": ("照旧沿用", "", "green"),
}


class VersionPage(QWidget):
    """`left` asks to go back to the questions."""

    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.preview: Preview | None = None
        self._title = Text("", "page")
        self._counts = row(gap=8)
        self._fault = column(gap=0)
        self._body = column(gap=10)
        self.take_over = button(_("沿用到新版"), self.carry, "primary")
        self.stay = button(_("先不换"), self.left.emit)
        lead = _(
            "换版前会先留一份整库备份；换了以后按 Ctrl+Z 可以整体撤回。"
            "不换也行：这次诊断一直按原来的版本算分。"
        )
        content = panel(
            column(
                self._title,
                Text(lead, "quiet"),
                self._counts,
                row(self.take_over, self.stay, None, gap=8),
                self._fault,
                self._body,
                None,
                gap=12,
                margin=(32, 24, 32, 32),
            )
        )
        content.setMaximumWidth(_WIDEST)
        self.area = scroll(content, _("问卷新版的变化"))
        self.setLayout(column(self.area))

    def take_focus(self) -> None:
        """Where the keyboard begins: the step one came for."""
        self.take_over.setFocus(Qt.FocusReason.TabFocusReason)

    def refresh(self) -> None:
        """Look ahead with the answers as they stand."""
        session = self._session
        newer = visit.newer_pack(session.desk.here, session.pack)
        for layout in (self._counts, self._fault, self._body):
            clear(layout)
        self.take_over.setEnabled(newer is not None)
        if newer is None:
            self.preview = None
            self._title.setText(_("问卷已是最新版"))
            return
        self.preview = visit.preview_carry(session.desk.store, session.key, session.pack, newer)
        day = date_text(newer.manifest.date)
        told = _("问卷新版：{old} → {new}（{day}）")
        self._title.setText(told.format(old=session.pack.version, new=newer.version, day=day))
        self._show(self.preview)

    # -- show

    def _show(self, preview: Preview) -> None:
        for fate, (title, about, tone) in TITLES.items():
            found = preview.carried.of(fate)
            self._counts.addWidget(chip(f"{_(title)} {len(found)}", tone if found else None))
            if found and fate != "same":
                self._head(_(title), len(found), _(about))
                for each in found:
                    self._body.addWidget(self._one(preview, each))
        new = preview.carried.new_questions
        self._counts.addWidget(chip(_("新增 {count} 题").format(count=len(new)), "accent" if new else None))
        self._counts.addStretch(1)
        if new:
            self._head(_("新增的题"), len(new), _("沿用以后是未答，要补"))
            for key in new:
                question = preview.new.questions[key]
                self._body.addWidget(_boxed(Text(f"{key} {named(question)}", "strong"), Text(question.ask)))

    def _head(self, title: str, count: int, about: str) -> None:
        self._body.addSpacing(10)
        words = Text(_("{title}（{count}）").format(title=title, count=count), "section", wrap=False)
        self._body.addLayout(column(words, Text(about, "quiet"), gap=2))

    def _one(self, preview: Preview, fate: Fate) -> QWidget:
        """One answer: which, what it is, why, and the wording side by side."""
        old = preview.old.items.get(fate.old)
        new = preview.new.items.get(fate.new) if fate.new else None
        title = named(old) if old else fate.old
        name = f"{fate.old} {title}" if fate.kind == "answer" else title
        moved = _(" → {id}").format(id=fate.new) if fate.new and fate.new != fate.old else ""
        held = Text(_("现在的答案：{value}").format(value=self._held(preview, fate)), typed=True)
        lines: list[QWidget | QLayout] = [Text(f"{name}{moved}", "strong").selectable(), held.selectable()]
        why = why_text(fate)
        if why:
            lines.append(Text(why, "amber").selectable())
        found = pairs(old, new, fate.changed) if old and new else ()
        if found:
            lines.append(_beside(found, preview.old.version, preview.new.version))
        return _boxed(*lines)

    def _held(self, preview: Preview, fate: Fate) -> str:
        question, look = preview.old.items.get(fate.old), lookup_in(self._session.answers)
        if question is None:
            return str(fate.content)
        if fate.kind == "fact":
            value = parse_fact(question, fate.content, preview.old, look)[0]
            return str(fate.content) if value is None else short_text(question, value)
        answer = parse_answer(question, fate.content, look)[0]
        found = [part for part in (answer.value, answer.verified) if part is not None]
        return "／".join(dict.fromkeys(short_text(question, part) for part in found)) or state_text(
            answer.state
        )

    # -- do

    def carry(self) -> None:
        """Go over to the newer version; told once it is open."""
        session, preview = self._session, self.preview
        if preview is None:
            return
        clear(self._fault)
        desk = session.desk
        try:
            visit.carry_assessment(desk.here, desk.store, session.key, preview, desk.by)
        except UserError as error:
            self._fault.addWidget(Notice(error_line(error), "red"))
            return
        again = len(preview.carried.of("ask_again")) + len(preview.carried.new_questions)
        told = _("已沿用到 {version} 版，{count} 题要补答。想回到原来的版本，按 Ctrl+Z。")
        session.rebased.emit(told.format(version=preview.new.version, count=again))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _boxed(*lines: QWidget | QLayout) -> QWidget:
    return card(column(*lines, gap=4, margin=(14, 10, 14, 10)))


def _beside(found: Sequence[Pair], old: str, new: str) -> QWidget:
    """Old wording at the left, new at the right."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 4, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, _LABEL)
    for column_, part in ((1, 1), (2, 1)):
        grid.setColumnStretch(column_, part)
    for place, version in ((1, old), (2, new)):
        grid.addWidget(Text(_("{version} 版").format(version=version), "note", wrap=False), 0, place)
    top = Qt.AlignmentFlag.AlignTop
    for line, pair in enumerate(found, 1):
        grid.addWidget(Text(pair.part, "note", wrap=False), line, 0, top)
        if not pair.old and not pair.new:
            grid.addWidget(Text(_("有调整"), "quiet"), line, 1, 1, 2, top)
            continue
        grid.addWidget(Text(pair.old or _("没有")).selectable(), line, 1, top)
        grid.addWidget(Text(pair.new or _("没有")).selectable(), line, 2, top)
    holder = QWidget()
    holder.setLayout(grid)
    return holder
