"""What was taken back, or done again, in one sentence."""

from collections.abc import Sequence

from assessor.answers.model import Answer, Answers
from assessor.gui.session import Session, Stepped
from assessor.report.changes import back_text, changes
from assessor.store.log import Item
from assessor.words import _, named

_NAMED = 4


def step_text(session: Session, stepped: Stepped, *, again: bool) -> str:
    """已撤销：T04 从 3 级 改回 2 级."""
    lead = _("已重做") if again else _("已撤销")
    if stepped.pack_changed:
        version = session.row.pack_version
        return _("{lead}：这次诊断现在按 {version} 版问卷").format(lead=lead, version=version)
    if len(stepped.items) == 1:
        return _("{lead}：{one}").format(lead=lead, one=_one(session, stepped, stepped.items[0], again=again))
    names = [item_name(session, item) for item in stepped.items]
    more = _("等") if len(names) > _NAMED else ""
    told = _("{lead}：{count} 题一起改动的（{names}{more}）")
    return told.format(lead=lead, count=len(names), names=_("、").join(names[:_NAMED]), more=more)


def item_name(session: Session, item: Item) -> str:
    """A question by its number, a fact by its title."""
    kind, key = item
    fact = session.pack.items.get(key)
    return key if kind == "answer" or fact is None else named(fact)


def _one(session: Session, stepped: Stepped, item: Item, *, again: bool) -> str:
    question = session.pack.items.get(item[1])
    if question is None:
        return item_name(session, item)
    before, after = (_held(answers, item) for answers in (stepped.before, stepped.after))
    found = changes(question, before, after)
    return back_text(item_name(session, item), found, both=_both(session, item), again=again)


def _held(answers: Answers, item: Item) -> Answer:
    kind, key = item
    return answers.get(key) if kind == "answer" else Answer(answers.fact(key))


def _both(session: Session, item: Item) -> bool:
    return session.is_onsite and item[0] == "answer"


def first_shown(session: Session, items: Sequence[Item]) -> str | None:
    """Where to look after a step: the first item that is on the page."""
    for _kind, key in items:
        question = session.pack.items.get(key)
        if question is not None and session.asked(question):
            return key
    return None
