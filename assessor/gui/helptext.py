"""What helps with a question, as a page: how to judge, where to look, evidence, why, who says so."""

from collections.abc import Iterator
from html import escape

from assessor.answers.model import Answers
from assessor.answers.state import lookup_in
from assessor.pack.condition import holds
from assessor.pack.model import Pack
from assessor.pack.question import LevelQuestion, MultiQuestion, Question, SingleQuestion
from assessor.report.looks import Looks, Theme
from assessor.report.spacing import spaced
from assessor.report.wording import cite_text
from assessor.words import SOURCE_KINDS, SURE, _


def help_page(pack: Pack, answers: Answers, question: Question, looks: Looks, theme: Theme) -> str:
    """The page in the small HTML that Qt's text understands."""
    parts = [*_plain_parts(answers, question), *_evidence(question), *_source(pack, question)]
    style = _style(looks, theme)
    return f"<html><head><style>{style}</style></head><body>{''.join(parts)}</body></html>"


def _style(looks: Looks, theme: Theme) -> str:
    note = f"{looks.window.note:g}px"
    return (
        f"body {{ color: {theme.ink}; font-family: '{looks.family}'; }}"
        f"p.head {{ color: {theme.quiet}; font-size: {note}; margin: 14px 0 3px 0; }}"
        "p { margin: 0 0 2px 0; }"
        f".quiet {{ color: {theme.quiet}; }} .note {{ color: {theme.quiet}; font-size: {note}; }}"
        f".reading {{ color: {theme.accent}; }}"
    )


def _said(text: str) -> str:
    return escape(spaced(text))


def _block(head: str, *lines: str) -> str:
    text = "".join(f"<p>{line}</p>" for line in lines)
    return f'<p class="head">{escape(head)}</p>{text}'


def _plain_parts(answers: Answers, question: Question) -> Iterator[str]:
    readings = [r.text for r in question.readings if holds(r.if_, lookup_in(answers)) is True]
    if readings:
        yield _block(_("在本厂怎么看"), *(f'<span class="reading">{_said(text)}</span>' for text in readings))
    if question.help:
        yield _block(_("如何判断"), _said(question.help))
    if question.look:
        yield _block(_("现场看什么"), _said(question.look))
    if question.why:
        yield _block(_("为什么问"), _said(question.why))


def _evidence(question: Question) -> Iterator[str]:
    lines = list(_evidence_lines(question))
    if question.evidence:
        lines.insert(0, _said(_("；").join(question.evidence)))
    if lines:
        yield _block(_("佐证"), *lines)


def _evidence_lines(question: Question) -> Iterator[str]:
    if isinstance(question, LevelQuestion):
        pairs = [(_("{level} 级").format(level=rung.level), rung.evidence) for rung in question.levels]
    elif isinstance(question, SingleQuestion | MultiQuestion):
        pairs = [(option.id, option.evidence) for option in question.options]
    else:
        pairs = []
    for name, evidence in pairs:
        if evidence:
            yield f"""<span class="quiet">{escape(name)}</span>\u3000{_said(_("；").join(evidence))}"""


def _source(pack: Pack, question: Question) -> Iterator[str]:
    cite = question.cite
    kind = f"{_(SOURCE_KINDS[cite.kind])} · {_(SURE[cite.sure])}"
    lines = [f'<span class="note">{escape(kind)}</span>']
    lines += [
        f'<span class="note">{_said(text)}</span>' for text in (cite_text(pack, cite), _(cite.note)) if text
    ]
    yield _block(_("来源"), *lines)
